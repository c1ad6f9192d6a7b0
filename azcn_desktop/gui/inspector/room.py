"""The room of the inspector in the window: until a record stands there whole, its title, where it will stand.

It is there from the first paint on, before the inspector is imported, and covers it while the parts of another record
are put in, so that nobody sees half of one or types into it. Knows no record.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QStackedLayout, QVBoxLayout, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import wrapped

INSPECTOR_PX = 326


class InspectorRoom(QWidget):
    """Holds the inspector once it is made, and what is seen in its place."""

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._inspector: QWidget | None = None
        self.setObjectName("inspector-room")
        self._stack = QStackedLayout(self)
        self._cover = QWidget(self)
        self._cover.setProperty("role", "inspector")
        self._cover.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = wrapped("", "title", self._cover)
        self._empty = empty_words(theme, self._cover)
        column = QVBoxLayout(self._cover)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(self._empty, 1)
        column.addStretch()
        self._stack.addWidget(self._cover)
        self.clear()
        self._scale()
        theme.changed.connect(self._scale)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(INSPECTOR_PX), self._theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(250), self._theme.px(200))

    def put(self, inspector: QWidget) -> None:
        """Take the inspector, made with the room as its parent; what is seen stays."""
        self._inspector = inspector
        self._stack.addWidget(inspector)

    def cover(self, title: str) -> None:
        """Show the title of a record that is to come."""
        self._title.setText(title)
        self._title.show()
        self._empty.hide()
        self._stack.setCurrentWidget(self._cover)

    def clear(self) -> None:
        """Show that no record is selected."""
        self._title.hide()
        self._empty.show()
        self._stack.setCurrentWidget(self._cover)

    def uncover(self) -> None:
        """Show the inspector."""
        if self._inspector is None:
            return
        had_focus = self._cover.hasFocus()  # which it got from a widget of the inspector that it covered
        self._stack.setCurrentWidget(self._inspector)
        if had_focus:
            self._inspector.setFocus()

    @property
    def is_covered(self) -> bool:
        """Tell whether the inspector is not what is seen."""
        return self._stack.currentWidget() is not self._inspector

    def _scale(self) -> None:
        px = self._theme.px
        # Where the title of a form stands: the margins of the pane, and of a field with its frame.
        self._title.setContentsMargins(px(11) + px(6) + 4, px(14) + px(3) + 2, px(6) + px(6) + 3, 0)


def empty_words(theme: ThemeController, parent: QWidget) -> QLabel:
    """Return what stands in the room of a record where none is selected."""
    words = wrapped(parent.tr("Select a record to see what is known of it."), "empty", parent)
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    words.setContentsMargins(*(theme.px(24),) * 4)
    return words

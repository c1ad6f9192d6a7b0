"""Words beside a field: what is wrong with the typing, what is doubtful, or how it was understood.

A child of the window and no window of its own, so that it never takes the focus from the editor it speaks of. Knows
no record.
"""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from azcn_desktop.gui.theme import set_property

Tone = Literal["error", "warning", "plain", "muted"]
_WIDEST = 420


class Callout(QFrame):
    """A small box of words under a widget, or above it where there is no room below or a list lies there.

    Attributes:
        text: what it says now; empty while hidden.
    """

    def __init__(self, anchor: QWidget, taken: Callable[[], QRect]) -> None:
        """Speak of a widget.

        Args:
            anchor: the widget.
            taken: says which part of the window must stay in sight; empty for none.
        """
        super().__init__(anchor)
        self._anchor = anchor
        self._taken = taken
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.addWidget(self._label)
        anchor.installEventFilter(self)
        anchor.destroyed.connect(self.deleteLater)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return "" if self.isHidden() else self._label.text()

    def tell(self, text: str, tone: Tone) -> None:
        """Say something; an empty text hides the box."""
        self._label.setText(text)
        set_property(self._label, "role", tone)
        if not text or not self._anchor.isVisible():
            self.setVisible(False)
            return
        if self.parentWidget() is not self._anchor.window():
            self.setParent(self._anchor.window())
        self.place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget that it belongs to."""
        if event.type() == QEvent.Type.Hide:
            self.hide()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self.place()
        return False

    def place(self) -> None:
        """Go beside the widget, clear of what must stay in sight."""
        window = self._anchor.window()
        margins = self.contentsMargins()
        advance = self._label.fontMetrics().horizontalAdvance
        wanted = max(map(advance, self._label.text().splitlines())) + 24 + margins.left()
        width = min(max(wanted, 60), _WIDEST, max(window.width() - 8, 60))
        self._label.setFixedWidth(width - 18)
        height = self._label.heightForWidth(width - 18) + 12
        self.resize(width, height)
        corner = self._anchor.mapTo(window, QPoint(0, 0))
        x = max(min(corner.x(), window.width() - width - 4), 0)
        below, above = corner.y() + self._anchor.height() + 2, corner.y() - height - 2
        taken = self._taken()
        places = (below, above) if taken.isNull() else (below, above, taken.bottom() + 3, taken.top() - height - 2)
        fitting = (y for y in places if self._is_free(QRect(x, y, width, height), taken))
        self.move(x, next(fitting, max(above, 0)))

    def _is_free(self, area: QRect, taken: QRect) -> bool:
        return area.top() >= 0 and area.bottom() < self._anchor.window().height() and not area.intersects(taken)

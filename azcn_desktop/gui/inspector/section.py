"""A section of the inspector: a heading with a button, and below it lines, or blocks of lines about one thing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QToolButton, QVBoxLayout, QWidget

from azcn_desktop.gui.inspector.lines import small_button
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped

INDENT_PX = 32


class Block(QWidget):
    """Lines about one thing: a head in the whole width, and what is set in below it.

    Attributes:
        column: where the head and the inner lines stand.
        inner: where the lines are set in.
    """

    def __init__(self, name: str, theme: ThemeController, spacing: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, theme.px(8))
        self.column.setSpacing(theme.px(spacing))
        self.inner = QVBoxLayout()
        self.inner.setContentsMargins(theme.px(INDENT_PX), 0, theme.px(4), 0)
        self.inner.setSpacing(theme.px(2))

    def set_head(self, head: QLayout) -> None:
        """Put in the first line; the others come below it."""
        self.column.addLayout(head)
        self.column.addLayout(self.inner)

    def say(self, text: str, role: str = "") -> None:
        """Add a sentence."""
        self.inner.addWidget(wrapped(text, role, self))


class Section(QWidget):
    """A part of the inspector under a heading, with a button at the right of the heading.

    Attributes:
        body: where the lines go.
    """

    def __init__(self, heading: str, theme: ThemeController, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._title = heading
        self._heading = PlainLabel(heading, self)
        self._heading.setProperty("role", "heading")
        self._heading.setContentsMargins(theme.px(7), 0, 0, 0)
        self._top = QHBoxLayout()
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.addWidget(self._heading, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(12), 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(self._top)
        column.addLayout(self.body)

    def set_heading(self, heading: str) -> None:
        """Say something else in the heading; the count is set after it."""
        self._title = heading

    def set_count(self, count: int) -> None:
        """Say in the heading how many there are."""
        self._heading.setText(f"{self._title} ({count:,})" if count else self._title)

    def add_top_button(self, icon: str, name: str) -> QToolButton:
        """Add a button at the right of the heading."""
        button = small_button(self._icons, icon, name, self)
        self._top.addWidget(button)
        return button

    def add_words(self, text: str) -> None:
        """Add a sentence in small print, for a section in which nothing is."""
        words = wrapped(text, "faint", self)
        words.setContentsMargins(self._theme.px(7), 0, 0, 0)
        self.body.addWidget(words)

    def add_line(self, *widgets: QWidget) -> None:
        """Add a row of widgets; the first one takes the room that is left."""
        row = QWidget(self)
        row.setAttribute(Qt.WidgetAttribute.WA_Hover)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(self._theme.px(2))
        for place, widget in enumerate(widgets):
            layout.addWidget(widget, 0 if place else 1, Qt.AlignmentFlag(0) if not place else Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(row)

"""What the reader says while there is no text: how one comes in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import wrapped


class ReaderWelcome(QWidget):
    """A sentence and two buttons.

    Signals:
        paste_requested(), open_requested(): a text is to be added.
    """

    paste_requested = Signal()
    open_requested = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-welcome")
        self._title = wrapped("", "empty", self)
        self._words = wrapped("", "faint", self)
        for label in (self._title, self._words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paste = self._button("reader-paste", self.tr("Paste a text…"))
        self._paste.clicked.connect(self.paste_requested)
        self._open = self._button("reader-open", self.tr("Open a file…"))
        self._open.clicked.connect(self.open_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(self._paste)
        row.addWidget(self._open)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(24),) * 4)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(theme.px(6))
        column.addLayout(row)
        column.addStretch(1)

    def say(self, has_source: bool, can_edit: bool) -> None:
        """Say what can be done now."""
        self._title.setText(self.tr("No text stored yet") if has_source else self.tr("Select a source to read it"))
        self._words.setText(
            self.tr(
                "Paste it, or drop a file here (.txt, .html, .md, .pdf). The quotes find their places by themselves."
            )
            if has_source and can_edit
            else ""
        )
        for button in (self._paste, self._open):
            button.setVisible(has_source and can_edit)

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        return button

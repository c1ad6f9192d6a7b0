"""A strip with a sentence and up to two buttons, shown only while there is something to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import wrapped


class Banner(QWidget):
    """The strip.

    Signals:
        accepted(): the first button was pressed.
        refused(): the second one was.
    """

    accepted = Signal()
    refused = Signal()

    def __init__(self, name: str, no: str, yes: str, theme: ThemeController, parent: QWidget) -> None:
        """Make a strip.

        Args:
            name: its object name; the buttons are called `<name>-yes` and `<name>-no`.
            no, yes: the words on the buttons; empty for no such button.
            theme: the look.
            parent: the owner.
        """
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = wrapped("", "", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(side) for side in (16, 5, 10, 5)))
        row.setSpacing(theme.px(8))
        row.addWidget(self._words, 1)
        for words, suffix, signal in ((yes, "yes", self.accepted), (no, "no", self.refused)):
            if words:
                button = QPushButton(words, self)
                button.setObjectName(f"{name}-{suffix}")
                button.setAccessibleName(words)
                button.clicked.connect(signal)
                row.addWidget(button)
        self.hide()

    def say(self, words: str) -> None:
        """Say something, or with nothing to say vanish."""
        self._words.setText(words)
        self.setVisible(bool(words))

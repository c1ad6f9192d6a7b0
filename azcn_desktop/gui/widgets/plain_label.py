"""A label that shows text as text: no markup, no links, no local images, no turned words, whatever the data holds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from azcn_desktop.gui.widgets.visible_signs import visible


class PlainLabel(QLabel):
    """QLabel without rich text; it guesses markup by default, and data must never become markup."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text, with signs for what would turn the direction of its words."""
        super().setText(visible(text))


def wrapped(text: str, role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label of plain text that wraps at the width of the pane."""
    label = PlainLabel(text, parent)
    label.setWordWrap(True)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    if role:
        label.setProperty("role", role)
    return label

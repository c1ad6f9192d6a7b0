"""Pasting the text of a source: a field for it, and a sentence beside it when it can't be stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import wrapped

_SIZE = (640, 460)
_SHOWN = 200_000


class PasteDialog(QDialog):
    """Asks for a text and hands it to whoever stores it; stays open with the typing when that is refused."""

    def __init__(self, text: str, store_text: Callable[[str], None], parent: QWidget | None = None) -> None:
        """Ask for a text.

        Args:
            text: what the field begins with.
            store_text: stores it, or raises UserError with a sentence.
            parent: the owner.
        """
        super().__init__(parent)
        self._store_text = store_text
        self._given = text
        self.setObjectName("dialog-paste")
        self.setWindowTitle(self.tr("Paste the text of the source"))
        self.resize(*_SIZE)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("paste-text")
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setPlaceholderText(self.tr("The whole text as it was published. It is stored unchanged."))
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("paste-problem")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.text, 1)
        column.addWidget(self.problem)
        column.addWidget(decision_buttons(self, "paste-accept", self.tr("Add text")))
        self.text.setPlainText(text[:_SHOWN])
        self._shown = self.text.toPlainText()
        if len(text) > _SHOWN:  # laying out megabytes would stop the window
            self.text.setReadOnly(True)
            words = self.tr("Only the beginning of these {:,} characters is shown; all of them are added.")
            self.say(words.format(len(text)))
        self.text.selectAll()

    def accept(self) -> None:
        """Store the text and close; or say why it can't be stored."""
        try:
            self._store_text(self._whole())
        except UserError as error:
            self.say(str(error))
            return
        super().accept()

    def _whole(self) -> str:
        """Return the text letter by letter: what was given, unless it was edited, since a field changes some blanks."""
        if self.text.toPlainText() == self._shown:
            return self._given
        return self.text.document().toRawText().replace("\u2029", "\n")

    def say(self, problem: str) -> None:
        """Say why the text can't be stored."""
        self.problem.setText(problem)
        self.problem.show()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

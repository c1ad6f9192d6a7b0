"""Choosing the encoding of a file that does not say it: a list, and below it how the text then reads.

Reads nothing itself: whoever opens it reads the file anew in what was chosen, and shows it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from azcn_desktop.exchange.text_encoding import ENCODINGS
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.widgets.visible_signs import visible

if TYPE_CHECKING:
    from azcn_desktop.exchange.documents import Document

_SIZE = (640, 460)
_SHOWN = 20_000


class EncodingDialog(QDialog):
    """Asks whether a text reads as it should.

    Attributes:
        encoding: the list.
        preview: the beginning of the text.
        problem: why it can't be read so.
        document: the text as it was read last.

    Signals:
        chosen(str): the file shall be read in another encoding, a key of `ENCODINGS`.
    """

    chosen = Signal(str)

    def __init__(self, name: str, document: Document, parent: QWidget | None = None) -> None:
        """Show a text.

        Args:
            name: the file.
            document: it, as it was read in an encoding that was guessed.
            parent: the owner.
        """
        super().__init__(parent)
        self.document = document
        self.setObjectName("dialog-encoding")
        self.setWindowTitle(self.tr("Encoding of {}").format(name))
        self.resize(*_SIZE)
        self.encoding = QComboBox(self)
        self.encoding.setObjectName("encoding-list")
        self.encoding.setAccessibleName(self.tr("Encoding"))
        for key, words in ENCODINGS.items():
            self.encoding.addItem(words, key)
        self.encoding.setCurrentIndex(self.encoding.findData(document.guess))
        self.encoding.activated.connect(self.on_encoding_activated)
        self.preview = QPlainTextEdit(self)
        self.preview.setObjectName("encoding-preview")
        self.preview.setAccessibleName(self.tr("How the text reads"))
        self.preview.setReadOnly(True)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("encoding-problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        words = self.tr("The file does not say its encoding, so it was guessed. Choose another if letters look wrong.")
        column.addWidget(wrapped(words, "muted", self))
        column.addWidget(self.encoding)
        column.addWidget(self.preview, 1)
        column.addWidget(self.problem)
        column.addWidget(decision_buttons(self, "encoding-accept", self.tr("Add text")))
        self.show_document(document)

    def on_encoding_activated(self, index: int) -> None:
        """Ask for the text in another encoding; until it is there, nothing can be accepted."""
        self._allow(False)
        self.chosen.emit(self.encoding.itemData(index))

    def show_document(self, document: Document) -> None:
        """Show the text as it reads now."""
        self.document = document
        self.preview.setPlainText(visible(document.text[:_SHOWN]))
        self.problem.hide()
        self._allow(True)

    def say(self, problem: str) -> None:
        """Say why the text can't be read so."""
        self.preview.clear()
        self.problem.setText(problem)
        self.problem.show()

    def _allow(self, can_accept: bool) -> None:
        accept = self.findChild(QPushButton, "encoding-accept")
        assert accept is not None
        accept.setEnabled(can_accept)

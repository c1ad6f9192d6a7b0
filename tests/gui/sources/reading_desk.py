"""Texts for the reader of sources, and the hands on it."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton

from azcn_desktop.evidence.texts import text_of
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.workspace import Workspace

LEAD = "The commission met in Baku on 16 April 2025 and both sides spoke of trade."
TEXT = f"{LEAD}\n\nTrade between the two countries grew by 21 percent 😀 last year, reaching about 3.7 billion dollars."


def select(reader: SourceReader, words: str) -> None:
    """Select words in the text as the mouse would."""
    reader.text.moveCursor(QTextCursor.MoveOperation.Start)
    assert reader.text.find(words)


def paste(reader: SourceReader, text: str) -> None:
    """Paste a text into the dialog and accept it."""
    QApplication.clipboard().setText(text)
    reader.on_paste_requested()
    reader.findChildren(PasteDialog)[-1].findChild(QPushButton, "paste-accept").click()


def stored_text(workspace: Workspace, source: int) -> str | None:
    """Return the text of a source as it came."""
    stored = text_of(workspace.store, source)
    return stored.raw if stored else None

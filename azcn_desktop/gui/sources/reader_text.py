"""The text of a source on the screen: plain text only, with the cited passages marked.

Positions of a Qt document count UTF-16 units, offsets of our texts count characters; they differ behind an emoji or a
rare Chinese character, so every place goes through `_Positions`. Shows and selects, and never changes a letter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from azcn_desktop.gui.theme import ThemeController

SHOWN_AT_ONCE = 400_000
"""Characters that are laid out before somebody asks for the whole text; ten megabytes would stop the window."""


class Mark(Struct, frozen=True):
    """A marked part of the text.

    Attributes:
        key: what it belongs to, for instance a citation.
        start, end: offsets into the text.
    """

    key: int
    start: int
    end: int


class ReaderText(QPlainTextEdit):
    """A text that is read, selected and marked.

    Signals:
        selected(bool): something is selected, or nothing any more.
        mark_clicked(key): a marked part was clicked.
    """

    selected = Signal(bool)
    mark_clicked = Signal(object)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._whole = ""
        self._positions = _Positions("")
        self._marks: tuple[Mark, ...] = ()
        self._current: int | None = None
        self.setObjectName("reader-text")
        self.setAccessibleName(self.tr("Text of the source"))
        self.setProperty("role", "reader")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | keys)
        self.copyAvailable.connect(self.selected)
        theme.changed.connect(self._draw_marks)

    def show_text(self, text: str, is_whole: bool = False) -> bool:
        """Show a text from its beginning.

        Args:
            text: line ends are LF where marks are to be right.
            is_whole: lay out all of it, however long.

        Returns:
            Whether all of it is shown.
        """
        shown = text if is_whole else text[:SHOWN_AT_ONCE]
        self._whole = text
        self._positions = _Positions(shown)
        self._marks, self._current = (), None
        self.setPlainText(shown)
        return len(shown) == len(text)

    @property
    def text(self) -> str:
        """The text that is read, also the part of a very long one that is not laid out yet."""
        return self._whole

    def show_whole(self) -> bool:
        """Lay out the rest of a very long text; tell whether there was any."""
        if len(self._positions.text) == len(self._whole):
            return False
        marks, current = self._marks, self._current
        self.show_text(self._whole, is_whole=True)
        self.mark(marks, current)
        return True

    def mark(self, marks: Sequence[Mark], current: int | None = None) -> None:
        """Mark parts of the text, one of them as the one that is spoken of."""
        self._marks, self._current = tuple(marks), current
        self._draw_marks()

    def show_mark(self, key: int) -> bool:
        """Bring a marked part into view; tell whether there is one."""
        found = next((mark for mark in self._marks if mark.key == key), None)
        if found is not None and found.end > len(self._positions.text):
            self.show_whole()
        self._current = key
        self._draw_marks()
        if found is None:
            return False
        cursor = self._cursor(found.start, found.start)
        self.setTextCursor(cursor)
        self.centerCursor()
        return True

    def show_place(self, start: int, end: int) -> None:
        """Select a part of the text and bring it into view."""
        if end > len(self._positions.text):
            self.show_whole()
        self.setTextCursor(self._cursor(start, end))
        self.centerCursor()

    def selection(self) -> tuple[int, int] | None:
        """Return the offsets of what is selected, without blanks at its ends; None for nothing."""
        cursor = self.textCursor()
        start, end = (self._positions.offset(place) for place in (cursor.selectionStart(), cursor.selectionEnd()))
        text = self._positions.text[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        return (start, end) if start < end else None

    def find_next(self, words: str) -> bool:
        """Select the next place where some words stand, after the last one the first; tell whether there is one."""
        if self.find(words):
            return True
        before = self.textCursor()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        if self.find(words):
            return True
        self.setTextCursor(before)
        return self.show_whole() and self.find_next(words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        place = self._positions.offset(self.cursorForPosition(event.position().toPoint()).position())
        under = [mark for mark in self._marks if mark.start <= place < mark.end]
        if under:
            self.mark_clicked.emit(min(under, key=_length).key)

    def _draw_marks(self) -> None:
        """Draw marks by ground and underline, so that they are seen without colours too."""
        selections = []
        for mark in sorted(self._marks, key=self._is_current):
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self._cursor(mark.start, mark.end)
            selection.format = self._format(mark.key == self._current)
            selections.append(selection)
        self.setExtraSelections(selections)

    def _is_current(self, mark: Mark) -> bool:
        return mark.key == self._current

    def _format(self, is_current: bool) -> QTextCharFormat:
        theme, form = self._theme.theme, QTextCharFormat()
        form.setBackground(QColor(theme.warning_tint if is_current else theme.accent_tint))
        form.setUnderlineColor(QColor(theme.amber if is_current else theme.accent))
        single, dots = QTextCharFormat.UnderlineStyle.SingleUnderline, QTextCharFormat.UnderlineStyle.DotLine
        form.setUnderlineStyle(single if is_current else dots)
        return form

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(self._positions.position(start), last))
        cursor.setPosition(min(self._positions.position(end), last), QTextCursor.MoveMode.KeepAnchor)
        return cursor


class _Positions:
    """Places in one text, as characters and as UTF-16 units."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._wide = (
            [place for place, character in enumerate(text) if character > "\uffff"] if not text.isascii() else []
        )
        self._units = [place + n for n, place in enumerate(self._wide)]

    def position(self, offset: int) -> int:
        """Return the position in the document of an offset into the text."""
        return offset + bisect_left(self._wide, offset)

    def offset(self, position: int) -> int:
        """Return the offset into the text of a position in the document."""
        return position - bisect_left(self._units, position)


def _length(mark: Mark) -> int:
    return mark.end - mark.start

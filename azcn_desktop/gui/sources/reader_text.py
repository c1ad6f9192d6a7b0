"""The text of a source on the screen: plain text only, with the cited passages marked.

Positions of a Qt document count UTF-16 units, offsets of our texts count characters; they differ behind an emoji or a
rare Chinese character, so every place goes through `_Positions`. Shows and selects, and never changes a letter; what
would turn the direction of writing is seen as a sign, and copied as what it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.visible_signs import visible

SHOWN_AT_ONCE = 30_000
"""Characters that are laid out at once; scrolling and searching lay out others. Megabytes would stop the window."""
_LONGEST_LINE = 5_000  # characters; Qt takes seconds for a word of a hundred thousand
_SEARCHED_AT_ONCE = 200_000


_LONG = re.compile(rf"[^\n]{{{_LONGEST_LINE + 1},}}")


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
        self._start, self._end = 0, 0
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
        # Queued: another part must not be laid out within the scrolling that asks for it.
        self.verticalScrollBar().valueChanged.connect(self.on_scrolled, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self._draw_marks)

    def show_text(self, text: str) -> bool:
        """Show a text from its beginning.

        Args:
            text: line ends are LF where marks are to be right.

        Returns:
            Whether all of it is laid out.
        """
        self._whole = text
        self._marks, self._current = (), None
        self._lay_out(0)
        return self._end == len(text)

    @property
    def text(self) -> str:
        """The text that is read, also the parts of a very long one that are not laid out now."""
        return self._whole

    def _lay_out(self, at: int) -> None:
        """Lay out the part of the text that begins about at an offset."""
        at = max(0, min(at, len(self._whole) - SHOWN_AT_ONCE))
        self._start = self._whole.rfind("\n", max(0, at - _LONGEST_LINE), at) + 1 or at
        self._end = min(len(self._whole), at + SHOWN_AT_ONCE)
        part = self._whole[self._start : self._end]
        breaks = _breaks(part)
        self._positions = _Positions(part, breaks)
        edges = [0, *breaks, len(part)]
        shown = visible(part)
        self.setPlainText("\n".join(shown[start:end] for start, end in pairwise(edges)))
        self._draw_marks()

    def _bring(self, start: int, end: int) -> None:
        """Lay out another part of the text unless a place stands in this one."""
        if not self._start <= start <= min(end, start + SHOWN_AT_ONCE // 4) <= self._end:
            self._lay_out(start - SHOWN_AT_ONCE // 2)

    def on_scrolled(self) -> None:
        """Go on with the part of the text around the uppermost line where scrolling has come to an edge."""
        bar = self.verticalScrollBar()
        is_below = bar.value() >= bar.maximum() and self._end < len(self._whole)
        if not is_below and not (bar.value() == bar.minimum() and self._start):
            return
        top = self._start + self._positions.offset(self.firstVisibleBlock().position())
        cursor = self.textCursor()
        chosen = [self._offset(place) for place in (cursor.anchor(), cursor.position())]
        self._lay_out(top - SHOWN_AT_ONCE // 2)
        if all(self._start <= place <= self._end for place in chosen):
            self.setTextCursor(self._cursor(*chosen))
        block = self.document().findBlock(self._positions.position(top - self._start))
        bar.setValue(block.firstLineNumber())

    def mark(self, marks: Sequence[Mark], current: int | None = None) -> None:
        """Mark parts of the text, one of them as the one that is spoken of."""
        self._marks, self._current = tuple(marks), current
        self._draw_marks()

    def show_mark(self, key: int) -> bool:
        """Bring a marked part into view; tell whether there is one."""
        found = next((mark for mark in self._marks if mark.key == key), None)
        if found is not None:
            self._bring(found.start, found.end)
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
        self._bring(start, end)
        self.setTextCursor(self._cursor(start, end))
        self.centerCursor()

    def selection(self) -> tuple[int, int] | None:
        """Return the offsets of what is selected, without blanks at its ends; None for nothing."""
        cursor = self.textCursor()
        start, end = self._offset(cursor.selectionStart()), self._offset(cursor.selectionEnd())
        text = self._whole[start:end]
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        return (start, end) if start < end else None

    def find_next(self, words: str) -> bool:
        """Select the next place where some words stand, after the last one the first; tell whether there is one."""
        after = self._offset(self.textCursor().selectionEnd())
        at = _found(self._whole, words, after, len(self._whole))
        if at < 0:
            at = _found(self._whole, words, 0, after)
        if at >= 0:
            self.show_place(at, at + len(words))
        return at >= 0

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the letters of the text, without the line ends that only the screen has.

        Whoever selects all means the text, of which the document may hold a part.
        """
        cursor, data = self.textCursor(), QMimeData()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        is_all = start == 0 and end == self.document().characterCount() - 1
        data.setText(self._whole if is_all else self._whole[self._offset(start) : self._offset(end)])
        return data

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self.textCursor().hasSelection():
            return
        place = self._offset(self.cursorForPosition(event.position().toPoint()).position())
        under = [mark for mark in self._marks if mark.start <= place < mark.end]
        if under:
            self.mark_clicked.emit(min(under, key=_length).key)

    def _draw_marks(self) -> None:
        """Draw marks by ground and underline, so that they are seen without colours too."""
        selections = []
        shown = (mark for mark in self._marks if mark.start < self._end and mark.end > self._start)
        for mark in sorted(shown, key=self._is_current):
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
        anchor, position = (self._positions.position(max(0, place - self._start)) for place in (start, end))
        cursor.setPosition(min(anchor, last))
        cursor.setPosition(min(position, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _offset(self, position: int) -> int:
        """Return the offset into the whole text of a position in the document."""
        return self._start + self._positions.offset(position)


class _Positions:
    """Places in one part of a text, as characters, and as UTF-16 units with the line ends that only the screen has."""

    def __init__(self, text: str, breaks: Sequence[int] = ()) -> None:
        self.text = text
        wide = [place for place, character in enumerate(text) if character > "\uffff"] if not text.isascii() else []
        # What takes one more unit: the character before it, and the place that stands before that unit too.
        more = sorted([*((place, place) for place in wide), *((place - 1, place) for place in breaks)])
        self._wide = [place for place, _ in more]
        self._units = [place + n for n, (_, place) in enumerate(more)]

    def position(self, offset: int) -> int:
        """Return the position in the document of an offset into the text."""
        return offset + bisect_left(self._wide, offset)

    def offset(self, position: int) -> int:
        """Return the offset into the text of a position in the document."""
        return position - bisect_left(self._units, position)


def _breaks(text: str) -> list[int]:
    """Return where lines that are too long for the screen are broken: behind a blank if there is one."""
    found = []
    for line in _LONG.finditer(text):
        start = line.start()
        while line.end() - start > _LONGEST_LINE:
            start = text.rfind(" ", start, start + _LONGEST_LINE) + 1 or start + _LONGEST_LINE
            found.append(start)
    return found


def _found(text: str, words: str, start: int, end: int) -> int:
    """Return where words stand in a part of a text whatever their case, or -1; no place is folded twice."""
    wanted = _folded(words)
    for at in range(start, end, _SEARCHED_AT_ONCE):
        found = _folded(text[at : at + _SEARCHED_AT_ONCE + len(words)]).find(wanted)
        if found >= 0:
            return at + found
    return -1


def _folded(text: str) -> str:
    return text.replace("İ", "i").lower()  # "İ" would grow


def _length(mark: Mark) -> int:
    return mark.end - mark.start

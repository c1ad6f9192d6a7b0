"""Editors of text that grow with it: one of a long line, in which Enter commits, and one of a note.

A title or an outcome must be readable as a whole in a narrow pane, where a plain line would cut it.
"""

from __future__ import annotations

from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from azcn_desktop.gui.editors.value_editors import TextEditor
from azcn_desktop.gui.theme import set_property
from azcn_desktop.records.kinds import Text, Url
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

LONGEST_NOTE = 60_000
"""Characters of a note that are put into the input at once; a longer one is shown in part until it is asked for."""
_MOST_LINES = 14
_WRAPPED_FROM = 200
_MOST_CHARACTERS = 2_000
_MARGIN = 2
_FRAME = 2
_PADDING = 6


_NEW_MEASURES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show)


def is_wrapped(field: Field) -> bool:
    """Tell whether values of a field are usually too long for a line in a narrow pane."""
    kind = field.kind
    return (
        isinstance(kind, Text) and not isinstance(kind, Url) and not kind.is_long and kind.max_length >= _WRAPPED_FROM
    )


class WrappedEditor(TextEditor):
    """Text without line breaks, shown on as many lines as it needs.

    Attributes:
        least_lines: as tall as so many lines even when there are fewer.
    """

    least_lines: ClassVar[int] = 1

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        edit = self.edit
        edit.document().setDocumentMargin(_MARGIN)
        edit.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        edit.textChanged.connect(self.fit)
        self.fit()

    @property
    def edit(self) -> QPlainTextEdit:
        """The input."""
        return self._edit

    def set_role(self, role: str) -> None:
        """Give the input a look of the style sheet."""
        set_property(self.edit, "role", role)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the height to a new width or font."""
        done = super().eventFilter(watched, event)
        if event.type() in _NEW_MEASURES or _is_wider_or_narrower(event):
            self.fit()
        return done

    def fit(self) -> None:
        """Make the input as tall as its text, within bounds."""
        edit = self.edit
        width = max(edit.width() - _FRAME - 2 * _PADDING - 2 * _MARGIN, 40)
        heights: list[float] = []
        block = edit.document().firstBlock()
        while block.isValid() and len(heights) <= _MOST_LINES:
            heights += _line_heights(block.text(), edit.font(), width)
            block = block.next()
        shown = sum(heights[:_MOST_LINES])
        least = self.least_lines * edit.fontMetrics().lineSpacing()
        edit.setFixedHeight(round(max(shown, least)) + 2 * _MARGIN + _FRAME + _PADDING)
        is_scrolled = len(heights) > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_scrolled else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if edit.verticalScrollBarPolicy() != policy:
            edit.setVerticalScrollBarPolicy(policy)

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return True


class NoteEditor(WrappedEditor):
    """Text of many lines, in which Enter begins a new one and Ctrl+Enter commits.

    Signals:
        outgrown(str): what was pasted would make the note longer than the input can lay out while a person waits; the
            whole note, to be stored without being put in.
    """

    least_lines: ClassVar[int] = 2
    outgrown = Signal(str)

    def _made_input(self) -> QPlainTextEdit:
        made = _NoteInput(self)
        made.outgrown.connect(self.outgrown)
        return made

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class _NoteInput(QPlainTextEdit):
    """Takes what is pasted or dropped, unless it is too much to be laid out."""

    outgrown = Signal(str)

    def insertFromMimeData(self, source: QMimeData) -> None:
        given = source.text()
        if len(given) + self.document().characterCount() <= LONGEST_NOTE:
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        note = self.document().toRawText().replace("\u2029", "\n")
        self.outgrown.emit(note[: cursor.selectionStart()] + given + note[cursor.selectionEnd() :])


def _is_wider_or_narrower(event: QEvent) -> bool:
    if event.type() != QEvent.Type.Resize:
        return False
    resize = cast(QResizeEvent, event)
    return resize.oldSize().width() != resize.size().width()


def _line_heights(paragraph: str, font: QFont, width: int) -> list[float]:
    """Return the heights of the lines that a paragraph takes, of no more than matter; Chinese lines are taller."""
    heights: list[float] = []
    layout = QTextLayout(paragraph[:_MOST_CHARACTERS] or " ", font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        heights.append(line.height())
        if len(heights) > _MOST_LINES:
            break
    layout.endLayout()
    return heights

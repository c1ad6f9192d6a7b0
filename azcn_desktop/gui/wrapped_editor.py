"""The editor of one line of text that may be long: it wraps and grows, and Enter commits as in any line.

A title or an outcome must be readable as a whole in a narrow pane, where a plain line would cut it.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.value_editors import TextEditor
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_MOST_LINES = 14
_MARGIN = 2
_FRAME = 2
_PADDING = 6


_NEW_MEASURES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show)


class WrappedEditor(TextEditor):
    """Text without line breaks, shown on as many lines as it needs."""

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
        """Make the input as tall as its text."""
        edit = self.edit
        width = edit.width() - _FRAME - 2 * _PADDING - 2 * _MARGIN
        heights = _line_heights(edit.toPlainText(), edit.font(), max(width, 40))
        shown = sum(heights[:_MOST_LINES])
        edit.setFixedHeight(round(shown) + 2 * _MARGIN + _FRAME + _PADDING)
        is_scrolled = len(heights) > _MOST_LINES
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if is_scrolled else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if edit.verticalScrollBarPolicy() != policy:
            edit.setVerticalScrollBarPolicy(policy)

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return True


def _is_wider_or_narrower(event: QEvent) -> bool:
    if event.type() != QEvent.Type.Resize:
        return False
    resize = cast(QResizeEvent, event)
    return resize.oldSize().width() != resize.size().width()


def _line_heights(text: str, font: QFont, width: int) -> list[float]:
    """Return the heights of the lines that a text takes; Chinese lines are taller than Latin ones."""
    heights = []
    for paragraph in (text or " ").splitlines() or [" "]:
        layout = QTextLayout(paragraph or " ", font)
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

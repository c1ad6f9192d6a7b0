"""Editors of values: a line, a text of many lines, a word of a list.

They know how people type; what a typing means is said by the kind of the field.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from azcn_desktop.gui.editors.field_editor import ENTER_KEYS, FieldEditor
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.suggesting_line import SuggestingLine, Suggestion
from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.kinds import Amount, Choice, Country, Flag
from azcn_desktop.records.schema import Field
from azcn_desktop.records.text import fold
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


class LineEditor(FieldEditor):
    """One line: short text, code, number, address; dates, amounts, growth and periods with a read-back in words."""

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        self._line = ElidedLine(self)
        self._line.setMaxLength(2**31 - 1)
        self._add_input(self._line)
        self._line.textEdited.connect(self._on_text_edited)
        self._load()

    def text(self) -> str:
        """Return what stands in the line."""
        return self._line.text()

    def select_all(self) -> None:
        """Select the text, so that typing replaces it."""
        self._line.selectAll()

    def _load(self) -> None:
        self._line.setText(self._record.edit_text(self.field.name))
        self._line.short = self._record.show(self.field.name) if isinstance(self.field.kind, Amount) else ""
        self._line.setCursorPosition(0)
        self._start = self._line.text()

    def _on_text_edited(self, text: str) -> None:
        self.show_problem("")
        self._read_back(text)

    def _read_back(self, text: str) -> None:
        """Say how the typing is understood, and what is unlikely about it; nothing for what is stored already."""
        name, kind, stored = self.field.name, self.field.kind, self._record.values
        if not text.strip() or not kind.has_read_back or not self.is_modified():
            return
        try:
            words = kind.read_back(name, text, stored)
            doubt = kind.warn(name, dict(stored) | kind.read(name, text, stored))
        except ValueError:
            self.tell(self.tr("For instance {}").format(kind.example), "muted")
            return
        understood = self.tr("= {}").format(words) if words else ""
        self.tell("\n".join(filter(None, (understood, doubt))), "warning" if doubt else "plain")


class TextEditor(FieldEditor):
    """Text of many lines; Ctrl+Enter commits."""

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        self._edit = self._made_input()
        self._edit.setTabChangesFocus(True)
        self._add_input(self._edit)
        self._edit.textChanged.connect(self._on_text_changed)
        self._load()

    def text(self) -> str:
        """Return what stands in the editor, with the line breaks that the stored text has."""
        raw = self._edit.document().toRawText()
        stored = str(self._record.values.get(self.field.name) or "")
        return raw.replace("\u2029", "\r\n" if "\r\n" in stored else "\n")

    def is_modified(self) -> bool:
        """Tell whether a person has changed something; not by comparing, since Qt itself alters what it shows."""
        return self._edit.document().isModified() and self.text() != self._start

    def _made_input(self) -> QPlainTextEdit:
        return QPlainTextEdit(self)

    def _load(self) -> None:
        text = str(self._record.values.get(self.field.name) or "")
        if text != self.text():
            # Only then: laying out a text of megabytes again takes seconds.
            self._edit.setPlainText(text)
        self._edit.document().setModified(False)
        self._start = self.text()

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def _on_text_changed(self) -> None:
        if self.problem:
            self.show_problem("")


class ListEditor(FieldEditor):
    """One word of a closed list, yes or no, or countries: typing narrows the list down."""

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        self._line = SuggestingLine(self._offers, self)
        self._add_input(self._line)
        self._line.picked.connect(self._on_line_picked)
        self._line.textEdited.connect(self._on_line_edited)
        self._load()

    @property
    def line(self) -> SuggestingLine:
        """The line with its list."""
        return self._line

    def text(self) -> str:
        """Return what stands in the line."""
        return self._line.text()

    def select_all(self) -> None:
        """Select the text, so that typing replaces it."""
        self._line.selectAll()

    def open_choices(self) -> None:
        """Show the whole list with the present word highlighted."""
        self._line.open_list("", self._line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Tab take the highlighted word."""
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (*ENTER_KEYS, Qt.Key.Key_Tab) and (found := self._line.highlighted):
                self._line.close_list()
                self._line.setText(found.payload)
        return super().eventFilter(watched, event)

    def _load(self) -> None:
        self._line.setText(self._record.edit_text(self.field.name))
        self._start = self._line.text()

    def _offers(self, typed: str) -> list[Suggestion]:
        kept, sought = self._split(typed)
        wanted = fold(sought)
        labels = [label for label in self._labels() if wanted in fold(label)]
        if wanted:
            labels.sort(key=lambda label: not fold(label).startswith(wanted))
        return [Suggestion(label, payload=kept + label) for label in labels]

    def _labels(self) -> list[str]:
        kind = self.field.kind
        if isinstance(kind, Choice):
            return [kind.label(word) for word in kind.words]
        return ["Yes", "No"] if isinstance(kind, Flag) else sorted(COUNTRIES.values(), key=_near_first)

    def _split(self, typed: str) -> tuple[str, str]:
        """Return the countries that are complete, and what is being typed."""
        if not isinstance(self.field.kind, Country) or ";" not in typed:
            return "", typed.strip()
        kept, _, sought = typed.rpartition(";")
        return f"{kept.strip()}; ", sought.strip()

    def _on_line_picked(self, suggestion: Suggestion) -> None:
        self._line.setText(suggestion.payload)
        self.committed.emit()

    def _on_line_edited(self) -> None:
        self.show_problem("")


def _near_first(country: str) -> tuple[bool, str]:
    return country not in ("Azerbaijan", "China"), country

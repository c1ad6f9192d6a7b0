"""Editors of links: one record or printed words, and lists of members.

A record that is made while picking travels with the values, so that making and linking are one step.
"""

from __future__ import annotations

import html
from functools import partial
from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.gui.editors.field_editor import ENTER_KEYS, FieldEditor
from azcn_desktop.gui.editors.link_picker import NEW_KEY, LinkPicker, Pick
from azcn_desktop.gui.widgets.suggesting_line import Suggestion
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Link, Links, Party, Text, Value
from azcn_desktop.records.schema import Field
from azcn_desktop.records.text import script_of
from azcn_desktop.store.edits import add_member, inside, remove_part
from azcn_desktop.store.records import LinkLabel, Record
from azcn_desktop.store.store import Store


class LinkEditor(FieldEditor):
    """A link to one record, or the printed words where the field takes them."""

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        kind = field.kind
        assert isinstance(kind, Link | Party)
        self._pick: Pick | None = None
        self._line = LinkPicker(
            store,
            linked_tables(kind),
            self,
            takes_words=isinstance(kind, Party) and bool(kind.printed),
            without=(record.table, record.key),
        )
        self._line.setPlaceholderText(self.tr("Type a name"))
        self._add_input(self._line)
        self._line.picked.connect(self._on_line_picked)
        self._line.textEdited.connect(self._on_line_edited)
        self._load()

    @property
    def line(self) -> LinkPicker:
        """The line with its list."""
        return self._line

    def use_store(self, store: Store) -> None:
        """Look for records in another file from now on."""
        super().use_store(store)
        self._line.use_store(store)

    def text(self) -> str:
        """Return what stands in the line."""
        return self._line.text()

    def is_modified(self) -> bool:
        """Tell whether something was picked or typed."""
        return self._pick is not None or super().is_modified()

    def values(self) -> dict[str, Value]:
        """Return the picked record or words. Raises ValueError for typing that was not picked."""
        kind, name, typed = self.field.kind, self.field.name, self.text().strip()
        pick = self._pick or (None if typed else Pick())
        if pick is None:
            offer = self.tr(" or “Use as printed words”") if isinstance(kind, Party) and kind.printed else ""
            raise ValueError(self.tr("Pick a record from the list{}; typing alone doesn't tell which.").format(offer))
        if isinstance(kind, Party):
            return kind.assign(pick.table or None, pick.key, pick.text if not pick.table and pick.text else None)
        return {name: pick.key}

    def created(self) -> tuple[Change, ...]:
        """Return the record that is made by the pick."""
        return self._pick.created if self._pick else ()

    def select_all(self) -> None:
        """Select the text, so that typing replaces it."""
        self._line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter and Tab take the highlighted record."""
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (*ENTER_KEYS, Qt.Key.Key_Tab) and (found := self._line.highlighted):
                self._line.close_list()
                self._take(found)
        return super().eventFilter(watched, event)

    def _load(self) -> None:
        self._pick = None
        self._line.setText(self._record.show(self.field.name))
        self._start = self._line.text()

    def _take(self, suggestion: Suggestion) -> None:
        self._pick = suggestion.payload
        self._line.setText(suggestion.payload.text)

    def _on_line_picked(self, suggestion: Suggestion) -> None:
        self._take(suggestion)
        self.committed.emit()

    def _on_line_edited(self) -> None:
        self._pick = None
        self.show_problem("")


class LinksEditor(FieldEditor):
    """Members of a joining table, each with a button that removes it, and a line that adds one.

    Every addition and removal is a step of its own, asked for by `step_requested`.
    """

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        assert isinstance(field.kind, Links)
        self._kind = field.kind
        self._members = QVBoxLayout()
        self._members.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._members)
        self._layout.addLayout(column)
        self._line = self._adding_line()
        self._line.setPlaceholderText(self.tr("Add…"))
        self._add_input(self._line)
        column.addWidget(self._line)
        column.addStretch(1)
        self._load()

    @property
    def line(self) -> QLineEdit:
        """The line that adds a member."""
        return self._line

    @property
    def labels(self) -> tuple[LinkLabel, ...]:
        """The members that are shown."""
        return self._record.labels.get(self.field.name, ())

    def use_store(self, store: Store) -> None:
        """Look for records in another file from now on."""
        super().use_store(store)
        if isinstance(self._line, LinkPicker):
            self._line.use_store(store)

    def text(self) -> str:
        """Return what stands in the adding line."""
        return self._line.text()

    def values(self) -> dict[str, Value]:
        """Return nothing: members are added one by one. Raises ValueError for a typed name that was not picked."""
        if self._is_plain:
            self._add(Pick(text=self.text().strip()))
            return {}
        raise ValueError(self.tr("Pick one from the list, or clear the line; typing alone doesn't tell who is meant."))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter add the highlighted record instead of ending the edit."""
        if event.type() == QEvent.Type.KeyPress and cast(QKeyEvent, event).key() in ENTER_KEYS:
            if isinstance(self._line, LinkPicker) and (found := self._line.highlighted):
                self._line.close_list()
                self._add(found.payload)
                return True
            if self._is_plain and self.text().strip():
                self._add(Pick(text=self.text().strip()))
                return True
        return super().eventFilter(watched, event)

    def _load(self) -> None:
        self._line.clear()
        self._start = ""
        while (item := self._members.takeAt(0)) is not None:
            if (row := item.widget()) is not None:
                row.hide()
                row.deleteLater()
        for label in self.labels:
            row = _MemberRow(label, self)
            row.removed.connect(partial(self._remove, label))
            row.opened.connect(self.open_requested)
            self._members.addWidget(row)

    @property
    def _member(self) -> Field:
        return self._store.schema[self._kind.through].field(self._kind.member)

    @property
    def _is_plain(self) -> bool:
        return isinstance(self._member.kind, Text)

    def _adding_line(self) -> QLineEdit:
        kind = self._member.kind
        if not isinstance(kind, Link | Party):
            return QLineEdit(self)
        side = dict(self._kind.fixed).get("side")
        country = {"country": side} if side in ("AZ", "CN") else {}
        takes_words = isinstance(kind, Party) and bool(kind.printed)
        line = LinkPicker(self._store, linked_tables(kind), self, takes_words=takes_words, new_values=country)
        line.chosen.connect(self._add)
        return line

    def _add(self, pick: Pick) -> None:
        self._line.clear()
        kind, extra = self._member.kind, {}
        if isinstance(kind, Party):
            member = kind.assign(pick.table or None, pick.key, None if pick.table else pick.text)
        elif isinstance(kind, Text):
            member = {self._member.name: kind.parse(pick.text)}
            extra = {"script": script_of(pick.text)} if self._kind.through == "name" else {}
        else:
            member = {self._member.name: pick.key}
        step = add_member(self._store, self._record.table, self._record.key, self.field.name, member, extra)
        self._ask_for(_after_creation(step, pick))

    def _remove(self, label: LinkLabel) -> None:
        assert label.part_key is not None
        words = self.tr("Remove {} from {}").format(label.text, inside(self.field.label))
        self._ask_for(remove_part(self._store, self._kind.through, label.part_key, words))

    def _ask_for(self, step: ChangeSet) -> None:
        self.show_problem("")
        self.step_requested.emit(step)
        if not self.problem:  # whoever applies the step tells here why it can't be done
            self.take_over()
        self._line.setFocus()


class _MemberRow(QWidget):
    """One member: its name, what the joining row adds, and the button that removes it.

    Signals:
        removed(): the button was pressed.
        opened(str, object): table and id of the member that was clicked.
    """

    removed = Signal()
    opened = Signal(str, object)

    def __init__(self, label: LinkLabel, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = label
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._name(), 1)
        remove = QToolButton(self)
        remove.setText("×")
        remove.setAccessibleName(self.tr("Remove {}").format(label.text))
        remove.setToolTip(self.tr("Remove"))
        remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        remove.clicked.connect(self.removed)
        layout.addWidget(remove)

    def _name(self) -> QWidget:
        label = self._label
        shown = f"{label.text} · {label.detail}" if label.detail else label.text
        if not label.is_resolved:
            words = QLabel(shown, self)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            words.setProperty("role", "muted")
            words.setToolTip(self.tr("Printed words without a record"))
            return words
        button = QPushButton(shown.replace("&", "&&"), self)
        button.setProperty("role", "link")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(shown)
        button.setToolTip(f"<qt>{html.escape(shown)}</qt>")
        button.clicked.connect(self._on_name_clicked)
        return button

    def _on_name_clicked(self) -> None:
        self.opened.emit(self._label.table, self._label.key)


def linked_tables(kind: Link | Party) -> tuple[str, ...]:
    """Return the tables whose records a field can link to."""
    return (kind.target,) if isinstance(kind, Link) else tuple(table for table, _ in kind.targets)


def _after_creation(step: ChangeSet, pick: Pick) -> ChangeSet:
    """Put the making of the picked record before the joining row, whose own placeholder makes room for it."""
    if pick.key != NEW_KEY:
        return step
    joining = replace(step.changes[0], key=NEW_KEY - 1)
    return replace(step, changes=(*pick.created, joining))

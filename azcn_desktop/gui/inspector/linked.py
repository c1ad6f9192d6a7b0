"""The records that a record is linked with, in the inspector: where each link leads, a new one, and one taken off.

Asks for changes by signals; the inspector writes them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.inspector.lines import RecordLine, clear, discard, small_button
from azcn_desktop.gui.inspector.section import Section
from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.dates import short_date_words
from azcn_desktop.records.words import RELATION, RELATION_REVERSED
from azcn_desktop.store.backlinks import Related
from azcn_desktop.store.citing import cited_by
from azcn_desktop.store.edits import add_link, remove_part
from azcn_desktop.store.query import main_date
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_MOST_LINES = 6
_LINKED = ("meeting", "agreement", "project", "figure", "commitment")
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "signed_at": (("agreement",), ("meeting",)),
    "exchanged_at": (("agreement",), ("meeting",)),
    "agreed_in": (("project", "commitment"), ("agreement",)),
    "made_at": (("commitment",), ("meeting",)),
    "fulfilled_by": (("commitment",), ("agreement", "project", "meeting", "figure")),
    "partly_fulfilled_by": (("commitment",), ("agreement", "project", "meeting", "figure")),
    "stated_at": (("figure",), ("meeting",)),
    "part_of": (("project", "agreement", "meeting"), ("project", "agreement", "meeting")),
    "same_value_as": (("figure",), ("figure",)),
    "related": (_LINKED, _LINKED),
}


class LinkedSection(Section):
    """What the record is linked with, in both directions.

    Signals:
        jump_requested(table, key): a linked record was clicked.
        step_requested(ChangeSet): a link is to be added or removed.
    """

    jump_requested = Signal(str, object)
    step_requested = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("inspector", "Linked records"), theme, icons, parent)
        self._workspace = workspace
        self._record: Record | None = None
        self._unfolded: set[str] = set()
        self._can_edit = False
        self.related: list[Related] = []
        self.add_button = self.add_top_button("new", self.tr("Add a link"))
        self.add_button.setObjectName("button-add-link")
        self.add_button.clicked.connect(self.on_add_clicked)
        self._adder: LinkAdder | None = None

    def show_record(self, record: Record) -> None:
        """Show the links of a record."""
        if self._record is None or (record.table, record.key) != (self._record.table, self._record.key):
            self._unfolded = set()
            self._drop_adder()
        self._record = record
        store = self._workspace.store
        is_source = record.table == "source"
        self.set_heading(self.tr("Rests on this source") if is_source else self.tr("Linked records"))
        self.related = cited_by(store, record.key) if is_source else store.related(record.table, record.key)
        self._can_edit = self._workspace.can_edit and not record.is_deleted
        self.add_button.setVisible(record.table in _LINKED and self._can_edit)
        self._rebuild()

    def on_add_clicked(self) -> None:
        """Offer the choice of relation and record."""
        if self._record is None or self._adder is not None:
            self._drop_adder()
            return
        self._adder = LinkAdder(self._workspace.store, self._record, self)
        self._adder.step_requested.connect(self.on_step)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self._adder)
        self._adder.show()
        self._adder.start()

    def on_step(self, step: ChangeSet) -> None:
        """Pass on the new link."""
        self._drop_adder()
        self.step_requested.emit(step)

    def _drop_adder(self) -> None:
        if self._adder is not None:
            discard(self._adder)
            self._adder = None

    def _rebuild(self) -> None:
        clear(self.body)
        grouped: dict[str, list[Related]] = defaultdict(list)
        for related in self.related:
            grouped[related.relation].append(related)
        self.set_count(len(self.related))
        for relation, group in grouped.items():
            self._add_group(relation, group)
        if not self.related:
            self.add_words(self.tr("Nothing is linked with this record."))

    def _add_group(self, relation: str, group: list[Related]) -> None:
        heading = wrapped(relation[:1].upper() + relation[1:], "faint")
        heading.setContentsMargins(self._theme.px(7), self._theme.px(4), 0, self._theme.px(1))
        self.body.addWidget(heading)
        is_whole = relation in self._unfolded or len(group) <= _MOST_LINES + 1
        shown = group if is_whole else group[:_MOST_LINES]
        days = _days(self._workspace.store, shown)
        own = _day(self._record) if self._record else ""
        for related in shown:
            day = days.get((related.table, related.key), "")
            self._add_line(related, day if day != own else "")
        if not is_whole:
            more = QPushButton(self.tr("All {}").format(len(group)), self)
            more.setObjectName(f"button-all-{_kebab(relation)}")
            more.setProperty("role", "link")
            more.setAccessibleName(self.tr("Show all {}, {}").format(len(group), relation))
            more.clicked.connect(partial(self._unfold, relation))
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_line(self, related: Related, day: str) -> None:
        icon = BY_TABLE[related.table].icon if related.table in BY_TABLE else "link"
        line = RecordLine(related.title, icon, self._theme, self._icons, self, day)
        name = f"{_kebab(related.relation)}-{_kebab(related.table)}-{related.key}"
        line.setObjectName(f"linked-record-{name}")
        line.clicked.connect(partial(self._jump, related))
        widgets: list[QWidget] = [line]
        if related.part_table and self._can_edit:
            remove = small_button(
                self._icons, "close", self.tr("Remove link to {}").format(related.title), self, is_quiet=True
            )
            remove.setObjectName(f"button-unlink-{name}")
            remove.clicked.connect(partial(self._remove, related))
            widgets.append(remove)
        self.add_line(*widgets)

    def _unfold(self, relation: str) -> None:
        self._unfolded.add(relation)
        self._rebuild()

    def _jump(self, related: Related) -> None:
        self.jump_requested.emit(related.table, related.key)

    def _remove(self, related: Related) -> None:
        assert related.part_table is not None
        assert related.part_key is not None
        label = self.tr("Remove link to {}").format(related.title)
        self.step_requested.emit(remove_part(self._workspace.store, related.part_table, related.part_key, label))


class LinkAdder(QWidget):
    """A relation and a record, chosen one after the other.

    Signals:
        step_requested(ChangeSet): both are chosen.
    """

    step_requested = Signal(object)

    def __init__(self, store: Store, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._record = store, record
        self._choices = _relations(record.table)
        self.relation = QComboBox(self)
        self.relation.setObjectName("link-relation")
        self.relation.setAccessibleName(self.tr("Relation"))
        for _, _, words in self._choices:
            self.relation.addItem(words)
        self.picker: LinkPicker | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 4)
        self._column.setSpacing(4)
        self._column.addWidget(self.relation)
        self.relation.currentIndexChanged.connect(self.on_relation_changed)
        self.on_relation_changed(0)

    def start(self) -> None:
        """Take the keyboard."""
        self.relation.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_relation_changed(self, index: int) -> None:
        """Offer the records that can stand at the other end."""
        if self.picker is not None:
            discard(self.picker)
        relation, is_reversed, _ = self._choices[index]
        tables = _ENDS[relation][0 if is_reversed else 1]
        self.picker = LinkPicker(
            self._store, tables, self, can_create=False, without=(self._record.table, self._record.key)
        )
        self.picker.setObjectName("link-record")
        self.picker.setAccessibleName(self.tr("Record to link"))
        self.picker.setPlaceholderText(self.tr("Type a part of its name"))
        self.picker.chosen.connect(self.on_picked)
        self._column.addWidget(self.picker)
        self.picker.show()

    def on_picked(self, pick: Pick) -> None:
        """Ask for the link."""
        assert pick.key is not None
        relation, is_reversed, _ = self._choices[self.relation.currentIndex()]
        here, there = (self._record.table, self._record.key), (pick.table, pick.key)
        ends = (there, here) if is_reversed else (here, there)
        self.step_requested.emit(add_link(self._store, relation, *ends))


def _relations(table: str) -> list[tuple[str, bool, str]]:
    """Return what can join a record of a table to others: relation, whether read backwards, words."""
    found = []
    for relation, (near, far) in _ENDS.items():
        if table in near:
            found.append((relation, False, RELATION.label(relation)))
        if table in far and near != far:
            words = RELATION_REVERSED[relation]
            found.append((relation, True, words[:1].upper() + words[1:]))
    return found


def _days(store: Store, related: list[Related]) -> dict[tuple[str, int], str]:
    """Return the short main date of linked records."""
    keys: dict[str, list[int]] = defaultdict(list)
    for each in related:
        keys[each.table].append(each.key)
    days: dict[tuple[str, int], str] = {}
    for table, wanted in keys.items():
        name = None if table in ("figure", "source") else main_date(store.schema[table])
        if name:
            found = store.column(table, wanted, name)
            days |= {(table, key): short_date_words(day) for key, day in found.items() if isinstance(day, str)}
    return days


def _day(record: Record) -> str:
    """Return the short main date of a record."""
    name = main_date(record.record_type)
    value = record.values.get(name) if name else None
    return short_date_words(value) if isinstance(value, str) else ""


def _kebab(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.lower()))

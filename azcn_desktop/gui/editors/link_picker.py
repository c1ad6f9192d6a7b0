"""Picking a record by typing a part of its name, making it on the spot, or keeping the printed words.

Search folds case and accents, and looks into what records are linked with, so that an office finds its holder. Returns
a choice as data; whoever uses it writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.widgets.suggesting_line import SuggestingLine, Suggestion
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Text, Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.records.text import fold
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

MOST_RESULTS = 20
_RANKED = 400
NEW_KEY = -1
_DETAILS = {
    "person": ("posts", "country"),
    "organisation": ("kind", "country"),
    "meeting": ("date", "city"),
    "agreement": ("signed_on", "status"),
    "project": ("status", "sector"),
    "commitment": ("made_on", "by"),
    "figure": ("period", "value"),
    "source": ("published", "publisher"),  # a long publisher is cut, and the date is what tells most apart
}
_WITHOUT_CREATION = ("figure", "commitment")


class Pick(Struct, frozen=True):
    """What was chosen: a record, a record to be made, printed words, or nothing.

    Attributes:
        table: the record type; empty for printed words and nothing.
        key: the record; `NEW_KEY` for one to be made.
        text: its name, or the printed words.
        values: the row of a record to be made.
    """

    table: str = ""
    key: int | None = None
    text: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def created(self) -> tuple[Change, ...]:
        """The inserts that this choice needs first."""
        return (Change(self.table, NEW_KEY, None, dict(self.values)),) if self.key == NEW_KEY else ()


def find_records(
    store: Store, tables: Sequence[str], text: str, without: tuple[str, int] | None = None
) -> list[Suggestion]:
    """Return records whose names, or what they are linked with, hold all typed words; best first, by table.

    Args:
        store: where to look.
        tables: the record types.
        text: what was typed; empty finds the first of each table.
        without: table and id of a record that must not be offered.
    """
    found: list[Suggestion] = []
    words = tuple(part for part in text.replace('"', " ").split() if part != "-")
    for table in tables:
        keys = store.keys(Query(table, words=tuple(word.lstrip("-") or word for word in words)))[:_RANKED]
        titles = store.titles(table, keys)
        best = sorted(keys, key=lambda key: _distance(titles[key], text))[: MOST_RESULTS // len(tables)]
        for record in store.rows(table, best):
            if (table, record.key) != without:
                pick = Pick(table, record.key, titles[record.key])
                heading = store.schema[table].plural if len(tables) > 1 else ""
                found.append(Suggestion(pick.text, _detail(record), pick, heading, shown=_shown(record)))
    return found


class LinkPicker(SuggestingLine):
    """A line for choosing a record.

    Signals:
        chosen(Pick): a choice was made.
    """

    chosen = Signal(object)

    def __init__(
        self,
        store: Store,
        tables: Sequence[str],
        parent: QWidget | None = None,
        *,
        takes_words: bool = False,
        can_create: bool = True,
        new_values: Mapping[str, Value] | None = None,
        without: tuple[str, int] | None = None,
    ) -> None:
        """Offer records of these tables.

        Args:
            store: where they are.
            tables: the record types.
            parent: the owner.
            takes_words: offer to keep the typed words without a record.
            can_create: offer to make a record.
            new_values: columns of a made record that are known beforehand, for instance the country.
            without: table and id of a record that must not be offered.
        """
        super().__init__(self._offers, parent)
        self._store = store
        self._tables = tuple(tables)
        self._takes_words = takes_words
        self._can_create = can_create
        self._new_values = dict(new_values or {})
        self._without = without
        self.picked.connect(self._on_picked)

    def use_store(self, store: Store) -> None:
        """Offer the records of another file from now on."""
        self._store = store

    def _offers(self, text: str) -> list[Suggestion]:
        typed = " ".join(text.split())
        found = find_records(self._store, self._tables, typed, self._without)
        if not typed:
            return found
        others = self._creations(typed) if self._can_create else []
        if self._takes_words:
            words = QCoreApplication.translate("LinkPicker", "Use as printed words: “{}”").format(typed)
            others.append(Suggestion(words, "", Pick(text=typed), _other_heading(), True))
        return found + others

    def _creations(self, typed: str) -> list[Suggestion]:
        made = []
        for table in self._tables:
            record_type = self._store.schema[table]
            if can_be_made(record_type):
                label = QCoreApplication.translate("catalogue", record_type.label).lower()
                words = QCoreApplication.translate("LinkPicker", "Create {} “{}”").format(label, typed)
                made.append(
                    Suggestion(
                        words, "", Pick(table, NEW_KEY, typed, self._row(record_type, typed)), _other_heading(), True
                    )
                )
        return made

    def _row(self, record_type: RecordType, title: str) -> dict[str, Value]:
        known = {name: value for name, value in self._new_values.items() if record_type.has_field(name)}
        return record_type.new_row() | known | {record_type.title[0]: title}

    def _on_picked(self, suggestion: Suggestion) -> None:
        pick = suggestion.payload
        self.setText(pick.text)
        self.chosen.emit(pick)


def can_be_made(record_type: RecordType) -> bool:
    """Tell whether a name alone makes a record of this type."""
    title = record_type.field(record_type.title[0])
    missing = [f for f in record_type.fields if f.is_required and f.default is None and f is not title]
    return isinstance(title.kind, Text) and not missing and record_type.name not in _WITHOUT_CREATION


def _other_heading() -> str:
    return QCoreApplication.translate("LinkPicker", "Not in the list?")


def _distance(title: str, text: str) -> tuple[int, str]:
    """Rank a title: equal, beginning with the typing, holding it, found through a link."""
    name, typed = fold(title), fold(text)
    rank = 0 if name == typed else 1 if name.startswith(typed) else 2 if typed in name else 3
    return rank, name


def _shown(record: Record) -> str:
    """Return what the list shows of a source, whose name begins with its publisher; of others, nothing but the name."""
    return record.show("title") or record.show("publisher") if record.table == "source" else ""


def _detail(record: Record) -> str:
    names = _DETAILS.get(record.table, ())
    if record.table == "source" and not record.show("title"):
        names = ("published", "url")  # of one day there may be several
    shown = (record.show(name).removeprefix("https://").removeprefix("www.") for name in names)
    return " · ".join(text for text in shown if text)

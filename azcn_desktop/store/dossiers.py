"""Dossiers: records of any kind on one line over time, each with a word of its own for the part it plays there.

The order is by date; among records of one day, and among those without, by position. A dossier is a title and rows that
join it with records, so that every step here is a plain change that undo takes back. Reads, and returns steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.dates import date_bounds
from azcn_desktop.records.kinds import Party, Value
from azcn_desktop.records.schema import NOTE
from azcn_desktop.store import edits
from azcn_desktop.store.query import main_date
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_STAGES = {
    "meeting": ("status",),
    "agreement": ("status",),
    "project": ("status",),
    "figure": ("value",),
    "commitment": ("statement_class", "status"),
}
DATELESS = "9999-12-31"


class Item(Struct, frozen=True):
    """One record on the line of a dossier.

    Attributes:
        key: the joining row.
        table, record_key, title: the record.
        date: its main date, EDTF; empty where it has none.
        stage: class and status, or the value of a figure, in words.
        note: the part it plays on this line; may be empty.
        position: breaks ties of one day.
        status, class_word: the stored words behind the stage; empty where the type has none.
    """

    key: int
    table: str
    record_key: int
    title: str
    date: str
    stage: str
    note: str
    position: int
    status: str = ""
    class_word: str = ""

    @property
    def day(self) -> str:
        """The first day that the date may mean; far ahead where there is none, which puts it last."""
        return date_bounds(self.date)[0] if self.date else DATELESS

    @property
    def order(self) -> tuple[str, int, int]:
        """What the line is sorted by."""
        return self.day, self.position, self.key


def can_join(store: Store, table: str) -> bool:
    """Tell whether records of a table can stand in a dossier."""
    return table in dict(_member(store).targets)


def joinable_tables(store: Store) -> tuple[str, ...]:
    """Return the tables whose records can stand in a dossier."""
    return tuple(table for table, _ in _member(store).targets)


def items(store: Store, dossier: int) -> list[Item]:
    """Return what stands in a dossier, in the order of time."""
    rows = _rows(store, dossier)
    wanted: dict[str, list[int]] = defaultdict(list)
    ends = {row.key: _member(store).chosen(row.values) for row in rows}
    for table, key in (end for end in ends.values() if end):
        wanted[table].append(key)
    records = {(table, r.key): r for table, keys in wanted.items() for r in store.rows(table, keys)}
    found = [_item(row, records[end]) for row in rows if (end := ends[row.key]) in records]
    return sorted(found, key=lambda item: item.order)


def add_records(store: Store, dossier: int | str, records: Sequence[tuple[str, int]], note: str = "") -> ChangeSet:
    """Put records into a dossier.

    Args:
        store: where they are.
        dossier: an existing one by id, or the title of a new one.
        records: pairs of table and id.
        note: the part that they play there.

    Raises:
        UserError: all of them are in it already.
    """
    title = dossier if isinstance(dossier, str) else store.titles("dossier", [dossier])[dossier]
    present = [] if isinstance(dossier, str) else _rows(store, dossier)
    there = {_member(store).chosen(row.values) for row in present}
    fresh = [record for record in dict.fromkeys(records) if record not in there]
    if not fresh:
        words = "This record is" if len(records) == 1 else "These records are"
        raise UserError(f"{words} in “{title}” already.")
    made = [Change("dossier", -1, None, store.schema["dossier"].new_row() | {"title": title})]
    owner = -1 if isinstance(dossier, str) else dossier
    position = 1 + max((_position(row) for row in present), default=0)
    joined = [
        Change("dossier_item", -2 - n, None, _joining(store, owner, record, position + n, note))
        for n, record in enumerate(fresh)
    ]
    what = edits.short(store.titles(fresh[0][0], [fresh[0][1]])[fresh[0][1]])
    label = f"Add {what if len(fresh) == 1 else f'{len(fresh)} records'} to dossier {edits.short(title)}"
    return ChangeSet(label, (*(made if isinstance(dossier, str) else ()), *joined))


def annotate(store: Store, item: Item, note: str) -> ChangeSet:
    """Say what part a record plays in its dossier; empty takes the word away."""
    value: Value = note.strip() or None
    step = edits.edit_field(store, "dossier_item", item.key, NOTE, {NOTE: value})
    return ChangeSet(f"Note on {edits.short(item.title)} in its dossier", step.changes)


def take_out(store: Store, item: Item) -> ChangeSet:
    """Take a record out of a dossier; the record stays."""
    return edits.remove_part(store, "dossier_item", item.key, f"Take {edits.short(item.title)} out of its dossier")


def move(store: Store, dossier: int, item: Item, step: int) -> ChangeSet:
    """Move a record before (-1) or behind (1) its neighbour of the same day.

    Raises:
        UserError: the neighbour has another date, which decides; or there is none.
    """
    line = items(store, dossier)
    place = next((n for n, other in enumerate(line) if other.key == item.key), -1)
    target = place + step
    if place < 0 or not 0 <= target < len(line) or line[target].day != item.day:
        raise UserError("Records stand in the order of their dates. Only those of one day can change places.")
    same = [other for other in line if other.day == item.day]
    here = same.index(line[place])
    same[here], same[here + step] = same[here + step], same[here]
    moved = [
        Change("dossier_item", other.key, {"position": _stored_position(store, other.key)}, {"position": n + 1})
        for n, other in enumerate(same)
    ]
    return ChangeSet(f"Move {edits.short(item.title)} in its dossier", tuple(moved))


def _member(store: Store) -> Party:
    kind = store.schema["dossier_item"].field("item").kind
    assert isinstance(kind, Party)
    return kind


def _rows(store: Store, dossier: int) -> list[Record]:
    return [row for row in store.parts("dossier", dossier)["dossier_item"] if not row.is_deleted]


def _joining(store: Store, owner: int, record: tuple[str, int], position: int, note: str) -> dict[str, Value]:
    row = store.schema["dossier_item"].new_row() | _member(store).assign(*record)
    return row | {"dossier_id": owner, "position": position, NOTE: note.strip() or None}


def _position(row: Record) -> int:
    value = row.values.get("position")
    return value if isinstance(value, int) else 0


def _stored_position(store: Store, key: int) -> Value:
    row = store.get("dossier_item", key)
    return row.values.get("position") if row else None


def _item(row: Record, record: Record) -> Item:
    stages = (record.show(name) for name in _STAGES.get(record.table, ()))
    return Item(
        row.key,
        record.table,
        record.key,
        record.title,
        record_date(record),
        " · ".join(stage for stage in stages if stage),
        str(row.values.get(NOTE) or ""),
        _position(row),
        str(record.values.get("status") or ""),
        str(record.values.get("statement_class") or "") if record.table == "commitment" else "",
    )


def record_date(record: Record) -> str:
    """Return the main date of a record, EDTF; that of a stock where it has no period; empty for none."""
    names = (main_date(record.record_type), "as_of")
    return next((str(value) for name in names if name and (value := record.values.get(name))), "")

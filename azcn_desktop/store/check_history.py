"""The looks at a commitment: what was found, when, by which source; and how a look is taken back.

Each is a row with its citation. The newest one says what the status is, so removing it gives the status back to the one
before. Reads, and returns steps; writes nothing.
"""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.store import edits
from azcn_desktop.store.backlinks import CitationView
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


class Look(Struct, frozen=True):
    """One dated look at a record.

    Attributes:
        key: the row.
        found: the stored word of what was found.
        checked_on: the day, EDTF; None where it was not recorded.
        finding: in words; may be empty.
        citations: what it rests on.
    """

    key: int
    found: str
    checked_on: str | None
    finding: str
    citations: tuple[CitationView, ...]


def checked_field(record_type: RecordType) -> Field | None:
    """Return the field of a type that only dated checks change; None where there is none."""
    return next((f for f in record_type.fields if f.checked_by), None)


def looks(store: Store, table: str, key: int) -> list[Look]:
    """Return the looks at a record, newest first; of one day the one recorded last comes first."""
    f = checked_field(store.schema[table])
    if f is None:
        return []
    return [_look(store, f, row) for row in _rows(store, f, table, key)]


def remove_look(store: Store, table: str, key: int, look_key: int) -> ChangeSet:
    """Return the step that removes a look with its use of a source; the source and its quote stay.

    If the look is the newest one, the field goes back to what the one before found; with none left, to what it was
    before anybody looked.
    """
    f = checked_field(store.schema[table])
    assert f is not None
    title = store.titles(table, [key])[key]
    removed = edits.remove_part(store, f.checked_by, look_key, f"Remove check of {edits.short(title)}")
    uses = (
        edits.uncite(store, f.checked_by, look_key, c.citation_key) for c in store.citations(f.checked_by, look_key)
    )
    rows = _rows(store, f, table, key)
    back: tuple[Change, ...] = ()
    if rows and rows[0].key == look_key:
        value = rows[1].values.get(f.name) if len(rows) > 1 else _unchecked_value(store, f, table, key)
        back = edits.edit_field(store, table, key, f.name, {f.name: value}).changes
    proof = tuple(change for use in uses for change in use.changes)
    return ChangeSet(removed.label, (*proof, *removed.changes, *back))


def _rows(store: Store, f: Field, table: str, key: int) -> list[Record]:
    rows = [row for row in store.parts(table, key)[f.checked_by] if not row.is_deleted]
    return sorted(rows, key=lambda row: (str(row.values.get("checked_on_hi") or ""), row.key), reverse=True)


def _look(store: Store, f: Field, row: Record) -> Look:
    day = row.values.get("checked_on")
    return Look(
        row.key,
        str(row.values[f.name]),
        day if isinstance(day, str) else None,
        str(row.values.get("finding") or ""),
        tuple(store.citations(f.checked_by, row.key)),
    )


def _unchecked_value(store: Store, f: Field, table: str, key: int) -> Value:
    """Return what a field was before its first recorded change; what it is now if it never changed."""
    for step in reversed(store.history(table, key)):
        for change in step.change_set.changes:
            if (change.table, change.key) == (table, key) and change.before is not None and f.name in change.before:
                return change.before[f.name]
    record = store.get(table, key)
    return record.values.get(f.name) if record else None

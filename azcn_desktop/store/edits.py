"""What a person can do to records, as change sets ready to be applied.

Each function reads what is there and returns the step; nothing is written here. Labels are what the undo menu shows.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.dates import date_bounds
from azcn_desktop.records.kinds import Links, Party, Row, Text, Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_CHECK_KEY = -4
_TITLE_LENGTH = 48
# What a record is made of although no field of it shows it: steps of a dossier, looks at a commitment.
_PARTS_WITHOUT_FIELD = {
    "dossier": {"dossier_item": "dossier_id"},
    "commitment": {"commitment_check": "commitment_id"},
}


def edit_field(store: Store, table: str, key: int, field_name: str, values: Mapping[str, Value]) -> ChangeSet:
    """Set the columns of one field, for instance the result of `kind.read`."""
    record = _existing(store, table, key)
    before = {column: record.values.get(column) for column in values}
    label = f"Edit {inside(record.record_type.field(field_name).label)} of {short(record.title)}"
    return ChangeSet(label, (Change(table, key, before, dict(values)),))


def create(store: Store, table: str, values: Mapping[str, Value], parts: Iterable[Change] = ()) -> ChangeSet:
    """Make a record; the placeholder -1 stands for its id in the given parts."""
    record_type = store.schema[table]
    row = record_type.new_row() | dict(values)
    name = next((str(row[n]) for n in record_type.title if row.get(n)), "")
    made = f"New {record_type.label.lower()}"
    label = made if name in ("", made) else f"{made} {short(name)}"
    return ChangeSet(label, (Change(table, -1, None, row), *parts))


def duplicate(store: Store, table: str, key: int) -> ChangeSet:
    """Make a copy of a record with its participants, parties, names and sources.

    Neither its history nor what the program keeps itself (keys, stored texts, checksums) is copied.
    """
    record = _existing(store, table, key)
    copied_fields = (f for f in record.record_type.fields if f.is_editable)
    row = {column: record.values.get(column) for f in copied_fields for column in f.kind.columns(f.name)}
    title = record.record_type.title[0]
    if isinstance(record.record_type.field(title).kind, Text) and row[title]:
        row[title] = f"{row[title]} (copy)"
    changes = [Change(table, -1, None, record.record_type.new_row() | row)]
    placeholder = -1
    for part, column in store.schema.parts_of(table):
        if part.name in ("link", "dossier_item"):
            continue
        for owned in store.parts(table, key)[part.name]:
            if owned.values.get(column) != key or owned.is_deleted:
                continue
            placeholder -= 1
            copied = {name: owned.values.get(name) for name in part.value_columns()}
            changes.append(Change(part.name, placeholder, None, copied | {column: -1}))
    return ChangeSet(f"Duplicate {short(record.title)}", tuple(changes))


def to_trash(store: Store, table: str, keys: Sequence[int]) -> ChangeSet:
    """Put records into the trash; what belongs to them stays with them."""
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    changes = tuple(Change(table, key, {"deleted_at": None}, {"deleted_at": at}) for key in keys)
    return ChangeSet(f"Delete {_several(store, table, keys)}", changes)


def from_trash(store: Store, table: str, keys: Sequence[int]) -> ChangeSet:
    """Take records out of the trash."""
    records = [_existing(store, table, key) for key in keys]
    changes = tuple(Change(table, r.key, {"deleted_at": r.values["deleted_at"]}, {"deleted_at": None}) for r in records)
    return ChangeSet(f"Restore {_several(store, table, keys)}", changes)


def add_member(
    store: Store,
    table: str,
    key: int,
    field_name: str,
    member: Mapping[str, Value],
    extra: Mapping[str, Value] | None = None,
) -> ChangeSet:
    """Add one row to a field of kind Links.

    Args:
        store: where the record is.
        table, key: the record.
        field_name: the field.
        member: the columns of the member field: `Party.assign(...)`, a link id, or a text.
        extra: further columns of the joining row, for instance the role.
    """
    record = _existing(store, table, key)
    f = record.record_type.field(field_name)
    assert isinstance(f.kind, Links)
    through = store.schema[f.kind.through]
    row = through.new_row() | dict(f.kind.fixed) | {f.kind.owner: key} | dict(member) | dict(extra or {})
    return ChangeSet(f"Add to {inside(f.label)} of {short(record.title)}", (Change(through.name, -1, None, row),))


def remove_part(store: Store, part_table: str, part_key: int, label: str) -> ChangeSet:
    """Remove one joining row: a participant, a party, a name, a link, the use of a citation."""
    part = _existing(store, part_table, part_key)
    return ChangeSet(label, (Change(part_table, part_key, _image(part), None),))


def add_link(store: Store, relation: str, from_: tuple[str, int], to: tuple[str, int]) -> ChangeSet:
    """Link two records."""
    record_type = store.schema["link"]
    near, far = record_type.field("from").kind, record_type.field("to").kind
    assert isinstance(near, Party)
    assert isinstance(far, Party)
    row = record_type.new_row() | near.assign(*from_) | far.assign(*to) | {"relation": relation}
    title = store.titles(from_[0], [from_[1]]).get(from_[1], "")
    return ChangeSet(f"Link {short(title)}", (Change("link", -1, None, row),))


def cite(
    store: Store,
    table: str,
    key: int,
    source: int | Mapping[str, Value],
    quote: str | None = None,
    field_name: str | None = None,
) -> ChangeSet:
    """Give a record a source: an existing one by id, or a new one by its values."""
    record = _existing(store, table, key)
    return ChangeSet(f"Add source to {short(record.title)}", _citing(store, table, key, source, quote, field_name))


def check(
    store: Store,
    table: str,
    key: int,
    values: Mapping[str, Value],
    source: int | Mapping[str, Value],
    quote: str | None = None,
) -> ChangeSet:
    """Look at a record again: set its checked field to what was found, on a day, with a source.

    A look that is older than one that is recorded already is history: it is kept, and the field stays.

    Args:
        store: where the record is.
        table, key: the record; its type declares which field is checked and by which rows.
        values: the columns of the check: what was found, `checked_on`, the finding in words.
        source: an existing one by id, or a new one by its values.
        quote: the words of the source.
    """
    record = _existing(store, table, key)
    f = next(f for f in record.record_type.fields if f.checked_by)
    owner = next(column for part, column in store.schema.parts_of(table) if part.name == f.checked_by)
    row = store.schema[f.checked_by].new_row() | dict(values) | {owner: key}
    moved = Change(table, key, {f.name: record.values.get(f.name)}, {f.name: values[f.name]})
    found = f.kind.format(values[f.name])
    proof = _citing(store, f.checked_by, _CHECK_KEY, source, quote, None)
    is_history = _has_later(store.parts(table, key)[f.checked_by], row)
    changes = (Change(f.checked_by, _CHECK_KEY, None, row), *(() if is_history else (moved,)), *proof)
    return ChangeSet(f"Check {short(record.title)}: {inside(found)}", changes)


def _has_later(checks: Iterable[Record], row: Row) -> bool:
    """Tell whether one of these checks looked later than a new one."""
    day = row.get("checked_on")
    last = date_bounds(day)[1] if isinstance(day, str) else ""
    return any(str(check.values.get("checked_on_hi") or "") > last for check in checks if last)


def _citing(
    store: Store,
    table: str,
    key: int,
    source: int | Mapping[str, Value],
    quote: str | None,
    field_name: str | None,
) -> tuple[Change, ...]:
    """Return the rows that give a record a source; its key may be a placeholder below -3."""
    changes: list[Change] = []
    source_key = source if isinstance(source, int) else -1
    if not isinstance(source, int):
        changes.append(Change("source", -1, None, store.schema["source"].new_row() | dict(source)))
    citation = store.schema["citation"].new_row() | {"source_id": source_key, "quote": quote}
    changes.append(Change("citation", -2, None, citation))
    cited = store.schema["citation_link"].field("cited").kind
    assert isinstance(cited, Party)
    use = {"citation_id": -2, "field_name": field_name} | cited.assign(table, key)
    changes.append(Change("citation_link", -3, None, store.schema["citation_link"].new_row() | use))
    return tuple(changes)


def uncite(store: Store, table: str, key: int, citation_key: int) -> ChangeSet:
    """Take a citation off a record; the source stays."""
    record = _existing(store, table, key)
    uses = next(c.link_keys for c in store.citations(table, key) if c.citation_key == citation_key)
    changes = [Change("citation_link", use, _image(_existing(store, "citation_link", use)), None) for use in uses]
    return ChangeSet(f"Remove source from {short(record.title)}", tuple(changes))


def shipped_difference(store: Store, table: str, key: int) -> dict[str, tuple[Value, Value]]:
    """Return how a record differs from what was shipped: column to (shipped, now); empty for none or own records."""
    shipped = store.shipped_values(table, key)
    record = store.get(table, key) if shipped is not None else None
    if shipped is None or record is None:
        return {}
    now = record.values
    # What the program keeps itself, such as the stored text of a source, adds to a record and does not change it.
    kept = (f for f in record.record_type.fields if f.is_editable)
    columns = dict.fromkeys(column for f in kept for column in f.kind.columns(f.name))
    return {c: (shipped.get(c), now.get(c)) for c in columns if shipped.get(c) != now.get(c)}


def changed_parts(store: Store, table: str, key: int) -> list[Change]:
    """Return what has to change for the parts of a shipped record to be as shipped: participants, names, steps."""
    if store.shipped_values(table, key) is None:
        return []
    changes: list[Change] = []
    through = {f.kind.through: f.kind.owner for f in store.schema[table].links() if isinstance(f.kind, Links)}
    through |= _PARTS_WITHOUT_FIELD.get(table, {})
    parts = store.parts(table, key)
    for part_table, owner in through.items():
        present = {part.key: part for part in parts[part_table]}
        shipped = store.shipped_parts(part_table, owner, key)
        changes += [Change(part_table, k, _image(p), None) for k, p in present.items() if k not in shipped]
        for part_key, values in shipped.items():
            changes += _back(store.schema[part_table], part_key, present.get(part_key), values)
    return changes


def set_back(store: Store, table: str, key: int) -> ChangeSet:
    """Set a record with its participants, parties and names back to what was shipped."""
    record = _existing(store, table, key)
    difference = shipped_difference(store, table, key)
    before = {column: now for column, (_, now) in difference.items()}
    after = {column: shipped for column, (shipped, _) in difference.items()}
    own = [Change(table, key, before, after)] if difference else []
    parts = changed_parts(store, table, key)
    uses = [use for part in parts if part.after is None for use in _uses(store, part.table, part.key)]
    return ChangeSet(f"Set back {short(record.title)}", (*own, *uses, *parts), "restore")


def _uses(store: Store, table: str, key: int) -> list[Change]:
    """Return what takes all sources off a row that is about to be removed."""
    links = [use for citation in store.citations(table, key) for use in citation.link_keys]
    return [Change("citation_link", use, _image(_existing(store, "citation_link", use)), None) for use in links]


def _back(record_type: RecordType, key: int, present: Record | None, shipped: Row) -> list[Change]:
    if present is None:
        return [Change(record_type.name, key, None, dict(shipped))]
    moved = [c for c in record_type.value_columns() if present.values.get(c) != shipped.get(c)]
    if not moved:
        return []
    before, after = {c: present.values.get(c) for c in moved}, {c: shipped.get(c) for c in moved}
    return [Change(record_type.name, key, before, after)]


def _existing(store: Store, table: str, key: int) -> Record:
    record = store.get(table, key)
    if record is None:
        raise Conflict(f"This {store.schema[table].label.lower()} no longer exists.")
    return record


def _image(record: Record) -> dict[str, Value]:
    columns = record.record_type.value_columns()
    return {"uid": record.uid} | {column: record.values.get(column) for column in columns}


def short(title: str) -> str:
    """Return a title as it stands in the label of a step."""
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"


def _several(store: Store, table: str, keys: Sequence[int]) -> str:
    if len(keys) == 1:
        return short(_existing(store, table, keys[0]).title)
    return f"{len(keys)} {store.schema[table].plural.lower()}"


def inside(label: str) -> str:
    """Return a label as it stands within a sentence: countries and abbreviations keep their capitals."""
    is_name = label in COUNTRIES.values() or label[1:2].isupper()
    return label if is_name else label[:1].lower() + label[1:]

"""A planned import in words, for the person who decides on it.

Reads titles behind the planned changes and changes nothing.
"""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.exchange.importing import ImportPlan, PlannedRow
from azcn_desktop.records.kinds import Links
from azcn_desktop.store.store import Store


class PreviewRow(Struct, frozen=True):
    """One row of the file as a person is asked about it.

    Attributes:
        line: its line in the file.
        what: refused, changed or new.
        record: the title of the record; the column at fault for a refused row.
        details: the reason, or what changes.
    """

    line: int
    what: str
    record: str
    details: str


def preview(store: Store, plan: ImportPlan, limit: int) -> list[PreviewRow]:
    """Return the rows of a plan in words: refused ones first, then changed, then new ones, `limit` at most."""
    rows = [PreviewRow(r.line, "refused", r.column, r.reason) for r in plan.refused[:limit]]
    changed = plan.changed[: limit - len(rows)]
    titles = store.titles(plan.record_type.name, [key for row in changed if (key := _key(plan, row))])
    rows += [PreviewRow(r.line, "changed", titles.get(_key(plan, r), ""), _change_words(store, r)) for r in changed]
    for row in plan.new[: limit - len(rows)]:
        values = row.changes[0].after or {}
        title = ", ".join(t for name in plan.record_type.title if (t := store.label_of(plan.record_type, name, values)))
        rows.append(PreviewRow(row.line, "new", title, ""))
    return rows


def _key(plan: ImportPlan, row: PlannedRow) -> int:
    """Return the id of the record that a row changes, also when only what belongs to it changes."""
    first = row.changes[0]
    if first.table == plan.record_type.name:
        return first.key
    image = first.after or first.before or {}
    owners = [column for f in plan.record_type.links() if isinstance(f.kind, Links) for column in [f.kind.owner]]
    return next((key for column in owners if isinstance(key := image.get(column), int)), 0)


def _change_words(store: Store, row: PlannedRow) -> str:
    words = []
    for change in row.changes:
        record_type = store.schema[change.table]
        if change.before is None or change.after is None:
            values = change.after or change.before or {}
            title = ", ".join(t for name in record_type.title if (t := store.label_of(record_type, name, values)))
            words.append(f"{'add' if change.before is None else 'remove'} {record_type.label.lower()} {title}")
            continue
        for name in dict.fromkeys(f.name for column in change.after if (f := record_type.field_of_column(column))):
            old = store.label_of(record_type, name, change.before) or "empty"
            new = store.label_of(record_type, name, change.after) or "empty"
            words.append(f"{record_type.field(name).label}: {old[:80]} → {new[:80]}")
    return "; ".join(words)

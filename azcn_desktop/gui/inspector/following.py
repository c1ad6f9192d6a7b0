"""Which changes a record in the inspector has to follow: its own, and those of what is shown with it."""

from __future__ import annotations

from collections.abc import Iterable

from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.records.schema import Schema
from azcn_desktop.store.backlinks import Related
from azcn_desktop.store.records import Record

_PROOF = ("citation", "citation_link", "source", "link")


def concerns(notice: ChangeNotice, schema: Schema, record: Record, related: Iterable[Related]) -> bool:
    """Tell whether a change touches a record or anything that is shown with it.

    Args:
        notice: what was written.
        schema: says which tables hold parts of the record.
        record: what is shown.
        related: the records that it is linked with.
    """
    parts = {part.name for part, _ in schema.parts_of(record.table)}
    if notice.touches(parts | set(_PROOF)):
        return True
    shown: set[tuple[str | None, int | None]] = {(r.table, r.key) for r in related}
    shown |= {(label.table, label.key) for labels in record.labels.values() for label in labels}
    shown.add((record.table, record.key))
    return any(
        keys is None or key in keys
        for table, key in shown
        if table is not None and table in notice.tables
        for keys in [notice.tables[table]]
    )

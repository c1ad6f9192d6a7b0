"""What rests on a source: the way back from a source to the records that cite it."""

from __future__ import annotations

from collections import defaultdict

from azcn_desktop.records.kinds import Party
from azcn_desktop.store.backlinks import Related
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import quoted


def cited_by(store: Store, source_key: int) -> list[Related]:
    """Return the records that rest on a source, by record type; parts stand for the records that they belong to.

    Args:
        store: where the source is.
        source_key: the source.
    """
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for table, column in _cited_columns(store):
        rows = store.database.all(
            f"SELECT DISTINCT l.{quoted(column)} FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"WHERE c.source_id = ? AND l.{quoted(column)} IS NOT NULL AND l.deleted_at IS NULL "
            "AND c.deleted_at IS NULL ORDER BY 1",
            (source_key,),
        )
        for (key,) in rows:
            for owner in _owners(store, table, key):
                found[owner[0]][owner[1]] = None
    related = []
    for table, keys in found.items():
        titles = store.titles(table, keys)
        related += [Related(store.schema[table].plural, table, key, titles[key]) for key in keys if key in titles]
    return related


def _cited_columns(store: Store) -> tuple[tuple[str, str], ...]:
    kind = store.schema["citation_link"].field("cited").kind
    assert isinstance(kind, Party)
    return kind.targets


def _owners(store: Store, table: str, key: int) -> list[tuple[str, int]]:
    """Return a record itself, or the owners of a part."""
    record_type = store.schema[table]
    if not record_type.is_part:
        return [(table, key)]
    record = store.get(table, key)
    owners = (
        ((record_type.references()[c], record.values.get(c)) for c in record_type.owner_columns()) if record else ()
    )
    return [(target, value) for target, value in owners if isinstance(value, int)]

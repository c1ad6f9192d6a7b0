"""The ways between sources and the records that cite them: what rests on a source, and what sources a record has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from azcn_desktop.records.kinds import Party
from azcn_desktop.records.text import fold
from azcn_desktop.store.backlinks import Related
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import quoted

_CHUNK = 500


def cited_by(store: Store, source_key: int) -> list[Related]:
    """Return the records that rest on a source, by record type; parts stand for the records that they belong to.

    Args:
        store: where the source is.
        source_key: the source.
    """
    found: dict[str, dict[int, None]] = defaultdict(dict)
    for table, column in cited_columns(store):
        rows = store.database.all(
            f"SELECT DISTINCT l.{quoted(column)} FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"WHERE c.source_id = ? AND l.{quoted(column)} IS NOT NULL AND l.deleted_at IS NULL "
            "AND c.deleted_at IS NULL ORDER BY 1",
            (source_key,),
        )
        for (key,) in rows:
            for owner in owners_of(store, table, key):
                found[owner[0]][owner[1]] = None
    related = []
    for table, keys in found.items():
        titles = store.titles(table, keys)
        related += [Related(store.schema[table].plural, table, key, titles[key]) for key in keys if key in titles]
    return related


def sources_used(store: Store, query: Query) -> list[int]:
    """Return the sources that the records of a query rest on, as `sources_of` does. Raises as `Store.keys`."""
    return sources_of(store, query.table, store.keys(query))


def used_by_any(store: Store, queries: Iterable[Query]) -> list[int]:
    """Return the sources that the records of several queries rest on, each once, in the order of a bibliography."""
    return in_bibliographic_order(store, {key for query in queries for key in sources_used(store, query)})


def all_sources_used(store: Store) -> list[int]:
    """Return the sources that any record outside the trash rests on, in the order of a bibliography."""
    cited = {table for table, _ in cited_columns(store) if not store.schema[table].is_part}
    return used_by_any(store, (Query(table) for table in sorted(cited)))


def sources_of(store: Store, table: str, keys: Sequence[int]) -> list[int]:
    """Return the sources that records and their parts rest on, each once, in the order of a bibliography.

    Sources in the trash are left out.

    Args:
        store: where the records are.
        table: their type; of sources, the sources themselves are returned.
        keys: their ids.
    """
    if table == "source":
        return in_bibliographic_order(store, keys)
    found: set[int] = set()
    for cited, column in cited_columns(store):
        if cited == table:
            found |= _sources_where(store, column, keys)
        for part, owner in store.schema.parts_of(table):
            if part.name == cited:
                found |= _sources_where(store, column, _parts(store, part.name, owner, keys))
    return in_bibliographic_order(store, found)


def in_bibliographic_order(store: Store, source_keys: Iterable[int]) -> list[int]:
    """Return the ids of sources outside the trash, sorted by publisher (or title where there is none) and day."""
    wanted = sorted(set(source_keys))
    rows = []
    for chunk in _chunks(wanted):
        rows += store.database.all(
            "SELECT coalesce(publisher, title, ''), coalesce(published_lo, ''), id FROM source "
            f"WHERE id IN ({', '.join('?' * len(chunk))}) AND deleted_at IS NULL",
            chunk,
        )
    return [key for _, _, key in sorted((fold(name), day, key) for name, day, key in rows)]


def _sources_where(store: Store, column: str, keys: Sequence[int]) -> set[int]:
    found: set[int] = set()
    for chunk in _chunks(keys):
        rows = store.database.all(
            "SELECT DISTINCT c.source_id FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"WHERE l.{quoted(column)} IN ({', '.join('?' * len(chunk))}) AND l.deleted_at IS NULL "
            "AND c.deleted_at IS NULL",
            chunk,
        )
        found |= {row[0] for row in rows}
    return found


def _parts(store: Store, part: str, owner: str, keys: Sequence[int]) -> list[int]:
    """Return the ids of the rows of a joining table that belong to records."""
    found: list[int] = []
    for chunk in _chunks(keys):
        rows = store.database.all(
            f"SELECT id FROM {quoted(part)} WHERE {quoted(owner)} IN ({', '.join('?' * len(chunk))}) "
            "AND deleted_at IS NULL",
            chunk,
        )
        found += [row[0] for row in rows]
    return found


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))


def cited_columns(store: Store) -> tuple[tuple[str, str], ...]:
    """Return what a use of a citation can name: pairs of table and column."""
    kind = store.schema["citation_link"].field("cited").kind
    assert isinstance(kind, Party)
    return kind.targets


def owners_of(store: Store, table: str, key: int) -> list[tuple[str, int]]:
    """Return a record itself, or the owners of a part."""
    record_type = store.schema[table]
    if not record_type.is_part:
        return [(table, key)]
    record = store.get(table, key)
    owners = (
        ((record_type.references()[c], record.values.get(c)) for c in record_type.owner_columns()) if record else ()
    )
    return [(target, value) for target, value in owners if isinstance(value, int)]

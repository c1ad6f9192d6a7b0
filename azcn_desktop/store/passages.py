"""The cited passages of a source, with the records that rest on them, and the outlets that a text went through."""

from __future__ import annotations

from collections import defaultdict

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.store.citing import cited_columns, owners_of
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import quoted


class Use(Struct, frozen=True):
    """One use of a passage.

    Attributes:
        link_key: the row that joins passage and record.
        table, key, title: the record; a part stands for the record that it belongs to.
        field_name: the field that the passage speaks of; empty for the whole record.
        role: supports, contradicts or mentions.
    """

    link_key: int
    table: str
    key: int
    title: str
    field_name: str = ""
    role: str = "supports"


class Passage(Struct, frozen=True):
    """One cited passage of a source.

    Attributes:
        citation_key: the row.
        quote: the words; empty when the source as a whole is cited.
        start, end: offsets into the cleaned text; None while the words are not found in it.
        anchor_state: no_text, anchored or lost.
        confidence: 0 to 4; None when not rated.
        uses: the records that rest on it.
    """

    citation_key: int
    quote: str
    start: int | None
    end: int | None
    anchor_state: str
    confidence: int | None
    uses: tuple[Use, ...]


def passages(store: Store, source_key: int) -> list[Passage]:
    """Return the cited passages of a source: anchored ones in the order of the text, then the others."""
    rows = store.database.all(
        "SELECT id, quote, quote_start, quote_end, anchor_state, confidence FROM citation "
        "WHERE source_id = ? AND deleted_at IS NULL ORDER BY quote_start IS NULL, quote_start, id",
        (source_key,),
    )
    uses = _uses(store, source_key)
    return [
        Passage(key, quote or "", start, end, state or "no_text", confidence, tuple(uses[key]))
        for key, quote, start, end, state, confidence in rows
        if uses[key]
    ]


def outlet_chain(store: Store, source_key: int) -> list[tuple[int, str]]:
    """Return a source and those it repeats, each with its publisher, the first publication last."""
    chain: list[tuple[int, str]] = []
    wanted: int | None = source_key
    while wanted is not None and wanted not in dict(chain):
        # Not the record: these two stand before its text, which may be megabytes.
        rows = store.database.all("SELECT publisher, origin_source_id FROM source WHERE id = ?", (wanted,))
        if not rows:
            break
        ((publisher, origin),) = rows
        chain.append((wanted, publisher or store.titles("source", [wanted])[wanted]))
        wanted = origin
    return chain


def _uses(store: Store, source_key: int) -> dict[int, list[Use]]:
    """Return the uses of all passages of a source."""
    columns = cited_columns(store)
    names = ", ".join(f"l.{quoted(column)}" for _, column in columns)
    rows = store.database.all(
        f"SELECT l.id, l.citation_id, l.field_name, l.role, {names} FROM citation_link l "
        "JOIN citation c ON c.id = l.citation_id WHERE c.source_id = ? "
        "AND l.deleted_at IS NULL AND c.deleted_at IS NULL ORDER BY l.id",
        (source_key,),
    )
    found: list[tuple[int, Use]] = []
    for link, citation, field_name, role, *keys in rows:
        cited = ((t, k) for (t, _), k in zip(columns, keys, strict=True) if k is not None)
        for table, key in (owner for part in cited for owner in owners_of(store, *part)):
            found.append((citation, Use(link, table, key, "", field_name or "", role or "supports")))
    return _titled(store, found)


def _titled(store: Store, found: list[tuple[int, Use]]) -> dict[int, list[Use]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for _, use in found:
        wanted[use.table].add(use.key)
    titles = {table: store.titles(table, keys) for table, keys in wanted.items()}
    uses: dict[int, list[Use]] = defaultdict(list)
    for citation, use in found:
        uses[citation].append(replace(use, title=titles[use.table].get(use.key, "")))
    return uses

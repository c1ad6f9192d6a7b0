"""What a record is linked with, and what it rests on.

Both directions of every link, found from the declarations: whoever refers to a record appears beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from azcn_desktop.records.kinds import Link, Links, Party
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.records.words import RELATION, RELATION_REVERSED
from azcn_desktop.store.database import Database
from azcn_desktop.store.records import RecordReader
from azcn_desktop.store.tables import quoted

# As read from the record that a field names: who "said" what, not who it was "said by".
_REVERSED_FIELDS = {
    "said_by": "said", "published_by": "published", "by": "promised", "to": "addressed by", "parent_id": "includes",
    "organisation_id": "office held by", "origin_source_id": "repeated by", "meeting_id": "reached here",
}  # fmt: skip
_PART_WORDS = {"participation": "took part in", "project_party": "partner in"}
_JOINED_WORDS = {("dossier_item", "item"): "in dossiers", ("dossier_item", "dossier_id"): "on this line"}
_ROLE_WORDS = {"signatory": "signed", "party": "party to"}
_NOT_RELATED = ("citation", "citation_link", "name", "commodity", "trade_flow")


class Related(Struct, frozen=True):
    """One linked record as seen from another.

    Attributes:
        relation: how they belong together, as read from here.
        table, key, title: the other record.
        part_table, part_key: the row that joins them, when it may be removed; else None.
    """

    relation: str
    table: str
    key: int
    title: str
    part_table: str | None = None
    part_key: int | None = None


class CitationView(Struct, frozen=True):
    """One source of a record with the passage.

    Attributes:
        citation_key, source_key: the rows.
        link_keys: the uses of the citation by this record.
        publisher, title, published, url, quote, read_as: as stored; None where not known.
        printed: pairs of field name and what this source gives for it, with the role: (field, printed, role).
        roles: how the passage stands to the record, in any of its uses.
        fields: the single fields that it speaks of; none when only the whole record rests on it.
        anchor_state: whether the quote is found in the stored text: no_text, anchored or lost.
        confidence: 0 to 4; None when not rated.
    """

    citation_key: int
    source_key: int
    link_keys: tuple[int, ...]
    publisher: str | None
    title: str | None
    published: str | None
    url: str | None
    quote: str | None
    read_as: str | None
    printed: tuple[tuple[str, str, str], ...] = ()
    roles: frozenset[str] = frozenset({"supports"})
    fields: tuple[str, ...] = ()
    anchor_state: str = "no_text"
    confidence: int | None = None


class Backlinks:
    """Finds what points to a record and what it points to."""

    def __init__(self, database: Database, schema: Schema, reader: RecordReader) -> None:
        self._database = database
        self._schema = schema
        self._reader = reader

    def citations(self, table: str, key: int) -> list[CitationView]:
        """Return the sources of a record, in the order in which they were added."""
        column = next((c for t, c in self._schema.parts_of(table) if t.name == "citation_link"), None)
        if column is None:
            return []
        rows = self._database.all(
            "SELECT c.id, s.id, l.id, s.publisher, s.title, s.published, s.url, c.quote, c.read_as, l.field_name, "
            "l.printed, l.role, c.anchor_state, c.confidence FROM citation_link l "
            "JOIN citation c ON c.id = l.citation_id "
            f"JOIN source s ON s.id = c.source_id WHERE l.{quoted(column)} = ? AND l.deleted_at IS NULL "
            "AND c.deleted_at IS NULL ORDER BY c.id, l.id",
            (key,),
        )
        grouped: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for row in rows:
            grouped[row[0]].append(row)
        return [_view(uses) for uses in grouped.values()]

    def related(self, table: str, key: int) -> list[Related]:
        """Return the records that a record is linked with, without what its own fields show."""
        found: list[Related] = []
        for record_type, column in self._schema.referring(table):
            if record_type.name in _NOT_RELATED:
                continue
            f = record_type.field_of_column(column)
            assert f is not None
            if column in record_type.owner_columns():
                found += self._through(record_type, f, column, table, key)
            else:
                found += self._referring(record_type, f, column, key)
        unique = {(r.relation, r.table, r.key): r for r in found}
        return list(unique.values())

    def _through(self, part: RecordType, near: Field, column: str, table: str, key: int) -> list[Related]:
        """Follow the rows of a joining table to the records at their far end."""
        if self._is_shown_as_field(table, part, column):
            return []
        far = [f for f in part.fields if isinstance(f.kind, Link | Party) and f is not near and f.kind.owns]
        if not far:
            return []
        columns = {c: target for f in far for c, target in f.kind.references(f.name).items()}
        relation = part.has_field("relation")
        select = ", ".join(["id", *(["relation"] if relation else []), *map(quoted, columns)])
        rows = self._database.all(
            f"SELECT {select} FROM {quoted(part.name)} WHERE {quoted(column)} = ? AND deleted_at IS NULL", (key,)
        )
        found = []
        for row in rows:
            joined = _JOINED_WORDS.get((part.name, near.name), part.label.lower())
            words = _relation_words(str(row[1]), near.name) if relation else joined
            for (_, target), value in zip(columns.items(), row[2 if relation else 1 :], strict=True):
                if value is not None:
                    found.append((words, target, value, part.name, row[0]))
        return self._titled(found)

    def _referring(self, record_type: RecordType, f: Field, column: str, key: int) -> list[Related]:
        """Return the records, or the owners of the parts, that name a record in one of their fields."""
        owners = {c: t for c, t in record_type.references().items() if c in record_type.owner_columns()}
        if record_type.is_part and owners:
            role = "role" if record_type.name == "agreement_party" else "NULL"
            select = ", ".join([role, *map(quoted, owners)])
            rows = self._database.all(
                f"SELECT {select} FROM {quoted(record_type.name)} "
                f"WHERE {quoted(column)} = ? AND deleted_at IS NULL ORDER BY id",
                (key,),
            )
            words = _PART_WORDS.get(record_type.name) or _REVERSED_FIELDS.get(f.name) or record_type.label.lower()
            found = [
                (_ROLE_WORDS.get(row[0], words), target, value, None, None)
                for row in rows
                for target, value in zip(owners.values(), row[1:], strict=True)
                if value is not None
            ]
            return self._titled(found)
        rows = self._database.all(
            f"SELECT id FROM {quoted(record_type.name)} WHERE {quoted(column)} = ? AND deleted_at IS NULL", (key,)
        )
        words = _REVERSED_FIELDS.get(f.name, f.label.lower())
        return self._titled([(words, record_type.name, row[0], None, None) for row in rows])

    def _is_shown_as_field(self, table: str, part: RecordType, column: str) -> bool:
        links = (f.kind for f in self._schema[table].links())
        return any(isinstance(k, Links) and k.through == part.name and k.owner == column for k in links)

    def _titled(self, found: Sequence[tuple[str, str, int, str | None, int | None]]) -> list[Related]:
        wanted: dict[str, set[int]] = defaultdict(set)
        for _, table, key, _, _ in found:
            wanted[table].add(key)
        titles = {table: self._reader.titles(table, keys) for table, keys in wanted.items()}
        return [
            Related(words, table, key, titles[table].get(key, "Missing record"), part_table, part_key)
            for words, table, key, part_table, part_key in found
        ]


def _relation_words(relation: str, near: str) -> str:
    if near == "from":
        return RELATION.label(relation).lower()
    return RELATION_REVERSED.get(relation, relation)


def _view(uses: list[tuple[Any, ...]]) -> CitationView:
    citation, source, _, publisher, title, published, url, quote, read_as, *_ = uses[0]
    printed = tuple((use[9], use[10], use[11] or "") for use in uses if use[9] is not None and use[10] is not None)
    keys = tuple(use[2] for use in uses)
    roles = frozenset(use[11] or "supports" for use in uses)
    fields = tuple(dict.fromkeys(use[9] for use in uses if use[9] is not None))
    state, confidence = uses[0][12] or "no_text", uses[0][13]
    said = (publisher, title, published, url, quote, read_as)
    return CitationView(citation, source, keys, *said, printed, roles, fields, state, confidence)

"""Records as views read them: values, and the names behind their links.

Reads in few statements whatever a page of records needs. Writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.kinds import Kind, Link, Links, Party, Row, Text, Value
from azcn_desktop.records.schema import NOTE, Field, RecordType, Schema
from azcn_desktop.store.computed import computed_fields, computed_sql
from azcn_desktop.store.database import Database
from azcn_desktop.store.tables import quoted, stored_columns

_STATES = frozenset(COUNTRIES.values())
LONG_TEXT_PREVIEW = 500
TRASH_MARK = " (in trash)"
"""What ends the title of a record in the trash, wherever another one leads to it."""


class LinkLabel(Struct, frozen=True):
    """One linked record, or printed words, as a field shows it.

    Attributes:
        text: the title of the record, or the printed words.
        table, key: the record; both None for printed words, which are shown as unresolved.
        part_key: the id of the joining row, for fields of kind Links.
        detail: what the joining row adds, for instance the office.
    """

    text: str
    table: str | None = None
    key: int | None = None
    part_key: int | None = None
    detail: str = ""

    @property
    def is_resolved(self) -> bool:
        """Tell whether a record stands behind the words."""
        return self.key is not None

    @property
    def is_state(self) -> bool:
        """Tell whether the words name a state; it needs no record to be understood."""
        return self.key is None and self.text in _STATES


class Record(Struct, frozen=True):
    """One row with the names behind its links.

    Attributes:
        record_type: its declaration.
        values: all columns, and what is computed of the record; long texts may be cut after 500 characters (see
            `Store.rows`, `Store.get`).
        labels: for each linking field the linked records.
        is_whole: whether long texts are complete.
    """

    record_type: RecordType
    values: Row
    labels: dict[str, tuple[LinkLabel, ...]] = field(default_factory=dict)
    is_whole: bool = False

    @property
    def key(self) -> int:
        """The id of the row."""
        value = self.values["id"]
        assert isinstance(value, int)
        return value

    @property
    def table(self) -> str:
        """The record table."""
        return self.record_type.name

    @property
    def uid(self) -> str:
        """The stable identity."""
        return str(self.values.get("uid", ""))

    @property
    def is_deleted(self) -> bool:
        """Tell whether the record lies in the trash."""
        return self.values.get("deleted_at") is not None

    @property
    def title(self) -> str:
        """The name of the record."""
        return ", ".join(part for name in self.record_type.title if (part := self.show(name))) or "Untitled"

    def show(self, name: str) -> str:
        """Write a field for a reader."""
        if name in self.labels:
            return ", ".join(label.text for label in self.labels[name])
        f = self.record_type.field(name)
        return f.kind.show(name, self.values)

    def edit_text(self, name: str) -> str:
        """Write a field without loss, as an editor starts with it."""
        return self.record_type.field(name).kind.edit_text(name, self.values)

    def is_unresolved(self, name: str) -> bool:
        """Tell whether a linking field shows printed words with no record behind."""
        return any(
            not label.is_resolved and not label.is_state
            for label in self.labels.get(name, ())
            if label.part_key or label.text
        )


class RecordReader:
    """Reads records with the names behind their links.

    Attributes:
        database: where from.
        schema: the declarations.
    """

    def __init__(self, database: Database, schema: Schema) -> None:
        self._database = database
        self._schema = schema

    def read(self, table: str, keys: Sequence[int], whole: bool, with_source_texts: bool = False) -> list[Record]:
        """Return the records of these keys that exist, in the order of the keys."""
        record_type = self._schema[table]
        columns = stored_columns(record_type)
        stored = [
            quoted(column) if with_source_texts else self._column_sql(record_type, column, whole) for column in columns
        ]
        computed = computed_fields(record_type)
        select = ", ".join([*stored, *(computed_sql(self._schema, record_type, f) for f in computed)])
        names = [*columns, *(f.name for f in computed)]
        found: dict[int, dict[str, Value]] = {}
        for chunk in _chunks(keys):
            marks = ", ".join("?" * len(chunk))
            for row in self._database.all(f"SELECT {select} FROM {quoted(table)} t WHERE t.id IN ({marks})", chunk):
                found[row[0]] = dict(zip(names, row, strict=True))
        labels = self._labels(record_type, found)
        return [Record(record_type, found[key], labels[key], whole) for key in keys if key in found]

    def titles(self, table: str, keys: Iterable[int]) -> dict[int, str]:
        """Return the names of records; a deleted one is marked so."""
        record_type = self._schema[table]
        fields = [record_type.field(name) for name in record_type.title]
        columns = list(dict.fromkeys(c for f in fields for c in f.kind.columns(f.name)))
        select = ", ".join(["id", "NULL" if record_type.is_bulk else "deleted_at", *map(quoted, columns)])
        wanted = sorted(set(keys))
        rows: dict[int, dict[str, Value]] = {}
        trashed: set[int] = set()
        for chunk in _chunks(wanted):
            marks = ", ".join("?" * len(chunk))
            for key, deleted, *values in self._database.all(
                f"SELECT {select} FROM {quoted(table)} WHERE id IN ({marks})", chunk
            ):
                rows[key] = dict(zip(columns, values, strict=True))
                trashed |= {key} if deleted else set()
        linked = {f.name: self._column_labels(f, rows) for f in fields if isinstance(f.kind, Link | Party)}
        return {
            key: _title(fields, row, linked, key) + (TRASH_MARK if key in trashed else "") for key, row in rows.items()
        }

    def _column_sql(self, record_type: RecordType, column: str, whole: bool) -> str:
        f = record_type.field_of_column(column)
        if whole and column in source_texts(record_type):
            return "NULL"  # one record is read again and again, and SQLite would read all of a text to cut it
        is_cut = f and isinstance(f.kind, Text) and f.kind.is_long and not (whole and f.name == NOTE)
        return f"substr({quoted(column)}, 1, {LONG_TEXT_PREVIEW:d})" if is_cut else quoted(column)

    def _labels(
        self, record_type: RecordType, rows: dict[int, dict[str, Value]]
    ) -> dict[int, dict[str, tuple[LinkLabel, ...]]]:
        labels: dict[int, dict[str, tuple[LinkLabel, ...]]] = {key: {} for key in rows}
        for f in record_type.fields:
            if isinstance(f.kind, Link | Party):
                for key, label in self._column_labels(f, rows).items():
                    labels[key][f.name] = (label,) if label else ()
            elif isinstance(f.kind, Links):
                for key, several in self._joined_labels(f.kind, list(rows)).items():
                    labels[key][f.name] = several
        return labels

    def _column_labels(self, f: Field, rows: dict[int, dict[str, Value]]) -> dict[int, LinkLabel | None]:
        """Return for each row what its Link or Party field shows."""
        titles = self._titles_behind(f, rows.values())
        return {key: _label(f.kind, f.name, row, titles) for key, row in rows.items()}

    def _joined_labels(self, kind: Links, owners: Sequence[int]) -> dict[int, tuple[LinkLabel, ...]]:
        through = self._schema[kind.through]
        member = through.field(kind.member)
        columns = list(member.kind.columns(member.name))
        extra = [name for name in ("role", "organisation_id", "as_of", "script") if through.has_field(name)]
        selected = [*columns, *extra]
        fixed = "".join(f" AND {quoted(column)} = ?" for column, _ in kind.fixed)
        rows: dict[int, dict[str, Value]] = {}
        owner_of: dict[int, int] = {}
        for chunk in _chunks(owners):
            sql = (
                f"SELECT id, {quoted(kind.owner)}, {', '.join(map(quoted, selected))} FROM {quoted(kind.through)} "
                f"WHERE {quoted(kind.owner)} IN ({', '.join('?' * len(chunk))}) AND deleted_at IS NULL{fixed} "
                "ORDER BY id"
            )
            for key, owner, *values in self._database.all(sql, [*chunk, *(value for _, value in kind.fixed)]):
                rows[key], owner_of[key] = dict(zip(selected, values, strict=True)), owner
        titles = self._titles_behind(member, rows.values())
        details = self._details(through, [name for name in extra if name not in dict(kind.fixed)], rows)
        grouped: dict[int, list[LinkLabel]] = defaultdict(list)
        for key, row in rows.items():
            label = _label(member.kind, member.name, row, titles) or LinkLabel("")
            grouped[owner_of[key]].append(LinkLabel(label.text, label.table, label.key, key, details.get(key, "")))
        return {owner: tuple(grouped.get(owner, ())) for owner in owners}

    def _details(self, through: RecordType, names: list[str], rows: dict[int, dict[str, Value]]) -> dict[int, str]:
        parts: dict[int, list[str]] = defaultdict(list)
        for name in names:
            f = through.field(name)
            linked = self._column_labels(f, rows) if isinstance(f.kind, Link) else {}
            for key, row in rows.items():
                label = linked.get(key)
                text = label.text if label else "" if linked else f.kind.show(name, row)
                if text:
                    parts[key].append(text)
        return {key: ", ".join(texts) for key, texts in parts.items()}

    def _titles_behind(self, f: Field, rows: Iterable[Row]) -> dict[tuple[str, int], str]:
        wanted: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            for column, target in f.kind.references(f.name).items():
                value = row.get(column)
                if isinstance(value, int):
                    wanted[target].add(value)
        return {(table, key): text for table, keys in wanted.items() for key, text in self.titles(table, keys).items()}


def source_texts(record_type: RecordType) -> frozenset[str]:
    """Return the columns that may hold megabytes and that no rule and no derived column looks at: texts of sources."""
    return frozenset(
        f.name for f in record_type.fields
        if isinstance(f.kind, Text) and f.kind.is_long and not (f.is_editable or f.is_searchable)
    )  # fmt: skip


def _label(kind: Kind, name: str, row: Row, titles: dict[tuple[str, int], str]) -> LinkLabel | None:
    for column, target in kind.references(name).items():
        value = row.get(column)
        if isinstance(value, int):
            return LinkLabel(titles.get((target, value), "Missing record"), target, value)
    words = kind.show(name, row) if not isinstance(kind, Link) else ""
    return LinkLabel(words) if words else None


def _title(fields: list[Field], row: Row, linked: dict[str, dict[int, LinkLabel | None]], key: int) -> str:
    parts = []
    for f in fields:
        label = linked[f.name].get(key) if f.name in linked else None
        parts.append(label.text if label else "" if f.name in linked else f.kind.show(f.name, row))
    return ", ".join(part for part in parts if part) or "Untitled"


def _chunks(keys: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))

"""Declarations of record types, and the schema that they form together.

One declaration drives tables, grid, inspector, editors, checks, import, export and the data dictionary. A bad
declaration is refused when the program starts. Knows no SQL statement and no widget; no callbacks, no inheritance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from azcn_desktop.errors import Refused
from azcn_desktop.records.kinds import Kind, Link, Links, Party, Row, Text, Value

STANDARD_COLUMNS = {
    "id": "INTEGER PRIMARY KEY AUTOINCREMENT",  # an id in the journal must never come to mean another row
    "uid": "TEXT NOT NULL UNIQUE",
    "rev": "INTEGER NOT NULL",
    "created_at": "TEXT NOT NULL",
    "updated_at": "TEXT NOT NULL",
    "deleted_at": "TEXT",
}
SEARCH_COLUMN = "search_text"
NOTE = "note"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


class Problem(Struct, frozen=True):
    """What is wrong with one field of a row.

    Attributes:
        field: the name of the field.
        message: a sentence for the person.
        is_warning: possible but unlikely; the value is stored all the same.
    """

    field: str
    message: str
    is_warning: bool = False


class Field(Struct, frozen=True):
    """One field of a record type.

    Attributes:
        name: column, import and export name.
        kind: what is true of its values.
        label: as people read it.
        help: one sentence; tool tip and data dictionary.
        is_required: a row without it is refused.
        default: the value of a new row.
        is_searchable: part of the search key of the record.
        is_editable: offered to people; false for what the program keeps itself.
        section: heading in the inspector; empty for the first, unnamed group.
        width: pixels of the column at 100 % zoom; 0 hides it in the grid until it is asked for.
        aliases: other names that imported tables use.
        is_expected: a record without it is not complete; its absence is named.
        checked_by: the joining table whose dated, sourced rows alone may change it; empty for any edit.
    """

    name: str
    kind: Kind
    label: str
    help: str = ""
    is_required: bool = False
    default: Value = None
    is_searchable: bool = False
    is_editable: bool = True
    section: str = ""
    width: int = 0
    aliases: tuple[str, ...] = ()
    is_expected: bool = False
    checked_by: str = ""


class RecordType(Struct, frozen=True):
    """One record table.

    Attributes:
        name: the table; also the name in import, export and links.
        label, plural: as people read them.
        title: the fields whose shown values, joined by commas, name a record.
        fields: in the order of the inspector.
        order: the columns that sort the table at first; a minus before a name sorts downward.
        is_part: rows belong to an owner (participants, events) and have no tab or list of their own.
        is_bulk: statistics in millions; without standard columns, history and search key.
        help: one sentence for the data dictionary.
    """

    name: str
    label: str
    plural: str
    title: tuple[str, ...]
    fields: tuple[Field, ...]
    order: tuple[str, ...] = ()
    is_part: bool = False
    is_bulk: bool = False
    help: str = ""

    def field(self, name: str) -> Field:
        """Return a field by name. Raises KeyError."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(f"{self.name} has no field {name}")

    def has_field(self, name: str) -> bool:
        """Tell whether there is a field of this name."""
        return any(candidate.name == name for candidate in self.fields)

    def value_columns(self) -> dict[str, str]:
        """Return the columns that people fill, with SQL types."""
        return {column: sql for f in self.fields for column, sql in f.kind.columns(f.name).items()}

    def derived_columns(self) -> dict[str, str]:
        """Return the columns that the store computes, with SQL types."""
        derived = {column: sql for f in self.fields for column, sql in f.kind.derived_columns(f.name).items()}
        return derived if self.is_bulk else derived | {SEARCH_COLUMN: "TEXT NOT NULL DEFAULT ''"}

    def references(self) -> dict[str, str]:
        """Return the columns that refer to other tables: column to table."""
        return {column: table for f in self.fields for column, table in f.kind.references(f.name).items()}

    def owner_columns(self) -> tuple[str, ...]:
        """Return the reference columns whose target owns the row."""
        owning = [f for f in self.fields if isinstance(f.kind, Link | Party) and f.kind.owns]
        return tuple(column for f in owning for column in f.kind.references(f.name))

    def links(self) -> tuple[Field, ...]:
        """Return the fields that show records of a joining table."""
        return tuple(f for f in self.fields if isinstance(f.kind, Links))

    def field_of_column(self, column: str) -> Field | None:
        """Return the field that owns a column; the field named like the column comes first."""
        if self.has_field(column):
            return self.field(column)
        return next((f for f in self.fields if column in f.kind.columns(f.name)), None)

    def new_row(self) -> dict[str, Value]:
        """Return the values of a fresh row: defaults, else None."""
        row: dict[str, Value] = dict.fromkeys(self.value_columns())
        return row | {f.name: f.default for f in self.fields if f.default is not None}

    def check(self, row: Row) -> list[Problem]:
        """Judge a whole row: what is impossible first, then what is unlikely."""
        problems = [Problem(f.name, message) for f in self.fields if (message := self._impossible(f, row))]
        if problems:
            return problems
        warnings = ((f.name, f.kind.warn(f.name, row)) for f in self.fields)
        return [Problem(name, message, True) for name, message in warnings if message]

    def refuse_bad(self, row: Row) -> None:
        """Raise `Refused` when the row is impossible."""
        problems = [(p.field, f"{self.field(p.field).label}: {p.message}") for p in self.check(row) if not p.is_warning]
        if problems:
            raise Refused(problems)

    def _impossible(self, f: Field, row: Row) -> str | None:
        columns = f.kind.columns(f.name)
        if f.is_required and columns and all(row.get(column) in (None, "") for column in columns):
            return "This can't be empty."
        return f.kind.check(f.name, row)


class Schema(Struct, frozen=True, dict=True):
    """All record types, checked against each other.

    Attributes:
        types: in the order in which tables are made and shown.
    """

    types: tuple[RecordType, ...]

    def __post_init__(self) -> None:
        for problem in self._faults():
            raise ValueError(problem)

    def __iter__(self) -> Iterator[RecordType]:
        return iter(self.types)

    def __getitem__(self, name: str) -> RecordType:
        for record_type in self.types:
            if record_type.name == name:
                return record_type
        raise KeyError(f"no record type {name}")

    def __contains__(self, name: object) -> bool:
        return any(record_type.name == name for record_type in self.types)

    @cached_property
    def _referring(self) -> dict[str, list[tuple[RecordType, str]]]:
        """For each table the types and columns that refer to it; asked for with every record that is read."""
        referring: dict[str, list[tuple[RecordType, str]]] = {}
        for t in self.types:
            for column, target in t.references().items():
                referring.setdefault(target, []).append((t, column))
        return referring

    def referring(self, table: str) -> list[tuple[RecordType, str]]:
        """Return the types and columns that refer to a table."""
        return list(self._referring.get(table, ()))

    def parts_of(self, table: str) -> list[tuple[RecordType, str]]:
        """Return the types and columns whose rows belong to records of a table."""
        return [(t, column) for t, column in self.referring(table) if column in t.owner_columns()]

    def has_records(self, tables: Iterable[str]) -> bool:
        """Tell whether any of these tables holds records, and not statistics in bulk."""
        return any(name not in self or not self[name].is_bulk for name in tables)

    def _faults(self) -> Iterator[str]:
        names = [t.name for t in self.types]
        yield from (f"record type {name} is declared twice" for name in names if names.count(name) > 1)
        for t in self.types:
            yield from self._faults_of(t)

    def _faults_of(self, t: RecordType) -> Iterator[str]:
        columns = [c for f in t.fields for c in (*f.kind.columns(f.name), *f.kind.derived_columns(f.name))]
        own = set(columns)
        for name in (t.name, *(f.name for f in t.fields), *columns):
            if not _NAME.fullmatch(name):
                yield f"{t.name}: {name} is not a plain lower-case name"
        yield from (f"{t.name}: column {c} is declared twice" for c in own if columns.count(c) > 1)
        yield from (
            f"{t.name}: {c} is a column every table has" for c in own if c in (*STANDARD_COLUMNS, SEARCH_COLUMN)
        )
        yield from (f"{t.name}: no field {name} for the title" for name in t.title if not t.has_field(name))
        yield from (f"{t.name}: no column {c} to sort by" for c in t.order if c.lstrip("-") not in own)
        yield from (
            f"{t.name}.{c} refers to {to}, which is not declared" for c, to in t.references().items() if to not in self
        )
        for f in t.fields:
            if f.is_required and f.kind.is_virtual:
                yield f"{t.name}.{f.name} has no column and can't be required"
            if f.default is not None and (problem := f.kind.check(f.name, {f.name: f.default})):
                yield f"{t.name}.{f.name}: the default is impossible: {problem}"
            if isinstance(f.kind, Links):
                yield from self._faults_of_links(t, f, f.kind)
            if f.checked_by and f.checked_by not in (part.name for part, _ in self.parts_of(t.name)):
                yield f"{t.name}.{f.name}: {f.checked_by} is no part of it"
            yield from (
                f"{t.name}.{f.name}: no field {name} beside it" for name in f.kind.beside() if not t.has_field(name)
            )

    def _faults_of_links(self, t: RecordType, f: Field, kind: Links) -> Iterator[str]:
        if kind.through not in self:
            yield f"{t.name}.{f.name}: no record type {kind.through}"
            return
        through = self[kind.through]
        if through.references().get(kind.owner) != t.name:
            yield f"{t.name}.{f.name}: {kind.through}.{kind.owner} does not refer to {t.name}"
        if not through.has_field(kind.member) or not isinstance(through.field(kind.member).kind, Party | Link | Text):
            yield f"{t.name}.{f.name}: {kind.through}.{kind.member} is no party, link or text"
        yield from (f"{t.name}.{f.name}: no column {c}" for c, _ in kind.fixed if c not in through.value_columns())

"""Rows of an imported table as changes of records: what a row would do to the record it names, or the record it makes.

Takes cells in the order of the file's columns. A cell that stands as an export would write it is left alone, so that
nothing changes by being read and written again; every other cell is read, and the whole row is then judged by the
declaration of its type.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct

from azcn_desktop.exchange.cells import (
    Column,
    Uids,
    behind,
    cell,
    columns_of,
    is_uid,
    plain_text,
    read_uids,
    shown_name,
    split_names,
)
from azcn_desktop.exchange.import_values import Resolver, read_value
from azcn_desktop.records.changes import Change
from azcn_desktop.records.figure_kinds import Period
from azcn_desktop.records.kinds import Computed, Links, Row, Text, Value
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.records.text import fold
from azcn_desktop.store.dated_checks import ONLY_BY_CHECK
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import LinkLabel, Record
from azcn_desktop.store.store import Store
from azcn_desktop.store.writing import same

Cells = Sequence[str]
_HALF_CHANGED = "The name was changed, but the identity beside it still means the old record. Empty the identity."


class Bad(Exception):
    """A row that can't be imported.

    Attributes:
        reasons: pairs of column and sentence.
    """

    def __init__(self, reasons: list[tuple[str, str]]) -> None:
        super().__init__(reasons)
        self.reasons = reasons


class _Given(Struct, frozen=True):
    """A field that the file has, with the places of its two columns; None where it lacks one."""

    field: Field
    value: int | None = None
    uid: int | None = None

    def text(self, cells: Cells) -> str:
        """Return the cell with the value or the names."""
        return cells[self.value] if self.value is not None else ""

    def identity(self, cells: Cells) -> str:
        """Return the cell with the identities."""
        return cells[self.uid] if self.uid is not None else ""


class RowReader:
    """Turns rows of one file into changes of one table."""

    def __init__(
        self, store: Store, record_type: RecordType, columns: Sequence[Column | None], resolver: Resolver
    ) -> None:
        self._store = store
        self._type = record_type
        self._given = _given(record_type, columns)
        self._columns = {g.field.name for g in self._given}
        self._own_columns = {g.field.name: columns_of(store.schema, record_type, (g.field.name,)) for g in self._given}
        self._resolver = resolver
        self._uids: Uids = {}
        self._next_key = -1_000_000_000
        self._present: dict[tuple[Value, ...], list[int]] | None = None

    def next_key(self) -> int:
        """Return a placeholder id that nothing else uses."""
        self._next_key -= 1
        return self._next_key

    def expect(self, records: Sequence[Record]) -> None:
        """Read at once what the rows of these records will be compared with."""
        self._uids = read_uids(self._store, records, [c for columns in self._own_columns.values() for c in columns])

    def changes(self, cells: Cells, record: Record) -> tuple[Change, ...]:
        """Return what a row changes in its record and in what belongs to it. Raises `Bad`."""
        if record.is_deleted:
            raise Bad([("uid", "This record lies in the trash. Restore it first.")])
        differing = [given for given in self._given if self._differs(given, cells, record)]
        values = self._values(differing, cells)
        moved = {column: value for column, value in values.items() if not same(record.values.get(column), value)}
        self._refuse_bad(dict(record.values) | moved)
        self._refuse_unchecked(moved)
        before = {column: record.values.get(column) for column in moved}
        own = [Change(self._type.name, record.key, before, moved)] if moved else []
        parts = [part for given in differing for part in self._changed_parts(given, cells, record)]
        return (*own, *parts)

    def new(self, cells: Cells, uid: str, key: int) -> tuple[Change, ...]:
        """Return the insert of a record with what belongs to it. Raises `Bad`."""
        values = self._type.new_row() | self._values(self._given, cells)
        for f in self._type.fields:
            if f.is_required and f.default is not None and values.get(f.name) is None:
                values[f.name] = f.default
        self._refuse_bad(values)
        own = Change(self._type.name, key, None, values | ({"uid": uid} if uid else {}))
        return (own, *(part for given in self._given for part in self._new_parts(given, cells, key)))

    def is_there(self, cells: Cells, changes: Sequence[Change]) -> bool:
        """Tell whether a record that equals a new row exists; each is taken once."""
        values = changes[0].after or {}
        if self._present is None:
            self._present = self._read_present()
        candidates = self._present.get(tuple(values.get(column) for column in self._plain_columns()), [])
        for record in self._store.whole_rows(self._type.name, candidates):
            if self._equals(record, values, cells):
                candidates.remove(record.key)
                return True
        return False

    # -- values

    def _values(self, given: Sequence[_Given], cells: Cells) -> dict[str, Value]:
        """Read the cells of fields; what one says for those beside it yields to a filled column of theirs."""
        read: dict[str, Value] = {}
        implied: dict[str, Value] = {}
        problems: list[tuple[str, str]] = []
        for each in given:
            if isinstance(each.field.kind, Links):
                continue
            try:
                values = read_value(self._resolver, each.field, each.text(cells), each.identity(cells).strip())
            except ValueError as error:
                problems.append((each.field.name, str(error)))
                continue
            # The words of a period speak only where the file is silent: one that holds its dates says what they are.
            silenced = self._columns if isinstance(each.field.kind, Period) else set()
            beside = set(each.field.kind.beside())
            implied |= {column: value for column, value in values.items() if column in beside - silenced}
            read |= {column: value for column, value in values.items() if column not in beside}
        if problems:
            raise Bad(problems)
        return read | {column: value for column, value in implied.items() if read.get(column) is None}

    def _refuse_bad(self, row: Row) -> None:
        problems = [(p.field, p.message) for p in self._type.check(row) if not p.is_warning]
        if problems:
            raise Bad(problems)

    def _refuse_unchecked(self, moved: Row) -> None:
        checked = [f for f in self._type.fields if f.checked_by and f.name in moved]
        if checked:
            raise Bad([(f.name, ONLY_BY_CHECK.format(f.label)) for f in checked])

    def _differs(self, given: _Given, cells: Cells, record: Record) -> bool:
        """Tell whether a field of a row is not as an export would write it. Raises `Bad` for a half change."""
        present = {
            column.is_uid: plain_text(cell(record, column, self._uids))
            for column in self._own_columns[given.field.name]
            if column.field
        }
        has_name = given.value is not None and not _same_text(given.text(cells), present[False])
        has_uid = given.uid is not None and given.identity(cells).strip() != present.get(True, "").strip()
        if (
            has_name
            and given.uid is not None
            and not has_uid
            and present.get(True)
            and not isinstance(given.field.kind, Links)
        ):
            raise Bad([(given.field.name, _HALF_CHANGED)])
        return has_name or has_uid

    # -- what belongs to a record

    def _wanted_members(self, given: _Given, cells: Cells) -> list[tuple[str, str]]:
        """Return pairs of name and identity that a field of links shall have."""
        names = split_names(given.text(cells))
        uids = [part.strip() for part in given.identity(cells).split("|")] if given.identity(cells).strip() else []
        return [(name, uid) for name, uid in zip_longest(names, uids, fillvalue="") if name or uid]

    def _changed_parts(self, given: _Given, cells: Cells, record: Record) -> Iterator[Change]:
        kind = given.field.kind
        if not isinstance(kind, Links):
            return
        left = list(record.labels.get(given.field.name, ()))
        missing = []
        for name, uid in self._wanted_members(given, cells):
            found = next((label for label in left if self._is_member(given, label, name, uid)), None)
            if found is None:
                missing.append((name, uid))
                continue
            if uid and given.value is not None and fold(name) != fold(shown_name(found)):
                raise Bad([(given.field.name, _HALF_CHANGED)])
            left.remove(found)
        parts = (
            {part.key: part for part in self._store.parts(self._type.name, record.key)[kind.through]} if left else {}
        )
        for label in left:
            part = parts[label.part_key or 0]
            image = {"uid": part.uid} | {c: part.values.get(c) for c in part.record_type.value_columns()}
            yield Change(kind.through, part.key, image, None)
        for name, uid in missing:
            yield self._part(given.field, kind, name, uid, record.key)

    def _is_member(self, given: _Given, label: LinkLabel, name: str, uid: str) -> bool:
        column = self._own_columns[given.field.name][-1]
        if uid and not (column.part_table and self._resolver.by_uid(uid) is None):
            return self._uids.get(behind(column, label), "") == uid
        return shown_name(label) == name

    def _new_parts(self, given: _Given, cells: Cells, key: int) -> Iterator[Change]:
        kind = given.field.kind
        if isinstance(kind, Links):
            for name, uid in self._wanted_members(given, cells):
                yield self._part(given.field, kind, name, uid, key)

    def _part(self, f: Field, kind: Links, name: str, uid: str, owner: int) -> Change:
        through = self._store.schema[kind.through]
        member = through.field(kind.member)
        row = through.new_row() | dict(kind.fixed) | {kind.owner: owner}
        if isinstance(member.kind, Text) and uid:
            # A plain text is its own row: the identity is not that of another record, and the row keeps it.
            if is_uid(uid) and self._resolver.by_uid(uid) is None:
                row["uid"] = uid
                self._resolver.new[uid] = (through.name, owner)
            uid = ""
        try:
            row |= read_value(self._resolver, member, name, uid)
        except ValueError as error:
            raise Bad([(f.name, str(error))]) from error
        problems = [(f.name, p.message) for p in through.check(row) if not p.is_warning]
        if problems:
            raise Bad(problems)
        return Change(through.name, self.next_key(), None, row)

    # -- records that are there already

    def _plain_columns(self) -> list[str]:
        fields = [given.field for given in self._given if not isinstance(given.field.kind, Links)]
        return list(dict.fromkeys(column for f in fields for column in f.kind.columns(f.name)))

    def _read_present(self) -> dict[tuple[Value, ...], list[int]]:
        present: dict[tuple[Value, ...], list[int]] = {}
        for key, *values in self._store.select(Query(self._type.name), ("id", *self._plain_columns())):
            assert isinstance(key, int)
            present.setdefault(tuple(values), []).append(key)
        return present

    def _equals(self, record: Record, values: Row, cells: Cells) -> bool:
        own = all(same(record.values.get(column), values.get(column)) for column in self._plain_columns())
        return own and all(
            Counter(fold(label.text) for label in record.labels.get(given.field.name, ()))
            == Counter(fold(name) for name in split_names(given.text(cells)))
            for given in self._given
            if isinstance(given.field.kind, Links) and given.value is not None
        )


def _given(record_type: RecordType, columns: Sequence[Column | None]) -> list[_Given]:
    places = {column.name: number for number, column in enumerate(columns) if column and column.field}
    # What is computed follows from other rows: a table that was exported has it, and it is not read back.
    fields = (column.field for column in columns if column and column.field)
    names = {f.name for f in fields if not isinstance(f.kind, Computed)}
    return [_Given(f, places.get(f.name), places.get(f"{f.name}_uid")) for f in record_type.fields if f.name in names]


def _same_text(one: str, other: str) -> bool:
    """Tell whether two cells hold the same text; programs that save a table may change its line ends."""
    return one == other or one.replace("\r\n", "\n") == other.replace("\r\n", "\n")

"""Import of tables: what a file would change, told before anything is changed.

A row with the identity of a record changes that record, and of it only the cells that differ from what an export would
write; a row without one is a new record, unless the same record is there already. Importing an export therefore
changes nothing, and importing a file twice is the same as once. Knows rows of text, no file formats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.cells import UID, Column, header_columns, is_uid
from azcn_desktop.exchange.import_rows import Bad, RowReader
from azcn_desktop.exchange.import_values import Resolver
from azcn_desktop.exchange.tabular import TextRow, TextTable
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_PAGE = 500


class Refusal(Struct, frozen=True):
    """Why a row can't be imported.

    Attributes:
        line: its line in the file.
        column: the column that is at fault; empty for the whole row.
        reason: a sentence.
    """

    line: int
    column: str
    reason: str


class PlannedRow(Struct, frozen=True):
    """What one row of the file would do.

    Attributes:
        line: its line in the file.
        changes: of the record first, then of what belongs to it.
    """

    line: int
    changes: tuple[Change, ...]


class ImportPlan(Struct, frozen=True):
    """What a file would do.

    Attributes:
        record_type: the table.
        new: rows that become records.
        changed: rows that change a record.
        same: how many rows change nothing.
        refused: what is wrong with the other rows, in the order of the file.
        ignored: columns of the file that no field has.
        note: how the file was read, where that was a guess.
    """

    record_type: RecordType
    new: tuple[PlannedRow, ...] = ()
    changed: tuple[PlannedRow, ...] = ()
    same: int = 0
    refused: tuple[Refusal, ...] = ()
    ignored: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Tell whether the file would change nothing."""
        return not self.new and not self.changed

    @property
    def refused_rows(self) -> int:
        """How many rows can't be imported."""
        return len({refusal.line for refusal in self.refused})

    @property
    def summary(self) -> str:
        """The counts in words."""
        counts = (
            (len(self.new), "new"),
            (len(self.changed), "changed"),
            (self.same, "the same"),
            (self.refused_rows, "refused"),
        )
        return ", ".join(f"{count:,} {word}" for count, word in counts)


def plan_import(store: Store, table: TextTable, record_type: RecordType, progress: Progress) -> ImportPlan:
    """Compare a table of a file with the records, without changing any.

    Raises:
        UserError: the columns of the file can't be understood, or this record type can't be imported.
        Cancelled: the person stopped it.
    """
    if record_type.is_bulk:
        raise UserError(
            f"{record_type.plural} are statistics, not imported here as records. Import the file without naming a "
            "table: it is recognised by its columns."
        )
    if not table.rows:
        return ImportPlan(record_type, note=table.note)
    columns = header_columns(store.schema, record_type, table.header)
    ignored = tuple(t for t, column in zip(table.header, columns, strict=True) if column is None and t.strip())
    planner = _Planner(store, record_type, columns)
    planner.announce(table.rows)
    for number, page in enumerate(_pages(table.rows)):
        progress.report(number * _PAGE, len(table.rows), record_type.plural)
        planner.add(page)
    planner.refuse_orphans()
    return replace(planner.plan(), ignored=ignored, note=table.note)


def to_change_set(plan: ImportPlan, file_name: str) -> ChangeSet:
    """Return the plan as one undo step; the refused rows are left out."""
    changes: list[Change] = []
    later: list[Change] = []
    made: set[int] = set()
    for row in plan.new:
        own, *parts = row.changes
        inserted, waiting = _split_forward_links(plan.record_type, own, made)
        changes += [inserted, *parts]
        later += waiting
        made.add(own.key)
    changes += later
    changes += [change for row in plan.changed for change in row.changes]
    what = f"{len(plan.new):,} new, {len(plan.changed):,} changed {plan.record_type.plural.lower()}"
    return ChangeSet(f"Import {file_name[:60]}: {what}", tuple(changes), "import")


def _split_forward_links(record_type: RecordType, own: Change, made: set[int]) -> tuple[Change, list[Change]]:
    """Leave out links to records that the same file makes further down; they are set when those exist."""
    values = dict(own.after or {})
    waiting = {
        column: value
        for column in record_type.references()
        if isinstance(value := values.get(column), int) and value < 0 and value not in made
    }
    if not waiting:
        return own, []
    empty: dict[str, Value] = dict.fromkeys(waiting)
    return Change(own.table, own.key, None, values | empty), [Change(own.table, own.key, empty, waiting)]


class _Planner:
    """Takes rows page by page and sorts them into new, changed, same and refused."""

    def __init__(self, store: Store, record_type: RecordType, columns: Sequence[Column | None]) -> None:
        self._store = store
        self._type = record_type
        self._width = len(columns)
        self._uid_column = next((n for n, column in enumerate(columns) if column and column.name == UID), None)
        self._resolver = Resolver(store)
        self._reader = RowReader(store, record_type, columns, self._resolver)
        self._new: list[PlannedRow] = []
        self._changed: list[PlannedRow] = []
        self._same = 0
        self._refused: list[Refusal] = []
        self._seen: dict[str, int] = {}
        self._keys = self._all_keys()

    def plan(self) -> ImportPlan:
        """Return what was planned so far."""
        refused = tuple(sorted(self._refused, key=lambda refusal: refusal.line))
        return ImportPlan(self._type, tuple(self._new), tuple(self._changed), self._same, refused)

    def add(self, rows: Sequence[TextRow]) -> None:
        """Plan a page of rows."""
        keys = [self._keys[uid] for row in rows if (uid := self._uid_of(row)) in self._keys]
        records = {record.uid: record for record in self._store.whole_rows(self._type.name, keys)}
        self._reader.expect(list(records.values()))
        for row in rows:
            try:
                self._add(row, records)
            except Bad as bad:
                self._refused += [Refusal(row.line, column, reason) for column, reason in bad.reasons]

    def announce(self, rows: Sequence[TextRow]) -> None:
        """Note which identities the file itself brings, so that rows may refer to later ones."""
        for number, row in enumerate(rows, 1):
            uid = self._uid_of(row)
            if uid and uid not in self._keys and uid not in self._resolver.new:
                self._resolver.new[uid] = (self._type.name, -number)

    def refuse_orphans(self) -> None:
        """Refuse new rows that refer to a row of the file which was itself refused, until none is left."""
        while True:
            made = {row.changes[0].key for row in self._new}
            orphans = {row.line for row in (*self._new, *self._changed) if _refers_elsewhere(self._type, row, made)}
            if not orphans:
                return
            reason = "This row refers to another row of the file that can't be imported."
            self._refused += [Refusal(line, "", reason) for line in sorted(orphans)]
            self._new = [row for row in self._new if row.line not in orphans]
            self._changed = [row for row in self._changed if row.line not in orphans]

    def _add(self, row: TextRow, records: Mapping[str, Record]) -> None:
        cells = self._cells(row)
        uid = self._uid_of(row)
        self._refuse_bad_uid(row, uid)
        record = records.get(uid)
        if record is not None:
            changes = self._reader.changes(cells, record)
            self._changed += [PlannedRow(row.line, changes)] if changes else []
            self._same += not changes
            return
        key = self._resolver.new[uid][1] if uid else self._reader.next_key()
        changes = self._reader.new(cells, uid, key)
        if not uid and self._reader.is_there(cells, changes):
            self._same += 1
        else:
            self._new.append(PlannedRow(row.line, changes))

    def _cells(self, row: TextRow) -> tuple[str, ...]:
        kept = row.cells[: self._width]
        if len(kept) < self._width or any(cell.strip() for cell in row.cells[self._width :]):
            raise Bad([("", f"This row has {len(row.cells)} cells; the header has {self._width}.")])
        return kept

    def _uid_of(self, row: TextRow) -> str:
        number = self._uid_column
        return row.cells[number].strip().upper() if number is not None and number < len(row.cells) else ""

    def _refuse_bad_uid(self, row: TextRow, uid: str) -> None:
        if not uid:
            return
        if not is_uid(uid):
            raise Bad([(UID, f"“{uid[:40]}” is no identity. Leave this cell empty for a new record.")])
        if uid in self._seen:
            raise Bad([(UID, f"Line {self._seen[uid]:,} has the same identity.")])
        self._seen[uid] = row.line
        if uid not in self._keys and (found := self._store.find_uid(uid)):
            raise Bad([(UID, f"This identity belongs to a record of another kind ({found[0]}).")])

    def _all_keys(self) -> dict[str, int]:
        """Return the ids of all records of the table by identity, those in the trash too."""
        live = Query(self._type.name)
        trash = live.with_condition(Condition("is", "is", ("trash",)))
        rows = [*self._store.select(live, ("uid", "id")), *self._store.select(trash, ("uid", "id"))]
        return {str(uid): key for uid, key in rows if isinstance(key, int)}


def _pages(rows: Sequence[TextRow]) -> Iterator[Sequence[TextRow]]:
    return (rows[start : start + _PAGE] for start in range(0, len(rows), _PAGE))


def _refers_elsewhere(record_type: RecordType, row: PlannedRow, made: set[int]) -> bool:
    """Tell whether the record of a row refers to a placeholder that no row of the plan makes."""
    values = row.changes[0].after or {}
    found = (values.get(column) for column in record_type.references() if row.changes[0].table == record_type.name)
    return any(isinstance(value, int) and value < 0 and value not in made for value in found)

"""The store: all reading and all writing of one file.

There is exactly one way to write, `apply`, and it takes changes as data; undo and redo go the same way. Everything it
returns is plain data. It belongs to the thread that made it and knows no Qt.
"""

from __future__ import annotations

import datetime
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from azcn_desktop.errors import Conflict, Refused, UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Link, Party, Row, Value
from azcn_desktop.records.schema import RecordType, Schema
from azcn_desktop.store.backlinks import Backlinks, CitationView, Related
from azcn_desktop.store.database import Database
from azcn_desktop.store.dated_checks import refuse_unchecked
from azcn_desktop.store.journal import LONG, Journal, Step, image_text
from azcn_desktop.store.ordering import column_sql
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.records import TRASH_MARK, Record, RecordReader
from azcn_desktop.store.selecting import Translator
from azcn_desktop.store.tables import quoted
from azcn_desktop.store.trash import Trash
from azcn_desktop.store.writing import RowWriter

LARGE = 3_000
"""With more rows than this, reading all of a table holds a person up."""
_IN_TRASH = Condition("is", "is", ("trash",))


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _utc_now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Store:
    """One open file.

    Attributes:
        database: the connection.
        schema: the declarations.
        journal: the recorded steps.
        today: returns the present day; replaced in tests.
    """

    def __init__(
        self,
        database: Database,
        schema: Schema = SCHEMA,
        today: Callable[[], datetime.date] = _today,
        now: Callable[[], str] = _utc_now,
    ) -> None:
        self.database = database
        self.schema = schema
        self.journal = Journal(database)
        self.today = today
        self._translator = Translator(schema, today)
        self._reader = RecordReader(database, schema)
        self._backlinks = Backlinks(database, schema, self._reader)
        self._now = now
        database.connection.create_function("today", 0, lambda: today().isoformat())

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    @property
    def is_read_only(self) -> bool:
        """Tell whether nothing can be written."""
        return self.database.is_read_only

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    # -- reading

    def keys(self, query: Query) -> list[int]:
        """Return the ids of the records that a query asks for, in its order. Raises UserError for a bad filter."""
        sql, parameters = self._translator.keys_sql(query)
        return [row[0] for row in self.database.all(sql, parameters)]

    def count(self, query: Query) -> int:
        """Return how many records a query asks for."""
        where, parameters = self._translator.where_sql(query)
        return int(self.database.one(f"SELECT count(*) FROM {quoted(query.table)} t WHERE {where}", parameters))

    def check(self, query: Query) -> None:
        """Refuse a query that asks for what can't be, without reading anything. Raises UserError for a bad filter."""
        self._translator.keys_sql(query)

    def shows(self, query: Query, key: int) -> bool:
        """Tell whether a record is among those that a query asks for; at once, however many these are."""
        where, parameters = self._translator.where_sql(query)
        sql = f"SELECT count(*) FROM {quoted(query.table)} t WHERE t.id = ? AND {where}"
        return bool(self.database.one(sql, (key, *parameters)))

    def is_large(self, *tables: str) -> bool:
        """Tell whether reading all rows of these tables takes so long that a person would notice."""
        return any((self.database.one(f"SELECT max(id) FROM {quoted(table)}") or 0) > LARGE for table in tables)

    def rows(self, table: str, keys: Sequence[int]) -> list[Record]:
        """Return records for a list, in the order of the keys; long texts are cut after 500 characters."""
        return self._reader.read(table, keys, whole=False)

    def get(self, table: str, key: int) -> Record | None:
        """Return one record with its notes whole, also from the trash; the texts of a source are left out."""
        return next(iter(self._reader.read(table, [key], whole=True)), None)

    def whole_rows(self, table: str, keys: Sequence[int]) -> list[Record]:
        """Return records with every text whole, in the order of the keys, for exports."""
        return self._reader.read(table, keys, whole=True, with_source_texts=True)

    def uids(self, table: str, keys: Iterable[int]) -> dict[int, str]:
        """Return the stable identities of records."""
        return {key: str(uid) for key, uid in self.column(table, keys, "uid").items()}

    def column(self, table: str, keys: Iterable[int], column: str) -> dict[int, Value]:
        """Return what records hold in one stored column; far cheaper than `rows`, which computes and follows links."""
        wanted = sorted(set(keys))
        found: dict[int, Value] = {}
        for start in range(0, len(wanted), 500):
            chunk = wanted[start : start + 500]
            sql = f"SELECT id, {quoted(column)} FROM {quoted(table)} WHERE id IN ({', '.join('?' * len(chunk))})"
            found.update(self.database.all(sql, chunk))
        return found

    def titles(self, table: str, keys: Iterable[int]) -> dict[int, str]:
        """Return the names of records."""
        return self._reader.titles(table, keys)

    def facet(self, query: Query, field_name: str) -> list[tuple[str, int]]:
        """Count the records of a query by the stored words of a field, most first; empty ones are left out."""
        f = self.schema[query.table].field(field_name)
        column = column_sql(self.schema, self.schema[query.table], f)
        where, parameters = self._translator.where_sql(query)
        return self.database.all(
            f"SELECT {column}, count(*) FROM {quoted(query.table)} t WHERE {column} IS NOT NULL AND {where} "
            f"GROUP BY 1 ORDER BY 2 DESC, 1",
            parameters,
        )

    def select(self, query: Query, columns: Sequence[str]) -> list[tuple[Value, ...]]:
        """Return chosen columns (stored or derived, `id` among them) of all records of a query, in its order.

        For charts and exports of small tables: no names behind links, one statement.
        """
        sql, parameters = self._translator.keys_sql(query)
        names = ", ".join(f"t.{quoted(column)}" for column in columns)
        return self.database.all(sql.replace("SELECT t.id", f"SELECT {names}", 1), parameters)

    def find_uid(self, uid: str) -> tuple[str, int] | None:
        """Return table and id of the record with a stable identity, or None."""
        for record_type in self.schema:
            if record_type.is_bulk:
                continue
            key = self.database.one(f"SELECT id FROM {quoted(record_type.name)} WHERE uid = ?", (uid,))
            if key is not None:
                return record_type.name, int(key)
        return None

    def find_reference(self, reference: str) -> tuple[str, int] | None:
        """Return table and id of the record that a reference id such as `M001` became, or None."""
        rows = self.database.all(
            "SELECT table_name, row_id FROM shipped WHERE reference_id = ?", (reference.strip().upper(),)
        )
        return (rows[0][0], rows[0][1]) if rows else None

    def citations(self, table: str, key: int) -> list[CitationView]:
        """Return what a record rests on: its sources with the quoted words."""
        return self._backlinks.citations(table, key)

    def related(self, table: str, key: int) -> list[Related]:
        """Return what a record is linked with, in both directions, without its sources."""
        return self._backlinks.related(table, key)

    def parts(self, table: str, key: int) -> dict[str, list[Record]]:
        """Return the rows that belong to a record: joining table to its rows, also those of a record in the trash."""
        found: dict[str, list[Record]] = defaultdict(list)
        for part, column in self.schema.parts_of(table):
            keys = self.database.all(
                f"SELECT id FROM {quoted(part.name)} WHERE {quoted(column)} = ? ORDER BY id", (key,)
            )
            found[part.name] += self._reader.read(part.name, [row[0] for row in keys], whole=True)
        return dict(found)

    # -- writing

    def apply(self, change_set: ChangeSet) -> ChangeNotice:
        """Write a step: all of it or nothing; records it in the journal.

        Returns:
            What was touched; empty tables when nothing differs.

        Raises:
            Refused: a row would be impossible, or a status would change without a dated check.
            Conflict: a row is not as the step expects, or something still refers to a removed one.
            ReadOnly, Busy, UserError: the file can't be written now.
        """
        wanted = change_set.without_empty()
        if not wanted.changes:
            return ChangeNotice({}, label=change_set.label)
        refuse_unchecked(self.schema, wanted)
        with self.database.transaction():
            done, new_keys = self._write(wanted)
            if wanted.origin != "shipped":
                self.journal.append(done, self._now())
        return _notice(done, new_keys)

    def undo(self) -> ChangeNotice:
        """Take back the last step.

        Raises:
            UserError: there is none.
            Conflict: its rows are not as it left them; the step leaves the list, so that the one before can be undone.
        """
        return self._replay(self.journal.next_undo, "undo")

    def redo(self) -> ChangeNotice:
        """Do the last undone step again. Raises as `undo` does."""
        return self._replay(self.journal.next_redo, "redo")

    def _replay(self, pick: Callable[[], tuple[int, str] | None], verb: Literal["undo", "redo"]) -> ChangeNotice:
        conflict: UserError | None = None
        with self.database.transaction():
            found = pick()
            if found is None:
                raise UserError(f"There is nothing to {verb}.")
            change_set = self.journal.step(found[0]).change_set
            self.database.execute("SAVEPOINT replay")
            try:
                done, new_keys = self._write(change_set.inverse() if verb == "undo" else change_set)
                self.journal.mark(found[0], "undone" if verb == "undo" else "done")
            except (Conflict, Refused) as error:
                conflict = error
                self.database.execute("ROLLBACK TO replay")
                self.journal.mark(found[0], "closed" if verb == "undo" else "dropped")
        if conflict:
            raise Conflict(f"“{found[1]}”: {conflict} It has left the list of steps to {verb}.") from conflict
        return _notice(done, new_keys)

    def _write(self, change_set: ChangeSet) -> tuple[ChangeSet, dict[int, int]]:
        writer = RowWriter(self.database, self.schema, self._now())
        done = tuple(writer.write(change) for change in change_set.changes)
        return ChangeSet(change_set.label, done, change_set.origin), writer.new_keys

    # -- trash

    def empty_trash(self) -> ChangeNotice:
        """Remove every record in the trash for good, with all that belongs to it; ends undo for these records.

        Raises:
            Conflict: a record outside the trash still refers to one inside, in a field that can't be empty.
        """
        with self.database.transaction():
            touched = Trash(self.database, self.schema, self.journal, self._reader).empty(self._now())
        return ChangeNotice(dict.fromkeys(touched), label="Empty trash")

    def trash_titles(self) -> list[tuple[str, str]]:
        """Return label of the type and title of every record in the trash."""
        found = []
        for record_type in self.schema:
            if not record_type.is_part:
                keys = self.keys(Query(record_type.name).with_condition(_IN_TRASH))
                titles = self.titles(record_type.name, keys)
                found += [(record_type.label, titles[key].removesuffix(TRASH_MARK)) for key in keys]
        return found

    # -- as shipped

    def remember_shipped(self, rows: Iterable[tuple[str, str, int, Row | None]]) -> None:
        """Keep what was shipped: reference id, table, id, and the values (None for a second id of one record)."""
        with self.database.transaction():
            for reference, table, key, values in rows:
                self.database.execute(
                    "INSERT INTO shipped (reference_id, table_name, row_id, image) VALUES (?, ?, ?, ?)",
                    (reference, table, key, image_text(values)),
                )

    def shipped_values(self, table: str, key: int) -> Row | None:
        """Return the values that a record was shipped with, or None when a person made it."""
        found = self.database.one(
            "SELECT image FROM shipped WHERE table_name = ? AND row_id = ? AND image IS NOT NULL", (table, key)
        )
        return json.loads(found) if found else None

    def shipped_parts(self, part_table: str, owner: str, key: int) -> dict[int, Row]:
        """Return the rows of a joining table that were shipped for a record: id to values."""
        rows = self.database.all(
            "SELECT row_id, image FROM shipped WHERE table_name = ? AND json_extract(image, ?) = ?",
            (part_table, f"$.{owner}", key),
        )
        return {row_id: json.loads(image) for row_id, image in rows}

    def history(self, table: str, key: int) -> list[Step]:
        """Return the steps that touched a record or what belongs or belonged to it, newest first."""
        parts = [(part.name, column) for part, column in self.schema.parts_of(table) if not part.is_bulk]
        rows = []
        for part, column in parts:
            present = self.database.all(f"SELECT id FROM {quoted(part)} WHERE {quoted(column)} = ?", (key,))
            rows += [
                (part, row) for row in (*(row[0] for row in present), *self.journal.rows_naming(part, column, key))
            ]
        return self.journal.steps_of([(table, key), *dict.fromkeys(rows)])

    def is_next_long(self, verb: Literal["undo", "redo"]) -> bool:
        """Tell whether the next step to undo or redo takes so long that a person would notice."""
        found = self.journal.next_undo() if verb == "undo" else self.journal.next_redo()
        return found is not None and self.journal.is_long(found[0])

    def has_long_text(self, source_key: int) -> bool:
        """Tell whether reading the text of a source takes so long that a person would notice."""
        sizes = (self.database.size("source", column, source_key) for column in ("text_raw", "text_repairs"))
        return any(size > LONG for size in sizes)

    def label_of(self, record_type: RecordType, name: str, values: Row) -> str:
        """Write a field of an image (a row of the journal) for a reader, with the names behind its links."""
        f = record_type.field(name)
        if isinstance(f.kind, Link | Party):
            for column, target in f.kind.references(name).items():
                value = values.get(column)
                if isinstance(value, int):
                    return self.titles(target, [value]).get(value, "a record that was removed")
        return "" if isinstance(f.kind, Link) else f.kind.show(name, values)


def _notice(done: ChangeSet, new_keys: dict[int, int]) -> ChangeNotice:
    tables: dict[str, set[int]] = defaultdict(set)
    columns: set[str] = set()
    is_plain_edit = True
    for change in done.changes:
        tables[change.table].add(change.key)
        columns |= set(change.before or {}) | set(change.after or {})
        is_plain_edit &= change.before is not None and change.after is not None
    frozen = {table: frozenset(keys) for table, keys in tables.items()}
    return ChangeNotice(frozen, frozenset(columns) if is_plain_edit else frozenset(), done.label, new_keys)

"""Emptying the trash: the one removal that can't be undone.

A record goes with all that belongs to it. Where others refer to it, in rows, in the journal or in what was shipped,
its name stays as printed words, or nothing where a field takes no words. Decides nothing about what is in the trash.
"""

from __future__ import annotations

from collections.abc import Iterator

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Party, Row
from azcn_desktop.records.schema import RecordType, Schema
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.journal import Journal
from azcn_desktop.store.records import TRASH_MARK, RecordReader
from azcn_desktop.store.tables import quoted
from azcn_desktop.store.writing import RowWriter

_Key = tuple[str, int]


class Trash:
    """Removes what is in the trash. Runs inside a transaction that the store opens."""

    def __init__(self, database: Database, schema: Schema, journal: Journal, reader: RecordReader) -> None:
        self._database = database
        self._schema = schema
        self._journal = journal
        self._reader = reader

    def empty(self, now: str) -> set[str]:
        """Remove every row in the trash with what belongs to it, and return the tables that were touched.

        Raises:
            Conflict: a record outside the trash still refers to one inside, in a field that can't be empty.
        """
        doomed = self._doomed()
        # Doomed rows may refer to each other in a circle.
        self._database.execute("PRAGMA defer_foreign_keys = ON")
        self._journal.close_steps_of(doomed)
        touched = {table for table, _ in doomed}
        writer = RowWriter(self._database, self._schema, now)
        for table, key in doomed:
            title = self._reader.titles(table, [key])[key].removesuffix(TRASH_MARK)
            for record_type, column in self._schema.referring(table):
                if self._forget(record_type, column, key, title, doomed, writer):
                    touched.add(record_type.name)
        for table, key in doomed:
            if table == "dataset":  # its flows are among the doomed
                summaries.drop(self._database, key)
            self._database.execute(f"DELETE FROM {quoted(table)} WHERE id = ?", (key,))
            self._database.execute("DELETE FROM shipped WHERE table_name = ? AND row_id = ?", (table, key))
        return touched

    def _doomed(self) -> dict[_Key, None]:
        """Return the rows in the trash and all that belongs to them, parts before owners."""
        doomed: dict[_Key, None] = {}
        for record_type in self._schema:
            if not record_type.is_bulk:
                for key in self._ids(record_type.name, "deleted_at IS NOT NULL"):
                    self._doom(record_type.name, key, doomed)
        return doomed

    def _doom(self, table: str, key: int, doomed: dict[_Key, None]) -> None:
        for part, column in self._schema.parts_of(table):
            for row in self._ids(part.name, f"{quoted(column)} = ?", key):
                self._doom(part.name, row, doomed)
        doomed.pop((table, key), None)
        doomed[(table, key)] = None

    def _ids(self, table: str, condition: str, *parameters: int) -> Iterator[int]:
        rows = self._database.all(f"SELECT id FROM {quoted(table)} WHERE {condition}", parameters)
        return (row[0] for row in rows)

    def _forget(
        self, record_type: RecordType, column: str, key: int, title: str, doomed: dict[_Key, None], writer: RowWriter
    ) -> bool:
        """Take the references in one column to a doomed row out of everything that stays."""
        instead = _instead(record_type, column, title)
        staying = [
            row
            for row in self._ids(record_type.name, f"{quoted(column)} = ?", key)
            if (record_type.name, row) not in doomed
        ]
        if instead is None:
            if staying:
                raise Conflict(f"“{title}” is still used by a {record_type.label.lower()}. Remove that first.")
            self._journal.close_steps_naming(record_type.name, column, key)
            return False
        for row in staying:
            writer.write(Change(record_type.name, row, {}, instead))
        self._journal.rewrite(record_type.name, column, key, instead)
        return bool(staying)


def _instead(record_type: RecordType, column: str, title: str) -> Row | None:
    """Return the values that take the place of a reference, or None where nothing can."""
    f = record_type.field_of_column(column)
    assert f is not None
    if isinstance(f.kind, Party) and f.kind.printed:
        return f.kind.assign(None, None, title)
    return None if f.is_required else {column: None}

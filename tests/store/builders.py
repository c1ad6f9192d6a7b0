"""Small files and records for tests of the store, and what to compare them by."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path
from typing import Any

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Party, Value
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import quoted

TODAY = datetime.date(2026, 6, 1)
_JOURNAL = ("journal", "journal_set", "_sqlite_migrations", "sqlite_sequence")
_MOVING = ("rev", "updated_at")


class Clock:
    """A clock that moves a second at every look, so that nothing depends on the real one."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"2026-06-01T00:{self.seconds // 60 % 60:02}:{self.seconds % 60:02}Z"


def open_copy(template: Path, path: Path) -> Store:
    """Open a fresh copy of a file."""
    shutil.copyfile(template, path)
    return reopen(path)


def reopen(path: Path) -> Store:
    """Open a file with the test's clock."""
    return Store(Database.open(path), SCHEMA, lambda: TODAY, Clock())


def without_waiting(store: Store) -> Store:
    """Let a store not wait for the disk at every commit, where a test is not about the disk."""
    store.database.execute("PRAGMA synchronous = OFF")
    return store


def make(store: Store, table: str, **values: Value) -> int:
    """Make a record and return its id."""
    return store.apply(edits.create(store, table, values)).new_keys[-1]


def add(store: Store, table: str, **values: Value) -> int:
    """Make a part and return its id."""
    row = store.schema[table].new_row() | values
    return store.apply(ChangeSet("Add", (Change(table, -1, None, row),))).new_keys[-1]


def party(
    table: str, field_name: str, target: str | None, key: int | None, printed: str | None = None
) -> dict[str, Value]:
    """Return the columns of a party field for one choice."""
    kind = SCHEMA[table].field(field_name).kind
    assert isinstance(kind, Party)
    return kind.assign(target, key, printed)


def edit(store: Store, table: str, key: int, **values: Value) -> None:
    """Set one field of a record."""
    field = store.schema[table].field_of_column(next(iter(values)))
    assert field is not None
    store.apply(edits.edit_field(store, table, key, field.name, values))


def dump(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables but the journal, without what moves at every write."""
    found = {}
    for (table,) in store.database.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        if table not in _JOURNAL:
            columns = [row[1] for row in store.database.all(f"PRAGMA table_info({quoted(table)})")]
            rows = store.database.all(f"SELECT * FROM {quoted(table)} ORDER BY 1")
            found[table] = [{c: v for c, v in zip(columns, row, strict=True) if c not in _MOVING} for row in rows]
    return found

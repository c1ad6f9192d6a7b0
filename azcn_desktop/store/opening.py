"""Opening a file for use: with the usual case cheap, and the rare ones (first build, upgrade) behind one door.

`open_store` needs nothing but sqlite3. What needs sqlite-utils or the reference data is handed in as a function, so
that a start with an existing file does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from azcn_desktop.errors import Busy, ReadOnly
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.schema import Schema
from azcn_desktop.store.database import Database, OutdatedError
from azcn_desktop.store.flows.removing import sweep
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import column_definitions

_SLICES_AT_OPENING = 20  # a hundred thousand flows: a few tenths of a second


def open_store(path: Path, read_only: bool, bring_up_to_date: Callable[[Path], None], schema: Schema = SCHEMA) -> Store:
    """Open an existing file.

    Args:
        path: the file.
        read_only: never write.
        bring_up_to_date: called with the path when the tables are older than the catalogue.
        schema: the declarations.

    Raises:
        UserError: one of its family, with a sentence (see `Database.open`).
    """
    store = _open(path, read_only, schema)
    if store is None:
        bring_up_to_date(path)
        store = _open(path, read_only, schema)
    if store is None:
        raise ReadOnly(f"{path} was made by an older version and can't be brought up to date. Open a copy of it.")
    _sweep(store)
    return store


def lacks_columns(database: Database, schema: Schema) -> bool:
    """Tell whether the catalogue has tables or columns that a file does not have yet."""
    present = set(
        database.all(
            "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'"
        )
    )
    return any((t.name, column) not in present for t in schema for column in column_definitions(t))


def _sweep(store: Store) -> None:
    """Remove what an import that was killed or taken back has left; most of a large one goes next time."""
    with suppress(Busy):
        sweep(store, Progress(), turns=Turns(pause_s=0), most_slices=_SLICES_AT_OPENING)


def _open(path: Path, read_only: bool, schema: Schema) -> Store | None:
    """Open a file that is up to date; None when it waits for an upgrade."""
    try:
        database = Database.open(path, read_only)
    except OutdatedError:
        return None
    if lacks_columns(database, schema):
        database.close()
        return None
    return Store(database, schema)

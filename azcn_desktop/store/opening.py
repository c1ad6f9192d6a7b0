"""Opening a file for use: with the usual case cheap, and the rare ones (first build, upgrade) behind one door.

`open_store` needs nothing but sqlite3. What needs sqlite-utils or the reference data is handed in as a function, so
that a start with an existing file does not pay for it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from azcn_desktop.store.database import Database, OutdatedError
from azcn_desktop.store.store import Store


def open_store(path: Path, read_only: bool, bring_up_to_date: Callable[[Path], None]) -> Store:
    """Open an existing file.

    Args:
        path: the file.
        read_only: never write.
        bring_up_to_date: called with the path when the tables are older than the catalogue.

    Raises:
        UserError: one of its family, with a sentence (see `Database.open`).
    """
    try:
        return Store(Database.open(path, read_only))
    except OutdatedError:
        bring_up_to_date(path)
        return Store(Database.open(path, read_only))

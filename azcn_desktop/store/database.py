"""The database file: opening, creating and closing it, and transactions on it.

An AZCN file is a document: one file at rest, rollback journal, every commit synced. Everything that SQLite can say
becomes one of our errors here, with a sentence. Knows no record types.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from azcn_desktop.errors import AzcnError, Busy, Cancelled, Conflict, NotOurFile, ReadOnly, StoreTooNew, UserError
from azcn_desktop.records.text import fold

APPLICATION_ID = 0x415A434E  # "AZCN" in the file header: what `file` and SQLite show
SCHEMA_VERSION = 1
BUSY_TIMEOUT_S = 0.25
SQLITE_VERSION = sqlite3.sqlite_version  # of the library that reads and writes the file
_STEPS_BETWEEN_QUESTIONS = 100_000  # of SQLite's machine: about a millisecond
_MAGIC = (
    (b"PK\x03\x04", "a ZIP file, such as an Excel workbook. Use Import to read a workbook."),
    (b"%PDF", "a PDF document."),
    (b"\x1f\x8b", "a compressed (gzip) file. Unpack it first."),
    (b"\x7fELF", "a program."),
    (b"<", "an HTML or XML page."),
    (b"{", "a JSON file. Use Import to read it."),
)

_UNTOUCHED = "Nothing was changed in it; open a backup, or another file."
_NOT_UTF_8 = "{} holds text that is not valid UTF-8. Restore a backup, or import its tables."

Parameters = Sequence[str | int | float | None]


class OutdatedError(AzcnError):
    """The tables of the file are older than the catalogue; `migrations.upgrade` brings them up to date."""


class FileIdentity(Struct, frozen=True):
    """What tells one file from another behind the same path."""

    device: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> FileIdentity | None:
        """Return the identity of the file at a path, or None when there is none."""
        try:
            status = path.stat()
        except OSError:
            return None
        return cls(status.st_dev, status.st_ino)


class Database:
    """One connection to one file, with transactions and our errors.

    Attributes:
        path: the file.
        is_read_only: whether writing is impossible, because of the file, its folder, or by choice.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, is_read_only: bool) -> None:
        self.path = path
        self.is_read_only = is_read_only
        self._connection = connection
        self._identity = FileIdentity.of(path)

    @classmethod
    def open(
        cls,
        path: Path,
        read_only: bool = False,
        any_version: bool = False,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> Database:
        """Open an existing file of ours.

        Args:
            path: the file.
            read_only: never write, even if the file could be written.
            any_version: also accept a file whose tables wait for an upgrade.
            busy_timeout_s: how long to wait for another program; short where a person waits.

        Raises:
            NotOurFile: missing, empty, damaged or of another program.
            StoreTooNew: made by a newer version.
            OutdatedError: the tables wait for an upgrade.
            Busy: locked by another program.
        """
        _refuse_no_file(path)
        read_only = read_only or not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        connection = _connect(path, "ro" if read_only else "rw", busy_timeout_s)
        database = cls(path, connection, read_only)
        try:
            database._check_identity(any_version)
            database._prepare()
        except BaseException:
            connection.close()
            raise
        return database

    @classmethod
    def create(cls, path: Path) -> Database:
        """Make a new, empty file; its tables are made by `migrations.upgrade`.

        Raises:
            UserError: the file exists, or its folder is missing or can't be written.
        """
        if is_there(path):
            raise UserError(f"{path} exists already. Choose another name, or open it.")
        if not path.parent.is_dir():
            raise UserError(f"The folder {path.parent} does not exist. Make it first, or choose another one.")
        if not os.access(path.parent, os.W_OK):
            raise UserError(f"The folder {path.parent} can't be written. Choose another one.")
        database = cls(path, _connect(path, "rwc", BUSY_TIMEOUT_S), False)
        try:
            database._prepare()
            database.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        except BaseException:
            database._connection.close()
            path.unlink(missing_ok=True)
            raise
        database._identity = FileIdentity.of(path)
        return database

    @property
    def connection(self) -> sqlite3.Connection:
        """The raw connection, for migrations and backup."""
        return self._connection

    def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement; SQL is constant text, values are parameters."""
        with _our_errors(self.path):
            return self._connection.execute(sql, parameters)

    def all(self, sql: str, parameters: Parameters = ()) -> list[Any]:
        """Return all rows of a query at once, so that no cursor stays open and blocks a writer."""
        with _our_errors(self.path):
            return self._connection.execute(sql, parameters).fetchall()

    def one(self, sql: str, parameters: Parameters = ()) -> Any:
        """Return the first value of the first row, or None."""
        rows = self.all(sql, parameters)
        return rows[0][0] if rows else None

    def size(self, table: str, column: str, key: int) -> int:
        """Return how many bytes a stored text takes, without reading it; 0 where there is none."""
        try:
            with self._connection.blobopen(table, column, key, readonly=True) as value:
                return len(value)
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":  # no such row, or nothing in it
                return 0
            with _our_errors(self.path):
                raise

    def hold_back(self) -> None:
        """Keep what is written in memory until it is committed, so that the file can be read until then."""
        self.execute("PRAGMA cache_spill = OFF")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write in one transaction: all of it is committed and synced, or nothing.

        Raises:
            ReadOnly, Busy, UserError: before or instead of the commit; nothing is written then.
        """
        self._refuse_unsafe_write()
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # After a full disk SQLite has rolled back by itself, and ROLLBACK would raise.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read several queries from one and the same state of the file."""
        if self._connection.in_transaction:
            yield
            return
        self.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def data_version(self) -> int:
        """Return a number that moves when another connection has committed."""
        return int(self.one("PRAGMA data_version"))

    def stop_when(self, is_cancelled: Callable[[], bool]) -> None:
        """Ask in the middle of every statement whether it is still wanted; one that is not raises Cancelled."""
        self._connection.set_progress_handler(is_cancelled, _STEPS_BETWEEN_QUESTIONS)

    def close(self) -> None:
        """Close the connection and leave one file; nothing is pending, since every write is committed."""
        if not self.is_read_only:
            # The emptied journal goes too. While another connection writes it must stay, and nothing is lost by it.
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()

    def _prepare(self) -> None:
        """Set the connection up; to a file that is not ours this would be a change, so look at its identity first."""
        self.execute("PRAGMA foreign_keys = ON")
        self.execute("PRAGMA trusted_schema = OFF")
        self.execute("PRAGMA cell_size_check = ON")
        if not self.is_read_only:
            self.execute("PRAGMA journal_mode = TRUNCATE")
            self.execute("PRAGMA synchronous = FULL")
        self._connection.create_function("fold", 1, _fold_value, deterministic=True)

    def _check_identity(self, any_version: bool) -> None:
        try:
            found, version = self.one("PRAGMA application_id"), self.one("PRAGMA user_version")
            is_cut = self.path.stat().st_size % self.one("PRAGMA page_size") != 0
        except NotOurFile:
            raise NotOurFile(f"{self.path} is {_what_it_is(self.path, 'a damaged database.')}") from None
        if found != APPLICATION_ID:
            raise NotOurFile(f"{self.path} is {_what_it_is(self.path, 'a SQLite database of another program.')}")
        if is_cut:
            raise NotOurFile(f"{self.path} is a damaged database: its end is missing. {_UNTOUCHED}")
        if version > SCHEMA_VERSION:
            raise StoreTooNew(
                f"{self.path} was made by a newer version of AZCN Desktop (format {version}; this program knows "
                f"{SCHEMA_VERSION}). Install the newer version to open it. Nothing was changed in it."
            )
        if version < SCHEMA_VERSION and not any_version:
            raise OutdatedError(str(self.path))

    def _refuse_unsafe_write(self) -> None:
        if self.is_read_only:
            raise ReadOnly(f"{self.path} can only be read. Use File > Save a Copy to go on in a file of your own.")
        if FileIdentity.of(self.path) != self._identity:
            raise Conflict(
                f"{self.path} was removed, renamed or replaced by another program. Nothing was written; "
                "use File > Save a Copy to keep what this window shows."
            )


def is_there(path: Path) -> bool:
    """Tell whether there is a file or folder of this name.

    Raises:
        NotOurFile: nobody can tell, since a folder above can't be entered or the name is none.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise NotOurFile(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        raise NotOurFile(f"{path!r} is no name of a file: {error}.") from error
    return True


def _connect(path: Path, mode: str, busy_timeout_s: float) -> sqlite3.Connection:
    with _our_errors(path):
        # as_uri() quotes "#" and "?"; a mode without "c" never makes a file.
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_timeout_s)


def _refuse_no_file(path: Path) -> None:
    """Refuse what is missing, empty or no file.

    Without opening it: closing a file that this process has open for SQLite would end SQLite's locks on it.
    """
    if not is_there(path):
        raise NotOurFile(f"{path} was not found. Check its name.")
    if path.is_dir():
        raise NotOurFile(f"{path} is a folder. Choose a file.")
    size = path.stat().st_size
    if not path.is_file():
        raise NotOurFile(f"{path} is a device, not a file. Choose a file.")
    if not size:
        raise NotOurFile(f"{path} is empty. A new database needs another name.")
    if not os.access(path, os.R_OK):
        raise NotOurFile(f"{path} can't be read: you have no right to. Ask its owner.")


def _what_it_is(path: Path, if_sqlite: str) -> str:
    """Name what stands in a file that is not ours."""
    with path.open("rb") as file:
        head = file.read(16)
    if head == b"SQLite format 3\x00":
        return f"{if_sqlite} {_UNTOUCHED}"
    return next((what for magic, what in _MAGIC if head.startswith(magic)), "no AZCN database, or a damaged one.")


@contextmanager
def _our_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        raise _translated(path, name, error) from error
    except UnicodeDecodeError as error:
        raise UserError(_NOT_UTF_8.format(path)) from error
    except UnicodeEncodeError as error:
        raise UserError("This text contains half a character (a lone surrogate). Type it again.") from error
    except OverflowError as error:
        raise UserError("This number is too large for the file.") from error


def _translated(path: Path, name: str, error: sqlite3.Error) -> AzcnError | sqlite3.Error:
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(f"{path} is in use by another program. Your input is kept; try again in a moment.")
    if name == "SQLITE_FULL":
        return UserError(f"The disk with {path} is full. Nothing was written. Free some space and try again.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return NotOurFile(f"{path} is damaged or no database. {_UNTOUCHED}")
    if name == "SQLITE_READONLY_ROLLBACK":
        return ReadOnly(f"{path} was not closed properly. Open it once where it can be written, then it can be read.")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnly(f"{path} can't be written any more. Use File > Save a Copy to keep your work.")
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return UserError(f"{path} can't be read or written ({name}). Is the disk or share still there?")
    if name == "SQLITE_INTERRUPT":
        return Cancelled()
    if name in ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"):
        return Conflict("A record of the same identity is there already. Nothing was written.")
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return Conflict("Another record still refers to this one, or a record it refers to is gone.")
    if "Could not decode" in str(error):
        return UserError(_NOT_UTF_8.format(path))
    return error


def _fold_value(value: object) -> str | None:
    return None if value is None else fold(str(value))

"""Bringing a file up to date: the frozen baseline, named steps, then what the catalogue adds.

New and old files walk the same road. The baseline is the literal schema of release 1 (`baseline.sql`) and is never
derived from today's catalogue. A step that fails leaves the file as it was: a copy is put back.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database as UtilsDatabase
from sqlite_utils import Migrations

from azcn_desktop.errors import UserError
from azcn_desktop.records.schema import Schema
from azcn_desktop.store import tables
from azcn_desktop.store.database import SCHEMA_VERSION, Database

MIGRATIONS = Migrations("azcn")


@MIGRATIONS()
def baseline(db: UtilsDatabase) -> None:
    """Make the tables of release 1."""
    script = Path(__file__).with_name("baseline.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@MIGRATIONS()
def value_with_currency(db: UtilsDatabase) -> None:
    """Let a trade flow have a value in any currency: the column said USD in its name. No release had filled it."""
    db.execute("ALTER TABLE trade_flow RENAME COLUMN value_usd TO value")


def upgrade(database: Database, schema: Schema) -> None:
    """Bring the tables of an open file up to the catalogue; does nothing when they are.

    Raises:
        UserError: a step failed; the file is as it was before.
    """
    backup = _copy_aside(database)
    connection = database.connection
    # transform() in a step fails with foreign keys on where a table refers with ON DELETE CASCADE: off, and checked.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        db = UtilsDatabase(connection, execute_plugins=False)
        MIGRATIONS.apply(db)
        with database.transaction():
            sync(db, schema)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise UserError(f"references that lead nowhere: {len(broken)}.")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION:d}")
    except Exception as error:
        _put_back(database, backup)
        raise UserError(f"{database.path} could not be brought up to date and was left as it was: {error}") from error
    finally:
        if backup:
            backup.unlink(missing_ok=True)
    connection.execute("PRAGMA foreign_keys = ON")


def sync(db: UtilsDatabase, schema: Schema) -> None:
    """Add what the catalogue has and the file lacks: tables, empty columns, indexes. Never drops or changes any."""
    there = set(db.table_names())
    for record_type in schema:
        if record_type.name not in there:
            db.execute(tables.table_sql(record_type))
            continue
        columns = {column.name for column in db[record_type.name].columns}
        for column, sql in tables.column_definitions(record_type).items():
            if column not in columns:
                db.execute(f"ALTER TABLE {tables.quoted(record_type.name)} ADD COLUMN {tables.quoted(column)} {sql}")
    wanted = {name: sql for t in schema for name, sql in tables.index_sql(t).items()} | tables.OTHER_INDEXES
    present = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()}
    for name, sql in tables.OTHER_TABLES.items():
        if name not in there:
            db.execute(sql)
    for name, sql in wanted.items():
        if name not in present:
            db.execute(sql)


def _copy_aside(database: Database) -> Path | None:
    if not database.path.stat().st_size:
        return None
    path = database.path.with_name(database.path.name + ".before-upgrade")
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path)
    try:
        database.connection.backup(copy)
    finally:
        copy.close()
    return path


def _put_back(database: Database, backup: Path | None) -> None:
    if backup is None:
        return
    source = sqlite3.connect(backup)
    try:
        source.backup(database.connection)
    finally:
        source.close()

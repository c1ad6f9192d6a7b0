"""A full check of a file: is it sound, are its tables ours, does everything lead somewhere.

Reads all of it and changes nothing. What SQLite finds, what differs from the declarations and what was computed wrongly
becomes sentences; a file without any is in order.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.schema import RecordType, Schema
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.removing import half_loaded
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.tables import OTHER_INDEXES, OTHER_TABLES, column_definitions, index_sql, quoted
from azcn_desktop.store.writing import derived

_MIGRATIONS = "_sqlite_migrations"
_PAGE = 500
_MANY = 20


class CheckReport(Struct, frozen=True):
    """What a check found.

    Attributes:
        problems: sentences; none when the file is in order.
        counts: pairs of table, and records outside and inside the trash.
        notes: sentences on what is in order and yet worth knowing.
    """

    problems: tuple[str, ...]
    counts: tuple[tuple[str, int, int], ...]
    notes: tuple[str, ...] = ()


def check_database(database: Database, schema: Schema, progress: Progress) -> CheckReport:
    """Check an open file.

    Raises:
        UserError: the file can't be read at all.
        Cancelled: the person stopped it.
    """
    damage = list(_damage(database))
    if damage:
        return CheckReport(tuple(damage), ())
    problems = [*_structure(database, schema), *_broken_references(database)]
    counts = []
    types = [t for t in schema if _has_columns(database, t)]
    for number, record_type in enumerate(types):
        progress.report(number, len(types), record_type.plural)
        problems += list(_wrong_values(database, record_type, progress))
        counts.append(_counted(database, record_type))
    if not problems:
        problems += [
            f"{name} does not sum up the trade flows: {n:,} groups differ." for name, n in differences(database)
        ]
    notes = () if problems else _notes(database)
    return CheckReport(tuple(problems), tuple(counts), tuple(notes))


def _damage(database: Database) -> Iterator[str]:
    try:
        rows = database.all("PRAGMA integrity_check")
    except UserError as error:
        yield str(error)
        return
    found = [str(row[0]) for row in rows if row[0] != "ok"]
    yield from (f"SQLite reports damage: {text}" for text in found[:_MANY])
    if len(found) > _MANY:
        yield f"SQLite reports {len(found) - _MANY} more of the kind."


def _notes(database: Database) -> Iterator[str]:
    """Say what a killed import has left."""
    loading, rows = half_loaded(database)
    if not loading:
        return
    one, whose = loading == 1, "its" if loading == 1 else "their"
    what, still = ("1 dataset was", "is") if one else (f"{loading:,} datasets were", "are")
    held = f"{whose} 1 row counts nowhere and is" if rows == 1 else f"{whose} {rows:,} rows count nowhere and are"
    yield f"{what} being imported when the program ended, or still {still}; {held} removed at the next opening."


def _structure(database: Database, schema: Schema) -> Iterator[str]:
    """Compare tables, columns and indexes with the declarations; find what is not ours."""
    objects = database.all("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    present = {(kind, name) for kind, name in objects}
    wanted_indexes = {name for t in schema for name in index_sql(t)} | set(OTHER_INDEXES)
    wanted_tables = {t.name for t in schema} | set(OTHER_TABLES)
    for kind, name in sorted(present):
        if kind in ("trigger", "view"):
            yield f"The file contains the {kind} {name}, which this program did not make."
        elif kind == "table" and name not in wanted_tables | {_MIGRATIONS}:
            yield f"The table {name} is not one of this program."
    yield from (f"The table {name} is missing." for name in sorted(wanted_tables) if ("table", name) not in present)
    yield from (f"The index {name} is missing." for name in sorted(wanted_indexes) if ("index", name) not in present)
    for record_type in schema:
        if ("table", record_type.name) in present:
            yield from _columns(database, record_type)


def _columns(database: Database, record_type: RecordType) -> Iterator[str]:
    name = record_type.name
    present = {row[1]: str(row[2]) for row in database.all(f"PRAGMA table_info({quoted(name)})")}
    targets = {row[3]: row[2] for row in database.all(f"PRAGMA foreign_key_list({quoted(name)})")}
    wanted = {column: sql.split()[0] for column, sql in column_definitions(record_type).items()}
    for column in [*wanted, *(c for c in present if c not in wanted)]:
        if column not in present:
            yield f"{name}.{column} is missing; the file waits for an upgrade. Open it in the window once."
        elif column not in wanted:
            yield f"{name}.{column} is a column that this program does not know."
        elif present[column] != wanted[column]:
            yield f"{name}.{column} is {present[column]} and should be {wanted[column]}."
    for column, target in record_type.references().items():
        if column in present and targets.get(column) != target:
            yield f"{name}.{column} does not refer to {target}."


def _broken_references(database: Database) -> Iterator[str]:
    rows = database.all("PRAGMA foreign_key_check")
    for table, key, target, _ in rows[:_MANY]:
        yield f"{table} {key} refers to a record of {target} that is not there."
    if len(rows) > _MANY:
        yield f"{len(rows) - _MANY} more references lead nowhere."


def _has_columns(database: Database, record_type: RecordType) -> bool:
    present = {row[1] for row in database.all(f"PRAGMA table_info({quoted(record_type.name)})")}
    return set(column_definitions(record_type)) <= present


def _wrong_values(database: Database, record_type: RecordType, progress: Progress) -> Iterator[str]:
    """Judge every row by its declaration, and compute again what is kept beside it."""
    values, computed = list(record_type.value_columns()), list(record_type.derived_columns())
    select = ", ".join(map(quoted, ["id", *values, *computed]))
    sql = f"SELECT {select} FROM {quoted(record_type.name)} WHERE id > ? ORDER BY id LIMIT {_PAGE:d}"
    last, found = 0, 0
    while rows := database.all(sql, (last,)):
        progress.check()
        for key, *cells in rows:
            row = dict(zip([*values, *computed], cells, strict=True))
            for problem in _row_problems(record_type, row):
                found += 1
                if found <= _MANY:
                    yield f"{record_type.name} {key}: {problem}"
        last = rows[-1][0]
    if found > _MANY:
        yield f"{record_type.name}: {found - _MANY} more values are not in order."


def _row_problems(record_type: RecordType, row: dict[str, str | int | float | None]) -> Iterator[str]:
    problems = [f"{p.field}: {p.message}" for p in record_type.check(row) if not p.is_warning]
    yield from problems
    if problems:
        return
    for column, value in derived(record_type, row).items():
        if row[column] != value:
            yield f"{column} does not follow from the values beside it; searching and sorting may miss this record."


def _counted(database: Database, record_type: RecordType) -> tuple[str, int, int]:
    trashed = "0" if record_type.is_bulk else "coalesce(sum(deleted_at IS NOT NULL), 0)"
    every, trash = database.all(f"SELECT count(*), {trashed} FROM {quoted(record_type.name)}")[0]
    return record_type.name, every - trash, trash

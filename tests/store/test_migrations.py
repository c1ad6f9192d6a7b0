"""New and old files walk the same road; a step that fails leaves the file as it was."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlite_utils import Database as UtilsDatabase
from sqlite_utils import Migrations

from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Date, Link, Text
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.store import migrations, tables
from azcn_desktop.store.database import SCHEMA_VERSION, Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.store.builders import edit, make, reopen

DATA = Path(__file__).parents[1] / "data"


def statements(script: str) -> set[frozenset[str]]:
    """Return the statements of a script, each as its parts: a column that came later stands last in an older file."""
    return {parts(statement) for statement in re.split(r";\s*\n", script) if statement.strip()}


def parts(statement: str) -> frozenset[str]:
    """Return what a statement makes: the table or index, and its columns."""
    plain = re.sub(r"[\s\"]+", " ", statement).replace(" STRICT", "").strip().removesuffix(")")
    made, _, columns = plain.partition("(")
    return frozenset(part.strip() for part in (made, *columns.split(",")))


def schema_of(database: Database) -> set[frozenset[str]]:
    """Return the statements that made the tables and indexes of a file."""
    rows = database.all("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite_%'")
    return {parts(row[0]) for row in rows}


def whole(path: Path) -> list[str]:
    """Return everything in a file as SQL, with its version."""
    connection = sqlite3.connect(path)
    found = [*connection.iterdump(), str(connection.execute("PRAGMA user_version").fetchone())]
    connection.close()
    return found


def refused(path: Path, schema: Schema = SCHEMA) -> str:
    """Try to bring a file up to date and return the sentence with which that fails."""
    database = Database.open(path, any_version=True)
    with pytest.raises(UserError) as error:
        upgrade(database, schema)
    database.close()
    return str(error.value)


def with_fields(table: str, *fields: Field, more: tuple[RecordType, ...] = ()) -> Schema:
    """Return the catalogue with more fields in one table, and more tables."""
    types = [replace(t, fields=(*t.fields, *fields)) if t.name == table else t for t in SCHEMA]
    return Schema((*types, *more))


def test_a_new_file_has_the_tables_of_the_catalogue(store: Store) -> None:
    assert schema_of(store.database) == statements(tables.schema_sql(SCHEMA))
    assert store.database.one("PRAGMA user_version") == SCHEMA_VERSION
    assert store.database.one("PRAGMA foreign_keys") == 1


def test_value_with_currency_keeps_the_values_of_an_older_file(tmp_path: Path) -> None:
    path = tmp_path / "old.azcn"
    old = sqlite3.connect(path)
    old.executescript((DATA / "schema_v1.sql").read_text(encoding="utf-8"))
    old.execute("INSERT INTO trade_flow (period, code, value_usd) VALUES ('2022', '0801', 12.5)")
    old.commit()
    old.close()
    database = Database.open(path, any_version=True)
    upgrade(database, SCHEMA)
    assert database.all("SELECT code, value, currency FROM trade_flow") == [("0801", 12.5, None)]
    database.close()


def test_bringing_a_file_up_to_date_twice_changes_nothing(store: Store) -> None:
    make(store, "person", name="Wang Yi")
    store.close()
    before = whole(store.path)
    database = Database.open(store.path)
    upgrade(database, SCHEMA)
    database.close()
    assert whole(store.path) == before
    assert list(store.path.parent.iterdir()) == [store.path]


@pytest.mark.parametrize("script", sorted(DATA.glob("schema_v*.sql")), ids=lambda path: path.stem)
def test_a_file_of_every_release_opens_with_its_records_and_its_undo(tmp_path: Path, script: Path) -> None:
    path = tmp_path / "old.db"
    old = sqlite3.connect(path)
    old.executescript(script.read_text(encoding="utf-8"))
    old.close()
    database = Database.open(path, any_version=True)
    upgrade(database, SCHEMA)
    assert schema_of(database) == statements(tables.schema_sql(SCHEMA))
    database.close()
    store = reopen(path)
    (key,) = store.keys(Query("meeting", ("sahin",)))
    record = store.get("meeting", key)
    assert record is not None
    assert (record.title, record.show("city")) == ("Tenth session of the commission", "Beijing")
    store.undo()
    record = store.get("meeting", key)
    assert record is not None
    assert record.show("city") == "Bakı"
    store.close()


def test_new_optional_fields_and_tables_are_added_and_nothing_is_dropped(store: Store) -> None:
    make(store, "person", name="Wang Yi", note="kept")
    store.database.execute("CREATE TABLE my_own (x)")
    club = RecordType("club", "Club", "Clubs", ("name",), (Field("name", Text(), "Name"),), help="x")
    fields = (Field("born_on", Date(), "Born"), Field("club_id", Link("club"), "Club"))
    grown = with_fields("person", *fields, more=(club,))
    upgrade(store.database, grown)
    row = store.database.all("SELECT name, note, born_on, born_on_lo, club_id FROM person")
    assert row == [("Wang Yi", "kept", None, None, None)]
    assert store.database.one("SELECT count(*) FROM sqlite_master WHERE name IN ('club', 'my_own')") == 2
    assert store.database.one("SELECT count(*) FROM sqlite_master WHERE name = 'person_by_club_id'") == 1
    again = Store(store.database, grown)
    make(again, "club", name="Rotary")
    edit(again, "person", 1, club_id=1)
    assert again.rows("person", [1])[0].show("club_id") == "Rotary"


def _step_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Migrations("azcn")

    @steps()
    def baseline(db: UtilsDatabase) -> None:
        raise AssertionError("already applied")

    @steps()
    def good(db: UtilsDatabase) -> None:
        db.execute("UPDATE person SET name = 'changed'")
        db.execute("ALTER TABLE person ADD COLUMN half TEXT")

    @steps()
    def bad(db: UtilsDatabase) -> None:
        db.execute("DELETE FROM person")
        raise RuntimeError("the third step fails")

    monkeypatch.setattr(migrations, "MIGRATIONS", steps)


def _sync_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "OTHER_INDEXES", {"new_index": "CREATE INDEX new_index ON nothing (x)"})


def _copy_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(db: UtilsDatabase, schema: Schema) -> None:
        db.execute("DELETE FROM person")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(migrations, "sync", no_space)


@pytest.mark.parametrize("fault", [_step_fails, _sync_fails, _copy_fails])
def test_a_step_that_fails_leaves_the_file_as_it_was(
    store: Store, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch], None]
) -> None:
    make(store, "person", name="Wang Yi")
    store.database.execute("PRAGMA user_version = 0")
    store.close()
    before = whole(store.path)
    fault(monkeypatch)
    assert f"{store.path} could not be brought up to date and was left as it was: " in refused(store.path)
    assert whole(store.path) == before
    assert list(store.path.parent.iterdir()) == [store.path]


def test_references_that_lead_nowhere_stop_an_upgrade(store: Store) -> None:
    store.database.execute("PRAGMA foreign_keys = OFF")
    store.database.execute("INSERT INTO post (uid, rev, created_at, updated_at, person_id) VALUES ('P', 1, '', '', 99)")
    store.close()
    before = whole(store.path)
    assert refused(store.path).endswith("was left as it was: references that lead nowhere: 1.")
    assert whole(store.path) == before


def test_a_required_or_changed_field_is_not_slipped_in(store: Store) -> None:
    """Sync only adds empty columns: what is declared as required is still empty in old rows, and says so at an edit."""
    make(store, "person", name="Wang Yi")
    grown = with_fields("person", Field("born_in", Text(), "Born in", is_required=True))
    upgrade(store.database, grown)
    assert store.database.all("SELECT born_in FROM person") == [(None,)]

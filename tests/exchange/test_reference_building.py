"""The first build of a database from the reference tables: repeatable, never half done, never over a file."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.exchange import reference
from azcn_desktop.exchange.reference import build_reference, plan_reference, upgrade_file
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database, OutdatedError
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store
from tests.exchange.shipped_record import record

RECORDS = ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation")


def test_first_build_is_no_undo_step_and_nothing_counts_as_recently_edited(filled_store: Store) -> None:
    assert filled_store.journal.next_undo() is None
    recent = Condition("is", "is", ("recent",))
    assert [filled_store.count(Query(table).with_condition(recent)) for table in RECORDS] == [0] * len(RECORDS)


def test_nothing_differs_from_what_was_shipped(filled_store: Store) -> None:
    for table in ("meeting", "agreement", "project", "person", "organisation"):
        for key in filled_store.keys(Query(table)):
            assert edits.shipped_difference(filled_store, table, key) == {}
            assert edits.changed_parts(filled_store, table, key) == []
    assert filled_store.shipped_values("source", record(filled_store, "S/1").key) is not None


def test_changed_record_is_set_back_with_its_participants(filled_store: Store) -> None:
    meeting = record(filled_store, "M003")
    participant = meeting.labels["participants_cn"][0].part_key
    assert participant is not None
    filled_store.apply(edits.edit_field(filled_store, "meeting", meeting.key, "city", {"city": "Ganja"}))
    filled_store.apply(edits.remove_part(filled_store, "participation", participant, "Remove Ling Ji"))

    filled_store.apply(edits.set_back(filled_store, "meeting", meeting.key))

    again = record(filled_store, "M003")
    assert (again.show("city"), again.show("participants_cn")) == ("Baku", "Ling Ji")


def test_two_builds_have_the_same_identities(reference_db: Path, tmp_path: Path) -> None:
    build_reference(tmp_path / "second.azcn")
    identities = []
    for path in (reference_db, tmp_path / "second.azcn"):
        database = Database.open(path, read_only=True)
        tables = [t.name for t in SCHEMA if not t.is_bulk]
        identities.append({t: database.all(f'SELECT id, uid FROM "{t}" ORDER BY id') for t in tables})
        database.close()
    assert identities[0] == identities[1]
    assert sum(map(len, identities[0].values())) > 3_000


def test_build_never_replaces_a_file(reference_db: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(reference_db, tmp_path / "mine.azcn"))
    before = path.read_bytes()

    with pytest.raises(UserError, match="exists already"):
        build_reference(path)

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["mine.azcn"]


def test_build_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        build_reference(tmp_path / "nowhere" / "new.azcn")


def test_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    seen: list[str] = []
    progress = Progress(lambda done, total, note: seen.append(note), lambda: len(seen) == 3)

    with pytest.raises(Cancelled):
        build_reference(tmp_path / "new.azcn", progress)

    assert seen == ["Reading the reference tables", "Making the tables", "Filling them"]
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_names_the_file_that_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(database: Database, *_: object) -> None:
        raise UserError(f"The disk with {database.path} is full.")

    monkeypatch.setattr(reference.migrations, "upgrade", fail)
    with pytest.raises(UserError) as failed:
        build_reference(tmp_path / "new.azcn")
    assert str(failed.value) == f"The disk with {tmp_path / 'new.azcn'} is full."
    assert list(tmp_path.iterdir()) == []


def test_file_that_another_start_made_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "new.azcn"

    def other_start(done: int, total: int, note: str) -> None:
        path.write_bytes(b"theirs")

    with pytest.raises(UserError, match="meanwhile"):
        build_reference(path, Progress(other_start))

    assert path.read_bytes() == b"theirs"
    assert [p.name for p in tmp_path.iterdir()] == ["new.azcn"]


def test_build_works_where_files_can_not_be_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(reference.os, "link", refuse)
    build_reference(tmp_path / "new.azcn")
    assert [p.name for p in tmp_path.iterdir()] == ["new.azcn"]


def test_leftover_of_a_killed_build_is_removed_but_a_running_one_is_left_alone(tmp_path: Path) -> None:
    endings = ("", "-journal", ".before-upgrade", ".before-upgrade-journal")
    for ending in endings:
        for start in (1, 2):
            (tmp_path / f".new.azcn.{start}.new{ending}").write_bytes(b"half")
        os.utime(tmp_path / f".new.azcn.1.new{ending}", (time.time() - 3_600,) * 2)

    build_reference(tmp_path / "new.azcn")

    assert sorted(p.name for p in tmp_path.iterdir()) == [*(f".new.azcn.2.new{e}" for e in sorted(endings)), "new.azcn"]


def test_missing_table_is_named(tmp_path: Path) -> None:
    shutil.copytree(shipped_data(), tmp_path / "tables")
    (tmp_path / "tables" / "links.csv").unlink()
    with pytest.raises(UserError, match=r"links\.csv"):
        plan_reference(tmp_path / "tables", SCHEMA)


def test_older_file_is_brought_up_to_date_and_keeps_its_records(reference_db: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(reference_db, tmp_path / "older.azcn"))
    database = Database.open(path)
    database.execute("PRAGMA user_version = 0")
    database.close()
    with pytest.raises(OutdatedError):
        Database.open(path)

    upgrade_file(path)

    database = Database.open(path)
    assert database.one("SELECT count(*) FROM meeting") == 108
    database.close()
    assert [p.name for p in tmp_path.iterdir()] == ["older.azcn"]

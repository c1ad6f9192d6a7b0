"""`azcn-cli import` of a table of records: the differences, all of them or none."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.cli.running import Run, hashed


@pytest.fixture
def corrected(run: Run, db: Path, tmp_path: Path) -> Path:
    """An export of the meetings with one cell corrected and one row added."""
    path = tmp_path / "meetings.csv"
    run("export", "--db", db, "--table", "meeting", "--columns", "title,city,status", "--to", path)
    text = path.read_text("utf-8-sig")
    first = text.splitlines()[1]
    changed = first.replace('""', '"Qəbələ"') if '""' in first else first.replace('"Beijing"', '"Qəbələ"')
    text = text.replace(first, changed) + '"","A new meeting","Bakı","planned"\r\n'
    path.write_text(text, "utf-8", newline="")
    return path


def test_import_of_an_export_changes_nothing(run: Run, db: Path, tmp_path: Path) -> None:
    before = hashed(db)
    run("export", "--db", db, "--table", "agreement", "--to", tmp_path / "a.xlsx")
    code, out, err = run("import", tmp_path / "a.xlsx", "--db", db, "--table", "agreement")
    assert (code, out, err) == (0, "Agreements: 0 new, 0 changed, 70 the same, 0 refused\n", "")
    assert hashed(db) == before


def test_import_writes_the_differences_as_one_undo_step(run: Run, db: Path, corrected: Path) -> None:
    before = hashed(db)
    code, out, _ = run("import", corrected, "--db", db, "--table", "meeting", "--dry-run")
    assert (code, out) == (0, "Meetings: 1 new, 1 changed, 107 the same, 0 refused\n")
    assert hashed(db) == before
    assert run("import", corrected, "--db", db, "--table", "meeting")[0] == 0
    with contextlib.closing(Store(Database.open(db))) as store:
        assert store.count(Query("meeting")) == 109
        assert store.undo().label == "Import meetings.csv: 1 new, 1 changed meetings"
        assert store.count(Query("meeting")) == 108
        assert store.journal.next_undo() is None


def test_import_with_a_bad_row_is_all_or_nothing_unless_bad_rows_are_skipped(
    run: Run, db: Path, tmp_path: Path
) -> None:
    rows = tmp_path / "people.csv"
    rows.write_text("name,country,colour\nGood,AZ,red\nBad,Atlantis,blue\n", "utf-8")
    before = hashed(db)
    code, out, err = run("import", rows, "--db", db, "--table", "person")
    assert (code, out) == (1, "People: 1 new, 0 changed, 0 the same, 1 refused\n")
    assert f"{rows}: line 3, country: “Atlantis” is not a country" in err
    assert "not read: colour" in err
    assert "--skip-bad" in err
    assert hashed(db) == before
    assert run("import", rows, "--db", db, "--table", "person", "--skip-bad")[0] == 0
    assert hashed(db) != before


def test_import_of_what_is_no_table_is_a_sentence(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"a\0b\n")
    for path in (tmp_path / "t.csv", tmp_path / "none.csv", tmp_path):
        code, _, err = run("import", path, "--db", db, "--table", "person")
        assert code == 1
        assert str(path) in err


def test_a_locked_file_is_a_sentence(run: Run, db: Path, corrected: Path) -> None:
    holder = sqlite3.connect(db, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        code, _, err = run("import", corrected, "--db", db, "--table", "meeting")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert code == 1
    assert "in use by another program" in err

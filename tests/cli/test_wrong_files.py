"""Files that are no database, and files that can only be read."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.running import Run, hashed


@pytest.fixture
def wrong_files(tmp_path: Path, db: Path) -> dict[str, Path]:
    """Files that a person might name by mistake."""
    files = {name: tmp_path / name for name in ("empty.db", "text.db", "zip.db", "cut.db", "foreign.db", "newer.db")}
    files["empty.db"].touch()
    files["text.db"].write_text("these are my notes\n" * 100)
    files["zip.db"].write_bytes(b"PK\x03\x04" + bytes(100))
    files["cut.db"].write_bytes(db.read_bytes()[: db.stat().st_size // 2])
    foreign = sqlite3.connect(files["foreign.db"])
    foreign.execute("CREATE TABLE t (x)")
    foreign.close()
    shutil.copyfile(db, files["newer.db"])
    newer = sqlite3.connect(files["newer.db"])
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    return files | {"missing": tmp_path / "missing.db", "folder": tmp_path}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("empty.db", "is empty"),
        ("text.db", "no AZCN database"),
        ("zip.db", "Excel workbook"),
        ("cut.db", "damage"),
        ("foreign.db", "of another program"),
        ("newer.db", "newer version"),
        ("missing", "was not found"),
        ("folder", "is a folder"),
    ],
)
@pytest.mark.parametrize("command", ["export", "check", "audit", "import"])
def test_a_file_that_is_no_database_is_a_sentence_and_stays_as_it_is(
    run: Run, wrong_files: dict[str, Path], tmp_path: Path, command: str, name: str, sentence: str
) -> None:
    path = wrong_files[name]
    before = hashed(path) if path.is_file() else None
    rows = tmp_path / "rows.csv"
    rows.write_text("name\nA\n")
    arguments = {
        "export": ("export", "--db", path, "--table", "citation", "--to", tmp_path / "o.csv"),
        "check": ("check", path),
        "audit": ("audit", "--db", path),
        "import": ("import", rows, "--db", path, "--table", "person"),
    }
    code, _, err = run(*arguments[command])
    assert code == 1
    assert sentence in err
    assert "Traceback" not in err
    assert (hashed(path) if path.is_file() else None) == before
    assert not (tmp_path / "o.csv").exists()
    assert not (tmp_path / "missing.db").exists()


def test_a_read_only_file_is_exported_and_checked_but_not_imported_into(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    rows = tmp_path / "rows.csv"
    rows.write_text("name\nA\n")
    assert run("export", "--db", db, "--table", "meeting", "--to", tmp_path / "m.csv")[0] == 0
    assert run("check", db)[0] == 0
    code, _, err = run("import", rows, "--db", db, "--table", "person")
    assert code == 1
    assert "can only be read" in err

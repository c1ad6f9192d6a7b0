"""`azcn-cli export`: what is written, refused requests, and an old target that stays."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from azcn_desktop.exchange import atomic_file
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store
from tests.cli.running import Run, hashed, importable, read_csv


def test_export_writes_what_the_filter_finds_and_says_how_many(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "signed.csv"
    code, out, err = run(
        "export", "--db", db, "--table", "agreement", "--where", "year:2024 status:signed", "--to", target
    )
    rows = read_csv(target)
    assert (code, err) == (0, "")
    assert out == f"{len(rows)} agreements: {target}\n"
    assert rows
    assert {(row["status"], row["signed_on"][:4]) for row in rows} == {("signed", "2024")}


def test_a_filter_may_begin_with_a_minus_and_one_record_is_called_one(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    command = ("export", "--db", db, "--table", "meeting", "--to", target)
    assert run(*command, "--where", "-kind:fair") == (0, f"106 meetings: {target}\n", "")
    assert run(*command, "--where", "kind:fair expo") == (0, f"1 meeting: {target}\n", "")


def test_export_changes_nothing_in_the_database(run: Run, db: Path, tmp_path: Path) -> None:
    before = hashed(db)
    tables = [part for t in SCHEMA for part in ("--table", t.name)]
    assert run("export", "--db", db, *tables, "--to", tmp_path / "all.json")[0] == 0
    assert hashed(db) == before
    assert not list(db.parent.glob("azcn.db-*"))


def test_columns_are_chosen_and_several_tables_are_files_of_their_own(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "who.csv"
    code, out, _ = run(
        "export",
        "--db",
        db,
        "--table",
        "person",
        "--table",
        "organisation",
        "--columns",
        "name,country",
        "--to",
        target,
    )
    assert code == 0
    assert list(read_csv(tmp_path / "who.person.csv")[0]) == ["uid", "name", "country"]
    assert f"{tmp_path / 'who.person.csv'}, {tmp_path / 'who.organisation.csv'}" in out


def test_where_applies_to_each_of_several_tables(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "o.json"
    run("export", "--db", db, "--table", "meeting", "--table", "agreement", "--where", "year:2024", "--to", target)
    tables = json.loads(target.read_text("utf-8"))["tables"]
    assert 0 < len(tables["meeting"]) < 108
    assert 0 < len(tables["agreement"]) < 70


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--table", "metting"), "There is no table “metting”. Possible are source, organisation"),
        (
            ("--table", "meeting", "--columns", "title,colour"),
            "Meetings have no column “colour”. Possible are date, title",
        ),
        (("--table", "meeting", "--where", "colour:red"), "Meetings have no field “colour”"),
        (("--table", "meeting", "--where", "date:yesterday"), "is not a date"),
        (("--table", "meeting", "--where", "status:maybe"), "is not in the list"),
        (("--table", "meeting", "--where", "year:soon"), "is not a year"),
        (("--table", "meeting", "--where", "is:nice"), "is not known"),
        (("--table", "meeting", "--where", "is:trash"), "trash is not exported"),
        (("--table", "project", "--where", "value:>big"), "is not an amount"),
        (("--table", "meeting", "--table", "meeting"), "Name each table once"),
    ],
)
def test_a_wrong_request_is_a_sentence_and_leaves_the_old_target(
    run: Run, db: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    code, out, err = run("export", "--db", db, *arguments, "--to", target)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.startswith("azcn-cli: ")
    assert err.count("\n") == 1
    assert target.read_text() == "old"


@pytest.mark.parametrize("name", ["out", "out.xls", "folder.csv", "none/out.csv"])
def test_a_target_that_cannot_be_is_a_sentence(run: Run, db: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    code, _, err = run("export", "--db", db, "--table", "meeting", "--to", tmp_path / name)
    assert code == 1
    assert str(tmp_path) in err
    assert "Traceback" not in err


def test_raw_switches_the_neutralising_off(run: Run, db: Path, tmp_path: Path) -> None:
    store = Store(Database.open(db))
    store.apply(edits.create(store, "tag", {"name": "=1+1"}))
    store.close()
    run("export", "--db", db, "--table", "tag", "--to", tmp_path / "safe.csv")
    run("export", "--db", db, "--table", "tag", "--raw", "--to", tmp_path / "raw.csv")
    assert read_csv(tmp_path / "safe.csv")[0]["name"] == "'=1+1"
    assert read_csv(tmp_path / "raw.csv")[0]["name"] == "=1+1"


def test_a_full_disk_is_a_sentence_and_leaves_the_old_target(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "m.csv").write_text("old")

    class Full(io.BytesIO):
        def __init__(self, handle: int) -> None:
            super().__init__()
            os.close(handle)

        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_file, "opened", Full)
    code, _, err = run("export", "--db", db, "--table", "meeting", "--to", tmp_path / "m.csv")
    assert code == 1
    assert "disk is full" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["azcn.db", "m.csv"]
    assert (tmp_path / "m.csv").read_text() == "old"


def test_ctrl_c_is_a_sentence_and_leaves_nothing(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "citations", interrupt)
    code, _, err = run("export", "--db", db, "--table", "meeting", "--to", tmp_path / "m.xlsx")
    assert code == 1
    assert "nothing was left behind" in err
    assert [path.name for path in tmp_path.iterdir()] == ["azcn.db"]


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_an_export_that_is_ended_from_outside_leaves_nothing(db: Path) -> None:
    script = (
        "import os, signal, sys\nfrom azcn_desktop import cli\nfrom azcn_desktop.store.store import Store\n"
        "Store.whole_rows = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\nsys.exit(cli.main())"
    )
    command = [sys.executable, "-c", script, "export", "--db", str(db), "--table", "meeting", "--to", "out.csv"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=db.parent, env=importable())
    assert (found.returncode, found.stderr) == (
        1,
        "azcn-cli: Stopped. Nothing was changed and nothing was left behind.\n",
    )
    assert [path.name for path in db.parent.iterdir()] == ["azcn.db"]

"""The command line as its users call it: exit codes, sentences, and files that stay as they were."""

import contextlib
import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from azcn_desktop import cli, describing
from azcn_desktop.errors import UserError
from azcn_desktop.exchange import atomic_file
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; returns exit code, output and errors."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def db(reference_db: Path, tmp_path: Path) -> Path:
    """A copy of the reference database."""
    return Path(shutil.copy(reference_db, tmp_path / "azcn.db"))


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


# -- export


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


# -- files that are no database


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


# -- check


def test_check_counts_the_records_of_a_sound_file(run: Run, db: Path) -> None:
    before = hashed(db)
    code, out, err = run("check", db)
    assert (code, err) == (0, "")
    assert "meeting                108\n" in out
    assert out.endswith(f"{db} is in order.\n")
    assert hashed(db) == before


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE participation SET meeting_id = 99999 WHERE id = 1", "refers to a record of meeting that is not there"),
        ("UPDATE meeting SET search_text = 'x' WHERE id = 1", "meeting 1: search_text does not follow"),
        ("UPDATE meeting SET date_lo = '1999-01-01' WHERE id = 1", "meeting 1: date_lo does not follow"),
        ("UPDATE meeting SET status = 'nonsense' WHERE id = 1", "meeting 1: status: “nonsense” is not in the list"),
        ("CREATE TRIGGER t AFTER DELETE ON meeting BEGIN SELECT 1; END", "contains the trigger t"),
        ("CREATE VIEW v AS SELECT 1", "contains the view v"),
        ("CREATE TABLE extra (x)", "The table extra is not one of this program"),
        ("ALTER TABLE meeting ADD COLUMN extra TEXT", "meeting.extra is a column that this program does not know"),
        ("DROP INDEX participation_by_meeting_id", "The index participation_by_meeting_id is missing"),
        ("ALTER TABLE tag DROP COLUMN note", "tag.note is missing"),
        ("DROP TABLE tagging", "The table tagging is missing"),
    ],
)
def test_check_finds_what_is_not_in_order(run: Run, db: Path, damage: str, sentence: str) -> None:
    connection = sqlite3.connect(db)
    connection.execute(damage)
    connection.commit()
    connection.close()
    code, _, err = run("check", db)
    assert code == 1
    assert sentence in err
    assert "is not in order: " in err


def test_check_finds_a_damaged_page(run: Run, db: Path) -> None:
    content = bytearray(db.read_bytes())
    content[4096 * 20 : 4096 * 21] = os.urandom(4096)
    db.write_bytes(content)
    code, _, err = run("check", db)
    assert code == 1
    assert "damage" in err
    assert "Traceback" not in err


def test_audit_prints_a_line_a_check_with_its_verdict_word_and_conflicts_first(run: Run, db: Path) -> None:
    before = hashed(db)
    code, out, err = run("audit", "--db", db)
    lines = out.splitlines()
    verdicts = [line.split()[0].partition(":")[0] for line in lines]
    assert code == 0
    assert list(dict.fromkeys(verdicts)) == ["conflicts", "cannot_be_checked", "agrees_after_rounding", "agrees"]
    assert err.startswith(f"{len(lines)} checks: {verdicts.count('conflicts')} conflicts")
    assert any(line.startswith("cannot_be_checked:percent_for_times") for line in lines)
    assert hashed(db) == before


def test_audit_as_json_names_its_figures_by_identity(run: Run, db: Path) -> None:
    code, out, _ = run("audit", "--db", db, "--format", "json")
    checks = json.loads(out)
    store = Store(Database.open(db, read_only=True))
    uids = {uid for (uid,) in store.select(Query("figure"), ("uid",))}
    store.close()
    assert code == 0
    assert {figure["uid"] for check in checks for figure in check["figures"]} <= uids
    assert all(check["figures"][0]["role"] == "subject" for check in checks)
    assert len(checks) == len(run("audit", "--db", db)[1].splitlines())


def test_audit_of_a_hostile_text_stays_on_its_line(run: Run, db: Path) -> None:
    with contextlib.closing(sqlite3.connect(db)) as other_program, other_program:
        other_program.execute("UPDATE figure SET period = ?", ("2025\nconflicts \x1b[31m\u202e\u2028 x",))
    plain = len(run("audit", "--db", db, "--format", "json")[1].split('"verdict"')) - 1
    lines = run("audit", "--db", db)[1].splitlines()
    assert len(lines) == plain
    assert all(line.isprintable() for line in lines)


# -- describe


def test_describe_prints_the_data_dictionary(run: Run) -> None:
    assert run("describe") == (0, describing.data_dictionary(SCHEMA), "")


def test_describe_write_writes_both_documents_of_a_checkout_only(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db").mkdir()
    monkeypatch.setattr(cli, "shipped_data", lambda: tmp_path / "db" / "reference")
    code, _, err = run("describe", "--write")
    assert code == 1
    assert "belong to a checkout" in err
    (tmp_path / "pyproject.toml").touch()
    assert run("describe", "--write")[0] == 0
    assert (tmp_path / "db" / "DATA_DICTIONARY.md").read_text("utf-8") == describing.data_dictionary(SCHEMA)
    assert (tmp_path / "db" / "schema.sql").read_text("utf-8") == describing.schema_script(SCHEMA)


# -- import


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


# -- the command itself


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("export",), ("export", "--db", "x"), ("check",), ("export", "--wher", "x"), ("import", "a", "b")],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_1_and_the_usage(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("usage: azcn-cli")


@pytest.mark.parametrize("command", [(), ("export",), ("import",), ("check",), ("audit",), ("describe",)], ids=" ".join)
def test_help_is_complete_with_examples_and_ends_with_0(run: Run, command: tuple[str, ...]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "example" in out
    assert f"azcn-cli {command[0] if command else 'export'}" in out


def test_a_bug_is_no_sentence(db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Store, "whole_rows", bug)
    with pytest.raises(ZeroDivisionError):
        cli.main(["export", "--db", str(db), "--table", "tag", "--table", "meeting", "--to", str(tmp_path / "o.json")])
    assert not issubclass(ZeroDivisionError, UserError)
    assert [path.name for path in tmp_path.iterdir()] == ["azcn.db"]


def test_the_command_needs_no_qt_and_ends_quietly_when_its_reader_has_left(db: Path) -> None:
    script = "import sys; sys.modules['PySide6'] = None\nfrom azcn_desktop import cli\nsys.exit(cli.main())"
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, "check", str(db)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
    reading = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, "describe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reading.stdout is not None
    assert reading.stderr is not None
    reading.stdout.read(10)
    reading.stdout.close()
    assert b"Traceback" not in reading.stderr.read()
    reading.stderr.close()
    assert reading.wait(30) in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("describe",), ("check", "azcn.db"), ("--help",)])
def test_output_that_cannot_be_written_is_a_sentence(db: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-W", "error", "-m", "azcn_desktop.cli", *arguments]
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=db.parent, env=_importable()
        )
    assert found.returncode == 1
    assert found.stderr == "azcn-cli: The output can't be written: No space left on device.\n"


def test_a_closed_output_is_no_error(db: Path) -> None:
    script = f"exec {sys.executable} -W error -m azcn_desktop.cli check azcn.db >&-"
    found = subprocess.run(
        ["/bin/sh", "-c", script], stderr=subprocess.PIPE, text=True, check=False, cwd=db.parent, env=_importable()
    )
    assert (found.returncode, found.stderr) == (0, "")


def _importable() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking it")
def test_an_export_that_is_ended_from_outside_leaves_nothing(db: Path) -> None:
    script = (
        "import os, signal, sys\nfrom azcn_desktop import cli\nfrom azcn_desktop.store.store import Store\n"
        "Store.whole_rows = lambda *_: os.kill(os.getpid(), signal.SIGTERM)\nsys.exit(cli.main())"
    )
    command = [sys.executable, "-c", script, "export", "--db", str(db), "--table", "meeting", "--to", "out.csv"]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=db.parent, env=_importable())
    assert (found.returncode, found.stderr) == (
        1,
        "azcn-cli: Stopped. Nothing was changed and nothing was left behind.\n",
    )
    assert [path.name for path in db.parent.iterdir()] == ["azcn.db"]


# -- bibliography


@pytest.mark.parametrize(
    ("name", "format", "start"),
    [("s.json", None, "["), ("s.bib", None, "% Encoding"), ("s.ris", None, "TY  - "), ("s.md", "text", "1905.az")],
)
def test_the_sources_of_all_records_are_written_in_the_format_asked_for(
    run: Run, db: Path, tmp_path: Path, name: str, format: str | None, start: str
) -> None:
    target = tmp_path / name
    code, out, err = run("bibliography", "--db", db, *(("--format", format) if format else ()), "--to", target)
    assert (code, out, err) == (0, f"236 sources: {target}\n", "")
    assert target.read_text("utf-8").startswith(start)


def test_a_bibliography_of_some_records_names_their_sources_only(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "s.json"
    where = ("--where", "year:2024")
    code, out, _ = run("bibliography", "--db", db, "--table", "figure", "--table", "agreement", *where, "--to", target)
    count = len(json.loads(target.read_text("utf-8")))
    assert (code, out) == (0, f"{count} sources: {target}\n")
    assert 0 < count < 60


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "s.docx"), "must end in one of .json, .bib, .ris, .txt"),
        (("--table", "nothing", "--to", "s.bib"), "There is no table “nothing”"),
        (("--table", "figure", "--where", "colour:red", "--to", "s.bib"), "have no field “colour”"),
        (("--where", "year:2024", "--to", "s.bib"), "--where needs --table"),
        (("--to", "none/s.bib"), "does not exist"),
    ],
)
def test_a_bibliography_that_is_not_possible_is_refused_and_the_old_file_stays(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.bib").write_text("old")
    code, out, err = run("bibliography", "--db", db, *arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["azcn.db", "s.bib"]
    assert (tmp_path / "s.bib").read_text() == "old"


def test_the_help_of_bibliography_names_formats_endings_and_tables(run: Run) -> None:
    code, out, _ = run("bibliography", "--help")
    assert code == 0
    endings = (".json", ".bib", ".ris", ".txt", "csl-json", "bibtex", "--where", "--format", "--to", "--table", "--db")
    assert all(word in out for word in (*endings, *(t.name for t in SCHEMA if not t.is_part)))

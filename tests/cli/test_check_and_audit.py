"""`azcn-cli check`, `audit` and `describe`: what they say of a sound and of a damaged file."""

import contextlib
import json
import os
import sqlite3
from pathlib import Path

import pytest

from azcn_desktop import cli, describing
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.cli.running import Run, hashed
from tests.trade.builders import line, take, written


def test_check_counts_the_records_of_a_sound_file(run: Run, db: Path) -> None:
    before = hashed(db)
    code, out, err = run("check", db)
    assert (code, err) == (0, "")
    assert "meeting                108\n" in out
    assert out.endswith(f"{db} is in order.\n")
    assert hashed(db) == before


def test_check_names_what_a_killed_import_left_and_finds_the_file_in_order(run: Run, db: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "flows.csv", line(code="27"), line(code="28"))
    store = Store(Database.open(db))
    take(store, path)
    store.undo()
    assert "imported" not in run("check", db)[1]  # it can be done again
    store.redo()
    store.database.execute("UPDATE dataset SET state = 'loading'")
    for table in ("trade_total", "trade_chapter", "trade_code"):
        store.database.execute(f"DELETE FROM {table}")
    store.close()
    code, out, err = run("check", db)
    assert (code, err) == (0, "")
    sentence = (
        "1 dataset was being imported when the program ended, or still is; its 2 rows count nowhere and are removed"
    )
    assert f"{sentence} at the next opening.\n" in out
    assert out.endswith(f"{db} is in order.\n")


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
    assert sum(line.startswith("conflicts:settled ") for line in lines) == 4
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


def test_audit_gives_the_checks_in_one_order_as_lines_and_as_json(run: Run, db: Path) -> None:
    lines = run("audit", "--db", db)[1].splitlines()
    checks = json.loads(run("audit", "--db", db, "--format", "json")[1])
    assert [(line.split()[0].partition(":")[0], line.split()[1]) for line in lines] == [
        (check["verdict"], check["kind"]) for check in checks
    ]
    assert all(check["statement"] in line for line, check in zip(lines, checks, strict=True))


def test_audit_of_a_hostile_text_stays_on_its_line(run: Run, db: Path) -> None:
    with contextlib.closing(sqlite3.connect(db)) as other_program, other_program:
        other_program.execute("UPDATE figure SET period = ?", ("2025\nconflicts \x1b[31m\u202e\u2028 x",))
    plain = len(run("audit", "--db", db, "--format", "json")[1].split('"verdict"')) - 1
    lines = run("audit", "--db", db)[1].splitlines()
    assert len(lines) == plain
    assert all(line.isprintable() for line in lines)


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

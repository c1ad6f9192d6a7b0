"""The file: what is opened, what is refused in which words, and what stays whole when the disk or others misbehave."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from azcn_desktop.errors import AzcnError, Busy, Conflict, NotOurFile, ReadOnly, StoreTooNew, UserError
from azcn_desktop.store import edits
from azcn_desktop.store.database import APPLICATION_ID, BUSY_TIMEOUT_S, SCHEMA_VERSION, Database, OutdatedError
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.store.builders import edit, make, open_copy, reopen


def refusal(path: Path, kind: type[AzcnError] = NotOurFile) -> str:
    """Return the sentence with which a path is refused."""
    with pytest.raises(kind) as refused:
        Database.open(path)
    assert type(refused.value) is kind
    return str(refused.value)


# -- what is refused


@pytest.mark.parametrize("name", ["missing.db", "a#b.db", "a?mode=rwc.db", "a%20b.db", "äöü 北京.db"])
def test_a_missing_file_is_refused_and_nothing_is_made(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path / name) == f"{tmp_path / name} was not found. Check its name."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a#b.db", "a?mode=ro.db", "a%20b.db", "äöü 北京.db", "'quote\".db"])
def test_awkward_names_open_the_file_of_that_name(template: Path, tmp_path: Path, name: str) -> None:
    store = open_copy(template, tmp_path / name)
    make(store, "person", name="Wang Yi")
    store.close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).stat().st_size >= template.stat().st_size


def test_an_empty_file_is_refused_and_stays_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    assert "is empty. A new database needs another name" in refusal(path)
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"PK\x03\x04" + bytes(600), "an Excel workbook. Use Import to read a workbook."),
        (b"%PDF-1.7\n" + bytes(600), "a PDF document."),
        (b"\x1f\x8b" + bytes(600), "a compressed (gzip) file."),
        (b"\x7fELF" + bytes(600), "a program."),
        (b"<!DOCTYPE html>" + bytes(600), "an HTML or XML page."),
        (b'{"a": 1}' + b" " * 600, "a JSON file."),
        (b"\x8a\x11" * 600, "no AZCN database, or a damaged one."),
        (b"x", "no AZCN database, or a damaged one."),
        (b"SQLite format 3\x00" + b"\xff" * 600, "a damaged database"),
        (b"SQLite format 3\x00", "a damaged database"),
    ],
)
def test_what_is_no_database_is_called_by_its_name_and_left_alone(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(head)
    assert what in refusal(path)
    assert path.read_bytes() == head
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path} is a folder. Choose a file."
    assert "is a device" in refusal(Path(os.devnull))


@pytest.mark.parametrize("journal_mode", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_refused_byte_for_byte_unchanged(tmp_path: Path, journal_mode: str) -> None:
    path = tmp_path / "foreign.db"
    foreign = sqlite3.connect(path)
    foreign.execute(f"PRAGMA journal_mode = {journal_mode}")
    foreign.executescript("PRAGMA application_id = 77; CREATE TABLE meeting (id); INSERT INTO meeting VALUES (1)")
    foreign.close()
    before = path.read_bytes()
    assert "is a SQLite database of another program. Nothing was changed in it" in refusal(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, 2**31 - 1])
def test_a_file_of_a_newer_version_is_refused_unchanged(template: Path, tmp_path: Path, version: int) -> None:
    path = tmp_path / "newer.db"
    shutil.copyfile(template, path)
    newer = sqlite3.connect(path)
    newer.execute(f"PRAGMA user_version = {version}")
    newer.close()
    before = path.read_bytes()
    assert f"newer version of AZCN Desktop (format {version}; this program knows {SCHEMA_VERSION})" in refusal(
        path, StoreTooNew
    )
    assert path.read_bytes() == before


def test_a_file_of_an_older_version_waits_for_an_upgrade(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    shutil.copyfile(template, path)
    older = sqlite3.connect(path)
    older.execute("PRAGMA user_version = 0")
    older.close()
    refusal(path, OutdatedError)
    Database.open(path, any_version=True).close()


@pytest.mark.parametrize("kept", [15, 16, 99, 100, 511, 4096, 0.5, -1, -4096])
def test_a_truncated_file_is_called_damaged_and_not_written(template: Path, tmp_path: Path, kept: float) -> None:
    whole = template.read_bytes()
    cut = whole[: int(len(whole) * kept) if isinstance(kept, float) else int(kept)]
    path = tmp_path / "cut.db"
    path.write_bytes(cut)
    assert "damaged" in refusal(path)
    assert path.read_bytes() == cut


def test_a_damaged_page_gives_a_sentence_and_no_crash(store: Store) -> None:
    for number in range(200):
        make(store, "person", name=f"Person {number}")
    page_size = store.database.one("PRAGMA page_size")
    root = store.database.one("SELECT rootpage FROM sqlite_master WHERE name = 'person'")
    path = store.path
    store.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * page_size : root * page_size] = b"\xa5" * page_size
    path.write_bytes(content)
    damaged = reopen(path)
    with pytest.raises(NotOurFile, match="is damaged or no database"):
        damaged.keys(Query("person"))
    damaged.close()


def test_invalid_utf_8_gives_a_sentence(store: Store) -> None:
    key = make(store, "person", name="Wang Yi")
    store.database.connection.execute("UPDATE person SET name = CAST(x'ff00fe' AS TEXT) WHERE id = ?", (key,))
    with pytest.raises(UserError, match="holds text that is not valid UTF-8"):
        store.get("person", key)


def test_half_characters_and_huge_numbers_in_a_question_give_a_sentence(store: Store) -> None:
    with pytest.raises(UserError, match="half a character"):
        store.keys(Query("person", ("\ud800",)))
    with pytest.raises(UserError, match="too large"):
        store.database.all("SELECT ?", (2**70,))


def test_a_name_that_cannot_be_one_is_a_sentence(tmp_path: Path) -> None:
    for name, words in (("n" * 300, "File name too long"), ("nul\0", "is no name of a file")):
        with pytest.raises(NotOurFile, match=words):
            Database.open(tmp_path / name)
        with pytest.raises(NotOurFile, match=words):
            Database.create(tmp_path / name)


def test_a_folder_that_cannot_be_entered_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Path.stat

    def refuse(path: Path, **options: bool) -> os.stat_result:
        if "closed" in path.parts:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return ask(path, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "stat", refuse)
        for attempt in (Database.open, Database.create):
            with pytest.raises(NotOurFile, match="can't be read: Permission denied"):
                attempt(tmp_path / "closed" / "azcn.db")


def test_a_file_in_the_place_of_a_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotOurFile, match="was not found"):
        Database.open(tmp_path / "file" / "azcn.db")
    with pytest.raises(UserError, match="does not exist"):
        Database.create(tmp_path / "file" / "azcn.db")


# -- making a file


def test_a_new_file_is_never_made_over_another_or_without_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "here.db"
    path.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        Database.create(path)
    with pytest.raises(UserError, match="does not exist"):
        Database.create(tmp_path / "no folder" / "new.db")
    assert path.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_carries_our_mark(template: Path) -> None:
    assert template.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"AZCN"


# -- at rest, and while others use the file


def test_one_file_is_left_at_rest(store: Store) -> None:
    make(store, "person", name="Wang Yi")
    assert store.path.with_name("azcn.db-journal").exists()
    store.close()
    assert list(store.path.parent.iterdir()) == [store.path]


def test_closing_while_another_connection_writes_leaves_its_journal(store: Store) -> None:
    other = sqlite3.connect(store.path, isolation_level=None)
    make(store, "person", name="Wang Yi")
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE person SET name = 'Half a step'")
    store.close()
    other.execute("ROLLBACK")
    other.close()
    again = reopen(store.path)
    assert list(again.titles("person", [1]).values()) == ["Wang Yi"]
    again.close()


def test_every_commit_is_synced_and_foreign_keys_hold(store: Store) -> None:
    fresh = reopen(store.path).database
    found = [fresh.one(f"PRAGMA {name}") for name in ("synchronous", "journal_mode", "foreign_keys")]
    fresh.close()
    assert found == [2, "truncate", 1]


def test_a_read_only_file_can_be_read_and_says_why_it_cannot_be_written(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "read.db"
    store = open_copy(template, path)
    make(store, "person", name="Wang Yi")
    store.close()
    before = path.read_bytes()
    reader = Store(Database.open(path, read_only=True))
    assert reader.titles("person", reader.keys(Query("person"))) == {1: "Wang Yi"}
    with pytest.raises(ReadOnly, match=r"can only be read\. Use File > Save a Copy"):
        make(reader, "person", name="Nobody")
    with pytest.raises(ReadOnly):
        reader.undo()
    reader.close()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody else")
def test_a_file_without_the_right_to_write_is_opened_for_reading(template: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from azcn_desktop.store.database import Database\n"
        "os.setuid(65534)  # after the imports: the interpreter may lie where only root can read\n"
        "d = Database.open(Path(sys.argv[1])); print(d.is_read_only, d.one('SELECT count(*) FROM person'))"
    )
    folder = Path("/tmp") / f"azcn-read-{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        shutil.copyfile(template, folder / "a.db")
        found = subprocess.run([sys.executable, "-c", program, str(folder / "a.db")], capture_output=True, text=True)
    finally:
        shutil.rmtree(folder)
    assert (found.stdout, found.stderr) == ("True 0\n", "")


def test_a_locked_file_is_busy_and_the_same_step_can_be_tried_again(store: Store) -> None:
    key = make(store, "person", name="Wang Yi")
    step = edits.edit_field(store, "person", key, "name", {"name": "Wang Yi (MFA)"})
    holder = sqlite3.connect(store.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match=r"in use by another program\. Your input is kept; try again in a moment"):
        store.apply(step)
    holder.execute("ROLLBACK")
    holder.close()
    store.apply(step)
    assert store.titles("person", [key]) == {key: "Wang Yi (MFA)"}


def test_a_commit_that_a_reader_holds_up_is_rolled_back_and_can_be_tried_again(store: Store) -> None:
    key = make(store, "person", name="Wang Yi")
    step = edits.edit_field(store, "person", key, "name", {"name": "Later"})
    reader = sqlite3.connect(store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM person").fetchall()
    with pytest.raises(Busy):
        store.apply(step)
    assert not store.database.connection.in_transaction
    assert store.titles("person", [key]) == {key: "Wang Yi"}
    reader.execute("ROLLBACK")
    reader.close()
    store.apply(step)
    assert store.titles("person", [key]) == {key: "Later"}


def test_the_wait_for_others_is_short_unless_asked_for(store: Store) -> None:
    assert store.database.one("PRAGMA busy_timeout") == int(BUSY_TIMEOUT_S * 1000)
    patient = Database.open(store.path, busy_timeout_s=5)
    assert patient.one("PRAGMA busy_timeout") == 5_000
    patient.close()


def test_opening_a_file_does_not_end_the_locks_this_process_holds_on_it(store: Store) -> None:
    """POSIX locks vanish when any descriptor of the file is closed; only SQLite may open a file that is in use."""
    with store.database.transaction():
        store.database.execute(
            "INSERT INTO person (uid, rev, created_at, updated_at, name) VALUES ('u', 1, '', '', 'x')"
        )
        Database.open(store.path, read_only=True).close()
        program = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        other = subprocess.run([sys.executable, "-c", program, str(store.path)], capture_output=True, text=True)
    assert "database is locked" in other.stderr


def _remove(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def _replace(path: Path) -> None:
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    os.replace(copy, path)


@pytest.mark.parametrize("do", [_remove, _rename, _replace])
def test_a_file_that_is_gone_or_another_is_not_written(store: Store, do: Callable[[Path], None]) -> None:
    key = make(store, "person", name="Wang Yi")
    do(store.path)
    left = {path: path.read_bytes() for path in store.path.parent.iterdir() if path.suffix == ".db"}
    with pytest.raises(Conflict, match=r"was removed, renamed or replaced by another program\. Nothing was written"):
        edit(store, "person", key, name="Lost")
    assert {path: path.read_bytes() for path in left} == left
    assert store.titles("person", [key]) == {key: "Wang Yi"}


def test_a_full_disk_leaves_no_half_step_and_the_step_can_be_tried_again(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    pages = store.database.one("PRAGMA page_count")
    store.database.execute(f"PRAGMA max_page_count = {pages:d}")
    step = edits.edit_field(store, "meeting", key, "note", {"note": "x" * 1_000_000})
    with pytest.raises(UserError, match=r"is full\. Nothing was written\. Free some space and try again"):
        store.apply(step)
    assert not store.database.connection.in_transaction
    record = store.get("meeting", key)
    assert record is not None
    assert record.values["note"] is None
    assert len(store.history("meeting", key)) == 1
    store.database.execute("PRAGMA max_page_count = 100000")
    store.apply(step)
    assert store.database.one("PRAGMA integrity_check") == "ok"
    assert len(store.history("meeting", key)) == 2


# -- transactions


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    def half_a_step() -> None:
        with store.database.transaction():
            store.database.execute("INSERT INTO journal_set (label, origin, at) VALUES ('x', 'edit', '')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_a_step()
    assert store.database.one("SELECT count(*) FROM journal_set") == 0
    assert not store.database.connection.in_transaction


def test_a_snapshot_reads_one_state_and_ends(store: Store) -> None:
    make(store, "person", name="One")
    other = reopen(store.path)
    with store.database.snapshot(), store.database.snapshot():
        assert store.count(Query("person")) == 1
        with pytest.raises(Busy):
            make(other, "person", name="Two")
        assert store.count(Query("person")) == 1
    make(other, "person", name="Two")
    other.close()
    assert store.count(Query("person")) == 2


def test_a_write_of_another_connection_is_noticed(store: Store) -> None:
    before = store.database.data_version()
    make(store, "person", name="Own")
    assert store.database.data_version() == before
    other = reopen(store.path)
    make(other, "person", name="Other")
    other.close()
    assert store.database.data_version() != before

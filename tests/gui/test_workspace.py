"""The bridge between store and widgets: one signal for every change, and a worker with a store of its own."""

import sqlite3
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import Cancelled, NotOurFile, ReadOnly, UserError
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store import edits
from azcn_desktop.store.backup import save_copy
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store


def _no_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} needs no upgrade")


@pytest.fixture
def workspace(qtbot: QtBot, store: Store) -> Workspace:
    owner = QObject()
    opened = Workspace(_no_upgrade, owner)
    opened.open(store.path)
    yield opened
    opened.close()


def test_every_write_undo_and_redo_is_told_once(workspace: Workspace) -> None:
    told = []
    workspace.changed.connect(told.append)
    workspace.apply(edits.create(workspace.store, "tag", {"name": "rail"}))
    workspace.undo()
    workspace.redo()
    assert [notice.label for notice in told] == ["New tag rail"] * 3
    assert all(notice.touches(["tag"]) for notice in told)


def test_a_file_that_cannot_be_opened_leaves_the_present_one_open(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague,")
    with pytest.raises(NotOurFile, match=r"letter\.txt"):
        workspace.open(tmp_path / "letter.txt")
    assert workspace.store.count(Query("tag")) == 0


def test_nothing_can_be_edited_while_a_writing_job_runs(workspace: Workspace) -> None:
    heard = []
    workspace.busy_changed.connect(heard.append)
    workspace.set_busy(True)
    with pytest.raises(ReadOnly, match="longer step is being written"):
        workspace.apply(edits.create(workspace.store, "tag", {"name": "rail"}))
    workspace.set_busy(False)
    assert heard == [True, False]
    assert workspace.can_edit


def test_a_write_of_another_program_is_told(workspace: Workspace) -> None:
    told = []
    workspace.changed.connect(told.append)
    workspace.notice_outside_changes()
    assert told == []
    other = sqlite3.connect(workspace.store.path)
    other.execute("CREATE TABLE foreign_table (x)")
    other.commit()
    other.close()
    workspace.notice_outside_changes()
    assert len(told) == 1
    assert told[0].touches(["meeting"])


def test_a_job_reads_with_its_own_store_on_another_thread(workspace: Workspace, jobs: JobRunner, qtbot: QtBot) -> None:
    workspace.apply(edits.create(workspace.store, "tag", {"name": "rail"}))

    def work(store: Store, progress: Progress) -> tuple[int, bool]:
        progress.report(1, 1)
        return store.count(Query("tag")), threading.current_thread() is threading.main_thread()

    job = jobs.submit("Counting", work, workspace.store.path)
    with qtbot.waitSignal(job.succeeded) as result:
        pass
    assert result.args == [(1, False)]


def test_a_job_that_ends_at_once_is_heard_by_a_caller_that_connects_after_submitting(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    heard = []
    for number in range(50):
        job = jobs.submit_without_store("Nothing", partial(_give, number))
        time.sleep(0.002)
        job.succeeded.connect(heard.append)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert heard == list(range(50))


def _give(number: int, _progress: Progress) -> int:
    return number


def test_a_cancelled_job_ends_with_cancelled(jobs: JobRunner, qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress.check()

    job = jobs.submit_without_store("Turning", work)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.failed) as failed:
        job.cancel()
    assert isinstance(failed.args[0], Cancelled)


def test_a_cancelled_job_ends_within_a_statement(workspace: Workspace, jobs: JobRunner, qtbot: QtBot) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    begun = threading.Event()

    def work(store: Store, progress: Progress) -> object:
        begun.set()
        return store.database.one(endless)

    job = jobs.submit("Count for ever", work, workspace.store.path)
    qtbot.waitUntil(begun.is_set)
    with qtbot.waitSignal(job.failed) as failed:
        job.cancel()
    assert isinstance(failed.args[0], Cancelled)


def test_a_copy_is_whole_and_the_open_file_is_refused_as_its_target(store: Store, tmp_path: Path) -> None:
    store.apply(edits.create(store, "tag", {"name": "rail"}))
    copy = save_copy(store, tmp_path / "copy.db")
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT name FROM tag").fetchall() == [("rail",)]
    connection.close()
    with pytest.raises(UserError, match="open file itself"):
        save_copy(store, store.path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


def test_a_copy_never_replaces_a_folder_or_a_link(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is no file"):
        save_copy(store, tmp_path)
    link, behind = tmp_path / "link.db", tmp_path / "behind.db"
    link.symlink_to(behind)
    assert save_copy(store, link) == behind
    assert link.is_symlink()


def test_a_copy_into_a_missing_folder_is_refused_with_the_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="nowhere"):
        save_copy(store, tmp_path / "nowhere" / "copy.db")

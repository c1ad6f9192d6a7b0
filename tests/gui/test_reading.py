"""One question to the file at a time: at once, or by the worker; the last one wins."""

import sqlite3
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui import reading as reading_module
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store


def people(store: Store, _progress: Progress) -> tuple[int, bool]:
    """Return how many people there are, and whether the window's own thread counted them."""
    return store.count(Query("person")), threading.current_thread() is threading.main_thread()


@pytest.fixture
def reading(empty_workspace: Workspace, jobs: JobRunner) -> Iterator[tuple[Reading, list[object]]]:
    made = Reading(empty_workspace, jobs, "Count")
    answers: list[object] = []
    made.answered.connect(answers.append)
    yield made, answers
    made.drop()


def test_a_quick_question_is_answered_before_asking_returns(reading: tuple[Reading, list[object]]) -> None:
    asked, answers = reading
    asked.ask(people, at_once=True)
    assert answers == [(0, True)]
    assert not asked.is_busy


def test_a_slow_question_is_answered_by_the_worker(reading: tuple[Reading, list[object]], qtbot: QtBot) -> None:
    asked, answers = reading
    asked.ask(people, at_once=False)
    assert asked.is_busy
    assert answers == []
    qtbot.waitUntil(lambda: not asked.is_busy)
    assert answers == [(0, False)]


def test_the_answer_to_an_earlier_question_is_dropped(reading: tuple[Reading, list[object]], qtbot: QtBot) -> None:
    asked, answers = reading
    held, entered = threading.Event(), threading.Event()

    def slow(_store: Store, _progress: Progress) -> str:
        entered.set()
        held.wait(10)
        return "early"

    asked.ask(slow, at_once=False)
    qtbot.waitUntil(entered.is_set)
    asked.ask(people, at_once=False)
    held.set()
    qtbot.waitUntil(lambda: not asked.is_busy)
    assert answers == [(0, False)]


def test_finishing_answers_on_the_spot_and_only_once(reading: tuple[Reading, list[object]], qtbot: QtBot) -> None:
    asked, answers = reading
    asked.ask(people, at_once=False)
    asked.finish()
    assert answers == [(0, True)]
    qtbot.wait(50)
    assert answers == [(0, True)]


def test_a_file_in_use_is_asked_again(
    reading: tuple[Reading, list[object]], empty_workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = reading
    monkeypatch.setattr("azcn_desktop.gui.job_runner._BUSY_TIMEOUT_S", 0.0)
    asked._retry.setInterval(20)
    other = sqlite3.connect(empty_workspace.store.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    asked.ask(people, at_once=False)
    qtbot.waitUntil(asked._retry.isActive)
    assert asked.is_busy
    other.execute("ROLLBACK")
    other.close()
    qtbot.waitUntil(lambda: not asked.is_busy)
    assert answers == [(0, False)]
    assert reading_module._RETRY_MS >= 500


def test_what_cannot_be_answered_is_told_and_ends(reading: tuple[Reading, list[object]], qtbot: QtBot) -> None:
    asked, answers = reading

    def impossible(_store: Store, _progress: Progress) -> None:
        raise UserError("Nobody knows.")

    with qtbot.waitSignal(asked.refused) as told:
        asked.ask(impossible, at_once=False)
    assert str(told.args[0]) == "Nobody knows."
    assert (asked.is_busy, answers) == (False, [])


def test_a_closed_file_answers_nothing(
    reading: tuple[Reading, list[object]], empty_workspace: Workspace, qtbot: QtBot
) -> None:
    asked, answers = reading
    asked.ask(people, at_once=False)
    empty_workspace.close()
    assert not asked.is_busy
    qtbot.wait(50)
    assert answers == []

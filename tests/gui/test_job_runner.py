"""Long work on one thread: what a person asked for first, then what is on the screen, then numbers beside it."""

import threading
from functools import partial

from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner, Urgency
from azcn_desktop.progress import Progress


def test_of_what_waits_the_most_urgent_is_done_first_and_the_others_in_their_order(
    jobs: JobRunner, qtbot: QtBot
) -> None:
    busy, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def occupy(_progress: Progress) -> None:
        busy.set()
        go_on.wait(10)

    def note(word: str, _progress: Progress) -> None:
        done.append(word)

    jobs.submit_without_store("Occupy", occupy)
    qtbot.waitUntil(busy.is_set)
    for word, urgency in (
        ("count", Urgency.COUNTED), ("chart", Urgency.SHOWN), ("rows", Urgency.SHOWN), ("export", Urgency.ASKED)
    ):  # fmt: skip
        jobs.submit_without_store(word, partial(note, word), urgency)
    qtbot.wait(10)  # a job waits from the next turn on
    go_on.set()
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done == ["export", "chart", "rows", "count"]


def test_only_what_a_person_asked_for_counts_as_running(jobs: JobRunner, qtbot: QtBot) -> None:
    asked = jobs.submit_without_store("Export", lambda _progress: None)
    for urgency in (Urgency.SHOWN, Urgency.COUNTED):
        jobs.submit_without_store("Read", lambda _progress: None, urgency)
    assert jobs.running == [asked]
    qtbot.waitUntil(lambda: not jobs.running)

"""Long work on one thread of its own, with its own store, progress and cancel.

The worker opens its own connection, because SQLite refuses another thread's and because the GUI must go on reading.
Results come back as signals on the GUI thread. What waits is done by its urgency.
"""

from __future__ import annotations

import enum
import itertools
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from azcn_desktop.errors import Cancelled
from azcn_desktop.progress import Progress
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store

_REPORTS_PER_S = 20
_BUSY_TIMEOUT_S = 5.0  # nobody sits before a stopped screen while a worker waits

Work = Callable[[Store, Progress], Any]
PlainWork = Callable[[Progress], Any]


class Urgency(enum.IntEnum):
    """Whose turn it is; within one, first come, first served."""

    ASKED = 0
    """A person asked for it, sees it run and can stop it."""
    SHOWN = 1
    """Rows and pictures on the screen. From here on jobs only read what can be read again at any time: nobody is told
    of them, or asked before they are stopped."""
    COUNTED = 2
    """Numbers beside what is shown."""


class Job(QObject):
    """One piece of long work.

    Attributes:
        label: what is done, in words.
        urgency: its place among what waits.

    Signals:
        progressed(done, total, note): at most 20 times a second; total 0 means unknown.
        succeeded(result): the work returned.
        failed(error): it raised; `Cancelled` when the person stopped it.
        ended(): after either.
    """

    progressed = Signal(object, object, str)
    succeeded = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, label: str, parent: QObject, urgency: Urgency = Urgency.ASKED) -> None:
        super().__init__(parent)
        self.label = label
        self.urgency = urgency
        self._cancelled = threading.Event()
        self._last_report = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it rolls back and `failed` brings `Cancelled`."""
        self._cancelled.set()

    def run(self, work: PlainWork) -> None:
        """Do the work on the worker's thread."""
        try:
            if self._cancelled.is_set():
                raise Cancelled
            result = work(Progress(self._report, self._cancelled.is_set))
        except Exception as error:  # whatever it is goes to the person's thread: a sentence or a crash report
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        self.ended.emit()

    def _report(self, done: int, total: int, note: str) -> None:
        now = time.monotonic()
        if now - self._last_report >= 1 / _REPORTS_PER_S or done == total:
            self._last_report = now
            self.progressed.emit(done, total, note)


class JobRunner(QObject):
    """Runs jobs one after the other, of those that wait the most urgent first.

    Signals:
        started(Job): a job was taken on that a person should see.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="azcn-worker")
        self._waiting: queue.PriorityQueue[tuple[Urgency, int, Job, PlainWork]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._jobs: list[Job] = []
        self._ended: list[Job] = []
        self._is_stopped = False

    @property
    def running(self) -> list[Job]:
        """The jobs that have not ended and that a person would miss."""
        return [job for job in self._jobs if job.urgency is Urgency.ASKED]

    def submit(
        self, label: str, work: Work, path: Path, read_only: bool = True, urgency: Urgency = Urgency.ASKED
    ) -> Job:  # fmt: skip
        """Take on work for the file at a path and return the job, whose signals may still be connected."""
        return self.submit_without_store(label, partial(_with_store, work, path, read_only), urgency)

    def submit_without_store(self, label: str, work: PlainWork, urgency: Urgency = Urgency.ASKED) -> Job:
        """Take on work that opens what it needs by itself and return the job."""
        self._let_go()
        job = Job(label, self, urgency)
        self._jobs.append(job)
        job.ended.connect(self._on_job_ended)
        if urgency is Urgency.ASKED:
            self.started.emit(job)
        # Begun only when the caller has connected its slots: a quick job would have ended before anyone listened.
        QTimer.singleShot(0, job, partial(self._begin, job, work))
        return job

    def stop(self) -> None:
        """Cancel everything and wait until the worker has rolled back and closed its store."""
        self._is_stopped = True
        for job in self._jobs:
            job.cancel()
        self._executor.shutdown(wait=True)

    def _begin(self, job: Job, work: PlainWork) -> None:
        if not self._is_stopped:
            self._waiting.put((job.urgency, next(self._numbers), job, work))
            self._executor.submit(self._run_next)

    def _run_next(self) -> None:
        """Do, on the worker's thread, what is the most urgent by now."""
        *_, job, work = self._waiting.get()
        job.run(work)

    def _on_job_ended(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs.remove(job)
            self._ended.append(job)

    def _let_go(self) -> None:
        """Delete the jobs that ended before: at once, PySide would drop what others still have to hear of their end."""
        for job in self._ended:
            job.deleteLater()
        self._ended.clear()


def _with_store(work: Work, path: Path, read_only: bool, progress: Progress) -> Any:
    """Do work with a store that is opened and closed on the worker's thread."""
    store = Store(Database.open(path, read_only, busy_timeout_s=_BUSY_TIMEOUT_S))
    if read_only:  # what is written stops between two steps of its own
        store.database.stop_when(progress.is_cancelled)
    try:
        return work(store, progress)
    finally:
        store.close()

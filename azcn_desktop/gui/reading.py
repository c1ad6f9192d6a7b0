"""One question to the open file: answered at once where that is quick, else by the worker, and the last one wins.

Everything in the window whose reading grows with the data asks through this: the order of a table, counts, pictures,
findings. What is on the screen stays until the answer comes; what is found for an earlier question is dropped; a file
that is in use is asked again. Knows no widget, and not what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from azcn_desktop.errors import AzcnError, Busy
from azcn_desktop.gui.job_runner import Job, JobRunner, Urgency
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store

_RETRY_MS = 1_000
Read = Callable[[Store, Progress], Any]


class Reading(QObject):
    """Answers one question at a time.

    Signals:
        answered(object): the answer to the last question.
        refused(AzcnError): the worker can't answer the last question.
        busy_changed(bool): the worker was asked, or is done.
    """

    answered = Signal(object)
    refused = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self, workspace: Workspace, jobs: JobRunner | None, label: str, parent: QObject | None = None,
        urgency: Urgency = Urgency.SHOWN,
    ) -> None:  # fmt: skip
        """Ask nothing yet.

        Args:
            workspace: whose file is asked.
            jobs: the worker; without one everything is answered at once.
            label: what is done, in words.
            parent: the owner.
            urgency: what the worker does first.
        """
        super().__init__(parent)
        self._workspace, self._jobs, self._label, self._urgency = workspace, jobs, label, urgency
        self._read: Read | None = None
        self._job: Job | None = None
        self._retry = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry.timeout.connect(self._submit)
        workspace.closing.connect(self.drop)

    @property
    def is_busy(self) -> bool:
        """Tell whether the answer of the worker is still to come."""
        return self._read is not None

    def ask(self, read: Read, *, at_once: bool) -> None:
        """Ask in place of what was asked before.

        Args:
            read: finds the answer; the worker calls it with a store of its own.
            at_once: find it now, on this thread; `answered` comes before this returns.

        Raises:
            UserError: it can't be answered, where it is asked at once.
        """
        self.drop()
        if at_once or self._jobs is None:
            self.answered.emit(read(self._workspace.store, Progress()))
        else:
            self._read = read
            self._submit()
            self.busy_changed.emit(True)

    def drop(self) -> None:
        """Want no answer any more, and let the worker stop looking for it."""
        self._retry.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._read is not None:
            self._read = None
            self.busy_changed.emit(False)

    def finish(self) -> None:
        """Answer now, on this thread, what is still to come. Raises UserError."""
        if self._read is not None and self._workspace.is_open:
            self.ask(self._read, at_once=True)

    def _submit(self) -> None:
        assert self._read is not None
        assert self._jobs is not None
        self._job = self._jobs.submit(self._label, self._read, self._workspace.store.path, urgency=self._urgency)
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)

    def _on_job_succeeded(self, answer: Any) -> None:
        if self.sender() is self._job:
            self.drop()
            self.answered.emit(answer)

    def _on_job_failed(self, error: Exception) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(error, Busy):
            self._job = None
            self._retry.start()
            return
        self.drop()
        if not isinstance(error, AzcnError):
            raise error
        self.refused.emit(error)

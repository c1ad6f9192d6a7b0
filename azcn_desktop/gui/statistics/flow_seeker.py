"""In what order flows stand: the beginning at once where that is quick, the rest from a worker.

The last question wins. It has a runner of its own, so that a running import holds up no filter. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.gui.job_runner import Job, JobRunner
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import FlowOrder, first_look, is_quick, whole_order
from azcn_desktop.store.store import Store

_RETRY_MS = 1_000
Find = Callable[[FlowQuery, Store, Progress], FlowOrder]


class FlowSeeker(QObject):
    """Finds the order of one query at a time.

    Signals:
        found(FlowQuery, FlowOrder): as much of the order as is known; at most twice for one question.
        busy_changed(bool): the worker has begun, or it has ended.
    """

    found = Signal(object, object)
    busy_changed = Signal(bool)
    _looked = Signal(object, object)  # from the worker

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._jobs = workspace, jobs
        self._query: FlowQuery | None = None
        self._find: Find = _whole
        self._job: Job | None = None
        self._looked.connect(self._on_looked)
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._on_retry_timeout)

    @property
    def is_busy(self) -> bool:
        """Tell whether the whole order is still to come."""
        return self._query is not None

    def ask(self, query: FlowQuery) -> None:
        """Ask for the order of a query in place of the one before; whatever is had at once comes by `found` at once.

        Raises:
            UserError: the query can't be answered.
        """
        self.drop()
        database = self._workspace.store.database
        if is_quick(database, query):
            order = first_look(database, query)
            if not order.is_whole:
                self._begin(query, _whole)
            if order.known or order.is_whole:
                self.found.emit(query, order)
        else:
            self._begin(query, partial(_all_at_last, self._looked.emit))

    def _begin(self, query: FlowQuery, find: Find) -> None:
        self._query, self._find = query, find
        self._submit()
        self.busy_changed.emit(True)

    def drop(self) -> None:
        """Ask for nothing any more."""
        self._retry.stop()
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if self._query is not None:
            self._query = None
            self.busy_changed.emit(False)

    def finish(self) -> None:
        """Find now, on this thread, what is still to come."""
        if (query := self._query) is not None and self._workspace.is_open:
            self.drop()
            self.found.emit(query, whole_order(self._workspace.store.database, query, Progress()))

    def _submit(self) -> None:
        assert self._query is not None
        self._job = self._jobs.submit(
            self.tr("Sorting flows"), partial(self._find, self._query), self._workspace.store.path, is_for_later=True
        )
        self._job.succeeded.connect(self._on_job_succeeded)
        self._job.failed.connect(self._on_job_failed)

    def _on_job_succeeded(self, order: FlowOrder) -> None:
        if self.sender() is self._job and (query := self._query) is not None:
            self.drop()
            self.found.emit(query, order)

    def _on_looked(self, query: FlowQuery, order: FlowOrder) -> None:
        if query is self._query and order.known:
            self.found.emit(query, order)

    def _on_job_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            if not isinstance(error, Cancelled | UserError):
                raise error
            self._retry.start()  # the file was in use

    def _on_retry_timeout(self) -> None:
        if self._query is not None and self._workspace.is_open:
            self._submit()


def _all_at_last(
    tell: Callable[[FlowQuery, FlowOrder], object], query: FlowQuery, store: Store, progress: Progress
) -> FlowOrder:  # fmt: skip
    """Tell of the beginning; one job for both, so that nothing comes in between that somebody else wants read."""
    order = first_look(store.database, query)
    if order.is_whole:
        return order
    tell(query, order)
    return whole_order(store.database, query, progress)


def _whole(query: FlowQuery, store: Store, progress: Progress) -> FlowOrder:
    return whole_order(store.database, query, progress)

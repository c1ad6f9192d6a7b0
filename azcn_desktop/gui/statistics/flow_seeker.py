"""In what order flows stand: the beginning at once where that is quick, the rest from a worker.

The last question wins. It has a runner of its own, so that a running import holds up no filter. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import FlowOrder, first_look, is_quick, whole_order
from azcn_desktop.store.store import Store

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
        self._workspace = workspace
        self._query = FlowQuery()
        self._reading = Reading(workspace, jobs, self.tr("Sorting flows"), self)
        self._reading.answered.connect(self._on_reading_answered)
        self._reading.busy_changed.connect(self.busy_changed)
        self._looked.connect(self._on_looked)

    @property
    def is_busy(self) -> bool:
        """Tell whether the whole order is still to come."""
        return self._reading.is_busy

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
                self.begin(query, _whole)
            if order.known or order.is_whole:
                self.found.emit(query, order)
        else:
            self.begin(query, partial(_all_at_last, self._looked.emit))

    def begin(self, query: FlowQuery, find: Find) -> None:
        """Let the worker find the order of a query."""
        self._query = query
        self._reading.ask(partial(find, query), at_once=False)

    def drop(self) -> None:
        """Ask for nothing any more."""
        self._reading.drop()

    def finish(self) -> None:
        """Find now, on this thread, what is still to come."""
        self._reading.finish()

    def _on_reading_answered(self, order: FlowOrder) -> None:
        self.found.emit(self._query, order)

    def _on_looked(self, query: FlowQuery, order: FlowOrder) -> None:
        if query is self._query and self.is_busy and order.known:
            self.found.emit(query, order)


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

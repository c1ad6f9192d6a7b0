"""Whether something that was written moves rows of a table of flows, and whether what was edited has left it.

Only where rows move is their order asked for again. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.rows import flows

# Parts of a query and the columns that they look at.
_COLUMNS = {
    "text": ("code", "classification"), "since": ("period",), "until": ("period",), "frequencies": ("frequency",),
    "reporters": ("reporter",), "partners": ("partner",), "flows": ("flow",), "levels": ("code",),
    "datasets": ("dataset_id",), "publishers": ("dataset_id",), "valuations": ("valuation",),
    "currencies": ("currency",), "classifications": ("classification",),
}  # fmt: skip
# Within a period flows are found by their place among its codes.
_SORTS = {
    "period": ("period", "code"), "description": ("code", "classification"), "dataset": ("dataset_id",),
    "publisher": ("dataset_id",),
}  # fmt: skip
_FEW = 20
_ALWAYS = {"dataset_id", "replaced_by"}  # by which a flow counts, or not


def concerns_order(notice: ChangeNotice, query: FlowQuery) -> bool:
    """Tell whether flows may have come, gone or changed places in the table of a query."""
    if not notice.columns or any(change is None for change in (notice.tables.get("trade_flow"),)):
        return True
    looked_at = set(_ALWAYS)
    for part, columns in _COLUMNS.items():
        if getattr(query, part):
            looked_at.update(columns)
    sort = query.sort.lstrip("-")
    if sort:
        looked_at.update(_SORTS.get(sort, (sort,)))
    return bool(looked_at & notice.columns)


class ShowsFlows(Protocol):
    """What shows flows in rows."""

    def row_of(self, key: int) -> int:
        """Return the row of an id, or -1."""


class Edited:
    """Flows that were shown when they were written, until it is known whether they still are."""

    def __init__(self) -> None:
        self._keys: list[int] = []

    def watch(self, keys: Iterable[int] | None, shown: ShowsFlows) -> None:
        """Remember which of some flows that were written are shown now; a few at most, as a person edits them."""
        few = list(keys or ())[:_FEW]
        self._keys = [key for key in few if shown.row_of(key) >= 0]

    def have_left(self, order: FlowOrder, database: Database) -> bool:
        """Tell whether a flow is there still, and counts, but not in a new order; asked once for each edit."""
        if not (self._keys and order.is_whole):
            return False
        keys, self._keys = self._keys, []
        return any(order.position(flow.id) < 0 for flow in flows(database, keys) if flow.counts)

"""Whether something that was written moves rows of a table of flows: only then is their order asked for again.

Knows no widget.
"""

from __future__ import annotations

from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.query import FlowQuery

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

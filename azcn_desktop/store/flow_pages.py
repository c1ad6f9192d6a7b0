"""Reading the trade flows that count, all of them or a choice, a page at a time.

Pages are short and no cursor stays open between them, so that nobody who writes has to wait. Knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flow_query import FlowQuery
from azcn_desktop.store.summaries import LEVEL

PAGE = 5_000
# What a row of a page holds, in this order; the dataset is told by its title.
FLOW_COLUMNS = (
    "dataset", "publisher", "frequency", "period", "is_cumulative", "reporter", "partner", "flow", "classification",
    "code", "value", "currency", "net_weight_kg", "quantity", "quantity_unit", "valuation", "is_estimated",
    "is_reported",
)  # fmt: skip
_NAMES = (
    "d.title, d.publisher, t.frequency, t.period, t.is_cumulative, t.reporter, t.partner, t.flow, t.classification, "
    "t.code, t.value, t.currency, t.net_weight_kg, t.quantity, t.quantity_unit, t.valuation, t.is_estimated, "
    "t.is_reported"
)
# CROSS JOIN: rows are read in the order of their ids, whatever the planner thinks of the datasets.
_FLOWS = "trade_flow t CROSS JOIN dataset d ON d.id = t.dataset_id"
_COUNTS = (
    "d.state = 'ready' AND (t.replaced_by IS NULL "
    "OR t.replaced_by NOT IN (SELECT id FROM dataset WHERE state = 'ready'))"
)  # fmt: skip
_COLUMNS = {
    "frequencies": "t.frequency", "reporters": "t.reporter", "partners": "t.partner", "flows": "t.flow",
    "levels": LEVEL, "datasets": "t.dataset_id", "publishers": "d.publisher", "valuations": "t.valuation",
    "currencies": "t.currency", "classifications": "t.classification",
}  # fmt: skip
_LAST = "\U0010ffff"


def flow_pages(database: Database, query: FlowQuery) -> Iterator[tuple[list[tuple[Any, ...]], int, int]]:
    """Yield pages of flows that count, in the order in which they were written.

    Args:
        database: the open file.
        query: which flows; its text is the beginning of a code, its sort is not looked at.

    Yields:
        Rows of `FLOW_COLUMNS`, the id up to which the file has been read, and the last id that it has.
    """
    condition, parameters = _condition(query)
    last = int(database.one("SELECT coalesce(max(id), 0) FROM trade_flow"))
    low = 0
    while low < last:
        rows = database.all(
            f"SELECT t.id, {_NAMES} FROM {_FLOWS} WHERE t.id > ? AND t.id <= ? AND {_COUNTS} AND {condition} "
            "ORDER BY t.id LIMIT ?",
            (low, last, *parameters, PAGE),
        )
        low = rows[-1][0] if len(rows) == PAGE else last
        if rows:
            yield [row[1:] for row in rows], low, last


def _condition(query: FlowQuery) -> tuple[str, list[Value]]:
    """Return what must hold, as SQL of this module's own words, and its values."""
    conditions, parameters = ["TRUE"], list[Value]()
    if query.text:
        conditions.append("+t.code >= ? AND +t.code < ?")
        parameters += [query.text, query.text + _LAST]
    if query.since:
        conditions.append("t.period >= ?")
        parameters.append(query.since)
    if query.until:
        conditions.append("t.period <= ?")
        parameters.append(query.until + _LAST)
    for name, column in _COLUMNS.items():
        wanted: Sequence[Value] = getattr(query, name)
        if wanted:
            conditions.append(f"{column} IN ({_marks(wanted)})")
            parameters += wanted
    return " AND ".join(conditions), parameters


def _marks(values: Sequence[Value]) -> str:
    return ", ".join("?" * len(values))

"""Reading the trade flows that count, all of them or a choice, a page at a time.

Pages are short and no cursor stays open between them, so that nobody who writes has to wait. Knows no file format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import code_groups, row_conditions

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


def last_id(database: Database) -> int:
    """Return the last id of a flow; 0 where there are none."""
    return int(database.one("SELECT coalesce(max(id), 0) FROM trade_flow"))


def flow_pages(database: Database, query: FlowQuery) -> Iterator[tuple[list[tuple[Any, ...]], int, int]]:
    """Yield pages of flows that count, in the order in which they were written.

    Args:
        database: the open file.
        query: which flows; its sort is not looked at.

    Yields:
        Rows of `FLOW_COLUMNS`, the id up to which the file has been read, and the last id that it has.
    """
    conditions = row_conditions(database, query)
    if query.text.strip():
        # The plus keeps SQLite from leaving the order of ids for the index on codes.
        codes = json.dumps([f"{g.code} {name}" for g in code_groups(database, query) for name in g.classifications])
        conditions.add("+t.code || ' ' || coalesce(t.classification, '') IN (SELECT value FROM json_each(?))", codes)
    last, low = last_id(database), 0
    while low < last:
        rows = database.all(
            f"SELECT t.id, {_NAMES} FROM {_FLOWS} WHERE t.id > ? AND t.id <= ? AND {conditions.joined} "
            "ORDER BY t.id LIMIT ?",
            (low, last, *conditions.parameters, PAGE),
        )
        low = rows[-1][0] if len(rows) == PAGE else last
        if rows:
            yield [row[1:] for row in rows], low, last

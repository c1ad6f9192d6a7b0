"""Flows as they are shown: whole rows with the words behind their code and dataset, in the order that is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.commodity_names import descriptions
from azcn_desktop.store.flows.natural_key import KEY, WHEN_EMPTY, column
from azcn_desktop.store.flows.summaries import ROW_COUNTS

# In the order of the attributes of Flow; the table has its columns in another order.
_SELECT = (
    "SELECT t.id, t.dataset_id, t.period, t.frequency, t.is_cumulative, t.reporter, t.partner, t.flow, "
    "t.classification, t.code, t.value, t.currency, t.net_weight_kg, t.quantity, t.quantity_unit, t.valuation, "
    "t.is_estimated, t.is_reported, t.replaced_by, coalesce(d.title, ''), d.publisher, "
    f"{ROW_COUNTS}"
)
_BY_IDS = (
    f"{_SELECT} FROM json_each(?) w JOIN trade_flow t ON t.id = w.value LEFT JOIN dataset d ON d.id = t.dataset_id"
)
_OF_KEY = (
    f"{_SELECT} FROM trade_flow t INDEXED BY trade_flow_by_code JOIN dataset d ON d.id = t.dataset_id "
    f"AND d.state = 'ready' WHERE {' AND '.join(f'{column(name)} IS ?' for name in KEY)} "
    "ORDER BY t.dataset_id DESC, t.id DESC"
)


class Flow(Struct, frozen=True):
    """One reported flow of one commodity, as stored, with what its numbers refer to.

    Attributes:
        id: the row.
        dataset_id: where it came from.
        period: YYYY, YYYYQn or YYYYMM.
        frequency: A, Q or M.
        is_cumulative: 1 for a sum since January.
        reporter, partner: alpha-2, `WLD`, or the name of an area as the publisher writes it.
        flow: M, X, RM or RX.
        classification: HS edition or other list; None where the publisher names none.
        code: leading zeros count; TOTAL for all goods.
        value: in whole units of the currency, as published.
        currency: ISO 4217.
        net_weight_kg: None where not known.
        quantity, quantity_unit: in its own unit.
        valuation: CIF, FOB, unknown ...
        is_estimated, is_reported: 1, 0, or None where the publisher does not say.
        replaced_by: the dataset that brought another value for the same flow.
        dataset: title of the dataset.
        publisher: whose statistics they are.
        counts: whether it is part of sums: of a ready dataset, and replaced by none.
        description: what the code stands for; None where no list has it.
    """

    id: int
    dataset_id: int
    period: str
    frequency: str
    is_cumulative: int | None
    reporter: str
    partner: str
    flow: str
    classification: str | None
    code: str
    value: float | None
    currency: str | None
    net_weight_kg: float | None
    quantity: float | None
    quantity_unit: str | None
    valuation: str | None
    is_estimated: int | None
    is_reported: int | None
    replaced_by: int | None
    dataset: str
    publisher: str | None
    counts: bool
    description: str | None


def flows(database: Database, ids: Sequence[int]) -> list[Flow]:
    """Return flows in the order of their ids; ids that are not there any more are left out."""
    found = {flow.id: flow for flow in _read(database, _BY_IDS, (json.dumps(list(ids)),))}
    return [found[key] for key in ids if key in found]


def vintages(database: Database, key: int) -> list[Flow]:
    """Return the other values that the publisher gave for the same flow, the newest first.

    They are of the datasets that are ready: rows that a later dataset replaced, and the row that replaced this one.
    """
    own = next(iter(flows(database, [key])), None)
    if own is None:
        return []
    others = (flow for flow in same_flow(database, own) if flow.id != key)
    return [flow for flow in others if flow.counts != own.counts or not flow.counts]


def same_flow(database: Database, flow: Flow) -> list[Flow]:
    """Return the rows, of ready datasets, of whatever has the natural key of a flow; the newest dataset first."""
    values: list[tuple[str, Value]] = [(name, getattr(flow, name)) for name in KEY]
    key = [WHEN_EMPTY.get(name) if value is None else value for name, value in values]
    return _read(database, _OF_KEY, key)


def _read(database: Database, sql: str, parameters: Iterable[Value]) -> list[Flow]:
    rows = database.all(sql, tuple(parameters))
    named = descriptions(database, {(row[8] or "", row[9] or "") for row in rows})
    words = [named.get((row[8] or "", row[9] or "")) for row in rows]
    # A row ends with title, publisher, and whether it counts.
    values: list[list[Any]] = [[*row[:-1], bool(row[-1]), word] for row, word in zip(rows, words, strict=True)]
    return [Flow(*of_row) for of_row in values]

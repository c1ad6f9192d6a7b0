"""What a person can do to flows: type into a cell, remove rows; as change sets ready to be applied.

Reads the typing by the kinds of the catalogue, and refuses what one field alone can't tell: a period that its
frequency does not have, a negative value, a second flow of the same natural key.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

from msgspec import structs

from azcn_desktop.errors import Conflict, Refused, UserError
from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.countries import COUNTRIES, WORLD
from azcn_desktop.records.kinds import Row, Value
from azcn_desktop.records.text import fold
from azcn_desktop.store.edits import inside
from azcn_desktop.store.flows.natural_key import OF_ROW
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.flows.rows import Flow, flows, same_flow
from azcn_desktop.store.store import Store

MOST_REMOVED = 1_000  # at once: each row keeps its image in the journal, and its sums are put right one by one
_GROUND = ("value", "net_weight_kg", "quantity")
_PERIODS = {
    "A": (re.compile(r"\d{4}", re.ASCII), "annual, so its period is a year, such as 2024"),
    "Q": (re.compile(r"\d{4}Q[1-4]", re.ASCII), "quarterly, so its period is a quarter, such as 2024Q1"),
    "M": (re.compile(r"\d{4}(0[1-9]|1[0-2])", re.ASCII), "monthly, so its period is a month, such as 202401"),
}


def edit_flow(store: Store, key: int, column: str, text: str) -> ChangeSet:
    """Set one column of a flow to what was typed.

    Args:
        store: where the flow is.
        key: the flow.
        column: of trade_flow.
        text: as typed; empty clears what may be empty.

    Returns:
        The step, without changes where the typing says what is there.

    Raises:
        Refused: it can't be read, or such a flow is impossible; the sentence says why.
        Conflict: the flow is not there any more, or there is already one like it.
        KeyError: there is no such column.
    """
    flow = _existing(store, key)
    field = TRADE_FLOW.field(column)
    if not field.is_editable:
        raise Refused([(column, f"{field.label}: This is kept by the program and can't be edited.")])
    row = values_of(flow)
    try:
        given = field.kind.read(column, _spoken(column, text), row)
    except ValueError as error:
        raise Refused([(column, f"{field.label}: {error}")]) from error
    new = row | given
    TRADE_FLOW.refuse_bad(new)
    _refuse_misfit(new, column)
    if any(new[name] != row[name] for name in OF_ROW):
        _refuse_double(store, flow, new)
    changed = {name: value for name, value in given.items() if row[name] != value}
    change = Change("trade_flow", key, {name: row[name] for name in changed}, changed)
    return ChangeSet(f"Edit {inside(field.label)} of {title(flow)}", (change,) if changed else ())


def remove_flows(store: Store, keys: Sequence[int]) -> ChangeSet:
    """Remove flows for good, in one step that can be undone.

    Raises:
        UserError: they are more than `MOST_REMOVED`.
        Conflict: one is not there any more.
    """
    if len(keys) > MOST_REMOVED:
        raise UserError(
            f"{len(keys):,} rows are too many to remove at once; at most {MOST_REMOVED:,}. "
            "To let a whole file count no longer, remove its dataset."
        )
    found = flows(store.database, keys)
    if len(found) < len(set(keys)):
        raise Conflict("Some of these flows no longer exist. Nothing was removed.")
    label = f"Remove {title(found[0])}" if len(found) == 1 else f"Remove {len(found):,} trade flows"
    return ChangeSet(label, tuple(Change("trade_flow", flow.id, values_of(flow), None) for flow in found))


def title(flow: Flow) -> str:
    """Return what a flow is called in the label of a step: its code, period, reporter and direction."""
    return f"{flow.code}, {flow.period}, {flow.reporter} {inside(TRADE_FLOW.field('flow').kind.format(flow.flow))}"


def values_of(flow: Flow) -> dict[str, Value]:
    """Return the stored columns of a flow."""
    values = structs.asdict(flow)
    return {column: values[column] for column in TRADE_FLOW.value_columns()}


def _existing(store: Store, key: int) -> Flow:
    found = flows(store.database, [key])
    if not found:
        raise Conflict("This trade flow no longer exists. Nothing was changed.")
    return found[0]


def _spoken(column: str, text: str) -> str:
    """Return codes for what people say: Azerbaijan is AZ, World is WLD, total is TOTAL."""
    wanted = text.strip()
    if column in ("reporter", "partner"):
        folded = fold(wanted)
        if folded in ("world", "wld"):
            return WORLD
        return next((c for c, name in COUNTRIES.items() if folded in (fold(name), c.lower())), text)
    if column == "code" and wanted.upper() == TOTAL:
        return TOTAL
    return wanted.upper() if column in ("currency", "period") else text


def _refuse_misfit(row: Row, column: str) -> None:
    """Refuse what no single field can tell."""
    pattern, words = _PERIODS[str(row["frequency"])]
    if column in ("period", "frequency") and not pattern.fullmatch(str(row["period"])):
        raise Refused([(column, f"{TRADE_FLOW.field(column).label}: This flow is {words}.")])
    value = row[column]
    if column in _GROUND and isinstance(value, int | float) and not (math.isfinite(value) and value >= 0):
        raise Refused([(column, f"{TRADE_FLOW.field(column).label}: This can't be negative.")])


def _refuse_double(store: Store, flow: Flow, row: Row) -> None:
    """Refuse a second flow that counts under the same natural key: sums would count it twice."""
    key: dict[str, Any] = {name: row[name] for name in OF_ROW}
    moved = structs.replace(flow, **key)
    other = next((f for f in same_flow(store.database, moved) if f.id != flow.id and f.counts), None)
    if flow.counts and other is not None:
        raise Conflict(f"There is such a flow already: {title(other)}, in “{other.dataset}”. Nothing was changed.")

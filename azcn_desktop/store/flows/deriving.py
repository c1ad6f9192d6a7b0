"""What follows from flows: growth, share, unit value, sum of twelve months, balance, each with its calculation.

Only like is set against like: publisher, frequency, cumulation, reporter, partner, classification, valuation and
currency must be the same, and both must count. Where two rows could be meant, or a month is missing, nothing is said.
The one customary exception is the balance of exports FOB and imports CIF, which carries a remark.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field

from azcn_desktop.records.percentages import calculated_percent
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.calculation_words import amount
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.flows.rows import Flow
from azcn_desktop.store.flows.summaries import ROW_COUNTS

FOB_AND_CIF = "Exports FOB, imports CIF: the imports contain freight and insurance, so the balance is understated."
NOT_STATED = "It is not stated whether these values are CIF or FOB."
_OPPOSITE = {"M": "X", "X": "M"}
_YEAR = 12
_NEAR = f"""WITH w AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS code, json_extract(value, '$[1]') AS period,
json_extract(value, '$[2]') AS reporter, json_extract(value, '$[3]') AS partner FROM json_each(?))
SELECT t.value, t.code, t.period, t.flow, coalesce(t.valuation, ''), coalesce(d.publisher, ''), t.frequency,
coalesce(t.is_cumulative, 0), t.reporter, t.partner, coalesce(t.classification, ''), coalesce(t.currency, '')
FROM w CROSS JOIN trade_flow t INDEXED BY trade_flow_by_code ON t.code = w.code AND t.period = w.period
JOIN dataset d ON d.id = t.dataset_id WHERE t.reporter = w.reporter AND t.partner = w.partner AND {ROW_COUNTS}"""

# code, period, flow, valuation, and what else must be alike: publisher, frequency, cumulation, areas, list, currency
_Alike = tuple[str, str, int, str, str, str, str]
_Key = tuple[str, str, str, str, _Alike]
_Near = Mapping[_Key, Sequence[float | None]]


class Derived(Struct, frozen=True):
    """What follows from one flow; None where it can't be told.

    Attributes:
        id: the flow.
        growth_pct: against the same flow one year before, in per cent.
        share_pct: of all goods of the same flow, in per cent.
        unit_value: currency per kilogram.
        sum_12m: of this month and the eleven before, in the currency.
        balance: exports less imports of the reporter, in the currency.
        balance_remark: what has to be said with the balance; may be empty.
        formulas: name of each value that could be told to its calculation with numbers, as plain text.
    """

    id: int
    growth_pct: float | None = None
    share_pct: float | None = None
    unit_value: float | None = None
    sum_12m: float | None = None
    balance: float | None = None
    balance_remark: str = ""
    formulas: Mapping[str, str] = field(default_factory=dict)


def derive(database: Database, flows: Sequence[Flow]) -> list[Derived]:
    """Return what follows from flows, in their order.

    Of a flow that does not count only its unit value is told.
    """
    wanted = sorted({key for flow in flows if flow.counts for key in _neighbours(flow)})
    near: dict[_Key, list[float | None]] = defaultdict(list)
    for row in database.all(_NEAR, (json.dumps(wanted),)) if wanted else ():
        near[*row[1:5], row[5:]].append(row[0])
    return [_derived(flow, near) for flow in flows]


def _derived(flow: Flow, near: _Near) -> Derived:
    found: dict[str, tuple[float, str]] = {}
    remark = ""
    if flow.value is not None:
        if flow.net_weight_kg:
            found["unit_value"] = _unit_value(flow.value, flow.net_weight_kg, flow.currency or "")
        if flow.counts:
            found |= dict(_compared(flow, flow.value, near))
            if balance := _balance(flow, flow.value, near):
                found["balance"], remark = balance[:2], balance[2]
    values = {name: value for name, (value, _) in found.items()}
    return Derived(
        flow.id, **values, balance_remark=remark, formulas={name: words for name, (_, words) in found.items()}
    )


def _compared(flow: Flow, value: float, near: _Near) -> Iterator[tuple[str, tuple[float, str]]]:
    alike, valuation = _alike(flow), flow.valuation or ""
    before = _only(near, (flow.code, _earlier(flow.period, _YEAR), flow.flow, valuation, alike))
    if before:
        growth = (value / before - 1) * 100
        yield "growth_pct", (growth, f"{amount(value)} ÷ {amount(before)} − 1 = {calculated_percent(growth)}")
    total = _only(near, (TOTAL, flow.period, flow.flow, valuation, alike)) if flow.code != TOTAL else None
    if total:
        share = value / total * 100
        yield "share_pct", (share, f"{amount(value)} ÷ {amount(total)} = {calculated_percent(share)}")
    months = [_only(near, (flow.code, month, flow.flow, valuation, alike)) for month in _twelve_months(flow)]
    known = [month for month in months if month is not None]
    if known and len(known) == _YEAR:
        yield "sum_12m", (sum(known), f"{' + '.join(map(amount, known))} = {amount(sum(known))}")


def _unit_value(value: float, weight: float, currency: str) -> tuple[float, str]:
    unit = value / weight
    words = f"{amount(value)} {currency} ÷ {amount(weight)} kg = {amount(unit)} {currency}/kg"
    return unit, " ".join(words.split())


def _balance(flow: Flow, value: float, near: _Near) -> tuple[float, str, str] | None:
    """Return exports less imports, its calculation and what has to be said with it."""
    if flow.flow not in _OPPOSITE:
        return None
    alike, valuation, opposite = _alike(flow), flow.valuation or "", _OPPOSITE[flow.flow]
    other = _only(near, (flow.code, flow.period, opposite, valuation, alike))
    words, remark = "", NOT_STATED if valuation in ("", "unknown") else ""
    if other is None:
        customary = {("X", "FOB"): "CIF", ("M", "CIF"): "FOB"}.get((flow.flow, valuation))
        other = _only(near, (flow.code, flow.period, opposite, customary, alike)) if customary else None
        words, remark = " FOB", FOB_AND_CIF
    if other is None:
        return None
    exports, imports = (value, other) if flow.flow == "X" else (other, value)
    in_imports = " CIF" if words else ""
    balance = exports - imports
    formula = f"exports{words} {amount(exports)} − imports{in_imports} {amount(imports)} = {amount(balance)}"
    return balance, formula, remark


def _only(near: _Near, key: _Key) -> float | None:
    """Return the value of the one row that has a key; None where there is none, or more."""
    values = near.get(key, ())
    return values[0] if len(values) == 1 else None


def _alike(flow: Flow) -> _Alike:
    """Return what must be alike in all that a flow is set against."""
    return (
        flow.publisher or "", flow.frequency, flow.is_cumulative or 0, flow.reporter, flow.partner,
        flow.classification or "", flow.currency or "",
    )  # fmt: skip


def _neighbours(flow: Flow) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, period, reporter and partner of all rows that a flow is set against."""
    for period in {flow.period, _earlier(flow.period, _YEAR), *_twelve_months(flow)}:
        yield flow.code, period, flow.reporter, flow.partner
    if flow.code != TOTAL:
        yield TOTAL, flow.period, flow.reporter, flow.partner


def _twelve_months(flow: Flow) -> tuple[str, ...]:
    """Return the periods of this month and the eleven before; nothing for what is no plain month."""
    is_month = flow.frequency == "M" and not flow.is_cumulative and len(flow.period) == 6 and flow.period.isdigit()
    return _twelve_until(flow.period) if is_month else ()


@lru_cache(1_000)
def _twelve_until(month: str) -> tuple[str, ...]:
    return tuple(_earlier(month, back) for back in range(_YEAR - 1, -1, -1))


def _earlier(period: str, months: int) -> str:
    """Return a period some months before: any for a month, whole years for the others; empty for what is none."""
    year, rest = period[:4], period[4:]
    if not year.isdigit():
        return ""
    if months == _YEAR:
        return f"{int(year) - 1:04}{rest}"
    number = int(year) * 12 + int(rest) - 1 - months
    return f"{number // 12:04}{number % 12 + 1:02}"

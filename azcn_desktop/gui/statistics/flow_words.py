"""Flows in words: periods, flags, numbers, and one flow as a sentence.

Knows neither widgets nor the store.
"""

from __future__ import annotations

import math

from azcn_desktop.charts.statistics.naming import period_words
from azcn_desktop.records import words
from azcn_desktop.records.countries import area_name
from azcn_desktop.records.dates import MONTHS
from azcn_desktop.store.edits import inside
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.flows.rows import Flow

_SHORT = 3
_VERBS = {"M": "imports of {} from {}", "X": "exports of {} to {}", "RM": "re-imports of {} from {}",
          "RX": "re-exports of {} to {}"}  # fmt: skip
_MOST_DIGITS = 2


def short_period(flow: Flow) -> str:
    """Return the period of a flow for a narrow column: "2024", "Q2 2024", "May 2024", "Jan–May 2024"."""
    period = flow.period
    if not is_month(period):
        return period_words(period) if len(period) != 4 else period
    short = MONTHS[int(period[4:]) - 1][:_SHORT]
    return f"Jan–{short} {period[:4]}" if flow.is_cumulative else f"{short} {period[:4]}"


def is_month(period: str) -> bool:
    """Tell whether a period is a month, YYYYMM."""
    return len(period) == 6 and period.isdigit() and 1 <= int(period[4:]) <= 12


def direction(flow: Flow) -> str:
    """Return Import, Export, Re-import or Re-export."""
    return words.TRADE_FLOW.format(flow.flow)


def description(flow: Flow) -> str:
    """Return what is traded, in words; empty where no list has the code."""
    return flow.description or ("All goods" if flow.code == TOTAL else "")


def is_unknown_code(flow: Flow) -> bool:
    """Tell whether a code is in none of the lists; names of products are no codes."""
    return flow.description is None and flow.code[:1].isdigit()


def grouped(value: float | None, digits: int = _MOST_DIGITS) -> str:
    """Return a number with its thousands grouped and no more decimals than it has."""
    if value is None:
        return ""
    if not math.isfinite(value):
        return str(value)
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−")


def unit_value(value: float | None) -> str:
    """Return a value per kilogram with four significant digits."""
    if value is None:
        return ""
    digits = 2 if abs(value) >= 100 else max(0, 3 - math.floor(math.log10(abs(value)))) if value else 0
    return grouped(value, min(digits, 6))


def sentence(flow: Flow) -> str:
    """Return a flow as a sentence: who reports what, with whom, when, and how much."""
    what = description(flow)
    if flow.code != TOTAL:
        what = f"“{what}” ({flow.code})" if what else flow.code
    else:
        what = "all goods"
    verb = _VERBS.get(flow.flow, "{} with {}").format(what, area_name(flow.partner))
    valuation = inside(words.TRADE_VALUATION.format(flow.valuation)) if flow.valuation not in (None, "unknown") else ""
    value = f"{grouped(flow.value)} {flow.currency or ''}".strip() if flow.value is not None else "no value stated"
    money = f"{value}, {valuation}" if valuation else value
    return f"{area_name(flow.reporter)} reports {verb}, {long_period(flow)}: {money}."


def long_period(flow: Flow) -> str:
    """Return the period of a flow in full: "2024", "May 2024", "January to May 2024"."""
    if flow.is_cumulative and is_month(flow.period):  # also of January, which stands beside the month itself
        return f"January to {period_words(flow.period)}"
    return period_words(flow.period)


def amounts(flow: Flow) -> str:
    """Return weight and quantity in words; empty where neither is known."""
    parts = []
    if flow.net_weight_kg is not None:
        parts.append(f"{grouped(flow.net_weight_kg)} kg net")
    is_weight = flow.quantity_unit == "kg" and flow.quantity == flow.net_weight_kg
    if flow.quantity is not None and not is_weight:
        parts.append(f"{grouped(flow.quantity)} {flow.quantity_unit or 'units'}")
    return ", ".join(parts)


def flags(flow: Flow) -> list[str]:
    """Return what the publisher says of the numbers, and what is doubtful about them, in short sentences."""
    found = []
    if flow.valuation in (None, "unknown"):
        found.append("Whether the value includes freight and insurance is not stated.")
    if flow.is_estimated:
        found.append("Weight or quantity is estimated by the publisher.")
    if flow.is_reported == 0:
        found.append("Computed by the publisher, not reported by the country.")
    elif flow.is_reported:
        found.append("Reported by the country itself.")
    if is_unknown_code(flow):
        found.append(f"No list of {flow.classification or 'codes'} at hand has this code.")
    if not flow.counts:
        found.append("It does not count: a later dataset brought another value.")
    return found

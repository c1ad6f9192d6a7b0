"""Words of the audit: how a figure is named, and how numbers of a calculation are written.

Stated numbers are written as stored, computed ones with four digits, so that a reader can redo the sum.
"""

from __future__ import annotations

import math

from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import Interval
from azcn_desktop.records import words
from azcn_desktop.records.amounts import Amount, format_amount

_DIGITS = 4


def name_of(figure: Figure) -> str:
    """Name a figure: "Turnover 2024 (Azerbaijani statistics)" or "Chinese tourists to AZ 2024"."""
    period = figure.period if figure.end or figure.period != "not stated" else "(period not stated)"
    subject = words.FLOW.label(figure.flow) if figure.flow and figure.topic == "trade" else figure.measure
    if figure.topic == "investment" and figure.flow:
        subject += f" {words.FLOW.label(figure.flow)}"
    product = f" ({figure.product})" if figure.product else ""
    side = "" if figure.side == "unspecified" else f" ({words.STATISTICS_SIDE.label(figure.side)} statistics)"
    return f"{subject}{product} {period}{side}".strip()


def stated(figure: Figure) -> str:
    """Write what a figure states: "approximately $3.7 bn, +21 %"."""
    value = f"rank {figure.value:g}" if figure.unit == "rank" and figure.value is not None else figure.words
    return ", ".join(part for part in (value, figure.growth_words) if part)


def claim(figure: Figure) -> str:
    """Write a figure as a statement: "Turnover 2024 (Azerbaijani statistics): about $3.7 bn, +21 %"."""
    return f"{name_of(figure)}: {stated(figure)}" if stated(figure) else name_of(figure)


def plain(value: float | None, unit: str, digits: int = 15) -> str:
    """Write a number with its unit, rounded to some digits."""
    if value is None or not math.isfinite(value):
        return "any number"
    return format_amount(Amount(float(f"{value:.{digits}g}"), None, unit or None)).replace("-", "−")


def computed(value: float, unit: str) -> str:
    """Write a computed number with its unit."""
    return plain(value, unit, _DIGITS)


def between(meant: Interval, unit: str) -> str:
    """Write what a number may mean: "$3.05 bn to $3.15 bn", "at least $1 bn"."""
    low, high = plain(meant.low, unit, 7), plain(meant.high, unit, 7)
    if math.isinf(meant.low) or (meant.low == 0 and not meant.has_low):
        return f"at most {high}" if math.isfinite(meant.high) else high
    return f"{low} to {high}" if math.isfinite(meant.high) else f"at least {low}"


def factor_words(factor: float) -> str:
    """Write a factor as growth: "+20.8 %"."""
    return f"{100 * (factor - 1):+.4g} %".replace("-", "−")


def factor_number(figure: Figure) -> float:
    """Return the stated growth as a factor: 1.21 for 21 %."""
    return 1 + figure.growth / 100 if figure.growth is not None else figure.multiple or 1.0

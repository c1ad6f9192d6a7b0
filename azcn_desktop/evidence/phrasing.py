"""Words of the audit: how a figure is named, and how numbers of a calculation are written.

Stated numbers are written as stored, computed ones with four digits, so that a reader can redo the sum.
"""

from __future__ import annotations

import math

from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import Interval
from azcn_desktop.records import words
from azcn_desktop.records.amounts import Amount, format_amount, unit_words

GOODS_TRADE = "Goods trade"
"""The measure that goes without saying where a flow of trade is named."""
_PLAIN_FLOWS = tuple(words.FLOW.label(flow) for flow in ("turnover", "balance", "mutual"))
_DIGITS = 4


def name_of(figure: Figure) -> str:
    """Name a figure: "Turnover 2024 (Azerbaijani statistics)" or "Chinese tourists to AZ (sea) 2024"."""
    period = figure.period if figure.end or figure.period != "not stated" else "(period not stated)"
    subject = subject_of(figure.topic, figure.measure, figure.flow, figure.product)
    side = "" if figure.side == "unspecified" else f" ({words.STATISTICS_SIDE.label(figure.side)} statistics)"
    return f"{subject} {period}{side}".strip()


def subject_of(topic: str, measure: str, flow: str, product: str) -> str:
    """Name what is counted: "Turnover (cars)" of plain goods trade, else with its measure, "Investment, mutual"."""
    if not flow:
        subject = measure
    elif topic == "trade" and measure in ("", GOODS_TRADE):
        subject = words.FLOW.label(flow)
    else:
        subject = f"{measure}, {in_sentence(words.FLOW.label(flow))}"
    return f"{subject} ({product})" if product else subject


def in_sentence(subject: str) -> str:
    """Write a subject as it stands within a sentence: "turnover", but "Azerbaijani exports", "Middle Corridor cargo".

    Which measures begin with a name is not known, so only flows that are none lose their capital.
    """
    return subject[:1].lower() + subject[1:] if subject.startswith(_PLAIN_FLOWS) else subject


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
    number = float(f"{value:.{digits}g}")
    return format_amount(Amount(number, None, unit or None), unit_words(unit, number)).replace("-", "−")


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

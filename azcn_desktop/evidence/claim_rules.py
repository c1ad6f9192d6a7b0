"""What no arithmetic can settle, said as such: ranks, claims without a number, figures without a period, unlike things.

`compare` looks at any two figures and says whether they can be compared at all; a screen that draws or subtracts two
figures asks it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial
from textwrap import shorten

from azcn_desktop.evidence.checks import REASON, Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.growth_rules import ratio_of, stated_value
from azcn_desktop.evidence.judging import judged, unchecked
from azcn_desktop.evidence.lookup import Lookup, best
from azcn_desktop.evidence.phrasing import claim, computed, factor_words, name_of
from azcn_desktop.evidence.readings import Reading

_LONGEST_NOTE = 400
_MONEY = ("trade", "investment")
_OPPOSITE = {"cn_to_az", "az_to_cn"}


def claim_checks(lookup: Lookup) -> Iterator[Check]:
    """Name what can't be checked among the figures of a shelf."""
    for figure in lookup.own:
        if figure.bound == "no_number" or figure.topic == "superlative":
            yield unchecked("measure", [figure], [], "no_number", partial(_with_note, figure, "no_number"))
        elif figure.unit == "rank":
            yield unchecked("measure", [figure], [], "rank", partial(_with_note, figure, "rank"))
        elif figure.topic in _MONEY and figure.value is not None and not figure.start:
            yield unchecked("period", [figure], [], "no_period", partial(_with_note, figure, "no_period"))
        elif figure.topic == "trade" and not figure.is_stock and figure.published and figure.published < figure.end:
            yield unchecked("publication", [figure], [], "not_over_yet", partial(_days, figure))


def compare(first: Figure, second: Figure) -> Check:
    """Compare two figures: whether they can be at all, and what follows where they can.

    Figures for one thing are checked; the same thing in two periods of one length gives a ratio that nobody stated.
    """
    both, reason = [first, second], _unlike(first, second)
    if reason:
        return unchecked("comparison", both, [], reason)
    ratio = ratio_of(second.value, first.value)
    if first.worth is None or second.worth is None or ratio is None:
        return unchecked("comparison", both, [], "no_value")
    calculation = f"{stated_value(second)} / {stated_value(first)} = {ratio:.3g}"
    if (first.start, first.end) != (second.start, second.end):
        a_year = f"{calculation}{_a_year(first, second, ratio)}"
        return unchecked("comparison", both, [], "nothing_stated", None, a_year.strip)

    fits = partial(_may_be_one, first, second)
    write = partial(_write_comparison, first, second, f"{calculation}, {factor_words(ratio)}.")
    return judged("comparison", both, [], fits, first.value == second.value, write)


def _may_be_one(first: Figure, second: Figure, read: Reading) -> bool:
    one, other = read(first).worth, read(second).worth
    return one is not None and other is not None and one.overlaps(other)


def _write_comparison(first: Figure, second: Figure, calculation: str, fits: bool) -> tuple[str, str, str]:
    words = "They may be one number." if fits else "They can't be one number."
    return f"{claim(first)} and {claim(second)}", calculation, words


def _with_note(figure: Figure, reason: str) -> str:
    """Say why there is nothing to calculate, and what a person noted: where only reading decides, that is the check."""
    return f"{REASON.label(reason)}. {shorten(figure.note, _LONGEST_NOTE, placeholder=' …')}".strip()


def _days(figure: Figure) -> str:
    return f"Its source is of {figure.published} at the latest, the period ends on {figure.end}."


def _unlike(first: Figure, second: Figure) -> str:
    """Return the reason why two figures can't be compared, empty where they can."""
    opposite = {first.flow, second.flow} == _OPPOSITE and first.measure == second.measure
    tests = (
        (_is_claim(first) or _is_claim(second), "rank"),
        ((first.value is None or second.value is None) and not _same_periods(first, second), "unlike_periods"),
        (bool(first.unit and second.unit) and first.unit != second.unit, "unlike_units"),
        (first.is_stock != second.is_stock or first.is_cumulative != second.is_cumulative, "stock_and_flow"),
        (not first.start and not second.start and opposite, "stock_and_flow"),
        (not first.start or not second.start, "no_period"),
        (first.series != second.series, "unlike_measures"),
        (not _same_periods(first, second), "unlike_periods"),
        (first.side != second.side and first.start != second.start, "unlike_sides"),
    )
    return next((reason for is_so, reason in tests if is_so), "")


def _is_claim(figure: Figure) -> bool:
    return figure.unit == "rank" or figure.topic in ("ranking", "superlative")


def _same_periods(first: Figure, second: Figure) -> bool:
    """Tell whether two periods are the same part of a year; days of stocks always may be compared."""
    if first.is_stock and second.is_stock:
        return True
    return (first.start[5:], first.end[5:7], _years(first)) == (second.start[5:], second.end[5:7], _years(second))


def _years(figure: Figure) -> int:
    return int(figure.end[:4]) - int(figure.start[:4]) if figure.start else 0


def _a_year(first: Figure, second: Figure, ratio: float) -> str:
    years = (date.fromisoformat(second.end) - date.fromisoformat(first.end)).days / 365.25
    if years < 0:
        ratio, years = 1 / ratio, -years
    if years < 1.5 or ratio <= 0:
        return "."
    return f", over {round(years)} years {factor_words(ratio ** (1 / round(years)))} a year."


def investment_checks(lookup: Lookup) -> Iterator[Check]:
    """Name the investment figures that invite a comparison which is none."""
    flows: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in lookup.own:
        if figure.topic == "investment" and figure.value is not None and figure.flow in _OPPOSITE:
            flows[figure.flow, figure.unit].append(figure)
    for (flow, unit), figures in flows.items():
        stock = best(f for f in figures if f.is_cumulative and f.measure.startswith("Cumulative"))
        for figure in figures:
            if stock is not None and "irect investment" in figure.measure and not figure.is_cumulative:
                yield _stock_and_flow(figure, stock)
            elif flow == "cn_to_az" and not figure.start and not figure.is_cumulative:
                for other in flows.get(("az_to_cn", unit), ()):
                    if not other.start and other.measure == figure.measure:
                        yield _opposite(figure, other)


def _stock_and_flow(flow: Figure, stock: Figure) -> Check:
    def words() -> str:
        return f"{name_of(stock)} counts since some start, the other what passed in {flow.period}; they don't meet."

    def calculation() -> str:
        return f"{stated_value(flow)} of {stated_value(stock)}"

    return unchecked("comparison", [flow], [(stock, "other")], "stock_and_flow", words, calculation)


def _opposite(first: Figure, second: Figure) -> Check:
    def words() -> str:
        return "Whether these are stocks or flows, and of what day, is not stated; their difference says nothing."

    def calculation() -> str:
        ratio = computed((second.value or 0.0) / (first.value or 1.0), "")
        return f"{stated_value(second)} is {ratio} times {stated_value(first)}"

    return unchecked("comparison", [first, second], [], "stock_and_flow", words, calculation)

"""Why two figures for one thing are likely to differ: a suggestion from a closed list, with its reason in a sentence.

The rules are tried in the order in which they would embarrass a reader who missed them: another currency, a misprint,
mere rounding, then what is counted, when and by whom. What none explains is unknown. A person's judgement stands above
all of them and is not made here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence

from azcn_desktop.evidence.figures import Figure, Series
from azcn_desktop.evidence.intervals import Interval, growth_factor, meaning, unit_of
from azcn_desktop.evidence.lookup import years_later
from azcn_desktop.evidence.phrasing import name_of
from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import CURRENCIES
from azcn_desktop.records.words import UNITS

Cause = tuple[str, str]
Meant = Callable[[Figure], Interval | None]
Neighbours = Mapping[tuple[Series, str, str], Sequence[Figure]]
"""The preferred figures of all periods, for finding a value that belongs to another year."""
_SIDES = ("AZ", "CN", "international", "mirror")
_VALUATIONS = {"CIF", "FOB"}
_FAR = 0.25
"""Counts of investment that differ by more than a quarter count different things, not different days."""
_THREE_DIGITS = re.compile(r"[0-9][.,][0-9]{3}(?![0-9])")


def suggest_for_value(figure: Figure, against: Figure, neighbours: Neighbours) -> Cause:
    """Say why the value of a figure differs from another for the same thing."""
    if figure.unit != against.unit:
        both_money = figure.unit in CURRENCIES and against.unit in CURRENCIES
        words = f"{figure.unit} and {against.unit} meet only at the exchange rate of the day."
        return ("exchange_rate", words) if both_money else ("unknown", "The units differ.")
    return (
        misprint(figure)
        or _thousandfold(figure, against)
        or _within_rounding(figure, against, _worth)
        or _loosely_hedged(figure, against, _worth)
        or _cut_off(figure.value, against.value, figure.printed, against.words)
        or _valued(figure, against)
        or _linked_part(figure, against)
        or _of_another_year(figure, neighbours, _worth)
        or _counted_by(figure, against)
        or _of_investment(figure, against)
        or _published_before(figure, against)
        or _UNKNOWN
    )


def suggest_for_growth(figure: Figure, against: Figure, neighbours: Neighbours) -> Cause:
    """Say why the growth that a figure states differs from another for the same thing."""
    return (
        _per_cent_for_times(figure, against)
        or _within_rounding(figure, against, _factor)
        or _loosely_hedged(figure, against, _factor)
        or _cut_off(figure.growth, against.growth, figure.growth_text, against.growth_words)
        or _of_another_year(figure, neighbours, _factor)
        or _counted_by(figure, against)
        or _published_before(figure, against)
        or _UNKNOWN
    )


def misprint(figure: Figure) -> Cause | None:
    """Return the cause where the printed words, taken literally, say a thousand times the value or a thousandth."""
    if figure.value is None or not _THREE_DIGITS.search(figure.printed):
        return None
    try:
        read = parse_amount(figure.printed, UNITS).value
    except ValueError:
        return None
    if read is None or not _is_thousandfold(read, figure.value):
        return None
    return "misprint", f"“{figure.printed}” at its word is a thousand times too much or too little; the mark is wrong."


_UNKNOWN: Cause = ("unknown", "Nothing that the records say explains it.")


def _thousandfold(figure: Figure, against: Figure) -> Cause | None:
    if figure.value is None or against.value is None or not _is_thousandfold(figure.value, against.value):
        return None
    return "misprint", f"It is {against.words} with the thousands misplaced."


def _within_rounding(figure: Figure, against: Figure, meant: Meant) -> Cause | None:
    own, other = meant(figure), meant(against)
    if own is None or other is None or not own.overlaps(other):
        return None
    if not (own.is_bounded and other.is_bounded):
        early = _published_before(figure, against)
        if early and figure.rank == "deprecated":
            return early
        return "rounding", f"A limit only; {_said(against, meant)} lies within it."
    return "rounding", f"Both may be one number: it fits {_said(against, meant)} after rounding."


def _loosely_hedged(figure: Figure, against: Figure, meant: Meant) -> Cause | None:
    """Recognise "more than 21 %" for 20.7 %: rounded up first, then hedged as if it were exact."""
    own: Interval | None
    if meant is _worth:
        own = None if figure.value is None else meaning(figure.value, None, figure.printed)
    else:
        own = growth_factor(figure.growth, figure.multiple, None, figure.growth_text)
    other = meant(against)
    if own is None or other is None or not own.overlaps(other):
        return None
    return "rounding", f"It is {_said(against, meant)} rounded; the hedge is loose."


def _cut_off(number: float | None, other: float | None, printed: str, words: str) -> Cause | None:
    """Recognise 1.78 that was cut to 1.7 instead of rounded to 1.8."""
    if number is None or other is None or number <= 0:
        return None
    unit = unit_of(number, printed)
    is_cut = math.isclose(math.floor(other / unit * (1 + 1e-12)) * unit, number, rel_tol=1e-9)
    return ("rounding", f"It is {words} cut off, not rounded.") if is_cut else None


def _valued(figure: Figure, against: Figure) -> Cause | None:
    if {figure.valuation, against.valuation} != _VALUATIONS:
        return None
    return "valuation", "One is valued CIF, with freight and insurance, the other FOB."


def _linked_part(figure: Figure, against: Figure) -> Cause | None:
    if against.key in figure.wholes or figure.key in against.wholes:
        return "coverage", "One is a part of the other."
    return None


def _of_another_year(figure: Figure, neighbours: Neighbours, meant: Meant) -> Cause | None:
    """Recognise a number that is the preferred one of the year before or after, on the same side if it names one."""
    own = meant(figure)
    if own is None or not own.is_bounded or figure.is_stock or figure.rank == "preferred":
        return None
    found = [
        other
        for years in (-1, 1)
        for other in neighbours.get(_place(figure, years), ())
        if figure.side in (other.side, "unspecified") and _overlap(own, meant(other))
    ]
    if not found:
        return None
    # Where the growth fits both years, the value tells which, and the other way round.
    other = max(found, key=lambda f: _overlap(figure.worth, f.worth) + _overlap(figure.factor, f.factor))
    return "wrong_year", f"It is that of {name_of(other)}, {_said(other, meant)}."


def _place(figure: Figure, years: int) -> tuple[Series, str, str]:
    return figure.series, years_later(figure.start, years), years_later(figure.end, years)


def _overlap(one: Interval | None, other: Interval | None) -> bool:
    return one is not None and other is not None and one.overlaps(other)


def _counted_by(figure: Figure, against: Figure) -> Cause | None:
    if figure.side == against.side or figure.side not in _SIDES or against.side not in _SIDES:
        return None
    words = "Each side counts by its own rules: origin or consignment, goods through third countries, freight."
    return "origin", words


def _of_investment(figure: Figure, against: Figure) -> Cause | None:
    if not figure.is_stock or figure.value is None or not against.value:
        return None
    if figure.topic == "investment" and abs(figure.value / against.value - 1) > _FAR:
        return "coverage", "So far apart they count different things: direct investment, securities, contracts."
    if (figure.start, figure.end) != (against.start, against.end):
        return "period", "They are of different days."
    return None


def _published_before(figure: Figure, against: Figure) -> Cause | None:
    if not figure.published or not against.published or figure.published >= against.published:
        return None
    return "publication", f"It is the earlier one, of {figure.published} at the latest; a revision may have followed."


def _per_cent_for_times(figure: Figure, against: Figure) -> Cause | None:
    for one, other in ((figure, against), (against, figure)):
        if one.growth is not None and other.growth is None and other.multiple == one.growth:
            return "misprint", f"{one.growth_words} and {other.growth_words}: per cent are printed for times."
    return None


def _is_thousandfold(read: float, value: float) -> bool:
    return value != 0 and any(math.isclose(read / value, factor, rel_tol=1e-9) for factor in (1e3, 1e-3))


def _worth(figure: Figure) -> Interval | None:
    return figure.worth


def _factor(figure: Figure) -> Interval | None:
    return figure.factor


def _said(figure: Figure, meant: Meant) -> str:
    return figure.words if meant is _worth else figure.growth_words

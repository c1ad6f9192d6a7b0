"""Checks of a stated growth: against the value of the period before, and against a stated increase.

Where the value of the period before is not known, the one that the growth implies must still leave room: no part of a
year exceeds a longer part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import Interval, meaning
from azcn_desktop.evidence.judging import judged, unchecked
from azcn_desktop.evidence.lookup import Lookup, is_summed, years_later
from azcn_desktop.evidence.phrasing import between, claim, computed, factor_number, factor_words, name_of, plain
from azcn_desktop.records.amounts import parse_amount

SIDES = ("AZ", "CN", "international", "mirror", "unspecified")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_LONG_AGO = re.compile(r"\b(?:decades?|(?:two|three|four|five|six|seven|eight|nine|ten|[0-9]+) years)\b", re.IGNORECASE)
_MONEY = r"[$€]?[0-9][0-9.,]* ?(?:thousand|million|mln|mn|m|billion|bn)\b"
_INCREASE = re.compile(rf"(?:increase of|rise of|growth of) ({_MONEY})|({_MONEY}) more than in\b", re.IGNORECASE)
PARTS = {"turnover": ("az_exports", "az_imports"), "mutual": ("cn_to_az", "az_to_cn")}


def growth_checks(lookup: Lookup) -> Iterator[Check]:
    """Check every stated growth of a shelf by itself."""
    for figure in lookup.own:
        if figure.factor is not None:
            yield _growth(lookup, figure)
            if found := _increase(figure):
                yield found


def is_percent_for_times(lookup: Lookup, figure: Figure) -> Figure | None:
    """Return the figure for the same thing that states as times what this one states as per cent, or None."""
    if figure.growth is None or figure.multiple is not None:
        return None
    return next((f for f in lookup.slots[figure.slot] if f.growth is None and f.multiple == figure.growth), None)


def names_another_base(figure: Figure) -> bool:
    """Tell whether the printed words compare with something else than the year before: "in a decade", "to 2009"."""
    named = {int(year) for year in _YEAR.findall(figure.growth_text)}
    is_far = bool(figure.start) and bool(named - {int(figure.end[:4]), int(figure.end[:4]) - 1})
    return is_far or _LONG_AGO.search(figure.growth_text) is not None


def implied_base(value: Figure, growth: Figure) -> Interval:
    """Return what the value of the period before may have been, by a value and the growth to it."""
    assert value.worth is not None
    assert growth.factor is not None
    return value.worth / growth.factor


def _growth(lookup: Lookup, figure: Figure) -> Check:
    texts = (claim(figure), "")
    times = is_percent_for_times(lookup, figure)
    if times is not None:
        words = f"Another text gives {times.growth_words}; {figure.growth_words} is a misprint for it."
        return unchecked("growth", [figure], [(times, "same")], texts, "percent_for_times", words)
    if names_another_base(figure):
        words = f"Printed as “{figure.growth_text}”: the base is not the period a year before."
        return unchecked("growth", [figure], [], texts, "unlike_periods", words)
    value = lookup.value_for(figure)
    if value is None:
        return unchecked("growth", [figure], [], texts, "no_base")
    base = lookup.base_of(value, figure.side) if figure.start else None
    if base is not None:
        return _against_base(figure, value, base)
    return _without_base(lookup, figure, value)


def _against_base(figure: Figure, value: Figure, base: Figure) -> Check:
    assert value.worth is not None
    assert figure.factor is not None
    assert base.worth is not None
    implied = implied_base(value, figure)
    ratio = ratio_of(value.value, base.value)
    if ratio is None:
        return unchecked("growth", [figure], [(base, "base")], (claim(figure), ""), "no_base", "The base is nought.")
    calculation = (
        f"{implied_words(value, figure)} ({between(implied, base.unit)}); stated for the period before: "
        f"{stated_value(base)} ({between(base.worth, base.unit)}). "
        f"From the two values: {factor_words(ratio)}; stated: {figure.growth_words}."
    )
    as_printed = ratio in figure.factor and {value.bound, base.bound} <= {"", "exact", "initial"}
    others = [(base, "base")] if value is figure else [(value, "value"), (base, "base")]
    words = (
        f"The growth fits {name_of(base)}.",
        f"The growth asks for {between(implied, base.unit)}, but {name_of(base)} is given as {stated_value(base)}.",
    )
    fits = implied.overlaps(base.worth)
    return judged("growth", [figure], others, (claim(figure), calculation), fits, as_printed, words)


def _without_base(lookup: Lookup, figure: Figure, value: Figure) -> Check:
    """Check a growth whose base is not known by what surrounds the base."""
    implied = implied_base(value, figure)
    calculation = f"{implied_words(value, figure)} ({between(implied, value.unit)})."
    texts = (claim(figure), calculation)
    others = [] if value is figure else [(value, "value")]
    start, end = years_later(figure.start, -1), years_later(figure.end, -1)
    is_placed = bool(figure.start) and is_summed(value)
    longer = lookup.longer(value, start, end, figure.side) if is_placed else None
    shorter = lookup.shorter(value, start, end, figure.side) if is_placed else None
    if longer is not None and _fits_exactly(figure, ratio_of(value.value, longer.value)):
        words = (
            f"The growth fits only {name_of(longer)}, {longer.words}: {figure.period} is compared with a longer period."
        )
        return unchecked("growth", [figure], [*others, (longer, "longer")], texts, "unlike_periods", words)
    if longer is not None or shorter is not None:
        return _in_between(figure, implied, shorter, longer, others, texts)
    for side in SIDES:
        base = lookup.base_of(value, side) if figure.start and side != figure.side else None
        if base is not None:
            words = f"Of the period before only {name_of(base)} is known, {base.words}."
            return unchecked("growth", [figure], [*others, (base, "base")], texts, "unlike_sides", words)
    return unchecked("growth", [figure], others, texts, "no_base")


def _in_between(
    figure: Figure,
    implied: Interval,
    shorter: Figure | None,
    longer: Figure | None,
    others: list[tuple[Figure, str]],
    texts: tuple[str, str],
) -> Check:
    """Check that an implied base is at least a shorter and at most a longer period, as far as these are known."""
    fits, limits, middle = True, [], min(max(implied.low, -1e300), 1e300)
    linked = list(others)
    as_printed = figure.bound in ("", "exact")
    if shorter is not None and shorter.worth is not None:
        fits &= shorter.worth.may_reach(implied)
        as_printed &= (shorter.value or 0.0) <= middle
        limits.append(f"at least {shorter.words} of {shorter.period}")
        linked.append((shorter, "shorter"))
    if longer is not None and longer.worth is not None:
        fits &= implied.may_reach(longer.worth)
        as_printed &= implied.high <= (longer.value or 0.0)
        limits.append(f"at most {longer.words} of {longer.period}")
        linked.append((longer, "longer"))
    room = " and ".join(limits)
    words = (
        f"No base is known; the implied one is possible: {room}.",
        f"No base is known, and the implied one is impossible: it must be {room}.",
    )
    return judged("growth", [figure], linked, (texts[0], f"{texts[1]} Must be {room}."), fits, as_printed, words)


def _increase(figure: Figure) -> Check | None:
    """Check a stated increase in units against the growth: 417.8 less 38.3 is the base."""
    match = _INCREASE.search(figure.growth_text) or _INCREASE.search(figure.note)
    if match is None or figure.worth is None or figure.factor is None or figure.value is None:
        return None
    printed = match[1] or match[2]
    try:
        increase = parse_amount(printed).value
    except ValueError:
        return None
    ratio = ratio_of(figure.value, figure.value - increase) if increase is not None else None
    if increase is None or ratio is None:
        return None
    base = figure.worth - meaning(increase, printed=printed)
    number = plain(increase, figure.unit)
    calculation = (
        f"{stated_value(figure)} − {number} = {computed(figure.value - increase, figure.unit)}; that is "
        f"{factor_words(ratio)}, or {ratio:.4g} times; stated: {figure.growth_words}."
    )
    statement = f"{claim(figure)}, {number} more than in the period before"
    words = ("Increase and growth fit together.", "Increase and growth don't fit together.")
    fits = base.overlaps(figure.worth / figure.factor)
    return judged("increase", [figure], [], (statement, calculation), fits, ratio in figure.factor, words)


def stated_value(figure: Figure) -> str:
    """Write the value that a figure states."""
    return figure.words or plain(figure.value, figure.unit)


def implied_words(value: Figure, growth: Figure) -> str:
    """Write the base that a growth implies: "$3.744 bn / 1.207 = $3.102 bn"."""
    factor = factor_number(growth)
    base = ratio_of(value.value, factor)
    return f"{stated_value(value)} / {factor:.6g} = {'?' if base is None else computed(base, value.unit)}"


def ratio_of(above: float | None, below: float | None) -> float | None:
    """Divide; None where a number is missing or the divisor is nought."""
    return above / below if above is not None and below else None


def _fits_exactly(figure: Figure, ratio: float | None) -> bool:
    """Tell whether the stated growth is what two values give, to the last printed digit."""
    return ratio is not None and figure.factor is not None and figure.factor.is_bounded and ratio in figure.factor

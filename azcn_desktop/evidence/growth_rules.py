"""Checks of a stated growth: against the value of the period before, and against a stated increase.

Where the value of the period before is not known, the one that the growth implies must still leave room: no part of a
year exceeds a longer part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import EVERYTHING, Interval, meaning
from azcn_desktop.evidence.judging import judged, unchecked
from azcn_desktop.evidence.lookup import Lookup, is_summed, years_later
from azcn_desktop.evidence.phrasing import between, claim, computed, factor_number, factor_words, name_of, plain
from azcn_desktop.evidence.readings import Meant, Reading
from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import CURRENCIES

SIDES = ("AZ", "CN", "international", "mirror", "unspecified")
_UNHEDGED = ("", "exact", "initial")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_LONG_AGO = re.compile(r"\b(?:decades?|(?:two|three|four|five|six|seven|eight|nine|ten|[0-9]+) years)\b", re.IGNORECASE)
_MONEY = r"[$€]?[0-9][0-9.,]* ?(?:thousand|million|mln|mn|m|billion|bn)\b"
_INCREASE = re.compile(rf"(?:increase of|rise of|growth of) ({_MONEY})|({_MONEY}) more than in\b", re.IGNORECASE)


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
    if not figure.growth_text:
        return False
    named = {int(year) for year in _YEAR.findall(figure.growth_text)}
    is_far = bool(figure.start) and bool(named - {int(figure.end[:4]), int(figure.end[:4]) - 1})
    return is_far or _LONG_AGO.search(figure.growth_text) is not None


def implied_base(value: Figure | Meant, growth: Figure | Meant) -> Interval:
    """Return what the value of the period before may have been, by a value and the growth to it."""
    assert value.worth is not None
    assert growth.factor is not None
    return value.worth / growth.factor


def _growth(lookup: Lookup, figure: Figure) -> Check:
    times = is_percent_for_times(lookup, figure)
    if times is not None:
        words = partial(_write_misprint, figure, times)
        return unchecked("growth", [figure], [(times, "same")], "percent_for_times", words)
    if names_another_base(figure):
        return unchecked("growth", [figure], [], "unlike_periods", partial(_write_other_base, figure))
    value = lookup.value_for(figure)
    if value is None:
        return unchecked("growth", [figure], [], "no_base")
    base = lookup.base_of(value, figure.side) if figure.start else None
    if base is not None:
        return _against_base(figure, value, base)
    return _without_base(lookup, figure, value)


def _against_base(figure: Figure, value: Figure, base: Figure) -> Check:
    ratio = ratio_of(value.value, base.value)
    if ratio is None or figure.factor is None:
        return unchecked("growth", [figure], [(base, "base")], "zero_base", partial(_write_nought, base))
    fits = partial(_reaches_base, figure, value, base)
    as_printed = ratio in figure.factor and value.bound in _UNHEDGED and base.bound in _UNHEDGED
    others = [(base, "base")] if value is figure else [(value, "value"), (base, "base")]
    return judged("growth", [figure], others, fits, as_printed, partial(_write_against_base, figure, value, base))


def _reaches_base(figure: Figure, value: Figure, base: Figure, read: Reading) -> bool:
    stated = read(base).worth
    return stated is not None and implied_base(read(value), read(figure)).overlaps(stated)


def _without_base(lookup: Lookup, figure: Figure, value: Figure) -> Check:
    """Check a growth whose base is not known by what surrounds the base."""
    calculation = partial(_write_implied, figure, value)
    others = [] if value is figure else [(value, "value")]
    start, end = years_later(figure.start, -1), years_later(figure.end, -1)
    is_placed = bool(figure.start) and is_summed(value)
    longer = lookup.longer(value, start, end, figure.side) if is_placed else None
    shorter = lookup.shorter(value, start, end, figure.side) if is_placed else None
    if longer is not None and _fits_exactly(figure, ratio_of(value.value, longer.value)):
        words = partial(_write_longer, longer)
        return unchecked("growth", [figure], [*others, (longer, "longer")], "unlike_periods", words, calculation)
    if longer is not None or shorter is not None:
        return _in_between(figure, value, shorter, longer)
    for side in SIDES:
        base = lookup.base_of(value, side) if figure.start and side != figure.side else None
        if base is not None:
            words = partial(_write_other_side, base)
            return unchecked("growth", [figure], [*others, (base, "base")], "unlike_sides", words, calculation)
    if base := lookup.base_in_other_unit(value, figure.side) if figure.start else None:
        words = partial(_write_other_unit, base, value)
        return unchecked("growth", [figure], [*others, (base, "base")], "unlike_units", words, calculation)
    return unchecked("growth", [figure], others, "no_base", None, calculation)


def _in_between(figure: Figure, value: Figure, shorter: Figure | None, longer: Figure | None) -> Check:
    """Check that an implied base is at least a shorter and at most a longer period, as far as these are known."""
    implied, as_printed = implied_base(value, figure), figure.bound in _UNHEDGED
    linked = [] if value is figure else [(value, "value")]
    if shorter is not None and shorter.worth is not None:
        as_printed &= (shorter.value or 0.0) <= implied.low
        linked.append((shorter, "shorter"))
    if longer is not None and longer.worth is not None:
        as_printed &= implied.high <= (longer.value or 0.0)
        linked.append((longer, "longer"))
    fits = partial(_leaves_room, figure, value, shorter, longer)
    write = partial(_write_in_between, figure, value, shorter, longer)
    return judged("growth", [figure], linked, fits, as_printed, write)


def _leaves_room(figure: Figure, value: Figure, shorter: Figure | None, longer: Figure | None, read: Reading) -> bool:
    implied = implied_base(read(value), read(figure))
    least, most = read(shorter).worth if shorter else None, read(longer).worth if longer else None
    return (least is None or least.may_reach(implied)) and (most is None or implied.may_reach(most))


def _increase(figure: Figure) -> Check | None:
    """Check a stated increase in units against the growth: 417.8 less 38.3 is the base."""
    match = _INCREASE.search(figure.growth_text) or _INCREASE.search(figure.note)
    if match is None or figure.worth is None or figure.factor is None or figure.value is None:
        return None
    printed = match[1] or match[2]
    try:
        increase = parse_amount(printed).value or 0.0
    except ValueError:
        return None
    ratio = ratio_of(figure.value, figure.value - increase)
    if ratio is None:
        return None
    fits = partial(_leaves_base, figure, meaning(increase, printed=printed))
    write = partial(_write_increase, figure, increase, ratio)
    return judged("increase", [figure], [], fits, ratio in figure.factor, write)


def _leaves_base(figure: Figure, increase: Interval, read: Reading) -> bool:
    grown = read(figure)
    return grown.worth is not None and (grown.worth - increase).overlaps(implied_base(grown, grown))


def _write_misprint(figure: Figure, times: Figure) -> str:
    return f"Another text gives {times.growth_words}; {figure.growth_words} is a misprint for it."


def _write_other_base(figure: Figure) -> str:
    return f"Printed as “{figure.growth_text}”: the base is not the period a year before."


def _write_longer(longer: Figure) -> str:
    return f"The growth fits only {name_of(longer)}, {longer.words}, which is a longer period."


def _write_other_side(base: Figure) -> str:
    return f"Of the period before only {name_of(base)} is known, {base.words}."


def _write_other_unit(base: Figure, value: Figure) -> str:
    if base.unit in CURRENCIES and value.unit in CURRENCIES:
        return f"The period before is known in another currency only: {claim(base)}. Rates are not assumed here."
    return f"The period before is known in another unit only: {claim(base)}."


def _write_nought(base: Figure) -> str:
    return f"The value of the period before is known and is nought ({claim(base)}); growth from nought is no number."


def _write_implied(figure: Figure, value: Figure) -> str:
    return f"{implied_words(value, figure)} ({between(implied_base(value, figure), value.unit)})."


def _write_against_base(figure: Figure, value: Figure, base: Figure, fits: bool) -> tuple[str, str, str]:
    implied = between(implied_base(value, figure), base.unit)
    ratio = ratio_of(value.value, base.value) or 1.0
    calculation = (
        f"{implied_words(value, figure)} ({implied}); stated for the period before: "
        f"{stated_value(base)} ({between(base.worth or EVERYTHING, base.unit)}). "
        f"From the two values: {factor_words(ratio)}; stated: {figure.growth_words}."
    )
    if fits:
        return claim(figure), calculation, f"The growth fits {name_of(base)}."
    misfit = f"The growth asks for {implied}, but {name_of(base)} is given as {stated_value(base)}."
    return claim(figure), calculation, misfit


def _write_in_between(
    figure: Figure, value: Figure, shorter: Figure | None, longer: Figure | None, fits: bool
) -> tuple[str, str, str]:
    least = f"at least {shorter.words} of {shorter.period}" if shorter else ""
    most = f"at most {longer.words} of {longer.period}" if longer else ""
    room = " and ".join(filter(None, (least, most)))
    calculation = f"{_write_implied(figure, value)} Must be {room}."
    if fits:
        return claim(figure), calculation, f"No base is known; the implied one is possible: {room}."
    return claim(figure), calculation, f"No base is known, and the implied one is impossible: it must be {room}."


def _write_increase(figure: Figure, increase: float, ratio: float, fits: bool) -> tuple[str, str, str]:
    number, base = plain(increase, figure.unit), computed((figure.value or 0.0) - increase, figure.unit)
    calculation = (
        f"{stated_value(figure)} − {number} = {base}; that is {factor_words(ratio)}, or {ratio:.4g} times; "
        f"stated: {figure.growth_words}."
    )
    words = "Increase and growth fit together." if fits else "Increase and growth don't fit together."
    return f"{claim(figure)}, {number} more than in the period before", calculation, words


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

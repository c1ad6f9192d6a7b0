"""Checks of several growths together: whether they start from one base, and whether parts and total grew alike.

Needs no value of the period before: two texts that give one turnover, but +20 % and +33 %, can't both be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.growth_rules import (
    implied_base,
    implied_words,
    is_percent_for_times,
    names_another_base,
    ratio_of,
    stated_value,
)
from azcn_desktop.evidence.intervals import Interval
from azcn_desktop.evidence.judging import judged
from azcn_desktop.evidence.lookup import PARTS, Lookup
from azcn_desktop.evidence.phrasing import between, claim, factor_number, factor_words, name_of, stated
from azcn_desktop.evidence.readings import Reading, as_stated


def base_checks(lookup: Lookup) -> Iterator[Check]:
    """Check that the growths to one period start from one base."""
    for figures in _own_slots(lookup):
        if check := _implied_bases(lookup, figures):
            yield check


def part_growth_checks(lookup: Lookup) -> Iterator[Check]:
    """Check the growths of totals against those of their parts."""
    for figures in _own_slots(lookup):
        if check := _growth_of_parts(lookup, figures[0]):
            yield check


def _implied_bases(lookup: Lookup, figures: list[Figure]) -> Check | None:
    """Check that several growths to one period start from one base."""
    able = [f for f in figures if f.worth is not None and f.factor is not None]
    able = [f for f in able if not is_percent_for_times(lookup, f) and not names_another_base(f)]
    standing = [f for f in able if f.rank != "deprecated"]
    if len({(f.value, f.bound, f.growth, f.multiple) for f in standing}) < 2:
        return None
    common = _common_base(standing, as_stated)
    dropped = [f for f in able if f.rank == "deprecated"]
    points = [ratio_of(f.value, factor_number(f)) for f in standing]
    as_printed = common is not None and all(p is not None and p in common for p in points)
    others = [(f, "other") for f in dropped]
    write = partial(_write_bases, standing, dropped)
    return judged("implied_bases", standing, others, partial(_share_base, standing), as_printed, write)


def _share_base(standing: Sequence[Figure], read: Reading) -> bool:
    return _common_base(standing, read) is not None


def _common_base(standing: Sequence[Figure], read: Reading) -> Interval | None:
    """Return the values of the period before that all growths allow, or None."""
    bases = [implied_base(figure, figure) for figure in map(read, standing)]
    common: Interval | None = bases[0]
    for base in bases[1:]:
        common = common.met(base) if common else None
    return common


def _write_bases(standing: Sequence[Figure], dropped: Sequence[Figure], fits: bool) -> tuple[str, str, str]:
    shown = _distinct(standing)
    lines = [f"{implied_words(f, f)} ({between(implied_base(f, f), f.unit)})" for f in shown]
    lines += [f"deprecated: {implied_words(f, f)}" for f in _distinct(dropped)]
    words = "one value of the period before" if fits else "values of the period before that can't be one"
    statement = f"{name_of(shown[0])}: {'; '.join(map(stated, shown))}"
    return statement, "; ".join(lines) + ".", f"The growths start from {words}."


def _growth_of_parts(lookup: Lookup, figure: Figure) -> Check | None:
    """Check that the growth of a total lies between those of its two parts."""
    if figure.flow not in PARTS or figure.is_stock:
        return None
    parts = [part for part in (_growing_part(lookup, figure, flow) for flow in PARTS[figure.flow]) if part]
    grown = _grown(lookup, figure)
    if len(parts) < 2 or grown is None:
        return None
    number, others, how = grown
    numbers = sorted(map(factor_number, parts))
    as_printed = numbers[0] <= number <= numbers[-1]
    write = partial(_write_parts, figure, parts, how)
    fits = partial(_lies_between, parts, [total for total, _ in others])
    return judged("growth_of_parts", parts, others, fits, as_printed, write)


def _lies_between(parts: Sequence[Figure], behind: Sequence[Figure], read: Reading) -> bool:
    """Tell whether a total, given by its growth or by two values, may have grown as much as something of its parts."""
    factors = [part.factor for part in map(read, parts) if part.factor is not None]
    hull = Interval(min(f.low for f in factors), max(f.high for f in factors))
    total = read(behind[0])
    base = read(behind[1]).worth if len(behind) > 1 else None
    grown = total.factor if base is None or total.worth is None else total.worth / base
    return grown is not None and grown.overlaps(hull)


def _write_parts(figure: Figure, parts: Sequence[Figure], how: str, fits: bool) -> tuple[str, str, str]:
    limits = " and ".join(part.growth_words for part in parts)
    calculation = f"{name_of(figure)}: {how}; must lie between {limits}."
    agreement = "The total grew by no more and no less than its parts."
    words = agreement if fits else "A total can't grow faster or slower than both parts."
    return "; ".join(map(claim, parts)), calculation, words


def _grown(lookup: Lookup, figure: Figure) -> tuple[float, list[tuple[Figure, str]], str] | None:
    """Return by what a total grew: the number, the figures (two values, or one with a growth), and the words."""
    total, base = lookup.value_of(figure.slot), lookup.base_of(figure, figure.side)
    if total is not None and base is not None and total.worth is not None and base.worth is not None:
        number = ratio_of(total.value, base.value)
        if number is not None:
            how = f"{stated_value(total)} / {stated_value(base)} = {factor_words(number)}"
            return number, [(total, "total"), (base, "base")], how
    growing = _growing(lookup.slots[figure.slot])
    if growing is None or growing.factor is None:
        return None
    return factor_number(growing), [(growing, "total")], f"stated {growing.growth_words}"


def _growing_part(lookup: Lookup, total: Figure, flow: str) -> Figure | None:
    """Return the figure that states the growth of a part; one without a value has no unit."""
    (measure, _, product, unit), start, end, is_stock, side = total.slot
    for name in (unit, ""):
        found = _growing(lookup.slots.get(((measure, flow, product, name), start, end, is_stock, side), []))
        if found is not None:
            return found
    return None


def _growing(figures: Sequence[Figure]) -> Figure | None:
    able = [f for f in figures if f.factor is not None and not names_another_base(f)]
    return min(able, key=_by_rank, default=None)


def _by_rank(figure: Figure) -> tuple[int, int]:
    return ("preferred", "normal", "deprecated").index(figure.rank), figure.key


def _own_slots(lookup: Lookup) -> Iterator[list[Figure]]:
    slots = dict.fromkeys(figure.slot for figure in lookup.own if figure.start)
    return (lookup.slots[slot] for slot in slots)


def _distinct(figures: Sequence[Figure]) -> list[Figure]:
    return list({(f.value, f.bound, f.growth, f.multiple): f for f in reversed(figures)}.values())[::-1][:5]

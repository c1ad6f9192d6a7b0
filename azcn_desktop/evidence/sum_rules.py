"""Checks of sums: parts against the total, a part of a year against a longer part, a share against its parts.

Parts are known by their flow (exports and imports make the turnover), by a link "part of", or by a product. Statistics
of one side are never added to those of the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.growth_rules import PARTS, SIDES, stated_value
from azcn_desktop.evidence.intervals import Interval, point
from azcn_desktop.evidence.judging import judged, unchecked
from azcn_desktop.evidence.lookup import Lookup, best, is_summed
from azcn_desktop.evidence.phrasing import between, claim, computed, name_of
from azcn_desktop.records.amounts import CURRENCIES

_WHOLES = {part: whole for whole, parts in PARTS.items() for part in parts}


def sum_checks(lookup: Lookup) -> Iterator[Check]:
    """Check every total, part of a year, product and share of a shelf."""
    for slot in dict.fromkeys(figure.slot for figure in lookup.own if figure.flow in PARTS and figure.start):
        total = lookup.value_of(slot)
        if total is not None:
            yield from _flows(lookup, total)
    for figure in lookup.own:
        if parts := [f for f in lookup.parts.get(figure.key, ()) if f.unit == figure.unit and f.worth is not None]:
            yield from _linked_parts(figure, parts)
        if figure.topic == "share" or figure.unit == "percent":
            yield _share(lookup, figure)
        elif figure.worth is not None and figure.start and is_summed(figure):
            yield from _part_of_year(lookup, figure)
            if figure.product:
                yield from _product(lookup, figure)


def _flows(lookup: Lookup, total: Figure) -> Iterator[Check]:
    """Check a turnover against exports and imports, or mutual investment against both directions."""
    assert total.worth is not None
    parts = _parts(lookup, total, total.side)
    if len(parts) == 2:
        yield _sum(total, parts)
    elif parts:
        yield _at_most(parts, total, "total")
    elif total.flow == "turnover":
        for side in SIDES:
            others = _parts(lookup, total, side)
            if side != total.side and len(others) == 2:
                yield _mirrored(total, others)


def _parts(lookup: Lookup, total: Figure, side: str) -> list[Figure]:
    (measure, flow, product, unit), start, end, is_stock, _ = total.slot
    slots = [((measure, part, product, unit), start, end, is_stock, side) for part in PARTS[flow]]
    return [part for part in map(lookup.value_of, slots) if part is not None]


def _sum(total: Figure, parts: Sequence[Figure]) -> Check:
    assert total.worth is not None
    whole = _added(parts)
    printed = sum(part.value or 0.0 for part in parts)
    words = (
        "The parts make up the total.",
        f"The parts make {between(whole, total.unit)}, the total is {between(total.worth, total.unit)}.",
    )
    texts = (claim(total), _sum_words(total, parts))
    as_printed = _is_same_digits(printed, total, parts)
    return judged("parts", [total], [(p, "part") for p in parts], texts, whole.overlaps(total.worth), as_printed, words)


def _is_same_digits(printed: float, total: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether a sum rounds to the total: as far as the total was printed, not merely within all roundings."""
    hedged = any(f.bound not in ("", "exact", "initial") for f in (total, *parts))
    return not hedged and total.worth is not None and printed in total.worth


def _linked_parts(total: Figure, parts: Sequence[Figure]) -> Iterator[Check]:
    """Check the parts that links name; there may be more of them, so together they only must not exceed the total."""
    if total.worth is None:
        return
    whole = _added(parts)
    if len(parts) > 1 and whole.overlaps(total.worth):
        yield _sum(total, parts)
    else:
        yield _at_most(parts, total, "total")


def _at_most(parts: Sequence[Figure], total: Figure, role: str, kind: str = "parts") -> Check:
    """Check that parts do not exceed a total, where others may be missing."""
    assert total.worth is not None
    whole = _added(parts)
    printed = sum(part.value or 0.0 for part in parts)
    rest = (total.value or 0.0) - printed
    texts = (
        "; ".join(map(claim, parts)),
        f"{' + '.join(map(stated_value, parts))} of {stated_value(total)} ({name_of(total)}) leaves "
        f"{computed(rest, total.unit)}.",
    )
    least = computed(whole.low, total.unit)
    words = (
        f"It does not exceed {name_of(total)}.",
        f"It exceeds {name_of(total)}: at least {least} of {between(total.worth, total.unit)}.",
    )
    fits = whole.may_reach(total.worth)
    return judged(kind, parts, [(total, role)], texts, fits, rest >= 0, words)


def _mirrored(total: Figure, parts: Sequence[Figure]) -> Check:
    words = (
        f"Parts and total are statistics of unlike sides ({parts[0].side}, {total.side}); partners count differently."
    )
    others = [(part, "part") for part in parts]
    return unchecked("parts", [total], others, (claim(total), _sum_words(total, parts)), "unlike_sides", words)


def _part_of_year(lookup: Lookup, figure: Figure) -> Iterator[Check]:
    """Check a period against the longer one that leaves least room; the other side's only where it is exceeded."""
    longer = lookup.longer(figure, figure.start, figure.end, figure.side)
    if longer is not None:
        yield _at_most([figure], longer, "longer", "part_of_year")
    for side in SIDES:
        other = lookup.longer(figure, figure.start, figure.end, side) if side != figure.side else None
        if other is not None and other.worth and figure.worth and not figure.worth.may_reach(other.worth):
            texts = (claim(figure), f"{stated_value(figure)} exceeds {stated_value(other)} ({name_of(other)}).")
            words = "The longer period is of the other side's statistics, so neither is shown to be wrong."
            yield unchecked("part_of_year", [figure], [(other, "longer")], texts, "unlike_sides", words)


def _product(lookup: Lookup, figure: Figure) -> Iterator[Check]:
    """Check a product against all goods of its flow, or against the turnover where these are not known."""
    (measure, flow, _, unit), start, end, is_stock, side = figure.slot
    for name in (flow, _WHOLES.get(flow, "")):
        total = lookup.value_of(((measure, name, "", unit), start, end, is_stock, side)) if name else None
        if total is not None:
            yield _at_most([figure], total, "total")
            return


def _share(lookup: Lookup, figure: Figure) -> Check:
    """Check a share in per cent against the value of its part and that of all goods."""
    found = _behind_share(lookup, figure)
    if found is None:
        reason = "no_parts" if figure.start else "no_period"
        return unchecked("share", [figure], [], (claim(figure), ""), reason)
    part, whole = found
    if not part.worth or not whole.worth or not figure.worth or not whole.value or part.value is None:
        return unchecked("share", [figure], [], (claim(figure), ""), "no_parts")
    share = part.value / whole.value
    calculation = f"{stated_value(part)} / {stated_value(whole)} = {100 * share:.4g} %; stated {figure.words}."
    fits = (part.worth / whole.worth).overlaps(figure.worth * point(0.01))
    words = ("The share fits its parts.", "The share does not fit its parts.")
    others = [(part, "part"), (whole, "total")]
    texts = (claim(figure), calculation)
    return judged("share", [figure], others, texts, fits, 100 * share in figure.worth, words)


def _behind_share(lookup: Lookup, figure: Figure) -> tuple[Figure, Figure] | None:
    """Return the figures of a product and of all goods for one flow, period and side, in one currency."""
    if not figure.flow or not figure.product or not figure.start:
        return None
    same = [
        f
        for f in lookup.own
        if (f.flow, f.start, f.end, f.side) == (figure.flow, figure.start, figure.end, figure.side)
        and f.unit in CURRENCIES
    ]
    part, whole = best(f for f in same if f.product == figure.product), best(f for f in same if not f.product)
    return (part, whole) if part and whole and part.unit == whole.unit else None


def _added(parts: Sequence[Figure]) -> Interval:
    return reduce(add, (part.worth for part in parts if part.worth is not None))


def _sum_words(total: Figure, parts: Sequence[Figure]) -> str:
    printed = sum(part.value or 0.0 for part in parts)
    added = " + ".join(map(stated_value, parts))
    return f"{added} = {computed(printed, total.unit)}; stated {stated_value(total)}."

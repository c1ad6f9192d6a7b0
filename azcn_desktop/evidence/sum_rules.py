"""Checks of sums: parts against the total, a part of a year against a longer part, a share against its parts.

Parts are known by their flow (exports and imports make the turnover), by a link "part of", or by a product. Statistics
of one side are never added to those of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial, reduce
from operator import add

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.growth_rules import SIDES, ratio_of, stated_value
from azcn_desktop.evidence.intervals import EVERYTHING, Interval, point
from azcn_desktop.evidence.judging import judged, unchecked
from azcn_desktop.evidence.lookup import PARTS, Lookup, best, is_summed
from azcn_desktop.evidence.phrasing import between, claim, computed, name_of
from azcn_desktop.evidence.readings import Meant, Reading
from azcn_desktop.records.amounts import CURRENCIES

_WHOLES = {part: whole for whole, parts in PARTS.items() for part in parts}


def total_checks(lookup: Lookup) -> Iterator[Check]:
    """Check every total of a shelf against the flows that make it up."""
    for slot in dict.fromkeys(figure.slot for figure in lookup.own if figure.flow in PARTS):
        total = lookup.value_of(slot)
        if total is not None:
            yield from _flows(lookup, total)


def longer_checks(lookup: Lookup) -> Iterator[Check]:
    """Check every figure of a shelf against the parts that links name, and against the longer period that holds it."""
    for figure in lookup.own:
        if parts := [f for f in lookup.parts.get(figure.key, ()) if f.unit == figure.unit and f.worth is not None]:
            yield from _linked_parts(figure, parts)
        if _is_share(figure):
            if not figure.product:
                yield _share(lookup, figure)
        elif figure.worth is not None and figure.start and is_summed(figure):
            yield from _part_of_year(lookup, figure)


def product_checks(lookup: Lookup) -> Iterator[Check]:
    """Check every product and share of a period against the trade in all goods."""
    for figure in lookup.own:
        if not figure.product:
            continue
        if _is_share(figure):
            yield _share(lookup, figure)
        elif figure.worth is not None and figure.start and is_summed(figure):
            yield from _product(lookup, figure)


def _is_share(figure: Figure) -> bool:
    return figure.topic == "share" or figure.unit == "percent"


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
    others, fits = [(part, "part") for part in parts], partial(_make_up, parts, total)
    write = partial(_write_sum, total, parts)
    return judged("parts", [total], others, fits, _is_same_digits(total, parts), write)


def _make_up(parts: Sequence[Figure], total: Figure, read: Reading) -> bool:
    known = read(total).worth
    return known is not None and _added(map(read, parts)).overlaps(known)


def _write_sum(total: Figure, parts: Sequence[Figure], fits: bool) -> tuple[str, str, str]:
    made, known = between(_added(parts), total.unit), between(total.worth or EVERYTHING, total.unit)
    words = "The parts make up the total." if fits else f"The parts make {made}, the total is {known}."
    return claim(total), _sum_words(total, parts), words


def _is_same_digits(total: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether a sum rounds to the total: as far as the total was printed, not merely within all roundings."""
    hedged = any(f.bound not in ("", "exact", "initial") for f in (total, *parts))
    return not hedged and total.worth is not None and _printed(parts) in total.worth


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
    fits, rest = partial(_do_not_exceed, tuple(parts), total), (total.value or 0.0) - _printed(parts)
    return judged(kind, parts, [(total, role)], fits, rest >= 0, partial(_write_at_most, tuple(parts), total))


def _do_not_exceed(parts: Sequence[Figure], total: Figure, read: Reading) -> bool:
    known = read(total).worth
    return known is not None and _added(map(read, parts)).may_reach(known)


def _write_at_most(parts: Sequence[Figure], total: Figure, fits: bool) -> tuple[str, str, str]:
    name, unit, rest = name_of(total), total.unit, (total.value or 0.0) - _printed(parts)
    added = " + ".join(map(stated_value, parts))
    calculation = f"{added} of {stated_value(total)} ({name}) leaves {computed(rest, unit)}."
    statement = "; ".join(map(claim, parts))
    if fits:
        return statement, calculation, f"It does not exceed {name}."
    least, known = computed(_added(parts).low, unit), between(total.worth or EVERYTHING, unit)
    return statement, calculation, f"It exceeds {name}: at least {least} of {known}."


def _mirrored(total: Figure, parts: Sequence[Figure]) -> Check:
    words = partial(_write_mirrored, parts[0].side, total.side)
    others = [(part, "part") for part in parts]
    return unchecked("parts", [total], others, "unlike_sides", words, partial(_sum_words, total, parts))


def _write_mirrored(side: str, other: str) -> str:
    return f"Parts and total are statistics of unlike sides ({side}, {other}); partners count differently."


def _part_of_year(lookup: Lookup, figure: Figure) -> Iterator[Check]:
    """Check a period against the longer one that leaves least room; the other side's only where it is exceeded."""
    for side in SIDES:
        longer = lookup.longer(figure, figure.start, figure.end, side)
        if longer is None:
            continue
        if side == figure.side:
            yield _at_most([figure], longer, "longer", "part_of_year")
        elif longer.worth and figure.worth and not figure.worth.may_reach(longer.worth):
            shown = partial(_exceeding, figure, longer)
            yield unchecked("part_of_year", [figure], [(longer, "longer")], "unlike_sides", _of_other_side, shown)


def _exceeding(figure: Figure, other: Figure) -> str:
    return f"{stated_value(figure)} exceeds {stated_value(other)} ({name_of(other)})."


def _of_other_side() -> str:
    return "The longer period is of the other side's statistics, so neither is shown to be wrong."


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
        return unchecked("share", [figure], [], "no_parts" if figure.start else "no_period")
    part, whole = found
    ratio = ratio_of(part.value, whole.value)
    if not part.worth or not whole.worth or not figure.worth or ratio is None:
        return unchecked("share", [figure], [], "no_parts")

    fits = partial(_is_share_of, figure, part, whole)
    write = partial(_write_share, figure, part, whole, ratio)
    others = [(part, "part"), (whole, "total")]
    return judged("share", [figure], others, fits, 100 * ratio in figure.worth, write)


def _is_share_of(figure: Figure, part: Figure, whole: Figure, read: Reading) -> bool:
    share, above, below = read(figure).worth, read(part).worth, read(whole).worth
    if share is None or above is None or below is None:
        return False
    return (above / below).overlaps(share * point(0.01))


def _write_share(figure: Figure, part: Figure, whole: Figure, ratio: float, fits: bool) -> tuple[str, str, str]:
    calculation = f"{stated_value(part)} / {stated_value(whole)} = {100 * ratio:.4g} %; stated {figure.words}."
    return claim(figure), calculation, "The share fits its parts." if fits else "The share does not fit its parts."


def _behind_share(lookup: Lookup, figure: Figure) -> tuple[Figure, Figure] | None:
    """Return the figures of a product and of all goods for one flow, period and side, in one currency."""
    if not figure.flow or not figure.product or not figure.start:
        return None
    same = [
        f
        for figures in lookup.slots.values()
        for f in figures
        if (f.flow, f.start, f.end, f.side) == (figure.flow, figure.start, figure.end, figure.side)
        and f.unit in CURRENCIES
    ]
    part, whole = best(f for f in same if f.product == figure.product), best(f for f in same if not f.product)
    return (part, whole) if part and whole and part.unit == whole.unit else None


def _added(parts: Iterable[Figure | Meant]) -> Interval:
    return reduce(add, (part.worth for part in parts if part.worth is not None))


def _printed(parts: Sequence[Figure]) -> float:
    return sum(part.value or 0.0 for part in parts)


def _sum_words(total: Figure, parts: Sequence[Figure]) -> str:
    added = " + ".join(map(stated_value, parts))
    return f"{added} = {computed(_printed(parts), total.unit)}; stated {stated_value(total)}."

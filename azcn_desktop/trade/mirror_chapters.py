"""Which chapters of the Harmonized System explain a gap, with the causes that the analyst wrote down.

The chapters of one year and direction are ranked by their part of the gap. What a publisher counts in its total and in
no chapter is a row of its own, so that all rows together are the gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from azcn_desktop.records.percentages import percent
from azcn_desktop.store.flows.commodity_names import descriptions_of
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.store import Store
from azcn_desktop.trade.annual import CHAPTER, Annual, all_goods, by_level, chapters_of
from azcn_desktop.trade.exchange_rates import Rates, accepted_rates
from azcn_desktop.trade.mirror import DIRECTIONS, Choice, Gap, Pair, amount_of, four_series, gap_of
from azcn_desktop.trade.mirror_causes import Cause, read_causes

MOST = 0.8
"""How much of the gap the first chapters are to explain."""
NOT_TOLD = ""
_COMPLETE = 0.01
"""A breakdown is complete when it adds up to the total within this share of it."""
_NOISE = 1e-9


class Part(Struct, frozen=True):
    """One chapter of a gap.

    Attributes:
        gap: both sides and the residual; a side that reports nothing in the chapter counts as 0.
        description: of the chapter; empty where it is not known.
        only: the one reporter that reports it, AZ or CN; empty where both do.
        part: of the residual of all goods, with its sign; the parts of all rows add up to 1. None where that is 0.
        share: of the residuals of all rows, each without its sign; those of all rows add up to 1.
        cumulative: the shares so far.
        is_explaining: it belongs to the first rows that explain most of the gap.
        causes: written down for it.
    """

    gap: Gap
    description: str
    only: str
    part: float | None
    share: float
    cumulative: float
    is_explaining: bool
    causes: tuple[Cause, ...]


class Explanation(Struct, frozen=True):
    """The chapters of one gap.

    Attributes:
        total: the gap of all goods.
        parts: by share, largest first.
        causes: written down for all goods.
        remarks: how complete the chapters are and where they come from, in words.
    """

    total: Gap | None
    parts: tuple[Part, ...]
    causes: tuple[Cause, ...]
    remarks: tuple[str, ...]


def explaining_chapters(
    store: Store, year: int, direction: str, choice: Choice, rates: Rates | None = None, most: float = MOST
) -> Explanation:
    """Return the chapters of a gap.

    Args:
        store: the open file.
        year, direction: of the gap.
        choice: factor and publishers.
        rates: None for those that were accepted.
        most: how much of the gap is to be explained, 0 to 1.
    """
    rates = accepted_rates(store) if rates is None else rates
    taken = four_series(all_goods(store), choice)
    reports = [taken[side].get(year) for side in DIRECTIONS[direction]]
    found = by_level(store, year)
    broken_down = [None if report is None else _breakdown(found, report) for report in reports]
    cif, fob = map(amount_of, reports)
    total = gap_of(Pair(direction, year, TOTAL, cif, fob, choice.factor), rates)
    written = [c for c in read_causes(store) if (c.direction, c.year) == (direction, year)]
    rows = [] if total.obstacle else _rows(store, total, reports, broken_down, rates)
    names = descriptions_of(store.database, "", (row.chapter for row in rows))  # the sides may differ in their editions
    ranked = _ranked(rows, total, names, written, most)
    remarks = [total.obstacle] if total.obstacle else []
    remarks += [_coverage(report, parts) for report, parts in zip(reports, broken_down, strict=True) if report]
    return Explanation(total, ranked, tuple(c for c in written if c.code == TOTAL), tuple(remarks))


def _breakdown(found: Iterable[Annual], report: Annual) -> Annual | None:
    """Return the chapters of a report: of the level that adds up to it, two digits before the finest; else the most."""
    same = [e for e in found if (e.side, e.publisher, e.currency) == (report.side, report.publisher, report.currency)]

    def order(each: Annual) -> tuple[object, ...]:
        is_complete = _is_complete(each, report)
        rest = each.level if is_complete else each.value
        return is_complete, each.level == CHAPTER, rest, each.classification

    return max(same, key=order, default=None)


def _is_complete(chapters: Annual, report: Annual) -> bool:
    return abs(chapters.value - report.value) <= _COMPLETE * abs(report.value)


def _rows(
    store: Store, total: Gap, reports: Sequence[Annual | None], parts: Sequence[Annual | None], rates: Rates
) -> list[Gap]:
    """Return the gap of every chapter; none unless both sides have chapters."""
    (cif, fob), (cif_parts, fob_parts) = reports, parts
    if cif is None or fob is None or cif_parts is None or fob_parts is None:
        return []
    return chapter_gaps(total, (cif, chapters_of(store, cif_parts)), (fob, chapters_of(store, fob_parts)), rates)


def chapter_gaps(
    total: Gap, cif: tuple[Annual, Mapping[str, float]], fob: tuple[Annual, Mapping[str, float]], rates: Rates
) -> list[Gap]:
    """Return the gap of every chapter, and of what is in a total and in no chapter: together they are the total's.

    Args:
        total: of all goods.
        cif, fob: what each side reports in all, and by chapter.
        rates: that may be used.
    """
    told = [(report, dict(chapters)) for report, chapters in (cif, fob)]
    for report, chapters in told:
        rest = report.value - sum(chapters.values())
        if abs(rest) > _NOISE * abs(report.value):
            chapters[NOT_TOLD] = rest
    found = []
    for chapter in sorted(told[0][1].keys() | told[1][1].keys()):
        cif_value, fob_value = ((chapters.get(chapter, 0.0), report.currency) for report, chapters in told)
        pair = Pair(total.direction, total.year, chapter, cif_value, fob_value, total.factor)
        found.append(gap_of(pair, rates))
    return found


def _ranked(
    rows: list[Gap], total: Gap, names: Mapping[str, str], written: list[Cause], most: float
) -> tuple[Part, ...]:
    sizes = [abs(row.residual or 0.0) for row in rows]
    whole, so_far = sum(sizes), 0.0
    found = []
    for size, row in sorted(zip(sizes, rows, strict=True), key=lambda pair: (-pair[0], pair[1].chapter)):
        share = size / whole if whole else 0.0
        is_explaining = so_far < most and size > 0
        so_far += share
        part = (row.residual or 0.0) / total.residual if total.residual else None
        name = names.get(row.chapter, "") if row.chapter else "Not told apart by chapter"
        causes = tuple(c for c in written if c.code == row.chapter)
        found.append(Part(row, name, _only(row), part, share, so_far, is_explaining, causes))
    return tuple(found)


def _only(row: Gap) -> str:
    """Return the one reporter that reports a chapter."""
    if bool(row.cif) == bool(row.fob):
        return ""
    return DIRECTIONS[row.direction][0 if row.cif else 1].reporter


def _coverage(report: Annual, parts: Annual | None) -> str:
    who = f"{report.side.label}, {report.publisher}"
    if parts is None:
        return f"{who}: no chapters for {report.year}."
    level = "chapters" if parts.level == CHAPTER else f"sums of codes of {parts.level} digits"
    share = percent(100 * (parts.value / report.value)) if report.value else "all"
    return f"{who}: {level} ({parts.classification}), {share} of the total."

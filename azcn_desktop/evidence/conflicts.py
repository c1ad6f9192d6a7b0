"""Figures for one thing that differ: side by side, how far apart, and why that is likely.

One thing is one measure, flow, product and period; both sides' statistics stand together, money in several currencies
too. A period and a longer one never meet; counts that sum up since some start do within one year, as their day is
rarely printed. The growth that figures state is compared in the same way, as a matter of its own. A cause is suggested
by `causes`; what a person judged wins. Nothing is ranked here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from azcn_desktop.evidence import causes
from azcn_desktop.evidence.causes import Neighbours
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import Interval
from azcn_desktop.evidence.phrasing import factor_number
from azcn_desktop.progress import Progress
from azcn_desktop.records.amounts import CURRENCIES

Quantity = Literal["value", "growth"]
_SIDES = ("AZ", "CN", "international", "mirror", "unspecified")
_RANKS = ("preferred", "normal", "deprecated")


class Member(Struct, frozen=True):
    """One of several figures for one thing.

    Attributes:
        key, side, rank: of the figure, as stored.
        twins: the keys of further figures that are joined with it as the same value and print the same number.
        words: the value with hedge and unit, or the growth.
        number: the value, or the growth as a factor, 1.21 for 21 %.
        meant: what the number may mean.
        against: the key of the figure it is compared with: the preferred one of its side; for that one, and where the
            side has none, the reference of all; None for the reference itself.
        apart_pct: how far it is from that one, in per cent of it; for a growth in percentage points. None where it is
            the reference or can't be compared, as in another currency.
        agrees: it may mean the same.
        cause: a word of `words.CONFLICT_CAUSE`; empty where nothing is to be explained.
        why: the reason for the cause in a sentence.
        is_judged: the cause is a person's judgement, not a suggestion; of a figure with a value it is about the value.
    """

    key: int
    twins: tuple[int, ...]
    side: str
    rank: str
    words: str
    number: float
    meant: Interval
    against: int | None
    apart_pct: float | None
    agrees: bool
    cause: str
    why: str
    is_judged: bool


class SideStatus(Struct, frozen=True):
    """How things stand on one side.

    Attributes:
        side: as stored.
        keys: its figures.
        preferred: the key of its preferred figure, or None.
        agrees: all its figures that are not deprecated may mean one number.
    """

    side: str
    keys: tuple[int, ...]
    preferred: int | None
    agrees: bool


class Disagreement(Struct, frozen=True):
    """Figures for one thing that differ.

    Attributes:
        quantity: "value" or "growth".
        topic, measure, flow, product, unit, period, period_kind, start, end: what they are figures for; words and days
            are those of the reference.
        members: the reference first, then the others by side, rank and distance; figures joined as the same value
            stand once.
        spread_pct: from the least to the greatest of the numbers that can't be reconciled and those they are compared
            with, in the unit of the reference, in per cent of the least; for a growth in percentage points. Nought
            where all may be one, as "over 4 bn" and 4.87 bn; None where it can't be told.
        preferred: the key of the reference where it is ranked so, else None.
        cause: that of the member that is farthest off among those that don't agree; among all where all agree.
        why: the reason for it in a sentence.
        sides: each side by itself.
        is_settled: all figures that do not agree are deprecated or have a cause that a person judged.
    """

    quantity: Quantity
    topic: str
    measure: str
    flow: str
    product: str
    unit: str
    period: str
    period_kind: str
    start: str
    end: str
    members: tuple[Member, ...]
    spread_pct: float | None
    preferred: int | None
    cause: str
    why: str
    sides: tuple[SideStatus, ...]
    is_settled: bool

    @property
    def is_compatible(self) -> bool:
        """Tell whether each may mean what it is compared with."""
        return len(self.members) > 1 and all(member.agrees for member in self.members)

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of all its figures."""
        return tuple(key for member in self.members for key in (member.key, *member.twins))


def conflicts(figures: Iterable[Figure], progress: Progress | None = None) -> list[Disagreement]:
    """Return all things for which figures differ, the latest period first, values before growths.

    Raises:
        Cancelled: the person, or who asks in their place, stopped it.
    """
    progress = progress or Progress()
    dated = sorted((figure for figure in figures if figure.end), key=lambda figure: figure.key)
    neighbours = _preferred(dated)
    found = []
    for quantity in ("value", "growth"):
        groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
        for figure in dated:
            if (figure.worth if quantity == "value" else figure.factor) is not None:
                groups[_thing(figure, quantity)].append(figure)
        for group in groups.values():
            progress.check()
            if made := _disagreement(group, quantity, neighbours):
                found.append(made)
    return sorted(found, key=_latest_first)


def _latest_first(found: Disagreement) -> tuple[int, str, str, bool]:
    return -int(found.end.replace("-", "")), found.measure, found.flow, found.quantity != "value"


def _thing(figure: Figure, quantity: Quantity) -> tuple[object, ...]:
    """Return what a figure is for, so far as figures are put side by side."""
    is_running = figure.is_stock and figure.is_cumulative and figure.start[:4] == figure.end[:4]
    period = (figure.end[:4], "") if is_running else (figure.start, figure.end)
    unit = "" if quantity == "growth" or figure.unit in CURRENCIES else figure.unit
    return figure.measure, figure.flow, figure.product, unit, figure.is_stock, *period


def _preferred(figures: Sequence[Figure]) -> Neighbours:
    found: dict[tuple[tuple[str, str, str, str], str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.rank == "preferred":
            found[figure.series, figure.start, figure.end].append(figure)
    return found


def _disagreement(group: list[Figure], quantity: Quantity, neighbours: Neighbours) -> Disagreement | None:
    if len({(_number(f, quantity), f.unit if quantity == "value" else "") for f in group}) < 2 and not (
        quantity == "value" and any(map(causes.misprint, group))
    ):
        return None
    twins = _joined(group, quantity)
    figures = [group_member for group_member in group if group_member.key in twins]
    reference = min(figures, key=_first)
    by_side = {side: min((f for f in figures if f.side == side), key=_first) for side in {f.side for f in figures}}
    members = [
        _member(figure, twins[figure.key], _opponent(figure, by_side, reference), quantity, neighbours)
        for figure in figures
    ]
    members.sort(key=lambda m: (m.against is not None, _SIDES.index(m.side), _RANKS.index(m.rank), _apart(m), m.key))
    loudest = max(members, key=lambda m: (not m.agrees, bool(m.cause), _apart(m)))
    return Disagreement(
        quantity, reference.topic, reference.measure, reference.flow, reference.product, reference.unit,
        reference.period, reference.period_kind, reference.start, reference.end, tuple(members),
        _spread([f for f in figures if f.unit == reference.unit or quantity == "growth"], members, quantity),
        reference.key if reference.rank == "preferred" else None, loudest.cause, loudest.why,
        tuple(_status(side, figures, quantity) for side in _SIDES if side in by_side),
        all(m.agrees or m.is_judged or m.rank == "deprecated" for m in members),
    )  # fmt: skip


def _joined(group: list[Figure], quantity: Quantity) -> dict[int, tuple[int, ...]]:
    """Return for each figure that stands for a cluster of equal numbers the others of it."""
    clusters: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in sorted(group, key=_first):
        clusters[figure.head, figure.side, figure.unit, _number(figure, quantity), _meant(figure, quantity)].append(
            figure
        )
    return {same[0].key: tuple(f.key for f in same[1:]) for same in clusters.values()}


def _opponent(figure: Figure, by_side: dict[str, Figure], reference: Figure) -> Figure | None:
    """Return the figure that another is compared with, or None for the reference."""
    own = by_side[figure.side] if figure.side != "unspecified" else reference
    if own is figure:
        own = reference
    return None if own is figure else own


def _member(
    figure: Figure, twins: tuple[int, ...], against: Figure | None, quantity: Quantity, neighbours: Neighbours
) -> Member:
    meant, number = _meant(figure, quantity), _number(figure, quantity)
    agrees, apart, (cause, why) = True, None, ("", "")
    if against is None:
        cause, why = (causes.misprint(figure) if quantity == "value" else None) or ("", "")
        agrees = not cause
    else:
        other = _meant(against, quantity)
        is_comparable = quantity == "growth" or figure.unit == against.unit
        agrees = is_comparable and meant.overlaps(other)
        apart = _difference(_number(against, quantity), number, quantity) if is_comparable else None
        suggest = causes.suggest_for_value if quantity == "value" else causes.suggest_for_growth
        if apart != 0 or not agrees:
            cause, why = suggest(figure, against, neighbours)
    is_judged = bool(figure.cause) and (quantity == "value" or figure.value is None)
    if is_judged:
        cause, why = figure.cause, figure.rank_reason or "Judged by hand."
    words = figure.words if quantity == "value" else figure.growth_words
    return Member(
        figure.key, twins, figure.side, figure.rank, words, number, meant, against.key if against else None, apart,
        agrees, cause, why, is_judged,
    )  # fmt: skip


def _status(side: str, figures: Sequence[Figure], quantity: Quantity) -> SideStatus:
    own = [figure for figure in figures if figure.side == side]
    common: Interval | None = None
    agrees = True
    for figure in own:
        if figure.rank != "deprecated" and figure.unit == own[0].unit:
            meant = _meant(figure, quantity)
            common = meant if common is None else common.met(meant)
            agrees &= common is not None
            if common is None:
                break
    preferred = next((figure.key for figure in own if figure.rank == "preferred"), None)
    return SideStatus(side, tuple(figure.key for figure in own), preferred, agrees)


def _spread(figures: Sequence[Figure], members: Sequence[Member], quantity: Quantity) -> float | None:
    if len(figures) < 2:
        return None
    number = {figure.key: _number(figure, quantity) for figure in figures}
    misfits = [m for m in members if not m.agrees and m.key in number and m.against in number]
    numbers = [number[key] for member in misfits for key in (member.key, member.against) if key is not None]
    return _difference(min(numbers), max(numbers), quantity) if numbers else 0.0


def _difference(base: float, number: float, quantity: Quantity) -> float | None:
    if quantity == "growth":
        return 100 * (number - base)
    return 100 * (number - base) / abs(base) if base else None


def _number(figure: Figure, quantity: Quantity) -> float:
    return (figure.value or 0.0) if quantity == "value" else factor_number(figure)


def _meant(figure: Figure, quantity: Quantity) -> Interval:
    meant = figure.worth if quantity == "value" else figure.factor
    assert meant is not None
    return meant


def _apart(member: Member) -> float:
    return abs(member.apart_pct or 0.0)


def _first(figure: Figure) -> tuple[int, int, bool, float, int]:
    """Order figures for one thing: by rank, side, how much they say, and key."""
    meant = figure.worth or figure.factor
    assert meant is not None
    return (
        _RANKS.index(figure.rank), _SIDES.index(figure.side), not meant.is_bounded, meant.high - meant.low, figure.key
    )  # fmt: skip

"""Figures for one thing that differ: side by side, how far apart, and why that is likely.

One thing is one measure, flow, product and period; both sides' statistics stand together, money in several currencies
too. A period and a longer one never meet; counts that sum up since some start do within one year, as their day is
rarely printed. The growth that figures state is compared in the same way, as a matter of its own. A cause is suggested
by `causes`; what a person judged wins. Nothing is ranked here.
"""

from __future__ import annotations

from dataclasses import dataclass

from azcn_desktop.evidence.intervals import Interval


@dataclass(frozen=True, slots=True)
class Member:
    """One of several figures for one thing.

    Attributes:
        key, side, rank: of the figure, as stored.
        words: the value with hedge and unit, or the growth.
        meant: what it may mean; a growth as the factor, 1.21 for 21 %.
        apart_pct: how far the number is from the reference, in per cent of it; None where it is the reference or
            can't be compared, as in another currency.
        is_reference: the others are compared with it.
        agrees: it may mean the same as the reference.
        cause: a word of `words.CONFLICT_CAUSE`; empty for the reference and for an equal number.
        why: the reason for the cause in a sentence.
        is_judged: the cause is a person's judgement, not a suggestion.
    """

    key: int
    side: str
    rank: str
    words: str
    meant: Interval
    apart_pct: float | None
    is_reference: bool
    agrees: bool
    cause: str
    why: str
    is_judged: bool


@dataclass(frozen=True, slots=True)
class SideStatus:
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


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Figures for one thing that differ.

    Attributes:
        quantity: "value" or "growth".
        topic, measure, flow, product, unit, period, period_kind, start, end: what they are figures for; words and days
            are those of the reference.
        members: the reference first, then the nearest; figures joined as the same value stand once each.
        spread_pct: from the least to the most number, in per cent of the least in size; None where it can't be told.
        preferred: the key of the reference where a person preferred it, else None.
        cause: that of the member farthest from the reference which does not agree with it, else of the farthest.
        why: the reason for it in a sentence.
        sides: each side by itself.
        is_settled: all figures that do not agree are deprecated or have a cause that a person judged.
    """

    quantity: str
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
    def keys(self) -> tuple[int, ...]:
        """The keys of all its figures."""
        return tuple(member.key for member in self.members)

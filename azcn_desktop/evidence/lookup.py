"""Finding the figures that a check needs: the same thing a year before, a longer period, the other side.

Each group of rules sees its figures on shelves as narrow as it can do with, so that an edit concerns a few checks of a
crowded year, not all. Of several figures for one thing the best is taken: preferred before normal before deprecated,
then what says most. Knows no rules.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct, field

from azcn_desktop.evidence.figures import Figure, Series, Slot

Family = tuple[str, str]
PARTS = {"turnover": ("az_exports", "az_imports"), "mutual": ("cn_to_az", "az_to_cn")}
"""The flows that make up another."""
_ADDED = {*PARTS, *(part for parts in PARTS.values() for part in parts)}
_RANKS = {"preferred": 0, "normal": 1, "deprecated": 2}
# Money goes by flow, whatever the measure is called; a share of it belongs there too.
_JOINED = {"trade": "trade", "share": "trade", "investment": "investment"}
SUMMED = {"trade", "investment", "transit", "rail", "tourism", "aviation"}
_NOT_SUMMED = {"percent", "rank", "ordinal", "year", "calendar year", "day"}


class Shelf(NamedTuple):
    """The figures that one group of rules has to see together, and no others.

    Attributes:
        family: family of measures; of trade with its product.
        year: the year in which their periods end; empty where figures have none.
        sight: what the rules look at: `LINE`, `WHOLE`, `GOODS` or `KINDS`.
        about: what the figures have in common beside that.
    """

    family: Family
    year: str
    sight: str
    about: tuple[str, ...] = ()

    def moved(self, years: int) -> Shelf | None:
        """Return the shelf of the same things some years later, or None where rules do not look at other years."""
        if not self.year or self.sight not in (LINE, WHOLE):
            return None
        about = self.about
        if self.sight == WHOLE:
            about = (*about[:2], *(f"{int(month[:4]) + years:04}{month[4:]}" for month in about[2:]))
        return Shelf(self.family, f"{int(self.year) + years:04}", self.sight, about)


LINE = "line"
"""One flow of one thing in all periods of a year, beside the year before: growth, and parts of years."""
WHOLE = "whole"
"""All flows of one thing in one period, beside the same period a year before: totals and their parts."""
GOODS = "goods"
"""All trade of one period: products, shares, and the trade in all goods."""
KINDS = "kinds"
"""All investment of a year, of whatever kind."""


def shelves_of(figure: Figure) -> Iterator[Shelf]:
    """Yield where a figure is kept: first where it is checked by itself, then where it meets other things."""
    joined, year, months = _JOINED.get(figure.topic), figure.end[:4], (figure.start[:7], figure.end[:7])
    second = figure.product if joined == "trade" else figure.measure if joined is None else ""
    family = joined or figure.topic, second
    yield Shelf(family, year, LINE, figure.series[:3])
    if figure.start and figure.flow in _ADDED:
        yield Shelf(family, year, WHOLE, (figure.measure, figure.product, *months))
    if joined == "trade":
        yield Shelf((joined, ""), year, GOODS, months)
    elif joined == "investment":
        yield Shelf(family, year, KINDS)


def is_summed(figure: Figure) -> bool:
    """Tell whether parts of it add up to it: money and counted things do, ranks, shares, rates and balances do not."""
    is_counted = figure.unit not in _NOT_SUMMED and "/" not in figure.unit
    return figure.topic in SUMMED and is_counted and figure.flow != "balance" and not figure.is_stock


@lru_cache(maxsize=4096)
def years_later(day: str, years: int) -> str:
    """Return the same day some years later; the last of February stays the last. Empty stays empty."""
    if not day:
        return ""
    year, rest = int(day[:4]) + years, day[4:]
    if rest in ("-02-28", "-02-29"):
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        rest = "-02-29" if is_leap else "-02-28"
    return f"{year:04}{rest}"


class Lookup(Struct):
    """The figures of one shelf and those of the year before, by what they are for.

    Attributes:
        own: the figures of the shelf.
        parts: for the key of a whole its parts by links, wherever they are kept.
        slots: figures by what they are for, also of the year before.
    """

    own: list[Figure]
    parts: dict[int, list[Figure]]
    slots: dict[Slot, list[Figure]] = field(default_factory=lambda: defaultdict(list))
    _units: dict[tuple[str, str, str], set[str]] | None = None
    _spans: dict[tuple[Series, str], dict[tuple[str, str], Figure]] | None = None

    @classmethod
    def of(cls, own: list[Figure], earlier: Iterable[Figure], parts: dict[int, list[Figure]]) -> Lookup:
        """Return the lookup of a shelf."""
        made = cls(own, parts)
        for figure in (*own, *earlier):
            made.slots[figure.slot].append(figure)
        return made

    @property
    def units(self) -> dict[tuple[str, str, str], set[str]]:
        """By measure, flow and product the units that are known."""
        if self._units is None:
            self._units = defaultdict(set)
            for (series, *_), figures in self.slots.items():
                if any(figure.worth is not None for figure in figures):
                    self._units[series[:3]].add(series[3])
        return self._units

    @property
    def spans(self) -> dict[tuple[Series, str], dict[tuple[str, str], Figure]]:
        """By series and side the figures of periods that are known, the deprecated left out."""
        if self._spans is None:
            self._spans = defaultdict(dict)
            for (series, start, end, is_stock, side), figures in self.slots.items():
                chosen = best(figures) if start and not is_stock else None
                if chosen is not None and chosen.rank != "deprecated":
                    self._spans[series, side][start, end] = chosen
        return self._spans

    def value_of(self, slot: Slot) -> Figure | None:
        """Return the best figure with a value for something."""
        return best(self.slots.get(slot, ()))

    def value_for(self, figure: Figure) -> Figure | None:
        """Return the figure itself, or for a growth without a value the best figure that gives the value."""
        if figure.worth is not None:
            return figure
        measure, flow, product, _ = figure.series
        units = [figure.unit] if figure.unit else sorted(self.units.get((measure, flow, product), ()))
        slots = (((measure, flow, product, unit), *figure.slot[1:]) for unit in units)
        return next(filter(None, map(self.value_of, slots)), None)

    def base_of(self, figure: Figure, side: str) -> Figure | None:
        """Return the best figure for the same thing a year before."""
        series, start, end, is_stock, _ = figure.slot
        return self.value_of((series, years_later(start, -1), years_later(end, -1), is_stock, side))

    def base_in_other_unit(self, figure: Figure, side: str) -> Figure | None:
        """Return the best figure for the same thing a year before that is counted in another unit."""
        measure, flow, product, unit = figure.series
        others = sorted(self.units.get((measure, flow, product), set()) - {unit})
        place = years_later(figure.start, -1), years_later(figure.end, -1), figure.is_stock, side
        return best(f for other in others for f in self.slots.get(((measure, flow, product, other), *place), ()))

    def longer(self, figure: Figure, start: str, end: str, side: str) -> Figure | None:
        """Return the figure of a longer period that holds a period, the one that leaves least room."""
        spans = self.spans.get((figure.series, side))
        if not spans:
            return None
        found = [
            known
            for (first, last), known in spans.items()
            if first <= start and end <= last and (first, last) != (start, end)
        ]
        return min(found, key=_ceiling) if found else None

    def shorter(self, figure: Figure, start: str, end: str, side: str) -> Figure | None:
        """Return the figure of a shorter period within a period, the one that asks for most."""
        found = [
            known
            for (first, last), known in self.spans.get((figure.series, side), {}).items()
            if start <= first and last <= end and (first, last) != (start, end)
        ]
        return max(found, key=_floor, default=None)


def best(figures: Iterable[Figure]) -> Figure | None:
    """Return the figure to go by among several for one thing, or None where none has a value."""
    able = [f for f in figures if f.worth is not None]
    return min(able, key=_order) if len(able) > 1 else able[0] if able else None


def _order(figure: Figure) -> tuple[int, bool, float, int]:
    assert figure.worth is not None
    width = figure.worth.high - figure.worth.low
    return _RANKS.get(figure.rank, 1), not math.isfinite(width), width, figure.key


def _ceiling(figure: Figure) -> tuple[float, int]:
    return (figure.worth.high if figure.worth else math.inf), figure.key


def _floor(figure: Figure) -> tuple[float, int]:
    return (figure.worth.low if figure.worth else -math.inf), -figure.key

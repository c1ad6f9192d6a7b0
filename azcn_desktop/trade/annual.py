"""What Azerbaijan and China report of each other in a year, publisher by publisher, out of the sums of flows.

A year is what the publisher gives for the year; else its sum since January as of December; else twelve months; else
four quarters. A year of fewer months is no year. Imports count at CIF and exports at FOB; what is harmonised, deflated,
reconciled, or of an unstated valuation, never enters. Knows no gap and no chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.totals import UNLIKE, totals
from azcn_desktop.store.store import Store

Basis = Literal["published", "cumulative", "months", "quarters"]
BASES: dict[Basis, str] = {
    "published": "As published for the year",
    "cumulative": "Sum since January as of December, as published",
    "months": "Computed: sum of the twelve months",
    "quarters": "Computed: sum of the four quarters",
}
_BY = ("reporter", "partner", "flow", "period")
_NAMES = (*UNLIKE, *_BY)
_place, _valuation, _in_time, _source = (
    itemgetter(*map(_NAMES.index, names))
    for names in (
        ("reporter", "partner", "flow"), ("valuation",), ("period", "frequency", "is_cumulative"),
        ("publisher", "classification", "currency", "level"),
    )
)  # fmt: skip
_LAST = ("12", "Q4")
CHAPTER = 2
"""The level of the chapters of the Harmonized System: digits of their codes."""


class Side(Struct, frozen=True):
    """One reporter and one flow, seen from the reporter.

    Attributes:
        reporter, partner: AZ and CN, or the reverse.
        flow: M imports or X exports.
        valuation: CIF for imports, FOB for exports.
        label: in words.
    """

    reporter: str
    partner: str
    flow: str
    valuation: str
    label: str


AZ_IMPORTS = Side("AZ", "CN", "M", "CIF", "Azerbaijan reports imports from China")
AZ_EXPORTS = Side("AZ", "CN", "X", "FOB", "Azerbaijan reports exports to China")
CN_EXPORTS = Side("CN", "AZ", "X", "FOB", "China reports exports to Azerbaijan")
CN_IMPORTS = Side("CN", "AZ", "M", "CIF", "China reports imports from Azerbaijan")
SIDES = (AZ_IMPORTS, AZ_EXPORTS, CN_EXPORTS, CN_IMPORTS)
_BY_KEY = {(s.reporter, s.partner, s.flow): s for s in SIDES}


_Named = tuple[Side, int, str, str, str, int]
_Published = dict[tuple[str, bool], dict[str, float]]
"""Values by period, for each frequency and cumulation."""


class Annual(Struct, frozen=True):
    """What one publisher gives for one side and year.

    Attributes:
        side, year: of what.
        publisher, classification, currency: as stored; the classification may be empty.
        level: 0 all goods, else digits of the codes that were summed.
        basis: how the year came about.
        frequency, is_cumulative: of the flows that it came from.
        value: the sum, in whole units of the currency.
    """

    side: Side
    year: int
    publisher: str
    classification: str
    currency: str
    level: int
    basis: Basis
    frequency: str
    is_cumulative: bool
    value: float

    @property
    def is_computed(self) -> bool:
        """Tell whether the value of the year was added up here."""
        return self.basis in ("months", "quarters")

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said of it: publisher, valuation, how the year came about."""
        return f"Published by {self.publisher}", f"{self.side.valuation}, {self.currency}", BASES[self.basis]


class PartYear(Struct, frozen=True):
    """Months or quarters that make no whole year, so that they enter nowhere.

    Attributes:
        side, year, publisher, currency: of what.
        periods: how many different ones there are.
    """

    side: Side
    year: int
    publisher: str
    currency: str
    periods: int


class Years(Struct, frozen=True):
    """What is known of all goods: whole years, and what is no whole year."""

    whole: tuple[Annual, ...]
    parts: tuple[PartYear, ...]


def read_years(store: Store) -> Years:
    """Return every year of every side and publisher, all goods."""
    collected = _collected(store, {"level": 0})
    whole = _annuals(collected)
    known = {(each.side, each.year, each.publisher, each.classification, each.currency) for each in whole}
    parts = [
        PartYear(*named[:3], named[4], len({p for periods in published.values() for p in periods}))
        for named, published in collected.items()
        if named[:5] not in known
    ]
    return Years(tuple(whole), tuple(parts))


def all_goods(store: Store) -> tuple[Annual, ...]:
    """Return the whole years of every side and publisher, all goods."""
    return read_years(store).whole


def by_level(store: Store, year: int) -> list[Annual]:
    """Return the sums of one year over codes of the Harmonized System, one for each level: levels are never added."""
    found = _annuals(_collected(store, {"period": _periods(year)}))
    return [each for each in found if each.level >= CHAPTER and each.classification.startswith("H")]


def chapters_of(store: Store, report: Annual) -> dict[str, float]:
    """Return what a report of codes comes to by chapter: two digits to a value in whole units of the currency."""
    side = report.side
    where: dict[str, Value | Sequence[Value]] = {
        "reporter": side.reporter, "partner": side.partner, "flow": side.flow, "valuation": side.valuation,
        "publisher": report.publisher, "classification": report.classification, "currency": report.currency,
        "level": report.level, "frequency": report.frequency, "is_cumulative": int(report.is_cumulative),
        "period": [p for p in _periods(report.year) if not report.is_cumulative or p.endswith(_LAST)],
    }  # fmt: skip
    # The sums by chapter lie in the order of dataset and replacement: with these two known, only the year is read.
    lying = [total.key[-2:] for total in totals(store.database, ("dataset_id", "replaced_by"), where)]
    where |= {"dataset_id": [dataset for dataset, _ in lying], "replaced_by": [replaced for _, replaced in lying]}
    return {str(total.key[-1]): total.value for total in totals(store.database, (), where, by_chapter=True)}


def _periods(year: int) -> list[str]:
    return [f"{year}", *(f"{year}Q{n}" for n in range(1, 5)), *(f"{year}{n:02}" for n in range(1, 13))]


def _collected(store: Store, where: Mapping[str, Value | Sequence[Value]]) -> dict[_Named, _Published]:
    pair = {"reporter": ("AZ", "CN"), "partner": ("AZ", "CN"), "flow": ("M", "X"), "valuation": ("CIF", "FOB")}
    found: dict[_Named, _Published] = {}
    for total in totals(store.database, _BY, {**pair, **where}):
        side = _BY_KEY.get(_place(total.key))
        written, frequency, is_cumulative = _in_time(total.key)
        period = str(written or "")
        if side is None or _valuation(total.key) != side.valuation or not period[:4].isdigit():
            continue
        publisher, classification, currency, level = _source(total.key)
        named = (
            side, int(period[:4]), str(publisher or ""), str(classification or ""), str(currency or ""), int(level or 0)
        )  # fmt: skip
        issue = (str(frequency or ""), bool(is_cumulative))
        found.setdefault(named, {}).setdefault(issue, {})[period] = total.value
    return found


def _annuals(collected: Mapping[_Named, _Published]) -> list[Annual]:
    return [
        Annual(*named, *whole)
        for named, published in collected.items()
        if (whole := _whole_year(published)) is not None
    ]


def _whole_year(published: _Published) -> tuple[Basis, str, bool, float] | None:
    """Return how a year comes about and its sum; None where only a part of it is there."""
    if annual := published.get(("A", False)):
        return "published", "A", False, sum(annual.values())
    for frequency, last in zip(("M", "Q"), _LAST, strict=True):
        for period, value in published.get((frequency, True), {}).items():
            if period.endswith(last):
                return "cumulative", frequency, True, value
    months, quarters = published.get(("M", False), {}), published.get(("Q", False), {})
    if len(months) == 12:
        return "months", "M", False, sum(months.values())
    return ("quarters", "Q", False, sum(quarters.values())) if len(quarters) == 4 else None

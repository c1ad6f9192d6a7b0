"""What Azerbaijan and China report of each other in a year, publisher by publisher, out of the sums of flows.

A year is what the publisher gives for the year; else its sum since January as of December; else twelve months; else
four quarters. A year of fewer months is no year. Imports count at CIF and exports at FOB; what is harmonised, deflated,
reconciled, or of an unstated valuation, never enters. Knows no gap and no chart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.statistics import UNLIKE, totals
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


@dataclass(frozen=True, slots=True)
class Side:
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


@dataclass(frozen=True, slots=True)
class Annual:
    """What one publisher gives for one side and year.

    Attributes:
        side, year: of what.
        publisher, classification, currency: as stored; the classification may be empty.
        level: 0 all goods, else digits of the codes that were summed.
        basis: how the year came about.
        chapters: sums by chapter in whole units of the currency; for all goods one under the empty name.
    """

    side: Side
    year: int
    publisher: str
    classification: str
    currency: str
    level: int
    basis: Basis
    chapters: Mapping[str, float]

    @property
    def value(self) -> float:
        """The sum, in whole units of the currency."""
        return sum(self.chapters.values())

    @property
    def is_computed(self) -> bool:
        """Tell whether the value of the year was added up here."""
        return self.basis in ("months", "quarters")

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said of it: publisher, valuation, how the year came about."""
        return (
            f"Published by {self.publisher}",
            f"{self.side.valuation}, {self.currency}",
            BASES[self.basis],
        )


def all_goods(store: Store) -> list[Annual]:
    """Return every year of every side and publisher, all goods."""
    return _years(store, {"level": 0}, by_chapter=False)


def by_chapter(store: Store, year: int) -> list[Annual]:
    """Return one year by chapters of the Harmonized System, one for each level of codes: levels are never added."""
    periods = [f"{year}", *(f"{year}Q{n}" for n in range(1, 5)), *(f"{year}{n:02}" for n in range(1, 13))]
    found = _years(store, {"period": periods}, by_chapter=True)
    return [each for each in found if each.level >= 2 and each.classification.startswith("H")]


def _years(store: Store, where: Mapping[str, Value | Sequence[Value]], *, by_chapter: bool) -> list[Annual]:
    pair = {"reporter": ("AZ", "CN"), "partner": ("AZ", "CN"), "flow": ("M", "X"), "valuation": ("CIF", "FOB")}
    parts: dict[tuple[object, ...], dict[tuple[str, bool], dict[str, dict[str, float]]]] = defaultdict(dict)
    for total in totals(store.database, _BY, {**pair, **where}, by_chapter):
        key = dict(zip(_NAMES, total.key, strict=False))
        side = _BY_KEY.get((str(key["reporter"]), str(key["partner"]), str(key["flow"])))
        period = str(key["period"])
        if side is None or key["valuation"] != side.valuation or not period[:4].isdigit():
            continue
        level = key["level"]
        assert isinstance(level, int)
        named = (side, int(period[:4]), key["publisher"] or "", key["classification"], key["currency"], level)
        kept = parts[named].setdefault((str(key["frequency"]), bool(key["is_cumulative"])), {}).setdefault(period, {})
        kept[str(total.key[-1]) if by_chapter else ""] = total.value
    return [
        Annual(*named, *whole)  # type: ignore[arg-type, call-arg]
        for named, published in parts.items()
        if (whole := _whole_year(published)) is not None
    ]


def _whole_year(
    published: Mapping[tuple[str, bool], Mapping[str, Mapping[str, float]]],
) -> tuple[Basis, dict[str, float]] | None:
    """Return how a year comes about and its sums by chapter; None where only a part of it is there."""
    if annual := published.get(("A", False)):
        return "published", _added(annual)
    since_january = {p: sums for p, sums in published.get(("M", True), {}).items() if p.endswith("12")}
    since_january = since_january or {p: s for p, s in published.get(("Q", True), {}).items() if p.endswith("Q4")}
    if since_january:
        return "cumulative", _added(since_january)
    months, quarters = published.get(("M", False), {}), published.get(("Q", False), {})
    if len(months) == 12:
        return "months", _added(months)
    return ("quarters", _added(quarters)) if len(quarters) == 4 else None


def _added(periods: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for chapters in periods.values():
        for chapter, value in chapters.items():
            sums[chapter] += value
    return dict(sums)

"""Sums of flows as lines over time: like values only, and one source of numbers a line.

A line is one publisher's, reporter's and partner's flow in one valuation, currency and level. Its years are published
ones, or computed from twelve months, four quarters or a sum since January that reached December; never two of these,
and never a year of which a part is missing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from msgspec import Struct

from azcn_desktop.charts.statistics import naming
from azcn_desktop.records.kinds import Value as Stored
from azcn_desktop.store.flows.sums import FlowSum

_PARTS = {"months": 12, "quarters": 4}
_ORIGINS = ("published", "december", "months", "quarters")
_PAIR = {"AZ", "CN"}


class Value(Struct, frozen=True):
    """One value of a line.

    Attributes:
        period: YYYY, YYYYQn or YYYYMM.
        value: in whole units of the currency.
        classification: of which edition; empty where not told.
        frequency: of the flows behind it: A, Q or M.
        periods: theirs, first to last.
        flows: how many.
        is_cumulative: 1 where it is a sum since January as published.
    """

    period: str
    value: float
    classification: str
    frequency: str
    periods: tuple[str, ...]
    flows: int
    is_cumulative: int = 0


class Who(Struct, frozen=True):
    """Whose flows a line shows; what the picture keeps apart within one currency, way of valuing and level."""

    publisher: str
    reporter: str
    partner: str
    flow: str
    valuation: str
    currency: str
    level: int

    @property
    def key(self) -> dict[str, Stored]:
        """Its values by the names of a `FlowSum`."""
        return {
            "publisher": self.publisher, "reporter": self.reporter, "partner": self.partner, "flow": self.flow,
            "valuation": self.valuation, "currency": self.currency, "level": self.level,
        }  # fmt: skip

    @property
    def words(self) -> str:
        """Whose flow it is: "Azerbaijan: imports from China"."""
        return naming.flow_words(self.reporter, self.flow, self.partner)

    def label(self, among: Iterable[Who]) -> str:
        """Return what it is called among others: with its publisher where they have several."""
        return f"{self.words}, {self.publisher}" if len({who.publisher for who in among}) > 1 else self.words

    @property
    def is_pair(self) -> bool:
        """Tell whether Azerbaijan and China face each other."""
        return {self.reporter, self.partner} == _PAIR


class Line(Struct, frozen=True):
    """Values of one source over time.

    Attributes:
        who: whose.
        values: in the order of time; what is missing has none.
        origin: published, december, months or quarters.
        partial: how many periods lie in the data but in parts only.
        unlike: how many values of another classification stand beside those of the line.
    """

    who: Who
    values: tuple[Value, ...]
    origin: str
    partial: int = 0
    unlike: int = 0

    def at(self, period: str) -> Value | None:
        """Return the value of a period."""
        return next((value for value in self.values if value.period == period), None)


def who_of(s: FlowSum) -> Who:
    """Return whose sum it is."""
    return Who(s.publisher, s.reporter, s.partner, s.flow, s.valuation, s.currency, s.level)


def lines_of(sums: Iterable[FlowSum], by: str) -> list[Line]:
    """Make lines of sums, each of the source that has most values; of equal ones the published comes first.

    Args:
        sums: of one currency; of years they may be added by year.
        by: year, quarter or month.
    """
    held: dict[Who, dict[str, dict[str, list[Value]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    partial: Counter[tuple[Who, str]] = Counter()
    for (who, origin), values in _by_origin(sums, by).items():
        for value, is_whole in values:
            if is_whole:
                held[who][origin][value.period].append(value)
            else:
                partial[who, origin] += 1
    made = []
    for who, origins in held.items():
        origin = max(origins, key=lambda name: (len(origins[name]), -_ORIGINS.index(name)))
        chosen = [max(found, key=_edition) for _, found in sorted(origins[origin].items())]
        beside = sum(len(found) - 1 for found in origins[origin].values())
        made.append(Line(who, tuple(chosen), origin, partial[who, origin], beside))
    return made


def _by_origin(sums: Iterable[FlowSum], by: str) -> dict[tuple[Who, str], list[tuple[Value, bool]]]:
    if by == "year":
        return _years(sums)
    found: dict[tuple[Who, str], list[tuple[Value, bool]]] = defaultdict(list)
    quarters: dict[tuple[Who, str, str], list[FlowSum]] = defaultdict(list)
    for s in sums:
        if s.is_cumulative:
            continue
        if s.frequency == {"month": "M", "quarter": "Q"}[by]:
            found[who_of(s), "published"].append((_value(s, s.period), True))
        elif by == "quarter" and s.frequency == "M":
            quarters[who_of(s), naming.quarter_of(s.period), s.classification].append(s)
    for (who, quarter, classification), parts in quarters.items():
        periods = tuple(sorted(s.period for s in parts))
        value = Value(quarter, sum(s.value for s in parts), classification, "M", periods, sum(s.flows for s in parts))
        found[who, "months"].append((value, len(periods) == 3))
    return found


def _years(sums: Iterable[FlowSum]) -> dict[tuple[Who, str], list[tuple[Value, bool]]]:
    found: dict[tuple[Who, str], list[tuple[Value, bool]]] = defaultdict(list)
    for s in sums:
        who, year = who_of(s), s.period[:4]
        if s.is_cumulative:
            if s.period[4:] in ("12", "Q4"):
                found[who, "december"].append((_value(s, year), True))
        elif s.frequency == "A":
            found[who, "published"].append((_value(s, year), True))
        else:
            origin = "months" if s.frequency == "M" else "quarters"
            periods = naming.parts_of(year, s.frequency)
            value = Value(year, s.value, s.classification, s.frequency, periods, s.flows)
            found[who, origin].append((value, s.periods == _PARTS[origin]))
    return found


def _value(s: FlowSum, period: str) -> Value:
    return Value(period, s.value, s.classification, s.frequency, (s.period,), s.flows, s.is_cumulative)


def _edition(value: Value) -> tuple[bool, str]:
    """Prefer the newest edition of the Harmonized System where one period has several."""
    return value.classification.startswith("H"), value.classification

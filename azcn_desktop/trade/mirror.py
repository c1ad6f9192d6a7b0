"""What Azerbaijan and China report of the same trade, side by side, and how far apart they are.

One flow of goods is reported twice: as imports at CIF by who receives and as exports at FOB by who sends. The FOB side
times a factor for freight and insurance is what the CIF side should show; what is left is the residual. Two currencies
are compared only at a rate that a person accepted. Numbers and sentences out; knows no chart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct, field

from azcn_desktop.records.amounts import money
from azcn_desktop.records.numbers import format_number
from azcn_desktop.records.percentages import percent
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.trade.annual import AZ_EXPORTS, AZ_IMPORTS, CN_EXPORTS, CN_IMPORTS, SIDES, Annual, Side
from azcn_desktop.trade.exchange_rates import COMMON, NO_RATES, Rate, Rates

FACTOR, LEAST_FACTOR, MOST_FACTOR = 1.06, 1.0, 1.5
FACTOR_SOURCE = (
    "Usual factor 1.06: IMF, Direction of Trade Statistics Yearbook 2017, which estimates imports "
    "at CIF as a partner's exports at FOB times 1.06"
)
DIRECTIONS: dict[str, tuple[Side, Side]] = {
    "az_imports": (AZ_IMPORTS, CN_EXPORTS),
    "az_exports": (CN_IMPORTS, AZ_EXPORTS),
}
"""By direction, seen from Azerbaijan: the side that reports at CIF, and the one that reports at FOB."""
_OF_REPORTER = {"AZ": (AZ_IMPORTS, AZ_EXPORTS), "CN": (CN_IMPORTS, CN_EXPORTS)}


class Choice(Struct, frozen=True):
    """How the two sides are to be compared.

    Attributes:
        factor: CIF to FOB, 1.00 to 1.50.
        publishers: reporter (AZ, CN) to the publisher whose values are taken; a reporter without one takes the
            publisher that has both sides of a year, else the one that gives most of the four series of that year, else
            the one with the most years.
    """

    factor: float = FACTOR
    publishers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not LEAST_FACTOR <= self.factor <= MOST_FACTOR:
            raise ValueError(f"The factor must lie between {LEAST_FACTOR:.2f} and {MOST_FACTOR:.2f}.")


class Pair(Struct, frozen=True):
    """What both sides report of one direction, year and chapter.

    Attributes:
        direction, year: of what.
        chapter: two digits; TOTAL for all goods; empty for what is not told apart by chapter.
        cif, fob: what each side reports, with its currency; None where it reports nothing.
        factor: CIF to FOB.
    """

    direction: str
    year: int
    chapter: str
    cif: tuple[float, str] | None
    fob: tuple[float, str] | None
    factor: float


class Gap(Struct, frozen=True):
    """One direction, year and chapter, as both sides report it.

    Attributes:
        direction, year: of what.
        chapter: two digits; TOTAL for all goods; empty for what is not told apart by chapter.
        cif, fob: what the two sides report, in `currency`; None where a side reports nothing.
        currency: ISO 4217; empty where the two stand in different currencies.
        own_currencies: of the CIF and the FOB side as they stand in `cif` and `fob`.
        factor: CIF to FOB.
        rates: at which values of another currency were converted; empty where none was.
        obstacle: why there is no difference, as a sentence; empty where there is one.
    """

    direction: str
    year: int
    chapter: str
    cif: float | None
    fob: float | None
    currency: str
    factor: float = FACTOR
    rates: tuple[Rate, ...] = ()
    obstacle: str = ""
    own_currencies: tuple[str, str] = ("", "")

    @property
    def expected(self) -> float | None:
        """What the CIF side should show: the FOB side times the factor."""
        return None if self.fob is None or self.obstacle else self.fob * self.factor

    @property
    def residual(self) -> float | None:
        """What the CIF side reports less what it should show; None where they can't be compared."""
        return None if self.cif is None or self.expected is None else self.cif - self.expected

    @property
    def index(self) -> float | None:
        """The asymmetry, 0 (they agree) to 2 (one reports nothing): the residual against the mean of both at CIF."""
        if self.residual is None or self.cif is None or self.expected is None:
            return None
        mean = (self.cif + self.expected) / 2
        return abs(self.residual) / mean if mean else 0.0

    @property
    def formulas(self) -> tuple[str, ...]:
        """How residual and index come about, in words with numbers, and at which rates; empty without a residual."""
        index = self.index
        if index is None or self.residual is None or self.cif is None or self.fob is None or self.expected is None:
            return ()
        cif, fob, expected = (money(value, self.currency) for value in (self.cif, self.fob, self.expected))
        residual = money(self.residual, self.currency)
        return (
            f"Computed: residual {residual} = CIF {cif} − FOB {fob} × {format_number(self.factor)}",
            f"Computed: asymmetry {percent(100 * index)} = |{residual}| ÷ mean of {cif} and {expected}",
            *(f"Computed: converted at {rate.words}" for rate in self.rates),
        )


def four_series(reports: Iterable[Annual], choice: Choice) -> dict[Side, dict[int, Annual]]:
    """Return for each side what is taken for each year.

    Args:
        reports: of all goods, see `annual.all_goods`.
        choice: whose values are wanted.
    """
    found: dict[Side, dict[int, Annual]] = {side: {} for side in SIDES}
    by_place = _by_place(reports)
    for sides in DIRECTIONS.values():
        for side, year, taken in _taken(by_place, sides, choice):
            found[side][year] = taken
    return found


def turnovers(reports: Iterable[Annual], choice: Choice) -> dict[str, dict[int, tuple[Annual, Annual]]]:
    """Return for each reporter and year imports and exports of one publisher in one currency: together, the turnover.

    The turnover of a country is its imports at CIF and its exports at FOB, as every office publishes it. Those of two
    countries are no mirror of each other, so no difference is made of them.
    """
    found: dict[str, dict[int, tuple[Annual, Annual]]] = {reporter: {} for reporter in _OF_REPORTER}
    by_place = _by_place(reports)
    for reporter, sides in _OF_REPORTER.items():
        taken = {(side, year): each for side, year, each in _taken(by_place, sides, choice)}
        for side, year in taken:
            imports, exports = taken.get((sides[0], year)), taken.get((sides[1], year))
            if side is sides[0] and imports and exports and _issue(imports) == _issue(exports):
                found[reporter][year] = (imports, exports)
    return found


def gaps(
    series: Mapping[Side, Mapping[int, Annual]], direction: str, choice: Choice, rates: Rates = NO_RATES
) -> list[Gap]:
    """Return the gap of every year for which a side reports, in the order of years."""
    cif_side, fob_side = DIRECTIONS[direction]
    years = sorted(set(series[cif_side]) | set(series[fob_side]))
    pairs = (
        Pair(
            direction, year, TOTAL, amount_of(series[cif_side].get(year)), amount_of(series[fob_side].get(year)),
            choice.factor,
        )
        for year in years
    )  # fmt: skip
    return [gap_of(pair, rates) for pair in pairs]


def gap_of(pair: Pair, rates: Rates) -> Gap:
    """Compare what two sides report; in two currencies only at accepted rates."""
    cif, fob = pair.cif, pair.fob
    if cif is None or fob is None:
        missing = DIRECTIONS[pair.direction][0 if cif is None else 1]
        who = "Azerbaijan" if missing.reporter == "AZ" else "China"
        return _apart(pair, f"There is no value of {who} for {pair.year}.")
    if cif[1] == fob[1]:
        return _compared(pair, cif[0], fob[0], cif[1])
    used, values = [], []
    for value, currency in (cif, fob):
        rate = None if currency == COMMON else rates.to_common(currency, f"{pair.year}")
        if rate is None and currency != COMMON:
            why = f"{cif[1]} and {fob[1]} are compared only at a rate of {currency} for {pair.year} that you accept."
            if months := len(rates.months_of(currency, f"{pair.year}")):
                why = f"{why[:-1]}, or at those of its twelve months, of which {months} so far."
            return _apart(pair, why)
        used += [rate] if rate else []
        values.append(rate.converted(value) if rate else value)
    return _compared(pair, values[0], values[1], COMMON, tuple(used))


def _compared(pair: Pair, cif: float, fob: float, currency: str, rates: tuple[Rate, ...] = ()) -> Gap:
    """Return two sides in one currency."""
    own = (currency, currency)
    return Gap(pair.direction, pair.year, pair.chapter, cif, fob, currency, pair.factor, rates, "", own)


def _apart(pair: Pair, obstacle: str) -> Gap:
    """Return two sides that can't be compared."""
    cif, fob = pair.cif, pair.fob
    own = (cif[1] if cif else "", fob[1] if fob else "")
    currency = "".join(own) if not all(own) else ""
    values = (cif and cif[0], fob and fob[0])
    return Gap(pair.direction, pair.year, pair.chapter, *values, currency, pair.factor, (), obstacle, own)


def publishers(reports: Iterable[Annual], reporter: str) -> list[str]:
    """Return the publishers of one reporter, the one with the most values first."""
    counted = Counter(each.publisher for each in reports if each.side.reporter == reporter)
    return sorted(counted, key=lambda name: (-counted[name], name))


_Places = Mapping[tuple[Side, int], Sequence[Annual]]


def _by_place(reports: Iterable[Annual]) -> _Places:
    found: dict[tuple[Side, int], list[Annual]] = {}
    for each in reports:
        found.setdefault((each.side, each.year), []).append(each)
    return found


def _taken(by_place: _Places, sides: tuple[Side, Side], choice: Choice) -> Iterable[tuple[Side, int, Annual]]:
    """Yield for each of two sides and each year the report that is taken."""
    every = [each for reports in by_place.values() for each in reports]
    years = Counter(each.publisher for each in every if each.side in sides)
    of_year = Counter((each.year, _issue(each)) for each in every)
    for side, other in (sides, sides[::-1]):
        for year in sorted({y for s, y in by_place if s is side}):
            facing = {_issue(each) for each in _wanted(by_place, other, year, choice)}
            ranked = [
                ((_issue(e) not in facing, -of_year[year, _issue(e)], -years[e.publisher], e.publisher, *_within(e)), e)
                for e in _wanted(by_place, side, year, choice)
            ]
            if ranked:
                yield side, year, min(ranked, key=itemgetter(0))[1]


def _wanted(by_place: _Places, side: Side, year: int, choice: Choice) -> list[Annual]:
    publisher = choice.publishers.get(side.reporter, "")
    return [each for each in by_place.get((side, year), ()) if publisher in ("", each.publisher)]


def _within(report: Annual) -> tuple[bool, str, str]:
    """Order what one publisher gives for one year: published before computed, US dollars first, the latest edition."""
    edition = "".join(chr(0x10FFFF - ord(sign)) for sign in report.classification)
    return (
        report.basis not in ("published", "cumulative"),
        "" if report.currency == COMMON else report.currency,
        edition,
    )


def _issue(report: Annual) -> tuple[str, str]:
    return report.publisher, report.currency


def amount_of(report: Annual | None) -> tuple[float, str] | None:
    """Return the value of a report with its currency."""
    return None if report is None else (report.value, report.currency)

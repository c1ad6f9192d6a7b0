"""The mirror picture: what Azerbaijan and China report of the same trade, each in its own currency.

Two currencies share an axis only where a person accepted a rate for the year; without one there is a chart for each,
over the same years. What was computed is hollow: turnovers, what the importer should show, converted values. Lines join
values of one publisher in neighbouring years. Figures of the Figures view can be laid over.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts.figures import Figure, Judge, grouped, read_figures
from azcn_desktop.charts.series import NEIGHBOUR, Chart, Mark, Point, Role, Series, Switch, finite, series_of
from azcn_desktop.charts.trade import bound_of, figure_mark, signs_of, unit_name, value_of
from azcn_desktop.errors import UserError
from azcn_desktop.records.amounts import CURRENCIES, money
from azcn_desktop.records.numbers import format_number
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store
from azcn_desktop.trade.annual import AZ_EXPORTS, AZ_IMPORTS, CN_EXPORTS, CN_IMPORTS, Annual, PartYear, Side, read_years
from azcn_desktop.trade.exchange_rates import COMMON, NO_RATES, Rate, Rates, accepted_rates
from azcn_desktop.trade.mirror import (
    DIRECTIONS,
    FACTOR,
    FACTOR_SOURCE,
    Choice,
    Gap,
    four_series,
    gaps,
    publishers,
    turnovers,
)

SHOWN = (
    ("turnover", "Turnover"), ("az_imports", "Imports from China"), ("az_exports", "Exports to China"),
    ("all", "All four"),
)  # fmt: skip
"""What can be looked at; the two in the middle are directions, and have a gap."""
FACTORS = (1.0, 1.03, 1.06, 1.1, 1.15, 1.2)
"""Those that are offered; the choice `factor` takes any number from 1.00 to 1.50, as text."""
_TINTS = (0.0, 0.9, -0.8)
_LOOKS: dict[Side, tuple[str, Role]] = {
    AZ_IMPORTS: ("Azerbaijan: imports (CIF)", "accent"),
    AZ_EXPORTS: ("Azerbaijan: exports (FOB)", "green"),
    CN_EXPORTS: ("China: exports (FOB)", "amber"),
    CN_IMPORTS: ("China: imports (CIF)", "violet"),
}
_TURNOVERS: dict[str, tuple[str, Role]] = {
    "AZ": ("Azerbaijan: turnover", "accent"), "CN": ("China: turnover", "amber"),
}  # fmt: skip
_FIGURES: dict[str, tuple[str, Role]] = {
    "AZ": ("Figures, Azerbaijani statistics", "blue"), "CN": ("Figures, Chinese statistics", "red"),
}  # fmt: skip
DEPENDS_ON = frozenset(
    {
        "trade_flow", "dataset", "exchange_rate", "mirror_note", "commodity", "figure", "link", "citation",
        "citation_link", "source",
    }
)  # fmt: skip
"""The tables of which a change may alter the picture or the tables of the gap."""
_LAID_OVER = "Lay the figures of the Figures view over"
_APART = (
    "Turnover is imports at CIF and exports at FOB of one country; those of two are no mirror of each other, so no "
    "difference is made of them."
)


class MirrorPicture(Struct, frozen=True):
    """What is drawn: a chart for each currency.

    Attributes:
        charts: at least one; US dollars first, then by name of the currency.
        span: the whole years that all of them cover, as decimal years.
        gaps: of the direction that is shown, in the order of years; none for turnover and for all four.
    """

    charts: tuple[Chart, ...]
    span: tuple[float, float]
    gaps: tuple[Gap, ...]


def draw_mirror(store: Store, choices: Mapping[str, str], today: datetime.date) -> MirrorPicture:
    """Draw both sides.

    Args:
        store: the open file.
        choices: values of the switches: `direction` (a word of `SHOWN`), `factor` (1.00 to 1.50), `source_az` and
            `source_cn` (a publisher; empty for the best), `headline` (shown or hidden; empty for what suits), `rate`
            (own for own currencies). The first option where missing.
        today: a year that has not ended by then has no value for the year, whatever a publisher calls it.

    Raises:
        UserError: the factor is no number from 1.00 to 1.50.
    """
    shown = choices.get("direction") or SHOWN[0][0]
    choice = choice_of(choices)
    years = read_years(store)
    reports = [each for each in years.whole if each.year < today.year]
    known = accepted_rates(store)
    rates = NO_RATES if choices.get("rate") == "own" else known
    plan = _Plan(rates)
    sides = DIRECTIONS.get(shown, tuple(_LOOKS))
    plan.remarks = _part_years([each for each in years.parts if each.side in sides])
    found: list[Gap] = []
    if shown == "turnover":
        _plan_turnover(plan, turnovers(reports, choice))
    else:
        series = four_series(reports, choice)
        if shown in DIRECTIONS:
            found = gaps(series, shown, choice, rates)
        _plan_sides(plan, {side: series[side] for side in sides}, {gap.year: gap for gap in found}, choice)
    if _has_headline(choices, shown):
        _plan_figures(plan, store, shown)
    switches = _switches(shown, choices, choice, reports, known)
    return _picture(plan, shown, switches, tuple(found), known)


def choice_of(choices: Mapping[str, str]) -> Choice:
    """Read the choices that say how the sides are compared.

    Raises:
        UserError: the factor is no number from 1.00 to 1.50.
    """
    chosen = {reporter: choices.get(f"source_{reporter.lower()}", "") for reporter in ("AZ", "CN")}
    try:
        return Choice(float(choices.get("factor") or FACTOR), chosen)
    except ValueError as error:
        raise UserError("The factor from FOB to CIF must be a number from 1.00 to 1.50.") from error


class _Plan:
    """Marks under construction, by currency and series; converted where a rate is accepted."""

    def __init__(self, rates: Rates) -> None:
        self.rates = rates
        self.marks: dict[str, dict[tuple[str, Role], list[Mark]]] = {}
        self.has_band = False
        self.remarks: tuple[str, ...] = ()

    def add(self, look: tuple[str, Role], currency: str, year: int, mark: Mark) -> None:
        """Add a mark; its currency may become the common one."""
        rate = None if currency == COMMON else self.rates.to_common(currency, f"{year}")
        if rate is not None:
            currency, mark = COMMON, _converted(mark, rate)
        self.marks.setdefault(currency, {}).setdefault(look, []).append(mark)


def _plan_sides(
    plan: _Plan, series: Mapping[Side, Mapping[int, Annual]], by_year: Mapping[int, Gap], choice: Choice
) -> None:
    for side, years in series.items():
        label, role = _LOOKS[side]
        for year, report in years.items():
            notes = (*report.notes, *(by_year[year].formulas if year in by_year else ()))
            point = Point((), money(report.value, report.currency), f"{year}", notes, _narrowed(report))
            mark = Mark(year + 0.5, year + 0.5, report.value, point, is_hollow=report.is_computed)
            plan.add((f"{label}, {report.publisher}", role), report.currency, year, mark)
            if by_year and side.flow == "X":
                plan.has_band = True
                look = (f"Expected at CIF: {label} × {format_number(choice.factor)}", "muted")
                plan.add(look, report.currency, year, _expected(report, choice.factor))  # type: ignore[arg-type]


def _expected(report: Annual, factor: float) -> Mark:
    """Make the mark of what the importer should show, with the span from FOB up to it."""
    value = report.value * factor
    shown = money(value, report.currency)
    formula = f"Computed: {money(report.value, report.currency)} at FOB × {format_number(factor)} = {shown}"
    point = Point((), shown, f"{report.year}", (formula, FACTOR_SOURCE, *report.notes[:1]), _narrowed(report))
    x = report.year + 0.5
    return Mark(x, x, value, point, "about", report.value, value, is_hollow=True)


def _plan_turnover(plan: _Plan, found: Mapping[str, Mapping[int, tuple[Annual, Annual]]]) -> None:
    for reporter, years in found.items():
        label, role = _TURNOVERS[reporter]
        for year, (imports, exports) in years.items():
            value, currency = imports.value + exports.value, imports.currency
            shown = money(value, currency)
            formula = (
                f"Computed: imports {money(imports.value, currency)} at CIF + exports {money(exports.value, currency)} "
                f"at FOB = {shown}"
            )
            notes = (formula, *dict.fromkeys((imports.notes[0], imports.notes[2], exports.notes[2])))
            narrows = tuple(dict.fromkeys((*_narrowed(imports), *_narrowed(exports))))
            mark = Mark(year + 0.5, year + 0.5, value, Point((), shown, f"{year}", notes, narrows), is_hollow=True)
            plan.add((f"{label}, {imports.publisher}", role), currency, year, mark)


def _plan_figures(plan: _Plan, store: Store, shown: str) -> None:
    """Lay the figures of the Figures view over: of each year and side the one that its chart draws, too."""
    flows = tuple(DIRECTIONS) if shown == "all" else (shown,)
    wanted = (Condition("topic", "is", ("trade",)), Condition("flow", "in", flows))
    read = read_figures(store, Query("figure", conditions=wanted))
    figures = [f for f in read if f.period_kind == "year" and not f.product and f.side in _FIGURES]
    judge = Judge(store)
    for group in grouped(f for f in figures if f.unit in CURRENCIES):
        chosen = judge.choose(group, value_of, bound_of)
        mark = None if chosen is None else figure_mark(chosen)
        if chosen is not None and mark is not None:
            plan.add(_figure_look(chosen.figure, shown), chosen.figure.unit, int(mark.x), mark)


def _figure_look(figure: Figure, shown: str) -> tuple[str, Role]:
    label, role = _FIGURES[figure.side]
    where = "to Azerbaijan" if figure.flow == "az_imports" else "to China"
    return (f"{label}, {where}" if shown == "all" else label), role


def _converted(mark: Mark, rate: Rate) -> Mark:
    """Bring a mark to US dollars; it is computed from then on."""
    value = finite(mark.y)
    if value is None:
        return mark
    low, high = (rate.converted(end) if (end := finite(side)) is not None else None for side in (mark.low, mark.high))
    shown = money(rate.converted(value), COMMON)
    note = (f"Computed: {mark.point.value} converted at {rate.words}", *mark.point.note)
    point = replace(mark.point, value=shown, note=note)
    return replace(mark, y=rate.converted(value), low=low, high=high, point=point, is_hollow=True)


def _narrowed(report: Annual) -> tuple[tuple[str, str], ...]:
    """Return the parts of a `FlowQuery` that find the flows behind a report."""
    side, year = report.side, f"{report.year}"
    return (
        ("reporters", side.reporter), ("partners", side.partner), ("flows", side.flow), ("levels", "0"),
        ("publishers", report.publisher), ("valuations", side.valuation), ("currencies", report.currency),
        ("since", year), ("until", year),
    )  # fmt: skip


def _picture(
    plan: _Plan, shown: str, switches: tuple[Switch, ...], found: tuple[Gap, ...], known: Rates
) -> MirrorPicture:
    order = sorted(plan.marks, key=lambda currency: (currency != COMMON, currency)) or [COMMON]
    charts = []
    for currency in order:
        made = [series_of(*look, marks, join_within=NEIGHBOUR) for look, marks in plan.marks.get(currency, {}).items()]
        series = tuple(_told_apart([each for each, _ in made]))
        dropped = sum(left_out for _, left_out in made)
        remarks = (
            (*_remarks(shown, order, dropped, found, known, has_marks=bool(plan.marks)), *plan.remarks)
            if currency == order[0]
            else ()
        )
        title = f"{dict(SHOWN).get(shown, shown)}, as both sides report"
        charts.append(
            Chart(
                title, unit_name(currency), "lines", "years", currency, "figure", series,
                switches=switches if currency == order[0] else (), signs=_signs(series, plan.has_band), remarks=remarks,
            )
        )  # fmt: skip
    return MirrorPicture(tuple(charts), _span(charts), found)


def _told_apart(series: Iterable[Series]) -> Iterator[Series]:
    """Give the sources of one side tints of its colour, which else would be drawn alike."""
    drawn: Counter[Role] = Counter()
    for each in series:
        yield replace(each, tint=_TINTS[drawn[each.role] % len(_TINTS)])
        drawn[each.role] += 1


def _span(charts: Iterable[Chart]) -> tuple[float, float]:
    drawn = [series for chart in charts for series in chart.series if len(series)]
    if not drawn:
        return 0.0, 1.0
    first, last = math.floor(min(float(s.x.min()) for s in drawn)), math.ceil(max(float(s.x_end.max()) for s in drawn))
    missing = max(0, 3 - (last - first))
    return float(first - missing // 2), float(last + missing - missing // 2)


def _signs(series: tuple[Series, ...], has_band: bool) -> tuple[tuple[str, str], ...]:
    """Return the signs that occur; the span of what is expected has words of its own."""
    plain = signs_of(s for s in series if not s.label.startswith("Expected"))
    rest = tuple(sign for sign in signs_of(series) if sign[0] != "about")
    words = [dict(plain)["about"]] if "about" in dict(plain) else []
    words += ["from FOB to expected CIF"] if has_band and "about" in dict(signs_of(series)) else []
    return (*rest, ("about", "; ".join(words))) if words else rest


def _remarks(
    shown: str, order: list[str], dropped: int, found: tuple[Gap, ...], known: Rates, *, has_marks: bool
) -> tuple[str, ...]:
    said = [_APART] if shown == "turnover" and has_marks else []
    if len(order) > 1:
        names = " and ".join(unit_name(currency) for currency in order)
        said.append(f"{names} share an axis only in years for which you accept an exchange rate.")
    said += [gap.obstacle for gap in found if gap.cif is not None and gap.fob is not None and gap.obstacle]
    said += [f"Several rates of {c} are accepted for {p}; none is used." for c, p in known.ambiguous]
    said += [f"{dropped} values not shown"] if dropped else []
    return tuple(said)


def _part_years(parts: list[PartYear]) -> tuple[str, ...]:
    """Say which months and quarters make no year: by publisher and currency, with the first and last year."""
    years: dict[tuple[str, str], set[int]] = {}
    for each in parts:
        years.setdefault((each.publisher, each.currency), set()).add(each.year)
    spans = {key: f"{min(of)}" if len(of) == 1 else f"{min(of)} to {max(of)}" for key, of in sorted(years.items())}
    return tuple(
        f"{publisher} gives only a part of {span} in {unit_name(currency)}, which is no value for a year."
        for (publisher, currency), span in spans.items()
    )


def _has_headline(choices: Mapping[str, str], shown: str) -> bool:
    """Tell whether figures are laid over; turnovers need them, for few offices publish any."""
    return (choices.get("headline") or ("shown" if shown == "turnover" else "hidden")) == "shown"


def _switches(
    shown: str, choices: Mapping[str, str], choice: Choice, reports: list[Annual], known: Rates
) -> tuple[Switch, ...]:
    made = [Switch("direction", "What both sides report", SHOWN, shown)]
    if shown in DIRECTIONS:
        offered = sorted({*FACTORS, choice.factor})
        options = tuple((f"{factor:g}", f"× {factor:.2f}") for factor in offered)
        made.append(Switch("factor", "From FOB to CIF", options, f"{choice.factor:g}"))
    for reporter, name in (("AZ", "Azerbaijan"), ("CN", "China")):
        names = publishers(reports, reporter)
        if len(names) > 1:
            options = (("", "Best source"), *((each, each) for each in names))
            made.append(Switch(f"source_{reporter.lower()}", f"Source of {name}", options, choice.publishers[reporter]))
    headline = "shown" if _has_headline(choices, shown) else "hidden"
    made.append(
        Switch("headline", _LAID_OVER, (("hidden", "No figures"), ("shown", "Figures")), headline, is_toggle=True)
    )
    if known.accepted:
        options = (("own", "Own currencies"), ("", "One currency"))
        made.append(Switch("rate", "Accepted rate", options, choices.get("rate", ""), is_toggle=True))
    return tuple(made)

"""The chart of the Trade tab: turnover, exports, imports, balance or growth, by year or by parts of years.

Azerbaijani and Chinese statistics are series of their own and never mixed; a figure whose side is only inferred, and
what is computed here, is hollow. A part of a year is a span on the time axis and never a point among the years; a
figure for one product never counts as a total. Other topics are drawn by `measures`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from azcn_desktop.charts.figures import Chosen, Figure, Judge, grouped, hedge, hedge_of_range, range_of
from azcn_desktop.charts.scales import decimal_year
from azcn_desktop.charts.series import NEIGHBOUR, Chart, Event, Mark, Point, Role, Series, Switch, series_of
from azcn_desktop.records import words
from azcn_desktop.records.amounts import CURRENCIES, Amount, bound_label, format_amount

MEASURES = (
    ("turnover", "Turnover"), ("az_exports", "Azerbaijani exports to China"),
    ("az_imports", "Azerbaijani imports from China"), ("balance", "Balance"), ("growth", "Growth"),
)  # fmt: skip
SPANS = (("annual", "Annual"), ("part", "Part-year"))
_OTHERS = (("", "Chosen figures"), ("shown", "All figures"))
_EVENTS = (("hidden", "No events"), ("", "Events"))
SIDES: dict[str, tuple[str, Role]] = {
    "AZ": ("Azerbaijani statistics", "accent"),
    "CN": ("Chinese statistics", "amber"),
    "international": ("International statistics", "violet"),
    "mirror": ("Mirror statistics", "blue"),
    "unspecified": ("Side not stated", "muted"),
}
PART_KINDS = ("half_year", "quarter", "months", "month", "day")


class Plan(Struct):
    """What is to be drawn, under construction.

    Attributes:
        marks: by series label and colour, in the order of `SIDES`, then products.
        shows_others: figures that are not chosen are drawn as well.
        others: their faint marks, if so.
        n_others: how many such figures there are.
    """

    marks: dict[tuple[str, Role], list[Mark]] = field(default_factory=dict)
    shows_others: bool = False
    others: list[Mark] = field(default_factory=list)
    n_others: int = 0


def draw_trade(
    figures: list[Figure],
    judge: Judge,
    choices: Mapping[str, str],
    events: tuple[Event, ...],
    switches: tuple[Switch, ...] = (),
) -> Chart:
    """Draw figures of the topic trade.

    Args:
        figures: those that the tab shows.
        judge: decides between several for one thing.
        choices: values of the switches `measure`, `span`, `others` and `events`; the first option where missing.
        events: meetings and agreements for the time axis.
        switches: further ones, to stand before the own.
    """
    measure, span = choices.get("measure", "turnover"), choices.get("span", "annual")
    unit = _main_unit(figures)
    kinds = ("year",) if span == "annual" else PART_KINDS
    wanted = [f for f in figures if f.period_kind in kinds and f.unit in (unit, "")]
    plan = Plan(shows_others=choices.get("others") == "shown")
    if measure == "growth":
        _plan_growth(plan, wanted, judge)
    elif measure == "balance":
        _plan_balance(plan, wanted, judge)
    else:
        _plan_flow(plan, [f for f in wanted if f.flow == measure], judge)
    series, dropped = _series(plan, span)
    dropped += sum(f.is_misfit for f in figures)
    relevant = tuple(e for e in events if choices.get("events") != "hidden" and any(len(s) for s in series))
    return Chart(
        title=_title(measure, span),
        unit="per cent, year on year" if measure == "growth" else _unit_words(unit),
        kind="lines",
        axis="years",
        scale="percent" if measure == "growth" else unit or "records",
        table="figure",
        series=series,
        events=relevant,
        switches=(*switches, *_switches(measure, span, choices)),
        signs=signs_of(series),
        remarks=_remarks(figures, unit, dropped, 0 if plan.shows_others else plan.n_others),
    )


def value_of(figure: Figure) -> float | None:
    """Return the number of a figure."""
    return figure.value


def bound_of(figure: Figure) -> str | None:
    """Return the hedge of a figure."""
    return figure.bound


def figure_mark(chosen: Chosen, *, is_total: bool = True) -> Mark | None:
    """Make the mark of a chosen figure: a point for a year or a stock, a span for a part of a year; None undated."""
    figure = chosen.figure
    where = place(figure)
    if where is None or figure.value is None:
        return None
    glyph, low, high = hedge(figure.value, figure.bound, figure.low, figure.high)
    point = Point((figure.key, *(f.key for f in chosen.others)), figure.words, figure.period, _notes(chosen))
    return Mark(*where, figure.value, point, glyph, low, high, is_total and figure.basis == "inferred")


def place(figure: Figure) -> tuple[float, float] | None:
    """Return where a figure stands on the time axis: start and end, equal for a year and for a stock."""
    start, end = decimal_year(figure.start), decimal_year(figure.end, after=1)
    if start is None or end is None:
        return None
    if figure.period_kind in PART_KINDS:
        return start, end
    middle = (start + end) / 2
    return middle, middle


def signs_of(series: Iterable[Series]) -> tuple[tuple[str, str], ...]:
    """Return the signs that occur, with their meaning."""
    drawn = [(glyph, bool(s.is_hollow[n]), s.points[n]) for s in series for n, glyph in enumerate(s.glyphs)]
    glyphs = {glyph for glyph, _, _ in drawn}
    hollow = [point for _, is_hollow, point in drawn if is_hollow]
    computed = any(_is_computed(point) for point in hollow)
    inferred = any(not _is_computed(point) for point in hollow)
    meaning = " or ".join(word for word, occurs in (("side inferred", inferred), ("computed", computed)) if occurs)
    found = (
        ("hollow", meaning, bool(hollow)),
        ("at_least", "over, at least", "at_least" in glyphs),
        ("at_most", "at most", "at_most" in glyphs),
        ("about", "about, nearly", "about" in glyphs),
    )
    return tuple((sign, text) for sign, text, occurs in found if occurs)


def _plan_flow(plan: Plan, figures: list[Figure], judge: Judge) -> None:
    for chosen in _chosen(figures, judge):
        if mark := figure_mark(chosen):
            _add(plan, chosen.figure, mark)
            _add_others(plan, chosen)


def _plan_balance(plan: Plan, figures: list[Figure], judge: Judge) -> None:
    """Draw stated balances, and exports less imports where both are known from one side for one period."""
    stated = [c for c in _chosen([f for f in figures if f.flow == "balance"], judge) if not c.figure.product]
    taken = {_slot(c.figure) for c in stated}
    for chosen in stated:
        if mark := figure_mark(chosen):
            _add(plan, chosen.figure, mark)
    flows = {
        flow: {
            _slot(c.figure): c.figure for c in _chosen([f for f in figures if f.flow == flow and not f.product], judge)
        }
        for flow in ("az_exports", "az_imports")
    }
    for slot, exports in flows["az_exports"].items():
        imports = flows["az_imports"].get(slot)
        if imports is None or slot in taken or exports.value is None or imports.value is None:
            continue
        value = exports.value - imports.value
        formula = f"Computed: exports {exports.words} less imports {imports.words}"
        (least, most), (least_in, most_in) = range_of(exports), range_of(imports)
        mark = _computed(
            exports, imports, value, (least - most_in, most - least_in), _money(value, exports.unit), formula
        )
        _add(plan, exports, mark)


def _plan_growth(plan: Plan, figures: list[Figure], judge: Judge) -> None:
    """Draw the stated growth of turnover; where none is stated, that of two figures a year apart."""
    turnover = [f for f in figures if f.flow == "turnover" and not f.product]
    taken = set()
    for group in grouped([replace(f, unit="") for f in turnover]):
        chosen = judge.choose(group, _growth, _growth_bound)
        if chosen and (mark := _growth_mark(chosen)):
            taken.add(_slot(chosen.figure))
            _add(plan, chosen.figure, mark)
            plan.n_others += len(chosen.others)
    values = {_slot(c.figure): c.figure for c in _chosen(turnover, judge)}
    for slot, figure in values.items():
        before = values.get(_year_before(slot))
        if slot in taken or before is None or not before.value or figure.value is None:
            continue
        value = (figure.value / before.value - 1) * 100
        formula = f"Computed: {figure.words} against {before.words} in {before.period}"
        (least, most), (least_then, most_then) = range_of(figure), range_of(before)
        span = ((least / most_then - 1) * 100, (most / least_then - 1) * 100)
        _add(plan, figure, _computed(figure, before, value, span, f"{value:+.1f} %".replace("-", "−"), formula))


def _growth(figure: Figure) -> float | None:
    """Return the growth in per cent: as stated, else from "2.6 times", which is 160 % more."""
    if figure.growth is not None:
        return figure.growth
    return None if figure.multiple is None else (figure.multiple - 1) * 100


def _growth_bound(figure: Figure) -> str | None:
    return figure.growth_bound


def _growth_mark(chosen: Chosen) -> Mark | None:
    figure, value, where = chosen.figure, _growth(chosen.figure), place(chosen.figure)
    if where is None or value is None:
        return None
    glyph, low, high = hedge(value, figure.growth_bound, None, None)
    is_multiple = figure.growth is None
    notes = _notes(chosen)
    if is_multiple:
        notes = (f"Computed: stated as {figure.multiple:g} times", *notes)
    shown = f"{bound_label(figure.growth_bound)} {value:+.4g} %".strip().replace("-", "−")
    point = Point((figure.key, *(f.key for f in chosen.others)), shown, figure.period, notes)
    return Mark(*where, value, point, glyph, low, high, is_multiple or figure.basis == "inferred")


def _computed(first: Figure, second: Figure, value: float, span: tuple[float, float], shown: str, formula: str) -> Mark:
    """Make the hollow mark of a number that nobody published, with the formula."""
    glyph, low, high = hedge_of_range(*span)
    inferred = ("Side inferred",) if "inferred" in (first.basis, second.basis) else ()
    point = Point((first.key, second.key), shown, first.period, (formula, _side(first)[0], *inferred))
    x, x_end = place(first) or (math.nan, math.nan)
    return Mark(x, x_end, value, point, glyph, low, high, True)


def _add(plan: Plan, figure: Figure, mark: Mark) -> None:
    label, role = _side(figure)
    if figure.product:
        label, role = f"Only {figure.product}", "blue"
    plan.marks.setdefault((label, role), []).append(mark)


def _add_others(plan: Plan, chosen: Chosen) -> None:
    plan.n_others += len(chosen.others)
    for other in chosen.others if plan.shows_others else ():
        if mark := figure_mark(Chosen(other, ())):
            plan.others.append(mark)


def _series(plan: Plan, span: str) -> tuple[tuple[Series, ...], int]:
    totals = list(SIDES.values())
    order = sorted(plan.marks, key=lambda label: totals.index(label) if label in totals else len(totals))
    made, dropped = [], 0
    if plan.others:
        faint, dropped = series_of("Other figures", "muted", plan.others, is_faint=True)
        made.append(faint)
    for label, role in order:
        is_total = (label, role) in totals and label != SIDES["unspecified"][0]
        reach = NEIGHBOUR if is_total and span == "annual" else 0.0
        series, left_out = series_of(label, role, plan.marks[label, role], join_within=reach)
        made.append(series)
        dropped += left_out
    return tuple(made), dropped


def _chosen(figures: list[Figure], judge: Judge) -> list[Chosen]:
    found = (judge.choose(group, value_of, bound_of) for group in grouped(figures))
    return [chosen for chosen in found if chosen is not None]


def _notes(chosen: Chosen) -> tuple[str, ...]:
    figure, n = chosen.figure, len(chosen.others)
    side = _side(figure)[0]
    notes = [f"{side}, inferred" if figure.basis == "inferred" else side]
    if figure.topic != "trade" and figure.side == "unspecified":
        notes = []
    if figure.product:
        notes.append(f"Only {figure.product}, not a total")
    if n:
        notes.append("1 other figure" if n == 1 else f"{n} other figures")
    return tuple(notes)


def _side(figure: Figure) -> tuple[str, Role]:
    return SIDES.get(figure.side, SIDES["unspecified"])


def _slot(figure: Figure) -> tuple[str, str | None, str | None, str]:
    return (figure.period_kind, figure.start, figure.end, figure.side)


def _year_before(slot: tuple[str, str | None, str | None, str]) -> tuple[str, str | None, str | None, str]:
    kind, start, end, side = slot
    return kind, _one_year_earlier(start), _one_year_earlier(end), side


def _one_year_earlier(day: str | None) -> str | None:
    """Return the same day a year before; the last of February stays the last, whatever the year."""
    if day is None:
        return None
    year = int(day[:4]) - 1
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    rest = day[4:]
    if rest in ("-02-28", "-02-29"):
        rest = "-02-29" if is_leap else "-02-28"
    return f"{year:04}{rest}"


def _main_unit(figures: list[Figure]) -> str:
    units = [f.unit for f in figures if f.unit and f.value is not None]
    return max(sorted(set(units)), key=units.count) if units else "USD"


def _money(value: float, unit: str) -> str:
    return format_amount(Amount(value, None, unit)).replace("-", "−")


def _is_computed(point: Point) -> bool:
    return any(line.startswith("Computed") for line in point.note)


def _title(measure: str, span: str) -> str:
    names = dict(MEASURES) | {"turnover": "Trade turnover", "balance": "Trade balance", "growth": "Growth of turnover"}
    return f"{names.get(measure, measure)}, {'by year' if span == 'annual' else 'parts of years'}"


def _unit_words(unit: str) -> str:
    return f"{unit_name(unit)}, as published"


def _switches(measure: str, span: str, choices: Mapping[str, str]) -> tuple[Switch, ...]:
    short = {"az_exports": "Exports", "az_imports": "Imports"}
    return (
        Switch("measure", "Measure", tuple((value, short.get(value, label)) for value, label in MEASURES), measure),
        Switch("span", "Periods", SPANS, span),
        Switch("others", "All figures", _OTHERS, choices.get("others", ""), is_toggle=True),
        Switch("events", "Meetings and agreements", _EVENTS, choices.get("events", ""), is_toggle=True),
    )


def _remarks(figures: list[Figure], unit: str, dropped: int, hidden: int) -> tuple[str, ...]:
    undated = sum(not _has_period(f) and f.rank != "deprecated" for f in figures)
    foreign = sum(f.unit not in (unit, "") and f.rank != "deprecated" for f in figures)
    counted = (
        (hidden, "{} other figure for the same periods", "{} other figures for the same periods"),
        (undated, "{} figure for no period not shown", "{} figures for no period not shown"),
        (
            foreign,
            f"{{}} figure in another unit than {unit} not shown",
            f"{{}} figures in other units than {unit} not shown",
        ),
        (dropped, "{} value not shown", "{} values not shown"),
    )
    return tuple((one if n == 1 else many).format(n) for n, one, many in counted if n)


def _has_period(figure: Figure) -> bool:
    return figure.period_kind in ("year", *PART_KINDS) and place(figure) is not None


def unit_name(unit: str) -> str:
    """Return a unit in words for a heading."""
    names = {"USD": "US dollars", "CNY": "yuan", "EUR": "euro", "AZN": "manat"}
    return names.get(unit, unit) if unit in CURRENCIES else unit.replace("_", " ")


def flow_name(flow: str) -> str:
    """Return a flow in words; empty for none."""
    return words.FLOW.label(flow) if flow else ""

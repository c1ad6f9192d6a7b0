"""Exports and imports over time, their balance, and one product: the pictures that have a time axis.

Lines join neighbouring periods only, bars stand where there is a value: what is missing is a gap and never zero.
Computed values are hollow and their lines dashed, as everywhere.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec.structs import replace

from azcn_desktop.charts.series import NEIGHBOUR, Chart, Glyph, Mark, Point, Role, Series, Switch, series_of
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.lines import Line, Value, Who
from azcn_desktop.charts.statistics.picture_lines import Lines
from azcn_desktop.charts.trade import signs_of
from azcn_desktop.records.amounts import money
from azcn_desktop.records.countries import area_name

MOST_LINES = 6
REACH = {"year": NEIGHBOUR, "quarter": 0.26, "month": 0.09}
_SHAPES = (("lines", "Lines"), ("stacked", "Stacked"))
_REPORTERS: dict[str, Role] = {"AZ": "accent", "CN": "amber"}
_FURTHER: tuple[Role, ...] = ("blue", "violet", "green", "red", "muted")
_DEEPER = -0.9
_EXPORTS = ("X", "RX")
_MEAN = 12


def draw_totals(lines: Lines, choices: Mapping[str, str], title: str) -> Chart:
    """Draw lines as they are, or the exports and imports of one reporter stacked by year.

    Args:
        lines: of one currency, way of valuing and level.
        choices: values of the switches `shape` and `who`.
        title: what is shown.
    """
    pairs = _pairs(lines.lines)
    both = [pair for pair, sides in pairs.items() if len(sides) == 2]
    can_stack = lines.by == "year" and bool(both)
    usual = "stacked" if can_stack and len(pairs) == 1 else "lines"
    wanted = choices.get("shape", "")
    shape = wanted if can_stack and wanted in dict(_SHAPES) else usual
    switch = (Switch("shape", "Form", _SHAPES, shape),) if can_stack else ()
    if shape == "stacked":
        return _stacked(lines, both, choices, title, switch)
    chart = draw_lines(lines, title)
    return replace(chart, switches=(*chart.switches, *switch))


def draw_lines(lines: Lines, title: str, code: str = "") -> Chart:
    """Draw the best of the lines; with months, also the mean of the twelve months up to each.

    Args:
        lines: of one currency, way of valuing and level.
        title: what is shown.
        code: the product that a click narrows to, where the query names none.
    """
    drawn = lines.lines[:MOST_LINES]
    whos = [line.who for line in drawn]
    made: list[Series] = []
    gaps = 0
    for line, shade in zip(drawn, _shades(whos), strict=True):
        label = line.who.label(whos)
        values = [value.value for value in line.values]
        points = [_point(line, value, code) for value in line.values]
        means = _means(line, code) if lines.by == "month" else {}
        is_computed = line.origin in ("months", "quarters")
        own = _joined(label, shade, [v.period for v in line.values], values, points, lines.by, is_computed=is_computed)
        gaps += int((~own.is_joined[1:]).sum())
        made.append(replace(own, is_faint=bool(means)))
        if means:
            numbers, of_means = [number for number, _ in means.values()], [point for _, point in means.values()]
            made.append(_joined(f"{label}, 12-month mean", shade, list(means), numbers, of_means, "month"))
    remarks = list(lines.remarks)
    hidden = len(lines.lines) - len(drawn)
    if hidden:
        remarks.append(f"{naming.counted(hidden, 'further line')} not drawn: filter by reporter, partner or publisher")
    if gaps:
        remarks.append(f"{naming.counted(gaps, 'gap')} where nothing was reported")
    return _chart(lines, title, tuple(made), remarks, whos)


def draw_balance(lines: Lines, title: str) -> Chart:
    """Draw exports minus imports of each publisher, reporter and partner, where both sides are known."""
    pairs = {pair: sides for pair, sides in _pairs(lines.lines).items() if len(sides) == 2}
    publishers = {publisher for publisher, _, _ in pairs}
    made, alone, whos = [], 0, []
    shades = _shades([sides["X"].who for sides in list(pairs.values())[:MOST_LINES]])
    for (pair, sides), (role, tint) in zip(pairs.items(), shades, strict=False):
        exports, imports = sides["X"], sides["M"]
        into = {value.period: value for value in imports.values}
        shared = [(value, into[value.period]) for value in exports.values if value.period in into]
        alone += len(exports.values) + len(imports.values) - 2 * len(shared)
        marks = [_balance_mark(exports.who, imports.who, *both) for both in shared]
        series, _ = series_of(_pair_label(pair, publishers), role, marks, join_within=REACH[lines.by])
        made.append(replace(series, tint=tint))
        whos += [exports.who, imports.who]
    alone += sum(len(line.values) for line in lines.lines if _pair(line.who) not in pairs and _side(line.who))
    remarks = ["Exports minus imports", *lines.remarks]
    if alone:
        remarks.append(f"{naming.counted(alone, 'value')} without its other side left out")
    if len(pairs) > MOST_LINES:
        remarks.append(f"{naming.counted(len(pairs) - MOST_LINES, 'further balance')} not drawn")
    return _chart(lines, title, tuple(made), remarks, whos)


def narrowing(who: Who, value: Value, code: str = "") -> tuple[tuple[str, str], ...]:
    """Return what a click on a value narrows the table to: the flows that are in it."""
    first, last = (value.periods[0], value.periods[-1]) if value.frequency != "A" else (value.period, value.period)
    return (("since", first), ("until", last), *_narrowing(who, value.frequency, value.classification, code))


@functools.lru_cache(maxsize=512)
def _narrowing(who: Who, frequency: str, classification: str, code: str) -> tuple[tuple[str, str], ...]:
    """Return what all values of a line narrow to; kept, since each of some thousand marks has it."""
    found = (
        ("text", code), ("frequencies", frequency), ("reporters", who.reporter), ("partners", who.partner),
        ("flows", who.flow), ("levels", str(who.level)), ("publishers", who.publisher),
        ("valuations", who.valuation), ("currencies", who.currency), ("classifications", classification),
    )  # fmt: skip
    return tuple(pair for pair in found if pair[1])


def _stacked(
    lines: Lines, both: list[tuple[str, str, str]], choices: Mapping[str, str], title: str, switch: tuple[Switch, ...]
) -> Chart:
    pairs = _pairs(lines.lines)
    names = {"|".join(pair): pair for pair in both}
    wanted = choices.get("who", "")
    chosen = wanted if wanted in names else next(iter(names))
    sides, publishers = pairs[names[chosen]], {publisher for publisher, _, _ in both}
    options = tuple((name, _pair_label(pair, publishers)) for name, pair in names.items())
    if len(options) > 1:
        switch = (*switch, Switch("who", "Reporter and partner", options, chosen))
    bases: dict[str, float] = {}
    series = (_bars(sides["X"], "Exports", "accent", bases), _bars(sides["M"], "Imports", "amber", bases))
    remarks = list(lines.remarks)
    alone = len({v.period for v in sides["X"].values} ^ {v.period for v in sides["M"].values})
    if alone:
        remarks.append(f"{naming.counted(alone, 'bar')} with one side only: the other was not reported")
    hidden = len(lines.lines) - 2
    if hidden:
        remarks.append(f"{naming.counted(hidden, 'further line')} not stacked: unlike flows are never added")
    chart = _chart(lines, title, series, remarks, [sides["X"].who, sides["M"].who])
    return replace(chart, kind="stacked", switches=(*chart.switches, *switch))


def _bars(line: Line, label: str, role: Role, bases: dict[str, float]) -> Series:
    """Make one layer of the stack and raise the bases by it."""
    low = np.array([bases.get(value.period, 0.0) for value in line.values])
    heights = np.array([value.value for value in line.values])
    for value in line.values:
        bases[value.period] = bases.get(value.period, 0.0) + value.value
    x = np.array([naming.place(value.period) for value in line.values])
    hollow = np.zeros(len(x), dtype=np.bool_)
    points = tuple(_point(line, value) for value in line.values)
    plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
    return Series(label, role, x, x, low + heights, low, low + heights, plain, hollow, hollow, points)


def _chart(lines: Lines, title: str, series: tuple[Series, ...], remarks: list[str], whos: Iterable[Who]) -> Chart:
    valued = {("imports" if who.flow in ("M", "RM") else "exports", who.valuation) for who in whos}
    words = [f"{side} {value}" for side, value in sorted(valued, reverse=True) if value in ("CIF", "FOB")]
    unit = ", ".join([naming.group_name(lines.group), *words, "as published" if _is_plain(lines) else ""])
    shown = unit.rstrip(", ") if lines.lines else ""
    return Chart(
        title=title, unit=shown, kind="lines", axis="years", scale=lines.currency, table="trade_flow",
        series=series, switches=lines.switches, signs=signs_of(series), remarks=tuple(remarks),
    )  # fmt: skip


def _is_plain(lines: Lines) -> bool:
    return all(line.origin == "published" for line in lines.lines) and lines.level == 0


def _joined(
    label: str, shade: tuple[Role, float], periods: list[str], values: list[float], points: list[Point], by: str,
    *, is_computed: bool = False,
) -> Series:  # fmt: skip
    """Make a series of finite values in the order of time, in which neighbours are joined.

    Straight into arrays: a picture of thirty years of months has some three thousand marks.
    """
    x, y = np.array([naming.place(period) for period in periods]), np.array(values, dtype=np.float64)
    joined = np.zeros(len(x), dtype=np.bool_)
    joined[1:] = np.diff(x) <= REACH[by]
    plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
    return Series(label, shade[0], x, x, y, y, y, plain, np.full(len(x), is_computed), joined, tuple(points), shade[1])


def _point(line: Line, value: Value, code: str = "") -> Point:
    note = _note(line.who, line.origin, value.classification, len(value.periods), value.flows)
    words = money(value.value, line.who.currency)
    return Point((), words, naming.period_words(value.period), note, narrowing(line.who, value, code))


@functools.lru_cache(maxsize=4096)
def _note(who: Who, origin: str, classification: str, parts: int, flows: int) -> tuple[str, ...]:
    notes = [who.words, f"{who.publisher}, {who.valuation}"]
    if origin in ("months", "quarters"):
        notes.append(f"Computed: sum of {parts} {origin}")
    elif origin == "december":
        notes.append("Sum since January, published for December")
    if classification:
        notes.append(f"Classification {classification}")
    if who.level:
        notes.append(f"{naming.counted(flows, 'flow')} of {naming.level_name(who.level)}")
    return tuple(notes)


def _means(line: Line, code: str) -> dict[str, tuple[float, Point]]:
    """Return the mean of twelve months at the last of them, where none of the twelve is missing."""
    who, values = line.who, line.values
    note = (who.words, "Mean of the 12 months to here")
    count = [int(value.period[:4]) * 12 + int(value.period[4:]) for value in values]
    found = {}
    for last in range(_MEAN - 1, len(values)):
        first = last - _MEAN + 1
        if count[last] - count[first] == _MEAN - 1:
            mean = sum([value.value for value in values[first : last + 1]]) / _MEAN
            end = values[last].period
            span = Value(end, mean, "", "M", (values[first].period, end), 0)
            words = money(mean, who.currency)
            found[end] = mean, Point((), words, naming.period_words(end), note, narrowing(who, span, code))
    return found


def _balance_mark(who: Who, other: Who, out: Value, into: Value) -> Mark:
    number = out.value - into.value
    note = (
        f"Computed: exports {money(out.value, who.currency)} − imports {money(into.value, who.currency)}",
        f"{who.publisher}: exports {who.valuation}, imports {other.valuation}",
    )
    kept = [pair for pair in narrowing(who, out) if pair[0] not in ("flows", "valuations", "classifications")]
    narrows = (*kept, ("flows", who.flow), ("flows", other.flow))
    x = naming.place(out.period)
    point = Point((), money(number, who.currency), naming.period_words(out.period), note, narrows)
    return Mark(x, x, number, point, is_hollow=True)


def _pairs(lines: Iterable[Line]) -> dict[tuple[str, str, str], dict[str, Line]]:
    """Return the exports and imports of each publisher, reporter and partner, in the order of the lines."""
    found: dict[tuple[str, str, str], dict[str, Line]] = {}
    for line in lines:
        if _side(line.who):
            found.setdefault(_pair(line.who), {}).setdefault(line.who.flow, line)
    return found


def _pair(who: Who) -> tuple[str, str, str]:
    return who.publisher, who.reporter, who.partner


def _side(who: Who) -> str:
    return who.flow if who.flow in ("M", "X") else ""


def _shades(whos: list[Who]) -> list[tuple[Role, float]]:
    """Return a colour for each of at most `MOST_LINES`: by reporter where that is free, imports paler than exports.

    Where all of one tint are taken, as by imports of a reporter that has no colour of its own, a deeper one follows.
    """
    taken: list[tuple[Role, float]] = []
    for who in whos:
        tint = 0.0 if who.flow in _EXPORTS else 0.9
        own = [_REPORTERS[who.reporter]] if who.reporter in _REPORTERS else []
        shades = [*((role, tint) for role in (*own, *_FURTHER)), *((role, _DEEPER) for role in _FURTHER)]
        taken.append(next(shade for shade in shades if shade not in taken))
    return taken


def _pair_label(pair: tuple[str, str, str], publishers: set[str]) -> str:
    publisher, reporter, partner = pair
    words = f"{area_name(reporter)} with {area_name(partner)}"
    return f"{words}, {publisher}" if len(publishers) > 1 else words

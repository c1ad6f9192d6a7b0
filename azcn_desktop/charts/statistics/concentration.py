"""How much of a trade lies in few products: Herfindahl-Hirschman index and share of the five largest, by period.

One series is looked at, in each period at the coarsest level whose codes cover the published total; where none is
published, at the coarsest that lacks nothing of a finer one, and only if the codes come from so many chapters that they
look whole. Both numbers are of 0 to 100 per cent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from azcn_desktop.charts.series import Chart, Mark, Point, Role, Switch, series_of
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.lines import Line, Value
from azcn_desktop.charts.statistics.picture_lines import Lines
from azcn_desktop.charts.statistics.products import (
    DIGITS,
    LEAST_CHAPTERS,
    NEARLY_ALL,
    series_name,
    series_of_codes,
    series_options,
)
from azcn_desktop.charts.statistics.totals import REACH, narrowing
from azcn_desktop.charts.trade import signs_of
from azcn_desktop.records.percentages import share_percent
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import code_sums
from azcn_desktop.store.store import Store

TOP = 5
TOLERANCE = 0.02
"""How far the sum of the codes may be from the published total: publishers hide small flows and round."""
# More flows than this are not read for one picture; chapters come from their sums.
_MOST_FLOWS = 60_000
# A level in one period: its line, its value there, and values over 0 by code.
_Level = tuple[Line, Value, dict[str, float]]
_FORMULA = "HHI = sum of the squared shares of all codes; 100 % is one product alone"


def herfindahl(values: Sequence[float]) -> float:
    """Return the sum of squared shares, 1/n to 1, of values over 0 (n of them, at least one).

    Source: Hirschman, "The Paternity of an Index", American Economic Review 54, 1964.
    """
    total = sum(values)
    return sum((value / total) ** 2 for value in values)


def top_share(values: Sequence[float], top: int = TOP) -> float:
    """Return the share, 0 to 1, of the largest of values over 0."""
    return sum(sorted(values, reverse=True)[:top]) / sum(values)


def draw_concentration(store: Store, query: FlowQuery, lines: Lines, choices: Mapping[str, str]) -> Chart:
    """Draw both numbers of one series over time.

    Args:
        store: the open file.
        query: what flows.
        lines: of every level.
        choices: values of the switches `series` and `digits`.
    """
    remarks = list(lines.remarks)
    series = series_of_codes(lines.lines)
    name = choices["series"] if choices.get("series", "") in series else next(iter(series), "")
    digits = _digits(series.get(name, []))
    wanted = choices.get("digits", "")
    chosen = int(wanted) if wanted in map(str, digits) else next(iter(digits), DIGITS[0])
    switches = _switches(lines, series, name, digits, chosen)
    title = f"Concentration by {lines.by}"
    made = []
    if digits:
        able = _able(series[name], chosen)
        title = f"{able[0].who.words}, concentration by {lines.by}"
        total = next((x for x in lines.lines if x.who.level == 0 and series_name(x) == name), None)
        marks, said = _marks(store, query, able, total, chosen)
        remarks = [_FORMULA, *remarks, *said]
        looks: tuple[tuple[str, Role], ...] = (
            ("Herfindahl-Hirschman index", "accent"), (f"Share of the {TOP} largest", "amber"),
        )  # fmt: skip
        made = [
            series_of(*look, drawn, join_within=REACH[lines.by])[0] for look, drawn in zip(looks, marks, strict=True)
        ]
    return Chart(
        title=title, unit=f"per cent, over {naming.level_name(chosen)}", kind="lines", axis="years", scale="percent",
        table="trade_flow", series=tuple(made), switches=switches, signs=signs_of(made), remarks=tuple(remarks),
    )  # fmt: skip


def _is_small(line: Line) -> bool:
    return sum(value.flows for value in line.values) <= _MOST_FLOWS


def _digits(lines: list[Line]) -> list[int]:
    """Return the levels that can be told apart: chapters always, finer ones where there are few enough flows."""
    most = max((line.who.level for line in lines), default=0)
    small = any(_is_small(line) and line.who.level == most for line in lines)
    return [digits for digits in DIGITS if digits <= most and (digits == DIGITS[0] or small)]


def _able(lines: list[Line], digits: int) -> list[Line]:
    """Return the levels with enough digits, the coarsest first."""
    return sorted((line for line in lines if line.who.level >= digits), key=lambda line: line.who.level)


def _marks(
    store: Store, query: FlowQuery, lines: list[Line], total: Line | None, digits: int
) -> tuple[tuple[list[Mark], list[Mark]], list[str]]:
    held = _levels_by_period(store, query, lines, digits)
    indices, shares = [], []
    uncovered = unknown = compared = 0
    for period in sorted(held):
        published = total.at(period) if total else None
        line, value, codes = _fitting(held[period], published)
        if published is None:
            if len({code[:2] for code in codes}) < LEAST_CHAPTERS:
                unknown += 1
                continue
        elif not _covers(codes, published):
            uncovered += 1
            continue
        else:
            compared += 1
        numbers = list(codes.values())
        indices.append(_mark(line, value, herfindahl(numbers), numbers))
        shares.append(_mark(line, value, top_share(numbers), numbers))
    said = (
        (uncovered, f"{{}} not computed: {naming.level_name(digits)} do not cover the total within {TOLERANCE:.0%}"),
        (
            unknown,
            f"{{}} not computed: no total is published and codes of fewer than {LEAST_CHAPTERS} chapters are there",
        ),
        (len(indices) - compared, "{} without a published total to compare: of what is listed"),
    )
    return (indices, shares), [text.format(naming.counted(n, "period")) for n, text in said if n]


def _covers(codes: dict[str, float], published: Value) -> bool:
    return abs(sum(codes.values()) - published.value) <= TOLERANCE * abs(published.value)


def _fitting(levels: list[_Level], published: Value | None) -> _Level:
    """Return the coarsest level that covers the total, or else that lacks nothing that a finer one has."""
    covering = (level for level in levels if published is not None and _covers(level[2], published))
    most = max(sum(codes.values()) for _, _, codes in levels)
    full = (level for level in levels if sum(level[2].values()) >= most * NEARLY_ALL)
    return next(covering, None) or next(full)


def _levels_by_period(store: Store, query: FlowQuery, lines: list[Line], digits: int) -> dict[str, list[_Level]]:
    """Return by period what the levels have there, in the order of the lines; one without values is left out."""
    found: dict[str, list[_Level]] = {}
    for line in lines:
        held = _values_by_period(store, query, line, digits)
        for value in line.values:
            if codes := {code: number for code, number in held.get(value.period, {}).items() if number > 0}:
                found.setdefault(value.period, []).append((line, value, codes))
    return found


def _values_by_period(store: Store, query: FlowQuery, line: Line, digits: int) -> dict[str, dict[str, float]]:
    """Return the sums by code of each period, in the classification that the line has there."""
    first = line.values[0]
    of = line.who.key | {"frequency": first.frequency, "is_cumulative": first.is_cumulative}
    by_year = line.origin in ("months", "quarters") and len(first.period) == len("2024")
    place = {(period, value.classification): value.period for value in line.values for period in value.periods}
    place |= {(value.period, value.classification): value.period for value in line.values}
    found: dict[str, dict[str, float]] = {}
    for each in code_sums(store.database, query, of, digits, by_year=by_year):
        period = place.get((each.period, each.classification))
        if period is not None:
            codes = found.setdefault(period, {})
            codes[each.code] = codes.get(each.code, 0.0) + each.value
    return found


def _mark(line: Line, value: Value, number: float, values: list[float]) -> Mark:
    note = (
        f"HHI {herfindahl(values) * 10_000:,.0f} of 10,000 points over {naming.counted(len(values), 'code')}",
        _FORMULA,
        f"{line.who.publisher}, {line.who.valuation}",
    )
    x = naming.place(value.period)
    words = share_percent(100 * number)
    point = Point((), words, naming.period_words(value.period), note, narrowing(line.who, value))
    return Mark(x, x, round(100 * number, 2), point)  # as many digits as the label at its end has room for


def _switches(
    lines: Lines, series: dict[str, list[Line]], name: str, digits: list[int], chosen: int
) -> tuple[Switch, ...]:
    offered = (
        *lines.switches,
        Switch("series", "Series", series_options(series), name),
        Switch("digits", "Level of codes", tuple((str(n), naming.level_name(n)) for n in digits), str(chosen)),
    )
    return tuple(switch for switch in offered if len(switch.options) > 1)

"""The chart of the Trade tab for what is not trade: investment, transit, tourism and other published numbers.

These measures share no unit, so one is drawn at a time and a chooser lists those that the tab's rows hold; the one with
most figures comes first. A stock stands at its day, a year in its middle, a part of a year is a span; nothing is joined
except neighbouring years of one series.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from azcn_desktop.charts.figures import Figure, Judge, grouped
from azcn_desktop.charts.series import NEIGHBOUR, ROLES, Chart, Mark, Series, Switch, series_of
from azcn_desktop.charts.trade import bound_of, figure_mark, flow_name, signs_of, unit_name, value_of
from azcn_desktop.records.amounts import CURRENCIES

TOPIC_GROUPS = (("trade", "Trade"), ("investment", "Investment"), ("other", "Transit, tourism, other"))


def topic_group(figure: Figure) -> str:
    """Return which of the charts a figure belongs to."""
    return figure.topic if figure.topic in ("trade", "investment") else "other"


def draw_measures(
    figures: list[Figure], judge: Judge, choices: Mapping[str, str], group: str, switches: tuple[Switch, ...] = ()
) -> Chart:
    """Draw one measure of the figures of a topic group.

    Args:
        figures: those of the group that the tab shows.
        judge: decides between several for one thing.
        choices: the value of the switch named like the group; the measure with most figures where it is missing.
        group: investment or other.
        switches: further ones, to stand before the own.
    """
    offered = _offered(figures)
    wanted = choices.get(group, "")
    chosen = wanted if wanted in dict(offered) else offered[0][0] if offered else ""
    drawn = [f for f in figures if _name(f) == chosen]
    series, dropped = _series(drawn, judge)
    dropped += sum(f.is_misfit for f in figures)
    measure, _, unit = chosen.partition("|")
    return Chart(
        title=measure or "Figures",
        unit=_unit_words(unit),
        kind="lines",
        axis="years",
        scale=unit,
        table="figure",
        series=series,
        switches=(*switches, Switch(group, "Measure", tuple(offered), chosen)) if offered else switches,
        signs=signs_of(series),
        remarks=_remarks(figures, drawn, series, dropped),
    )


def _unit_words(unit: str) -> str:
    if unit in CURRENCIES:
        return f"{unit_name(unit)}, as published"
    return f"unit: {unit_name(unit)}, as published" if unit else "as published"


def _name(figure: Figure) -> str:
    return f"{figure.measure}|{figure.unit}"


def _offered(figures: list[Figure]) -> list[tuple[str, str]]:
    """Return the measures that have a number and a date, most figures first."""
    able = [f for f in figures if f.value is not None and f.start and f.rank != "deprecated"]
    counts = Counter(map(_name, able))
    dates = {name: len({(f.start, f.end) for f in able if _name(f) == name}) for name in counts}
    order = sorted(counts, key=lambda name: (-dates[name], -counts[name], name))
    return [(name, f"{name.partition('|')[0]} ({counts[name]})") for name in order]


def _series(figures: list[Figure], judge: Judge) -> tuple[tuple[Series, ...], int]:
    marks: dict[str, list[Mark]] = {}
    kinds: dict[str, set[str]] = {}
    for group in grouped(figures):
        chosen = judge.choose(group, value_of, bound_of)
        mark = figure_mark(chosen, is_total=False) if chosen else None
        if chosen and mark:
            label = _label(chosen.figure)
            marks.setdefault(label, []).append(mark)
            kinds.setdefault(label, set()).add(chosen.figure.period_kind)
    made, dropped = [], 0
    for n, label in enumerate(sorted(marks, key=lambda name: -len(marks[name]))):
        reach = NEIGHBOUR if kinds[label] == {"year"} else 0.0
        series, left_out = series_of(label, ROLES[n % len(ROLES)], marks[label], join_within=reach)
        made.append(series)
        dropped += left_out
    return tuple(made), dropped


def _label(figure: Figure) -> str:
    parts = (flow_name(figure.flow), figure.product)
    return ", ".join(part for part in parts if part) or figure.measure


def _remarks(figures: list[Figure], drawn: list[Figure], series: tuple[Series, ...], dropped: int) -> tuple[str, ...]:
    shown = sum(len(point.keys) for s in series for point in s.points)
    undated = sum(f.start is None or f.end is None for f in drawn)
    counted = (
        (len(figures) - len(drawn), "{} figure of another measure", "{} figures of other measures"),
        (undated, "{} without a date", "{} without a date"),
        (max(0, len(drawn) - shown - undated), "{} without a number to draw", "{} without a number to draw"),
        (dropped, "{} value not shown", "{} values not shown"),
    )
    return tuple((one if n == 1 else many).format(n) for n, one, many in counted if n)

"""What charts of statistics say of a stop and of their sources. Everything is in the picture; nothing is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.series import Chart, Point
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.records.dates import date_words


class FlowChartWords:
    """Puts marks, bars and tiles of statistics into words."""

    def of_stop(self, stop: Stop | BoardStop, chart: Chart | Treemap) -> list[str]:
        """Return what the read-out says of a stop, headline first."""
        if isinstance(stop, BoardStop):
            return list(stop.words)
        assert stop.point is not None
        assert stop.series is not None
        point, label = stop.point, stop.series.label
        is_said = label in point.note or (isinstance(chart, Chart) and len(chart.series) < 2)
        name, note = _named(point)
        return [point.value, name, *(() if is_said else (label,)), *note]

    def of_sources(self, chart: Chart | Treemap) -> str:
        """Return the source line of a picture: who published what is drawn, and the day."""
        day = date_words(datetime.datetime.now().astimezone().date().isoformat())
        names = list(
            dict.fromkeys(value for p in points_of(chart) for part, value in p.narrows if part == "publishers")
        )
        return f"Sources: {', '.join(names)}. Data of {day}" if names else f"Data of {day}"


def _named(point: Point) -> tuple[str, tuple[str, ...]]:
    """Return the name of a point and its note; a code that is shortened gets its words from the note, said once."""
    code, _, words = point.period.partition(" ")
    begin = words.rstrip("…").rstrip()
    whole = next((line for line in point.note if begin and line.startswith(begin)), None)
    if not code.isdigit() or whole is None:
        return point.period, point.note
    return f"{code} {whole}", tuple(line for line in point.note if line != whole)


def points_of(chart: Chart | Treemap) -> Iterable[Point]:
    """Return what is said of every mark, bar or tile of a picture."""
    if isinstance(chart, Treemap):
        return [tile.point for tile in chart.tiles]
    return [point for series in chart.series for point in series.points]

"""Where things go on the picture: ranges, ticks and the stops that pointer and keyboard find.

Pixels come in as plain numbers. Knows neither fonts nor widgets.
"""

from __future__ import annotations

import math

from msgspec import Struct

from azcn_desktop.charts.scales import count_ticks, nice_ticks, tick_text, year_ticks
from azcn_desktop.charts.series import Chart, Event, Point, Series

Ticks = list[tuple[float, str]]
_VALUE_STEP = 28
_MONEY_STEP = 80
_YEAR_STEP = 40
_HEADROOM = 0.05


class Stop(Struct, frozen=True):
    """One thing that pointer or keyboard can rest on.

    Attributes:
        x, y: in units of the axes; y is NaN for an event. x_end: end of a span, else x.
        series, point: of a mark or bar; None for an event.
        event: of an event; else None.
        base: where a bar begins; equal to y for a mark.
    """

    x: float
    y: float
    x_end: float
    series: Series | None = None
    point: Point | None = None
    event: Event | None = None
    base: float = math.nan

    @property
    def is_event(self) -> bool:
        """Tell whether this is an event."""
        return self.event is not None


def stops(chart: Chart) -> list[Stop]:
    """Return all stops in the order in which the keyboard goes: along the axis, from the first series to the last."""
    found = [
        (float(s.x[i]), n, Stop(float(s.x[i]), float(s.y[i]), float(s.x_end[i]), s, s.points[i], None, float(s.low[i])))
        for n, s in enumerate(chart.series)
        for i in range(len(s))
    ]
    low, high = time_range(chart) if chart.axis == "years" else (0.0, 0.0)
    events = [(e.x, len(found), Stop(e.x, math.nan, e.x, event=e)) for e in chart.events if low <= e.x <= high]
    return [stop for _, _, stop in sorted(found + events, key=lambda each: each[:2])]


def time_range(chart: Chart) -> tuple[float, float]:
    """Return the whole years that the series cover, at least three; those of the chart where it names some."""
    if chart.span is not None:
        return chart.span
    starts = [float(s.x.min()) for s in chart.series if len(s)]
    ends = [float(s.x_end.max()) for s in chart.series if len(s)]
    if not starts:
        return 0.0, 1.0
    first, last = math.floor(min(starts)), math.ceil(max(ends))
    missing = max(0, 3 - (last - first))
    return float(first - missing // 2), float(last + missing - missing // 2)


def place_range(chart: Chart) -> tuple[float, float]:
    """Return the range of the axis that tells when, or which category."""
    if chart.axis == "years":
        return time_range(chart)
    return -0.6, max(len(chart.categories), 1) - 0.4


def place_ticks(chart: Chart, length: float) -> Ticks:
    """Return the ticks of that axis, as many as `length` pixels hold; a year is labelled in its middle."""
    if chart.axis == "categories":
        return [(float(n), name) for n, name in enumerate(chart.categories)]
    low, high = time_range(chart)
    return [(year + 0.5, str(year)) for year in year_ticks(low, high, int(length // _YEAR_STEP))]


def value_range(chart: Chart) -> tuple[float, float]:
    """Return the range that the values need; it holds 0, and is never empty."""
    low = min((float(min(s.low.min(), s.y.min())) for s in chart.series if len(s)), default=0.0)
    high = max((float(max(s.high.max(), s.y.max())) for s in chart.series if len(s)), default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = low + 1.0
    room = (high - low) * _HEADROOM
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


def value_ticks(chart: Chart, length: float) -> Ticks:
    """Return the ticks of the value axis, as many as `length` pixels hold."""
    low, high = value_range(chart)
    # Beside each other, words of money need more room than one above another.
    is_wide = chart.kind == "stacked_rows" and chart.scale != "records"
    most = max(1, int(length // (_MONEY_STEP if is_wide else _VALUE_STEP)))
    ticks = count_ticks(high, most) if chart.scale == "records" else nice_ticks(low, high, most)
    return [(tick, tick_text(tick, chart.scale)) for tick in ticks]


def with_room(span: tuple[float, float], length: float, after: float, before: float = 0.0) -> tuple[float, float]:
    """Return a range longer by `after` of its `length` pixels at its upper end, and by `before` at its lower end."""
    low, high = span
    pixel = (high - low) / max(length - after - before, 1.0)
    return low - before * pixel, high + after * pixel

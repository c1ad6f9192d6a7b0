"""The picture as values: series of marks or bars, events, switches and words, ready to be painted.

Every array is finite float64 before it gets here, because the plotting library takes the process down on anything
else; what can't be drawn is counted and said in words. Knows neither where the numbers come from nor who paints them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Glyph = Literal["exact", "at_least", "at_most", "about"]
Kind = Literal["lines", "stacked", "stacked_rows"]
Axis = Literal["years", "categories"]
Role = Literal["accent", "amber", "blue", "violet", "green", "red", "muted", "faint"]

ROLES: tuple[Role, ...] = ("accent", "amber", "blue", "violet", "green", "red", "muted")
"""The colours of lines that have none of their own, those that follow each other far apart."""
NEIGHBOUR = 1.01
"""Years apart at most for two annual values to be joined: a line over a gap would claim what nobody published."""
LARGEST = 1e18
"""Beyond this no axis can be labelled; such values are counted, not drawn."""
SMALLEST = 1e-12
"""What is nearer to zero is drawn at zero."""


class Point(Struct, frozen=True):
    """What is said of one mark or bar.

    Attributes:
        keys: the records behind it; the first is the one drawn.
        value: the number in words with its hedge: "over $3 bn".
        period: when, or the category, in words.
        note: further lines: side, formula, how many others there are.
        narrows: parts of a `FlowQuery` and their values that a click narrows the table to.
    """

    keys: tuple[int, ...]
    value: str
    period: str
    note: tuple[str, ...] = ()
    narrows: tuple[tuple[str, str], ...] = ()


class Mark(Struct, frozen=True):
    """One number on its way into a series, not checked yet.

    Attributes:
        x, x_end: where; equal for a point, else a span.
        y: the number as read; anything but a finite number is left out and counted.
        point: what is said of it.
        glyph: how its hedge is drawn.
        low, high: ends of the band, for `about` only.
        is_hollow: computed, or of a side that is only inferred.
    """

    x: float
    x_end: float
    y: object
    point: Point
    glyph: Glyph = "exact"
    low: object = None
    high: object = None
    is_hollow: bool = False


class Series(Struct, frozen=True):
    """Marks or bars of one colour.

    Attributes:
        label: as the legend says it.
        role, tint: a colour of the theme, and how pale it is: 1 as pale as can still be seen, -1 close to the text.
        x, x_end: float64, shape (n,); decimal years or the number of the category; equal for points.
        y: float64, shape (n,); the value, of a bar its upper end.
        low, high: float64, shape (n,); ends of the band, of a bar lower and upper end; equal to y where there is none.
        glyphs: one a mark.
        is_hollow: bool, shape (n,).
        is_joined: bool, shape (n,); True where a line leads here from the mark before.
        points: one a mark.
        is_faint: drawn quietly and without a label.
    """

    label: str
    role: Role
    x: Floats
    x_end: Floats
    y: Floats
    low: Floats
    high: Floats
    glyphs: tuple[Glyph, ...]
    is_hollow: NDArray[np.bool_]
    is_joined: NDArray[np.bool_]
    points: tuple[Point, ...]
    tint: float = 0.0
    is_faint: bool = False

    def __len__(self) -> int:
        return len(self.points)


class Event(Struct, frozen=True):
    """A record marked on the time axis.

    Attributes:
        x: decimal year.
        label: a few words. date: in words. title: whole.
        table, key: the record.
        weight: the heavier of two gets its words where there is room for one.
    """

    x: float
    label: str
    date: str
    title: str
    table: str
    key: int
    weight: int = 0


class Switch(Struct, frozen=True):
    """A choice that the chart offers.

    Attributes:
        name: of the choice.
        label: what it is about, for assistive technology.
        options: pairs of value and label; a toggle has off and on, and shows the label of on.
        chosen: the value in force.
        is_toggle: on or off.
    """

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str
    is_toggle: bool = False


class Table(Struct, frozen=True):
    """The drawn values as rows: the chart for who does not see it, and for export.

    Attributes:
        headers: of the columns.
        rows: cells; numbers as numbers.
        keys: for each row the records behind it.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]
    keys: tuple[tuple[int, ...], ...]


class Chart(Struct, frozen=True):
    """One picture.

    Attributes:
        title: what is shown. unit: in which unit, and of what.
        kind: marks joined by lines, stacked columns, or stacked horizontal rows.
        axis: what x means.
        scale: unit of the value axis: a currency, `percent`, `records`, or any other unit.
        table: the record type that points refer to.
        categories: names of the categories, for that axis.
        series, events, switches: what is drawn and offered.
        signs: pairs of glyph (or `hollow`) and its meaning, those that occur.
        remarks: what is not drawn, in words.
        span: the whole years of the time axis, as decimal years; None for those that the series cover.
    """

    title: str
    unit: str
    kind: Kind
    axis: Axis
    scale: str
    table: str
    series: tuple[Series, ...] = ()
    categories: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    switches: tuple[Switch, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = field(default=())
    span: tuple[float, float] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(len(series) for series in self.series)

    def as_table(self) -> Table:
        """Return the drawn values as rows, in the order of the axis."""
        stops = sorted(
            ((float(s.x[i]), n, i) for n, s in enumerate(self.series) for i in range(len(s))), key=lambda stop: stop
        )
        rows, keys = [], []
        for _, n, i in stops:
            series, point = self.series[n], self.series[n].points[i]
            number = float(series.high[i] - series.low[i]) if self.kind != "lines" else float(series.y[i])
            rows.append((point.period, series.label, number, point.value, "; ".join(point.note)))
            keys.append(point.keys)
        first = "Period" if self.axis == "years" else "Group"
        return Table((first, "Series", "Number", "In words", "Remarks"), tuple(rows), tuple(keys))


def finite(value: object) -> float | None:
    """Return a number that can be drawn, or None for text, None, NaN, infinity and what is beyond `LARGEST`."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if not math.isfinite(number) or abs(number) > LARGEST:
        return None
    return number if abs(number) >= SMALLEST else 0.0


def series_of(
    label: str, role: Role, marks: Iterable[Mark], *, join_within: float = 0.0, is_faint: bool = False
) -> tuple[Series, int]:
    """Make a series of what can be drawn.

    Args:
        label, role, is_faint: see `Series`.
        marks: in any order.
        join_within: marks at most this far apart are joined by a line; 0 leaves them loose.

    Returns:
        The series in the order of x, and how many marks were left out.
    """
    wanted = list(marks)
    able = [(mark, placed) for mark in wanted if (placed := _placed(mark)) is not None]
    able.sort(key=lambda each: each[1][:2])
    drawn = [mark for mark, _ in able]
    x, x_end, y, low, high = np.array([placed for _, placed in able], dtype=np.float64).reshape(-1, 5).T.copy()
    joined = np.zeros(len(drawn), dtype=np.bool_)
    if len(drawn) > 1 and join_within:
        joined[1:] = np.diff(x) <= join_within
    series = Series(
        label, role, x, x_end, y, low, high, tuple(m.glyph for m in drawn),
        np.array([m.is_hollow for m in drawn], dtype=np.bool_), joined, tuple(m.point for m in drawn),
        is_faint=is_faint,
    )  # fmt: skip
    return series, len(wanted) - len(drawn)


def _placed(mark: Mark) -> tuple[float, float, float, float, float] | None:
    """Return x, end, y and the ends of the band as numbers that can be drawn; None where they can't."""
    x, x_end, y = finite(mark.x), finite(mark.x_end), finite(mark.y)
    if x is None or x_end is None or y is None or x > x_end:
        return None
    low = None if mark.low is None else finite(mark.low)
    high = None if mark.high is None else finite(mark.high)
    return x, x_end, y, y if low is None else low, y if high is None else high

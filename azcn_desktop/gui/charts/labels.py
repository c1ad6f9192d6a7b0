"""Words inside the plot area: names of series at their last marks, and of events above the data.

No word covers another one or a mark; what finds no room is left to the legend, the read-out and the table. Everything
is drawn as plain text. Knows no store.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform

from azcn_desktop.charts.scales import place_labels, tick_text
from azcn_desktop.charts.series import Chart, Event, Series
from azcn_desktop.gui.charts.items import RADIUS, STEM, Layer, in_pixels, ink
from azcn_desktop.gui.theme import Theme
from azcn_desktop.gui.widgets.short_label import wrapped_lines

_LABEL_ROW = 15
_MOST_ROWS = 2
_ROOMY = 150
_MOST_NAME, _NAME_ROWS = 240, 3
"""Pixels and lines of a name beside its line; more of it would leave no room for the line."""
_CLEAR_PX, _SAMPLE_PX = 4, 10
_OFF_ZERO_PX = 2
_SAME_WEEKS = 0.1
"""Years within which an event of the same kind gets no words of its own."""


class EndLabels(Layer):
    """The name of a series and its last value beside its last mark, where that covers nothing."""

    def __init__(self) -> None:
        super().__init__(4)
        self._series: tuple[Series, ...] = ()
        self._scale = ""
        self._ceiling = 0.0

    def show_series(self, chart: Chart, ceiling: float) -> None:
        """Label the series of this chart, nowhere in the topmost `ceiling` pixels."""
        self._ceiling = ceiling
        is_shown = chart.kind == "lines"
        self._series = tuple(s for s in chart.series if is_shown and len(s) and not s.is_faint and _is_points(s))
        self._scale = chart.scale
        self.update()

    def width(self) -> float:
        """Return the pixels that the labels need to the right of the last mark."""
        if not self._series:
            return 0.0
        latest = max(float(s.x[-1]) for s in self._series)
        names = [line for s in self._series if s.x[-1] > latest - 1 for line in self._lines(s)]
        return max(QFontMetricsF(self.font).horizontalAdvance(name) for name in names) + 18 * self.zoom

    def _lines(self, series: Series) -> list[str]:
        """Return the name, on as many lines as it takes, and the value."""
        # A share that was computed has digits without end; a published one has fewer than these.
        value = float(series.y[-1]) if self._scale != "percent" else float(f"{series.y[-1]:.4g}")
        name = wrapped_lines(series.label, self.font, _MOST_NAME * self.zoom, _NAME_ROWS)
        return [*name, tick_text(value, self._scale)]

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        metrics = QFontMetricsF(self.font)
        drawn, taken = _samples(self._series, to_pixels), list[QRectF]()
        free = area.adjusted(0, self._ceiling, 0, 0)
        zero = to_pixels.map(QPointF(0, 0)).y()
        for series in self._series:
            *name, value = self._lines(series)
            size = max(map(metrics.horizontalAdvance, (*name, value))), (len(name) + 1) * metrics.height()
            at = to_pixels.map(QPointF(float(series.x[-1]), float(series.y[-1])))
            boxes = _candidates(at, *size, zero)
            box = next((b for b in boxes if free.contains(b) and not _hits(b, drawn, taken)), None)
            if box is None:
                continue
            taken.append(box)
            painter.setPen(ink(theme, series.role))
            for number, line in enumerate((*name, value)):
                if number == len(name):
                    painter.setPen(QColor(theme.muted))
                painter.drawText(QPointF(box.left(), box.top() + number * metrics.height() + metrics.ascent()), line)


def _is_points(series: Series) -> bool:
    return bool((series.x == series.x_end).all())


def _candidates(at: QPointF, width: float, height: float, zero: float) -> list[QRectF]:
    """Return where a label may stand: right, below right, above right, left, below; moved off the line of zero.

    Args:
        at: the mark, in pixels.
        width: of the label.
        height: of the label.
        zero: where the line of zero is, in pixels; a label stays on the side of it where the mark is.
    """
    gap = 9.0
    boxes = [
        QRectF(at.x() + gap, at.y() - height / 2, width, height),
        QRectF(at.x() + gap / 2, at.y() + gap / 2, width, height),
        QRectF(at.x() + gap / 2, at.y() - height - gap / 2, width, height),
        QRectF(at.x() - gap - width, at.y() - height / 2, width, height),
        QRectF(at.x() - width / 2, at.y() + gap, width, height),
    ]
    for box in boxes:
        if at.y() <= zero:
            box.moveBottom(min(box.bottom(), zero - _OFF_ZERO_PX))
        else:
            box.moveTop(max(box.top(), zero + _OFF_ZERO_PX))
    return boxes


def _hits(box: QRectF, drawn: NDArray[np.float64], taken: Sequence[QRectF]) -> bool:
    """Tell whether a box covers what is drawn, or another label."""
    wide = box.adjusted(-_CLEAR_PX, -_CLEAR_PX, _CLEAR_PX, _CLEAR_PX)
    x, y = drawn[:, 0], drawn[:, 1]
    inside = (x > wide.left()) & (x < wide.right()) & (y > wide.top()) & (y < wide.bottom())
    return bool(inside.any()) or any(box.intersects(other) for other in taken)


def _samples(series: Sequence[Series], to_pixels: QTransform) -> NDArray[np.float64]:
    """Return points on everything that is drawn, close enough for a label not to slip through.

    In arrays: thirty years of months on a dozen lines are some six thousand of them, and each paint asks.

    Returns:
        Shape (n, 2), in pixels.
    """
    found = [np.empty((0, 2))]
    for each in series:
        at = np.column_stack(in_pixels(each.x, each.y, to_pixels))
        found.append(at)
        stems = [n for n, glyph in enumerate(each.glyphs) if glyph == "at_least"]
        found.append(at[stems] - (0.0, RADIUS + STEM))
        joined = np.flatnonzero(each.is_joined[1:]) + 1
        begin, way = at[joined - 1], at[joined] - at[joined - 1]
        steps = np.maximum(2, np.hypot(way[:, 0], way[:, 1]) // _SAMPLE_PX)
        for k in range(1, int(steps.max(initial=0))):
            longer = steps > k
            found.append(begin[longer] + way[longer] * (k / steps[longer])[:, None])
    return np.concatenate(found)


class Events(Layer):
    """Dashed lines for meetings and agreements, with a few words above the data where there is room."""

    def __init__(self) -> None:
        super().__init__(-10)
        self._rows = _MOST_ROWS
        self._events: tuple[Event, ...] = ()
        self._boxes: list[tuple[QRectF, Event]] = []

    def show_events(self, events: Sequence[Event], room: float) -> None:
        """Draw these events instead; where there is little room above each other, their words take one row."""
        self._events = tuple(events)
        self._rows = _MOST_ROWS if room > _ROOMY * self.zoom else 1
        self._boxes = []
        self.update()

    def height(self) -> float:
        """Return the pixels that the words need above the data."""
        return (self._rows * _LABEL_ROW + 6) * self.zoom if self._events else 0.0

    def at(self, position: QPointF) -> list[Event]:
        """Return the events whose words lie under a position in the view."""
        return [event for box, event in self._boxes if box.contains(position)]

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        metrics, row_height = QFontMetricsF(self.font), _LABEL_ROW * self.zoom
        named = _first_of_each(self._events)
        lefts = [to_pixels.map(QPointF(event.x, 0)).x() for event in self._events]
        pen = QPen(QColor(theme.control_line), 1)
        pen.setDashPattern([3, 3])
        at = {id(event): left for event, left in zip(self._events, lefts, strict=True)}
        widths = [metrics.horizontalAdvance(event.label) + 5 for event in named]
        starts = [min(at[id(e)], area.right() - w - 5) for e, w in zip(named, widths, strict=True)]
        rows = place_labels(starts, widths, self._rows, [event.weight for event in named])
        tops = {
            id(event): area.top() + row * row_height for event, row in zip(named, rows, strict=True) if row is not None
        }
        self._boxes = []
        painter.setPen(pen)
        ends: dict[float, float] = {}
        for event, left in zip(self._events, lefts, strict=True):
            top = tops.get(id(event), area.top() + self._rows * row_height)
            ends[round(left) + 0.5] = min(top, ends.get(round(left) + 0.5, top))
        for x, top in ends.items():
            painter.drawLine(QLineF(x, top, x, area.bottom()))
        painter.setPen(QColor(theme.muted))
        for event, start, width in zip(named, starts, widths, strict=True):
            if id(event) in tops:
                box = QRectF(start + 3, tops[id(event)], width, row_height)
                painter.fillRect(box, QColor(theme.base))
                painter.drawText(QPointF(start + 5, box.top() + metrics.ascent()), event.label)
                self._boxes.append((box, event))


def _first_of_each(events: Sequence[Event]) -> list[Event]:
    """Leave out the words of an event that repeat those of one in the same weeks."""
    kept: list[Event] = []
    last: dict[str, float] = {}
    for event in events:  # in the order of time
        kind = event.label.split(",")[0]
        if event.x - last.get(kind, -math.inf) >= _SAME_WEEKS:
            kept.append(event)
            last[kind] = event.x
    return kept

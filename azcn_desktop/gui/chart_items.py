"""What stands in the plot area: hairlines, bars, series with their hedges, events, labels and the focus ring.

Data is tiny, so each item paints itself with plain pens in pixels; that keeps lines as wide on a dense screen, on a
printer and in a picture file as on the screen. Everything is drawn as plain text. Knows no store and no event.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.scales import place_labels, tick_text
from azcn_desktop.charts.series import Chart, Event, Series
from azcn_desktop.gui.theme import Theme, mix

RADIUS = 3.5
LABEL_ROW = 15
"""Height of a row of event labels, in pixels of the design."""
_BAR_SHARE = 0.66
_BAR_WIDEST = 46
_STEM = 9.0
_SPAN_HALF = 2.5
_BAND_HALF = 4.0
_SAME_WEEKS = 0.1


def ink(theme: Theme, role: str, tint: float = 0.0) -> QColor:
    """Return a colour of the theme, mixed with the ground."""
    return QColor(mix(getattr(theme, role), theme.base, tint))


class Layer(pg.GraphicsObject):  # type: ignore[misc]
    """The base of all items: covers the view, paints in pixels.

    Attributes:
        theme, font: of now.
        zoom: factor on every size.
    """

    def __init__(self, z: int) -> None:
        super().__init__()
        self.setZValue(z)
        self.theme: Theme | None = None
        self.font = QFont()
        self.zoom = 1.0

    def dress(self, theme: Theme, font: QFont, zoom: float) -> None:
        """Take colours, font and zoom."""
        self.theme, self.font, self.zoom = theme, font, zoom
        self.update()

    def boundingRect(self) -> QRectF:
        return self.viewRect() or QRectF()

    def viewTransformChanged(self) -> None:
        self.prepareGeometryChange()
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self.theme is None:
            return
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font)
        area = to_pixels.mapRect(self.boundingRect())
        self.draw(painter, to_pixels, area, self.theme)
        painter.restore()

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        """Draw in pixels."""
        raise NotImplementedError


class Hairlines(Layer):
    """Thin lines at the values that are labelled, a stronger one at zero."""

    def __init__(self) -> None:
        super().__init__(-20)
        self._values: tuple[float, ...] = ()
        self._is_upright = False

    def show_lines(self, values: Sequence[float], is_upright: bool) -> None:
        """Draw lines at these values; upright where the values run from left to right."""
        self._values, self._is_upright = tuple(values), is_upright
        self.update()

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for value in self._values:
            painter.setPen(QPen(QColor(theme.line if value else theme.control_line), 1))
            if self._is_upright:
                x = round(to_pixels.map(QPointF(value, 0)).x())
                painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            else:
                y = round(to_pixels.map(QPointF(0, value)).y())
                painter.drawLine(QLineF(area.left(), y, area.right(), y))


class Bars(Layer):
    """Stacked bars, upright or lying, with a hair of ground between two pieces."""

    def __init__(self) -> None:
        super().__init__(0)
        self._series: tuple[Series, ...] = ()
        self._is_lying = False

    def show_series(self, series: Sequence[Series], is_lying: bool) -> None:
        """Draw these series instead."""
        self._series, self._is_lying = tuple(series), is_lying
        self.update()

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for series in self._series:
            colour = ink(theme, series.role, series.tint)
            for x, low, high in zip(series.x, series.low, series.high, strict=True):
                painter.fillRect(bar_rect(to_pixels, float(x), float(low), float(high), self._is_lying), colour)


def bar_rect(to_pixels: QTransform, place: float, low: float, high: float, is_lying: bool) -> QRectF:
    """Return the rectangle of a piece of a bar in whole pixels."""
    first, last = place - _BAR_SHARE / 2, place + _BAR_SHARE / 2
    if is_lying:
        rect = to_pixels.mapRect(QRectF(QPointF(low, first), QPointF(high, last)).normalized())
        return QRectF(
            round(rect.left()), round(rect.top()), max(1, round(rect.width()) - 1), max(2, round(rect.height()))
        )
    rect = to_pixels.mapRect(QRectF(QPointF(first, low), QPointF(last, high)).normalized())
    width = min(rect.width(), _BAR_WIDEST)
    left = round(rect.center().x() - width / 2)
    return QRectF(left, round(rect.top()), max(2, round(width)), max(1, round(rect.height()) - 1))


class Curve(Layer):
    """One series: line, bands, spans, and a mark for every figure.

    A line is solid between two marks that a source states and dashed where one of them is hollow.
    """

    def __init__(self) -> None:
        super().__init__(2)
        self._series: Series | None = None

    def set_data(self, series: Series) -> None:
        """Draw this series instead."""
        self._series = series
        self.setZValue(1 if series.is_faint else 2)
        self.update()

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        series = self._series
        if series is None:
            return
        colour = ink(theme, series.role, 0.45 if series.is_faint else series.tint)
        starts = [to_pixels.map(QPointF(x, y)) for x, y in zip(series.x, series.y, strict=True)]
        ends = [to_pixels.map(QPointF(x, y)) for x, y in zip(series.x_end, series.y, strict=True)]
        self._bands(painter, to_pixels, series, colour)
        self._lines(painter, series, starts, colour)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
            is_hollow = bool(series.is_hollow[n])
            if end.x() - start.x() > 1:
                self._span(painter, start, end, is_hollow, colour, theme)
            self._hedge(painter, start if start == end else (start + end) / 2, series.glyphs[n], colour)
            if start == end:
                self._dot(painter, start, is_hollow, series.is_faint, colour, theme)

    def _lines(self, painter: QPainter, series: Series, at: list[QPointF], colour: QColor) -> None:
        solid = QPen(colour, 2 * self.zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        dashed = QPen(colour, 1.4 * self.zoom)
        dashed.setDashPattern([4, 3])
        for n in range(1, len(series)):
            if series.is_joined[n]:
                painter.setPen(dashed if series.is_hollow[n] or series.is_hollow[n - 1] else solid)
                painter.drawLine(QLineF(at[n - 1], at[n]))

    def _bands(self, painter: QPainter, to_pixels: QTransform, series: Series, colour: QColor) -> None:
        ground = QColor(colour)
        ground.setAlphaF(0.25)
        half = _BAND_HALF * self.zoom
        for n, glyph in enumerate(series.glyphs):
            if glyph == "about" and series.high[n] > series.low[n]:
                top = to_pixels.map(QPointF(series.x[n], series.high[n]))
                bottom = to_pixels.map(QPointF(series.x_end[n], series.low[n]))
                left, right = min(top.x(), bottom.x() - 2 * half), max(bottom.x(), top.x() + 2 * half)
                if series.x[n] == series.x_end[n]:
                    left, right = top.x() - half, top.x() + half
                # Never thinner than the mark, or a hedged value would look exact.
                middle, tall = (top.y() + bottom.y()) / 2, max(bottom.y() - top.y(), 3.4 * RADIUS * self.zoom)
                painter.fillRect(QRectF(left, middle - tall / 2, right - left, tall), ground)

    def _span(
        self, painter: QPainter, start: QPointF, end: QPointF, is_hollow: bool, colour: QColor, theme: Theme
    ) -> None:
        half = _SPAN_HALF * self.zoom
        painter.setPen(QPen(colour, 1.2 * self.zoom))
        painter.setBrush(QColor(theme.base) if is_hollow else colour)
        painter.drawRoundedRect(QRectF(start.x(), start.y() - half, end.x() - start.x(), 2 * half), half, half)

    def _hedge(self, painter: QPainter, at: QPointF, glyph: str, colour: QColor) -> None:
        """Draw the arrow of "over" (up) and "at most" (down)."""
        if glyph not in ("at_least", "at_most"):
            return
        sign = -1.0 if glyph == "at_least" else 1.0
        begin, tip = sign * RADIUS * self.zoom, sign * (RADIUS + _STEM) * self.zoom
        head = 3.2 * self.zoom
        painter.setPen(QPen(colour, 1.6 * self.zoom))
        painter.drawLine(QLineF(at.x(), at.y() + begin, at.x(), at.y() + tip - sign * head))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        corner = tip - sign * head * 1.4
        painter.drawPolygon(QPolygonF([at + QPointF(0, tip), at + QPointF(-head, corner), at + QPointF(head, corner)]))

    def _dot(
        self, painter: QPainter, at: QPointF, is_hollow: bool, is_faint: bool, colour: QColor, theme: Theme
    ) -> None:
        radius = RADIUS * self.zoom * (0.7 if is_faint else 1.0)
        if is_hollow:
            painter.setPen(QPen(colour, 1.5 * self.zoom))
            painter.setBrush(QColor(theme.base))
        else:
            painter.setPen(QPen(QColor(theme.base), 1))
            painter.setBrush(colour)
        painter.drawEllipse(at, radius, radius)


class EndLabels(Layer):
    """The name of a series and its last value beside its last mark, where that covers nothing."""

    def __init__(self) -> None:
        super().__init__(4)
        self._series: tuple[Series, ...] = ()
        self._scale = ""

    def show_series(self, chart: Chart) -> None:
        """Label the series of this chart."""
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

    def _lines(self, series: Series) -> tuple[str, str]:
        return series.label, tick_text(float(series.y[-1]), self._scale)

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        metrics = QFontMetricsF(self.font)
        taken = [QRectF(p.x() - 4, p.y() - 4, 8, 8) for p in _samples(self._series, to_pixels)]
        for series in self._series:
            name, value = self._lines(series)
            size = max(metrics.horizontalAdvance(name), metrics.horizontalAdvance(value)), 2 * metrics.height()
            at = to_pixels.map(QPointF(float(series.x[-1]), float(series.y[-1])))
            box = next((b for b in _candidates(at, *size) if area.contains(b) and not _hits(b, taken)), None)
            if box is None:
                continue
            taken.append(box)
            painter.setPen(ink(theme, series.role))
            painter.drawText(QPointF(box.left(), box.top() + metrics.ascent()), name)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QPointF(box.left(), box.top() + metrics.height() + metrics.ascent()), value)


def _is_points(series: Series) -> bool:
    return bool((series.x == series.x_end).all())


def _candidates(at: QPointF, width: float, height: float) -> list[QRectF]:
    """Return where a label may stand: right, below right, above right, left."""
    gap = 9.0
    return [
        QRectF(at.x() + gap, at.y() - height / 2, width, height),
        QRectF(at.x() + gap / 2, at.y() + gap / 2, width, height),
        QRectF(at.x() + gap / 2, at.y() - height - gap / 2, width, height),
        QRectF(at.x() - gap - width, at.y() - height / 2, width, height),
        QRectF(at.x() - width / 2, at.y() + gap, width, height),
    ]


def _hits(box: QRectF, taken: Sequence[QRectF]) -> bool:
    return any(box.intersects(other) for other in taken)


def _samples(series: Sequence[Series], to_pixels: QTransform) -> list[QPointF]:
    """Return points on everything that is drawn, close enough for a label not to slip through."""
    found = []
    for each in series:
        at = [to_pixels.map(QPointF(x, y)) for x, y in zip(each.x, each.y, strict=True)]
        for n, point in enumerate(at):
            found.append(point)
            if each.glyphs[n] == "at_least":
                found.append(point - QPointF(0, RADIUS + _STEM))
            if n and each.is_joined[n]:
                steps = max(2, int(math.hypot(point.x() - at[n - 1].x(), point.y() - at[n - 1].y()) // 10))
                found += [at[n - 1] + (point - at[n - 1]) * (k / steps) for k in range(1, steps)]
    return found


class Events(Layer):
    """Dashed lines for meetings and agreements, with a few words above the data where there is room."""

    ROWS = 2

    def __init__(self) -> None:
        super().__init__(-10)
        self._events: tuple[Event, ...] = ()
        self._boxes: list[tuple[QRectF, Event]] = []

    def show_events(self, events: Sequence[Event]) -> None:
        """Draw these events instead."""
        self._events = tuple(events)
        self._boxes = []
        self.update()

    def height(self) -> float:
        """Return the pixels that the words need above the data."""
        return (self.ROWS * LABEL_ROW + 6) * self.zoom if self._events else 0.0

    def at(self, position: QPointF) -> list[Event]:
        """Return the events whose words lie under a position in the view."""
        return [event for box, event in self._boxes if box.contains(position)]

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        metrics, row_height = QFontMetricsF(self.font), LABEL_ROW * self.zoom
        named = _first_of_each(self._events)
        lefts = [to_pixels.map(QPointF(event.x, 0)).x() for event in self._events]
        pen = QPen(QColor(theme.control_line), 1)
        pen.setDashPattern([3, 3])
        at = {id(event): left for event, left in zip(self._events, lefts, strict=True)}
        widths = [metrics.horizontalAdvance(event.label) + 5 for event in named]
        starts = [min(at[id(e)], area.right() - w - 5) for e, w in zip(named, widths, strict=True)]
        rows = place_labels(starts, widths, self.ROWS, [event.weight for event in named])
        tops = {
            id(event): area.top() + row * row_height for event, row in zip(named, rows, strict=True) if row is not None
        }
        self._boxes = []
        painter.setPen(pen)
        ends: dict[float, float] = {}
        for event, left in zip(self._events, lefts, strict=True):
            top = tops.get(id(event), area.top() + self.ROWS * row_height)
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
    for event in events:
        kind = event.label.split(",")[0]
        if not any(other.label.startswith(kind) and event.x - other.x < _SAME_WEEKS for other in kept):
            kept.append(event)
    return kept


class Focus(Layer):
    """A ring around what pointer or keyboard rest on."""

    def __init__(self) -> None:
        super().__init__(10)
        self._stop: Stop | None = None
        self._kind = "lines"

    def show_stop(self, stop: Stop | None, kind: str) -> None:
        """Mark this stop, or nothing."""
        self._stop, self._kind = stop, kind
        self.update()

    def draw(self, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        stop = self._stop
        if stop is None:
            return
        painter.setPen(QPen(QColor(theme.text), 1.3 * self.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if stop.event is not None:
            x = round(to_pixels.map(QPointF(stop.x, 0)).x()) + 0.5
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
        elif self._kind != "lines":
            rect = bar_rect(to_pixels, stop.x, stop.base, stop.y, self._kind == "stacked_rows")
            painter.drawRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5))
        elif stop.x_end > stop.x:
            start, end = (to_pixels.map(QPointF(x, stop.y)) for x in (stop.x, stop.x_end))
            painter.drawRoundedRect(QRectF(start.x() - 3, start.y() - 6, end.x() - start.x() + 6, 12), 6, 6)
        else:
            radius = (RADIUS + 3) * self.zoom
            painter.drawEllipse(to_pixels.map(QPointF(stop.x, stop.y)), radius, radius)

"""What stands in the plot area: hairlines, bars, series with their hedges, and the focus ring.

Data is tiny as a rule, so each item paints itself with plain pens in pixels; that keeps lines as wide on a dense
screen, on a printer and in a picture file as on the screen. A series of far more marks than pixels is drawn as what
each column of pixels holds of it. Everything is drawn as plain text. Knows no store and no event.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import pairwise, starmap

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.series import Series
from azcn_desktop.gui.theme import Theme, contrast, mix

LEAST_CONTRAST = 3.0
"""Of every mark against its ground. Source: W3C, Web Content Accessibility Guidelines 2.1, 1.4.11, 2018."""
_DEEPEST = 0.45
RADIUS = 3.5
STEM = 9.0
"""Height of the arrow on a mark, in pixels of the design."""
_BAR_SHARE = 0.66
_BAR_WIDEST = 46
_SPAN_HALF = 2.5
_BAND_HALF = 4.0
MOST_MARKS = 10_000
_CROWD = 60  # marks; fewer are drawn one by one, however narrow the plot
"""A series of more is drawn without marks and hedges, which would cover each other: thinned, by columns of pixels."""


def ink(theme: Theme, role: str, tint: float = 0.0) -> QColor:
    """Return a colour of the theme.

    Args:
        theme: of now; its `base` is the ground.
        role: which colour.
        tint: 0 as it is, up to 1 paler, where it just still stands out from the ground; down to -1 nearer to the text.
    """
    colour = str(getattr(theme, role))
    share = tint * _palest(colour, theme.base) if tint > 0 else -tint * _DEEPEST
    return QColor(mix(colour, theme.base if tint > 0 else theme.text, share))


def ink_of(theme: Theme, series: Series) -> QColor:
    """Return the colour of a series; one that is drawn quietly is as pale as can still be seen."""
    return ink(theme, series.role, 1.0 if series.is_faint else series.tint)


@functools.lru_cache(maxsize=64)
def _palest(colour: str, ground: str) -> float:
    """Return how far a colour may go towards the ground and still stand out from it."""
    shares = (n / 100 for n in range(100))
    return max((share for share in shares if contrast(mix(colour, ground, share), ground) >= LEAST_CONTRAST), default=0)


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
        super().viewTransformChanged()  # else it covers what the view showed before, and may not be painted at all
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
        self.draw(painter, to_pixels, self._area(to_pixels), self.theme)
        painter.restore()

    def _area(self, to_pixels: QTransform) -> QRectF:
        """Return the plot area in pixels, from the box itself: its range of data lags behind a new layout."""
        box = self.getViewBox()
        from_scene, is_possible = self.sceneTransform().inverted()
        if box is None or not is_possible:
            return to_pixels.mapRect(self.boundingRect())
        place: QRectF = box.sceneBoundingRect()
        return QTransform(from_scene * to_pixels).mapRect(place)

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
            colour = ink_of(theme, series)
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

    A line is solid between two marks that a source states and dashed where one of them is hollow. Of more than
    `MOST_MARKS`, each column of pixels shows from the lowest to the highest value in it, so that no peak is lost.
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
        colour = ink_of(theme, series)
        if len(series) > MOST_MARKS:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(QPen(colour, 1))
            painter.drawLines(thinned(series, to_pixels, area))
            return
        if self._is_crowded(series, to_pixels):
            self._crowd(painter, to_pixels, series, colour, theme)
            return
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

    def _is_crowded(self, series: Series, to_pixels: QTransform) -> bool:
        """Tell whether marks would cover each other and all are alike: then a line says all that they could."""
        if len(series) < _CROWD or any(glyph != "exact" for glyph in series.glyphs):
            return False
        width = float(series.x[-1] - series.x[0]) * to_pixels.m11()
        is_alike = bool((series.is_hollow == series.is_hollow[0]).all() and (series.x == series.x_end).all())
        return is_alike and width < len(series) * RADIUS * self.zoom

    def _crowd(self, painter: QPainter, to_pixels: QTransform, series: Series, colour: QColor, theme: Theme) -> None:
        """Draw each run of neighbours at once, and a mark only where there is none."""
        x, y = (values.tolist() for values in in_pixels(series.x, series.y, to_pixels))
        at, is_hollow = list(map(QPointF, x, y)), bool(series.is_hollow[0])
        pen = self._pen(is_hollow, colour)
        begins = np.flatnonzero(~series.is_joined).tolist()
        for begin, end in pairwise([*begins, len(at)]):
            if end - begin == 1:
                self._dot(painter, at[begin], is_hollow, series.is_faint, colour, theme)
                continue
            painter.setPen(pen)
            if is_hollow:  # dashes run on from one piece to the next
                painter.drawPolyline(at[begin:end])
            else:  # four times as fast
                painter.drawLines(list(starmap(QLineF, pairwise(at[begin:end]))))

    def _pen(self, is_dashed: bool, colour: QColor) -> QPen:
        if not is_dashed:
            return QPen(colour, 2 * self.zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen = QPen(colour, 1.4 * self.zoom)
        pen.setDashPattern([4, 3])
        return pen

    def _lines(self, painter: QPainter, series: Series, at: list[QPointF], colour: QColor) -> None:
        solid, dashed = self._pen(False, colour), self._pen(True, colour)
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
        begin, tip = sign * RADIUS * self.zoom, sign * (RADIUS + STEM) * self.zoom
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


def in_pixels(
    x: NDArray[np.float64], y: NDArray[np.float64], to_pixels: QTransform
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return places in the view; the transform neither turns nor shears."""
    return x * to_pixels.m11() + to_pixels.dx(), y * to_pixels.m22() + to_pixels.dy()


def thinned(series: Series, to_pixels: QTransform, area: QRectF) -> list[QLineF]:
    """Return lines that look like a series of very many marks, in pixels: at most two for each column of pixels.

    Args:
        series: in the order of x, at least one mark.
        to_pixels: neither turns nor shears, and x grows to the right.
        area: of the plot; what lies left or right of it is left out.
    """
    columns = np.arange(int(area.left()), int(area.right()) + 2)
    bounds = np.searchsorted(series.x, (columns - to_pixels.dx()) / to_pixels.m11())
    held = np.flatnonzero(np.diff(bounds))
    if not len(held):
        return []
    starts, ends, y = bounds[held], bounds[held + 1] - 1, series.y[: bounds[-1]]
    scale, shift = to_pixels.m22(), to_pixels.dy()
    lows, highs, firsts, lasts = (
        (values * scale + shift).tolist()
        for values in (np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts), y[starts], y[ends])
    )
    places, leads = columns[held].tolist(), series.is_joined[starts].tolist()
    lines = [QLineF(x, low, x, high) for x, low, high in zip(places, lows, highs, strict=True)]
    lines += [QLineF(places[n - 1], lasts[n - 1], places[n], firsts[n]) for n in range(1, len(places)) if leads[n]]
    return lines


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

"""The plot area of a chart: fits the picture to the widget, and finds what pointer or keyboard rest on.

Shows a `Chart`, keeps its items and only hands them new data. What a stop means, and what opening it does, is for the
panel. Knows no store.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget, QWidget

from azcn_desktop.charts import layout
from azcn_desktop.charts.counts import folded
from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.series import Chart
from azcn_desktop.gui.charts.axis import TickAxis
from azcn_desktop.gui.charts.items import Bars, Curve, Focus, Hairlines, bar_rect
from azcn_desktop.gui.charts.labels import EndLabels, Events
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.read_out import ReadOut

FONT_PX = 11
_REACH = 26.0
_EDGE = (8, 6, 14, 4)
_CATEGORY_ROW = 17
_BOTTOM = 22
_PRESSED = 40 / 34
"""Years stand 40 pixels apart where there is room, and never nearer than 34."""
_HEADROOM = 0.05
"""What is free above the highest mark in any case, of the height; see `layout.value_range`."""


class ChartView(pg.GraphicsView):  # type: ignore[misc]
    """One chart on the screen.

    Attributes:
        read_out: the box with the value.

    Signals:
        stepped(object): the Stop that is rested on now, or None.
        opened(object): the Stops that were clicked or entered, most likely first.
        table_wanted(): the key for the table was pressed.
        conflict_wanted(object): the key for what differs was pressed on this Stop.
    """

    stepped = Signal(object)
    opened = Signal(object)
    table_wanted = Signal()
    conflict_wanted = Signal(object)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._axes = {"left": TickAxis("left"), "bottom": TickAxis("bottom")}
        self._box = pg.ViewBox(enableMenu=False)
        self._chart: Chart | None = None
        self._drawn: Chart | None = None
        self._stops: list[Stop] = []
        self._stop: Stop | None = None
        self._shows_focus = False
        self._lines, self._bars, self._labels = Hairlines(), Bars(), EndLabels()
        self._events, self._focus = Events(), Focus()
        self._curves: list[Curve] = []
        self._least_edges = (0.0, 0.0)
        self.read_out = ReadOut(self)
        self._set_up()
        theme.changed.connect(self.on_theme_changed)

    @property
    def chart(self) -> Chart | None:
        """The picture as it is drawn: categories that don't fit are one."""
        return self._drawn

    @property
    def stop(self) -> Stop | None:
        """What is rested on."""
        return self._stop

    def show_chart(self, chart: Chart) -> None:
        """Draw another picture on the items that are there."""
        self._chart = chart
        self._stop = None
        self._fill()

    def edges(self) -> tuple[float, float]:
        """Return the pixels that the picture needs left of its plot area and right of its last mark."""
        if self._drawn is None or self._drawn.kind == "stacked_rows":
            return 0.0, 0.0
        return self._axis_width(self._value_ticks(self._drawn)), self._labels.width()

    def keep_edges(self, left: float, right: float) -> None:
        """Keep at least so much room on both sides, so that charts above each other share their time axis."""
        if (left, right) != self._least_edges:
            self._least_edges = (left, right)
            self._fill()

    def on_theme_changed(self) -> None:
        """Take colours, font and zoom anew."""
        self._dress()
        self._fill()

    def describe_with(self, lines: list[str]) -> None:
        """Show the words for the stop that is rested on."""
        if self._stop is None or not lines:
            self.read_out.hide()
            return
        self.read_out.show_beside(lines, self, self._place(self._stop))

    def picture_size(self) -> QSize:
        """Return the size of the picture in a file."""
        return QSize(self.width(), self.height())

    def draw_picture(self, painter: QPainter, target: QRectF) -> None:
        """Draw the picture for a file."""
        self.render(painter, target, self.rect())

    # -- drawing

    def _set_up(self) -> None:
        # A PlotWidget makes menus and buttons that are never shown here, in 20 ms; box and axes are all that is needed.
        plot = QGraphicsWidget()
        grid = QGraphicsGridLayout(plot)
        grid.setContentsMargins(*_EDGE)
        grid.setSpacing(0)
        grid.addItem(self._axes["left"], 0, 0)
        grid.addItem(self._box, 0, 1)
        grid.addItem(self._axes["bottom"], 1, 1)
        self.setCentralItem(plot)
        for axis in self._axes.values():
            axis.linkToView(self._box)
            axis.setZValue(0.5)
        self.enableMouse(False)
        self._box.setMouseEnabled(False, False)
        self._box.setDefaultPadding(0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 60)
        for item in (self._lines, self._bars, self._labels, self._events, self._focus):
            self._box.addItem(item, ignoreBounds=True)
        self._dress()

    def _dress(self) -> None:
        theme, font = self._theme.theme, self._theme.font(FONT_PX)
        self.setBackground(QColor(theme.base))
        for axis in self._axes.values():
            axis.dress(theme.muted, font)
        self._axes["bottom"].setHeight(self._theme.px(_BOTTOM))
        for item in (self._lines, self._bars, self._events, self._focus, *self._curves):
            item.dress(theme, font, self._theme.zoom)
        self._labels.dress(theme, self._theme.font(FONT_PX, 500), self._theme.zoom)

    def _fill(self) -> None:
        if self._chart is None:
            return
        is_lying = self._chart.kind == "stacked_rows"
        most = int(self._inner_height() // self._theme.px(_CATEGORY_ROW)) if is_lying else int(self.width() // 60)
        chart = folded(self._chart, most)
        self._drawn, self._stops = chart, layout.stops(chart)
        self._bars.show_series(chart.series if chart.kind != "lines" else (), is_lying)
        self._show_curves(chart)
        self._events.show_events([stop.event for stop in self._stops if stop.event], self._inner_height())
        self._labels.show_series(chart, self._events.height())
        self._focus.show_stop(self._stop, chart.kind)
        self._fit(chart, is_lying)

    def _show_curves(self, chart: Chart) -> None:
        wanted = chart.series if chart.kind == "lines" else ()
        while len(self._curves) < len(wanted):
            curve = Curve()
            curve.dress(self._theme.theme, self._theme.font(FONT_PX), self._theme.zoom)
            self._box.addItem(curve, ignoreBounds=True)
            self._curves.append(curve)
        for n, curve in enumerate(self._curves):
            curve.setVisible(n < len(wanted))
            if n < len(wanted):
                curve.set_data(wanted[n])

    def _fit(self, chart: Chart, is_lying: bool) -> None:
        """Choose ticks and ranges for the present size; room is left for words beside and above the data."""
        height, values = self._inner_height(), self._value_ticks(chart)
        left = layout.place_ticks(chart, 0) if is_lying else values
        axis = self._axes["left"]
        axis_width = max(self._axis_width(left), self._least_edges[0])
        axis.make_wide(axis_width)
        width = self.width() - axis_width - _EDGE[0] - _EDGE[2]
        bottom = values if is_lying else layout.place_ticks(chart, self._tick_room(width) / self._theme.zoom)
        axis.show_ticks(left)
        self._axes["bottom"].show_ticks(bottom)
        self._lines.show_lines([value for value, _ in values], is_lying)
        places = layout.with_room(layout.place_range(chart), width, max(self._labels.width(), self._least_edges[1]))
        # A mark at zero is drawn whole.
        below = 6.0 if chart.kind == "lines" else 0.0
        above = max(self._events.height(), below - _HEADROOM * height)
        span = layout.with_room(layout.value_range(chart), height, above, below)
        self._box.invertY(is_lying)
        x_range, y_range = (span, places) if is_lying else (places, span)
        self._box.setRange(xRange=x_range, yRange=y_range, padding=0, disableAutoRange=True)

    def _value_ticks(self, chart: Chart) -> layout.Ticks:
        is_lying = chart.kind == "stacked_rows"
        length = self.width() - 150.0 if is_lying else self._inner_height() - self._events.height()
        return layout.value_ticks(chart, length / self._theme.zoom)

    def _axis_width(self, ticks: layout.Ticks) -> float:
        needed = self._axes["left"].needed_width([text for _, text in ticks], self._theme.font(FONT_PX))
        return max(self._theme.px(44), math.ceil(needed))

    def _tick_room(self, width: float) -> float:
        """Return the width for which years are labelled: less where words beside the marks press them together."""
        room = max(self._labels.width(), self._least_edges[1])
        return min(width, (width - room) * _PRESSED)

    def _inner_height(self) -> float:
        return max(1.0, float(self.height() - self._theme.px(_BOTTOM) - _EDGE[1] - _EDGE[3]))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if event is None:
            return  # pyqtgraph calls this from its constructor, when nothing is there yet
        self.read_out.hide()
        self._fill()

    # -- pointer and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        self._rest_on(found[0] if found else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._under(event.position())
        if found and event.button() == Qt.MouseButton.LeftButton:
            self._rest_on(found[0])
            self.opened.emit(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._rest_on(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._shows_focus = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False
        self.viewport().update()
        self._rest_on(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._shows_focus:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.theme.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves: dict[int, Callable[[int], int]] = {
            Qt.Key.Key_Left: self._before,
            Qt.Key.Key_Right: self._after,
            Qt.Key.Key_Home: self._first,
            Qt.Key.Key_End: self._last,
        }
        key, is_plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in moves and is_plain and self._stops:
            present = self._stops.index(self._stop) if self._stop in self._stops else -1
            self._rest_on(self._stops[moves[key](present)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._stop is not None:
            self.opened.emit([self._stop])
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.table_wanted.emit()
        elif key == Qt.Key.Key_C and not event.modifiers() and self._stop is not None:
            self.conflict_wanted.emit(self._stop)
        elif key == Qt.Key.Key_Escape and self._stop is not None:
            self._rest_on(None)
        else:
            event.ignore()

    def _before(self, present: int) -> int:
        return len(self._stops) - 1 if present < 0 else max(0, present - 1)

    def _after(self, present: int) -> int:
        return min(len(self._stops) - 1, present + 1)

    def _first(self, present: int) -> int:
        return 0

    def _last(self, present: int) -> int:
        return len(self._stops) - 1

    def _rest_on(self, stop: Stop | None) -> None:
        if stop is self._stop:
            return
        self._stop = stop
        if self._drawn is not None:
            self._focus.show_stop(stop, self._drawn.kind)
        self.stepped.emit(stop)

    def _place(self, stop: Stop) -> QPointF:
        """Return where a stop lies in the widget."""
        is_lying = self._drawn is not None and self._drawn.kind == "stacked_rows"
        x, y = ((stop.base + stop.y) / 2, stop.x) if is_lying else ((stop.x + stop.x_end) / 2, stop.y)
        scene = self._box.mapViewToScene(QPointF(x, 0.0 if math.isnan(y) else y))
        place = QPointF(self.mapFromScene(scene))
        return QPointF(place.x(), _EDGE[1] + 8) if stop.is_event else place

    def _under(self, position: QPointF) -> list[Stop]:
        """Return the stops under a position, nearest first."""
        if self._drawn is None:
            return []
        named = self._events.at(self.mapToScene(position.toPoint()))
        if named:
            return [stop for stop in self._stops if stop.event and abs(stop.x - named[0].x) < 0.02]
        if self._drawn.kind != "lines":
            return [stop for stop in self._stops if self._bar(stop).contains(position)]
        near = sorted((self._distance(stop, position), n) for n, stop in enumerate(self._stops))
        return [self._stops[n] for distance, n in near if distance < (6 if self._stops[n].is_event else _REACH)]

    def _bar(self, stop: Stop) -> QRectF:
        is_lying = self._drawn is not None and self._drawn.kind == "stacked_rows"
        to_pixels = self._box.childGroup.sceneTransform() * self.viewportTransform()
        return bar_rect(to_pixels, stop.x, stop.base, stop.y, is_lying)

    def _distance(self, stop: Stop, position: QPointF) -> float:
        at = self._place(stop)
        if stop.is_event:
            return abs(at.x() - position.x())
        scene = self._box.mapViewToScene(QPointF(stop.x, stop.y))
        half = abs(at.x() - self.mapFromScene(scene).x())
        beside = max(0.0, abs(position.x() - at.x()) - half)
        return math.hypot(beside, position.y() - at.y())

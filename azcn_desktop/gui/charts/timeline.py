"""The timeline of commitments on the screen: a line for each, its title at the left, years on top.

All lines of the filter are there; more than fit are scrolled through, and a picture file holds them all.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from azcn_desktop.charts.scales import year_ticks
from azcn_desktop.charts.timeline import Lane, Mark, Timeline
from azcn_desktop.gui.charts.board import Board, BoardStop
from azcn_desktop.gui.charts.signs import SIGN_PX, draw_sign, line_pen
from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import MARK_PX, state_mark
from azcn_desktop.gui.widgets.visible_signs import visible

_FONT_PX = 12
_ROW_PX = 23
_HEAD_PX = 24
_LABEL_SHARE = 0.36
_LABEL_WIDEST = 420
_YEAR_PX = 46
_EDGE_PX = 12


class TimelineBoard(Board):
    """One line a commitment."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._line: Timeline | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def chart(self) -> Timeline | None:
        """The picture as it is drawn."""
        return self._line

    def show_chart(self, line: Timeline) -> None:
        """Draw another picture; what is scrolled to stays."""
        self._line = line
        self.relayout()

    def head_height(self) -> int:
        return self._theme.px(_HEAD_PX)

    def place(self, width: int) -> tuple[QSize, list[BoardStop]]:
        lanes = self._line.lanes if self._line else ()
        row_height, half = self._theme.px(_ROW_PX), self._theme.px(SIGN_PX) / 2 + 2
        stops = []
        for row, lane in enumerate(lanes):
            middle = (row + 0.5) * row_height
            for mark, x in zip(lane.marks, self._spread(lane, width), strict=True):
                box = QRectF(x - half, middle - half, 2 * half, 2 * half)
                stops.append(BoardStop(box, row, mark.words, mark.table, mark.key))
        return QSize(width, len(lanes) * row_height + self._theme.px(4)), stops

    def draw_head(self, painter: QPainter, width: float) -> None:
        if self._line is None:
            return
        theme, height = self._theme.theme, self.head_height()
        painter.fillRect(QRectF(0, 0, width, height), QColor(theme.base))
        painter.setFont(self._theme.font(_FONT_PX - 1))
        metrics = QFontMetricsF(painter.font())
        today = self._x(self._line.today, width)
        words = self.tr("Today")
        room = metrics.horizontalAdvance(words) / 2 + self._theme.px(4)
        painter.setPen(QColor(theme.accent))
        painter.drawText(QPointF(today - room + self._theme.px(4), height - self._theme.px(8)), words)
        painter.setPen(QColor(theme.muted))
        for year in self._years(width):
            text = str(year)
            x = self._x(year + 0.5, width)
            half = metrics.horizontalAdvance(text) / 2
            if abs(x - today) > room + half:
                painter.drawText(QPointF(x - half, height - self._theme.px(8)), text)
        painter.fillRect(QRectF(0, height - 1, width, 1), QColor(theme.line))

    def draw_board(self, painter: QPainter, visible: QRectF) -> None:
        if self._line is None:
            return
        row_height = self._theme.px(_ROW_PX)
        first = max(0, int(visible.top() // row_height))
        last = min(len(self._line.lanes), int(visible.bottom() // row_height) + 1)
        self._draw_years(painter, visible)
        for row in range(first, last):
            self._draw_lane(painter, self._line.lanes[row], row, visible.width())

    # -- parts

    def _draw_years(self, painter: QPainter, visible: QRectF) -> None:
        assert self._line is not None
        theme, width = self._theme.theme, visible.width()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(theme.line), 1))
        for year in self._years(width):
            x = round(self._x(year, width))
            painter.drawLine(QLineF(x, visible.top(), x, visible.bottom()))
        pen = QPen(QColor(theme.accent), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        x = round(self._x(self._line.today, width))
        painter.drawLine(QLineF(x, visible.top(), x, visible.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _draw_lane(self, painter: QPainter, lane: Lane, row: int, width: float) -> None:
        row_height, theme = self._theme.px(_ROW_PX), self._theme.theme
        middle = (row + 0.5) * row_height
        if self.stop is not None and self.stop.row == row:
            painter.fillRect(QRectF(0, row * row_height, width, row_height), QColor(theme.hover))
        self._draw_title(painter, lane, middle, width)
        for mark in lane.marks:
            self._draw_span(painter, mark, middle, width)
        for part in lane.parts:
            painter.setPen(line_pen(part.stroke, theme, self._theme.zoom))
            painter.drawLine(QLineF(self._x(part.x, width), middle, self._x(part.x_end, width), middle))
        for mark, x in zip(lane.marks, self._spread(lane, width), strict=True):
            draw_sign(painter, mark.sign, QPointF(x, middle), theme, self._theme.zoom, mark.tone)

    def _draw_title(self, painter: QPainter, lane: Lane, middle: float, width: float) -> None:
        """Draw the mark of the status and the title; a word says that it is overdue."""
        theme, px = self._theme.theme, self._theme.px
        tone = tone_of("status", lane.status)
        mark = state_mark(tone, QColor(theme.tone(tone)), px(MARK_PX), painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(px(2), middle - px(MARK_PX) / 2), mark)
        painter.setFont(self._theme.font(_FONT_PX))
        metrics = QFontMetricsF(painter.font())
        baseline = middle + (metrics.ascent() - metrics.descent()) / 2
        left, right = px(24), self._label_width(width) - px(8)
        if lane.is_overdue and lane.parts[-1].stroke == "overdue" and lane.status in ("open", "in_progress"):
            words = self.tr("overdue")
            painter.setPen(QColor(theme.red))
            right -= metrics.horizontalAdvance(words)
            painter.drawText(QPointF(right, baseline), words)
            right -= px(8)
        painter.setPen(QColor(theme.text))
        title = metrics.elidedText(visible(" ".join(lane.title.split())), Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QPointF(left, baseline), title)

    def _draw_span(self, painter: QPainter, mark: Mark, middle: float, width: float) -> None:
        """Draw how far a date reaches that is known to the year only."""
        if mark.x_end <= mark.x:
            return
        ground = QColor(self._theme.theme.muted)
        ground.setAlphaF(0.16)
        half = self._theme.px(5)
        left, right = self._x(mark.x, width), self._x(mark.x_end, width)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(left, middle - half, right - left, 2 * half), half, half)

    def _spread(self, lane: Lane, width: float) -> list[float]:
        """Return where the signs stand: none upon another, though a check may be of the day of the statement."""
        apart, places = self._theme.px(SIGN_PX) + 1, list[float]()
        for mark in lane.marks:
            x = self._x(mark.at, width)
            places.append(max(x, places[-1] + apart) if places else x)
        return places

    def _years(self, width: float) -> list[int]:
        assert self._line is not None
        room = width - self._label_width(width)
        return year_ticks(self._line.first, self._line.last, int(room // self._theme.px(_YEAR_PX)))

    def _label_width(self, width: float) -> float:
        return min(width * _LABEL_SHARE, self._theme.px(_LABEL_WIDEST))

    def _x(self, year: float, width: float) -> float:
        """Return where a decimal year lies."""
        if self._line is None:
            return 0.0
        left, right = self._label_width(width) + self._theme.px(_EDGE_PX), width - self._theme.px(_EDGE_PX)
        return left + (year - self._line.first) / (self._line.last - self._line.first) * (right - left)

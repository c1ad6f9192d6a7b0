"""The legend in the card header: a swatch and words for each series, then the signs for hedges.

Colour stands only in the swatch, words are in the ink of the text. Flows to as many lines as it needs. Drawn as plain
text, whatever a series is called. In a low panel it keeps to a few lines; what has no room stands under the pointer.
"""

from __future__ import annotations

import html

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.gui.charts.items import ink_of
from azcn_desktop.gui.charts.signs import SIGNS, draw_sign
from azcn_desktop.gui.theme import ThemeController

_FONT_PX = 12
_SWATCH = 9
_GAP = 6
_BETWEEN = 14
_ROW = 18
_MOST_KEPT = 200
_ANY = 1_000  # lines: as many as it needs


class Entry(Struct, frozen=True):
    """One word of the legend; `sign` is empty for a series."""

    text: str
    colour: QColor
    sign: str = ""


class Legend(QWidget):
    """The legend of one chart."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chart: Chart | Timeline | Treemap | None = None
        self._is_flush_left = False
        self._most_rows = _ANY
        self._widths: dict[str, float] = {}
        self.setAccessibleName(self.tr("Legend"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def show_chart(self, chart: Chart | Timeline | Treemap) -> None:
        """Describe the series and signs of a chart."""
        self._chart = chart
        if len(self._widths) > _MOST_KEPT:
            self._widths.clear()
        words = [entry.text for entry in self.entries()]
        self.setAccessibleDescription(", ".join(words))
        self.setToolTip(f"<qt>{html.escape(' · '.join(words))}</qt>")
        self.updateGeometry()
        self.update()

    def set_flush_left(self, is_flush_left: bool) -> None:
        """Begin each line at the left end, or end it at the right."""
        self._is_flush_left = is_flush_left
        self.update()

    def set_most_rows(self, most: int) -> None:
        """Keep to so many lines on the screen, the end marked where entries have no room; pictures in files show all.

        Args:
            most: how many; 0 for as many as it needs.
        """
        if (most or _ANY) != self._most_rows:
            self._most_rows = most or _ANY
            self.updateGeometry()
            self.update()

    def entries(self) -> list[Entry]:
        """Return what is shown, in order."""
        chart, theme = self._chart, self._theme.theme
        if chart is None:
            return []
        found = [Entry(s.label, ink_of(theme, s)) for s in chart.series if len(s)]
        return found + [Entry(text, QColor(theme.muted), sign) for sign, text in chart.signs]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._theme.px(_ROW) * min(self.rows_in(width), self._most_rows)

    def whole_height(self, width: int) -> int:
        """Return the height of all lines in a width."""
        return self._theme.px(_ROW) * self.rows_in(width)

    def rows_in(self, width: int) -> int:
        """Return how many lines it takes in a width."""
        return 1 + max((row for row, _ in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        width = sum(self._width(entry) for entry in self.entries())
        return QSize(round(min(width, 520)), self.heightForWidth(round(max(width, 1)) + 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        spare = max(0.0, area.height() - self.heightForWidth(self.width()))
        area.adjust(0, spare / 2, 0, -spare / 2)  # in line with the title beside it
        self.draw(painter, area, most_rows=self._most_rows)
        painter.end()

    def draw(self, painter: QPainter, area: QRectF, *, most_rows: int = _ANY) -> None:
        """Draw the legend into an area, flush right; of more lines only the first that are asked for."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font(_FONT_PX)
        painter.setFont(font)
        metrics, row_height = QFontMetricsF(font), self._theme.px(_ROW)
        end = 0.0
        room = area.width()
        if self.rows_in(round(room)) > most_rows:
            room -= metrics.horizontalAdvance("…")
        for entry, (row, left) in zip(self.entries(), self._places(room), strict=True):
            if row >= most_rows:
                middle = area.top() + (most_rows - 0.5) * row_height
                baseline = middle + (metrics.ascent() - metrics.descent()) / 2
                painter.drawText(QPointF(min(end, area.right() - metrics.horizontalAdvance("…")), baseline), "…")
                break
            end = area.left() + left + self._width(entry)
            middle = area.top() + row * row_height + row_height / 2
            x = area.left() + left
            self._swatch(painter, entry, QPointF(x + _SWATCH / 2, middle))
            painter.setPen(QColor(self._theme.theme.muted))
            baseline = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(x + _SWATCH + _GAP, baseline), entry.text)
        painter.restore()

    def _swatch(self, painter: QPainter, entry: Entry, at: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(entry.colour)
        half = _SWATCH / 2
        if entry.sign in SIGNS:
            draw_sign(painter, entry.sign, at, self._theme.theme, self._theme.zoom * 0.9)
        elif not entry.sign:
            painter.drawRoundedRect(QRectF(at.x() - half, at.y() - half, _SWATCH, _SWATCH), 2, 2)
        elif entry.sign == "hollow":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(entry.colour, 1.5))
            painter.drawEllipse(at, 3.5, 3.5)
        elif entry.sign == "about":
            ground = QColor(entry.colour)
            ground.setAlphaF(0.35)
            painter.fillRect(QRectF(at.x() - 3.5, at.y() - 7, 7, 14), ground)
            painter.drawEllipse(at, 2.5, 2.5)
        else:
            sign = -1.0 if entry.sign == "at_least" else 1.0
            painter.setPen(QPen(entry.colour, 1.5))
            painter.drawLine(QLineF(at.x(), at.y() - sign * 5, at.x(), at.y() + sign * 3))
            painter.setPen(Qt.PenStyle.NoPen)
            tip = at + QPointF(0, sign * 6)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-3, -sign * 4.5), tip + QPointF(3, -sign * 4.5)]))

    def _places(self, width: float) -> list[tuple[int, float]]:
        """Return row and left end of each entry, in rows no wider than this."""
        rows: list[list[float]] = [[]]
        for entry in self.entries():
            wide = self._width(entry)
            if rows[-1] and sum(rows[-1]) + wide > width:
                rows.append([])
            rows[-1].append(wide)
        places = []
        for number, row in enumerate(rows):
            left = 0.0 if self._is_flush_left else max(0.0, width - sum(row) + _BETWEEN)
            for wide in row:
                places.append((number, left))
                left += wide
        return places

    def _width(self, entry: Entry) -> float:
        """Return what an entry takes; measured once, since every edit of a flow asks for it some dozen times."""
        if entry.text not in self._widths:
            metrics = QFontMetricsF(self._theme.font(_FONT_PX))
            self._widths[entry.text] = _SWATCH + _GAP + metrics.horizontalAdvance(entry.text) + _BETWEEN
        return self._widths[entry.text]

    def _on_theme_changed(self) -> None:
        self._widths.clear()
        self.updateGeometry()

"""Charts as files: PNG, SVG and PDF through one painter, and the drawn values as CSV.

Every picture carries its title, unit, legend, source line and date. pyqtgraph's own exporters are not used: its SVG
writer fails with this Qt, and its images have hair-thin lines. A file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRect, QRectF, QSaveFile, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.errors import UserError
from azcn_desktop.exchange.neutral import neutralise
from azcn_desktop.gui.charts.board import Board
from azcn_desktop.gui.charts.legend import Legend
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.theme import FAMILIES, ThemeController

SUFFIXES = (".png", ".svg", ".pdf", ".csv")
_DENSITY = 2
_EDGE = 24
_SVG_FAMILIES = "Inter, AZCN Sans, Noto Sans CJK SC, PingFang SC, Microsoft YaHei UI, Arial, sans-serif"


class Sheet(Struct, frozen=True):
    """What a picture file holds.

    Attributes:
        chart: the picture. view, legend: the widgets that draw it.
        source: the line below: who published the numbers, and the date.
        theme: colours and fonts.
    """

    chart: Chart | Timeline | Treemap
    view: ChartView | Board
    legend: Legend
    source: str
    theme: ThemeController

    @property
    def size(self) -> QSize:
        """Width and height in pixels."""
        inner = self.view.picture_size()
        width = inner.width() + 2 * _EDGE
        return QSize(width, round(self._head(width) + inner.height() + self._foot(width)))

    def draw(self, painter: QPainter) -> None:
        """Draw title, legend, plot and source line."""
        theme, size = self.theme.theme, self.size
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor(theme.base))
        head = self._head(size.width())
        self._text(painter, self.chart.title, 16, 600, theme.text, QRectF(_EDGE, _EDGE, size.width() - 2 * _EDGE, 24))
        self._text(
            painter, self.chart.unit, 12, 400, theme.muted, QRectF(_EDGE, _EDGE + 24, size.width() - 2 * _EDGE, 18)
        )
        legend_top = _EDGE + 46
        self.legend.draw(painter, QRectF(_EDGE, legend_top, size.width() - 2 * _EDGE, head - legend_top))
        inner = self.view.picture_size()
        painter.save()
        self.view.draw_picture(painter, QRectF(_EDGE, head, inner.width(), inner.height()))
        painter.restore()
        below = QRectF(_EDGE, head + inner.height() + 6, size.width() - 2 * _EDGE, self._foot(size.width()) - 12)
        self._text(painter, self._note, 11, 400, theme.faint, below)

    @property
    def _note(self) -> str:
        return "\n".join(part for part in (" · ".join(self.chart.remarks), self.source) if part)

    def _head(self, width: int) -> float:
        return _EDGE + 46 + self.legend.whole_height(width - 2 * _EDGE) + 8

    def _foot(self, width: int) -> float:
        metrics = QFontMetricsF(self.theme.font(11))
        room = QRectF(0, 0, width - 2 * _EDGE, 10_000)
        return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._note).height() + 6 + _EDGE

    def _text(self, painter: QPainter, text: str, px: int, weight: int, colour: str, area: QRectF) -> None:
        painter.setFont(self.theme.font(px, weight))
        painter.setPen(QColor(colour))
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), text)


def export_chart(sheet: Sheet, path: Path) -> None:
    """Write a chart to a file whose ending says the format: .png, .svg, .pdf or .csv.

    Raises:
        UserError: the ending is another one, or the file can't be written.
    """
    writers = {".png": _write_png, ".svg": _write_svg, ".pdf": _write_pdf, ".csv": _write_csv}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise UserError(f"“{path.name}” does not say a format. End the name in {', '.join(SUFFIXES)}.")
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise UserError(f"{path} can't be written: {file.errorString()}.")
    is_written = write(sheet, file)
    if not is_written:
        file.cancelWriting()
    if not file.commit():
        raise UserError(f"{path} can't be written: {file.errorString()}. Nothing was changed.")


def csv_text(chart: Chart | Timeline | Treemap) -> str:
    """Return the drawn values as CSV; text that a spreadsheet would run is neutralised."""
    table = chart.as_table()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow((*table.headers, "Unit"))
    for row in table.rows:
        writer.writerow([*(neutralise(cell) if isinstance(cell, str) else f"{cell:.15g}" for cell in row), chart.scale])
    return buffer.getvalue()


def _write_png(sheet: Sheet, file: QIODevice) -> bool:
    image = QImage(sheet.size * _DENSITY, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_DENSITY)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    sheet.draw(painter)
    painter.end()
    return bool(QImageWriter(file, b"png").write(image))


def _write_svg(sheet: Sheet, file: QIODevice) -> bool:
    drawing = QBuffer()
    drawing.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(drawing)
    generator.setSize(sheet.size)
    generator.setViewBox(QRect(0, 0, sheet.size.width(), sheet.size.height()))
    generator.setResolution(96)
    generator.setTitle(sheet.chart.title)
    is_drawn = _paint_on(sheet, QPainter(generator))
    # Fonts are in an SVG by name only, and ours has a name that no other machine knows.
    data = bytes(drawing.data().data()).replace(",".join(FAMILIES).encode(), _SVG_FAMILIES.encode())
    return is_drawn and file.write(data) == len(data)


def _write_pdf(sheet: Sheet, file: QIODevice) -> bool:
    writer = QPdfWriter(file)
    points = QSizeF(sheet.size.width() * 0.75, sheet.size.height() * 0.75)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(96)
    writer.setTitle(sheet.chart.title)
    return _paint_on(sheet, QPainter(writer))


def _write_csv(sheet: Sheet, file: QIODevice) -> bool:
    data = ("\ufeff" + csv_text(sheet.chart)).encode()
    return file.write(data) == len(data)


def _paint_on(sheet: Sheet, painter: QPainter) -> bool:
    if not painter.isActive():
        return False
    sheet.draw(painter)
    return bool(painter.end())

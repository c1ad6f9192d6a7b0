"""A sentence on a few lines that ends in an ellipsis where there is no room; the whole stands under the pointer."""

from __future__ import annotations

import html
import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from azcn_desktop.gui.widgets.plain_label import PlainLabel


class ShortLabel(PlainLabel):
    """A label that wraps, is never wider than there is room, and never has more than so many lines."""

    def __init__(self, most_lines: int, parent: QWidget | None = None) -> None:
        self._most = most_lines
        super().__init__("", parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def lines(self, width: float) -> list[str]:
        """Return the words as they are drawn in this width."""
        return wrapped_lines(self.text(), self.font(), width, self._most)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that a width takes."""
        return math.ceil(max(len(self.lines(width)), 1) * QFontMetricsF(self.font()).lineSpacing())

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def setText(self, text: str) -> None:
        """Say something else."""
        super().setText(text)
        self._show_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_whole()
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        metrics = QFontMetricsF(self.font())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        for number, line in enumerate(self.lines(self.width())):
            painter.drawText(QPointF(0, number * metrics.lineSpacing() + metrics.ascent()), line)
        painter.end()

    def _show_whole(self) -> None:
        is_cut = "".join(self.lines(self.width())).endswith("…") and not self.text().endswith("…")
        self.setToolTip(f"<qt>{html.escape(self.text())}</qt>" if is_cut else "")


def wrapped_lines(text: str, font: QFont, width: float, most: int) -> list[str]:
    """Break a text into lines of a width, at most `most`; the last one says by an ellipsis that there is more."""
    if most < 1 or not text:
        return []
    metrics = QFontMetricsF(font)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    layout = QTextLayout(text, font)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)][:most]
    rest = text[starts[len(lines) - 1] :]
    lines[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [metrics.elidedText(each, Qt.TextElideMode.ElideRight, width) for each in lines]

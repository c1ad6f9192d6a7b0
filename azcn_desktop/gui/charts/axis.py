"""The axes: explicit ticks and plain labels, without lines and without guesses.

pyqtgraph's own axes choose SI prefixes ("x1e+09") and cross the picture with a grid; here the pure core says which
ticks there are and how they read. Knows no data.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from azcn_desktop.charts.layout import Ticks

_GAP = 8


class TickAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis that shows the ticks it is given."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self._shown: Ticks | None = None
        self._wide = 0.0
        self.enableAutoSIPrefix(False)
        self.setStyle(
            tickLength=0, hideOverlappingLabels=False, autoExpandTextSpace=False, autoReduceTextSpace=False,
            tickTextOffset=_GAP if orientation == "left" else 6,
        )  # fmt: skip

    def dress(self, colour: str, font: QFont) -> None:
        """Take the colour and font of the labels."""
        self.setPen(QPen(Qt.PenStyle.NoPen))
        self.setTextPen(QColor(colour))
        self.setTickFont(font)

    def show_ticks(self, ticks: Ticks) -> None:
        """Show these ticks and no others; what is the same already is not drawn again."""
        if ticks != self._shown:
            self._shown = ticks
            self.setTicks([ticks])

    def make_wide(self, width: float) -> None:
        """Take so many pixels from left to right."""
        if width != self._wide:
            self._wide = width
            self.setWidth(width)

    def drawPicture(self, painter: QPainter, axis: Any, ticks: Any, texts: Any) -> None:
        """Draw the labels only: ticks of no length would still leave dots."""
        super().drawPicture(painter, axis, [], texts)

    def needed_width(self, labels: Sequence[str], font: QFont) -> float:
        """Return the pixels that a left axis needs for labels."""
        metrics = QFontMetricsF(font)
        return max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + _GAP + 6

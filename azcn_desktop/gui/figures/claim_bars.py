"""What figures for one thing claim, drawn on one scale: a bar for what each may mean, a tick for the number.

The pale band behind all bars is what the reference may mean; a bar that meets it is filled, one that does not is an
empty box, so that agreement is told by shape. An end that is not stated is an arrow. Knows no record.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from azcn_desktop.evidence.conflicts import Disagreement, Member
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.gui.theme import Theme, mix

_MARGIN = 0.08
_LEAST = 3.0
_ARROW = 5.0


class ClaimBar(Struct, frozen=True):
    """One bar; places are shares of the width, 0 to 1.

    Attributes:
        low, high: the ends of what the figure may mean.
        number: the number itself.
        is_open_low, is_open_high: that end is not stated.
        band: the ends of what the reference may mean.
        agrees: both have a number in common.
    """

    low: float
    high: float
    number: float
    is_open_low: bool
    is_open_high: bool
    band: tuple[float, float]
    agrees: bool


def claim_bars(conflict: Disagreement, figures: Mapping[int, Figure]) -> dict[int, ClaimBar]:
    """Return the bars of figures that stand on one scale: those in the unit of the first, by id."""
    shown = [m for m in conflict.members if conflict.quantity == "growth" or _unit(m, figures) == conflict.unit]
    ends = [end for m in shown for end in (m.meant.low, m.number, m.meant.high) if math.isfinite(end)]
    least, most = min(ends), max(ends)
    margin = (most - least) * _MARGIN or abs(most) * _MARGIN or 1.0
    least, width = least - margin, most - least + 2 * margin

    def place(number: float) -> float:
        return min(max((number - least) / width, 0.0), 1.0)

    first = shown[0].meant
    band = place(first.low), place(first.high)
    return {
        m.key: ClaimBar(
            place(m.meant.low), place(m.meant.high), place(m.number),
            math.isinf(m.meant.low), math.isinf(m.meant.high), band, m.meant.overlaps(first),
        )
        for m in shown
    }  # fmt: skip


def _unit(member: Member, figures: Mapping[int, Figure]) -> str:
    return figures[member.key].unit if member.key in figures else ""


class BarPainter:
    """Draws bars in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self._band = QColor(mix(theme.base, theme.accent, 0.14))
        self._axis = QColor(theme.control_line)
        self._agrees, self._differs = QColor(theme.accent), QColor(theme.red)
        self._number = QColor(theme.text)

    def paint(self, painter: QPainter, room: QRectF, bar: ClaimBar) -> None:
        """Draw a bar in the middle of its room; the band goes from edge to edge, so that rows join."""

        def x(place: float) -> float:
            return room.left() + place * room.width()

        low, high = x(bar.band[0]), x(bar.band[1])
        painter.fillRect(QRectF(low, room.top(), max(high - low, _LEAST), room.height()), self._band)
        middle = round(room.center().y()) + 0.5
        painter.setPen(QPen(self._axis, 1))
        painter.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))
        colour = self._agrees if bar.agrees else self._differs
        left, right = x(bar.low), max(x(bar.high), x(bar.low) + _LEAST)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if bar.agrees else Qt.BrushStyle.NoBrush)
        box = QRectF(left, middle - 3.5, right - left, 7)
        painter.drawRoundedRect(box, 1.5, 1.5)
        painter.setBrush(colour)
        for is_open, tip, step in ((bar.is_open_low, left, -_ARROW), (bar.is_open_high, right, _ARROW)):
            if is_open:
                painter.drawPolygon(
                    QPolygonF([QPointF(tip - step, middle - 5), QPointF(tip, middle), QPointF(tip - step, middle + 5)])
                )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._number, 2))
        at = round(x(bar.number))
        painter.drawLine(QPointF(at, middle - 7), QPointF(at, middle + 7))

"""The signs of a timeline: statement, check, due day, outcome, and how a line is drawn. Shapes first, colour second."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.roles import BADGES
from azcn_desktop.gui.theme import Theme
from azcn_desktop.gui.widgets.cell_marks import badge_mark, state_mark

SIGNS = (*BADGES, "check", "due", "outcome", "overdue")
SIGN_PX = 13
_GROUPS = {"promise": "blue", "soft": "amber", "speech": "muted"}


def draw_sign(painter: QPainter, sign: str, at: QPointF, theme: Theme, zoom: float, status: str = "") -> None:
    """Draw a sign with its middle at a position.

    Args:
        painter: at work.
        sign: one of `SIGNS`.
        at: in pixels.
        theme, zoom: the look.
        status: the stored word that colours a check or an outcome.
    """
    size = round(SIGN_PX * zoom)
    corner = at - QPointF(size / 2, size / 2)
    ratio = painter.device().devicePixelRatioF()
    if sign in BADGES:
        _ground(painter, at, size, theme)
        colour = QColor(getattr(theme, _GROUPS[sign]))
        painter.drawPixmap(corner, badge_mark(sign, colour, size, ratio))
    elif sign == "check":
        tone = tone_of("status", status) if status else "neutral"
        _ground(painter, at, size, theme)
        painter.drawPixmap(corner, state_mark(tone, QColor(theme.tone(tone)), size, ratio))
    elif sign == "overdue":
        painter.setPen(line_pen("overdue", theme, zoom))
        painter.drawLine(at - QPointF(size / 2, 0), at + QPointF(size / 2, 0))
    else:
        half = size * 0.42
        diamond = QPolygonF(
            [at + QPointF(0, -half), at + QPointF(half, 0), at + QPointF(0, half), at + QPointF(-half, 0)]
        )
        is_outcome = sign == "outcome"
        colour = QColor(theme.tone(tone_of("status", status or "kept")) if is_outcome else theme.text)
        painter.setPen(QPen(colour, 1.4 * zoom))
        painter.setBrush(colour if is_outcome else QColor(theme.base))
        painter.drawPolygon(diamond)


def line_pen(stroke: str, theme: Theme, zoom: float) -> QPen:
    """Return the pen of a stretch: known is solid, overdue dashed, what lies ahead dotted."""
    if stroke == "overdue":
        pen = QPen(QColor(theme.red), 2.4 * zoom)
        pen.setDashPattern([2.2, 1.4])
        return pen
    if stroke == "ahead":
        pen = QPen(QColor(theme.faint), 1.4 * zoom)
        pen.setDashPattern([1, 2.4])
        return pen
    return QPen(QColor(theme.muted), 2 * zoom, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)


def _ground(painter: QPainter, at: QPointF, size: int, theme: Theme) -> None:
    """Clear the line away below a sign that is open."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.base))
    painter.drawEllipse(QRectF(at.x() - size / 2, at.y() - size / 2, size, size))

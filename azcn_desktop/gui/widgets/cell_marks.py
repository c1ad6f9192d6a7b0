"""Small marks of state, drawn as shapes: tick, exclamation, dot, cross, dash, chevron, triangle.

Tables are on the screen before the icon font is loaded, and a state must never be told by colour alone; so each tone
has a shape of its own here. Knows nothing but a tone, a colour and a size.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from azcn_desktop.gui.roles import Badge, Tone

MARK_PX: Final = 15
"""Side of a mark in pixels of the design."""

_BOX: Final = 16.0
_STROKE: Final = 1.4


def state_mark(tone: Tone, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a ring with the tone's sign in it, `size` pixels wide at device pixel ratio `ratio`."""
    path = QPainterPath()
    path.addEllipse(QPointF(8, 8), 6.3, 6.3)
    dots = _add_sign(path, tone)
    return _pixmap(path, dots, colour, size, ratio)


def badge_mark(badge: Badge, colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw the sign of a sort of statement: a full disc, a wave, a speech bubble."""
    path = QPainterPath()
    if badge == "promise":
        path.addEllipse(QPointF(8, 8), 5, 5)
    elif badge == "soft":
        path.moveTo(1.8, 9.6)
        path.cubicTo(4.4, 3.4, 7.2, 5.4, 8, 8)
        path.cubicTo(8.8, 10.6, 11.6, 12.6, 14.2, 6.4)
    else:
        path.addRoundedRect(QRectF(1.8, 2.6, 12.4, 8.4), 2.6, 2.6)
        path.moveTo(4.6, 11)
        path.lineTo(4.2, 14)
        path.lineTo(7.6, 11)
    return _pixmap(path, [], colour, size, ratio, is_full=badge == "promise")


def warning_mark(colour: QColor, size: int, ratio: float) -> QPixmap:
    """Draw a triangle with an exclamation mark."""
    path = QPainterPath(QPointF(8, 2.2))
    path.lineTo(14.6, 13.6)
    path.lineTo(1.4, 13.6)
    path.closeSubpath()
    path.moveTo(8, 6.4)
    path.lineTo(8, 9.4)
    return _pixmap(path, [QPointF(8, 11.5)], colour, size, ratio)


def _add_sign(path: QPainterPath, tone: Tone) -> list[QPointF]:
    """Add the strokes of a tone's sign; return the dots that belong to it."""
    strokes: dict[str, list[tuple[float, float]]] = {
        "green": [(5.4, 8.2), (7.3, 10.1), (10.8, 6.2)],
        "amber": [(8, 4.9), (8, 8.6)],
        "red": [(5.9, 5.9), (10.1, 10.1)],
        "neutral": [(5.6, 8), (10.4, 8)],
        "violet": [(6.1, 9.6), (8, 6.3), (9.9, 9.6)],
    }
    points = strokes.get(tone, [])
    for number, (x, y) in enumerate(points):
        (path.lineTo if number else path.moveTo)(x, y)
    if tone == "red":
        path.moveTo(10.1, 5.9)
        path.lineTo(5.9, 10.1)
    return {"amber": [QPointF(8, 11)], "blue": [QPointF(8, 8)]}.get(tone, [])


def _pixmap(
    path: QPainterPath, dots: list[QPointF], colour: QColor, size: int, ratio: float, *, is_full: bool = False
) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / _BOX, size / _BOX)
    join, cap = Qt.PenJoinStyle.RoundJoin, Qt.PenCapStyle.RoundCap
    if is_full:
        painter.fillPath(path, colour)
    painter.strokePath(path, QPen(colour, _STROKE, Qt.PenStyle.SolidLine, cap, join))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for dot in dots:
        painter.drawEllipse(QRectF(dot.x() - 1.0, dot.y() - 1.0, 2.0, 2.0))
    painter.end()
    return pixmap

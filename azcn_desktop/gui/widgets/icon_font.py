"""The Phosphor glyphs of QtAwesome, as ready pixmaps.

Apart from `gui.widgets.icons` because importing this module and making an `IconFont` costs time that the first paint
must not wait for. Only the one set is loaded, not all twelve that QtAwesome brings, and its own icons are not used:
their engines are Python objects that Qt owns, and the interpreter crashes when it collects one in a cycle with its
icon (QtAwesome 1.4.2, PySide6 6.11.3). Knows glyph names, not the program's.
"""

from typing import Final

import qtawesome
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap
from qtawesome.iconic_font import IconicFont

PREFIX: Final = "ph"

_EM: Final = 256
_SCALES: Final = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)
"""Device pixel ratios for which a pixmap is made; the nearest one is scaled for any other."""


class IconFont(QObject):
    """Draw icons from the glyphs of the Phosphor font."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Load the font; a QApplication must exist."""
        super().__init__(parent)
        files = [entry for entry in qtawesome._BUNDLED_FONTS if entry[0] == PREFIX]
        iconic = IconicFont(*files)
        self._characters: dict[str, str] = iconic.charmap[PREFIX]
        self._font = iconic.rawfont(PREFIX, _EM)

    @property
    def glyphs(self) -> frozenset[str]:
        """Return the names of all glyphs."""
        return frozenset(self._characters)

    def icon(self, glyph: str, px: int, colour: QColor, disabled: QColor) -> QIcon:
        """Return an icon of one glyph, sharp at `px` pixels on every usual screen.

        Raises:
            KeyError: the font has no such glyph.
        """
        outline = self._outline(glyph)
        icon = QIcon()
        for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, disabled)):
            for scale in _SCALES:
                icon.addPixmap(_pixmap(outline, round(px * scale), ink), mode)
        return icon

    def _outline(self, glyph: str) -> QPainterPath:
        """Return a glyph's outline about the point 0, 0, in a box of `_EM`."""
        index = self._font.glyphIndexesForString(self._characters[glyph])[0]
        path: QPainterPath = self._font.pathForGlyph(index)
        path.setFillRule(Qt.FillRule.WindingFill)
        advance = self._font.advancesForGlyphIndexes([index])[0].x()
        path.translate(QPointF(-advance / 2, (self._font.ascent() - self._font.descent()) / 2))
        return path


def _pixmap(outline: QPainterPath, px: int, colour: QColor) -> QPixmap:
    pixmap = QPixmap(px, px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(px / 2, px / 2)
    painter.scale(px / _EM, px / _EM)
    painter.fillPath(outline, colour)
    painter.end()
    return pixmap

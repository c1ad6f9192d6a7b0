"""The Phosphor glyphs of QtAwesome.

Apart from `gui.icons` because importing this module and making an `IconFont` costs time that the first paint must not
wait for. Only the one set is loaded, not all twelve that QtAwesome brings. Knows glyph names, not the program's.
"""

from typing import Final

import qtawesome
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QIcon
from qtawesome.iconic_font import IconicFont

PREFIX: Final = "ph"


class IconFont(QObject):
    """Draw icons from the glyphs of the Phosphor font."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Load the font; a QApplication must exist."""
        super().__init__(parent)
        files = [entry for entry in qtawesome._BUNDLED_FONTS if entry[0] == PREFIX]
        self._font = IconicFont(*files)

    @property
    def glyphs(self) -> frozenset[str]:
        """Return the names of all glyphs."""
        return frozenset(self._font.charmap[PREFIX])

    def icon(self, glyph: str, colour: QColor, disabled: QColor) -> QIcon:
        """Return an icon of one glyph that stays sharp at every size.

        Raises:
            Exception: the font has no such glyph.
        """
        drawn: QIcon = self._font.icon(
            f"{PREFIX}.{glyph}", color=colour, color_disabled=disabled, draw="path"
        )
        return drawn

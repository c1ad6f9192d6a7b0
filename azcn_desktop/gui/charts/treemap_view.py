"""A treemap on the screen: a tile for each product, with its code, a few words, its value and its share.

Tiles are pale, so that all words on them are read in the ink of the text; what section a product is of says the bar at
the left edge and the code, so never the colour alone. Arrows go to the nearest tile. Knows no store.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from azcn_desktop.charts.statistics.treemap import Tile, Treemap
from azcn_desktop.gui.charts.board import Board, BoardStop
from azcn_desktop.gui.charts.items import ink
from azcn_desktop.gui.theme import Theme, ThemeController, mix
from azcn_desktop.gui.widgets.short_label import wrapped_lines

_CODE_PX, _TEXT_PX = 13, 12
_GAP = 1.5
_BAR = 3.0
_PADDING = 7.0
_LEAST_WORDS = 56
_GROUND = 0.2
_RATIOS = (0.1, 20.0)
_ASIDE = 2.5
"""How much worse a pixel beside the way is than one along it, when the nearest tile is looked for."""
_WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class TreemapView(Board):
    """Tiles that fill their place."""

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._map: Treemap | None = None
        self._placed: list[tuple[Tile, QRectF]] = []
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def chart(self) -> Treemap | None:
        """The picture as it is drawn."""
        return self._map

    def show_chart(self, chart: Treemap) -> None:
        """Draw another picture."""
        self._map = chart
        self.relayout()

    def tile_of(self, stop: BoardStop) -> Tile | None:
        """Return the tile that a stop is."""
        return self._placed[stop.key][0] if stop.key < len(self._placed) else None

    def place(self, width: int) -> tuple[QSize, list[BoardStop]]:
        size = QSize(width, self.viewport().height())
        self._placed = []
        if self._map is None or not self._map.tiles or size.isEmpty():
            return size, []
        ratio = min(max(size.width() / size.height(), _RATIOS[0]), _RATIOS[1])
        for tile in self._map.laid_out(ratio).tiles:
            left, top, wide, high = tile.rect
            box = QRectF(left * size.width(), top * size.height(), wide * size.width(), high * size.height())
            self._placed.append((tile, box.adjusted(_GAP / 2, _GAP / 2, -_GAP / 2, -_GAP / 2)))
        return size, [BoardStop(box, 0, tile_words(tile), "", n) for n, (tile, box) in enumerate(self._placed)]

    def draw_board(self, painter: QPainter, visible: QRectF) -> None:
        for tile, box in self._placed:
            if box.intersects(visible):
                self._draw_tile(painter, tile, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if way is not None and is_plain and self._stops:
            self.rest_on(self._beside(*way))
        else:
            super().keyPressEvent(event)

    def _beside(self, right: int, down: int) -> BoardStop:
        """Return the nearest tile in a direction; the present one where there is none."""
        if self._stop is None:
            return self._stops[0]
        here, at = self._stop, self._stop.box.center()

        def distance(stop: BoardStop) -> float:
            away = stop.box.center() - at
            along, aside = away.x() * right + away.y() * down, abs(away.x() * down) + abs(away.y() * right)
            return along + _ASIDE * aside

        return min((stop for stop in self._stops if _is_beyond(here, stop, right, down)), key=distance, default=here)

    def _draw_tile(self, painter: QPainter, tile: Tile, box: QRectF) -> None:
        theme = self._theme.theme
        colour = ink(theme, tile.role, tile.tint)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tile_ground(theme, tile)))
        painter.drawRoundedRect(box, 3, 3)
        painter.setBrush(colour)
        bar = min(self._theme.px(_BAR), box.width())
        painter.drawRect(QRectF(box.left(), box.top(), bar, box.height()))
        self._draw_words(painter, tile, box)

    def _draw_words(self, painter: QPainter, tile: Tile, box: QRectF) -> None:
        """Draw of code, words, value and share what has room: the code first, then value and share, then the words."""
        padding = self._theme.px(_PADDING)
        room = box.adjusted(padding + self._theme.px(_BAR), padding * 0.7, -padding, -padding * 0.7)
        head, plain = self._theme.font(_CODE_PX, 600), self._theme.font(_TEXT_PX)
        heading, line = QFontMetricsF(head), QFontMetricsF(plain)
        code = tile.code or tile.label
        if heading.height() > room.height() or min(heading.horizontalAdvance(code), room.width()) < 1:
            return
        if heading.horizontalAdvance(code) > room.width() and (tile.code or room.width() < self._theme.px(40)):
            return
        painter.setPen(QColor(self._theme.theme.text))
        painter.setFont(head)
        painter.drawText(
            QPointF(room.left(), room.top() + heading.ascent()),
            heading.elidedText(code, Qt.TextElideMode.ElideRight, room.width()),
        )
        painter.setFont(plain)
        numbers = [text for text in _numbers(tile, line, room.width()) if line.horizontalAdvance(text) <= room.width()]
        below = room.height() - heading.height()
        numbers = numbers[: max(0, int(below // line.height()))]
        most = int((below - len(numbers) * line.height()) // line.height())
        has_words = bool(tile.code) and room.width() >= self._theme.px(_LEAST_WORDS)
        words = wrapped_lines(tile.description if has_words else "", plain, room.width(), most)
        y = room.top() + heading.height()
        for text in (*words, *numbers):
            painter.drawText(QPointF(room.left(), y + line.ascent()), text)
            y += line.height()

    def _draw_focus(self, painter: QPainter) -> None:
        if self._stop is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._theme.theme.text), 2))
            painter.drawRoundedRect(self._stop.box.adjusted(1, 1, -1, -1), 3, 3)


def tile_ground(theme: Theme, tile: Tile) -> str:
    """Return the ground of a tile, on which the ink of the text can be read."""
    return mix(theme.base, ink(theme, tile.role, tile.tint).name(), _GROUND)


def tile_words(tile: Tile) -> tuple[str, ...]:
    """Return what is said of a tile: value, code with all its words, and the remarks of its point."""
    name = f"{tile.code} {tile.description}".strip() if tile.code else tile.label
    return (tile.point.value, name, *(line for line in tile.point.note if line != tile.description))


def _numbers(tile: Tile, metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return value and share, on one line where both have room."""
    share = tile.point.note[0].partition(" of ")[0] if tile.point.note else ""
    both = f"{tile.point.value} · {share}" if share else tile.point.value
    return (both,) if metrics.horizontalAdvance(both) <= width else (tile.point.value, share)


def _is_beyond(here: BoardStop, other: BoardStop, right: int, down: int) -> bool:
    """Tell whether a tile begins where another one ends, in a direction."""
    if right:
        return other.box.left() >= here.box.right() - 1 if right > 0 else other.box.right() <= here.box.left() + 1
    return other.box.top() >= here.box.bottom() - 1 if down > 0 else other.box.bottom() <= here.box.top() + 1

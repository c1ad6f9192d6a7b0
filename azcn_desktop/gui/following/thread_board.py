"""The thread of a dossier on the screen: a line from left to right, a mark and a card for each record.

Cards stand above and below the line in turn where there is room for both. Knows no store.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from azcn_desktop.charts.thread import Place, thread_places
from azcn_desktop.gui.charts.board import Board, BoardStop
from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.presentation import badge_of, tone_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import badge_mark, state_mark
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.records.dates import date_words, short_date_words
from azcn_desktop.store.dossiers import Item

_CARD_PX = 216
_BETWEEN_PX = 12
_GAP_PX = 156  # the longest words, "11 years 11 months", and the marks on either side
_MARK_PX = 26
_LINE_PX = 16
_PADDING_PX = 8
_FONT_PX = 12
_LEAST_LINES = 3
_MOST_LINES = 7
_SIGN_PX = 13


class ThreadBoard(Board):
    """The line of a dossier.

    Signals:
        note_wanted(), removal_wanted(): for the record that is rested on.
        move_wanted(int): it shall change places with its neighbour before (-1) or behind (1).
        menu_wanted(QPoint): its menu is asked for, at a place on the screen.
    """

    note_wanted = Signal()
    removal_wanted = Signal()
    move_wanted = Signal(object)
    menu_wanted = Signal(object)

    def __init__(self, theme: ThemeController, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._icons = icons
        self._items: tuple[Item, ...] = ()
        self._places: tuple[Place, ...] = ()
        self._kinds: dict[str, str] = {}
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        icons.changed.connect(self.viewport().update)

    def show_items(self, items: Sequence[Item], kinds: dict[str, str]) -> None:
        """Draw other records.

        Args:
            items: in the order of time.
            kinds: record table to what a record of it is called.
        """
        self._items, self._kinds = tuple(items), kinds
        self.relayout()

    def item(self) -> Item | None:
        """Return what is rested on."""
        return self._items[self._at()] if self._at() >= 0 else None

    def place(self, width: int) -> tuple[QSize, list[BoardStop]]:
        px = self._theme.px
        self._places = thread_places(
            self._items, px(_CARD_PX), px(_BETWEEN_PX), px(_GAP_PX), both_sides=self._has_both_sides()
        )
        stops = [
            BoardStop(self._card(place), 0, self._words(item), item.table, item.record_key)
            for item, place in zip(self._items, self._places, strict=True)
        ]
        right = max((stop.box.right() for stop in stops), default=0.0)
        return QSize(round(right) + px(_BETWEEN_PX), self.viewport().height()), stops

    def draw_board(self, painter: QPainter, visible: QRectF) -> None:
        if not self._items:
            return
        theme, y = self._theme.theme, self._line_y()
        painter.setPen(QPen(QColor(theme.control_line), 2))
        painter.drawLine(QLineF(visible.left(), y, visible.right(), y))
        for place in self._places:
            self._draw_gap(painter, place, y)
        for item, place in zip(self._items, self._places, strict=True):
            self._draw_card(painter, item, place)
            self._draw_mark(painter, item, place, y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do to the record that is rested on what keys do to records elsewhere."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if self.stop is None:
            super().keyPressEvent(event)
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and key in steps:
            self.move_wanted.emit(steps[key])
        elif key == Qt.Key.Key_F2:
            self.note_wanted.emit()
        elif key == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to the record below the pointer, or to the one that is rested on."""
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        if not is_by_key:
            self._rest_on(self._under(QPointF(event.pos())))
        if self.stop is not None:
            inside = self.stop.box.center().toPoint() + self._offset().toPoint()
            self.menu_wanted.emit(self.viewport().mapToGlobal(inside) if is_by_key else event.globalPos())

    # -- where things are

    def _has_both_sides(self) -> bool:
        return self._side_height(2) >= self._card_height(_LEAST_LINES)

    def _side_height(self, sides: int) -> float:
        margin = self._theme.px(6)
        return (self.viewport().height() - self._theme.px(_MARK_PX)) / sides - margin

    def _card_height(self, lines: int) -> float:
        return lines * self._theme.px(_LINE_PX) + 2 * self._theme.px(_PADDING_PX)

    def _lines(self) -> int:
        room = self._side_height(2 if self._has_both_sides() else 1) - 2 * self._theme.px(_PADDING_PX)
        return max(1, min(_MOST_LINES, int(room // self._theme.px(_LINE_PX))))

    def _line_y(self) -> float:
        half = self._theme.px(_MARK_PX) / 2
        return self.viewport().height() / 2 if self._has_both_sides() else half + self._theme.px(2)

    def _card(self, place: Place) -> QRectF:
        px = self._theme.px
        width, height = px(_CARD_PX), self._card_height(self._lines())
        reach = px(_MARK_PX) / 2 + px(4)
        top = self._line_y() - reach - height if place.is_above else self._line_y() + reach
        return QRectF(place.x - width / 2, top, width, height)

    def _words(self, item: Item) -> tuple[str, ...]:
        kind = self._kinds.get(item.table, item.table)
        when = date_words(item.date) if item.date else self.tr("without a date")
        lines = (item.title, f"{kind}, {when}", item.stage, item.note)
        return tuple(line for line in lines if line)

    # -- drawing

    def _draw_mark(self, painter: QPainter, item: Item, place: Place, y: float) -> None:
        theme, px = self._theme.theme, self._theme.px
        painter.setPen(QPen(QColor(theme.accent), 1.4))
        painter.setBrush(QColor(theme.base))
        painter.drawEllipse(QPointF(place.x, y), px(_MARK_PX) / 2, px(_MARK_PX) / 2)
        side = px(16)
        icon = self._icons.icon(BY_TABLE[item.table].icon, "accent")
        icon.paint(painter, round(place.x - side / 2), round(y - side / 2), side, side)

    def _draw_gap(self, painter: QPainter, place: Place, y: float) -> None:
        """Cut the line where nothing is recorded for long, and say for how long."""
        if not place.gap:
            return
        theme, px = self._theme.theme, self._theme.px
        painter.setFont(self._theme.font(_FONT_PX - 1))
        metrics = QFontMetricsF(painter.font())
        half = metrics.horizontalAdvance(place.gap) / 2
        box = QRectF(place.gap_x - half - px(8), y - px(9), 2 * half + px(16), px(18))
        painter.fillRect(box, QColor(theme.base))
        painter.setPen(QPen(QColor(theme.control_line), 1.4))
        for x in (box.left(), box.right()):
            painter.drawLine(QLineF(x - px(3), y + px(5), x + px(3), y - px(5)))
        painter.setPen(QColor(theme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, place.gap)

    def _draw_card(self, painter: QPainter, item: Item, place: Place) -> None:
        theme, px, box = self._theme.theme, self._theme.px, self._card(place)
        is_rested = self.stop is not None and self.stop.box == box
        painter.setPen(QPen(QColor(theme.control_line), 1))
        near = box.bottom() if place.is_above else box.top()
        painter.drawLine(QLineF(place.x, near, place.x, self._line_y()))
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.hover if is_rested else theme.window))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(7), px(7))
        inner = box.adjusted(*(px(_PADDING_PX) * sign for sign in (1, 1, -1, -1)))
        left = self._lines()
        left -= self._draw_lines(painter, self._when(item), inner, left, 1, theme.muted, 500)
        reserved = min(left - 1, (1 if item.stage else 0) + (2 if item.note and left > 3 else bool(item.note)))
        used = self._draw_lines(painter, item.title, inner, left, max(1, left - reserved), theme.text, 500)
        left -= used
        if item.stage and left > 0:
            left -= self._draw_stage(painter, item, inner, left)
        if item.note and left > 0:
            self._draw_lines(painter, item.note, inner, left, left, theme.muted, 400)

    def _when(self, item: Item) -> str:
        return short_date_words(item.date) if item.date else self.tr("Without a date")

    def _draw_stage(self, painter: QPainter, item: Item, inner: QRectF, left: int) -> int:
        """Draw class and status, with the sign of the class or the mark of the status before them."""
        theme, px = self._theme.theme, self._theme.px
        badge = badge_of("statement_class", item.class_word)
        ratio = painter.device().devicePixelRatioF()
        tone = tone_of("statement_class", item.class_word) if badge else tone_of("status", item.status)
        colour = QColor(theme.tone(tone))
        room = QRectF(inner)
        if badge or item.status:
            mark = (
                badge_mark(badge, colour, px(_SIGN_PX), ratio)
                if badge
                else state_mark(tone, colour, px(_SIGN_PX), ratio)
            )
            painter.drawPixmap(QPointF(inner.left(), self._line_top(inner, left) + px(1.5)), mark)
            room.setLeft(inner.left() + px(_SIGN_PX + 5))
        return self._draw_lines(painter, item.stage, room, left, 1, theme.muted, 400)

    def _line_top(self, inner: QRectF, left: int) -> float:
        """Return where the next line begins when so many lines are left."""
        return inner.top() + (self._lines() - left) * self._theme.px(_LINE_PX)

    def _draw_lines(
        self, painter: QPainter, text: str, inner: QRectF, left: int, most: int, colour: str, weight: int
    ) -> int:
        """Draw a text on at most so many lines, the last one cut where more follows; return how many it took."""
        painter.setFont(self._theme.font(_FONT_PX, weight))
        painter.setPen(QColor(colour))
        metrics = QFontMetricsF(painter.font())
        lines = _wrapped(visible(" ".join(text.split())), painter, inner.width(), most)
        for n, line in enumerate(lines):
            top = self._line_top(inner, left - n)
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(QPointF(inner.left(), top + metrics.ascent()), shown)
        return len(lines)


def _wrapped(text: str, painter: QPainter, width: float, most: int) -> list[str]:
    """Break a text into at most so many lines; the last one holds all that is left."""
    layout = QTextLayout(text, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    at = 0
    while len(lines) < most - 1 and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[at : at + line.textLength()].rstrip())
        at += line.textLength()
    layout.endLayout()
    return [*lines, text[at:]] if text[at:] else lines

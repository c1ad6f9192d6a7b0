"""How conflicts are drawn: a heading over the whole width, and figures in two lines with their bars.

Everything else is drawn as in every table. Knows the model's roles and no store.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from azcn_desktop.evidence.conflicts import Disagreement
from azcn_desktop.gui.figures.claim_bars import BarPainter, ClaimBar
from azcn_desktop.gui.figures.conflict_model import APART_ROLE, BAR_ROLE, COLUMNS, cause_words, heading, spread_words
from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import SECONDARY_ROLE, Tone
from azcn_desktop.gui.theme import ThemeController

_ROW_PX = 46
_LOW_ROW_PX = 40
_CHEVRON = 18
_BAR_HEIGHT = 20
_DISPLAY = Qt.ItemDataRole.DisplayRole


class ConflictDelegate(CellDelegate):
    """Paint the lines of conflicts and of the figures in them."""

    def __init__(self, controller: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(controller, parent)
        self.on_controller_changed()

    @property
    def row_height(self) -> int:
        """Return the height that every line should have now."""
        return self._controller.px(_LOW_ROW_PX if self._is_compact else _ROW_PX)

    def on_controller_changed(self) -> None:
        """Forget what was made for the old theme."""
        super().on_controller_changed()
        self._bars = BarPainter(self._controller.theme)
        self._heading = QColor(self._controller.theme.window)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the width of the usual cell and the height of two lines."""
        return QSize(super().sizeHint(option, index).width(), self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell of a figure."""
        column = COLUMNS[index.column()]
        if column == "figure":
            self._paint_figure(painter, option, index)
        elif column == "claim":
            self._paint_claim(painter, option, index)
        else:
            super().paint(painter, option, index)

    def paint_heading(
        self, painter: QPainter, rect: QRect, conflict: Disagreement, state: QStyle.StateFlag, is_open: bool
    ) -> None:
        """Paint the line of a conflict: what it is about, how far apart, why; the reason below."""
        look = self._look
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, self._heading)
        if is_selected:
            painter.fillRect(rect, look.selection)
            painter.fillRect(rect.x(), rect.y(), look.bar, rect.height(), look.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.hover)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.line)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        upper, lower = self._lines(rect)
        left, right = rect.x() + look.padding, float(rect.right() - look.padding)
        self._paint_chevron(painter, left, upper, is_open)
        left += look.px(_CHEVRON)
        right = self._paint_standing(painter, left, right, upper, conflict, is_selected)
        what, count = heading(conflict)
        painter.setPen(look.text)
        _, end = look.title.draw(painter, left, right, upper, what)
        painter.setPen(look.muted if is_selected else look.faint)
        if end + look.gap + look.small.width(count) <= right:
            look.small.draw(painter, end + look.gap, right, upper, count)
        look.small.draw(painter, left, rect.right() - look.padding, lower, conflict.why)

    def _paint_standing(
        self, painter: QPainter, left: float, right: float, middle: float, conflict: Disagreement, is_selected: bool
    ) -> float:
        """Paint spread and cause at the right end, and return where they begin."""
        look = self._look
        cause = cause_words(conflict)
        if cause:
            tone: Tone = "neutral" if conflict.is_settled else "amber"
            width = look.pill.width(cause) + 2 * look.pill_inset
            right -= width
            self._paint_pill(painter, right, right + width, middle, cause, look.pills[tone, is_selected])
            right -= look.gap
        spread = spread_words(conflict)
        if spread:
            painter.setPen(look.text)
            right, _ = look.number.draw(painter, left, right, middle, spread, at_right=True)
            right -= look.mark_gap
        self._paint_mark(painter, right - look.mark_size, middle, "green" if conflict.is_settled else "amber")
        return right - look.mark_size - look.gap

    def _paint_chevron(self, painter: QPainter, left: float, middle: float, is_open: bool) -> None:
        look = self._look
        x, y, size = left + look.px(4), middle, float(look.px(4))
        down = ((-size, -size / 2), (0.0, size / 2), (size, -size / 2))
        points = down if is_open else tuple((dy, dx) for dx, dy in down)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(look.muted, 1.4))
        painter.drawPolyline(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in points]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_figure(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = self._look
        self._paint_ground(painter, option, index.column() == 0)
        upper, lower = self._lines(option.rect)
        left, right = option.rect.x() + look.padding + look.px(_CHEVRON), option.rect.right() - look.padding
        apart = str(index.data(APART_ROLE) or "")
        painter.setPen(look.muted)
        room, _ = look.number.draw(painter, left, right, upper, apart, at_right=True)
        painter.setPen(look.text)
        look.title.draw(painter, left, room - look.gap if apart else right, upper, str(index.data(_DISPLAY)))
        painter.setPen(look.muted if option.state & QStyle.StateFlag.State_Selected else look.faint)
        look.small.draw(painter, left, right, lower, str(index.data(SECONDARY_ROLE) or ""))

    def _paint_claim(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = self._look
        self._paint_ground(painter, option, False)
        upper, lower = self._lines(option.rect)
        bar = index.data(BAR_ROLE)
        if isinstance(bar, ClaimBar):
            height = look.px(_BAR_HEIGHT)
            left = option.rect.x() + look.padding
            width = option.rect.width() - 2 * look.padding
            self._bars.paint(painter, QRectF(left, upper - height / 2, width, height), bar)
        painter.setPen(look.muted if option.state & QStyle.StateFlag.State_Selected else look.faint)
        right = option.rect.right() - look.padding
        look.small.draw(painter, option.rect.x() + look.padding, right, lower, str(index.data(_DISPLAY)))

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, is_first: bool) -> None:
        look, rect = self._look, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.selection)
            if is_first:
                painter.fillRect(rect.x(), rect.y(), look.bar, rect.height(), look.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.hover)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, look.line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))

    def _lines(self, rect: QRect) -> tuple[float, float]:
        """Return the middles of the two lines."""
        half = rect.height() / 2
        step = self._look.px(9 if self._is_compact else 10)
        return rect.y() + half - step, rect.y() + half + step - 1

"""How a passage is drawn in its list: the quoted words, and more quietly below them the records that rest on it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from azcn_desktop.gui.theme import ThemeController

USES_ROLE = Qt.ItemDataRole.UserRole + 1
"""The lines below the quote, as a list of texts."""

LOST_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether the words are not found in the text."""

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
AnyIndex = QModelIndex | QPersistentModelIndex


class PassageDelegate(QStyledItemDelegate):
    """Draws passages as wide as their list."""

    def __init__(self, theme: ThemeController, view: QListWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        width = self._view.viewport().width()
        height = sum(rect.height() for _, rect, _ in self._parts(index, width))
        return QSize(width, height + 2 * self._theme.px(6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme = self._theme.theme
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(theme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(theme.hover))
        painter.setPen(QColor(theme.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        top = area.top() + self._theme.px(6)
        for text, rect, is_quiet in self._parts(index, area.width()):
            colour = theme.muted if is_quiet else theme.amber if index.data(LOST_ROLE) else theme.text
            painter.setPen(QColor(colour))
            painter.setFont(self._theme.font(12) if is_quiet else self._theme.font())
            painter.drawText(rect.translated(area.left(), top), int(_WRAP), text)
            top += rect.height()
        painter.restore()

    def _parts(self, index: AnyIndex, width: int) -> list[tuple[str, QRect, bool]]:
        """Return the texts of an item with their rooms, the quote first."""
        left = self._theme.px(12)
        room = QRect(left, 0, max(width - 2 * left, 1), 10_000)
        parts = []
        for text, is_quiet in [(index.data(), False), *((line, True) for line in index.data(USES_ROLE))]:
            metrics = QFontMetrics(self._theme.font(12) if is_quiet else self._theme.font())
            needed = metrics.boundingRect(room, int(_WRAP), text)
            parts.append((text, QRect(left, 0, room.width(), needed.height()), is_quiet))
        return parts

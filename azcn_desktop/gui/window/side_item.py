"""One line of the sidebar, drawn by hand: a push button neither cuts its text nor has room for a count."""

from __future__ import annotations

import html

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.views import View

SIDEBAR_PX = 246
_ITEM_PX = 28
_ALL = 10_000
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -_ALL, Qt.Key.Key_End: _ALL}
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class SideItem(QAbstractButton):
    """One line of the sidebar: icon, label, count at the right.

    Attributes:
        item: what it stands for: a view, or a page of the reference lists; None for the line that shows more.

    Signals:
        step_requested(step): the keyboard shall go on to the line that lies this many lines further.
    """

    step_requested = Signal(object)

    def __init__(
        self, item: View | Page | None, label: str, icon: str, theme: ThemeController, icons: Icons, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.item = item
        self._icon, self._theme, self._icons = icon, theme, icons
        self._count: int | None = None
        self._shows_focus = False
        self.setText(label)
        self.setCheckable(item is not None)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label)

    @property
    def count(self) -> int | None:
        """The number shown; None while it is not known."""
        return self._count

    def set_count(self, count: int | None) -> None:
        """Show another number."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self._explain_cut()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(SIDEBAR_PX - 20), self._theme.px(_ITEM_PX))

    def nextCheckState(self) -> None:
        """Stay checked: clicking the chosen line again chooses it again, and does not release it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._explain_cut()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between lines with the arrow keys, choose with Enter."""
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.step_requested.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a ring for those who use the keyboard; whoever clicks sees what is chosen."""
        super().focusInEvent(event)
        self._shows_focus = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._shows_focus = False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme.theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        side = px(16)
        icon = self._icons.icon(self._icon, "accent" if self.isChecked() else "muted")
        icon.paint(painter, px(9), (self.height() - side) // 2, side, side)
        painter.setFont(self._theme.font(weight=500 if self.isChecked() else 400))
        painter.setPen(QColor(theme.accent if self.isChecked() else theme.text if self.item else theme.muted))
        room = self._text_rect()
        line = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line)
        painter.setFont(self._theme.font(12))
        painter.setPen(QColor(theme.muted if self.isChecked() else theme.faint))
        right = QRectF(self.rect()).adjusted(0, 0, -px(10), 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count_text())
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        theme, radius = self._theme.theme, self._theme.px(6)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = theme.accent_tint if self.isChecked() else theme.hover if self.underMouse() else ""
        painter.setPen(QPen(QColor(theme.accent), 1) if self._shows_focus else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)

    def _text_rect(self) -> QRectF:
        px = self._theme.px
        number = QFontMetrics(self._theme.font(12)).horizontalAdvance(self._count_text())
        return QRectF(self.rect()).adjusted(px(34), 0, -px(14) - number, 0)

    def _explain_cut(self) -> None:
        """Say the whole label in a tool tip where it does not fit."""
        fits = QFontMetrics(self._theme.font()).horizontalAdvance(self.text()) <= self._text_rect().width()
        self.setToolTip("" if fits else f"<qt>{html.escape(self.text())}</qt>")

    def _count_text(self) -> str:
        return "" if self._count is None else f"{self._count:,}"

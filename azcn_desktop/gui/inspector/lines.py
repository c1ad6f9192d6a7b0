"""The small parts that the inspector is put together from: buttons, lines that lead to a record, the order of stops.

They know no record.
"""

from __future__ import annotations

import html
from itertools import pairwise

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QTextLayout
from PySide6.QtWidgets import (
    QAbstractButton,
    QLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.visible_signs import visible


class _QuietButton(QToolButton):
    """A button that is drawn only while the pointer is on its row, or the keyboard on itself."""

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self.parentWidget()
        if self.hasFocus() or self.underMouse() or (row is not None and row.underMouse()):
            super().paintEvent(event)


def small_button(
    icons: Icons, icon: str, name: str, parent: QWidget | None = None, *, is_quiet: bool = False
) -> QToolButton:
    """Return a button of one icon with a name for screen readers and as tool tip.

    Args:
        icons: where icons come from.
        icon: a name of `Icons`.
        name: what the button does.
        parent: the row that it stands in.
        is_quiet: draw it only while the pointer or the keyboard is there; it can be reached all the same.
    """
    button = _QuietButton(parent) if is_quiet else QToolButton(parent)
    icons.set(button, icon, "faint")
    button.setObjectName(f"button-{icon}")
    button.setAccessibleName(name)
    button.setToolTip(f"<qt>{html.escape(name)}</qt>")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAutoRaise(True)
    button.setFixedSize(icons.size.grownBy(QMargins(6, 5, 6, 5)))
    return button


def discard(widget: QWidget) -> None:
    """Let a widget go once the event that may come from it has ended; until then nothing finds it by its name."""
    widget.hide()
    for each in (widget, *widget.findChildren(QWidget)):
        each.setObjectName("")
    widget.deleteLater()


def stops_in_order(layout: QLayout) -> list[QWidget]:
    """Return the widgets that the Tab key stops at, in the order in which they stand in a layout."""
    stops: list[QWidget] = []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        assert item is not None
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            inner = widget.layout()
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
                stops.append(widget)
        if inner is not None:
            stops += stops_in_order(inner)
    return stops


def order_stops(first: QWidget, layout: QLayout) -> None:
    """Let the Tab key follow the eye from a widget on: widgets that came later would else come last."""
    for stop, following in pairwise([first, *stops_in_order(layout)]):
        QWidget.setTabOrder(stop, following)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and discard it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            discard(widget)
        elif (inner := item.layout()) is not None:
            clear(inner)


class RecordLine(QAbstractButton):
    """A line that leads to a record: icon, title on at most two lines, a detail below.

    It is drawn by hand since a push button neither wraps its text nor says that it has cut it.
    """

    def __init__(
        self,
        text: str,
        icon: str,
        theme: ThemeController,
        icons: Icons,
        parent: QWidget | None = None,
        detail: str = "",
    ) -> None:
        """Make a line.

        Args:
            text: the title.
            icon: a name of `Icons`; empty for a line without, which is small and in the accent colour: an address.
            theme, icons: the look.
            parent: the owner.
            detail: what stands faintly below.
        """
        super().__init__(parent)
        self._theme, self._icons, self._icon = theme, icons, icon
        self._heights: dict[tuple[int, float], int] = {}
        self.setObjectName("record-line")
        text, self._detail = visible(text), visible(detail)
        self.setText(text)
        self.setAccessibleName(f"{text}, {detail}" if detail else text)
        self.setToolTip(f"<qt>{html.escape(self.accessibleName())}</qt>")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        icons.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        width = self._theme.px(200)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # Layouts ask dozens of times for each line while they settle, and breaking a text is slow.
        at = width, self._theme.zoom
        if at not in self._heights:
            lines = len(self._lines(width - self._left() - self._theme.px(6)))
            height = lines * self._metrics().lineSpacing() + self._theme.px(11 if self._icon else 5)
            self._heights[at] = height + (QFontMetrics(self._theme.font(12)).lineSpacing() if self._detail else 0)
        return self._heights[at]

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme.theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.accent), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), px(6), px(6))
        left, metrics, top = self._left(), self._metrics(), px(5 if self._icon else 2)
        if self._icon:
            side = px(16)
            icon_top = top + (metrics.lineSpacing() - side) // 2
            self._icons.icon(self._icon).paint(painter, px(7), icon_top, side, side)
        painter.setFont(self._font())
        painter.setPen(QColor(theme.text if self._icon else theme.accent))
        for line in self._lines(self.width() - left - px(6)):
            painter.drawText(left, top + metrics.ascent(), line)
            top += metrics.lineSpacing()
        if self._detail:
            painter.setFont(self._theme.font(12))
            painter.setPen(QColor(theme.faint))
            room = self.width() - left - px(6)
            small = painter.fontMetrics()
            detail = small.elidedText(self._detail, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + small.ascent(), detail)
        painter.end()

    def _lines(self, width: int) -> list[str]:
        """Return the title in at most two lines that fit; an address takes one."""
        metrics, text = self._metrics(), self.text()
        if metrics.horizontalAdvance(text) <= width or not self._icon:
            return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
        layout = QTextLayout(text, self._font())
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(max(width, 1))
        layout.endLayout()
        cut = first.textLength()
        rest = metrics.elidedText(text[cut:].strip(), Qt.TextElideMode.ElideRight, width)
        return [text[:cut].rstrip(), rest]

    def _font(self) -> QFont:
        return self._theme.font() if self._icon else self._theme.font(12)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self._font())

    def _left(self) -> int:
        return self._theme.px(32) if self._icon else 0

"""A line that shows the beginning of a text it has no room for.

Qt cuts such a text in the middle of a letter, so that one can't see that there is more. Here a shorter form is shown,
if there is one that fits, else the cut is marked; the whole stands under the pointer. While a person is in the line it
behaves as any other. Knows no field.
"""

from __future__ import annotations

import html
from typing import cast

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolTip

_MARGIN = 2  # what Qt leaves free on either side of the text in a line
_MOST_TIP = 600


class ElidedLine(QLineEdit):
    """A line edit whose text ends in an ellipsis where it is too long, unless a person is in it.

    Attributes:
        short: says the same in fewer letters; empty where nothing does.
    """

    short: str = ""

    @property
    def shown(self) -> str:
        """The text as it is drawn while nobody is in the line."""
        metrics, width = self.fontMetrics(), self._room().width()
        if self.short and metrics.horizontalAdvance(self.text()) > width >= metrics.horizontalAdvance(self.short):
            return self.short
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def event(self, event: QEvent) -> bool:
        """Show the whole text under the pointer where it is cut."""
        if event.type() == QEvent.Type.ToolTip and self.shown != self.text():
            tip = f"<qt>{html.escape(self.text()[:_MOST_TIP])}</qt>"
            QToolTip.showText(cast(QHelpEvent, event).globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the beginning of the text where it is too long and nobody is in the line."""
        shown = self.shown
        if self.hasFocus() or self.hasSelectedText() or shown == self.text():
            super().paintEvent(event)
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setFont(self.font())
        painter.setPen(option.palette.text().color())
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _room(self) -> QRect:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        contents = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return contents.adjusted(_MARGIN, 0, -_MARGIN, 0)

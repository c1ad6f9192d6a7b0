"""The box with what pointer or keyboard rest on in a picture. Shows plain lines; knows no picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_READ_OUT_WIDEST = 360


class ReadOut(QFrame):
    """A small box with the value under the pointer: a headline, and lines below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._head, self._body = QLabel(self), QLabel(self)
        self._head.setProperty("role", "section")
        self._body.setProperty("role", "faint")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 7, 10, 7)
        box.setSpacing(1)
        for label in (self._head, self._body):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            box.addWidget(label)
        self.hide()

    @property
    def text(self) -> str:
        """Everything that is shown."""
        return "\n".join(part for part in (self._head.text(), self._body.text()) if part)

    def show_beside(self, lines: list[str], view: QWidget, at: QPointF) -> None:
        """Show lines beside a position in a view, inside of whatever this box stands in."""
        holder = self.parentWidget() or view
        place = at if holder is view else QPointF(view.mapTo(holder, at.toPoint()))
        self.show_lines(lines, place, QRectF(holder.rect()))

    def show_lines(self, lines: list[str], at: QPointF, room: QRectF) -> None:
        """Show lines beside a position, inside the room."""
        self._head.setText(lines[0])
        self._body.setText("\n".join(lines[1:]))
        self._body.setVisible(len(lines) > 1)
        widest = max(
            [self._head.fontMetrics().horizontalAdvance(lines[0])]
            + [self._body.fontMetrics().horizontalAdvance(line) for line in lines[1:]]
        )
        self.setFixedWidth(min(widest + 26, _READ_OUT_WIDEST))
        self.setFixedHeight(self.heightForWidth(self.width()) if self.hasHeightForWidth() else self.sizeHint().height())
        left = at.x() + 14 if at.x() + 14 + self.width() < room.right() else at.x() - 14 - self.width()
        top = min(max(at.y() - self.height() / 2, room.top()), room.bottom() - self.height())
        self.move(round(max(left, room.left())), round(max(top, 0)))
        self.show()
        self.raise_()

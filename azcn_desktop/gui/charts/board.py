"""A picture that is larger than its place: it scrolls, and pointer and keyboard step through what is on it.

The base of the timeline of commitments and of the thread of a dossier, which say what is drawn and where its stops lie.
Knows neither store nor data.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.read_out import ReadOut

_READ_OUT_PX = 380


class BoardStop(Struct, frozen=True):
    """One thing that pointer or keyboard can rest on.

    Attributes:
        box: where it lies on the board, in pixels.
        row: stops of one row lie beside each other; Up and Down change rows.
        words: what is said of it, headline first.
        table, key: the record that it opens.
    """

    box: QRectF
    row: int
    words: tuple[str, ...]
    table: str
    key: int


class Board(QAbstractScrollArea):
    """A scrolling picture.

    Attributes:
        read_out: the box with the words of a stop.

    Signals:
        stepped(object): the BoardStop that is rested on now, or None.
        opened(object): the BoardStops that were clicked or entered.
        table_wanted(): the key for the table was pressed.
    """

    stepped = Signal(object)
    opened = Signal(object)
    table_wanted = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._stops: list[BoardStop] = []
        self._stop: BoardStop | None = None
        self._is_by_keyboard = False
        self.read_out = ReadOut(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(120, 60)
        theme.changed.connect(self.relayout)

    # -- what the picture says

    def place(self, width: int) -> tuple[QSize, list[BoardStop]]:
        """Return the size of the board in a place of this width, and its stops in the order of the keyboard."""
        raise NotImplementedError

    def draw_board(self, painter: QPainter, visible: QRectF) -> None:
        """Draw what lies in a part of the board."""
        raise NotImplementedError

    def draw_head(self, painter: QPainter, width: float) -> None:
        """Draw what stays on top while the board scrolls below it."""

    def head_height(self) -> int:
        """Return the height of what stays on top."""
        return 0

    # -- what others ask

    @property
    def stops(self) -> list[BoardStop]:
        """What can be rested on, in the order of the keyboard."""
        return list(self._stops)

    @property
    def stop(self) -> BoardStop | None:
        """What is rested on."""
        return self._stop

    def relayout(self) -> None:
        """Place everything anew, after other data, another size or another theme."""
        size, self._stops = self.place(self.viewport().width())
        room = self.viewport().size() - QSize(0, self.head_height())
        for bar, length, whole in (
            (self.horizontalScrollBar(), room.width(), size.width()),
            (self.verticalScrollBar(), room.height(), size.height()),
        ):
            bar.setPageStep(length)
            bar.setSingleStep(self._theme.px(24))
            bar.setRange(0, max(0, whole - length))
        self._rest_on(None)
        self.viewport().update()

    def rest_on(self, stop: BoardStop | None) -> None:
        """Rest on a stop as the keyboard does, and bring it into view."""
        if stop is not None:
            self._bring_into_view(stop.box)  # first: scrolling takes the words of a stop away
        self._rest_on(stop)

    def describe_with(self, lines: list[str]) -> None:
        """Show the words for the stop that is rested on."""
        if self._stop is None or not lines:
            self.read_out.hide()
            return
        box = self._stop.box.translated(self._offset())
        has_room = box.right() + self._theme.px(_READ_OUT_PX) < self.width()
        beside = QPointF(box.right() if has_room else box.left(), box.center().y())
        self.read_out.show_beside(lines, self, beside)

    def picture_size(self) -> QSize:
        """Return the size of the whole board for a file."""
        size, _ = self.place(self.viewport().width())
        return QSize(max(size.width(), self.viewport().width()), size.height() + self.head_height())

    def draw_picture(self, painter: QPainter, target: QRectF) -> None:
        """Draw the whole board for a file."""
        size, head = self.picture_size(), self.head_height()
        painter.translate(target.topLeft())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_head(painter, size.width())
        painter.translate(0, head)
        self.draw_board(painter, QRectF(0, 0, size.width(), size.height() - head))

    # -- Qt's events

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, head, offset = self._theme.theme, self.head_height(), self._offset()
        room = QRectF(self.viewport().rect())
        painter = QPainter(self.viewport())
        painter.fillRect(room, QColor(theme.base))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(room.adjusted(0, head, 0, 0))
        painter.translate(offset)
        self.draw_board(painter, room.adjusted(0, head, 0, 0).translated(-offset))
        self._draw_focus(painter)
        painter.restore()
        self.draw_head(painter, room.width())
        if self.hasFocus() and self._is_by_keyboard:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.accent))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.read_out.hide()
        self.relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.read_out.hide()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the only direction there is; leave the wheel to others where there is none."""
        bars = [bar for bar in (self.verticalScrollBar(), self.horizontalScrollBar()) if bar.maximum() > 0]
        if not bars:
            event.ignore()
            return
        turned = event.angleDelta()
        bars[0].setValue(bars[0].value() - round((turned.y() or turned.x()) / 2))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._rest_on(self._under(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        self._rest_on(found)
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit([found])

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._rest_on(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:  # a menu is about what is rested on
            self._rest_on(None)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves: dict[int, Callable[[], BoardStop | None]] = {
            Qt.Key.Key_Left: self._before, Qt.Key.Key_Right: self._after, Qt.Key.Key_Up: self._above,
            Qt.Key.Key_Down: self._below, Qt.Key.Key_Home: self._first, Qt.Key.Key_End: self._last,
        }  # fmt: skip
        key, is_plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in moves and is_plain and self._stops:
            self.rest_on(moves[key]())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._stop is not None:
            self.opened.emit([self._stop])
        elif key == Qt.Key.Key_T and is_plain:
            self.table_wanted.emit()
        elif key == Qt.Key.Key_Escape and self._stop is not None:
            self._rest_on(None)
        else:
            event.ignore()

    # -- stepping

    def _at(self) -> int:
        return self._stops.index(self._stop) if self._stop in self._stops else -1

    def _before(self) -> BoardStop:
        return self._stops[max(self._at() - 1, 0) if self._stop else -1]

    def _after(self) -> BoardStop:
        return self._stops[min(self._at() + 1, len(self._stops) - 1)]

    def _first(self) -> BoardStop:
        return self._stops[0]

    def _last(self) -> BoardStop:
        return self._stops[-1]

    def _above(self) -> BoardStop:
        return self._in_row(-1)

    def _below(self) -> BoardStop:
        return self._in_row(1)

    def _in_row(self, step: int) -> BoardStop:
        """Return the nearest stop of the next or previous row; the present one where there is none."""
        if self._stop is None:
            return self._stops[0]
        rows = sorted({stop.row for stop in self._stops})
        place = rows.index(self._stop.row) + step
        if not 0 <= place < len(rows):
            return self._stop
        x = self._stop.box.center().x()
        beside = [stop for stop in self._stops if stop.row == rows[place]]
        return min(beside, key=lambda stop: abs(stop.box.center().x() - x))

    def _rest_on(self, stop: BoardStop | None) -> None:
        if stop is self._stop:
            return
        self._stop = stop
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if stop else Qt.CursorShape.ArrowCursor)
        self.viewport().update()
        self.stepped.emit(stop)

    def _under(self, position: QPointF) -> BoardStop | None:
        if position.y() < self.head_height():
            return None
        at = position - self._offset()
        found = [stop for stop in self._stops if stop.box.contains(at)]
        return min(found, key=lambda stop: abs(stop.box.center().x() - at.x()), default=None)

    def _offset(self) -> QPointF:
        return QPointF(-self.horizontalScrollBar().value(), self.head_height() - self.verticalScrollBar().value())

    def _bring_into_view(self, box: QRectF) -> None:
        room = self.viewport().rect().adjusted(0, self.head_height(), 0, 0)
        margin = self._theme.px(12)
        for bar, low, high, length in (
            (self.horizontalScrollBar(), box.left(), box.right(), room.width()),
            (self.verticalScrollBar(), box.top(), box.bottom(), room.height()),
        ):
            if low - margin < bar.value():
                bar.setValue(int(low - margin))
            elif high + margin > bar.value() + length:
                bar.setValue(int(high + margin - length))

    def _draw_focus(self, painter: QPainter) -> None:
        if self._stop is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(self._theme.theme.text))
            painter.drawRoundedRect(self._stop.box.adjusted(-0.5, -0.5, 0.5, 0.5), 6, 6)

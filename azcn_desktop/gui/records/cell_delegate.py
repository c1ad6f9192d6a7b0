"""Drawing of table cells: titles, pills, states, numbers, on rows without a grid.

A table shows some 250 cells at once and repaints them on every wheel step, so everything that depends only on
the theme is made once a theme, and shaped lines are kept. Reads the roles of `gui.roles` and nothing else: it knows no
record, no field and no editor; whoever edits cells derives from it.
"""

from functools import cached_property
from typing import Any, Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from azcn_desktop.gui.roles import (
    BADGE_ROLE,
    SECONDARY_ROLE,
    STYLE_ROLE,
    TONE_ROLE,
    TONES,
    UNRESOLVED_ROLE,
    WARNING_ROLE,
    Badge,
    Tone,
)
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import MARK_PX, badge_mark, state_mark, warning_mark
from azcn_desktop.gui.widgets.visible_signs import visible

ROW_PX: Final = 34
COMPACT_ROW_PX: Final = 28

_PADDING: Final = 12
_GAP: Final = 10
_SMALL_PX: Final = 12
_BADGE_PX: Final = 13
_KEPT_LINES: Final = 6000
_WHOLE: Final = -1
"""Stands for "as much room as it needs" among the widths of kept lines."""
_ELLIPSIS: Final = "…"

_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_RIGHT: Final[int] = Qt.AlignmentFlag.AlignRight.value
_SELECTED: Final[int] = QStyle.StateFlag.State_Selected.value
_HOVERED: Final[int] = QStyle.StateFlag.State_MouseOver.value
_FOCUSED: Final[int] = QStyle.StateFlag.State_HasFocus.value
_ENABLED: Final[int] = QStyle.StateFlag.State_Enabled.value


class _Face:
    """A font with the lines already shaped in it: shaping is what costs time in drawing text."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self._half_height = self.metrics.height() / 2
        self._lines: dict[tuple[str, int], tuple[QStaticText, float]] = {}

    def width(self, text: str) -> float:
        """Return the advance of a text in pixels."""
        return self._line(text)[1]

    def draw(
        self,
        painter: QPainter,
        left: float,
        right: float,
        middle: float,
        text: str,
        *,
        at_right: bool = False,
    ) -> tuple[float, float]:
        """Draw one line between two edges, shortened to fit; return where it begins and ends."""
        line, width = self._line(text)
        if width > right - left + 0.5:
            line, width = self._short_line(text, int(right - left))
        if at_right:
            left = right - width
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, middle - self._half_height), line)
        return left, left + width

    def _line(self, text: str) -> tuple[QStaticText, float]:
        kept = self._lines.get((text, _WHOLE))
        if kept is None:
            if len(self._lines) >= _KEPT_LINES:
                self._lines.clear()
            kept = self._lines[text, _WHOLE] = self._shaped(text)
        return kept

    def _short_line(self, text: str, room: int) -> tuple[QStaticText, float]:
        kept = self._lines.get((text, room))
        if kept is None:
            short = self.metrics.elidedText(visible(text), Qt.TextElideMode.ElideRight, max(room, 0))
            kept = self._lines[text, room] = self._shaped(short)
        return kept

    def _shaped(self, text: str) -> tuple[QStaticText, float]:
        line = QStaticText(visible(text))
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        line.prepare(font=self.font)
        return line, line.size().width()


class _Look:
    """Everything that stays the same from one theme change to the next."""

    def __init__(self, controller: ThemeController) -> None:
        theme = controller.theme
        self.px = controller.px
        self.text, self.muted, self.faint = QColor(theme.text), QColor(theme.muted), QColor(theme.faint)
        self.disabled, self.accent = QColor(theme.disabled), QColor(theme.accent)
        self.base, self.selection = QColor(theme.base), QColor(theme.selection)
        self.hover, self.line = QColor(theme.hover), QColor(theme.line)
        self.padding, self.gap = controller.px(_PADDING), controller.px(_GAP)
        self.mark_size, self.pill_height = controller.px(MARK_PX), controller.px(20)
        self.mark_gap, self.pill_inset = controller.px(6), controller.px(8)
        self.bar = controller.px(2)
        plain, small = controller.font(), controller.font(_SMALL_PX)
        number, small_number = controller.font(), controller.font(_SMALL_PX)
        for font in (number, small_number):
            font.setFeature(QFont.Tag("tnum"), 1)
        slanted = controller.font()
        slanted.setItalic(True)
        self.plain, self.title = _Face(plain), _Face(controller.font(weight=500))
        self.small, self.pill = _Face(small), _Face(controller.font(12, 500))
        self.number, self.slanted = _Face(number), _Face(slanted)
        self.small_number = _Face(small_number)
        self.pills = {
            (tone, selected): _two_colours(*theme.pill(tone, ground))
            for tone in TONES
            for selected, ground in ((False, theme.base), (True, theme.selection))
        }
        self.tones = {tone: QColor(theme.tone(tone)) for tone in TONES}
        self.printed_only = QPen(self.faint, 1, Qt.PenStyle.CustomDashLine)
        self.printed_only.setDashPattern([1, 2])
        self.focus = QPen(self.accent, 1)
        self._marks: dict[tuple[str, float], QPixmap] = {}
        self._badges: dict[tuple[Badge, int, float], QPixmap] = {}
        self.badge_size, self.badge_gap = controller.px(_BADGE_PX), controller.px(3)

    def mark(self, tone: Tone | None, ratio: float) -> QPixmap:
        """Return the mark of a state, or of a warning for None, at a device pixel ratio."""
        key = (tone or "warning", ratio)
        if key not in self._marks:
            self._marks[key] = (
                state_mark(tone, self.tones[tone], self.mark_size, ratio)
                if tone
                else warning_mark(self.tones["amber"], self.mark_size, ratio)
            )
        return self._marks[key]

    def badge(self, badge: Badge, colour: QColor, ratio: float) -> QPixmap:
        """Return the sign of a sort of statement in the colour of its word."""
        key = (badge, colour.rgb(), ratio)
        if key not in self._badges:
            self._badges[key] = badge_mark(badge, colour, self.badge_size, ratio)
        return self._badges[key]

    def outline(self, colour: QColor, *, is_dashed: bool) -> QPen:
        """Return the pen around a pill without a ground."""
        quiet = QColor(colour)
        quiet.setAlphaF(0.55)
        pen = QPen(quiet, 1)
        if is_dashed:
            pen.setDashPattern([3, 2])
        return pen


class CellDelegate(QStyledItemDelegate):
    """Paint table cells as their roles say.

    Attributes:
        row_height: height of a row in pixels at the present zoom and density, for the vertical header.
        hovered_row: the row under the pointer, or -1; all of it is lit, where Qt lights one cell.
    """

    hovered_row = -1

    def __init__(self, controller: ThemeController, parent: QObject | None = None) -> None:
        """Follow the controller's theme and zoom."""
        super().__init__(parent)
        self._controller = controller
        self._is_compact = False
        controller.changed.connect(self.on_controller_changed)

    @property
    def row_height(self) -> int:
        """Return the height that every row should have now."""
        return self._controller.px(COMPACT_ROW_PX if self._is_compact else ROW_PX)

    def set_compact(self, compact: bool) -> None:
        """Choose between rows of 28 and of 34 pixels; the view sets its section size afterwards."""
        self._is_compact = compact

    def on_controller_changed(self) -> None:
        """Forget what was made for the old theme."""
        self.__dict__.pop("_look", None)

    @cached_property
    def _look(self) -> _Look:
        """What the present theme looks like, made for the first paint: most tables are not shown at the start."""
        return _Look(self._controller)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size that shows the whole cell, so that a double click on a header's edge fits it."""
        look = self._look
        style = index.data(STYLE_ROLE)
        text = _one_line(index.data(_DISPLAY))
        face = {"title": look.title, "number": look.number, "pill": look.pill}.get(style, look.plain)
        width = face.width(text) + 2 * look.padding
        if style == "pill":
            width += 2 * look.pill_inset + (look.badge_size + look.badge_gap if index.data(BADGE_ROLE) else 0)
        elif style == "status":
            width += look.mark_size + look.mark_gap
        if index.data(WARNING_ROLE):
            width += look.mark_size + look.mark_gap
        return QSize(round(width) + 1, self.row_height)

    def _ask(self, index: QModelIndex | QPersistentModelIndex, role: int) -> Any:
        """Return what the model answers for a role; a delegate that knows its model may ask it without a detour."""
        return index.data(role)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, hairline, marks and text of one cell; plain ground is the view's own background."""
        look = self._look
        if index.row() == self.hovered_row:
            option.state |= QStyle.StateFlag.State_MouseOver
        state = option.state.value
        rect = option.rect
        left, top, width, height = rect.x(), rect.y(), rect.width(), rect.height()
        if state & _SELECTED:
            painter.fillRect(left, top, width, height, look.selection)
            if _is_first_column(option.widget, index.column()):
                painter.fillRect(left, top, look.bar, height, look.accent)
        elif state & _HOVERED:
            painter.fillRect(left, top, width, height, look.hover)
        painter.fillRect(left, top + height - 1, width, 1, look.line)
        if state & _FOCUSED:
            painter.setPen(look.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(left, top, width - 1, height - 2)
        text = _one_line(self._ask(index, _DISPLAY))
        style = self._ask(index, STYLE_ROLE)
        start, end, middle = left + look.padding, left + width - look.padding, top + (height - 1) / 2
        if self._ask(index, WARNING_ROLE):
            self._paint_mark(painter, start if style == "number" else end - look.mark_size, middle, None)
            if style == "number":
                start += look.mark_size + look.mark_gap
            else:
                end -= look.mark_size + look.mark_gap
        if text:
            self._paint_value(painter, start, end, middle, text, style, index, state)

    def _paint_value(
        self,
        painter: QPainter,
        left: float,
        right: float,
        middle: float,
        text: str,
        style: str | None,
        index: QModelIndex | QPersistentModelIndex,
        state: int,
    ) -> None:
        """Paint what the style asks for between two edges."""
        look = self._look
        if style == "pill":
            colours = look.pills[self._ask(index, TONE_ROLE) or "neutral", bool(state & _SELECTED)]
            self._paint_pill(painter, left, right, middle, text, colours, self._ask(index, BADGE_ROLE))
        elif style == "status":
            self._paint_mark(painter, left, middle, self._ask(index, TONE_ROLE) or "neutral")
            painter.setPen(look.muted)
            look.plain.draw(painter, left + look.mark_size + look.mark_gap, right, middle, text)
        elif style == "number":
            painter.setPen(look.text if state & _ENABLED else look.disabled)
            look.number.draw(painter, left, right, middle, text, at_right=True)
        elif self._ask(index, UNRESOLVED_ROLE):
            painter.setPen(look.muted)
            start, end = look.slanted.draw(painter, left, right, middle, text)
            self._underline(painter, start, end, middle)
        elif style == "title":
            painter.setPen(look.text if state & _ENABLED else look.disabled)
            _, end = look.title.draw(painter, left, right, middle, text)
            if secondary := _one_line(self._ask(index, SECONDARY_ROLE)):
                painter.setPen(look.muted if state & _SELECTED else look.faint)
                self._paint_secondary(painter, end + look.gap, right, middle, secondary)
        else:
            colour = look.muted if style == "muted" else look.text
            painter.setPen(colour if state & _ENABLED else look.disabled)
            look.plain.draw(painter, left, right, middle, text, at_right=_is_right(self._ask(index, _ALIGNMENT)))

    def _paint_secondary(self, painter: QPainter, left: float, right: float, middle: float, text: str) -> None:
        face = self._look.small
        if face.width(text) <= right - left:
            face.draw(painter, left, right, middle, text)

    def _underline(self, painter: QPainter, left: float, right: float, middle: float) -> None:
        metrics = self._look.slanted.metrics
        y = round(middle + (metrics.ascent() - metrics.descent()) / 2 + self._look.px(3)) + 0.5
        painter.setPen(self._look.printed_only)
        painter.drawLine(QPointF(left, y), QPointF(right, y))

    def _paint_pill(
        self,
        painter: QPainter,
        left: float,
        right: float,
        middle: float,
        text: str,
        colours: tuple[QColor, QColor],
        badge: Badge | None = None,
    ) -> None:
        look = self._look
        background, colour = colours
        sign = look.badge_size + look.badge_gap if badge else 0
        width = min(look.pill.width(text), right - left - 2 * look.pill_inset - sign)
        half = look.pill_height / 2
        top = round(middle - half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        is_open = badge in ("soft", "speech")  # nobody is bound: an outline, not a ground
        painter.setPen(look.outline(colour, is_dashed=badge == "soft") if is_open else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if is_open else background)
        inset = 0.5 if is_open else 0.0
        box = QRectF(left, top, width + sign + 2 * look.pill_inset, 2 * half).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, half, half)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(colour)
        left += look.pill_inset
        if badge:
            mark = look.badge(badge, colour, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(left - look.px(2), round(middle - look.badge_size / 2)), mark)
            left += sign
        look.pill.draw(painter, left, left + width, top + half, text)

    def _paint_mark(self, painter: QPainter, left: float, middle: float, tone: Tone | None) -> None:
        """Draw the mark of a state, or a warning for None."""
        mark = self._look.mark(tone, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(left, round(middle - self._look.mark_size / 2)), mark)


def _two_colours(first: str, second: str) -> tuple[QColor, QColor]:
    return QColor(first), QColor(second)


def _one_line(value: object) -> str:
    """Return a value as one line; a long text shows its beginning only."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    if len(text) > 400:
        text = text[:400] + _ELLIPSIS
    return text if text.isprintable() else " ".join(text.split())


def _is_right(alignment: Any) -> bool:
    """Tell whether a value of TextAlignmentRole, a flag or its number, asks for the right side."""
    return alignment is not None and bool(int(getattr(alignment, "value", alignment)) & _RIGHT)


def _is_first_column(view: QWidget | None, column: int) -> bool:
    """Tell whether a column is the leftmost one that is shown: columns move, and hidden ones take no room."""
    if isinstance(view, QTableView):
        return view.horizontalHeader().sectionPosition(column) == 0
    return column == 0

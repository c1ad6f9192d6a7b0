"""Drawing of table cells: titles, pills, states, numbers, on rows without a grid.

A table shows some 250 cells at once and repaints them on every step of the wheel, so everything that depends only on
the theme is made once a theme, and shaped lines are kept. Reads the roles of `gui.roles` and nothing else: it knows no
record, no field and no editor; whoever edits cells derives from it.
"""

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

from azcn_desktop.gui.cell_marks import MARK_PX, state_mark, warning_mark
from azcn_desktop.gui.roles import (
    SECONDARY_ROLE,
    STYLE_ROLE,
    TONE_ROLE,
    TONES,
    UNRESOLVED_ROLE,
    WARNING_ROLE,
    Tone,
)
from azcn_desktop.gui.theme import ThemeController

ROW_PX: Final = 34
COMPACT_ROW_PX: Final = 28

_PADDING: Final = 12
_GAP: Final = 10
_SECONDARY_SHARE_PX: Final = 12
_KEPT_LINES: Final = 6000
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
        self._widths: dict[str, float] = {}
        self._lines: dict[tuple[str, int], tuple[QStaticText, float]] = {}

    def width(self, text: str) -> float:
        """Return the advance of a text in pixels."""
        width = self._widths.get(text)
        if width is None:
            if len(self._widths) >= _KEPT_LINES:
                self._widths.clear()
            width = self._widths[text] = self.metrics.horizontalAdvance(text)
        return width

    def line(self, text: str, room: float) -> tuple[QStaticText, float]:
        """Return a text shaped, shortened to `room` pixels, and how wide it became."""
        width = self.width(text)
        key = (text, 0 if width <= room else int(room))
        kept = self._lines.get(key)
        if kept is None:
            if len(self._lines) >= _KEPT_LINES:
                self._lines.clear()
            if width > room:
                text = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
                width = self.metrics.horizontalAdvance(text)
            shaped = QStaticText(text)
            shaped.setTextFormat(Qt.TextFormat.PlainText)
            shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            kept = self._lines[key] = (shaped, width)
        return kept

    def draw(self, painter: QPainter, box: QRectF, text: str, *, right: bool = False) -> float:
        """Draw one line centred in height; return the x where it ends."""
        line, width = self.line(text, box.width())
        left = box.right() - width if right else box.left()
        top = box.top() + (box.height() - self.metrics.height()) / 2
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(left, top), line)
        return left + width


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
        self.bar = controller.px(2)
        plain, small = controller.font(), controller.font(_SECONDARY_SHARE_PX)
        number = controller.font()
        number.setFeature(QFont.Tag("tnum"), 1)
        slanted = controller.font()
        slanted.setItalic(True)
        self.plain, self.title = _Face(plain), _Face(controller.font(weight=500))
        self.small, self.pill = _Face(small), _Face(controller.font(12, 500))
        self.number, self.slanted = _Face(number), _Face(slanted)
        self.pills = {
            (tone, selected): tuple(map(QColor, theme.pill(tone, ground)))
            for tone in TONES
            for selected, ground in ((False, theme.base), (True, theme.selection))
        }
        self.tones = {tone: QColor(theme.tone(tone)) for tone in TONES}
        self.printed_only = QPen(self.faint, 1, Qt.PenStyle.CustomDashLine)
        self.printed_only.setDashPattern([1, 2])
        self.focus = QPen(self.accent, 1)
        self._marks: dict[tuple[str, float], QPixmap] = {}

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


class CellDelegate(QStyledItemDelegate):
    """Paint table cells as their roles say.

    Attributes:
        row_height: height of a row in pixels at the present zoom and density, for the vertical header.
    """

    def __init__(self, controller: ThemeController, parent: QObject | None = None) -> None:
        """Follow the controller's theme and zoom."""
        super().__init__(parent)
        self._controller = controller
        self._is_compact = False
        self._look = _Look(controller)
        controller.changed.connect(self.on_controller_changed)

    @property
    def row_height(self) -> int:
        """Return the height that every row should have now."""
        return self._look.px(COMPACT_ROW_PX if self._is_compact else ROW_PX)

    def set_compact(self, compact: bool) -> None:
        """Choose between rows of 28 and of 34 pixels; the view sets its section size afterwards."""
        self._is_compact = compact

    def on_controller_changed(self) -> None:
        """Forget what was made for the old theme."""
        self._look = _Look(self._controller)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size that shows the whole cell, so that a double click on a header's edge fits it."""
        look = self._look
        style = index.data(STYLE_ROLE)
        text = _one_line(index.data(_DISPLAY))
        width = self._face(style, False).width(text) + 2 * look.padding
        if style == "pill":
            width += look.px(16)
        elif style == "status":
            width += look.mark_size + look.px(6)
        if index.data(WARNING_ROLE):
            width += look.mark_size + look.px(6)
        return QSize(round(width) + 1, self.row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground, hairline, marks and text of one cell."""
        look = self._look
        state = option.state.value
        selected = bool(state & _SELECTED)
        rect = QRectF(option.rect)
        ground = look.selection if selected else look.hover if state & _HOVERED else look.base
        painter.fillRect(rect, ground)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.line)
        if selected and _is_first_column(option.widget, index.column()):
            painter.fillRect(QRectF(rect.left(), rect.top(), look.bar, rect.height()), look.accent)
        if state & _FOCUSED:
            painter.setPen(look.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -1.5))
        box = rect.adjusted(look.padding, 0, -look.padding, -1)
        if index.data(WARNING_ROLE):
            box = self._paint_warning(painter, box)
        text = _one_line(index.data(_DISPLAY))
        if not text:
            return
        style = index.data(STYLE_ROLE)
        if style == "pill":
            self._paint_pill(painter, box, text, index.data(TONE_ROLE) or "neutral", selected)
        elif style == "status":
            self._paint_status(painter, box, text, index.data(TONE_ROLE) or "neutral")
        else:
            self._paint_text(painter, box, text, style, index, bool(state & _ENABLED))

    def _face(self, style: str | None, unresolved: bool) -> _Face:
        look = self._look
        if unresolved:
            return look.slanted
        return {"title": look.title, "number": look.number, "pill": look.pill}.get(style or "", look.plain)

    def _paint_text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        style: str | None,
        index: QModelIndex | QPersistentModelIndex,
        enabled: bool,
    ) -> None:
        look = self._look
        unresolved = bool(index.data(UNRESOLVED_ROLE))
        face = self._face(style, unresolved)
        right = style == "number" or _is_right(index.data(_ALIGNMENT))
        colour = look.muted if style == "muted" or unresolved else look.text
        painter.setPen(colour if enabled else look.disabled)
        end = face.draw(painter, box, text, right=right)
        if unresolved:
            self._underline(painter, box, face, text, end)
        if style == "title" and (secondary := _one_line(index.data(SECONDARY_ROLE))):
            rest = box.adjusted(0, 0, 0, 0)
            rest.setLeft(end + look.gap)
            if look.small.width(secondary) <= rest.width():
                painter.setPen(look.faint)
                look.small.draw(painter, rest, secondary)

    def _underline(self, painter: QPainter, box: QRectF, face: _Face, text: str, end: float) -> None:
        baseline = box.center().y() + (face.metrics.ascent() - face.metrics.descent()) / 2
        y = round(baseline + self._look.px(3)) + 0.5
        painter.setPen(self._look.printed_only)
        painter.drawLine(QPointF(end - min(face.width(text), box.width()), y), QPointF(end, y))

    def _paint_pill(self, painter: QPainter, box: QRectF, text: str, tone: Tone, selected: bool) -> None:
        look = self._look
        background, colour = look.pills[tone, selected]
        inner = look.px(8)
        line, width = look.pill.line(text, box.width() - 2 * inner)
        height = min(look.pill_height, box.height() - 4)
        pill = QRectF(box.left(), round(box.center().y() - height / 2), width + 2 * inner, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(background)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(colour)
        painter.setFont(look.pill.font)
        painter.drawStaticText(
            QPointF(pill.left() + inner, pill.top() + (height - look.pill.metrics.height()) / 2), line
        )

    def _paint_status(self, painter: QPainter, box: QRectF, text: str, tone: Tone) -> None:
        look = self._look
        mark = look.mark(tone, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left(), round(box.center().y() - look.mark_size / 2)), mark)
        painter.setPen(look.muted)
        look.plain.draw(painter, box.adjusted(look.mark_size + look.px(6), 0, 0, 0), text)

    def _paint_warning(self, painter: QPainter, box: QRectF) -> QRectF:
        """Draw the triangle at the right end; return the box that is left."""
        look = self._look
        mark = look.mark(None, painter.device().devicePixelRatioF())
        left = round(box.right() - look.mark_size)
        painter.drawPixmap(QPointF(left, round(box.center().y() - look.mark_size / 2)), mark)
        return box.adjusted(0, 0, -look.mark_size - look.px(6), 0)


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

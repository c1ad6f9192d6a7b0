"""A line that offers what fits to the typing: words of a list, countries, records.

One widget for everything that is picked by typing a part of it. The list is a child of the window and takes no focus,
so that typing goes on while one looks through it. Knows no record: whoever uses it says what fits to a text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.visible_signs import visible

_PAYLOAD = int(Qt.ItemDataRole.UserRole) + 1
_DETAIL = int(Qt.ItemDataRole.UserRole) + 2
_HEADING = int(Qt.ItemDataRole.UserRole) + 3
_MOST_ROWS = 11
_LEAST_WIDTH = 260
_GAP_PX, _DETAILED = 12, 0.45
"""Between an offer and its detail, and the share of the line that the detail has for certain."""


class Suggestion(Struct, frozen=True):
    """One offer.

    Attributes:
        text: what is offered.
        detail: said faintly behind it.
        payload: what the user of the line makes of it.
        heading: the group; a heading is shown where it changes.
        is_deliberate: taken only when a person goes to it; Enter after typing doesn't take it.
        shown: what the list shows in place of `text`, where that begins alike for many.
    """

    text: str
    detail: str = ""
    payload: Any = None
    heading: str = ""
    is_deliberate: bool = False
    shown: str = ""


Offer = Callable[[str], Sequence[Suggestion]]


class SuggestingLine(ElidedLine):
    """A line edit with a list of offers under it.

    Signals:
        picked(Suggestion): an offer was taken, by Enter or by a click.
        listed(): the list came up, or changed its place.
    """

    picked = Signal(object)
    listed = Signal()

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer = offer
        self._is_ahead = False
        self.textEdited.connect(self._on_text_edited)

    @cached_property
    def _box(self) -> _SuggestionBox:
        """The list, made when it is first needed: a form has a dozen lines, of which few are ever typed into."""
        box = _SuggestionBox(self)
        box.list.clicked.connect(self._on_list_clicked)
        return box

    @property
    def suggestions(self) -> list[Suggestion]:
        """The offers that are shown now."""
        return self._box.suggestions

    @property
    def highlighted(self) -> Suggestion | None:
        """The offer that Enter would take, or None."""
        return self._box.highlighted() if self._box.isVisible() else None

    @property
    def list_area(self) -> QRect:
        """The part of the window that the list takes; empty while it is hidden."""
        return self._box.geometry() if self._box.isVisible() else QRect()

    def open_list(self, text: str = "", highlighted: str = "") -> None:
        """Show the offers for a text, with the given one highlighted, or the first one that fits to some typing."""
        offers = self._offer(text)
        fits = bool(offers and text.strip() and not offers[0].is_deliberate)
        self._box.show_offers(offers, highlighted or (offers[0].text if fits else ""))
        # Nobody has gone into the list yet, though its first line is highlighted: the first Down arrives there.
        self._is_ahead = fits and not highlighted
        if self._box.isVisible():
            self.listed.emit()

    def close_list(self) -> None:
        """Hide the offers."""
        self._box.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the offers and take one."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if not self._box.isVisible():
                self.open_list("" if self.hasSelectedText() else self.text())
            elif not self._is_ahead:
                self._box.move_by(1 if key == Qt.Key.Key_Down else -1)
            self._is_ahead = False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and self.highlighted:
            self._take(self.highlighted)
        elif key == Qt.Key.Key_Escape and self._box.isVisible():
            self._box.hide()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the offers on a click, as a box with a list does."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self._box.isVisible() and not self.isReadOnly():
            self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the offers when the line is left."""
        self._box.hide()
        super().focusOutEvent(event)

    def _on_text_edited(self, text: str) -> None:
        self.open_list(text)

    def _on_list_clicked(self, index: QModelIndex) -> None:
        suggestion = index.data(_PAYLOAD)
        if suggestion is not None:
            self._take(suggestion)

    def _take(self, suggestion: Suggestion) -> None:
        self._box.hide()
        self.picked.emit(suggestion)


class _SuggestionBox(QFrame):
    """The list of offers, under its line or above it."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.suggestions: list[Suggestion] = []
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self.list.setAccessibleName(self.tr("Suggestions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setModel(self._model)
        self.list.setItemDelegate(_SuggestionDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        line.installEventFilter(self)
        line.destroyed.connect(self.deleteLater)
        self.hide()

    def show_offers(self, suggestions: Sequence[Suggestion], highlighted: str) -> None:
        """Show offers; the one of this text is highlighted."""
        self.suggestions = list(suggestions)
        self._model.clear()
        heading = ""
        for suggestion in self.suggestions:
            if suggestion.heading != heading:
                heading = suggestion.heading
                self._model.appendRow(_heading_item(heading))
            self._model.appendRow(_item(suggestion))
        if not self.suggestions or not self._line.isVisible():
            self.hide()
            return
        if self.parentWidget() is not self._line.window():
            self.setParent(self._line.window())
        self._place()
        self.show()
        self.raise_()
        self._highlight(self._row_of(highlighted))

    def highlighted(self) -> Suggestion | None:
        """Return the highlighted offer."""
        found = self.list.currentIndex().data(_PAYLOAD)
        return found if isinstance(found, Suggestion) else None

    def move_by(self, step: int) -> None:
        """Highlight the next or the previous offer, past headings."""
        row = self.list.currentIndex().row() + step
        while 0 <= row < self._model.rowCount() and self._model.item(row).data(_PAYLOAD) is None:
            row += step
        if 0 <= row < self._model.rowCount():
            self._highlight(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide together with the line."""
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Move):
            self.hide()
        return False

    def _row_of(self, text: str) -> int:
        return next((row for row in range(self._model.rowCount()) if text and self._text_of(row) == text), -1)

    def _text_of(self, row: int) -> str:
        suggestion = self._model.item(row).data(_PAYLOAD)
        return suggestion.text if isinstance(suggestion, Suggestion) else ""

    def _highlight(self, row: int) -> None:
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        if index.isValid():
            self.list.scrollTo(index)

    def _place(self) -> None:
        window = self._line.window()
        row_height = self.list.sizeHintForRow(0)
        wanted = row_height * min(self._model.rowCount(), _MOST_ROWS) + 12
        width = min(max(self._line.width(), _LEAST_WIDTH, self.list.sizeHintForColumn(0) + 28), window.width() - 8)
        width = min(width, max(self._line.width(), 520))
        top = self._line.mapTo(window, QPoint(0, 0)).y()
        below = window.height() - top - self._line.height() - 6
        height = min(wanted, max(below, top - 6))
        y = top + self._line.height() + 2 if height <= below else top - height - 2
        x = self._line.mapTo(window, QPoint(0, 0)).x()
        self.setGeometry(QRect(max(min(x, window.width() - width - 4), 0), max(y, 0), width, height))


class _SuggestionDelegate(QStyledItemDelegate):
    """Paint an offer with its detail behind it, and headings small."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Leave room for text, gap and detail."""
        metrics = option.fontMetrics
        width = metrics.horizontalAdvance(index.data() or "") + metrics.horizontalAdvance(index.data(_DETAIL) or "")
        return QSize(width + 32, metrics.height() + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint ground by the style, words by hand."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        is_heading = bool(index.data(_HEADING))
        if not is_heading:
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        room = option.rect.adjusted(9, 0, -9, 0)
        faint = option.palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText)
        font = option.font
        if is_heading:
            font.setPixelSize(max(font.pixelSize() - 2, 8))
            font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(faint if is_heading else option.palette.color(QPalette.ColorRole.Text))
        metrics = painter.fontMetrics()
        detail = metrics.elidedText(
            visible(index.data(_DETAIL) or ""), Qt.TextElideMode.ElideRight, int(room.width() * _DETAILED)
        )
        beside = metrics.horizontalAdvance(detail) + _GAP_PX if detail else 0
        shown = metrics.elidedText(visible(text), Qt.TextElideMode.ElideRight, room.width() - beside)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        room.setLeft(room.left() + metrics.horizontalAdvance(shown) + _GAP_PX)
        painter.setPen(faint)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), detail)


def _item(suggestion: Suggestion) -> QStandardItem:
    item = QStandardItem(suggestion.shown or suggestion.text)
    item.setData(suggestion, _PAYLOAD)
    item.setData(suggestion.detail, _DETAIL)
    item.setEditable(False)
    return item


def _heading_item(text: str) -> QStandardItem:
    item = QStandardItem(text)
    item.setData(True, _HEADING)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item

"""How far both sides are apart as a table: years, or chapters of one year, with the causes that were written down.

Shows an `AsymmetryTable`; what a row leads to is for the view. Knows no store.
"""

from __future__ import annotations

import html
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from azcn_desktop.charts.asymmetry import AsymmetryRow, AsymmetryTable
from azcn_desktop.gui.records.cell_delegate import COMPACT_ROW_PX, ROW_PX, CellDelegate
from azcn_desktop.gui.roles import STYLE_ROLE, TONE_ROLE, Badge
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.empty_state import EmptyState
from azcn_desktop.gui.widgets.named_header import name_header
from azcn_desktop.records.words import MIRROR_CAUSE

Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_NO_PARENT = QModelIndex()
_CAUSE_PX, _FIRST_PX = 100, {False: 66, True: 190}
_LEAST_CAUSE, _LEAST_FIRST = 64, {False: 66, True: 110}
_EDGES = 28
# Of years and of chapters: the columns from left to right. What is asked for first is seen without scrolling.
_ORDER = {False: (0, 5, 4, 1, 2, 3, 6), True: (0, 5, 4, 6, 7, 1, 2, 3, 8)}
# What a heading is called where the whole of it has no room; its tool tip says it.
_SHORT = {"Azerbaijan": "AZ", "China": "CN", "Part of the gap": "Part", "Explained so far": "So far"}
_ROOM_FOR_TITLE, _ROOM_FOR_HINT = 50, 76
_NOTE = ": "
_LEAST_NOTE = 40
_NO_TABLE = AsymmetryTable("", (), (), ())


class GapModel(QAbstractTableModel):
    """Rows of both sides; the last column is the cause.

    Attributes:
        is_short: the headings are shortened.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = _NO_TABLE
        self.is_short = False

    def show_table(self, table: AsymmetryTable) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def row_at(self, index: Index) -> AsymmetryRow | None:
        """Return a row, or None."""
        return self.table.rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.table.headers)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.table.headers):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(self.table.headers[section])
        return self.heading(section, self.is_short) if role == _DISPLAY else None

    def heading(self, section: int, is_short: bool) -> str:
        """Return what a column is called, whole or shortened."""
        words = self.table.headers[section]
        for whole, short in _SHORT.items() if is_short else ():
            words = words.replace(whole, short)
        return words

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        row = self.row_at(index)
        if row is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip("\n".join((row.cells[index.column()], *row.gap.formulas)))
        if index.column() == len(row.cells) - 1:
            return _cause(row, role)
        if role == _DISPLAY:
            return row.cells[index.column()]
        if role == STYLE_ROLE:
            is_strong = index.column() == 0 and (row.part is None or row.part.is_explaining)
            return "title" if is_strong else "text" if index.column() == 0 else "number"
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        is_words = column in (0, len(self.table.headers) - 1)
        side = Qt.AlignmentFlag.AlignLeft if is_words else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class GapTable(QTableView):
    """One row a year or a chapter.

    Attributes:
        rows: the model.
        empty_state: what is shown where there is none.

    Signals:
        current_changed(): another row is the current one, or it is another one now.
        cause_wanted(): Enter, F2 or a double click: why the sides differ there.
        menu_wanted(QPoint): a menu for the current row, at a place of the screen.
        copy_requested(): Ctrl+C.
    """

    current_changed = Signal()
    cause_wanted = Signal()
    menu_wanted = Signal(object)
    copy_requested = Signal()

    def __init__(self, theme: ThemeController, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_compact = False
        self._number_widths: list[int] = []
        self._emptiness = ("", "")
        self.rows = GapModel(self)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._delegate = _GapDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        name_header(self).setHighlightSections(False)
        self.empty_state = EmptyState(self, self.viewport())
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self.doubleClicked.connect(self._on_double_clicked)
        theme.changed.connect(self._on_theme_changed)
        self._fit()

    def explain_emptiness(self, title: str, hint: str) -> None:
        """Say why there are no rows, and what would make some where there is room for it."""
        self._emptiness = (title, hint)
        self._say_empty()

    def current_row(self) -> AsymmetryRow | None:
        """Return the current row, or None."""
        return self.rows.row_at(self.currentIndex())

    def show_table(self, table: AsymmetryTable, wanted: str | None = None) -> None:
        """Show other rows.

        Args:
            table: the rows.
            wanted: the first cell of the row to be the current one; None keeps that of the current row, and takes none
                where it is gone.
        """
        before = self.current_row()
        wanted = wanted if wanted is not None else before.cells[0] if before else ""
        place = self.verticalScrollBar().value()
        self.rows.show_table(table)
        self._number_widths = self._widest_numbers()
        self._fit()
        self.verticalScrollBar().setValue(place)
        self._say_empty()
        if not self.go_to(wanted):
            self.current_changed.emit()

    def go_to(self, first_cell: str) -> bool:
        """Make the row that begins with a cell the current one; tell whether it is there."""
        found = next((n for n, row in enumerate(self.rows.table.rows) if row.cells[0] == first_cell), -1)
        if found >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(self.rows.index(found, 0), flags)
            self.scrollTo(self.rows.index(found, 0))
        return found >= 0

    def as_text(self) -> str:
        """Return all rows as lines of cells parted by tabs."""
        table = self.rows.table
        return "\n".join("\t".join(cells) for cells in (table.headers, *(row.cells for row in table.rows))) + "\n"

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual rows."""
        self._is_compact = is_compact
        self._delegate.set_compact(is_compact)
        self._fit()

    # -- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in keys and self.currentIndex().isValid():
            self.cause_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid():
                self.setCurrentIndex(index)
        if index.isValid():
            is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
            place = self.visualRect(index).bottomLeft() if is_key else event.pos()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.empty_state.setGeometry(self.viewport().rect())
        self._say_empty()
        self._fit()

    # -- what happens

    def _on_current_row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.cause_wanted.emit()

    def _say_empty(self) -> None:
        title, hint = self._emptiness
        has_room = self.viewport().height() > self._theme.px(_ROOM_FOR_HINT)
        self.empty_state.say(title, hint if has_room else "", False)
        is_seen = self.viewport().height() > self._theme.px(_ROOM_FOR_TITLE)
        self.empty_state.setVisible(is_seen and not self.rows.table.rows)

    def _on_theme_changed(self) -> None:
        self._number_widths = self._widest_numbers()
        self._fit()

    def _fit(self) -> None:
        """Give all columns room; where it is too little, shorten headings, chapters and causes, then scroll."""
        height = self._theme.px(COMPACT_ROW_PX if self._is_compact else ROW_PX)
        self.verticalHeader().setDefaultSectionSize(height)
        count = self.rows.columnCount()
        if not count:
            return
        is_chapters = count > len(_ORDER[False])
        room = self.viewport().width()
        self._put_in_order(_ORDER[is_chapters])
        hidden: set[int] = set()
        widths = self._widths(is_chapters, is_short=False)
        self.rows.is_short = sum(widths) > room
        if self.rows.is_short:
            hidden.update(self._empty_columns())
            widths = self._widths(is_chapters, is_short=True)
        spare = max(room - sum(width for n, width in enumerate(widths) if n not in hidden), 0)
        widths[0] += spare // 2 if is_chapters else 0
        widths[-1] += spare - (spare // 2 if is_chapters else 0)
        for column, width in enumerate(widths):
            self.setColumnHidden(column, column in hidden)
            self.setColumnWidth(column, width)

    def _widths(self, is_chapters: bool, *, is_short: bool) -> list[int]:
        """Return the pixels that each column takes, or no less than."""
        px, metrics = self._theme.px, self.horizontalHeader().fontMetrics()
        edges = px(_EDGES)
        words = [metrics.horizontalAdvance(self.rows.heading(n, is_short)) + edges for n in self._number_columns()]
        cells = [wide + edges for wide in self._number_widths]
        first = (_LEAST_FIRST if is_short else _FIRST_PX)[is_chapters]
        return [px(first), *map(max, words, cells), px(_LEAST_CAUSE if is_short else _CAUSE_PX)]

    def _put_in_order(self, order: tuple[int, ...]) -> None:
        header = self.horizontalHeader()
        for place, column in enumerate(order):
            if header.visualIndex(column) != place:
                header.moveSection(header.visualIndex(column), place)

    def _widest_numbers(self) -> list[int]:
        """Return the pixels of the longest number in each column; its digits are all as wide as the widest."""
        metrics, rows = self.fontMetrics(), self.rows.table.rows
        longest = (max((row.cells[n] for row in rows), key=len, default="") for n in self._number_columns())
        return [metrics.horizontalAdvance(_wide(number)) for number in longest]

    def _number_columns(self) -> range:
        return range(1, self.rows.columnCount() - 1)

    def _empty_columns(self) -> list[int]:
        """Return the columns in which no row says anything, but for the first and the last."""
        rows = self.rows.table.rows
        return [n for n in self._number_columns() if not any(row.cells[n] for row in rows)]


class _GapDelegate(CellDelegate):
    """Draw the note beside the pill of a cause, as far as it has room."""

    def _paint_pill(
        self, painter: QPainter, left: float, right: float, middle: float, text: str, colours: tuple[QColor, QColor],
        badge: Badge | None = None,
    ) -> None:  # fmt: skip
        word, _, note = text.partition(_NOTE)
        super()._paint_pill(painter, left, right, middle, word, colours, badge)
        look = self._look
        left += look.pill.width(word) + 2 * look.pill_inset + look.gap
        if note and right - left > look.px(_LEAST_NOTE):
            painter.setPen(look.muted)
            look.small.draw(painter, left, right, middle, note)


def _cause(row: AsymmetryRow, role: int) -> Any:
    """Return what the cell of the cause says: its word as a pill and the note, or why there is nothing to explain."""
    if not row.causes:
        if role == _DISPLAY:
            return row.cells[-1]
        return "muted" if role == STYLE_ROLE else None
    if role == _DISPLAY:
        note = "; ".join(each.text for each in row.causes if each.text)
        return ", ".join(dict.fromkeys(MIRROR_CAUSE.label(each.cause) for each in row.causes)) + (
            _NOTE + note if note else ""
        )
    if role == TONE_ROLE:
        return "neutral" if all(each.cause == "unknown" for each in row.causes) else "blue"
    return "pill" if role == STYLE_ROLE else None


def _wide(number: str) -> str:
    return "".join("0" if sign.isdigit() else sign for sign in number)


def _tip(text: str) -> str:
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'

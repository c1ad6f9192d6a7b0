"""A table of words to be read and copied: rows of text, drawn as all tables here are.

Made for lists that a dialog shows once, such as refused rows: it takes rows whole, edits and sorts nothing, and copies
what is selected, or everything, as lines that a spreadsheet understands. Knows no record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import STYLE_ROLE, TONE_ROLE, Style, Tone
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.named_header import name_header

_ROW_PX = 30
_AnyIndex = QModelIndex | QPersistentModelIndex


class Column(Struct, frozen=True):
    """One column.

    Attributes:
        title: its heading.
        width: in pixels of the design; 0 takes the room that is left.
        style: how its cells are drawn.
        tones: the colour for some of its words.
    """

    title: str
    width: int = 0
    style: Style = "text"
    tones: tuple[tuple[str, Tone], ...] = ()


class _Rows(QAbstractTableModel):
    """Rows of text under headings."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: Sequence[Sequence[str]] = ()

    def take(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        text, column = self.rows[index.row()][index.column()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == STYLE_ROLE:
            return column.style
        if role == TONE_ROLE:
            return dict(column.tones).get(text)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.style == "number":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = self.columns[section].style == "number"
            side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TextTable(QTableView):
    """Rows to be read.

    Signals:
        row_chosen(object): the current row is another one; its number.
    """

    row_chosen = Signal(object)

    def __init__(
        self, name: str, accessible: str, columns: Sequence[Column], theme: ThemeController, parent: QWidget
    ) -> None:
        """Make a table without rows.

        Args:
            name: object name.
            accessible: what it holds, for screen readers.
            columns: its columns.
            theme: the look.
            parent: the owner.
        """
        super().__init__(parent)
        self._rows, self._theme = _Rows(columns, self), theme
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setModel(self._rows)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        header = name_header(self)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(40))
        for place, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(place, theme.px(column.width))
            else:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The rows that are shown."""
        return self._rows.rows

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows, each with a text for every column; numbers are whole, however long they are."""
        self._rows.take(rows)
        for place, column in enumerate(self._rows.columns):
            if rows and column.width and column.style == "number":
                longest = max(enumerate(rows), key=lambda row: len(row[1][place]))[0]
                needed = self.itemDelegate().sizeHint(QStyleOptionViewItem(), self._rows.index(longest, place))
                self.setColumnWidth(place, max(self._theme.px(column.width), needed.width()))

    def chosen(self) -> int:
        """Return the number of the current row; -1 when there is none."""
        return self.currentIndex().row()

    def copy(self) -> None:
        """Put the selected rows, or all where none is, on the clipboard as lines with tabs under the headings."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = [self.rows[row] for row in chosen] if chosen else self.rows
        lines = [[column.title for column in self._rows.columns], *rows]
        QApplication.clipboard().setText(
            "\n".join("\t".join(" ".join(t.split()) for t in line) for line in lines) + "\n"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy with the usual keys."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        super().keyPressEvent(event)

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.row_chosen.emit(current.row())

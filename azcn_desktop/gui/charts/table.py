"""The drawn values as a table: the chart for who does not see it, or wants the numbers.

Knows the picture only; records are opened by the panel.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from azcn_desktop.charts.series import Table
from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import RAW_ROLE, STYLE_ROLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.named_header import name_header
from azcn_desktop.records.amounts import format_number

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_WIDEST = 320
_SIDE = {False: Qt.AlignmentFlag.AlignLeft, True: Qt.AlignmentFlag.AlignRight}


class ValueModel(QAbstractTableModel):
    """The rows of a chart's table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Table((), (), ())

    def show_table(self, table: Table) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def keys(self, row: int) -> tuple[int, ...]:
        """Return the records behind a row."""
        return self._table.keys[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._table.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._table.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell if isinstance(cell, str) else format_number(float(f"{cell:.12g}"))
        if role == RAW_ROLE:
            return cell
        if role == STYLE_ROLE:
            return "text" if isinstance(cell, str) else "number"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDE[not isinstance(cell, str)] | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and 0 <= section < len(self._table.headers):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._table.headers[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                is_number = bool(self._table.rows) and not isinstance(self._table.rows[0][section], str)
                return _SIDE[is_number] | Qt.AlignmentFlag.AlignVCenter
        return None


class ValueTable(QTableView):
    """Shows the rows.

    Signals:
        opened(object): a row was entered or double-clicked: the keys of its records.
        row_opened(object): the same, with the number of the row.
        chart_wanted(): the key for the picture was pressed.
    """

    opened = Signal(object)
    row_opened = Signal(object)
    chart_wanted = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = ValueModel(self)
        self.setModel(self.values)
        self.setItemDelegate(CellDelegate(theme, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        name_header(self).setStretchLastSection(True)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.doubleClicked.connect(self.on_double_clicked)

    def show_table(self, table: Table) -> None:
        """Show other rows, in columns as wide as they need."""
        self.values.show_table(table)
        self.resizeColumnsToContents()
        for column in range(self.values.columnCount() - 1):
            self.setColumnWidth(column, min(self.columnWidth(column), _WIDEST))

    def on_double_clicked(self, index: QModelIndex) -> None:
        """Open the records of a row."""
        self._open(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_T and not event.modifiers():
            self.chart_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        self.opened.emit(self.values.keys(row))
        self.row_opened.emit(row)

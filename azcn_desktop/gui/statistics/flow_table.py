"""The table of flows: rows in millions, of which only those in view are ever read.

What is current and selected is kept by flow and not by row. What takes time for a row waits until scrolling rests.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from azcn_desktop.gui.editors.editors import FieldEditor, Outcome
from azcn_desktop.gui.records.grid_table import GridTable
from azcn_desktop.gui.records.record_delegate import RecordDelegate
from azcn_desktop.gui.statistics.flow_columns import COLUMNS, PLAN
from azcn_desktop.gui.statistics.flow_copying import FlowCopying
from azcn_desktop.gui.statistics.flow_model import FlowModel
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.flows.order import FlowOrder

_REST_MS = 40
_MOST_COPIED = 5_000
_MOST_KEPT = 1_000
_MOST_PIXELS = 2**31 - 1
_EDIT_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
"""Beyond that Qt's own positions overflow, and showing the table never ends."""


class FlowTable(GridTable):
    """Flows, one a row.

    Signals:
        current_changed(): another flow is the current one.
        rested(): scrolling and moving have come to rest.
        only_requested(column): only flows that have in this column what the current one has shall be shown.
        remove_requested(): the selected flows shall be removed.
        copied(int): so many rows are on the clipboard.
    """

    current_changed = Signal()
    rested = Signal()
    only_requested = Signal(str)
    remove_requested = Signal()
    copied = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, model: FlowModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._workspace, self._flows = workspace, model
        self._is_picked = self._is_moving = False
        self._copying = FlowCopying(workspace, self)
        self._copying.copied.connect(self.copied)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.rest)
        self._equip(model, FlowDelegate(workspace, theme, model, self), PLAN)
        # A header asks of every column whether all of its cells are selected, one by one: minutes, with all selected.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.setObjectName("table-statistics")
        self.setAccessibleName(self.tr("Trade flows"))
        self.verticalScrollBar().valueChanged.connect(self._rest.start)
        model.dataChanged.connect(self._rest.start)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    # -- rows

    @property
    def most_rows(self) -> int:
        """How many rows of the present height can be shown."""
        return _MOST_PIXELS // self.verticalHeader().defaultSectionSize()

    def show_order(self, order: FlowOrder, sorted_by: str, keep_place: bool) -> None:
        """Show flows in another order; the current and the selected ones stay so where they are among them.

        Args:
            order: no more than `most_rows`.
            sorted_by: the column that orders them.
            keep_place: stay where one has scrolled to, as after an edit; else begin at the top.
        """
        key, keys = self.current_key(), self.selected_keys(_MOST_KEPT)
        row, scrolled = max(self.currentIndex().row(), 0), self.verticalScrollBar().value()
        self._is_moving = True
        self._flows.show(order, sorted_by)
        self.updateGeometries()
        self.verticalScrollBar().setValue(scrolled if keep_place else 0)
        if len(order):
            found = self._flows.row_of(key) if key is not None and (self._is_picked or keep_place) else -1
            self._make_current(found if found >= 0 else min(row, len(order) - 1) if keep_place else 0)
            if found >= 0 and len(keys) > 1:
                self._select_also(keys)
            self._is_picked = self._is_picked and found >= 0
        self._is_moving = False
        self.show_sort()
        self.current_changed.emit()
        self._rest.start()

    def show_sort(self) -> None:
        """Show over the columns how the rows are sorted now."""
        name = self._flows.sorted_by
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(
            self._flows.column_of(name.lstrip("-")) if name else -1,
            Qt.SortOrder.DescendingOrder if name.startswith("-") else Qt.SortOrder.AscendingOrder,
        )
        header.blockSignals(False)
        header.viewport().update()

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into view."""
        if 0 <= row < self._flows.rowCount():
            self._make_current(row)
            self.scrollTo(self._flows.index(row, self._current_column()))

    def current_key(self) -> int | None:
        """Return the id of the current flow, or None."""
        return self._flows.key_at(self.currentIndex().row())

    def selected_keys(self, most: int = _MOST_COPIED) -> list[int]:
        """Return the ids of the selected flows in the order of the rows, no more than some."""
        found: list[int] = []
        for first, last in self._blocks():
            found += self._flows.order.ids(first, min(last + 1, first + most - len(found)))
        return found

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(last - first + 1 for first, last in self._blocks())

    def _blocks(self) -> list[tuple[int, int]]:
        """Return first and last rows of what is selected: a list of millions of rows would take seconds."""
        selection = self.selectionModel().selection()
        return sorted((block.top(), block.bottom()) for block in map(selection.at, range(selection.size())))

    def rest(self) -> None:
        """Compute what the rows in view say beyond what is stored; whatever waits for a rest may begin."""
        self._rest.stop()
        if self._flows.rowCount() and any(COLUMNS[column].derived for column in self.columns.shown):
            first = max(self.rowAt(0), 0)
            last = self.rowAt(self.room.height() - 1)
            self._flows.derive_rows(range(first, (last if last >= 0 else self._flows.rowCount() - 1) + 1))
        self.rested.emit()

    # -- copying

    def copy_rows(self) -> None:
        """Put the selected rows with the shown columns on the clipboard; `copied` tells when they are there."""
        if keys := self.selected_keys():
            self._copying.start(keys, [COLUMNS[column] for column in self.columns.shown])

    # -- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, remove, edit by Enter, and go to the first and the last row."""
        index = self.currentIndex()
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Delete and index.isValid():
            self.remove_requested.emit()
        elif event.key() in _EDIT_KEYS and index.isValid() and not self._workspace.can_edit:
            self._say_why_not(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.edit(index, QAbstractItemView.EditTrigger.EditKeyPressed, event)
        elif is_plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._flows.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def _say_why_not(self, index: QModelIndex) -> None:
        """Say why no editor opens: a key without an answer looks like a fault."""
        is_busy = not self._workspace.store.is_read_only
        sentence = (
            self.tr("Nothing can be edited while an import is written. It can be cancelled below.")
            if is_busy
            else self.tr("This file is open for reading only.")
        )
        self._flows.edit_refused.emit(self.current_key(), self._flows.name_at(index.column()), sentence)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the cell under the pointer."""
        index = self.indexAt(event.pos())
        if index.isValid():
            self.cell_menu(index).popup(event.globalPos())

    def cell_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell."""
        menu = popup_menu(self, "flow-menu")
        edit = add_line(menu, "edit", self.tr("Edit"), partial(self.edit, index))
        edit.setEnabled(bool(self._flows.flags(index) & Qt.ItemFlag.ItemIsEditable))
        text = str(index.data() or "")
        column = COLUMNS[index.column()]
        if text and not column.derived and column.style != "number" and self._flows.flow(index.row()):
            label = text if len(text) <= 40 else f"{text[:40]}…"
            add_line(menu, "only", self.tr("Only “{}”").format(label), partial(self.only_requested.emit, column.name))
        menu.addSeparator()
        add_line(menu, "copy", self.tr("Copy rows"), self.copy_rows)
        menu.addSeparator()
        remove = add_line(menu, "remove", self.tr("Remove rows"), self.remove_requested.emit)
        remove.setEnabled(self._workspace.can_edit)
        return menu

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is in view now."""
        super().showEvent(event)
        self._rest.start()

    # -- what happens

    def _on_current_row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._is_moving:
            self._is_picked = True
            self.current_changed.emit()
            self._rest.start()

    def _make_current(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        column = self.currentIndex().column() if self.currentIndex().isValid() else self.columns.shown[0]
        left = self.horizontalScrollBar().value()
        self.selectionModel().setCurrentIndex(self._flows.index(row, column), flags)
        self.horizontalScrollBar().setValue(left)

    def _select_also(self, keys: list[int]) -> None:
        last = self._flows.columnCount() - 1
        selection = QItemSelection()
        for row in [row for key in keys if (row := self._flows.row_of(key)) >= 0]:
            selection.select(self._flows.index(row, 0), self._flows.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)


class FlowDelegate(RecordDelegate):
    """Paints and edits cells of flows: what is typed is read where the rules of a flow are known."""

    def __init__(
        self, workspace: Workspace, theme: ThemeController, model: FlowModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, theme, parent)
        self._flows = model

    def _ask(self, index: QModelIndex | QPersistentModelIndex, role: int) -> Any:
        """Ask the model at once: the way through Qt takes as long as all else that a paint does."""
        return self._flows.data(index, role)

    def _written(self, editor: FieldEditor, place: QPersistentModelIndex) -> Outcome:
        """Write what was typed."""
        if not editor.is_modified():
            return Outcome()
        model = place.model()
        if not place.isValid() or not isinstance(model, FlowModel):
            return Outcome(self.tr("This flow is no longer shown here. Press Escape."))
        return model.commit(place, editor.text(), (), editor.record)

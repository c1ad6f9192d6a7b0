"""The table of a page: rows of records, with columns that can be hidden, moved and kept, and keys as in a spreadsheet.

Selection is remembered by record and not by row, so that filters, edits and undo don't lose it. It asks for what it
can't do itself (delete, duplicate, open) by signals.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from azcn_desktop.gui.records.grid_table import GridTable
from azcn_desktop.gui.records.record_delegate import RecordDelegate
from azcn_desktop.gui.records.record_model import RecordModel
from azcn_desktop.gui.records.row_copying import mime_data
from azcn_desktop.gui.records.table_columns import plan_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.dossiers import can_join

_MOST_COPIED = 50_000


class RecordTable(GridTable):
    """Rows of records.

    Attributes:
        is_recalling: rows were replaced, and what was selected is selected again: nobody has chosen a record.

    Signals:
        current_key_changed(key or None): another record is the current one.
        open_requested(key): Enter, or Open in the menu.
        check_requested(key, typed): a field that only checks change was to be edited; what was typed over it, if so.
        dossier_requested(): the selected records shall join a dossier.
        delete_requested(), duplicate_requested(), restore_requested(), cite_requested(): for the selected records.
    """

    current_key_changed = Signal(object)
    open_requested = Signal(object)
    check_requested = Signal(object, str)
    dossier_requested = Signal()
    delete_requested = Signal()
    duplicate_requested = Signal()
    restore_requested = Signal()
    cite_requested = Signal()

    def __init__(
        self, workspace: Workspace, theme: ThemeController, records: RecordModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._workspace = workspace
        self._records = records
        self._current: int | None = None
        self.is_recalling = False
        self._kept: tuple[int | None, list[int], int] = (None, [], 0)
        self._equip(records, RecordDelegate(workspace, theme, self), plan_of(records.record_type))
        self._connect()

    def _connect(self) -> None:
        self._records.modelAboutToBeReset.connect(self._remember)
        self._records.modelReset.connect(self._on_records_reset)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    # -- selection

    @property
    def records(self) -> RecordModel:
        """The model."""
        return self._records

    def current_key(self) -> int | None:
        """Return the id of the current record, or None."""
        return self._current

    def selected_keys(self) -> list[int]:
        """Return the ids of the selected records in the order of the rows; the current one if none is selected."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        keys = [key for row in rows if (key := self._records.key_at(row)) is not None]
        return keys or ([self._current] if self._current is not None else [])

    def select_key(self, key: int) -> bool:
        """Make a record the current one and bring it into view; tell whether it is among the rows, or will be."""
        row = self._records.row_of(key)
        if row < 0:
            return self._await(key)
        index = self._records.index(row, self._current_column())
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self._bring_into_view(row)
        return True

    def _await(self, key: int) -> bool:
        """Make a record the current one whose row is still to come, if it will."""
        if not self._records.will_show(key):
            return False
        self.selectionModel().clear()
        self._tell_current(key)
        return True

    # -- copying

    def copy_rows(self) -> int:
        """Put the selected rows with the shown columns on the clipboard; return how many."""
        fields = [self._records.field_at(column) for column in self.columns.shown]
        keys = self.selected_keys()[:_MOST_COPIED]
        if keys:
            records = self._workspace.store.rows(self._records.record_type.name, keys)
            QGuiApplication.clipboard().setMimeData(mime_data(records, fields))
        return len(keys)

    # -- Qt's events

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:
        """Open the editor of a cell; where only a check changes it, ask for that."""
        if trigger is not None and self._is_checked(index) and trigger & self.editTriggers():
            self._ask_for_check(index, event)
            return True  # the key is used up; Qt would search with it
        return super().edit(index, trigger, event)

    def _is_checked(self, index: QModelIndex) -> bool:
        """Tell whether a cell can be edited, but only by a dated check."""
        is_open = bool(index.isValid() and self._records.flags(index) & Qt.ItemFlag.ItemIsEditable)
        return is_open and bool(self._records.field_at(index.column()).checked_by)

    def _ask_for_check(self, index: QModelIndex, event: Any) -> None:
        """Ask for the check, once what is being typed elsewhere in the table is written."""
        if self.commit_pending():
            is_typed = isinstance(event, QKeyEvent) and event.text().isprintable()
            self.check_requested.emit(self._records.key_at(index.row()), event.text() if is_typed else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, delete and open by keys; what else is typed begins an edit."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() == Qt.Key.Key_Delete and self._current is not None:
            self.delete_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self.open_requested.emit(self._current)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the record under the pointer."""
        index = self.indexAt(event.pos())
        if index.isValid():
            self.row_menu(index).popup(event.globalPos())

    def row_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell."""
        menu = popup_menu(self, "row-menu")
        can_edit = self._workspace.can_edit
        in_trash = self._records.query.is_trash
        key = self._records.key_at(index.row())
        add_line(menu, "open", self.tr("Open"), partial(self.open_requested.emit, key))
        edit = add_line(menu, "edit", self.tr("Edit"), partial(self.edit, index))
        edit.setEnabled(bool(self._records.flags(index) & Qt.ItemFlag.ItemIsEditable))
        self._add_evidence(menu, key, can_edit and not in_trash)
        duplicate = add_line(menu, "duplicate", self.tr("Duplicate"), self.duplicate_requested.emit)
        duplicate.setEnabled(can_edit and not in_trash)
        if in_trash:
            add_line(menu, "restore", self.tr("Restore"), self.restore_requested.emit).setEnabled(can_edit)
        else:
            add_line(menu, "delete", self.tr("Delete"), self.delete_requested.emit).setEnabled(can_edit)
        menu.addSeparator()
        add_line(menu, "copy", self.tr("Copy rows"), self.copy_rows)
        add_line(menu, "copy-cited", self.tr("Copy as cited sentence"), self.cite_requested.emit)
        return menu

    def _add_evidence(self, menu: QMenu, key: int | None, can_edit: bool) -> None:
        """Add what follows a record up: a check where its type has any, and a place in a dossier."""
        record_type = self._records.record_type
        if any(f.checked_by for f in record_type.fields):
            asked = partial(self.check_requested.emit, key, "")
            add_line(menu, "check", self.tr("Check…"), asked).setEnabled(can_edit)
        if can_join(self._workspace.store, record_type.name):
            add_line(menu, "dossier", self.tr("Add to dossier…"), self.dossier_requested.emit).setEnabled(can_edit)

    # -- what happens

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell_current(self._records.key_at(current.row()) if current.isValid() else None)

    def _tell_current(self, key: int | None) -> None:
        if key != self._current:
            self._current = key
            self.current_key_changed.emit(key)

    # -- rows that change

    def _remember(self) -> None:
        """Keep what is selected before the rows are replaced."""
        self._kept = (self._current, self.selected_keys(), max(self.currentIndex().row(), 0))

    def _on_records_reset(self) -> None:
        self.is_recalling = True
        self._recall()
        self.is_recalling = False

    def _recall(self) -> None:
        """Select what was selected; if the current record has gone, the one that stands in its place."""
        current, selected, row = self._kept
        keys = self._records.keys
        if not keys:
            self._on_current_row_changed(QModelIndex(), QModelIndex())
            return
        kept = self._records.row_of(current) if current is not None else -1
        self.select_key(keys[kept] if kept >= 0 else keys[min(row, len(keys) - 1)] if current is not None else keys[0])
        if kept >= 0 and len(selected) > 1:
            self._select_also(selected)

    def _select_also(self, keys: list[int]) -> None:
        last = self._records.columnCount() - 1
        selection = QItemSelection()
        for row in [row for key in keys if (row := self._records.row_of(key)) >= 0]:
            selection.select(self._records.index(row, 0), self._records.index(row, last))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.Select)

"""The table of a page: rows of records, with columns that can be hidden, moved and kept, and keys as in a spreadsheet.

Selection is remembered by record and not by row, so that filters, edits and undo don't lose it. It asks for what it
can't do itself (delete, duplicate, open) by signals.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from PySide6.QtCore import QByteArray, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from azcn_desktop.gui.empty_state import EmptyState
from azcn_desktop.gui.field_editor import FieldEditor
from azcn_desktop.gui.presentation import PRESENTATIONS, default_columns, shown_columns, width_of
from azcn_desktop.gui.record_delegate import RecordDelegate
from azcn_desktop.gui.record_model import RecordModel
from azcn_desktop.gui.row_copying import mime_data
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace

_TITLE_RANGE = (160, 760)
_MOST_COPIED = 50_000
_STATE_VERSION = 1


class RecordTable(QTableView):
    """Rows of records.

    Attributes:
        empty_state: what is shown where there is no row.

    Signals:
        current_key_changed(key or None): another record is the current one.
        open_requested(key): Enter, or Open in the menu.
        delete_requested(), duplicate_requested(), restore_requested(): for the selected records.
    """

    current_key_changed = Signal(object)
    open_requested = Signal(object)
    delete_requested = Signal()
    duplicate_requested = Signal()
    restore_requested = Signal()

    def __init__(
        self, workspace: Workspace, theme: ThemeController, records: RecordModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._theme = theme
        self._zoom = theme.zoom
        self._records = records
        self._title_is_fitted = True
        self._is_fitting = False
        self._current: int | None = None
        self._kept: tuple[int | None, list[int], int] = (None, [], 0)
        self.empty_state = EmptyState(self.viewport())
        self._delegate = RecordDelegate(workspace, theme, self)
        self.setItemDelegate(self._delegate)
        self.setModel(records)
        self._set_up_view()
        self._set_up_header()
        self.show_default_columns()
        self._connect()

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked | trigger.AnyKeyPressed)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._delegate.row_height)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setAccessibleName(self.tr("Columns"))

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu_requested)
        header.sectionResized.connect(self._on_section_resized)
        self._records.modelAboutToBeReset.connect(self._remember)
        self._records.modelReset.connect(self._recall)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        self._delegate.moved.connect(self._on_delegate_moved)
        self._theme.changed.connect(self._on_theme_changed)

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
        """Make a record the current one and bring it into view; tell whether it is among the rows."""
        row = self._records.row_of(key)
        if row < 0:
            return False
        index = self._records.index(row, self._current_column())
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self.scrollTo(self._records.index(row, self._first_column()))
        return True

    def select_first(self) -> None:
        """Make the first record the current one, if there is any."""
        if self._records.keys:
            self.select_key(self._records.keys[0])

    # -- columns

    def show_default_columns(self) -> None:
        """Give the columns the order, the widths and the visibility that they have at first."""
        record_type = self._records.record_type
        shown = shown_columns(record_type)
        header = self.horizontalHeader()
        for place, name in enumerate(default_columns(record_type)):
            column = self._records.column_of(name)
            header.moveSection(header.visualIndex(column), place)
            header.setSectionHidden(column, name not in shown)
            header.resizeSection(column, self._theme.px(width_of(record_type, record_type.field(name))))
        self._title_is_fitted = True
        self._fit_title()

    def set_column_shown(self, name: str, is_shown: bool) -> None:
        """Show or hide a column; the last one can't be hidden."""
        header = self.horizontalHeader()
        if is_shown or header.count() - header.hiddenSectionCount() > 1:
            header.setSectionHidden(self._records.column_of(name), not is_shown)
            self._fit_title()

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu with a tick for every column."""
        menu = QMenu(parent)
        header = self.horizontalHeader()
        for place in range(header.count()):
            field = self._records.field_at(header.logicalIndex(place))
            action = menu.addAction(self._records.headerData(header.logicalIndex(place), Qt.Orientation.Horizontal))
            action.setCheckable(True)
            action.setChecked(not header.isSectionHidden(header.logicalIndex(place)))
            action.setToolTip(field.help)
            action.toggled.connect(partial(self.set_column_shown, field.name))
        menu.addSeparator()
        menu.addAction(self.tr("Standard columns"), self.show_default_columns)
        return menu

    def set_compact(self, is_compact: bool) -> None:
        """Choose between rows of 28 and of 34 pixels."""
        self._delegate.set_compact(is_compact)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self.viewport().update()

    def save_columns(self) -> QByteArray:
        """Return order, widths, visibility and sorting of the columns."""
        header = self.horizontalHeader()
        columns = []
        for place in range(header.count()):
            column = header.logicalIndex(place)
            width = 0 if header.isSectionHidden(column) else round(header.sectionSize(column) / self._theme.zoom)
            columns.append([self._records.field_at(column).name, width])
        state = {
            "version": _STATE_VERSION,
            "columns": columns,
            "sort": self._records.query.sort,
            "fitted": self._title_is_fitted,
        }
        return QByteArray(json.dumps(state).encode())

    def restore_columns(self, state: QByteArray) -> bool:
        """Take what `save_columns` gave; fields that are new since then are hidden. Tells whether it could be read."""
        kept = _readable_state(state)
        if kept is None:
            return False
        header = self.horizontalHeader()
        record_type = self._records.record_type
        known = [(name, width) for name, width in kept["columns"] if record_type.has_field(name)]
        if not any(width for _, width in known):
            return False
        missing = [(f.name, 0) for f in record_type.fields if f.name not in dict(known)]
        for place, (name, width) in enumerate([*known, *missing]):
            column = self._records.column_of(name)
            header.moveSection(header.visualIndex(column), place)
            header.setSectionHidden(column, not width)
            header.resizeSection(column, self._theme.px(width or width_of(record_type, record_type.field(name))))
        self._title_is_fitted = bool(kept.get("fitted", True))
        self._fit_title()
        self._restore_sort(str(kept.get("sort", "")))
        return True

    def _restore_sort(self, sort: str) -> None:
        name = sort.lstrip("-")
        column = self._records.column_of(name) if self._records.record_type.has_field(name) else -1
        down = sort.startswith("-") and column >= 0
        self.sortByColumn(column, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)

    # -- copying

    def copy_rows(self) -> int:
        """Put the selected rows with the shown columns on the clipboard; return how many."""
        header = self.horizontalHeader()
        places = [header.logicalIndex(place) for place in range(header.count())]
        fields = [self._records.field_at(column) for column in places if not header.isSectionHidden(column)]
        keys = self.selected_keys()[:_MOST_COPIED]
        if keys:
            records = self._workspace.store.rows(self._records.record_type.name, keys)
            QGuiApplication.clipboard().setMimeData(mime_data(records, fields))
        return len(keys)

    # -- Qt's events

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:
        """Open the editor of a cell; lists open with it, unless a key was typed that narrows them down."""
        if trigger is None:
            super().edit(index)
            return None
        is_open = super().edit(index, trigger, event)
        if is_open and trigger != QAbstractItemView.EditTrigger.AnyKeyPressed:
            editor = self.indexWidget(index)
            if isinstance(editor, FieldEditor):
                editor.open_choices()
        return is_open

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Close an editor, and let the rows move again that were kept in place meanwhile."""
        super().closeEditor(editor, hint)
        self._records.release()

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
            menu = self.row_menu(index)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(event.globalPos())

    def row_menu(self, index: QModelIndex) -> QMenu:
        """Return the menu of a cell."""
        menu = QMenu(self)
        can_edit = self._workspace.can_edit
        in_trash = self._records.query.is_trash
        key = self._records.key_at(index.row())
        menu.addAction(self.tr("Open"), partial(self.open_requested.emit, key))
        edit = menu.addAction(self.tr("Edit"), partial(self.edit, index))
        edit.setEnabled(bool(self._records.flags(index) & Qt.ItemFlag.ItemIsEditable))
        _enabled(menu.addAction(self.tr("Duplicate"), self.duplicate_requested.emit), can_edit and not in_trash)
        if in_trash:
            _enabled(menu.addAction(self.tr("Restore"), self.restore_requested.emit), can_edit)
        else:
            _enabled(menu.addAction(self.tr("Delete"), self.delete_requested.emit), can_edit)
        menu.addSeparator()
        menu.addAction(self.tr("Copy rows"), self.copy_rows)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the title column as wide as there is room, and the empty state in the middle."""
        super().resizeEvent(event)
        self._fit_title()
        self.empty_state.setGeometry(self.viewport().rect())

    # -- what happens

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = self._records.key_at(current.row()) if current.isValid() else None
        if key != self._current:
            self._current = key
            self.current_key_changed.emit(key)

    def _on_header_menu_requested(self, point: QPoint) -> None:
        header = self.horizontalHeader()
        menu = self.columns_menu(self)
        column = header.logicalIndexAt(point)
        if column >= 0:
            hide = QAction(self.tr("Hide this column"), menu)
            hide.triggered.connect(partial(self.set_column_shown, self._records.field_at(column).name, False))
            menu.insertAction(menu.actions()[0], hide)
            menu.insertSeparator(menu.actions()[1])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(header.mapToGlobal(point))

    def _on_section_resized(self, column: int, _old: int, _new: int) -> None:
        if self._records.field_at(column).name == self._title_name and not self._is_fitting:
            self._title_is_fitted = False

    def _on_delegate_moved(self, step: int) -> None:
        """Go to the next or previous cell that can be edited, past the end of the row into the next one."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        order = [column for column in order if not header.isSectionHidden(column)]
        index = self.currentIndex()
        if index.column() not in order:
            return
        place = order.index(index.column()) + step
        row = index.row() + place // len(order)
        if 0 <= row < self._records.rowCount():
            self.setCurrentIndex(self._records.index(row, order[place % len(order)]))

    def _on_theme_changed(self) -> None:
        header = self.horizontalHeader()
        ratio, self._zoom = self._theme.zoom / self._zoom, self._theme.zoom
        if ratio != 1:
            for column in range(header.count()):
                if not header.isSectionHidden(column):
                    header.resizeSection(column, round(header.sectionSize(column) * ratio))
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self._fit_title()

    # -- rows that change

    def _remember(self) -> None:
        """Keep what is selected before the rows are replaced."""
        self._kept = (self._current, self.selected_keys(), max(self.currentIndex().row(), 0))

    def _recall(self) -> None:
        """Select what was selected; if the current record has gone, the one that stands in its place."""
        current, selected, row = self._kept
        keys = self._records.keys
        self.empty_state.setVisible(not keys)
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

    # -- widths

    @property
    def _title_name(self) -> str:
        record_type = self._records.record_type
        presentation = PRESENTATIONS.get(record_type.name)
        return presentation.title if presentation else record_type.title[0]

    def _fit_title(self) -> None:
        """Fit the title so that the columns a reader wants first fill the table, until a person sizes it."""
        presentation = PRESENTATIONS.get(self._records.record_type.name)
        header = self.horizontalHeader()
        title = self._records.column_of(self._title_name)
        if not self._title_is_fitted or presentation is None or header.isSectionHidden(title):
            return
        shown = [header.logicalIndex(place) for place in range(header.count())]
        first = [column for column in shown if not header.isSectionHidden(column)][: presentation.in_view]
        others = sum(header.sectionSize(column) for column in first if column != title)
        low, high = (self._theme.px(size) for size in _TITLE_RANGE)
        self._is_fitting = True
        header.resizeSection(title, max(low, min(high, self.viewport().width() - others)))
        self._is_fitting = False

    def _current_column(self) -> int:
        return max(self.currentIndex().column(), 0) if self.currentIndex().isValid() else self._first_column()

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        places = (header.logicalIndex(place) for place in range(header.count()))
        return next((column for column in places if not header.isSectionHidden(column)), 0)


def _enabled(action: QAction, is_enabled: bool) -> None:
    action.setEnabled(is_enabled)


def _readable_state(state: QByteArray) -> dict[str, Any] | None:
    """Return a kept state, or None for one that can't be read or is of another version."""
    try:
        kept = json.loads(bytes(state.data()).decode() or "null")
    except ValueError:
        return None
    is_ours = isinstance(kept, dict) and kept.get("version") == _STATE_VERSION and isinstance(kept["columns"], list)
    return kept if is_ours else None

"""A table of rows that are edited in place: hairlines instead of a grid, the row under the pointer lit, own columns.

What tables of records and of statistics have in common. Knows neither: the model and the delegate are given by those
that derive from it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from azcn_desktop.gui.editors.field_editor import FieldEditor
from azcn_desktop.gui.records.record_delegate import RecordDelegate
from azcn_desktop.gui.records.table_columns import ColumnPlan, TableColumns
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.empty_state import EmptyState
from azcn_desktop.gui.widgets.named_header import name_header


class GridTable(QTableView):
    """Rows with columns that can be hidden, moved and kept, and editors that stay open while what is typed is refused.

    Attributes:
        columns: which columns are shown, and how.
        empty_state: what is shown where there is no row.
        room: the size of the part that shows rows. It is that of `viewport()`, which a start does without: to find
            out what kind of widget Qt has made there, PySide makes all classes of widgets, as slow as a whole page.
    """

    columns: TableColumns
    _delegate: RecordDelegate

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.room = QSize()
        self.empty_state = EmptyState(self)

    def _equip(self, model: Any, delegate: RecordDelegate, plan: ColumnPlan) -> None:
        """Take model, delegate and columns; the model comes last, or every step would measure the headers."""
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self._set_up_view()
        self._set_up_header()
        assert isinstance(model, QAbstractTableModel)
        self.setModel(model)
        self.columns = TableColumns(self, model, plan, self._theme)  # type: ignore[arg-type]
        delegate.moved.connect(self._on_delegate_moved)
        self._theme.changed.connect(self._on_theme_changed)

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
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
        header = name_header(self)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def set_compact(self, is_compact: bool) -> None:
        """Choose between rows of 28 and of 34 pixels."""
        self._delegate.set_compact(is_compact)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        if self.isVisible():
            self.viewport().update()

    # -- editing

    def commit_pending(self) -> bool:
        """Write what is being typed; tell whether nothing is left that was refused."""
        editor = self._delegate.open_editor
        if editor is not None:
            editor.committed.emit()
        return self._delegate.open_editor is None

    def refusals(self) -> list[str]:
        """Return the field that is open and why its typing was refused, if it was."""
        editor = self._delegate.open_editor
        return [editor.refusal()] if editor is not None and editor.problem else []

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
        self.model().release()  # type: ignore[attr-defined]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the row under the pointer."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Light no row."""
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the title column as wide as there is room, and the empty state in the middle."""
        super().resizeEvent(event)
        self.room = event.size()
        self.columns.fit_title()
        self.empty_state.setGeometry(QRect(QPoint(0, self.horizontalHeader().height()), self.room))

    # -- what happens

    def _on_delegate_moved(self, step: int) -> None:
        """Go to the next or previous cell that can be edited, past the end of the row into the next one."""
        order = self.columns.shown
        index = self.currentIndex()
        if index.column() not in order:
            return
        place = order.index(index.column()) + step
        row = index.row() + place // len(order)
        if 0 <= row < self.model().rowCount():
            self.setCurrentIndex(self.model().index(row, order[place % len(order)]))

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)

    def _hover(self, row: int) -> None:
        before, self._delegate.hovered_row = self._delegate.hovered_row, row
        for changed in {before, row} - {-1}:
            top = self.rowViewportPosition(changed)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(changed))

    def _current_column(self) -> int:
        return self.currentIndex().column() if self.currentIndex().isValid() else self.columns.shown[0]

    def _bring_into_view(self, row: int) -> None:
        """Scroll to a row, and to the middle if it is out of sight; columns stay where they are."""
        left = self.horizontalScrollBar().value()
        index = self.model().index(row, self.columns.shown[0])
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        is_seen = 0 <= top <= self.room.height() - height
        if not is_seen:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.horizontalScrollBar().setValue(left)

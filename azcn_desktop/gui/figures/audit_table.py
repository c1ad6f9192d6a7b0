"""The table of checks: lines that are kept in view while edits change them, with keys to open and to copy.

The count of records at the end of a line leads to them. Asks for everything by signals.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QTableView, QWidget

from azcn_desktop.evidence.checks import Check
from azcn_desktop.gui.figures.audit_model import COLUMNS, AuditModel
from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import SECONDARY_ROLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.empty_state import EmptyState
from azcn_desktop.gui.widgets.named_header import name_header

_WIDTHS = {"verdict": 192, "kind": 178, "records": 92}
_LEAST_STATEMENT = 300
_NARROW = 720
_NARROW_VERDICT = 158
_VERDICT, _STATEMENT, _KIND, _RECORDS = (COLUMNS.index(n) for n in ("verdict", "statement", "kind", "records"))
_ROW_PX = 46
_LOW_ROW_PX = 40


class AuditTable(QTableView):
    """Checks, one a line.

    Attributes:
        empty_state: what is shown where there is no check.

    Signals:
        current_changed(): another check is the current one, or it is another one now.
        open_requested(): Enter or a double click.
        records_requested(QModelIndex): the records of a line were clicked.
        copy_requested(): Ctrl+C.
    """

    current_changed = Signal()
    open_requested = Signal()
    records_requested = Signal(QModelIndex)
    copy_requested = Signal()

    def __init__(self, model: AuditModel, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks, self._theme = model, theme
        self._kept: Check | None = None
        self._kept_place = (0, 0)
        self._delegate = _AuditDelegate(theme, self)
        self.setObjectName("audit-list")
        self.setAccessibleName(self.tr("Checks"))
        self.setItemDelegate(self._delegate)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.empty_state = EmptyState(self, self.viewport())
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(self._delegate.row_height)
        header = name_header(self)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setAccessibleName(self.tr("Columns"))
        self.setModel(model)
        self.setSortingEnabled(True)
        self._set_widths()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        theme.changed.connect(self._on_theme_changed)

    # -- selection

    def current_check(self) -> Check | None:
        """Return the current check, or None."""
        return self._checks.check_at(self.currentIndex())

    def selected_checks(self) -> list[Check]:
        """Return the selected checks in the order of the lines."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._checks.checks[row] for row in rows]

    def go_to(self, row: int) -> None:
        """Make a line the current one and bring it into view."""
        self._set_current(row)
        self.scrollTo(self._checks.index(row, 0))

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual lines."""
        self._delegate.set_compact(is_compact)
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)

    # -- Qt's events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, copy by Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open_requested.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lead to the records by a click on their number."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and index.isValid() and index.column() == _RECORDS:
            self.records_requested.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open by a double click."""
        super().mouseDoubleClickEvent(event)
        if self.indexAt(event.position().toPoint()).isValid():
            self.open_requested.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the line under the pointer, and show over records that they lead on."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._delegate.hovered_row = index.row()
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if index.column() == _RECORDS else Qt.CursorShape.ArrowCursor
        )
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the statement the room that is left."""
        super().resizeEvent(event)
        self._fit()
        self.empty_state.setGeometry(self.viewport().rect())

    # -- what happens

    def _on_current_row_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit()

    def _on_theme_changed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height)
        self._set_widths()
        self._fit()

    def _set_widths(self) -> None:
        for name, width in _WIDTHS.items():
            self.setColumnWidth(COLUMNS.index(name), self._theme.px(width))

    def _fit(self) -> None:
        """Give the statement what the others leave; in a narrow window verdict and statement fill the view."""
        room = self.viewport().width()
        is_narrow = room < self._theme.px(_NARROW)
        verdict = self._theme.px(_NARROW_VERDICT if is_narrow else _WIDTHS["verdict"])
        others = 0 if is_narrow else self.columnWidth(_KIND) + self.columnWidth(_RECORDS)
        self.setColumnWidth(_VERDICT, verdict)
        self.setColumnWidth(_STATEMENT, max(self._theme.px(_LEAST_STATEMENT), room - verdict - others))

    def _remember(self) -> None:
        self._kept = self.current_check()
        self._kept_place = max(self.currentIndex().row(), 0), self.verticalScrollBar().value()

    def _recall(self) -> None:
        """Select the check that was selected, whatever its verdict is now; else what stands in its place."""
        self.empty_state.setVisible(not self._checks.checks)
        row, scrolled = self._kept_place
        found = self._checks.row_of(self._kept) if self._kept else -1
        if self._checks.checks:
            self._set_current(found if found >= 0 else min(row, len(self._checks.checks) - 1))
            self.verticalScrollBar().setValue(scrolled)
            self.scrollTo(self._checks.index(self.currentIndex().row(), 0))
        self.current_changed.emit()

    def _set_current(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self._checks.index(row, 0), flags)


class _AuditDelegate(CellDelegate):
    """Paint cells of the audit: the calculation under the statement, and records as what leads on."""

    @property
    def row_height(self) -> int:
        """Return the height that every line should have now."""
        return self._controller.px(_LOW_ROW_PX if self._is_compact else _ROW_PX)

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
        look = self._look
        if index.column() == _RECORDS:
            painter.setPen(look.accent)
            look.plain.draw(painter, left, right, middle, text)
        elif index.column() == _STATEMENT:
            step = look.px(9 if self._is_compact else 10)
            painter.setPen(look.text)
            look.title.draw(painter, left, right, middle - step, text)
            painter.setPen(look.muted if state & QStyle.StateFlag.State_Selected.value else look.faint)
            look.small_number.draw(painter, left, right, middle + step, str(index.data(SECONDARY_ROLE) or ""))
        else:
            super()._paint_value(painter, left, right, middle, text, style, index, state)

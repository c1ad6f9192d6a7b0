"""The list of conflicts on the screen: headings that fold, figures that are selected, and the keys for both.

Selection is kept by figure and not by line, so that an edit doesn't lose it; what was folded stays so. Asks for what it
can't do itself by signals.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyle, QStyleOptionViewItem, QTreeView, QWidget

from azcn_desktop.evidence.conflicts import Disagreement
from azcn_desktop.gui.figures.conflict_delegate import ConflictDelegate
from azcn_desktop.gui.figures.conflict_details import ACTIONS
from azcn_desktop.gui.figures.conflict_model import COLUMNS, ConflictModel
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.empty_state import EmptyState
from azcn_desktop.gui.widgets.named_header import name_header
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu

_WIDTHS = {"claim": 164, "side": 110, "rank": 122, "cause": 164}
_LEAST_FIGURE = 210
Identity = tuple[str, ...]


class ConflictTree(QTreeView):
    """Conflicts and their figures.

    Attributes:
        empty_state: what is shown where there is no conflict.
        wanted_key: the figure to be selected in what is shown next, instead of the present one.

    Signals:
        current_changed(): another line is the current one.
        asked(str): one of `conflict_details.ACTIONS`, for the current figure.
    """

    current_changed = Signal()
    asked = Signal(str)

    def __init__(self, model: ConflictModel, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conflicts, self._theme = model, theme
        self._folded: set[Identity] = set()
        self.wanted_key: int | None = None
        self._kept: tuple[int | None, str, int] = (None, "", 0)
        self._hovered = -1
        self._delegate = ConflictDelegate(theme, self)
        self.setObjectName("conflicts-list")
        self.setAccessibleName(self.tr("Conflicts"))
        self.setItemDelegate(self._delegate)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(True)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.empty_state = EmptyState(self, self.viewport())
        self.setModel(model)
        self._set_up_header()
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme.changed.connect(self._on_theme_changed)

    def _set_up_header(self) -> None:
        header = name_header(self)
        header.setAccessibleName(self.tr("Columns"))
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(self._theme.px(40))
        for name, width in _WIDTHS.items():
            header.resizeSection(COLUMNS.index(name), self._theme.px(width))

    # -- selection

    def current_key(self) -> int | None:
        """Return the id of the current figure, or None on the line of a conflict."""
        member = self._conflicts.member_at(self.currentIndex())
        return member.key if member else None

    def selected_keys(self) -> list[int]:
        """Return the ids of the selected figures in the order of the lines."""
        found = (self._conflicts.member_at(index) for index in self.selectionModel().selectedRows())
        chosen = {member.key for member in found if member is not None}
        order = [m.key for conflict in self._conflicts.conflicts for m in conflict.members]
        return [key for key in dict.fromkeys(order) if key in chosen]

    def select_key(self, key: int, quantity: str = "") -> bool:
        """Make a figure the current one, unfold its conflict and bring it into view; tell whether it is there."""
        index = self._conflicts.index_of(key, quantity)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self._go_to(index)
        return True

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual lines."""
        self._delegate.set_compact(is_compact)
        self.doItemsLayout()

    # -- Qt's events

    def drawRow(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the line of a conflict over the whole width, whatever columns are in view."""
        if index.parent().isValid():
            super().drawRow(painter, option, index)
            return
        conflict = self._conflicts.conflict_at(index)
        if conflict is None:
            return
        state = QStyle.StateFlag.State_None
        if self.selectionModel().isSelected(index):
            state |= QStyle.StateFlag.State_Selected
        elif self._hovered == index.row():
            state |= QStyle.StateFlag.State_MouseOver
        is_current = self._conflicts.member_at(self.currentIndex()) is None and self.currentIndex().row() == index.row()
        if self.hasFocus() and is_current:
            state |= QStyle.StateFlag.State_HasFocus
        rect = option.rect
        rect.setLeft(0)
        rect.setWidth(self.viewport().width())
        self._delegate.paint_heading(painter, rect, conflict, state, self.isExpanded(index))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a figure or fold a conflict by Enter, copy by Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open_or_fold(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the line of a conflict under the pointer; figures are lit by Qt."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row() if index.isValid() and not index.parent().isValid() else -1)

    def leaveEvent(self, event: QEvent) -> None:
        """Light no line."""
        super().leaveEvent(event)
        self._hover(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold a conflict by a click on its line."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and index.isValid() and not index.parent().isValid():
            self._open_or_fold(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a figure by a double click."""
        index = self.indexAt(event.position().toPoint())
        if self._conflicts.member_at(index) is not None:
            self.asked.emit("open")
        else:
            super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done with the figure under the pointer."""
        if self._conflicts.member_at(self.indexAt(event.pos())) is not None:
            self.row_menu().popup(event.globalPos())

    def row_menu(self) -> QMenu:
        """Return the menu of the current figure."""
        member = self._conflicts.member_at(self.currentIndex())
        menu = popup_menu(self, "conflict-menu")
        labels = (
            self.tr("Prefer this figure…"),
            self.tr("Deprecate…"),
            self.tr("Take the rank back"),
            self.tr("Open record"),
            self.tr("Show in the table"),
        )
        for name, label in zip(ACTIONS, labels, strict=True):
            is_needless = {"prefer": "preferred", "deprecate": "deprecated", "make-normal": "normal"}.get(name)
            action = add_line(menu, name, label, partial(self.asked.emit, name))
            action.setVisible(member is None or member.rank != is_needless)
        menu.addSeparator()
        add_line(menu, "copy", self.tr("Copy rows"), self.copy_rows)
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the figure the room that the other columns leave."""
        super().resizeEvent(event)
        self._fit_figure()
        self.empty_state.setGeometry(self.viewport().rect())

    # -- copying

    def copy_rows(self) -> int:
        """Put the selected figures on the clipboard as lines with tabs; return how many."""
        lines = ["\t".join(str(self._conflicts.headerData(c, Qt.Orientation.Horizontal)) for c in range(len(COLUMNS)))]
        rows = [index for index in self.selectionModel().selectedRows() if self._conflicts.member_at(index)]
        for index in sorted(rows, key=_place):
            cells = (str(index.siblingAtColumn(c).data() or "") for c in range(len(COLUMNS)))
            lines.append("\t".join((str(index.parent().data()), *cells)))
        lines[0] = f"{self.tr('Conflict')}\t{lines[0]}"
        if rows:
            QGuiApplication.clipboard().setText("\n".join(lines) + "\n")
        return len(rows)

    # -- what happens

    def _open_or_fold(self, index: QModelIndex) -> None:
        if self._conflicts.member_at(index) is not None:
            self.asked.emit("open")
        else:
            line = index.siblingAtColumn(0)
            self.setExpanded(line, not self.isExpanded(line))

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit()

    def _on_collapsed(self, index: QModelIndex) -> None:
        if conflict := self._conflicts.conflict_at(index):
            self._folded.add(identity(conflict))

    def _on_expanded(self, index: QModelIndex) -> None:
        if conflict := self._conflicts.conflict_at(index):
            self._folded.discard(identity(conflict))

    def _on_theme_changed(self) -> None:
        self._set_up_header()
        self._fit_figure()
        self.doItemsLayout()

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def _fit_figure(self) -> None:
        header = self.header()
        others = sum(header.sectionSize(column) for column in range(1, len(COLUMNS)))
        header.resizeSection(0, max(self._theme.px(_LEAST_FIGURE), self.viewport().width() - others))

    def _remember(self) -> None:
        conflict = self._conflicts.conflict_at(self.currentIndex())
        self._kept = (
            self.current_key(), conflict.quantity if conflict else "", self.verticalScrollBar().value()
        )  # fmt: skip

    def _recall(self) -> None:
        """Unfold what was not folded, and select what was selected; else the first figure."""
        key, quantity, scrolled = self._kept
        key = key if self.wanted_key is None else self.wanted_key
        with QSignalBlocker(self):
            self.expandAll()
            for row, conflict in enumerate(self._conflicts.conflicts):
                if identity(conflict) in self._folded:
                    self.collapse(self._conflicts.index(row, 0))
        index = self._conflicts.index_of(key, quantity) if key is not None else QModelIndex()
        if not index.isValid() and self._conflicts.conflicts:
            index = self._conflicts.index(0, 0, self._conflicts.index(0, 0))
        self.empty_state.setVisible(not self._conflicts.conflicts)
        if index.isValid():
            self._set_current(index)
            self.verticalScrollBar().setValue(scrolled)
            self._bring_into_view(index)
        else:
            self.current_changed.emit()

    def _go_to(self, index: QModelIndex) -> None:
        self._set_current(index)
        self._bring_into_view(index)

    def _set_current(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)

    def _bring_into_view(self, index: QModelIndex) -> None:
        rect = self.visualRect(index)
        if not 0 <= rect.top() <= self.viewport().height() - rect.height():
            left = self.horizontalScrollBar().value()
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.horizontalScrollBar().setValue(left)


def identity(conflict: Disagreement) -> Identity:
    """Return what stays of a conflict when its figures change."""
    return (
        conflict.quantity, conflict.measure, conflict.flow, conflict.product, conflict.start, conflict.end,
        conflict.period_kind,
    )  # fmt: skip


def _place(index: QModelIndex) -> tuple[int, int]:
    return index.parent().row(), index.row()

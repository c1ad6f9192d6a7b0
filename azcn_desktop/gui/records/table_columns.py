"""The columns of a table: which are shown, in which order and width, and how that is kept between starts.

State is kept by the names of columns and not by numbers, so that one that is added or goes doesn't shift the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct
from PySide6.QtCore import QByteArray, QObject, QPoint, QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QWidget

from azcn_desktop.gui.presentation import PRESENTATIONS, default_columns, shown_columns, width_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.popup_menu import add_line
from azcn_desktop.gui.widgets.tick_menu import TickMenu
from azcn_desktop.records.schema import RecordType

if TYPE_CHECKING:
    from azcn_desktop.gui.records.grid_table import GridTable

_WIDEST_TITLE = 760
_PEEP = 1.4  # where not all columns have room, the title leaves some for the beginning of the next one
_STATE_VERSION = 1


class ColumnPlan(Struct, frozen=True):
    """How the columns of a table stand at first.

    Attributes:
        order: names of all columns, from left to right.
        shown: those that are not hidden.
        width_of: the first width of a column in pixels of the design.
        title: the column that takes the room that is left.
        least_title: narrower than this it is only when nothing else helps; 0 leaves its width as it is.
        in_view: how many of the shown ones fit beside each other in a window of the usual size.
    """

    order: tuple[str, ...]
    shown: frozenset[str]
    width_of: Callable[[str], int]
    title: str
    least_title: int
    in_view: int


class ColumnModel(Protocol):
    """What a model tells of its columns."""

    def column_of(self, name: str) -> int:
        """Return the column of a name."""

    def name_at(self, column: int) -> str:
        """Return the name of a column."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the label of a column."""

    @property
    def sorted_by(self) -> str:
        """The name of the column that orders the rows, with a minus in front for falling; empty for none."""


def plan_of(record_type: RecordType) -> ColumnPlan:
    """Return the columns of a table of records."""
    presentation = PRESENTATIONS.get(record_type.name)
    return ColumnPlan(
        tuple(default_columns(record_type)),
        frozenset(shown_columns(record_type)),
        partial(_first_width, record_type),
        presentation.title if presentation else record_type.title[0],
        presentation.least_title if presentation else 0,
        presentation.in_view if presentation else 0,
    )


class TableColumns(QObject):
    """What a person can do with the columns of one table."""

    def __init__(self, view: GridTable, model: ColumnModel, plan: ColumnPlan, theme: ThemeController) -> None:
        super().__init__(view)
        self._view = view
        self._header: QHeaderView = view.horizontalHeader()
        self._model = model
        self._plan = plan
        self._theme = theme
        self._zoom = theme.zoom
        self._title = model.column_of(plan.title)
        self._title_is_fitted = True
        self._is_fitting = False
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._on_header_menu_requested)
        self._header.sectionResized.connect(self._on_section_resized)
        theme.changed.connect(self._on_theme_changed)
        self.show_defaults()

    @property
    def shown(self) -> list[int]:
        """The columns that are shown, from left to right."""
        places = (self._header.logicalIndex(place) for place in range(self._header.count()))
        return [column for column in places if not self._header.isSectionHidden(column)]

    def show_defaults(self) -> None:
        """Give the columns the order, the widths and the visibility that they have at first."""
        plan = self._plan
        self._title_is_fitted = True
        self._arrange([(name, plan.width_of(name) if name in plan.shown else 0) for name in plan.order])

    def set_shown(self, name: str, is_shown: bool) -> None:
        """Show or hide a column; the last one can't be hidden."""
        if is_shown or len(self.shown) > 1:
            self._header.setSectionHidden(self._model.column_of(name), not is_shown)
            self.fit_title()

    def menu(self, parent: QWidget) -> TickMenu:
        """Return a menu with a tick for every column."""
        menu = TickMenu(parent)
        menu.setObjectName("columns-menu")
        for place in range(self._header.count()):
            column = self._header.logicalIndex(place)
            name = self._model.name_at(column)
            action = add_line(menu, name, self._model.headerData(column, Qt.Orientation.Horizontal))
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(column))
            action.toggled.connect(partial(self.set_shown, name))
        menu.addSeparator()
        add_line(menu, "standard-columns", self.tr("Standard columns"), self.show_defaults)
        return menu

    def show_menu_under(self, button: QWidget) -> None:
        """Open the menu below a button, ending where the button ends."""
        menu = self.menu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = button.mapToGlobal(QPoint(button.width(), button.height() + 2))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def save(self) -> QByteArray:
        """Return order, widths, visibility and sorting of the columns."""
        columns = []
        for place in range(self._header.count()):
            column = self._header.logicalIndex(place)
            is_hidden = self._header.isSectionHidden(column)
            width = 0 if is_hidden else round(self._header.sectionSize(column) / self._theme.zoom)
            columns.append([self._model.name_at(column), width])
        state = {
            "version": _STATE_VERSION,
            "columns": columns,
            "sort": self._model.sorted_by,
            "fitted": self._title_is_fitted,
        }
        return QByteArray(json.dumps(state).encode())

    def restore(self, state: QByteArray) -> bool:
        """Take what `save` gave; columns that are new since then are hidden. Tells whether it could be read."""
        kept = _readable_state(state)
        columns = [(name, width) for name, width in kept["columns"] if name in self._plan.order] if kept else []
        if kept is None or not any(width for _, width in columns):
            return False
        known = {name for name, _ in columns}
        self._title_is_fitted = bool(kept.get("fitted", True))
        self._arrange([*columns, *((name, 0) for name in self._plan.order if name not in known)])
        self._sort(str(kept.get("sort", "")))
        return True

    def fit_title(self) -> None:
        """Fit the title so that the columns a reader wants first fill the table, until a person sizes it."""
        if not self._title_is_fitted or not self._plan.least_title or self._header.isSectionHidden(self._title):
            return
        least, most = self._theme.px(self._plan.least_title), self._theme.px(_WIDEST_TITLE)
        first = self.shown[: self._plan.in_view]
        others = sum(self._header.sectionSize(column) for column in first if column != self._title)
        room = self._view.room.width() - others
        if room < least:
            most = round(least * _PEEP)
        while room < least and first and first[-1] != self._title:
            room += self._header.sectionSize(first.pop())
        self._is_fitting = True
        self._header.resizeSection(self._title, max(least, min(most, room)))
        self._is_fitting = False

    def _arrange(self, columns: list[tuple[str, int]]) -> None:
        """Put columns into an order; a width of 0 hides one."""
        with QSignalBlocker(self._header):  # the view would measure its headers after every step
            for place, (name, width) in enumerate(columns):
                column = self._model.column_of(name)
                self._header.moveSection(self._header.visualIndex(column), place)
                self._header.setSectionHidden(column, not width)
                self._header.resizeSection(column, self._theme.px(width or self._plan.width_of(name)))
        self._header.geometriesChanged.emit()
        if self._view.isVisible():
            self._view.viewport().update()
        self.fit_title()

    def _sort(self, sort: str) -> None:
        name = sort.lstrip("-")
        column = self._model.column_of(name) if name in self._plan.order else -1
        is_down = sort.startswith("-") and column >= 0
        self._view.sortByColumn(column, Qt.SortOrder.DescendingOrder if is_down else Qt.SortOrder.AscendingOrder)

    def _on_header_menu_requested(self, point: QPoint) -> None:
        menu = self.menu(self._view)
        column = self._header.logicalIndexAt(point)
        if column >= 0:
            hide = QAction(self.tr("Hide this column"), menu)
            hide.triggered.connect(partial(self.set_shown, self._model.name_at(column), False))
            menu.insertAction(menu.actions()[0], hide)
            menu.insertSeparator(menu.actions()[1])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._header.mapToGlobal(point))

    def _on_section_resized(self, column: int, _old: int, _new: int) -> None:
        if column == self._title and not self._is_fitting:
            self._title_is_fitted = False

    def _on_theme_changed(self) -> None:
        ratio, self._zoom = self._theme.zoom / self._zoom, self._theme.zoom
        if ratio != 1:
            self._is_fitting = True
            for column in self.shown:
                self._header.resizeSection(column, round(self._header.sectionSize(column) * ratio))
            self._is_fitting = False
        self.fit_title()


def _first_width(record_type: RecordType, name: str) -> int:
    return width_of(record_type, record_type.field(name))


def _readable_state(state: QByteArray) -> dict[str, Any] | None:
    """Return a kept state, or None for one that can't be read or is of another version."""
    try:
        kept = json.loads(bytes(state.data()).decode() or "null")
    except ValueError:
        return None
    is_ours = isinstance(kept, dict) and kept.get("version") == _STATE_VERSION and isinstance(kept["columns"], list)
    return kept if is_ours else None

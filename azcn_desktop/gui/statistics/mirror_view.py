"""The mirror on the Trade page: what Azerbaijan and China report of the same trade, and why it differs.

Charts of both sides, each currency apart unless a rate was accepted; below them the gap year by year, the chapters that
explain the gap of a year, and the causes that were written down. What is written is one step each through the
workspace. The arithmetic is the core's.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from azcn_desktop.charts.asymmetry import AsymmetryRow, AsymmetryTable, asymmetry_by_chapter, asymmetry_by_year
from azcn_desktop.charts.mirror import DEPENDS_ON, MirrorPicture, choice_of, draw_mirror
from azcn_desktop.charts.series import Point
from azcn_desktop.charts.statistics.narrowing import narrowed
from azcn_desktop.errors import UserError
from azcn_desktop.gui.records.lens import ExportChoice, Lens
from azcn_desktop.gui.statistics.cause_dialog import CauseDialog
from azcn_desktop.gui.statistics.gap_pane import GapPane
from azcn_desktop.gui.statistics.mirror_charts import MirrorCharts
from azcn_desktop.gui.statistics.mirror_head import MirrorHead
from azcn_desktop.gui.statistics.mirror_state import kept_mirror, read_mirror
from azcn_desktop.gui.statistics.rate_dialog import RateDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.words import MIRROR_DIRECTION
from azcn_desktop.store.flows.query import TOTAL, FlowQuery
from azcn_desktop.store.flows.reading import count
from azcn_desktop.store.query import Query
from azcn_desktop.trade.exchange_rates import COMMON, accept_rate, accepted_rates, read_rates, withdraw_rate
from azcn_desktop.trade.mirror import DIRECTIONS
from azcn_desktop.trade.mirror_causes import Cause, forget_cause

REFRESH_MS = 50
_SIZES, _SHARES = (480, 200), (46, 54)
_LEAST_TABLES = 150
_BOTH_SIDES = FlowQuery(reporters=("AZ", "CN"), partners=("AZ", "CN"))
_NO_TABLE = AsymmetryTable("", (), (), ())


class MirrorView(Lens):
    """Both sides.

    Attributes:
        head: switches, factor and rates.
        charts: what is drawn.
        years, chapters: the gap, and the chapters of the year that is selected.
        year: that year; None where there is none.

    Signals:
        show_flows(FlowQuery): these flows shall be shown in the table of statistics.
    """

    IS_APART: ClassVar[bool] = True

    show_flows = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__("figure", parent)
        self._workspace, self._theme = workspace, theme
        self._choices: dict[str, str] = {}
        self._is_stale = True
        self.year: int | None = None
        self.setObjectName("trade-mirror")
        self.setAccessibleName(self.tr("Mirror"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REFRESH_MS)
        self._soon.timeout.connect(self._on_soon_timeout)
        # A turn of their own each: whoever sets a switch or steps through the years does not wait for all tables.
        self._years_due, self._chapters_due = self._turn(self._show_years), self._turn(self._show_chapters)
        self.head = MirrorHead(theme, self)
        self._panes = QSplitter(Qt.Orientation.Vertical, self)
        self.charts = MirrorCharts(theme, icons, self._panes)
        self._tables = QSplitter(Qt.Orientation.Horizontal, self._panes)
        self.years = GapPane(theme, "mirror-years", self.tr("Years"), self._tables)
        self.chapters = GapPane(theme, "mirror-chapters", self.tr("Chapters"), self._tables)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._panes.setObjectName("panes-mirror")
        self._tables.setObjectName("panes-mirror-tables")
        self._tables.setMinimumHeight(self._theme.px(_LEAST_TABLES))
        for splitter, sizes in ((self._panes, _SIZES), (self._tables, _SHARES)):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes([self._theme.px(size * 10) for size in sizes])
            for place, share in enumerate(sizes):
                splitter.setStretchFactor(place, share)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._panes, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the years; a focus proxy would make the Tab key jump over the head."""
        super().focusInEvent(event)
        self.years.table.setFocus(event.reason())

    def _connect(self) -> None:
        self.head.chosen.connect(self.choose)
        self.head.rate_wanted.connect(self.give_rate)
        self.head.rate_toggled.connect(self._on_rate_toggled)
        self.charts.switched.connect(self.choose)
        self.charts.stop_opened.connect(self._on_stop_opened)
        self.charts.row_opened.connect(self._offer)
        self.years.table.current_changed.connect(self._on_year_changed)
        for pane in (self.years, self.chapters):
            pane.cause_wanted.connect(partial(self._on_cause_wanted, pane))
            pane.flows_wanted.connect(partial(self._on_flows_wanted, pane))
            pane.menu_wanted.connect(partial(self._on_menu_wanted, pane))
            pane.table.copy_requested.connect(partial(self._on_copy_requested, pane))
        self._workspace.changed.connect(self._on_workspace_changed)
        self._workspace.opened.connect(self._on_workspace_opened)
        self._workspace.closing.connect(self._on_workspace_closing)
        self._workspace.busy_changed.connect(self._on_busy_changed)

    # -- what is shown

    def set_query(self, query: Query, is_filtered: bool = False) -> None:
        """Leave both sides as they are: a filter of figures says nothing of them."""

    def refresh(self) -> None:
        """Show what is there now, if anybody looks and something has changed."""
        if self._is_stale and self.isVisible() and self._workspace.is_open:
            self._redraw()

    def finish(self) -> None:
        """Show now what is there, if anybody looks."""
        self.refresh()
        for due, show in ((self._years_due, self._show_years), (self._chapters_due, self._show_chapters)):
            if due.isActive():
                due.stop()
                show()

    def choose(self, name: str, value: str) -> None:
        """Set a switch or the factor."""
        self._choices[name] = value
        self._redraw()

    def select_year(self, year: int) -> bool:
        """Make a year the current one; tell whether a side reports in it."""
        return self.years.table.go_to(f"{year}")

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual rows."""
        for pane in (self.years, self.chapters):
            pane.table.set_compact(is_compact)

    def copy_rows(self) -> int:
        """Copy the table that the keyboard is in, else that of the years; return how many rows."""
        pane = self.chapters if self.chapters.table.hasFocus() else self.years
        rows = pane.table.rows.table.rows
        if rows:
            QGuiApplication.clipboard().setText(pane.table.as_text())
        return len(rows)

    def export_choice(self) -> ExportChoice | None:
        """Return the flows that both sides report of their trade, on which everything here rests."""
        n_shown = count(self._workspace.store.database, _BOTH_SIDES)
        return ExportChoice("trade_flow", _BOTH_SIDES, n_shown, ())

    def state(self) -> str:
        """Return switches, factor and year for the next start."""
        return kept_mirror(self._choices, self.year)

    def restore_state(self, state: str) -> None:
        """Take what `state` gave."""
        self._choices, self.year = read_mirror(state)
        self._is_stale = True

    def _redraw(self) -> None:
        self._is_stale = False
        store = self._workspace.store
        try:
            picture = draw_mirror(store, self._choices, _today())
        except UserError as error:
            self.message.emit(str(error), True)
            return
        if self._forget_gone_sources(picture):
            self._redraw()
            return
        self.head.show_state(picture, choice_of(self._choices).factor, read_rates(store), accepted_rates(store))
        self.charts.show_picture(picture)
        self._place_in_tab_order()
        self._years_due.start()

    def _forget_gone_sources(self, picture: MirrorPicture) -> bool:
        """Take back the choice of sources that the file has no more; tell whether there was one."""
        offered = {switch.name: dict(switch.options) for switch in picture.charts[0].switches}
        gone = [n for n, word in self._choices.items() if n.startswith("source_") and word not in offered.get(n, {})]
        for name in gone:
            del self._choices[name]
        return bool(gone)

    def _place_in_tab_order(self) -> None:
        """Let the Tab key come to the tables after the charts above them, which are made when they are needed."""
        tables = (*self.years.tab_stops(), *self.chapters.tab_stops())
        charts = (widget for card in self.charts.shown for widget in card.tab_stops())
        for before, widget in pairwise((*charts, *tables)):
            QWidget.setTabOrder(before, widget)

    def _show_years(self) -> None:
        if not self._workspace.is_open:
            return
        years = asymmetry_by_year(self._workspace.store, self._choices, _today())
        wanted = self.year if any(row.gap.year == self.year for row in years.rows) else _telling_year(years)
        self.years.table.explain_emptiness(
            self.tr("No year of either side"), self.tr("Import statistics of Azerbaijan and China: File, Import.")
        )
        direction, selected = years.title.partition(":")[0], f"{wanted}" if wanted else None
        self.years.show_table(direction, years, self._workspace.can_edit, selected)
        self._on_year_changed()
        self._chapters_due.start()
        compared = sum(row.gap.residual is not None for row in years.rows)
        self.summarise(self.tr("{} of {} years can be compared").format(compared, len(years.rows)))

    def _show_chapters(self) -> None:
        if self.year is None or not self._workspace.is_open:
            table = _NO_TABLE
        else:
            table = asymmetry_by_chapter(self._workspace.store, self._choices, self.year)
        title = self.tr("No chapters of {}").format(self.year) if self.year else self.tr("No chapters without a year")
        title, *hints = table.remarks or (title,)
        self.chapters.table.explain_emptiness(title, " · ".join(hints))
        heading = self.tr("Chapters that explain the gap of {}") if table.rows else self.tr("Chapters")
        is_named_above = self._choices.get("direction") in DIRECTIONS or not table.title
        about = "" if is_named_above else f"{table.title.partition(':')[0]}: "
        self.chapters.show_table(about + heading.format(self.year), table, self._workspace.can_edit)

    # -- following

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if notice.touches(DEPENDS_ON):
            self._is_stale = True
            if self.isVisible() and not self._soon.isActive():
                self._redraw()
                self._soon.start()

    def _on_soon_timeout(self) -> None:
        self.refresh()

    def _on_workspace_opened(self) -> None:
        self._choices.clear()
        self.year = None
        self._is_stale = True
        self.follow()

    def _on_workspace_closing(self) -> None:
        self._soon.stop()
        self._years_due.stop()
        self._chapters_due.stop()
        self.charts.forget()

    def _on_busy_changed(self, is_busy: bool) -> None:
        self._is_stale = True
        self.refresh()

    def _on_year_changed(self) -> None:
        row = self.years.table.current_row()
        year = row.gap.year if row else None
        self.head.show_year(year, self.charts.words_of_year(year) if year else ())
        if year != self.year:
            self.year = year
            self._chapters_due.start()

    # -- causes

    def _on_cause_wanted(self, pane: GapPane) -> None:
        row = pane.table.current_row()
        if row is not None and self._workspace.can_edit:
            self.edit_cause(row, row.causes[0] if row.causes else None)

    def edit_cause(self, row: AsymmetryRow, cause: Cause | None, is_checked: bool = False) -> None:
        """Ask why the sides differ in a row; None asks for a cause beside those that are there."""
        place = self.tr("all goods") if row.gap.chapter == TOTAL else row.cells[0]
        heading = f"{MIRROR_DIRECTION.label(row.gap.direction)}, {row.gap.year}: {place}"
        self._ask(CauseDialog(self._workspace, row.gap, heading, cause, self))

    def _on_menu_wanted(self, pane: GapPane, place: QPoint) -> None:
        row = pane.table.current_row()
        if row is None:
            return
        menu = popup_menu(self, "mirror-row-menu")
        if self._workspace.can_edit:
            for cause in row.causes:
                words, key = cause.words if len(cause.words) < 60 else f"{cause.words[:59]}…", cause.key
                add_line(menu, f"edit-{key}", self.tr("Edit “{}”…").format(words), partial(self.edit_cause, row, cause))
                add_line(menu, f"remove-{key}", self.tr("Remove “{}”").format(words), partial(self._on_forget, key))
            another = self.tr("Another cause…") if row.causes else self.tr("Write down a cause…")
            add_line(menu, "new-cause", another, partial(self.edit_cause, row, None))
            menu.addSeparator()
        add_line(menu, "statistics", self.tr("Show in Statistics"), partial(self._on_flows_wanted, pane))
        menu.popup(place)

    def _on_forget(self, key: int, is_checked: bool = False) -> None:
        self._apply(forget_cause(self._workspace.store, key))

    def _on_copy_requested(self, pane: GapPane) -> None:
        QGuiApplication.clipboard().setText(pane.table.as_text())
        self.message.emit(self.tr("{} rows copied.").format(len(pane.table.rows.table.rows)), False)

    # -- rates

    def give_rate(self) -> None:
        """Ask for a rate of the currency that stands apart, for the year that is selected."""
        currencies = [card.chart.scale for card in self.charts.shown if card.chart is not None]
        apart = next((currency for currency in currencies if currency != COMMON), "CNY")
        self._ask(RateDialog(self._workspace, apart, f"{self.year}" if self.year else "", self))

    def _on_rate_toggled(self, key: int, is_accepted: bool) -> None:
        store = self._workspace.store
        try:
            step = accept_rate(store, key) if is_accepted else withdraw_rate(store, key)
        except UserError as error:
            self.message.emit(str(error), True)
        else:
            self._apply(step)

    def _apply(self, step: ChangeSet) -> None:
        try:
            notice = self._workspace.apply(step)
        except UserError as error:
            self.message.emit(str(error), True)
        else:
            self._tell_written(notice.label)

    def _ask(self, dialog: CauseDialog | RateDialog) -> None:
        dialog.written.connect(self._tell_written)
        dialog.open()

    def _tell_written(self, what: str) -> None:
        self.message.emit(self.tr("{} (undo: Ctrl+Z).").format(what), False)

    # -- leading on

    def _on_flows_wanted(self, pane: GapPane, is_checked: bool = False) -> None:
        row = pane.table.current_row()
        if row is not None:
            self.show_flows.emit(narrowed(FlowQuery(), row.narrows))

    def _on_stop_opened(self, found: list[Any]) -> None:
        point = getattr(found[0], "point", None)
        if point is not None:
            self._offer(point)

    def _offer(self, point: Point) -> None:
        """Select the year of a mark, and offer where its value comes from."""
        if point.period.isdigit():
            self.select_year(int(point.period))
        menu = popup_menu(self, "mirror-mark-menu")
        if point.narrows:
            words = self.tr("Show {} in Statistics").format(point.period)
            add_line(menu, "statistics", words, partial(self._on_point_chosen, point))
        for key in point.keys[:1]:
            words = self.tr("Show the figure in the table")
            add_line(menu, "figure", words, partial(self._on_figure_chosen, key))
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.popup(QCursor.pos())

    def _on_point_chosen(self, point: Point, is_checked: bool = False) -> None:
        self.show_flows.emit(narrowed(FlowQuery(), point.narrows))

    def _on_figure_chosen(self, key: int, is_checked: bool = False) -> None:
        self.table_requested.emit(key)

    def _turn(self, show: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=0)
        timer.timeout.connect(show)
        return timer


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()


def _telling_year(years: AsymmetryTable) -> int | None:
    """Return the last year that can be compared, else the last in which both report, else the last."""
    rows = years.rows
    both = [row.gap.year for row in rows if row.gap.cif is not None and row.gap.fob is not None]
    compared = [row.gap.year for row in rows if row.gap.residual is not None]
    found = compared or both or [row.gap.year for row in rows]
    return found[-1] if found else None

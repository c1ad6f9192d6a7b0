"""The statistics on the Trade page: every flow that was imported, in one table, with filters and a strip of its own.

Joins filters, table and strip, and follows what is written. It holds no SQL, and writes through the workspace only.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from msgspec.structs import replace
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.records.lens import ExportChoice, Lens, words_of
from azcn_desktop.gui.statistics.flow_columns import COLUMNS, narrowing
from azcn_desktop.gui.statistics.flow_filters import FlowFilterBar
from azcn_desktop.gui.statistics.flow_following import Edited, concerns_order
from azcn_desktop.gui.statistics.flow_model import FlowModel
from azcn_desktop.gui.statistics.flow_panes import FlowPanes
from azcn_desktop.gui.statistics.flow_passport import FlowPassport
from azcn_desktop.gui.statistics.flow_seeker import FlowSeeker
from azcn_desktop.gui.statistics.flow_table import FlowTable
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.edits import remove_flows
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import FlowOrder, count
from azcn_desktop.store.query import Query

FIRST_SORT = "-period"
"""How a table opens that nobody has sorted yet: the newest period first, and in it all goods before single codes."""
_COMPARED = 256  # ids from the front that tell whether an order only has become longer
_TABLES = ("trade_flow", "dataset", "commodity")


class StatisticsView(Lens):
    """All flows that count.

    Attributes:
        filters: the row of filters.
        model, table: the flows.
        passport: the strip under the table.
        chart: what stands in the lower pane, or None.
    """

    IS_APART: ClassVar[bool] = True

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, jobs: JobRunner, parent: QWidget | None = None
    ) -> None:
        super().__init__("figure", parent)
        self._workspace, self._theme = workspace, theme
        self._sort = FIRST_SORT
        self._asked: FlowQuery | None = None
        self._edited = Edited()
        self._keeps_place = False
        self._is_stale = True
        self._total = 0
        self.chart: Any = None
        self._chart_choices: dict[str, str] = {}  # of the last start, until the chart comes
        self.setObjectName("trade-statistics")
        self.setAccessibleName(self.tr("Statistics"))
        self.filters = FlowFilterBar(workspace, theme, icons, self)
        self.model = FlowModel(workspace, self)
        self._seeker = FlowSeeker(workspace, jobs, self)
        self._panes = FlowPanes(theme, self)
        self.table = FlowTable(workspace, theme, self.model, self._panes)
        self.passport = FlowPassport(workspace, theme, self._panes)
        self._panes.reserve(self.table, self.passport)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._panes, 1)
        self._connect()

    def _connect(self) -> None:
        self.filters.query_changed.connect(self._on_filters_query_changed)
        self.filters.columns_requested.connect(self.show_columns_menu)
        self.model.sort_requested.connect(self._on_model_sort_requested)
        self.model.released.connect(self._on_model_released)
        self.model.edit_refused.connect(self._on_model_edit_refused)
        self.model.edit_warned.connect(self._on_model_edit_warned)
        self.table.rested.connect(self._on_table_rested)
        self.table.copied.connect(self._on_table_copied)
        self.table.only_requested.connect(self._on_table_only_requested)
        self.table.remove_requested.connect(self._on_table_remove_requested)
        self.table.empty_state.clear_requested.connect(self.filters.clear)
        self._seeker.found.connect(self._on_seeker_found)
        self._seeker.busy_changed.connect(self._say_count)
        self._theme.changed.connect(self._on_theme_changed)
        self._workspace.changed.connect(self._on_workspace_changed)
        self._workspace.opened.connect(self._on_workspace_opened)
        self._workspace.closing.connect(self._on_workspace_closing)

    def attach_chart(self, chart: Any) -> None:
        """Put a chart into the lower pane; it draws what the table shows, and narrows that down when it is clicked."""
        chart.setObjectName("chart-statistics")
        self._panes.put(chart)
        self.chart = chart
        chart.take_choices(self._chart_choices)
        chart.narrowed.connect(self.filters.narrow)

    # -- what is shown

    @property
    def flow_query(self) -> FlowQuery:
        """What is asked for: filters and sort."""
        return replace(self.filters.query, sort=self._sort)

    def set_query(self, query: Query, is_filtered: bool = False) -> None:
        """Leave the flows as they are: a filter of figures says nothing of them."""

    def refresh(self) -> None:
        """Count the flows, and show them if anybody looks."""
        if not self._workspace.is_open:
            return
        if self._is_stale:
            self._total = count(self._workspace.store.database, FlowQuery())
            self.counted.emit(self._total)
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.filters.forget_counts()
            self._seek(keep_place=True)

    def finish(self) -> None:
        """Find now the order of all rows, if anybody looks."""
        if self.isVisible():
            self.refresh()
            self._seeker.finish()
            self.table.rest()
            if self.chart is not None:
                self.chart.finish()

    def _seek(self, keep_place: bool) -> None:
        """Ask for the flows of the present query; what is shown stays until they are there."""
        query = self.flow_query
        self._keeps_place = keep_place
        try:
            self._seeker.ask(query)
        except UserError as error:
            self.message.emit(str(error), True)
            return
        self._asked = query
        self._say_count()
        self._say_why_empty()
        if self.chart is not None:
            self.chart.set_query(query)

    def _on_seeker_found(self, query: FlowQuery, order: FlowOrder) -> None:
        if len(order) > self.table.most_rows:
            words = self.tr("{} flows are more than one table can show ({}). Narrow them down by a filter.")
            self.message.emit(words.format(f"{len(order):,}", f"{self.table.most_rows:,}"), True)
            return
        shown = self.model.order
        begin = shown.ids(0, min(shown.known, _COMPARED))
        is_same = len(shown) == len(order) and not shown.is_whole and begin == order.ids(0, len(begin))
        if is_same and query == self._asked and self.model.sorted_by == query.sort:
            self.model.complete(order)
        else:
            self.table.show_order(order, query.sort, self._keeps_place)
        if self._edited.have_left(order, self._workspace.store.database):
            words = self.tr("Saved. The flow is outside the filters now, and not shown: clear them to see it, or undo.")
            self.message.emit(words, False)
        self._keeps_place = True  # what comes now of the same question is only more of it
        self._say_count()
        self._say_why_empty()

    def _say_count(self) -> None:
        """Say how many flows are shown, and whether they are still being sorted."""
        shown = len(self.model.order)
        words = self.tr("{} flows").format(f"{self._total:,}")
        if self.filters.is_filtering:
            words = self.tr("{} of {} flows").format(f"{shown:,}", f"{self._total:,}")
        if self._seeker.is_busy and self._sort == self.model.sorted_by:
            words = self.tr("Looking for flows…")
        elif self._seeker.is_busy:
            column = next((c.label for c in COLUMNS if c.sort and c.sort == self._sort.lstrip("-")), "")
            words = self.tr("Sorting by {}…").format(column.lower()) if column else self.tr("Looking for flows…")
        self.summarise(words)

    def _say_why_empty(self) -> None:
        state = self.table.empty_state
        if self._seeker.is_busy:
            state.say(self.tr("Looking for flows…"), "", False)
        elif self.filters.is_filtering and self._total:
            hint = self.tr("Change or clear them to see more.")
            state.say(self.tr("No flows match these filters"), hint, True)
        else:
            hint = self.tr("Import a file of trade statistics (Ctrl+I): UN Comtrade, WITS, BACI, customs tables.")
            state.say(self.tr("No statistics yet"), hint, False)
        state.setVisible(not len(self.model.order))

    # -- for the page

    def copy_rows(self) -> None:
        """Copy the selected flows; it is told when they are on the clipboard."""
        self.table.copy_rows()

    def focus_filter(self) -> None:
        """Put the cursor into the field for codes and words."""
        self.filters.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.line.selectAll()

    def show_columns_menu(self) -> None:
        """Open the menu of the columns under its button."""
        self.table.columns.show_menu_under(self.filters.columns_button)

    def commit_pending(self) -> bool:
        """Write what is being typed; tell whether nothing is left that was refused."""
        return self.table.commit_pending()

    def refusals(self) -> list[str]:
        """Return what is being typed and why it was refused."""
        return self.table.refusals()

    def why_nothing_new(self) -> str:
        """Return why no flow can be made by hand."""
        return self.tr("Flows come from files of statistics: import one with Ctrl+I. Nothing was made.")

    def export_choice(self) -> ExportChoice | None:
        """Return what is asked for now: the export finds its flows and their order by itself, which may take long."""
        order, query = self.model.order, self.flow_query
        n_shown = count(self._workspace.store.database, query) if self._seeker.is_busy else len(order)
        shown = None if query in (FlowQuery(), FlowQuery(sort=FIRST_SORT)) else query
        n_selected = self.table.selected_count()
        selected = self.table.selected_keys(n_selected) if n_selected < len(order) else []
        return ExportChoice("trade_flow", shown, n_shown, tuple(selected))

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual rows."""
        self.table.set_compact(is_compact)

    # -- remembered state

    def state(self) -> str:
        """Return filters, columns, sort, sizes and switches for the next start."""
        kept = {
            "filters": self.filters.state(),
            "columns": bytes(self.table.columns.save().data()).decode(),
            "panes": self._panes.state(),
            "chart": self._chart_choices if self.chart is None else self.chart.choices(),
        }
        return json.dumps(kept)

    def restore_state(self, state: str) -> None:
        """Take what `state` gave; what can't be read is left out."""
        try:
            kept = json.loads(state or "{}")
        except ValueError:
            return
        if not isinstance(kept, dict):
            return
        self.filters.restore_state(str(kept.get("filters", "")))
        if columns := str(kept.get("columns", "")):
            self.table.columns.restore(QByteArray(columns.encode()))
        if panes := str(kept.get("panes", "")):
            self._panes.restore(panes)
        self._chart_choices = words_of(kept.get("chart"))
        if self.chart is not None:
            self.chart.take_choices(self._chart_choices)

    # -- Qt's events

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard to the table; a focus proxy would make the Tab key jump over the filters."""
        super().focusInEvent(event)
        self.table.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:
        """Say that no record is selected while flows are shown."""
        super().showEvent(event)
        self.current_changed.emit(None)

    # -- what happens

    def _on_filters_query_changed(self) -> None:
        self._seek_if_seen()

    def _on_model_sort_requested(self, sort: str) -> None:
        if not sort and self.table.horizontalHeader().sortIndicatorSection() >= 0:
            self.message.emit(self.tr("This column is computed for the rows in view and can't be sorted by."), False)
            self.table.show_sort()
            return
        # The third click on a header takes its sort away. That of the opening can't be: it is turned round instead.
        is_turned = not sort and self._sort == FIRST_SORT and self.isVisible()
        wanted = sort or (FIRST_SORT.lstrip("-") if is_turned else FIRST_SORT)
        if wanted != self._sort:
            self._sort = wanted
            self._seek_if_seen()

    def _seek_if_seen(self) -> None:
        if self.isVisible() and self._workspace.is_open and not self.model.is_held:
            self._seek(keep_place=False)
        else:
            self._is_stale = True

    def _on_model_released(self) -> None:
        if self._is_stale:
            self.refresh()

    def _on_model_edit_refused(self, _key: object, _field: str, sentence: str) -> None:
        self.message.emit(sentence, True)

    def _on_model_edit_warned(self, _key: object, _field: str, sentence: str) -> None:
        self.message.emit(sentence, False)

    def _on_table_rested(self) -> None:
        row = self.table.currentIndex().row()
        flow = self.model.flow(row) if row >= 0 and self._workspace.is_open else None
        self.passport.show_flow(flow, self.model.derived(row) if flow else None)

    def _on_table_copied(self, count: int) -> None:
        words = self.tr("{} rows copied.").format(f"{count:,}") if count != 1 else self.tr("1 row copied.")
        self.message.emit(words, False)

    def _on_table_only_requested(self, column: str) -> None:
        flow = self.model.flow(self.table.currentIndex().row())
        if flow is not None and (parts := narrowing(column, flow)):
            self.filters.narrow(parts)

    def _on_table_remove_requested(self) -> None:
        keys = self.table.selected_keys(self.table.selected_count())
        if not keys or not self._workspace.can_edit or not self.table.commit_pending():
            return
        try:
            step = remove_flows(self._workspace.store, keys)
            self._workspace.apply(step)
        except UserError as error:
            self.message.emit(str(error), True)
        else:
            self.message.emit(self.tr("{}. Undo brings them back.").format(step.label), False)

    def _on_theme_changed(self) -> None:
        if len(self.model.order) > self.table.most_rows:  # higher rows than before
            self.model.clear()
            self._is_stale = True

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if not notice.touches(_TABLES):
            return
        keys = notice.tables.get("trade_flow")
        is_bulk = keys is None or notice.touches(("dataset", "commodity"))
        if is_bulk or not self.isVisible() or self._is_stale:
            self._is_stale = True
            self.model.refresh(None)
            if not self.model.is_held:
                self.follow()
            return
        self.filters.forget_counts()
        self._edited.watch(keys, self.model)
        self.model.refresh(keys)
        if concerns_order(notice, self.flow_query):
            self._is_stale = True
            if not self.model.is_held:
                self.refresh()

    def _on_workspace_opened(self) -> None:
        self._is_stale = True
        self.follow()

    def _on_workspace_closing(self) -> None:
        self._seeker.drop()
        self.model.clear()
        self.passport.show_flow(None, None)
        self.filters.forget_counts()
        self._is_stale = True

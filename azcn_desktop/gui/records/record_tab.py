"""One page: filter bar, table, and a chart below it in a splitter; on some pages lenses in place of both.

It joins the parts and hands a page on as one thing: what is shown, what is selected, what is asked for. Knows no SQL
and writes nothing but through its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.following.following_panel import FollowsRecord
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.records.emptiness import why_empty
from azcn_desktop.gui.records.filter_bar import FilterBar
from azcn_desktop.gui.records.lens import Lens
from azcn_desktop.gui.records.lens_switch import LensSwitch
from azcn_desktop.gui.records.page_lenses import PageLenses
from azcn_desktop.gui.records.page_panes import PagePanes
from azcn_desktop.gui.records.record_model import RecordModel
from azcn_desktop.gui.records.record_table import RecordTable
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.query import Query

_LEAST_TABLE = 190


class RecordTab(QWidget):
    """A page over one record type.

    Attributes:
        STATE_NAMES: what `state` gives and `restore_state` takes.
        table: the record type.
        view: the table widget.
        filters: the filter bar.
        lenses: other ways to look at the records; None on a page without.

    Signals:
        current_changed(table, key or None): another record is the current one.
        open_requested(table, key): the record shall be shown for editing.
        check_requested(table, key, typed): a record shall be checked; what was typed over the old value, if so.
        dossier_requested(), delete_requested(), duplicate_requested(), restore_requested(), cite_requested(): for the
            selected records.
        message(str, bool): a sentence for the status line; True for a problem.
        query_changed(Query): other records are shown.
        lens_changed(): a lens, or the table, is shown in place of another one.
        density_changed(bool): the density button of this page was pressed; True for compact rows.
    """

    STATE_NAMES: Final = ("columns", "filter", "panes", "lens", "lenses")

    current_changed = Signal(str, object)
    open_requested = Signal(str, object)
    check_requested = Signal(str, object, str)
    dossier_requested = Signal()
    delete_requested = Signal()
    duplicate_requested = Signal()
    restore_requested = Signal()
    cite_requested = Signal()
    message = Signal(str, bool)
    query_changed = Signal(object)
    lens_changed = Signal()
    density_changed = Signal(bool)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, page: Page, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace = workspace
        self._theme = theme
        self._page = page
        self._label = page.label
        self._is_loaded = False
        self.table = page.table
        self.setObjectName(f"page-{page.name}")
        # Made before what stands under it: that is the order of the Tab key.
        switch = LensSwitch(page, self) if page.lenses else None
        self.filters = FilterBar(workspace, theme, icons, page, self, jobs)
        self.records = RecordModel(workspace, page.table, self, jobs)
        self._panes = PagePanes(page, theme, self)
        self.view = RecordTable(workspace, theme, self.records, self._panes)
        self.view.setObjectName(f"table-{page.name}")
        self.view.setAccessibleName(page.label)
        self.view.setMinimumHeight(theme.px(_LEAST_TABLE))
        if page.lower:
            self._panes.reserve()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addWidget(self._panes, 1)
        self.lenses = PageLenses(switch, self._panes, column, self) if switch else None
        if not self.isActiveWindow():  # a page that is made later must not take the keyboard from the one that is seen
            self.view.setFocus()
        self._connect()

    def _connect(self) -> None:
        self.filters.query_changed.connect(self._on_filters_query_changed)
        self.filters.columns_requested.connect(self.show_columns_menu)
        self.filters.density_requested.connect(self._on_filters_density_requested)
        self.view.current_key_changed.connect(self._on_view_current_key_changed)
        self.view.open_requested.connect(self._on_view_open_requested)
        self.view.check_requested.connect(partial(self.check_requested.emit, self.table))
        self.view.dossier_requested.connect(self.dossier_requested)
        self.view.delete_requested.connect(self.delete_requested)
        self.view.duplicate_requested.connect(self.duplicate_requested)
        self.view.restore_requested.connect(self.restore_requested)
        self.view.cite_requested.connect(self.cite_requested)
        self.view.empty_state.clear_requested.connect(self.filters.clear)
        self.records.edit_refused.connect(self._on_records_edit_refused)
        self.records.edit_warned.connect(self._on_records_edit_warned)
        self.records.read_refused.connect(partial(self._on_records_edit_refused, None, ""))
        self.records.modelReset.connect(self._say_why_empty)
        if self.lenses is not None:
            self.lenses.switch.chosen.connect(self._on_switch_chosen)
            self.lenses.current_changed.connect(self._on_lenses_current_changed)
            self.lenses.open_requested.connect(self._on_view_open_requested)
            self.lenses.table_requested.connect(self._on_lenses_table_requested)
            self.lenses.message.connect(self.message)
            self.lenses.clear_requested.connect(self.filters.clear)
        self._workspace.changed.connect(self._on_workspace_changed)
        self._workspace.closing.connect(self._on_workspace_closing)

    @property
    def chart(self) -> Any:
        """The chart panel below the table, or the frame that keeps its room; None on a page without."""
        return self._panes.below

    @property
    def lens(self) -> Lens | None:
        """The lens that is shown in place of the table, or None."""
        return self.lenses.shown if self.lenses else None

    @property
    def is_apart(self) -> bool:
        """Tell whether a lens is shown that shows something else than the records of the page."""
        return self.lens is not None and self.lens.IS_APART

    @property
    def content(self) -> QWidget:
        """What stands under the filter bar and takes the keyboard: the table, or a lens."""
        return self.lens or self.view

    # -- what is shown

    @property
    def label(self) -> str:
        """The view that is shown, in words."""
        return self._label

    @property
    def query(self) -> Query:
        """What is shown: the view with the filters."""
        return self.filters.query

    @property
    def is_trash(self) -> bool:
        """Tell whether the trash is shown."""
        return self.filters.query.is_trash

    def set_view(self, base: Query, label: str) -> None:
        """Show another view; filters stay in force upon it. Rows are read when the page is loaded."""
        self._label = label
        self.filters.set_base(base)

    def load(self) -> None:
        """Read the rows, if that has not been done; called when the page comes into view."""
        if not self._is_loaded and self._workspace.is_open:
            self._is_loaded = True
            self._show(self.filters.query)

    def new_values(self) -> dict[str, Value]:
        """Return what a new record must hold to appear in this view."""
        return self.filters.new_values()

    def attach_chart(self, chart: QWidget) -> None:
        """Put the chart into the room that was kept for it, and tell it what is shown."""
        self._panes.put(chart)
        self._tell_chart()
        if isinstance(chart, FollowsRecord):
            self.current_changed.connect(chart.show_record)
            chart.message.connect(self.message)
            chart.show_record(self.table, self.current_key())

    def attach_lenses(self, lenses: Mapping[str, Lens], want: Callable[[], None] | None = None) -> None:
        """Take lenses of the page; `want` is called when the page comes into view."""
        if self.lenses is not None:
            self.lenses.attach(lenses, self.view.current_key(), want)
            self.lenses.set_query(self.filters.query, self.filters.is_filtering)
            self._show_what_fits()

    def show_table(self) -> None:
        """Show the table, whatever lens is shown."""
        if self.lenses is not None:
            self.show_lens(self.lenses.switch.names[0])

    def show_records(self) -> None:
        """Show the table in place of a lens that shows something else than records."""
        if self.is_apart:
            self.show_table()

    def show_lens(self, name: str, key: int | None = None) -> None:
        """Show a lens, or the table, with a record; with the current one where none is named."""
        if self.lenses is None:
            return
        key = self._current_record() if key is None else key
        self.lenses.show_lens(name, key)
        self._show_what_fits()
        if self.lens is None and key is not None and self._is_loaded and self.view.select_key(key):
            self.current_changed.emit(self.table, key)

    def finish(self) -> None:
        """Wait for rows, chart, and for the lenses if the page is seen."""
        self.load()
        self.records.finish()
        self.filters.finish()
        if (finish := getattr(self.chart, "finish", None)) is not None:
            finish()
        if self.lenses is not None:
            self.lenses.finish()

    # -- selection

    def current_key(self) -> int | None:
        """Return the id of the current record, or None."""
        return self.lens.current_key() if self.lens else self.view.current_key()

    def _current_record(self) -> int | None:
        """Return the current record, or what was it before something else than records was shown."""
        return self.view.current_key() if self.is_apart else self.current_key()

    def selected_keys(self) -> list[int]:
        """Return the ids of the selected records in the order of the rows."""
        return self.lens.selected_keys() if self.lens else self.view.selected_keys()

    def select_key(self, key: int) -> bool:
        """Make a record the current one; tell whether this view shows it. A lens without it gives way to the table."""
        self.load()
        if self.lens is not None and self.lens.select_key(key):
            return True
        is_here = self.view.select_key(key)
        if is_here and self.lens is not None and self.lenses is not None:
            self.lenses.show_lens(self.lenses.switch.names[0], None)
            self._show_what_fits()
        return is_here

    # -- commands

    def commit_pending(self) -> bool:
        """Write what is being typed into the table or a lens; tell whether nothing is left that was refused."""
        is_lens_done = self.lens is None or self.lens.commit_pending()
        return self.view.commit_pending() and is_lens_done

    def refusals(self) -> list[str]:
        """Return what is being typed in the table or a lens, and why it was refused."""
        return [*self.view.refusals(), *(self.lens.refusals() if self.lens else ())]

    def focus_filter(self) -> None:
        """Put the cursor into the text field of the filter."""
        if self.lens is not None and self.is_apart:
            self.lens.focus_filter()
            return
        self.filters.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.line.selectAll()

    def copy_rows(self) -> None:
        """Copy the selected rows."""
        count = self.lens.copy_rows() if self.lens else self.view.copy_rows()
        if count is None:
            return
        self.message.emit(self.tr("{} rows copied.").format(count) if count != 1 else self.tr("1 row copied."), False)

    def show_columns_menu(self) -> None:
        """Open the menu of the columns under its button; a lens may have columns of its own to choose."""
        if self.lens is not None:
            self.lens.show_columns_menu()
            return
        self.view.columns.show_menu_under(self.filters.columns_button)

    def set_compact(self, is_compact: bool) -> None:
        """Choose between rows of 28 and of 34 pixels."""
        self.filters.density_button.setChecked(is_compact)
        self._set_compact(is_compact)

    # -- remembered state

    def state(self) -> dict[str, QByteArray | str]:
        """Return columns, filter and sizes for the next start."""
        return {
            "columns": self.view.columns.save(),
            "filter": self.filters.state(),
            "panes": self._panes.saveState() if self.chart else QByteArray(),
            "lens": self.lenses.switch.current if self.lenses else "",
            "lenses": self.lenses.state() if self.lenses else "",
        }

    def restore_state(self, values: Mapping[str, QByteArray | str]) -> None:
        """Take what `state` gave; what is missing or can't be read is left as it is."""
        columns, kept_filter, panes, lens, lenses = (values.get(name) for name in self.STATE_NAMES)
        if isinstance(columns, QByteArray) and not columns.isEmpty():
            self.view.columns.restore(columns)
        if isinstance(kept_filter, str) and kept_filter:
            self.filters.restore_state(kept_filter)
        if isinstance(panes, QByteArray) and not panes.isEmpty() and self.chart:
            self._panes.restoreState(panes)
        if self.lenses is not None:
            if isinstance(lenses, str):
                self.lenses.restore_state(lenses)
            if isinstance(lens, str) and lens:
                self.lenses.show_lens(lens, None)

    # -- what happens

    def _on_filters_query_changed(self, query: Query) -> None:
        if self._is_loaded:
            self._show(query)

    def _on_filters_density_requested(self, is_compact: bool) -> None:
        self._set_compact(is_compact)
        self.density_changed.emit(is_compact)

    def _set_compact(self, is_compact: bool) -> None:
        self.view.set_compact(is_compact)
        if self.lenses is not None:
            self.lenses.set_compact(is_compact)

    def _on_switch_chosen(self, name: str) -> None:
        if self.commit_pending():
            self.show_lens(name)
        elif self.lenses is not None:
            self.lenses.mark_shown()

    def _on_lenses_current_changed(self, key: int | None) -> None:
        self.current_changed.emit(self.table, key)

    def _on_lenses_table_requested(self, key: int) -> None:
        self.show_table()
        self.open_requested.emit(self.table, key)

    def _show_what_fits(self) -> None:
        self.filters.columns_button.setVisible(self.lens is None)
        self.filters.setVisible(not self.is_apart)
        self.lens_changed.emit()

    def _on_view_current_key_changed(self, key: int | None) -> None:
        if self.lens is None:
            self.current_changed.emit(self.table, key)

    def _on_view_open_requested(self, key: int) -> None:
        self.open_requested.emit(self.table, key)

    def _on_records_edit_refused(self, _key: object, _field: str, sentence: str) -> None:
        self.message.emit(sentence, True)

    def _on_records_edit_warned(self, _key: object, _field: str, sentence: str) -> None:
        self.message.emit(sentence, False)

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if self._is_loaded and self._workspace.schema.has_records(notice.tables):
            self.filters.refresh_count()

    def _on_workspace_closing(self) -> None:
        self._is_loaded = False

    def _show(self, query: Query) -> None:
        sort = self.records.query.sort
        wanted = Query(query.table, query.words, query.conditions, sort)
        try:
            self.records.set_query(wanted)
        except UserError as error:
            self.message.emit(str(error), True)
            return
        self._say_why_empty()
        self._tell_chart()
        if self.lenses is not None:
            self.lenses.set_query(query, self.filters.is_filtering)
        self.query_changed.emit(query)

    def _tell_chart(self) -> None:
        if self._is_loaded and (set_query := getattr(self.chart, "set_query", None)) is not None:
            set_query(self.filters.query)

    def _say_why_empty(self) -> None:
        plural = QCoreApplication.translate("catalogue", self.records.record_type.plural).lower()
        is_filtering = self.filters.is_filtering
        words = why_empty(plural, self._label, self.filters.query, is_filtering, self.records.is_waiting)
        self.view.empty_state.say(*words, is_filtering)
        self.view.empty_state.setVisible(not self.records.keys)

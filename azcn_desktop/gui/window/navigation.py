"""Where a person is in the window, and every way to another place: pages, records, views, back and forward.

A place is a record on its page. Whoever goes somewhere writes first what is being typed; where that is refused, nobody
goes anywhere. Rows that are selected on the way to a record are no places of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from azcn_desktop.gui.pages import BY_NAME, BY_TABLE, PAGES, TABS
from azcn_desktop.gui.window import window_state
from azcn_desktop.gui.window.leaving import may_go_on, may_show
from azcn_desktop.gui.window.views import BUILT_IN, View, first_view
from azcn_desktop.store.query import parse_query

if TYPE_CHECKING:
    from azcn_desktop.gui.arguments import Arguments
    from azcn_desktop.gui.records.record_tab import RecordTab
    from azcn_desktop.gui.window.main_window import MainWindow

_MOST = 100


class Place(Struct, frozen=True):
    """A record on a page; key None is the page without a selection."""

    table: str
    key: int | None = None


class Trail:
    """The places visited and where one stands among them."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Go to a new place; what was ahead is forgotten. The same place again is no step."""
        if self._places and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-_MOST:]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """Step back and return the place, or None at the start."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Step forward and return the place, or None at the end."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a place behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a place ahead."""
        return self._at + 1 < len(self._places)

    def forget(self) -> None:
        """Forget everything: another file is open."""
        self._places, self._at = [], -1


class Navigation(QObject):
    """Shows pages and records, and remembers where a person has been.

    Attributes:
        views: the view that each page has, by record type.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._trail = Trail()
        self._is_travelling = False
        self.views = {page.table: first_view(page.table) for page in PAGES}
        window.workspace.closing.connect(self._trail.forget)
        window.top_bar.page_chosen.connect(self.show_page)
        window.top_bar.search.jump_requested.connect(self.jump)
        window.sidebar.view_chosen.connect(self._on_view_chosen)
        window.sidebar.list_chosen.connect(self.show_page)
        for number, page in enumerate(TABS, 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), window)
            shortcut.activated.connect(partial(self.show_page, page.table))

    def listen_to(self, tab: RecordTab) -> None:
        """Follow what is selected on a page."""
        tab.current_changed.connect(self._on_current_changed)
        tab.open_requested.connect(self._on_open_requested)

    def begin(self, arguments: Arguments, as_left: bool) -> None:
        """Show the page and the record to begin with.

        Args:
            arguments: what was asked for comes first.
            as_left: where nothing was, begin as the last start ended.

        Raises:
            UserError: there is no such record.
        """
        window = self._window
        asked = window_state.find_asked(window.workspace.store, arguments.select) if arguments.select else None
        table = BY_NAME[arguments.tab].table if arguments.tab else TABS[0].table
        if asked and asked[0] in window.pages:
            table = asked[0]
        elif as_left and not arguments.tab:
            table = window_state.remembered_page(window)
        self._is_travelling = True
        self._show(table)
        if arguments.tab or asked:
            window.tab.show_table()
        if arguments.view:
            window.tab.show_lens(arguments.view)
        if asked and asked[0] == table:
            self._select_somewhere(*asked)
        elif as_left and (key := window_state.remembered_record(window, table)) is not None:
            window.tab.select_key(key)
        self._is_travelling = False
        self._on_current_changed(table, window.tab.current_key(), is_chosen=False)
        if asked and asked[0] != table:
            window.next_record.show(*asked, soon=True)

    def start_over(self) -> None:
        """Show the same page of another file."""
        window = self._window
        self._trail.forget()
        window.next_record.show(window.table, None, soon=False)
        for tab in window.pages.made:
            self.give_view(tab, self.views[tab.table])
        self._show(window.table)

    def refresh(self) -> None:
        """Enable the ways back and forward."""
        self._window.actions_table["back"].setEnabled(self._trail.can_go_back)
        self._window.actions_table["forward"].setEnabled(self._trail.can_go_forward)

    # -- ways to go

    def show_page(self, table: str) -> None:
        """Show a page with its last selection."""
        if may_go_on(self._window):
            self._show(table)
            self._on_current_changed(table, self._window.tab.current_key(), is_chosen=False)

    def jump(self, table: str, key: int) -> None:
        """Show a record on its page, whatever filter is there; records without a page are shown in the inspector."""
        if not may_go_on(self._window):
            return
        if table not in self._window.pages:
            self._window.next_record.show(table, key, soon=True)
            return
        self._travel(Place(table, key))
        self._visit(Place(table, key))

    def on_back(self) -> None:
        """Go to the place before."""
        self._go(self._trail.back)

    def on_forward(self) -> None:
        """Go to the place from which somebody went back."""
        self._go(self._trail.forward)

    def give_view(self, tab: RecordTab, view: View) -> None:
        """Let a page show the records of a view."""
        self.views[view.table] = view
        tab.set_view(parse_query(view.query, self._window.workspace.schema[view.table]), view.label)

    def _go(self, step: Callable[[], Place | None]) -> None:
        if may_go_on(self._window) and (place := step()) is not None:
            self._travel(place)
            self._window.refresh_actions()

    def _travel(self, place: Place) -> None:
        """Show a place; the selections on the way there are no places of their own."""
        self._is_travelling = True
        self._show(place.table)
        if place.key is not None:
            self._select_somewhere(place.table, place.key)
        self._is_travelling = False
        self._window.next_record.show(place.table, place.key, soon=True)

    def _select_somewhere(self, table: str, key: int) -> None:
        """Select a record; if the present view hides it, take the first built-in view that has it."""
        if self._window.tab.select_key(key):
            return
        for view in BUILT_IN[table]:
            self._set_view(view)
            if self._window.tab.select_key(key):
                return

    def _show(self, table: str) -> None:
        window = self._window
        before = window.stack.currentWidget()  # asked first: a page that is made is shown where there is no other
        if (page := window.pages[table]) is not before:
            is_first_visit = page.focusWidget() is None
            window.stack.setCurrentWidget(page)
            if is_first_visit and page.focusWidget() is not None:  # the stack took the filter, which comes first
                page.content.setFocus()
            window.top_bar.show_page(table)
        window.sidebar.show_page(BY_TABLE[table], self.views[table].query)
        window.tab.load()

    def _set_view(self, view: View) -> None:
        self.give_view(self._window.tab, view)
        self._window.sidebar.mark(view.query)

    def _visit(self, place: Place) -> None:
        self._trail.visit(place)
        self._window.refresh_actions()

    # -- what happens

    def _on_view_chosen(self, view: View) -> None:
        if may_go_on(self._window):
            self._show(view.table)
            self._window.tab.show_records()
            self._set_view(view)
            self._on_current_changed(view.table, self._window.tab.current_key())

    def _on_current_changed(self, table: str, key: int | None, is_chosen: bool = True) -> None:
        window = self._window
        if table != window.table or self._is_travelling or not may_show(window, table, key):
            return
        window.next_record.show(table, key, soon=window.tab.view.is_recalling or not is_chosen)
        self._visit(Place(table, key))

    def _on_open_requested(self, table: str, key: int) -> None:
        if may_show(self._window, table, key):
            self._window.next_record.show(table, key, soon=False)
            self._window.inspector.focus_first_field()

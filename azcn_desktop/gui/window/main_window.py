"""The window: top bar, sidebar, pages, inspector, status line, and how they work together.

Wires the parts and holds no rules of its own: where one is and can go is in `navigation`, what can be done to records
in `record_actions`, what can be done to files in `file_actions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from azcn_desktop.gui.arguments import Arguments
from azcn_desktop.gui.inspector.next_record import NextRecord
from azcn_desktop.gui.inspector.room import InspectorRoom
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.pages import BY_TABLE, PAGES, TABS, Page
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.turns import Turns
from azcn_desktop.gui.window import window_state
from azcn_desktop.gui.window.actions import SPECS, Actions, Needs
from azcn_desktop.gui.window.completing import Pages
from azcn_desktop.gui.window.evidence_actions import EvidenceActions
from azcn_desktop.gui.window.file_actions import FileActions
from azcn_desktop.gui.window.following_actions import FollowingActions
from azcn_desktop.gui.window.leaving import may_drop_typing, may_stop_jobs
from azcn_desktop.gui.window.navigation import Navigation
from azcn_desktop.gui.window.record_actions import RecordActions
from azcn_desktop.gui.window.sidebar import Sidebar
from azcn_desktop.gui.window.status_line import StatusLine
from azcn_desktop.gui.window.top_bar import TopBar
from azcn_desktop.gui.window.view_actions import ViewActions
from azcn_desktop.gui.window.window_parts import Dialogs, LateParts, WindowParts

if TYPE_CHECKING:
    from azcn_desktop.gui.inspector.inspector import Inspector

_OUTSIDE_CHECK_MS = 3_000
_SIZES = (246, 868, 326)
_DEFAULT_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """The one window over one file.

    Made with the page that is seen at first. `complete` makes the others; after a first paint that happens by itself.
    """

    def __init__(self, parts: WindowParts, arguments: Arguments) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.parts = parts
        self.workspace = parts.workspace
        self.actions_table = Actions(self, parts.icons)
        self._late: LateParts | None = None
        self._keeps_state = not arguments.is_unattended
        self._is_painted = False
        self._cleaning = ExitStack()
        self._turns = Turns(self)
        self._build()
        self.actions_table.fill(self.menuBar(), {"open": self.file_actions.recent_menu})
        self._connect()
        window_state.restore_frame(self, arguments, self._keeps_state)
        self.navigation.begin(arguments, self._keeps_state)
        self._name_file()

    # -- construction

    def _build(self) -> None:
        workspace, theme, icons = self.parts.workspace, self.parts.theme, self.parts.icons
        # Every part is made inside the one that holds it: moving a finished tree makes Qt style all of it again.
        root = QWidget(self)
        self.setCentralWidget(root)
        self.top_bar = TopBar(workspace, theme, icons, self.actions_table, root)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, root)
        self.splitter.setObjectName("panes")
        self.splitter.setHandleWidth(1)
        column = QVBoxLayout(root)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.splitter, 1)
        self.sidebar = Sidebar(workspace, theme, icons, self.splitter, self.parts.reading)
        self.stack = QStackedWidget(self.splitter)
        self.status = StatusLine(workspace, self, self.parts.reading)
        self.room = InspectorRoom(theme, self.splitter)
        self.next_record = NextRecord(workspace, self.room, self._make_inspector, self.status.tell)
        self.pages = Pages(self._make_page)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setCollapsible(1, False)
        self.splitter.setSizes(list(_SIZES))
        self.setStatusBar(self.status)
        self.navigation = Navigation(self)
        self.record_actions, self.file_actions = RecordActions(self), FileActions(self)
        self.view_actions, self.following = ViewActions(self), FollowingActions(self)
        self.evidence = EvidenceActions(self)
        self.setMinimumSize(900, 560)
        self.resize(*_DEFAULT_SIZE)

    def _make_page(self, page: Page) -> RecordTab:
        """Make a page as the last start left it, ready to be shown."""
        tab = RecordTab(self.workspace, self.parts.theme, self.parts.icons, page, self.stack, self.parts.reading)
        self.stack.addWidget(tab)
        tab.message.connect(self.status.tell)
        self.navigation.listen_to(tab)
        self.following.listen_to(tab)
        self.record_actions.listen_to(tab)
        self.view_actions.listen_to(tab)
        tab.set_compact(self.actions_table["density"].isChecked())
        self.navigation.give_view(tab, self.navigation.views[tab.table])
        if self._keeps_state:
            window_state.restore_page(self, tab, page)
        self._give_chart(tab)
        return tab

    def _make_inspector(self) -> Inspector:
        """Make the pane of the current record, ready to show one."""
        parts = self.parts
        pane: Inspector = parts.make_inspector(self.workspace, parts.theme, parts.icons, self.room, parts.reading)
        pane.message.connect(self.status.tell)
        pane.jump_requested.connect(self.jump)
        pane.check_requested.connect(self.following.check)
        pane.passage_requested.connect(self.evidence.show_passage)
        pane.cite_requested.connect(self.evidence.ask_for_field)
        return pane

    def _connect(self) -> None:
        for spec in SPECS:
            self.actions_table[spec.name].triggered.connect(self._handler(spec.name))
        workspace = self.workspace
        workspace.opened.connect(self._on_opened)
        workspace.changed.connect(self.refresh_actions)
        workspace.busy_changed.connect(self.refresh_actions)
        self.parts.theme.changed.connect(self.next_record.begin_anew)
        self.parts.jobs.started.connect(self.status.follow)
        self.parts.crashes.told.connect(partial(self.status.tell, is_problem=True))
        self.parts.crashes.crashed.connect(self._on_crashed)
        self.parts.theme.changed.connect(self.view_actions.mark_theme)
        self._outside = QTimer(self)
        self._outside.setInterval(_OUTSIDE_CHECK_MS)
        self._outside.timeout.connect(self.workspace.notice_outside_changes)

    def _handler(self, name: str) -> Callable[..., None]:
        method = f"on_{name.replace('-', '_')}"
        owners = (
            self.navigation, self.record_actions, self.file_actions, self.view_actions, self.following, self.evidence,
        )  # fmt: skip
        for owner in owners:
            handler: Callable[..., None] | None = getattr(owner, method, None)
            if handler:
                return handler
        raise LookupError(f"no handler {method}")

    # -- start and end

    def clean_up_with(self, cleaning: ExitStack) -> None:
        """Take over what has to be undone when the window closes."""
        self._cleaning = cleaning

    def complete(self) -> None:
        """Make all pages that are not there yet, and the inspector with its record."""
        for page in PAGES:
            self.pages[page.table]
        self.next_record.catch_up()

    def finish_loading(self) -> None:
        """Wait until the icons, the charts of all tabs and the record in the inspector are there."""
        self.load_late()
        self.next_record.catch_up()
        for finish in (*(self.pages[page.table].finish for page in TABS), self.sidebar.finish, self.status.finish):
            finish()

    def load_late(self) -> None:
        """Import and show what comes after the first paint: icons, and the charts of the pages that are there."""
        if self._late is None:
            self._late = self.parts.load_late_parts()
            self.parts.icons.load(self._late.icon_font(self))
            for tab in self.pages.made:
                self._give_chart(tab)

    def _give_chart(self, tab: RecordTab) -> None:
        page = BY_TABLE[tab.table]
        if self._late is not None and page.lower:
            panel = self._late.make_panel(self.parts, page, tab)
            tab.attach_chart(panel)
            panel.record_requested.connect(self.jump)
            if page.lenses:
                self._late.give_lenses(tab, self.parts)

    @property
    def dialogs(self) -> Dialogs:
        """The dialogs of the menus."""
        return self.parts.dialogs

    def release(self) -> None:
        """Stop the worker and close the file, before Qt is torn down."""
        self._outside.stop()
        self._turns.stop()
        self.parts.stop_jobs()
        self.workspace.close()
        self._cleaning.close()
        self.parts.crashes.remove()
        QApplication.clipboard().clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._outside.isActive():
            self.tab.view.setFocus()
            self.parts.crashes.install()
            self._outside.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # It comes when the pass that paints all that is seen has ended.
            QTimer.singleShot(0, self._after_first_paint)

    def _after_first_paint(self) -> None:
        self._turns.start(self._rest())

    def _rest(self) -> Iterator[None]:
        """Make what a person does not see at first, a part before each item: what is looked at first comes first."""
        self.parts.give_first_lens(self.tab, self.parts)
        yield
        self.next_record.begin()
        while self.next_record.is_coming:
            yield
        yield  # in which the record is painted
        for step in self.parts.import_charts():
            step()
            yield
        self.load_late()
        yield
        for page in PAGES:
            self.pages[page.table]
            yield
        for step in self.parts.import_ahead():
            step()
            yield

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._keeps_state and not (may_stop_jobs(self, self.parts.jobs) and may_drop_typing(self)):
            event.ignore()
            return
        if self._keeps_state:
            window_state.keep_state(self)
        self.release()
        event.accept()

    def commit_pending(self) -> bool:
        """Write what is being typed, in the table or in the inspector; tell whether nothing of it was refused."""
        is_table_done = self.tab.commit_pending()
        return self.inspector.commit_pending() and is_table_done

    # -- where one is

    @property
    def inspector(self) -> Inspector:
        """The pane of the current record."""
        return self.next_record.catch_up()

    @property
    def tab(self) -> RecordTab:
        """The page that is shown."""
        current = self.stack.currentWidget()
        assert isinstance(current, RecordTab)
        return current

    @property
    def table(self) -> str:
        """The record type of the page that is shown."""
        return self.tab.table

    def show_page(self, table: str) -> None:
        """Show a page with its last selection."""
        self.navigation.show_page(table)

    def jump(self, table: str, key: int) -> None:
        """Show a record on its page, whatever filter is there; records without a page are shown in the inspector."""
        self.navigation.jump(table, key)

    # -- what happens

    def _on_opened(self) -> None:
        self._name_file()
        self.navigation.start_over()
        self.refresh_actions()

    def _name_file(self) -> None:
        self.setWindowTitle(f"{self.workspace.store.path.name} – AZCN Desktop")
        self.parts.settings.remember_file(self.workspace.store.path)
        self.status.refresh()

    def _on_crashed(self, sentence: str, details: str) -> None:
        if self._keeps_state:
            plain_box(self, self.tr("Something went wrong"), sentence, details).open()

    def refresh_actions(self, *_ignored: object) -> None:
        """Enable what can be done now; who does it says what more that takes."""
        workspace = self.workspace
        available: set[Needs] = {"nothing"}
        if workspace.is_open:
            available.add("file")
        if workspace.can_edit:
            available.add("edit")
            if self.tab.current_key() is not None:
                available.add("record")
        self.actions_table.allow(available)
        self.navigation.refresh()
        if workspace.is_open:
            self.following.refresh("record" in available)
            self.record_actions.refresh()

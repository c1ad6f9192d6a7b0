"""What the window remembers between two starts, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

from azcn_desktop.errors import UserError
from azcn_desktop.gui.arguments import Arguments
from azcn_desktop.gui.pages import BY_TABLE, TABS, Page
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.window.views import find_view
from azcn_desktop.store.store import Store

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow

_TITLE_BAR = 40
_TRASH = "trash"
"""The view that no start begins with: nobody looks for records among what was thrown away."""


def keep_state(window: MainWindow) -> None:
    """Remember window, pages, filters and selections for the next start."""
    settings = window.parts.settings
    settings.keep("window/geometry", window.saveGeometry())
    settings.keep("window/panes", window.splitter.saveState())
    settings.keep("window/page", window.table)
    settings.keep("window/inspector", int(window.actions_table["inspector"].isChecked()))
    settings.keep("files/last", str(window.workspace.store.path))
    for tab in window.pages.made:  # of the others is remembered what was
        name = BY_TABLE[tab.table].name
        for part, value in tab.state().items():
            settings.keep(f"{name}/{part}", value)
        settings.keep(f"{name}/selected", _uid(window, tab))
        settings.keep(f"{name}/view", window.navigation.views[tab.table].name)
    settings.sync()


def _uid(window: MainWindow, tab: RecordTab) -> str:
    key = tab.current_key()
    record = window.workspace.store.get(tab.table, key) if key is not None else None
    return record.uid if record else ""


def restore_frame(window: MainWindow, arguments: Arguments, as_left: bool) -> None:
    """Bring all but the pages into the state to begin with; what is missing or can't be read is left as it is.

    Args:
        window: the window, not shown yet.
        arguments: what was asked for.
        as_left: begin as the last start ended, wherever nothing else was asked for.
    """
    if as_left:
        _restore_frame(window)
    if arguments.size:
        window.resize(*arguments.size)
    window.view_actions.mark_theme()
    window.actions_table["inspector"].setChecked(not window.room.isHidden())


def _restore_frame(window: MainWindow) -> None:
    settings = window.parts.settings
    if not (geometry := settings.state("window/geometry")).isEmpty():
        window.restoreGeometry(geometry)
    elif QGuiApplication.platformName() != "offscreen":  # its screen is a pretence, smaller than any picture
        room = window.screen().availableSize() - QSize(0, _TITLE_BAR)
        window.resize(window.size().boundedTo(room))
    if not (panes := settings.state("window/panes")).isEmpty():
        window.splitter.restoreState(panes)
    window.actions_table["density"].setChecked(settings.number("view/compact", 0) > 0)
    window.room.setVisible(settings.number("window/inspector", 1) > 0)


def remembered_page(window: MainWindow) -> str:
    """Return the record type of the page that was shown last; the first one if that is not known."""
    table = window.parts.settings.text("window/page")
    return table if table in BY_TABLE else TABS[0].table


def remembered_record(window: MainWindow, table: str) -> int | None:
    """Return the record that was selected on a page; None if it is not known or has gone."""
    uid = window.parts.settings.text(f"{BY_TABLE[table].name}/selected")
    found = window.workspace.store.find_uid(uid) if uid else None
    return found[1] if found and found[0] == table else None


def find_asked(store: Store, identity: str) -> tuple[str, int]:
    """Return record type and id of the record that a start is asked to show.

    Raises:
        UserError: there is none.
    """
    found = store.find_reference(identity) or store.find_uid(identity.strip().upper())
    if found is None:
        raise UserError(f"There is no record {identity} in {store.path}. Give a uid, or a reference id such as M001.")
    return found


def restore_page(window: MainWindow, tab: RecordTab, page: Page) -> None:
    """Bring a page into the state of the last start, as `restore_frame` does."""
    record_type = window.workspace.schema[page.table]
    view = find_view(record_type, window.parts.settings.text(f"{page.name}/view"))
    if view is not None and view.name != _TRASH:
        window.navigation.give_view(tab, view)
    values: dict[str, QByteArray | str] = {}
    for name in RecordTab.STATE_NAMES:
        state = window.parts.settings.state(f"{page.name}/{name}")
        values[name] = state if not state.isEmpty() else window.parts.settings.text(f"{page.name}/{name}")
    tab.restore_state(values)

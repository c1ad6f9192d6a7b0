"""What the window remembers between two starts, and how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication

from azcn_desktop.gui.pages import BY_TABLE, PAGES, TABS, Page
from azcn_desktop.gui.record_tab import RecordTab
from azcn_desktop.gui.views import find_view
from azcn_desktop.store.query import parse_query

if TYPE_CHECKING:
    from azcn_desktop.gui.main_window import MainWindow

_TITLE_BAR = 40
_TRASH = "trash"
"""The view that no start begins with: nobody looks for records among what was thrown away."""


def keep_state(window: MainWindow) -> None:
    """Remember window, pages, filters and selections for the next start."""
    settings = window.parts.settings
    settings.keep("window/geometry", window.saveGeometry())
    settings.keep("window/panes", window.splitter.saveState())
    settings.keep("window/page", window.table)
    settings.keep("window/inspector", int(not window.inspector.isHidden()))
    settings.keep("files/last", str(window.workspace.store.path))
    for page in PAGES:
        for name, value in window.pages[page.table].state().items():
            settings.keep(f"{page.name}/{name}", value)
        settings.keep(f"{page.name}/selected", _uid(window, page.table))
        settings.keep(f"{page.name}/view", window.views[page.table].name)
    settings.sync()


def _uid(window: MainWindow, table: str) -> str:
    key = window.pages[table].current_key()
    record = window.workspace.store.get(table, key) if key is not None else None
    return record.uid if record else ""


def restore_state(window: MainWindow) -> None:
    """Bring the window into the state of the last start; what is missing or can't be read is left as it is."""
    settings = window.parts.settings
    if not (geometry := settings.state("window/geometry")).isEmpty():
        window.restoreGeometry(geometry)
    elif QGuiApplication.platformName() != "offscreen":  # its screen is a pretence, smaller than any picture
        room = window.screen().availableSize() - QSize(0, _TITLE_BAR)
        window.resize(window.size().boundedTo(room))
    if not (panes := settings.state("window/panes")).isEmpty():
        window.splitter.restoreState(panes)
    for page in PAGES:
        _restore_page(window, page)
    is_compact = settings.number("view/compact", 0) > 0
    window.actions_table["density"].setChecked(is_compact)
    window.view_actions.on_density(is_compact)
    window.inspector.setVisible(settings.number("window/inspector", 1) > 0)
    table = settings.text("window/page", TABS[0].table)
    window.show_page(table if table in BY_TABLE else TABS[0].table)
    if found := window.workspace.store.find_uid(settings.text(f"{BY_TABLE[window.table].name}/selected")):
        window.tab.select_key(found[1])


def _restore_page(window: MainWindow, page: Page) -> None:
    record_type = window.workspace.schema[page.table]
    view = find_view(record_type, window.parts.settings.text(f"{page.name}/view"))
    if view is not None and view.name != _TRASH:
        window.views[page.table] = view
        window.pages[page.table].set_view(parse_query(view.query, record_type), view.label)
    names = RecordTab.STATE_NAMES
    values: dict[str, QByteArray | str] = {}
    for name in names:
        state = window.parts.settings.state(f"{page.name}/{name}")
        values[name] = state if not state.isEmpty() else window.parts.settings.text(f"{page.name}/{name}")
    window.pages[page.table].restore_state(values)

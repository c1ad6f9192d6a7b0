"""Pages over the shipped records."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import BY_NAME
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.query import parse_query
from tests.gui.records.page import Page


@pytest.fixture
def open_page(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons):
    def opened(name: str = "meetings", text: str = "") -> Page:
        tab = RecordTab(filled_workspace, light_theme, bare_icons, BY_NAME[name])
        qtbot.addWidget(tab)
        tab.resize(1000, 700)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.set_view(parse_query(text, SCHEMA[tab.table]), "All")
        tab.load()
        return Page(qtbot, tab, filled_workspace)

    return opened


@pytest.fixture
def page(open_page) -> Page:
    return open_page()

"""Chart panels over the shipped records."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.charts.panel import ChartPanel
from azcn_desktop.gui.pages import BY_NAME
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.query import parse_query
from tests.gui.charts.pointing import Maker


@pytest.fixture
def make(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, qapp: QApplication
) -> Maker:
    """Return a function that shows the panel of a tab."""
    light_theme.apply(qapp)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(900, 340)

    def show(name: str) -> ChartPanel:
        panel = ChartPanel(filled_workspace, light_theme, bare_icons, BY_NAME[name], holder)
        panel.setGeometry(0, 0, 900, 340)
        panel.set_query(parse_query("topic:trade" if name == "trade" else "", SCHEMA[BY_NAME[name].table]))
        holder.show()
        panel.show()
        qtbot.waitUntil(lambda: panel.is_ready, timeout=2000)
        return panel

    return show

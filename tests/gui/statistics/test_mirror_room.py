"""The mirror in little room, and rates of months given in it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics.mirror_view import MirrorView
from azcn_desktop.gui.statistics.rate_dialog import RateDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace


@pytest.fixture
def view(qtbot: QtBot, flows_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons) -> MirrorView:
    made = MirrorView(flows_workspace, light_theme, bare_icons)
    qtbot.addWidget(made)
    made.resize(850, 570)
    with qtbot.waitExposed(made):
        made.show()
    made.choose("source_cn", "Yuan office")
    made.choose("direction", "az_imports")
    made.finish()
    return made


def seen(view: MirrorView) -> list[str]:
    return [card.chart.scale for card in view.charts.cards if card.isVisible()]


def test_where_two_currencies_have_no_room_one_is_shown_and_a_switch_leads_to_the_other(
    view: MirrorView, qtbot: QtBot
) -> None:
    assert len(view.charts.shown) == 2
    assert seen(view) == ["USD"]
    button = view.findChild(QPushButton, "mirror-currency-CNY")
    assert button is not None
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert seen(view) == ["CNY"]
    view.resize(1200, 1000)
    assert seen(view) == ["USD", "CNY"]
    assert not button.isVisible()


def test_a_month_may_have_a_rate_and_a_day_may_not(view: MirrorView, flows_workspace: Workspace) -> None:
    dialog = RateDialog(flows_workspace, "CNY", "2024-05-01", view)
    dialog.lines["units_per_usd"].setText("7.1")
    dialog.lines["publisher"].setText("a bank")
    dialog.accept()
    assert "2024-05" in dialog.problems["period"].text()
    dialog.lines["period"].setText("2024-05")
    dialog.accept()
    view.finish()
    assert "1 of 12 months of 2024 have a rate of CNY" in view.head.rates.text()

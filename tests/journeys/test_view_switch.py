"""Journey: the switch between the views of the Trade tab is reached and set by the keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.window.main_window import MainWindow


def tab_to(window: MainWindow, wanted: str, qtbot: QtBot, key: Qt.Key = Qt.Key.Key_Tab, most: int = 60) -> list[str]:
    """Press a key until a widget has the focus; return the names that had it on the way."""
    seen = []
    for _ in range(most):
        qtbot.keyClick(window.focusWidget(), key)
        seen.append(window.focusWidget().objectName())
        if seen[-1] == wanted:
            return seen
    raise AssertionError(seen)


@pytest.mark.parametrize("view", ["figures", "conflicts", "audit", "statistics", "mirror"])
def test_the_tab_key_reaches_the_switch_before_what_stands_under_it(
    open_window, lived_in: Path, qtbot: QtBot, view: str
) -> None:
    window = open_window("--tab", "trade", "--view", view)
    window.sidebar.setFocus()
    seen = tab_to(window, f"trade-view-{view}", qtbot)
    inside = {w.objectName() for w in window.tab.content.findChildren(QWidget)} | {window.tab.content.objectName()}
    assert not [name for name in seen[:-1] if name and (name in inside or name.startswith("filter-text-"))]
    assert tab_to(window, "side-trade", qtbot, Qt.Key.Key_Backtab, 1) == ["side-trade"]


def test_arrows_go_from_view_to_view_and_keep_the_keyboard_in_the_switch(
    open_window, lived_in: Path, qtbot: QtBot
) -> None:
    window = open_window("--tab", "trade")
    window.sidebar.setFocus()
    tab_to(window, "trade-view-figures", qtbot)
    for name in ("conflicts", "audit", "statistics", "mirror"):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
        assert window.focusWidget().objectName() == f"trade-view-{name}"
        assert window.tab.lenses.switch.current == name
        assert window.tab.lens.objectName() == f"trade-{name}"
        assert window.tab.lens.isVisible()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Left)
    assert window.tab.lenses.switch.current == "statistics"
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert window.tab.lens.isAncestorOf(window.focusWidget())

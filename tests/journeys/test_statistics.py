"""Journey: the statistics beside the figures are narrowed down, sorted, edited and exported, and come back as left."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.export_dialog import ExportDialog
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store
from tests.journeys.driving import retype, stored, type_text
from tests.trade.builders import line, take, written

CODES = ("270900", "271000", "081090")


@pytest.fixture
def with_flows(lived_in: Path) -> Path:
    """A user's database with six flows."""
    path = lived_in / "data" / "azcn-desktop" / "azcn.db"
    store = Store(Database.open(path))
    lines = [line(period=str(y), code=c, value=v * 10 + y) for y in (2023, 2024) for v, c in enumerate(CODES)]
    take(store, written(lived_in / "flows.csv", *lines))
    store.close()
    return path


def statistics_of(window: MainWindow, qtbot: QtBot) -> StatisticsView:
    button = window.findChild(QPushButton, "trade-view-statistics")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    view = window.tab.lens
    assert isinstance(view, StatisticsView)
    view.finish()
    return view


def find(view: StatisticsView, text: str, qtbot: QtBot) -> None:
    view.filters.line.setFocus()
    type_text(view.filters.line, text)
    qtbot.keyClick(view.filters.line, Qt.Key.Key_Return)
    view.finish()


def shown(view: StatisticsView, name: str) -> list[str]:
    place = view.model.column_of(name)
    return [view.model.index(row, place).data() for row in range(view.model.rowCount())]


def test_flows_are_narrowed_down_sorted_edited_and_found_again_after_a_restart(
    open_window, with_flows: Path, qtbot: QtBot
) -> None:
    window = open_window("--tab", "trade")
    view = statistics_of(window, qtbot)
    assert not window.inspector.isVisible()
    assert window.tab.filters.isHidden()
    window.actions_table["filter"].trigger()
    assert window.focusWidget() is view.filters.line
    find(view, "27", qtbot)
    assert view.summary == "4 of 6 flows"
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.DescendingOrder)
    view.finish()
    assert shown(view, "value") == ["2,034", "2,033", "2,024", "2,023"]
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(0, view.model.column_of("value")))
    key = view.table.current_key()
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    editor = view.table.findChild(QLineEdit, "input-value")
    assert editor is not None
    retype(editor, "5", qtbot)
    view.finish()
    assert stored(with_flows, "SELECT value FROM trade_flow WHERE id = ?", key) == [(5.0,)]
    assert shown(view, "value") == ["2,033", "2,024", "2,023", "5"]
    window.actions_table["undo"].trigger()
    view.finish()
    assert shown(view, "value")[0] == "2,034"
    assert view.table.current_key() == key
    window.close()
    again = open_window()
    assert isinstance(again.tab.lens, StatisticsView)
    again.tab.finish()
    assert again.tab.lens.summary == "4 of 6 flows"
    assert shown(again.tab.lens, "value")[0] == "2,034"
    assert not again.inspector.isVisible()
    qtbot.mouseClick(again.findChild(QPushButton, "trade-view-figures"), Qt.MouseButton.LeftButton)
    assert again.inspector.isVisible()
    assert again.tab.filters.isVisible()
    assert again.tab.current_key() is not None


def test_a_refusal_speaks_no_longer_once_the_value_was_put_right(open_window, with_flows: Path, qtbot: QtBot) -> None:
    window = open_window("--tab", "trade")
    view = statistics_of(window, qtbot)
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(0, view.model.column_of("value")))
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    message = window.status.findChild(QLabel, "status-message")
    retype(view.table.findChild(QLineEdit, "input-value"), "abc", qtbot)
    assert "abc" in message.text()
    retype(view.table.findChild(QLineEdit, "input-value"), "12.5", qtbot)
    assert message.text() == ""


def test_the_tab_key_leads_from_the_sidebar_through_filters_and_table_to_the_chart(
    open_window, with_flows: Path, qtbot: QtBot
) -> None:
    window = open_window("--tab", "trade")
    view = statistics_of(window, qtbot)
    view.setFocus()
    assert window.focusWidget() is view.table
    window.sidebar.setFocus()
    visited = []
    for _ in range(16):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        visited.append(window.focusWidget().objectName())
    wanted = ["filter-text-statistics", "chip-statistics-period", "table-statistics", "chart-statistics-menu"]
    assert [name for name in visited if name in wanted] == wanted


def test_what_is_shown_is_exported_and_nothing_is_made_by_hand(open_window, with_flows: Path, qtbot: QtBot) -> None:
    window = open_window("--tab", "trade")
    view = statistics_of(window, qtbot)
    find(view, "081090", qtbot)
    before = stored(with_flows, "SELECT count(*) FROM figure")
    window.actions_table["new"].trigger()
    assert stored(with_flows, "SELECT count(*) FROM figure") == before
    assert not window.actions_table["delete"].isEnabled()
    window.actions_table["export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    shown_rows = dialog.findChild(QRadioButton, "export-rows-filtered")
    assert shown_rows is not None
    assert shown_rows.text() == "Shown by the filter (2)"
    assert shown_rows.isChecked()
    target = with_flows.parent / "shown.csv"
    with qtbot.waitSignal(dialog.exported, timeout=10_000):
        dialog.start(target)
    assert [row.count("081090") for row in target.read_text(encoding="utf-8-sig").splitlines()] == [0, 1, 1]
    dialog.close()


def test_a_view_of_the_sidebar_leads_back_to_the_figures(open_window, with_flows: Path, qtbot: QtBot) -> None:
    window = open_window("--tab", "trade", "--view", "statistics")
    assert isinstance(window.tab.lens, StatisticsView)
    window.sidebar.view_chosen.emit(window.navigation.views["figure"])
    assert window.tab.lens is None
    assert window.inspector.record is not None

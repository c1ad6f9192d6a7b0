"""A chart is read by pointer, keyboard and screen reader, and its switches show another picture."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import parse_query
from tests.gui.charts.pointing import Maker, click, move, place


def test_arrow_keys_step_through_points_and_read_them_out(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.read_out.text.splitlines()[:2] == ["$1.5 m", "1992"]
    assert "ADA University" in panel.view.read_out.text
    assert panel.view.accessibleDescription().startswith("$1.5 m; 1992")
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    first = panel.view.stop
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.view.stop is not first
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.stop is first
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert panel.view.read_out.isHidden()


def test_enter_opens_the_record_of_the_point(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    stop = panel.view.stop
    assert stop is not None
    assert stop.point is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert blocker.args == ["figure", stop.point.keys[0]]


def test_read_out_tells_hedge_side_and_how_many_others(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.point and s.point.value == "nearly $1.3 bn")
    move(panel, place(panel, stop))
    lines = panel.view.read_out.text.splitlines()
    assert lines[:4] == ["nearly $1.3 bn", "2017", "Azerbaijani statistics", "3 other figures"]
    assert lines[4].startswith("Source: ")


def test_click_on_a_point_opens_its_record(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.point and s.point.period == "2025")
    assert stop.point is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        click(panel, place(panel, stop))
    assert blocker.args == ["figure", stop.point.keys[0]]


def test_click_on_an_event_opens_the_meeting(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.event and s.event.label == "Summit, Samarkand")
    assert stop.event is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        click(panel, place(panel, stop))
    assert blocker.args == ["meeting", stop.event.key]


def test_a_bar_of_several_records_asks_which(make: Maker, qtbot: QtBot) -> None:
    panel = make("meetings")
    stop = next(s for s in panel.view._stops if s.point and len(s.point.keys) > 3)
    assert stop.point is not None
    panel.view.opened.emit([stop])
    menu = panel.findChild(QMenu, "chart-meetings-records")
    assert menu is not None
    assert len(menu.actions()) == len(stop.point.keys)
    with qtbot.waitSignal(panel.record_requested) as blocker:
        menu.actions()[1].trigger()
    assert blocker.args == ["meeting", stop.point.keys[1]]
    menu.close()


def test_switches_change_the_picture(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    growth = panel.findChild(QPushButton, "chart-trade-measure-growth")
    part = panel.findChild(QPushButton, "chart-trade-span-part")
    assert growth is not None
    assert part is not None
    qtbot.mouseClick(growth, Qt.MouseButton.LeftButton)
    assert panel.chart is not None
    assert panel.chart.title == "Growth of turnover, by year"
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert panel.chart.title == "Growth of turnover, parts of years"
    assert growth.isChecked()


def test_other_figures_are_shown_by_chip_or_menu(make: Maker) -> None:
    panel = make("trade")
    chip = panel.findChild(QPushButton, "chart-trade-others-shown")
    assert chip is not None
    chip.click()
    assert panel.chart is not None
    assert panel.chart.series[0].label == "Other figures"
    action = panel._toggles["others"]
    assert action.isChecked()
    action.trigger()
    assert panel.chart.series[0].label == "Azerbaijani statistics"
    assert not chip.isChecked()


def test_measures_are_chosen_from_a_list(make: Maker) -> None:
    panel = make("trade")
    panel.set_query(parse_query("topic:investment", SCHEMA["figure"]))
    panel.finish()
    chooser = panel.findChild(QComboBox, "chart-trade-investment")
    assert chooser is not None
    row = chooser.findData("Direct investment|USD")
    chooser.setCurrentIndex(row)
    chooser.activated.emit(row)
    assert panel.chart is not None
    assert panel.chart.title == "Direct investment"


def test_t_shows_the_values_as_a_table_and_enter_opens_a_row(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    QAbstractItemModelTester(panel._values.values, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    assert panel._stack.currentWidget() is panel._values
    model = panel._values.values
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == "2024")
    assert [model.index(row, column).data() for column in (1, 2, 3)] == [
        "Azerbaijani statistics", "3,744,000,000", "$3.744 bn",
    ]  # fmt: skip
    panel._values.setCurrentIndex(model.index(row, 0))
    with qtbot.waitSignal(panel.record_requested) as blocker:
        qtbot.keyClick(panel._values, Qt.Key.Key_Return)
    assert blocker.args == ["figure", model.keys(row)[0]]
    qtbot.keyClick(panel._values, Qt.Key.Key_T)
    assert panel._stack.currentWidget() is panel.view


def test_markup_in_a_record_stays_text(make: Maker, filled_workspace: Workspace, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.event and s.event.label == "Summit, Samarkand")
    assert stop.event is not None
    title = "<b>Samarkand</b> & <img src=x>"
    store = filled_workspace.store
    filled_workspace.apply(edits.edit_field(store, "meeting", stop.event.key, "title", {"title": title}))
    panel.finish()
    stop = next(s for s in panel.view._stops if s.event and s.event.title == title)
    move(panel, place(panel, stop))
    assert panel.view.read_out.text.startswith(title)
    assert panel.view.read_out._head.textFormat() == Qt.TextFormat.PlainText

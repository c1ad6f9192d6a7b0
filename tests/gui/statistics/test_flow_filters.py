"""What narrows the table of flows down: text, chips, periods, menus and charts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.records.filter_popups import ChoicePopup
from azcn_desktop.gui.statistics.flow_chips import PeriodPopup, read_period
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.flows.query import FlowQuery
from tests.gui.statistics.flow_view import column, row_with, type_text


def test_text_finds_beginnings_of_codes_and_the_count_is_exact(view: StatisticsView) -> None:
    assert view.summary == "10 flows"
    type_text(view, "27")
    assert set(column(view, "code")) == {"270900", "271000"}
    assert view.summary == "5 of 10 flows"
    type_text(view, "99")
    assert view.model.rowCount() == 0
    assert view.table.empty_state.text == "No flows match these filters"
    view.table.empty_state.clear_requested.emit()
    assert view.summary == "10 flows"


def test_chips_narrow_down_with_counts_and_say_what_is_chosen(view: StatisticsView, qtbot: QtBot) -> None:
    chip = view.filters.chips["flows"]
    chip.click()
    popup = chip.popup
    assert isinstance(popup, ChoicePopup)
    assert popup.box("M").accessibleName() == "Import, 9"
    popup.box("X").click()
    popup.close()
    assert chip.text().startswith("Flow: Export")
    assert view.summary == "1 of 10 flows"
    view.filters.chips["period"].choose(["2023", "2023"])
    assert view.summary == "0 of 10 flows"
    view.filters.clear()
    assert view.filters.query == FlowQuery()


def test_periods_are_typed_as_people_write_them(view: StatisticsView, qtbot: QtBot) -> None:
    read = {text: read_period(text) for text in ("2024", "2024q3", "2024-05", "202405", "", "20245", "2024Q5")}
    assert list(read.values()) == ["2024", "2024Q3", "202405", "202405", "", None, None]
    chip = view.filters.chips["period"]
    chip.click()
    popup = chip.popup
    assert isinstance(popup, PeriodPopup)
    qtbot.keyClicks(popup.first, "2024")
    popup.close()
    assert view.filters.query.since == "2024"
    assert set(column(view, "period")) == {"2024"}


def test_a_menu_narrows_down_to_what_a_cell_holds(view: StatisticsView, qtbot: QtBot) -> None:
    row = row_with(view, flow="X")
    view.table.setCurrentIndex(view.model.index(row, view.model.column_of("flow")))
    menu = view.table.cell_menu(view.table.currentIndex())
    next(action for action in menu.actions() if action.text() == "Only “Export”").trigger()
    menu.deleteLater()
    assert view.summary == "1 of 10 flows"


def test_an_empty_file_says_how_flows_come_into_it(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner
) -> None:
    view = StatisticsView(empty_workspace, light_theme, bare_icons, jobs)
    qtbot.addWidget(view)
    view.show()
    assert view.table.empty_state.text == "No statistics yet"
    assert view.table.empty_state.isVisible()
    assert view.passport.isHidden()
    type_text(view, "27")
    assert view.table.empty_state.text == "No statistics yet"


def test_filters_and_columns_come_back(
    qtbot: QtBot, view: StatisticsView, filled: Workspace, light_theme: ThemeController, bare_icons: Icons,
    jobs: JobRunner,
) -> None:  # fmt: skip
    type_text(view, "27")
    view.filters.chips["flows"].choose(["M"])
    view.table.columns.set_shown("dataset", True)
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.DescendingOrder)
    view.finish()
    other = StatisticsView(filled, light_theme, bare_icons, jobs)
    qtbot.addWidget(other)
    other.restore_state("no state at all")
    other.restore_state(view.state())
    other.show()
    other.finish()
    assert other.flow_query == view.flow_query == FlowQuery(text="27", flows=("M",), sort="-value")
    assert other.summary == "4 of 10 flows"
    assert not other.table.isColumnHidden(other.model.column_of("dataset"))


def test_a_chart_that_is_clicked_narrows_the_table(view: StatisticsView) -> None:
    view.filters.narrow((("text", "2709"), ("flows", "M"), ("since", "2024"), ("until", "2024")))
    assert view.filters.query == FlowQuery(text="2709", flows=("M",), since="2024", until="2024")
    assert view.summary == "1 of 10 flows"
    view.filters.narrow((("flows", ""),))
    assert view.summary == "2 of 10 flows"


def test_filters_that_a_chart_set_have_a_way_back_until_another_is_set(view: StatisticsView, qtbot: QtBot) -> None:
    back = view.filters.findChild(QAbstractButton, "filters-before-statistics")
    assert back is not None
    type_text(view, "27")
    assert back.isHidden()
    view.filters.narrow([("text", "270900"), ("flows", "X"), ("since", "2024"), ("until", "2024")])
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert view.filters.query == FlowQuery(text="27")
    assert back.isHidden()
    view.filters.narrow([("flows", "X")])
    type_text(view, "2709")
    assert back.isHidden()

"""The table of flows opens with the newest period and all goods first, shows that in its header, and keeps a sort."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace

DOWN, UP = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder


@pytest.fixture
def view(
    qtbot: QtBot, flows_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner
) -> StatisticsView:
    return shown(StatisticsView(flows_workspace, light_theme, bare_icons, jobs), qtbot)


def shown(view: StatisticsView, qtbot: QtBot) -> StatisticsView:
    qtbot.addWidget(view)
    view.resize(1100, 700)
    with qtbot.waitExposed(view):
        view.show()
    view.finish()
    return view


def indicator(view: StatisticsView) -> tuple[str, Qt.SortOrder]:
    header = view.table.horizontalHeader()
    return view.model.name_at(header.sortIndicatorSection()), header.sortIndicatorOrder()


def texts(view: StatisticsView, name: str) -> list[str]:
    place = view.model.column_of(name)
    return [view.model.index(row, place).data() for row in range(view.model.rowCount())]


def click(view: StatisticsView, name: str, qtbot: QtBot) -> None:
    header = view.table.horizontalHeader()
    section = view.model.column_of(name)
    where = header.viewport().rect().center()
    where.setX(header.sectionViewportPosition(section) + header.sectionSize(section) // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    view.finish()


def test_the_newest_period_and_all_goods_come_first_under_an_arrow(view: StatisticsView) -> None:
    assert indicator(view) == ("period", DOWN)
    assert (texts(view, "period")[0], texts(view, "period")[-1]) == ("2024", "2022")
    assert texts(view, "code")[:5] == ["TOTAL"] * 4 + ["270900"]


def test_a_header_turns_the_order_of_the_opening_round_and_another_sort_leads_back_to_it(
    view: StatisticsView, qtbot: QtBot
) -> None:
    click(view, "period", qtbot)
    assert indicator(view) == ("period", UP)
    assert texts(view, "period")[0] == "2022"
    click(view, "period", qtbot)
    assert indicator(view) == ("period", DOWN)
    for wanted in (("value", UP), ("value", DOWN), ("period", DOWN)):
        click(view, "value", qtbot)
        assert indicator(view) == wanted


def test_a_sort_is_found_again_and_one_that_was_never_chosen_is_that_of_the_opening(
    view: StatisticsView, qtbot: QtBot, flows_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons,
    jobs: JobRunner,
) -> None:  # fmt: skip
    click(view, "value", qtbot)
    kept = view.state()
    for state, wanted in (
        (kept, ("value", UP)), (kept.replace(r"\"sort\": \"value\"", r"\"sort\": \"\""), ("period", DOWN))
    ):  # fmt: skip
        again = StatisticsView(flows_workspace, light_theme, bare_icons, jobs)
        again.restore_state(state)
        assert indicator(shown(again, qtbot)) == wanted


def test_words_keep_the_newest_period_first(view: StatisticsView, qtbot: QtBot) -> None:
    for text in ("27", "2709", "petroleum"):
        view.filters.line.setText(text)
        view.filters.line.returnPressed.emit()
        view.finish()
        assert view.filters.query.text == text
        assert texts(view, "period") == sorted(texts(view, "period"), reverse=True)
        assert texts(view, "period")[0] == "2024"


def test_all_flows_as_they_open_are_exported_as_all(view: StatisticsView) -> None:
    choice = view.export_choice()
    assert choice is not None
    assert choice.shown is None


def edit(view: StatisticsView, name: str, text: str) -> None:
    view.model.commit(view.model.index(view.table.currentIndex().row(), view.model.column_of(name)), text)
    view.finish()


def test_a_flow_that_an_edit_takes_out_of_the_filters_is_told_of_with_the_way_to_see_it(
    view: StatisticsView, flows_workspace: Workspace
) -> None:
    told: list[tuple[str, bool]] = []
    view.message.connect(lambda words, is_problem: told.append((words, is_problem)))
    view.filters.narrow((("since", "2023"), ("until", "2023")))
    view.finish()
    view.table.go_to(3)
    key, number = view.table.current_key(), view.model.rowCount()
    edit(view, "value", "5")
    assert told == []
    edit(view, "period", "2021")
    assert view.model.rowCount() == number - 1
    assert [is_problem for _, is_problem in told] == [False]
    assert "outside the filters" in told[0][0]
    assert "clear them to see it, or undo" in told[0][0]
    flows_workspace.undo()
    view.finish()
    assert (view.model.row_of(key) >= 0, len(told)) == (True, 1)
    edit(view, "period", "2021")
    view.filters.clear()
    view.finish()
    assert view.model.row_of(key) >= 0

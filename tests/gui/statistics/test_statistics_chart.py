"""The chart of statistics: it draws the query of the table, leads down the codes and back, and narrows the table."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QToolButton
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.gui.charts.treemap_view import TreemapView
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.statistics import chart_pane
from azcn_desktop.gui.statistics.chart_pane import StatisticsChart, narrowing_pairs
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.flows.query import FlowQuery
from tests.trade.builders import line, take, written

VIEWS = ("totals", "balance", "products", "treemap", "product", "concentration")


@pytest.fixture
def chart(
    qtbot: QtBot, flows_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, qapp: QApplication,
    jobs: JobRunner,
) -> StatisticsChart:  # fmt: skip
    light_theme.apply(qapp)
    made = StatisticsChart(flows_workspace, light_theme, bare_icons, None, jobs)
    qtbot.addWidget(made)
    made.resize(1000, 420)
    made.show()
    made.finish()
    return made


def shown(chart: StatisticsChart) -> Chart:
    assert isinstance(chart.chart, Chart)
    return chart.chart


def press(chart: StatisticsChart, qtbot: QtBot, *keys: Qt.Key) -> None:
    chart.view.setFocus()
    for key in keys:
        qtbot.keyClick(chart.view, key)


def test_every_view_is_drawn_and_whatever_can_be_pressed_has_a_name(chart: StatisticsChart) -> None:
    for view in VIEWS:
        chart.choose("view", view)
        assert chart.chart is not None
        assert chart.chart.title
        buttons = [b for b in chart.findChildren(QAbstractButton) if b.isVisible()]
        assert [b for b in buttons if not b.accessibleName() or not b.objectName()] == []
        assert chart.view.accessibleName() == "Chart of statistics"


def test_it_draws_the_query_whatever_its_order(chart: StatisticsChart) -> None:
    chart.set_query(FlowQuery(reporters=("AZ",)))
    chart.finish()
    assert [series.label for series in shown(chart).series] == ["Azerbaijan: imports from China"]
    drawn = []
    chart.drawn.connect(lambda: drawn.append(1))
    chart.set_query(FlowQuery(reporters=("AZ",), sort="-value"))
    assert drawn == []
    assert chart.is_ready


def test_an_opened_mark_narrows_the_table_to_the_flows_behind_it(chart: StatisticsChart, qtbot: QtBot) -> None:
    chart.set_query(FlowQuery(reporters=("AZ",)))
    chart.finish()
    with qtbot.waitSignal(chart.narrowed) as narrowed:
        press(chart, qtbot, Qt.Key.Key_End, Qt.Key.Key_Return)
    parts = dict(narrowed.args[0])
    assert (parts["since"], parts["until"], parts["publishers"], parts["levels"]) == (
        "2024",
        "2024",
        "Baku office",
        "0",
    )


def test_both_flows_of_a_balance_leave_the_part_open() -> None:
    pairs = (("since", "2024"), ("flows", "X"), ("flows", "M"), ("text", "27"), ("text", "2709"), ("under", "27"))
    assert narrowing_pairs(pairs) == (("since", "2024"), ("flows", ""), ("text", "2709"))


def test_products_lead_down_to_six_digits_and_back(chart: StatisticsChart, qtbot: QtBot) -> None:
    chart.choose("view", "products")
    press(chart, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    press(chart, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert [code for code, _ in chart.way.crumbs] == ["", "27", "2709"]
    assert shown(chart).categories[0].startswith("270900")
    assert chart.way.isVisible()
    with qtbot.waitSignal(chart.narrowed) as narrowed:
        press(chart, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert dict(narrowed.args[0])["text"] == "270900"
    press(chart, qtbot, Qt.Key.Key_Backspace)
    assert [code for code, _ in chart.way.crumbs] == ["", "27"]
    chart.view.setFocus()
    qtbot.keyClick(chart.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert chart.way.isHidden()
    assert shown(chart).categories[0].startswith("27 Mineral fuels")


def test_the_way_is_made_of_buttons_and_can_be_taken_to_the_table(chart: StatisticsChart, qtbot: QtBot) -> None:
    chart.choose("view", "treemap")
    chart.go_to("27")
    with qtbot.waitSignal(chart.narrowed) as narrowed:
        chart.findChild(QAbstractButton, "chart-statistics-narrow").click()
    assert dict(narrowed.args[0])["text"] == "27"
    chart.findChild(QToolButton, "chart-statistics-up").click()
    assert isinstance(chart.chart, Treemap)
    assert chart.chart.under == ""


def test_a_tile_is_opened_by_the_keyboard_and_a_row_of_the_table_as_well(chart: StatisticsChart, qtbot: QtBot) -> None:
    chart.choose("view", "treemap")
    assert isinstance(chart.view, TreemapView)
    press(chart, qtbot, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert chart.chart is not None
    assert chart.way.crumbs[-1][0] == "27"
    press(chart, qtbot, Qt.Key.Key_T)
    chart.row_opened.emit(0)
    assert chart.way.crumbs[-1][0] == "2709"


def test_it_follows_an_import_only_while_it_is_seen(
    chart: StatisticsChart, flows_workspace: Workspace, tmp_path: Path
) -> None:
    before = max(float(s.y.max()) for s in shown(chart).series)
    more = line(publisher="Baku office", period="2025", code="TOTAL", value=before * 2)
    chart.hide()
    flows_workspace.tell(take(flows_workspace.store, written(tmp_path / "more.csv", more)))
    assert max(float(s.y.max()) for s in shown(chart).series) == before
    chart.show()
    assert max(float(s.y.max()) for s in shown(chart).series) == before * 2


def test_words_are_looked_for_by_the_worker_while_the_last_picture_stays(chart: StatisticsChart, qtbot: QtBot) -> None:
    title = shown(chart).title
    chart.set_query(FlowQuery(text="smartphones"))
    assert shown(chart).title == title
    assert chart._unit.text() == "…"
    assert not chart.is_ready
    qtbot.waitUntil(lambda: chart.is_ready, timeout=3000)
    assert "smartphones" in shown(chart).title
    assert chart._unit.text() == shown(chart).unit


def test_among_many_flows_a_picture_is_drawn_by_the_worker_until_it_is_known_to_be_quick(
    chart: StatisticsChart, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_pane, "LARGE", 0)
    chart.choose("view", "treemap")
    assert not chart.is_ready
    qtbot.waitUntil(lambda: chart.is_ready, timeout=3000)
    monkeypatch.setattr(chart_pane, "SLOW_S", 60)
    chart.choose("view", "treemap")
    assert chart.is_ready
    monkeypatch.setattr(chart_pane, "SLOW_S", 0)
    chart.choose("view", "treemap")
    assert not chart.is_ready


def test_what_a_worker_draws_too_late_is_not_shown(chart: StatisticsChart, qtbot: QtBot) -> None:
    titles: list[str] = []
    chart.drawn.connect(lambda: titles.append(shown(chart).title))
    chart.set_query(FlowQuery(text="smartphones"))
    chart.set_query(FlowQuery(text="27"))
    chart.finish()
    qtbot.wait(150)
    assert titles[-1] == shown(chart).title
    assert not any("smartphones" in title for title in titles)


def test_a_picture_of_percent_is_painted_after_one_of_billions(chart: StatisticsChart, qtbot: QtBot) -> None:
    """What covers the plot area is worked out anew with its range; else nothing would be painted at all."""
    chart.grab()
    chart.choose("view", "concentration")
    assert isinstance(chart.view, ChartView)
    curve = next(curve for curve in chart.view._curves if curve.isVisible())
    chart.grab()
    assert curve.boundingRect().height() == pytest.approx(chart.view._box.viewRect().height())


@pytest.mark.parametrize("view", ["totals", "treemap"])
def test_it_is_saved_in_every_format(chart: StatisticsChart, view: str, tmp_path: Path) -> None:
    chart.choose("view", view)
    for ending in ("png", "svg", "pdf", "csv"):
        path = tmp_path / f"{view}.{ending}"
        chart.save(path)
        assert path.stat().st_size > 200
    assert "Azerbaijan" in (tmp_path / f"{view}.svg").read_text(encoding="utf-8")


def test_a_file_without_statistics_says_what_would_make_a_picture(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    made = StatisticsChart(empty_workspace, light_theme, bare_icons)
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    for view in VIEWS:
        made.choose("view", view)
        assert made._stack.currentWidget() is made._empty
        assert "Import" in made._empty.text()


@pytest.mark.parametrize("view", VIEWS)
def test_filters_that_leave_nothing_are_named_as_the_reason_and_not_a_missing_import(
    chart: StatisticsChart, view: str
) -> None:
    chart.choose("view", view)
    chart.set_query(FlowQuery(text="99"))
    chart.finish()
    assert chart._stack.currentWidget() is chart._empty
    assert "filters" in chart._empty.text()
    assert "Import" not in chart._empty.text()

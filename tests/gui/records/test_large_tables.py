"""Tables so large that the worker reads them: the same rows, counts and pictures, a moment later."""

import datetime
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.gui.charts.panel import ChartPanel
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.pages import BY_NAME
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.sidebar import Sidebar
from azcn_desktop.gui.window.status_line import StatusLine
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store import store as store_module
from azcn_desktop.store.query import Query, parse_query


@pytest.fixture(autouse=True)
def _all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "LARGE", 10)


@pytest.fixture
def tab(
    filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner, qtbot: QtBot
) -> Iterator[RecordTab]:
    made = RecordTab(filled_workspace, light_theme, bare_icons, BY_NAME["meetings"], None, jobs)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    made.set_view(Query("meeting"), "All meetings")
    made.load()
    yield made
    made.close()


def settled(tab: RecordTab, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not tab.records.is_waiting and not tab.filters._reading.is_busy)


def test_rows_and_counts_come_from_the_worker(tab: RecordTab, qtbot: QtBot) -> None:
    assert tab.records.rowCount() == 0
    assert tab.view.empty_state.isVisible()
    assert tab.view.empty_state.text == "Looking for meetings…"
    settled(tab, qtbot)
    assert tab.records.rowCount() == 108
    assert tab.filters._count.text() == "108"
    assert tab.current_key() == tab.records.keys[0]


def test_old_rows_stay_until_those_of_the_new_filter_are_there(tab: RecordTab, qtbot: QtBot) -> None:
    settled(tab, qtbot)
    tab.filters.line.setText("baki")
    tab.filters._on_debounce_timeout()
    assert tab.records.rowCount() == 108
    settled(tab, qtbot)
    assert tab.records.keys == tab._workspace.store.keys(parse_query("baki", SCHEMA["meeting"]))
    assert tab.filters._count.text() == f"{tab.records.rowCount()} of 108"


def test_a_bad_filter_is_refused_at_once_and_the_rows_stay(tab: RecordTab, qtbot: QtBot) -> None:
    settled(tab, qtbot)
    tab.filters.line.setText("date:>=nonsense")
    tab.filters._on_debounce_timeout()
    assert tab.filters.problem
    assert not tab.records.is_waiting
    assert tab.records.rowCount() == 108


def test_a_record_is_current_before_its_row_is_there(tab: RecordTab, qtbot: QtBot) -> None:
    last = tab._workspace.store.keys(tab.query)[-1]
    assert tab.records.is_waiting
    assert tab.select_key(last)
    assert (tab.current_key(), tab.selected_keys()) == (last, [last])
    settled(tab, qtbot)
    assert tab.current_key() == last
    assert tab.view.currentIndex().row() == 107


def test_a_record_outside_the_view_is_not_waited_for(tab: RecordTab) -> None:
    assert not tab.select_key(999_999)


def test_a_new_record_is_found_among_rows_still_to_come(tab: RecordTab, qtbot: QtBot) -> None:
    settled(tab, qtbot)
    workspace = tab._workspace
    key = workspace.apply(edits.create(workspace.store, "meeting", {"title": "Talks", "date": "2026"})).new_keys[-1]
    assert tab.select_key(key)
    settled(tab, qtbot)
    assert tab.current_key() == key
    assert tab.view.currentIndex().row() == tab.records.keys.index(key)


def test_an_edit_shows_at_once_and_its_row_moves_later(tab: RecordTab, qtbot: QtBot) -> None:
    settled(tab, qtbot)
    column, key = tab.records.column_of("title"), tab.records.keys[0]
    tab.view.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    settled(tab, qtbot)
    row = tab.records.row_of(key)
    assert tab.records.commit(tab.records.index(row, column), "Zzz, the last of all").is_written
    assert tab.records.data(tab.records.index(row, column)) == "Zzz, the last of all"
    settled(tab, qtbot)
    assert tab.records.row_of(key) == 107


def test_the_picture_stays_until_the_worker_has_drawn_the_next(
    tab: RecordTab, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner, qtbot: QtBot
) -> None:
    chart = ChartPanel(tab._workspace, light_theme, bare_icons, BY_NAME["meetings"], tab, jobs)
    tab.attach_chart(chart)
    chart.show()
    settled(tab, qtbot)
    qtbot.waitUntil(lambda: chart.is_ready)
    before = chart.chart
    tab.filters.line.setText("year:2024")
    tab.filters._on_debounce_timeout()
    assert chart.chart is before
    assert not chart.is_ready
    qtbot.waitUntil(lambda: chart.is_ready)
    wanted = CHARTS["meeting"].draw(tab._workspace.store, tab.query, {}, datetime.date(2026, 1, 1))
    assert [series.points for series in chart.chart.series] == [series.points for series in wanted.series]


def test_the_sidebar_shows_its_lines_first_and_their_counts_later(
    filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner, qtbot: QtBot
) -> None:
    sidebar = Sidebar(filled_workspace, light_theme, bare_icons, None, jobs)
    qtbot.addWidget(sidebar)
    sidebar.show_page(BY_NAME["meetings"])
    assert sidebar.items[0].text() == "All meetings"
    assert sidebar.items[0].count is None
    qtbot.waitUntil(lambda: sidebar.items[0].count == 108)
    filled_workspace.apply(edits.to_trash(filled_workspace.store, "meeting", [1]))
    qtbot.waitUntil(lambda: sidebar.items[0].count == 107)


def test_the_status_line_names_the_file_first_and_counts_later(
    filled_workspace: Workspace, jobs: JobRunner, qtbot: QtBot
) -> None:
    line = StatusLine(filled_workspace, None, jobs)
    qtbot.addWidget(line)
    line.refresh()
    assert line._file.text() == "filled.azcn"
    qtbot.waitUntil(lambda: line._file.text().startswith("filled.azcn · 108 meetings, 70 agreements"))

"""What a start makes before its first paint, and that nobody can tell from what comes after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabBar, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui import application
from azcn_desktop.gui.application import begin
from azcn_desktop.gui.arguments import parse_arguments
from azcn_desktop.gui.pages import PAGES, TABS
from azcn_desktop.gui.window.main_window import MainWindow
from tests.journeys.conftest import OpenWindow
from tests.journeys.driving import filter_by, rows_of


@pytest.fixture
def begin_window(qtbot: QtBot, home: Path) -> Iterator[OpenWindow]:
    """Begin windows as `main.py` does, not shown and with nothing but what the first paint needs."""
    begun: list[MainWindow] = []

    def start(*argv: str) -> MainWindow:
        begun.append(begin(parse_arguments(argv)))
        return begun[-1]

    yield start
    for window in begun:
        window.close()
        window.deleteLater()


def made(window: MainWindow) -> set[str]:
    return {tab.table for tab in window.pages.made}


def test_only_the_page_that_is_seen_is_made_at_first(begin_window, database: Path) -> None:
    assert made(begin_window("--db", str(database))) == {"meeting"}
    assert made(begin_window("--db", str(database), "--tab", "trade")) == {"figure"}
    trade = begin_window("--db", str(database), "--tab", "trade", "--view", "statistics")
    assert trade.findChild(QTabBar, "tab-bar").currentIndex() == [page.name for page in TABS].index("trade")
    window = begin_window("--db", str(database), "--tab", "trade", "--select", "M001")
    assert made(window) == {"meeting"}
    assert window.inspector.record is not None
    assert window.inspector.record.key == window.tab.current_key()


def test_the_rest_follows_by_itself_after_the_first_paint(begin_window, database: Path, qtbot: QtBot) -> None:
    window = begin_window("--db", str(database))
    window.show()
    qtbot.waitUntil(lambda: made(window) == {page.table for page in PAGES}, timeout=30_000)
    assert window.parts.icons.is_loaded
    for page in TABS:
        assert hasattr(window.pages[page.table].chart, "set_query"), page.name
    assert window.table == "meeting"


def test_pages_that_are_made_later_leave_the_keyboard_where_it_is(begin_window, database: Path, qtbot: QtBot) -> None:
    window = begin_window("--db", str(database))
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(window.tab.view.hasFocus)
    qtbot.waitUntil(lambda: made(window) == {page.table for page in PAGES}, timeout=30_000)
    window.finish_loading()
    assert window.tab.view.hasFocus()
    qtbot.keyClick(window, "2", Qt.KeyboardModifier.ControlModifier)
    assert window.table == "agreement"
    assert window.tab.view.hasFocus(), "the table of a page that is seen for the first time takes the keyboard"


def test_a_tab_that_is_clicked_before_the_rest_is_there_shows_its_page(
    begin_window, database: Path, qtbot: QtBot
) -> None:
    window = begin_window("--db", str(database))
    window.show()
    tabs = window.findChild(QTabBar, "tab-bar")
    assert tabs is not None
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert window.table == "project"
    assert rows_of(window, "projects") == 72
    window.actions_table["back"].trigger()
    assert window.table == "meeting"
    assert made(window) == {"meeting", "project"}


def test_a_page_that_is_made_after_another_file_was_opened_shows_that_file(
    begin_window, database: Path, tmp_path: Path
) -> None:
    window = begin_window("--db", str(database))
    other = Path(shutil.copyfile(database, tmp_path / "other.db"))
    window.pages["agreement"].load()
    window.tab.select_key(window.tab.records.keys[0])
    window.record_actions.on_delete()
    window.file_actions.open(other)
    window.show_page("project")
    assert (rows_of(window, "meetings"), rows_of(window, "projects")) == (108, 72)


def test_closing_before_the_rest_is_there_forgets_nothing_of_it(
    open_window, begin_window, lived_in: Path, qtbot: QtBot
) -> None:
    window = open_window()
    window.show_page("agreement")
    filter_by(window, "memorandum", qtbot)
    qtbot.waitUntil(lambda: rows_of(window, "agreements") < 70)
    shown = rows_of(window, "agreements")
    window.show_page("meeting")
    window.close()
    in_between = begin_window()
    in_between.show()
    assert made(in_between) == {"meeting"}
    in_between.close()
    again = begin_window()
    again.show_page("agreement")
    assert rows_of(again, "agreements") == shown


def test_flows_are_on_the_screen_before_the_charts_are_imported(
    begin_window, database: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    load = application.load_late_parts
    monkeypatch.setattr(application, "load_late_parts", lambda: seen.append(window.tab.lens) or load())
    window = begin_window("--db", str(database), "--tab", "trade", "--view", "statistics")
    window.show()
    qtbot.waitUntil(lambda: bool(seen))
    window.finish_loading()
    assert seen == [window.tab.lens]
    assert window.findChild(QWidget, "chart-statistics") is seen[0].chart

"""What a start makes before its first paint, and that nobody can tell from what comes after it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui import application
from azcn_desktop.gui.application import begin
from azcn_desktop.gui.arguments import parse_arguments
from azcn_desktop.gui.pages import PAGES, TABS
from azcn_desktop.gui.window.main_window import MainWindow
from tests.journeys.conftest import OpenWindow
from tests.journeys.driving import filter_by, rows_of

_LEAST_LINE = 20
"""Pixels of a line of the inspector in which its text is whole."""


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


def is_shown(window: MainWindow) -> bool:
    inspector = window.findChild(QWidget, "inspector")
    return inspector is not None and inspector.isVisible()


def test_the_first_paint_does_not_wait_for_the_inspector(begin_window, database: Path, qtbot: QtBot) -> None:
    window = begin_window("--db", str(database), "--select", "M002")
    seen = Paints(window.tab.view.viewport())
    window.show()
    qtbot.waitUntil(lambda: bool(seen.moments))
    assert seen.moments[0] == (108, True, False)
    titles = [label.text() for label in window.room.findChildren(QLabel) if label.isVisible()]
    record = window.workspace.store.get("meeting", window.tab.current_key())
    assert titles == [record.title]
    qtbot.waitUntil(lambda: is_shown(window))
    assert window.inspector.record == record
    assert window.inspector.form.rows["title"].editor.text() == record.values["title"]
    assert window.tab.view.hasFocus()


class Paints(QObject):
    """What stood in a window whenever its table was painted: rows, whether one was selected, and the inspector."""

    def __init__(self, table: QWidget) -> None:
        super().__init__(table)
        self.moments: list[tuple[int, bool, bool]] = []
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            window = watched.window()
            view = window.tab.view
            self.moments.append((view.model().rowCount(), view.current_key() is not None, is_shown(window)))
        return False


@pytest.fixture
def painted(begin_window, database: Path, qtbot: QtBot) -> MainWindow:
    """A window that has been painted, and whose inspector has not begun to come."""
    window = begin_window("--db", str(database))
    seen = Paints(window.tab.view.viewport())
    with qtbot.waitActive(window):
        window.show()
    while not seen.moments:
        QApplication.processEvents()
    assert not is_shown(window)
    return window


def test_keys_in_the_table_work_before_the_inspector_is_there(painted: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(painted.tab.view, Qt.Key.Key_Down)
    qtbot.keyClick(painted.tab.view, Qt.Key.Key_Down)
    assert painted.tab.current_key() == painted.tab.records.keys[2]
    assert not is_shown(painted)
    qtbot.waitUntil(lambda: is_shown(painted))
    assert painted.inspector.record.key == painted.tab.records.keys[2]
    assert painted.tab.view.hasFocus()


def test_keys_that_lead_into_the_inspector_find_it_whole(painted: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(painted.tab.view, Qt.Key.Key_Return)
    title = painted.findChild(QWidget, "field-title")
    assert title.hasFocus()
    qtbot.keyClicks(title, "New words")
    qtbot.keyClick(title, Qt.Key.Key_Return)
    key = painted.tab.current_key()
    assert painted.workspace.store.get("meeting", key).values["title"] == "New words"
    assert painted.inspector.record.key == key


def test_a_cell_that_is_edited_before_the_inspector_is_there_is_shown_as_edited(
    painted: MainWindow, qtbot: QtBot
) -> None:
    view = painted.tab.view
    view.setCurrentIndex(painted.tab.records.index(0, painted.tab.records.column_of("title")))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    qtbot.keyClicks(editor, " again")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: is_shown(painted))
    title = painted.workspace.store.get("meeting", painted.tab.current_key()).title
    assert "again" in title
    assert painted.inspector.form.rows["title"].editor.text() == title


def test_a_passage_is_asked_for_before_the_inspector_is_there(painted: MainWindow, qtbot: QtBot) -> None:
    record = painted.workspace.store.get("meeting", painted.tab.current_key())
    qtbot.keyClick(painted, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert painted.table == "source"
    cited = {each.source_key for each in painted.workspace.store.citations("meeting", record.key)}
    assert painted.tab.current_key() in cited


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


def test_waiting_for_the_rest_brings_the_record_as_well(begin_window, database: Path) -> None:
    window = begin_window("--db", str(database), "--select", "M002")
    window.show()
    window.finish_loading()
    assert is_shown(window)
    assert window.findChild(QWidget, "field-title").toPlainText() == window.inspector.record.title


class _LowPaints(QObject):
    """Notes which lines of the inspector are painted lower than a line of text."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is painted."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            name = watched.objectName()
            if name.startswith(("field-", "button-fill-missing")) and watched.height() < _LEAST_LINE:
                self.seen.add(f"{name}: {watched.height()}")
        return False


@pytest.mark.parametrize("page", ["meetings", "agreements", "projects", "commitments"])
def test_no_line_of_the_next_record_is_painted_squashed(open_window, database: Path, qtbot: QtBot, page: str) -> None:
    window = open_window("--db", str(database), "--tab", page)
    paints = _LowPaints(window)
    QApplication.instance().installEventFilter(paints)
    for _ in range(4):
        qtbot.keyClick(window.tab.view, Qt.Key.Key_Down)
        window.repaint()
        for _ in range(4):
            QApplication.processEvents()
    tabs = window.findChild(QTabBar, "tab-bar")
    for place in (*range(tabs.count()), 0):
        tabs.setCurrentIndex(place)
        while window.next_record.is_coming:
            QApplication.processEvents()
        QApplication.processEvents()
    QApplication.instance().removeEventFilter(paints)
    assert paints.seen == set()

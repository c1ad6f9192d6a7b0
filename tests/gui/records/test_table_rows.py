"""The rows of a table: selection that follows records, copying, menus, and a page that is loaded when looked at."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import BY_NAME
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from tests.gui.records.page import KEYS, Page


def test_copied_rows_carry_raw_values_as_text_and_html(open_page) -> None:
    page = open_page("trade", "topic:trade")
    page.view.selectAll()
    page.tab.copy_rows()
    data: QMimeData = QApplication.clipboard().mimeData()
    lines = data.text().splitlines()
    assert len(lines) == 1 + 96
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    first = next(row for row in rows if row["Period"] == "1992")
    assert first["Value"] == "1500000"
    assert first["Flow"] == "Turnover"
    assert "<th>Value</th>" in data.html()
    assert all(len(line.split("\t")) == len(page.shown()) for line in lines)


def test_copying_escapes_markup_and_keeps_cells_in_one_line(open_page) -> None:
    page = open_page()
    key = page.records.keys[0]
    page.workspace.apply(edits.edit_field(page.workspace.store, "meeting", key, "title", {"title": "<b>A\tB</b>"}))
    page.tab.select_key(key)
    page.tab.copy_rows()
    data = QApplication.clipboard().mimeData()
    assert "&lt;b&gt;A B&lt;/b&gt;" in data.html()
    assert len(data.text().splitlines()) == 2


def test_the_menu_of_a_row_offers_what_is_possible(open_page) -> None:
    page = open_page()
    menu = page.view.row_menu(page.records.index(0, page.records.column_of("title")))
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Open", "Edit", "Add to dossier…", "Duplicate", "Delete", "Copy rows", "Copy as cited sentence",
    ]  # fmt: skip
    page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [page.records.keys[0]]))
    page.tab.set_view(parse_query("is:trash", SCHEMA["meeting"]), "Trash")
    menu = page.view.row_menu(page.records.index(0, page.records.column_of("title")))
    assert [a.text() for a in menu.actions() if a.text() and a.isEnabled()] == [
        "Open", "Restore", "Copy rows", "Copy as cited sentence",
    ]  # fmt: skip


def test_the_first_record_is_current_and_selection_follows_records(page: Page) -> None:
    assert page.tab.current_key() == page.records.keys[0]
    key = page.records.keys[6]
    assert page.tab.select_key(key)
    page.view.horizontalHeader().setSortIndicator(page.records.column_of("title"), Qt.SortOrder.AscendingOrder)
    assert page.tab.current_key() == key
    assert page.view.currentIndex().row() == page.records.row_of(key)


def test_several_selected_records_stay_selected(page: Page) -> None:
    page.go(1, "title")
    page.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    keys = page.tab.selected_keys()
    assert len(keys) == 3
    page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [page.records.keys[0]]))
    assert page.tab.selected_keys() == keys


def test_after_a_deletion_the_next_record_is_current(qtbot: QtBot, page: Page) -> None:
    gone, after = page.records.keys[3:5]
    page.tab.select_key(gone)
    with qtbot.waitSignal(page.tab.current_changed) as told:
        page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [gone]))
    assert told.args == ["meeting", after]
    page.workspace.undo()
    assert page.tab.current_key() == after


def test_a_record_outside_the_view_is_not_selected(page: Page) -> None:
    page.tab.filters.chips["status"].choose(["planned"])
    held = page.workspace.store.keys(parse_query("status:held", SCHEMA["meeting"]))[0]
    assert page.tab.select_key(held) is False


def test_the_row_under_the_pointer_is_lit(qtbot: QtBot, page: Page) -> None:
    place = page.view.visualRect(page.records.index(3, page.records.column_of("title"))).center()
    qtbot.mouseMove(page.view.viewport(), place)
    qtbot.waitUntil(lambda: page.view.itemDelegate().hovered_row == 3)
    QApplication.sendEvent(page.view, QEvent(QEvent.Type.Leave))
    assert page.view.itemDelegate().hovered_row == -1


def test_an_empty_table_says_what_to_do(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClicks(page.tab.filters.line, "zzzz")
    qtbot.keyClick(page.tab.filters.line, KEYS.Key_Return)
    assert page.view.empty_state.isVisible()
    assert page.view.empty_state.text == "No meetings match these filters"
    assert page.tab.current_key() is None
    page.view.empty_state.clear_requested.emit()
    assert not page.view.empty_state.isVisible()
    assert page.records.rowCount() == 108
    page.tab.set_view(parse_query("is:trash", SCHEMA["meeting"]), "Trash")
    assert page.view.empty_state.text == "The trash is empty"


def test_rows_are_read_only_when_the_page_is_loaded(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    tab = RecordTab(filled_workspace, light_theme, bare_icons, BY_NAME["trade"])
    qtbot.addWidget(tab)
    tab.set_view(parse_query("topic:trade", SCHEMA["figure"]), "Trade")
    assert tab.records.rowCount() == 0
    tab.load()
    assert tab.records.rowCount() == 96
    assert tab.new_values() == {"topic": "trade"}


def test_a_chart_hears_what_the_table_shows(qtbot: QtBot, page: Page) -> None:
    heard: list[Query] = []

    class Chart(QLabel):
        def set_query(self, query: Query) -> None:
            heard.append(query)

    chart = Chart("chart")
    page.tab.attach_chart(chart)
    page.tab.filters.chips["status"].choose(["held"])
    assert chart.objectName() == "chart-meetings"
    assert [page.workspace.store.count(query) for query in heard] == [108, page.records.rowCount()]


def test_another_file_is_read_anew(page: Page, reference_db) -> None:
    page.workspace.open(reference_db, read_only=True)
    assert page.records.rowCount() == 0
    page.tab.set_view(Query("meeting"), "All")
    page.tab.load()
    assert page.records.rowCount() == 108
    page.go(0, "title")
    page.press(KEYS.Key_F2)
    assert page.editor is None

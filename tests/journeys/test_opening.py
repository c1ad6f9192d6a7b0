"""Journey 1: starting, opening files, and what a wrong file leads to."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.application import create
from azcn_desktop.gui.pages import LISTS, PAGES, TABS
from azcn_desktop.gui.window.views import find_view
from azcn_desktop.records.catalogue import SCHEMA
from tests.journeys.driving import filter_by, rows_of

NAMED = (
    "tab-bar", "sidebar", "search", "inspector", "status-line", "table-people", "table-organisations", "table-sources",
    "table-dossiers",
    *(f"{part}-{page.name}" for page in TABS for part in ("table", "chart", "filters", "filter-text")),
)  # fmt: skip
ACTIONS = ("undo", "redo", "new", "delete", "export", "import")


def is_viewport(widget: QWidget) -> bool:
    """Tell whether a widget is the inside of a scroll area, which hands the keyboard to the area."""
    parent = widget.parent()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def spoken_name(widget: QWidget) -> str:
    """Return what a screen reader says of a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def test_a_first_start_builds_the_database_in_the_users_data_folder(open_window, home: Path) -> None:
    window = open_window()
    assert window.workspace.store.path == home / "data" / "azcn-desktop" / "azcn.db"
    counts = {}
    for page in TABS:
        window.show_page(page.table)
        counts[page.name] = rows_of(window, page.name)
    assert counts == {"meetings": 108, "agreements": 70, "projects": 72, "trade": 96, "commitments": 74}


def test_the_first_build_is_no_undo_step(open_window) -> None:
    window = open_window()
    assert not window.actions_table["undo"].isEnabled()


def test_every_named_widget_is_there_before_charts_and_icons(qtbot: QtBot, home: Path, database: Path) -> None:

    window = create(["--db", str(database)])
    missing = [name for name in NAMED if window.findChild(QWidget, name) is None]
    missing += [
        f"action-{name}" for name in ACTIONS if f"action-{name}" not in {a.objectName() for a in window.actions_table}
    ]
    window.close()
    window.deleteLater()
    assert missing == []


@pytest.mark.parametrize("start", ["M003", "C001", "D01", ""])
def test_every_focusable_widget_has_an_accessible_name(open_window, database: Path, start: str) -> None:
    window = open_window("--db", str(database), *(("--select", start) if start else ()))
    if not start:
        window.show_page("source")
    elif start == "C001":
        window.tab.chart.choose("view", "timeline")
        window.actions_table["add-check"].trigger()
    elif start == "D01":
        window.tab.chart.finish()
        window.tab.chart.findChild(QWidget, "dossiers-add-record").click()
    nameless = [
        f"{type(widget).__name__} {widget.objectName()} in {widget.parent()}"
        for widget in window.findChildren(QWidget)
        if not is_viewport(widget) and widget.focusPolicy().value & 1 and widget.isVisible() and not spoken_name(widget)
    ]
    buttons = [each for each in window.findChildren(QAbstractButton) if each.isVisible()]
    nameless += [f"{type(each).__name__} in {each.parent()}" for each in buttons if not spoken_name(each)]
    headers = [each for each in window.findChildren(QHeaderView) if each.isVisible()]
    nameless += [f"header of {each.parent()}" for each in headers if not (spoken_name(each) and each.objectName())]
    for dialog in window.findChildren(QDialog):
        dialog.close()
    assert nameless == []


def test_f6_goes_round_all_panes_of_the_page(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    window.tab.view.setFocus()
    panes = [window.tab.chart, window.inspector, window.sidebar, window.tab.view]
    for pane in panes:
        window.actions_table["next-pane"].trigger()
        focused = QApplication.focusWidget()
        assert focused is pane or pane.isAncestorOf(focused), pane.objectName()


def test_the_labels_of_trust_are_shown_whole(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "commitments", "--size", "1100x700")
    QApplication.processEvents()
    labels = [label for label in window.inspector.trust.findChildren(QLabel) if label.isVisible() and label.text()]
    assert {"Unchecked for", "Confirmed by", "Last confirmed"} <= {label.text() for label in labels}
    for label in labels:
        assert label.wordWrap() or label.width() >= label.fontMetrics().horizontalAdvance(label.text()), label.text()
        assert label.height() >= label.fontMetrics().height(), label.text()


def test_labels_of_two_lines_are_shown_whole_in_the_inspector(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade", "--select", "T073", "--size", "1100x700")
    QApplication.processEvents()
    labels = [each for each in window.inspector.findChildren(QLabel) if each.isVisible() and each.wordWrap()]
    assert "Kind of period" in [label.text() for label in labels]
    assert [each.text() for each in labels if each.height() < each.heightForWidth(each.width())] == []


def test_no_number_of_the_trade_table_is_cut(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    view, records = window.tab.view, window.tab.records
    metrics = QFontMetrics(window.parts.theme.font())
    for name in ("value", "growth_pct"):
        column = records.column_of(name)
        texts = {str(records.index(row, column).data() or "") for row in range(records.rowCount())}
        widest = max(texts, key=metrics.horizontalAdvance)
        assert metrics.horizontalAdvance(widest) + 2 * 12 <= view.columnWidth(column), widest


def test_a_start_shows_the_record_that_was_asked_for(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--select", "T073")
    assert window.table == "figure"
    record = window.workspace.store.get("figure", window.tab.current_key())
    assert record is not None
    assert record.show("value") == "$3.744 bn"


def test_the_second_name_of_a_merged_record_leads_to_it(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--select", "A004")
    record = window.workspace.store.get("agreement", window.tab.current_key())
    assert record is not None
    assert record.title.startswith("Framework agreement on strengthening production capacities")


def test_asking_for_an_unknown_record_is_refused_with_its_name(qtbot: QtBot, home: Path, database: Path) -> None:

    with pytest.raises(UserError, match="Z999"):
        create(["--db", str(database), "--select", "Z999"])


def test_a_missing_folder_is_refused_and_nothing_is_made(qtbot: QtBot, home: Path) -> None:

    with pytest.raises(UserError, match="does not exist"):
        create(["--db", str(home / "nowhere" / "azcn.db")])
    assert not (home / "nowhere").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "is empty"), (b"PK\x03\x04" + b"x" * 40, "Excel"), (b"Dear colleague, " * 4, "no AZCN database")],
)
def test_opening_a_wrong_file_says_what_it_is_and_keeps_the_present_one(
    open_window, database: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    window = open_window("--db", str(database))
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    window.file_actions.open(wrong)
    box = window.findChild(QMessageBox, "refusal")
    assert box is not None
    assert words in box.text()
    box.close()
    assert window.workspace.store.path == database
    assert wrong.read_bytes() == content


def test_a_file_of_a_newer_version_is_refused_and_left_alone(open_window, database: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    shutil.copyfile(database, newer)
    connection = sqlite3.connect(newer)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = newer.read_bytes()
    window = open_window("--db", str(database))
    window.file_actions.open(newer)
    box = window.findChild(QMessageBox, "refusal")
    assert box is not None
    assert "newer version" in box.text()
    box.close()
    assert newer.read_bytes() == before


def test_a_read_only_file_is_shown_and_says_so(open_window, database: Path) -> None:
    window = open_window("--db", str(database))
    window.workspace.open(database, read_only=True)
    assert window.status._state.text() == "Read-only"
    assert not window.actions_table["new"].isEnabled()
    assert rows_of(window, "meetings") == 108


def test_page_selection_filter_and_size_are_restored_at_the_next_start(
    open_window, lived_in: Path, qtbot: QtBot
) -> None:
    window = open_window()
    window.show_page("agreement")
    filter_by(window, "memorandum", qtbot)
    qtbot.waitUntil(lambda: rows_of(window, "agreements") < 70)
    shown = rows_of(window, "agreements")
    window.tab.select_key(window.tab.records.keys[1])
    key = window.tab.current_key()
    window.resize(1000, 640)
    window.close()
    again = open_window()
    assert again.table == "agreement"
    assert rows_of(again, "agreements") == shown
    assert again.tab.current_key() == key
    assert again.height() == 640  # the width is cut to the small screen that tests run on


def test_back_and_forward_cross_the_pages(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--select", "M063")
    window.jump(*window.workspace.store.find_reference("A005"))
    window.jump(*window.workspace.store.find_reference("H001"))
    assert window.table == "person"
    window.actions_table["back"].trigger()
    assert window.table == "agreement"
    window.actions_table["back"].trigger()
    assert window.table == "meeting"
    window.actions_table["forward"].trigger()
    assert window.table == "agreement"


def test_lists_stand_beside_the_tabs(open_window, database: Path) -> None:
    window = open_window("--db", str(database))
    counts = {}
    for page in LISTS:
        window.show_page(page.table)
        counts[page.name] = rows_of(window, page.name)
    assert counts == {"people": 142, "organisations": 151, "sources": 236, "dossiers": 15}
    assert set(window.pages) == {page.table for page in PAGES}


def test_the_chart_of_a_page_that_is_opened_later_has_its_room(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "meetings")
    room = window.tab.chart.height()
    for table in ("agreement", "figure", "commitment"):
        window.show_page(table)
        QApplication.processEvents()
        assert abs(window.tab.chart.height() - room) <= 2, table


def test_while_the_file_is_in_use_the_inspector_shows_no_other_record_than_the_table(
    open_window, database: Path
) -> None:
    window = open_window("--db", str(database), "--tab", "meetings")
    row = window.tab.view.currentIndex().row()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    window.tab.view.setCurrentIndex(window.tab.records.index(row + 1, 0))
    assert window.inspector.record is None
    other.execute("ROLLBACK")
    other.close()
    window.tab.view.setCurrentIndex(window.tab.records.index(row + 2, 0))
    assert window.inspector.record.key == window.tab.current_key()


def test_the_views_of_the_last_start_come_back_except_the_trash(open_window, lived_in: Path) -> None:
    window = open_window()
    chosen = {"figure": "investment", "agreement": "sector:transport", "meeting": "trash"}
    for table, name in chosen.items():
        view = find_view(window.workspace.schema[table], name)
        assert view is not None
        window.sidebar.view_chosen.emit(view)
    window.close()
    again = open_window()
    shown = {}
    for table in chosen:
        again.show_page(table)
        shown[table] = again.tab.label, again.tab.records.rowCount()
    assert shown["figure"] == ("Investment", 33)
    assert shown["agreement"][0] == "Transport"
    assert 0 < shown["agreement"][1] < 70
    assert shown["meeting"] == ("All meetings", 108)


@pytest.mark.parametrize("name", ["", "gone", "sector:gone", "level:minister", "title:x"])
def test_a_view_that_is_no_more_is_not_found(name: str) -> None:
    assert find_view(SCHEMA["agreement"], name) is None


def test_a_file_opened_at_the_first_start_is_offered_again(open_window, home: Path, tmp_path: Path) -> None:
    window = open_window()
    first = window.workspace.store.path
    window.file_actions.open(Path(shutil.copy(first, tmp_path / "other.db")))
    window.file_actions.recent_menu.aboutToShow.emit()
    assert window.file_actions.recent_menu.isEnabled()
    assert str(first) in [action.text() for action in window.file_actions.recent_menu.actions()]


def test_a_new_database_is_made_on_the_worker_and_opened(
    open_window, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database))
    window.file_actions.make(tmp_path / "new.db")
    qtbot.waitUntil(lambda: window.workspace.store.path == tmp_path / "new.db", timeout=20_000)
    assert window.findChild(QMessageBox, "refusal") is None
    assert rows_of(window, "meetings") == 108
    assert window.windowTitle().startswith("new.db")


def test_a_copy_is_saved_while_the_file_stays_open(open_window, database: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database))
    window.file_actions.save_copy(tmp_path / "copy.db")
    qtbot.waitUntil((tmp_path / "copy.db").exists, timeout=20_000)
    assert window.workspace.store.path == database

"""Journey 2: correct a cell, see the chart move, take it back; and what else is done to records."""

import shutil
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.store import edits
from tests.journeys.driving import drawn, filter_by, open_cell, retype, stored, type_text


def test_a_corrected_cell_is_committed_moves_the_chart_and_is_taken_back(
    open_window, database: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--select", "T084")
    key = window.tab.current_key()
    before = drawn(window)
    retype(open_cell(window, "value", qtbot), "$5.5 billion", qtbot)
    assert stored(database, "SELECT value, bound, unit FROM figure WHERE id = ?", key) == [(5.5e9, "exact", "USD")]
    qtbot.waitUntil(lambda: drawn(window) != before, timeout=1000)
    assert 5.5e9 in drawn(window)
    assert window.actions_table["undo"].text() == "&Undo Edit value of Goods trade, Turnover, 2025"
    window.actions_table["undo"].trigger()
    assert stored(database, "SELECT value FROM figure WHERE id = ?", key) == [(4.87e9,)]
    qtbot.waitUntil(lambda: drawn(window) == before, timeout=1000)


def test_an_impossible_value_is_refused_and_the_typing_stays(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "T084")
    key = window.tab.current_key()
    editor = open_cell(window, "value", qtbot)
    retype(editor, "a great deal", qtbot)
    assert editor.isVisible()
    assert editor.text() == "a great deal"
    assert stored(database, "SELECT value FROM figure WHERE id = ?", key) == [(4.87e9,)]
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not window.actions_table["undo"].isEnabled()


def test_an_editor_opened_and_left_writes_nothing(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "I001")
    key = window.tab.current_key()
    before = stored(database, "SELECT * FROM figure WHERE id = ?", key)
    for field in ("value", "period", "measure", "flow", "growth_pct", "said_by"):
        editor = open_cell(window, field, qtbot)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert stored(database, "SELECT * FROM figure WHERE id = ?", key) == before
    assert not window.actions_table["undo"].isEnabled()


def test_a_field_of_the_inspector_is_edited_in_place(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key = window.tab.current_key()
    field = window.inspector.findChild(QWidget, "field-city")
    assert field is not None
    editor = field.focusProxy() or field
    editor.setFocus()
    retype(editor, "Bakı", qtbot)
    assert stored(database, "SELECT city FROM meeting WHERE id = ?", key) == [("Bakı",)]


def test_new_duplicate_delete_and_restore_are_steps_that_undo_takes_back(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "meetings")
    window.actions_table["new"].trigger()
    made = window.tab.current_key()
    assert stored(database, "SELECT title, status FROM meeting WHERE id = ?", made) == [("New meeting", "planned")]
    window.actions_table["duplicate"].trigger()
    assert stored(database, "SELECT count(*) FROM meeting") == [(110,)]
    window.tab.select_key(made)
    window.actions_table["delete"].trigger()
    assert stored(database, "SELECT deleted_at IS NOT NULL FROM meeting WHERE id = ?", made) == [(1,)]
    for _ in range(3):
        window.actions_table["undo"].trigger()
    assert stored(database, "SELECT count(*) FROM meeting") == [(108,)]
    for _ in range(3):
        window.actions_table["redo"].trigger()
    assert stored(database, "SELECT count(*) FROM meeting WHERE deleted_at IS NULL") == [(109,)]


def test_undo_survives_a_restart(open_window, lived_in: Path, qtbot: QtBot) -> None:
    window = open_window("--select", "M003")
    path, key = window.workspace.store.path, window.tab.current_key()
    retype(open_cell(window, "city", qtbot), "Gəncə", qtbot)
    window.close()
    again = open_window("--select", "M003")
    assert stored(path, "SELECT city FROM meeting WHERE id = ?", key) == [("Gəncə",)]
    again.actions_table["undo"].trigger()
    assert stored(path, "SELECT city FROM meeting WHERE id = ?", key) == [("Baku",)]


def test_emptying_the_trash_names_what_it_removes_and_ends_undo(open_window, database: Path, monkeypatch) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    window.actions_table["delete"].trigger()
    shown = []

    def confirm(box: QMessageBox) -> int:
        shown.append(box.text())
        box.findChild(QWidget, "confirm-remove").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", confirm)
    window.actions_table["empty-trash"].trigger()
    assert "free economic industrial town" in shown[0]
    assert stored(database, "SELECT count(*) FROM commitment") == [(73,)]
    assert not window.actions_table["undo"].isEnabled()


def test_ten_megabytes_of_note_are_kept_and_do_not_freeze(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key = window.tab.current_key()
    note = "Qeyd. " * 1_800_000
    record = window.workspace.store.get("meeting", key)
    window.workspace.apply(edits.edit_field(window.workspace.store, "meeting", key, "note", {"note": note}))
    assert record is not None
    assert stored(database, "SELECT length(note) FROM meeting WHERE id = ?", key) == [(len(note),)]
    # It opens in part: laying ten megabytes out would hold the window for seconds.
    assert window.inspector.findChild(QPlainTextEdit, "field-note") is None
    assert window.inspector.findChild(QPushButton, "button-whole-note") is not None


@pytest.mark.parametrize("paragraph", ["Qeyd. ", "Qeyd \u202e ters. "])
def test_ten_megabytes_pasted_into_a_note_are_stored_whole_and_shown_in_part(
    open_window, database: Path, qtbot: QtBot, paragraph: str
) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key, before = window.tab.current_key(), stored(database, "SELECT coalesce(note, '') FROM meeting WHERE id = 3")
    note = window.inspector.findChild(QPlainTextEdit, "field-note")
    pasted = paragraph * (10_000_000 // len(paragraph))
    data = QMimeData()
    data.setText(pasted)
    note.selectAll()
    note.insertFromMimeData(data)
    qtbot.waitUntil(lambda: window.inspector.findChild(QPushButton, "button-whole-note") is not None)
    assert stored(database, "SELECT length(note) FROM meeting WHERE id = ?", key) == [(len(pasted),)]
    assert "Stored whole" in window.status.findChild(QLabel, "status-message").text()
    window.actions_table["undo"].trigger()
    assert stored(database, "SELECT coalesce(note, '') FROM meeting WHERE id = 3") == before
    assert window.inspector.findChild(QPlainTextEdit, "field-note") is not None


def _answer(monkeypatch, button: str) -> list[str]:
    """Press a button in every question that comes, and collect what was asked."""
    asked: list[str] = []

    def press(box: QMessageBox) -> int:
        asked.append(box.text())
        pressed = box.findChild(QWidget, button) or box.defaultButton()
        pressed.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return asked


def test_closing_asks_before_refused_typing_is_lost(open_window, database: Path, qtbot: QtBot, monkeypatch) -> None:
    window = open_window("--db", str(database), "--select", "T084")
    editor = open_cell(window, "value", qtbot)
    retype(editor, "a great deal", qtbot)
    asked = _answer(monkeypatch, "no-such-button")
    window.close()
    assert window.isVisible()
    assert "Value: “a great deal” is not an amount" in asked[0]
    assert editor.text() == "a great deal"
    _answer(monkeypatch, "confirm-drop")
    window.close()
    assert not window.isVisible()


def test_another_file_is_not_opened_over_refused_typing(
    open_window, database: Path, tmp_path: Path, qtbot: QtBot, monkeypatch
) -> None:
    other = Path(shutil.copy(database, tmp_path / "other.db"))
    window = open_window("--db", str(database), "--select", "M003")
    field = window.inspector.findChild(QWidget, "field-date")
    field.setFocus()
    retype(field, "whenever", qtbot)
    asked = _answer(monkeypatch, "no-such-button")
    window.file_actions.open(other)
    assert "Date: “whenever”" in asked[0]
    assert window.workspace.store.path == database
    _answer(monkeypatch, "confirm-drop")
    window.file_actions.open(other)
    assert window.workspace.store.path == other


def test_deleting_first_writes_what_is_being_typed(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key = window.tab.current_key()
    editor = open_cell(window, "city", qtbot)
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(editor, "Gəncə")
    window.actions_table["delete"].trigger()
    assert stored(database, "SELECT city, deleted_at IS NULL FROM meeting WHERE id = ?", key) == [("Gəncə", 0)]
    assert window.tab.current_key() != key
    window.actions_table["undo"].trigger()
    assert stored(database, "SELECT city, deleted_at IS NULL FROM meeting WHERE id = ?", key) == [("Gəncə", 1)]


def test_no_record_is_made_over_refused_typing(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    editor = open_cell(window, "date", qtbot)
    retype(editor, "whenever", qtbot)
    for name in ("new", "duplicate", "delete"):
        window.actions_table[name].trigger()
    assert stored(database, "SELECT count(*) FROM meeting WHERE deleted_at IS NULL") == [(108,)]
    assert editor.text() == "whenever"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def _refuse_in_inspector(window, name: str, qtbot: QtBot, monkeypatch) -> QWidget:
    """Type something impossible into a field of the inspector; the question at the end is answered."""
    _answer(monkeypatch, "confirm-drop")
    field = window.inspector.findChild(QWidget, f"field-{name}")
    field.setFocus()
    retype(field, "whenever", qtbot)
    return field


def _stays(window, key: int, field: QWidget, qtbot: QtBot) -> None:
    """Check that the record with the refused typing is still shown and selected, the reason beside the field."""
    qtbot.waitUntil(lambda: window.tab.current_key() == key and field.hasFocus(), timeout=1000)
    assert window.inspector.record.key == key
    assert field.text() == "whenever"
    assert "Date: “whenever”" in window.inspector.refused()[0].refusal()
    assert "Escape" in window.status.findChild(QWidget, "status-message").text()


def test_another_row_is_not_selected_over_refused_typing(
    open_window, database: Path, qtbot: QtBot, monkeypatch
) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    view, key = window.tab.view, window.tab.current_key()
    field = _refuse_in_inspector(window, "date", qtbot, monkeypatch)
    row = view.currentIndex().row()
    place = view.visualRect(view.records.index(row + 1, view.columns.shown[0])).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    _stays(window, key, field, qtbot)
    assert view.selected_keys() == [key]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.tab.current_key() == window.inspector.record.key != key


def test_no_way_leads_off_a_record_with_refused_typing(open_window, database: Path, qtbot: QtBot, monkeypatch) -> None:
    window = open_window("--db", str(database), "--select", "A001")
    window.jump(*window.workspace.store.find_reference("M003"))
    key = window.tab.current_key()
    field = _refuse_in_inspector(window, "date", qtbot, monkeypatch)
    chosen = [item for item in window.sidebar.items if item.isChecked()]
    tabs = window.top_bar.findChild(QTabBar, "tab-bar")
    shown_tab = tabs.currentIndex()
    ways = (
        partial(window.jump, *window.workspace.store.find_reference("A001")),
        window.actions_table["back"].trigger,
        partial(qtbot.mouseClick, tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center()),
        window.sidebar.items[1].click,
        window.sidebar.items[-1].click,
    )
    for leave in ways:
        leave()
        _stays(window, key, field, qtbot)
        assert window.table == "meeting"
        assert tabs.currentIndex() == shown_tab
        assert [item for item in window.sidebar.items if item.isChecked()] == chosen


def test_a_record_that_a_filter_hides_keeps_its_refused_typing(
    open_window, database: Path, qtbot: QtBot, monkeypatch
) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key = window.tab.current_key()
    field = _refuse_in_inspector(window, "date", qtbot, monkeypatch)
    filter_by(window, "nothing is called so", qtbot)
    qtbot.waitUntil(field.hasFocus, timeout=1000)
    assert (window.inspector.record.key, field.text()) == (key, "whenever")
    retype(field, "2024-05-01", qtbot)
    assert stored(database, "SELECT date FROM meeting WHERE id = ?", key) == [("2024-05-01",)]


def test_a_hidden_inspector_comes_back_with_its_refused_typing(
    open_window, database: Path, qtbot: QtBot, monkeypatch
) -> None:
    window = open_window("--db", str(database), "--select", "M003")
    key = window.tab.current_key()
    field = _refuse_in_inspector(window, "date", qtbot, monkeypatch)
    window.actions_table["inspector"].trigger()
    assert not window.inspector.isVisible()
    window.tab.select_key(next(other for other in window.tab.records.keys if other != key))
    _stays(window, key, field, qtbot)
    assert window.inspector.isVisible()
    assert window.actions_table["inspector"].isChecked()

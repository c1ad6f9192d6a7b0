"""Journey 6: check a commitment with a source, see its history, take it back; put records on one line."""

from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.gui.following.check_dialog import CheckDialog
from azcn_desktop.gui.following.dossier_dialog import DossierDialog
from azcn_desktop.gui.window.main_window import MainWindow
from tests.journeys.driving import stored


def status_of(path: Path, key: int) -> str:
    return stored(path, "SELECT status FROM commitment WHERE id = ?", key)[0][0]


def fill(dialog: CheckDialog, found: str) -> None:
    dialog.found.setCurrentIndex(dialog.found.findData(found))
    dialog.checked_on.setText("May 2026")
    dialog.finding.setPlainText("The town was opened.")
    dialog.form.inputs["publisher"].setText("Report")
    dialog.form.inputs["title"].setText("A town opens in Alat")
    dialog.form.quote.setPlainText("was opened")


def open_check(window: MainWindow) -> CheckDialog:
    found = [dialog for dialog in window.findChildren(CheckDialog) if dialog.isVisible()]
    assert len(found) == 1
    return found[0]


def sidebar_count(window: MainWindow, name: str) -> int:
    item = next(item for item in window.sidebar.items if item.item and getattr(item.item, "name", "") == name)
    return item.count


def test_a_check_with_a_new_source_sets_the_status_and_is_taken_back(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    key = window.tab.current_key()
    n_checks = len(window.inspector.checks.looks)
    view = window.tab.view
    view.setFocus()
    view.setCurrentIndex(view.records.index(view.currentIndex().row(), view.records.column_of("status")))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    dialog = open_check(window)
    fill(dialog, "kept")
    dialog.findChild(QPushButton, "check-add").click()
    assert status_of(database, key) == "kept"
    assert window.inspector.checks.looks[0].finding == "The town was opened."
    assert len(window.inspector.checks.looks) == n_checks + 1
    assert window.inspector.findChild(QPushButton, "field-status").text().startswith("Kept")
    words = [label.text() for label in window.inspector.revisions.findChildren(QLabel)]
    assert "Status: Open → Kept" in words
    assert window.actions_table["undo"].text().startswith("&Undo Check ")
    window.close()
    again = open_window("--db", str(database), "--select", "C001")
    assert again.inspector.checks.looks[0].found == "kept"
    again.actions_table["undo"].trigger()
    assert status_of(database, key) == "open"
    assert len(again.inspector.checks.looks) == n_checks
    again.actions_table["redo"].trigger()
    assert status_of(database, key) == "kept"


def test_the_newest_check_is_removed_with_its_status(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    key = window.tab.current_key()
    window.actions_table["add-check"].trigger()
    dialog = open_check(window)
    fill(dialog, "in_progress")
    dialog.accept()
    assert status_of(database, key) == "in_progress"
    (remove,) = window.inspector.checks.findChildren(QToolButton, QRegularExpression("^button-remove-check-"))
    remove.click()
    assert status_of(database, key) == "open"
    window.actions_table["undo"].trigger()
    assert status_of(database, key) == "in_progress"


def test_the_inspector_and_typing_open_the_check_too(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    window.inspector.findChild(QPushButton, "field-status").click()
    open_check(window).reject()
    window.inspector.checks.add_button.click()
    open_check(window).reject()
    view = window.tab.view
    view.setFocus()
    view.setCurrentIndex(view.records.index(view.currentIndex().row(), view.records.column_of("status")))
    qtbot.keyClicks(view, "d")
    assert open_check(window).found.currentText() == "Dropped"
    open_check(window).reject()
    assert not window.actions_table["undo"].isEnabled()


def test_actions_are_there_only_where_they_make_sense(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    enabled = {}
    for table in ("commitment", "meeting", "source"):
        window.show_page(table)
        enabled[table] = tuple(window.actions_table[name].isEnabled() for name in ("add-check", "add-to-dossier"))
    assert enabled == {"commitment": (True, True), "meeting": (False, True), "source": (False, False)}


def test_a_new_commitment_begins_open(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "commitments")
    window.actions_table["new"].trigger()
    assert status_of(database, window.tab.current_key()) == "open"
    assert window.inspector.checks.looks == []


def test_the_sorts_of_statements_have_views_with_counts(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "commitments")
    counts = [sidebar_count(window, f"class-{group}") for group in ("promise", "soft", "speech")]
    assert counts == [21, 32, 21]
    item = next(item for item in window.sidebar.items if item.text() == "Proposals and opinions")
    item.click()
    column = window.tab.records.column_of("statement_class")
    shown = {window.tab.records.index(row, column).data() for row in range(window.tab.records.rowCount())}
    assert shown == {"Proposal", "Opinion"}


def test_the_timeline_follows_a_check_and_its_marks_open_records(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    key = window.tab.current_key()
    panel = window.tab.chart
    panel.findChild(QPushButton, "chart-commitments-view-timeline").click()
    assert isinstance(panel.chart, Timeline)
    before = next(lane for lane in panel.chart.lanes if lane.key == key)
    window.actions_table["add-check"].trigger()
    dialog = open_check(window)
    fill(dialog, "kept")
    dialog.accept()
    panel.finish()
    after = next(lane for lane in panel.chart.lanes if lane.key == key)
    assert len(after.marks) == len(before.marks) + 1
    assert after.status == "kept"
    board = panel.view
    board.setFocus()
    outcome = next(stop for stop in board.stops if stop.table != "commitment")
    board.rest_on(outcome)
    assert outcome.words[0] in board.read_out.text
    qtbot.keyClick(board, Qt.Key.Key_Return)
    assert (window.table, window.tab.current_key()) == (outcome.table, outcome.key)


def test_the_timeline_steps_by_line_shows_a_table_and_is_saved_whole(
    open_window, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--tab", "commitments")
    panel = window.tab.chart
    panel.choose("view", "timeline")
    board = panel.view
    board.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End):
        qtbot.keyClick(board, key)
    assert board.stop == board.stops[-1]
    assert board.verticalScrollBar().value() > 0
    assert board.picture_size().height() > board.viewport().height()
    for suffix in ("png", "svg", "pdf", "csv"):
        panel.save(tmp_path / f"timeline.{suffix}")
        assert (tmp_path / f"timeline.{suffix}").stat().st_size > 1000
    qtbot.keyClick(board, Qt.Key.Key_T)
    assert panel.findChild(QTableView, "chart-commitments-values").model().rowCount() == len(panel.chart.lanes)
    panel.choose("view", "age")
    assert panel.view is not board


def test_records_of_two_pages_stand_in_one_dossier_and_lead_back(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "C001")
    commitment = window.tab.current_key()
    window.actions_table["add-to-dossier"].trigger()
    dialog = window.findChild(DossierDialog)
    dialog.picker.setText("My thread")
    dialog.role.setEditText("plan")
    dialog.accept()
    window.jump(*window.workspace.store.find_reference("M003"))
    window.actions_table["add-to-dossier"].trigger()
    dialog = next(d for d in window.findChildren(DossierDialog) if d.isVisible())
    qtbot.keyClicks(dialog.picker, "my thread")
    qtbot.keyClick(dialog.picker, Qt.Key.Key_Return)
    dialog.accept()
    (related,) = [r for r in window.inspector.linked.related if r.title == "My thread"]
    assert related.relation == "in dossiers"
    window.inspector.linked.jump_requested.emit(related.table, related.key)
    assert window.table == "dossier"
    panel = window.findChild(QWidget, "chart-dossiers")
    panel.finish()
    assert {item.table for item in panel.items} == {"commitment", "meeting"}
    stop = next(stop for stop in panel.board.stops if stop.table == "commitment")
    panel.board.opened.emit([stop])
    assert (window.table, window.tab.current_key()) == ("commitment", commitment)
    window.actions_table["back"].trigger()
    assert window.table == "dossier"
    assert not window.inspector.sources.isVisible()

"""Journey: figures that differ side by side, a judgement between them, and the audit that follows an edit."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.figures.audit_view import AuditView
from azcn_desktop.gui.figures.conflict_model import heading
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.rank_dialog import RankDialog
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.store import edits
from tests.journeys.driving import drawn, filter_by, stored


def press(window: MainWindow, name: str, qtbot: QtBot) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def conflicts_of(window: MainWindow, qtbot: QtBot) -> ConflictsView:
    press(window, "trade-view-conflicts", qtbot)
    view = window.tab.lens
    assert isinstance(view, ConflictsView)
    qtbot.waitUntil(lambda: view.model.rowCount() > 0, timeout=10_000)
    return view


def audit_of(window: MainWindow, qtbot: QtBot) -> AuditView:
    press(window, "trade-view-audit", qtbot)
    view = window.tab.lens
    assert isinstance(view, AuditView)
    qtbot.waitUntil(lambda: view.model.rowCount() > 0, timeout=10_000)
    return view


def key_of(window: MainWindow, reference: str) -> int:
    found = window.workspace.store.find_reference(reference)
    assert found is not None
    return found[1]


def test_another_figure_is_preferred_the_chart_follows_and_undo_takes_it_back(
    open_window, database: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    before = drawn(window)
    view = conflicts_of(window, qtbot)
    found = next(c for c in view.model.conflicts if heading(c)[0] == "Turnover, 2017")
    assert heading(found)[1] == "8 figures on 5 lines"
    rounded = next(m.key for m in found.members if m.words == "$1.2 bn")
    assert view.select_key(rounded)
    assert window.inspector.record is not None
    assert window.inspector.record.key == rounded
    press(window, "conflict-prefer", qtbot)
    dialog = window.findChild(RankDialog)
    assert dialog is not None
    reason = dialog.findChild(QPlainTextEdit, "rank-reason")
    assert reason is not None
    QTest.keyClicks(reason, "Said twice by the minister.")
    press(window, "rank-accept", qtbot)
    written = stored(database, "SELECT rank, rank_reason, value FROM figure WHERE id = ?", rounded)
    assert written == [("preferred", "Said twice by the minister.", 1.2e9)]
    press(window, "trade-view-figures", qtbot)
    qtbot.waitUntil(lambda: drawn(window) != before, timeout=2000)
    assert 1.2e9 in drawn(window)
    assert window.tab.current_key() == rounded
    window.actions_table["undo"].trigger()
    assert stored(database, "SELECT rank FROM figure WHERE id = ?", rounded) == [("deprecated",)]
    qtbot.waitUntil(lambda: drawn(window) == before, timeout=2000)


def test_the_verdict_of_a_check_changes_with_an_edit(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    key = key_of(window, "T084")
    view = audit_of(window, qtbot)

    def verdict() -> str:
        return next(c.verdict for c in view.model.checks if c.kind == "growth" and key in c.subjects)

    summary = window.findChild(QLabel, "trade-view-summary")
    assert summary is not None
    before = summary.text()
    assert verdict() == "agrees_after_rounding"
    window.workspace.apply(edits.edit_field(window.workspace.store, "figure", key, "growth_pct", {"growth_pct": 55.0}))
    assert verdict() == "conflicts"
    assert int(summary.text().split()[0]) == int(before.split()[0]) + 1
    window.actions_table["undo"].trigger()
    assert verdict() == "agrees_after_rounding"
    assert summary.text() == before


def test_the_filter_field_narrows_all_three_views_alike(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    view = conflicts_of(window, qtbot)
    filter_by(window, "year:2017", qtbot)
    assert {c.end[:4] for c in view.model.conflicts} == {"2017"}
    button = window.findChild(QPushButton, "trade-view-conflicts")
    assert button is not None
    assert button.accessibleName() == f"Conflicts, {len(view.model.conflicts)}"
    audit = audit_of(window, qtbot)
    keys = set(window.workspace.store.keys(window.tab.query))
    assert audit.model.rowCount() > 0
    assert all(keys & set(c.subjects) for c in audit.model.checks)
    press(window, "trade-view-figures", qtbot)
    assert set(window.tab.records.keys) == keys


def test_an_ambiguous_rank_says_so_in_its_note_and_in_the_audit(open_window, database: Path, qtbot: QtBot) -> None:
    words = "“one of the main import markets for Azerbaijan”"
    window = open_window("--db", str(database), "--tab", "trade", "--select", "X051")
    note = window.inspector.findChild(QPlainTextEdit, "field-note")
    assert note is not None
    assert note.isVisible()
    assert words in note.toPlainText()
    filter_by(window, "topic:ranking", qtbot)
    audit = audit_of(window, qtbot)
    assert audit.select_key(key_of(window, "X051"))
    shown = [label.text() for label in audit.details.findChildren(QLabel) if label.isVisible()]
    assert any(text.startswith("A rank is no quantity. Ambiguous:") and words in text for text in shown)


def test_the_switch_is_reached_and_moved_by_keys(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    button = window.findChild(QPushButton, "trade-view-figures")
    assert button is not None
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Right)
    assert isinstance(window.tab.lens, ConflictsView)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Right)
    assert isinstance(window.tab.lens, AuditView)


def test_the_view_is_remembered_and_the_tab_by_name_opens_the_figures(
    open_window, lived_in: Path, qtbot: QtBot
) -> None:
    window = open_window()
    window.show_page("figure")
    conflicts_of(window, qtbot)
    window.close()
    again = open_window()
    assert isinstance(again.tab.lens, ConflictsView)
    again.close()
    named = open_window("--tab", "trade")
    assert named.tab.lens is None
    assert named.tab.view.isVisible()


def test_a_record_asked_for_is_shown_in_the_conflicts_or_else_in_the_table(
    open_window, database: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    view = conflicts_of(window, qtbot)
    inside = view.model.conflicts[-1].members[0].key
    window.jump("figure", inside)
    assert window.tab.lens is view
    assert window.tab.current_key() == inside
    standing = {key for c in view.model.conflicts for key in c.keys}
    outside = next(key for key in window.workspace.store.keys(window.tab.query) if key not in standing)
    window.jump("figure", outside)
    assert window.tab.lens is None
    assert window.tab.current_key() == outside


def test_a_point_of_the_chart_tells_of_its_conflict_and_leads_there(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    chart = window.tab.chart
    key = next(k for k in (key_of(window, "T084"),))
    stop = next(s for s in chart.view._stops if s.point is not None and s.point.keys[0] == key)
    chart.view.setFocus()
    chart.view._rest_on(stop)
    qtbot.waitUntil(lambda: any("In conflict: 2 figures" in line for line in chart.words.of_stop(stop, chart.chart)))
    qtbot.keyClick(chart.view, Qt.Key.Key_C)
    assert isinstance(window.tab.lens, ConflictsView)
    assert window.tab.current_key() == key


def test_typing_that_is_refused_keeps_the_table(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--select", "T084")
    table = window.tab.view
    table.setFocus()
    table.setCurrentIndex(table.records.index(table.currentIndex().row(), table.records.column_of("value")))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = window.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.setText("a great deal")
    press(window, "trade-view-audit", qtbot)
    assert window.tab.lens is None
    figures = window.findChild(QPushButton, "trade-view-figures")
    assert figures is not None
    assert figures.isChecked()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)

"""The fields of the inspector: shown, edited where they stand, refused in words and stored as they are."""

import html

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QToolTip
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from tests.gui.inspector.pane import field, line, meeting, stored, texts
from tests.gui.making import make


def test_the_title_is_shown_whole_and_edited_in_place(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    title = "Meeting of the intergovernmental commission on trade and economic cooperation, tenth session"
    key = meeting(workspace, title=title)
    inspector.show_record("meeting", key)
    edit = field(inspector, "title")
    assert isinstance(edit, QPlainTextEdit)
    assert edit.toPlainText() == title
    assert edit.height() > 2 * edit.fontMetrics().lineSpacing()
    inspector.focus_first_field()
    qtbot.keyClicks(edit, "Eleventh session")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert stored(workspace, "meeting", key, "title") == "Eleventh session"


def test_a_field_is_committed_by_enter_and_by_leaving_it(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    key = meeting(workspace, city="Baku")
    inspector.show_record("meeting", key)
    city = line(inspector, "city")
    city.setFocus()
    city.selectAll()
    qtbot.keyClicks(city, "Beijing")
    qtbot.keyClick(city, Qt.Key.Key_Return)
    assert stored(workspace, "meeting", key, "city") == "Beijing"
    city.selectAll()
    qtbot.keyClicks(city, "Shanghai")
    qtbot.keyClick(city, Qt.Key.Key_Tab)
    assert stored(workspace, "meeting", key, "city") == "Shanghai"
    assert [label for _, label, _ in workspace.store.journal.labels()][:2] == ["Edit city of 10th session"] * 2


def test_looking_at_every_field_changes_nothing(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    note = "a\r\nb\u00a0c\u2028d"
    key = meeting(workspace, note=note, outcome="Agreed  on much", city="Bakı")
    inspector.show_record("meeting", key)
    steps = len(workspace.store.journal.labels())
    assert inspector.form is not None
    inspector.form.on_more_clicked()
    for row in inspector.form.rows.values():
        target = row.editor.focusProxy()
        assert target is not None
        target.setFocus()
        qtbot.keyClick(target, Qt.Key.Key_Tab)
    field(inspector, "note").setFocus()
    line(inspector, "city").setFocus()
    assert len(workspace.store.journal.labels()) == steps
    assert stored(workspace, "meeting", key, "note") == note


def test_an_impossible_value_is_refused_beside_the_field_and_stays(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    key = meeting(workspace)
    inspector.show_record("meeting", key)
    date = line(inspector, "date")
    date.setFocus()
    date.selectAll()
    qtbot.keyClicks(date, "31 February 2025")
    qtbot.keyClick(date, Qt.Key.Key_Return)
    assert stored(workspace, "meeting", key, "date") == "2025-04-16"
    assert date.text() == "31 February 2025"
    assert inspector.form is not None
    assert "31 February 2025" in inspector.form.rows["date"].editor.problem


def test_an_unlikely_value_is_stored_and_warned_about(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    inspector.show_record("meeting", key)
    date = line(inspector, "date")
    date.setFocus()
    date.selectAll()
    qtbot.keyClicks(date, "1825")
    with qtbot.waitSignal(inspector.message) as told:
        qtbot.keyClick(date, Qt.Key.Key_Return)
    assert stored(workspace, "meeting", key, "date") == "1825"
    assert told.args == ["This date is far from our time. Is the year right?"]


def test_empty_optional_fields_are_folded(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    inspector.show_record("meeting", key)
    assert line(inspector, "date").isVisible()
    assert not line(inspector, "city").isVisible()
    more = inspector.findChild(QPushButton, "button-more-fields")
    assert more.text().startswith("More fields (")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert line(inspector, "city").isVisible()
    assert more.text() == "Fewer fields"


def test_every_input_has_a_name_for_screen_readers(workspace: Workspace, inspector: Inspector) -> None:
    key = make(workspace, "figure", measure="trade", topic="trade", period="2024")
    inspector.show_record("figure", key)
    inputs = [*inspector.findChildren(QLineEdit), *inspector.findChildren(QPlainTextEdit)]
    assert len(inputs) > 20
    assert [widget.objectName() for widget in inputs if not widget.accessibleName()] == []


def test_a_title_refused_on_leaving_is_told(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    first, second = meeting(workspace), meeting(workspace, title="Other")
    inspector.show_record("meeting", first)
    inspector.focus_first_field()
    qtbot.keyClick(field(inspector, "title"), Qt.Key.Key_Backspace)
    with qtbot.waitSignal(inspector.message) as told:
        inspector.show_record("meeting", second)
    assert told.args == ["Meeting was not stored: This can't be empty."]
    assert stored(workspace, "meeting", first, "title") == "10th session"


def test_a_note_is_edited_and_line_breaks_are_kept(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace, note="first\nsecond")
    inspector.show_record("meeting", key)
    note = field(inspector, "note")
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    note.moveCursor(note.textCursor().MoveOperation.End)
    qtbot.keyClick(note, Qt.Key.Key_Return)
    qtbot.keyClicks(note, "third")
    line(inspector, "date").setFocus()
    assert stored(workspace, "meeting", key, "note") == "first\nsecond\nthird"


def test_ten_megabytes_of_note_are_shown_in_part_and_stay_as_they_are(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    note = "0123456789" * 1_000_000
    key = meeting(workspace, note=note)
    inspector.show_record("meeting", key)
    assert inspector.findChild(QPlainTextEdit, "field-note") is None
    assert sum(len(text) for text in texts(inspector)) < 5_000
    whole = inspector.findChild(QPushButton, "button-whole-note")
    assert whole.text() == "Open the whole note (10,000,000 characters)"
    workspace.apply(edits.edit_field(workspace.store, "meeting", key, "city", {"city": "Baku"}))
    assert stored(workspace, "meeting", key, "note") == note


@pytest.mark.parametrize(
    ("values", "name", "whole"),
    [
        ({"city": "Beijing <b>and</b> Baku"}, "city", "Beijing <b>and</b> Baku"),
        ({"kind": "intergovernmental_commission"}, "kind", "Intergovernmental commission"),
    ],
)
def test_a_line_without_room_shows_the_beginning_and_says_the_whole_under_the_pointer(
    workspace: Workspace, inspector: Inspector, values: dict[str, Value], name: str, whole: str
) -> None:
    inspector.show_record("meeting", meeting(workspace, **values))
    found = line(inspector, name)
    assert isinstance(found, ElidedLine)
    found.setFixedWidth(90)
    assert found.shown.endswith("…")
    assert (found.text(), found.cursorPosition()) == (whole, 0)
    assert not found.grab().isNull()
    help_event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), found.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(found, help_event)
    assert QToolTip.text() == f"<qt>{html.escape(whole)}</qt>"
    found.setFixedWidth(2_000)
    assert found.shown == found.text()


def test_an_amount_without_room_is_shown_short_and_edited_exactly(workspace: Workspace, inspector: Inspector) -> None:
    key = make(workspace, "project", name="Plant", value=3.9e9, currency="USD", value_bound="approx")
    inspector.show_record("project", key)
    amount = line(inspector, "value")
    assert isinstance(amount, ElidedLine)
    amount.setFixedWidth(amount.fontMetrics().horizontalAdvance("about $3.9 bn") + 40)
    assert amount.shown == "about $3.9 bn"
    assert amount.text() == "about 3,900,000,000 USD"
    amount.setFixedWidth(400)
    assert amount.shown == amount.text()

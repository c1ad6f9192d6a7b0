"""Editors of values: opened and closed they change nothing; what is typed is refused or written as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.editors import commit, make_editor
from azcn_desktop.gui.editors.link_editors import LinkEditor, LinksEditor
from azcn_desktop.gui.editors.value_editors import LineEditor, ListEditor, TextEditor
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from tests.gui.editors.desk import Desk
from tests.gui.making import make

TABLES = ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation", "source")
LONG_TEXTS = (
    "one\r\ntwo\r\n",
    "no\u00a0break",
    "line\u2028separator",
    "paragraph\u2029separator",
    "x" * 40_000,
    "  blanks around  ",
    "tab\tand\n\n\nempty lines\n",
    "İstanbul Bakı 中国 Встреча \U0001f600",
)


@pytest.mark.parametrize(
    ("table", "name", "editor"),
    [
        ("meeting", "date", LineEditor),
        ("meeting", "title", LineEditor),
        ("meeting", "status", ListEditor),
        ("meeting", "country", ListEditor),
        ("meeting", "ordinal", LineEditor),
        ("meeting", "note", TextEditor),
        ("meeting", "participants_az", LinksEditor),
        ("agreement", "value", LineEditor),
        ("commitment", "by", LinkEditor),
        ("commitment", "is_measurable", ListEditor),
        ("organisation", "parent_id", LinkEditor),
        ("source", "url", LineEditor),
    ],
)
def test_every_kind_has_its_editor(filled_workspace: Workspace, table: str, name: str, editor: type) -> None:
    record = filled_workspace.store.get(table, 1)
    assert type(make_editor(SCHEMA[table].field(name), None, filled_workspace.store, record)) is editor


@pytest.mark.parametrize("table", TABLES)
def test_opening_and_closing_an_editor_changes_nothing(filled_workspace: Workspace, table: str) -> None:
    for key in range(1, 31):
        record = filled_workspace.store.get(table, key)
        for f in SCHEMA[table].fields:
            editor = make_editor(f, None, filled_workspace.store, record)
            assert not editor.is_modified(), f.name
            outcome = commit(editor, filled_workspace)
            assert (outcome.is_written, outcome.refusal) == (False, "")
        assert filled_workspace.store.get(table, key).values == record.values
    assert filled_workspace.store.journal.next_undo() is None


@pytest.mark.parametrize("note", LONG_TEXTS)
def test_a_long_text_keeps_every_byte_when_it_is_only_looked_at(empty_workspace: Workspace, note: str) -> None:
    key = make(empty_workspace, "meeting", title="Talks", note=note)
    editor = make_editor(
        SCHEMA["meeting"].field("note"), None, empty_workspace.store, empty_workspace.store.get("meeting", key)
    )
    assert not editor.is_modified()
    assert not commit(editor, empty_workspace).is_written
    assert empty_workspace.store.get("meeting", key).values["note"] == note


@pytest.mark.parametrize("value", [1234.56789012345, 1e-7, 2.0**31, 2.0**53, 0.1, 1e15 + 0.5])
def test_a_number_keeps_every_digit_when_it_is_only_looked_at(empty_workspace: Workspace, value: float) -> None:
    key = make(empty_workspace, "figure", measure="Count", value=value)
    record = empty_workspace.store.get("figure", key)
    editor = make_editor(SCHEMA["figure"].field("value"), None, empty_workspace.store, record)
    assert not commit(editor, empty_workspace).is_written
    assert empty_workspace.store.get("figure", key).values["value"] == value


def test_an_edited_long_text_keeps_its_line_breaks_and_blanks(desk: "type[Desk]") -> None:
    at = desk("meeting", "note", title="Talks", note="one\r\ntwo\u00a0three\r\n")
    assert isinstance(at.input, QPlainTextEdit)
    at.press(Qt.Key.Key_X)
    assert at.editor.is_modified()
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["note"] == "xone\r\ntwo\u00a0three\r\n"


def test_enter_makes_a_line_in_a_long_text_and_ctrl_enter_commits(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "note", title="Talks")
    with qtbot.assertNotEmitted(at.editor.committed):
        qtbot.keyClicks(at.input, "one")
        at.press(Qt.Key.Key_Return)
        qtbot.keyClicks(at.input, "two")
    with qtbot.waitSignal(at.editor.committed):
        at.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at.editor.values() == {"note": "one\ntwo"}


def test_refused_typing_stays_with_the_reason_beside_it(desk: "type[Desk]") -> None:
    at = desk("meeting", "date", title="Talks", date="2024")
    at.type("31.02.2024")
    outcome = commit(at.editor, at.workspace)
    assert "not a day of the calendar" in outcome.refusal
    assert (at.editor.text(), at.editor.problem) == ("31.02.2024", outcome.refusal)
    assert at.input.property("invalid") == "true"
    assert at.values()["date"] == "2024"
    at.press(Qt.Key.Key_Backspace)
    assert at.input.property("invalid") == "false"


def test_escape_shows_the_stored_value_again(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    at.type("Something else")
    with qtbot.waitSignal(at.editor.cancelled):
        at.press(Qt.Key.Key_Escape)
    assert at.editor.text() == "Talks"
    assert not at.editor.is_modified()


def test_leaving_a_field_commits_it(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    other = QLineEdit(at.window)
    other.show()
    at.type("Consultations")
    with qtbot.waitSignal(at.editor.committed):
        other.setFocus()


@pytest.mark.parametrize(("typed", "stored"), [("can", "cancelled"), ("Held", "held"), ("postp", "postponed")])
def test_typing_a_part_picks_a_word_of_the_list(desk: "type[Desk]", typed: str, stored: str) -> None:
    at = desk("meeting", "status", title="Talks", status="planned")
    at.editor.committed.connect(lambda: commit(at.editor, at.workspace))
    at.type(typed)
    at.press(Qt.Key.Key_Return)
    assert at.values()["status"] == stored


def test_enter_in_an_untouched_list_changes_nothing(desk: "type[Desk]") -> None:
    at = desk("meeting", "level", title="Talks")
    at.editor.open_choices()
    at.press(Qt.Key.Key_Return)
    assert not at.editor.is_modified()
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Head of state"


def test_a_word_outside_the_list_is_refused_with_the_list(desk: "type[Desk]") -> None:
    at = desk("meeting", "status", title="Talks")
    at.type("bogus")
    assert "not in the list: Planned, Held" in commit(at.editor, at.workspace).refusal
    assert at.editor.text() == "bogus"


def test_several_countries_are_typed_one_after_the_other(desk: "type[Desk]") -> None:
    at = desk("organisation", "country", name="AIIB")
    at.type("azer")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Up)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Azerbaijan"
    at.input.end(False)
    for text in ("; ", "chi"):
        QtBot.keyClicks(at.input, text)
    assert at.editor.line.suggestions[0].text in ("China", "Chile")
    at.editor.line.setText("Azerbaijan; China")
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["country"] == "AZ CN"


def test_clearing_a_field_makes_it_empty(desk: "type[Desk]") -> None:
    at = desk("meeting", "level", title="Talks", level="minister")
    at.type("")
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["level"] is None


def test_typing_stays_when_the_record_changes_elsewhere_and_a_conflict_is_told(desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    at.type("Consultations")
    at.workspace.apply(edits.edit_field(at.workspace.store, "meeting", at.key, "title", {"title": "Round table"}))
    at.editor.set_record(at.workspace.store.get("meeting", at.key))
    assert at.editor.text() == "Consultations"
    assert "was changed meanwhile" in commit(at.editor, at.workspace).refusal
    assert at.values()["title"] == "Round table"


def test_a_problem_of_another_field_names_that_field(desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks", status="held")
    at.type("x" * 301)
    assert commit(at.editor, at.workspace).refusal.startswith("This text has 301 characters")

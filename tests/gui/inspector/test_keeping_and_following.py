"""The inspector beside what else goes on: typing it keeps, changes it follows, records it can't edit."""

import hashlib
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.texts import add_text, remove_text
from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from tests.gui.inspector.pane import add, button, field, line, meeting, stored, texts
from tests.gui.making import make


def test_without_a_record_it_says_so(inspector: Inspector) -> None:
    assert texts(inspector) == ["Select a record to see what is known of it."]


def test_each_field_has_one_editor_after_changing_between_tables(workspace: Workspace, inspector: Inspector) -> None:
    first, second = meeting(workspace), make(workspace, "agreement", title="Protocol", status="signed")
    for table, key in (("meeting", first), ("agreement", second), ("meeting", first), ("agreement", second)):
        inspector.show_record(table, key)
    assert len(inspector.findChildren(QWidget, "field-title")) == 1
    assert len(inspector.findChildren(QWidget, "field-status")) == 1
    assert inspector.findChild(QWidget, "field-city") is None


def test_a_form_is_kept_for_each_record_type_without_its_refused_typing(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    first, second = meeting(workspace), make(workspace, "agreement", title="Protocol", status="signed")
    inspector.show_record("meeting", first)
    form = inspector.form
    qtbot.keyClicks(line(inspector, "date"), "never")
    inspector.show_record("agreement", second)
    inspector.show_record("meeting", first)
    assert inspector.form is form
    assert inspector.refused() == []
    assert line(inspector, "date").isVisible()
    assert stored(workspace, "meeting", first, "date") == "2025-04-16"


def test_typing_survives_a_change_from_elsewhere(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace, city="Baku")
    inspector.show_record("meeting", key)
    city = line(inspector, "city")
    city.setFocus()
    city.selectAll()
    qtbot.keyClicks(city, "Gan")
    workspace.apply(edits.edit_field(workspace.store, "meeting", key, "title", {"title": "Renamed"}))
    assert city.text() == "Gan"
    assert QApplication.focusWidget() is city
    title = field(inspector, "title")
    assert isinstance(title, QPlainTextEdit)
    assert title.toPlainText() == "Renamed"


def test_undo_is_shown_at_once(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace, city="Baku")
    workspace.apply(edits.edit_field(workspace.store, "meeting", key, "city", {"city": "Beijing"}))
    inspector.show_record("meeting", key)
    workspace.undo()
    assert line(inspector, "city").text() == "Baku"


def test_going_to_another_record_accepts_the_typing(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    first, second = meeting(workspace, city="Baku"), meeting(workspace, title="Other")
    inspector.show_record("meeting", first)
    city = line(inspector, "city")
    city.setFocus()
    city.selectAll()
    qtbot.keyClicks(city, "Beijing")
    inspector.show_record("meeting", second)
    assert stored(workspace, "meeting", first, "city") == "Beijing"


def test_the_tab_key_follows_the_eye(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace, city="Baku")
    workspace.apply(edits.cite(workspace.store, "meeting", key, {"publisher": "Trend"}, "words"))
    inspector.show_record("meeting", key)
    QApplication.processEvents()
    inspector.focus_first_field()
    heights = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        heights.append(focused.mapTo(inspector, focused.rect().topLeft()).y())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is field(inspector, "note"):
            break
    line_height = 20
    assert all(later > earlier - line_height for earlier, later in pairwise(heights))
    assert len(heights) > 6


def test_revisions_tell_what_was_changed_from_what_to_what(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace)
    workspace.apply(edits.edit_field(workspace.store, "meeting", key, "status", {"status": "cancelled"}))
    add(workspace, "participation", meeting_id=key, printed="Chinese officials", side="CN")
    inspector.show_record("meeting", key)
    shown = texts(inspector)
    assert "Revisions (3)" in shown
    assert "Created" in shown
    assert "Status: Held → Cancelled" in shown
    assert "Participant added: Chinese officials, China" in shown
    footer = inspector.findChild(QLabel, "inspector-footer")
    assert footer.text().endswith(" · 3 revisions")


def test_revisions_of_a_text_are_told_in_words_and_fit_into_the_pane(
    workspace: Workspace, inspector: Inspector
) -> None:
    key = make(workspace, "source", title="Trade grew", url="https://example.org/" + "long" * 30)
    for raw in ("Trade  grew.", "Trade  grew.\r\nBoth said so."):
        workspace.apply(add_text(workspace.store, key, raw))
    workspace.apply(remove_text(workspace.store, key))
    workspace.apply(edits.edit_field(workspace.store, "source", key, "url", {"url": "https://example.org/" + "x" * 60}))
    inspector.show_record("source", key)
    shown = texts(inspector)
    assert "Text added: 12 characters, repairs: 1" in shown
    assert "Text replaced: 12 → 27 characters, repairs: 1 → 2" in shown
    assert "Text removed: 27 characters, repairs: 2" in shown
    assert not [words for words in shown if "{" in words]
    labels = [label for label in inspector.revisions.findChildren(QLabel) if "SHA-256" in label.text()]
    assert len(labels) == 3
    whole = hashlib.sha256(b"Trade  grew.").hexdigest()
    assert labels[-1].text() == f"SHA-256: – → {whole[:12]}…"
    assert whole in labels[-1].toolTip().replace("\u200b", "")
    for label in inspector.revisions.findChildren(QLabel):
        room = label.fontMetrics().boundingRect(label.rect(), int(Qt.TextFlag.TextWordWrap), label.text())
        assert room.width() <= label.width()


def test_a_shipped_record_that_was_changed_can_be_set_back(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    row = workspace.schema["meeting"].new_row() | {"title": "As shipped", "status": "held"}
    key = workspace.apply(ChangeSet("Build", (Change("meeting", -1, None, row),), "shipped")).new_keys[-1]
    workspace.store.remember_shipped([("M001", "meeting", key, row)])
    inspector.show_record("meeting", key)
    footer = inspector.findChild(QLabel, "inspector-footer")
    assert footer.text() == "As shipped"
    workspace.apply(edits.edit_field(workspace.store, "meeting", key, "status", {"status": "cancelled"}))
    assert "Changed since it was shipped: Status" in texts(inspector)
    qtbot.mouseClick(button(inspector, "button-set-back"), Qt.MouseButton.LeftButton)
    assert stored(workspace, "meeting", key, "status") == "held"
    assert not button(inspector, "button-set-back").isVisible()


def test_a_record_in_the_trash_offers_to_be_restored(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    workspace.apply(edits.to_trash(workspace.store, "meeting", [key]))
    inspector.show_record("meeting", key)
    assert "This record is in the trash." in texts(inspector)
    assert line(inspector, "date").isReadOnly()
    qtbot.mouseClick(button(inspector, "button-restore"), Qt.MouseButton.LeftButton)
    assert stored(workspace, "meeting", key, "deleted_at") is None
    assert not line(inspector, "date").isReadOnly()


def test_a_file_that_can_only_be_read_says_why_nothing_can_be_edited(
    workspace: Workspace, inspector: Inspector
) -> None:
    key = meeting(workspace)
    workspace.open(workspace.store.path, read_only=True)
    inspector.show_record("meeting", key)
    assert line(inspector, "date").isReadOnly()
    assert not inspector.sources.add_button.isVisible()
    assert any(text.startswith("This file can only be read.") for text in texts(inspector))


def test_data_is_never_markup(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace, title="<b>bold</b>", outcome="<img src=x>")
    add(workspace, "participation", meeting_id=key, printed="<i>who</i>", role="<u>office</u>", side="CN")
    workspace.apply(edits.cite(workspace.store, "meeting", key, {"publisher": "<b>P</b>"}, "<script>"))
    inspector.show_record("meeting", key)
    assert {label.textFormat() for label in inspector.findChildren(QLabel)} == {Qt.TextFormat.PlainText}
    tips = [widget.toolTip() for widget in inspector.findChildren(QWidget)]
    assert not any("<b>" in tip or "<i>" in tip for tip in tips)


def test_another_record_does_not_disturb(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    first, second = meeting(workspace), meeting(workspace, title="Other")
    inspector.show_record("meeting", first)
    shown = inspector.record
    workspace.apply(edits.edit_field(workspace.store, "meeting", second, "city", {"city": "Baku"}))
    assert inspector.record is shown


def test_a_record_that_is_gone_leaves_the_pane_empty(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace)
    inspector.show_record("meeting", key)
    workspace.undo()
    assert inspector.record is None
    assert texts(inspector) == ["Select a record to see what is known of it."]

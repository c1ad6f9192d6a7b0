"""Participants and linked records in the inspector: shown, linked where they stand, added and removed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.inspector.lines import RecordLine
from azcn_desktop.gui.inspector.members import MembersEditor
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from tests.gui.inspector.pane import add, meeting, named, stored, texts
from tests.gui.making import make


def test_participants_are_shown_with_their_office_and_lead_to_the_person(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    key = meeting(workspace)
    person = make(workspace, "person", name="Shahin Mustafayev", country="AZ")
    add(workspace, "participation", meeting_id=key, person_id=person, role="Deputy Prime Minister", side="AZ")
    inspector.show_record("meeting", key)
    assert "Deputy Prime Minister" in texts(inspector)
    lines = [found for found in inspector.findChildren(RecordLine) if found.text() == "Shahin Mustafayev"]
    with qtbot.waitSignal(inspector.jump_requested) as told:
        qtbot.mouseClick(lines[0], Qt.MouseButton.LeftButton)
    assert told.args == ["person", person]


def test_printed_words_are_marked_and_can_be_linked_where_they_stand(
    workspace: Workspace, inspector: Inspector
) -> None:
    key = meeting(workspace)
    person = make(workspace, "person", name="Ling Ji", country="CN")
    part = add(workspace, "participation", meeting_id=key, printed="Vice Minister Ling", role="co-chair", side="CN")
    inspector.show_record("meeting", key)
    assert "co-chair · as printed, not linked" in texts(inspector)
    members = inspector.form.rows["participants_cn"].editor if inspector.form else None
    assert isinstance(members, MembersEditor)
    members.link_printed(members.labels[0], Pick("person", person, "Ling Ji"))
    row = workspace.store.get("participation", part)
    assert row is not None
    assert (row.values["person_id"], row.values["printed"], row.values["role"]) == (person, None, "co-chair")
    assert "Ling Ji" in texts(inspector)
    workspace.undo()
    assert "co-chair · as printed, not linked" in texts(inspector)


def test_printed_words_can_be_made_into_a_record_in_one_step(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace)
    add(workspace, "participation", meeting_id=key, printed="Wang Yi", side="CN")
    inspector.show_record("meeting", key)
    members = inspector.form.rows["participants_cn"].editor if inspector.form else None
    assert isinstance(members, MembersEditor)
    row = workspace.schema["person"].new_row() | {"name": "Wang Yi", "country": "CN"}
    members.link_printed(members.labels[0], Pick("person", -1, "Wang Yi", row))
    record = workspace.store.get("meeting", key)
    assert record is not None
    assert record.labels["participants_cn"][0].table == "person"
    workspace.undo()
    record = workspace.store.get("meeting", key)
    assert record is not None
    assert record.labels["participants_cn"][0].table is None


def test_a_member_is_removed_by_its_button(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    add(workspace, "participation", meeting_id=key, printed="Chinese officials", side="CN")
    inspector.show_record("meeting", key)
    remove = named(inspector, "Remove Chinese officials")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    record = workspace.store.get("meeting", key)
    assert record is not None
    assert record.labels["participants_cn"] == ()


def test_the_office_of_a_participant_is_edited_below_the_name(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    key = meeting(workspace)
    part = add(workspace, "participation", meeting_id=key, printed="Ling Ji", role="Minister", side="CN")
    inspector.show_record("meeting", key)
    details = named(inspector, "Details of Ling Ji")
    qtbot.mouseClick(details, Qt.MouseButton.LeftButton)
    office = QApplication.focusWidget()
    assert isinstance(office, QPlainTextEdit)
    assert office.toPlainText() == "Minister"
    office.selectAll()
    qtbot.keyClicks(office, "Vice Minister")
    qtbot.keyClick(office, Qt.Key.Key_Return)
    assert stored(workspace, "participation", part, "role") == "Vice Minister"
    assert "Vice Minister · as printed, not linked" in texts(inspector)
    workspace.undo()
    assert "Minister · as printed, not linked" in texts(inspector)


def test_linked_records_are_shown_from_both_ends(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    agreement = make(workspace, "agreement", title="Protocol of the session", status="signed")
    workspace.apply(edits.add_link(workspace.store, "signed_at", ("agreement", agreement), ("meeting", key)))
    inspector.show_record("meeting", key)
    assert {"Linked records (1)", "Signed here", "Protocol of the session"} <= set(texts(inspector))
    inspector.show_record("agreement", agreement)
    assert {"Signed at", "10th session"} <= set(texts(inspector))
    linked = next(each for each in inspector.findChildren(RecordLine) if each.objectName().startswith("linked-record-"))
    with qtbot.waitSignal(inspector.jump_requested) as told:
        qtbot.mouseClick(linked, Qt.MouseButton.LeftButton)
    assert told.args == ["meeting", key]


def test_a_link_is_added_with_its_relation_and_removed(
    workspace: Workspace, inspector: Inspector, qtbot: QtBot
) -> None:
    key = meeting(workspace)
    agreement = make(workspace, "agreement", title="Protocol", status="signed")
    inspector.show_record("meeting", key)
    qtbot.mouseClick(inspector.linked.add_button, Qt.MouseButton.LeftButton)
    picker = inspector.findChild(LinkPicker, "link-record")
    qtbot.keyClicks(picker, "proto")
    qtbot.keyClick(picker, Qt.Key.Key_Return)
    (related,) = workspace.store.related("meeting", key)
    assert (related.relation, related.table, related.key) == ("signed here", "agreement", agreement)
    remove = named(inspector, "Remove link to Protocol")
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert workspace.store.related("meeting", key) == []

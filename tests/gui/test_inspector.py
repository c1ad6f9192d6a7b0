"""The inspector: what it shows of a record, how it edits, and what it keeps while other things change."""

import html
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.inspector.lines import RecordLine
from azcn_desktop.gui.inspector.members import MembersEditor
from azcn_desktop.gui.sources.source_dialog import SourceDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.web_address import AddressDialog, real_host
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade


def no_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} is new and needs no upgrade")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "inspector.db"
    database = Database.create(found)
    upgrade(database, SCHEMA)
    database.close()
    return found


@pytest.fixture
def workspace(path: Path, qapp: QApplication) -> Iterator[Workspace]:
    found = Workspace(no_upgrade)
    found.open(path)
    yield found
    found.close()


@pytest.fixture
def inspector(workspace: Workspace, qtbot: QtBot) -> Iterator[Inspector]:
    window = QWidget()
    window.resize(700, 900)
    theme = ThemeController("light")
    found = Inspector(workspace, theme, Icons(theme), window)
    found.resize(326, 900)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield found
    window.close()


def make(workspace: Workspace, table: str, **values: Value) -> int:
    return workspace.apply(edits.create(workspace.store, table, values)).new_keys[-1]


def add(workspace: Workspace, table: str, **values: Value) -> int:
    row = workspace.schema[table].new_row() | values
    return workspace.apply(ChangeSet("Add", (Change(table, -1, None, row),))).new_keys[-1]


def meeting(workspace: Workspace, **values: Value) -> int:
    return make(workspace, "meeting", **({"title": "10th session", "status": "held", "date": "2025-04-16"} | values))


def stored(workspace: Workspace, table: str, key: int, column: str) -> Value:
    record = workspace.store.get(table, key)
    assert record is not None
    return record.values[column]


def field(inspector: Inspector, name: str) -> QWidget:
    found = inspector.findChild(QWidget, f"field-{name}")
    assert found is not None
    return found


def line(inspector: Inspector, name: str) -> QLineEdit:
    found = field(inspector, name)
    assert isinstance(found, QLineEdit)
    return found


def button(inspector: Inspector, name: str) -> QPushButton:
    found = inspector.findChild(QPushButton, name)
    assert found is not None
    return found


def named(inspector: Inspector, name: str) -> QWidget:
    """The visible widget with a name for screen readers."""
    QApplication.processEvents()
    (found,) = [w for w in inspector.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
    return found


def texts(inspector: Inspector) -> list[str]:
    """Everything that can be read in the pane."""
    QApplication.processEvents()  # a widget that is added to a visible one appears with the next event
    labels = [label.text() for label in inspector.findChildren(QLabel) if label.isVisible()]
    return labels + [button.text() for button in inspector.findChildren(RecordLine) if button.isVisible()]


def test_without_a_record_it_says_so(inspector: Inspector) -> None:
    assert texts(inspector) == ["Select a record to see what is known of it."]


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


def test_every_input_has_a_name_for_screen_readers(workspace: Workspace, inspector: Inspector) -> None:
    key = make(workspace, "figure", measure="trade", topic="trade", period="2024")
    inspector.show_record("figure", key)
    inputs = [*inspector.findChildren(QLineEdit), *inspector.findChildren(QPlainTextEdit)]
    assert len(inputs) > 20
    assert [widget.objectName() for widget in inputs if not widget.accessibleName()] == []


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


def test_a_title_refused_on_leaving_is_told(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    first, second = meeting(workspace), meeting(workspace, title="Other")
    inspector.show_record("meeting", first)
    inspector.focus_first_field()
    qtbot.keyClick(field(inspector, "title"), Qt.Key.Key_Backspace)
    with qtbot.waitSignal(inspector.message) as told:
        inspector.show_record("meeting", second)
    assert told.args == ["Meeting was not stored: This can't be empty."]
    assert stored(workspace, "meeting", first, "title") == "10th session"


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


def test_linked_records_are_shown_from_both_ends(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    agreement = make(workspace, "agreement", title="Protocol of the session", status="signed")
    workspace.apply(edits.add_link(workspace.store, "signed_at", ("agreement", agreement), ("meeting", key)))
    inspector.show_record("meeting", key)
    assert {"Linked records (1)", "Signed here", "Protocol of the session"} <= set(texts(inspector))
    inspector.show_record("agreement", agreement)
    assert {"Signed at", "10th session"} <= set(texts(inspector))
    linked = inspector.findChild(RecordLine, "linked-record")
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


def test_sources_show_what_they_print_and_where_they_differ(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace)
    source = {"publisher": "Trend", "published": "2025-04-16", "url": "https://example.az/news/1"}
    workspace.apply(edits.cite(workspace.store, "meeting", key, source, "held in Baku"))
    citation = workspace.store.citations("meeting", key)[0]
    change = Change("citation", citation.citation_key, {"read_as": None}, {"read_as": "excerpt"})
    workspace.apply(ChangeSet("Read", (change,)))
    row = {"citation_id": citation.citation_key, "meeting_id": key, "field_name": "date", "printed": "17 April"}
    add(workspace, "citation_link", **row, role="contradicts")
    inspector.show_record("meeting", key)
    shown = texts(inspector)
    for words in (
        "Trend", "untitled", "16 April 2025", "“held in Baku”", "Only a part of the text was read.",
        "Date differs here: 17 April", "example.az/news/1",
    ):  # fmt: skip
        assert words in shown


def test_a_quote_is_corrected_where_it_stands(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    workspace.apply(edits.cite(workspace.store, "meeting", key, {"publisher": "Trend"}, "held in Bakuu"))
    inspector.show_record("meeting", key)
    qtbot.mouseClick(named(inspector, "Correct the quote from Trend"), Qt.MouseButton.LeftButton)
    quote = QApplication.focusWidget()
    assert isinstance(quote, QPlainTextEdit)
    quote.selectAll()
    qtbot.keyClicks(quote, "held in Baku")
    qtbot.keyClick(quote, Qt.Key.Key_Return)
    assert workspace.store.citations("meeting", key)[0].quote == "held in Baku"
    inspector.focus_first_field()
    qtbot.waitUntil(lambda: "“held in Baku”" in texts(inspector))
    workspace.undo()
    assert workspace.store.citations("meeting", key)[0].quote == "held in Bakuu"


def test_a_record_without_a_source_says_so(workspace: Workspace, inspector: Inspector) -> None:
    inspector.show_record("meeting", meeting(workspace))
    assert "No source yet. Add one, so that others can check this record." in texts(inspector)


def test_a_new_source_is_added_by_the_dialog(workspace: Workspace, inspector: Inspector, qtbot: QtBot) -> None:
    key = meeting(workspace)
    inspector.show_record("meeting", key)
    qtbot.mouseClick(inspector.sources.add_button, Qt.MouseButton.LeftButton)
    dialog = inspector.findChild(SourceDialog)
    for name, text in (
        ("publisher", "Xinhua"),
        ("title", "Sides meet"),
        ("published", "16 April 2025"),
        ("url", "https://example.cn/1"),
    ):
        qtbot.keyClicks(dialog.form.inputs[name], text)
    dialog.form.quote.setPlainText("the two sides met")
    qtbot.mouseClick(dialog.findChild(QPushButton, "source-add"), Qt.MouseButton.LeftButton)
    (citation,) = workspace.store.citations("meeting", key)
    assert (citation.publisher, citation.title, citation.published, citation.url, citation.quote) == (
        "Xinhua", "Sides meet", "2025-04-16", "https://example.cn/1", "the two sides met",
    )  # fmt: skip
    assert "Xinhua" in texts(inspector)


def test_the_dialog_refuses_in_words_and_keeps_the_typing(workspace: Workspace, qtbot: QtBot) -> None:
    record = workspace.store.get("meeting", meeting(workspace))
    assert record is not None
    dialog = SourceDialog(workspace.store, record)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.accept()
    assert dialog.form.problem.text() == "Pick a source, or give at least a publisher, a title or an address."
    dialog.form.inputs["url"].setText("file://server/share")
    dialog.accept()
    assert dialog.form.problem.text().startswith("Address: Only web addresses are possible here")
    assert dialog.form.inputs["url"].text() == "file://server/share"
    assert dialog.isVisible()
    dialog.close()


def test_an_existing_source_is_picked_and_a_known_address_is_reused(workspace: Workspace, qtbot: QtBot) -> None:
    source = add(workspace, "source", publisher="Azertag", title="A day", url="https://azertag.az/1")
    key = meeting(workspace)
    record = workspace.store.get("meeting", key)
    assert record is not None
    dialog = SourceDialog(workspace.store, record)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.form.picker, "azertag")
    qtbot.keyClick(dialog.form.picker, Qt.Key.Key_Return)
    assert not dialog.form.inputs["title"].isEnabled()
    workspace.apply(dialog.change_set())
    dialog.close()
    again = SourceDialog(workspace.store, record)
    qtbot.addWidget(again)
    again.form.inputs["url"].setText("https://azertag.az/1")
    workspace.apply(again.change_set())
    assert {citation.source_key for citation in workspace.store.citations("meeting", key)} == {source}


def test_an_address_is_opened_only_after_the_host_was_shown(workspace: Workspace, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = AddressDialog("https://example.az/news/1?x=<b>", parent)
    assert "https://example.az" in asked.box.text()
    assert asked.box.textFormat() == Qt.TextFormat.PlainText
    asked.on_copy_clicked()
    assert QApplication.clipboard().text() == "https://example.az/news/1?x=<b>"
    bad = AddressDialog("https://azertag.az@evil.example/", parent)
    assert bad.box.text().startswith("This address is not opened:")
    assert [b.text() for b in bad.box.buttons() if bad.box.buttonRole(b) == QMessageBox.ButtonRole.AcceptRole] == []


def test_look_alike_letters_show_as_what_they_are() -> None:
    assert real_host("https://аzertag.az/1") == "https://xn--zertag-2nf.az"
    with pytest.raises(ValueError, match="begin with http"):
        real_host("file://server/share")


def test_a_source_shows_what_rests_on_it(workspace: Workspace, inspector: Inspector) -> None:
    key = meeting(workspace)
    workspace.apply(edits.cite(workspace.store, "meeting", key, {"publisher": "Trend"}, "words"))
    inspector.show_record("source", workspace.store.citations("meeting", key)[0].source_key)
    assert {"Rests on this source (1)", "Meetings", "10th session"} <= set(texts(inspector))


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
    workspace: Workspace, path: Path, inspector: Inspector
) -> None:
    key = meeting(workspace)
    workspace.open(path, read_only=True)
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

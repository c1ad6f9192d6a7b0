"""The sources of a record in the inspector, the dialog that adds one, and the way to an address."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.sources.source_dialog import SourceDialog
from azcn_desktop.gui.widgets.web_address import AddressDialog, real_host
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from tests.gui.inspector.pane import add, meeting, named, texts


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

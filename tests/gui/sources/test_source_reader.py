"""The reader of sources: texts come in, passages are marked, selected and cited; whatever stands there is text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.texts import add_text, text_of
from azcn_desktop.gui.editors.link_picker import Pick
from azcn_desktop.gui.sources.cite_dialog import CiteDialog
from azcn_desktop.gui.sources.passage_delegate import USES_ROLE
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.sources.reader_text import _Positions
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.widgets.visible_signs import DIRECTION_CHARACTERS, visible
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.passages import passages
from azcn_desktop.store.store import Store
from tests.gui.sources.reading_desk import LEAD, TEXT, select


def test_a_passage_names_a_record_once_with_the_fields_that_it_proves_and_leads_there(
    reader: SourceReader, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    store = filled_workspace.store
    figure = store.find_reference("T072")
    assert figure is not None
    (citation,) = store.citations(*figure)
    filled_workspace.apply(add_text(store, citation.source_key, f"BAKU. A {citation.quote}, he said."))
    reader.show_source(citation.source_key)
    reader.list.choose(citation.citation_key)
    assert reader.list.currentItem().data(USES_ROLE) == ["→ Goods trade, Turnover, 2024 · Value, Growth"]
    with qtbot.waitSignal(reader.record_requested) as asked:
        reader.list.activated.emit(reader.list.currentIndex())
    assert tuple(asked.args) == figure


def test_without_a_text_the_reader_says_how_one_comes_in(reader: SourceReader, source: int) -> None:
    reader.show_source(source)
    assert reader.welcome.isVisible()
    assert reader.findChild(QPushButton, "reader-paste").isVisible()
    assert not reader.text.isVisible()


def test_a_pasted_text_is_stored_and_its_quotes_find_their_places(
    reader: SourceReader, source: int, filled_workspace: Workspace
) -> None:
    reader.show_source(source)
    QApplication.clipboard().setText(TEXT)
    reader.on_paste_requested()
    dialog = reader.findChild(PasteDialog)
    assert dialog.text.toPlainText() == TEXT
    dialog.findChild(QPushButton, "paste-accept").click()
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == TEXT
    (passage,) = passages(filled_workspace.store, source)
    assert passage.anchor_state == "anchored"
    assert stored.clean[passage.start : passage.end] == "commission met in Baku"
    assert reader.text.toPlainText() == stored.clean
    assert [s.cursor.selectedText() for s in reader.text.extraSelections()] == ["commission met in Baku"]
    filled_workspace.undo()
    assert text_of(filled_workspace.store, source) is None
    assert reader.welcome.isVisible()


def test_a_text_that_is_none_is_refused_beside_the_typing(reader: SourceReader, source: int) -> None:
    reader.show_source(source)
    QApplication.clipboard().clear()
    reader.on_paste_requested()
    dialog = reader.findChild(PasteDialog)
    dialog.text.setPlainText("   ")
    dialog.findChild(QPushButton, "paste-accept").click()
    assert dialog.isVisible()
    assert "no text" in dialog.problem.text()
    dialog.reject()


def test_a_long_text_is_cleaned_on_the_worker_and_stored_whole(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    reader.show_source(source)
    long = "\n\n".join(f"Paragraph {n} tells of cargo on the rails. {LEAD}" for n in range(400))
    QApplication.clipboard().setText(long)
    reader.on_paste_requested()
    reader.findChild(PasteDialog).findChild(QPushButton, "paste-accept").click()
    qtbot.waitUntil(lambda: text_of(filled_workspace.store, source) is not None, timeout=20_000)
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == long
    assert passages(filled_workspace.store, source)[0].anchor_state == "anchored"


def test_what_is_not_found_is_marked_and_stays(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, "Quite another article about wine and tea."))
    reader.show_source(source)
    assert reader.list.item(0).text() == "Not found in the text: “commission met in Baku”"
    assert reader.text.extraSelections() == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script> <img src='file:///etc/passwd'> <b>bold</b> & plain words",
        "right \u202eto left\u202c and \u200binvisible words that stay",
        "<a href='javascript:x'>link</a> " * 800,
    ],
)
def test_hostile_text_is_shown_letter_by_letter(
    reader: SourceReader, source: int, filled_workspace: Workspace, hostile: str
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, hostile))
    reader.show_source(source)
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == hostile
    assert reader.text.toPlainText().replace("\n", "") == visible(stored.clean)  # a long line is broken on the screen
    assert reader.text.document().isEmpty() is False


DIRECTION = "The turnover was \u202e7.3\u202c billion \u2067and\u2069 the ministry\u200f said so."


def test_characters_of_direction_are_seen_and_do_not_act(
    reader: SourceReader, source: int, filled_workspace: Workspace
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, DIRECTION))
    reader.show_source(source)
    shown = reader.text.toPlainText()
    assert len(shown) == len(DIRECTION)
    assert not set(shown) & set(DIRECTION_CHARACTERS)
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == stored.clean == DIRECTION


def test_what_is_copied_and_cited_keeps_the_characters_of_direction(
    reader: SourceReader, source: int, filled_workspace: Workspace
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, DIRECTION))
    reader.show_source(source)
    words = "was \u202e7.3\u202c billion"
    assert reader.text.find_next(words)
    assert reader.text.createMimeDataFromSelection().text() == words
    reader.ask_for("figure", 1, "value")
    reader.head.cite_button.click()
    dialog = reader.findChild(CiteDialog)
    assert not set(dialog.quote.toPlainText()) & set(DIRECTION_CHARACTERS)
    dialog.findChild(QPushButton, "cite-accept").click()
    cited = next(c for c in filled_workspace.store.citations("figure", 1) if c.source_key == source)
    assert cited.quote == words
    assert not set(reader.list.item(0).text()) & set(DIRECTION_CHARACTERS)
    marked = [s.cursor.selectedText() for s in reader.text.extraSelections()]
    assert marked == ["was \u25c47.3\u25c7 billion"]


def test_a_selected_passage_is_cited_for_a_field_and_undone_in_one_step(
    reader: SourceReader, source: int, filled_workspace: Workspace
) -> None:
    store = filled_workspace.store
    filled_workspace.apply(add_text(store, source, TEXT))
    reader.show_source(source)
    assert not reader.head.cite_button.isEnabled()
    reader.ask_for("figure", 1, "value")
    select(reader, "about 3.7 billion dollars")  # behind a character of two units
    assert reader.head.cite_button.isEnabled()
    reader.head.cite_button.click()
    dialog = reader.findChild(CiteDialog)
    assert dialog.quote.toPlainText() == "about 3.7 billion dollars"
    dialog.confidence.setCurrentIndex(dialog.confidence.findData(3))
    dialog.findChild(QPushButton, "cite-accept").click()
    cited = next(c for c in store.citations("figure", 1) if c.source_key == source)
    assert (cited.quote, cited.fields, cited.anchor_state, cited.confidence) == (
        "about 3.7 billion dollars", ("value",), "anchored", 3,
    )  # fmt: skip
    assert len(reader.text.extraSelections()) == 2
    filled_workspace.undo()
    assert not [c for c in store.citations("figure", 1) if c.source_key == source]


def test_a_passage_needs_a_record(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, TEXT))
    reader.show_source(source)
    select(reader, "both sides")
    reader.on_cite_requested()
    dialog = reader.findChild(CiteDialog)
    dialog.findChild(QPushButton, "cite-accept").click()
    assert dialog.isVisible()
    assert "Choose the record" in dialog.problem.text()
    dialog.reject()


def test_a_click_on_a_marked_passage_chooses_it_and_the_list_leads_to_the_record(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, TEXT))
    reader.show_source(source)
    cursor = QTextCursor(reader.text.document())
    cursor.setPosition(TEXT.index("met in Baku") + 1)
    qtbot.mouseClick(reader.text.viewport(), Qt.MouseButton.LeftButton, pos=reader.text.cursorRect(cursor).center())
    assert reader.list.current_key() == passages(filled_workspace.store, source)[0].citation_key
    with qtbot.waitSignal(reader.record_requested) as asked:
        reader.list.activated.emit(reader.list.currentIndex())
    assert asked.args == ["meeting", 1]


def test_confidence_is_set_from_the_list(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, TEXT))
    reader.show_source(source)
    reader.list.setCurrentRow(0)
    reader.list.customContextMenuRequested.emit(reader.list.visualItemRect(reader.list.item(0)).center())
    menu = reader.list.findChild(QMenu, "reader-passage-menu")
    rating = next(action.menu() for action in menu.actions() if action.menu())
    next(action for action in rating.actions() if action.text() == "Very high").trigger()
    menu.close()
    assert passages(filled_workspace.store, source)[0].confidence == 4


def test_the_text_as_stored_is_one_click_away(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    damaged = f"Latest news\n\n{TEXT}\n\nLatest news\n\nOrphus sistemi"
    filled_workspace.apply(add_text(filled_workspace.store, source, damaged))
    reader.show_source(source)
    assert "Orphus" not in reader.text.toPlainText()
    reader.head.raw_button.click()
    assert reader.text.toPlainText() == damaged
    assert reader.text.extraSelections() == []
    reader.head.cleaned_button.click()
    assert "Orphus" not in reader.text.toPlainText()


def test_a_copy_is_offered_and_then_counts_with_its_origin(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    store = filled_workspace.store
    story = " ".join(f"Sentence number {n} tells of cargo, ships and rails between the ports." for n in range(40))
    first = filled_workspace.apply(edits.create(store, "source", {"publisher": "Xinhua"})).new_keys[-1]
    filled_workspace.apply(add_text(store, first, story))
    reader.show_source(source)
    filled_workspace.apply(add_text(store, source, f"(Trend) {story} The end."))
    reader.on_copies_requested()
    yes = reader.findChild(QPushButton, "reader-alike-yes")
    qtbot.waitUntil(yes.isVisible, timeout=10_000)
    yes.click()
    record = store.get("source", source)
    assert record is not None
    assert record.values["origin_source_id"] == first


def test_a_dropped_file_is_read_and_a_bad_one_is_refused_in_words(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<html><body><p>{LEAD}</p><script>x()</script></body></html>", encoding="utf-8")
    reader.show_source(source)
    drop(reader, page)
    qtbot.waitUntil(lambda: text_of(filled_workspace.store, source) is not None, timeout=10_000)
    assert reader.text.toPlainText().strip() == LEAD
    filled_workspace.undo()
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with qtbot.waitSignal(reader.message, timeout=10_000) as told:
        drop(reader, broken)
    assert told.args[1] is True
    assert "broken.pdf" in told.args[0]


def drop(reader: SourceReader, path: Path) -> None:
    """Drop a file on the reader."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, buttons, keys)
    reader.dropEvent(event)


def test_what_another_window_changed_meanwhile_is_not_cited(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    store = filled_workspace.store
    filled_workspace.apply(add_text(store, source, TEXT))
    reader.show_source(source)
    select(reader, "about 3.7 billion dollars")
    reader.head.cite_button.click()
    dialog = reader.findChild(CiteDialog)
    dialog.on_record_chosen(Pick("figure", 1, "Trade"))
    other = Store(Database.open(store.path))
    other.apply(add_text(other, source, f"Another beginning. {TEXT}"))
    other.close()
    with qtbot.waitSignal(reader.message) as told:
        dialog.findChild(QPushButton, "cite-accept").click()
    assert "changed meanwhile" in told.args[0]
    assert not [c for c in store.citations("figure", 1) if c.source_key == source]


def test_a_pasted_text_is_stored_to_the_letter(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    odd = f"{LEAD}\r\nNon\u00a0breaking, line\u2028separator."
    reader.show_source(source)
    dialog = PasteDialog(odd, partial(reader.taking._take, source), reader)
    dialog.accept()
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == odd


def test_a_text_is_not_replaced_without_asking(
    reader: SourceReader, source: int, filled_workspace: Workspace, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    filled_workspace.apply(add_text(filled_workspace.store, source, TEXT))
    reader.show_source(source)
    page = tmp_path / "page.txt"
    page.write_text("Quite another article.", encoding="utf-8")
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    with qtbot.assertNotEmitted(reader.message, wait=300):
        drop(reader, page)
    assert len(asked) == 1
    stored = text_of(filled_workspace.store, source)
    assert stored is not None
    assert stored.raw == TEXT


def test_the_keyboard_reaches_the_list_without_dropping_the_selection(
    reader: SourceReader, source: int, filled_workspace: Workspace
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, TEXT))
    reader.show_source(source)
    select(reader, "both sides")
    reader.list.setFocus(Qt.FocusReason.TabFocusReason)
    assert reader.text.selection() is not None


def test_a_repair_leads_to_its_place(reader: SourceReader, source: int, filled_workspace: Workspace) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, f"{TEXT}\n\nLatest news\n\nOrphus sistemi"))
    reader.show_source(source)
    menu = reader.findChild(QToolButton, "reader-repairs").menu()
    assert menu.actions()[0].isEnabled()
    menu.actions()[0].trigger()
    assert reader.text.textCursor().position() >= len(LEAD)


@given(st.text(), st.data())
def test_places_survive_the_way_into_the_document_and_back(text: str, data: st.DataObject) -> None:
    breaks = sorted(data.draw(st.sets(st.integers(1, len(text) - 1)))) if len(text) > 1 else []
    positions = _Positions(text, breaks)
    offset = data.draw(st.integers(0, len(text)))
    units = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    assert positions.position(offset) == units + sum(place <= offset for place in breaks)
    assert positions.offset(positions.position(offset)) == offset

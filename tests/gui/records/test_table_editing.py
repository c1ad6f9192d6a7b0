"""Editing in the grid: keys as in a spreadsheet, and typing that is never lost."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import PAGES
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Links
from azcn_desktop.store import edits
from tests.gui.records.page import KEYS, Page


def test_f2_opens_the_editor_and_enter_writes_one_step(page: Page) -> None:
    key = page.records.keys[2]
    page.go(2, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Ganja")
    page.press_in_editor(KEYS.Key_Return)
    assert page.editor is None
    assert page.stored(key, "city") == "Ganja"
    assert page.view.hasFocus()
    page.workspace.undo()
    assert page.stored(key, "city") != "Ganja"
    assert page.records.index(2, page.records.column_of("city")).data() != "Ganja"


def test_typing_begins_an_edit_and_replaces(page: Page) -> None:
    page.go(0, "city")
    page.press(KEYS.Key_B)
    page.type("aku")
    page.press_in_editor(KEYS.Key_Return)
    assert str(page.stored(page.records.keys[0], "city")).lower() == "baku"


def test_escape_gives_up_an_edit(page: Page) -> None:
    page.go(0, "title")
    before = page.stored(page.records.keys[0], "title")
    page.press(KEYS.Key_F2)
    page.type("Something else")
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None
    assert page.stored(page.records.keys[0], "title") == before


def test_tab_writes_and_goes_to_the_next_column(page: Page) -> None:
    page.go(0, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Shaki")
    page.press_in_editor(KEYS.Key_Tab)
    assert page.stored(page.records.keys[0], "city") == "Shaki"
    shown = page.shown()
    current = page.records.field_at(page.view.currentIndex().column()).name
    assert current == shown[shown.index("city") + 1]


def test_a_refused_value_keeps_its_editor_its_typing_and_says_why(qtbot: QtBot, page: Page) -> None:
    key = page.records.keys[1]
    before = page.stored(key, "date")
    page.go(1, "date")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("31 February 2024")
    with qtbot.waitSignal(page.tab.message) as told:
        page.press_in_editor(KEYS.Key_Return)
    assert "not a day of the calendar" in told.args[0]
    assert told.args[1] is True
    assert (page.editor.text(), page.editor.problem) == ("31 February 2024", told.args[0])
    page.tab.filters.line.setFocus()
    assert page.editor.text() == "31 February 2024"
    assert page.stored(key, "date") == before
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None


def test_typing_is_not_lost_when_rows_move_under_it(page: Page) -> None:
    page.go(4, "title")
    key = page.records.keys[4]
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Consultations")
    store = page.workspace.store
    page.workspace.apply(edits.to_trash(store, "meeting", [page.records.keys[0]]))
    page.workspace.apply(edits.edit_field(store, "meeting", key, "date", {"date": "1992"}))
    page.tab.filters.chips["status"].choose(["held"])
    assert page.editor.text() == "Consultations"
    page.press_in_editor(KEYS.Key_Return)
    assert page.stored(key, "title") == "Consultations"
    assert page.tab.current_key() == key
    assert page.records.row_of(key) == page.view.currentIndex().row() != 4


def test_a_double_click_edits_and_leaving_writes(qtbot: QtBot, page: Page) -> None:
    page.go(0, "city")
    place = page.view.visualRect(page.view.currentIndex()).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page.editor.select_all()
    page.type("Lankaran")
    page.tab.filters.line.setFocus()
    assert page.editor is None
    assert page.stored(page.records.keys[0], "city") == "Lankaran"


def test_typing_that_is_under_way_can_be_written_from_outside(page: Page) -> None:
    assert page.tab.commit_pending()
    page.go(0, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Sumgait")
    assert page.tab.commit_pending()
    assert page.stored(page.records.keys[0], "city") == "Sumgait"
    page.go(0, "date")
    page.press(KEYS.Key_F2)
    page.type("???")
    assert not page.tab.commit_pending()
    assert page.editor is not None
    page.press_in_editor(KEYS.Key_Escape)


def test_a_participant_is_added_in_the_grid(page: Page) -> None:
    page.go(0, "participants_cn")
    key = page.records.keys[0]
    page.press(KEYS.Key_F2)
    page.type("wang yi")
    page.press_in_editor(KEYS.Key_Return)
    assert "Wang Yi" in page.workspace.store.get("meeting", key).show("participants_cn")
    assert page.editor is not None
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None
    assert "Wang Yi" in str(page.records.index(0, page.records.column_of("participants_cn")).data())


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_opening_and_closing_the_editor_of_every_cell_changes_nothing(open_page, name: str) -> None:
    page = open_page(name)
    while page.records.rowCount() < 2:
        page.workspace.apply(edits.create(page.workspace.store, page.tab.table, {"title": "Electric buses"}))
    before = page.workspace.store.journal.next_undo()
    for f in SCHEMA[page.tab.table].fields:
        if not f.is_editable or f.checked_by:
            continue
        page.view.horizontalHeader().setSectionHidden(page.records.column_of(f.name), False)
        page.go(1, f.name)
        page.press(KEYS.Key_F2)
        assert page.editor is not None, f.name
        if not isinstance(f.kind, Links):
            page.editor.committed.emit()
        else:
            page.press_in_editor(KEYS.Key_Escape)
        assert page.editor is None, f.name
    assert page.workspace.store.journal.next_undo() == before


def test_fields_of_the_program_and_read_only_files_open_no_editor(open_page) -> None:
    page = open_page("sources")
    page.go(0, "sha256")
    page.press(KEYS.Key_F2)
    assert page.editor is None
    page.workspace.set_busy(True)
    page.go(0, "title")
    page.press(KEYS.Key_X)
    assert page.editor is None
    page.workspace.set_busy(False)


def test_enter_opens_and_delete_asks_to_delete(qtbot: QtBot, page: Page) -> None:
    page.go(3, "title")
    with qtbot.waitSignal(page.tab.open_requested) as told:
        page.press(KEYS.Key_Return)
    assert told.args == ["meeting", page.records.keys[3]]
    with qtbot.waitSignal(page.tab.delete_requested):
        page.press(KEYS.Key_Delete)

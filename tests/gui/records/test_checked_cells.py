"""Cells that only a dated check changes, and how the classes of commitments look."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.roles import BADGE_ROLE, BADGES
from azcn_desktop.gui.widgets.cell_marks import badge_mark
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.words import STATEMENT_GROUPS
from tests.gui.records.page import KEYS


@pytest.mark.parametrize("way", ["F2", "double click", "typing"])
def test_editing_a_checked_cell_asks_for_a_check_instead(open_page, qtbot: QtBot, way: str) -> None:
    page = open_page("commitments")
    page.go(1, "status")
    cell = page.view.visualRect(page.view.currentIndex()).center()
    with qtbot.waitSignal(page.tab.check_requested) as asked:
        if way == "F2":
            page.press(KEYS.Key_F2)
        elif way == "typing":
            qtbot.keyClicks(page.view, "n")
        else:
            qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
            qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert asked.args == ["commitment", page.records.keys[1], "n" if way == "typing" else ""]
    assert page.editor is None
    assert page.view.currentIndex().row() == 1


def test_a_check_waits_until_what_is_typed_elsewhere_is_written(open_page, qtbot: QtBot) -> None:
    page = open_page("commitments")
    page.go(0, "due")
    page.press(KEYS.Key_F2)
    page.type("never")
    asked = []
    page.tab.check_requested.connect(lambda *request: asked.append(request))
    page.view.edit(page.records.index(0, page.records.column_of("status")))
    assert asked == []
    assert page.editor is not None
    assert page.editor.text() == "never"
    page.press_in_editor(KEYS.Key_Escape)


def test_a_checked_cell_of_a_read_only_file_asks_for_nothing(open_page, qtbot: QtBot) -> None:
    page = open_page("commitments")
    page.workspace.open(page.workspace.store.path, read_only=True)
    page.tab.load()
    page.go(0, "status")
    with qtbot.assertNotEmitted(page.tab.check_requested):
        page.press(KEYS.Key_F2)


def test_classes_differ_by_sign_and_outline_and_not_by_colour_alone(open_page) -> None:
    page = open_page("commitments")
    column = page.records.column_of("statement_class")
    badges = {}
    for row, key in enumerate(page.records.keys):
        word = str(page.stored(key, "statement_class"))
        badges[word] = page.records.index(row, column).data(BADGE_ROLE)
    assert {badges[word] for word in ("decision", "announcement", "plan")} == {"promise"}
    assert {badges[word] for word in ("expectation", "intention", "interest", "wish", "support")} == {"soft"}
    assert {badges[word] for word in ("proposal", "opinion")} == {"speech"}
    pictures = {badge_mark(badge, QColor("black"), 16, 1.0).toImage().bits().tobytes() for badge in BADGES}
    assert len(pictures) == 3


def test_every_class_of_a_commitment_has_its_sort() -> None:
    sorted_words = [word for group in STATEMENT_GROUPS.values() for word in group]
    assert sorted(sorted_words) == sorted(SCHEMA["commitment"].field("statement_class").kind.words)

"""The search field: what it finds, how the keyboard chooses, where a jump leads."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.search_box import HitModel, SearchBox
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.search import Hit, HitGroup
from tests.gui.making import make


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    """The file that is searched."""
    return empty_workspace


@pytest.fixture
def box(workspace: Workspace, qtbot: QtBot) -> Iterator[SearchBox]:
    window = QWidget()
    window.resize(900, 600)
    theme = ThemeController("light")
    found = SearchBox(workspace, theme, Icons(theme), window)
    found.move(600, 10)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    found.setFocus()
    yield found
    window.close()


def shown(box: SearchBox) -> list[str]:
    return [str(box.model.index(row).data()) for row in range(box.model.rowCount())]


def test_typing_shows_hits_under_headings(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    make(workspace, "meeting", title="Talks in Bakı", status="held", date="2025-04-16")
    make(workspace, "project", name="Baku port", status="planned")
    qtbot.keyClicks(box, "baki")
    qtbot.waitUntil(box.popup.isVisible)
    assert shown(box) == ["Meetings", "Talks in Bakı"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup.isVisible()
    assert box.text() == "baki"


def test_enter_jumps_to_the_chosen_hit(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    make(workspace, "meeting", title="Round one", status="held")
    second = make(workspace, "meeting", title="Round two", status="held")
    qtbot.keyClicks(box, "round")
    box.search_now()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.jump_requested) as told:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told.args == ["meeting", second]
    assert box.text() == ""
    assert not box.popup.isVisible()


def test_enter_does_not_wait_for_the_pause(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    key = make(workspace, "meeting", title="Only one", status="held")
    qtbot.keyClicks(box, "only")
    with qtbot.waitSignal(box.jump_requested) as told:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told.args == ["meeting", key]


def test_the_choice_goes_round_past_headings(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    meeting = make(workspace, "meeting", title="Talks on the port", status="held")
    project = make(workspace, "project", name="Port of Alat", status="planned")
    qtbot.keyClicks(box, "port")
    box.search_now()
    assert shown(box) == ["Projects", "Port of Alat", "Meetings", "Talks on the port"]
    chosen = []
    for _ in range(3):
        hit = box.model.hit(box.popup.currentIndex())
        chosen.append((hit.table, hit.key) if hit else None)
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert chosen == [("project", project), ("meeting", meeting), ("project", project)]


def test_a_click_jumps(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    key = make(workspace, "organisation", name="State Oil Company")
    qtbot.keyClicks(box, "oil")
    box.search_now()
    place = box.popup.visualRect(box.model.index(1)).center()
    with qtbot.waitSignal(box.jump_requested) as told:
        qtbot.mouseClick(box.popup.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["organisation", key]


def test_nothing_found_is_said(box: SearchBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box, "zzz")
    box.search_now()
    assert shown(box) == ["Nothing found. All words must occur in one record."]
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.popup.isVisible()


def test_an_emptied_field_closes_the_list(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    make(workspace, "organisation", name="State Oil Company")
    qtbot.keyClicks(box, "oil")
    box.search_now()
    assert box.popup.isVisible()
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: not box.popup.isVisible())


def test_start_takes_the_keyboard_and_selects(workspace: Workspace, box: SearchBox) -> None:
    box.setText("round")
    box.clearFocus()
    box.start()
    assert box.hasFocus()
    assert box.selectedText() == "round"


def test_leaving_the_field_closes_the_list(workspace: Workspace, box: SearchBox, qtbot: QtBot) -> None:
    make(workspace, "organisation", name="State Oil Company")
    qtbot.keyClicks(box, "oil")
    box.search_now()
    box.clearFocus()
    assert not box.popup.isVisible()


def test_the_model_of_hits_is_sound(qapp: QApplication) -> None:
    model = HitModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    groups = [HitGroup("meeting", (Hit("meeting", 1, "One"), Hit("meeting", 2, "Two", "2025")), 7)]
    model.set_groups(groups)
    model.set_groups([])
    model.set_groups(groups)
    assert [str(model.index(row).data()) for row in range(3)] == ["Meetings (7)", "One", "Two"]
    assert model.hit_rows() == [1, 2]
    del tester

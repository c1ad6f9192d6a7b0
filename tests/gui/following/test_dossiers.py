"""The thread below the table of dossiers, and the dialog that puts records into one."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.link_picker import Pick
from azcn_desktop.gui.following.dossier_dialog import DossierDialog, RoleDialog
from azcn_desktop.gui.following.dossier_panel import DossierPanel
from azcn_desktop.gui.pages import BY_NAME
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import dossiers, edits
from azcn_desktop.store.query import Query
from tests.gui.making import make

KEYS, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    return empty_workspace


@pytest.fixture
def thread(workspace: Workspace) -> int:
    """Make the thread of the buses: wish, proposal, framework, and a signing on the day of the framework."""
    records = [
        (
            "commitment",
            make(workspace, "commitment", what="电动公交 elektrik avtobus", made_on="2024-03", statement_class="wish"),
        ),
        ("commitment", make(workspace, "commitment", what="A plant", made_on="2024-06-10", statement_class="proposal")),
        ("agreement", make(workspace, "agreement", title="Framework on buses", signed_on="2024-07-03")),
        ("meeting", make(workspace, "meeting", title="Signing in Astana", date="2024-07-03", status="held")),
        ("project", make(workspace, "project", name="Bus plant", status="operating", status_as_of="2025-12")),
    ]
    return workspace.apply(dossiers.add_records(workspace.store, "Electric buses", records)).new_keys[-1]


@pytest.fixture
def panel(
    workspace: Workspace, thread: int, light_theme: ThemeController, bare_icons: Icons, qtbot: QtBot
) -> Iterator[DossierPanel]:
    made = DossierPanel(workspace, light_theme, bare_icons, BY_NAME["dossiers"])
    qtbot.addWidget(made)
    made.resize(868, 270)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.show_record("dossier", thread)
    made.board.setFocus()
    yield made
    made.close()


def titles(panel: DossierPanel) -> list[str]:
    return [item.title for item in panel.items]


def rest(panel: DossierPanel, n: int) -> None:
    panel.board.rest_on(panel.board.stops[n])


def test_the_thread_shows_the_records_of_the_selected_dossier(panel: DossierPanel, workspace: Workspace) -> None:
    assert titles(panel)[1:] == ["A plant", "Framework on buses", "Signing in Astana", "Bus plant"]
    assert [stop.table for stop in panel.board.stops] == ["commitment", "commitment", "agreement", "meeting", "project"]
    panel.show_record("dossier", make(workspace, "dossier", title="Another"))
    assert titles(panel) == []
    assert not panel._empty.isHidden()
    panel.show_record("dossier", None)
    assert panel._empty.text() == "Select a dossier to see its thread."


@pytest.mark.parametrize("height", [150, 270, 420])
def test_no_card_covers_another_at_any_height(panel: DossierPanel, height: int) -> None:
    panel.resize(868, height)
    QApplication.processEvents()
    boxes = [stop.box for stop in panel.board.stops]
    for n, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[n + 1 :])
    board = panel.board
    assert max(box.right() for box in boxes) <= board.horizontalScrollBar().maximum() + board.viewport().width()
    assert all(box.top() >= 0 and box.bottom() <= board.viewport().height() for box in boxes)


def test_the_keyboard_steps_and_opens(panel: DossierPanel, qtbot: QtBot) -> None:
    for key in (KEYS.Key_Home, KEYS.Key_Right, KEYS.Key_Right):
        qtbot.keyClick(panel.board, key)
    assert panel.board.stop.words[0] == "Framework on buses"
    assert "Framework on buses" in panel.board.read_out.text
    assert panel.board.accessibleDescription().startswith("Framework on buses; Agreement, 3 July 2024")
    with qtbot.waitSignal(panel.record_requested) as asked:
        qtbot.keyClick(panel.board, KEYS.Key_Return)
    assert asked.args == ["agreement", panel.items[2].record_key]


def test_a_click_opens_the_record(panel: DossierPanel, qtbot: QtBot) -> None:
    at = panel.board.stops[1].box.center().toPoint()
    with qtbot.waitSignal(panel.record_requested) as asked:
        qtbot.mouseClick(panel.board.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["commitment", panel.items[1].record_key]


def test_a_step_brings_its_card_into_view(panel: DossierPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.board, KEYS.Key_End)
    bar = panel.board.horizontalScrollBar()
    assert panel.board.read_out.isVisible()
    assert panel.board.stop.box.right() <= bar.value() + panel.board.viewport().width()
    qtbot.keyClick(panel.board, KEYS.Key_Home)
    assert bar.value() == 0


def test_delete_takes_a_record_off_and_undo_puts_it_back(
    panel: DossierPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    rest(panel, 1)
    qtbot.keyClick(panel.board, KEYS.Key_Delete)
    assert "A plant" not in titles(panel)
    assert workspace.store.count(Query("commitment")) == 2
    workspace.undo()
    assert titles(panel)[1] == "A plant"


def test_the_part_is_said_in_a_dialog(panel: DossierPanel, workspace: Workspace, qtbot: QtBot) -> None:
    rest(panel, 0)
    qtbot.keyClick(panel.board, KEYS.Key_F2)
    dialog = panel.findChild(RoleDialog)
    assert dialog is not None
    dialog.role.setEditText("wish")
    dialog.accept()
    assert panel.items[0].note == "wish"
    assert workspace.store.journal.next_undo()[1].startswith("Note on")


def test_records_of_one_day_change_places_and_others_do_not(panel: DossierPanel, qtbot: QtBot) -> None:
    rest(panel, 3)
    qtbot.keyClick(panel.board, KEYS.Key_Left, CONTROL)
    assert titles(panel)[2:4] == ["Signing in Astana", "Framework on buses"]
    assert panel.board.stop.words[0] == "Signing in Astana"
    with qtbot.waitSignal(panel.message) as told:
        qtbot.keyClick(panel.board, KEYS.Key_Left, CONTROL)
    assert told.args == ["Records stand in the order of their dates. Only those of one day can change places.", True]


def test_the_menu_offers_the_same(panel: DossierPanel, qtbot: QtBot) -> None:
    rest(panel, 0)
    assert [action.text() for action in panel.record_menu().actions()] == [
        "Open", "Part in the dossier… (F2)", "Earlier on its day (Ctrl+Left)", "Later on its day (Ctrl+Right)",
        "Take off the line (Delete)",
    ]  # fmt: skip
    at = panel.board.stops[1].box.center().toPoint()
    with qtbot.waitSignal(panel.board.menu_wanted):
        panel.board.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, QPoint(5, 5)))
    assert panel.board.stop.words[0] == "A plant"
    menu = next(each for each in panel.findChildren(QMenu, "thread-dossiers-menu") if each.isVisible())
    menu.actions()[-1].trigger()
    menu.close()
    assert "A plant" not in titles(panel)


def test_a_record_is_found_and_put_on_the_line(panel: DossierPanel, workspace: Workspace, qtbot: QtBot) -> None:
    make(workspace, "meeting", title="Visit to the plant", date="2025-01-15", status="held")
    panel._add_button.click()
    picker = panel._picker
    assert picker.hasFocus()
    qtbot.keyClicks(picker, "visit to")
    qtbot.keyClick(picker, KEYS.Key_Return)
    assert titles(panel)[4] == "Visit to the plant"
    assert picker.text() == ""
    workspace.undo()
    assert "Visit to the plant" not in titles(panel)


def test_an_edit_of_a_record_is_followed(panel: DossierPanel, workspace: Workspace) -> None:
    step = edits.edit_field(workspace.store, "project", panel.items[4].record_key, "name", {"name": "BYD plant"})
    workspace.apply(step)
    assert titles(panel)[4] == "BYD plant"
    step = edits.edit_field(workspace.store, "commitment", panel.items[0].record_key, "made_on", {"made_on": "2026-01"})
    workspace.apply(step)
    assert titles(panel)[-1].startswith("电动公交")


def test_the_table_lists_and_opens_the_same_records(panel: DossierPanel, qtbot: QtBot) -> None:
    qtbot.keyClick(panel.board, KEYS.Key_T)
    values = panel._values
    assert panel._stack.currentWidget() is values
    assert values.values.rowCount() == 5
    values.setCurrentIndex(values.values.index(4, 0))
    with qtbot.waitSignal(panel.record_requested) as asked:
        qtbot.keyClick(values, KEYS.Key_Return)
    assert asked.args == ["project", panel.items[4].record_key]
    qtbot.keyClick(values, KEYS.Key_T)
    assert panel._stack.currentWidget() is panel.board


def test_a_file_that_is_only_read_offers_no_change(
    panel: DossierPanel, workspace: Workspace, thread: int, qtbot: QtBot
) -> None:
    workspace.open(workspace.store.path, read_only=True)
    panel.show_record("dossier", thread)
    rest(panel, 0)
    qtbot.keyClick(panel.board, KEYS.Key_Delete)
    qtbot.keyClick(panel.board, KEYS.Key_F2)
    assert len(panel.items) == 5
    assert panel.findChild(RoleDialog) is None
    assert not panel._add_button.isEnabled()
    assert [action.isEnabled() for action in panel.record_menu().actions()] == [True, False, False, False, False]


def test_closing_the_file_empties_the_line(panel: DossierPanel, workspace: Workspace) -> None:
    workspace.closing.emit()
    assert panel.items == []
    assert panel.board.stops == []


# -- the dialog


@pytest.fixture
def dialog(workspace: Workspace, thread: int, qtbot: QtBot) -> Iterator[DossierDialog]:
    made = DossierDialog(workspace, [("meeting", make(workspace, "meeting", title="Visit", date="2024-05-01"))])
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_an_existing_dossier_is_picked(dialog: DossierDialog, workspace: Workspace, thread: int, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.picker, "electric")
    qtbot.keyClick(dialog.picker, KEYS.Key_Return)
    dialog.role.setEditText("step")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    found = dossiers.items(workspace.store, thread)
    assert ("meeting", "Visit", "step") in [(item.table, item.title, item.note) for item in found]


def test_a_typed_title_makes_a_dossier_in_the_same_step(dialog: DossierDialog, workspace: Workspace) -> None:
    dialog.picker.setText("  Silk   road ")
    dialog.accept()
    assert workspace.store.count(Query("dossier")) == 2
    assert workspace.store.journal.next_undo()[1] == "Add Visit to dossier Silk road"
    workspace.undo()
    assert workspace.store.count(Query("dossier")) == 1


def test_nothing_chosen_is_refused_in_words(dialog: DossierDialog, workspace: Workspace) -> None:
    dialog.accept()
    assert dialog.problem.text() == "Pick a dossier, or type the title of a new one."
    assert dialog.isVisible()
    assert workspace.store.count(Query("dossier")) == 1


def test_a_record_that_is_there_already_is_refused_and_the_typing_stays(
    dialog: DossierDialog, workspace: Workspace, thread: int
) -> None:
    workspace.apply(dossiers.add_records(workspace.store, thread, dialog._records))
    dialog.on_picked(Pick("dossier", thread, "Electric buses"))
    dialog.picker.setText("Electric buses")
    dialog.accept()
    assert dialog.problem.text() == "This record is in “Electric buses” already."
    assert dialog.picker.text() == "Electric buses"

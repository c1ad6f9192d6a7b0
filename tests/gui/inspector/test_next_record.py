"""The record of the inspector beside rows that have just come: a turn later, the last one, and never an old one."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import Busy
from azcn_desktop.gui.inspector.field_label import FieldLabel
from azcn_desktop.gui.inspector.form import RecordForm
from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.inspector.next_record import NextRecord
from azcn_desktop.gui.inspector.room import InspectorRoom
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits

Told = list[tuple[str, bool]]


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def following(
    filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, told: Told, qtbot: QtBot
) -> Iterator[NextRecord]:
    window = QWidget()
    qtbot.addWidget(window)
    room = InspectorRoom(light_theme, window)
    make = partial(Inspector, filled_workspace, light_theme, bare_icons, room)
    found = NextRecord(filled_workspace, room, make, lambda words, is_problem: told.append((words, is_problem)))
    found.begin()
    yield found
    window.close()


def shown(following: NextRecord) -> tuple[str, int] | None:
    record = following.inspector.record
    return (record.table, record.key) if record else None


def test_a_chosen_record_is_shown_at_once(following: NextRecord) -> None:
    following.show("meeting", 2, soon=False)
    assert shown(following) == ("meeting", 2)


def test_beside_new_rows_only_the_last_record_is_shown_and_a_turn_later(following: NextRecord, qtbot: QtBot) -> None:
    following.show("meeting", 2, soon=False)
    following.show("meeting", 3, soon=True)
    following.show("figure", 4, soon=True)
    assert shown(following) == ("meeting", 2)
    qtbot.waitUntil(lambda: shown(following) == ("figure", 4))


def part_way(following: NextRecord, table: str, key: int) -> None:
    """Begin to show a record, and stop when some rows of its form are made."""
    following.show(table, key, soon=True)
    while len(following.inspector.findChildren(FieldLabel)) < 3:
        QApplication.processEvents()
    assert shown(following) is None


def test_a_record_that_is_chosen_while_another_one_comes_goes_on_with_its_form(
    following: NextRecord, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    part_way(following, "meeting", 2)
    following.show("meeting", 3, soon=False)
    assert shown(following) is None, "a chosen record waits no less than the one before"
    qtbot.waitUntil(lambda: shown(following) == ("meeting", 3))
    assert len(following.inspector.findChildren(RecordForm)) == 1
    assert following.inspector.form.rows["title"].editor.text() == filled_workspace.store.get("meeting", 3).title


def test_a_half_made_form_of_another_type_is_thrown_away(following: NextRecord, qtbot: QtBot) -> None:
    part_way(following, "meeting", 2)
    following.show("figure", 4, soon=True)
    qtbot.waitUntil(lambda: shown(following) == ("figure", 4))
    assert following.inspector.findChild(QWidget, "field-title") is None
    assert following.inspector.findChild(QWidget, "field-value") is not None


def test_a_record_that_changes_while_it_comes_is_shown_as_it_is_then(
    following: NextRecord, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    part_way(following, "meeting", 2)
    change = edits.edit_field(filled_workspace.store, "meeting", 2, "title", {"title": "Quite another title"})
    filled_workspace.apply(change)
    qtbot.waitUntil(lambda: shown(following) == ("meeting", 2))
    assert following.inspector.form.rows["title"].editor.text() == "Quite another title"


def test_a_form_that_comes_while_the_sizes_change_takes_the_new_ones(
    following: NextRecord, light_theme: ThemeController, qtbot: QtBot
) -> None:
    part_way(following, "meeting", 2)
    light_theme.set_zoom(1.5)
    following.begin_anew()
    qtbot.waitUntil(lambda: shown(following) == ("meeting", 2))
    assert {label.layout().spacing() for label in following.inspector.findChildren(FieldLabel)} == {10}


def test_whoever_asks_for_the_inspector_gets_it_with_the_record(following: NextRecord) -> None:
    following.show("meeting", 3, soon=True)
    assert following.catch_up() is following.inspector
    assert shown(following) == ("meeting", 3)


def test_a_closed_file_takes_what_was_to_come_along(
    following: NextRecord, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    following.show("meeting", 3, soon=True)
    filled_workspace.close()
    qtbot.wait(20)
    assert shown(following) is None


def test_a_record_that_cannot_be_read_leaves_none_beside_the_row(
    following: NextRecord, filled_workspace: Workspace, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    following.show("meeting", 2, soon=False)
    get = filled_workspace.store.get

    def busy(table: str, key: int) -> object:
        if key == 3:
            raise Busy("The file is in use.")
        return get(table, key)

    monkeypatch.setattr(filled_workspace.store, "get", busy)
    following.show("meeting", 3, soon=False)
    assert shown(following) is None
    assert told == [("The file is in use.", True)]


def test_a_form_serves_the_next_file_with_its_own_values(
    following: NextRecord, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    following.show("meeting", 2, soon=False)
    form, path = following.inspector.form, filled_workspace.store.path
    filled_workspace.open(path)
    following.show("meeting", 3, soon=False)
    assert following.inspector.form is form
    assert form.rows["title"].editor.text() == filled_workspace.store.get("meeting", 3).values["title"]
    assert form.rows["title"].editor._store is filled_workspace.store

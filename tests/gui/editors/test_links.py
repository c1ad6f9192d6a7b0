"""Editors of links, members and names: picked, made while picking, kept as printed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.editors.editors import commit, make_editor
from azcn_desktop.gui.editors.link_editors import LinksEditor
from azcn_desktop.gui.widgets.callout import Callout
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Links
from tests.gui.editors.desk import Desk
from tests.gui.making import make


def test_a_link_is_picked_by_a_part_of_the_name(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    person = make(empty_workspace, "person", name="Şahin Mustafayev", country="AZ")
    at = desk("commitment", "by", what="Build a port")
    at.type("sahin")
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Şahin Mustafayev"
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["by_person_id"] == person


def test_down_after_typing_arrives_at_the_first_match_and_never_skips_it(
    desk: "type[Desk]", empty_workspace: Workspace
) -> None:
    make(empty_workspace, "person", name="Wang Yi", country="CN")
    make(empty_workspace, "person", name="Wang Yiming", country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.type("wang")
    shown = [at.editor.line.highlighted.text]
    for _ in range(3):
        at.press(Qt.Key.Key_Down)
        shown.append(at.editor.line.highlighted.text)
    assert shown == ["Wang Yi", "Wang Yi", "Wang Yiming", "Create person “wang”"]
    at.type("wang")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Wang Yi"
    assert at.editor.created() == ()


def test_a_list_opened_by_down_is_gone_into_at_once(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    for name in ("Wang Yi", "Wang Yiming"):
        make(empty_workspace, "person", name=name, country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.type("wang")
    at.editor.line.close_list()
    at.press(Qt.Key.Key_Down)
    assert at.editor.line.highlighted.text == "Wang Yi"
    at.press(Qt.Key.Key_Down)
    assert at.editor.line.highlighted.text == "Wang Yiming"


@pytest.mark.parametrize("top", [40, 0, 180, 365])
@pytest.mark.parametrize("is_list_first", [True, False])
def test_a_refusal_and_a_list_of_offers_never_cover_one_another(
    desk: "type[Desk]", empty_workspace: Workspace, top: int, is_list_first: bool
) -> None:
    for name in ("Wang Yi", "Wang Yiming"):
        make(empty_workspace, "person", name=name, country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.editor.move(0, top)
    at.type("wang")
    if is_list_first:
        assert commit(at.editor, at.workspace).refusal
    else:
        at.editor.line.close_list()
        assert commit(at.editor, at.workspace).refusal
        at.editor.line.open_list("wang")
    callout = next(each for each in at.window.findChildren(Callout) if each.isVisible())
    field = at.editor.geometry()
    assert at.window.rect().contains(callout.geometry())
    assert not callout.geometry().intersects(at.editor.line.list_area)
    assert not callout.geometry().intersects(field)


def test_typing_without_picking_is_refused(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("Somebody")
    at.editor.line.close_list()
    assert "Pick a record from the list" in commit(at.editor, at.workspace).refusal
    assert at.editor.text() == "Somebody"


def test_a_record_made_while_picking_is_one_step_with_its_link(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("Ilham Newman")
    create = next(s for s in at.editor.line.suggestions if s.text.startswith("Create person"))
    at.editor.line.picked.emit(create)
    steps = len(at.workspace.store.journal.labels())
    assert commit(at.editor, at.workspace).is_written
    assert len(at.workspace.store.journal.labels()) == steps + 1
    person = at.values()["by_person_id"]
    assert at.workspace.store.get("person", person).title == "Ilham Newman"
    at.workspace.undo()
    assert at.workspace.store.get("person", person) is None
    assert at.values()["by_person_id"] is None
    at.workspace.redo()
    assert at.values()["by_person_id"] == person


def test_printed_words_are_kept_where_the_field_takes_them(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("an unnamed official")
    words = next(s for s in at.editor.line.suggestions if s.text.startswith("Use as printed words"))
    at.editor.line.picked.emit(words)
    assert commit(at.editor, at.workspace).is_written
    values = at.values()
    assert (values["by_text"], values["by_person_id"]) == ("an unnamed official", None)


def test_members_are_added_and_removed_step_by_step(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    make(empty_workspace, "person", name="Wang Yi", country="CN")
    at = desk("meeting", "participants_cn", title="Talks")
    assert isinstance(at.editor, LinksEditor)
    at.type("wang")
    at.press(Qt.Key.Key_Return)
    assert [label.text for label in at.editor.labels] == ["Wang Yi"]
    at.type("Li New")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert [(label.text, label.table) for label in at.editor.labels] == [("Wang Yi", "person"), ("Li New", "person")]
    made = at.workspace.store.get("person", at.editor.labels[1].key)
    assert made.values["country"] == "CN"
    remove = next(b for b in at.editor.findChildren(QWidget) if b.accessibleName() == "Remove Wang Yi")
    remove.click()
    assert [label.text for label in at.editor.labels] == ["Li New"]
    at.workspace.undo()
    names = [label.text for label in at.workspace.store.get("meeting", at.key).labels["participants_cn"]]
    assert sorted(names) == ["Li New", "Wang Yi"]


def test_names_are_added_as_plain_text_with_their_script(desk: "type[Desk]") -> None:
    at = desk("person", "names", name="Xi Jinping")
    at.type("习近平")
    at.press(Qt.Key.Key_Return)
    parts = at.workspace.store.parts("person", at.key)["name"]
    assert [(part.values["text"], part.values["script"]) for part in parts] == [("习近平", "Hani")]


def test_a_refused_member_says_so_beside_the_line(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("person", "names", name="Xi Jinping")
    at.editor.step_requested.disconnect(at.workspace.apply)

    def refuse(_step: object) -> None:
        at.editor.show_problem("The file is read-only.")

    at.editor.step_requested.connect(refuse)
    at.type("习近平")
    at.press(Qt.Key.Key_Return)
    assert at.editor.problem == "The file is read-only."


def test_links_are_no_single_value(filled_workspace: Workspace) -> None:
    for f in SCHEMA["meeting"].fields:
        if isinstance(f.kind, Links):
            editor = make_editor(f, None, filled_workspace.store, filled_workspace.store.get("meeting", 1))
            with pytest.raises((ValueError, UserError)):
                editor.values()

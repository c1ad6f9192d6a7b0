"""The link picker: what it finds, in which order, and what else it offers."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.link_picker import MOST_RESULTS, NEW_KEY, LinkPicker, Pick, can_be_made, find_records
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA


def names(workspace: Workspace, tables: tuple[str, ...], text: str) -> list[str]:
    return [found.text for found in find_records(workspace.store, tables, text)]


@pytest.mark.parametrize("typed", ["mustafayev", "MUSTAFAYEV", "shahin musta", "mustafayev shahin"])
def test_a_person_is_found_by_any_part_of_the_name(filled_workspace: Workspace, typed: str) -> None:
    assert "Shahin Mustafayev" in names(filled_workspace, ("person",), typed)


def test_a_person_is_found_by_the_office_and_by_the_chinese_name(filled_workspace: Workspace) -> None:
    assert "Shahin Mustafayev" in names(filled_workspace, ("person",), "economy minister")
    assert "Shahin Mustafayev" in names(filled_workspace, ("person",), "沙欣")


def test_names_that_begin_with_the_typing_stand_first(filled_workspace: Workspace) -> None:
    found = names(filled_workspace, ("organisation",), "china")
    assert found[0].startswith("China")
    assert len(found) <= MOST_RESULTS


def test_results_are_grouped_by_table_with_details(filled_workspace: Workspace) -> None:
    found = find_records(filled_workspace.store, ("person", "organisation"), "azer")
    assert [f.heading for f in found] == sorted((f.heading for f in found), key=["People", "Organisations"].index)
    assert len(found) <= MOST_RESULTS
    person = next(f for f in find_records(filled_workspace.store, ("person",), "Shahin Mustafayev"))
    assert "Deputy Prime Minister" in person.detail
    assert "Azerbaijan" in person.detail


def test_a_record_does_not_link_to_itself(filled_workspace: Workspace) -> None:
    key = filled_workspace.store.find_uid(filled_workspace.store.get("project", 1).uid)[1]
    title = filled_workspace.store.get("project", key).title
    found = find_records(filled_workspace.store, ("project",), title, without=("project", key))
    assert key not in [f.payload.key for f in found]


@pytest.mark.parametrize("typed", ['"', "-", "%", "a:b", "is:trash", "--", "'; DROP TABLE person"])
def test_any_typing_is_only_looked_for(filled_workspace: Workspace, typed: str) -> None:
    assert isinstance(find_records(filled_workspace.store, ("person", "organisation"), typed), list)


def test_making_and_printed_words_are_offered_last_and_never_taken_by_enter(
    qtbot: QtBot, filled_workspace: Workspace
) -> None:
    picker = LinkPicker(
        filled_workspace.store, ("person", "organisation"), takes_words=True, new_values={"country": "CN"}
    )
    qtbot.addWidget(picker)
    picker.show()
    picker.setText("Zzz Nobody")
    picker.open_list("Zzz  Nobody ")
    assert [s.text for s in picker.suggestions] == [
        "Create person “Zzz Nobody”",
        "Create organisation “Zzz Nobody”",
        "Use as printed words: “Zzz Nobody”",
    ]
    assert picker.highlighted is None
    made: Pick = picker.suggestions[0].payload
    assert (made.key, made.values["name"], made.values["country"]) == (NEW_KEY, "Zzz Nobody", "CN")
    assert [change.table for change in made.created] == ["person"]


def test_a_click_on_a_result_chooses_it(qtbot: QtBot, filled_workspace: Workspace) -> None:
    picker = LinkPicker(filled_workspace.store, ("person",))
    qtbot.addWidget(picker)
    picker.show()
    with qtbot.waitSignal(picker.chosen) as told:
        qtbot.keyClicks(picker, "shahin musta")
        qtbot.keyClick(picker, "\r")
    assert (told.args[0].table, picker.text()) == ("person", "Shahin Mustafayev")


def test_only_types_that_a_name_is_enough_for_can_be_made() -> None:
    assert [t.name for t in SCHEMA if not t.is_part and can_be_made(t)] == [
        "source", "organisation", "person", "project", "meeting", "agreement", "dossier", "tag",
    ]  # fmt: skip

"""The sidebar: its lines and counts, what it tells, and how the keyboard walks through it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import BY_NAME, PAGES
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.side_item import SideItem
from azcn_desktop.gui.window.sidebar import Sidebar
from azcn_desktop.gui.window.views import BUILT_IN, FACETS, View, first_view
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import parse_query
from tests.gui.making import make


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    """Three projects of two topics, and a person."""
    make(empty_workspace, "project", name="Solar plant", status="planned", sector="energy")
    make(empty_workspace, "project", name="Wind farm", status="operating", sector="energy")
    make(empty_workspace, "project", name="Port", status="operating", sector="transport")
    make(empty_workspace, "person", name="Wang Yi", country="CN")
    return empty_workspace


@pytest.fixture
def sidebar(workspace: Workspace, qtbot: QtBot) -> Iterator[Sidebar]:
    theme = ThemeController("light")
    found = Sidebar(workspace, theme, Icons(theme))
    qtbot.addWidget(found)
    found.resize(224, 800)
    found.show()
    yield found
    found.close()


def line(sidebar: Sidebar, label: str) -> SideItem:
    return next(item for item in sidebar.items if item.text() == label)


def checked(sidebar: Sidebar) -> list[str]:
    return [item.text() for item in sidebar.items if item.isChecked()]


def test_every_view_is_a_filter_that_can_be_read() -> None:
    for page in PAGES:
        for view in BUILT_IN[page.table]:
            assert view.table == page.table
            parse_query(view.query, SCHEMA[page.table])
        assert first_view(page.table) is BUILT_IN[page.table][0]


def test_every_facet_is_a_field_of_its_table() -> None:
    for table, facet in FACETS.items():
        assert SCHEMA[table].has_field(facet.field)


def test_the_trade_page_has_the_three_groups_of_figures_first(workspace: Workspace, sidebar: Sidebar) -> None:
    for topic in ("trade", "trade", "investment", "rail", "tourism", "ranking"):
        make(workspace, "figure", measure="turnover", topic=topic, period="2024")
    sidebar.show_page(BY_NAME["trade"], first_view("figure").query)
    assert [(item.text(), item.count) for item in sidebar.items[:3]] == [
        ("Trade", 2),
        ("Investment", 1),
        ("Transit, tourism and other", 3),
    ]
    assert checked(sidebar) == ["Trade"]


def test_views_topics_and_lists_are_counted(sidebar: Sidebar) -> None:
    sidebar.show_page(BY_NAME["projects"])
    counts = {item.text(): item.count for item in sidebar.items}
    assert counts["All projects"] == 3
    assert counts["Not yet begun"] == 1
    assert counts["No source"] == 3
    assert counts["Trash"] == 0
    assert (counts["Energy"], counts["Transport"]) == (2, 1)
    assert (counts["People"], counts["Organisations"], counts["Sources"]) == (1, 0, 0)


def test_counts_and_topics_follow_an_edit(workspace: Workspace, sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["projects"])
    key = make(workspace, "project", name="School", status="idea", sector="culture")
    qtbot.waitUntil(lambda: any(item.text() == "Culture" for item in sidebar.items))
    assert line(sidebar, "All projects").count == 4
    workspace.apply(edits.to_trash(workspace.store, "project", [key]))
    qtbot.waitUntil(lambda: line(sidebar, "Trash").count == 1)
    assert all(item.text() != "Culture" for item in sidebar.items)


def test_a_click_tells_the_view_and_marks_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["projects"])
    with qtbot.waitSignal(sidebar.view_chosen) as told:
        qtbot.mouseClick(line(sidebar, "Energy"), Qt.MouseButton.LeftButton)
    assert told.args == [View("sector:energy", "project", "Energy", "topic", "sector:energy")]
    assert checked(sidebar) == ["Energy"]


def test_a_reference_list_is_told_by_its_table(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["projects"])
    with qtbot.waitSignal(sidebar.list_chosen) as told:
        qtbot.mouseClick(line(sidebar, "People"), Qt.MouseButton.LeftButton)
    assert told.args == ["person"]


def test_the_line_of_the_shown_list_stands_for_all_of_it(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["people"], "is:trash")
    assert checked(sidebar) == ["Trash"]
    with qtbot.waitSignal(sidebar.view_chosen) as told:
        qtbot.mouseClick(line(sidebar, "People"), Qt.MouseButton.LeftButton)
    assert told.args[0].query == ""
    assert checked(sidebar) == ["People"]


def test_a_filter_that_no_view_has_leaves_none_marked(sidebar: Sidebar) -> None:
    sidebar.show_page(BY_NAME["projects"])
    sidebar.mark("year:2024")
    assert checked(sidebar) == []


def test_the_arrow_keys_walk_and_enter_chooses(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["projects"])
    sidebar.items[0].setFocus()
    qtbot.keyClick(sidebar.items[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is sidebar.items[1]
    with qtbot.waitSignal(sidebar.view_chosen) as told:
        qtbot.keyClick(sidebar.items[1], Qt.Key.Key_Return)
    assert told.args[0].name == "upcoming"
    qtbot.keyClick(sidebar.items[1], Qt.Key.Key_End)
    assert QApplication.focusWidget() is sidebar.items[-1]


def test_the_tab_key_stops_once_at_the_chosen_line_and_leaves_from_there(sidebar: Sidebar, qtbot: QtBot) -> None:
    sidebar.show_page(BY_NAME["projects"], "is:trash")
    sidebar.setFocus()
    assert QApplication.focusWidget().text() == "Trash"
    assert not [item for item in sidebar.items if item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget().text() == "Trash"  # nothing else is in this window


def test_many_topics_are_folded_and_unfolded(workspace: Workspace, sidebar: Sidebar, qtbot: QtBot) -> None:
    words = ("aid", "aviation", "culture", "digital", "finance", "legal", "science", "space", "telecom")
    for word in words:
        make(workspace, "project", name=word, status="idea", sector=word)
    sidebar.show_page(BY_NAME["projects"])
    before = len(sidebar.items)
    qtbot.mouseClick(line(sidebar, "All 11"), Qt.MouseButton.LeftButton)
    assert len(sidebar.items) == before + 3
    assert line(sidebar, "Telecom").count == 1


def test_a_closed_file_leaves_no_counts(workspace: Workspace, sidebar: Sidebar) -> None:
    sidebar.show_page(BY_NAME["projects"])
    workspace.close()
    assert {item.count for item in sidebar.items} == {None}


def test_every_line_has_a_name_for_screen_readers(sidebar: Sidebar) -> None:
    sidebar.show_page(BY_NAME["projects"])
    assert line(sidebar, "All projects").accessibleName() == "All projects, 3"

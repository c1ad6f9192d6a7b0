"""The filter bar: chips, text and view joined into one query, in words, and kept between starts."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import BY_NAME, PAGES
from azcn_desktop.gui.presentation import PRESENTATIONS
from azcn_desktop.gui.records.filter_bar import FilterBar
from azcn_desktop.gui.records.filter_popups import ChoicePopup, YearPopup
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Choice, Computed, Country
from azcn_desktop.store import edits
from azcn_desktop.store.query import YEAR, Query, main_date, parse_query


@pytest.fixture
def bar(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons) -> FilterBar:
    made = FilterBar(filled_workspace, light_theme, bare_icons, BY_NAME["meetings"], None)
    qtbot.addWidget(made)
    made.resize(900, 60)
    made.set_base(Query("meeting"))
    made.show()
    return made


def count(workspace: Workspace, text: str) -> int:
    return workspace.store.count(parse_query(text, SCHEMA["meeting"]))


def label(bar: FilterBar) -> str:
    return bar._count.text()


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_every_chip_of_a_page_filters_a_field_of_its_table(page) -> None:
    record_type = SCHEMA[page.table]
    for name in PRESENTATIONS[page.table].chips:
        if name == YEAR:
            assert main_date(record_type)
        else:
            kind = record_type.field(name).kind
            assert isinstance(kind.of if isinstance(kind, Computed) else kind, Choice | Country)


def test_a_chip_filters_and_says_so_in_words(bar: FilterBar, filled_workspace: Workspace) -> None:
    heard: list[Query] = []
    bar.query_changed.connect(heard.append)
    bar.chips["status"].choose(["planned", "cancelled"])
    assert bar.chips["status"].text() == "Status: planned, cancelled  ×"
    assert bar.chips["status"].isChecked()
    assert filled_workspace.store.count(heard[-1]) == count(filled_workspace, "status:planned|cancelled")
    assert label(bar) == f"{count(filled_workspace, 'status:planned|cancelled')} of 108"


@pytest.mark.parametrize(
    ("years", "words", "text"),
    [
        (("2018", "2025"), "2018 – 2025", "year:2018..2025"),
        (("2018", ""), "since 2018", "year:2018.."),
        (("", "2019"), "until 2019", "year:..2019"),
        (("2024", "2024"), "2024", "year:2024"),
    ],
)
def test_a_range_of_years(
    bar: FilterBar, filled_workspace: Workspace, years: tuple[str, str], words: str, text: str
) -> None:
    bar.chips["year"].choose(years)
    assert bar.chips["year"].text() == words + "  ×"
    assert filled_workspace.store.count(bar.query) == count(filled_workspace, text)


def test_a_chip_opens_boxes_with_counts_of_the_other_filters(bar: FilterBar, filled_workspace: Workspace) -> None:
    bar.chips["year"].choose(["2025", "2025"])
    bar.chips["status"].choose(["held"])
    bar.chips["status"].click()
    popup = bar.chips["status"].popup
    assert isinstance(popup, ChoicePopup)
    held = count(filled_workspace, "year:2025 status:held")
    assert popup.box("held").accessibleName() == f"Held, {held}"
    assert popup.box("held").isChecked()
    popup.box("held").click()
    assert not bar.chips["status"].is_active
    popup.close()


def test_countries_of_joint_bodies_count_for_each(qtbot: QtBot, filled_workspace: Workspace, bar: FilterBar) -> None:
    bar.chips["country"].click()
    popup = bar.chips["country"].popup
    assert isinstance(popup, ChoicePopup)
    assert popup.box("AZ").accessibleName() == f"Azerbaijan, {count(filled_workspace, 'country:AZ')}"
    popup.close()


def test_years_are_typed_into_the_popup_and_a_backward_range_is_refused(qtbot: QtBot, bar: FilterBar) -> None:
    bar.chips["year"].click()
    popup = bar.chips["year"].popup
    assert isinstance(popup, YearPopup)
    qtbot.keyClicks(popup.first, "2018")
    assert bar.chips["year"].kept() == ["2018", ""]
    qtbot.keyClicks(popup.last, "2015")
    assert bar.chips["year"].kept() == ["2018", ""]
    popup.close()


def test_the_cross_of_a_chip_and_the_delete_key_clear_it(qtbot: QtBot, bar: FilterBar) -> None:
    chip = bar.chips["status"]
    chip.choose(["held"])
    chip.adjustSize()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    assert (chip.is_active, chip.isChecked(), chip.popup) == (False, False, None)
    chip.choose(["held"])
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert not chip.is_active


def test_chips_go_on_in_the_next_line_where_there_is_no_room(qtbot: QtBot, bar: FilterBar) -> None:
    tops = {chip.y() for chip in bar.chips.values()}
    assert len(tops) == 1
    bar.resize(420, 120)
    qtbot.waitUntil(lambda: len({chip.y() for chip in bar.chips.values()}) > 1)
    assert all(chip.x() + chip.width() <= chip.parentWidget().width() for chip in bar.chips.values())


def test_typing_filters_after_a_moment(qtbot: QtBot, bar: FilterBar, filled_workspace: Workspace) -> None:
    with qtbot.waitSignal(bar.query_changed, timeout=1000):
        qtbot.keyClicks(bar.line, "baki year:2025")
    assert filled_workspace.store.count(bar.query) == count(filled_workspace, "baki year:2025")
    with qtbot.waitSignal(bar.query_changed, timeout=50):
        qtbot.keyClick(bar.line, Qt.Key.Key_Escape)
    assert label(bar) == "108"


@pytest.mark.parametrize(
    ("text", "words"),
    [("bogus:1", "no field “bogus”"), ("status:bogus", "not in the list"), ("year:soon", "is not a year")],
)
def test_a_bad_filter_is_answered_in_words_and_the_last_one_stays(
    qtbot: QtBot, bar: FilterBar, text: str, words: str
) -> None:
    qtbot.keyClicks(bar.line, "status:held")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    good = bar.query
    bar.line.clear()
    qtbot.keyClicks(bar.line, text)
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert words in bar.problem
    assert bar.line.property("invalid") == "true"
    assert bar.query == good
    bar.clear()
    assert (bar.problem, bar.query) == ("", Query("meeting"))


def test_a_refusal_says_what_the_rows_are_and_keeps_to_two_lines(qtbot: QtBot, bar: FilterBar) -> None:
    stale = bar.findChild(QLabel, "stale-meetings")
    assert stale.isHidden()
    for width in (900, 420):
        bar.resize(width, 120)
        qtbot.keyClicks(bar.line, "citty:baku")
        qtbot.keyClick(bar.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bar._problem.height() == bar._problem.heightForWidth(bar._problem.width()))
        assert stale.isVisible()
        assert "last filter that could be read" in stale.text()
        assert len(bar._problem.lines(bar._problem.width())) <= 2
        assert "Perhaps city" in bar._problem.lines(bar._problem.width())[0]
        assert bar.problem.split(", ")[-1] in bar._problem.toolTip(), "the whole is in the tool tip"
        bar.clear()
        assert stale.isHidden()


def test_view_chips_and_text_are_joined(qtbot: QtBot, bar: FilterBar, filled_workspace: Workspace) -> None:
    bar.set_base(parse_query("level:minister", SCHEMA["meeting"]))
    bar.chips["status"].choose(["held"])
    qtbot.keyClicks(bar.line, "beijing")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    wanted = count(filled_workspace, "level:minister status:held beijing")
    assert filled_workspace.store.count(bar.query) == wanted
    assert label(bar) == f"{wanted} of {count(filled_workspace, 'level:minister')}"
    bar.clear()
    assert label(bar) == str(count(filled_workspace, "level:minister"))


def test_a_new_record_takes_what_view_and_chips_ask_for(bar: FilterBar) -> None:
    bar.set_base(parse_query("level:minister year:2025 -status:cancelled", SCHEMA["meeting"]))
    bar.chips["kind"].choose(["forum"])
    bar.chips["country"].choose(["AZ", "CN"])
    assert bar.new_values() == {"level": "minister", "kind": "forum"}


def test_filters_are_kept_for_the_next_start(
    qtbot: QtBot, bar: FilterBar, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    bar.chips["status"].choose(["held"])
    bar.chips["year"].choose(["2018", ""])
    bar.line.setText("baki")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    other = FilterBar(filled_workspace, light_theme, bare_icons, BY_NAME["meetings"], None)
    qtbot.addWidget(other)
    other.restore_state(bar.state())
    assert other.query == bar.query
    for broken in ("", "{", "[]", '{"chips": {"status": ["no such word"], "gone": ["x"]}, "text": 3}'):
        other.clear()
        other.restore_state(broken)


def test_the_count_follows_what_is_written(bar: FilterBar, filled_workspace: Workspace) -> None:
    filled_workspace.apply(edits.create(filled_workspace.store, "meeting", {"title": "Talks"}))
    bar.refresh_count()
    assert label(bar) == "109"

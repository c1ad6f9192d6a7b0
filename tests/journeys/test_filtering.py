"""Journey 3: words, chips and views narrow the table, and the chart shows the same rows."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.window.views import BUILT_IN
from tests.journeys.driving import drawn, filter_by, type_text


def test_words_find_what_is_linked_whatever_its_accents(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "meetings")
    found = {}
    for text in ("MUSTAFAYEV", "mustafayev", "BEİJıNG", "beijing"):
        filter_by(window, "", qtbot)
        qtbot.waitUntil(lambda: len(window.tab.records.keys) == 108)
        filter_by(window, text, qtbot)
        qtbot.waitUntil(lambda: len(window.tab.records.keys) < 108)
        found[text] = window.tab.records.keys
    assert found["MUSTAFAYEV"] == found["mustafayev"]
    assert len(found["mustafayev"]) == 17
    assert found["BEİJıNG"] == found["beijing"] != []


def test_a_bad_filter_says_so_and_keeps_the_last_result(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "agreements")
    filter_by(window, "year:2025", qtbot)
    qtbot.waitUntil(lambda: len(window.tab.records.keys) < 70)
    kept = window.tab.records.keys
    filter_by(window, "colour:red", qtbot)
    qtbot.waitUntil(lambda: "colour" in window.tab.filters.problem)
    assert window.tab.records.keys == kept


def test_the_chart_shows_the_rows_of_the_filter(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    everything = drawn(window)
    filter_by(window, "year:>=2023", qtbot)
    qtbot.waitUntil(lambda: drawn(window) != everything)
    assert 1.3e9 not in drawn(window)
    assert 4.87e9 in drawn(window)


def test_the_built_in_views_of_trade_hold_every_figure_once(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    counts = []
    for view in BUILT_IN["figure"][:3]:
        window.sidebar.view_chosen.emit(view)
        counts.append(len(window.tab.records.keys))
    assert counts == [96, 33, 60]


def test_a_jump_to_a_figure_outside_the_view_changes_the_view(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    window.jump(*window.workspace.store.find_reference("I003"))
    assert len(window.tab.records.keys) == 33
    record = window.workspace.store.get("figure", window.tab.current_key())
    assert record is not None
    assert record.show("value") == "$942.3 m"


def test_search_jumps_to_a_person_by_chinese_name(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database))
    search = window.top_bar.search
    window.actions_table["search"].trigger()
    type_text(search, "习近平")
    qtbot.waitUntil(lambda: search.model.hit_rows() != [])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    record = window.workspace.store.get(window.table, window.tab.current_key())
    assert record is not None
    assert record.title == "Xi Jinping"

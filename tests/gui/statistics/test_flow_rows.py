"""The rows of the table of flows: what is shown at once, what comes later, and another file."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics import flow_seeker, flow_words
from azcn_desktop.gui.statistics.flow_columns import COLUMNS
from azcn_desktop.gui.statistics.flow_pages import PAGE_ROWS, UNKNOWN, FlowPages
from azcn_desktop.gui.statistics.flow_words import long_period, short_period
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.percentages import share_percent, signed_percent
from azcn_desktop.store.flows import looking
from azcn_desktop.store.flows.edits import edit_flow
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import Derived, Flow, FlowOrder
from tests.gui.statistics.flow_view import column, row_with
from tests.trade.builders import line, take, written


def test_the_model_passes_the_model_tester_while_orders_come_and_go(view: StatisticsView) -> None:
    tester = QAbstractItemModelTester(view.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    whole = view.model.order
    view.model.show(FlowOrder([whole.ids(0, 3)], len(whole)), "")
    view.model.complete(whole)
    view.model.refresh(None)
    view.model.clear()
    assert tester.model() is view.model
    assert view.model.rowCount() == 0


def test_rows_that_are_not_known_yet_say_so_and_keep_their_place(view: StatisticsView) -> None:
    whole = view.model.order
    view.table.show_order(FlowOrder([whole.ids(0, 3)], len(whole)), "", keep_place=False)
    codes = column(view, "code")
    assert codes[3:] == [UNKNOWN] * (len(whole) - 3)
    assert view.model.key_at(5) is None
    view.model.complete(whole)
    assert column(view, "code")[:3] == codes[:3]
    assert UNKNOWN not in column(view, "code")


def test_pages_are_read_once_and_old_ones_let_go() -> None:
    asked: list[int] = []

    def read(ids: object) -> list[Flow]:
        asked.append(len(list(ids)))  # type: ignore[call-overload]
        return []

    pages = FlowPages(read)
    pages.take(FlowOrder([range(1, PAGE_ROWS * 200 + 2)]))
    pages.flow(3)
    pages.flow(PAGE_ROWS - 1)
    assert asked == [PAGE_ROWS]
    assert pages.flow(PAGE_ROWS * 200) is None
    assert asked[1:] == [1]
    for number in range(1, 200):
        pages.flow(number * PAGE_ROWS)
    pages.flow(3)
    assert len(asked) == 202


def test_numbers_are_grouped_and_derived_values_stand_beside_their_formulas(view: StatisticsView) -> None:
    row = row_with(view, code="270900", period="2024", flow="M")
    view.model.derive_rows((row,))
    shown = {c.name: view.model.index(row, place).data() for place, c in enumerate(COLUMNS)}
    assert (shown["value"], shown["currency"], shown["flow"]) == ("124", "USD", "Import")
    assert shown["growth_pct"] == "+0.8 %"
    assert shown["share_pct"] == "2.48 %"
    assert shown["unit_value"] == "12.4 USD/kg"
    tip = view.model.index(row, view.model.column_of("growth_pct")).data(Qt.ItemDataRole.ToolTipRole)
    assert "124 ÷ 123 − 1" in tip
    assert shown["balance"] == "−47"


def test_what_a_flow_says_of_itself_is_plain_text(filled: Workspace, view: StatisticsView) -> None:
    key = view.model.key_at(0)
    assert key is not None
    filled.apply(edit_flow(filled.store, key, "quantity_unit", "<b>kg</b>"))
    place = view.model.column_of("quantity_unit")
    filled.apply(edit_flow(filled.store, key, "quantity", "5"))
    filled.apply(edit_flow(filled.store, key, "quantity_unit", "<img src=x> and much more"))
    assert "&lt;img" in view.model.index(0, place).data(Qt.ItemDataRole.ToolTipRole)


def test_a_header_sorts_and_what_was_picked_stays_picked(view: StatisticsView) -> None:
    row = row_with(view, code="081090", period="2024")
    view.table.setCurrentIndex(view.model.index(row, 0))
    key = view.table.current_key()
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.DescendingOrder)
    view.finish()
    values = [float(text.replace(",", "")) for text in column(view, "value")]
    assert values == sorted(values, reverse=True)
    assert view.table.current_key() == key
    view.table.sortByColumn(view.model.column_of("growth_pct"), Qt.SortOrder.AscendingOrder)
    assert view.model.sorted_by == "-value"
    assert view.table.horizontalHeader().sortIndicatorSection() == view.model.column_of("value")


def test_old_rows_stay_until_the_worker_has_the_new_order(view: StatisticsView, qtbot: QtBot) -> None:
    before = column(view, "code")
    view._seeker.begin(FlowQuery(sort="value"), flow_seeker._whole)
    view._say_count()
    assert view.summary == "Looking for flows…"
    assert column(view, "code") == before
    with qtbot.waitSignal(view._seeker.found, timeout=10_000):
        pass
    assert view.model.sorted_by == "value"
    assert view.summary == "10 flows"


def test_a_look_that_would_hold_the_window_up_comes_from_the_worker(
    view: StatisticsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "FEW", 5)
    before = column(view, "code")
    view.table.sortByColumn(view.model.column_of("code"), Qt.SortOrder.AscendingOrder)
    assert (view.summary, column(view, "code")) == ("Sorting by code…", before)
    qtbot.waitUntil(lambda: view.summary == "10 flows", timeout=10_000)
    assert (column(view, "code"), view.model.sorted_by) == (
        sorted(before, key=lambda code: (code != "TOTAL", code)),
        "code",
    )


def test_an_export_waits_for_no_sort_that_still_runs(view: StatisticsView, filled: Workspace) -> None:
    whole = view.export_choice()
    assert whole is not None
    assert (whole.shown, whole.n_shown) == (None, 10)
    view._seeker.begin(FlowQuery(sort="value"), flow_seeker._whole)
    view._sort = "value"
    view.filters.chips["flows"].blockSignals(True)
    view.filters.chips["flows"].choose(["M"])
    choice = view.export_choice()
    assert choice is not None
    assert (choice.shown, choice.n_shown) == (FlowQuery(flows=("M",), sort="value"), 9)
    assert view._seeker.is_busy


def test_a_sum_since_january_in_january_is_told_apart_from_the_month(view: StatisticsView) -> None:
    month = replace(view.model.flow(0), period="202401", frequency="M", is_cumulative=0)
    assert (short_period(month), long_period(month)) == ("Jan 2024", "January 2024")
    since = replace(month, is_cumulative=1)
    assert (short_period(since), long_period(since)) == ("Jan–Jan 2024", "January to January 2024")


def test_more_rows_than_a_table_can_place_are_refused_in_words(view: StatisticsView) -> None:
    told: list[str] = []
    view.message.connect(lambda words, _is_problem: told.append(words))
    before = view.model.rowCount()
    view._on_seeker_found(view.flow_query, FlowOrder([range(1, 80_000_000)]))
    assert view.model.rowCount() == before
    assert told[0].startswith("79,999,999 flows are more than one table can show")


def test_numbers_are_written_for_readers() -> None:
    assert [flow_words.grouped(value) for value in (None, 0.0, -1234.5, 1e6, 0.126)] == [
        "", "0", "−1,234.5", "1,000,000", "0.13",
    ]  # fmt: skip
    assert signed_percent(55_749.2) == "+55,749 %"
    assert share_percent(0.001, 2) == "under 0.01 %"
    assert [flow_words.unit_value(value) for value in (0.0012346, 13.346, 1357.9)] == ["0.001235", "13.35", "1,357.9"]


def test_derived_values_are_forgotten_together() -> None:
    pages = FlowPages(lambda ids: [])
    pages.take(FlowOrder([range(1, 5)]))
    pages.take_derived([1], [Derived(2)])
    assert pages.derived(1) == Derived(2)
    pages.forget_derived()
    assert pages.derived(1) is None


def test_an_import_is_followed_while_one_looks(view: StatisticsView, filled: Workspace, tmp_path: Path) -> None:
    more = written(tmp_path / "more.csv", line(code="010121", value=7), line(code="270900", period="2024", value=999))
    filled.tell(take(filled.store, more))
    view.finish()
    assert view.summary == "11 flows"
    view.table.setCurrentIndex(view.model.index(row_with(view, value=999.0), 0))
    view.table.rest()
    assert view.passport.older.text().startswith("Older value: 124 USD")


def test_a_file_is_left_and_another_one_shown(view: StatisticsView, filled: Workspace, tmp_path: Path) -> None:
    path = filled.store.path
    filled.close()
    assert view.model.rowCount() == 0
    assert view.passport.isHidden()
    filled.open(path)
    view.finish()
    assert view.summary == "10 flows"


def test_all_of_many_rows_are_selected_without_asking_of_each(view: StatisticsView) -> None:
    view.table.show_order(FlowOrder([range(1, 3_000_000)]), "", keep_place=False)
    view.table.selectAll()
    assert view.table.selected_count() == 2_999_999
    assert len(view.table.selected_keys(1_000)) == 1_000
    header = view.table.horizontalHeader()
    assert not any(header.selectionModel().isColumnSelected(place) for place in range(header.count()))

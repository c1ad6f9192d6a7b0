"""The table of flows: what is shown at once, what comes later, and what an edit of a cell does to it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.records.filter_popups import ChoicePopup
from azcn_desktop.gui.statistics import flow_copying, flow_words
from azcn_desktop.gui.statistics.flow_chips import PeriodPopup, read_period
from azcn_desktop.gui.statistics.flow_columns import COLUMNS
from azcn_desktop.gui.statistics.flow_following import concerns_order
from azcn_desktop.gui.statistics.flow_pages import PAGE_ROWS, UNKNOWN, FlowPages
from azcn_desktop.gui.statistics.flow_words import long_period, short_period
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import looking
from azcn_desktop.store.flows.edits import edit_flow
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import Derived, Flow, FlowOrder
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.trade.builders import flows as stored
from tests.trade.builders import line, take, written

CODES = ("270900", "271000", "200980", "081090")
LINES = [
    line(period=str(year), code=code, value=100 * place + year - 2000, net_weight_kg=10)
    for year in (2023, 2024)
    for place, code in enumerate(CODES, 1)
]


@pytest.fixture(scope="module")
def flows_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with ten flows, which each test copies."""
    folder = tmp_path_factory.mktemp("flows")
    database = Database.create(folder / "flows.azcn")
    upgrade(database, SCHEMA)
    store = Store(database)
    more = [line(code="TOTAL", value=5_000), line(code="270900", value=77, flow="X", valuation="FOB")]
    take(store, written(folder / "flows.csv", *LINES, *more))
    store.close()
    return folder / "flows.azcn"


@pytest.fixture
def filled(qtbot: QtBot, flows_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(Path.unlink)  # nothing has to be brought up to date
    opened.open(Path(shutil.copy(flows_db, tmp_path / "filled.azcn")))
    yield opened
    opened.close()


@pytest.fixture
def view(
    qtbot: QtBot, filled: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner
) -> StatisticsView:
    made = StatisticsView(filled, light_theme, bare_icons, jobs)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.finish()
    return made


def column(view: StatisticsView, name: str) -> list[str]:
    place = view.model.column_of(name)
    return [view.model.index(row, place).data() for row in range(view.model.rowCount())]


def row_with(view: StatisticsView, **values: object) -> int:
    for row in range(view.model.rowCount()):
        flow = view.model.flow(row)
        if flow is not None and all(getattr(flow, name) == value for name, value in values.items()):
            return row
    raise LookupError(values)


def type_text(view: StatisticsView, text: str) -> None:
    view.filters.line.setText(text)
    view.filters.line.accepted.emit()
    view.finish()


def open_editor(view: StatisticsView, row: int, name: str, qtbot: QtBot) -> QLineEdit:
    view.activateWindow()
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(row, view.model.column_of(name)))
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.findChild(QLineEdit, f"input-{name.replace('_', '-')}")
    assert editor is not None
    return editor


def retype(editor: QLineEdit, text: str, qtbot: QtBot) -> None:
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


# -- the model


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


# -- filters and order


def test_text_finds_beginnings_of_codes_and_the_count_is_exact(view: StatisticsView) -> None:
    assert view.summary == "10 flows"
    type_text(view, "27")
    assert set(column(view, "code")) == {"270900", "271000"}
    assert view.summary == "5 of 10 flows"
    type_text(view, "99")
    assert view.model.rowCount() == 0
    assert view.table.empty_state.text == "No flows match these filters"
    view.table.empty_state.clear_requested.emit()
    assert view.summary == "10 flows"


def test_chips_narrow_down_with_counts_and_say_what_is_chosen(view: StatisticsView, qtbot: QtBot) -> None:
    chip = view.filters.chips["flows"]
    chip.click()
    popup = chip.popup
    assert isinstance(popup, ChoicePopup)
    assert popup.box("M").accessibleName() == "Import, 9"
    popup.box("X").click()
    popup.close()
    assert chip.text().startswith("Flow: Export")
    assert view.summary == "1 of 10 flows"
    view.filters.chips["period"].choose(["2023", "2023"])
    assert view.summary == "0 of 10 flows"
    view.filters.clear()
    assert view.filters.query == FlowQuery()


def test_periods_are_typed_as_people_write_them(view: StatisticsView, qtbot: QtBot) -> None:
    read = {text: read_period(text) for text in ("2024", "2024q3", "2024-05", "202405", "", "20245", "2024Q5")}
    assert list(read.values()) == ["2024", "2024Q3", "202405", "202405", "", None, None]
    chip = view.filters.chips["period"]
    chip.click()
    popup = chip.popup
    assert isinstance(popup, PeriodPopup)
    qtbot.keyClicks(popup.first, "2024")
    popup.close()
    assert view.filters.query.since == "2024"
    assert set(column(view, "period")) == {"2024"}


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
    view._seeker._query = FlowQuery(sort="value")
    view._seeker._submit()
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
    assert (column(view, "code"), view.model.sorted_by) == (sorted(before), "code")


def test_an_export_waits_for_no_sort_that_still_runs(view: StatisticsView, filled: Workspace) -> None:
    whole = view.export_choice()
    assert whole is not None
    assert (whole.shown, whole.n_shown) == (None, 10)
    view._seeker._begin(FlowQuery(sort="value"), view._seeker._find)
    view._sort = "value"
    view.filters.chips["flows"].blockSignals(True)
    view.filters.chips["flows"].choose(["M"])
    choice = view.export_choice()
    assert choice is not None
    assert (choice.shown, choice.n_shown) == (FlowQuery(flows=("M",), sort="value"), 9)
    assert view._seeker.is_busy


def test_a_key_that_can_edit_nothing_now_is_told_why(view: StatisticsView, filled: Workspace, qtbot: QtBot) -> None:
    told: list[str] = []
    view.message.connect(lambda words, _is_problem: told.append(words))
    view.table.setCurrentIndex(view.model.index(0, view.model.column_of("value")))
    filled.set_busy(True)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    filled.set_busy(False)
    assert told == ["Nothing can be edited while an import is written. It can be cancelled below."]
    assert view.table.findChild(QLineEdit, "input-value") is None


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


# -- editing


def test_a_cell_is_edited_and_undone_and_the_rest_stays(view: StatisticsView, filled: Workspace, qtbot: QtBot) -> None:
    row = row_with(view, code="270900", period="2024", flow="M")
    retype(open_editor(view, row, "value", qtbot), "250.5", qtbot)
    assert view.model.index(row, view.model.column_of("value")).data() == "250.5"
    assert (250.5,) in stored(filled.store, "value")
    view.table.rest()
    assert view.model.index(row, view.model.column_of("growth_pct")).data() == "+103.7 %"
    filled.undo()
    assert view.model.index(row, view.model.column_of("value")).data() == "124"


def test_a_refusal_stays_beside_the_cell_with_the_typing(view: StatisticsView, qtbot: QtBot) -> None:
    editor = open_editor(view, row_with(view, code="271000", period="2023"), "period", qtbot)
    retype(editor, "20x4", qtbot)
    assert editor.text() == "20x4"
    assert view.refusals() == ["Period: This flow is annual, so its period is a year, such as 2024."]
    assert not view.commit_pending()
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert view.commit_pending()
    assert "2023" in column(view, "period")


def test_an_edit_of_the_sorted_column_moves_the_row_once_typing_has_ended(view: StatisticsView, qtbot: QtBot) -> None:
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.AscendingOrder)
    view.finish()
    key = view.model.key_at(0)
    retype(open_editor(view, 0, "value", qtbot), "9000", qtbot)
    view.finish()
    assert key is not None
    assert view.model.row_of(key) == view.model.rowCount() - 1
    assert view.table.current_key() == key


def test_only_what_the_query_looks_at_moves_rows() -> None:
    edit = ChangeNotice({"trade_flow": frozenset({1})}, frozenset({"value"}))
    assert not concerns_order(edit, FlowQuery(text="27", sort="period"))
    assert concerns_order(edit, FlowQuery(sort="-value"))
    assert concerns_order(ChangeNotice({"trade_flow": frozenset({1})}, frozenset({"code"})), FlowQuery(text="27"))
    assert concerns_order(ChangeNotice({"trade_flow": frozenset({1})}), FlowQuery())
    assert concerns_order(ChangeNotice({"trade_flow": None}, frozenset({"value"})), FlowQuery())


def test_removed_rows_go_and_come_back(view: StatisticsView, filled: Workspace, qtbot: QtBot) -> None:
    view.table.setFocus()
    view.table.selectAll()
    qtbot.keyClick(view.table, Qt.Key.Key_Delete)
    assert view.model.rowCount() == 0
    filled.undo()
    view.finish()
    assert view.summary == "10 flows"


# -- keys, clipboard, words


def test_home_and_end_go_to_the_first_and_the_last_row(view: StatisticsView, qtbot: QtBot) -> None:
    view.table.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    assert view.table.currentIndex().row() == 9
    qtbot.keyClick(view.table, Qt.Key.Key_Home)
    assert view.table.currentIndex().row() == 0


def test_rows_are_copied_with_numbers_as_they_are_stored(view: StatisticsView) -> None:
    view.table.setCurrentIndex(view.model.index(row_with(view, code="TOTAL"), 0))
    told: list[str] = []
    view.message.connect(lambda words, _is_problem: told.append(words))
    view.copy_rows()
    assert told == ["1 row copied."]
    head, cells = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert dict(zip(head, cells, strict=True))["Value"] == "5000"


def test_many_rows_are_copied_a_page_at_a_time(
    view: StatisticsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow_copying, "PAGE_ROWS", 4)
    view.table.selectAll()
    QGuiApplication.clipboard().setText("before")
    with qtbot.waitSignal(view.table.copied, timeout=3000) as copied:
        view.copy_rows()
        assert QGuiApplication.clipboard().text() == "before"
    assert copied.args == [10]
    head, *lines = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert [line[head.index("Code")] for line in lines] == column(view, "code")


def test_a_menu_narrows_down_to_what_a_cell_holds(view: StatisticsView, qtbot: QtBot) -> None:
    row = row_with(view, flow="X")
    view.table.setCurrentIndex(view.model.index(row, view.model.column_of("flow")))
    menu = view.table.cell_menu(view.table.currentIndex())
    next(action for action in menu.actions() if action.text() == "Only “Export”").trigger()
    menu.deleteLater()
    assert view.summary == "1 of 10 flows"


def test_the_strip_says_where_a_flow_comes_from_and_what_follows(view: StatisticsView) -> None:
    view.table.setCurrentIndex(view.model.index(row_with(view, code="270900", period="2024", flow="M"), 0))
    view.table.rest()
    assert view.passport.sentence.text() == "Azerbaijan reports imports of 270900 from China, 2024: 124 USD, CIF."
    assert "flows.csv" in view.passport.origin.text()
    assert "No list of H6 at hand has this code." in view.passport.flags.text()
    assert "Growth: 124 ÷ 123 − 1 = 0.8 %" in view.passport.formulas.text()
    assert view.passport.older.isHidden()


def test_an_empty_file_says_how_flows_come_into_it(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner
) -> None:
    view = StatisticsView(empty_workspace, light_theme, bare_icons, jobs)
    qtbot.addWidget(view)
    view.show()
    assert view.table.empty_state.text == "No statistics yet"
    assert view.table.empty_state.isVisible()
    assert view.passport.isHidden()


def test_numbers_are_written_for_readers() -> None:
    assert [flow_words.grouped(value) for value in (None, 0.0, -1234.5, 1e6, 0.126)] == [
        "", "0", "−1,234.5", "1,000,000", "0.13",
    ]  # fmt: skip
    assert flow_words.signed_percent(55_749.2) == "+55,749 %"
    assert flow_words.percent(0.001) == "under 0.01 %"
    assert [flow_words.unit_value(value) for value in (0.0012346, 13.346, 1357.9)] == ["0.001235", "13.35", "1,357.9"]


def test_filters_and_columns_come_back(
    qtbot: QtBot, view: StatisticsView, filled: Workspace, light_theme: ThemeController, bare_icons: Icons,
    jobs: JobRunner,
) -> None:  # fmt: skip
    type_text(view, "27")
    view.filters.chips["flows"].choose(["M"])
    view.table.columns.set_shown("dataset", True)
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.DescendingOrder)
    view.finish()
    other = StatisticsView(filled, light_theme, bare_icons, jobs)
    qtbot.addWidget(other)
    other.restore_state("no state at all")
    other.restore_state(view.state())
    other.show()
    other.finish()
    assert other.flow_query == view.flow_query == FlowQuery(text="27", flows=("M",), sort="-value")
    assert other.summary == "4 of 10 flows"
    assert not other.table.isColumnHidden(other.model.column_of("dataset"))


def test_a_chart_that_is_clicked_narrows_the_table(view: StatisticsView) -> None:
    view.filters.narrow((("text", "2709"), ("flows", "M"), ("since", "2024"), ("until", "2024")))
    assert view.filters.query == FlowQuery(text="2709", flows=("M",), since="2024", until="2024")
    assert view.summary == "1 of 10 flows"
    view.filters.narrow((("flows", ""),))
    assert view.summary == "2 of 10 flows"


def test_derived_values_are_forgotten_together() -> None:
    pages = FlowPages(lambda ids: [])
    pages.take(FlowOrder([range(1, 5)]))
    pages.take_derived([1], [Derived(2)])
    assert pages.derived(1) == Derived(2)
    pages.forget_derived()
    assert pages.derived(1) is None


# -- other files, and more rows


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

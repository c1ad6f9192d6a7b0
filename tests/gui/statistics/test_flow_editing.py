"""Keys in the table of flows: an edited cell, what it moves, removed rows and the clipboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics import flow_copying
from azcn_desktop.gui.statistics.flow_following import concerns_order
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.query import FlowQuery
from tests.gui.statistics.flow_view import column, open_editor, retype, row_with
from tests.trade.builders import flows as stored


def test_a_key_that_can_edit_nothing_now_is_told_why(view: StatisticsView, filled: Workspace, qtbot: QtBot) -> None:
    told: list[str] = []
    view.message.connect(lambda words, _is_problem: told.append(words))
    view.table.setCurrentIndex(view.model.index(0, view.model.column_of("value")))
    filled.set_busy(True)
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    filled.set_busy(False)
    assert told == ["Nothing can be edited while an import is written. It can be cancelled below."]
    assert view.table.findChild(QLineEdit, "input-value") is None


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


def test_the_strip_says_where_a_flow_comes_from_and_what_follows(view: StatisticsView) -> None:
    view.table.setCurrentIndex(view.model.index(row_with(view, code="270900", period="2024", flow="M"), 0))
    view.table.rest()
    assert view.passport.sentence.text() == "Azerbaijan reports imports of 270900 from China, 2024: 124 USD, CIF."
    assert "flows.csv" in view.passport.origin.text()
    assert "No list of H6 at hand has this code." in view.passport.flags.text()
    assert "Growth: 124 ÷ 123 − 1 = 0.8 %" in view.passport.formulas.text()
    assert view.passport.older.isHidden()

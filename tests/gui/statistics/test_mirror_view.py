"""The mirror on the Trade page: both sides in their currencies, the gap with its causes, and accepted rates."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.series import Chart
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.statistics.cause_dialog import CauseDialog
from azcn_desktop.gui.statistics.gap_table import GapModel
from azcn_desktop.gui.statistics.mirror_view import MirrorView
from azcn_desktop.gui.statistics.rate_dialog import RateDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.trade.mirror import FACTOR_SOURCE
from azcn_desktop.trade.mirror_causes import Cause, note_cause, read_causes


def refuse_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} needs no upgrade")


@pytest.fixture
def shipped(qtbot: QtBot, offices_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the records and of the values of the statistical offices, as a first start has them."""
    opened = Workspace(refuse_upgrade)
    opened.open(Path(shutil.copy(offices_db, tmp_path / "offices.azcn")))
    yield opened
    opened.close()


def made(qtbot: QtBot, workspace: Workspace, theme: ThemeController, icons: Icons, direction: str = "") -> MirrorView:
    view = MirrorView(workspace, theme, icons)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    if direction:
        view.choose("direction", direction)
    view.finish()
    return view


@pytest.fixture
def view(
    qtbot: QtBot, flows_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, qapp: QApplication
) -> MirrorView:
    light_theme.apply(qapp)
    return made(qtbot, flows_workspace, light_theme, bare_icons, "az_imports")


def charts(view: MirrorView) -> list[Chart]:
    return [card.chart for card in view.charts.shown if isinstance(card.chart, Chart)]


def cells(view: MirrorView, year: int) -> tuple[str, ...]:
    view.finish()
    return next(row.cells for row in view.years.table.rows.table.rows if row.gap.year == year)


def give_rate(view: MirrorView, units: str = "7,1", publisher: str = "A bank") -> RateDialog:
    view.give_rate()
    dialog = view.findChild(RateDialog)
    assert dialog is not None
    dialog.lines["units_per_usd"].setText(units)
    dialog.lines["publisher"].setText(publisher)
    return dialog


def test_it_opens_on_both_sides_of_2024_each_in_its_currency(
    qtbot: QtBot, shipped: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    view = made(qtbot, shipped, light_theme, bare_icons)
    assert [chart.scale for chart in charts(view)] == ["USD", "CNY"]
    assert view.year == 2024
    assert "$3.744 bn" in view.head.year.text()
    assert "CNY 17.547 bn" in view.head.year.text()
    assert "To compare: give a rate" in view.head.rates.text()


def test_charts_above_each_other_share_their_years(view: MirrorView, qtbot: QtBot) -> None:
    view.choose("source_cn", "Yuan office")
    first, second = (card.view for card in view.charts.shown)
    assert isinstance(first, ChartView)
    assert isinstance(second, ChartView)
    qtbot.waitUntil(lambda: first._axes["left"].width() == second._axes["left"].width(), timeout=1000)
    assert first._box.viewRange()[0] == pytest.approx(second._box.viewRange()[0])


def test_the_factor_changes_the_gap_and_says_where_it_is_from(view: MirrorView, qtbot: QtBot) -> None:
    before = cells(view, 2024)
    view.head.factor.setValue(1.2)
    qtbot.waitUntil(lambda: cells(view, 2024) != before, timeout=2000)
    assert "× 1.20" in " ".join(view.years.table.rows.table.headers)
    assert view.head.factor.accessibleDescription() == FACTOR_SOURCE
    assert view.head._source.text() == FACTOR_SOURCE
    view.choose("direction", "turnover")
    assert view.head.factor.isHidden()


def test_a_year_shows_the_chapters_that_explain_its_gap(view: MirrorView, qtbot: QtBot) -> None:
    for year in (2022, 2023):
        assert view.select_year(year)
        view.finish()
        rows = view.chapters.table.rows.table.rows
        assert {row.gap.year for row in rows} == {year}
        assert rows[0].cells[0].startswith("27 Mineral fuels")
        assert rows[-1].cells[-2] == "100.0 %"


def test_a_cause_is_written_down_changed_and_undone(view: MirrorView, flows_workspace: Workspace, qtbot: QtBot) -> None:
    view.select_year(2024)
    view.years.table.setFocus()
    qtbot.keyClick(view.years.table, Qt.Key.Key_Return)
    dialog = view.findChild(CauseDialog)
    assert dialog is not None
    assert "Computed: residual" in "".join(row.text() for row in dialog.findChildren(type(dialog.problem)))
    dialog.cause.setCurrentIndex(dialog.cause.findData("re_export"))
    dialog.text.setPlainText("Transit to Georgia; 经格鲁吉亚转口")
    dialog.accept()
    assert cells(view, 2024)[-1] == "Re-export or transit: Transit to Georgia; 经格鲁吉亚转口"
    assert view.year == 2024
    row = view.years.table.current_row()
    assert row is not None
    view.edit_cause(row, row.causes[0])
    again = next(d for d in view.findChildren(CauseDialog) if d.isVisible())
    again.cause.setCurrentIndex(again.cause.findData("timing"))
    again.accept()
    assert [cause.cause for cause in read_causes(flows_workspace.store)] == ["timing"]
    flows_workspace.undo()
    flows_workspace.undo()
    view.finish()
    assert cells(view, 2024)[-1] == ""


def test_the_menu_of_a_row_removes_a_cause_and_leads_to_its_flows(view: MirrorView, qtbot: QtBot) -> None:
    row = view.years.table.current_row()
    assert row is not None
    view.edit_cause(row, None)
    next(d for d in view.findChildren(CauseDialog) if d.isVisible()).accept()
    view.finish()
    view.years.menu_wanted.emit(QPoint(10, 10))
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Edit “Not known”…", "Remove “Not known”", "Another cause…", "", "Show in Statistics"]
    with qtbot.waitSignal(view.show_flows) as shown:
        actions["Show in Statistics"].trigger()
    query = shown.args[0]
    assert (query.reporters, query.partners, query.levels) == (("AZ", "CN"), ("AZ", "CN"), (0,))
    assert (query.since, query.until) == (f"{row.gap.year}", f"{row.gap.year}")
    actions["Remove “Not known”"].trigger()
    menu.close()
    view.finish()
    assert cells(view, row.gap.year)[-1] == ""


def test_what_was_stored_is_said_with_the_way_back(view: MirrorView, qtbot: QtBot) -> None:
    said: list[str] = []
    view.message.connect(lambda sentence, is_problem: said.append(f"{sentence}{is_problem or ''}"))
    row = view.years.table.current_row()
    assert row is not None
    view.edit_cause(row, None)
    next(d for d in view.findChildren(CauseDialog) if d.isVisible()).accept()
    assert said == [f"Stored: cause of the gap of {row.gap.year}, imports from China (undo: Ctrl+Z)."]
    view.finish()
    row = view.years.table.current_row()
    assert row is not None
    view.edit_cause(row, row.causes[0])
    next(d for d in view.findChildren(CauseDialog) if d.isVisible()).accept()
    assert len(said) == 1, "nothing was changed"
    give_rate(view, "7.5").accept()
    assert said[1] == f"Stored and accepted: the rate of CNY {row.gap.year}, A bank (undo: Ctrl+Z)."
    view.finish()
    view.head._menu.actions()[0].trigger()
    assert said[2] == f"Withdraw rate of CNY {row.gap.year} (undo: Ctrl+Z)."


def test_the_source_of_a_rate_takes_one_line_and_stands_whole_in_the_tool_tip(view: MirrorView) -> None:
    height = view.head.rates.height()
    source = "People’s Bank of China, " + "Statistical bulletin of the fourth quarter, table 4; " * 5
    give_rate(view, "7.5", source).accept()
    view.finish()
    assert source.strip(" ;") in view.head.rates.toolTip()
    assert view.head.rates.height() == height


def test_a_rate_without_a_source_is_refused_and_what_was_typed_stays(view: MirrorView) -> None:
    view.choose("source_cn", "Yuan office")
    dialog = give_rate(view, "7,1", " ")
    dialog.accept()
    assert dialog.isVisible()
    assert "source" in dialog.problems["publisher"].text()
    assert dialog.lines["units_per_usd"].text() == "7,1"
    for units in ("0", "-3", "x", "nan"):
        dialog.lines["units_per_usd"].setText(units)
        dialog.accept()
        assert dialog.problems["units_per_usd"].text(), units
    dialog.reject()


def test_an_accepted_rate_joins_the_charts_until_it_is_withdrawn(
    view: MirrorView, flows_workspace: Workspace, qtbot: QtBot
) -> None:
    view.choose("source_cn", "Yuan office")
    view.select_year(2024)
    assert len(charts(view)) == 2
    assert cells(view, 2024)[4] == ""
    give_rate(view, "7.5").accept()
    view.finish()
    assert [chart.scale for chart in charts(view)] == ["USD"]
    assert cells(view, 2024)[2] == "$16 bn"
    assert "7.5 CNY to the US dollar" in view.head.rates.text()
    notes = [note for series in charts(view)[0].series for point in series.points for note in point.note]
    assert any("converted at 7.5 CNY" in note and "A bank" in note for note in notes)
    view.head._menu.actions()[0].trigger()
    view.finish()
    assert len(charts(view)) == 2
    flows_workspace.undo()
    view.finish()
    assert len(charts(view)) == 1
    flows_workspace.undo()
    view.finish()
    assert view.head._menu.actions() == []


def test_a_mark_offers_its_flows_and_a_figure_its_record(
    qtbot: QtBot, shipped: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    view = made(qtbot, shipped, light_theme, bare_icons)
    figure = next(p for chart in charts(view) for s in chart.series for p in s.points if p.keys and p.period == "2022")
    view.charts.row_opened.emit(figure)
    assert view.year == 2022
    menu = next(menu for menu in view.findChildren(QMenu) if menu.isVisible())
    with qtbot.waitSignal(view.table_requested) as wanted:
        menu.actions()[-1].trigger()
    menu.close()
    assert wanted.args == [figure.keys[0]]
    assert shipped.store.get("figure", figure.keys[0]) is not None


def test_a_file_without_statistics_says_so_and_nothing_can_be_pressed_in_vain(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    view = made(qtbot, empty_workspace, light_theme, bare_icons)
    assert view.year is None
    assert view.years.table.empty_state.text == "No year of either side"
    assert not view.findChild(QAbstractButton, "mirror-years-cause").isEnabled()
    assert not view.findChild(QAbstractButton, "mirror-chapters-flows").isEnabled()
    view.select_year(2024)
    view._on_cause_wanted(view.years)
    assert view.findChildren(CauseDialog) == []


def test_whatever_can_be_pressed_has_a_name(view: MirrorView) -> None:
    widgets = [*view.findChildren(QAbstractButton), *view.findChildren(QComboBox)]
    assert [w for w in widgets if w.isVisible() and not (w.accessibleName() and w.objectName())] == []
    assert view.years.table.accessibleName()


def test_the_model_of_a_gap_passes_the_model_tester(view: MirrorView) -> None:
    model = GapModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    model.show_table(view.chapters.table.rows.table)
    assert model.rowCount() == len(view.chapters.table.rows.table.rows) > 0


def test_the_tab_key_goes_from_the_switches_over_the_charts_down_to_the_tables(view: MirrorView, qtbot: QtBot) -> None:
    view.choose("source_cn", "Yuan office")
    view.activateWindow()
    view.head.factor.setFocus()
    visited: list[str] = []
    for _ in range(30):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab)
        visited.append(view.focusWidget().objectName())
    begin = visited.index("mirror-direction-az-imports")
    wanted = [
        "mirror-direction-az-imports", "mirror-source_cn", "mirror-factor", "mirror-rate-give", "mirror-chart-1-menu",
        "mirror-chart-1-view", "mirror-chart-2-menu", "mirror-years", "mirror-years-cause", "mirror-chapters",
    ]  # fmt: skip
    assert [name for name in visited[begin:] if name in wanted][: len(wanted)] == wanted


@pytest.mark.parametrize("width", [1440 - 240, 1100 - 240])
def test_no_column_of_a_gap_is_hidden_and_the_asymmetry_is_seen_at_once(
    view: MirrorView, qtbot: QtBot, width: int
) -> None:
    view.resize(width, 600)
    view.finish()
    for table in (view.years.table, view.chapters.table):
        assert table.rows.table.rows
        column = table.rows.table.headers.index("Asymmetry")
        right = table.columnViewportPosition(column) + table.columnWidth(column)
        assert 0 < right <= table.viewport().width()
        hidden = [n for n in range(table.rows.columnCount()) if table.isColumnHidden(n)]
        assert not [n for n in hidden if any(row.cells[n] for row in table.rows.table.rows)]
        is_scrolled = table.horizontalScrollBar().maximum() > 0
        assert is_scrolled == (table.horizontalHeader().length() > table.viewport().width())
        whole = table.rows.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert "Azerbaijan (CIF)" in whole


@pytest.mark.parametrize("width", [1100 - 240, 500])
@pytest.mark.parametrize("direction", ["turnover", "az_imports", "az_exports", "all"])
def test_the_switch_of_figures_can_be_pressed_in_a_narrow_window(view: MirrorView, direction: str, width: int) -> None:
    view.resize(width, 700)
    view.choose("direction", direction)
    button = view.findChild(QAbstractButton, "mirror-headline-shown")
    assert button is not None
    assert button.isVisible()
    assert button.parentWidget().rect().contains(button.geometry())


def test_what_a_short_word_does_is_told_by_its_tool_tip(view: MirrorView) -> None:
    for name, words in (
        ("mirror-headline-shown", "figures of the Figures view"), ("mirror-years-cause", "Write down the cause"),
        ("mirror-source_cn", "Source of China"), ("mirror-factor", "IMF"), ("mirror-chart-1-menu", "switches"),
    ):  # fmt: skip
        widget = view.findChild(QWidget, name)
        assert widget is not None
        assert words in widget.toolTip()


def test_what_is_exported_are_the_flows_of_both_sides(view: MirrorView, flows_workspace: Workspace) -> None:
    choice = view.export_choice()
    assert choice is not None
    assert choice.table == "trade_flow"
    assert choice.shown is not None
    pairs = "SELECT count(*) FROM trade_flow WHERE reporter IN ('AZ', 'CN') AND partner IN ('AZ', 'CN')"
    assert choice.n_shown == flows_workspace.store.database.all(pairs)[0][0] > 0


def test_without_chapters_the_side_that_lacks_them_is_named(view: MirrorView) -> None:
    view.choose("source_cn", "Yuan office")
    view.select_year(2024)
    view.finish()
    remarks = view.chapters.table.rows.table.remarks
    assert len(remarks) > 1
    assert view.chapters.table._emptiness == (remarks[0], " · ".join(remarks[1:])), "each sentence once"


@pytest.mark.parametrize(("direction", "words"), [("turnover", "turnover mixes"), ("all", "choose a direction")])
def test_beside_turnover_the_tables_say_what_they_are_about(view: MirrorView, direction: str, words: str) -> None:
    view.choose("direction", direction)
    view.finish()
    said = next(label for label in view.years.findChildren(ElidedLabel) if label.property("role") == "faint")
    assert said.isVisible()
    assert words in said.text()
    assert "imports from China" in said.text()
    heads = [label.text() for label in view.chapters.findChildren(ElidedLabel)]
    assert any(head.startswith("Imports from China: Chapters") for head in heads)
    view.choose("direction", "az_exports")
    view.finish()
    assert not said.isVisible()


def test_an_undone_cause_is_named_with_its_country(view: MirrorView, flows_workspace: Workspace) -> None:
    step = note_cause(flows_workspace.store, Cause("az_imports", 2024, "unknown", ""))
    assert step.label == "Cause of the gap of 2024, imports from China"


@pytest.mark.parametrize("state", ["", "[]", "{", '{"choices": 3, "year": "x"}', '{"choices": {"factor": "9"}}'])
def test_a_remembered_state_that_cannot_be_read_is_left_out(view: MirrorView, state: str) -> None:
    view.restore_state(state)
    assert view._choices == {}
    assert view.year is None
    view.finish()
    assert view.year == 2024


def test_a_source_that_the_file_has_no_more_gives_way_to_the_best(view: MirrorView) -> None:
    best = cells(view, 2024)
    view.restore_state('{"choices": {"direction": "az_imports", "source_cn": "Nobody"}, "year": 2023}')
    assert cells(view, 2024) == best
    assert view.year == 2023
    assert "source_cn" not in view.state()

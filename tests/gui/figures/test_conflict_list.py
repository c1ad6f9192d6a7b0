"""The list of conflicts: figures side by side, folded, sorted, filtered and copied."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.conflicts import conflicts
from azcn_desktop.evidence.figures import read_figures
from azcn_desktop.gui.figures.claim_bars import claim_bars
from azcn_desktop.gui.figures.conflict_model import (
    BAR_ROLE,
    COLUMNS,
    ConflictModel,
    heading,
    sorted_conflicts,
    spread_words,
)
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.figure_words import FigureWords
from azcn_desktop.gui.roles import SECONDARY_ROLE
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.evidence.builders import figure
from tests.gui.figures.conflict_list import member, named, turnover_of
from tests.gui.figures.evidence_views import key_of


def test_the_model_passes_the_model_tester(filled_workspace: Workspace) -> None:
    model = ConflictModel(FigureWords(filled_workspace))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    figures = {figure.key: figure for figure in read_figures(filled_workspace.store)}
    found = conflicts(figures.values())
    model.show(found, figures)
    assert tester.model() is model
    assert model.rowCount() == len(found) > 20
    assert [model.rowCount(model.index(row, 0)) for row in range(model.rowCount())] == [len(c.members) for c in found]
    model.show((), {})
    assert model.rowCount() == 0


def test_every_cell_of_every_figure_answers_every_role(view: ConflictsView) -> None:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, BAR_ROLE)
    for row in range(view.model.rowCount()):
        line = view.model.index(row, 0)
        assert line.data().count(", ") >= 1
        for place in range(view.model.rowCount(line)):
            cells = [view.model.index(place, column, line) for column in range(len(COLUMNS))]
            assert cells[0].data()
            assert all(cell.data(role) != "" or role != roles[1] for cell in cells for role in roles)


def test_figures_of_one_thing_stand_side_by_side_with_spread_and_cause(view: ConflictsView) -> None:
    found = turnover_of(view, "2017")
    words = [view.model.index_of(m.key, "value").data() for m in found.members]
    assert {"nearly $1.3 bn", "$964 m", "$1.2 bn"} <= set(words)
    assert spread_words(found) == "35 % apart"
    assert spread_words(turnover_of(view, "2025")) == "compatible"
    assert len({figure.side for figure in found.members}) == 2


def test_growth_of_a_thing_keeps_the_capital_of_its_name(filled_store: Store) -> None:
    words = {heading(c)[0]: spread_words(c) for c in conflicts(read_figures(filled_store))}
    assert words["Growth of Middle Corridor cargo, 2023"] == "21 points apart"
    assert words["Growth of Chinese tourists to AZ, Jan–Oct 2025"] == "compatible"
    assert words["Growth of turnover, 2024"] == "0.7 points apart"


def test_one_point_is_no_plural() -> None:
    found = conflicts([figure(1, 1e9, growth_pct=20.0), figure(2, 1e9, growth_pct=21.0, rank="normal")])
    assert spread_words(found[0]) == "1 point apart"


def test_a_bar_is_filled_where_the_figures_have_a_number_in_common(view: ConflictsView) -> None:
    found = turnover_of(view, "2017")
    bars = claim_bars(found, view._evidence.figures)
    first = found.members[0]
    assert {m.key for m in found.members} == set(bars)
    assert bars[first.key].agrees
    assert all(bars[m.key].agrees == m.meant.overlaps(first.meant) for m in found.members)
    assert all(0 <= bar.low <= bar.number <= bar.high <= 1 for bar in bars.values())


def test_figures_in_another_unit_have_no_bar(view: ConflictsView, filled_workspace: Workspace) -> None:
    key = key_of(filled_workspace, "T084")
    made = filled_workspace.apply(edits.duplicate(filled_workspace.store, "figure", key)).new_keys[-1]
    new: dict[str, Value] = {"measure": "Goods trade", "value": 3e10, "unit": "CNY"}
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", made, "value", new))
    view.finish()
    found = turnover_of(view, "2025")
    assert made in {m.key for m in found.members}
    assert made not in claim_bars(found, view._evidence.figures)
    assert member(view, made).siblingAtColumn(1).data(BAR_ROLE) is None


def test_conflicts_are_sorted_by_spread_or_by_period(view: ConflictsView, qtbot: QtBot) -> None:
    spreads = [c.spread_pct or -1 for c in view.model.conflicts if c.quantity == "value"]
    assert spreads == sorted(spreads, reverse=True)
    qtbot.mouseClick(named(view, QPushButton, "conflicts-by-period"), Qt.MouseButton.LeftButton)
    ends = [c.end for c in view.model.conflicts]
    assert ends == sorted(ends, reverse=True)
    assert sorted_conflicts(view.model.conflicts, "period") == list(view.model.conflicts)


def test_the_filter_narrows_and_the_count_follows(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.counted) as counted:
        view.set_query(parse_query("topic:trade year:2017", filled_workspace.schema["figure"]))
    assert {c.end[:4] for c in view.model.conflicts} == {"2017"}
    assert counted.args == [len(view.model.conflicts)]
    view.set_query(parse_query("topic:trade year:1993", filled_workspace.schema["figure"]))
    assert view.model.rowCount() == 0
    assert view.tree.empty_state.isVisible()
    assert "No figures differ" in view.tree.empty_state.text


def test_not_settled_only_hides_what_a_person_has_judged(view: ConflictsView, qtbot: QtBot) -> None:
    assert {c.is_settled for c in view.model.conflicts} == {True, False}
    qtbot.mouseClick(named(view, QPushButton, "conflicts-unsettled"), Qt.MouseButton.LeftButton)
    assert {c.is_settled for c in view.model.conflicts} == {False}
    assert view.summary.startswith(f"{len(view.model.conflicts)} of ")


def test_enter_folds_a_conflict_and_it_stays_so_after_an_edit(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    line = view.model.index(1, 0)
    about = heading(view.model.conflicts[1])
    view.tree.setCurrentIndex(line)
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert not view.tree.isExpanded(line)
    key = view.model.conflicts[0].members[0].key
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "note", {"note": "Seen."}))
    row = next(n for n, c in enumerate(view.model.conflicts) if heading(c) == about)
    assert not view.tree.isExpanded(view.model.index(row, 0))
    assert view.tree.isExpanded(view.model.index(row + 1, 0))


def test_a_click_on_a_heading_folds_and_on_a_figure_selects(view: ConflictsView, qtbot: QtBot) -> None:
    line = view.model.index(0, 0)
    viewport = view.tree.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=view.tree.visualRect(line).center())
    assert not view.tree.isExpanded(line)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=view.tree.visualRect(line).center())
    assert view.tree.isExpanded(line)
    second = view.model.index(1, 0, line)
    with qtbot.waitSignal(view.current_changed) as told:
        qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=view.tree.visualRect(second).center())
    assert told.args == [view.model.conflicts[0].members[1].key]


def test_enter_and_double_click_open_the_record(view: ConflictsView, qtbot: QtBot) -> None:
    index = view.model.index(0, 0, view.model.index(0, 0))
    view.tree.setCurrentIndex(index)
    key = view.model.conflicts[0].members[0].key
    with qtbot.waitSignal(view.open_requested) as opened:
        qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    assert opened.args == [key]
    with qtbot.waitSignal(view.open_requested) as opened:
        qtbot.mouseDClick(
            view.tree.viewport(), Qt.MouseButton.LeftButton, pos=view.tree.visualRect(index).topLeft() + QPoint(40, 9)
        )
    assert opened.args == [key]


def test_selected_figures_are_copied_as_lines(view: ConflictsView, qtbot: QtBot) -> None:
    view.tree.setCurrentIndex(view.model.index(0, 0, view.model.index(0, 0)))
    qtbot.keyClick(view.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, line, *rest = QGuiApplication.clipboard().text().splitlines()
    assert head.split("\t")[:2] == ["Conflict", "Figure"]
    assert line.split("\t")[1] == view.model.conflicts[0].members[0].words
    assert rest == []


def test_every_widget_has_a_name_and_an_accessible_name(view: ConflictsView) -> None:
    view.select_key(turnover_of(view, "2017").members[1].key)
    interactive = [w for w in view.findChildren(QWidget) if isinstance(w, QAbstractButton | QComboBox)]
    ours = [w for w in interactive if not w.objectName().startswith("qt_")]
    assert len(ours) > 6
    assert [w for w in ours if not w.objectName() or not w.accessibleName()] == []
    assert view.tree.accessibleName()


def test_a_query_without_conditions_shows_all_topics(view: ConflictsView) -> None:
    view.set_query(Query("figure"))
    assert {c.topic for c in view.model.conflicts} > {"trade"}


def test_an_empty_list_says_why_and_offers_what_helps(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    nothing = parse_query("topic:trade year:1993", filled_workspace.schema["figure"])
    qtbot.mouseClick(named(view, QPushButton, "conflicts-unsettled"), Qt.MouseButton.LeftButton)
    view.set_query(nothing, is_filtered=True)
    assert view.tree.empty_state.text == "No figures differ here"
    with qtbot.waitSignal(view.clear_requested):
        qtbot.mouseClick(named(view, QPushButton, "clear-filters-conflicts-list"), Qt.MouseButton.LeftButton)
    view.set_query(nothing)
    assert not named(view, QPushButton, "clear-filters-conflicts-list").isVisible()
    view.set_query(parse_query("topic:trade year:2023 period:2023", filled_workspace.schema["figure"]))
    assert view.tree.empty_state.text == "Everything here is settled"


def test_texts_that_give_the_same_value_are_counted_on_its_line(view: ConflictsView) -> None:
    found = next(m for c in view.model.conflicts for m in c.members if len(m.twins) == 2)
    assert str(view.model.index_of(found.key).data(SECONDARY_ROLE)).endswith("· the same in 2 more texts")
    assert view.select_key(found.twins[0])
    assert view.current_key() == found.key

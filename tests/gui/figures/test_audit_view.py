"""The audit on the Trade page: its order, its chips, what leads to records, and that it follows an edit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.audit import audit
from azcn_desktop.evidence.checks import VERDICT, Check
from azcn_desktop.evidence.figures import read_figures
from azcn_desktop.gui.figures.audit_model import AuditModel, is_open_conflict
from azcn_desktop.gui.figures.audit_view import AuditView
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.records.filter_popups import ChoicePopup
from azcn_desktop.gui.roles import SECONDARY_ROLE, TONE_ROLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_button import ElidedButton
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from azcn_desktop.store.query import parse_query
from tests.gui.figures.evidence_views import key_of, shown


@pytest.fixture
def view(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, jobs: JobRunner) -> AuditView:
    return shown(AuditView, qtbot, filled_workspace, light_theme, jobs)


def button(view: QWidget, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert found is not None, name
    return found


def edit(workspace: Workspace, key: int, column: str, value: float) -> None:
    workspace.apply(edits.edit_field(workspace.store, "figure", key, column, {column: value}))


def growth_of(view: AuditView, key: int) -> Check:
    return next(c for c in view.model.checks if c.kind == "growth" and key in c.subjects)


# -- the model


def test_the_model_passes_the_model_tester(filled_workspace: Workspace) -> None:
    model = AuditModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    figures = {figure.key: figure for figure in read_figures(filled_workspace.store)}
    checks = audit(figures.values())
    model.show(checks, figures)
    assert tester.model() is model
    assert model.rowCount() == len(checks) > 100
    model.sort(1)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.checks[0].verdict == "cannot_be_checked"
    model.show((), {})
    assert model.rowCount() == 0


def test_every_check_is_shown_with_verdict_statement_and_calculation(view: AuditView) -> None:
    for row, check in enumerate(view.model.checks):
        verdict, statement = view.model.index(row, 0), view.model.index(row, 1)
        assert verdict.data().startswith(VERDICT.label(check.verdict))
        assert statement.data() == check.statement
        assert statement.data(SECONDARY_ROLE) == (check.calculation or check.explanation)


def test_conflicts_come_first_and_settled_ones_after_the_open(view: AuditView) -> None:
    verdicts = [(c.verdict, c.is_settled and c.verdict == "conflicts") for c in view.model.checks]
    order = list(dict.fromkeys(verdicts))
    assert order[:2] == [("conflicts", False), ("conflicts", True)]
    assert [verdict for verdict, _ in order[2:]] == ["agrees_after_rounding", "agrees", "cannot_be_checked"]


def test_verdicts_differ_by_tone_and_so_by_mark(view: AuditView) -> None:
    tones = {verdict: tone_of("verdict", verdict) for verdict in VERDICT.words}
    assert len(set(tones.values())) == 4
    settled = next(row for row, c in enumerate(view.model.checks) if c.is_settled and c.verdict == "conflicts")
    assert view.model.index(settled, 0).data(TONE_ROLE) == "neutral"
    assert view.model.index(settled, 0).data() == "Conflicts, settled"


def test_a_header_sorts_and_a_third_click_gives_the_first_order_back(view: AuditView) -> None:
    first = list(view.model.checks)
    view.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    kinds = [view.model.index(row, 2).data() for row in range(view.model.rowCount())]
    assert kinds == sorted(kinds, key=str.casefold)
    view.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert list(view.model.checks) == first


# -- chips and filter


def test_chips_of_verdicts_count_and_narrow(view: AuditView, qtbot: QtBot) -> None:
    conflicting = [c for c in view.model.checks if c.verdict == "conflicts"]
    chip = button(view, "audit-verdict-conflicts")
    assert chip.text() == f"Conflicts  {len(conflicting)}"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert list(view.model.checks) == conflicting
    qtbot.mouseClick(button(view, "audit-verdict-agrees"), Qt.MouseButton.LeftButton)
    assert {c.verdict for c in view.model.checks} == {"conflicts", "agrees"}


def test_kinds_are_chosen_in_a_list_with_counts(view: AuditView, qtbot: QtBot) -> None:
    parts = sum(c.kind == "parts" for c in view.model.checks)
    qtbot.mouseClick(button(view, "audit-kind"), Qt.MouseButton.LeftButton)
    popup = view.findChild(ChoicePopup, "audit-kind-popup")
    assert popup is not None
    assert popup.box("parts").accessibleName() == f"Parts against the total, {parts}"
    popup.box("parts").click()
    popup.close()
    assert [c.kind for c in view.model.checks] == ["parts"] * parts
    assert button(view, "audit-kind").text() == "Kind: Parts against the total"


def test_nothing_left_by_the_chips_can_be_cleared(view: AuditView, qtbot: QtBot) -> None:
    view.choose_kinds(["publication"])
    qtbot.mouseClick(button(view, "audit-verdict-agrees"), Qt.MouseButton.LeftButton)
    assert view.model.rowCount() == 0
    assert view.table.empty_state.isVisible()
    assert not view.details.isVisible()
    qtbot.mouseClick(button(view, "clear-filters-audit-list"), Qt.MouseButton.LeftButton)
    assert view.model.rowCount() > 100
    assert not view.table.empty_state.isVisible()


def test_the_filter_of_the_page_narrows_to_checks_of_its_figures(
    view: AuditView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    query = parse_query("topic:trade year:2024", filled_workspace.schema["figure"])
    with qtbot.waitSignal(view.counted) as counted:
        view.set_query(query)
    keys = set(filled_workspace.store.keys(query))
    assert view.model.rowCount() > 5
    assert all(keys & set(c.subjects) for c in view.model.checks)
    assert counted.args == [view.model.rowCount()]


def test_the_summary_counts_what_conflicts(view: AuditView) -> None:
    checks = view.model.checks
    n_open = sum(map(is_open_conflict, checks))
    n_settled = sum(c.verdict == "conflicts" for c in checks) - n_open
    assert view.summary == f"{n_open} of {len(checks)} checks conflict, {n_settled} settled"


# -- details and records


def test_the_details_give_the_check_in_full_and_lead_to_its_records(view: AuditView, qtbot: QtBot) -> None:
    row = next(row for row, c in enumerate(view.model.checks) if len(c.linked) > 1)
    check = view.model.checks[row]
    view.table.go_to(row)
    lines = view.details.lines
    assert [line.accessibleName() for line in lines] == [view.model.linked_words(linked) for linked in check.linked]
    with qtbot.waitSignal(view.current_changed) as told:
        qtbot.mouseClick(lines[1], Qt.MouseButton.LeftButton)
    assert told.args == [check.linked[1].key]


def test_the_number_of_records_leads_to_one_or_asks_which(view: AuditView, qtbot: QtBot) -> None:
    def click(row: int) -> None:
        view.table.go_to(row)
        place = view.table.visualRect(view.model.index(row, 3)).center()
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    several = next(row for row, c in enumerate(view.model.checks) if len(set(c.keys)) > 1)
    click(several)
    menu = view.findChild(QMenu, "audit-records")
    assert menu is not None
    assert len(menu.actions()) == len(view.model.checks[several].linked)
    with qtbot.waitSignal(view.current_changed) as told:
        menu.actions()[1].trigger()
    menu.close()
    assert told.args == [view.model.checks[several].linked[1].key]
    single = next(row for row, c in enumerate(view.model.checks) if len(set(c.keys)) == 1)
    click(single)
    assert view.current_key() == view.model.checks[single].keys[0]


def test_enter_opens_the_figure_that_is_checked(view: AuditView, qtbot: QtBot) -> None:
    view.table.go_to(0)
    with qtbot.waitSignal(view.open_requested) as opened:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert opened.args == [view.model.checks[0].subjects[0]]


def test_a_check_is_copied_as_text(view: AuditView, qtbot: QtBot) -> None:
    view.table.go_to(0)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    check = view.model.checks[0]
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:4] == ["Conflicts (Growth against the base)", check.statement, check.calculation, check.explanation]
    assert lines[4].startswith("Checked: ")


def test_a_long_name_in_any_script_is_cut_with_the_whole_under_the_pointer(qtbot: QtBot) -> None:
    words = "Azərbaycan Respublikasının Dövlət Gömrük Komitəsi & 中华人民共和国海关总署 <b>2024</b>"
    line = ElidedButton(words)
    qtbot.addWidget(line)
    line.resize(120, 28)
    line.show()
    assert line.text() == words.replace("&", "&&")
    assert "&lt;b&gt;2024" in line.toolTip()
    line.resize(2000, 28)
    assert line.toolTip() == ""


# -- following


def test_a_verdict_changes_with_an_edit_and_comes_back_with_undo(view: AuditView, filled_workspace: Workspace) -> None:
    key = key_of(filled_workspace, "T084")
    assert growth_of(view, key).verdict == "agrees_after_rounding"
    edit(filled_workspace, key, "growth_pct", 55.0)
    assert growth_of(view, key).verdict == "conflicts"
    assert view.table.current_check() is not None
    filled_workspace.undo()
    assert growth_of(view, key).verdict == "agrees_after_rounding"


def test_the_selected_check_stays_selected_when_its_verdict_changes(
    view: AuditView, filled_workspace: Workspace
) -> None:
    key = key_of(filled_workspace, "T084")
    view.table.go_to(view.model.checks.index(growth_of(view, key)))
    edit(filled_workspace, key, "growth_pct", 55.0)
    current = view.table.current_check()
    assert current is not None
    assert (current.kind, current.subjects, current.verdict) == ("growth", (key,), "conflicts")


def test_what_an_edit_leaves_is_what_a_whole_audit_gives(view: AuditView, filled_workspace: Workspace) -> None:
    key = key_of(filled_workspace, "T084")
    for column, value in (("value", 2.0e9), ("growth_pct", -4.0), ("value", 4.87e9)):
        edit(filled_workspace, key, column, value)
        anew = audit(read_figures(filled_workspace.store))
        assert sorted(map(repr, view._evidence.checks)) == sorted(map(repr, anew))


def test_a_closed_file_leaves_nothing_behind(view: AuditView, filled_workspace: Workspace) -> None:
    filled_workspace.close()
    view.refresh()
    assert view.model.rowCount() == 0
    assert not view.details.isVisible()


def test_every_widget_has_a_name_and_an_accessible_name(view: AuditView) -> None:
    view.table.go_to(0)
    ours = [w for w in view.findChildren(QAbstractButton) if not w.objectName().startswith("qt_")]
    named = [w for w in ours if type(w).__name__ != "QAbstractButton"]
    assert len(named) > 6
    assert [w for w in named if not w.objectName() or not w.accessibleName()] == []
    assert view.table.accessibleName()
    assert view.details.accessibleName()

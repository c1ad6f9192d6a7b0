"""Conflicts follow each edit, whoever looks."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.conflicts import conflicts
from azcn_desktop.evidence.figures import read_figures
from azcn_desktop.gui.figures import figure_evidence
from azcn_desktop.gui.figures.conflict_model import sorted_conflicts
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from tests.gui.figures.conflict_list import member, turnover_of
from tests.gui.figures.evidence_views import key_of


def test_an_edit_of_a_value_moves_the_conflict_at_once(view: ConflictsView, filled_workspace: Workspace) -> None:
    found = turnover_of(view, "2024")
    key = next(m.key for m in found.members if m.words == "$3.1 bn")
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 3.3e9}))
    assert member(view, key).data() == "$3.3 bn"
    assert turnover_of(view, "2024").spread_pct != found.spread_pct


def test_what_an_edit_leaves_is_what_all_figures_give(view: ConflictsView, filled_workspace: Workspace) -> None:
    key = key_of(filled_workspace, "T084")
    for column, new in (("value", 4.0e9), ("period_kind", "as_of"), ("measure", "Trade in goods"), ("flow", None)):
        filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, column, {column: new}))
        anew = conflicts(read_figures(filled_workspace.store))
        assert sorted_conflicts(view._evidence.conflicts, "period") == sorted_conflicts(anew, "period")


def test_deleting_and_restoring_a_figure_is_followed(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    key = next(m.key for m in turnover_of(view, "2021").members if m.words == "$1.4 bn")
    filled_workspace.apply(edits.to_trash(filled_workspace.store, "figure", [key]))
    assert not member(view, key).isValid()
    filled_workspace.undo()
    qtbot.waitUntil(lambda: member(view, key).isValid(), timeout=5000)


def test_all_figures_are_compared_on_the_worker_once_somebody_looks(
    qtbot: QtBot, filled_workspace: Workspace, jobs: JobRunner
) -> None:
    evidence = FigureEvidence(filled_workspace, jobs)
    assert not evidence.is_ready
    with qtbot.waitSignal(evidence.changed, timeout=10_000):
        evidence.want()
        assert jobs.running == []
    assert evidence.is_ready
    assert evidence.conflicts == conflicts(read_figures(filled_workspace.store))


def test_what_the_worker_read_before_an_edit_is_dropped(
    qtbot: QtBot, filled_workspace: Workspace, jobs: JobRunner
) -> None:
    evidence = FigureEvidence(filled_workspace, jobs)
    evidence.want()
    key = key_of(filled_workspace, "T084")
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 4.0e9}))
    qtbot.waitUntil(lambda: evidence.is_ready, timeout=10_000)
    assert evidence.figures[key].value == 4.0e9


def test_a_closed_file_leaves_nothing_behind(view: ConflictsView, filled_workspace: Workspace) -> None:
    filled_workspace.close()
    view.refresh()
    assert view.model.rowCount() == 0
    assert not view.details.isVisible()


def test_what_nobody_looks_at_follows_an_edit_in_the_next_pause(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    key = key_of(filled_workspace, "T084")
    view.hide()
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 4.0e9}))
    assert view._evidence.figures[key].value == 4.87e9
    qtbot.waitUntil(lambda: view._evidence.figures[key].value == 4.0e9, timeout=5000)
    filled_workspace.undo()
    view.show()
    assert view._evidence.figures[key].value == 4.87e9


def test_among_many_figures_for_the_same_years_the_worker_compares_after_an_edit(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_evidence, "_QUICK", 0)
    evidence, store, key = view._evidence, filled_workspace.store, key_of(filled_workspace, "T084")
    before = evidence.conflicts
    filled_workspace.apply(edits.edit_field(store, "figure", key, "value", {"value": 4.0e9}))
    filled_workspace.apply(edits.edit_field(store, "figure", key, "value", {"value": 4.1e9}))
    assert not evidence.is_ready
    assert (evidence.figures[key].value, evidence.conflicts) == (4.87e9, before), "both change together or not at all"
    qtbot.waitUntil(lambda: evidence.is_ready, timeout=10_000)
    assert evidence.figures[key].value == 4.1e9
    assert sorted_conflicts(evidence.conflicts, "period") == sorted_conflicts(conflicts(read_figures(store)), "period")


def test_what_the_worker_compares_is_there_when_it_is_asked_for(
    view: ConflictsView, filled_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(figure_evidence, "_QUICK", 0)
    key = key_of(filled_workspace, "T084")
    for value in (4.0e9, 4.1e9):
        filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": value}))
    view._evidence.finish()
    assert view._evidence.is_ready
    assert view._evidence.figures[key].value == 4.1e9

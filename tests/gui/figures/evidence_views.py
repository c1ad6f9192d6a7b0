"""A view of what follows from the shipped figures, shown as the Trade page does, and how its records are found."""

from typing import TypeVar

from pytestqt.qtbot import QtBot

from azcn_desktop.gui.figures.audit_view import AuditView
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.query import parse_query

View = TypeVar("View", AuditView, ConflictsView)


def shown(kind: type[View], qtbot: QtBot, workspace: Workspace, theme: ThemeController, jobs: JobRunner) -> View:
    """Show a view of the figures of trade."""
    evidence = FigureEvidence(workspace, jobs)
    made = kind(workspace, theme, evidence)
    evidence.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.finish()
    made.show()
    made.set_query(parse_query("topic:trade", workspace.schema["figure"]))
    return made


def key_of(workspace: Workspace, reference: str) -> int:
    """Return the id of the record that has a reference."""
    found = workspace.store.find_reference(reference)
    assert found is not None
    return found[1]

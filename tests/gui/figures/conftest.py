"""The conflicts of the shipped figures."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.query import parse_query


@pytest.fixture
def view(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, jobs: JobRunner) -> ConflictsView:
    evidence = FigureEvidence(filled_workspace, jobs)
    made = ConflictsView(filled_workspace, light_theme, evidence)
    evidence.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.finish()
    made.show()
    made.set_query(parse_query("topic:trade", filled_workspace.schema["figure"]))
    return made

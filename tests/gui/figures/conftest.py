"""The conflicts of the shipped figures."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from tests.gui.figures.evidence_views import shown


@pytest.fixture
def view(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, jobs: JobRunner) -> ConflictsView:
    return shown(ConflictsView, qtbot, filled_workspace, light_theme, jobs)

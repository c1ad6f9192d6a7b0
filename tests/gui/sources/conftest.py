"""A source without a text, and a reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.exchange.documents import read_document
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits


@pytest.fixture
def source(filled_workspace: Workspace) -> int:
    """Make a source with one quote on a meeting, and no text yet."""
    values = {"publisher": "Trend", "title": "Commission meets", "published": "2025-04-16"}
    step = edits.cite(filled_workspace.store, "meeting", 1, values, "commission met in Baku")
    return filled_workspace.apply(step).new_keys[-1]


@pytest.fixture
def reader(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[SourceReader]:
    """Show a reader."""
    jobs, reading = JobRunner(), JobRunner()
    made = SourceReader(filled_workspace, light_theme, bare_icons, jobs, read_document, reading=reading)
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.show()
    yield made
    jobs.stop()
    reading.stop()

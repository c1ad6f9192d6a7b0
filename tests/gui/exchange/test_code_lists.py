"""The list of datasets says which editions of codes have descriptions, and follows an imported list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.datasets_dialog import DatasetsDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change, ChangeSet


@pytest.fixture
def words(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[QLabel]:
    """Show the dialog on a file without codes and return its line on them."""
    jobs = JobRunner()
    dialog = DatasetsDialog(DialogParts(empty_workspace, jobs, light_theme, bare_icons))
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog.findChild(QLabel, "datasets-lists")
    jobs.stop()


def test_editions_at_hand_are_named_by_their_years(words: QLabel, empty_workspace: Workspace) -> None:
    assert words.text().startswith("Codes with descriptions: none.")
    rows = [("H4", "01"), ("H4", "0101"), ("H6", "01"), ("S2", "00")]
    new = empty_workspace.schema["commodity"].new_row()
    added = (
        Change("commodity", -n, None, new | {"classification": name, "code": code})
        for n, (name, code) in enumerate(rows, 1)
    )
    empty_workspace.apply(ChangeSet("Import codes", tuple(added)))
    assert words.text().startswith("Codes with descriptions: HS 2012 (2), HS 2022 (1), S2 (1).")

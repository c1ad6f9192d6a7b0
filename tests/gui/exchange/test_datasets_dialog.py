"""The list of imported datasets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.datasets_dialog import DatasetsDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.text_table import TextTable
from azcn_desktop.gui.workspace import Workspace
from tests.trade.builders import current, line, take, written


@pytest.fixture
def datasets(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, tmp_path: Path
) -> Iterator[DatasetsDialog]:
    """The list of two datasets, of which the second replaces a flow of the first."""
    take(empty_workspace.store, written(tmp_path / "a.csv", line(value=100), line(code="28")))
    take(empty_workspace.store, written(tmp_path / "b.csv", line(value=90)))
    jobs = JobRunner()
    dialog = DatasetsDialog(DialogParts(empty_workspace, jobs, light_theme, bare_icons))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    jobs.stop()
    dialog.close()


def test_datasets_are_listed_with_what_counts_and_one_can_be_removed(
    datasets: DatasetsDialog, empty_workspace: Workspace, qtbot: QtBot
) -> None:
    table = datasets.findChild(TextTable, "datasets-list")
    go = datasets.findChild(QPushButton, "datasets-start")
    message = datasets.findChild(QLabel, "datasets-message")
    assert [(row[0], *row[3:7]) for row in table.rows] == [
        ("Test, a.csv", "2", "1", "Ready", "a.csv"), ("Test, b.csv", "1", "1", "Ready", "b.csv"),
    ]  # fmt: skip
    assert not go.isEnabled()
    table.selectRow(0)
    assert "SHA-256: " in datasets.findChild(QLabel, "datasets-details").text()
    go.click()
    qtbot.waitUntil(lambda: "holds newer values" in message.text(), timeout=20_000)
    table.selectRow(1)
    go.click()
    qtbot.waitUntil(lambda: message.text().startswith("Removed."), timeout=20_000)
    assert [tuple(row[3:6]) for row in table.rows] == [("2", "2", "Ready"), ("1", "0", "Removed")]
    assert current(empty_workspace.store) == [("270900", "2024", 100.0), ("28", "2024", 100.0)]
    empty_workspace.undo()
    assert [tuple(row[3:6]) for row in table.rows] == [("2", "1", "Ready"), ("1", "1", "Ready")]

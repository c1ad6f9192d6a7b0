"""The dialog of the import over an empty file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from tests.gui.statistics_import.driving import Driven, Open


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A person's settings."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def open_dialog(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, settings: Settings
) -> Iterator[Open]:
    """Open dialogs over an empty file; they share a worker."""
    jobs = JobRunner()
    opened: list[StatisticsImportDialog] = []

    def make() -> Driven:
        dialog = StatisticsImportDialog(DialogParts(empty_workspace, jobs, light_theme, bare_icons), settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        return Driven(dialog, qtbot)

    yield make
    jobs.stop()
    for dialog in opened:
        dialog.close()


@pytest.fixture
def driven(open_dialog: Open) -> Driven:
    """One open dialog."""
    return open_dialog()

"""An inspector over an empty file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade


def no_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} is new and needs no upgrade")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "inspector.db"
    database = Database.create(found)
    upgrade(database, SCHEMA)
    database.close()
    return found


@pytest.fixture
def workspace(path: Path, qapp: QApplication) -> Iterator[Workspace]:
    found = Workspace(no_upgrade)
    found.open(path)
    yield found
    found.close()


@pytest.fixture
def inspector(workspace: Workspace, qtbot: QtBot) -> Iterator[Inspector]:
    window = QWidget()
    window.resize(700, 900)
    theme = ThemeController("light")
    found = Inspector(workspace, theme, Icons(theme), window)
    found.resize(326, 900)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    yield found
    window.close()

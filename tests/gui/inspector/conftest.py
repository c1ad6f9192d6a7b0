"""An inspector over an empty file."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace


@pytest.fixture
def workspace(empty_workspace: Workspace) -> Workspace:
    """The file that the inspector shows records of."""
    return empty_workspace


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

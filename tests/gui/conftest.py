"""What widgets need in tests: an open file with the shipped records, a theme, icons without their font."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace


def _refuse_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} needs no upgrade")


@pytest.fixture
def filled_workspace(qtbot: QtBot, reference_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the file that a first start makes."""
    path = Path(shutil.copy(reference_db, tmp_path / "filled.azcn"))
    opened = Workspace(_refuse_upgrade)
    opened.open(path)
    yield opened
    opened.close()


@pytest.fixture
def empty_workspace(qtbot: QtBot, store: object, tmp_path: Path) -> Iterator[Workspace]:
    """Open a new file without any record."""
    opened = Workspace(_refuse_upgrade)
    opened.open(tmp_path / "empty.azcn")
    yield opened
    opened.close()


@pytest.fixture
def light_theme(qtbot: QtBot) -> ThemeController:
    """Return the light theme, not put on the application."""
    return ThemeController("light")


@pytest.fixture
def bare_icons(light_theme: ThemeController) -> Icons:
    """Return icons before their font is loaded."""
    return Icons(light_theme)

"""The real window over a copy of the reference database, in folders of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.application import create
from azcn_desktop.gui.window.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders, empty."""
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    return tmp_path


@pytest.fixture
def lived_in(home: Path, reference_db: Path) -> Path:
    """A user's folders after the first start: with the database, which a first start would only build again."""
    path = home / "data" / "azcn-desktop" / "azcn.db"
    path.parent.mkdir(parents=True)
    shutil.copyfile(reference_db, path)
    return home


@pytest.fixture
def open_window(qtbot: QtBot, home: Path) -> Iterator[OpenWindow]:
    """Open windows as `main.py` does, shown and with charts; they are closed at the end."""
    opened: list[MainWindow] = []

    def start(*argv: str) -> MainWindow:
        window = create(argv)
        opened.append(window)
        with qtbot.waitActive(window):
            window.show()
        window.finish_loading()
        return window

    yield start
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def database(reference_db: Path, tmp_path: Path) -> Path:
    """A copy of the reference database."""
    path = tmp_path / "azcn.db"
    shutil.copyfile(reference_db, path)
    return path

"""Surroundings of every test: no display is needed, nothing is left on the clipboard and no window stays open.

Tests of the pure core never load Qt, so what concerns Qt looks whether it is loaded at all.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from azcn_desktop.exchange.reference import build_reference
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.schema import Schema
from azcn_desktop.resources_path import shipped_statistics
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.trade.builders import take

# The same examples in every run: a red run can be repeated, and a slow machine is no failure.
settings.register_profile("azcn", derandomize=True, deadline=None)
settings.load_profile("azcn")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")


@pytest.fixture(autouse=True)
def _clean_desktop() -> Iterator[None]:
    """Fail a test that leaves a window open, and empty the clipboard that the next test would see.

    Widgets that `deleteLater` was called for die here and not in the next test: a window that is still there when the
    next one dresses the application is styled once more, which took longer than most tests.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    app = widgets.QApplication.instance() if widgets else None
    if app is None:
        return
    app.clipboard().clear()
    left_open = [window for window in app.topLevelWidgets() if window.isVisible()]
    names = [f"{type(window).__name__} {window.objectName()!r}" for window in left_open]
    for window in left_open:
        window.close()
        window.deleteLater()
    app.sendPostedEvents(None, sys.modules["PySide6.QtCore"].QEvent.Type.DeferredDelete)
    assert not names, f"windows left open: {', '.join(names)}"


@pytest.fixture
def schema() -> Schema:
    """Return the catalogue."""
    return SCHEMA


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a new file without any record."""
    database = Database.create(tmp_path / "empty.azcn")
    upgrade(database, SCHEMA)
    yield Store(database)
    database.close()


@pytest.fixture(scope="session")
def reference_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the file that a first start makes, once; copy it before writing."""
    path = tmp_path_factory.mktemp("reference") / "reference.azcn"
    build_reference(path)
    return path


@pytest.fixture(scope="session")
def offices_db(reference_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add the shipped values of the statistical offices to that file, without the list of codes; copy it, too."""
    path = Path(shutil.copy(reference_db, tmp_path_factory.mktemp("offices") / "offices.azcn"))
    opened = Store(Database.open(path))
    for name in ("un_comtrade.csv", "imf_dots.csv", "wits.csv", "china_customs.csv"):
        take(opened, shipped_statistics() / name)
    opened.close()
    return path


@pytest.fixture
def filled_store(reference_db: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of the file that a first start makes."""
    path = Path(shutil.copy(reference_db, tmp_path / "filled.azcn"))
    opened = Store(Database.open(path))
    yield opened
    opened.close()

"""Surroundings of every test: no display is needed, nothing is left on the clipboard and no window stays open.

Tests of the pure core never load Qt, so what concerns Qt looks whether it is loaded at all.
"""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")


@pytest.fixture(autouse=True)
def _clean_desktop() -> Iterator[None]:
    """Fail a test that leaves a window open, and empty the clipboard that the next test would see."""
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
    assert not names, f"windows left open: {', '.join(names)}"

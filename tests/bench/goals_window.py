"""Our window on the table of flows, in this process: made, waited for, closed. Knows no line."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from gui_block import wait
from PySide6.QtWidgets import QApplication

from azcn_desktop.gui.application import create
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.window.main_window import MainWindow


@contextmanager
def statistics_window(database: Path) -> Iterator[tuple[MainWindow, StatisticsView]]:
    """Show the whole window with the table of flows and its chart, as a start leaves it, and close it at the end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    window = create(["--db", str(database), "--smoke", "--tab", "trade", "--view", "statistics"])
    window.show()
    window.parts.crashes.remove()  # a bench that fails shall say so
    window.finish_loading()
    view = cast(StatisticsView, window.findChild(StatisticsView, "trade-statistics"))
    settle(window)
    try:
        yield window, view
    finally:
        window.close()


def settle(window: MainWindow, quiet_ms: int = 300) -> None:
    """Wait until no job runs any more, and a little longer."""
    wait(quiet_ms)
    while window.parts.jobs.running or window.parts.reading.running:
        wait(20)
    wait(quiet_ms)


def until(is_so: Callable[[], bool], seconds: float = 30.0) -> None:
    """Let the window live until something is so. Raises TimeoutError."""
    end = time.perf_counter() + seconds
    while not is_so():
        QApplication.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError("the window did not come to rest")

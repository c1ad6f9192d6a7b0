"""Line 14: how long the window stands still while files come in and go out, and while its table is sorted and filtered.

A heartbeat of 1 ms on the window's own thread, as in `gui_block.py`, over the real window with all flows in it. The
99th percentile is of waiting: how long a key that is pressed at any moment would wait, in 99 of 100 cases.
"""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from goals_measuring import AT_MOST, NotMeasured, Setting, Verdict
from goals_window import statistics_window
from gui_block import Heartbeat, wait
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from trade_import import NAMES, generated

from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, export
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.progress import Progress
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_IMPORTED, _EXPORTED = 300_000, 500_000
_PART, _MOST_MS, _WAITING_MS = 0.99, 250.0, 50.0
_SETTLED_MS = 400


def longest_blocks(setting: Setting) -> list[Verdict]:
    """Import, export, sort and filter in the real window on a copy of the file, and watch each."""
    with TemporaryDirectory(dir=setting.folder) as name:
        folder = Path(name)
        copy, source = folder / "used.azcn", folder / "more.csv"
        shutil.copyfile(setting.database, copy)
        with source.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(NAMES)
            writer.writerows(generated(_IMPORTED))
        with statistics_window(copy) as (window, view):
            watched = {
                f"sort of {view.model.rowCount():,} flows": _watched(window, partial(_sort, view)),
                "filters, typed": _watched(window, partial(_type, view)),
                f"export of {_EXPORTED:,} flows": _watched(window, partial(_export, window, view, folder / "out.csv")),
                "file given, dialog opened, preview": _watched(window, partial(_preview, window, source)),
                f"import of {_IMPORTED:,} rows": _watched(window, partial(_import, window)),
            }
    verdicts = []
    for what, gaps in watched.items():
        verdicts.append(Verdict(14, f"{what}: longest block", "ms", max(gaps), None, AT_MOST, _MOST_MS))
        verdicts.append(Verdict(14, f"{what}: wait, p99", "ms", waiting(gaps, _PART), None, AT_MOST, _WAITING_MS))
    return verdicts


def waiting(gaps: Sequence[float], part: float) -> float:
    """Return how long who comes at any moment waits at most, in a part of all cases.

    Within a gap of g ms whoever comes waits for what is left of it, 0 to g; a longer gap is also met more often.
    """
    whole = sum(gap + 1 for gap in gaps)
    low, high = 0.0, max(gaps)
    while high - low > 0.05:
        middle = (low + high) / 2
        beyond = sum(gap - middle for gap in gaps if gap > middle)
        low, high = (middle, high) if beyond > (1 - part) * whole else (low, middle)
    return high


def _watched(window: MainWindow, action: Callable[[], None]) -> list[float]:
    """Do something, wait until its jobs have ended and all is drawn, and return all gaps."""
    heart = Heartbeat()
    heart.start()
    action()
    wait(_SETTLED_MS)
    end = time.monotonic() + 120
    while window.parts.jobs.running or window.parts.reading.running:
        wait(20)
        if time.monotonic() > end:
            raise NotMeasured("a job did not end within two minutes")
    wait(_SETTLED_MS)
    heart.stop()
    return heart.gaps


def _sort(view: StatisticsView) -> None:
    view.table.sortByColumn(view.model.column_of("value"), Qt.SortOrder.DescendingOrder)


def _type(view: StatisticsView) -> None:
    """Type a code, then a word, key by key, as a person does, and clear both."""
    line = view.filters.line
    for text in ("2709", "petroleum"):
        for letter in text:
            QTest.keyClicks(line, letter)
            wait(120)
        wait(_SETTLED_MS)
        line.clear()
        wait(_SETTLED_MS)


def _export(window: MainWindow, view: StatisticsView, target: Path) -> None:
    keys = tuple(view.model.order.ids(0, _EXPORTED))
    request = ExportRequest((TableRequest(Query("trade_flow"), (), keys),), target)
    window.parts.jobs.submit("Export", partial(_exported, request), window.workspace.store.path)


def _exported(request: ExportRequest, store: Store, progress: Progress) -> None:
    export(store, request, progress)


def _preview(window: MainWindow, source: Path) -> None:
    """Give the window a file, which opens the dialog for the first time and plans the import."""
    window.file_actions.imports.take_files([source])


def _import(window: MainWindow) -> None:
    dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, StatisticsImportDialog))
    dialog.start()

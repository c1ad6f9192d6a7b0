"""How long it takes from an edit to the repainted table and chart, against the disk and SQLite alone in the same run.

The real window on the shipped records, then on 10,000 more figures: a value of the last point of the trade chart is
edited through the workspace, which commits it (`synchronous=FULL`) and tells everyone; then table and chart paint.
Between two rounds lie 200 ms, so that nothing is throttled. Run by hand:
`.venv/bin/python tests/bench/edit_to_chart.py [--rounds 100] [--platform offscreen|xcb]`.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from samples import enlarge, percentiles, reference_file, sync_ms

from azcn_desktop.gui.application import create
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store import edits

_MORE_FIGURES = 10_000
Times = dict[str, list[float]]


def measure(path: Path, rounds: int) -> Times:
    """Edit the last point of the trade chart again and again."""
    window = create(["--db", str(path), "--tab", "trade", "--smoke"])
    window.show()
    window.parts.crashes.remove()  # a bench that fails shall say so
    window.finish_loading()
    wait(500)
    bare = BareUpdate(path.parent)
    key = window.tab.chart.chart.series[0].points[-1].keys[0]
    found: Times = defaultdict(list)
    for number in range(rounds + 3):
        wait(200)
        wait(100)  # what was drawn in the first wait is old enough now for the next drawing to come at once
        times = one_round(window, bare, key, 4e9 + number * 1e7)
        if number >= 3:  # the first rounds fill caches
            for name, value in times.items():
                found[name].append(value)
    bare.close()
    window.close()
    return found


def one_round(window: MainWindow, bare: BareUpdate, key: int, value: float) -> dict[str, float]:
    """Edit once, take it back, and return how long each part took since the edit, in milliseconds."""
    floor, peer = sync_ms(bare.folder), bare.update(value)
    workspace, chart = window.workspace, window.tab.chart
    change = edits.edit_field(workspace.store, "figure", key, "value", {"value": value})
    committed: list[float] = []
    applied = workspace.store.apply

    def watched(step: ChangeSet) -> ChangeNotice:
        notice = applied(step)
        committed.append(time.perf_counter())
        return notice

    workspace.store.__dict__["apply"] = watched
    try:
        started = time.perf_counter()
        workspace.apply(change)
        told = time.perf_counter()
        window.tab.view.viewport().repaint()
        table = time.perf_counter()
        while not chart.is_ready:  # of many figures the worker reads them
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        chart.view.viewport().repaint()
        painted = time.perf_counter()
    finally:
        del workspace.store.__dict__["apply"]
    workspace.undo()
    marks = {"committed": committed[0], "told": told, "table": table, "chart": painted}
    return {"sync": floor, "bare": peer} | {name: (at - started) * 1000 for name, at in marks.items()}


class BareUpdate:
    """The least that SQLite does for such an edit: one UPDATE and one COMMIT in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = sqlite3.connect(folder / "bare.db", isolation_level=None)
        self._file.execute("PRAGMA synchronous=FULL")
        self._file.execute("CREATE TABLE IF NOT EXISTS figure (id INTEGER PRIMARY KEY, value REAL)")
        self._file.execute("INSERT OR REPLACE INTO figure VALUES (1, 0)")

    def update(self, value: float) -> float:
        """Return the milliseconds of one edit."""
        started = time.perf_counter()
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute("UPDATE figure SET value = ? WHERE id = 1", (value,))
        self._file.execute("COMMIT")
        return (time.perf_counter() - started) * 1000

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def wait(ms: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--platform", default="offscreen")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = given.platform
    with tempfile.TemporaryDirectory() as folder:
        path = reference_file(Path(folder) / "bench.azcn")
        small = measure(path, given.rounds)
        enlarge(path, "figure", _MORE_FIGURES, "trade")
        large = measure(path, given.rounds)
    print("| milliseconds since the edit | p50 | p95 | p99 |\n|---|---|---|---|")
    print(f"| floor: 4 KiB written and synced | {percentiles(small['sync'] + large['sync'])} |")
    print(f"| peer: bare UPDATE and COMMIT | {percentiles(small['bare'] + large['bare'])} |")
    for words, found in (("shipped records", small), (f"{_MORE_FIGURES:,} figures more", large)):
        for name, what in (
            ("committed", "committed"),
            ("told", "all parts told"),
            ("table", "table painted"),
            ("chart", "chart painted"),
        ):
            print(f"| {what}, {words} | {percentiles(found[name])} |")


if __name__ == "__main__":
    main()

"""How long the window stands still while statistics are imported: planning, writing, undo, redo and removal.

A heartbeat of 1 ms, as in `gui_block.py`, while rows go in through the real dialog of the real window, and while the
window is used: a table scrolled, another page shown. Run by hand:
`.venv/bin/python tests/bench/gui_import.py [--rows 300000]`.
"""

from __future__ import annotations

import argparse
import csv
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from gui_block import Heartbeat, wait
from PySide6.QtWidgets import QDialog
from samples import reference_file
from trade_import import NAMES, generated

from azcn_desktop.gui.application import create
from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog
from azcn_desktop.gui.window.main_window import MainWindow


def watched(window: MainWindow, name: str, action: Callable[[], object], is_used: bool = False) -> None:
    """Do something, wait until its job has ended, and print its time and the longest blocks."""
    heart = Heartbeat()
    heart.start()
    begun = time.perf_counter()
    action()
    wait(20)
    turn = 0
    while window.parts.jobs.running:
        if is_used:
            use(window, turn)
            turn += 1
        wait(20)
    took = time.perf_counter() - begun
    wait(500)
    heart.stop()
    gaps = sorted(heart.gaps)
    print(f"| {name} | {took:.2f} | {gaps[-1]:.0f} | {gaps[-2]:.0f} | {gaps[int(len(gaps) * 0.99)]:.1f} |", flush=True)


def look_around(window: MainWindow) -> None:
    """Use the window for some seconds, for comparison: pages are shown for the first time then."""
    for turn in range(120):
        use(window, turn)
        wait(20)


def use(window: MainWindow, turn: int) -> None:
    """Look at other rows and pages, as a person does who waits."""
    if turn % 20 == 0:
        window.show_page(("meeting", "agreement", "project")[turn // 20 % 3])
    bar = window.tab.view.verticalScrollBar()
    bar.setValue((bar.value() + 7) % (bar.maximum() + 1))


def main() -> None:
    """Measure and print a Markdown table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=300_000)
    given = options.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "flows.csv"
        with source.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(NAMES)
            writer.writerows(generated(given.rows))
        window = create(["--db", str(reference_file(folder / "bench.azcn")), "--smoke", "--tab", "trade"])
        window.show()
        window.parts.crashes.remove()
        window.finish_loading()
        wait(500)
        print(f"| {given.rows:,} rows | s | longest block, ms | next, ms | p99, ms |\n|---|---:|---:|---:|---:|")
        watched(window, "window used, nothing imported", partial(look_around, window))
        take = window.file_actions.imports.take_files
        watched(window, "preview", partial(take, [source]))
        dialog = next(d for d in window.findChildren(QDialog) if isinstance(d, StatisticsImportDialog))
        watched(window, "import, window used", dialog.start, is_used=True)
        watched(window, "undo", window.workspace.undo)
        watched(window, "redo", window.workspace.redo)
        watched(window, "preview of the same file", partial(take, [source]))
        next(d for d in window.findChildren(StatisticsImportDialog) if d.isVisible()).reject()
        window.close()


if __name__ == "__main__":
    main()

"""Lines 3 and 12: jumps in the table of flows, and the memory that they take, against DB Browser for SQLite.

Our jumps are timed in this process, from the moved scroll bar to the end of the paint; those of DB Browser from
outside, from the click to the last change of its rows, less what starting xdotool takes.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from pathlib import Path

from goals_measuring import AT_MOST, NotMeasured, Setting, Verdict, elapsed_ms, median, quantile
from goals_outside import Browser, resident_mib, screen
from goals_window import statistics_window
from PySide6.QtWidgets import QApplication

_JUMPS = 100
_HERE = str(Path(__file__).parent)
# Our window in a process of its own, which tells when it is there, and again when it has jumped.
_JUMPING = """
import random, sys
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from PySide6.QtWidgets import QApplication
from goals_window import statistics_window, settle
with statistics_window(Path(sys.argv[1])) as (window, view):
    print("open", flush=True)
    sys.stdin.readline()
    chance, bar = random.Random(3), view.table.verticalScrollBar()
    for _ in range(int(sys.argv[2])):
        bar.setValue(chance.randrange(bar.maximum()))
        view.table.viewport().repaint()
        QApplication.processEvents()
    settle(window)
    print("jumped", flush=True)
    sys.stdin.readline()
"""


def scroll_jumps(setting: Setting) -> list[Verdict]:
    """Line 3: jump of the scroll bar to a random row, with the paint; a hundred, in five turns with the peer."""
    chance = random.Random(5)
    ours: list[float] = []
    peer: list[float] = []
    note = ""
    with contextlib.ExitStack() as stack:
        _, view = stack.enter_context(statistics_window(setting.database))
        browser: Browser | None = None
        try:
            browser = Browser(stack.enter_context(screen()), setting.database)
            stack.callback(browser.close)
            browser.dismiss()
        except NotMeasured as reason:
            note = str(reason)
        bar = view.table.verticalScrollBar()

        def jump() -> None:
            bar.setValue(chance.randrange(bar.maximum()))
            view.table.viewport().repaint()

        for turn in range(-1, 5):  # the first turn fills caches
            for _ in range(_JUMPS // 5 if turn >= 0 else 5):
                ms = elapsed_ms(jump)
                QApplication.processEvents()
                if turn >= 0:
                    ours.append(ms)
            if browser is not None and turn >= 0:
                peer.append(browser.jumps([chance.random() for _ in range(4)]))
        rested = [_rest_ms(view) for _ in range(5)]
        rows = view.model.rowCount()
    note = note or f"{rows:,} rows; what is computed when scrolling rests takes {median(rested):.0f} ms more"
    theirs = median(peer) if peer else None
    return [
        Verdict(3, "random scroll jump with its paint, p50", "ms", median(ours), theirs, limit=0.08, note=note),
        Verdict(3, "random scroll jump with its paint, p95", "ms", quantile(ours, 0.95), None, AT_MOST, 16),
    ]


def memory(setting: Setting) -> list[Verdict]:
    """Line 12: resident memory with the table open, charts loaded, and after a hundred jumps."""
    command = [sys.executable, "-c", _JUMPING, str(setting.database), str(_JUMPS), _HERE]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    ours = []
    for word in ("open", "jumped"):
        if word not in process.stdout.readline():
            raise RuntimeError("our window ended")
        ours.append(resident_mib(process.pid))
        process.stdin.write("go on\n")
        process.stdin.flush()
    process.communicate(timeout=30)
    peer: list[float | None] = [None, None]
    note = ""
    try:
        peer = list(_browser_memory(setting))
    except NotMeasured as reason:
        note = str(reason)
    return [
        Verdict(12, "memory with the table open", "MiB", ours[0], peer[0], limit=0.85, note=note),
        Verdict(12, f"memory after {_JUMPS} jumps", "MiB", ours[1], peer[1], limit=0.35, note=note),
    ]


def _browser_memory(setting: Setting) -> tuple[float, float]:
    chance = random.Random(3)
    with screen() as on:
        browser = Browser(on, setting.database)
        try:
            browser.dismiss()
            at_first = resident_mib(browser.process.pid)
            for _ in range(_JUMPS):
                browser.press(chance.random())
                time.sleep(0.3)
            time.sleep(1)
            return at_first, resident_mib(browser.process.pid)
        finally:
            browser.close()


def _rest_ms(view: object) -> float:
    """Return how long the cells take that are computed for the rows in view."""
    bar = view.table.verticalScrollBar()  # type: ignore[attr-defined]
    bar.setValue((bar.value() + bar.maximum() // 7) % bar.maximum())
    view.table.viewport().repaint()  # type: ignore[attr-defined]
    return elapsed_ms(view.table.rest)  # type: ignore[attr-defined]

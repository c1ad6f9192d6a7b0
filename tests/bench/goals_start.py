"""Lines 1 and 2: how long a start takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from goals_measuring import AT_MOST, Setting, Verdict, alternating, median
from goals_outside import HEIGHT, WIDTH, Browser, Region, Screen, screen, stop
from start import EMPTY, FULL, timed

from azcn_desktop.trade.shipped import build_database

_ALL: Region = (0, 0, WIDTH, HEIGHT)
# Where the rows of the table stand, told by a window of ours that is not timed.
_WHERE = """
import json, sys
from azcn_desktop.__main__ import load
application = load()
window = application.begin(application.parse_arguments(sys.argv[1:]))
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QTableView
def tell():
    room = window.findChild(QTableView, "table-statistics").viewport()
    corner = room.mapToGlobal(QPoint(0, 0))
    print(json.dumps([corner.x(), corner.y(), corner.x() + room.width(), corner.y() + room.height()]), flush=True)
    QApplication.quit()
window.show()
QTimer.singleShot(3000, tell)
QApplication.instance().exec()
window.close()
"""


def command(database: Path) -> list[str]:
    """Return what starts our window on the table of flows."""
    return [sys.executable, "-m", "azcn_desktop", *_arguments(database)]


def rows_region(on: Screen, database: Path) -> Region:
    """Return where our table of flows stands on a screen."""
    done = subprocess.run(
        [sys.executable, "-c", _WHERE, *_arguments(database)],
        env=on.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    left, top, right, bottom = json.loads(done.stdout.splitlines()[-1])
    return left, top, right, bottom


def start_on_flows(setting: Setting) -> list[Verdict]:
    """Line 1: process start to the painted rows of the table of flows, from outside, against DB Browser."""
    whole: list[float] = []
    with screen() as on:
        region = rows_region(on, setting.database)

        def ours() -> float:
            begun = time.perf_counter()
            process = on.start(command(setting.database))
            found = on.settled(begun, {"rows": region, "all": _ALL}, quiet=1.5, limit=40)
            stop(process)
            time.sleep(0.3)
            whole.append(found["all"])
            return found["rows"]

        def peer() -> float:
            browser = Browser(on, setting.database)
            browser.close()
            time.sleep(0.3)
            return browser.shown_ms

        found = alternating(setting.rounds, {"ours": ours, "peer": peer})
    note = f"whole window with its chart {median(whole[1:]):.0f} ms"
    ours_ms, peer_ms = median(found["ours"]), median(found["peer"])
    return [Verdict(1, "start to the painted table of flows", "ms", ours_ms, peer_ms, limit=0.7, note=note)]


def start_on_shipped_records(setting: Setting) -> list[Verdict]:
    """Line 2: first paint of the whole window on the shipped file, against an empty PySide6 window, in turn."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    charts: list[float] = []
    with TemporaryDirectory() as folder:
        path = Path(folder) / "azcn.db"
        build_database(path)

        def ours() -> float:
            marks = timed(FULL, str(path))
            charts.append(marks["charts"][0] - marks["painted"][0])
            return marks["painted"][0]

        found = alternating(setting.rounds, {"ours": ours, "peer": lambda: timed(EMPTY)["painted"][0]})
    return [
        Verdict(2, "start to the first paint", "ms", median(found["ours"]), median(found["peer"]), limit=2.0),
        Verdict(2, "charts and icons after that", "ms", median(charts[1:]), None, AT_MOST, 600),
    ]


def _arguments(database: Path) -> list[str]:
    return ["--db", str(database), "--tab", "trade", "--view", "statistics"]

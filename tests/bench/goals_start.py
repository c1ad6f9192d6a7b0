"""Lines 1 and 2: how long a start takes."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from goals_measuring import AT_MOST, NotMeasured, Setting, Verdict, alternating, median
from start import EMPTY, FULL, timed

from azcn_desktop.trade.shipped import build_database


def start_on_flows(setting: Setting) -> list[Verdict]:
    """Line 1: process start to the painted table of flows, from outside, against DB Browser."""
    raise NotMeasured("the watcher of the frame buffer is not written yet")


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

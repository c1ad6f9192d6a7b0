"""Line 13: a line of a million points, given to the chart and painted, against plain pyqtgraph."""

from __future__ import annotations

import os

import numpy as np
import pyqtgraph as pg
from goals_measuring import AT_MOST, Setting, Verdict, alternating, elapsed_ms, median
from PySide6.QtWidgets import QApplication

POINTS = 1_000_000
_NOTE = "pyqtgraph with thinning; no chart of the program asks for it yet"


def long_line(setting: Setting) -> list[Verdict]:
    """Set the values of a line and paint them, in windows of 1000 x 600 pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    chance = np.random.default_rng(7)
    x = np.arange(POINTS, dtype=np.float64)
    lines = [chance.normal(size=POINTS).cumsum() for _ in range(3)]
    plots = {"ours": pg.PlotWidget(), "peer": pg.PlotWidget()}
    curves = {name: plot.plot(x, lines[0], pen=pg.mkPen("b", width=1)) for name, plot in plots.items()}
    # pyqtgraph's own thinning out: what a chart of the program must ask for; none draws so many points yet.
    curves["ours"].setDownsampling(auto=True, method="peak")
    curves["ours"].setClipToView(True)
    for plot in plots.values():
        plot.resize(1000, 600)
        plot.show()
    application.processEvents()
    turn = {"ours": 0, "peer": 0}

    def draw(name: str) -> float:
        turn[name] += 1

        def work() -> None:
            curves[name].setData(x, lines[turn[name] % 3])
            plots[name].viewport().repaint()

        return elapsed_ms(work)

    found = alternating(setting.rounds * 3, {"ours": lambda: draw("ours"), "peer": lambda: draw("peer")})
    ours, peer = median(found["ours"]), median(found["peer"])
    return [
        Verdict(13, "line of 10^6 points", "ms", ours, peer, limit=0.15, note=_NOTE),
        Verdict(13, "line of 10^6 points, one frame", "ms", ours, None, AT_MOST, 16),
    ]

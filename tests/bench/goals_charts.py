"""Line 13: a line of a million marks, given to the chart's own curve and painted, against plain pyqtgraph."""

from __future__ import annotations

import os
from functools import partial

import numpy as np
import pyqtgraph as pg
from goals_measuring import AT_MOST, Setting, Verdict, alternating, elapsed_ms, median
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from azcn_desktop.charts.series import Point, Series
from azcn_desktop.gui.charts.items import Curve
from azcn_desktop.gui.theme import ThemeController

POINTS = 1_000_000
_NOTE = "the curve of our charts in a plot of pyqtgraph; read-out and table of so many marks are not measured"


def long_line(setting: Setting) -> list[Verdict]:
    """Set the values of a line and paint them, in windows of 1000 x 600 pixels with the same axes and range."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    chance = np.random.default_rng(7)
    x = np.arange(POINTS, dtype=np.float64)
    values = [chance.normal(size=POINTS).cumsum() for _ in range(3)]
    series = [_series(x, y) for y in values]
    plots = {"ours": pg.PlotWidget(), "peer": pg.PlotWidget()}
    plain = plots["peer"].plot(x, values[0], pen=pg.mkPen("b", width=1))
    curve = Curve()
    theme = ThemeController("light", 1.0, None)
    curve.dress(theme.theme, QFont(), 1.0)
    plots["ours"].addItem(curve, ignoreBounds=True)
    low, high = min(float(y.min()) for y in values), max(float(y.max()) for y in values)
    for plot in plots.values():
        plot.setRange(xRange=(0, POINTS), yRange=(low, high), padding=0, disableAutoRange=True)
        plot.resize(1000, 600)
        plot.show()
    application.processEvents()
    turn = {"ours": 0, "peer": 0}

    def draw(name: str) -> float:
        turn[name] += 1
        number = turn[name] % 3

        def work() -> None:
            if name == "ours":
                curve.set_data(series[number])
            else:
                plain.setData(x, values[number])
            plots[name].viewport().repaint()

        return elapsed_ms(work)

    found = alternating(setting.rounds * 3, {name: partial(draw, name) for name in plots})
    ours, peer = median(found["ours"]), median(found["peer"])
    return [
        Verdict(13, "line of 10^6 points", "ms", ours, peer, limit=0.15, note=_NOTE),
        Verdict(13, "line of 10^6 points, one frame", "ms", ours, None, AT_MOST, 16),
    ]


def _series(x: np.ndarray, y: np.ndarray) -> Series:
    point = (Point((1,), "", ""),) * len(x)
    joined = np.ones(len(x), np.bool_)
    joined[0] = False
    return Series("Generated", "accent", x, x, y, y, y, ("exact",) * len(x), np.zeros(len(x), np.bool_), joined, point)

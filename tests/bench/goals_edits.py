"""Line 8: from an edit of a flow to the commit, the sums and the repainted chart, against the disk in the same run."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from goals_measuring import AT_MOST, Setting, Verdict, median, quantile
from goals_window import statistics_window, until
from gui_block import wait
from samples import sync_ms

from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.store.flows.edits import edit_flow

_WARM = 3
_APART_MS = 150  # what was drawn before is old enough then for the next drawing to come at once


def edit_to_chart(setting: Setting) -> list[Verdict]:
    """Edit the value of a flow that the chart shows, wait for the chart, and take it back; on a copy of the file."""
    floors: list[float] = []
    found: list[float] = []
    committed: list[float] = []
    with TemporaryDirectory(dir=setting.folder) as name:
        copy = Path(name) / "edited.azcn"
        shutil.copyfile(setting.database, copy)
        with statistics_window(copy) as (window, view):
            key = _shown_flow(window)
            for number in range(setting.rounds * 4 + _WARM):
                wait(_APART_MS)
                floor = sync_ms(copy.parent)
                at_commit, at_chart = _edited(window, view, key, 1e6 + number)
                wait(_APART_MS)
                window.workspace.undo()
                if number >= _WARM:
                    floors.append(floor)
                    committed.append(at_commit)
                    found.append(at_chart)
    floor = median(floors)
    note = f"{median(committed):.1f} ms until all parts were told; the disk takes {floor:.2f} ms"
    what = "edit to committed, summed and repainted"
    return [
        Verdict(8, f"{what}, p50", "ms", median(found), floor, AT_MOST, 5 * floor + 5, note),
        Verdict(8, f"{what}, p95", "ms", quantile(found, 0.95), None, AT_MOST, 50),
    ]


def _shown_flow(window: MainWindow) -> int:
    """Return a made-up flow of all goods, which is what the chart draws at first."""
    return int(window.workspace.store.database.one(
        "SELECT max(id) FROM trade_flow WHERE code = 'TOTAL' AND dataset_id = (SELECT max(id) FROM dataset WHERE "
        "layout = 'generated')"
    ))  # fmt: skip


def _edited(window: MainWindow, view: StatisticsView, key: int, value: float) -> tuple[float, float]:
    """Return the milliseconds from an edit until all parts were told of it, and until the chart was painted."""
    workspace, chart = window.workspace, view.chart
    before = chart.chart
    begun = time.perf_counter()
    workspace.apply(edit_flow(workspace.store, key, "value", str(value)))
    told = time.perf_counter()
    until(lambda: chart.is_ready and chart.chart is not before)
    view.table.viewport().repaint()
    chart.view.viewport().repaint()
    painted = time.perf_counter()
    return (told - begun) * 1000, (painted - begun) * 1000

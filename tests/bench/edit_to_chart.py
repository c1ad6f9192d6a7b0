"""How long it takes from an edit to the repainted chart, against the disk's own sync time in the same run.

The real window on a copy of the shipped records: a value is edited through the workspace, which commits it and tells
everyone; then the chart is painted. Between two rounds lie 200 ms, so that nothing is throttled. Run by hand:
`.venv/bin/python tests/bench/edit_to_chart.py [--rounds 50] [--platform offscreen|xcb]`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from azcn_desktop.exchange.reference import build_reference
from azcn_desktop.gui.application import create
from azcn_desktop.store import edits


def sync_ms(folder: Path) -> float:
    """Return the milliseconds that writing 4 KiB and syncing them takes now."""
    with (folder / "floor").open("wb", buffering=0) as file:
        started = time.perf_counter()
        file.write(b"x" * 4096)
        os.fdatasync(file.fileno())
        return (time.perf_counter() - started) * 1000


def spread(times: list[float]) -> str:
    """Return median and 95th percentile in words."""
    ordered = sorted(times)
    return f"p50 {statistics.median(ordered):6.1f} ms   p95 {ordered[int(len(ordered) * 0.95)]:6.1f} ms"


def measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Edit the last point of the trade chart again and again."""
    build_reference(folder / "bench.azcn")
    window = create(["--db", str(folder / "bench.azcn"), "--tab", "trade"])
    window.show()
    window.finish_loading()
    chart, workspace = window.tab.chart, window.workspace
    key = chart.chart.series[0].points[-1].keys[0]
    found: dict[str, list[float]] = {"sync": [], "committed": [], "painted": []}
    for step in range(rounds):
        wait(200)
        found["sync"].append(sync_ms(folder))
        wanted = 4e9 + step * 1e7
        change = edits.edit_field(workspace.store, "figure", key, "value", {"value": wanted})
        started = time.perf_counter()
        notice = workspace.store.apply(change)
        found["committed"].append((time.perf_counter() - started) * 1000)
        workspace.tell(notice)
        workspace.undo()
        wait(200)
        started = time.perf_counter()
        workspace.apply(change)
        chart.view.viewport().repaint()
        found["painted"].append((time.perf_counter() - started) * 1000)
        assert chart.chart.series[0].y[-1] == wanted
        workspace.undo()
    window.close()
    return found


def wait(ms: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--platform", default="offscreen")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = given.platform
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), given.rounds)
    print(f"sync of 4 KiB           {spread(found['sync'])}")
    print(f"edit -> committed       {spread(found['committed'])}")
    print(f"edit -> chart repainted {spread(found['painted'])}")
    ratio = statistics.median(found["painted"]) / statistics.median(found["sync"])
    print(f"repainted / sync        {ratio:.1f} x")


if __name__ == "__main__":
    main()

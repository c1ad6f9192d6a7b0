"""How long a start takes until the first paint, against an empty PySide6 window, and until record and charts are there.

The first paint is that of the window with its table filled and a row selected, which keys move; what stands in the
inspector by then is the title of the record, and the moment when the whole record has been painted has its own line.
Alternates the two in one run, each a process of its own, timed from outside with the system's monotonic clock. Run by
hand: `.venv/bin/python tests/bench/start.py [--rounds 9] [--platform offscreen|xcb]`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from azcn_desktop.exchange.reference import build_reference

WATCH = """
import sys, time
from PySide6.QtCore import QEvent, QObject, Qt, Signal
class Watch(QObject):
    # The pass that paints a window paints all that is seen of it; what is queued within it comes when it has ended.
    seen = Signal()
    def __init__(self, name, watched, then):
        super().__init__()
        self.name, self.then = name, then
        self.seen.connect(self.tell, Qt.ConnectionType.QueuedConnection)
        watched.installEventFilter(self)
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.seen.emit()
        return False
    def tell(self):
        print(self.name, time.monotonic(), time.process_time(), flush=True)
        self.then()
"""

EMPTY = (
    """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
"""
    + WATCH
    + """
watch = Watch("painted", window, app.quit)
window.show()
app.exec()
"""
)

# What `main.py` does, with a look at the clock in between.
FULL = (
    """
import sys
from azcn_desktop.__main__ import load
application = load()
window = application.begin(application.parse_arguments(["--db", sys.argv[1], "--smoke"]))
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication.instance()
"""
    + WATCH
    + """
def wait_for_record():
    global watch
    assert window.tab.view.model().rowCount() and window.tab.current_key() is not None
    if window.next_record.is_coming:
        QTimer.singleShot(0, wait_for_record)
        return
    inspector = window.next_record.inspector
    watch = Watch("record", inspector, wait_for_charts)
    inspector.update()
def wait_for_charts():
    global watch
    window.load_late()
    watch = Watch("charts", window.tab.chart.view.viewport(), app.quit)
watch = Watch("painted", window.tab.view.viewport(), wait_for_record)
window.show()
app.exec()
window.close()
"""
)


def timed(script: str, *arguments: str) -> dict[str, tuple[float, float]]:
    """Run a script in a process of its own.

    Returns:
        For each mark the milliseconds since the process was started, and those of them that it spent on a processor.
    """
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    marks = (line.split() for line in done.stdout.splitlines() if line.count(" ") == 2)
    return {name: ((float(at) - begun) * 1000, float(spent) * 1000) for name, at, spent in marks}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps compiled modules
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "azcn.db"
        begun = time.monotonic()
        build_reference(path)
        built = (time.monotonic() - begun) * 1000
        rounds = [(timed(EMPTY), timed(FULL, str(path))) for _ in range(options.rounds + 1)][1:]
    print(f"| first build of the database | {built:.0f} ms |")
    for way, words in enumerate(("elapsed", "processor time")):
        empty = [e["painted"][way] for e, _ in rounds]
        full = [f["painted"][way] for _, f in rounds]
        record = [f["record"][way] - f["painted"][way] for _, f in rounds]
        charts = [f["charts"][way] - f["painted"][way] for _, f in rounds]
        ratio = statistics.median(full) / statistics.median(empty)
        print(f"| empty PySide6 window, first paint, {words} | {statistics.median(empty):.0f} ms |")
        print(f"| AZCN Desktop, first paint of the table, {words} | {statistics.median(full):.0f} ms, {ratio:.2f} x |")
        print(f"| the record in the inspector after that, {words} | {statistics.median(record):.0f} ms |")
        print(f"| charts and icons on screen after that, {words} | {statistics.median(charts):.0f} ms |")


if __name__ == "__main__":
    main()

"""How long the window stands still while people work with 100,000 meetings.

A heartbeat of 1 ms on the window's own thread notes the time between two beats; what exceeds the interval is time in
which no key and no click would have been answered. Each action goes through the real window, offscreen, and is watched
until it has settled. Run by hand: `.venv/bin/python tests/bench/gui_block.py [--meetings 100000] [--rounds 5]`; with
`--texts` it is a text of ten megabytes in the reader of sources that is stored, cleaned again and taken back.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from samples import enlarge, percentiles, reference_file

from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, export
from azcn_desktop.gui.application import create
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.progress import Progress
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_SETTLED_MS = 500
_LONGEST_TEXT = 10_000_000


class Heartbeat(QObject):
    """Notes how long the thread was away between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin anew."""
        self.gaps = []
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Note what has passed since the last beat and stop."""
        self._beat()
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append(max(0.0, (now - self._last) * 1000 - 1))
        self._last = now


class Watched:
    """The window with its heartbeat, and the actions of a person."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self.heart = Heartbeat()
        self.longest: dict[str, list[float]] = {}
        self._number = 0

    def do(self, name: str, action: Callable[[], object]) -> None:
        """Do something, wait until it has settled, and keep the longest block."""
        self.heart.start()
        action()
        wait(_SETTLED_MS)
        while self.window.parts.jobs.running or self._is_reading():
            wait(50)
        self.heart.stop()
        self.longest.setdefault(name, []).append(max(self.heart.gaps))

    def store_text(self) -> None:
        """Give the first source a text of ten megabytes, work with it, and take all of it back."""
        self.window.show_page("source")
        wait(_SETTLED_MS)
        tab, reader = self.window.tab, self.window.findChild(SourceReader)
        assert reader is not None
        key, other = (tab.view.records.key_at(row) for row in (0, 1))
        tab.select_key(key)
        wait(_SETTLED_MS)
        line = "Trade of both  sides grew by 21 per cent, “as agreed”, in the year {}.\n"
        text = "".join(line.format(n) for n in range(_LONGEST_TEXT // 65))[:_LONGEST_TEXT]
        self.do("a text of 10 MB stored", partial(reader.taking._take, key, text))
        self.do("a source without a text shown", partial(tab.select_key, other))
        self.do("the source with the text shown", partial(tab.select_key, key))
        self.do("the text shown as stored", partial(reader.head.raw_button.click))
        self.do("the title of the source edited", partial(self._rename, key))
        self.do("the title taken back", self.window.actions_table["undo"].trigger)
        self.do("the text cleaned again", reader.head.clean_requested.emit)
        self.do("the text removed", reader.head.remove_requested.emit)
        for verb in ("undo", "undo", "redo", "undo"):
            self.do(f"a step of 10 MB, {verb}", self.window.actions_table[verb].trigger)

    def _rename(self, key: int) -> None:
        self._number += 1
        store = self.window.workspace.store
        change = edits.edit_field(store, "source", key, "title", {"title": f"Text {self._number}"})
        self.window.workspace.apply(change)

    def _is_reading(self) -> bool:
        """Tell whether rows or the picture of the page are still to come from the worker."""
        tab = self.window.tab
        return tab.records.is_waiting or not (isinstance(tab.chart, SourceReader) or tab.chart.is_ready)

    def type_filter(self) -> None:
        """Type a word into the filter field, key by key."""
        line = self.window.tab.filters.line
        line.clear()
        for letter in "baku":
            self.do("a key in the filter field", partial(QTest.keyClicks, line, letter))
        self.do("the filter cleared", self.window.tab.filters.clear)

    def sort(self) -> None:
        """Sort by two columns."""
        model, view = self.window.tab.records, self.window.tab.view
        for name in ("title", "date"):
            column = model.column_of(name)
            self.do("sort by a column", partial(view.sortByColumn, column, Qt.SortOrder.AscendingOrder))

    def edit_and_undo(self) -> None:
        """Edit a cell and take it back."""
        workspace, key = self.window.workspace, self.window.tab.view.records.key_at(0)
        self._number += 1
        change = edits.edit_field(workspace.store, "meeting", key, "title", {"title": f"Meeting {self._number}"})
        self.do("an edit", partial(workspace.apply, change))
        self.do("undo", workspace.undo)

    def switch_tabs(self) -> None:
        """Go to another page and back."""
        self.do("to the trade tab", partial(self.window.show_page, "figure"))
        self.do("to the meetings tab", partial(self.window.show_page, "meeting"))

    def save_copy(self) -> None:
        """Save a copy of the file."""
        self.do("save a copy", partial(self.window.file_actions.save_copy, self.folder / "copy.azcn"))

    def export(self) -> None:
        """Export all meetings on the worker."""
        request = ExportRequest((TableRequest(Query("meeting")),), self.folder / "out.csv")
        submit = partial(
            self.window.parts.jobs.submit, "Export", partial(_export, request), self.window.workspace.store.path
        )
        self.do("export to CSV", submit)


def _export(request: ExportRequest, store: Store, progress: Progress) -> None:
    export(store, request, progress)


def wait(ms: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--texts", action="store_true", help="texts of sources in place of meetings")
    given = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = reference_file(folder / "bench.azcn")
        small = reference_file(folder / "small.azcn")
        if not given.texts:
            enlarge(path, "meeting", given.meetings)
        window = create(["--db", str(small), "--smoke"])
        window.show()
        window.parts.crashes.remove()  # a bench that fails shall say so
        window.finish_loading()
        wait(_SETTLED_MS)
        person = Watched(window, folder)
        for _ in range(given.rounds if given.texts else 0):
            person.store_text()
        for _ in range(0 if given.texts else given.rounds):
            person.do("the small file opened", partial(window.file_actions.open, small))
            person.do("the file opened", partial(window.file_actions.open, path))
            person.type_filter()
            person.sort()
            person.edit_and_undo()
            person.switch_tabs()
            person.save_copy()
            person.export()
        window.close()
    what = "a text of 10 MB" if given.texts else f"{given.meetings:,} meetings"
    print(f"| longest block with {what}, ms | p50 | p95 | p99 |\n|---|---|---|---|")
    for action, times in person.longest.items():
        print(f"| {action} | {percentiles(times)} |")


if __name__ == "__main__":
    main()

"""What a window makes after it has been painted: pages when they are first asked for, the rest turn by turn.

A person sees one page at first, so only that one is made before the first paint. Whoever asks for another one gets it
at once, and everything else comes while the event loop is idle: nobody can tell the difference but by the clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtCore import QObject, QTimer

from azcn_desktop.gui.pages import BY_TABLE, Page
from azcn_desktop.gui.records.record_tab import RecordTab


class Pages(Mapping[str, RecordTab]):
    """All pages by record type; a page is made when it is asked for."""

    def __init__(self, make: Callable[[Page], RecordTab]) -> None:
        self._make = make
        self._made: dict[str, RecordTab] = {}

    def __getitem__(self, table: str) -> RecordTab:
        if table not in self._made:
            self._made[table] = self._make(BY_TABLE[table])
        return self._made[table]

    def __contains__(self, table: object) -> bool:
        return table in BY_TABLE  # and makes nothing, which asking for the page would

    def __iter__(self) -> Iterator[str]:
        return iter(BY_TABLE)

    def __len__(self) -> int:
        return len(BY_TABLE)

    @property
    def made(self) -> list[RecordTab]:
        """The pages that have been made so far."""
        return list(self._made.values())


class Turns(QObject):
    """Takes one step in each turn of the event loop, so that keys and clicks are heard in between."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: deque[Callable[[], object]] = deque()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)

    def start(self, steps: Iterable[Callable[[], object]]) -> None:
        """Take these steps from the next turn on; each may find that somebody else has done its work."""
        self._steps.extend(steps)
        self._timer.start()

    def stop(self) -> None:
        """Take no more steps."""
        self._steps.clear()
        self._timer.stop()

    def _on_turn(self) -> None:
        step = self._steps.popleft()
        if not self._steps:
            self._timer.stop()
        step()

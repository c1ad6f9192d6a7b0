"""Work that is done while nothing else is to be done: a part of it in each turn of the event loop.

Keys, clicks and paints are heard in between. Knows not what is done.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer


class Turns(QObject):
    """Takes one part of some work in each turn."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Iterator[object] = iter(())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_turn)

    def start(self, work: Iterator[object]) -> None:
        """Do some work from the next turn on, in place of what is left of the work before.

        Args:
            work: does the next part whenever it is asked for its next item.
        """
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Do no more."""
        self._timer.stop()
        self._work = iter(())

    def _on_turn(self) -> None:
        work = self._work
        if next(work, self) is self and work is self._work:  # the last part may have started other work
            self.stop()

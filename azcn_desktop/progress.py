"""Progress of long work: how a core function reports and how it learns that it was cancelled.

Knows neither threads nor Qt: the job runner hands in one that does.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from azcn_desktop.errors import Cancelled


def _ignore(done: int, total: int, note: str) -> None:
    """Take a report and do nothing with it."""


def _never() -> bool:
    """Tell that nobody cancelled."""
    return False


class Progress(Struct, frozen=True):
    """Where a long task reports to.

    Attributes:
        on_report: called with units done, units in all (0 = unknown) and a short note.
        is_cancelled: asked by `check`.
    """

    on_report: Callable[[int, int, str], None] = _ignore
    is_cancelled: Callable[[], bool] = _never

    def report(self, done: int, total: int, note: str = "") -> None:
        """Tell how far the work is, after checking that it may go on."""
        self.check()
        self.on_report(done, total, note)

    def check(self) -> None:
        """Raise `Cancelled` if the person stopped the task."""
        if self.is_cancelled():
            raise Cancelled

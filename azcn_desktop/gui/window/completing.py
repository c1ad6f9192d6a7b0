"""The pages of a window, each made when it is first asked for.

A person sees one page at first, so only that one is made before the first paint. Whoever asks for another one gets it
at once, and the rest comes while the event loop is idle: nobody can tell the difference but by the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

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

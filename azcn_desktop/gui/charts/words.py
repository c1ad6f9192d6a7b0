"""What a chart says of a stop and of its sources: read from the store when somebody asks, not with every picture.

Plain lines; how they are shown is for the read-out, the screen reader and the exported file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import date_words, short_date_words

_TITLES = 4
_PUBLISHERS = 6


class ChartWords:
    """Puts stops and sources of one record type into words.

    Attributes:
        explain: gives further lines about the record of a point; there are none until somebody knows more.
    """

    def __init__(self, workspace: Workspace, table: str) -> None:
        self._workspace = workspace
        self._table = table
        self.explain: Callable[[int], list[str]] | None = None

    def of_stop(self, stop: Stop | BoardStop, chart: Chart | Timeline) -> list[str]:
        """Return what the read-out says of a stop, headline first."""
        if isinstance(stop, BoardStop):
            return list(stop.words)
        if stop.event is not None:
            kind = self._workspace.schema[stop.event.table].label
            return [stop.event.title, f"{kind}, {stop.event.date}"]
        assert stop.point is not None
        assert stop.series is not None
        if chart.kind != "lines":
            return [f"{stop.series.label}: {stop.point.value}", stop.point.period, *self._titles(stop.point.keys)]
        key = stop.point.keys[0]
        further = self.explain(key) if self.explain else []
        return [stop.point.value, stop.point.period, *stop.point.note, *further, *self._sources(key)]

    def of_sources(self, chart: Chart | Timeline) -> str:
        """Return the source line of a picture: who published what is drawn, and the day."""
        day = date_words(datetime.datetime.now().astimezone().date().isoformat())
        store = self._workspace.store
        if chart.kind != "lines":
            return f"Source: records of {store.path.name}, {day}"
        keys = dict.fromkeys(point.keys[0] for s in chart.series if not s.is_faint for point in s.points)
        publishers = [c.publisher for key in keys for c in store.citations(self._table, key) if c.publisher]
        names = sorted(set(publishers), key=lambda name: (-publishers.count(name), name))
        rest = len(names) - _PUBLISHERS
        listed = ", ".join(names[:_PUBLISHERS]) + (f" and {rest} more" if rest > 0 else "")
        return f"Sources: {listed}. Data of {day}" if names else f"Data of {day}"

    def _titles(self, keys: tuple[int, ...]) -> list[str]:
        titles = self._workspace.store.titles(self._table, keys[:_TITLES])
        rest = len(keys) - _TITLES
        return [*(titles[key] for key in keys[:_TITLES] if key in titles), *([f"and {rest} more"] if rest > 0 else [])]

    def _sources(self, key: int) -> list[str]:
        found = self._workspace.store.citations(self._table, key)
        names = [
            ", ".join(part for part in (c.publisher, short_date_words(c.published) if c.published else "") if part)
            for c in found
        ]
        return [f"Source: {name}" for name in dict.fromkeys(names) if name]

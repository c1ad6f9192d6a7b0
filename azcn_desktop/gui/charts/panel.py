"""The chart below a table: it shows exactly the rows that the tab's filter shows, and leads to their records.

Which picture a record type has is said by the pure core (`charts.specs`).
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.charts.following import FollowingChart
from azcn_desktop.gui.charts.words import ChartWords
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.query import Query

_MENU_TITLES = 15


class ChartPanel(FollowingChart):
    """The chart of one tab.

    Attributes:
        words: what the read-out says.

    Signals:
        record_requested(str, object): table and key of a record to be shown.
    """

    words: ChartWords
    record_requested = Signal(str, object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, page: Page, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            workspace, theme, icons, CHARTS[page.table], Query(page.table), f"chart-{page.name}",
            self.tr("Chart of {}").format(page.label.lower()), ChartWords(workspace, page.table), parent, jobs,
        )  # fmt: skip
        self._page = page
        self.stop_opened.connect(self._on_stop_opened)
        self.row_opened.connect(self._on_row_opened)

    def is_slow(self) -> bool:
        """Tell whether there are many records in what the picture is drawn from."""
        return self._workspace.store.is_large(*CHARTS[self._page.table].depends_on)

    def _on_stop_opened(self, found: list[Any]) -> None:
        if isinstance(found[0], BoardStop):
            self.record_requested.emit(found[0].table, found[0].key)
            return
        events = [stop.event for stop in found if stop.event is not None]
        first = found[0]
        if first.event is None and first.point is not None:
            is_one = isinstance(self.chart, Chart) and self.chart.kind == "lines"
            self._open(first.point.keys[:1] if is_one else first.point.keys)
        elif len(events) == 1:
            self.record_requested.emit(events[0].table, events[0].key)
        else:
            self._offer([(event.table, event.key, f"{event.title}, {event.date}") for event in events])

    def _open(self, keys: tuple[int, ...]) -> None:
        if len(keys) == 1 or (isinstance(self.chart, Chart) and self.chart.kind == "lines"):
            self.record_requested.emit(self._page.table, keys[0])
            return
        titles = self._workspace.store.titles(self._page.table, keys[:_MENU_TITLES])
        self._offer([(self._page.table, key, titles.get(key, "")) for key in keys[:_MENU_TITLES]])

    def _offer(self, records: list[tuple[str, int, str]]) -> None:
        """Ask which of several records is meant."""
        menu = popup_menu(self, f"chart-{self._page.name}-records")
        for table, key, title in records:
            add_line(menu, f"{table}-{key}", title, partial(self._on_record_chosen, table, key))
        place = QCursor.pos()
        inside = self.view.rect().contains(self.view.mapFromGlobal(place))
        menu.popup(place if inside else self.view.mapToGlobal(QPoint(40, 20)))

    def _on_record_chosen(self, table: str, key: int, is_checked: bool = False) -> None:
        self.record_requested.emit(table, key)

    def _on_row_opened(self, row: int) -> None:
        self._open(self._values.values.keys(row))

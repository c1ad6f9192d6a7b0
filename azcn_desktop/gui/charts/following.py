"""A chart that follows the open file: drawn at once after a change, then at most every 50 ms, and only when it is seen.

Other rows are drawn one turn later, so that no key waits for table and chart together.

The picture itself is made by the pure core; what is drawn, and which changes concern it, is given as a `Drawing`. A
drawing that may be slow is done by the worker, if there is one; what is on the screen stays meanwhile.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from azcn_desktop.errors import AzcnError, UserError
from azcn_desktop.gui.charts.card import ChartCard, Picture, Words
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.messages import told_in_next_turn
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.store import Store

REFRESH_MS = 50


class Drawing(Protocol):
    """What makes pictures of a query."""

    def draw(self, store: Store, query: Any, choices: Mapping[str, str], today: datetime.date) -> Picture:
        """Make the picture with the choices of the switches, as of a day. Raises UserError."""

    def is_stale_after(self, notice: ChangeNotice, query: Any) -> bool:
        """Tell whether a change may alter the picture of a query."""


class FollowingChart(ChartCard):
    """The chart of a query over the open file."""

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, drawing: Drawing, query: Any,
        name: str, label: str, words: Words, parent: QWidget | None = None, jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        """Show nothing yet.

        Args:
            workspace, theme, icons: of the window.
            drawing: makes the pictures.
            query: what is shown at first.
            name, label: object name and accessible name.
            words: what the read-out says.
            parent: the owner.
            jobs: the worker for drawings that may be slow; without one all are drawn here.
        """
        super().__init__(theme, icons, name, label, words, parent)
        self._workspace, self._drawing, self._query = workspace, drawing, query
        self._choices: dict[str, str] = {}
        self._is_stale = True
        self._reading = Reading(workspace, jobs, self.tr("Draw a chart"), self)
        self._reading.answered.connect(self._on_reading_answered)
        self._reading.refused.connect(self._on_reading_refused)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self.switched.connect(self.choose)
        workspace.changed.connect(self.refresh)
        workspace.opened.connect(self.on_workspace_opened)
        workspace.closing.connect(self.on_workspace_closing)

    @property
    def is_ready(self) -> bool:
        """Tell whether a picture is on the screen that follows the last change."""
        return self.chart is not None and not self._is_stale and not self._reading.is_busy

    def set_query(self, query: Any) -> None:
        """Show the rows of another query."""
        if query != self._query:
            self._query = query
            self._reading.drop()
            if self._workspace.is_open and self.is_slow():
                self._refresh_soon()
                return
            self._is_stale = True
            if self._views and not self._timer.isActive():
                # In the next turn: whoever asked for other rows is to see these first.
                self._timer.start(0 if self.isVisible() else REFRESH_MS)

    def refresh(self, notice: ChangeNotice) -> None:
        """Follow a change, if it concerns the picture."""
        if self._drawing.is_stale_after(notice, self._query):
            self._refresh_soon()

    def finish(self) -> None:
        """Draw now what is still due."""
        if self._workspace.is_open and not self.is_ready:
            self._draw(at_once=True)

    def choose(self, name: str, value: str) -> None:
        """Set a switch."""
        self._choices[name] = value
        self._reading.drop()
        self._is_stale = True
        self._redraw()

    def choices(self) -> dict[str, str]:
        """Return what was set, by the names of the switches, for the next start."""
        return dict(self._choices)

    def take_choices(self, choices: Mapping[str, str]) -> None:
        """Begin with what `choices` gave; what is not possible in this file is chosen anew by the picture."""
        self._choices = dict(choices)

    def save(self, path: Path) -> None:
        """Write the chart to a file, as it is after the last change; the ending says the format. Raises UserError."""
        self.finish()
        super().save(path)

    def on_workspace_opened(self) -> None:
        """Draw the other file."""
        self._choices.clear()
        self._refresh_soon()

    def on_workspace_closing(self) -> None:
        """Forget what was read."""
        self._timer.stop()
        self._reading.drop()
        self._is_stale = True
        self.forget_stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale or self.chart is None:
            with told_in_next_turn(self):
                self._redraw()

    def is_slow(self) -> bool:
        """Tell whether the picture may take too long to be drawn while a person waits."""
        return False

    def _refresh_soon(self) -> None:
        """Draw at once, or when the last drawing is 50 ms old; not at all before somebody has looked.

        A chart behind another page waits as well, so that what a person sees comes first.
        """
        self._is_stale = True
        if not self._views or self._timer.isActive():
            return
        if self.isVisible():
            self._redraw()
        self._timer.start(REFRESH_MS)

    def _on_timeout(self) -> None:
        if self._is_stale:
            self._redraw()
            self._timer.start(REFRESH_MS)

    def _redraw(self) -> None:
        """Draw the present query; the worker draws one picture to its end before it is given the next."""
        if self._workspace.is_open and not self._reading.is_busy:
            self._draw(at_once=not self.is_slow())

    def _draw(self, *, at_once: bool) -> None:
        self._is_stale = False
        if not at_once:
            self.wait_for_picture()
        work = partial(_drawn, self._drawing, self._query, dict(self._choices))
        with suppress(UserError):  # the filter field tells what is wrong with the filter; the last picture stays
            self._reading.ask(work, at_once=at_once)

    def _on_reading_answered(self, chart: Picture) -> None:
        self.show_picture(chart)
        self._follow_what_came_meanwhile()

    def _on_reading_refused(self, _error: AzcnError) -> None:
        self.stop_waiting()
        self._follow_what_came_meanwhile()

    def _follow_what_came_meanwhile(self) -> None:
        if self._is_stale and self.isVisible():
            self._redraw()


def _drawn(drawing: Drawing, query: Any, choices: Mapping[str, str], store: Store, progress: Progress) -> Picture:
    return drawing.draw(store, query, choices, _today())


def _today() -> datetime.date:
    return datetime.datetime.now().astimezone().date()

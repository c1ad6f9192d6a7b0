"""The chart of statistics: totals, balance, products down to six digits, one product, concentration.

It draws the same query as the table of flows. A mark that is opened narrows that table; a product with finer codes
leads to these, and the way back stands above the picture. What is drawn is made by the pure core.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from typing import Any, ClassVar

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from azcn_desktop.charts.series import Point, Switch
from azcn_desktop.charts.statistics.drawing import draw_statistics, is_stale_after
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.charts.card import Picture
from azcn_desktop.gui.charts.following import FollowingChart
from azcn_desktop.gui.charts.treemap_view import TreemapView
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.statistics.breadcrumb import Breadcrumb
from azcn_desktop.gui.statistics.chart_words import FlowChartWords, points_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import count
from azcn_desktop.store.store import Store

SLOW_S = 0.04
"""A drawing that needed the processor for longer than this is left to the worker from then on."""
_NAME = "chart-statistics"
_READING = ("product", "concentration")
"""Views that read more than the sums of all flows."""
LARGE = 500_000
"""With more flows than this, a choice of them, or a picture not drawn before, is left to the worker."""
_UNDER, _DIGITS = "under", "digits"


class StatisticsDrawing:
    """Draws flows by the core, and remembers which choices of the switches took long here."""

    def __init__(self) -> None:
        self._took: dict[frozenset[tuple[str, str]], float] = {}

    def seconds(self, choices: Mapping[str, str]) -> float | None:
        """Return how long the last drawing with these choices took; None before the first one."""
        return self._took.get(frozenset(choices.items()))

    def draw(self, store: Store, query: FlowQuery, choices: Mapping[str, str], today: datetime.date) -> Picture:
        """Make the picture."""
        # Not by the clock: what another thread or a cold disk took once would keep a quick drawing away for good.
        begin = time.thread_time()
        picture = draw_statistics(store, query, choices, today)
        self._took[frozenset(choices.items())] = time.thread_time() - begin
        return picture

    def is_stale_after(self, notice: ChangeNotice, query: FlowQuery) -> bool:
        """Tell whether a change may alter the picture."""
        return is_stale_after(notice)


class StatisticsChart(FollowingChart):
    """The chart under the table of flows.

    Attributes:
        way: the steps down to the products that are shown.

    Signals:
        narrowed(object): the table shall show no more than these parts of a `FlowQuery`: pairs of name and value; an
            empty value takes the part away.
    """

    IS_LOW: ClassVar[bool] = True
    LISTS: ClassVar[tuple[str, ...]] = (_DIGITS,)
    MOST_BUTTONS: ClassVar[int] = 2  # there are many switches, and the pane is low

    narrowed = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        self._flows = StatisticsDrawing()
        super().__init__(
            workspace, theme, icons, self._flows, FlowQuery(), _NAME, "", FlowChartWords(), parent, jobs
        )  # fmt: skip
        self.setAccessibleName(self.tr("Chart of statistics"))
        self.way = Breadcrumb(icons, _NAME, self)
        self.add_row(self.way)
        self.way.chosen.connect(self.go_to)
        self.way.table_wanted.connect(self._on_way_table_wanted)
        self.stop_opened.connect(self._on_stop_opened)
        self.row_opened.connect(self._on_row_opened)

    def set_query(self, query: FlowQuery) -> None:
        """Show other flows; their order is of no interest here."""
        super().set_query(replace(query, sort=""))

    def choose(self, name: str, value: str) -> None:
        """Set a switch; other series or levels begin at the top again."""
        if name in ("series", _DIGITS):
            self._choices.pop(_UNDER, None)
        super().choose(name, value)

    def go_to(self, code: str) -> None:
        """Show the products below a code; all where it is empty."""
        self._choices.pop(_DIGITS, None)
        self.choose(_UNDER, code)
        self._focus_picture()

    def is_slow(self) -> bool:
        """Tell whether words have to be looked for, a picture like this one took long, or may take long in so much."""
        took = self._flows.seconds(self._choices)
        if (bool(self._query.text.strip()) and not self._query.is_code) or (took or 0) > SLOW_S:
            return True
        is_more_than_sums = self._choices.get("view", "") in _READING or self._query != FlowQuery()
        if took is not None and not is_more_than_sums:
            return False
        return count(self._workspace.store.database, FlowQuery()) > LARGE

    def show_picture(self, chart: Picture) -> None:
        """Show another picture, with the way down to it."""
        ways = next((switch for switch in chart.switches if switch.name == _UNDER), None)
        self.way.show_way(ways.options if ways else (), ways.chosen if ways else "")
        super().show_picture(chart)

    def offered_switches(self, chart: Picture) -> tuple[Switch, ...]:
        """Return the switches but for the way, which has buttons of its own."""
        return tuple(switch for switch in chart.switches if switch.name != _UNDER)

    def empty_words(self) -> str:
        """Say why there is no picture, and what would make one."""
        if self.chart is None or not self.chart.is_empty:
            return ""
        if self._choices.get("view") == "concentration" and len(self.chart.switches) > 1:
            return self.tr("No period can be computed: the codes do not cover the total.")
        if self._workspace.is_open and not count(self._workspace.store.database, FlowQuery()):
            return self.tr("No statistics yet. Import a file of trade statistics (Ctrl+I).")
        if self._query != FlowQuery():
            return self.tr("These filters leave nothing to draw here. Change or clear them, or choose another view.")
        return self.tr("These flows hold nothing that this view can draw. Choose another one.")

    # -- what happens

    def event(self, event: QEvent) -> bool:
        """Take Alt+Left before the window does, as long as it leads back here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_back(event):
            self.way.go_up()
        else:
            super().keyPressEvent(event)

    def _is_back(self, event: QKeyEvent) -> bool:
        alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_key = (event.key() == Qt.Key.Key_Backspace and not alone) or (
            event.key() == Qt.Key.Key_Left and alone == Qt.KeyboardModifier.AltModifier
        )
        return is_key and len(self.way.crumbs) > 1 and self.way.isVisible()

    def _on_timeout(self) -> None:
        if self.isVisible():
            super()._on_timeout()

    def _on_stop_opened(self, found: list[Any]) -> None:
        first = found[0]
        if isinstance(first, BoardStop):
            tile = self.view.tile_of(first) if isinstance(self.view, TreemapView) else None
            self._open_point(tile.point if tile else None)
        else:
            self._open_point(first.point)

    def _on_row_opened(self, row: int) -> None:
        self._open_point(self.point_of_row(row))

    def _open_point(self, point: Point | None) -> None:
        """Lead to the finer codes of a product, or narrow the table down to what a mark stands for."""
        if point is None or not point.narrows:
            return
        parts = dict(point.narrows)
        if _UNDER in parts:
            self.go_to(parts[_UNDER])
        else:
            self.narrowed.emit(narrowing_pairs(point.narrows))

    def _on_way_table_wanted(self) -> None:
        point = next((point for point in points_of(self.chart) if point.narrows), None)  # type: ignore[arg-type]
        if point is not None and self.way.crumbs:
            self.narrowed.emit(narrowing_pairs((*point.narrows, ("text", self.way.crumbs[-1][0]))))

    def _focus_picture(self) -> None:
        """Keep the keyboard in the picture when its buttons have gone."""
        shown = self._stack.currentWidget()
        if shown is not None and self.isAncestorOf(self.window().focusWidget() or self):
            shown.setFocus(Qt.FocusReason.OtherFocusReason)


def narrowing_pairs(narrows: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the parts of a query to be set, each once; the last text counts.

    A part of several values is left open: both flows of a balance, for instance, can't be one value.
    """
    values: dict[str, list[str]] = {}
    for part, value in narrows:
        if part == "text":
            values[part] = [value]
        elif part != _UNDER:
            values.setdefault(part, []).append(value)
    return tuple((part, of[0] if len(set(of)) == 1 else "") for part, of in values.items())

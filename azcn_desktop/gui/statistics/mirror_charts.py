"""What both sides report, drawn: a chart for each currency, above each other over the same years.

Where there is no room for all of them, one is shown with a switch between them: low plots tell nothing.

Knows no store and no record: it shows a `MirrorPicture`.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec.structs import replace
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from azcn_desktop.charts.mirror import MirrorPicture
from azcn_desktop.charts.series import Chart, Switch
from azcn_desktop.gui.charts.card import ChartCard, Picture
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.statistics.chart_words import FlowChartWords
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons

_LEAST_HEIGHT = 128
_ENOUGH = 200
"""What each chart needs at least to stand beside another one."""
_CURRENCY = "currency"


class MirrorCard(ChartCard):
    """One currency; the switches stand above all of them."""

    IS_LOW: ClassVar[bool] = True

    def offered_switches(self, chart: Picture) -> tuple[Switch, ...]:
        """Return none: they are not for one currency alone."""
        return ()

    def empty_words(self) -> str:
        """Say what would make a picture."""
        return self.tr(
            "No whole year of both sides. Import statistics of Azerbaijan and China to see them side by side."
        )


class MirrorCharts(QWidget):
    """One chart or several.

    Attributes:
        cards: those that were needed so far; of them are shown as many as there are currencies.

    Signals:
        switched(str, str): a switch was set in a menu: its name and the value.
        stop_opened(object): the Stops that were clicked or entered, most likely first.
        row_opened(object): the Point of a row of a table that was entered.
    """

    switched = Signal(str, str)
    stop_opened = Signal(object)
    row_opened = Signal(object)

    def __init__(self, theme: ThemeController, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self.cards: list[MirrorCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._currency = ""
        self._picks = SwitchRow("mirror", self, 6)
        self._picks.chosen.connect(self._on_picks_chosen)
        self._picks.hide()
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 14, 0)
        row.addWidget(self._picks)
        self._column.addLayout(row)
        self._n_used = 0
        # After a new size, or with one chart more, the views place themselves first; then their edges are known.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.align)

    @property
    def shown(self) -> list[MirrorCard]:
        """The charts of the picture, from the top; where there is little room, one of them is seen."""
        return self.cards[: self._n_used]

    def show_picture(self, picture: MirrorPicture) -> None:
        """Show another picture."""
        while len(self.cards) < len(picture.charts):
            self._add_card()
        for card, chart in zip(self.cards, picture.charts, strict=False):
            card.setAccessibleName(self.tr("Both sides in {}").format(chart.unit))
            card.show_picture(replace(chart, span=picture.span))
        self._n_used = len(picture.charts)
        options = tuple((chart.scale, chart.unit[:1].upper() + chart.unit[1:]) for chart in picture.charts)
        if self._currency not in dict(options):
            self._currency = options[0][0]
        self._picks.show_switches((Switch(_CURRENCY, self.tr("Currency"), options, self._currency),))
        self._arrange()
        self.align()
        self._later.start()

    def words_of_year(self, year: int) -> list[str]:
        """Return what is drawn for a year: each series with its value."""
        charts = [card.chart for card in self.shown if isinstance(card.chart, Chart)]
        series = [each for chart in charts for each in chart.series]
        return [f"{each.label}: {point.value}" for each in series for point in each.points if point.period == f"{year}"]

    def align(self) -> None:
        """Give all charts the same edges, so that a year stands in the same place in each."""
        views = [card.view for card in self.shown if not card.isHidden() and isinstance(card.view, ChartView)]
        edges = [view.edges() for view in views]
        if edges:
            left, right = max(edge[0] for edge in edges), max(edge[1] for edge in edges)
            for view in views:
                view.keep_edges(left, right)

    def forget(self) -> None:
        """Take away what is said of a mark."""
        for card in self.cards:
            card.forget_stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._later.start()

    def _arrange(self) -> None:
        """Show all charts of the picture above each other where they have room, else the chosen one."""
        is_one = self._n_used > 1 and self.height() < self._n_used * self._theme.px(_ENOUGH)
        self._picks.setVisible(is_one)
        for n, card in enumerate(self.cards):
            is_chosen = card.chart is not None and card.chart.scale == self._currency
            card.setVisible(n < self._n_used and (is_chosen or not is_one))

    def _on_picks_chosen(self, _name: str, currency: str) -> None:
        self._currency = currency
        self._arrange()
        self._later.start()

    def _add_card(self) -> None:
        name = f"mirror-chart-{len(self.cards) + 1}"
        card = MirrorCard(self._theme, self._icons, name, self.tr("Both sides"), FlowChartWords(), self)
        card.setMinimumHeight(self._theme.px(_LEAST_HEIGHT))
        card.switched.connect(self.switched)
        card.stop_opened.connect(self.stop_opened)
        card.row_opened.connect(self._on_row_opened)
        self._column.addWidget(card, 1)
        self.cards.append(card)

    def _on_row_opened(self, row: int) -> None:
        card = self.sender()
        if isinstance(card, MirrorCard) and (point := card.point_of_row(row)) is not None:
            self.row_opened.emit(point)

"""A picture in its frame: title, legend, switches, picture or table of values, remarks, and saving to a file.

It shows what it is given and asks for the rest by signals: where pictures come from, and what opening a mark means, is
for those who derive from it or own it. Knows no store. This and all other modules of this folder are imported after the
first paint.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from azcn_desktop.charts.layout import Stop, stops
from azcn_desktop.charts.series import Chart, Point, Switch
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.errors import UserError
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.charts.export import Sheet, export_chart
from azcn_desktop.gui.charts.legend import Legend
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.charts.table import ValueTable
from azcn_desktop.gui.charts.timeline import TimelineBoard
from azcn_desktop.gui.charts.treemap_view import TreemapView
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.tool_button import tool_button

Picture = Chart | Timeline | Treemap
PictureView = ChartView | TimelineBoard | TreemapView
_HEAD_ROWS, _LOW_ROWS, _LOWEST_ROWS = 2, 3, 2
_LEAST_HEIGHT, _LOW_HEIGHT = 150, 300
_LOWEST_HEIGHT, _LEAST_LEGEND = 215, 150
_FORMATS = ("PNG", "SVG", "PDF", "CSV")
_VIEWS: dict[type, tuple[type, str]] = {
    Chart: (ChartView, "view"), Timeline: (TimelineBoard, "timeline"), Treemap: (TreemapView, "treemap"),
}  # fmt: skip


class Words(Protocol):
    """Puts what is rested on, and where the numbers come from, into words."""

    def of_stop(self, stop: Any, chart: Any) -> list[str]:
        """Return what the read-out says of a stop, headline first."""

    def of_sources(self, chart: Any) -> str:
        """Return the source line of a picture in a file."""


class ChartCard(QWidget):
    """One picture in its frame.

    Attributes:
        chart: the picture that is shown; None before the first.
        words: what the read-out says.
        MOST_BUTTONS: a switch of more options is a list.
        LISTS: names of switches that always are lists.
        IS_LOW: it has little room: remarks keep to one line, and the legend does so where the picture is low; what is
            rested on may be said over the whole card.

    Signals:
        drawn(): another picture is on the screen.
        conflict_wanted(object): what differs from the figure at a Stop shall be shown.
        switched(str, str): a switch was set: its name and the value.
        stop_opened(object): what was clicked or entered in the picture: Stops or BoardStops, most likely first.
        row_opened(object): the number of a row of the table that was entered.
    """

    MOST_BUTTONS: ClassVar[int] = 5
    LISTS: ClassVar[tuple[str, ...]] = ()
    IS_LOW: ClassVar[bool] = False

    drawn = Signal()
    conflict_wanted = Signal(object)
    switched = Signal(str, str)
    stop_opened = Signal(object)
    row_opened = Signal(object)

    def __init__(
        self, theme: ThemeController, icons: Icons, name: str, label: str, words: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icons, self._name = theme, icons, name
        self.words = words
        self.chart: Picture | None = None
        self._views: dict[type, PictureView] = {}
        self._build(label)

    @property
    def view(self) -> PictureView:
        """What draws the picture: plot area, board of lines or tiles; made when it is first needed."""
        kind, name = _VIEWS.get(type(self.chart), _VIEWS[Chart])
        if kind not in self._views:
            self._views[kind] = self._made_view(kind, name)
        return self._views[kind]

    def toggle_table(self) -> None:
        """Change between the picture and its values as a table."""
        self._table_button.toggle()

    def show_picture(self, chart: Picture) -> None:
        """Show another picture."""
        self.chart = chart
        self._title.setText(chart.title)
        self.stop_waiting()
        self._remarks.setText(" · ".join(chart.remarks))
        self._remarks.setVisible(bool(chart.remarks))
        self._switches.show_switches(self.offered_switches(chart))
        self._show_toggles(chart.switches)
        self._legend.show_chart(chart)
        self._place_legend()
        self.view.setAccessibleDescription(f"{chart.title}, {chart.unit}")
        self.view.show_chart(chart)  # type: ignore[arg-type]  # `view` is the one for this kind
        if self._table_button.isChecked():
            self._values.show_table(chart.as_table())
        self._choose_page()
        self.drawn.emit()

    def offered_switches(self, chart: Picture) -> tuple[Switch, ...]:
        """Return the switches that stand in the row."""
        return chart.switches

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key meets here, in this order."""
        return [self._table_button, self._menu_button, self._values, *self._views.values()]

    def point_of_row(self, row: int) -> Point | None:
        """Return what is said of a row of the table; None for a picture without points."""
        if isinstance(self.chart, Chart):
            return [stop.point for stop in stops(self.chart) if not stop.is_event][row]
        return self.chart.tiles[row].point if isinstance(self.chart, Treemap) else None

    def add_row(self, widget: QWidget) -> None:
        """Put something between the switches and the picture."""
        self._box.insertWidget(self._box.indexOf(self._stack), widget)

    def wait_for_picture(self) -> None:
        """Say that another picture is being made; the last one stays meanwhile."""
        self._unit.setText("…")
        self._empty.setText(self.tr("Adding up…"))

    def stop_waiting(self) -> None:
        """Say of the picture that is there what was said before."""
        self._empty.setText(self.empty_words())
        self._unit.setText(self.chart.unit if self.chart else "")

    def empty_words(self) -> str:
        """Return what stands in place of a picture without marks."""
        return self.tr("Nothing to draw in these rows.")

    def forget_stop(self) -> None:
        """Take away what is said of the stop that was rested on."""
        for view in self._views.values():
            view.describe_with([])

    # -- parts

    def _build(self, label: str) -> None:
        name = self._name
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._unit = self._label("section"), self._label("muted")
        self._remarks = ElidedLabel("", self) if self.IS_LOW else self._label("faint")
        self._remarks.setProperty("role", "faint")
        self._empty = self._label("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._remarks.setWordWrap(not self.IS_LOW)
        self._legend = Legend(self._theme, self)
        self._table_button = tool_button(self, self._icons, f"{name}-as-table", "table", self.tr("Show as table (T)"))
        self._table_button.setCheckable(True)
        self._table_button.toggled.connect(self._on_table_toggled)
        self._menu_button = tool_button(self, self._icons, f"{name}-menu", "more", self.tr("Save the chart"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._switches = SwitchRow(name, self, self.MOST_BUTTONS, self.LISTS, is_tight=self.IS_LOW)
        self._switches.chosen.connect(self.switched)
        self._menu = self._made_menu()
        self._toggles: dict[str, QAction] = {}
        self._menu_button.setMenu(self._menu)
        self._values = ValueTable(self._theme, self)
        self._values.setObjectName(f"{name}-values")
        self._values.setAccessibleName(self.tr("Values of the chart"))
        self._values.row_opened.connect(self.row_opened)
        self._values.chart_wanted.connect(self.toggle_table)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._values)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (self._title, self._unit):
            head.addWidget(widget)
        self._head_legend, self._row_legend = QHBoxLayout(), QHBoxLayout()
        head.addLayout(self._head_legend, 1)
        head.addStretch(0)
        head.addWidget(self._table_button)
        head.addWidget(self._menu_button)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(16, 6, 10, 6)
        box.setSpacing(3)
        box.addLayout(head)
        box.addLayout(self._row_legend)
        box.addWidget(self._switches)
        box.addWidget(self._stack, 1)
        box.addWidget(self._remarks)
        self._head_legend.addWidget(self._legend)
        self.setMinimumHeight(_LEAST_HEIGHT)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        return label

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(f"{self._name}-save-menu")
        for kind in _FORMATS:
            words = self.tr("Save values as CSV…") if kind == "CSV" else self.tr("Save chart as {}…").format(kind)
            action = menu.addAction(words)
            action.setObjectName(f"{self._name}-save-{kind.lower()}")
            action.triggered.connect(partial(self._on_save_triggered, kind))
        return menu

    def _made_view(self, kind: type, name: str) -> PictureView:
        view: PictureView = kind(self._theme, self)
        view.setObjectName(f"{self._name}-{name}")
        # The viewport takes the focus of pyqtgraph's views with it, so both bear the name.
        for widget in (view, view.viewport()):
            widget.setAccessibleName(self.accessibleName())
        view.stepped.connect(self._on_view_stepped)
        view.opened.connect(self.stop_opened)
        view.table_wanted.connect(self.toggle_table)
        if self.IS_LOW:
            view.read_out.setParent(self)
        if isinstance(view, ChartView):
            view.conflict_wanted.connect(self.conflict_wanted)
        self._stack.addWidget(view)
        return view

    # -- what happens

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_legend()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.forget_stop()

    def _show_toggles(self, switches: tuple[Switch, ...]) -> None:
        """Keep an action in the menu for each toggle: the chip for it may lack room."""
        wanted = {switch.name: switch for switch in switches if switch.is_toggle}
        self._menu_button.setToolTip(self.tr("Save the chart, set switches") if wanted else self.tr("Save the chart"))
        for name in [name for name in self._toggles if name not in wanted]:
            self._menu.removeAction(self._toggles.pop(name))
        for name, switch in wanted.items():
            if name not in self._toggles:
                action = self._menu.addAction(switch.label)
                action.setObjectName(f"{self._name}-menu-{name}")
                action.setCheckable(True)
                action.triggered.connect(partial(self._on_toggle_triggered, switch))
                self._toggles[name] = action
            self._toggles[name].setChecked(switch.chosen == switch.options[1][0])

    def _on_toggle_triggered(self, switch: Switch, is_checked: bool = False) -> None:
        self.switched.emit(switch.name, switch.options[1 if self._toggles[switch.name].isChecked() else 0][0])

    def _place_legend(self) -> None:
        """Put the legend beside the title, or under it where it needs too many lines there: a low panel has but one."""
        beside = self.width() - self._title.sizeHint().width() - self._unit.sizeHint().width() - self._theme.px(130)
        is_low = self.height() < self._theme.px(_LOW_HEIGHT) and (self.IS_LOW or not self._switches.isHidden())
        is_long = self._legend.rows_in(beside) > (1 if is_low else _HEAD_ROWS)
        is_lowest = self.IS_LOW and self.height() < self._theme.px(_LOWEST_HEIGHT)
        if is_lowest and beside > self._theme.px(_LEAST_LEGEND) and self._legend.rows_in(beside) <= _LOWEST_ROWS:
            is_long = False  # a row of its own would be half of the picture
        wanted, other = (self._row_legend, self._head_legend) if is_long else (self._head_legend, self._row_legend)
        self._legend.set_flush_left(is_long)
        self._legend.set_most_rows(_LOWEST_ROWS if is_lowest else _LOW_ROWS if is_low else 0)
        if wanted.indexOf(self._legend) < 0:
            other.removeWidget(self._legend)
            wanted.addWidget(self._legend)

    def _choose_page(self) -> None:
        if self.chart is None or self.chart.is_empty:
            self._stack.setCurrentWidget(self._empty)
        else:
            self._stack.setCurrentWidget(self._values if self._table_button.isChecked() else self.view)

    def _on_table_toggled(self, is_table: bool) -> None:
        before = self._stack.currentWidget()
        had_focus = before is not None and before.hasFocus()
        if is_table and self.chart is not None:
            self._values.show_table(self.chart.as_table())
        self.forget_stop()
        self._choose_page()
        shown = self._stack.currentWidget()
        if had_focus and shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_view_stepped(self, stop: Stop | BoardStop | None) -> None:
        lines = self.words.of_stop(stop, self.chart) if stop is not None and self.chart is not None else []
        self.view.describe_with(lines)
        if lines:
            self.view.setAccessibleDescription("; ".join(lines))

    # -- saving

    def save(self, path: Path) -> None:
        """Write the chart to a file; the ending says the format. Raises UserError."""
        if self.chart is None:
            raise UserError("There is no chart yet.")
        chart, sources = self.view.chart or self.chart, self.words.of_sources(self.chart)
        export_chart(Sheet(chart, self.view, self._legend, sources, self._theme), path)

    def _on_save_triggered(self, kind: str, is_checked: bool = False) -> None:
        name, pattern = f"{self._title.text()}.{kind.lower()}", f"{kind} (*.{kind.lower()})"
        text, _ = QFileDialog.getSaveFileName(self, self.tr("Save the chart"), name, pattern)
        if not text:
            return
        path = Path(text)
        if path.suffix.lower() != f".{kind.lower()}":
            path = path.with_name(f"{path.name}.{kind.lower()}")
        try:
            self.save(path)
        except UserError as error:
            plain_box(self, self.tr("Not saved"), str(error)).exec()

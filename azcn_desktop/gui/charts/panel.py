"""The chart below a table: title, legend, switches, picture or table, and what is not drawn in words.

It shows exactly the rows that the tab's filter shows, and follows every change: at once, then at most every 50 ms. The
picture itself is made by the pure core (`charts.specs`) and drawn by `view`; this module only brings both
together. It and all other modules of this folder are imported after the first paint.
"""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCursor, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from azcn_desktop.charts.layout import Stop
from azcn_desktop.charts.series import Chart, Switch
from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.errors import UserError
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.charts.export import Sheet, export_chart
from azcn_desktop.gui.charts.legend import Legend
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.charts.table import ValueTable
from azcn_desktop.gui.charts.timeline import TimelineBoard
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.charts.words import ChartWords
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.query import Query

REFRESH_MS = 50
_MENU_TITLES = 15
_HEAD_ROWS = 2
_LEAST_HEIGHT, _LOW_HEIGHT = 150, 300
_FORMATS = ("PNG", "SVG", "PDF", "CSV")


class ChartPanel(QWidget):
    """The chart of one tab.

    Attributes:
        chart: the picture that is shown; None before the first.
        words: what the read-out says.

    Signals:
        record_requested(str, object): table and key of a record to be shown.
        conflict_wanted(object): what differs from the figure at a Stop shall be shown.
        drawn(): another picture is on the screen.
    """

    record_requested = Signal(str, object)
    conflict_wanted = Signal(object)
    drawn = Signal()

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, page: Page, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._theme, self._icons, self._page = workspace, theme, icons, page
        self._spec = CHARTS[page.table]
        self.words = ChartWords(workspace, page.table)
        self._query = Query(page.table)
        self._choices: dict[str, str] = {}
        self._is_stale = True
        self.chart: Chart | Timeline | None = None
        self._views: dict[type, ChartView | TimelineBoard] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._build()
        workspace.changed.connect(self.refresh)
        workspace.opened.connect(self.on_workspace_opened)
        workspace.closing.connect(self.on_workspace_closing)

    # -- what others ask of it

    @property
    def is_ready(self) -> bool:
        """Tell whether a picture is on the screen that follows the last change."""
        return self.chart is not None and not self._is_stale

    @property
    def view(self) -> ChartView | TimelineBoard:
        """The plot area, or the board of lines; made when it is first needed."""
        kind = TimelineBoard if isinstance(self.chart, Timeline) else ChartView
        if kind not in self._views:
            self._views[kind] = self._made_view(kind)
        return self._views[kind]

    def set_query(self, query: Query) -> None:
        """Show the rows of another query."""
        if query != self._query:
            self._query = query
            self._refresh_soon()

    def refresh(self, notice: ChangeNotice) -> None:
        """Follow a change, if it concerns the picture."""
        if self._spec.is_stale_after(notice, self._query):
            self._refresh_soon()

    def finish(self) -> None:
        """Draw now what is still due."""
        if self._is_stale or self.chart is None:
            self._redraw()

    def choose(self, name: str, value: str) -> None:
        """Set a switch."""
        self._choices[name] = value
        self._redraw()

    def toggle_table(self) -> None:
        """Change between the picture and its values as a table."""
        self._table_button.toggle()

    def on_workspace_opened(self) -> None:
        """Draw the other file."""
        self._choices.clear()
        self._refresh_soon()

    def on_workspace_closing(self) -> None:
        """Forget what was read."""
        self._timer.stop()
        self._is_stale = True
        for view in self._views.values():
            view.describe_with([])

    # -- parts

    def _build(self) -> None:
        name = f"chart-{self._page.name}"
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Chart of {}").format(self._page.label.lower()))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._unit, self._remarks = self._label("section"), self._label("muted"), self._label("faint")
        self._empty = self._label("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(self.tr("Nothing to draw in these rows."))
        self._remarks.setWordWrap(True)
        self._legend = Legend(self._theme, self)
        self._switches = SwitchRow(name, self)
        self._switches.chosen.connect(self.choose)
        self._table_button = self._button(f"{name}-as-table", "table", self.tr("Show as table (T)"))
        self._table_button.setCheckable(True)
        self._table_button.toggled.connect(self._on_table_toggled)
        self._menu_button = self._button(f"{name}-menu", "more", self.tr("Save the chart"))
        self._menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = self._made_menu()
        self._toggles: dict[str, QAction] = {}
        self._menu_button.setMenu(self._menu)
        self._values = ValueTable(self._theme, self)
        self._values.setObjectName(f"{name}-values")
        self._values.setAccessibleName(self.tr("Values of the chart"))
        self._values.opened.connect(self._open)
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
        box = QVBoxLayout(self)
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

    def _button(self, name: str, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(text)
        button.setToolTip(text)
        self._icons.set(button, icon)
        return button

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        for kind in _FORMATS:
            words = self.tr("Save values as CSV…") if kind == "CSV" else self.tr("Save chart as {}…").format(kind)
            action = menu.addAction(words)
            action.setObjectName(f"chart-{self._page.name}-save-{kind.lower()}")
            action.triggered.connect(partial(self._on_save_triggered, kind))
        return menu

    def _made_view(self, kind: type[ChartView | TimelineBoard]) -> ChartView | TimelineBoard:
        view = kind(self._theme, self)
        view.setObjectName(f"chart-{self._page.name}-{'view' if kind is ChartView else 'timeline'}")
        # The viewport takes the focus of pyqtgraph's views with it, so both bear the name.
        for widget in (view, view.viewport()):
            widget.setAccessibleName(self.accessibleName())
        view.stepped.connect(self._on_view_stepped)
        view.opened.connect(self._on_view_opened)
        view.table_wanted.connect(self.toggle_table)
        if isinstance(view, ChartView):
            view.conflict_wanted.connect(self.conflict_wanted)
        self._stack.addWidget(view)
        return view

    # -- following

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.finish()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_legend()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for view in self._views.values():
            view.describe_with([])

    def _refresh_soon(self) -> None:
        """Draw at once, or when the last drawing is 50 ms old; not at all before somebody has looked.

        A chart behind another page waits as well, so that what a person sees comes first.
        """
        self._is_stale = True
        if not self._views or self._timer.isActive():
            return
        if self.isVisible():
            self._redraw()
        self._timer.start()

    def _on_timeout(self) -> None:
        if self._is_stale:
            self._redraw()
            self._timer.start()

    def _redraw(self) -> None:
        if not self._workspace.is_open:
            return
        today = datetime.datetime.now().astimezone().date()
        try:
            chart = self._spec.draw(self._workspace.store, self._query, self._choices, today)
        except UserError:
            # The filter field tells what is wrong with the filter; the last picture stays meanwhile.
            self._is_stale = False
            return
        self._is_stale = False
        self._show(chart)

    def _show(self, chart: Chart | Timeline) -> None:
        self.chart = chart
        self._title.setText(chart.title)
        self._unit.setText(chart.unit)
        self._remarks.setText(" · ".join(chart.remarks))
        self._remarks.setVisible(bool(chart.remarks))
        self._switches.show_switches(chart.switches)
        self._show_toggles(chart.switches)
        self._legend.show_chart(chart)
        self._place_legend()
        self.view.setAccessibleDescription(f"{chart.title}, {chart.unit}")
        self.view.show_chart(chart)  # type: ignore[arg-type]  # `view` is the one for this kind
        if self._table_button.isChecked():
            self._values.show_table(chart.as_table())
        self._choose_page()
        self.drawn.emit()

    def _show_toggles(self, switches: tuple[Switch, ...]) -> None:
        """Keep an action in the menu for each toggle: the chip for it may lack room."""
        wanted = {switch.name: switch for switch in switches if switch.is_toggle}
        for name in [name for name in self._toggles if name not in wanted]:
            self._menu.removeAction(self._toggles.pop(name))
        for name, switch in wanted.items():
            if name not in self._toggles:
                action = self._menu.addAction(switch.label)
                action.setObjectName(f"chart-{self._page.name}-menu-{name}")
                action.setCheckable(True)
                action.triggered.connect(partial(self._on_toggle_triggered, switch))
                self._toggles[name] = action
            self._toggles[name].setChecked(switch.chosen == switch.options[1][0])

    def _on_toggle_triggered(self, switch: Switch, is_checked: bool = False) -> None:
        self.choose(switch.name, switch.options[1 if self._toggles[switch.name].isChecked() else 0][0])

    def _place_legend(self) -> None:
        """Put the legend beside the title, or under it where it needs too many lines there: a low panel has but one."""
        beside = self.width() - self._title.sizeHint().width() - self._unit.sizeHint().width() - self._theme.px(130)
        is_low = self.height() < self._theme.px(_LOW_HEIGHT) and not self._switches.isHidden()
        is_long = self._legend.rows_in(beside) > (1 if is_low else _HEAD_ROWS)
        wanted, other = (self._row_legend, self._head_legend) if is_long else (self._head_legend, self._row_legend)
        self._legend.set_flush_left(is_long)
        self._legend.set_one_line(is_low)
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
        self._choose_page()
        shown = self._stack.currentWidget()
        if had_focus and shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- reading out and opening

    def _on_view_stepped(self, stop: Stop | BoardStop | None) -> None:
        lines = self.words.of_stop(stop, self.chart) if stop is not None and self.chart is not None else []
        self.view.describe_with(lines)
        if lines:
            self.view.setAccessibleDescription("; ".join(lines))

    def _on_view_opened(self, found: list[Any]) -> None:
        if isinstance(found[0], BoardStop):
            self.record_requested.emit(found[0].table, found[0].key)
            return
        events = [stop.event for stop in found if stop.event is not None]
        first = found[0]
        if first.event is None and first.point is not None:
            is_one = self.chart is not None and self.chart.kind == "lines"
            self._open(first.point.keys[:1] if is_one else first.point.keys)
        elif len(events) == 1:
            self.record_requested.emit(events[0].table, events[0].key)
        else:
            self._offer([(event.table, event.key, f"{event.title}, {event.date}") for event in events])

    def _open(self, keys: tuple[int, ...]) -> None:
        if len(keys) == 1 or (self.chart is not None and self.chart.kind == "lines"):
            self.record_requested.emit(self._page.table, keys[0])
            return
        titles = self._workspace.store.titles(self._page.table, keys[:_MENU_TITLES])
        self._offer([(self._page.table, key, titles.get(key, "")) for key in keys[:_MENU_TITLES]])

    def _offer(self, records: list[tuple[str, int, str]]) -> None:
        """Ask which of several records is meant."""
        menu = QMenu(self)
        menu.setObjectName(f"chart-{self._page.name}-records")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for table, key, title in records:
            action = menu.addAction(title.replace("&", "&&"))
            action.triggered.connect(partial(self._on_record_chosen, table, key))
        place = QCursor.pos()
        inside = self.view.rect().contains(self.view.mapFromGlobal(place))
        menu.popup(place if inside else self.view.mapToGlobal(QPoint(40, 20)))

    def _on_record_chosen(self, table: str, key: int, is_checked: bool = False) -> None:
        self.record_requested.emit(table, key)

    # -- saving

    def save(self, path: Path) -> None:
        """Write the chart to a file; the ending says the format. Raises UserError."""
        self.finish()
        assert self.chart is not None
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

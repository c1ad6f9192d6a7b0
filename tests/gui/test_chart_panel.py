"""The chart panel: it follows the store and the filter, and is reachable by pointer, keyboard and screen reader."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QTransform
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.layout import Stop
from azcn_desktop.errors import UserError
from azcn_desktop.gui.charts.labels import EndLabels
from azcn_desktop.gui.charts.legend import Legend
from azcn_desktop.gui.charts.panel import ChartPanel
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.pages import BY_NAME, TABS
from azcn_desktop.gui.theme import DARK, LIGHT, Theme, ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import parse_query

Maker = Callable[[str], ChartPanel]


@pytest.fixture
def make(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, qapp: QApplication
) -> Maker:
    """Return a function that shows the panel of a tab."""
    light_theme.apply(qapp)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(900, 340)

    def show(name: str) -> ChartPanel:
        panel = ChartPanel(filled_workspace, light_theme, bare_icons, BY_NAME[name], holder)
        panel.setGeometry(0, 0, 900, 340)
        panel.set_query(parse_query("topic:trade" if name == "trade" else "", SCHEMA[BY_NAME[name].table]))
        holder.show()
        panel.show()
        qtbot.waitUntil(lambda: panel.is_ready, timeout=2000)
        return panel

    return show


def last_of_first_series(panel: ChartPanel) -> tuple[int, float]:
    """Return key and value of the last point of the first series."""
    assert panel.chart is not None
    series = panel.chart.series[0]
    return series.points[-1].keys[0], float(series.y[-1])


def place(panel: ChartPanel, stop: Stop) -> QPointF:
    """Return where a stop lies in the plot area."""
    return panel.view._place(stop)


def click(panel: ChartPanel, at: QPointF) -> None:
    """Press the left button in the plot area."""
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress, at, panel.view.mapToGlobal(at), Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    panel.view.mousePressEvent(event)


def move(panel: ChartPanel, at: QPointF) -> None:
    """Move the pointer over the plot area."""
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, panel.view.mapToGlobal(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    panel.view.mouseMoveEvent(event)


@pytest.mark.parametrize("page", [page.name for page in TABS])
def test_every_tab_has_a_chart_with_a_name(make: Maker, page: str) -> None:
    panel = make(page)
    assert panel.objectName() == f"chart-{page}"
    assert panel.chart is not None
    assert not panel.chart.is_empty
    unnamed = [b.objectName() for b in panel.findChildren(QAbstractButton) if b.isVisible() and not b.accessibleName()]
    assert unnamed == []
    assert panel.view.accessibleName()


def test_chart_follows_an_edit_and_its_undo_at_once(make: Maker, filled_workspace: Workspace) -> None:
    panel = make("trade")
    key, before = last_of_first_series(panel)
    started = time.perf_counter()
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 6e9}))
    assert last_of_first_series(panel) == (key, 6e9)
    assert time.perf_counter() - started < 2.0
    filled_workspace.undo()
    panel.finish()
    assert last_of_first_series(panel) == (key, before)


def test_many_edits_in_a_row_are_drawn_together_and_the_last_one_is_seen(
    make: Maker, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    panel = make("trade")
    key, _ = last_of_first_series(panel)
    drawn: list[float] = []
    panel.drawn.connect(lambda: drawn.append(last_of_first_series(panel)[1]))
    for value in (5e9, 5.1e9, 5.2e9, 5.3e9, 5.4e9):
        filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": value}))
    qtbot.waitUntil(lambda: panel.is_ready, timeout=1000)
    assert drawn[0] == 5e9
    assert drawn[-1] == 5.4e9


def test_a_change_that_does_not_concern_the_chart_draws_nothing(make: Maker, filled_workspace: Workspace) -> None:
    panel = make("meetings")
    drawn: list[bool] = []
    panel.drawn.connect(lambda: drawn.append(True))
    filled_workspace.apply(edits.create(filled_workspace.store, "person", {"name": "Somebody"}))
    assert drawn == []
    assert panel.is_ready


def test_chart_follows_the_filter(make: Maker) -> None:
    panel = make("trade")
    panel.set_query(parse_query("topic:trade year:2023..2024", SCHEMA["figure"]))
    panel.finish()
    assert panel.chart is not None
    assert [point.period for point in panel.chart.series[0].points] == ["2023", "2024"]


def test_a_bad_filter_keeps_the_last_picture(make: Maker) -> None:
    panel = make("trade")
    before = panel.chart
    panel.set_query(parse_query("value:manyhundreds", SCHEMA["figure"]))
    assert panel.chart is before


def test_rows_without_anything_to_draw_say_so(make: Maker) -> None:
    panel = make("meetings")
    panel.set_query(parse_query("nosuchword", SCHEMA["meeting"]))
    panel.finish()
    assert panel._stack.currentWidget() is panel._empty
    panel.set_query(parse_query("", SCHEMA["meeting"]))
    panel.finish()
    assert panel._stack.currentWidget() is panel.view


def test_arrow_keys_step_through_points_and_read_them_out(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert panel.view.read_out.text.splitlines()[:2] == ["$1.5 m", "1992"]
    assert "ADA University" in panel.view.read_out.text
    assert panel.view.accessibleDescription().startswith("$1.5 m; 1992")
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    first = panel.view.stop
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.view.stop is not first
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    assert panel.view.stop is first
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert panel.view.read_out.isHidden()


def test_enter_opens_the_record_of_the_point(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    stop = panel.view.stop
    assert stop is not None
    assert stop.point is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert blocker.args == ["figure", stop.point.keys[0]]


def test_read_out_tells_hedge_side_and_how_many_others(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.point and s.point.value == "nearly $1.3 bn")
    move(panel, place(panel, stop))
    lines = panel.view.read_out.text.splitlines()
    assert lines[:4] == ["nearly $1.3 bn", "2017", "Azerbaijani statistics", "3 other figures"]
    assert lines[4].startswith("Source: ")


def test_click_on_a_point_opens_its_record(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.point and s.point.period == "2025")
    assert stop.point is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        click(panel, place(panel, stop))
    assert blocker.args == ["figure", stop.point.keys[0]]


def test_click_on_an_event_opens_the_meeting(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.event and s.event.label == "Summit, Samarkand")
    assert stop.event is not None
    with qtbot.waitSignal(panel.record_requested) as blocker:
        click(panel, place(panel, stop))
    assert blocker.args == ["meeting", stop.event.key]


def test_a_bar_of_several_records_asks_which(make: Maker, qtbot: QtBot) -> None:
    panel = make("meetings")
    stop = next(s for s in panel.view._stops if s.point and len(s.point.keys) > 3)
    assert stop.point is not None
    panel.view.opened.emit([stop])
    menu = panel.findChild(QMenu, "chart-meetings-records")
    assert menu is not None
    assert len(menu.actions()) == len(stop.point.keys)
    with qtbot.waitSignal(panel.record_requested) as blocker:
        menu.actions()[1].trigger()
    assert blocker.args == ["meeting", stop.point.keys[1]]
    menu.close()


def test_switches_change_the_picture(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    growth = panel.findChild(QPushButton, "chart-trade-measure-growth")
    part = panel.findChild(QPushButton, "chart-trade-span-part")
    assert growth is not None
    assert part is not None
    qtbot.mouseClick(growth, Qt.MouseButton.LeftButton)
    assert panel.chart is not None
    assert panel.chart.title == "Growth of turnover, by year"
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert panel.chart.title == "Growth of turnover, parts of years"
    assert growth.isChecked()


def test_other_figures_are_shown_by_chip_or_menu(make: Maker) -> None:
    panel = make("trade")
    chip = panel.findChild(QPushButton, "chart-trade-others-shown")
    assert chip is not None
    chip.click()
    assert panel.chart is not None
    assert panel.chart.series[0].label == "Other figures"
    action = panel._toggles["others"]
    assert action.isChecked()
    action.trigger()
    assert panel.chart.series[0].label == "Azerbaijani statistics"
    assert not chip.isChecked()


def test_measures_are_chosen_from_a_list(make: Maker) -> None:
    panel = make("trade")
    panel.set_query(parse_query("topic:investment", SCHEMA["figure"]))
    panel.finish()
    chooser = panel.findChild(QComboBox, "chart-trade-investment")
    assert chooser is not None
    row = chooser.findData("Direct investment|USD")
    chooser.setCurrentIndex(row)
    chooser.activated.emit(row)
    assert panel.chart is not None
    assert panel.chart.title == "Direct investment"


def test_t_shows_the_values_as_a_table_and_enter_opens_a_row(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    QAbstractItemModelTester(panel._values.values, QAbstractItemModelTester.FailureReportingMode.Fatal)
    qtbot.keyClick(panel.view, Qt.Key.Key_T)
    assert panel._stack.currentWidget() is panel._values
    model = panel._values.values
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == "2024")
    assert [model.index(row, column).data() for column in (1, 2, 3)] == [
        "Azerbaijani statistics", "3,744,000,000", "$3.744 bn",
    ]  # fmt: skip
    panel._values.setCurrentIndex(model.index(row, 0))
    with qtbot.waitSignal(panel.record_requested) as blocker:
        qtbot.keyClick(panel._values, Qt.Key.Key_Return)
    assert blocker.args == ["figure", model.keys(row)[0]]
    qtbot.keyClick(panel._values, Qt.Key.Key_T)
    assert panel._stack.currentWidget() is panel.view


def test_table_follows_the_chart(make: Maker, filled_workspace: Workspace) -> None:
    panel = make("trade")
    panel.toggle_table()
    key, _ = last_of_first_series(panel)
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 6e9}))
    panel.finish()
    numbers = [panel._values.values.index(n, 2).data() for n in range(panel._values.values.rowCount())]
    assert "6,000,000,000" in numbers


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf", "csv"])
def test_chart_is_saved_whole_with_title_source_and_date(make: Maker, tmp_path: Path, suffix: str) -> None:
    panel = make("trade")
    path = tmp_path / f"chart.{suffix}"
    panel.save(path)
    data = path.read_bytes()
    assert data[:4] == {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF", "csv": b"\xef\xbb\xbfP"}[suffix]
    if suffix == "svg":
        text = data.decode()
        assert "Trade turnover, by year" in text
        assert "Sources: " in text
        assert 'font-family="Inter, ' in text
    if suffix == "csv":
        assert "2024,Azerbaijani statistics,3744000000,$3.744 bn" in data.decode("utf-8-sig")
    if suffix == "png":
        picture = QImage(str(path))
        assert picture.width() == 2 * (panel.view.width() + 48)
        assert picture.pixelColor(4, 4).name() == LIGHT.base
    assert list(tmp_path.glob("chart*")) == [path]


def test_saving_to_a_bad_place_says_why_and_leaves_nothing(make: Maker, tmp_path: Path) -> None:
    panel = make("meetings")
    with pytest.raises(UserError, match="can't be written"):
        panel.save(tmp_path / "missing" / "chart.png")
    with pytest.raises(UserError, match="does not say a format"):
        panel.save(tmp_path / "chart.gif")
    assert not list(tmp_path.glob("chart*"))


def test_theme_and_zoom_change_the_picture(make: Maker, light_theme: ThemeController) -> None:
    panel = make("trade")
    assert panel.view.grab().toImage().pixelColor(2, 2).name() == LIGHT.base
    light_theme.set_mode("dark")
    assert panel.view.grab().toImage().pixelColor(2, 2).name() == DARK.base
    ticks = len(panel.view._axes["bottom"]._tickLevels[0])
    light_theme.set_zoom(1.5)
    assert len(panel.view._axes["bottom"]._tickLevels[0]) < ticks


def test_markup_in_a_record_stays_text(make: Maker, filled_workspace: Workspace, qtbot: QtBot) -> None:
    panel = make("trade")
    stop = next(s for s in panel.view._stops if s.event and s.event.label == "Summit, Samarkand")
    assert stop.event is not None
    title = "<b>Samarkand</b> & <img src=x>"
    store = filled_workspace.store
    filled_workspace.apply(edits.edit_field(store, "meeting", stop.event.key, "title", {"title": title}))
    panel.finish()
    stop = next(s for s in panel.view._stops if s.event and s.event.title == title)
    move(panel, place(panel, stop))
    assert panel.view.read_out.text.startswith(title)
    assert panel.view.read_out._head.textFormat() == Qt.TextFormat.PlainText


def test_another_file_is_drawn_after_opening_it(
    make: Maker, filled_workspace: Workspace, tmp_path: Path, store: object
) -> None:
    panel = make("meetings")
    filled_workspace.open(tmp_path / "empty.azcn")
    panel.finish()
    assert panel.chart is not None
    assert panel.chart.is_empty


def test_no_view_is_made_before_somebody_looks(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    panel = ChartPanel(filled_workspace, light_theme, bare_icons, BY_NAME["projects"])
    qtbot.addWidget(panel)
    panel.set_query(parse_query("status:operating", SCHEMA["project"]))
    assert not panel._views
    assert not panel.is_ready
    panel.finish()
    assert panel.is_ready
    assert panel._views


PLOT_EVERYTHING = """
import sys
from PySide6.QtWidgets import QApplication
from azcn_desktop.charts.series import Chart, Mark, Point, series_of
from azcn_desktop.gui.charts.view import ChartView
from azcn_desktop.gui.theme import ThemeController
app = QApplication([])
theme = ThemeController("light")
theme.apply(app)
view = ChartView(theme)
view.resize(600, 300)
awkward = [None, "", "text", "1e400", 2**63, -2**63 - 1, 10**400, 1e308, -1e308, float("nan"), float("inf"), 5e-324,
           -0.0, True, 0, 2**31, 9007199254740993, b"x", [1.0], 1e18, -1e18, 1.5]
corpus = [(value,) for value in awkward] + [tuple(awkward), ()]
for values in corpus:
    marks = [Mark(2000.5 + n, 2000.5 + n, v, Point((n,), "v", "p"), "about", v, v) for n, v in enumerate(values)]
    series, dropped = series_of("<b>s</b>", "accent", marks, join_within=1.01)
    assert len(series) + dropped == len(values)
    view.show_chart(Chart("t", "u", "lines", "years", "USD", "figure", series=(series,)))
    assert not view.grab().isNull()
print("drawn", len(corpus))
"""


def test_awkward_values_never_take_the_process_down() -> None:
    run = subprocess.run([sys.executable, "-c", PLOT_EVERYTHING], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "drawn 24"


def test_switches_move_together_before_they_take_a_second_row(make: Maker) -> None:
    panel = make("trade")
    row = panel.findChild(SwitchRow)
    assert row is not None
    needed = row._needed(row._groups[: len(row._groups) - row._n_toggles])
    for width, is_one_row in ((needed, True), (needed - 5, True), (needed // 2, False)):
        row.resize(width, row.height())
        buttons = [b for b in row.findChildren(QPushButton) if b.isVisible()]
        assert (len({b.y() for b in buttons}) == 1) == is_one_row
        assert max(b.geometry().right() for b in buttons) < width


def test_the_legend_of_a_low_panel_keeps_to_one_line_and_says_the_rest_under_the_pointer(
    make: Maker, qtbot: QtBot
) -> None:
    panel = make("trade")
    legend = panel.findChild(Legend)
    assert legend is not None
    panel.resize(400, 500)
    qtbot.waitUntil(lambda: legend.height() == legend.whole_height(legend.width()) > legend.whole_height(2_000))
    panel.resize(400, 270)
    qtbot.waitUntil(lambda: legend.height() == legend.whole_height(2_000))
    assert legend.rows_in(legend.width()) > 1
    assert all(entry.text in legend.toolTip() for entry in legend.entries())


def test_switches_grow_with_the_zoom(make: Maker, light_theme: ThemeController, qtbot: QtBot) -> None:
    panel = make("trade")
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Turnover")
    before = button.width()
    light_theme.set_zoom(1.5)
    qtbot.waitUntil(lambda: button.width() >= button.sizeHint().width(), timeout=1000)
    assert button.width() > before


def test_words_know_the_plot_area_of_a_chart_that_was_laid_out_small_at_first(
    make: Maker, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel = make("trade")
    areas: list[float] = []
    draw = EndLabels.draw

    def spy(self: EndLabels, painter: QPainter, to_pixels: QTransform, area: QRectF, theme: Theme) -> None:
        areas.append(area.height())
        draw(self, painter, to_pixels, area, theme)

    monkeypatch.setattr(EndLabels, "draw", spy)
    for height in (150, 400, 260):
        panel.resize(900, height)
        areas.clear()
        panel.grab()
        assert areas
        assert areas[-1] <= panel.view.height()

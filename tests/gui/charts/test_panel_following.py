"""The chart panel follows the store, the filter, the theme and the file."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.series import Chart
from azcn_desktop.gui.charts.following import FollowingChart
from azcn_desktop.gui.charts.panel import ChartPanel
from azcn_desktop.gui.pages import BY_NAME, TABS
from azcn_desktop.gui.statistics.chart_words import FlowChartWords
from azcn_desktop.gui.theme import DARK, LIGHT, ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import parse_query
from tests.gui.charts.pointing import Maker, last_of_first_series


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
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 6e9}))
    assert last_of_first_series(panel) == (key, 6e9)
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


def test_table_follows_the_chart(make: Maker, filled_workspace: Workspace) -> None:
    panel = make("trade")
    panel.toggle_table()
    key, _ = last_of_first_series(panel)
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "figure", key, "value", {"value": 6e9}))
    panel.finish()
    numbers = [panel._values.values.index(n, 2).data() for n in range(panel._values.values.rowCount())]
    assert "6,000,000,000" in numbers


def test_theme_and_zoom_change_the_picture(make: Maker, light_theme: ThemeController) -> None:
    panel = make("trade")
    assert panel.view.grab().toImage().pixelColor(2, 2).name() == LIGHT.base
    light_theme.set_mode("dark")
    assert panel.view.grab().toImage().pixelColor(2, 2).name() == DARK.base
    ticks = len(panel.view._axes["bottom"]._tickLevels[0])
    light_theme.set_zoom(1.5)
    assert len(panel.view._axes["bottom"]._tickLevels[0]) < ticks


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


class _Faulty:
    """A drawing with a bug."""

    def draw(self, *_asked: object) -> Chart:
        raise LookupError("no colour left")

    def is_stale_after(self, *_asked: object) -> bool:
        return True


def test_a_bug_of_a_picture_that_is_shown_is_told_of_in_the_next_turn(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    chart = FollowingChart(
        filled_workspace, light_theme, bare_icons, _Faulty(), None, "chart-faulty", "Chart", FlowChartWords()
    )  # fmt: skip
    qtbot.addWidget(chart)
    with qtbot.captureExceptions() as caught:
        chart.show()
        assert caught == []
        qtbot.waitUntil(lambda: bool(caught), timeout=2000)
    assert [str(error) for _, error, _ in caught] == ["no colour left"]

"""Journey: both sides of 2024 apart, brought together at a rate with its source, a cause, and the flows behind it."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics.cause_dialog import CauseDialog
from azcn_desktop.gui.statistics.mirror_view import MirrorView
from azcn_desktop.gui.statistics.rate_dialog import RateDialog
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.window.main_window import MainWindow
from tests.journeys.driving import stored, type_text


@pytest.fixture
def offices(offices_db: Path, tmp_path: Path) -> Path:
    """A copy of what a first start makes: records, and the values of the statistical offices."""
    return Path(shutil.copyfile(offices_db, tmp_path / "azcn.db"))


def press(window: MainWindow, name: str, qtbot: QtBot) -> None:
    button = window.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible(), name
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_two_currencies_meet_at_a_rate_with_its_source_and_lead_to_their_flows(
    open_window, offices: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(offices), "--tab", "trade")
    press(window, "trade-view-mirror", qtbot)
    mirror = window.tab.lens
    assert isinstance(mirror, MirrorView)
    mirror.finish()
    assert "$3.744 bn" in mirror.head.year.text()
    assert "CNY 17.547 bn" in mirror.head.year.text()
    assert len(mirror.charts.shown) == 2

    press(window, "mirror-rate-give", qtbot)
    dialog = mirror.findChild(RateDialog)
    assert dialog is not None
    for name, words in (("units_per_usd", "7.1"), ("publisher", "中国人民银行, yearly average")):
        dialog.lines[name].setFocus()
        type_text(dialog.lines[name], words)
    qtbot.keyClick(dialog.lines["publisher"], Qt.Key.Key_Return)
    mirror.finish()
    assert len(mirror.charts.shown) == 1
    assert "$2.471 bn" in mirror.head.year.text()
    rates = "SELECT currency, period, units_per_usd, publisher, accepted FROM exchange_rate"
    assert stored(offices, rates) == [("CNY", "2024", 7.1, "中国人民银行, yearly average", 1)]

    mirror.years.table.setFocus()
    qtbot.keyClick(mirror.years.table, Qt.Key.Key_Return)
    asked = mirror.findChild(CauseDialog)
    assert asked is not None
    type_text(asked.text, "Gömrük Komitəsi malları mənşə ölkəsinə görə sayır")
    asked.accept()
    notes = stored(offices, "SELECT direction, period, code, cause, text FROM mirror_note")
    assert notes == [("az_imports", "2024", "TOTAL", "unknown", "Gömrük Komitəsi malları mənşə ölkəsinə görə sayır")]

    press(window, "mirror-years-flows", qtbot)
    statistics = window.tab.lens
    assert isinstance(statistics, StatisticsView)
    query = statistics.flow_query
    assert (query.since, query.until, query.reporters, query.levels) == ("2024", "2024", ("AZ", "CN"), (0,))
    statistics.finish()
    assert statistics.model.rowCount() > 0

    for _ in range(2):
        window.actions_table["undo"].trigger()
    press(window, "trade-view-mirror", qtbot)
    mirror.finish()
    assert len(mirror.charts.shown) == 2
    assert stored(offices, rates) == []
    assert stored(offices, "SELECT count(*) FROM mirror_note") == [(0,)]


def test_switches_factor_year_and_picture_are_as_left_after_a_restart(open_window, offices: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(offices), "--tab", "trade")
    press(window, "trade-view-statistics", qtbot)
    statistics = window.tab.lens
    statistics.chart.choose("view", "treemap")
    statistics.chart.go_to("28")
    press(window, "trade-view-mirror", qtbot)
    mirror = window.tab.lens
    press(window, "mirror-direction-az-imports", qtbot)
    press(window, "mirror-headline-shown", qtbot)
    mirror.head.factor.setValue(1.1)
    qtbot.waitUntil(lambda: "× 1.10" in " ".join(mirror.years.table.rows.table.headers), timeout=2000)
    assert mirror.select_year(2022)
    window.close()

    again = open_window()
    kept = again.tab.lens
    assert isinstance(kept, MirrorView)
    kept.finish()
    for name in ("mirror-direction-az-imports", "mirror-headline-shown"):
        assert again.findChild(QPushButton, name).isChecked()
    assert kept.head.factor.value() == 1.1
    assert kept.year == 2022
    press(again, "trade-view-statistics", qtbot)
    again.tab.lens.finish()
    assert again.tab.lens.chart.way.crumbs[-1][0] == "28"

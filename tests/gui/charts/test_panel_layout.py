"""A chart keeps its words and switches in their place, on the screen and saved as a picture."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.charts.labels import EndLabels
from azcn_desktop.gui.charts.legend import Legend
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.theme import LIGHT, Theme, ThemeController
from tests.gui.charts.pointing import Maker


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


def test_the_legend_of_a_low_panel_shows_all_its_words_on_a_few_lines(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    legend = panel.findChild(Legend)
    assert legend is not None
    panel.resize(460, 240)
    qtbot.waitUntil(lambda: legend.height() == legend.whole_height(legend.width()) > legend.whole_height(2_000))
    assert all(entry.text in legend.toolTip() for entry in legend.entries())


def test_the_legend_of_a_low_and_narrow_panel_keeps_to_three_lines(make: Maker, qtbot: QtBot) -> None:
    panel = make("trade")
    legend = panel.findChild(Legend)
    assert legend is not None
    panel.resize(240, 500)
    qtbot.waitUntil(lambda: legend.height() == legend.whole_height(legend.width()) > 3 * legend.whole_height(2_000))
    panel.resize(240, 270)
    qtbot.waitUntil(lambda: legend.height() == 3 * legend.whole_height(2_000))


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

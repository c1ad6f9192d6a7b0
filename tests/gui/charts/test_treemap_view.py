"""The treemap on the screen: a tile for every product, read by more than its colour, with keys from tile to tile."""

import re

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.series import Point, Role
from azcn_desktop.charts.statistics.treemap import Tile, Treemap, squarified
from azcn_desktop.gui.charts.items import ink
from azcn_desktop.gui.charts.treemap_view import TreemapView, tile_ground
from azcn_desktop.gui.theme import DARK, LIGHT, Theme, ThemeController, contrast
from azcn_desktop.gui.widgets.short_label import wrapped_lines
from azcn_desktop.records.text import fold

_ROLES: tuple[Role, ...] = ("accent", "amber", "blue", "violet", "green", "red", "muted")
_WORDS = "Neft və neft məhsulları, xam; 石油及从沥青矿物提取的油类 " * 3
_VALUES = (40.0, 25.0, 12.0, 8.0, 5.0, 4.0, 3.0, 2.0, 1.0)


def tile(number: int, value: float, rect: tuple[float, float, float, float]) -> Tile:
    code = f"{number + 27}"
    point = Point((), f"${value:g} m", f"{code} {_WORDS}", (f"{value:g} % of the total", _WORDS), (("text", code),))
    return Tile(
        code, code, _WORDS, value, value / 100, rect, _ROLES[number % 7], (0.0, 0.35, 0.6)[number % 3], True, point
    )


def treemap(*values: float) -> Treemap:
    rects = squarified(values)
    tiles = tuple(tile(n, value, rect) for n, (value, rect) in enumerate(zip(values, rects, strict=True)))
    return Treemap("Products", "US dollars", "USD", tiles)


@pytest.fixture
def view(qtbot: QtBot, light_theme: ThemeController, qapp: QApplication) -> TreemapView:
    light_theme.apply(qapp)
    made = TreemapView(light_theme)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show_chart(treemap(*_VALUES))
    made.show()
    return made


def test_tiles_fill_the_place_and_cover_nothing_of_each_other(view: TreemapView) -> None:
    boxes = [stop.box for stop in view.stops]
    assert len(boxes) == len(_VALUES)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    areas = [box.width() * box.height() for box in boxes]
    assert sum(areas) == pytest.approx(700 * 300, rel=0.05)
    assert areas == sorted(areas, reverse=True)


def test_every_tile_is_reached_by_arrows_from_the_largest(view: TreemapView, qtbot: QtBot) -> None:
    view.setFocus()
    found, waiting = {0}, [0]
    while waiting:
        start = waiting.pop()
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            view.rest_on(view.stops[start])
            qtbot.keyClick(view, key)
            assert view.stop is not None
            if view.stop.key not in found:
                found.add(view.stop.key)
                waiting.append(view.stop.key)
    assert found == set(range(len(_VALUES)))


def test_an_arrow_never_goes_the_other_way(view: TreemapView, qtbot: QtBot) -> None:
    view.setFocus()
    for stop in view.stops:
        view.rest_on(stop)
        qtbot.keyClick(view, Qt.Key.Key_Right)
        assert view.stop is not None
        assert view.stop is stop or view.stop.box.left() >= stop.box.right() - 1


def test_enter_opens_a_tile_and_t_asks_for_the_table(view: TreemapView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    found = view.tile_of(opened.args[0][0])
    assert found is not None
    assert found.code == "27"
    with qtbot.waitSignal(view.table_wanted):
        qtbot.keyClick(view, Qt.Key.Key_T)


def test_what_is_rested_on_is_said_with_value_code_and_share(view: TreemapView) -> None:
    words = view.stops[0].words
    assert words[0] == "$40 m"
    assert words[1].startswith("27 Neft və neft")
    assert words[2] == "40 % of the total"


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_on_every_tile_can_be_read_and_its_bar_stands_out(theme: Theme) -> None:
    tiles = treemap(*[1.0] * 21).tiles
    assert min(contrast(theme.text, tile_ground(theme, each)) for each in tiles) >= 4.5
    bars = [contrast(ink(theme, each.role, each.tint).name(), tile_ground(theme, each)) for each in tiles]
    assert min(bars) > 1.3


def test_long_words_in_any_script_break_into_lines_that_fit(light_theme: ThemeController) -> None:
    lines = wrapped_lines(_WORDS, light_theme.font(12), 120, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    plain = re.sub(r"\W", "", fold("".join(lines)))
    assert re.sub(r"\W", "", fold(_WORDS)).startswith(plain[:40])
    assert wrapped_lines("27", light_theme.font(12), 120, 3) == ["27"]
    assert wrapped_lines("", light_theme.font(12), 120, 3) == wrapped_lines("x", light_theme.font(12), 120, 0) == []


def test_a_tiny_place_draws_without_words(view: TreemapView) -> None:
    view.resize(130, 60)
    assert not view.grab().isNull()
    assert view._under(QPointF(-5, -5)) is None
    assert all(QRectF(view.viewport().rect()).contains(stop.box) for stop in view.stops)

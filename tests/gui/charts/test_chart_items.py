"""A series of very many marks is drawn by columns of pixels, and loses no peak by it."""

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTransform

from azcn_desktop.charts.series import Chart, Event, Mark, Point, Series, series_of
from azcn_desktop.gui.charts.items import thinned
from azcn_desktop.gui.charts.labels import EndLabels, _candidates, _first_of_each, _hits, _samples
from azcn_desktop.gui.theme import ThemeController

AREA = QRectF(0, 0, 100, 50)


def series(y: np.ndarray, joined: bool = True) -> Series:
    n = len(y)
    is_joined = np.full(n, joined)
    is_joined[:1] = False
    x = np.arange(n, dtype=np.float64)
    no = np.zeros(n, np.bool_)
    return Series("Many", "accent", x, x, y, y, y, ("exact",) * n, no, is_joined, (Point((1,), "", ""),) * n)


def test_the_single_peak_among_many_marks_is_drawn_at_its_place() -> None:
    y = np.zeros(50_000)
    y[12_345] = 40.0
    lines = thinned(series(y), QTransform.fromScale(100 / 50_000, 1), AREA)
    assert [(line.x1(), line.y1(), line.y2()) for line in lines if line.y2() == 40] == [(24.0, 0.0, 40.0)]
    assert len(lines) <= 2 * 101


@pytest.mark.parametrize(("joined", "leads"), [(True, 99), (False, 0)])
def test_columns_are_joined_where_the_marks_are(joined: bool, leads: int) -> None:
    y = np.arange(20_000, dtype=np.float64)
    lines = thinned(series(y, joined), QTransform.fromScale(100 / 20_000, 1), AREA)
    assert sum(line.x1() != line.x2() for line in lines) == leads


def test_what_lies_outside_the_plot_is_left_out() -> None:
    shown = QTransform.fromTranslate(-30_000, 0)
    lines = thinned(series(np.arange(50_000, dtype=np.float64)), shown, AREA)
    assert {line.x2() for line in lines} == set(range(101))
    assert thinned(series(np.zeros(20)), shown, AREA) == []


def test_an_event_of_the_same_kind_in_the_same_weeks_gets_no_words() -> None:
    days = ((2020.0, "Summit, Baku"), (2020.05, "Summit, Beijing"), (2020.06, "Treaty"), (2020.2, "Summit, Xi'an"))
    events = [Event(x, label, "", "", "meeting", n, 1) for n, (x, label) in enumerate(days)]
    assert [event.label for event in _first_of_each(events)] == ["Summit, Baku", "Treaty", "Summit, Xi'an"]


def test_a_label_covers_neither_a_line_nor_its_marks() -> None:
    mark = [Mark(x, x, y, Point((1,), "", "")) for x, y in ((0.0, 0.0), (100.0, 0.0))]
    line, _ = series_of("Line", "accent", mark, join_within=200.0)
    drawn = _samples([line], QTransform())
    assert _hits(QRectF(40, -5, 20, 10), drawn, [])
    assert _hits(QRectF(98, 2, 20, 10), drawn, [])
    assert not _hits(QRectF(40, 6, 20, 10), drawn, [])
    assert _hits(QRectF(40, 6, 20, 10), drawn, [QRectF(50, 10, 20, 10)])


def test_a_long_name_beside_its_line_is_written_whole_on_several_lines(light_theme: ThemeController) -> None:
    labels = EndLabels()
    labels.font, labels.zoom = light_theme.font(12), 1.0
    label = "China: imports from Azerbaijan, General Administration of Customs"
    chart = Chart(
        "Imports", "US dollars", "lines", "years", "usd", "", series=(replace(series(np.ones(2)), label=label),)
    )
    labels.show_series(chart, 0.0)
    *name, value = labels._lines(labels._series[0])
    assert (" ".join(name), len(name) > 1, value) == (label, True, "1")
    assert labels.width() < 280


@pytest.mark.parametrize(("mark", "is_above"), [(70.0, True), (84.0, True), (116.0, False), (130.0, False)])
def test_the_name_of_a_line_never_lies_on_the_line_of_zero(mark: float, is_above: bool) -> None:
    boxes = _candidates(QPointF(50, mark), 80, 30, 100.0)
    assert not any(box.top() < 100 < box.bottom() for box in boxes)
    assert all((box.bottom() <= 100) == is_above for box in boxes)


def test_names_of_lines_far_from_zero_stand_where_they_stood() -> None:
    far = _candidates(QPointF(50, 70), 80, 30, 1000.0)
    assert [box.top() for box in far] == [55, 74.5, 35.5, 55, 79]

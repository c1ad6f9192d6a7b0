"""A series whose marks would cover each other is drawn as a line, with marks only where there is no neighbour."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter, QTransform
from pytestqt.qtbot import QtBot

from azcn_desktop.charts.series import Point, Series
from azcn_desktop.gui.charts.items import Curve
from azcn_desktop.gui.charts.labels import _hits, _samples
from azcn_desktop.gui.theme import LIGHT

AREA = QRectF(0, 0, 400, 100)


def series(y: np.ndarray, gaps: tuple[int, ...] = (), is_hollow: bool = False) -> Series:
    n = len(y)
    joined = np.ones(n, np.bool_)
    joined[[0, *gaps]] = False
    x = np.arange(n, dtype=np.float64)
    hollow = np.full(n, is_hollow)
    return Series("Many", "accent", x, x, y, y, y, ("exact",) * n, hollow, joined, (Point((1,), "", ""),) * n)


@pytest.fixture
def inked(qtbot: QtBot) -> Callable[[Series, float], np.ndarray]:
    """Draw a series and tell which pixels have ink: shape (100, 400)."""

    def draw(drawn: Series, step: float) -> np.ndarray:
        image = QImage(400, 100, QImage.Format.Format_Grayscale8)
        image.fill(255)
        painter = QPainter(image)
        curve = Curve()
        curve.set_data(drawn)
        curve.draw(painter, QTransform(step, 0, 0, 1, 5, 0), AREA, LIGHT)
        painter.end()
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(100, image.bytesPerLine())
        return rows[:, :400] < 200

    return draw


def heights(ink: np.ndarray) -> set[int]:
    return set(ink.sum(axis=0)[20:300].tolist())


def test_marks_that_have_room_are_drawn_and_crowded_ones_are_a_line(inked) -> None:
    level = np.full(100, 50.0)
    assert max(heights(inked(series(level), 3.9))) > 4
    assert max(heights(inked(series(level), 3.0))) <= 3


def test_a_crowded_value_without_neighbours_keeps_its_mark(inked) -> None:
    ink = inked(series(np.full(120, 50.0), gaps=(40, 41)), 3.0)
    columns = ink.sum(axis=0)
    alone = 5 + 40 * 3
    assert columns[alone] > 4
    assert columns[5 + 20 * 3] in (1, 2, 3)


def test_every_peak_of_a_crowded_series_is_drawn(inked) -> None:
    y = np.full(120, 80.0)
    y[60] = 10.0
    assert inked(series(y), 3.0)[8:14, 5 + 180 - 2 : 5 + 180 + 3].any()


def test_a_label_is_kept_off_marks_lines_and_other_labels() -> None:
    line = series(np.array([0.0, 100.0]))
    drawn = _samples((line,), QTransform(200, 0, 0, 1, 0, 0))
    assert _hits(QRectF(95, 45, 10, 10), drawn, [])  # between the marks, on the line
    assert _hits(QRectF(199, 99, 5, 5), drawn, [])
    assert not _hits(QRectF(150, 10, 20, 10), drawn, [])
    assert _hits(QRectF(150, 10, 20, 10), drawn, [QRectF(160, 15, 5, 5)])

"""Where things lie in a chart panel, and a pointer over it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from azcn_desktop.charts.layout import Stop
from azcn_desktop.gui.charts.panel import ChartPanel

Maker = Callable[[str], ChartPanel]


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

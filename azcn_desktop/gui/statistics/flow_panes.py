"""The panes of the statistics under one another: the table, the strip of the current flow, and the chart.

The chart comes later than the others; its room is kept, so that nothing jumps.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from azcn_desktop.gui.theme import ThemeController

_SIZES = (296, 96, 268)
_LEAST_TABLE, _LEAST_PASSPORT, _LEAST_CHART = 150, 92, 120


class FlowPanes(QSplitter):
    """Three panes; the table has what a larger window gives."""

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self.setObjectName("panes-statistics")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def reserve(self, table: QWidget, passport: QWidget) -> None:
        """Size the panes, which have been made in here, and keep room for the chart."""
        self._room = QFrame(self)
        self._room.setProperty("role", "divided")
        table.setMinimumHeight(self._theme.px(_LEAST_TABLE))
        passport.setMinimumHeight(self._theme.px(_LEAST_PASSPORT))
        self.setSizes([self._theme.px(size) for size in _SIZES])
        self._give_stretch()

    def put(self, chart: QWidget) -> None:
        """Put the chart into its room."""
        chart.setMinimumHeight(self._theme.px(_LEAST_CHART))
        sizes = self.sizes()
        self.replaceWidget(self.indexOf(self._room), chart)
        self._room.deleteLater()
        chart.show()
        self._give_stretch()
        if self.isVisible():
            self.setSizes(sizes)

    def state(self) -> str:
        """Return the sizes for the next start."""
        return bytes(self.saveState().toBase64().data()).decode()

    def restore(self, state: str) -> None:
        """Take what `state` gave."""
        self.restoreState(QByteArray.fromBase64(QByteArray(state.encode())))

    def _give_stretch(self) -> None:
        for place in range(self.count()):
            self.setStretchFactor(place, int(place == 0))

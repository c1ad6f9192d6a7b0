"""The table of a page and what stands below it, in a splitter that keeps room for what comes after the first paint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.theme import ThemeController

_CHART_HEIGHT = 270
_READER_HEIGHT = 430
_LEAST_CHART = 120


class PagePanes(QSplitter):
    """Two panes, one above the other; the upper one is put in by whoever makes it.

    Attributes:
        below: what stands below the table: a frame that keeps its room, or the thing itself; None for nothing.
    """

    def __init__(self, page: Page, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._page, self._theme = page, theme
        self.below: QWidget | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def reserve(self) -> None:
        """Keep the room of what will stand below, so that nothing jumps when it comes."""
        frame = QFrame(self)
        frame.setAccessibleName(self.tr("Chart"))
        frame.setProperty("role", "divided")
        self._place(frame)

    def put(self, chart: QWidget) -> None:
        """Put something into the room that was kept for it."""
        sizes = self.sizes()
        self._place(chart)
        if self.isVisible():  # the sizes of a page that has not been shown are none, and would squeeze the chart
            self.setSizes(sizes)

    def _place(self, widget: QWidget) -> None:
        widget.setObjectName(f"chart-{self._page.name}")
        widget.setMinimumHeight(self._theme.px(_LEAST_CHART))
        if self.below is None:
            self.addWidget(widget)
            height = _READER_HEIGHT if self._page.lower == "reader" else _CHART_HEIGHT
            self.setSizes([self._theme.px(810 - height), self._theme.px(height)])
        else:
            self.replaceWidget(1, widget)
            self.below.deleteLater()
            widget.show()
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        self.below = widget

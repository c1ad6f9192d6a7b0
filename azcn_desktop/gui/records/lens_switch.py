"""The switch over a page: its table, or one of the lenses, each with the number of things it shows.

Segments in one frame, of which one is in force; arrow keys go from one to the next. Knows no lens.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.widgets.plain_label import PlainLabel

_STOP = Qt.FocusPolicy.StrongFocus


class LensSwitch(QWidget):
    """Segments, one for each way to look at a page.

    Signals:
        chosen(str): the name of another one.
        shown(): the switch has come into view.
    """

    chosen = Signal(str)
    shown = Signal()

    def __init__(self, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{page.name}-view")
        self.setAccessibleName(self.tr("Ways to look at {}").format(page.label.lower()))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._labels = {lens.name: lens.label for lens in page.lenses}
        frame = QWidget(self)
        frame.setProperty("role", "segments")
        frame.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        segments = QHBoxLayout(frame)
        segments.setContentsMargins(2, 2, 2, 2)
        segments.setSpacing(2)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for lens in page.lenses:
            button = QPushButton(lens.label, frame)
            button.setObjectName(f"{page.name}-view-{lens.name}")
            button.setAccessibleName(lens.label)
            button.setProperty("role", "segment")
            button.setCheckable(True)
            button.clicked.connect(partial(self._on_clicked, lens.name))
            self._group.addButton(button)
            self._buttons[lens.name] = button
            segments.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 0)
        row.addWidget(frame)
        row.addStretch(1)
        self._summary = PlainLabel("", self)
        self._summary.setObjectName(f"{page.name}-view-summary")
        self._summary.setProperty("role", "muted")
        row.addWidget(self._summary)
        self.choose(page.lenses[0].name)

    @property
    def current(self) -> str:
        """The name of the one that is in force."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    @property
    def names(self) -> Sequence[str]:
        """The names of all, from left to right."""
        return tuple(self._buttons)

    def choose(self, name: str) -> None:
        """Mark the one that is in force; tells nobody."""
        self._buttons[name].setChecked(True)
        for button in self._buttons.values():  # the Tab key stops once, at the one in force
            button.setFocusPolicy(_STOP if button.isChecked() else Qt.FocusPolicy.ClickFocus)

    def set_count(self, name: str, count: int) -> None:
        """Show how many things there are to see."""
        words = f"{self._labels[name]}  {count:,}"
        self._buttons[name].setText(words)
        self._buttons[name].setAccessibleName(words.replace("  ", ", "))

    def say(self, summary: str) -> None:
        """Show in a few words how things stand in what is shown."""
        self._summary.setText(summary)

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that somebody looks."""
        super().showEvent(event)
        self.shown.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom, which the style sheet brings."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def _on_clicked(self, name: str, is_checked: bool = True) -> None:
        self.choose(name)
        self.chosen.emit(name)

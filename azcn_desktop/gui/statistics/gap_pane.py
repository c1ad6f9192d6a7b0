"""A table of how far both sides are apart with its heading, what a row leads to, and what is missing in words."""

from __future__ import annotations

import html

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from azcn_desktop.charts.asymmetry import AsymmetryTable
from azcn_desktop.gui.statistics.gap_table import GapTable
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_label import ElidedLabel


class GapPane(QWidget):
    """Years, or the chapters of a year.

    Attributes:
        table: the rows.

    Signals:
        cause_wanted(): the cause of the current row shall be written down.
        flows_wanted(): the flows of the current row shall be shown.
        menu_wanted(QPoint): a menu for the current row.
    """

    cause_wanted = Signal()
    flows_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, theme: ThemeController, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = GapTable(theme, name, label, self)
        self._title = ElidedLabel(label, self)
        self._title.setProperty("role", "section")
        self._remarks = ElidedLabel("", self)
        self._remarks.setProperty("role", "faint")
        self._cause = self._button(f"{name}-cause", self.tr("Cause…"), self.tr("Write down the cause (Enter)"))
        self._flows = self._button(f"{name}-flows", self.tr("Show in Statistics"), self.tr("Show these flows"))
        self._cause.clicked.connect(self.cause_wanted)
        self._flows.clicked.connect(self.flows_wanted)
        self.table.cause_wanted.connect(self.cause_wanted)
        self.table.menu_wanted.connect(self.menu_wanted)
        self.table.current_changed.connect(self._on_table_current_changed)
        self._can_edit = True
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.setSpacing(6)
        head.addWidget(self._title, 1)
        head.addWidget(self._cause)
        head.addWidget(self._flows)
        below = QHBoxLayout()
        below.setContentsMargins(12, 0, 8, 0)
        below.addWidget(self._remarks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 5, 0, 4)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addLayout(below)

    def show_table(self, title: str, table: AsymmetryTable, can_edit: bool, wanted: str | None = None) -> None:
        """Show other rows; whether a cause can be written down depends on the file."""
        self._can_edit = can_edit
        self._title.setText(title)
        self.table.setAccessibleName(table.title or title)
        self.table.show_table(table, wanted)
        self._remarks.setText(" · ".join(table.remarks))
        self._remarks.setVisible(bool(table.remarks and table.rows))  # an empty table says it in its middle
        self._on_table_current_changed()

    def tab_stops(self) -> list[QWidget]:
        """Return what the Tab key meets here, in this order."""
        return [self.table, self._cause, self._flows]

    def _button(self, name: str, words: str, tip: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(f"<qt>{html.escape(tip)}</qt>")
        button.setProperty("role", "chip")
        return button

    def _on_table_current_changed(self) -> None:
        row = self.table.current_row()
        self._cause.setEnabled(row is not None and self._can_edit)
        self._flows.setEnabled(row is not None)

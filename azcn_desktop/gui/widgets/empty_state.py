"""What stands in a table without rows: a sentence that helps, and a button where something can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from azcn_desktop.gui.widgets.plain_label import PlainLabel


class EmptyState(QWidget):
    """A sentence in the middle of an empty table.

    Signals:
        clear_requested(): the button was pressed: take the filters away.
    """

    clear_requested = Signal()

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        """Stand in a table.

        Args:
            table: whose name the button bears behind its own.
            parent: the part of the table that it covers; None for all of it.
        """
        super().__init__(parent or table)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._title = PlainLabel("", self)
        self._title.setProperty("role", "empty")
        self._hint = PlainLabel("", self)
        self._hint.setProperty("role", "muted")
        for label in (self._title, self._hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._clear = QPushButton(self.tr("Clear filters"), self)
        table.objectNameChanged.connect(self._on_table_named)
        self._on_table_named(table.objectName())
        self._clear.setAccessibleName(self.tr("Clear filters"))
        self._clear.clicked.connect(self.clear_requested)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)  # a low table has room for three lines, if for nothing around them
        column.setSpacing(4)
        column.addStretch(2)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addSpacing(4)
        column.addWidget(self._clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._title.text()

    def say(self, title: str, hint: str, can_clear: bool) -> None:
        """Set the sentence, what can be done, and whether filters can be taken away."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._clear.setVisible(can_clear)

    def _on_table_named(self, name: str) -> None:
        """Name the button after the table, so that no other one in the window is called so."""
        self._clear.setObjectName(f"clear-filters-{name.removeprefix('table-')}")

"""A list of names with a box before each, for choosing several."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

_NAME = Qt.ItemDataRole.UserRole


class CheckList(QFrame):
    """Names to be ticked, in a frame.

    Attributes:
        view: the list itself, which takes the focus.

    Signals:
        changed(): a box was ticked or cleared.
    """

    changed = Signal()

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.view = QListWidget(self)
        self.view.setObjectName(name)
        self.view.setAccessibleName(accessible)
        self.view.setUniformItemSizes(True)
        self.view.itemChanged.connect(self._on_item_changed)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(self.view)

    def fill(self, entries: Iterable[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Show entries, pairs of name and text, with some of them ticked; the first one is current."""
        chosen = set(ticked)
        for name, text in entries:
            item = QListWidgetItem(text, self.view)
            item.setData(_NAME, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_state(name in chosen))
        self.view.setCurrentRow(0)

    def ticked(self) -> list[str]:
        """Return the names that are ticked, in the order of the list."""
        items = [self.view.item(row) for row in range(self.view.count())]
        return [str(item.data(_NAME)) for item in items if item.checkState() is Qt.CheckState.Checked]

    def tick(self, name: str, is_ticked: bool) -> None:
        """Tick or clear one name."""
        for row in range(self.view.count()):
            if self.view.item(row).data(_NAME) == name:
                self.view.item(row).setCheckState(_state(is_ticked))

    def tick_all(self, is_ticked: bool) -> None:
        """Tick or clear every name."""
        for row in range(self.view.count()):
            self.view.item(row).setCheckState(_state(is_ticked))

    def _on_item_changed(self, _item: QListWidgetItem) -> None:
        self.changed.emit()


def _state(is_ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

"""A filter chip: one thing that can be narrowed down, saying in words what it lets through, with a box under it.

Looks and keys of all chips; what is let through, and what there is to choose, is said by those that derive from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton, QWidget

from azcn_desktop.gui.records.filter_popups import FilterPopup

_CROSS = "  ×"
_CROSS_PX = 22


class FilterChip(QPushButton):
    """A filter with a label.

    Attributes:
        name: what it narrows down.
        popup: the box that is open under it, or None.

    Signals:
        changed(): it lets other things through than before.
    """

    changed = Signal()

    def __init__(self, name: str, label: str, parent: QWidget, page: str = "") -> None:
        """Make a chip.

        Args:
            name: what it narrows down.
            label: the same in words.
            parent: the owner.
            page: of the page, which the name of the object ends with; empty for the only one of its name.
        """
        super().__init__(parent)
        self.name = name
        self.popup: FilterPopup | None = None
        self._label = label
        self.setObjectName("-".join(part for part in ("chip", name.replace("_", "-"), page) if part))
        self.setProperty("role", "chip")
        self.setCheckable(True)
        self.clicked.connect(self._on_clicked)
        self._show_state()

    # what kinds of chips differ in

    @property
    def is_active(self) -> bool:
        """Tell whether it lets only some things through."""
        raise NotImplementedError

    @property
    def words(self) -> str:
        """What it lets through, in words."""
        raise NotImplementedError

    def kept(self) -> list[str]:
        """Return what is chosen, for the next start."""
        raise NotImplementedError

    def choose(self, values: Sequence[str]) -> None:
        """Choose stored words, or the first and last of a range; nothing clears."""
        raise NotImplementedError

    def _make_popup(self) -> FilterPopup:
        raise NotImplementedError

    # common

    def choose_quietly(self, values: Sequence[str]) -> None:
        """Choose without telling of it: whoever sets several chips tells once."""
        self.blockSignals(True)
        self.choose(values)
        self.blockSignals(False)

    def clear(self) -> None:
        """Let everything through."""
        if self.is_active:
            self.choose([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the filter by Delete, open it by Down."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Clear the filter by a click on its cross."""
        on_cross = event.position().x() > self.width() - _CROSS_PX
        if self.is_active and on_cross and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.clear()
            return
        super().mouseReleaseEvent(event)

    def _on_clicked(self) -> None:
        self._show_state()
        self.popup = self._make_popup()
        self.popup.destroyed.connect(self._on_popup_destroyed)
        self.popup.open_under(self)

    def _on_popup_destroyed(self) -> None:
        self.popup = None

    def _show_state(self) -> None:
        self.setChecked(self.is_active)
        words = self.words if self.is_active else self._label
        self.setText((words + _CROSS if self.is_active else words).replace("&", "&&"))
        self.setAccessibleName(f"{self._label}: {words}" if self.is_active else self._label)
        self.setToolTip(self.tr("Click to change, Delete to clear") if self.is_active else "")
        self.updateGeometry()

    def _take_over(self) -> None:
        self._show_state()
        self.changed.emit()

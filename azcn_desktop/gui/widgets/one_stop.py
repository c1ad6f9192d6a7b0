"""A scroll area at which the Tab key stops once, at whatever stands for the rest; arrows lead on from there.

What it holds may be made anew at any time, and would then stand behind everything else in the order of the Tab key. A
focus proxy does not help: Qt goes on from the place of the proxy, and jumps over all that was made before.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class OneStop(QScrollArea):
    """Hands the keyboard to its stop, and lets the Tab key leave from its own place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stop: QWidget | None = None
        self._is_leaving = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_stop(self, stop: QWidget) -> None:
        """Stop at another widget in it; none in it should take the focus by the Tab key by itself."""
        self._stop = stop
        if self.hasFocus():
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on."""
        super().focusInEvent(event)
        if self._stop is not None and not self._is_leaving:
            self._stop.setFocus(event.reason())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go to what stands before or behind the whole."""
        self._is_leaving = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_leaving = False
        is_found = super().focusNextPrevChild(is_next)
        if self.hasFocus() and self._stop is not None:  # nothing else takes it
            self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        return is_found

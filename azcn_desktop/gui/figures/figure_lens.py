"""What audit and conflicts share: both show what the evidence of figures finds, as soon as it is ready."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.records.lens import Lens
from azcn_desktop.gui.workspace import Workspace


class FigureLens(Lens):
    """A lens on what is found in figures.

    A lens of this kind says in `_say_why_empty` why there is nothing to see, and calls `_follow_evidence` once built.
    """

    def __init__(self, workspace: Workspace, evidence: FigureEvidence, parent: QWidget | None = None) -> None:
        super().__init__("figure", parent)
        self._workspace, self._evidence = workspace, evidence

    def finish(self) -> None:
        """Check and compare all figures now."""
        self._evidence.finish()

    def _follow_evidence(self) -> None:
        self._evidence.changed.connect(self.follow)
        self._evidence.watch_with(self.isVisible)

    def _has_evidence(self) -> bool:
        """Tell whether there is something to show; if not, ask for it where anybody looks, and say so."""
        self._evidence.catch_up()
        if self._evidence.is_ready or self._evidence.figures:
            return True
        if self.isVisible():
            self._evidence.want()
        self._say_why_empty()
        return False

    def _say_why_empty(self) -> None:
        raise NotImplementedError

    def _chip(self, name: str, label: str) -> QPushButton:
        chip = QPushButton(label, self)
        chip.setObjectName(name)
        chip.setAccessibleName(label)
        chip.setProperty("role", "chip")
        chip.setCheckable(True)
        return chip

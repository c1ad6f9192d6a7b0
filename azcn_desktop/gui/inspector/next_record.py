"""The record that the inspector shows next: beside rows that have just come, a turn later than these.

Table, chart and form together take longer than a key may wait, so the form of a record that nobody has chosen by hand
comes when the rows have been painted, and only that of the last one. Whoever asks the window for its inspector gets it
with that record. Knows no table.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from azcn_desktop.errors import UserError
from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.workspace import Workspace


class NextRecord(QObject):
    """What one inspector is still to show.

    Attributes:
        inspector: as it stands.
    """

    def __init__(self, workspace: Workspace, inspector: Inspector, tell: Callable[[str, bool], None]) -> None:
        """Show nothing yet.

        Args:
            workspace: when its file is closed, nothing is to be shown.
            inspector: shows it, and owns this.
            tell: says a sentence to the person; True for a problem.
        """
        super().__init__(inspector)
        self.inspector, self._tell = inspector, tell
        self._wanted: tuple[str, int | None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.catch_up)
        workspace.closing.connect(self._drop)

    def show(self, table: str, key: int | None, *, soon: bool) -> None:
        """Show a record, or none where the key is None: now, or in the next turn of the event loop."""
        self._wanted = table, key
        if soon:
            self._soon.start()
        else:
            self.catch_up()

    def catch_up(self) -> Inspector:
        """Return the inspector with what it is to show."""
        wanted = self._drop()
        if wanted is not None:
            table, key = wanted
            try:
                self.inspector.show_record(table, key)
            except UserError as error:  # the record before must not stay beside another row
                self.inspector.show_record(table, None)
                self._tell(str(error), True)
        return self.inspector

    def _drop(self) -> tuple[str, int | None] | None:
        self._soon.stop()
        wanted, self._wanted = self._wanted, None
        return wanted

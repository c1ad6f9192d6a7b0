"""Copying of flows: read and written a page at a time, so that thousands of rows do not hold the window up.

Numbers go as they are stored, words as they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from azcn_desktop.gui.records.row_copying import CopiedLines, exact
from azcn_desktop.gui.statistics.flow_columns import FlowColumn
from azcn_desktop.gui.statistics.flow_pages import PAGE_ROWS
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.flows.deriving import Derived, derive
from azcn_desktop.store.flows.rows import Flow, flows


class FlowCopying(QObject):
    """Puts flows on the clipboard: one page at once, more of them while the window lives.

    Signals:
        copied(int): so many rows are on the clipboard.
    """

    copied = Signal(object)

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._columns: Sequence[FlowColumn] = ()
        self._waiting: list[int] = []
        self._lines = CopiedLines(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._copy_page)
        workspace.closing.connect(self._timer.stop)

    def start(self, keys: Sequence[int], columns: Sequence[FlowColumn]) -> None:
        """Begin to copy columns of some flows, in place of what is being copied."""
        self._waiting, self._columns = list(keys), columns
        self._lines = CopiedLines([column.label for column in columns])
        self._timer.start()
        self._copy_page()

    def _copy_page(self) -> None:
        database = self._workspace.store.database
        page = flows(database, self._waiting[:PAGE_ROWS])
        del self._waiting[:PAGE_ROWS]
        is_derived = any(column.derived for column in self._columns)
        derived = derive(database, page) if is_derived else [None] * len(page)
        self._lines.add([self._line(*pair) for pair in zip(page, derived, strict=True)])
        if not self._waiting:
            self._timer.stop()
            if len(self._lines):
                QGuiApplication.clipboard().setMimeData(self._lines.data())
            self.copied.emit(len(self._lines))

    def _line(self, flow: Flow, derived: Derived | None) -> list[str]:
        return [
            exact(getattr(derived if column.derived else flow, column.name, None))
            if column.style == "number" or column.text is None
            else column.text(flow)
            for column in self._columns
        ]

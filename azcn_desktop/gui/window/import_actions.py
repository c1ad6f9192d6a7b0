"""Files that come in: by the menu, or dropped onto the window; statistics and records each to their dialog.

What a file is, its content tells, and the dialogs find out: each hands a file over that belongs to the other. Several
files are taken one after the other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMimeData, QObject, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from azcn_desktop.gui.messages import plain_box

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow

SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".xlsx", ".gz", ".zip", ".parquet")
_STATISTICS_PAGE = "figure"
# The window and a dialog over it are painted before a worker computes, which would let the painter wait again and again
# for the interpreter. Qt asks for a paint 5 ms after the last change, and timers that are due come in their order.
_PAINTED_MS = 30
_DROPS = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class ImportActions(QObject):
    """Handlers of Import and Datasets, and of files that are dropped."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: deque[Path] = deque()
        self._taken = self._all = 0
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def on_import(self) -> None:
        """Ask for a file: of statistics on the trade page, of records on the others."""
        if self._window.table == _STATISTICS_PAGE:
            self._open_statistics()
        else:
            self._open_records()

    def on_datasets(self) -> None:
        """Show the imported datasets."""
        self._window.dialogs.datasets(self._window.parts.for_dialogs, self._window).open()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Import files one after the other; what can't be imported is refused with a sentence."""
        if not self._window.workspace.can_edit:
            self._refuse(self.tr("Nothing can be imported now: the file is read-only, or an import is running."))
            return
        folders = [path for path in paths if path.is_dir() and not _holds_parquet(path)]
        others = [path for path in paths if not path.is_dir() and path.suffix.lower() not in SUFFIXES]
        if folders:
            self._refuse(self.tr("{} is a folder. Drop the files in it instead.").format(folders[0].name))
        elif others:
            known = ", ".join(SUFFIXES)
            self._refuse(self.tr("{} can't be imported. Possible are {}.").format(others[0].name, known))
        self._waiting.extend(path for path in paths if path not in folders and path not in others)
        self._all = len(self._waiting)
        self._taken = 0
        if not folders and not others:
            self._take_next()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files that are dropped anywhere on the window; what a page takes itself never comes here."""
        if event.type() in _DROPS and watched is self._window:
            drop = cast(QDropEvent, event)
            paths = _files(drop.mimeData())
            if paths and self._window.workspace.is_open:
                drop.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.take_files(paths)
                return True
        return super().eventFilter(watched, event)

    def _open_statistics(self, path: Path | None = None) -> None:
        window = self._window
        dialog = window.dialogs.statistics(window.parts.for_dialogs, window.parts.settings, window)
        dialog.imported.connect(window.status.tell)
        dialog.records_found.connect(partial(self._hand_over, dialog, self._open_records))
        self._begin(dialog, path)

    def _open_records(self, path: Path | None = None) -> None:
        window = self._window
        dialog = window.dialogs.import_(window.parts.for_dialogs, window.table, window)
        dialog.statistics_found.connect(partial(self._hand_over, dialog, self._open_statistics))
        self._begin(dialog, path)

    def _begin(self, dialog: QDialog, path: Path | None) -> None:
        if self._all > 1:
            title = self.tr("{} – file {} of {}").format(dialog.windowTitle(), self._taken, self._all)
            dialog.setWindowTitle(title)
        dialog.finished.connect(self._on_finished)
        dialog.open()
        if path is not None:
            QTimer.singleShot(_PAINTED_MS, partial(_choose, dialog, path))

    def _hand_over(self, dialog: QDialog, open_other: object, path: Path) -> None:
        """Let the other dialog take a file; the present one closes itself and is not the end of that file."""
        if isValid(dialog) and callable(open_other):
            dialog.finished.disconnect(self._on_finished)
            open_other(path)

    def _on_finished(self, _result: object) -> None:
        self._take_next()

    def _take_next(self) -> None:
        if self._waiting:
            self._taken += 1
            self._open_statistics(self._waiting.popleft())
        else:
            self._all = self._taken = 0

    def _refuse(self, sentence: str) -> None:
        box = plain_box(self._window, self.tr("This was not imported"), sentence)
        box.setObjectName("refusal")
        box.finished.connect(self._on_finished)
        box.open()


def _choose(dialog: QDialog, path: Path) -> None:
    """Give a dialog its file, unless it was closed in between."""
    if isValid(dialog) and dialog.isVisible():
        dialog.choose(path)  # type: ignore[attr-defined]


def _holds_parquet(folder: Path) -> bool:
    """Tell whether a folder is a table in files of Parquet, perhaps parted as in `year=2024`; looks no deeper."""
    try:
        return any(
            part.suffix.lower() == ".parquet" or (part.is_dir() and "=" in part.name) for part in folder.iterdir()
        )
    except OSError:
        return False


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

"""What the File menu does: new, open, recent, copies, import, export and bibliography."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtWidgets
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.widgets.popup_menu import add_line
from azcn_desktop.gui.window.import_actions import ImportActions
from azcn_desktop.gui.window.leaving import may_drop_typing
from azcn_desktop.progress import Progress
from azcn_desktop.store.backup import save_copy
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow

_FILES = "AZCN databases (*.db *.azcn *.sqlite);;All files (*)"


class FileActions(QObject):
    """Handlers of the File menu.

    Attributes:
        recent_menu: the files that were open last.
        imports: takes files that are chosen or dropped.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._made: Path | None = None
        self.recent_menu = QMenu(self.tr("Open &Recent"), window)
        self.recent_menu.setObjectName("menu-recent")
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        self._fill_recent()
        self.imports = ImportActions(window)

    def on_new_file(self) -> None:
        """Make a new database from the reference data and open it."""
        name, _ = QtWidgets.QFileDialog.getSaveFileName(
            self._window, self.tr("New database"), self._folder("azcn.db"), _FILES
        )
        if name:
            self.make(Path(name))

    def make(self, path: Path) -> None:
        """Make a database on the worker and open it when it is there."""
        if path.exists():
            self._refuse(self.tr("{} exists already. Choose another name, or open it.").format(path))
            return
        job = self._window.parts.jobs.submit_without_store(
            self.tr("Building the database"), partial(_build, self._window.parts.build_database, path)
        )
        job.succeeded.connect(self._on_made)
        job.failed.connect(self._on_failed)
        job.ended.connect(self._on_making_ended)

    def on_open(self) -> None:
        """Choose a file and open it."""
        name, _ = QtWidgets.QFileDialog.getOpenFileName(self._window, self.tr("Open database"), self._folder(), _FILES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Open a file in place of the present one, which stays open when that fails."""
        if self._window.parts.jobs.running:
            self._refuse(
                self.tr("Work on the present file is still running. Wait for it, or cancel it in the status line.")
            )
            return
        if not may_drop_typing(self._window):
            return
        try:
            self._window.workspace.open(path)
        except UserError as error:
            self._refuse(str(error))

    def on_save_copy(self) -> None:
        """Choose a name and write a checked copy there."""
        present = self._window.workspace.store.path
        proposed = self._folder(f"{present.stem}-copy{present.suffix}")
        name, _ = QtWidgets.QFileDialog.getSaveFileName(self._window, self.tr("Save a copy"), proposed, _FILES)
        if name:
            self.save_copy(Path(name))

    def save_copy(self, target: Path) -> None:
        """Write a checked copy on the worker."""
        job = self._window.parts.jobs.submit(
            self.tr("Saving a copy"), partial(_save_copy, target), self._window.workspace.store.path
        )
        job.succeeded.connect(self._on_copied)
        job.failed.connect(self._on_failed)

    def on_export(self) -> None:
        """Open the export dialog for the shown page with its filter and selection."""
        window = self._window
        tab = window.tab
        choice = tab.lens.export_choice() if tab.lens else None
        table, query, selected = tab.table, tab.query, tab.selected_keys()
        if choice is not None:
            table, query, selected = choice.table, Query(choice.table), list(choice.selected)
        dialog = window.dialogs.export(
            window.parts.for_dialogs, table, query, selected, window,
            choice.shown if choice else None, choice.n_shown if choice else 0,
        )  # fmt: skip
        dialog.open()

    def on_bibliography(self) -> None:
        """Open the dialog for the sources of the shown page, of the selection or of all records."""
        window = self._window
        tab = window.tab
        dialog = window.dialogs.bibliography(window.parts.for_dialogs, tab.query, tab.selected_keys(), window)
        dialog.open()

    def on_import(self) -> None:
        """Ask for a file and import it."""
        self.imports.on_import()

    def on_datasets(self) -> None:
        """Show what was imported."""
        self.imports.on_datasets()

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for place, path in enumerate(self._window.parts.settings.recent_files(), 1):
            add_line(self.recent_menu, f"{place}", str(path), partial(self._open_recent, path))
        if self.recent_menu.isEmpty():  # a menu that is off would never ask again
            add_line(self.recent_menu, "none", self.tr("None yet")).setEnabled(False)

    def _open_recent(self, path: Path, _checked: bool = False) -> None:
        self.open(path)

    def _folder(self, name: str = "") -> str:
        return str(self._window.workspace.store.path.parent / name)

    def _refuse(self, sentence: str) -> None:
        box = plain_box(self._window, self.tr("This did not work"), sentence)
        box.setObjectName("refusal")
        box.open()

    def _on_made(self, path: object) -> None:
        self._made = path if isinstance(path, Path) else None

    def _on_making_ended(self) -> None:
        """Open what was made: only now, since a job that counts as running lets no other file be opened."""
        made, self._made = self._made, None
        if made is not None:
            self.open(made)

    def _on_copied(self, path: object) -> None:
        self._window.status.tell(self.tr("Saved a copy: {}").format(path))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Cancelled):
            self._window.status.tell(self.tr("Cancelled; nothing was written."))
        elif isinstance(error, UserError):
            self._refuse(str(error))
        elif isinstance(error, Exception):
            self._window.parts.crashes.handle(type(error), error, error.__traceback__)


def _build(build: Callable[..., None], path: Path, progress: Progress) -> Path:
    build(path, progress)
    return path


def _save_copy(target: Path, store: Store, progress: Progress) -> Path:
    return save_copy(store, target, progress)

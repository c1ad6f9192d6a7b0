"""The bridge between the pure core and Qt: one open file, and one signal when something in it has changed.

Widgets read through `store`, write through `apply`, and listen to `changed`. Nothing else in `gui` opens a file, except
the job runner with a store of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from azcn_desktop.errors import ReadOnly, UserError
from azcn_desktop.gui.job_runner import Job, JobRunner
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.schema import Schema
from azcn_desktop.store.opening import open_store
from azcn_desktop.store.store import Store


class Workspace(QObject):
    """One open file, as widgets see it.

    Signals:
        opened(): another file is open; everything must be read anew.
        changed(ChangeNotice): rows were written, by an edit, undo, redo or a finished job.
        closing(): the file is about to be closed; drop what was read from it.
        busy_changed(bool): a writing job has begun or ended; no edit is possible in between.
    """

    opened = Signal()
    changed = Signal(object)
    closing = Signal()
    busy_changed = Signal(bool)

    def __init__(self, bring_up_to_date: Callable[[Path], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bring_up_to_date = bring_up_to_date
        self._store: Store | None = None
        self._is_busy = False
        self._seen_version: int | None = None

    @property
    def store(self) -> Store:
        """The open store; asking without an open file is a bug."""
        assert self._store is not None, "no file is open"
        return self._store

    @property
    def is_open(self) -> bool:
        """Tell whether a file is open."""
        return self._store is not None

    @property
    def schema(self) -> Schema:
        """The declarations."""
        return self.store.schema

    @property
    def can_edit(self) -> bool:
        """Tell whether records can be edited now."""
        return self._store is not None and not self._store.is_read_only and not self._is_busy

    def open(self, path: Path, read_only: bool = False) -> None:
        """Open a file in place of the present one, which stays open when this fails. Raises UserError."""
        self._refuse_if_busy()
        store = open_store(path, read_only, self._bring_up_to_date)
        self.close()
        self._store = store
        self._seen_version = store.database.data_version()
        self.opened.emit()

    def close(self) -> None:
        """Close the file."""
        if self._store is not None:
            self.closing.emit()
            self._store.close()
            self._store = None

    def apply(self, change_set: ChangeSet) -> ChangeNotice:
        """Write a step and tell everyone. Raises UserError (Refused, Conflict, ReadOnly, Busy)."""
        self._refuse_if_busy()
        return self._tell(self.store.apply(change_set))

    def undo(self) -> ChangeNotice:
        """Take back the last step and tell everyone. Raises UserError."""
        self._refuse_if_busy()
        return self._tell(self.store.undo())

    def redo(self) -> ChangeNotice:
        """Do the last undone step again and tell everyone. Raises UserError."""
        self._refuse_if_busy()
        return self._tell(self.store.redo())

    def empty_trash(self) -> ChangeNotice:
        """Remove what is in the trash for good and tell everyone. Raises UserError."""
        self._refuse_if_busy()
        return self._tell(self.store.empty_trash())

    def notice_outside_changes(self) -> None:
        """Ask whether another program has written to the file, and if so tell everyone that all may differ."""
        if self._store is None or self._is_busy:
            return
        try:
            version = self._store.database.data_version()
        except UserError:
            return  # in use at this moment; the next look will tell
        if self._seen_version is not None and version != self._seen_version:
            self.changed.emit(ChangeNotice({record_type.name: None for record_type in self._store.schema}))
        self._seen_version = version

    def tell(self, notice: ChangeNotice) -> None:
        """Pass on what a finished job has written through its own store."""
        self._tell(notice)

    def write_on(self, jobs: JobRunner, label: str, write: Callable[[Store, Progress], ChangeNotice]) -> Job:
        """Let the worker write a long step and then tell everyone; no edit is possible meanwhile.

        Args:
            jobs: the worker.
            label: what is done, in words.
            write: writes through the store of the worker.

        Returns:
            The job; a refusal comes with its signal.

        Raises:
            ReadOnly: another one is being written.
        """
        self._refuse_if_busy()
        job = jobs.submit(label, partial(_held_back, write), self.store.path, read_only=False)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        self.set_busy(True)
        return job

    def set_busy(self, is_busy: bool) -> None:
        """Say that a writing job has begun or ended."""
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)

    def _tell(self, notice: ChangeNotice) -> ChangeNotice:
        if notice.tables:
            self.changed.emit(notice)
        return notice

    def _on_job_succeeded(self, notice: ChangeNotice) -> None:
        self.set_busy(False)
        if self.is_open:
            self._tell(notice)

    def _on_job_failed(self, _error: Exception) -> None:
        self.set_busy(False)

    def _refuse_if_busy(self) -> None:
        if self._is_busy:
            raise ReadOnly("A longer step is being written. Wait until it has ended, or cancel it; then edit on.")


def _held_back(write: Callable[[Store, Progress], ChangeNotice], store: Store, progress: Progress) -> ChangeNotice:
    store.database.hold_back()
    return write(store, progress)

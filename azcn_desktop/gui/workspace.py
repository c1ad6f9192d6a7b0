"""The bridge between the pure core and Qt: one open file, and one signal when something in it has changed.

Widgets read through `store`, write through `apply`, and listen to `changed`. Nothing else in `gui` opens a file, except
the job runner with a store of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from azcn_desktop.errors import ReadOnly, UserError
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

    def set_busy(self, is_busy: bool) -> None:
        """Say that a writing job has begun or ended."""
        if is_busy != self._is_busy:
            self._is_busy = is_busy
            self.busy_changed.emit(is_busy)

    def _tell(self, notice: ChangeNotice) -> ChangeNotice:
        if notice.tables:
            self.changed.emit(notice)
        return notice

    def _refuse_if_busy(self) -> None:
        if self._is_busy:
            raise ReadOnly("An import is running. Wait until it has ended, or cancel it; then edit on.")

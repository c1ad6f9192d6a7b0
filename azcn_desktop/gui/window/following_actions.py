"""What follows records up over time: a dated check of a commitment, and a place in a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from azcn_desktop.gui.window.leaving import may_go_on
from azcn_desktop.store.check_history import checked_field
from azcn_desktop.store.dossiers import can_join

if TYPE_CHECKING:
    from azcn_desktop.gui.records.record_tab import RecordTab
    from azcn_desktop.gui.window.main_window import MainWindow


class FollowingActions(QObject):
    """Handlers of Add Check and Add to Dossier; the dialogs write, this says what was done."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def listen_to(self, tab: RecordTab) -> None:
        """Do what a page asks for its records."""
        tab.check_requested.connect(self.check)
        tab.dossier_requested.connect(self.on_add_to_dossier)

    def on_add_check(self) -> None:
        """Check the selected commitment."""
        key = self._window.tab.current_key()
        if key is not None:
            self.check(self._window.table, key)

    def check(self, table: str, key: int, typed: str = "") -> None:
        """Ask what was found of a record.

        Args:
            table, key: the record.
            typed: what was typed over the old value; chooses the status that begins so.
        """
        if not self._window.workspace.can_edit or not may_go_on(self._window):
            return
        record = self._window.workspace.store.get(table, key)
        if record is None or record.is_deleted or checked_field(record.record_type) is None:
            return
        dialog = self._window.dialogs.check(self._window.workspace, record, self._window)
        dialog.start_with(typed)
        self._open(dialog)

    def on_add_to_dossier(self) -> None:
        """Put the selected records into a dossier."""
        table = self._window.table
        keys = self._window.tab.selected_keys()
        if not keys or not can_join(self._window.workspace.store, table) or not may_go_on(self._window):
            return
        records = [(table, key) for key in keys]
        self._open(self._window.dialogs.dossier(self._window.workspace, records, self._window))

    def refresh(self, is_record: bool) -> None:
        """Enable what the shown page has records for."""
        window, actions = self._window, self._window.actions_table
        store, table = window.workspace.store, window.table
        can = is_record and not window.tab.is_trash
        actions["add-check"].setEnabled(can and checked_field(store.schema[table]) is not None)
        actions["add-to-dossier"].setEnabled(can and can_join(store, table))

    def on_finished(self, result: int) -> None:
        """Tell what was written, and let the dialog go."""
        dialog = self.sender()
        assert dialog is not None
        if result:
            step = self._window.workspace.store.journal.next_undo()
            self._window.status.tell(step[1] if step else "")
        dialog.deleteLater()

    def _open(self, dialog: object) -> None:
        dialog.finished.connect(self.on_finished)  # type: ignore[attr-defined]
        dialog.open()  # type: ignore[attr-defined]

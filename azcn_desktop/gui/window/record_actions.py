"""What the Edit menu does to records: new, duplicate, trash, restore, undo, redo, and a sentence to paste."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.window.leaving import may_go_on
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Text, Value
from azcn_desktop.store import edits
from azcn_desktop.store.store import Store

if TYPE_CHECKING:
    from azcn_desktop.gui.records.record_tab import RecordTab
    from azcn_desktop.gui.window.main_window import MainWindow

_SHOWN_TITLES = 12
_MOST_CITED = 500  # a third of a second, and more than anybody pastes
_TOLD = 90  # characters of a copied sentence that the status line has room for


class RecordActions(QObject):
    """Handlers of the Edit menu; every one that changes records is one named step that undo takes back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def listen_to(self, tab: RecordTab) -> None:
        """Do what a page asks for its selected records."""
        tab.delete_requested.connect(self.on_delete)
        tab.duplicate_requested.connect(self.on_duplicate)
        tab.restore_requested.connect(self.on_restore)
        tab.cite_requested.connect(self.on_copy_cited)

    def refresh(self) -> None:
        """Name what undo and redo would do, and offer the trash or the way out of it."""
        actions, workspace = self._window.actions_table, self._window.workspace
        journal = workspace.store.journal
        for name, step, verb in (("undo", journal.next_undo(), "&Undo"), ("redo", journal.next_redo(), "&Redo")):
            actions[name].setText(f"{verb} {step[1].replace('&', '&&')}" if step else verb)
            actions[name].setEnabled(step is not None and workspace.can_edit)
        actions["restore"].setVisible(self._window.tab.is_trash)
        actions["delete"].setVisible(not self._window.tab.is_trash)

    def on_undo(self) -> None:
        """Take back the last step, after the field being typed in has been accepted or given up."""
        self._window.commit_pending()
        self._replay("undo", self.tr("Undone: {}"))

    def on_redo(self) -> None:
        """Do the last undone step again."""
        self._replay("redo", self.tr("Done again: {}"))

    def on_new(self) -> None:
        """Make a record of the shown page and put the cursor into its title."""
        if not may_go_on(self._window):
            return
        if (lens := self._window.tab.lens) is not None and (reason := lens.why_nothing_new()):
            self._window.status.tell(reason)
            return
        record_type = self._window.workspace.schema[self._window.table]
        values: dict[str, Value] = {}
        title = record_type.field(record_type.title[0])
        if isinstance(title.kind, Text) and title.is_required:
            label = QCoreApplication.translate("catalogue", record_type.label)
            values[title.name] = self.tr("New {}").format(label.lower())
        values |= self._window.tab.new_values()
        self._make(edits.create(self._window.workspace.store, record_type.name, values))

    def on_duplicate(self) -> None:
        """Make a copy of the selected record."""
        if not may_go_on(self._window):
            return
        key = self._window.tab.current_key()
        if key is not None:
            self._make(edits.duplicate(self._window.workspace.store, self._window.table, key))

    def on_delete(self) -> None:
        """Put the selected records into the trash; no question, since undo and the trash bring them back."""
        if not may_go_on(self._window):
            return
        keys = self._window.tab.selected_keys()
        if keys and not self._window.tab.is_trash:
            self._step(
                edits.to_trash(self._window.workspace.store, self._window.table, keys), self.tr("Moved to trash: {}")
            )

    def on_restore(self) -> None:
        """Take the selected records out of the trash."""
        keys = self._window.tab.selected_keys()
        if keys and self._window.tab.is_trash:
            self._step(edits.from_trash(self._window.workspace.store, self._window.table, keys), "{}")

    def on_copy_cited(self) -> None:
        """Put the selected records on the clipboard as sentences with their sources, one a line."""
        self._window.commit_pending()
        keys = self._window.tab.selected_keys()
        if not keys:
            self._window.status.tell(self.tr("Select a record to copy it as a cited sentence."))
            return
        text = self._window.dialogs.cited_sentences(
            self._window.workspace.store, self._window.table, keys[:_MOST_CITED]
        )
        QGuiApplication.clipboard().setText(text)
        if len(keys) == 1:
            said = self.tr("Copied: {}").format(text if len(text) <= _TOLD else f"{text[:_TOLD]}…")
        elif len(keys) > _MOST_CITED:
            said = self.tr("Copied: the first {:,} of {:,} records as sentences").format(_MOST_CITED, len(keys))
        else:
            said = self.tr("Copied: {:,} sentences").format(len(keys))
        self._window.status.tell(said)

    def on_empty_trash(self) -> None:
        """Name what is in the trash, ask, and remove it for good."""
        titles = self._window.workspace.store.trash_titles()
        if not titles:
            self._window.status.tell(self.tr("The trash is empty."))
            return
        lines = [f"{label}: {title}" for label, title in titles]
        question = self.tr(
            "Remove what is in the trash for good ({} in all), with everything that belongs to it? "
            "Undo can't bring it back."
        ).format(len(titles))
        shown = lines[:_SHOWN_TITLES]
        if len(lines) > len(shown):
            shown.append(self.tr("and {} more, named under Details").format(len(lines) - len(shown)))
        box = plain_box(self._window, self.tr("Empty trash"), "\n".join([question, "", *shown]), "\n".join(lines))
        box.setObjectName("confirm-empty-trash")
        remove = box.addButton(self.tr("Remove for good"), box.ButtonRole.DestructiveRole)
        remove.setObjectName("confirm-remove")
        box.setDefaultButton(box.addButton(self.tr("Keep"), box.ButtonRole.RejectRole))
        box.exec()
        if box.clickedButton() is remove:
            try:
                self._window.workspace.empty_trash()
                self._window.status.tell(self.tr("Removed for good: {} in all.").format(len(titles)))
            except UserError as error:
                self._window.status.tell(str(error), True)

    def _make(self, change_set: ChangeSet) -> None:
        try:
            notice = self._window.workspace.apply(change_set)
        except UserError as error:
            self._window.status.tell(str(error), True)
            return
        self._window.jump(self._window.table, notice.new_keys[-1])
        self._window.inspector.focus_first_field()
        self._window.status.tell(change_set.label)

    def _step(self, change_set: ChangeSet, words: str) -> None:
        try:
            self._window.workspace.apply(change_set)
        except UserError as error:
            self._window.status.tell(str(error), True)
        else:
            self._window.status.tell(words.format(change_set.label.removeprefix("Delete ")))

    def _replay(self, verb: Literal["undo", "redo"], words: str) -> None:
        """Take the last step back or do it again; the worker does a long one."""
        workspace, jobs = self._window.workspace, self._window.parts.jobs
        try:
            if workspace.store.is_next_long(verb):
                label = self.tr("Taking back") if verb == "undo" else self.tr("Doing again")
                job = workspace.write_on(jobs, label, partial(_replayed, verb))
                job.succeeded.connect(partial(self._say_replayed, words))
                job.failed.connect(self._on_replay_failed)
            else:
                self._say_replayed(words, workspace.undo() if verb == "undo" else workspace.redo())
        except UserError as error:
            self._window.status.tell(str(error), True)

    def _say_replayed(self, words: str, notice: ChangeNotice) -> None:
        if isValid(self._window):  # Qt can't tell whom a partial belongs to
            self._window.status.tell(words.format(notice.label))

    def _on_replay_failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self._window.status.tell(str(error), True)
        elif not isinstance(error, Cancelled):
            raise error


def _replayed(verb: Literal["undo", "redo"], store: Store, progress: Progress) -> ChangeNotice:
    progress.check()
    return store.undo() if verb == "undo" else store.redo()

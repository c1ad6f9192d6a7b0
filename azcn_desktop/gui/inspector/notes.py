"""The note of a record in the inspector, written where it stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from azcn_desktop.gui.editors.editors import FieldEditor, commit
from azcn_desktop.gui.editors.field_writing import Outcome, write_field
from azcn_desktop.gui.editors.wrapped_editor import LONGEST_NOTE, NoteEditor
from azcn_desktop.gui.inspector.field_row import name_inputs
from azcn_desktop.gui.inspector.lines import clear
from azcn_desktop.gui.inspector.section import Section
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.schema import NOTE, Field
from azcn_desktop.store.records import Record


class NoteSection(Section):
    """The note; a very long one is put into the editor only when it is asked for.

    Signals:
        message(str): a sentence for the status line.
    """

    message = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("inspector", "Notes"), theme, icons, parent)
        self._workspace = workspace
        self._record: Record | None = None
        self.editor: FieldEditor | None = None

    def show_record(self, record: Record) -> None:
        """Show the note of a record."""
        before, self._record = self._record, record
        note = str(record.values.get(NOTE) or "")
        is_long = len(note) > LONGEST_NOTE
        is_same = before is not None and (before.table, before.key) == (record.table, record.key)
        has_editor = self.editor is not None and before is not None and before.table == record.table
        if self.editor is not None and has_editor and (not is_long or (is_same and self._holds(note))):
            self.editor.set_record(record)
        elif is_long:
            self._show_part(record)
        else:
            self._show_editor()
        self._let_write()

    def commit_pending(self) -> bool:
        """Write what is being typed; tell and return False when it was refused."""
        return self.editor is None or not self.editor.is_modified() or self._commit()

    def on_committed(self) -> None:
        """Write the note."""
        self._commit()

    def on_outgrown(self, note: str) -> None:
        """Store a note that a paste made too long for the editor; its beginning is shown then."""
        assert self._record is not None
        try:
            values = self._record.record_type.field(NOTE).kind.read(NOTE, note, self._record.values)
        except ValueError as error:
            self._tell_refusal(Outcome(str(error)))
            return
        outcome = write_field(self._workspace, self._record, NOTE, values)
        if not self._tell_refusal(outcome):
            words = self.tr("Stored whole: {:,} characters, too many for the editor (undo: Ctrl+Z)")
            self.message.emit(words.format(len(note)))

    def _commit(self) -> bool:
        assert self.editor is not None
        return not self._tell_refusal(commit(self.editor, self._workspace))

    def _tell_refusal(self, outcome: Outcome) -> bool:
        if outcome.refusal:
            self.message.emit(self.tr("The note was not stored: {}").format(outcome.refusal))
        return bool(outcome.refusal)

    def _let_write(self) -> None:
        """Let the note be written, or only be read."""
        assert self._record is not None
        is_open = self._workspace.can_edit and not self._record.is_deleted
        for edit in self.editor.findChildren(QPlainTextEdit) if self.editor else ():
            edit.setReadOnly(not is_open)
            edit.setPlaceholderText(self.tr("Write a note…") if is_open else "")

    def _holds(self, note: str) -> bool:
        """Tell whether the editor has this note already, or something newer that is being typed."""
        return self.editor is not None and (self.editor.is_modified() or self.editor.text() == note)

    def on_whole_clicked(self) -> None:
        """Put the whole note into the editor."""
        self._show_editor()
        self._let_write()

    def _show_editor(self) -> None:
        assert self._record is not None
        clear(self.body)
        field: Field = self._record.record_type.field(NOTE)
        self.editor = NoteEditor(field, self, self._workspace.store, self._record)
        self.body.addWidget(self.editor)
        # In the next turn: what is stored takes the place of the input that the text was pasted into.
        self.editor.outgrown.connect(self.on_outgrown, Qt.ConnectionType.QueuedConnection)
        name_inputs(self.editor)
        self.editor.committed.connect(self.on_committed)

    def _show_part(self, record: Record) -> None:
        clear(self.body)
        self.editor = None
        note = str(record.values.get(NOTE))
        self.body.addWidget(wrapped(f"{note[:500]}…"))
        whole = QPushButton(self.tr("Open the whole note ({:,} characters)").format(len(note)), self)
        whole.setObjectName("button-whole-note")
        whole.setAccessibleName(whole.text())
        whole.setProperty("role", "link")
        whole.clicked.connect(self.on_whole_clicked)
        self.body.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)

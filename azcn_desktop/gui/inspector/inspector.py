"""The right side of the window: all that is known of one record, to be edited in place.

Puts form and sections under one another for whatever record type is shown, and keeps them right after every change
without taking the typing, the focus or the scroll position from a person.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.evidence.proofs import field_proofs
from azcn_desktop.gui.editors.editors import FieldEditor
from azcn_desktop.gui.inspector.banners import ShippedLine, TrashBanner, why_read_only
from azcn_desktop.gui.inspector.checks import CheckSection
from azcn_desktop.gui.inspector.following import concerns
from azcn_desktop.gui.inspector.form import RecordForm
from azcn_desktop.gui.inspector.forms import RecordForms
from azcn_desktop.gui.inspector.history import RevisionSection, footer_text
from azcn_desktop.gui.inspector.lines import order_stops
from azcn_desktop.gui.inspector.linked import LinkedSection
from azcn_desktop.gui.inspector.notes import NoteSection
from azcn_desktop.gui.inspector.room import empty_words
from azcn_desktop.gui.inspector.sources import SourceSection
from azcn_desktop.gui.inspector.trust import TrustSection
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store.computed import citation_column
from azcn_desktop.store.edits import from_trash, set_back
from azcn_desktop.store.records import Record


class Inspector(QWidget):
    """The pane of one record.

    Signals:
        jump_requested(table, key): a linked record was clicked.
        message(str): a sentence for the status line.
        check_requested(table, key): somebody wants to look at the record again.
        passage_requested(citation): a cited passage is to be shown in its text.
        cite_requested(field): a passage is wanted for a field of the record.
    """

    jump_requested = Signal(str, object)
    message = Signal(str)
    check_requested = Signal(str, object)
    passage_requested = Signal(object)
    cite_requested = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace, self._theme, self._icons, self._jobs = workspace, theme, icons, jobs
        self._record: Record | None = None
        self._is_stale = False
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setProperty("role", "inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._connect()
        self._show()

    @property
    def record(self) -> Record | None:
        """The record that is shown."""
        return self._record

    @property
    def form(self) -> RecordForm | None:
        """Its fields; None without a record."""
        return self._forms.shown

    def show_record(self, table: str, key: int | None) -> None:
        """Show a record, or with key None that none is selected; typing that is under way is accepted first."""
        for _ in self.showing(table, key):
            pass

    def showing(self, table: str, key: int | None) -> Iterator[None]:
        """Show a record like `show_record`, a part of it before each item; until the last one there is no record.

        What has not begun or goes no further does no harm; the next record takes its place.
        """
        if self._record is not None and (self._record.table, self._record.key) != (table, key):
            self.commit_pending()
        self._record = None
        record = self._workspace.store.get(table, key) if key is not None and self._workspace.is_open else None
        return self._showing(record)

    def _showing(self, record: Record | None) -> Iterator[None]:
        if record is not None:
            yield from self._forms.show(record)
            yield
            yield from self._show_sections(record)
        self._record = record
        self._show_frame()
        self._scroll.verticalScrollBar().setValue(0)

    def commit_pending(self) -> bool:
        """Write what is being typed; return False when some of it was refused."""
        is_form_done = self.form is None or self.form.commit_pending()
        return self.notes.commit_pending() and is_form_done

    def refused(self) -> list[FieldEditor]:
        """Return the fields whose typing `commit_pending` could not write."""
        rows = self.form.rows.values() if self.form else ()
        editors = [*(row.editor for row in rows), *([self.notes.editor] if self.notes.editor else [])]
        return [editor for editor in editors if editor.is_modified()]

    def go_to_refused(self) -> None:
        """Put the cursor into the first field whose typing was refused."""
        for editor in self.refused()[:1]:
            self._scroll.ensureWidgetVisible(editor)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first_field(self) -> None:
        """Put the cursor into the title or the first field."""
        if self.form is not None:
            self.form.focus_first_field()

    # -- construction

    def _build(self) -> None:
        self._empty = empty_words(self._theme, self)
        self._banner = TrashBanner(self._theme, self)
        self._read_only = wrapped("", "banner", self)
        self._scroll = QScrollArea(self)
        self._scroll.setObjectName("inspector-scroll")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._footer = PlainLabel("", self)
        self._footer.setObjectName("inspector-footer")
        self._footer.setProperty("role", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        column.addWidget(self._read_only)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._footer)
        self._fill_scroll()
        self._scale()

    def _fill_scroll(self) -> None:
        workspace, theme, icons = self._workspace, self._theme, self._icons
        pane = QWidget()
        self._scroll.setWidget(pane)  # before it is filled: moving a finished tree makes Qt style all of it again
        self._pane = QVBoxLayout(pane)
        # The pane grows before its parts are placed, not with a later event: rows would be painted over each other.
        self._pane.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self._pane.setSpacing(0)
        self._forms = RecordForms(self._pane, self._make_form)
        self._shipped = ShippedLine(theme, pane)
        self.trust = TrustSection(theme, icons, pane)
        self.checks = CheckSection(workspace, theme, icons, pane)
        self.linked = LinkedSection(workspace, theme, icons, pane)
        self.sources = SourceSection(workspace, theme, icons, pane)
        self.notes = NoteSection(workspace, theme, icons, pane)
        self.revisions = RevisionSection(workspace, theme, icons, pane, self._jobs)
        sections = (self.trust, self.checks, self.linked, self.sources, self.notes, self.revisions)
        for widget in (self._shipped, *sections):
            self._pane.addWidget(widget)
        self._pane.addStretch(1)

    def _connect(self) -> None:
        workspace = self._workspace
        workspace.opened.connect(self.on_workspace_opened)
        workspace.closing.connect(self.on_workspace_closing)
        workspace.changed.connect(self.on_workspace_changed)
        workspace.busy_changed.connect(self.on_busy_changed)
        self._theme.changed.connect(self.on_theme_changed)
        self._scroll.verticalScrollBar().valueChanged.connect(self.on_scrolled)
        for section in (self.checks, self.linked, self.sources):
            section.jump_requested.connect(self.jump_requested)
            section.step_requested.connect(self.apply)
        self.checks.check_requested.connect(self.check_requested)
        self.sources.passage_requested.connect(self.passage_requested)
        self.trust.field_requested.connect(self.on_field_requested)
        self.notes.message.connect(self.message)
        self.revisions.read.connect(self.on_revisions_read)
        self._banner.restore.clicked.connect(self.on_restore_clicked)
        self._shipped.set_back.clicked.connect(self.on_set_back_clicked)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.on_focus_changed)

    def _scale(self) -> None:
        px = self._theme.px
        self._pane.setContentsMargins(px(11), px(14), px(6), px(12))
        self._footer.setContentsMargins(px(18), px(6), px(12), px(8))

    # -- showing

    def _show(self) -> None:
        """Show the record as it is now, at once."""
        if self._record is not None:
            for _ in (*self._forms.show(self._record), *self._show_sections(self._record)):
                pass
        self._show_frame()

    def _show_frame(self) -> None:
        """Show what stands around the parts of the record, or instead of them."""
        record = self._record
        self._is_stale = False
        self._empty.setVisible(record is None)
        self._scroll.setVisible(record is not None)
        self._footer.setVisible(record is not None)
        self._banner.setVisible(record is not None and record.is_deleted)
        self._read_only.setVisible(record is not None and not self._workspace.can_edit)
        if record is None:
            self._forms.put_away()
            return
        order_stops(self, self._pane)

    def _make_form(self, record: Record) -> RecordForm:
        form = RecordForm(self._workspace, self._theme, self._icons, record, self._pane.parentWidget())
        for name in ("jump_requested", "message", "check_requested", "passage_requested", "cite_requested"):
            getattr(form, name).connect(getattr(self, name))
        return form

    def _show_sections(self, record: Record) -> Iterator[None]:
        """Show what stands below the fields, a section before each item."""
        can_edit = self._workspace.can_edit
        self._read_only.setText(why_read_only(self._workspace))
        self._banner.restore.setEnabled(can_edit)
        self.checks.show_record(record)
        yield
        self.linked.show_record(record)
        yield
        self.sources.setVisible(citation_column(self._workspace.schema, record.table) is not None)
        if not self.sources.isHidden():
            self.sources.show_record(record)
        yield
        yield from self._own_sections(record)

    def _own_sections(self, record: Record) -> Iterator[None]:
        """Show what follows from the fields of the record alone, a part before each item."""
        can_edit = self._workspace.can_edit and not record.is_deleted
        self._shipped.show_record(self._workspace.store, record, can_edit)
        self.trust.show_record(record, can_edit)
        yield
        if self.form is not None:
            self.form.show_proofs(field_proofs(self._workspace.store, record))
        yield
        self.notes.show_record(record)
        yield
        self.revisions.show_record(record)
        yield

    def on_revisions_read(self, record: Record) -> None:
        """Say how often the record was edited; a long history is read a moment later than the record."""
        self._footer.setText(footer_text(self._workspace.store, record, self.revisions.count))

    # -- what happens

    def apply(self, step: ChangeSet) -> None:
        """Write a step that a section asks for; a refusal goes to the status line."""
        try:
            self._workspace.apply(step)
        except UserError as error:
            self.message.emit(str(error))

    def on_field_requested(self, name: str) -> None:
        """Put the cursor into a field that is empty, unfolding it."""
        if self.form is not None and name in self.form.rows:
            self.form.reveal(name)
            editor = self.form.rows[name].editor
            self._scroll.ensureWidgetVisible(editor)
            editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_restore_clicked(self) -> None:
        """Take the record out of the trash."""
        if self._record is not None:
            self.apply(from_trash(self._workspace.store, self._record.table, [self._record.key]))

    def on_set_back_clicked(self) -> None:
        """Set the record back to what was shipped."""
        if self._record is not None:
            self.apply(set_back(self._workspace.store, self._record.table, self._record.key))

    def on_workspace_opened(self) -> None:
        """Show nothing of the file before."""
        self._let_go()

    def on_workspace_closing(self) -> None:
        """Drop what was read; the forms serve the next file."""
        self._let_go()

    def _let_go(self) -> None:
        self._record = None
        self._show()

    def on_workspace_changed(self, notice: ChangeNotice) -> None:
        """Read the record anew if the change touches it or anything that is shown with it."""
        record = self._record
        if record is not None and concerns(notice, self._workspace.schema, record, self.linked.related):
            is_plain = bool(notice.columns) and "deleted_at" not in notice.columns
            self._refresh(only_fields=is_plain and dict(notice.tables) == {record.table: frozenset({record.key})})

    def on_busy_changed(self, _is_busy: bool) -> None:
        """Allow or forbid editing."""
        if self._record is not None:
            self._refresh()

    def on_theme_changed(self) -> None:
        """Take the new sizes: the form is made anew, since its parts are measured when they are made."""
        self._scale()
        if self.commit_pending():
            self._forms.drop()
            self._show()

    def on_scrolled(self) -> None:
        """Take the words beside fields along: they lie over the window and follow a field only when it moves."""
        for row in self.form.rows.values() if self.form else ():
            if row.editor.problem:
                QApplication.sendEvent(row.editor, QMoveEvent(row.editor.pos(), row.editor.pos()))

    def on_focus_changed(self, _before: QObject | None, now: QObject | None) -> None:
        """Catch up with what waited for the end of some typing."""
        if self._is_stale and not self._is_typing(now):
            QTimer.singleShot(0, self._refresh)

    def _refresh(self, *, only_fields: bool = False) -> None:
        """Show the record as it is now, in place; a section in which somebody types waits.

        Args:
            only_fields: its own fields changed and nothing that it is linked with.
        """
        if self._record is None or not self._workspace.is_open:
            return
        if self._is_typing(QApplication.focusWidget()):
            self._is_stale = True
            if self.form is not None and (record := self._workspace.store.get(self._record.table, self._record.key)):
                self._record = record
                self.form.set_record(record)
            return
        place = self._scroll.verticalScrollBar().value()
        self._record = self._workspace.store.get(self._record.table, self._record.key)
        if only_fields and self._record is not None and self.form is not None and not self._is_stale:
            self.form.set_record(self._record)
            for _ in self._own_sections(self._record):
                pass
        else:
            self._show()
        self._scroll.verticalScrollBar().setValue(place)

    def _is_typing(self, focused: QObject | None) -> bool:
        """Tell whether somebody types in a section, outside the form, whose lines keep their typing themselves."""
        if not isinstance(focused, QLineEdit | QPlainTextEdit):
            return False
        return any(section.isAncestorOf(focused) for section in (self.linked, self.sources))

"""The fields of one record in the inspector: grouped by their sections, edited in place, empty ones folded away.

Made from the declaration of the record type and kept while records of that type are looked through. What an edit means
is said by the editors; here they are placed, and what they ask for is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.errors import UserError
from azcn_desktop.evidence.proofs import FieldProof
from azcn_desktop.gui.editors.editors import FieldEditor, commit, make_editor
from azcn_desktop.gui.editors.wrapped_editor import WrappedEditor
from azcn_desktop.gui.inspector.checked_field import CheckedField
from azcn_desktop.gui.inspector.field_label import FieldLabel, common_width
from azcn_desktop.gui.inspector.field_row import FieldRow, name_inputs
from azcn_desktop.gui.inspector.members import MembersEditor
from azcn_desktop.gui.inspector.trust import glance
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.widgets.web_address import AddressDialog
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.kinds import Links, Text, Url
from azcn_desktop.records.schema import NOTE, Field, RecordType
from azcn_desktop.store.records import Record


class RecordForm(QWidget):
    """The fields of a record; made with its title alone, and filled by `fill`.

    Signals:
        jump_requested(table, key): a linked record was clicked.
        message(str): a sentence for the status line.
        check_requested(table, key): the button of a field that only checks change was pressed.
        passage_requested(citation): the mark of a field was clicked.
        cite_requested(field): a passage is wanted for a field.
    """

    jump_requested = Signal(str, object)
    message = Signal(str)
    check_requested = Signal(str, object)
    passage_requested = Signal(object)
    cite_requested = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, record: Record, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._theme, self._icons = workspace, theme, icons
        self._record = record
        self.hide()
        self._rows: dict[str, FieldRow] = {}
        self._headings: dict[str, QLabel] = {}
        self._proofs: Mapping[str, FieldProof] = {}
        self._shows_all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._add_title()
        self._names = PlainLabel("", self)
        self._names.setProperty("role", "muted")
        self._names.setWordWrap(True)
        self._names.setContentsMargins(theme.px(7), theme.px(2), 0, 0)
        self._column.addWidget(self._names)
        self._glance = wrapped("", "faint", self)
        self._glance.setObjectName("trust-glance")
        self._glance.setContentsMargins(theme.px(7), theme.px(3), 0, 0)
        self._column.addWidget(self._glance)
        self._column.addSpacing(theme.px(8))

    def fill(self) -> Iterator[None]:
        """Put in the rows, one before each item; the form can be shown and asked when there is none left."""
        yield from self._add_sections()
        self._more = QPushButton(self)
        self._more.setObjectName("button-more-fields")
        self._more.setProperty("role", "link")
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self.on_more_clicked)
        self._column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show()

    @property
    def record(self) -> Record:
        """The record that is shown."""
        return self._record

    @property
    def record_type(self) -> RecordType:
        """The type of records that the form shows."""
        return self._record.record_type

    @property
    def rows(self) -> dict[str, FieldRow]:
        """The rows by field name, the title among them."""
        return self._rows

    def set_record(self, record: Record) -> None:
        """Show a record; typing that was not accepted stays while it is the same one."""
        is_other = record.key != self._record.key
        self._proofs = {} if is_other else self._proofs
        self._record = record
        for row in self._rows.values():
            row.editor.use_store(self._workspace.store)
            row.editor.set_record(record)
        if is_other:
            self._shows_all = False
        self._show()

    def revert(self) -> None:
        """Drop typing that was not accepted, and fold the empty fields."""
        self._shows_all = False
        for row in self._rows.values():
            row.editor.revert()

    def _show(self) -> None:
        """Show what depends on the whole record."""
        record = self._record
        for row in self._rows.values():
            _show_start(row.editor)
        self._title.setText(record.title)
        names = " · ".join(label.text for label in record.labels.get("names", ()))
        self._names.setText(names)
        self._names.setVisible(bool(names))
        self._glance.setText(glance(record))
        self._glance.setVisible(bool(self._glance.text()))
        self.refresh_editing()
        self._fold()

    def refresh_editing(self) -> None:
        """Let people edit, or only read, as the file allows now."""
        can_edit = self._workspace.can_edit and not self._record.is_deleted
        for row in self._rows.values():
            is_open = can_edit and row.field.is_editable
            if isinstance(row.editor, MembersEditor | CheckedField):
                row.editor.set_can_edit(is_open)
            for line in row.editor.findChildren(QLineEdit):
                line.setReadOnly(not is_open)
            for text in row.editor.findChildren(QPlainTextEdit):
                text.setReadOnly(not is_open)

    def show_proofs(self, proofs: Mapping[str, FieldProof]) -> None:
        """Mark the fields that are cited for themselves, and those that were edited away from it."""
        self._proofs = proofs
        for name, row in self._rows.items():
            made = row.show_proof(proofs.get(name), self._icons, self)
            if made is not None:
                made.clicked.connect(partial(self._follow_proof, name))

    def focused_field(self) -> str:
        """Return the field in which the keyboard is; empty for none."""
        focused = QApplication.focusWidget()
        return next((name for name, row in self._rows.items() if focused and row.editor.isAncestorOf(focused)), "")

    def commit_pending(self) -> bool:
        """Write what is being typed; tell and return False when some of it was refused."""
        is_done = True
        for row in self._rows.values():
            if row.editor.is_modified() and (refusal := self._commit(row.editor)):
                label = QCoreApplication.translate("catalogue", row.field.label)
                self.message.emit(self.tr("{} was not stored: {}").format(label, refusal))
                is_done = False
        return is_done

    def focus_first_field(self) -> None:
        """Put the cursor into the title, its text selected, or into the first field."""
        row = next(iter(self._rows.values()), None)
        if row and (target := row.editor.focusProxy()):
            target.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(target, QLineEdit | QPlainTextEdit):
                target.selectAll()

    def reveal(self, field_name: str) -> None:
        """Unfold a field that is empty."""
        if field_name in self._rows and self._rows[field_name].widgets[0].isHidden():
            self._shows_all = True
            self._fold()

    def on_more_clicked(self) -> None:
        """Unfold the empty fields, or fold them again."""
        self._shows_all = not self._shows_all
        self._fold()

    # -- making the rows

    def _add_title(self) -> None:
        """Put the title on top: to be edited where one field of text is the title, else as a label."""
        self._title = PlainLabel("", self)
        self._title.setProperty("role", "title")
        self._title.setWordWrap(True)
        self._title.setContentsMargins(self._theme.px(7), self._theme.px(3), 0, 0)
        self._column.addWidget(self._title)
        names = self.record_type.title
        first = self.record_type.field(names[0])
        if len(names) == 1 and isinstance(first.kind, Text):
            editor = WrappedEditor(first, self, self._workspace.store, self._record)
            editor.set_role("title")
            self._title.hide()
            self._column.addWidget(editor)
            self._rows[first.name] = FieldRow(first, editor)
            self._connect(editor)

    def _add_sections(self) -> Iterator[None]:
        sections = dict.fromkeys(f.section for f in self._fields())
        for section in sections:
            if section:
                heading = PlainLabel(QCoreApplication.translate("catalogue", section), self)
                heading.setProperty("role", "heading")
                heading.setContentsMargins(self._theme.px(7), self._theme.px(12), 0, self._theme.px(4))
                self._column.addWidget(heading)
                self._headings[section] = heading
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(self._theme.px(4))
            grid.setVerticalSpacing(self._theme.px(1))
            grid.setColumnStretch(1, 1)
            self._column.addLayout(grid)
            for field in self._fields():
                if field.section == section:
                    self._add_row(grid, field)
                    _style(self._rows[field.name].widgets)
                    yield

    def _fields(self) -> list[Field]:
        shown = (f for f in self.record_type.fields if f.name != NOTE and f.name not in self._rows)
        return [f for f in shown if not (isinstance(f.kind, Text) and f.kind.is_long) and (f.is_editable or f.width)]

    def _add_row(self, grid: QGridLayout, field: Field) -> None:
        label = FieldLabel(field, self._theme, self._icons, self)
        label.customContextMenuRequested.connect(partial(self._offer_citing, field, label))
        if not isinstance(field.kind, Links):
            label.setFixedWidth(self._label_width)
        row = FieldRow(field, self._editor(field), label)
        row.place_in(grid, self._theme, self._icons, self)
        if row.jump is not None:
            row.jump.clicked.connect(partial(self._follow, field))
        self._rows[field.name] = row
        self._connect(row.editor)

    @cached_property
    def _label_width(self) -> int:
        return common_width((f for f in self._fields() if not isinstance(f.kind, Links)), self._theme)

    def _editor(self, field: Field) -> FieldEditor:
        store, kind = self._workspace.store, field.kind
        if field.checked_by:
            checked = CheckedField(field, self, store, self._record)
            checked.check_requested.connect(self._ask_for_check)
            return checked
        if isinstance(kind, Links):
            return MembersEditor(field, self, self._workspace, self._record, self._theme, self._icons)
        return make_editor(field, self, store, self._record, wraps=True)

    def _connect(self, editor: FieldEditor) -> None:
        name_inputs(editor)
        editor.committed.connect(partial(self._commit, editor))
        editor.step_requested.connect(partial(self._apply, editor))
        editor.open_requested.connect(self.jump_requested)

    # -- what happens

    def _commit(self, editor: FieldEditor) -> str:
        """Write what stands in an editor; return why it was refused, or nothing."""
        outcome = commit(editor, self._workspace)
        _show_start(editor)
        if outcome.warning:
            editor.tell(outcome.warning, "warning")
            self.message.emit(outcome.warning)
        return outcome.refusal

    def _apply(self, editor: FieldEditor, step: ChangeSet) -> None:
        try:
            self._workspace.apply(step)
        except UserError as error:
            editor.show_problem(str(error))

    def _follow(self, field: Field) -> None:
        if isinstance(field.kind, Url):
            AddressDialog(str(self._record.values.get(field.name)), self).open()
        for label in self._record.labels.get(field.name, ()):
            if label.is_resolved:
                self.jump_requested.emit(label.table, label.key)

    def _follow_proof(self, field_name: str) -> None:
        if field_name in self._proofs:
            self.passage_requested.emit(self._proofs[field_name].citation_key)

    def _offer_citing(self, field: Field, holder: QWidget, place: QPoint) -> None:
        menu = popup_menu(self, "field-menu")
        label = QCoreApplication.translate("catalogue", field.label)
        cite = partial(self.cite_requested.emit, field.name)
        action = add_line(menu, "cite", self.tr("Cite a passage for: {}").format(label), cite)
        action.setEnabled(self._workspace.can_edit and not self._record.is_deleted and field.is_editable)
        menu.popup(holder.mapToGlobal(place))

    def _ask_for_check(self) -> None:
        self.check_requested.emit(self._record.table, self._record.key)

    def _fold(self) -> None:
        """Hide the optional fields that are empty, unless all are asked for."""
        focused = QApplication.focusWidget()
        hidden = 0
        for row in self._rows.values():
            is_kept = row.is_filled(self._record) or row.field.is_required or row.editor.is_modified()
            is_kept = is_kept or (focused is not None and row.editor.isAncestorOf(focused))
            hidden += not is_kept
            row.set_visible(is_kept or self._shows_all)
            row.refresh_links(self._record)
            row.show_proof(self._proofs.get(row.field.name), self._icons, self)
        for section, heading in self._headings.items():
            shown = (row for row in self._rows.values() if row.field.section == section)
            labels = [row.field.label for row in shown if not row.widgets[0].isHidden()]
            heading.setVisible(bool(labels) and section not in labels)
        self._more.setVisible(bool(hidden))
        self._more.setText(self.tr("Fewer fields") if self._shows_all else self.tr("More fields ({})").format(hidden))
        self._more.setAccessibleName(self._more.text())


def _show_start(editor: FieldEditor) -> None:
    """Show the beginning of a text that is longer than its line."""
    for line in editor.findChildren(QLineEdit):
        if not line.hasFocus():
            line.setCursorPosition(0)


def _style(widgets: Iterable[QWidget]) -> None:
    for widget in widgets:
        for each in (widget, *widget.findChildren(QWidget)):
            each.ensurePolished()

"""Members in the inspector: participants, parties, offices, other names, each on a line of its own.

Words that no record stands behind are marked as such, and can be linked or made into a record where they stand; the
printed office stays with them. What the joining row holds beside the member (office, day, role) unfolds below it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from azcn_desktop.gui.editors.link_editors import LinksEditor, linked_tables
from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.inspector.lines import RecordLine, clear, small_button
from azcn_desktop.gui.inspector.parts import PartForm
from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.kinds import Links, Party
from azcn_desktop.records.schema import NOTE, Field, RecordType
from azcn_desktop.store.edits import edit_field
from azcn_desktop.store.records import LinkLabel, Record


class MembersEditor(LinksEditor):
    """The members of a joining table as the inspector shows them."""

    def __init__(
        self,
        field: Field,
        parent: QWidget | None,
        workspace: Workspace,
        record: Record,
        theme: ThemeController,
        icons: Icons,
    ) -> None:
        self._workspace, self._theme, self._icons = workspace, theme, icons
        self._can_edit = True
        self._unfolded: int | None = None
        self._part_form: PartForm | None = None
        self._built: tuple[object, ...] = ()
        super().__init__(field, parent, workspace.store, record)

    def set_can_edit(self, can_edit: bool) -> None:
        """Offer adding, linking and removing, or only show."""
        if can_edit != self._can_edit:
            self._can_edit = can_edit
            self.line.setVisible(can_edit)
            self._load()

    def link_printed(self, label: LinkLabel, pick: Pick) -> None:
        """Put a record in place of printed words; what was printed beside them stays."""
        kind = self._member.kind
        assert isinstance(kind, Party)
        assert label.part_key is not None
        values = kind.assign(pick.table, pick.key)
        step = edit_field(self._store, self._kind.through, label.part_key, self._member.name, values)
        words = QCoreApplication.translate("inspector", "Link {} to {}").format(label.text, pick.text)
        self._ask_for(ChangeSet(words, (*pick.created, *step.changes)))

    def on_details_clicked(self, part_key: int | None) -> None:
        """Unfold what the joining row of a member holds, or fold it again."""
        self._unfolded = None if self._unfolded == part_key else part_key
        self._load()
        if self._part_form is not None:
            self._part_form.focus_field("")

    def _load(self) -> None:
        self._line.clear()
        self._start = ""
        wanted = (self._record.table, self._record.key, self.labels, self._can_edit)
        if wanted == self._built and self._unfolded is None and self._part_form is None:
            return
        self._built = wanted
        focused = self._part_form.focused_field() if self._part_form else None
        self._part_form = None
        clear(self._members)
        for label in self._in_order(self.labels):
            row = self._row(label)
            self._members.addWidget(row)
            row.show()
            if label.part_key is not None and label.part_key == self._unfolded:
                self._unfold(row, focused)

    def _unfold(self, row: QWidget, focused: str | None) -> None:
        part = self._store.get(self._kind.through, self._unfolded) if self._unfolded else None
        layout = row.layout()
        if part is None or layout is None:
            return
        fields = part_fields(part.record_type, self._kind)
        form = PartForm(self._workspace, self._theme, part, fields, row)
        layout.addWidget(form)
        form.show()
        self._part_form = form
        if focused is not None:
            form.focus_field(focused)

    def _in_order(self, labels: tuple[LinkLabel, ...]) -> list[LinkLabel]:
        """Return offices by time, others as they were entered."""
        through = self._store.schema[self._kind.through]
        if not through.has_field("as_of"):
            return list(labels)
        parts = self._store.rows(through.name, [label.part_key for label in labels if label.part_key])
        when = {part.key: str(part.values.get("as_of_lo") or "") for part in parts}
        return sorted(labels, key=lambda label: when.get(label.part_key or 0, ""))

    def _row(self, label: LinkLabel) -> QWidget:
        row = QWidget(self)
        row.setAttribute(Qt.WidgetAttribute.WA_Hover)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, self._theme.px(2))
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(0)
        column.addLayout(top)
        if label.is_resolved:
            top.addWidget(self._linked(label, row), 1)
        else:
            top.setContentsMargins(self._theme.px(8), self._theme.px(4), 0, self._theme.px(1))
            top.addWidget(wrapped(label.text, "", row), 1)
        if self._can_edit:
            self._add_buttons(top, label, row, column)
        if detail := self._detail(label):
            small = wrapped(detail, "faint", row)
            small.setContentsMargins(self._theme.px(8 if not label.is_resolved else 32), 0, 0, self._theme.px(2))
            column.addWidget(small)
        return row

    def _linked(self, label: LinkLabel, row: QWidget) -> QWidget:
        icon = BY_TABLE[label.table].icon if label.table in BY_TABLE else "link"
        line = RecordLine(label.text, icon, self._theme, self._icons, row)
        line.setObjectName(self._name("member", label))
        line.clicked.connect(partial(self._open, label))
        return line

    def _name(self, part: str, label: LinkLabel) -> str:
        """Return a name that no other member has, here or in another field."""
        return f"{part}-{self.field.name.replace('_', '-')}-{label.part_key}"

    def _add_buttons(self, top: QHBoxLayout, label: LinkLabel, row: QWidget, column: QVBoxLayout) -> None:
        if not label.is_resolved and not label.is_state and isinstance(self._member.kind, Party):
            link = small_button(self._icons, "link", self.tr("Link {} to a record").format(label.text), row)
            link.setObjectName(self._name("button-link", label))
            link.clicked.connect(partial(self._ask_for_link, label, row, column))
            top.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        if part_fields(self._store.schema[self._kind.through], self._kind):
            details = small_button(self._icons, "edit", self.tr("Details of {}").format(label.text), row, is_quiet=True)
            details.setObjectName(self._name("button-edit", label))
            details.clicked.connect(partial(self.on_details_clicked, label.part_key))
            top.addWidget(details, 0, Qt.AlignmentFlag.AlignTop)
        remove = small_button(self._icons, "close", self.tr("Remove {}").format(label.text), row, is_quiet=True)
        remove.setObjectName(self._name("button-remove", label))
        remove.clicked.connect(partial(self._remove, label))
        top.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)

    def _detail(self, label: LinkLabel) -> str:
        """Return what stands under a name: the printed office; of printed words what they are."""
        if label.is_resolved or not isinstance(self._member.kind, Party):
            return label.detail
        mark = self.tr("state") if label.is_state else self.tr("as printed, not linked")
        return f"{label.detail} · {mark}" if label.detail else mark

    def _ask_for_link(self, label: LinkLabel, row: QWidget, column: QVBoxLayout) -> None:
        kind = self._member.kind
        assert isinstance(kind, Party)
        if row.findChild(LinkPicker):
            return
        side = dict(self._kind.fixed).get("side")
        country = {"country": side} if side in ("AZ", "CN") else {}
        picker = LinkPicker(self._store, linked_tables(kind), row, new_values=country)
        picker.setObjectName("link-printed")
        picker.setAccessibleName(self.tr("Record for {}").format(label.text))
        picker.setText(label.text)
        picker.chosen.connect(partial(self.link_printed, label))
        column.addWidget(picker)
        picker.setFocus(Qt.FocusReason.OtherFocusReason)
        picker.selectAll()
        picker.open_list(label.text)

    def _open(self, label: LinkLabel) -> None:
        self.open_requested.emit(label.table, label.key)


def part_fields(part: RecordType, kind: Links) -> list[Field]:
    """Return the fields of a joining row that people fill, beside owner, member and what the field fixes."""
    known = {kind.owner, kind.member, NOTE, *dict(kind.fixed)}
    owners = set(part.owner_columns())
    return [
        f for f in part.fields if f.name not in known and f.is_editable and not owners & set(f.kind.columns(f.name))
    ]


def unlinked_mark(parent: QWidget) -> QLabel:
    """Return the words under a field that shows printed words with no record behind."""
    return wrapped(QCoreApplication.translate("inspector", "as printed, not linked"), "faint", parent)

"""Members in the inspector: participants, parties, offices, other names, each on a line of its own.

Words that no record stands behind are marked as such, and can be linked or made into a record where they stand; the
printed office stays with them.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from azcn_desktop.gui.icons import Icons
from azcn_desktop.gui.inspector_lines import RecordLine, clear, small_button, wrapped
from azcn_desktop.gui.link_editors import LinksEditor, linked_tables
from azcn_desktop.gui.link_picker import LinkPicker, Pick
from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.kinds import Party
from azcn_desktop.records.schema import Field
from azcn_desktop.store.edits import edit_field
from azcn_desktop.store.records import LinkLabel, Record
from azcn_desktop.store.store import Store


class MembersEditor(LinksEditor):
    """The members of a joining table as the inspector shows them."""

    def __init__(
        self, field: Field, parent: QWidget | None, store: Store, record: Record, theme: ThemeController, icons: Icons
    ) -> None:
        self._theme, self._icons = theme, icons
        self._can_edit = True
        super().__init__(field, parent, store, record)

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

    def _load(self) -> None:
        self._line.clear()
        self._start = ""
        clear(self._members)
        for label in self._in_order(self.labels):
            self._members.addWidget(self._row(label))

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
            words = wrapped(label.text, "", row)
            words.setContentsMargins(*(self._theme.px(side) for side in (8, 4, 4, 1)))
            top.addWidget(words, 1)
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
        line.clicked.connect(partial(self._open, label))
        return line

    def _add_buttons(self, top: QHBoxLayout, label: LinkLabel, row: QWidget, column: QVBoxLayout) -> None:
        if not label.is_resolved and not label.is_state and isinstance(self._member.kind, Party):
            link = small_button(self._icons, "link", self.tr("Link {} to a record").format(label.text), row)
            link.clicked.connect(partial(self._ask_for_link, label, row, column))
            top.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        remove = small_button(self._icons, "close", self.tr("Remove {}").format(label.text), row)
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
        picker.setAccessibleName(self.tr("Record for {}").format(label.text))
        picker.setText(label.text)
        picker.chosen.connect(partial(self.link_printed, label))
        column.addWidget(picker)
        picker.setFocus(Qt.FocusReason.OtherFocusReason)
        picker.selectAll()
        picker.open_list(label.text)

    def _open(self, label: LinkLabel) -> None:
        self.open_requested.emit(label.table, label.key)


def unlinked_mark(parent: QWidget) -> QLabel:
    """Return the words under a field that shows printed words with no record behind."""
    return wrapped(QCoreApplication.translate("inspector", "as printed, not linked"), "faint", parent)

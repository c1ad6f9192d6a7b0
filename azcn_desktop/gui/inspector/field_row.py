"""One line of the inspector's form: label and editor of a field, the way to what it links to, and to what proves it."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from azcn_desktop.evidence.proofs import FieldProof
from azcn_desktop.gui.editors.editors import FieldEditor
from azcn_desktop.gui.inspector.lines import small_button
from azcn_desktop.gui.inspector.members import unlinked_mark
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.records.kinds import Computed, Link, Links, Party, Url
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record

_PROOF_COLUMN = 2


class FieldRow:
    """One field in the form: its label and its editor, with what belongs to them.

    Attributes:
        field: the declaration.
        editor: the editor.
        widgets: everything to be shown or hidden together, the label first.
        jump: follows a link; None where there is none.
        mark: says that printed words are no record; None where that can't be.
        proof: shows the passage behind the field; None until there is one.
    """

    def __init__(self, field: Field, editor: FieldEditor, label: QWidget | None = None) -> None:
        self.field = field
        self.editor = editor
        self.widgets: list[QWidget] = [label, editor] if label is not None else [editor]
        self.jump: QToolButton | None = None
        self.mark: QWidget | None = None
        self.proof: QToolButton | None = None
        self._grid: QGridLayout | None = None
        self._place = 0

    def place_in(self, grid: QGridLayout, theme: ThemeController, icons: Icons, owner: QWidget) -> None:
        """Put label and editor into the next row of a grid, with what follows a link, and the mark of printed words."""
        self._grid, self._place = grid, grid.rowCount()
        label, place, kind = self.widgets[0], self._place, self.field.kind
        if isinstance(kind, Links):
            grid.addWidget(label, place, 0, 1, 2)
            grid.addWidget(self.editor, place + 1, 0, 1, 2)
            return
        grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._with_jump(icons, owner), place, 1)
        if isinstance(kind, Party) and kind.printed:
            self.mark = unlinked_mark(owner)
            self.mark.setContentsMargins(theme.px(7), 0, 0, theme.px(2))
            grid.addWidget(self.mark, place + 1, 1)

    def _with_jump(self, icons: Icons, owner: QWidget) -> QWidget:
        """Return the editor, with a button beside it that follows a link: to the linked record, or to the web."""
        if not isinstance(self.field.kind, Link | Party | Url):
            return self.editor
        holder = QWidget(owner)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.editor, 1)
        label = QCoreApplication.translate("catalogue", self.field.label)
        icon = "open-external" if isinstance(self.field.kind, Url) else "forward"
        name = QCoreApplication.translate("inspector", "Go to: {}").format(label)
        self.jump = small_button(icons, icon, name, holder)
        self.jump.setObjectName(f"jump-{self.field.name.replace('_', '-')}")
        self.jump.setObjectName(f"jump-{self.field.name.replace('_', '-')}")
        layout.addWidget(self.jump)
        self.widgets.append(holder)
        return holder

    def set_visible(self, is_visible: bool) -> None:
        """Show or fold away the row."""
        for widget in self.widgets:
            widget.setVisible(is_visible)

    def is_filled(self, record: Record) -> bool:
        """Tell whether a record has anything in this field."""
        if isinstance(self.field.kind, Links):
            return bool(record.labels.get(self.field.name))
        is_computed = isinstance(self.field.kind, Computed)
        columns = [self.field.name] if is_computed else self.field.kind.columns(self.field.name)
        return any(record.values.get(column) is not None for column in columns)

    def refresh_links(self, record: Record) -> None:
        """Offer the jump to a linked record, or mark printed words as not linked."""
        labels = record.labels.get(self.field.name, ())
        leads = any(label.is_resolved for label in labels) or record.values.get(self.field.name) is not None
        if self.jump is not None:
            self.jump.setVisible(leads and not self.widgets[0].isHidden())
        if self.mark is not None:
            self.mark.setVisible(record.is_unresolved(self.field.name) and not self.widgets[0].isHidden())

    def show_proof(self, proof: FieldProof | None, icons: Icons, owner: QWidget) -> QToolButton | None:
        """Show the mark of what proves the field, or none; return the button when it was made just now."""
        made = None
        if proof is not None and self.proof is None and self._grid is not None:
            self.proof = made = small_button(icons, "quote", "", owner)
            self.proof.setObjectName(f"proof-{self.field.name.replace('_', '-')}")
            self._grid.addWidget(self.proof, self._place, _PROOF_COLUMN, Qt.AlignmentFlag.AlignTop)
        if self.proof is not None:
            self.proof.setVisible(proof is not None and not self.widgets[0].isHidden())
        if proof is not None and self.proof is not None:
            words = _words(self.field, proof)
            if proof.is_drifted or proof.anchor_state == "lost":
                icons.set(self.proof, "warning", "amber")
            else:
                icons.set(self.proof, "quote", "accent")
            self.proof.setAccessibleName(words)
            self.proof.setToolTip(f"<qt>{html.escape(words)}</qt>")
        return made


def name_inputs(editor: FieldEditor) -> None:
    """Give an editor and its input their stable names: `field-<name>`."""
    name = f"field-{editor.field.name}"
    target = editor.focusProxy()
    if target is not None:
        target.setObjectName(name.replace("_", "-"))
        target.setAccessibleName(QCoreApplication.translate("catalogue", editor.field.label))
    if "_" in name:
        editor.setObjectName(name)


def _words(field: Field, proof: FieldProof) -> str:
    label = QCoreApplication.translate("catalogue", field.label)
    quote = f"“{proof.quote}”" if proof.quote else "; ".join(proof.printed)
    if proof.is_drifted:
        words = QCoreApplication.translate("inspector", "{} was edited away from its source, which gives: {}")
        return words.format(label, "; ".join(proof.printed))
    if proof.anchor_state == "lost":
        return QCoreApplication.translate("inspector", "{}: the quote {} is not found in the text").format(label, quote)
    return QCoreApplication.translate("inspector", "{} rests on {}: {}").format(label, proof.publisher, quote)

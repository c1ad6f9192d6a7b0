"""Putting records into a dossier: an existing one, found by typing, or a new one; with a word for their part in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.editors.link_picker import NEW_KEY, LinkPicker, Pick
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.schema import NOTE
from azcn_desktop.store.dossiers import add_records

ROLES = ("wish", "proposal", "framework", "announcement", "step", "outcome")
"""Words that are offered for the part a record plays; any other can be typed."""

_WIDTH = 460


class DossierDialog(QDialog):
    """Choose the dossier.

    Attributes:
        picker: finds a dossier, or names a new one.
        role: the part that the records play there.
        problem: why nothing was written.
    """

    def __init__(self, workspace: Workspace, records: Sequence[tuple[str, int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._records = workspace, tuple(records)
        self._pick: Pick | None = None
        self.setObjectName("dialog-dossier")
        self.setWindowTitle(self.tr("Add to dossier"))
        self.setMinimumWidth(_WIDTH)
        self.picker = LinkPicker(workspace.store, ("dossier",), self)
        self.picker.setObjectName("dossier-picker")
        self.picker.setAccessibleName(self.tr("Dossier"))
        self.picker.setPlaceholderText(self.tr("Type a title; a new one makes a dossier"))
        self.picker.chosen.connect(self.on_picked)
        self.picker.textEdited.connect(self.on_edited)
        self.role = role_box(self)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("dossier-problem")
        self.problem.hide()
        self._lay_out()

    def accept(self) -> None:
        """Write the step and close; else say why not."""
        typed = " ".join(self.picker.text().split())
        dossier = self._chosen(typed)
        if dossier is None:
            self._refuse(self.tr("Pick a dossier, or type the title of a new one."))
            return
        try:
            step = add_records(self._workspace.store, dossier, self._records, self.role.currentText())
            self._workspace.apply(step)
        except UserError as error:
            self._refuse(str(error))
            return
        super().accept()

    def on_picked(self, pick: Pick) -> None:
        """Take what was chosen and go on to the part."""
        self._pick = pick
        self.problem.hide()
        self.role.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_edited(self) -> None:
        """Forget the choice when it is typed over."""
        self._pick = None
        self.problem.hide()

    def _chosen(self, typed: str) -> int | str | None:
        if self._pick is not None and self._pick.key not in (None, NEW_KEY):
            return self._pick.key
        return typed or None

    def _refuse(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(self._what(), "muted", self))
        column.addWidget(_heading(self.tr("Dossier"), self))
        column.addWidget(self.picker)
        column.addWidget(_heading(self.tr("Its part there (optional)"), self))
        column.addWidget(self.role)
        column.addWidget(self.problem)
        column.addSpacing(6)
        column.addWidget(decision_buttons(self, "dossier-add", self.tr("Add")))

    def _what(self) -> str:
        table, key = self._records[0]
        if len(self._records) > 1:
            return self.tr("{} records").format(len(self._records))
        return self._workspace.store.titles(table, [key]).get(key, "")


class RoleDialog(QDialog):
    """Say what part a record plays on the line of a dossier."""

    def __init__(self, title: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dialog-role")
        self.setWindowTitle(self.tr("Part in the dossier"))
        self.setMinimumWidth(_WIDTH)
        self.role = role_box(self)
        self.role.setEditText(role)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(title, "muted", self))
        column.addWidget(self.role)
        column.addSpacing(6)
        column.addWidget(decision_buttons(self, "role-save", self.tr("Save")))


def role_box(parent: QWidget) -> QComboBox:
    """Return a box in which a word is chosen or typed."""
    box = QComboBox(parent)
    box.setObjectName(f"dossier-{NOTE}")
    box.setAccessibleName(parent.tr("Part in the dossier"))
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(ROLES)
    box.setCurrentIndex(-1)
    line = box.lineEdit()
    assert line is not None
    line.setPlaceholderText(parent.tr("For instance wish, framework, outcome"))
    line.setMaxLength(200)
    line.setObjectName(f"dossier-{NOTE}-line")
    line.setAccessibleName(box.accessibleName())
    return box


def _heading(text: str, parent: QWidget) -> QLabel:
    label = PlainLabel(text, parent)
    label.setProperty("role", "section")
    return label

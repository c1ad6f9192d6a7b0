"""Attaching a passage of a source to a record, or to a single field of it.

Asks for the record, the field, how the passage stands to it, and how sure one is. Writes nothing: whoever opens it
takes the choice.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QPlainTextEdit, QVBoxLayout, QWidget

from azcn_desktop.evidence.passages import Target
from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.records.kinds import Computed, Links
from azcn_desktop.records.schema import NOTE, Field, RecordType
from azcn_desktop.records.words import CITATION_ROLE, CONFIDENCE
from azcn_desktop.store.store import Store

CITABLE = ("figure", "commitment", "meeting", "agreement", "project", "person", "organisation")
_WIDTH = 480


class CiteDialog(QDialog):
    """Choose the record that rests on a passage."""

    def __init__(self, store: Store, quote: str, target: Target | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pick: Pick | None = None
        self.setObjectName("dialog-cite")
        self.setWindowTitle(self.tr("Cite this passage"))
        self.setMinimumWidth(_WIDTH)
        self.quote = QPlainTextEdit(visible(quote), self)
        self.quote.setObjectName("cite-quote")
        self.quote.setAccessibleName(self.tr("Passage"))
        self.quote.setReadOnly(True)
        self.quote.setTabChangesFocus(True)
        self.quote.setFixedHeight(76)
        self.record = LinkPicker(store, CITABLE, self, can_create=False)
        self.record.setObjectName("cite-record")
        self.record.setAccessibleName(self.tr("Record"))
        self.record.setPlaceholderText(self.tr("Type a part of its name"))
        self.record.chosen.connect(self.on_record_chosen)
        self.record.textEdited.connect(self.on_record_edited)
        self.field = self._combo("cite-field", self.tr("Field"))
        self.role = self._combo("cite-role", self.tr("It"))
        for word in CITATION_ROLE.words:
            self.role.addItem(CITATION_ROLE.label(word), word)
        self.confidence = self._combo("cite-confidence", self.tr("Confidence"))
        for step, label in [(None, self.tr("Not rated")), *enumerate(CONFIDENCE.steps)]:
            self.confidence.addItem(label, step)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("cite-problem")
        self.problem.hide()
        self._lay_out()
        self._fill_fields(None)
        if target is not None:
            self._set_target(target)

    def accept(self) -> None:
        """Close when a record was chosen; else say that one is needed."""
        if self._pick is None or self._pick.key is None:
            self.problem.setText(self.tr("Choose the record that this passage speaks of."))
            self.problem.show()
            self.record.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().accept()

    def target(self) -> Target:
        """Return what was chosen."""
        assert self._pick is not None
        assert self._pick.key is not None
        field, role, step = (box.currentData() for box in (self.field, self.role, self.confidence))
        return Target(self._pick.table, self._pick.key, field or "", role, step)

    def on_record_chosen(self, pick: Pick) -> None:
        """Offer the fields of the record."""
        self._pick = pick
        self.problem.hide()
        self._fill_fields(self._store.schema[pick.table])
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_record_edited(self) -> None:
        """Forget the choice when it is typed over."""
        self._pick = None
        self._fill_fields(None)

    def _set_target(self, target: Target) -> None:
        title = self._store.titles(target.table, [target.key]).get(target.key, "")
        self._pick = Pick(target.table, target.key, title)
        self.record.setText(title)
        self.record.setCursorPosition(0)
        self._fill_fields(self._store.schema[target.table])
        self.field.setCurrentIndex(max(0, self.field.findData(target.field_name)))

    def _fill_fields(self, record_type: RecordType | None) -> None:
        self.field.clear()
        self.field.addItem(self.tr("The whole record"), "")
        for f in record_type.fields if record_type else ():
            if is_citable(f):
                self.field.addItem(QCoreApplication.translate("catalogue", f.label), f.name)

    def _combo(self, name: str, label: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(label)
        return box

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.quote)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        for widget in (self.record, self.field, self.role, self.confidence):
            form.addRow(widget.accessibleName(), widget)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(decision_buttons(self, "cite-accept", self.tr("Cite")))
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)


def is_citable(f: Field) -> bool:
    """Tell whether a passage can speak of a field: what people fill, but neither notes nor lists of names."""
    return f.is_editable and f.name != NOTE and not (isinstance(f.kind, Computed) or _is_names(f))


def _is_names(f: Field) -> bool:
    return isinstance(f.kind, Links) and f.kind.through == "name"

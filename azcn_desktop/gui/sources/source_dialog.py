"""Adding a source to a record: the dialog around `SourceForm`.

Writes nothing: whoever opens it takes the change set.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from azcn_desktop.gui.sources.source_form import SourceForm
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.store.edits import cite
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_WIDTH = 480


class SourceDialog(QDialog):
    """Pick a source or describe a new one, with the words quoted from it.

    Attributes:
        form: the source and the quote.
    """

    def __init__(self, store: Store, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._record = store, record
        self.setObjectName("dialog-source")
        self.setWindowTitle(self.tr("Add a source"))
        self.setMinimumWidth(_WIDTH)
        self.form = SourceForm(store, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.form)
        column.addWidget(decision_buttons(self, "source-add", self.tr("Add source")))

    def accept(self) -> None:
        """Close when all can be stored; else say what can't."""
        if self.form.refuse():
            self.form.go_to_problem()
            return
        super().accept()

    def change_set(self) -> ChangeSet:
        """Return the step that gives the record its source."""
        return cite(self._store, self._record.table, self._record.key, self.form.source(), self.form.quoted())

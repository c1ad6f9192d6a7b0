"""A field that only dated checks change, in the inspector: its value, and a button that leads to the check.

An editor that refuses whatever is typed would be a trap, so there is none.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from azcn_desktop.gui.editors.field_editor import FieldEditor
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


class CheckedField(FieldEditor):
    """Shows the value as a button: "Open ▸ Check…".

    Signals:
        check_requested(): the button was pressed.
    """

    check_requested = Signal()

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(field, parent, store, record)
        self._button = QPushButton(self)
        self._button.setProperty("role", "field")
        self._button.clicked.connect(self.check_requested)
        self._add_input(self._button)
        self._load()

    def set_can_edit(self, can_edit: bool) -> None:
        """Let people check, or only read."""
        self._button.setEnabled(can_edit)

    def _load(self) -> None:
        shown = self._record.show(self.field.name)
        self._button.setText(self.tr("{}  ▸  Check…").format(shown))
        label = QCoreApplication.translate("catalogue", self.field.label)
        self._button.setToolTip(self.tr("Changes only by a dated check with a source"))
        self._button.setAccessibleDescription(self.tr("{}: {}. Press to check it again.").format(label, shown))

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return False  # Enter presses the button

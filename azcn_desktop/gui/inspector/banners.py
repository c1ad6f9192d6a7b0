"""What the inspector says about a record as a whole: that it is in the trash, or no longer as it was shipped."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.edits import changed_parts, shipped_difference
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


class TrashBanner(QWidget):
    """The strip over a record in the trash.

    Attributes:
        restore: the button that takes it out.
    """

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("banner-trash")
        self.setProperty("role", "banner-warning")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.restore = QPushButton(self.tr("Restore"), self)
        self.restore.setObjectName("button-restore")
        self.restore.setAccessibleName(self.tr("Restore this record"))
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(side) for side in (18, 6, 12, 6)))
        row.addWidget(wrapped(self.tr("This record is in the trash."), "", self), 1)
        row.addWidget(self.restore)


class ShippedLine(QWidget):
    """What differs from the shipped record, and the way back.

    Attributes:
        set_back: the button that sets it back.
    """

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("shipped")
        self._words = wrapped("", "faint", self)
        self.set_back = QPushButton(self.tr("Set back"), self)
        self.set_back.setObjectName("button-set-back")
        self.set_back.setAccessibleName(self.tr("Set back to the shipped record"))
        self.set_back.setProperty("role", "link")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(7), theme.px(8), 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self.set_back, 0, Qt.AlignmentFlag.AlignTop)

    def show_record(self, store: Store, record: Record, can_edit: bool) -> None:
        """Name the fields that differ; hide when none does."""
        labels = _changed_labels(store, record)
        self.setVisible(bool(labels))
        self._words.setText(self.tr("Changed since it was shipped: {}").format(", ".join(labels)))
        self.set_back.setVisible(can_edit)


def why_read_only(workspace: Workspace) -> str:
    """Return why nothing can be edited now, and what to do about it; empty when it can."""
    if not workspace.is_open or workspace.can_edit:
        return ""
    if workspace.store.is_read_only:
        words = "This file can only be read. Use File > Save a Copy to edit in a file of your own."
        return QCoreApplication.translate("inspector", words)
    return QCoreApplication.translate("inspector", "A longer step is being written; editing goes on when it has ended.")


def _changed_labels(store: Store, record: Record) -> list[str]:
    record_type = record.record_type
    columns = shipped_difference(store, record.table, record.key)
    fields = dict.fromkeys(f for column in columns if (f := record_type.field_of_column(column)))
    parts = {change.table for change in changed_parts(store, record.table, record.key)}
    labels = [f.label for f in fields] + [store.schema[table].plural for table in sorted(parts)]
    return [QCoreApplication.translate("catalogue", label) for label in labels]

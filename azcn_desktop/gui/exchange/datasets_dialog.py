"""The datasets of the open file: what was imported, from which file, and taking one back.

Removing is one step that can be undone. What a dataset is stands below the list, licence and note as they are kept.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.job_dialog import JobDialog
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.widgets.text_table import Column, TextTable
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.commodity_names import edition_words, lists_at_hand
from azcn_desktop.store.flows.datasets import HeldFlows, held_flows
from azcn_desktop.store.flows.removing import remove_dataset
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store
from azcn_desktop.trade.layouts import LAYOUTS, MAPPED

_LAYOUTS = {layout.name: layout.title for layout in (*LAYOUTS, MAPPED)}
_DETAILS = ("title", "publisher", "file_name", "licence", "note", "sha256")


class DatasetsDialog(JobDialog):
    """Lists datasets and removes one."""

    def __init__(self, parts: DialogParts, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("DatasetsDialog", "Datasets")
        super().__init__("datasets", title, parts, parent)
        self.setObjectName("dialog-datasets")
        self._shown: list[Record] = []
        self._go.setText(self.tr("Remove"))
        self._go.setAccessibleName(self.tr("Remove the chosen dataset"))
        self._go.setDefault(False)
        self._go.setAutoDefault(False)
        self._go.clicked.connect(self.remove)
        self._table = TextTable("datasets-list", self.tr("Datasets"), self._columns(), self._theme, self)
        self._table.setSelectionMode(TextTable.SelectionMode.SingleSelection)
        self._table.row_chosen.connect(self._on_row_chosen)
        self._empty = PlainLabel(self.tr("Nothing was imported yet. Drop a file of statistics onto the window."), self)
        self._empty.setObjectName("datasets-empty")
        self._empty.setProperty("role", "empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._details = PlainLabel("", self)
        self._details.setObjectName("datasets-details")
        self._details.setProperty("role", "muted")
        self._details.setWordWrap(True)
        self._details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lists = PlainLabel("", self)
        self._lists.setObjectName("datasets-lists")
        self._lists.setProperty("role", "faint")
        self._lists.setWordWrap(True)
        px = self._theme.px
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(18), px(20), px(16))
        body.setSpacing(px(12))
        for widget in (self._title, self._table, self._empty, self._details, self._lists, self._bar):
            body.addWidget(widget, 1 if widget in (self._table, self._empty) else 0)
        body.addLayout(self._foot())
        self._fit(1060, 560)
        self._workspace.changed.connect(self._on_workspace_changed)
        self._workspace.closing.connect(self.reject)
        self._read()

    def remove(self) -> None:
        """Let the flows of the chosen dataset count no longer, as one step."""
        record = self._chosen()
        if record is None or self._job is not None or not self._workspace.can_edit:
            return
        self._workspace.set_busy(True)
        work = partial(_remove, record.key)
        self._run(self._jobs.submit(self.tr("Removing"), work, self._workspace.store.path, read_only=False))

    def show_running(self, is_running: bool) -> None:
        """Lock the list while a dataset is removed."""
        self._table.setEnabled(not is_running)
        if not is_running:
            self._workspace.set_busy(False)
        self._show_state()

    def take_result(self, result: object) -> None:
        """Say what was removed."""
        if isinstance(result, ChangeNotice):
            self._workspace.tell(result)
            self._say(self.tr("Removed. Undo (Ctrl+Z in the window) brings it back."), "ok")

    def _columns(self) -> list[Column]:
        return [
            Column(self.tr("Title"), 230, "title"), Column(self.tr("Publisher"), 116),
            Column(self.tr("Retrieved"), 96), Column(self.tr("Flows"), 68, "number"),
            Column(self.tr("Count now"), 88, "number"),
            Column(self.tr("State"), 88, "pill", ((self.tr("Ready"), "green"), (self.tr("Removed"), "neutral"))),
            Column(self.tr("File"), 0, "muted"), Column(self.tr("Layout"), 150, "muted"),
        ]  # fmt: skip

    def _read(self) -> None:
        """Read the list anew; datasets that were taken back are gone."""
        store = self._workspace.store
        held = held_flows(store.database)
        records = store.rows("dataset", store.keys(Query("dataset")))
        self._shown = [record for record in records if record.values["state"] != "loading"]
        self._table.show_rows([self._row(record, held.get(record.key, HeldFlows())) for record in self._shown])
        self._table.setVisible(bool(self._shown))
        self._empty.setVisible(not self._shown)
        self._details.setText("")
        self._lists.setText(self._list_words())
        self._show_state()

    def _list_words(self) -> str:
        """Say which editions of codes have words, and how others come in."""
        known = lists_at_hand(self._workspace.store.database)
        named = ", ".join(f"{edition_words(name)} ({count:,})" for name, count in known.items())
        words = self.tr("Codes with descriptions: {}. Lists of other editions are imported like any file.")
        return words.format(named or self.tr("none"))

    def _row(self, record: Record, held: HeldFlows) -> list[str]:
        layout = str(record.values["layout"] or "")
        state = self.tr("Ready") if record.values["state"] == "ready" else self.tr("Removed")
        return [
            record.show("title"), record.show("publisher"), str(record.values["retrieved_on"] or ""),
            f"{held.held:,}", f"{held.counting:,}", state, record.show("file_name"), _LAYOUTS.get(layout, layout),
        ]  # fmt: skip

    def _chosen(self) -> Record | None:
        row = self._table.chosen()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _on_row_chosen(self, _row: object) -> None:
        record = self._chosen()
        if record is not None:
            whole = self._workspace.store.get("dataset", record.key) or record
            told = [(whole.record_type.field(name).label, whole.show(name)) for name in _DETAILS]
            self._details.setText("\n".join(f"{label}: {text}" for label, text in told if text))
        self._say("", "muted")
        self._show_state()

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if notice.touches({"dataset", "trade_flow", "commodity"}):
            self._read()

    def _show_state(self) -> None:
        record = self._chosen()
        is_ready = record is not None and record.values["state"] == "ready"
        self._go.setEnabled(is_ready and self._job is None and self._workspace.can_edit)


def _remove(key: int, store: Store, progress: Progress) -> ChangeNotice:
    return remove_dataset(store, key, progress)

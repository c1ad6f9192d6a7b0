"""The export dialog: which tables, which rows and columns, which format, where to.

Asks and shows; the export itself is `exchange.exporting`, run on the worker with its own connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.exporting import (
    FORMATS,
    DataMoved,
    ExportRequest,
    ExportResult,
    TableRequest,
    count_of,
    export,
)
from azcn_desktop.gui.exchange.target_dialog import TargetDialog
from azcn_desktop.gui.widgets.check_list import CheckList
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.progress import Progress
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_DEFAULT_FORMAT = ".xlsx"


class ExportDialog(TargetDialog):
    """Asks what to export and shows how it goes.

    Signals:
        exported(ExportResult): the files are in their places.
    """

    exported = Signal(object)

    def __init__(
        self,
        parts: DialogParts,
        table: str,
        query: Query,
        selected: Sequence[int],
        parent: QWidget | None = None,
        flows: FlowQuery | None = None,
        n_flows: int = 0,
    ) -> None:
        """Show what can be exported.

        Args:
            parts: the open file, the worker and the look.
            table: the table that is shown now; its rows and columns can be chosen.
            query: what its filter shows.
            selected: the ids of its selected records.
            parent: the window.
            flows: the flows that are shown, where no query of records can tell; None where it can.
            n_flows: how many they are.
        """
        super().__init__("export", QCoreApplication.translate("ExportDialog", "Export"), parts, parent)
        self._type = self._workspace.schema[table]
        self._query = query
        self._selected = tuple(selected)
        self._flows, self._n_flows = flows, n_flows
        self._make_choices()
        formats = ((suffix, (suffix, label)) for suffix, label in FORMATS.items())
        self._make_target("export", formats, _DEFAULT_FORMAT, self._type.plural.lower().replace(" ", "-"))
        self._lay_out()
        self._on_tables_changed()
        self._tables.setFocus()

    # -- building

    def _make_choices(self) -> None:
        self._tables = CheckList("export-tables", self.tr("Tables to export"), self)
        types = sorted(self._workspace.schema, key=_by_use(self._type))
        self._tables.fill(((t.name, t.plural) for t in types), [self._type.name])
        self._tables.changed.connect(self._on_tables_changed)
        self._columns = CheckList("export-columns", self.tr("Columns to export"), self)
        fields = self._type.fields
        self._columns.fill(((f.name, _distinct_label(self._type, f)) for f in fields), [f.name for f in fields])
        self._all_columns = QPushButton(self.tr("All"), self)
        self._no_columns = QPushButton(self.tr("None"), self)
        for button, name, is_on in ((self._all_columns, "all", True), (self._no_columns, "none", False)):
            button.setObjectName(f"export-columns-{name}")
            button.setAccessibleName(self.tr("Choose {} columns").format(name))
            button.setProperty("role", "link")
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._tick_all_columns, is_on))
        self._make_rows()
        self._raw = QCheckBox(self.tr("Leave text that looks like a formula as it is"), self)
        self._raw.setObjectName("export-raw")
        self._raw.setAccessibleName(self._raw.text())
        self._raw.setToolTip(
            self.tr(
                "Otherwise an apostrophe is put in front, so that no spreadsheet runs it. Import takes it off again."
            )
        )

    def _make_rows(self) -> None:
        store, plain = self._workspace.store, Query(self._type.name)
        found = count_of(store, TableRequest(self._query)) if self._flows is None else self._n_flows
        counts = (count_of(store, TableRequest(plain)), 0 if self._query.is_trash else found, len(self._selected))
        names = (self.tr("All"), self.tr("Shown by the filter"), self.tr("Selected"))
        self._rows = QButtonGroup(self)
        for number, (name, count, what) in enumerate(zip(names, counts, ("all", "filtered", "selected"), strict=True)):
            button = QRadioButton(f"{name} ({count:,})", self)
            button.setObjectName(f"export-rows-{what}")
            button.setAccessibleName(self.tr("Rows: {}").format(button.text()))
            button.setEnabled(count > 0)
            self._rows.addButton(button, number)
        is_filtered = counts[1] not in (0, counts[0])
        self._rows.button(1 if is_filtered or self._query.sort else 0).setChecked(True)

    def _lay_out(self) -> None:
        px = self._theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        grid.addWidget(self._caption(self.tr("Tables"), self._tables), 0, 0)
        head = QHBoxLayout()
        head.addWidget(self._caption(self.tr("Columns of {}").format(self._type.plural.lower()), self._columns), 1)
        head.addWidget(self._all_columns)
        head.addWidget(self._no_columns)
        grid.addLayout(head, 0, 1)
        grid.addWidget(self._tables, 1, 0)
        grid.addWidget(self._columns, 1, 1)
        grid.setRowStretch(1, 1)
        rows = QHBoxLayout()
        rows.setSpacing(px(16))
        for button in self._rows.buttons():
            rows.addWidget(button)
        rows.addStretch(1)
        form = QGridLayout()
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(8))
        form.addWidget(PlainLabel(self.tr("Rows of {}").format(self._type.plural.lower()), self), 0, 0)
        form.addLayout(rows, 0, 1)
        self._lay_out_target(form, 1)
        form.addWidget(self._raw, 3, 1)
        form.setColumnStretch(1, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(18), px(20), px(16))
        body.setSpacing(px(14))
        body.addWidget(self._title)
        body.addLayout(grid, 1)
        body.addLayout(form)
        body.addWidget(self._bar)
        body.addLayout(self._foot())
        self._fit(640, 620)

    # -- what was chosen

    def request(self, target: Path) -> ExportRequest:
        """Return what the choices ask for."""
        fields = tuple(self._columns.ticked())
        chosen = () if len(fields) == len(self._type.fields) else fields
        tables = []
        for name in self._tables.ticked():
            if name != self._type.name:
                tables.append(TableRequest(Query(name)))
            elif self._rows.checkedId() == 1 and self._flows is not None:
                tables.append(TableRequest(Query(name), chosen, flows=self._flows))
            elif self._rows.checkedId() == 2:
                tables.append(TableRequest(Query(name), chosen, self._selected))
            else:
                tables.append(TableRequest(self._query if self._rows.checkedId() == 1 else Query(name), chosen))
        return ExportRequest(tuple(tables), target, self._raw.isChecked())

    def files_at(self, target: Path) -> Iterable[Path]:
        """Return the files that would be written: some formats take one for each table."""
        return self.request(target).files.values()

    # -- running

    def start(self, target: Path) -> None:
        """Write what is chosen to a file on the worker."""
        if self._job is not None:
            return
        work = partial(_export, self.request(target))
        self._run(self._jobs.submit(self.tr("Exporting"), work, self._workspace.store.path))

    def show_running(self, is_running: bool) -> None:
        """Lock the choices while an export runs; the keyboard goes to the button that can be used."""
        if is_running:
            self._leave.setFocus()
        for widget in (self._tables, self._columns, self._format, self._target, self._browse, self._raw, self._go):
            widget.setEnabled(not is_running)
        if not is_running:
            self._go.setFocus()
            self._on_tables_changed()

    def _on_tables_changed(self) -> None:
        names = self._tables.ticked()
        self._columns.setEnabled(self._type.name in names)
        for number, button in enumerate(self._rows.buttons()):
            has_rows = number == 0 or "(0)" not in button.text()
            button.setEnabled(self._type.name in names and has_rows)
        self._go.setEnabled(bool(names))

    def _tick_all_columns(self, is_ticked: bool, _checked: bool = False) -> None:
        self._columns.tick_all(is_ticked)

    def take_result(self, result: object) -> None:
        """Say what was written, and where."""
        assert isinstance(result, ExportResult)
        counted = ", ".join(_counted(self._workspace.schema[name], count) for name, count in result.counts.items())
        self._say(self.tr("Exported {} to {}").format(counted, ", ".join(map(str, result.files))), "ok")
        self._reset_confirmation()
        self.exported.emit(result)

    def say_failure(self, error: UserError) -> None:
        """Offer another try when the records were changed meanwhile."""
        self._say(str(error), "warning" if isinstance(error, DataMoved) else "error")
        if isinstance(error, DataMoved):
            self._go.setText(self.tr("Try again"))


def _export(request: ExportRequest, store: Store, progress: Progress) -> ExportResult:
    return export(store, request, progress)


def _by_use(shown: RecordType) -> Callable[[RecordType], tuple[bool, bool]]:
    """Return the order of the tables: the shown one, other records, then what belongs to records."""

    def order(record_type: RecordType) -> tuple[bool, bool]:
        return record_type.is_part, record_type is not shown

    return order


def _distinct_label(record_type: RecordType, field: Field) -> str:
    """Return the label of a field, with its section where another field is called the same."""
    same = [f for f in record_type.fields if f.label == field.label]
    return f"{field.label} ({field.section or field.name})" if len(same) > 1 else field.label


def _counted(record_type: RecordType, count: int) -> str:
    return f"{count:,} {(record_type.label if count == 1 else record_type.plural).lower()}"

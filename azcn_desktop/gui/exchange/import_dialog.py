"""The import dialog: a file, a table, and what would happen, before anything does.

Plans and writes on the worker; what it writes is one undo step. Reading a table is `exchange.tabular`, planning is
`exchange.importing`.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.import_preview import PreviewRow, preview
from azcn_desktop.exchange.importing import ImportPlan, plan_import, to_change_set
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import STYLE_ROLE, TONE_ROLE
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.job_dialog import JobDialog
from azcn_desktop.gui.widgets.named_header import name_header
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store.store import Store
from azcn_desktop.trade.recognising import is_statistics

_PREVIEWED = 500
_TONES = {"refused": "red", "changed": "amber", "new": "green"}
_FILES = "Tables (*.csv *.tsv *.xlsx *.json);;All files (*)"


class _Planned(Struct, frozen=True):
    plan: ImportPlan
    rows: list[PreviewRow]


class ImportDialog(JobDialog):
    """Asks for a file, shows what it would change, and changes it.

    Signals:
        planned(ImportPlan): the preview is shown.
        imported(ChangeNotice): the rows are written.
        statistics_found(Path): the file holds statistics, which have an import of their own; this dialog closes.
    """

    planned = Signal(object)
    imported = Signal(object)
    statistics_found = Signal(object)

    def __init__(
        self,
        parts: DialogParts,
        table: str,
        parent: QWidget | None = None,
    ) -> None:
        """Wait for a file.

        Args:
            parts: the open file, the worker and the look.
            table: the table that is shown now, proposed as the one to import into.
            parent: the window.
        """
        super().__init__("import", QCoreApplication.translate("ImportDialog", "Import"), parts, parent)
        self._plan: ImportPlan | None = None
        self._asked: tuple[str, str] | None = None
        self._is_writing = self._is_chosen = False
        self._make_source(table)
        self._make_preview()
        self._go.clicked.connect(self.start)
        self._lay_out()
        self._show_plan(None, [])

    # -- building

    def _make_source(self, table: str) -> None:
        self._file = QLineEdit(self)
        self._file.setObjectName("import-file")
        self._file.setAccessibleName(self.tr("File to read"))
        self._file.setPlaceholderText(self.tr("CSV, TSV, Excel workbook or JSON"))
        self._file.editingFinished.connect(self._on_choice_changed)
        self._browse = QPushButton(self.tr("Browse…"), self)
        self._browse.setObjectName("import-browse")
        self._browse.setAccessibleName(self.tr("Choose the file to read"))
        self._browse.setAutoDefault(False)
        self._browse.clicked.connect(self._on_browse_clicked)
        self._icons.set(self._browse, "open")
        self._table = QComboBox(self)
        self._table.setObjectName("import-table")
        self._table.setAccessibleName(self.tr("Table to import into"))
        for record_type in sorted(self._workspace.schema, key=lambda t: t.is_part):
            if not record_type.is_bulk:
                self._table.addItem(record_type.plural, record_type.name)
        self._table.setCurrentIndex(max(self._table.findData(table), 0))
        self._table.currentIndexChanged.connect(self._on_choice_changed)

    def _make_preview(self) -> None:
        self._counts = PlainLabel("", self)
        self._counts.setObjectName("import-counts")
        self._counts.setProperty("role", "section")
        self._notes = PlainLabel("", self)
        self._notes.setObjectName("import-notes")
        self._notes.setProperty("role", "muted")
        self._notes.setWordWrap(True)
        self._rows = QTableWidget(0, 4, self)
        self._rows.setObjectName("import-preview")
        self._rows.setAccessibleName(self.tr("Rows of the file and what they would do"))
        name_header(self._rows)
        self._rows.setHorizontalHeaderLabels(
            [self.tr("Line"), self.tr("What"), self.tr("Record or column"), self.tr("Change or reason")]
        )
        self._rows.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._rows.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._rows.setTabKeyNavigation(False)
        self._rows.setShowGrid(False)
        self._rows.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self._rows.setItemDelegate(CellDelegate(self._theme, self._rows))
        self._rows.currentCellChanged.connect(self._on_row_chosen)
        self._rows.verticalHeader().hide()
        header = self._rows.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((72, 110, 180)):
            self._rows.setColumnWidth(column, self._theme.px(width))
        self._skip = QCheckBox(self.tr("Leave out the refused rows"), self)
        self._skip.setObjectName("import-skip-bad")
        self._skip.setAccessibleName(self._skip.text())
        self._skip.toggled.connect(self._on_skip_toggled)

    def _lay_out(self) -> None:
        px = self._theme.px
        form = QGridLayout()
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(8))
        form.addWidget(self._caption(self.tr("File"), self._file), 0, 0)
        form.addWidget(self._file, 0, 1)
        form.addWidget(self._browse, 0, 2)
        form.addWidget(self._caption(self.tr("Into"), self._table), 1, 0)
        form.addWidget(self._table, 1, 1, Qt.AlignmentFlag.AlignLeft)
        form.setColumnStretch(1, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(18), px(20), px(16))
        body.setSpacing(px(12))
        body.addWidget(self._title)
        body.addLayout(form)
        body.addWidget(self._counts)
        body.addWidget(self._notes)
        body.addWidget(self._rows, 1)
        body.addWidget(self._skip)
        body.addWidget(self._bar)
        body.addLayout(self._foot())
        self._rows.verticalHeader().setDefaultSectionSize(px(32))
        self._fit(760, 560)
        self._file.setFocus()

    # -- planning

    def choose(self, path: Path) -> None:
        """Take a file for records and show what it would do, also when it is the same file again."""
        self._asked = None
        self._is_chosen = True
        self._file.setText(str(path))
        self._on_choice_changed()

    def _on_browse_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import from"), self._file.text(), _FILES)
        if name:
            self._asked = None
            self._file.setText(name)
            self._on_choice_changed()

    def _on_choice_changed(self) -> None:
        text = self._file.text().strip()
        asked = (text, str(self._table.currentData()))
        if not text or self._job is not None or asked == self._asked:
            return
        self._asked = asked
        self._show_plan(None, [])
        work = partial(_plan, Path(text).expanduser(), str(self._table.currentData()), self._is_chosen)
        self._run(self._jobs.submit(self.tr("Reading the table"), work, self._workspace.store.path))

    def _show_plan(self, plan: ImportPlan | None, rows: list[PreviewRow]) -> None:
        self._plan = plan
        self._counts.setText(f"{plan.record_type.plural}: {plan.summary}" if plan else "")
        notes = [plan.note] if plan and plan.note else []
        if plan and plan.ignored:
            notes.append(self.tr("Columns that no field has, not read: {}.").format(", ".join(plan.ignored)))
        if len(rows) == _PREVIEWED:
            notes.append(self.tr("The first {} rows are shown.").format(_PREVIEWED))
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._rows.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for column, text in enumerate((f"{row.line:,}", row.what.capitalize(), row.record, row.details)):
                item = QTableWidgetItem(text)
                if column == 1:
                    item.setData(STYLE_ROLE, "pill")
                    item.setData(TONE_ROLE, _TONES[row.what])
                self._rows.setItem(number, column, item)
        self._skip.setVisible(bool(plan and plan.refused))
        self._skip.setChecked(False)
        self._on_skip_toggled()

    def _on_row_chosen(self, row: int, *_: int) -> None:
        """Show the whole reason of a row, which its cell may cut."""
        details = self._rows.item(row, 3)
        if details is not None:
            self._say(details.text(), "muted")

    def _on_skip_toggled(self, _is_on: bool = False) -> None:
        plan = self._plan
        can_import = plan is not None and not plan.is_empty and (not plan.refused or self._skip.isChecked())
        self._go.setEnabled(can_import and self._job is None and self._workspace.can_edit)

    # -- writing

    def start(self) -> None:
        """Write the plan as one undo step on the worker."""
        if self._plan is None or self._job is not None or not self._workspace.can_edit:
            return
        change_set = to_change_set(self._plan, Path(self._file.text()).name)
        self._is_writing = True
        self._workspace.set_busy(True)
        work = partial(_write, change_set)
        self._run(self._jobs.submit(self.tr("Importing"), work, self._workspace.store.path, read_only=False))

    def show_running(self, is_running: bool) -> None:
        """Lock the choices while the worker reads or writes; nothing can be edited while it writes."""
        for widget in (self._file, self._browse, self._table, self._skip):
            widget.setEnabled(not is_running)
        if not is_running and self._is_writing:
            self._is_writing = False
            self._workspace.set_busy(False)
        self._on_skip_toggled()

    def take_result(self, result: object) -> None:
        """Show the plan, or that it was carried out."""
        if isinstance(result, Path):
            self.statistics_found.emit(result)
            self.reject()
        elif isinstance(result, _Planned):
            self._show_plan(result.plan, result.rows)
            if result.plan.is_empty and not result.plan.refused:
                self._say(self.tr("Everything in this file is there already."), "ok")
            self.planned.emit(result.plan)
        elif isinstance(result, ChangeNotice):
            self._workspace.tell(result)
            self._say(self.tr("Imported. Undo takes all of it back."), "ok")
            summary = self._counts.text()
            self._show_plan(None, [])
            self._counts.setText(summary)
            self.imported.emit(result)

    def say_failure(self, error: UserError) -> None:
        """Show the sentence; the same file may be chosen again."""
        self._asked = None
        super().say_failure(error)


def _plan(path: Path, table: str, is_chosen: bool, store: Store, progress: Progress) -> _Planned | Path:
    """Plan an import; the path comes back when the file holds statistics and nobody said that it holds records."""
    if not is_chosen and is_statistics(path):
        return path
    record_type = store.schema[table]
    found = read_table(path, [record_type.name, record_type.plural, record_type.label])
    plan = plan_import(store, found, record_type, progress)
    return _Planned(plan, preview(store, plan, _PREVIEWED))


def _write(change_set: ChangeSet, store: Store, progress: Progress) -> ChangeNotice:
    progress.check()
    return store.apply(change_set)

"""The model of a table of records: keys of a query, and pages of records read when they are looked at.

It asks the store and the kinds and formats nothing itself. Whatever was written is seen through the notice of the
workspace; a table is read anew only when rows may have come, gone or moved, and never while somebody types into it.
The keys of a large table come from the worker; the rows before stay until then.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from azcn_desktop.errors import AzcnError, UserError
from azcn_desktop.gui.editors.field_writing import Outcome, write_field
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.records.editing_model import EditingModel
from azcn_desktop.gui.records.record_cells import ANSWERS, column_of
from azcn_desktop.gui.roles import (
    KEY_ROLE,
    STYLE_ROLE,
)
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeNotice
from azcn_desktop.records.kinds import Link, Links, Party, Value
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

PAGE_ROWS = 64
_KEPT_PAGES = 96
# Made once: joining flags takes longer than all else that a paint asks for.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable
_SOURCES = ("citation", "citation_link", "source")
# What a computed field looks into beside the sources.
_COMPUTED_FROM = {
    "commitment": ("commitment_check",),
    "dossier": (
        "dossier_item", "meeting", "agreement", "agreement_event", "project", "project_event", "figure", "commitment",
        "commitment_check",
    ),
}  # fmt: skip
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOLTIP, _ALIGNMENT = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

AnyIndex = QModelIndex | QPersistentModelIndex


class RecordModel(EditingModel):
    """Records of one table, one row each, all fields as columns.

    Attributes:
        record_type: the declaration.

    Signals:
        read_refused(sentence): the worker could not read the rows; those before stay.
    """

    read_refused = Signal(str)

    def __init__(
        self, workspace: Workspace, table: str, parent: QObject | None = None, jobs: JobRunner | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace = workspace
        self.record_type: RecordType = workspace.schema[table]
        self._columns = [column_of(workspace.schema, self.record_type, f) for f in self.record_type.fields]
        self._query = Query(table)
        self._shown: Query | None = None
        self._keys: list[int] = []
        self._reading = Reading(workspace, jobs, self.tr("Look for records"), self)
        self._reading.answered.connect(self._on_reading_answered)
        self._reading.refused.connect(self._on_reading_refused)
        self._pages: OrderedDict[int, dict[int, Record]] = OrderedDict()
        self._is_held = False
        self._is_stale = False
        self._is_loaded = False
        self._watched = _linked_tables(workspace.schema, self.record_type)
        workspace.changed.connect(self._on_workspace_changed)
        workspace.closing.connect(self.clear)

    # -- what is shown

    @property
    def query(self) -> Query:
        """What was asked for last."""
        return self._query

    @property
    def keys(self) -> list[int]:
        """The ids of all rows, in their order."""
        return self._keys

    @property
    def is_waiting(self) -> bool:
        """Tell whether the worker still looks for rows."""
        return self._reading.is_busy

    def set_query(self, query: Query) -> None:
        """Show other records, while somebody types as soon as that has ended.

        Raises:
            UserError: a bad filter; what was shown before stays.
        """
        before, self._query = self._query, query
        try:
            self._seek()
        except UserError:
            self._query = before
            raise
        self._is_loaded = True

    def finish(self) -> None:
        """Find now the rows that are still to come."""
        self._reading.finish()

    def will_show(self, key: int) -> bool:
        """Tell whether a record is among the rows that the worker looks for."""
        return self.is_waiting and self._workspace.store.shows(self._query, key)

    def clear(self) -> None:
        """Forget all rows."""
        self._reading.drop()
        self._is_held = self._is_loaded = False
        self._replace([])
        self._shown = None

    def hold(self) -> None:
        """Begin to keep rows in their places: somebody types into one of them."""
        self._is_held = True

    def release(self) -> None:
        """End `hold`, and show what has changed meanwhile."""
        self._is_held = False
        if self._is_stale:
            self._seek()

    def key_at(self, row: int) -> int | None:
        """Return the id of a row, or None beyond the end."""
        return self._keys[row] if 0 <= row < len(self._keys) else None

    def row_of(self, key: int) -> int:
        """Return the row of an id, or -1; also while rows of another query are still to come."""
        if self.is_waiting and self._query != self._shown:
            return -1
        try:
            return self._keys.index(key)
        except ValueError:
            return -1

    def column_of(self, field_name: str) -> int:
        """Return the column of a field."""
        return next(n for n, column in enumerate(self._columns) if column.field.name == field_name)

    def field_at(self, column: int) -> Field:
        """Return the field of a column."""
        return self._columns[column].field

    def name_at(self, column: int) -> str:
        """Return the name of a column, which is that of its field."""
        return self._columns[column].field.name

    @property
    def sorted_by(self) -> str:
        """The field that orders the rows, with a minus in front for falling; empty for the order of the declaration."""
        return self._query.sort

    def record(self, row: int) -> Record | None:
        """Return the record of a row, reading its page if need be; None when it was removed meanwhile."""
        key = self.key_at(row)
        if key is None:
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            page = self._read_page(number)
        else:
            self._pages.move_to_end(number)
        return page.get(key)

    # -- Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return the number of records."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of fields."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """Return what a cell says, means and looks like."""
        if not index.isValid():
            return None
        role = int(role)
        column = self._columns[index.column()]
        if role == STYLE_ROLE:
            return column.style
        if role == _ALIGNMENT:
            return _RIGHT if column.style == "number" else _LEFT
        if role == KEY_ROLE:
            return self.key_at(index.row())
        if role not in ANSWERS:
            return None
        record = self.record(index.row())
        return None if record is None else ANSWERS[role](record, column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Tell what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if self._can_edit(self._columns[index.column()].field) else _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return label and help of a field."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == _DISPLAY:
            return QCoreApplication.translate("catalogue", column.field.label)
        if role == _TOOLTIP:
            return QCoreApplication.translate("catalogue", column.field.help)
        if role == _ALIGNMENT:
            return _RIGHT if column.style == "number" else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a field in the store, once rows are shown; column -1 gives the order of the declaration."""
        name = self._columns[column].field.name if 0 <= column < len(self._columns) else ""
        wanted = f"-{name}" if name and order is Qt.SortOrder.DescendingOrder else name
        query = replace(self._query, sort=wanted)
        if not self._is_loaded:
            self._query = query
        elif query != self._query:
            self.set_query(query)

    # -- writing

    def commit(
        self,
        index: AnyIndex,
        entered: str | Mapping[str, Value],
        created: tuple[Change, ...] = (),
        seen: Record | None = None,
    ) -> Outcome:
        """Write a cell: typed text, or values of the columns of its field.

        Args:
            index: the cell.
            entered: text that the kind of the field reads, or values.
            created: records that the same step makes first (see `FieldEditor.created`).
            seen: the record as the person saw it when the typing began; None takes it as it is now.
        """
        key, field = self.key_at(index.row()), self._columns[index.column()].field
        record = seen or (self._workspace.store.get(self.record_type.name, key) if key is not None else None)
        if record is None:
            outcome = Outcome("This record no longer exists.")
        else:
            outcome = self._write(record, field, entered, created)
        self.report(key, field.name, outcome)
        return outcome

    def _write(
        self, record: Record, field: Field, entered: str | Mapping[str, Value], created: tuple[Change, ...]
    ) -> Outcome:
        if isinstance(entered, str):
            if entered == record.edit_text(field.name):
                return Outcome()
            try:
                entered = field.kind.read(field.name, entered, record.values)
            except ValueError as error:
                return Outcome(str(error))
        return write_field(self._workspace, record, field.name, entered, created)

    def _can_edit(self, field: Field) -> bool:
        is_kept_by_program = not field.is_editable or self.record_type.is_bulk
        return self._workspace.can_edit and not is_kept_by_program and not self._query.is_trash

    # -- rows

    def _read_page(self, number: int) -> dict[int, Record]:
        keys = self._keys[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        page = {record.key: record for record in self._workspace.store.rows(self.record_type.name, keys)}
        self._pages[number] = page
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page

    def _replace(self, keys: list[int]) -> None:
        self.beginResetModel()
        self._keys, self._shown = keys, self._query
        self._pages.clear()
        self._is_stale = False
        self.endResetModel()

    def _seek(self) -> None:
        """Ask for the rows of the present query. Raises UserError."""
        store = self._workspace.store
        store.check(self._query)
        self._reading.ask(partial(_keys, self._query), at_once=not store.is_large(self.record_type.name))

    def _on_reading_answered(self, keys: list[int]) -> None:
        if self._is_held:
            self._is_stale = True
        elif keys != self._keys or self._query != self._shown:
            self._replace(keys)
        else:
            self._is_stale = False
            self._refresh(None)

    def _on_reading_refused(self, error: AzcnError) -> None:
        self.read_refused.emit(str(error))

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if not self._is_loaded:
            return
        table = self.record_type.name
        others = notice.touches(self._watched)
        if table not in notice.tables and not others:
            return
        touched = None if others else notice.tables[table]
        if not self._may_have_moved(notice, others):
            self._refresh(touched)
        elif self._is_held:
            self._is_stale = True
            self._refresh(touched)
        else:
            self._seek()
            if self.is_waiting:
                self._refresh(touched)

    def _may_have_moved(self, notice: ChangeNotice, others: bool) -> bool:
        """Tell whether rows may have come, gone or changed places."""
        query = self._query
        if query.words or any(c.field in ("is", "year", "source") for c in query.conditions):
            return True
        fields = {query.sort.lstrip("-"), *(c.field for c in query.conditions)}
        if self.record_type.name in notice.tables:
            columns = {c.removesuffix("_lo").removesuffix("_hi").lstrip("-") for c in self.record_type.order}
            columns |= {c for name in fields for c in self._columns_of(name)} | {"deleted_at"}
            if not notice.columns or columns & notice.columns:
                return True
        return others and any(self._is_link(name) for name in fields)

    def _columns_of(self, field_name: str) -> list[str]:
        if not self.record_type.has_field(field_name):
            return []
        return list(self.record_type.field(field_name).kind.columns(field_name))

    def _is_link(self, field_name: str) -> bool:
        if not self.record_type.has_field(field_name):
            return False
        return isinstance(self.record_type.field(field_name).kind, Link | Links | Party)

    def _refresh(self, keys: frozenset[int] | None) -> None:
        """Drop the pages that hold these records, or all, and let views ask again."""
        last_column = len(self._columns) - 1
        if keys is None:
            self._pages.clear()
            if self._keys:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, last_column))
            return
        for row in [row for key in keys if (row := self.row_of(key)) >= 0]:
            self._pages.pop(row // PAGE_ROWS, None)
            self.dataChanged.emit(self.index(row, 0), self.index(row, last_column))


def _keys(query: Query, store: Store, _progress: Progress) -> list[int]:
    return store.keys(query)


def _linked_tables(schema: Schema, record_type: RecordType) -> frozenset[str]:
    """Return the tables whose rows a record shows or is found by: joining tables, linked records, sources."""
    found = set(record_type.references().values())
    for f in record_type.links():
        assert isinstance(f.kind, Links)
        found |= {f.kind.through, *schema[f.kind.through].references().values()}
    return frozenset((found | {*_SOURCES, *_COMPUTED_FROM.get(record_type.name, ())}) - {record_type.name})

"""The model of the table of flows: an order of ids that may not be whole yet, and pages read when they are looked at.

It sorts nothing: a click on a header is handed on, and the rows stay until another order comes. Writing goes through
the workspace as every edit does.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from azcn_desktop.errors import Refused, UserError
from azcn_desktop.gui.editors.field_writing import Outcome
from azcn_desktop.gui.records.editing_model import EditingModel
from azcn_desktop.gui.roles import KEY_ROLE, STYLE_ROLE, TONE_ROLE, WARNING_ROLE
from azcn_desktop.gui.statistics.flow_columns import COLUMNS, FLOW_TONES
from azcn_desktop.gui.statistics.flow_pages import FlowPages
from azcn_desktop.gui.statistics.flow_words import is_unknown_code
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.store.flows.deriving import Derived, derive
from azcn_desktop.store.flows.edits import edit_flow
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.rows import Flow, flows
from azcn_desktop.store.records import Record

# Made once: joining flags takes longer than all else that a paint asks for.
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_TOOLTIP, _ALIGNMENT = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.TextAlignmentRole)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STYLES = tuple(column.style for column in COLUMNS)
_SIDES = tuple(_RIGHT if column.style == "number" else _LEFT for column in COLUMNS)
_CAN_EDIT = tuple(column.is_editable for column in COLUMNS)
_PLACES = {column.name: place for place, column in enumerate(COLUMNS)}
_FLOW, _CODE = _PLACES["flow"], _PLACES["code"]
_TOOLTIP_FROM = 24

AnyIndex = QModelIndex | QPersistentModelIndex


class FlowModel(EditingModel):
    """Flows, one row each.

    Attributes:
        record_type: the declaration of their fields.
        sorted_by: the column that orders the rows, with a minus in front for falling; empty for none.

    Signals:
        sort_requested(str): a header was clicked; as in `FlowQuery.sort`.
        released(): somebody has ended typing into a row.
    """

    sort_requested = Signal(str)
    released = Signal()

    record_type: RecordType = TRADE_FLOW

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pages = FlowPages(self._read)
        self.sorted_by = ""
        self.is_held = False

    # -- what is shown

    @property
    def order(self) -> FlowOrder:
        """The ids of the rows, as far as they are known."""
        return self._pages.order

    def show(self, order: FlowOrder, sorted_by: str) -> None:
        """Show flows in another order."""
        self.beginResetModel()
        self._pages.take(order)
        self.sorted_by = sorted_by
        self.endResetModel()

    def complete(self, order: FlowOrder) -> None:
        """Take the whole of an order whose beginning is shown: no row moves, but more of them are known."""
        known = self.order.known
        self._pages.take(order)
        if len(order) > known:
            self.dataChanged.emit(self.index(known, 0), self.index(len(order) - 1, len(COLUMNS) - 1))

    def clear(self) -> None:
        """Forget all rows."""
        self.is_held = False
        self.show(FlowOrder([]), self.sorted_by)

    def key_at(self, row: int) -> int | None:
        """Return the id of a row; None beyond the end, or where it is not known yet."""
        return next(iter(self.order.ids(row, row + 1)), None) if row >= 0 else None

    def row_of(self, key: int) -> int:
        """Return the row of an id, or -1."""
        return self.order.position(key)

    def flow(self, row: int) -> Flow | None:
        """Return the flow of a row; None where it is not known yet, or was removed."""
        return self._pages.flow(row) if 0 <= row < len(self.order) else None

    def derived(self, row: int) -> Derived | None:
        """Return what follows from the flow of a row, computed now if need be."""
        self.derive_rows((row,))
        return self._pages.derived(row)

    def derive_rows(self, rows: Iterable[int]) -> None:
        """Compute what follows from the flows of some rows, rising, where that has not been done."""
        found = self._pages.without_derived(rows)
        if found:
            self._pages.take_derived(
                [row for row, _ in found], derive(self._workspace.store.database, [flow for _, flow in found])
            )
            self._tell(found[0][0], found[-1][0])

    # -- names of columns

    def column_of(self, name: str) -> int:
        """Return the column of a name."""
        return _PLACES[name]

    def name_at(self, column: int) -> str:
        """Return the name of a column."""
        return COLUMNS[column].name

    def field_at(self, column: int) -> Field:
        """Return the field of a column that can be edited."""
        return TRADE_FLOW.field(COLUMNS[column].name)

    # -- Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        """Return the number of flows, known or not."""
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """Return what a cell says and looks like; at once for what a paint asks for."""
        row, column = index.row(), index.column()
        if role == _DISPLAY:
            return self._pages.texts(row)[column] if row >= 0 else None
        if role == STYLE_ROLE:
            return _STYLES[column] if row < self._pages.order.known else "muted"
        if role == WARNING_ROLE:
            return self._doubt(row) if column == _CODE else None
        if role == _ALIGNMENT:
            return _SIDES[column]
        return self._rarely(row, column, role) if row >= 0 else None

    def _doubt(self, row: int) -> str | None:
        flow = self.flow(row)
        return self.tr("No list at hand has this code.") if flow and is_unknown_code(flow) else None

    def _rarely(self, row: int, column: int, role: int) -> Any:
        if role == TONE_ROLE and column == _FLOW:
            flow = self.flow(row)
            return FLOW_TONES.get(flow.flow, "neutral") if flow else "neutral"
        if role == KEY_ROLE:
            return self.key_at(row)
        if role == _EDIT:
            return self._pages.texts(row)[column]
        return self._tooltip(row, column) if role == _TOOLTIP else None

    def _tooltip(self, row: int, column: int) -> str | None:
        flow = self.flow(row)
        if flow is None:
            return None
        shown = COLUMNS[column]
        text = self._pages.texts(row)[column]
        lines = [text] if len(text) > _TOOLTIP_FROM else []
        if shown.derived:
            derived = self.derived(row)
            lines = [words] if derived and (words := derived.formulas.get(shown.name, "")) else []
            if derived and lines and shown.name == "balance" and derived.balance_remark:
                lines.append(derived.balance_remark)
        elif column == _CODE and (doubt := self._doubt(row)):
            lines.append(doubt)
        # Always marked up, so that Qt never guesses whether a value is rich text.
        return f'<p style="white-space:pre-wrap">{html.escape(chr(10).join(lines))}</p>' if lines else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Tell what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can_edit = _CAN_EDIT[index.column()] and self._workspace.can_edit
        return _EDITABLE if can_edit and index.row() < self._pages.order.known else _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return label and help of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == _DISPLAY:
            return self._heading(section)
        if role == _TOOLTIP:
            return COLUMNS[section].help
        return _SIDES[section] if role == _ALIGNMENT else None

    def _heading(self, section: int) -> str:
        """Return a label, at the right side clear of the arrow that shows the sort."""
        column = COLUMNS[section]
        is_under_arrow = column.style == "number" and column.name == self.sorted_by.lstrip("-")
        return f"{column.label}\u2003" if is_under_arrow else column.label

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; the rows stay until it comes."""
        name = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else ""
        self.sort_requested.emit(f"-{name}" if name and order is Qt.SortOrder.DescendingOrder else name)

    # -- writing

    def hold(self) -> None:
        """Begin to keep rows in their places: somebody types into one of them."""
        self.is_held = True

    def release(self) -> None:
        """End `hold`."""
        if self.is_held:
            self.is_held = False
            self.released.emit()

    def commit(
        self,
        index: AnyIndex,
        entered: str | Mapping[str, Value],
        created: tuple[Change, ...] = (),
        seen: Record | None = None,
    ) -> Outcome:
        """Write a cell.

        Args:
            index: the cell.
            entered: typed text.
            created: nothing; a flow links to no record that could be made.
            seen: the flow as the person saw it when the typing began; a value changed meanwhile is not overwritten.
        """
        field = self.field_at(index.column())
        key = seen.key if seen else self.key_at(index.row())
        assert isinstance(entered, str)
        if key is None:
            outcome = Outcome(self.tr("This row is not known yet."))
        else:
            outcome = self._written(key, field, entered, seen)
        self.report(key, field.name, outcome)
        return outcome

    def _written(self, key: int, field: Field, text: str, seen: Record | None) -> Outcome:
        try:
            step = edit_flow(self._workspace.store, key, field.name, text)
            if not step.changes:
                return Outcome()
            if seen is not None:
                before = {name: seen.values.get(name) for name in step.changes[0].after or {}}
                step = replace(step, changes=(replace(step.changes[0], before=before),))
            self._workspace.apply(step)
        except Refused as error:
            return Outcome(" ".join(sentence.removeprefix(f"{field.label}: ") for _, sentence in error.problems))
        except UserError as error:
            return Outcome(str(error))
        return Outcome(is_written=True)

    # -- rows that change

    def refresh(self, keys: frozenset[int] | None) -> None:
        """Read some flows anew, or all, and what follows from any of them; rows stay in their places."""
        self._pages.forget_derived()
        if keys is None:
            self._pages.forget()
        for row in [row for key in keys or () if (row := self.row_of(key)) >= 0]:
            self._pages.forget_row(row)
        if len(self.order):
            self._tell(0, len(self.order) - 1)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def _read(self, ids: Sequence[int]) -> list[Flow]:
        return flows(self._workspace.store.database, ids)

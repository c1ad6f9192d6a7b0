"""Editing in the table: the editor of the field over its cell, with the keys of a spreadsheet.

Qt's own delegate closes an editor whatever becomes of its value; here it closes once the value is written, and a
refused one stays with its typing and the reason beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.editors.editors import FieldEditor, Outcome, make_editor
from azcn_desktop.gui.editors.link_editors import LinksEditor
from azcn_desktop.gui.editors.value_editors import TextEditor
from azcn_desktop.gui.records.cell_delegate import COMPACT_ROW_PX, CellDelegate
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.store.records import Record

_LEAST_WIDTH = 190
_PANEL_SIZE = (360, 150)


class EditableModel(Protocol):
    """What a model of rows does for those who edit them."""

    record_type: RecordType

    def key_at(self, row: int) -> int | None:
        """Return the id of a row, or None."""

    def field_at(self, column: int) -> Field:
        """Return the field of a column that can be edited."""

    def hold(self) -> None:
        """Begin to keep rows in their places: somebody types into one of them."""

    def commit(
        self,
        index: QModelIndex | QPersistentModelIndex,
        entered: str | Mapping[str, Value],
        created: tuple[Change, ...] = (),
        seen: Record | None = None,
    ) -> Outcome:
        """Write a cell."""

    def report(self, key: int | None, field_name: str, outcome: Outcome) -> None:
        """Tell of a refusal or a doubt."""


class RecordDelegate(CellDelegate):
    """Paint cells and edit them.

    Signals:
        moved(int): an edit ended by Tab (1) or Backtab (-1).
    """

    moved = Signal(object)

    def __init__(self, workspace: Workspace, controller: ThemeController, parent: QObject | None = None) -> None:
        super().__init__(controller, parent)
        self._workspace = workspace
        self._controller = controller
        self._shown: set[QWidget] = set()

    @property
    def open_editor(self) -> FieldEditor | None:
        """The editor that is open, or None."""
        return next((editor for editor in self._shown if isinstance(editor, FieldEditor)), None)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Make the editor of the field, on the record as it is stored now."""
        model = _model(index.model())
        key = model.key_at(index.row())
        record = self._workspace.store.get(model.record_type.name, key) if key is not None else None
        if record is None:
            return None  # type: ignore[return-value]  # Qt takes it for "can't be edited"
        model.hold()
        editor = make_editor(model.field_at(index.column()), parent, self._workspace.store, record)
        editor.catches_tab = True
        editor.setAutoFillBackground(True)
        if isinstance(editor, LinksEditor | TextEditor):
            editor.setContentsMargins(5, 3, 5, 5)
            editor.setProperty("role", "card")
            editor.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if isinstance(editor, LinksEditor):
            editor.line.setMinimumHeight(self._controller.px(COMPACT_ROW_PX))
        place = QPersistentModelIndex(index)
        editor.committed.connect(partial(self._on_committed, editor, place, 0))
        editor.cancelled.connect(partial(self._close, editor))
        editor.tabbed.connect(partial(self._on_tabbed, editor, place))
        editor.step_requested.connect(partial(self._on_step_requested, editor, model))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Select the text at first; later show what has changed elsewhere, unless somebody is typing."""
        assert isinstance(editor, FieldEditor)
        if editor not in self._shown:
            self._shown.add(editor)
            editor.select_all()
            return
        record = self._workspace.store.get(editor.record.table, editor.record.key)
        if record is not None:
            editor.set_record(record)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Do nothing: values are written by `commit` of the model, which can refuse them."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put the editor over its cell, wider or taller where the cell is too small for typing."""
        room = option.widget.viewport().rect() if isinstance(option.widget, QTableView) else option.rect
        px = self._controller.px
        wanted = QRect(option.rect)
        wanted.setWidth(max(wanted.width(), px(_LEAST_WIDTH)))
        if isinstance(editor, LinksEditor | TextEditor):
            wanted.setWidth(max(wanted.width(), px(_PANEL_SIZE[0])))
            height = editor.sizeHint().height() if isinstance(editor, LinksEditor) else px(_PANEL_SIZE[1])
            wanted.setHeight(min(height, room.height()))
        wanted.moveLeft(max(min(wanted.left(), room.right() - wanted.width()), 0))
        wanted.moveTop(max(min(wanted.top(), room.bottom() - wanted.height()), 0))
        editor.setGeometry(wanted)

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Forget an editor that the view has closed."""
        self._shown.discard(editor)
        super().destroyEditor(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave keys and focus to the editor; Qt's own filter would close it whatever stands in it."""
        return False

    def _on_committed(self, editor: FieldEditor, place: QPersistentModelIndex, step: int) -> None:
        outcome = self._written(editor, place)
        if outcome.refusal:
            editor.show_problem(outcome.refusal)
            return
        self._close(editor)
        if step:
            self.moved.emit(step)

    def _on_tabbed(self, editor: FieldEditor, place: QPersistentModelIndex, step: int) -> None:
        self._on_committed(editor, place, step)

    def _written(self, editor: FieldEditor, place: QPersistentModelIndex) -> Outcome:
        """Write what was typed; a record whose row has gone meanwhile is written all the same, or refused in words."""
        if not editor.is_modified():
            return Outcome()
        model = _model(place.model()) if place.isValid() else None
        try:
            values = editor.values()
        except ValueError as error:
            outcome = Outcome(str(error))
            if model:
                model.report(editor.record.key, editor.field.name, outcome)
            return outcome
        if model is None:
            return Outcome(self.tr("This record is no longer shown here. Press Escape."))
        return model.commit(place, values, editor.created(), editor.record)

    def _on_step_requested(self, editor: FieldEditor, model: EditableModel, step: ChangeSet) -> None:
        try:
            self._workspace.apply(step)
        except UserError as error:
            editor.show_problem(str(error))
            model.report(editor.record.key, editor.field.name, Outcome(str(error)))
        else:
            QTimer.singleShot(0, editor, partial(_grow, editor))

    def _close(self, editor: FieldEditor) -> None:
        editor.blockSignals(True)  # hiding it takes the focus away, and that would commit once more
        self.closeEditor.emit(editor, self.EndEditHint.NoHint)


def _grow(editor: QWidget) -> None:
    """Make room for a member that was added."""
    wanted = max(editor.height(), editor.sizeHint().height())
    editor.setGeometry(editor.x(), max(min(editor.y(), _bottom_of(editor) - wanted), 0), editor.width(), wanted)


def _bottom_of(editor: QWidget) -> int:
    parent = editor.parentWidget()
    return parent.height() if parent is not None else editor.geometry().bottom()


def _model(model: QAbstractItemModel) -> EditableModel:
    return cast(EditableModel, model)

"""The registry of editors: one for every kind of field, in the grid and in the inspector alike.

How to use one: `make_editor`, then listen to `committed`, `cancelled` and `step_requested`. On `committed` call
`commit(editor, workspace)`: it writes, or shows the refusal beside the field and keeps the typing. On `step_requested`
apply the change set. Call `set_record` when the record has changed elsewhere; typing that is under way stays.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.editors.field_editor import FieldEditor
from azcn_desktop.gui.editors.field_writing import Outcome, write_field
from azcn_desktop.gui.editors.link_editors import LinkEditor, LinksEditor
from azcn_desktop.gui.editors.value_editors import LineEditor, ListEditor, TextEditor
from azcn_desktop.gui.editors.wrapped_editor import WrappedEditor, is_wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Choice, Country, Flag, Kind, Link, Links, Party, Text
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

__all__ = ["FieldEditor", "Outcome", "commit", "make_editor"]

_EDITORS: tuple[tuple[type[Kind], type[FieldEditor]], ...] = (
    (Links, LinksEditor),
    (Link, LinkEditor),
    (Party, LinkEditor),
    (Choice, ListEditor),
    (Country, ListEditor),
    (Flag, ListEditor),
    (Kind, LineEditor),
)


def make_editor(
    field: Field, parent: QWidget | None, store: Store, record: Record, *, wraps: bool = False
) -> FieldEditor:
    """Return an editor for a field, showing a record.

    Args:
        field: the declaration.
        parent: the owner.
        store: where linked records are looked for; nothing is written to it.
        record: the record, read whole by `Store.get`, or a long text would be cut.
        wraps: put a text that is too long for a line on several lines, as a narrow pane needs it.
    """
    if wraps and is_wrapped(field):
        return WrappedEditor(field, parent, store, record)
    if isinstance(field.kind, Text) and field.kind.is_long:
        return TextEditor(field, parent, store, record)
    made = next(editor for kind, editor in _EDITORS if isinstance(field.kind, kind))
    return made(field, parent, store, record)


def commit(editor: FieldEditor, workspace: Workspace) -> Outcome:
    """Write what stands in an editor, if a person changed it.

    Returns:
        What became of it. A refusal is shown beside the field already, and the typing stays; after a success the editor
        shows the stored value.
    """
    if not editor.is_modified():
        return Outcome()
    try:
        values = editor.values()
    except ValueError as error:
        outcome = Outcome(str(error))
    else:
        outcome = write_field(workspace, editor.record, editor.field.name, values, editor.created())
    if outcome.refusal:
        editor.show_problem(outcome.refusal)
    else:
        editor.take_over()
    return outcome

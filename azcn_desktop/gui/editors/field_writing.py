"""Writing one field of one record: judged before it is written, refused in words.

The grid and the inspector commit through here, so that both refuse and warn alike. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import Refused, UserError
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.edits import edit_field
from azcn_desktop.store.records import Record


class Outcome(Struct, frozen=True):
    """What became of an edit.

    Attributes:
        refusal: why nothing was written; empty when all is well.
        warning: what is doubtful about the written value; usually empty.
        is_written: whether something was written.
    """

    refusal: str = ""
    warning: str = ""
    is_written: bool = False


def write_field(
    workspace: Workspace,
    record: Record,
    field_name: str,
    values: Mapping[str, Value],
    created: tuple[Change, ...] = (),
) -> Outcome:
    """Write the columns of one field, with records that the same step creates.

    Args:
        workspace: where to.
        record: the record as the person saw it; a value changed meanwhile is a conflict, not overwritten.
        field_name: the field.
        values: its columns; ids of created records are their placeholders.
        created: inserts that come first.
    """
    moved = {column: value for column, value in values.items() if not _is_same(record.values.get(column), value)}
    if not moved:
        return Outcome()
    refusal, warning = _judged(record, field_name, moved)
    if refusal:
        return Outcome(refusal)
    try:
        step = edit_field(workspace.store, record.table, record.key, field_name, moved)
        before = {column: record.values.get(column) for column in moved}
        change = Change(record.table, record.key, before, moved)
        workspace.apply(replace(step, changes=(*created, change)))
    except Refused as error:
        return Outcome(" ".join(sentence for _, sentence in error.problems))
    except UserError as error:
        return Outcome(str(error))
    return Outcome(warning=warning, is_written=True)


def _judged(record: Record, field_name: str, values: Mapping[str, Value]) -> tuple[str, str]:
    """Return why the new row is impossible, and what is unlikely about the edited columns."""
    record_type = record.record_type
    problems = record_type.check(dict(record.values) | dict(values))
    refusals, warnings = [], []
    for problem in problems:
        own = problem.field == field_name or problem.field in values
        if problem.is_warning:
            warnings += [problem.message] if own else []
        else:
            label = "" if problem.field == field_name else f"{record_type.field(problem.field).label}: "
            refusals.append(label + problem.message)
    return " ".join(refusals), " ".join(warnings)


def _is_same(one: Value, other: Value) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and one == other

"""Fields that nobody just types over: they change only together with a dated check that has a source.

Which fields these are is declared (`Field.checked_by`). Whoever removes the check that set a value takes the value back
with it. Undo, redo and setting back to what was shipped take such a step back as a whole and are not asked. Knows
changes and declarations only.
"""

from __future__ import annotations

from collections.abc import Iterator

from azcn_desktop.errors import Refused
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Party
from azcn_desktop.records.schema import Field, Schema

ONLY_BY_CHECK = "{} changes only by a dated check with a source. Add a check; it sets the field."


def refuse_unchecked(schema: Schema, change_set: ChangeSet) -> None:
    """Refuse a step that changes a checked field without its check.

    Raises:
        Refused: with the field and a sentence.
    """
    if change_set.origin not in ("edit", "import"):
        return
    refused = [
        (f.name, ONLY_BY_CHECK.format(f.label))
        for change in change_set.changes
        if change.before is not None and change.after is not None
        for f in checked_fields(schema, change)
        if not any(
            _checks(schema, f, change, other, change_set) or _takes_back(schema, f, change, other)
            for other in change_set.changes
        )
    ]
    if refused:
        raise Refused(refused)


def checked_fields(schema: Schema, change: Change) -> Iterator[Field]:
    """Yield the checked fields that an update gives another value."""
    for f in schema[change.table].fields:
        before, after = change.before or {}, change.after or {}
        if f.checked_by and f.name in after and after[f.name] != before.get(f.name):
            yield f


def _checks(schema: Schema, f: Field, change: Change, other: Change, change_set: ChangeSet) -> bool:
    """Tell whether another change of the step is a new, dated and sourced check that found this value."""
    if other.table != f.checked_by or other.before is not None or other.after is None:
        return False
    owner = _owner(schema, f, change.table)
    row, wanted = other.after, (change.after or {})[f.name]
    is_check = row.get(owner) == change.key and row.get(f.name) == wanted and bool(row.get("checked_on"))
    return is_check and any(_cites(schema, other, third) for third in change_set.changes)


def _takes_back(schema: Schema, f: Field, change: Change, other: Change) -> bool:
    """Tell whether another change of the step removes the check that found the value which goes."""
    if other.table != f.checked_by or other.after is not None or other.before is None:
        return False
    is_own = other.before.get(_owner(schema, f, change.table)) == change.key
    return is_own and other.before.get(f.name) == (change.before or {}).get(f.name)


def _owner(schema: Schema, f: Field, table: str) -> str:
    return next(column for part, column in schema.parts_of(table) if part.name == f.checked_by)


def _cites(schema: Schema, check: Change, change: Change) -> bool:
    cited = schema["citation_link"].field("cited").kind
    assert isinstance(cited, Party)
    is_new = change.table == "citation_link" and change.before is None and change.after is not None
    return is_new and cited.chosen(change.after or {}) == (check.table, check.key)

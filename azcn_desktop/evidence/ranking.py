"""Judging between figures that differ, as change sets: which one is preferred, which is not to be used, and why.

A judgement is an ordinary edit of one step: it can be undone, and nothing that was printed is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.evidence.figures import read_figures
from azcn_desktop.records import words
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.edits import edit_field
from azcn_desktop.store.store import Store


def prefer(store: Store, key: int, reason: str) -> ChangeSet:
    """Make a figure the preferred one for its measure, flow, product, period and side.

    What was preferred there before becomes normal and keeps its reason, as a record of what was thought.

    Raises:
        UserError: no reason is given.
        Conflict: the figure is gone.
    """
    figures = read_figures(store)
    chosen = next((f for f in figures if f.key == key), None)
    if chosen is None:
        raise Conflict("This figure no longer exists.")
    former = [f.key for f in figures if f.slot == chosen.slot and f.rank == "preferred" and f.key != key]
    first = _ranked(store, key, "preferred", _written(reason), "Prefer")
    demoted = (_change(store, other, {"rank": "normal"}) for other in former)
    return ChangeSet(first.label, (*demoted, *first.changes))


def deprecate(store: Store, key: int, reason: str) -> ChangeSet:
    """Mark a figure as not to be used; it stays beside the others and is drawn never.

    Raises:
        UserError: no reason is given.
        Conflict: the figure is gone.
    """
    return _ranked(store, key, "deprecated", _written(reason), "Deprecate")


def make_normal(store: Store, key: int) -> ChangeSet:
    """Take back that a figure is preferred or deprecated, with the reason. Raises Conflict when it is gone."""
    return _ranked(store, key, "normal", None, "No longer rank")


def set_cause(store: Store, key: int, cause: str | None) -> ChangeSet:
    """Say why a figure differs, in a word of `words.CONFLICT_CAUSE`; None takes the judgement back.

    Raises:
        UserError: the word is not in the list.
        Conflict: the figure is gone.
    """
    problem = words.CONFLICT_CAUSE.check("cause", {"cause": cause})
    if problem:
        raise UserError(problem)
    return edit_field(store, "figure", key, "conflict_cause", {"conflict_cause": cause})


def _written(reason: str) -> str:
    if not reason.strip():
        raise UserError("Write why, so that others can follow the choice.")
    return reason.strip()


def _ranked(store: Store, key: int, rank: str, reason: str | None, verb: str) -> ChangeSet:
    change = _change(store, key, {"rank": rank, "rank_reason": reason})
    name = edit_field(store, "figure", key, "rank", {}).label.partition(" of ")[2]
    return ChangeSet(f"{verb} {name}", (change,))


def _change(store: Store, key: int, after: Mapping[str, Value]) -> Change:
    record = store.get("figure", key)
    if record is None:
        raise Conflict("This figure no longer exists.")
    return Change("figure", key, {column: record.values.get(column) for column in after}, dict(after))

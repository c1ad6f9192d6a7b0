"""Judging between figures that differ, as change sets: which one is preferred, which is not to be used, and why.

A judgement is an ordinary edit of one step: it can be undone, and nothing that was printed is overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.evidence.figures import Figure, reread
from azcn_desktop.evidence.phrasing import claim
from azcn_desktop.records import words
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.edits import edit_field
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

_PLACE = ("measure", "flow", "period_start_lo", "as_of_lo")


def prefer(store: Store, key: int, reason: str) -> ChangeSet:
    """Make a figure the preferred one for its measure, flow, product, period and side.

    What was preferred there before becomes normal; its reason was one for preferring it, so it now says by what it was
    superseded and why. Undo brings the old one back.

    Raises:
        UserError: no reason is given.
        Conflict: the figure is gone.
    """
    chosen = next(iter(reread(store, [key], {})), None)
    if chosen is None:
        raise Conflict("This figure no longer exists.")
    first = _ranked(store, key, "preferred", _written(reason), "Prefer")
    superseded = f"Superseded by {claim(chosen)}: {reason.strip()}"
    demoted = (
        _change(store, other.key, {"rank": "normal", "rank_reason": superseded})
        for other in _preferred_beside(store, chosen)
    )
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


def _preferred_beside(store: Store, chosen: Figure) -> list[Figure]:
    """Return what is preferred for the same thing; of other things only a few columns are looked at."""
    is_preferred = Query("figure", conditions=(Condition("rank", "is", ("preferred",)),))
    keys = [
        key
        for key, measure, flow, start, as_of in store.select(is_preferred, ("id", *_PLACE))
        if isinstance(key, int) and (measure or "", flow or "", start or as_of or "") == _place(chosen)
    ]
    return [found for found in reread(store, keys, {}) if found.slot == chosen.slot and found.key != chosen.key]


def _place(figure: Figure) -> tuple[str, str, str]:
    return figure.measure, figure.flow, figure.start


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

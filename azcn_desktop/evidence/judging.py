"""From arithmetic to a verdict: the one place that decides between agreement, rounding, conflict and no check.

A conflict is only what no reading of the printed numbers allows; it never rests on a deprecated figure against one that
a person left standing, nor on the width that this program gives to "about". Where numbers fit only because "over" has
no end, nothing was checked, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from azcn_desktop.evidence.checks import REASON, Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.phrasing import claim, name_of
from azcn_desktop.evidence.readings import (
    Reading,
    as_stated,
    is_hedged,
    is_limit,
    with_limits_as_numbers,
    with_looser_hedges,
)

Others = Sequence[tuple[Figure, str]]
Write = Callable[[bool], tuple[str, str, str]]
"""Writes statement, calculation and explanation when they are asked for, given whether the numbers fit."""


def judged(
    kind: str,
    subjects: Sequence[Figure],
    others: Others,
    fits: Callable[[Reading], bool],
    as_printed: bool,
    write: Write,
) -> Check:
    """Return the check of a sum that was done.

    Args:
        kind: a word of `KIND`.
        subjects: what is checked.
        others: what it is checked against, with roles.
        fits: tells whether the numbers can be true together, given how each figure is read.
        as_printed: the printed numbers fit, without a look at rounding.
        write: writes the words.
    """
    is_settled = all(f.rank == "deprecated" for f in subjects)
    verdict, reason = "conflicts", ""
    used = [*subjects, *(figure for figure, role in others if role != "other")]
    if fits(as_stated):
        verdict = "agrees" if as_printed else "agrees_after_rounding"
        limits = [figure for figure in used if is_limit(figure)]
        if limits and not fits(with_limits_as_numbers):
            verdict, reason, write = "cannot_be_checked", "open_end", partial(_write_open, write, limits)
    elif (hedged := [figure for figure in used if is_hedged(figure)]) and fits(with_looser_hedges):
        verdict, reason, write = "cannot_be_checked", "hedged", partial(_write_hedged, write, hedged)
    elif not is_settled and any(f.rank == "deprecated" for f, role in others if role != "other"):
        verdict, reason = "cannot_be_checked", "only_deprecated"
    return Check(kind, verdict, *_linked(subjects, others), write, reason, is_settled)


def unchecked(
    kind: str,
    subjects: Sequence[Figure],
    others: Others,
    reason: str,
    explanation: Callable[[], str] | None = None,
    calculation: Callable[[], str] | None = None,
) -> Check:
    """Return the check of something that can't be checked; the reason explains itself where nothing is added."""
    write = partial(_write_unchecked, tuple(subjects), reason, explanation, calculation)
    is_settled = all(f.rank == "deprecated" for f in subjects)
    return Check(kind, "cannot_be_checked", *_linked(subjects, others), write, reason, is_settled)


def _write_open(write: Write, limits: Sequence[Figure], fits: bool) -> tuple[str, str, str]:
    statement, calculation, _ = write(True)
    named = "; ".join(f"{name_of(f)}: {f.words}" for f in limits)
    words = f"Stated only as a limit ({named}), which fits many values: this neither confirms nor refutes it."
    return statement, calculation, words


def _write_hedged(write: Write, hedged: Sequence[Figure], fits: bool) -> tuple[str, str, str]:
    statement, calculation, _ = write(False)
    named = "; ".join(map(claim, hedged))
    words = f"It misses by less than the width that is assumed for the hedge ({named}); a source states no such width."
    return statement, calculation, words


def _write_unchecked(
    subjects: Sequence[Figure],
    reason: str,
    explanation: Callable[[], str] | None,
    calculation: Callable[[], str] | None,
    fits: bool,
) -> tuple[str, str, str]:
    words = explanation() if explanation else f"{REASON.label(reason)}."
    return " and ".join(map(claim, subjects)), calculation() if calculation else "", words


def _linked(subjects: Sequence[Figure], others: Others) -> tuple[tuple[int, ...], tuple[str, ...]]:
    keys, roles = [f.key for f in subjects], ["subject"] * len(subjects)
    for figure, role in others:
        keys.append(figure.key)
        roles.append(role)
    return tuple(keys), tuple(roles)

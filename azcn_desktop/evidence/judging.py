"""From arithmetic to a verdict: the one place that decides between agreement, rounding, conflict and no check.

A conflict is only what no reading of the printed numbers allows, and never rests on a deprecated figure against one
that a person left standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from azcn_desktop.evidence.checks import REASON, Check
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.phrasing import claim

Others = Sequence[tuple[Figure, str]]
Write = Callable[[bool], tuple[str, str, str]]
"""Writes statement, calculation and explanation when they are asked for, given whether the numbers fit."""


def judged(kind: str, subjects: Sequence[Figure], others: Others, fits: bool, as_printed: bool, write: Write) -> Check:
    """Return the check of a sum that was done.

    Args:
        kind: a word of `KIND`.
        subjects: what is checked.
        others: what it is checked against, with roles.
        fits: some reading of the numbers is possible.
        as_printed: the printed numbers fit, without a look at rounding.
        write: writes the words.
    """
    is_settled = all(f.rank == "deprecated" for f in subjects)
    verdict, reason = "conflicts", ""
    if fits:
        verdict = "agrees" if as_printed else "agrees_after_rounding"
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
    keys = (*(f.key for f in subjects), *(f.key for f, _ in others))
    return keys, (*("subject" for _ in subjects), *(role for _, role in others))

"""From arithmetic to a verdict: the one place that decides between agreement, rounding, conflict and no check.

A conflict is only what no reading of the printed numbers allows, and never rests on a deprecated figure against one
that a person left standing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from azcn_desktop.evidence.checks import REASON, Check, Linked
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.phrasing import claim

Others = Sequence[tuple[Figure, str]]
Texts = Callable[[], tuple[str, str]]
"""Writes two texts when they are asked for: statement and calculation, or the explanation of a fit and of a misfit."""


def judged(
    kind: str, subjects: Sequence[Figure], others: Others, texts: Texts, fits: bool, as_printed: bool, words: Texts
) -> Check:
    """Return the check of a sum that was done.

    Args:
        kind: a word of `KIND`.
        subjects: what is checked.
        others: what it is checked against, with roles.
        texts: writes statement and calculation.
        fits: some reading of the numbers is possible.
        as_printed: the printed numbers fit, without a look at rounding.
        words: writes the explanation where it fits, and where it does not.
    """
    is_settled = all(f.rank == "deprecated" for f in subjects)
    linked = _linked(subjects, others)

    def write() -> tuple[str, str, str]:
        return (*texts(), words()[0 if fits else 1])

    if fits:
        return Check(kind, "agrees" if as_printed else "agrees_after_rounding", linked, write, is_settled=is_settled)
    if not is_settled and any(f.rank == "deprecated" for f, role in others if role != "other"):
        return Check(kind, "cannot_be_checked", linked, write, "only_deprecated", is_settled)
    return Check(kind, "conflicts", linked, write, is_settled=is_settled)


def unchecked(
    kind: str,
    subjects: Sequence[Figure],
    others: Others,
    reason: str,
    explanation: Callable[[], str] | None = None,
    calculation: Callable[[], str] | None = None,
) -> Check:
    """Return the check of something that can't be checked; the reason explains itself where nothing is added."""

    def write() -> tuple[str, str, str]:
        words = explanation() if explanation else f"{REASON.label(reason)}."
        return " and ".join(map(claim, subjects)), calculation() if calculation else "", words

    is_settled = all(f.rank == "deprecated" for f in subjects)
    return Check(kind, "cannot_be_checked", _linked(subjects, others), write, reason, is_settled)


def _linked(subjects: Sequence[Figure], others: Others) -> tuple[Linked, ...]:
    return (
        *(Linked(figure.key, "subject") for figure in subjects),
        *(Linked(figure.key, role) for figure, role in others),
    )

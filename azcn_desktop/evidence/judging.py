"""From arithmetic to a verdict: the one place that decides between agreement, rounding, conflict and no check.

A conflict is only what no reading of the printed numbers allows, and never rests on a deprecated figure against one
that a person left standing.
"""

from __future__ import annotations

from collections.abc import Sequence

from azcn_desktop.evidence.checks import REASON, Check, Linked
from azcn_desktop.evidence.figures import Figure

Others = Sequence[tuple[Figure, str]]


def judged(
    kind: str,
    subjects: Sequence[Figure],
    others: Others,
    texts: tuple[str, str],
    fits: bool,
    fits_as_printed: bool,
    words: tuple[str, str],
) -> Check:
    """Return the check of a sum that was done.

    Args:
        kind: a word of `KIND`.
        subjects: what is checked.
        others: what it is checked against, with roles.
        texts: statement and calculation.
        fits: some reading of the numbers is possible.
        fits_as_printed: the printed numbers do, without a look at rounding.
        words: the explanation where it fits, and where it does not.
    """
    is_settled = all(f.rank == "deprecated" for f in subjects)
    linked = _linked(subjects, others)
    if fits:
        verdict = "agrees" if fits_as_printed else "agrees_after_rounding"
        return Check(kind, verdict, linked, *texts, words[0], is_settled=is_settled)
    if not is_settled and any(f.rank == "deprecated" for f, role in others if role != "other"):
        return unchecked(kind, subjects, others, texts, "only_deprecated", words[1])
    return Check(kind, "conflicts", linked, *texts, words[1], is_settled=is_settled)


def unchecked(
    kind: str,
    subjects: Sequence[Figure],
    others: Others,
    texts: tuple[str, str],
    reason: str,
    explanation: str = "",
) -> Check:
    """Return the check of something that can't be checked; the reason explains itself where nothing is added."""
    is_settled = all(f.rank == "deprecated" for f in subjects)
    sentence = explanation or f"{REASON.label(reason)}."
    return Check(kind, "cannot_be_checked", _linked(subjects, others), *texts, sentence, reason, is_settled)


def _linked(subjects: Sequence[Figure], others: Others) -> tuple[Linked, ...]:
    return (
        *(Linked(figure.key, "subject") for figure in subjects),
        *(Linked(figure.key, role) for figure, role in others),
    )

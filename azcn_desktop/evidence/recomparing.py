"""The conflicts after an edit of a few figures: found anew in the years that it touches, kept elsewhere.

A figure is also compared with the years beside its own, to recognise a value that belongs to another year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from azcn_desktop.evidence.conflicts import Disagreement, conflicts
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.progress import Progress

Family = tuple[str, str, str]


class Recomparison(Struct, frozen=True):
    """What is to be compared anew.

    Attributes:
        known: the conflicts before the edit.
        years: measure, flow and product with the years whose conflicts may be others now.
        figures: those that decide about them, as they are now.
    """

    known: Sequence[Disagreement]
    years: frozenset[tuple[Family, str]]
    figures: Sequence[Figure]

    def found(self, progress: Progress | None = None) -> list[Disagreement]:
        """Return all conflicts as they are now. Raises Cancelled."""
        kept = [c for c in self.known if (_family(c), c.end[:4]) not in self.years]
        return [*kept, *(c for c in conflicts(self.figures, progress) if (_family(c), c.end[:4]) in self.years)]


def recomparison(
    known: Sequence[Disagreement], figures: Mapping[int, Figure], touched: Iterable[Figure]
) -> Recomparison:
    """Tell what an edit makes necessary.

    Args:
        known: the conflicts before it.
        figures: all figures after it, by key.
        touched: what it changed, as that was before and as it is now.
    """
    years = frozenset((_family(f), year) for f in touched if f.end for year in _years_around(f.end, 1))
    reach = {(family, near) for family, year in years for near in _years_around(year, 1)}
    return Recomparison(known, years, [f for f in figures.values() if (_family(f), f.end[:4]) in reach])


def _years_around(day: str, reach: int) -> list[str]:
    return [f"{int(day[:4]) + step:04}" for step in range(-reach, reach + 1)]


def _family(about: Figure | Disagreement) -> Family:
    """Return what figures must have in common to be figures for one thing."""
    return about.measure, about.flow, about.product

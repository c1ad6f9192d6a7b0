"""The arithmetic audit of all figures, and of what one edit touches.

Rules come in groups by how far they look, and each group has its own shelves (see `lookup`): one flow through the
periods of a year, all flows of one period, all goods of one period, all investment of a year. A check looks at its own
shelf, at that of the year before and at linked parts, so an edit repeats the checks of its shelves, of the year after
and of the wholes it belongs to, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.claim_rules import claim_checks, investment_checks
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.growth_group_rules import base_checks, part_growth_checks
from azcn_desktop.evidence.growth_rules import growth_checks
from azcn_desktop.evidence.lookup import GOODS, KINDS, LINE, WHOLE, Lookup, Shelf, shelves_of
from azcn_desktop.evidence.sum_rules import longer_checks, product_checks, total_checks
from azcn_desktop.garbage import collector_paused

_RULES = {
    LINE: (growth_checks, base_checks, longer_checks, claim_checks),
    WHOLE: (total_checks, part_growth_checks),
    GOODS: (product_checks,),
    KINDS: (investment_checks,),
}


def audit(figures: Iterable[Figure]) -> list[Check]:
    """Check all figures: growth, sums, parts of years, shares, and what can't be checked."""
    return Auditor(figures).checks


class Auditor:
    """The figures of a file with their checks, kept up to date edit by edit.

    Attributes:
        figures: the figures by key, in the order in which they were given.
    """

    def __init__(self, figures: Iterable[Figure]) -> None:
        self.figures: dict[int, Figure] = {}
        self._shelves: dict[Shelf, dict[int, Figure]] = defaultdict(dict)
        self._parts: dict[int, dict[int, Figure]] = defaultdict(dict)
        self._checks: dict[Shelf, list[Check]] = {}
        with collector_paused():
            for figure in figures:
                self._put(figure)
            self._audit(list(self._shelves))

    @property
    def checks(self) -> list[Check]:
        """All checks, those of one family and year together."""
        return [check for shelf in sorted(self._checks) for check in self._checks[shelf]]

    def checks_of(self, key: int) -> list[Check]:
        """Return the checks that rest on a figure, those first that check it."""
        found = [check for check in self.checks if key in check.keys]
        return sorted(found, key=lambda check: key not in check.subjects)

    def recheck(self, changed: Iterable[Figure], removed: Iterable[int] = ()) -> list[Check]:
        """Take in what an edit touched and repeat the checks that depend on it.

        Args:
            changed: figures that are new or other than before, as they are now (see `figures.reread`).
            removed: keys of figures that are gone or in the trash.

        Returns:
            The repeated checks.
        """
        touched: set[Shelf] = set()
        changed = list(changed)
        for key in (*removed, *(figure.key for figure in changed)):
            if key in self.figures:
                touched |= self._dependents(self.figures[key])
                self._take(key)
        for figure in changed:
            self._put(figure)
            touched |= self._dependents(figure)
        with collector_paused():
            self._audit(touched)
        return [check for shelf in sorted(touched) for check in self._checks.get(shelf, ())]

    def _put(self, figure: Figure) -> None:
        self.figures[figure.key] = figure
        for shelf in shelves_of(figure):
            self._shelves[shelf][figure.key] = figure
        for whole in figure.wholes:
            self._parts[whole][figure.key] = figure

    def _take(self, key: int) -> None:
        figure = self.figures.pop(key)
        for shelf in shelves_of(figure):
            self._shelves[shelf].pop(key)
        for whole in figure.wholes:
            self._parts[whole].pop(key)

    def _dependents(self, figure: Figure) -> set[Shelf]:
        """Return the shelves whose checks look at a figure."""
        own = list(shelves_of(figure))
        after = (shelf.moved(1) for shelf in own)
        wholes = (next(shelves_of(self.figures[key])) for key in figure.wholes if key in self.figures)
        return {*own, *filter(None, after), *wholes}

    def _audit(self, shelves: Iterable[Shelf]) -> None:
        parts = {whole: list(found.values()) for whole, found in self._parts.items() if found}
        for shelf in shelves:
            own = list(self._shelves.get(shelf, {}).values())
            if not own:
                self._checks.pop(shelf, None)
                continue
            before = shelf.moved(-1)
            earlier = self._shelves[before].values() if before in self._shelves else ()
            lookup = Lookup.of(own, earlier, parts)
            self._checks[shelf] = [check for rules in _RULES[shelf.sight] for check in rules(lookup)]

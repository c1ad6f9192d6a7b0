"""Other readings of a figure than that of its words, to tell what a verdict hangs on.

"About" says no width: this program assigns one. A miss within as much again hangs on the assignment, not on what was
printed, and is no conflict. "Over 1 bn" lets anything larger pass: where only that makes numbers fit, nothing was
checked. Knows no rules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import Interval, closed, loosened, meaning, precision_of


class Meant(NamedTuple):
    """What a figure may mean by one reading: its value, and the factor of its growth; see `Figure`."""

    worth: Interval | None
    factor: Interval | None


Reading = Callable[[Figure], Meant]
_HEDGED = ("approx", "nearly")


def as_stated(figure: Figure) -> Meant:
    """Read the figure as its words say it."""
    return Meant(figure.worth, figure.factor)


def with_looser_hedges(figure: Figure) -> Meant:
    """Read "about" and "nearly" as much wider as the width that is assigned to them."""
    worth, factor = figure.worth, figure.factor
    if worth is not None and figure.value is not None and has_assigned_width(figure):
        worth = loosened(worth, figure.value, figure.bound)
    if factor is not None and figure.growth_bound in _HEDGED:
        stated = figure.growth / 100 if figure.growth is not None else figure.multiple or 0.0
        factor = loosened(factor, stated, figure.growth_bound)
    return Meant(worth, factor)


def with_limits_as_numbers(figure: Figure) -> Meant:
    """Read a value that is only a limit as the number it names, to its last digit."""
    worth = figure.worth
    if worth is not None and figure.value is not None and not worth.is_bounded:
        worth = closed(worth, precision_of(figure.value, figure.printed))
    return Meant(worth, figure.factor)


def is_limit(figure: Figure) -> bool:
    """Tell whether a value is only a least or a greatest one."""
    return figure.worth is not None and not figure.worth.is_bounded


def is_hedged(figure: Figure) -> bool:
    """Tell whether the width of the value or of the growth was assigned by this program."""
    return has_assigned_width(figure) or (figure.factor is not None and figure.growth_bound in _HEDGED)


def has_assigned_width(figure: Figure) -> bool:
    """Tell whether the value is hedged without a range that the source states."""
    if figure.bound not in _HEDGED or figure.value is None:
        return False
    return figure.worth == meaning(figure.value, figure.bound, figure.printed)

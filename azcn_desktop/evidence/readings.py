"""Other readings of a figure than that of its words, to tell what a verdict hangs on.

"About" says no width: this program assigns one. A miss within as much again hangs on the assignment, not on what was
printed, and is no conflict. "Over 1 bn" lets anything larger pass: where only that makes numbers fit, nothing was
checked. Knows no rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.intervals import closed, loosened, meaning, precision_of

Reading = Callable[[Figure], Figure]
"""Returns a figure with other intervals for what it may mean."""
_HEDGED = ("approx", "nearly")


def as_stated(figure: Figure) -> Figure:
    """Return the figure as its words say it."""
    return figure


def with_looser_hedges(figure: Figure) -> Figure:
    """Return the figure with its "about" and "nearly" as much wider as the width that is assigned to them."""
    worth, factor = figure.worth, figure.factor
    if worth is not None and figure.value is not None and has_assigned_width(figure):
        worth = loosened(worth, figure.value, figure.bound)
    if factor is not None and figure.growth_bound in _HEDGED:
        stated = figure.growth / 100 if figure.growth is not None else figure.multiple or 0.0
        factor = loosened(factor, stated, figure.growth_bound)
    return replace(figure, worth=worth, factor=factor)


def with_limits_as_numbers(figure: Figure) -> Figure:
    """Return the figure with a value that is only a limit taken for the number it names, to its last digit."""
    if figure.worth is None or figure.value is None or not is_limit(figure):
        return figure
    return replace(figure, worth=closed(figure.worth, precision_of(figure.value, figure.printed)))


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

"""What a printed number may mean, as an interval, and arithmetic with such intervals.

"3.7 bn" says no more than [3.65, 3.75) bn, "over 1 bn" than [1, ∞) bn. Whether numbers of several texts fit together is
decided on what they may mean, never on the numbers themselves; only so is rounding no conflict. The size of a hedge is
that of the charts (`charts.figures.hedge`), held together by a test. Knows no figures.
"""

from __future__ import annotations

import math
import re
from itertools import product

from msgspec import Struct

_TOLERANCE = 2e-15
"""Relative distance up to which two ends are the same: the error of a few float operations, less than half a unit in
the last of fourteen digits, so that a number printed that exactly is still told from the next."""
_BAND = 0.025
"""Least share of a value by which "about" and "nearly" may miss it."""
_WIDEST_PERCENT = 1.0
"""A growth of 20 % is printed to the per cent; its zero is no rounding to tens as in 20 million."""
_TOKEN = re.compile(r"[0-9]+(?:[.,' \u00a0\u202f’][0-9]+)*")


class Interval(Struct, frozen=True):
    """All numbers between two ends.

    Attributes:
        low, high: the ends, infinite where nothing is said.
        has_low, has_high: whether an end belongs to it.
    """

    low: float
    high: float
    has_low: bool = True
    has_high: bool = True

    def __add__(self, other: Interval) -> Interval:
        """Return all sums."""
        low, high = self.low + other.low, self.high + other.high
        return Interval(low, high, self.has_low and other.has_low, self.has_high and other.has_high)

    def __neg__(self) -> Interval:
        """Return the numbers with the other sign."""
        return Interval(-self.high, -self.low, self.has_high, self.has_low)

    def __sub__(self, other: Interval) -> Interval:
        """Return all differences."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Return all products."""
        if self.low > 0 and other.low > 0:  # the usual case, and four times as fast
            has_low, has_high = self.has_low and other.has_low, self.has_high and other.has_high
            return Interval(self.low * other.low, self.high * other.high, has_low, has_high)
        corners = [
            (0.0 if 0.0 in (a, b) else a * b, is_in and is_also_in)
            for (a, is_in), (b, is_also_in) in product(self._ends(), other._ends())
        ]
        low, high = min(corners, key=_lowest), max(corners, key=_highest)
        return Interval(low[0], high[0], low[1], high[1])

    def __truediv__(self, other: Interval) -> Interval:
        """Return all quotients; any number at all where the divisor may be nought."""
        if other.low <= 0 <= other.high:
            return EVERYTHING
        inverse = Interval(_inverse(other.high), _inverse(other.low), other.has_high, other.has_low)
        return self * inverse

    def __contains__(self, number: float) -> bool:
        """Tell whether a number belongs to it; ends are compared with the tolerance of float arithmetic."""
        above = self.has_low if _same(number, self.low) else number > self.low
        return above and (self.has_high if _same(number, self.high) else number < self.high)

    def overlaps(self, other: Interval) -> bool:
        """Tell whether some number belongs to both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if _same(low, high):
            return low in self and low in other
        return low < high

    def may_reach(self, other: Interval) -> bool:
        """Tell whether some number of it is at most as large as some number of the other."""
        return self.low < other.high or (_same(self.low, other.high) and self.has_low and other.has_high)

    def met(self, other: Interval) -> Interval | None:
        """Return the numbers that belong to both, or None."""
        if not self.overlaps(other):
            return None
        low, high = max(self.low, other.low), min(self.high, other.high)
        has_low = all(i.has_low for i in (self, other) if _same(i.low, low))
        return Interval(low, high, has_low, all(i.has_high for i in (self, other) if _same(i.high, high)))

    @property
    def is_bounded(self) -> bool:
        """Tell whether both ends are known."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def _ends(self) -> tuple[tuple[float, bool], tuple[float, bool]]:
        return (self.low, self.has_low), (self.high, self.has_high)


EVERYTHING = Interval(-math.inf, math.inf, has_low=False, has_high=False)


def point(number: float) -> Interval:
    """Return the interval of one number."""
    return Interval(number, number)


def meaning(
    value: float, bound: str | None = None, printed: str = "", low: float | None = None, high: float | None = None
) -> Interval:
    """Return what a printed number may mean.

    Args:
        value: the number as stored.
        bound: a word of the list of hedges; None is exact.
        printed: the words of the source, which tell how many digits were printed; else the value tells, with two
            digits at least (see `precision_of`).
        low, high: a range that the source states; it is taken as it is.
    """
    if low is not None and high is not None and low <= high:
        return Interval(low, high)
    if bound in ("over", "more_than", "at_least"):
        return Interval(value, math.inf, has_high=False)
    if bound == "at_most":
        return Interval(-math.inf, value, has_low=False)
    is_hedged = bound in ("approx", "nearly")
    return _around(value, bound, unit_of(value, printed) if is_hedged else precision_of(value, printed))


def loosened(meant: Interval, value: float, bound: str) -> Interval:
    """Return what a hedged number may mean with the width that is assigned to its hedge added once more.

    "Nearly" is widened downward only, since its other end is its word.
    """
    width = abs(value) * _BAND
    return Interval(
        meant.low - width, meant.high + (0.0 if bound == "nearly" else width), meant.has_low, meant.has_high
    )


def closed(meant: Interval, unit: float) -> Interval:
    """Return a limit as the number that it names: "over 3.7 bn" gives [3.7, 3.8) bn, where a unit is 0.1 bn."""
    if math.isinf(meant.high) and math.isfinite(meant.low):
        return Interval(meant.low, meant.low + unit, meant.has_low, has_high=False)
    if math.isinf(meant.low) and math.isfinite(meant.high):
        return Interval(meant.high - unit, meant.high, has_low=False, has_high=meant.has_high)
    return meant


def growth_factor(
    percent: float | None, multiple: float | None = None, bound: str | None = None, printed: str = ""
) -> Interval | None:
    """Return by what a value was multiplied: 21 % gives [1.205, 1.215), "2.3 times" gives [2.25, 2.35).

    A multiple counts only where no per cent are stated. None where neither is.
    """
    if percent is not None:
        is_hedged = bound in ("approx", "nearly")
        unit = unit_of(percent, printed)
        around = _around(percent, bound, unit if is_hedged else min(unit, _WIDEST_PERCENT))
        meant = around if bound in (None, "exact", "initial", "approx", "nearly") else meaning(percent, bound)
        return point(1.0) + meant * point(0.01)
    return None if multiple is None else meaning(multiple, bound, printed or f"{multiple:.15g}")


def unit_of(value: float, printed: str = "") -> float:
    """Return the worth of the last digit that was printed: 1e8 for "3.7 bn".

    Noughts at the end count only behind a decimal mark: "2.10 bn" has three digits, "1,200,000" two.
    """
    for token in _TOKEN.findall(printed):
        unit = _unit_in(token, value)
        if unit is not None:
            return unit
    if value == 0:
        return 1.0
    digits, _, exponent = f"{abs(value):.14e}".partition("e")
    return float(f"1e{int(exponent) - len(digits.rstrip('0').rstrip('.').replace('.', '')) + 1}")


def precision_of(value: float, printed: str = "") -> float:
    """Return the worth of the last digit that is taken for printed: as `unit_of` tells, but not of one digit for many.

    Where no words are kept, 1,000,000,000 may have been typed as 1 bn or as 1,000 m. Two digits are assumed then, as in
    1.0 bn: it means 0.95 to 1.05 bn, not half of it more or less. Three would make conflicts of numbers that were
    rounded to two, as most in the news are. Counts below ten are whole as they stand.
    """
    unit = unit_of(value, printed)
    if printed or unit <= 1 or value == 0:
        return unit
    return min(unit, max(1.0, 10.0 ** (math.floor(math.log10(abs(value))) - 1)))


def _unit_in(token: str, value: float) -> float | None:
    """Return the worth of the last digit of a number in words, or None where it is another number than the value."""
    digits = re.sub(r"[^0-9]", "", token).lstrip("0")
    if not digits or value == 0 or len(digits) > 300:
        return None
    ratio = abs(value) / int(digits)
    power = round(math.log10(ratio)) if ratio > 0 and math.isfinite(ratio) else 0
    if abs(power) > 300 or not math.isclose(ratio, 10.0**power, rel_tol=1e-9):
        return None
    groups = re.split(r"[^0-9]", token)
    has_decimals = len(groups) > 1 and (len(groups[-1]) != 3 or len(set(re.findall(r"[^0-9]", token))) > 1)
    return 10.0 ** (power if has_decimals else power + len(digits) - len(digits.rstrip("0")))


def _around(value: float, bound: str | None, unit: float) -> Interval:
    if bound in ("approx", "nearly") and value != 0:
        width = max(unit / 2, abs(value) * _BAND)
        is_near = bound == "nearly"
        return Interval(value - width, value if is_near else value + width, has_low=not is_near)
    if value < 0:
        return Interval(value - unit / 2, value + unit / 2, has_low=False)
    return Interval(value - unit / 2, value + unit / 2, has_high=False)


def _same(a: float, b: float) -> bool:
    return a == b or (math.isfinite(a) and math.isfinite(b) and abs(a - b) <= _TOLERANCE * max(abs(a), abs(b)))


def _inverse(number: float) -> float:
    return 0.0 if math.isinf(number) else 1.0 / number


def _lowest(corner: tuple[float, bool]) -> tuple[float, bool]:
    return corner[0], not corner[1]


def _highest(corner: tuple[float, bool]) -> tuple[float, bool]:
    return corner

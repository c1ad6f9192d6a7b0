"""Scales: days as decimal years, round tick values, and words for both.

Decimal years serve every time axis: 2024.0 is the first instant of 1 January 2024, whatever the time zone of the
machine; a figure for a year stands in the middle of it. Knows no chart.
"""

from __future__ import annotations

import calendar
import datetime
import functools
import math
from collections.abc import Sequence

from azcn_desktop.records.amounts import Amount, format_amount, format_number

YEARS = (1800, 2200)
"""Years that a time axis can show; a date outside is a slip of the pen or an open end."""


def decimal_year(day: object, after: int = 0) -> float | None:
    """Return an ISO day as a decimal year.

    Args:
        day: `2024-07-03`; anything else, and days outside `YEARS`, give None.
        after: days to add; 1 gives the end of the day.
    """
    begin = _day_of_year(day) if isinstance(day, str) else None
    return None if begin is None else begin[0] + (begin[1] + after) / begin[2]


@functools.lru_cache(maxsize=8192)
def _day_of_year(day: str) -> tuple[int, int, int] | None:
    """Return year, days since its first, and its length; kept, since every picture asks for the same days."""
    try:
        date = datetime.date.fromisoformat(day)
    except ValueError:
        return None
    if not YEARS[0] <= date.year <= YEARS[1]:
        return None
    return date.year, (date - datetime.date(date.year, 1, 1)).days, 366 if calendar.isleap(date.year) else 365


def known_year(first: object, last: object) -> int | None:
    """Return the year of a date with these bounds, or None where they lie in different years or off the axis."""
    low, high = decimal_year(first), decimal_year(last)
    return int(low) if low is not None and high is not None and int(low) == int(high) else None


def is_off_the_axis(first: object, last: object) -> bool:
    """Tell whether a date with these bounds lies before or after all that a time axis can show."""
    begin, end = str(first or "")[:4], str(last or "")[:4]
    return end.isdigit() and begin.isdigit() and (int(end) < YEARS[0] or int(begin) > YEARS[1])


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values that cover a range, at most about `most` of them; steps are 1, 2, 2.5 or 5 by tens."""
    if not high > low or most < 1:
        return [low]
    raw = (high - low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def count_ticks(high: float, most: int) -> list[float]:
    """Return ticks from 0 for whole things: never half a meeting."""
    return [tick for tick in nice_ticks(0, high, max(1, min(most, math.ceil(high)))) if tick == round(tick)]


def year_ticks(low: float, high: float, most: int) -> list[int]:
    """Return the years to be labelled in a range of decimal years, at most about `most`."""
    first, last = math.floor(low), math.ceil(high) - 1
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first + 1) / s <= max(most, 1)), 100)
    return [year for year in range(first, last + 1) if year % step == 0]


def tick_text(value: float, scale: str) -> str:
    """Write a tick: "$3 bn", "−$400 m", "20 %", "12"."""
    if value == 0:
        return "0"
    if scale == "percent":
        text = f"{format_number(_rounded(value))} %"
    elif scale in ("", "records"):
        text = format_number(_rounded(value))
    else:
        text = format_amount(Amount(_rounded(value), None, scale if len(scale) == 3 and scale.isupper() else None))
    return text.replace("-", "−")


def place_labels(
    positions: Sequence[float], widths: Sequence[float], rows: int, weights: Sequence[int] = (), gap: float = 8
) -> list[int | None]:
    """Find a row for each label so that none covers another.

    Args:
        positions: left ends in pixels.
        widths: in pixels.
        rows: how many rows there are.
        weights: heavier labels choose first; all weigh the same where this is empty.
        gap: pixels between two labels.

    Returns:
        For each label its row from 0, or None where it finds no room.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    placed: list[int | None] = [None] * len(positions)
    for n in sorted(range(len(positions)), key=lambda n: (-weights[n] if weights else 0, positions[n])):
        left, right = positions[n], positions[n] + widths[n]
        row = next((r for r in range(rows) if all(right + gap <= a or b + gap <= left for a, b in taken[r])), None)
        if row is not None:
            taken[row].append((left, right))
        placed[n] = row
    return placed


def _rounded(value: float) -> float:
    """Take away the last binary digits that multiplying a step leaves."""
    return float(f"{value:.12g}")

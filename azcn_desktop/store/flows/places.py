"""Where codes and periods stand among others, whatever their order as text: totals before details, longer spans last.

Knows no database.
"""

from __future__ import annotations

import re

from azcn_desktop.store.flows.query import TOTAL

_PERIOD = re.compile(r"(\d{4})(?:Q([1-4])|(0[1-9]|1[0-2]))?", re.ASCII)
_CHAPTER = re.compile(r"\d\d", re.ASCII)
_LONGEST = 100


def months_of(period: str) -> tuple[int, int] | None:
    """Return the first and last month of a period, counted from the year 0; None for what is no period."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return None
    year, quarter, month = int(match[1]) * 12, match[2], match[3]
    if quarter:
        return year + int(quarter) * 3 - 3, year + int(quarter) * 3 - 1
    return (year + int(month) - 1,) * 2 if month else (year, year + 11)


def period_key(period: str) -> tuple[int, str]:
    """Return what periods are sorted by: their last month, then their length, so that a year follows its December."""
    months = months_of(period)
    return (0, period) if months is None else (months[1] * _LONGEST + months[1] - months[0], period)


def code_key(code: str) -> tuple[int, str]:
    """Return what codes are sorted by: all goods, then what belongs to no chapter, then chapters with their parts."""
    return (0 if code == TOTAL else 2 if _CHAPTER.match(code) else 1), code

"""Large numbers in few digits: "3.744 bn", "942 m". The one place that says with which unit, and where a unit ends.

A number that would round to a thousand of a unit carries to the next one, so 999,999,999 is "1 bn" and never "1,000 m".
Below a million nothing is shortened. Knows no currency and no hedge.
"""

from __future__ import annotations

import math

from azcn_desktop.records.numbers import format_number

UNITS = ((6, "m", 3), (9, "bn", 5), (12, "tn", 8))
"""Power of ten, word, and how many decimals may stand where no digit shall be lost; the last one has no next."""
_DECIMALS = 3
_THOUSAND = 1_000


def short_number(value: float, significant: int = 0) -> str:
    """Write a number with at most three decimals of its unit: 3744000000.0 gives "3.744 bn".

    Args:
        value: any number; below a million, and where it is not finite, it is written in full.
        significant: write so many digits at least, and one decimal, noughts too, in place of up to three decimals.
    """
    size = abs(value)
    if not math.isfinite(value) or size < 10.0 ** UNITS[0][0]:
        return format_number(value)
    shown = ""
    for power, word, _ in UNITS:
        scaled = size / 10.0**power
        decimals = max(1, significant - len(f"{scaled:.0f}")) if significant else _DECIMALS
        text = f"{scaled:,.{decimals}f}"
        shown = f"{text if significant else text.rstrip('0').rstrip('.')} {word}"
        if round(scaled, decimals) < _THOUSAND:
            break
    return f"-{shown}" if value < 0 else shown


def short_if_exact(value: float) -> str:
    """Write a number shortly where that loses no digit, else in full: "3.744 bn", "1.13254 bn", "381,350,200"."""
    size = abs(value)
    unit = next((unit for unit in reversed(UNITS) if size >= 10.0 ** unit[0]), None)
    if unit is not None:
        power, word, decimals = unit
        scaled = round(size / 10.0**power, decimals)
        is_full = scaled >= _THOUSAND and unit is not UNITS[-1]
        if not is_full and math.isclose(scaled * 10.0**power, size, rel_tol=1e-12):
            return f"{'-' if value < 0 else ''}{format_number(scaled)} {word}"
    return format_number(value)

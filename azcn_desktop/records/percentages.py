"""Percentages in words: "12.5 %", with a real minus sign.

All values come in per cent. Places differ in how many digits they tell, and in what they say of very small numbers.
"""

from __future__ import annotations


def percent(value: float, digits: int = 1) -> str:
    """Write a percentage: "1,215.9 %", "−3.0 %"."""
    return _signed(f"{value:,.{digits}f} %")


def signed_percent(value: float) -> str:
    """Write a change with its sign; from a thousand on without a decimal: "+12.5 %", "+55,749 %"."""
    return _signed(f"{value:+,.1f} %" if abs(value) < 1_000 else f"{value:+,.0f} %")


def share_percent(value: float, digits: int = 1) -> str:
    """Write a share; one that is there but rounds to nothing is said so: "under 0.1 %"."""
    least = 10.0**-digits
    return f"under {least:.{digits}f} %" if 0 < value < least / 2 else percent(value, digits)


def calculated_percent(value: float) -> str:
    """Write the result of a calculation: with two digits where one decimal would show nothing: "0.043 %"."""
    is_tiny = value and abs(value) < 0.1
    return _signed(f"{value:.2g} %") if is_tiny else percent(value)


def _signed(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text

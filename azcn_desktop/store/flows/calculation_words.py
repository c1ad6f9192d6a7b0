"""Numbers of a calculation as a reader sees them: short, and with digits enough to follow it."""

from __future__ import annotations

from azcn_desktop.records.short_numbers import short_number

_MILLION = 1_000_000


def amount(value: float) -> str:
    """Write an amount: from a million with four digits or more, smaller ones in full: "1.136 bn", "980,100.5"."""
    size = abs(value)
    if round(size, 2) >= _MILLION:
        return _signed(short_number(value if size >= _MILLION else round(value, 2), significant=4))
    if size and size < 0.1:
        return _signed(f"{value:.3g}")
    return _signed(f"{value:,.2f}".removesuffix(".00"))


def _signed(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text

"""Numbers of a calculation as a reader sees them: short, and with digits enough to follow it."""

from __future__ import annotations

_MILLION = 1_000_000


def amount(value: float) -> str:
    """Write an amount: millions with four digits or more, smaller ones in full: "1,135.9 m", "980,100.5"."""
    size = abs(value)
    if size >= _MILLION:
        decimals = 1 if size >= 100 * _MILLION else 2 if size >= 10 * _MILLION else 3
        return _signed(f"{value / _MILLION:,.{decimals}f} m")
    if size and size < 0.1:
        return _signed(f"{value:.3g}")
    return _signed(f"{value:,.2f}".removesuffix(".00"))


def _signed(text: str) -> str:
    return text.replace("-", "−", 1) if text.startswith("-") else text

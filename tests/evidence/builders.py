"""Figures for tests of the evidence, made without a file."""

from __future__ import annotations

from azcn_desktop.evidence.figures import Figure, figure_of
from azcn_desktop.records.kinds import Value


def figure(key: int, value: float | None = None, year: int = 2024, **columns: Value) -> Figure:
    """Make a figure of the turnover of a year, preferred, exact and of the Azerbaijani side unless told otherwise."""
    wholes = columns.pop("wholes", ())
    head, published = columns.pop("head", 0), columns.pop("published", "")
    row: dict[str, Value] = {
        "id": key, "uid": f"U{key}", "topic": "trade", "measure": "Goods trade", "flow": "turnover", "unit": "USD",
        "period": str(year), "period_kind": "year", "period_start_lo": f"{year}-01-01",
        "period_end_hi": f"{year}-12-31", "value": value, "bound": "exact" if value is not None else "growth_only",
        "statistics_side": "AZ", "rank": "preferred",
    }  # fmt: skip
    assert isinstance(wholes, tuple)
    assert isinstance(head, int)
    assert isinstance(published, str)
    return figure_of(row | columns, head, wholes, published)


def months(year: int, first: int, last: int) -> dict[str, Value]:
    """Return the columns of a period of whole months up to the 28th, which sorts as well as the true end."""
    return {
        "period": f"{first} to {last} of {year}", "period_kind": "months", "period_start_lo": f"{year}-{first:02}-01",
        "period_end_hi": f"{year}-{last:02}-28" if last < 12 else f"{year}-12-31",
    }  # fmt: skip

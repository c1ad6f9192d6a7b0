"""What identifies a flow, said once: whoever matches flows, refuses a second one or imports them takes it from here.

A series is everything but the code of goods. Columns that may be empty are compared in one way everywhere.
"""

from __future__ import annotations

from azcn_desktop.records.kinds import Value

# The publisher is that of the dataset, the rest are columns of trade_flow.
SERIES = (
    "publisher", "frequency", "period", "is_cumulative", "reporter", "partner", "flow", "classification", "valuation",
    "currency",
)  # fmt: skip
KEY = (*SERIES, "code")
OF_ROW = tuple(name for name in KEY if name != "publisher")
# What an empty cell is compared as.
WHEN_EMPTY: dict[str, Value] = {"is_cumulative": 0, "valuation": ""}
_OR_NOTHING = {"is_cumulative": "coalesce({}, 0)", "valuation": "coalesce({}, '')"}


def column(name: str, table: str = "t", dataset: str = "d") -> str:
    """Return the expression of a part of the key, as constant SQL.

    Args:
        name: one of `KEY`.
        table: alias of trade_flow.
        dataset: alias of its dataset.
    """
    return _OR_NOTHING.get(name, "{}").format(f"{dataset if name == 'publisher' else table}.{name}")

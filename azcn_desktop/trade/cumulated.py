"""A check of tables that print a month and the sum since January: each month must follow from its neighbours.

China customs once printed one month in another unit, and nothing in the row tells it; the sums do. Knows no file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.arrivals import FlowColumns
from azcn_desktop.trade.flows import Refusal
from azcn_desktop.trade.layout import KEY

_TOLERANCE = 0.05  # publishers revise earlier months by a few per cent without saying so
_PERIOD, _CUMULATIVE = KEY.index("period"), KEY.index("is_cumulative")
_REASON = "The sum since January does not follow from the months beside it; perhaps this month is in another unit."


def refuse_breaks(flows: Iterable[FlowColumns], series: Sequence[tuple[Value, ...]]) -> list[Refusal]:
    """Return the lines of months that follow neither from the month before nor lead to the next."""
    months: dict[tuple[Value, ...], dict[int, tuple[int, float]]] = defaultdict(dict)
    sums: dict[tuple[Value, ...], dict[int, float]] = defaultdict(dict)
    told = ((f.lines, f.series, f.codes, f.values) for f in flows)
    for line, number, code, value in chain.from_iterable(zip(*columns, strict=True) for columns in told):
        key = series[number - 1]
        period = str(key[_PERIOD])
        rest = (*key[:_PERIOD], *key[_CUMULATIVE + 1 :], period[:4], code)
        if key[_CUMULATIVE]:
            sums[rest][int(period[4:])] = value
        else:
            months[rest][int(period[4:])] = (line, value)
    lines = {line for rest, found in months.items() for line in _broken(found, sums[rest])}
    return [Refusal(line, "", _REASON) for line in sorted(lines)]


def _broken(months: dict[int, tuple[int, float]], sums: dict[int, float]) -> list[int]:
    """Return the lines of months none of whose links to a neighbour holds."""
    broken = []
    for month, (line, _) in months.items():
        links = [_holds(months, sums, m) for m in (month, month + 1) if m - 1 in sums and m in sums and m in months]
        if links and not any(links):
            broken.append(line)
    return broken


def _holds(months: dict[int, tuple[int, float]], sums: dict[int, float], month: int) -> bool:
    expected = sums[month] - months[month][1]
    return abs(expected - sums[month - 1]) <= _TOLERANCE * max(abs(expected), abs(sums[month - 1]), 1.0)

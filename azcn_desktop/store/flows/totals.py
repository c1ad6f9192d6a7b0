"""Sums of the flows that count by whatever is asked for, out of the summary tables and never out of the rows.

Sums of unlike things are never offered: publisher, valuation, currency, frequency and cumulation always stand beside a
sum. Knows no chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.summaries import SUM_COUNTS
from azcn_desktop.store.tables import marks

# What may be asked for, and the column it stands in.
_COLUMNS = {
    "dataset_id": "s.dataset_id", "replaced_by": "s.replaced_by", "publisher": "d.publisher",
    "frequency": "s.frequency",
    "is_cumulative": "s.is_cumulative", "period": "s.period", "reporter": "s.reporter", "partner": "s.partner",
    "flow": "s.flow",
    "classification": "s.classification", "valuation": "s.valuation", "currency": "s.currency", "level": "s.level",
}  # fmt: skip
# Of these a sum must never mix two.
UNLIKE = ("publisher", "frequency", "is_cumulative", "classification", "valuation", "currency", "level")


class Total(Struct, frozen=True):
    """One sum of flows.

    Attributes:
        key: the values of what was asked for, in its order.
        flows: how many flows were summed.
        value: their sum, in the currency of the key.
        net_weight_kg: sum of the known weights.
    """

    key: tuple[Value, ...]
    flows: int
    value: float
    net_weight_kg: float


def totals(
    database: Database, by: Sequence[str], where: Mapping[str, Value | Sequence[Value]], by_chapter: bool = False
) -> list[Total]:
    """Return sums of the flows that count.

    Args:
        database: the open file.
        by: what the sums are kept apart by, besides `UNLIKE`, which stand in front of every key: period, reporter ...
        where: what must hold: name to a value, or to several of which one must hold.
        by_chapter: also keep the first two digits of the codes apart; they come last in the key.

    Raises:
        KeyError: a name is none of those.
    """
    # Every name is looked up in the table above, so no text of a caller gets into the statement.
    names = [*UNLIKE, *(name for name in by if name not in UNLIKE)]
    chosen = ", ".join(_COLUMNS[name] for name in names) + (", s.chapter" if by_chapter else "")
    conditions, parameters = [SUM_COUNTS], []
    for name, wanted in where.items():
        values = list(wanted) if isinstance(wanted, Sequence) and not isinstance(wanted, str) else [wanted]
        column = _COLUMNS[name]
        conditions.append(f"{column} IN ({marks(values)})")
        parameters += values
    table = "trade_chapter" if by_chapter else "trade_total"
    rows = database.all(
        f"SELECT {chosen}, sum(s.flows), sum(s.value), sum(s.net_weight_kg) FROM {table} s JOIN dataset d "
        f"ON d.id = s.dataset_id WHERE {' AND '.join(conditions)} GROUP BY {chosen} ORDER BY {chosen}",
        parameters,
    )
    return [Total(tuple(row[:-3]), *row[-3:]) for row in rows]

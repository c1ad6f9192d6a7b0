"""Figures as statements: what the checks need of each, as plain values with what the number may mean.

Read in one statement, with one more each for links and for the days of their sources. What lies in the trash is left
out. Knows neither checks nor conflicts.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from azcn_desktop.evidence.intervals import Interval, growth_factor, meaning
from azcn_desktop.records import words
from azcn_desktop.records.amounts import Amount, bound_label, format_amount, unit_words
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

COLUMNS = (
    "id", "uid", "topic", "measure", "flow", "product", "unit", "period", "period_kind", "period_start_lo",
    "period_end_hi", "as_of_lo", "as_of_hi", "value", "bound", "printed", "low", "high", "growth_pct", "growth_bound",
    "growth_text", "growth_multiple", "statistics_side", "valuation", "is_cumulative", "rank", "rank_reason",
    "conflict_cause", "note",
)  # fmt: skip
_NUMBERS = ("value", "low", "high", "growth_pct", "growth_multiple")
_TEXTS = tuple(name for name in COLUMNS if name not in (*_NUMBERS, "id", "is_cumulative"))
_LINKS = ("relation", "from_figure_id", "to_figure_id")
Series = tuple[str, str, str, str]
Slot = tuple[Series, str, str, bool, str]


class Figure(Struct, frozen=True):
    """One row of the figure table.

    Attributes:
        key, uid: the record.
        topic, measure, flow, product, unit, period, period_kind, side, valuation, rank, rank_reason, note: as stored,
            empty for None.
        cause: why it differs, as a person judged it; empty for not judged.
        start, end: first and last day of the period, or of the day of a stock; empty where not known.
        value, bound, printed, growth, growth_bound, growth_text, multiple: as stored; growth in per cent.
        is_cumulative: a sum since some start.
        published: the last day on which its earliest source may have come out; empty where no source has a date.
        head: the smallest key among the figures joined as the same value, its own where it is not joined.
        wholes: the figures that it is a part of, by links.
        series: what is counted: figures of one series differ in period and side only.
        slot: what it is a figure for: series, first and last day, stock or flow, and side.
        worth: what the value may mean; None without a value.
        factor: what the value was multiplied by since the period before, by the stated growth; None without one.
    """

    key: int
    uid: str
    topic: str
    measure: str
    flow: str
    product: str
    unit: str
    period: str
    period_kind: str
    start: str
    end: str
    value: float | None
    bound: str
    printed: str
    growth: float | None
    growth_bound: str
    growth_text: str
    multiple: float | None
    side: str
    valuation: str
    is_cumulative: bool
    rank: str
    rank_reason: str
    cause: str
    note: str
    published: str
    head: int
    wholes: tuple[int, ...]
    series: Series
    slot: Slot
    worth: Interval | None
    factor: Interval | None

    @property
    def is_stock(self) -> bool:
        """Tell whether it counts what there is on a day, not what passed in a period."""
        return self.period_kind == "as_of"

    @property
    def words(self) -> str:
        """The value with its hedge and unit, empty without one."""
        label = unit_words(self.unit, self.value) if self.value is not None else ""
        return format_amount(Amount(self.value, self.bound or None, self.unit or None), label)

    @property
    def growth_words(self) -> str:
        """The stated growth: "+21 %", "more than +40 %", "2.3 times", empty without one."""
        if self.growth is not None:
            stated = f"{self.growth:+g} %".replace("-", "−")
        else:
            stated = "" if self.multiple is None else f"{self.multiple:g} times"
        return f"{bound_label(self.growth_bound)} {stated}".strip() if stated else ""


def read_figures(store: Store, query: Query = Query("figure")) -> list[Figure]:  # noqa: B008 - a frozen value
    """Return the figures of a query, in its order."""
    heads, wholes = _links(store)
    published = _published(store)
    return [
        figure_of(row, heads.get(row["id"], 0), tuple(wholes[row["id"]]), published.get(row["id"], ""))
        for row in (dict(zip(COLUMNS, values, strict=True)) for values in store.select(query, COLUMNS))
    ]


def reread(store: Store, keys: Iterable[int], before: Mapping[int, Figure]) -> list[Figure]:
    """Return a few figures by id as they are now; those in the trash or gone are left out.

    Meant for an edit of figures alone, so links and sources are taken from what was read before; after a change of
    links or sources read all again.
    """
    found = []
    for record in store.whole_rows("figure", sorted(set(keys))):
        if not record.is_deleted:
            known = before.get(record.key)
            kept = (known.head, known.wholes, known.published) if known else (0, (), "")
            found.append(figure_of(dict(record.values) | {"id": record.key, "uid": record.uid}, *kept))
    return found


def figure_of(row: Mapping[str, Value], head: int = 0, wholes: tuple[int, ...] = (), published: str = "") -> Figure:
    """Make a figure of the columns of a row; columns that are missing count as empty."""
    text = {name: str(row.get(name) or "") for name in _TEXTS}
    number = {name: _finite(row.get(name)) for name in _NUMBERS}
    key, value = row["id"], number["value"]
    assert isinstance(key, int)
    series = (text["measure"], text["flow"], text["product"], text["unit"])
    start, end = text["period_start_lo"] or text["as_of_lo"], text["period_end_hi"] or text["as_of_hi"]
    side = text["statistics_side"] if text["statistics_side"] in words.STATISTICS_SIDE.words else "unspecified"
    is_silent = text["bound"] in ("growth_only", "no_number")
    return Figure(
        key, text["uid"], text["topic"], text["measure"], text["flow"], text["product"], text["unit"],
        text["period"], text["period_kind"],
        start, end, value, text["bound"], text["printed"],
        number["growth_pct"], text["growth_bound"], text["growth_text"], number["growth_multiple"],
        side, text["valuation"], bool(row.get("is_cumulative")),
        text["rank"] if text["rank"] in words.RANK.words else "normal", text["rank_reason"], text["conflict_cause"],
        text["note"], published, head or key, wholes,
        series, (series, start, end, text["period_kind"] == "as_of", side),
        None if value is None or is_silent
        else meaning(value, text["bound"] or None, text["printed"], number["low"], number["high"]),
        growth_factor(
            number["growth_pct"], number["growth_multiple"], text["growth_bound"] or None, text["growth_text"]
        ),
    )  # fmt: skip


def _links(store: Store) -> tuple[dict[Value, int], dict[Value, list[int]]]:
    """Return the smallest key of each cluster of same values, and the wholes of each part."""
    wanted = Condition("relation", "in", ("same_value_as", "part_of"))
    head: dict[Value, int] = {}
    wholes: dict[Value, list[int]] = defaultdict(list)

    def find(key: int) -> int:
        while head.setdefault(key, key) != key:
            key = head[key]
        return key

    for relation, near, far in store.select(Query("link", conditions=(wanted,)), _LINKS):
        if not isinstance(near, int) or not isinstance(far, int):
            continue
        if relation == "part_of":
            wholes[near].append(far)
        else:
            low, high = sorted((find(near), find(far)))
            head[high] = low
    return {key: find(key) for key in list(head) if isinstance(key, int)}, wholes


def _published(store: Store) -> dict[Value, str]:
    """Return for each figure the last day on which the earliest of its dated sources may have come out."""
    days = _pairs(store, "source", "published_hi")
    sources = _pairs(store, "citation", "source_id")
    found: dict[Value, str] = {}
    for figure, citation in store.select(Query("citation_link"), ("figure_id", "citation_id")):
        day = days.get(sources.get(citation))
        if figure is not None and isinstance(day, str):
            found[figure] = min(found.get(figure, day), day)
    return found


def _pairs(store: Store, table: str, column: str) -> dict[Value, Value]:
    return {row[0]: row[1] for row in store.select(Query(table), ("id", column))}


def _finite(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None

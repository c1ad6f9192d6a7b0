"""Which of several figures is drawn, and how its hedge is drawn.

Several texts give different numbers for one thing. Of the figures for one measure, flow, product, period and side the
preferred one is drawn; else a stated side before an inferred one, an exact number before a hedged one, the value that
most sources give, more printed digits, the latest source, the lowest identity. Deprecated figures are never drawn.
Knows nothing of axes.
"""

from __future__ import annotations

import functools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from azcn_desktop.charts.series import Glyph, finite
from azcn_desktop.records.amounts import Amount, format_amount
from azcn_desktop.records.dates import date_bounds
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

COLUMNS = (
    "id", "uid", "topic", "measure", "flow", "product", "period", "period_kind", "period_start_lo", "period_end_hi",
    "as_of_lo", "as_of_hi", "value", "bound", "unit", "low", "high", "growth_pct", "growth_bound", "growth_multiple",
    "statistics_side", "side_basis", "rank",
)  # fmt: skip
LINK_COLUMNS = ("relation", "from_figure_id", "to_figure_id")

_GLYPHS: dict[str, Glyph] = {
    "over": "at_least", "more_than": "at_least", "at_least": "at_least", "at_most": "at_most", "approx": "about",
    "nearly": "about",
}  # fmt: skip
_BAND = 0.025
"""Least share of the value by which "about" and "nearly" may miss it."""
_REMEMBERED = 20_000


class Figure(Struct, frozen=True):
    """One row of the figure table, as far as charts go.

    Attributes:
        key, uid: the record.
        group: measure, flow, product, unit, kind and bounds of the period, and side: what it is a figure for.
        topic, flow, measure, product, unit, period, period_kind, side, basis, rank: as stored, empty for None.
        start, end: first and last day of the period, or of the day of a stock; None where not known.
        value, low, high, growth, multiple: finite, or None; growth in per cent.
        bound, growth_bound: as stored.
        is_misfit: a number is stored that no axis can show.
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
    start: str | None
    end: str | None
    value: float | None
    bound: str | None
    low: float | None
    high: float | None
    growth: float | None
    growth_bound: str | None
    multiple: float | None
    side: str
    basis: str
    rank: str
    is_misfit: bool

    @property
    def group(self) -> tuple[str | None, ...]:
        """What it is a figure for."""
        return (self.measure, self.flow, self.product, self.unit, self.period_kind, self.start, self.end, self.side)

    @property
    def words(self) -> str:
        """The value with its hedge and unit."""
        return format_amount(Amount(self.value, self.bound, self.unit or None))


Number = Callable[[Figure], float | None]


class Chosen(Struct, frozen=True):
    """The figure that is drawn, and the others for the same thing; deprecated ones are not among them."""

    figure: Figure
    others: tuple[Figure, ...]


class Judge:
    """Chooses between figures.

    Attributes:
        store: asked for the date of a source, only where nothing else decides.
        twins: figures joined as the same value in two texts: key to the smallest key of the cluster.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.twins = _twins(store)

    def choose(self, group: Sequence[Figure], number: Number, bound: Callable[[Figure], str | None]) -> Chosen | None:
        """Choose one of several figures for one thing, or None when none has a number to draw."""
        able = [f for f in group if f.rank != "deprecated" and number(f) is not None]
        if not able:
            return None
        sources: dict[float | None, set[int]] = defaultdict(set)
        for figure in able:
            sources[number(figure)].add(self.twins.get(figure.key, figure.key))

        def order(figure: Figure) -> tuple[int, ...]:
            value = number(figure)
            return (
                figure.rank != "preferred",
                ("stated", "inferred").index(figure.basis) if figure.basis in ("stated", "inferred") else 2,
                bound(figure) not in (None, "", "exact"),
                -len(sources[value]),
                -printed_digits(value),
            )

        ranked = [(order(figure), figure) for figure in able]
        best = min(place for place, _ in ranked)
        tied = [figure for place, figure in ranked if place == best]
        latest = max(map(self._published, tied)) if len(tied) > 1 else ""
        chosen = min((f for f in tied if len(tied) == 1 or self._published(f) == latest), key=lambda f: f.uid)
        return Chosen(chosen, tuple(f for f in able if f is not chosen))

    def _published(self, figure: Figure) -> str:
        dates = [c.published for c in self.store.citations("figure", figure.key) if c.published]
        return max((date_bounds(date)[0] for date in dates), default="")


def read_figures(store: Store, query: Query) -> list[Figure]:
    """Return the figures of a query, in its order, in one statement."""
    return [_figure(row) for row in store.select(query, COLUMNS)]


def grouped(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Put together what are figures for one thing."""
    groups: dict[tuple[str | None, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[figure.group].append(figure)
    return list(groups.values())


def printed_digits(value: float | None) -> int:
    """Count the significant digits of a value: 3,744,000,000 has 4, 1,300,000,000 has 2."""
    if value is None or value == 0:
        return 0
    digits = f"{abs(value):.15g}".split("e")[0].replace(".", "").lstrip("0")
    return len(digits.rstrip("0"))


def hedge(value: float, bound: str | None, low: float | None, high: float | None) -> tuple[Glyph, float, float]:
    """Return how a hedged value is drawn: its glyph and the ends of its band.

    "About" may miss by half a unit of the last digit, but by 2.5 % at least; "nearly" misses downward only. A range
    that the source states is taken as it is.
    """
    if low is not None and high is not None and low <= high:
        return "about", low, high
    glyph = _GLYPHS.get(bound or "", "exact")
    if glyph != "about" or value == 0:
        return glyph, value, value
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - printed_digits(value) + 1)
    width = max(unit / 2, abs(value) * _BAND)
    return glyph, value - width, value if bound == "nearly" else value + width


def range_of(figure: Figure) -> tuple[float, float]:
    """Return the least and the most that a figure may mean; open ends are infinite."""
    value = figure.value or 0.0
    glyph, low, high = hedge(value, figure.bound, figure.low, figure.high)
    return (-math.inf if glyph == "at_most" else low), (math.inf if glyph == "at_least" else high)


def hedge_of_range(low: float, high: float) -> tuple[Glyph, float | None, float | None]:
    """Return how a computed number is drawn that lies in a range: its glyph, and the band where both ends are known."""
    if low == high:
        return "exact", None, None
    if math.isfinite(low) == math.isfinite(high):
        return ("about", low, high) if math.isfinite(low) else ("about", None, None)
    return ("at_least", None, None) if math.isfinite(low) else ("at_most", None, None)


@functools.lru_cache(maxsize=_REMEMBERED)
def _figure(row: tuple[Value, ...]) -> Figure:
    """Make a figure of the values of `COLUMNS`; kept, as an edit changes one of the thousands in a picture."""
    key, uid, topic, measure, flow, product, period, period_kind, first, last, day_first, day_last, *rest = row
    value, bound, unit, low, high, growth, growth_bound, multiple, side, basis, rank = rest
    assert isinstance(key, int)
    printed = (value, low, high, growth, multiple)
    numbers = [None if number is None else finite(number) for number in printed]
    return Figure(
        key, _text(uid), _text(topic), _text(measure), _text(flow), _text(product), _text(unit), _text(period),
        _text(period_kind), _text(first) or _text(day_first) or None, _text(last) or _text(day_last) or None,
        numbers[0], _text(bound) or None, numbers[1], numbers[2], numbers[3], _text(growth_bound) or None, numbers[4],
        _text(side) or "unspecified", _text(basis), _text(rank),
        any(was is not None and number is None for was, number in zip(printed, numbers, strict=True)),
    )  # fmt: skip


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _twins(store: Store) -> dict[int, int]:
    """Return for each figure of a cluster of same values the smallest key of the cluster."""
    same = Condition("relation", "is", ("same_value_as",))
    head: dict[int, int] = {}

    def find(key: int) -> int:
        while head.setdefault(key, key) != key:
            key = head[key]
        return key

    for _, near, far in store.select(Query("link", conditions=(same,)), LINK_COLUMNS):
        if isinstance(near, int) and isinstance(far, int):
            low, high = sorted((find(near), find(far)))
            head[high] = low
    return {key: find(key) for key in head}

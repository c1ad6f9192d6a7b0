"""The charts that count records: by year and level, by sector and status, by age and status.

What has no year, or none that is certain, is counted in words below the picture. Nothing is ranked or chosen here:
every record that the tab shows is either in a bar or in the words.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts.scales import YEARS, is_off_the_axis, known_year
from azcn_desktop.charts.series import Chart, Floats, Glyph, Point, Role, Series
from azcn_desktop.records import words
from azcn_desktop.records.amounts import Amount, format_amount
from azcn_desktop.records.kinds import Choice, Value
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

Shade = tuple[Role, float]
NOT_STATED: Shade = ("muted", 1.0)
LEVEL_SHADES: dict[str, Shade] = {
    "head_of_state": ("violet", -0.7), "prime_minister": ("violet", 0.6), "vice_premier": ("blue", -0.8),
    "deputy_prime_minister": ("blue", 0), "speaker": ("blue", 1), "minister": ("accent", 0),
    "deputy_minister": ("accent", 1), "presidential_assistant": ("accent", -0.9), "special_envoy": ("green", -0.6),
    "counsellor": ("green", 0.7), "official": ("amber", -0.4), "agency": ("amber", 0.7), "company": ("muted", 0),
    "party": ("red", 0.3),
}  # fmt: skip
AGREEMENT_SHADES: dict[str, Shade] = {
    "anticipated": ("amber", 1), "pending": ("amber", 0), "drafted": ("amber", -0.9), "disputed": ("red", 0),
    "signed": ("accent", 0), "exchanged": ("accent", 1), "adopted": ("blue", 0), "approved": ("green", 1),
    "in_force": ("green", -0.4), "suspended": ("muted", -0.9), "terminated": ("muted", -0.2), "expired": ("muted", 0.5),
}  # fmt: skip
PROJECT_SHADES: dict[str, Shade] = {
    "idea": ("muted", 0.6), "proposed": ("muted", -0.1), "discussed": ("muted", -0.8), "planned": ("amber", 1),
    "announced": ("amber", 0.3), "study": ("amber", -0.35), "agreed": ("amber", -1), "design": ("blue", 1),
    "under_construction": ("blue", 0), "under_way": ("blue", -0.8), "operating": ("accent", 0),
    "completed": ("accent", -0.9), "suspended": ("red", 1), "cancelled": ("red", -0.2),
}  # fmt: skip
COMMITMENT_SHADES: dict[str, Shade] = {
    "open": ("blue", 0.8), "in_progress": ("blue", -0.5), "kept": ("accent", -0.2), "kept_late": ("accent", 0.9),
    "partly": ("amber", 0.5), "not_kept": ("red", 0), "superseded": ("muted", -1), "dropped": ("muted", 0),
    "unknown": ("muted", 0.4), "unverifiable": ("violet", 0.5),
}  # fmt: skip
# What is open is told apart by who may be held to it: an expert's proposal that nothing came of broke no promise.
OTHERS = "Others"
_OPEN_BY_GROUP = tuple(f"open_{group}" for group in words.STATEMENT_GROUPS)
_AGE_PARTS = Choice(
    (*_OPEN_BY_GROUP, *words.COMMITMENT_STATUS.words),
    (
        ("open_promise", "Open promises"), ("open_soft", "Open intentions"),
        ("open_speech", "Open proposals"), ("partly", "Partly kept"),
    ),
)  # fmt: skip
AGE_SHADES: dict[str, Shade] = COMMITMENT_SHADES | {
    "open": ("violet", -0.5), "open_promise": ("blue", 0.8), "open_soft": ("muted", -0.5),
    "open_speech": ("muted", 0.8),
}  # fmt: skip


class Piece(Struct, frozen=True):
    """One record on its way into a bar: the place of the bar, the word that colours it, and its key."""

    place: int
    word: str
    key: int


def draw_meetings(store: Store, query: Query) -> Chart:
    """Draw meetings per year by level."""
    rows = store.select(query, ("id", "level", "date_lo", "date_hi"))
    pieces = _by_year(rows)
    chart = Chart("Meetings per year", "by level of the higher side", "stacked", "years", "records", "meeting")
    return _finished(chart, pieces, words.LEVEL, LEVEL_SHADES, _year_words, _left_out(rows))


def draw_agreements(store: Store, query: Query) -> Chart:
    """Draw agreements by year of signature and status."""
    rows = store.select(query, ("id", "status", "signed_on_lo", "signed_on_hi"))
    pieces = _by_year(rows)
    chart = Chart("Agreements by year of signature", "by status", "stacked", "years", "records", "agreement")
    return _finished(chart, pieces, words.AGREEMENT_STATUS, AGREEMENT_SHADES, _year_words, _left_out(rows))


def draw_projects(store: Store, query: Query) -> Chart:
    """Draw projects by sector and status, the largest sector first."""
    rows = store.select(query, ("id", "status", "sector"))
    sizes: dict[str, int] = defaultdict(int)
    for _, _, sector in rows:
        sizes[str(sector or "")] += 1
    order = sorted(sizes, key=lambda sector: (-sizes[sector], words.SECTOR.label(sector)))
    labels = tuple(words.SECTOR.label(sector) if sector else "No sector" for sector in order)
    pieces = [Piece(order.index(str(sector or "")), str(status or ""), _key(key)) for key, status, sector in rows]
    chart = Chart(
        "Projects by sector", "by status", "stacked_rows", "categories", "records", "project", categories=labels
    )
    return _finished(chart, pieces, words.PROJECT_STATUS, PROJECT_SHADES, labels.__getitem__)


def draw_commitments(store: Store, query: Query, today: datetime.date) -> Chart:
    """Draw commitments by age in whole years since they were made, and status; open ones by what sort they are."""
    rows = store.select(query, ("id", "status", "statement_class", "made_on_lo", "made_on_hi"))
    ages = {key: _age(low, high, today) for key, _, _, low, high in rows}
    oldest = max((age for age in ages.values() if age is not None), default=-1)
    labels = tuple("Under a year" if n == 0 else "1 year" if n == 1 else f"{n} years" for n in range(oldest + 1))
    pieces = [
        Piece(age, _age_part(status, sort), _key(key))
        for key, status, sort, *_ in rows
        if (age := ages[key]) is not None
    ]
    chart = Chart(
        "Commitments by age", "whole years since they were made, by status", "stacked", "categories", "records",
        "commitment", categories=labels,
    )  # fmt: skip
    return _finished(chart, pieces, _AGE_PARTS, AGE_SHADES, labels.__getitem__, _left_out(rows))


def _age_part(status: Value, sort: Value) -> str:
    """Return the layer that a commitment belongs to: its status, and for an open one the group of its class."""
    group = next((group for group, sorts in words.STATEMENT_GROUPS.items() if sort in sorts), "")
    return f"open_{group}" if status == "open" and group else str(status or "")


def folded(chart: Chart, most: int) -> Chart:
    """Return the chart with at most `most` categories; the last ones become one bar, in which all still count."""
    if chart.axis != "categories" or len(chart.categories) <= max(most, 2):
        return chart
    kept = max(most, 2) - 1
    if chart.scale != "records":
        return _folded_values(chart, kept)
    # Columns are whole years in their order; rows stand by their size.
    name = f"{kept}+ years" if chart.kind == "stacked" else f"{len(chart.categories) - kept} others"
    pieces: dict[tuple[int, str], tuple[int, ...]] = defaultdict(tuple)
    for series in chart.series:
        for x, point in zip(series.x, series.points, strict=True):
            pieces[min(round(float(x)), kept), series.label] += point.keys
    names = (*chart.categories[:kept], name)
    bases = np.zeros(len(names))
    stacked = []
    for series in chart.series:
        held = {place: pieces[place, series.label] for place in range(len(names)) if pieces[place, series.label]}
        stacked.append(_bars(series.label, (series.role, series.tint), held, bases, names.__getitem__, 0.0))
    return replace(chart, series=tuple(stacked), categories=names)


def _folded_values(chart: Chart, kept: int) -> Chart:
    """Return a chart of values with its last categories as one; what a click would narrow to is lost for these."""
    # A last bar that stands for many already is one bar, but not one category.
    name = OTHERS if chart.categories[-1] == OTHERS else f"{len(chart.categories) - kept} others"
    folded_series = []
    for series in chart.series:
        here = series.x < kept
        heights = series.high - series.low
        rest = float(heights[~here].sum())
        words = format_amount(Amount(round(rest), None, chart.scale or None))
        points = (*(p for p, is_kept in zip(series.points, here, strict=True) if is_kept), Point((), words, name))
        x = np.append(series.x[here], float(kept))
        low = np.append(series.low[here], 0.0)
        high = np.append(series.high[here], rest)
        no = np.zeros(len(x), dtype=np.bool_)
        plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
        folded_series.append(
            Series(series.label, series.role, x, x, high, low, high, plain, no, no, points, series.tint)
        )
    return replace(chart, series=tuple(folded_series), categories=(*chart.categories[:kept], name))


def _finished(
    chart: Chart,
    pieces: Sequence[Piece],
    kind: Choice,
    shades: Mapping[str, Shade],
    name: Callable[[int], str],
    remarks: tuple[str, ...] = (),
) -> Chart:
    """Stack the pieces in the order of the closed list; what is not stated comes last."""
    bars: dict[str, dict[int, tuple[int, ...]]] = defaultdict(lambda: defaultdict(tuple))
    for piece in pieces:
        bars[piece.word][piece.place] += (piece.key,)
    first, last = (min(p.place for p in pieces), max(p.place for p in pieces)) if pieces else (0, 0)
    bases = np.zeros(last - first + 1)
    offset = 0.5 if chart.axis == "years" else 0.0
    order = sorted(bars, key=lambda word: kind.words.index(word) if word in kind.words else len(kind.words))
    series = tuple(
        _bars(
            kind.label(word) if word else "Not stated",
            shades.get(word, NOT_STATED),
            bars[word],
            bases,
            name,
            offset,
            first,
        )
        for word in order
    )
    return replace(chart, series=series, remarks=remarks)


def _bars(
    label: str,
    shade: Shade,
    held: Mapping[int, tuple[int, ...]],
    bases: Floats,
    name: Callable[[int], str],
    offset: float,
    first: int = 0,
) -> Series:
    """Make one layer of a stack and raise the bases by it."""
    places = np.array(sorted(held), dtype=np.int64)
    heights = np.array([len(held[place]) for place in places.tolist()], dtype=np.float64)
    low = bases[places - first].copy() if len(places) else np.zeros(0)
    bases[places - first] += heights
    x = places.astype(np.float64) + offset
    points = tuple(Point(tuple(held[place]), f"{len(held[place])}", name(place)) for place in places.tolist())
    nothing = np.zeros(len(places), dtype=np.bool_)
    plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
    return Series(
        label, shade[0], x, x, low + heights, low, low + heights, plain, nothing, nothing, points,
        tint=shade[1],
    )  # fmt: skip


def _by_year(rows: Sequence[tuple[Value, ...]]) -> list[Piece]:
    years = [known_year(low, high) for _, _, low, high in rows]
    return [
        Piece(year, str(word or ""), _key(key))
        for (key, word, *_), year in zip(rows, years, strict=True)
        if year is not None
    ]


def _left_out(rows: Sequence[tuple[Value, ...]]) -> tuple[str, ...]:
    """Tell of the rows, which end with the bounds of a date, that are in no bar, and why they are not."""
    bounds = [(low, high) for *_, low, high in rows if known_year(low, high) is None]
    off = sum(is_off_the_axis(low, high) for low, high in bounds)
    uncertain = [f"{len(bounds) - off} without a certain year"] if len(bounds) > off else []
    scale = f"before {YEARS[0]} or after {YEARS[1]}"
    return (*uncertain, f"{off} off the scale ({scale})") if off else tuple(uncertain)


def _age(low: Value, high: Value, today: datetime.date) -> int | None:
    """Return whole years since the latest day of a date within one year; what lies ahead has none behind it."""
    if known_year(low, high) is None:
        return None
    made = datetime.date.fromisoformat(str(high))
    age = today.year - made.year - ((today.month, today.day) < (made.month, made.day))
    return max(age, 0)


def _year_words(place: int) -> str:
    return str(place)


def _key(value: Value) -> int:
    assert isinstance(value, int)
    return value

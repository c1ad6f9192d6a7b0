"""Sums for charts equal adding the rows by hand, whatever is asked for, and a mark is what its click shows."""

from __future__ import annotations

import math
from collections import defaultdict
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from azcn_desktop.charts.statistics.narrowing import narrowed
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import code_sums, flow_sums
from azcn_desktop.store.store import Store
from tests.charts.flow_builders import PUBLISHER, Flow, draw, fill, is_chosen

CODES = ("TOTAL", "1", "2", "2", "27", "28", "2709", "2710", "270900", "271019", "280920", "Fuels")
PERIODS = (
    ("2022", "A", 0), ("2023", "A", 0), ("202301", "M", 0), ("202302", "M", 0), ("202312", "M", 1), ("2023Q1", "Q", 0),
)  # fmt: skip


SIDES = (("M", "CIF"), ("M", "CIF"), ("X", "FOB"), ("M", "FOB"), ("X", "harmonised"))
# Seeds instead of flows: building thirty flows of nine fields by hypothesis took most of the time.
SEEDS = st.integers(0, 10**9)


def _flows(chance: Random) -> list[Flow]:
    """Make flows that often meet in one sum."""
    made = []
    for _ in range(chance.randint(10, 40)):
        (period, frequency, is_cumulative), (flow, valuation) = chance.choice(PERIODS), chance.choice(SIDES)
        made.append(Flow(
            chance.choice(CODES), chance.randint(1, 10**12) / 100, period, frequency, is_cumulative,
            chance.choice(("AZ", "AZ", "CN")), "CN", flow, chance.choice(("H6", "H6", "H5", None)), valuation,
            chance.choice(("USD", "USD", "CNY")), chance.choice((1, 1, 3, 2, 4)),
            chance.choice((None, None, None, 2, 5)),
        ))  # fmt: skip
    return made


PARTS = {
    "text": ("2", "1", "0", "27", "270", "2709", "oils", "CRUDE oil", "zinc"),
    "since": ("2023", "202302"),
    "until": ("2022", "2023", "202301"),
    "frequencies": (("A",), ("A", "M")),
    "reporters": (("AZ",), ("AZ", "CN")),
    "partners": (("CN",),),
    "flows": (("M",), ("M", "X")),
    "levels": ((0,), (2, 6)),
    "datasets": ((1, 2),),
    "publishers": (("One",),),
    "valuations": (("CIF", "FOB"),),
    "currencies": (("USD",),),
    "classifications": (("H6", "H5"),),
}


def _query(chance: Random) -> FlowQuery:
    """Choose by at most two parts, or nothing would be left to add."""
    names = chance.sample(sorted(PARTS), chance.randint(0, 2))
    return FlowQuery(**{name: chance.choice(PARTS[name]) for name in names})  # type: ignore[arg-type]


@settings(max_examples=50)
@given(seed=SEEDS, by_year=st.booleans(), digit=st.sampled_from(("", "2", "1", "0")))
def test_sums_equal_adding_the_rows_by_hand(flows: Store, seed: int, by_year: bool, digit: str) -> None:
    chance = Random(seed)
    rows, query = _flows(chance), _query(chance)
    query = replace(query, text=digit or query.text)
    fill(flows, rows)
    wanted: dict[tuple[object, ...], list[Flow]] = defaultdict(list)
    for row in rows:
        if is_chosen(row, query):
            period = row.period[:4] if by_year and not row.is_cumulative else row.period
            wanted[*row.unlike, period].append(row)
    found = {
        (
            s.publisher, s.reporter, s.partner, s.flow, s.valuation, s.currency, s.classification, s.level,
            s.frequency, s.is_cumulative, s.period,
        ): s
        for s in flow_sums(flows.database, query, by_year=by_year)
    }  # fmt: skip
    assert sum(s.flows for s in found.values()) == count(flows.database, query)
    assert found.keys() == wanted.keys()
    for key, parts in wanted.items():
        assert found[key].flows == len(parts)
        assert found[key].periods == len({part.period for part in parts})
        assert math.isclose(found[key].value, sum(part.value for part in parts), rel_tol=1e-12, abs_tol=0.01)


@settings(max_examples=50)
@given(seed=SEEDS)
def test_sums_of_codes_equal_adding_the_rows_by_hand(flows: Store, seed: int) -> None:
    chance = Random(seed)
    rows, query = _flows(chance), _query(chance)
    digits, under, level = chance.choice((2, 4, 6)), chance.choice(("", "", "27", "2709")), chance.choice((1, 2, 4, 6))
    periods = chance.choice(((), ("2023", "202301", "202302")))
    fill(flows, rows)
    of = {"publisher": "One", "reporter": "AZ", "flow": "M", "valuation": "CIF", "currency": "USD", "level": level}
    wanted: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows:
        like = (PUBLISHER[row.dataset_id], row.reporter, row.flow, row.valuation, row.currency, row.level)
        is_asked = like == tuple(of.values()) and row.code.startswith(under) and (not periods or row.period in periods)
        if is_asked and is_chosen(row, query):
            wanted[row.classification or "", row.period, row.code[:digits]] += row.value
    found = code_sums(flows.database, query, of, digits, under=under, periods=periods)
    assert {(s.classification, s.period, s.code) for s in found} == wanted.keys()
    assert len(found) == len(wanted)
    for s in found:
        assert math.isclose(s.value, wanted[s.classification, s.period, s.code], rel_tol=1e-12, abs_tol=0.01)


@settings(max_examples=60)
@given(seed=SEEDS)
def test_a_mark_adds_like_flows_only_and_its_click_shows_just_these(flows: Store, seed: int) -> None:
    chance = Random(seed)
    rows, query = _flows(chance), _query(chance)
    view, by = chance.choice(("totals", "product", "products")), chance.choice(("", "year", "quarter", "month"))
    group = chance.choice(("", "CNY|", "USD|FOB", "USD|harmonised"))
    fill(flows, rows)
    chart = draw(flows, query, view=view, by=by, group=group, shape=chance.choice(("", "stacked")))
    for series in chart.series:
        for point, low, high, y in zip(series.points, series.low, series.high, series.y, strict=True):
            if point.period == "Others":
                continue
            drawn = y if chart.kind == "lines" else high - low
            shown = [row for row in rows if is_chosen(row, narrowed(query, point.narrows))]
            is_since_january = "Sum since January, published for December" in point.note
            if chart.kind == "stacked_rows":
                is_since_january = all(row.is_cumulative for row in shown)
            added = [row for row in shown if row.is_cumulative == is_since_january]
            named = dict(point.narrows)
            # A classification that is not told can't be asked for.
            added = [row for row in added if (row.classification or "") == named.get("classifications", "")]
            assert len({row.unlike for row in added}) == 1
            assert math.isclose(drawn, sum(row.value for row in added), rel_tol=1e-9, abs_tol=0.01)

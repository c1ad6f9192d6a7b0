"""Sums for charts equal adding the rows by hand, whatever is asked for, and a mark is what its click shows."""

from __future__ import annotations

import math
from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.store.flow_query import FlowQuery
from azcn_desktop.store.flow_sums import code_sums, flow_sums
from azcn_desktop.store.store import Store
from tests.charts.flow_builders import PUBLISHER, Flow, draw, fill, is_chosen, narrowed

CODES = ("TOTAL", "27", "28", "2709", "2710", "270900", "271019", "280920", "Fuels")
PERIODS = (
    ("2022", "A", 0), ("2023", "A", 0), ("202301", "M", 0), ("202302", "M", 0), ("202312", "M", 1), ("2023Q1", "Q", 0),
)  # fmt: skip


def _flow(place: tuple[str, str, int], flow: tuple[str, str], **rest: object) -> Flow:
    return Flow(period=place[0], frequency=place[1], is_cumulative=place[2], flow=flow[0], valuation=flow[1], **rest)  # type: ignore[arg-type]


FLOWS = st.lists(
    st.builds(
        _flow,
        st.sampled_from(PERIODS),
        st.sampled_from((("M", "CIF"), ("M", "FOB"), ("X", "FOB"), ("X", "harmonised"))),
        code=st.sampled_from(CODES),
        value=st.integers(1, 10**12).map(lambda cents: cents / 100),
        reporter=st.sampled_from(("AZ", "CN")),
        partner=st.sampled_from(("AZ", "CN", "WLD")),
        classification=st.sampled_from(("H5", "H6", None)),
        currency=st.sampled_from(("USD", "CNY")),
        dataset_id=st.sampled_from((1, 1, 2, 3, 4)),
        replaced_by=st.sampled_from((None, None, None, 2, 5)),
    ),
    max_size=25,
)
QUERIES = st.builds(
    FlowQuery,
    text=st.sampled_from(("", "", "2", "27", "270", "2709", "oils", "CRUDE oil", "zinc")),
    since=st.sampled_from(("", "", "2023", "202302")),
    until=st.sampled_from(("", "", "2022", "2023", "202301")),
    frequencies=st.sampled_from(((), (), ("A",), ("A", "M"))),
    reporters=st.sampled_from(((), ("AZ",))),
    flows=st.sampled_from(((), ("M",), ("M", "X"))),
    levels=st.sampled_from(((), (), (0,), (2, 6))),
    datasets=st.sampled_from(((), (), (1, 2))),
    publishers=st.sampled_from(((), ("One",))),
    currencies=st.sampled_from(((), ("USD",))),
    classifications=st.sampled_from(((), ("H6", "H5"))),
)


@settings(max_examples=50)
@given(rows=FLOWS, query=QUERIES, by_year=st.booleans())
def test_sums_equal_adding_the_rows_by_hand(flows: Store, rows: list[Flow], query: FlowQuery, by_year: bool) -> None:
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
    assert found.keys() == wanted.keys()
    for key, parts in wanted.items():
        assert found[key].flows == len(parts)
        assert found[key].periods == len({part.period for part in parts})
        assert math.isclose(found[key].value, sum(part.value for part in parts), rel_tol=1e-12, abs_tol=0.01)


@settings(max_examples=50)
@given(
    rows=FLOWS, query=QUERIES, digits=st.sampled_from((2, 4, 6)), under=st.sampled_from(("", "", "27", "2709")),
    level=st.sampled_from((2, 4, 6)), periods=st.sampled_from(((), ("2023", "202301", "202302"))),
)  # fmt: skip
def test_sums_of_codes_equal_adding_the_rows_by_hand(
    flows: Store, rows: list[Flow], query: FlowQuery, digits: int, under: str, level: int, periods: tuple[str, ...]
) -> None:
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
@given(
    rows=FLOWS, query=QUERIES, view=st.sampled_from(("totals", "product", "products")),
    by=st.sampled_from(("", "year", "quarter", "month")), shape=st.sampled_from(("", "stacked")),
)  # fmt: skip
def test_a_mark_adds_like_flows_only_and_its_click_shows_just_these(
    flows: Store, rows: list[Flow], query: FlowQuery, view: str, by: str, shape: str
) -> None:
    fill(flows, rows)
    chart = draw(flows, query, view=view, by=by, shape=shape)
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

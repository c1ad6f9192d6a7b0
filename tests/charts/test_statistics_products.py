"""Products: shares add up at every step down, tiles cover the square, and concentration keeps within its bounds."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.charts.statistics.concentration import herfindahl, top_share
from azcn_desktop.charts.statistics.treemap import squarified
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.store import Store
from tests.charts.flow_builders import Flow, draw, fill, months, tiles

SIZES = st.lists(st.floats(1e-3, 1e9), min_size=1, max_size=40)
CODED = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 4), st.integers(1, 3)).map(lambda n: "{:02}{:02}{:02}".format(*n)),
    st.integers(1, 10**9),
    min_size=1,
    max_size=30,
)


@settings(max_examples=40)
@given(values=SIZES, ratio=st.floats(0.25, 4))
def test_tiles_cover_the_square_in_proportion_and_do_not_overlap(values: list[float], ratio: float) -> None:
    rects = squarified(sorted(values, reverse=True), ratio)
    total = sum(values)
    for value, (left, top, width, height) in zip(sorted(values, reverse=True), rects, strict=True):
        assert math.isclose(width * height, value / total, rel_tol=1e-6, abs_tol=1e-9)
        assert left >= 0
        assert top >= 0
        assert left + width <= 1 + 1e-9
        assert top + height <= 1 + 1e-9
    for one, other in itertools.combinations(rects, 2):
        across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
        down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
        assert min(across, down) <= 1e-9


@settings(max_examples=40)
@given(values=st.lists(st.floats(1, 3), min_size=4, max_size=40), ratio=st.floats(0.5, 2))
def test_most_of_the_square_lies_in_tiles_that_are_nearly_square(values: list[float], ratio: float) -> None:
    rects = squarified(sorted(values, reverse=True), ratio)
    stretched = [(width * ratio, height) for _, _, width, height in rects]
    assert sum(w * h for w, h in stretched if max(w / h, h / w) <= 3) >= 0.75 * ratio


@settings(max_examples=40)
@given(values=SIZES, factor=st.floats(0.01, 100))
def test_concentration_keeps_its_bounds_and_knows_no_unit(values: list[float], factor: float) -> None:
    index, share = herfindahl(values), top_share(values)
    assert 1 / len(values) - 1e-9 <= index <= 1 + 1e-9
    assert min(1, 5 / len(values)) - 1e-9 <= share <= 1 + 1e-9
    assert math.isclose(herfindahl([value * factor for value in values]), index, rel_tol=1e-9)


@settings(max_examples=20)
@given(coded=CODED, extra=st.integers(0, 1000), has_total=st.booleans(), has_chapters=st.booleans())
def test_shares_add_to_what_is_above_at_every_step(
    flows: Store, coded: dict[str, int], extra: int, has_total: bool, has_chapters: bool
) -> None:
    listed = sum(coded.values())
    chapters: dict[str, int] = {}
    for code, value in coded.items():
        chapters[code[:2]] = chapters.get(code[:2], 0) + value
    rows = [Flow(code, value) for code, value in coded.items()]
    rows += [Flow("TOTAL", listed + extra)] if has_total else []
    rows += [Flow(code, value) for code, value in chapters.items()] if has_chapters else []
    fill(flows, rows)
    top = tiles(flows)
    assert math.isclose(sum(tile.share for tile in top.tiles), 1, rel_tol=1e-9)
    assert math.isclose(sum(tile.value for tile in top.tiles), listed + (extra if has_total else 0), rel_tol=1e-9)
    named = [tile for tile in top.tiles if tile.code]
    assert [tile.code for tile in named] == sorted(chapters, key=lambda code: (-chapters[code], code))
    first = named[0]
    assert first.is_drillable
    below = tiles(flows, under=dict(first.point.narrows)["under"])
    assert all(tile.code.startswith(first.code) and len(tile.code) == 4 for tile in below.tiles)
    assert math.isclose(sum(tile.value for tile in below.tiles), first.value, rel_tol=1e-9)
    assert math.isclose(sum(tile.share for tile in below.tiles), 1, rel_tol=1e-9)
    last = tiles(flows, under=below.tiles[0].code)
    assert {len(tile.code) for tile in last.tiles} == {6}
    assert math.isclose(sum(tile.value for tile in last.tiles), below.tiles[0].value, rel_tol=1e-9)
    assert not any(tile.is_drillable for tile in last.tiles)


def test_bars_end_with_all_others_up_to_the_published_total(flows: Store) -> None:
    fill(flows, [Flow("TOTAL", 1000), *(Flow(f"{n:02}", n) for n in range(1, 21))])
    chart = draw(flows, view="products")
    assert len(chart.categories) == 16
    assert chart.categories[-1] == "Others"
    assert math.isclose(float(chart.series[0].high.sum()), 1000)
    assert chart.remarks[0] == "Shares are of the published total"
    assert "5 products and what is not listed" in chart.series[0].points[-1].note
    assert "2.0 % of the total" in chart.series[0].points[0].note


def test_a_total_that_codes_exceed_is_not_what_shares_are_of(flows: Store) -> None:
    fill(flows, [Flow("TOTAL", 5), Flow("27", 6), Flow("28", 4)])
    chart = draw(flows, view="products")
    assert chart.remarks[0] == "Shares are of the sum of what is listed"
    assert "60.0 % of the listed sum" in chart.series[0].points[0].note


def test_the_latest_period_is_drawn_with_its_change_and_another_may_be_chosen(flows: Store) -> None:
    fill(flows, [Flow("27", 6), Flow("27", 4, period="2022"), Flow("28", 1), Flow("28", 9, period="2021")])
    chart = draw(flows, view="products")
    assert "2023" in chart.title
    assert "+50.0 % on the year before" in chart.series[0].points[0].note
    assert "Nothing reported the year before" in chart.series[0].points[1].note
    assert draw(flows, view="products", period="2021").categories == ("28 Chemicals",)


def test_products_of_a_year_are_added_from_its_months(flows: Store) -> None:
    fill(flows, [*months(2023, code="2709", value=2), *months(2023, code="2710"), *months(2024, 3, code="2710")])
    chart = draw(flows, view="products", by="year", under="27")
    assert chart.series[0].high.tolist() == [156, 78]
    assert "Added from 12 months" in chart.remarks


def test_a_text_is_where_the_way_down_begins(flows: Store) -> None:
    fill(flows, [Flow("270900", 5), Flow("271019", 4), Flow("280920", 3)])
    chart = draw(flows, FlowQuery(text="27"), view="products", under="28")
    assert [category[:4] for category in chart.categories] == ["2709", "2710"]
    words = draw(flows, FlowQuery(text="crude"), view="products", digits="6")
    assert words.categories == ("270900 Petroleum oils, crude",)


def test_concentration_is_not_computed_where_codes_miss_the_total(flows: Store) -> None:
    whole = [Flow("TOTAL", 100, "2022"), Flow("27", 60, "2022"), Flow("28", 40, "2022")]
    fill(flows, [*whole, Flow("TOTAL", 100), Flow("27", 60), Flow("28", 30)])
    chart = draw(flows, view="concentration")
    assert [float(series.y[0]) for series in chart.series] == pytest.approx([52, 100])
    assert [len(series) for series in chart.series] == [1, 1]
    assert any(remark.startswith("1 period not computed: 2-digit codes") for remark in chart.remarks)
    assert any("HHI 5,200 of 10,000 points over 2 codes" in note for note in chart.series[0].points[0].note)


def test_concentration_takes_in_each_period_the_level_that_covers_the_total(flows: Store) -> None:
    fine = [Flow("TOTAL", 1000), Flow("270900", 750), Flow("280920", 250)]
    both = [Flow("TOTAL", 100, "2022"), Flow("27", 60, "2022"), Flow("28", 40, "2022"), Flow("270900", 20, "2022")]
    chapters = [Flow("TOTAL", 100, "2021"), Flow("27", 80, "2021"), Flow("28", 20, "2021")]
    gaps = [Flow("TOTAL", 100, "2020"), Flow("27", 50, "2020"), Flow("270900", 70, "2020"), Flow("280920", 30, "2020")]
    fill(flows, [*fine, *both, *chapters, *gaps])
    chart = draw(flows, view="concentration")
    assert chart.series[0].y.tolist() == [58, 68, 52, 62.5]
    assert not any("not computed" in remark for remark in chart.remarks)
    levels = [dict(point.narrows)["levels"] for point in chart.series[0].points]
    assert levels == ["6", "2", "2", "6"]


def test_concentration_without_a_total_needs_a_list_that_looks_whole(flows: Store) -> None:
    fill(flows, [*(Flow(f"{n:02}", 1) for n in range(1, 26)), *(Flow(f"{n:02}", 1, "2022") for n in range(1, 6))])
    chart = draw(flows, view="concentration")
    assert [float(series.y[0]) for series in chart.series] == pytest.approx([4, 20])
    assert any("no total is published" in remark for remark in chart.remarks)


@pytest.mark.parametrize("chosen", ["", "CNY|"])
def test_codes_are_drawn_in_the_currency_that_has_codes_and_of_years_that_have_them(flows: Store, chosen: str) -> None:
    yuan = [Flow(value=7, period=f"2024{n:02}", frequency="M", currency="CNY") for n in range(1, 11)]
    fill(flows, [*yuan, Flow("27", 5, "2024"), Flow("28", 3, "2024")])
    made = tiles(flows, FlowQuery(since="2024", until="2024"), group=chosen)
    assert [tile.code for tile in made.tiles] == ["27", "28"]
    assert made.scale == "USD"
    assert not {"group", "by"} & {switch.name for switch in made.switches}
    assert "Not drawn: 10 flows in yuan" in made.remarks

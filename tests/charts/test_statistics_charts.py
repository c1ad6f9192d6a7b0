"""The pictures of statistics over time: one source a line, gaps where nothing was reported, unlike things apart."""

from __future__ import annotations

import csv
import dataclasses
import math
from collections.abc import Iterator

import numpy as np
import pytest

from azcn_desktop.charts.counts import folded
from azcn_desktop.charts.layout import value_ticks
from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.statistics.drawing import VIEWS, draw_statistics, is_stale_after
from azcn_desktop.charts.statistics.totals import MOST_LINES
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.resources_path import shipped_statistics
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.rows import flows as rows_of
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.charts.flow_builders import GOODS, TODAY, Flow, draw, fill, months, tiles
from tests.trade.builders import take


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Open a file with the statistics that ship, and without the rest of a first start."""
    database = Database.create(tmp_path_factory.mktemp("shipped") / "azcn.db")
    upgrade(database, SCHEMA)
    database.execute("PRAGMA synchronous = OFF")
    store = Store(database)
    for name in ("un_comtrade", "imf_dots", "wits", "china_customs"):
        take(store, shipped_statistics(f"{name}.csv"))
    with shipped_statistics("hs2022.csv").open(encoding="utf-8", newline="") as file, database.transaction():
        database.connection.executemany(
            "INSERT INTO commodity (classification, code, level, description) "
            "VALUES ('H6', :hscode, :level, :description)",
            csv.DictReader(file),
        )
    yield store
    database.close()


def values(chart: Chart, number: int = 0) -> dict[str, float]:
    """Return period to value of a series."""
    series = chart.series[number]
    heights = series.y if chart.kind == "lines" else series.high - series.low
    return {point.period: float(value) for point, value in zip(series.points, heights, strict=True)}


def switch(chart: Chart, name: str) -> tuple[str, list[str]]:
    """Return what a switch has chosen and offers."""
    found = next(s for s in chart.switches if s.name == name)
    return found.chosen, [value for value, _ in found.options]


def test_a_year_is_computed_from_twelve_months_only(flows: Store) -> None:
    fill(flows, [*months(2021), *months(2022, 11), *months(2023)])
    chart = draw(flows)
    assert values(chart) == {"2021": 78, "2023": 78}
    assert chart.series[0].is_joined.tolist() == [False, False]
    assert chart.series[0].is_hollow.all()
    assert "Years computed from their twelve months" in chart.remarks
    assert "1 year left out, of which a part is missing" in chart.remarks
    assert "1 gap where nothing was reported" in chart.remarks


def test_published_and_computed_years_are_never_in_one_line(flows: Store) -> None:
    fill(flows, [Flow(value=5, period="2021"), Flow(value=6, period="2022"), *months(2022), *months(2023)])
    chart = draw(flows)
    assert values(chart) == {"2021": 5, "2022": 6}
    assert not chart.series[0].is_hollow.any()


def test_a_quarter_is_computed_from_three_months_only(flows: Store) -> None:
    fill(flows, months(2023, 5))
    chart = draw(flows, by="quarter")
    assert values(chart) == {"Q1 2023": 6}
    assert chart.series[0].x.tolist() == [2023.125]


def test_months_have_a_mean_where_twelve_follow_each_other(flows: Store) -> None:
    fill(flows, [*months(2021), *months(2022, 3), *months(2023, 6)])
    chart = draw(flows, by="month")
    assert [series.label for series in chart.series] == [
        "Azerbaijan: imports from China", "Azerbaijan: imports from China, 12-month mean",
    ]  # fmt: skip
    assert values(chart, 1) == {
        "December 2021": 6.5, "January 2022": 6.5, "February 2022": 6.5, "March 2022": 6.5,
    }  # fmt: skip
    assert not chart.series[0].is_joined[15]
    assert chart.series[0].is_joined[14]


def test_a_sum_since_january_is_a_year_in_december_and_never_a_month(flows: Store) -> None:
    so_far = [dataclasses.replace(flow, is_cumulative=1, value=100) for flow in months(2023)]
    fill(flows, [*months(2023, 2), *so_far])
    assert values(draw(flows, by="year")) == {"2023": 100}
    chart = draw(flows, by="month")
    assert values(chart) == {"January 2023": 1, "February 2023": 2}
    assert "Sums since January are not drawn as months" in chart.remarks


def test_unlike_currencies_and_valuations_are_offered_and_not_mixed(flows: Store) -> None:
    rows = [Flow(value=n, period=str(2020 + n)) for n in (1, 2, 3)]
    others = [Flow(value=70, currency="CNY"), Flow(value=80, valuation="harmonised"), Flow(value=90, valuation="FOB")]
    fill(flows, [*rows, *others])
    chart = draw(flows)
    assert values(chart) == {"2021": 1, "2022": 2, "2023": 3}
    assert switch(chart, "group") == ("USD|", ["USD|", "CNY|", "USD|FOB", "USD|harmonised"])
    assert "Not drawn: 1 flow in yuan" in chart.remarks
    assert values(draw(flows, group="CNY|")) == {"2023": 70}
    assert values(draw(flows, group="USD|harmonised")) == {"2023": 80}


def test_two_publishers_are_two_lines(flows: Store) -> None:
    fill(flows, [Flow(value=1), Flow(value=2, dataset_id=2)])
    chart = draw(flows)
    assert [values(chart, n) for n in (0, 1)] == [{"2023": 1}, {"2023": 2}]
    assert chart.series[0].label.endswith(", One")
    assert (chart.series[0].role, chart.series[0].tint) != (chart.series[1].role, chart.series[1].tint)


@pytest.mark.parametrize("reporter", ["KZ", "AZ"])
def test_as_many_lines_as_are_drawn_differ_in_colour_whoever_reports_them(flows: Store, reporter: str) -> None:
    partners = ("CN", "DE", "IR", "IT", "RU", "TR", "US")
    fill(flows, [Flow(reporter=reporter, partner=partner, flow="M") for partner in partners])
    for view in ("totals", "product"):
        series = draw(flows, view=view, code="TOTAL").series
        assert len({(each.role, each.tint) for each in series}) == MOST_LINES


def test_all_goods_stand_for_the_total_and_two_editions_are_not_added(flows: Store) -> None:
    rows = [Flow(value=9), Flow(value=8, classification="H5"), Flow("27", 5), Flow("28", 4), Flow("270900", 5)]
    fill(flows, rows)
    chart = draw(flows)
    assert values(chart) == {"2023": 9}
    assert "1 value of another classification not drawn" in chart.remarks
    assert values(draw(flows, level="2")) == {"2023": 9}
    assert values(draw(flows, FlowQuery(text="27"))) == {"2023": 5}
    assert values(draw(flows, FlowQuery(text="crude"))) == {"2023": 5}


def test_codes_of_two_systems_are_neither_joined_nor_named_alike(flows: Store) -> None:
    sitc = [Flow("27", 8, "2010", classification="S4"), Flow("27", 2, "2011", partner="DE", classification="S4")]
    fill(flows, [*sitc, Flow("27", 5), Flow("27", 4, "2022"), Flow("28", 3)])
    chart = draw(flows, FlowQuery(text="27"))
    assert [values(chart, n) for n in range(len(chart.series))] == [{"2022": 4, "2023": 5}]
    assert "Not drawn: 2 flows by codes of SITC" in chart.remarks
    assert "Mineral fuels" in chart.title
    alone = draw(flows, FlowQuery(text="27", classifications=("S4",)))
    assert len(alone.series) == 2
    assert "Mineral fuels" not in alone.title
    bars = draw(flows, FlowQuery(classifications=("S4",)), view="products")
    assert "Mineral fuels" not in repr(bars)
    fill(flows, [Flow(value=9), Flow(value=8, period="2010", classification="S4")])
    assert values(draw(flows)) == {"2010": 8, "2023": 9}, "all goods are the same in every list"


def test_exports_and_imports_are_stacked_for_one_reporter(flows: Store) -> None:
    exports = [Flow(flow="X", valuation="FOB", value=2, period=period) for period in ("2022", "2023")]
    fill(flows, [Flow(value=3), *exports])
    chart = draw(flows)
    assert chart.kind == "stacked"
    assert [series.label for series in chart.series] == ["Exports", "Imports"]
    assert chart.series[1].low.tolist() == [2]
    assert chart.series[1].high.tolist() == [5]
    assert "1 bar with one side only: the other was not reported" in chart.remarks


def test_a_balance_leaves_out_what_has_one_side_only(flows: Store) -> None:
    exports = [Flow(flow="X", valuation="FOB", value=2, period=period) for period in ("2022", "2023")]
    fill(flows, [Flow(value=3), *exports, Flow(reporter="CN", partner="AZ", value=7)])
    chart = draw(flows, view="balance")
    assert len(chart.series) == 1
    assert values(chart) == {"2023": -1}
    assert chart.series[0].points[0].value == "−$1"
    assert "2 values without its other side left out" in chart.remarks
    assert "imports CIF, exports FOB" in chart.unit


def test_a_product_is_the_one_asked_for_else_the_largest(flows: Store) -> None:
    fill(flows, [Flow("270900", 5), Flow("280920", 4), Flow("280920", 3, period="2022")])
    assert values(draw(flows, view="product")) == {"2023": 5}
    chart = draw(flows, view="product", code="28")
    assert values(chart) == {"2022": 3, "2023": 4}
    assert dict(chart.series[0].points[0].narrows)["text"] == "28"
    assert values(draw(flows, FlowQuery(text="2809"), view="product")) == {"2022": 3, "2023": 4}


def test_what_no_period_can_be_read_from_is_left_out(flows: Store) -> None:
    fill(flows, [Flow(period="20x3"), Flow(period="2023", value=4)])
    assert values(draw(flows)) == {"2023": 4}


def test_every_view_of_nothing_is_empty(flows: Store) -> None:
    fill(flows, [])
    for view, _ in VIEWS:
        assert draw_statistics(flows, FlowQuery(), {"view": view}, TODAY).is_empty


def test_categories_that_do_not_fit_become_one_bar_with_their_sum(flows: Store) -> None:
    fill(flows, [Flow(f"{n:02}", n) for n in range(1, 11)])
    chart = draw(flows, view="products")
    small = folded(chart, 4)
    assert len(small.categories) == 4
    assert math.isclose(float(small.series[0].high.sum()), 55)
    assert small.series[0].points[:3] == chart.series[0].points[:3]
    assert small.categories[-1] == "7 others"
    fill(flows, [Flow(f"{n:02}", n) for n in range(1, 31)])
    assert folded(draw(flows, view="products"), 4).categories[-1] == "Others", "fifteen are one bar already"
    assert len(value_ticks(chart, 400)) <= 6


def test_a_chart_names_a_code_as_the_table_does_whatever_other_lists_there_are(flows: Store) -> None:
    fill(flows, [Flow("27", 5.0, classification=None)])
    with flows.database.transaction():
        flows.database.execute("INSERT INTO commodity (classification, code, description) VALUES ('S4', '27', 'Crude')")
    (key,) = (row[0] for row in flows.database.all("SELECT id FROM trade_flow"))
    (flow,) = rows_of(flows.database, [key])
    with flows.database.transaction():
        title = draw(flows, FlowQuery(text="27"), view="totals").title
        flows.database.execute("DELETE FROM commodity WHERE classification = 'S4'")
    assert flow.description == GOODS["27"]
    assert f"27 {flow.description}" in title


def test_changes_of_flows_datasets_and_lists_concern_a_picture() -> None:
    for table in ("trade_flow", "dataset", "commodity"):
        assert is_stale_after(ChangeNotice({table: None}))
    assert not is_stale_after(ChangeNotice({"meeting": frozenset({1})}))


# -- what ships


def test_first_start_shows_the_years_of_three_publishers_in_dollars(shipped: Store) -> None:
    chart = draw(shipped)
    assert {series.label: len(series) for series in chart.series} == {
        "China: imports from Azerbaijan, IMF DOTS": 13, "Azerbaijan: imports from China, WITS": 5,
        "China: imports from Azerbaijan, UN Comtrade": 2, "China: exports to Azerbaijan, UN Comtrade": 1,
    }  # fmt: skip
    assert values(chart, 1)["2014"] == 697_080_000
    joined = chart.series[1].is_joined.tolist()
    assert joined == [False, True, True, False, False]  # 2011 and 2013 are not in the list of the five largest
    assert "Not drawn: 40 flows in yuan" in chart.remarks
    assert "Only single products, no total: Azerbaijan: imports from China, UN Comtrade" in chart.remarks


def test_yuan_of_2024_are_months_with_gaps_and_a_year_of_published_sums(shipped: Store) -> None:
    yuan = FlowQuery(currencies=("CNY",))
    chart = draw(shipped, yuan)
    assert "yuan" in chart.unit
    assert [len(series) for series in chart.series] == [10, 10]  # March is missing, September is in dollars
    assert not any(series.label.endswith("mean") for series in chart.series)
    year = draw(shipped, yuan, by="year")
    assert year.kind == "stacked"
    assert sum(values(year, n)["2024"] for n in (0, 1)) == 17_546_510_000


def test_shipped_products_say_that_they_are_a_choice(shipped: Store) -> None:
    chart = draw(shipped, view="products")
    assert chart.categories[0].startswith("87 Vehicles")
    assert "Shares are of the sum of what is listed" in chart.remarks
    assert any("perhaps a choice of products" in remark for remark in chart.remarks)
    assert tiles(shipped, under="85").tiles[0].code == "8507"
    concentration = draw(shipped, view="concentration")
    assert concentration.is_empty
    assert any("not computed" in remark for remark in concentration.remarks)
    assert np.isfinite(chart.series[0].high).all()

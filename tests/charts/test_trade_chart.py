"""The Trade chart: its values are those that the reference data argues for."""

import datetime
from typing import Any

import numpy as np
import pytest

from azcn_desktop.charts import specs
from azcn_desktop.charts.layout import stops, time_range
from azcn_desktop.charts.series import Chart, Series
from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store

TODAY = datetime.date(2026, 11, 22)


def draw(store: Store, text: str = "topic:trade", **choices: str) -> Chart:
    """Draw the chart of a filter."""
    return CHARTS["figure"].draw(store, parse_query(text, SCHEMA["figure"]), choices, TODAY)


def of(chart: Chart, label: str) -> Series:
    """Return a series by its label."""
    return next(series for series in chart.series if series.label == label)


def by_period(series: Series) -> dict[str, float]:
    """Return values by period."""
    return {point.period: float(y) for point, y in zip(series.points, series.y, strict=True)}


def test_azerbaijani_turnover_is_the_preferred_one_of_every_year(filled_store: Store) -> None:
    azerbaijani = of(draw(filled_store), "Azerbaijani statistics")
    assert by_period(azerbaijani) == {
        "2017": 1.3e9, "2018": 1.31e9, "2019": 2.18e9, "2020": 1.8e9, "2021": 1.78e9, "2022": 2.15e9, "2023": 3.1e9,
        "2024": 3.744e9, "2025": 4.87e9,
    }  # fmt: skip
    assert azerbaijani.x.tolist() == [year + 0.5 for year in range(2017, 2026)]


def test_chinese_turnover_is_a_series_of_its_own(filled_store: Store) -> None:
    chinese = of(draw(filled_store), "Chinese statistics")
    assert by_period(chinese) == {"1992": 1.5e6, "2003": 238e6, "2011": 1.086e9, "2016": 769e6, "2017": 964e6}
    assert chinese.is_joined.tolist() == [False, False, False, False, True]


def test_unspecified_side_is_loose(filled_store: Store) -> None:
    loose = of(draw(filled_store), "Side not stated")
    assert by_period(loose) == {"2021": 1.4e9}
    assert not loose.is_joined.any()


def test_inferred_side_is_hollow_and_said_in_the_legend(filled_store: Store) -> None:
    chart = draw(filled_store)
    azerbaijani = of(chart, "Azerbaijani statistics")
    assert azerbaijani.is_hollow.tolist() == [False] + [True] * 8
    assert ("hollow", "side inferred") in chart.signs


def test_hedges_of_the_seed_are_kept(filled_store: Store) -> None:
    azerbaijani = of(draw(filled_store), "Azerbaijani statistics")
    assert azerbaijani.glyphs[0] == "about"
    assert azerbaijani.points[0].value == "nearly $1.3 bn"
    assert azerbaijani.high[0] == 1.3e9 > azerbaijani.low[0]
    parts = of(draw(filled_store, span="part"), "Azerbaijani statistics")
    over = [point.value for point, glyph in zip(parts.points, parts.glyphs, strict=True) if glyph == "at_least"]
    assert over == ["over $3 bn", "over $1 bn"]


def test_a_part_year_is_a_span_and_never_a_point_of_the_annual_axis(filled_store: Store) -> None:
    for measure in ("turnover", "az_exports", "az_imports", "balance", "growth"):
        annual = draw(filled_store, measure=measure)
        assert all((series.x == series.x_end).all() for series in annual.series)
        parts = draw(filled_store, measure=measure, span="part")
        assert all((series.x < series.x_end).all() for series in parts.series)
        assert not any(series.is_joined.any() for series in parts.series)
    seven_months = of(draw(filled_store, span="part"), "Azerbaijani statistics")
    place = [point.period for point in seven_months.points].index("Jan–Jul 2025")
    assert seven_months.x[place] == 2025.0
    assert seven_months.x_end[place] == pytest.approx(2025 + 212 / 365)


def test_a_product_is_never_a_total(filled_store: Store) -> None:
    chart = draw(filled_store, measure="az_imports")
    assert "2025" not in by_period(of(chart, "Azerbaijani statistics"))
    assert by_period(of(chart, "Only hybrid cars")) == {"2025": 1_132_540_000.0}


def test_balance_is_computed_from_one_side_hollow_and_with_its_formula(filled_store: Store) -> None:
    chart = draw(filled_store, measure="balance")
    assert by_period(of(chart, "Azerbaijani statistics")) == {"2020": 432.7e6 - 1.4e9}
    chinese = of(chart, "Chinese statistics")
    assert by_period(chinese) == {"2017": 190e6, "2022": 245_870_102.0 - 1_135_903_218.0}
    assert chinese.is_hollow.all()
    assert chinese.points[0].note[0] == "Computed: exports $577 m less imports $387 m"


def test_growth_is_stated_or_computed_and_then_hollow(filled_store: Store) -> None:
    growth = of(draw(filled_store, measure="growth"), "Azerbaijani statistics")
    values = by_period(growth)
    assert values["2025"] == 30.2
    assert values["2023"] == 43.5
    assert values["2019"] == pytest.approx((2.18 / 1.31 - 1) * 100)
    place = [point.period for point in growth.points].index("2019")
    assert growth.is_hollow[place]
    assert growth.points[place].note[0] == "Computed: $2.18 bn against $1.31 bn in 2018"


def test_a_multiple_is_no_per_cent(filled_store: Store) -> None:
    """2.6 times is 160 % more; a text that printed 2.6 per cent for it is deprecated."""
    growth = of(draw(filled_store, measure="growth", span="part"), "Azerbaijani statistics")
    assert by_period(growth)["Jan–May 2019"] == pytest.approx(160)


def test_other_figures_are_faint_and_only_on_demand(filled_store: Store) -> None:
    plain, full = draw(filled_store), draw(filled_store, others="shown")
    assert not any(series.is_faint for series in plain.series)
    assert plain.remarks == ("14 other figures for the same periods",)
    others = of(full, "Other figures")
    assert (others.is_faint, len(others), full.remarks) == (True, 14, ())
    assert 3.7e9 not in [y for x, y in zip(others.x, others.y, strict=True) if x == 2023.5]  # deprecated
    assert of(full, "Azerbaijani statistics").points == of(plain, "Azerbaijani statistics").points


def test_chart_shows_exactly_the_rows_of_the_filter(filled_store: Store) -> None:
    chart = draw(filled_store, "topic:trade year:2020..2023")
    assert list(by_period(of(chart, "Azerbaijani statistics"))) == ["2020", "2021", "2022", "2023"]
    assert draw(filled_store, "topic:trade side:CN").series[0].label == "Chinese statistics"
    assert draw(filled_store, "nosuchword").is_empty


def test_filter_without_the_preferred_figure_draws_the_best_of_the_rest(filled_store: Store) -> None:
    rest = draw(filled_store, "topic:trade rank:normal year:2024")
    assert by_period(of(rest, "Azerbaijani statistics")) == {"2024": 3.744e9}


def test_an_edit_and_its_undo_move_the_point(filled_store: Store) -> None:
    key = of(draw(filled_store), "Azerbaijani statistics").points[-1].keys[0]
    filled_store.apply(edits.edit_field(filled_store, "figure", key, "value", {"value": 5e9}))
    assert by_period(of(draw(filled_store), "Azerbaijani statistics"))["2025"] == 5e9
    filled_store.undo()
    assert by_period(of(draw(filled_store), "Azerbaijani statistics"))["2025"] == 4.87e9


def test_events_are_visits_summits_commissions_and_documents(filled_store: Store) -> None:
    events = draw(filled_store).events
    assert {event.table for event in events} == {"meeting", "agreement"}
    labels = {(event.label, event.date) for event in events}
    assert ("State visit, Beijing", "23 April 2025") in labels
    assert ("Declaration", "3 July 2024") in labels
    assert [event.x for event in events] == sorted(event.x for event in events)
    assert draw(filled_store, events="hidden").events == ()


def test_of_too_many_events_the_weightiest_and_latest_stay(
    filled_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = specs.read_events(filled_store)
    monkeypatch.setattr(specs, "MOST_EVENTS", 5)
    few = specs.read_events(filled_store)
    assert list(few) == sorted(few, key=lambda event: event.x)
    assert [event.weight for event in few] == [max(event.weight for event in every)] * 5
    heaviest = [event for event in every if event.weight == few[0].weight]
    assert list(few) == heaviest[-5:]


def test_events_outside_the_years_of_the_data_are_no_stops(filled_store: Store) -> None:
    chart = draw(filled_store, "topic:trade year:2020..2023")
    low, high = time_range(chart)
    assert all(low <= stop.x <= high for stop in stops(chart) if stop.is_event)
    assert len(chart.events) > sum(stop.is_event for stop in stops(chart)) > 0


def test_investment_is_drawn_by_flow_at_its_day(filled_store: Store) -> None:
    chart = draw(filled_store, "topic:investment")
    assert chart.title == "Cumulative investment"
    chinese = of(chart, "China to Azerbaijan")
    assert dict(zip(chinese.y.tolist(), chinese.x.tolist(), strict=True))[942.3e6] == pytest.approx(2025.5, abs=0.01)
    assert not any(series.is_joined.any() for series in chart.series)


def test_a_chooser_lists_the_measures_of_the_rows(filled_store: Store) -> None:
    chart = draw(filled_store, "topic:rail")
    (switch,) = [s for s in chart.switches if s.name == "other"]
    name = switch.options[-1][0]
    assert draw(filled_store, "topic:rail", other=name).title == name.partition("|")[0]
    assert draw(filled_store, "topic:rail", other="gone|unit").title == switch.options[0][0].partition("|")[0]


def test_a_topic_switch_stands_only_where_rows_hold_several(filled_store: Store) -> None:
    assert draw(filled_store, "").switches[0].name == "topic"
    assert "topic" not in [s.name for s in draw(filled_store, "topic:trade").switches]
    assert draw(filled_store, "", topic="investment").title == "Cumulative investment"


def test_every_array_is_finite_and_of_one_length(filled_store: Store) -> None:
    texts = ("", "topic:trade", "topic:investment", "topic:tourism", "topic:superlative", "is:trash")
    for text in texts:
        for measure in ("turnover", "az_exports", "balance", "growth"):
            for span in ("annual", "part"):
                chart = draw(filled_store, text, measure=measure, span=span, others="shown")
                for series in chart.series:
                    arrays = (series.x, series.x_end, series.y, series.low, series.high)
                    assert all(array.dtype == np.float64 and np.isfinite(array).all() for array in arrays)
                    assert {len(array) for array in arrays} == {len(series.points)} == {len(series.glyphs)}


@pytest.mark.parametrize("value", [1e300, -1e300, 1e19, float(2**63)])
def test_a_number_that_no_axis_holds_is_counted_in_words(filled_store: Store, value: float) -> None:
    key = of(draw(filled_store), "Azerbaijani statistics").points[-1].keys[0]
    filled_store.apply(edits.edit_field(filled_store, "figure", key, "value", {"value": value}))
    chart = draw(filled_store)
    assert "2025" not in by_period(of(chart, "Azerbaijani statistics"))
    assert "1 value not shown" in chart.remarks


def test_a_figure_without_a_period_is_told_of(filled_store: Store) -> None:
    key = of(draw(filled_store), "Azerbaijani statistics").points[-1].keys[0]
    filled_store.apply(edits.edit_field(filled_store, "figure", key, "period_start", {"period_start": None}))
    chart = draw(filled_store)
    assert "2025" not in by_period(of(chart, "Azerbaijani statistics"))
    assert "1 figure for no period not shown" in chart.remarks


def test_a_period_that_ends_before_it_begins_is_told_of(filled_store: Store) -> None:
    parts = of(draw(filled_store, span="part"), "Azerbaijani statistics")
    key = parts.points[0].keys[0]
    filled_store.apply(edits.edit_field(filled_store, "figure", key, "period_start", {"period_start": "2017-09"}))
    chart = draw(filled_store, span="part")
    assert len(of(chart, "Azerbaijani statistics")) == len(parts) - 1
    assert "1 value not shown" in chart.remarks


def test_the_table_holds_what_is_drawn(filled_store: Store) -> None:
    chart = draw(filled_store)
    table = chart.as_table()
    assert table.headers == ("Period", "Series", "Number", "In words", "Remarks")
    assert len(table.rows) == sum(map(len, chart.series))
    assert ("2024", "Azerbaijani statistics", 3.744e9, "$3.744 bn") in [row[:4] for row in table.rows]


def test_a_plain_query_is_stale_only_after_what_it_reads(filled_store: Store) -> None:
    spec, plain = CHARTS["figure"], Query("figure")
    filtered = parse_query("baku", SCHEMA["figure"])

    def notice(table: str, column: str) -> Any:
        found = filled_store.select(Query(table), ("id",))[0][0]
        return filled_store.apply(edits.edit_field(filled_store, table, int(str(found)), column, {column: "Other"}))

    assert spec.is_stale_after(notice("figure", "period"), plain)
    remark = notice("figure", "rank_reason")
    assert not spec.is_stale_after(remark, plain)
    assert spec.is_stale_after(remark, filtered)
    assert not spec.is_stale_after(notice("person", "name"), plain)
    trashed = filled_store.apply(edits.to_trash(filled_store, "figure", [1]))
    assert spec.is_stale_after(trashed, plain)
    assert spec.is_stale_after(filled_store.undo(), plain)

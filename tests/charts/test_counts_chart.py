"""The charts that count records: every row is in a bar or in the words."""

import datetime

import pytest

from azcn_desktop.charts.counts import folded
from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store

TODAY = datetime.date(2026, 11, 22)


def draw(store: Store, table: str, text: str = "", today: datetime.date = TODAY) -> Chart:
    """Draw the chart of a filter."""
    return CHARTS[table].draw(store, parse_query(text, SCHEMA[table]), {}, today)


def keys(chart: Chart) -> list[int]:
    """Return the records in the bars."""
    return [key for series in chart.series for point in series.points for key in point.keys]


def in_words(chart: Chart) -> int:
    """Return how many records are only told of."""
    return sum(int(remark.split()[0]) for remark in chart.remarks)


@pytest.mark.parametrize("table", ["meeting", "agreement", "project", "commitment"])
@pytest.mark.parametrize("text", ["", "baku", "status:signed|held|operating|open"])
def test_every_row_of_the_filter_is_in_one_bar_or_in_the_words(filled_store: Store, table: str, text: str) -> None:
    if text.startswith("status"):
        text = {"meeting": "status:held", "agreement": "status:signed", "project": "status:operating"}.get(
            table, "status:open"
        )
    chart = draw(filled_store, table, text)
    rows = filled_store.keys(parse_query(text, SCHEMA[table]))
    drawn = keys(chart)
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= set(rows)
    assert len(drawn) + in_words(chart) == len(rows)


def test_meetings_of_2025_are_stacked_by_level(filled_store: Store) -> None:
    chart = draw(filled_store, "meeting")
    labels = [series.label for series in chart.series]
    assert labels[:2] == ["Head of state", "Prime minister"]
    assert labels[-1] == "Not stated"
    tops = [float(s.high[i]) for s in chart.series for i in range(len(s)) if s.x[i] == 2025.5]
    expected = filled_store.select(Query("meeting"), ("date_lo", "date_hi"))
    in_2025 = [row for row in expected if str(row[0])[:4] == str(row[1])[:4] == "2025"]
    assert max(tops) == len(in_2025)


def test_bars_of_one_place_stand_on_each_other(filled_store: Store) -> None:
    for table in ("meeting", "agreement", "project", "commitment"):
        reached: dict[float, float] = {}
        for series in draw(filled_store, table).series:
            for x, low, high in zip(series.x.tolist(), series.low.tolist(), series.high.tolist(), strict=True):
                assert low == reached.get(x, 0.0)
                reached[x] = high


def test_partial_dates_count_where_the_year_is_known(store: Store) -> None:
    for date in ("2018", "2018-05", "2018-05-22?", "2018-11/2019-01", "../2019", None):
        store.apply(edits.create(store, "meeting", {"title": "Talks", "status": "held", "date": date}))
    chart = draw(store, "meeting")
    assert [(float(s.x[0]), float(s.high[0])) for s in chart.series] == [(2018.5, 3.0)]
    assert chart.remarks == ("3 without a certain year",)


def test_a_year_that_the_axis_can_not_show_is_told_of_as_that(store: Store) -> None:
    for date in ("2018", "9999-12-31", "3024", "1066", "3024-05/3025-01", "../2019", "2018/..", None):
        store.apply(edits.create(store, "meeting", {"title": "Talks", "status": "held", "date": date}))
    assert draw(store, "meeting").remarks == (
        "3 without a certain year", "4 off the scale (before 1800 or after 2200)",
    )  # fmt: skip


def test_an_age_that_has_no_end_is_told_of_as_off_the_scale(store: Store) -> None:
    for made_on in ("2024", "3024", None):
        values = {"what": "To build", "statement_class": "plan", "status": "open", "made_on": made_on}
        store.apply(edits.create(store, "commitment", values))
    assert draw(store, "commitment").remarks == (
        "1 without a certain year", "1 off the scale (before 1800 or after 2200)",
    )  # fmt: skip


def test_largest_sector_comes_first_and_one_without_is_named(store: Store) -> None:
    for sector in ("energy", "trade", "energy", None):
        store.apply(edits.create(store, "project", {"name": "Plant", "status": "planned", "sector": sector}))
    assert draw(store, "project").categories == ("Energy", "No sector", "Trade")


def test_age_is_whole_years_since_the_statement(store: Store) -> None:
    for made_on in ("2026-11-22", "2025-11-23", "2025-11-22", "2024-01-01", "2027-01-01", None):
        values = {"what": "To build", "statement_class": "plan", "status": "open", "made_on": made_on}
        store.apply(edits.create(store, "commitment", values))
    chart = draw(store, "commitment")
    (series,) = chart.series
    assert {chart.categories[int(x)]: float(high) for x, high in zip(series.x, series.high, strict=True)} == {
        "Under a year": 3.0, "1 year": 1.0, "2 years": 1.0,
    }  # fmt: skip
    assert chart.remarks == ("1 without a certain year",)


def test_folded_ages_are_named_by_the_first_of_them(filled_store: Store) -> None:
    assert folded(draw(filled_store, "commitment"), 4).categories == (
        "Under a year",
        "1 year",
        "2 years",
        "3+ years",
    )


def test_folding_keeps_every_record(filled_store: Store) -> None:
    chart = draw(filled_store, "project")
    narrow = folded(chart, 5)
    assert len(narrow.categories) == 5
    assert narrow.categories[-1] == f"{len(chart.categories) - 4} others"
    assert sorted(keys(narrow)) == sorted(keys(chart))
    assert folded(chart, 50) is chart


def test_chart_of_no_rows_is_empty(store: Store) -> None:
    for table in ("meeting", "agreement", "project", "commitment", "figure"):
        assert draw(store, table).is_empty


def test_what_is_open_is_told_apart_by_who_may_be_held_to_it(store: Store) -> None:
    for sort, status in (
        ("plan", "open"),
        ("wish", "open"),
        ("proposal", "open"),
        ("opinion", "open"),
        ("plan", "kept"),
    ):
        values = {"what": "x", "statement_class": sort, "status": status, "made_on": "2024-05-01"}
        store.apply(edits.create(store, "commitment", values))
    chart = draw(store, "commitment")
    layers = [(series.label, float(sum(series.high - series.low))) for series in chart.series]
    assert layers == [("Open promises", 1), ("Open intentions", 1), ("Open proposals", 2), ("Kept", 1)]

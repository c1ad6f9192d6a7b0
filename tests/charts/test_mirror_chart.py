"""The mirror picture: each side in its own currency until a rate is accepted, and every point says where it is from."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.charts.asymmetry import asymmetry_by_chapter, asymmetry_by_year
from azcn_desktop.charts.mirror import MirrorPicture, draw_mirror
from azcn_desktop.charts.series import Chart, Series
from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from azcn_desktop.trade.exchange_rates import Rate, accept_rate, state_rate, withdraw_rate
from azcn_desktop.trade.mirror_causes import Cause, note_cause
from tests.trade.builders import line, take, written

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def shipped(offices_db: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of the records and of the values of the statistical offices."""
    opened = Store(Database.open(Path(shutil.copy(offices_db, tmp_path / "shipped.azcn"))))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pair_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with 2020 to 2022 of both sides, China of 2022 in yuan; copied for every test."""
    folder = tmp_path_factory.mktemp("pair")
    database = Database.create(folder / "pair.azcn")
    upgrade(database, SCHEMA)
    chinese = {"reporter": "CN", "partner": "AZ", "flow": "X", "valuation": "FOB"}
    ours = [line(period=f"{year}", code=code, value=200) for year in (2020, 2021, 2022) for code in ("TOTAL", "87")]
    theirs = [line(period=f"{year}", code=c, value=100, **chinese) for year in (2020, 2021) for c in ("TOTAL", "84")]
    yuan = line(period="2022", code="TOTAL", value=700, currency="CNY", **chinese)
    take(Store(database), written(folder / "pair.csv", *ours, *theirs, yuan))
    database.close()
    return folder / "pair.azcn"


@pytest.fixture
def pair(pair_db: Path, tmp_path: Path) -> Iterator[Store]:
    """Open a copy of it."""
    opened = Store(Database.open(Path(shutil.copy(pair_db, tmp_path / "pair.azcn"))))
    yield opened
    opened.close()


def draw(store: Store, **choices: str) -> MirrorPicture:
    return draw_mirror(store, choices, TODAY)


def of(chart: Chart, label: str) -> Series:
    """Return a series by the beginning of its label."""
    return next(series for series in chart.series if series.label.startswith(label))


def at(series: Series, period: str) -> int:
    return [point.period for point in series.points].index(period)


def accepted(store: Store, currency: str, year: str, units: float) -> int:
    """State and accept a rate; returns its id."""
    key = store.apply(state_rate(store, Rate(currency, year, units, "A bank", "https://bank.example"))).new_keys[-1]
    store.apply(accept_rate(store, key))
    return key


def test_2024_shows_azerbaijan_in_dollars_and_china_in_yuan_on_two_charts_over_the_same_years(shipped: Store) -> None:
    picture = draw(shipped)
    dollars, yuan = picture.charts
    figures = of(dollars, "Figures, Azerbaijani statistics")
    n = at(figures, "2024")
    assert (float(figures.y[n]), figures.points[n].value) == (3_744_000_000, "$3.744 bn")
    assert shipped.get("figure", figures.points[n].keys[0]) is not None
    china = of(yuan, "China: turnover, China customs")
    assert (china.y.tolist(), china.x.tolist()) == ([17_546_510_000], [2024.5])
    assert "Sum since January as of December, as published" in china.points[0].note
    assert (dollars.scale, yuan.scale) == ("USD", "CNY")
    assert any("share an axis only" in remark for remark in dollars.remarks)
    first, last = picture.span
    assert all(first <= x <= last for chart in picture.charts for series in chart.series for x in series.x)


def test_with_an_accepted_rate_both_sides_share_one_axis_and_without_it_they_part_again(shipped: Store) -> None:
    key = accepted(shipped, "CNY", "2024", 7.1)
    picture = draw(shipped)
    assert [chart.scale for chart in picture.charts] == ["USD"]
    china = of(picture.charts[0], "China: turnover, China customs")
    assert china.y.tolist() == [17_546_510_000 / 7.1]
    assert china.is_hollow.all()
    assert "A bank, https://bank.example" in china.points[0].note[0]
    assert [chart.scale for chart in draw(shipped, rate="own").charts] == ["USD", "CNY"]
    shipped.apply(withdraw_rate(shipped, key))
    assert [chart.scale for chart in draw(shipped).charts] == ["USD", "CNY"]


def test_china_of_2022_is_drawn_to_the_dollar(shipped: Store) -> None:
    imports = of(draw(shipped, direction="az_exports").charts[0], "China: imports (CIF), UN Comtrade")
    exports = of(draw(shipped, direction="az_imports").charts[0], "China: exports (FOB), UN Comtrade")
    assert (imports.y.tolist(), exports.y.tolist()) == ([245_870_102], [1_135_903_218])


def test_all_four_series_have_colours_of_their_own(shipped: Store) -> None:
    labels = {
        (s.label.rpartition(",")[0], s.role) for chart in draw(shipped, direction="all").charts for s in chart.series
    }  # fmt: skip
    assert labels == {
        ("Azerbaijan: imports (CIF)", "accent"), ("China: exports (FOB)", "amber"), ("China: imports (CIF)", "violet"),
    }  # fmt: skip


def test_two_sources_of_one_side_are_drawn_in_different_tints(shipped: Store) -> None:
    chart = draw(shipped, direction="all").charts[0]
    looks = [(series.role, series.tint) for series in chart.series]
    assert len(looks) == len(set(looks)) > len({role for role, _ in looks})


def test_a_line_never_joins_two_publishers(shipped: Store) -> None:
    for chart in draw(shipped, direction="all").charts:
        for series in chart.series:
            assert len({note for point in series.points for note in point.note if note.startswith("Published")}) == 1


def test_what_the_importer_should_show_is_a_band_from_fob_upwards(pair: Store) -> None:
    dollars, yuan = draw(pair, direction="az_imports", factor="1.1").charts
    for chart, fob in ((dollars, 100), (yuan, 700)):
        band = of(chart, "Expected at CIF")
        assert (set(band.low), set(band.high)) == ({fob}, {fob * 1.1})
        assert band.is_hollow.all()
    assert ("about", "from FOB to expected CIF") in dollars.signs
    narrow = of(draw(pair, direction="az_imports", factor="1").charts[0], "Expected at CIF")
    assert (narrow.high == narrow.low).all()


def test_points_say_formula_publisher_and_valuation_and_find_their_flows(pair: Store) -> None:
    picture = draw(pair, direction="az_imports")
    point = of(picture.charts[0], "Azerbaijan: imports").points[0]
    assert {"Published by Test", "CIF, USD", "As published for the year"} < set(point.note)
    assert any(note.startswith("Computed: residual $94 = CIF $200 − FOB $100 × 1.06") for note in point.note)
    assert {name for name, _ in point.narrows} <= set(FlowQuery.__struct_fields__)
    assert dict(point.narrows)["reporters"] == "AZ"
    assert [(gap.year, gap.residual) for gap in picture.gaps] == [(2020, 94), (2021, 94), (2022, None)]
    assert "USD and CNY are compared only at a rate of CNY for 2022 that you accept." in picture.charts[0].remarks


def test_figures_are_laid_over_on_demand(shipped: Store) -> None:
    plain, laid = (draw(shipped, direction="az_imports", headline=word).charts[0] for word in ("hidden", "shown"))
    assert not any(series.label.startswith("Figures") for series in plain.series)
    assert any(series.label.startswith("Figures") for series in laid.series)


def test_a_year_that_has_not_ended_is_not_drawn(pair: Store) -> None:
    last = draw_mirror(pair, {"direction": "az_imports"}, datetime.date(2021, 12, 31))
    assert [gap.year for gap in last.gaps] == [2020]


def test_months_that_make_no_year_are_said_and_not_drawn(shipped: Store) -> None:
    remarks = draw(shipped, direction="az_imports").charts[0].remarks
    assert "China customs gives only a part of 2024 in US dollars, which is no value for a year." in remarks


def test_a_choice_of_source_is_offered_and_followed(pair: Store, tmp_path: Path) -> None:
    take(pair, written(tmp_path / "other.csv", line(period="2020", code="TOTAL", value=190, publisher="Other")))
    picture = draw(pair, direction="az_imports", source_az="Other")
    assert picture.gaps[0].cif == 190
    switch = next(s for s in picture.charts[0].switches if s.name == "source_az")
    assert ([value for value, _ in switch.options], switch.chosen) == (["", "Test", "Other"], "Other")


@pytest.mark.parametrize("factor", ["0.9", "2", "nan", "much"])
def test_an_impossible_factor_is_a_sentence(pair: Store, factor: str) -> None:
    with pytest.raises(UserError, match=r"1\.00 to 1\.50"):
        draw(pair, direction="az_imports", factor=factor)


def test_an_empty_file_gives_one_empty_chart(store: Store) -> None:
    picture = draw(store)
    assert [chart.is_empty for chart in picture.charts] == [True]


def test_the_table_of_years_gives_each_side_in_its_own_currency_and_the_cause(pair: Store) -> None:
    pair.apply(note_cause(pair, Cause("az_imports", 2020, "timing", "late ships")))
    table = asymmetry_by_year(pair, {"direction": "az_imports"}, TODAY)
    assert table.headers[:6] == ("Year", "Azerbaijan (CIF)", "China (FOB)", "FOB × 1.06", "Residual", "Asymmetry")
    assert table.rows[0].cells == (
        "2020",
        "$200",
        "$100",
        "$106",
        "$94",
        "61.4 %",
        "Counted in another period: late ships",
    )
    assert table.rows[2].cells[1:6] == ("$200", "CNY 700", "", "", "")
    assert "rate of CNY for 2022" in table.rows[2].cells[-1]
    accepted(pair, "CNY", "2022", 7.0)
    assert asymmetry_by_year(pair, {}, TODAY).rows[2].cells[1:5] == ("$200", "$100", "$106", "$94")


def test_the_table_of_chapters_names_who_alone_reports_and_adds_up(pair: Store) -> None:
    table = asymmetry_by_chapter(pair, {"direction": "az_imports", "factor": "1"}, 2020)
    assert [(row.cells[0], row.cells[4], row.cells[-1]) for row in table.rows] == [
        ("87", "$200", "Only Azerbaijan reports it"), ("84", "−$100", "Only China reports it"),
    ]  # fmt: skip
    assert sum(row.gap.residual or 0 for row in table.rows) == 100
    assert {len(row.cells) for row in table.rows} == {len(table.headers)}


def test_nothing_is_explained_where_nothing_is_drawn(store: Store) -> None:
    (chart,) = draw_mirror(store, {}, datetime.date(2026, 1, 1)).charts
    assert (chart.is_empty, chart.remarks) == (True, ())

"""Both sides of the same trade: which values are taken, how far apart they are, and what is never compared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop import cli
from azcn_desktop.errors import Conflict, Refused
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from azcn_desktop.trade.annual import (
    AZ_EXPORTS,
    AZ_IMPORTS,
    CN_EXPORTS,
    CN_IMPORTS,
    SIDES,
    Annual,
    Basis,
    Side,
    all_goods,
)
from azcn_desktop.trade.exchange_rates import (
    NO_RATES,
    Rate,
    Rates,
    accept_rate,
    accepted_rates,
    read_rates,
    state_rate,
    withdraw_rate,
)
from azcn_desktop.trade.mirror import DIRECTIONS, Choice, Gap, Pair, four_series, gap_of, gaps, turnovers
from azcn_desktop.trade.mirror_causes import Cause, forget_cause, note_cause, read_causes
from azcn_desktop.trade.mirror_chapters import chapter_gaps, explaining_chapters
from tests.store.builders import edit
from tests.trade.builders import Line, line, take, written

AMOUNTS = st.floats(0, 1e12) | st.integers(0, 10**12).map(float)
FACTORS = st.floats(1.0, 1.5)
RATE = Rate("CNY", "2024", 7.0, "A bank", "https://bank.example/rates", is_accepted=True, key=1)


@pytest.fixture
def offices(offices_db: Path) -> Iterator[Store]:
    """What ships of the statistical offices, to be read only."""
    opened = Store(Database.open(offices_db, read_only=True))
    yield opened
    opened.close()


def azerbaijani(**values: object) -> Line:
    """Return imports of Azerbaijan from China in 2020."""
    return line(**({"period": "2020", "code": "TOTAL"} | values))


def chinese(**values: object) -> Line:
    """Return exports of China to Azerbaijan in 2020."""
    other = {"reporter": "CN", "partner": "AZ", "flow": "X", "valuation": "FOB"}
    return azerbaijani(**(other | values))


def report(
    side: Side, value: float, currency: str = "USD", publisher: str = "Test", basis: Basis = "published"
) -> Annual:
    return Annual(side, 2024, publisher, "H6", currency, 0, basis, "A", False, value)


def compared(cif: float, fob: float, factor: float = 1.06) -> Gap:
    return gap_of(Pair("az_imports", 2024, TOTAL, (cif, "USD"), (fob, "USD"), factor), NO_RATES)


# -- what is taken


def test_china_of_2022_is_there_to_the_dollar_imports_at_cif_and_exports_at_fob(offices: Store) -> None:
    found = four_series(all_goods(offices), Choice())
    assert found[CN_IMPORTS][2022].value == 245_870_102
    assert found[CN_EXPORTS][2022].value == 1_135_903_218
    assert {side.valuation for side in (AZ_IMPORTS, CN_IMPORTS)} == {"CIF"}
    assert {side.valuation for side in (AZ_EXPORTS, CN_EXPORTS)} == {"FOB"}


def test_china_of_2024_is_the_sum_since_january_in_yuan_and_says_so(offices: Store) -> None:
    imports, exports = turnovers(all_goods(offices), Choice())["CN"][2024]
    assert imports.value + exports.value == 17_546_510_000
    assert {imports.currency, exports.currency} == {"CNY"}
    assert "Sum since January as of December, as published" in imports.notes


def test_single_codes_are_no_total(offices: Store) -> None:
    assert not any(each.side is AZ_IMPORTS and each.publisher == "UN Comtrade" for each in all_goods(offices))


def test_harmonised_deflated_reconciled_and_unstated_values_never_enter(store: Store, tmp_path: Path) -> None:
    odd = ("harmonised", "deflated", "reconciled", "compiled", "unknown", "FOB")
    take(store, written(tmp_path / "odd.csv", *(line(code="TOTAL", valuation=word) for word in odd)))
    assert all_goods(store) == ()


def test_a_year_is_as_published_else_its_december_sum_else_twelve_months_and_never_less(
    store: Store, tmp_path: Path
) -> None:
    months = [line(period=f"2020{n:02}", frequency="M", code="TOTAL", value=n) for n in range(1, 13)]
    eleven = [line(period=f"2021{n:02}", frequency="M", code="TOTAL", value=n) for n in range(1, 12)]
    quarters = [line(period=f"2022Q{n}", frequency="Q", code="TOTAL", value=n) for n in range(1, 5)]
    take(store, written(tmp_path / "parts.csv", *months, *eleven, *quarters))
    assert {(e.year, e.basis, e.value) for e in all_goods(store)} == {(2020, "months", 78), (2022, "quarters", 10)}
    take(store, written(tmp_path / "year.csv", line(period="2020", code="TOTAL", value=80)))
    assert {(e.year, e.basis, e.value) for e in all_goods(store)} == {(2020, "published", 80), (2022, "quarters", 10)}


def test_the_publisher_with_both_sides_is_taken_and_another_can_be_chosen(store: Store, tmp_path: Path) -> None:
    alone = [line(period=f"{year}", code="TOTAL", value=190, publisher="Alone") for year in range(2016, 2021)]
    take(store, written(tmp_path / "both.csv", azerbaijani(value=200), chinese(value=100)))
    take(store, written(tmp_path / "alone.csv", *alone))
    reports = all_goods(store)
    assert four_series(reports, Choice())[AZ_IMPORTS][2020].publisher == "Test"
    assert four_series(reports, Choice())[AZ_IMPORTS][2019].publisher == "Alone"
    chosen = four_series(reports, Choice(publishers={"AZ": "Alone"}))
    assert (chosen[AZ_IMPORTS][2020].value, chosen[CN_EXPORTS][2020].value) == (190, 100)
    assert four_series(reports, Choice(publishers={"AZ": "Test"}))[AZ_IMPORTS].keys() == {2020}


def test_a_turnover_is_of_one_publisher_in_one_currency() -> None:
    imports = report(AZ_IMPORTS, 10)
    for exports in (report(AZ_EXPORTS, 5, publisher="Other"), report(AZ_EXPORTS, 5, currency="AZN")):
        assert turnovers([imports, exports], Choice())["AZ"] == {}
    assert turnovers([imports, report(AZ_EXPORTS, 5)], Choice())["AZ"].keys() == {2024}


# -- how far apart


@given(cif=AMOUNTS, fob=AMOUNTS, factor=FACTORS)
def test_the_residual_is_cif_less_fob_times_the_factor_and_the_index_lies_from_0_to_2(
    cif: float, fob: float, factor: float
) -> None:
    gap = compared(cif, fob, factor)
    assert gap.residual == cif - fob * factor
    assert gap.index is not None
    assert 0 <= gap.index <= 2 + 1e-9
    if cif + fob * factor > 0:
        assert gap.index == pytest.approx(abs(cif - fob * factor) / ((cif + fob * factor) / 2))


@given(cif=AMOUNTS, fob=AMOUNTS)
def test_without_freight_the_order_of_the_sides_does_not_matter_to_the_index(cif: float, fob: float) -> None:
    assert compared(cif, fob, 1.0).index == compared(fob, cif, 1.0).index
    assert compared(cif, fob, 1.0).expected == fob


@given(cif=AMOUNTS, fob=AMOUNTS, currencies=st.tuples(*[st.sampled_from(["USD", "CNY", "EUR", "AZN"])] * 2))
def test_there_is_never_a_difference_across_currencies_without_an_accepted_rate(
    cif: float, fob: float, currencies: tuple[str, str]
) -> None:
    gap = gap_of(Pair("az_imports", 2024, TOTAL, (cif, currencies[0]), (fob, currencies[1]), 1.06), NO_RATES)
    is_one = currencies[0] == currencies[1]
    assert (gap.residual is not None, gap.index is not None, not gap.obstacle) == (is_one, is_one, is_one)
    assert (gap.cif, gap.fob) == (cif, fob)


def test_each_direction_sets_the_importer_at_cif_against_the_exporter_at_fob() -> None:
    assert {name: [(s.reporter, s.valuation) for s in sides] for name, sides in DIRECTIONS.items()} == {
        "az_imports": [("AZ", "CIF"), ("CN", "FOB")], "az_exports": [("CN", "CIF"), ("AZ", "FOB")],
    }  # fmt: skip
    series: dict[Side, dict[int, Annual]] = {side: {2024: report(side, n)} for n, side in enumerate(SIDES, 1)}
    assert [(g.cif, g.fob) for g in gaps(series, "az_imports", Choice())] == [(1, 3)]
    assert [(g.cif, g.fob) for g in gaps(series, "az_exports", Choice())] == [(4, 2)]


def test_the_formulas_give_the_numbers_in_words() -> None:
    residual, index = compared(200e6, 100e6).formulas
    assert residual == "Computed: residual $94 m = CIF $200 m − FOB $100 m × 1.06"
    assert index == "Computed: asymmetry 61.4 % = |$94 m| ÷ mean of $200 m and $106 m"


@pytest.mark.parametrize("factor", [0.99, 1.51, float("nan")])
def test_a_factor_outside_its_range_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match="factor"):
        Choice(factor)


# -- rates


def test_an_accepted_rate_of_the_year_makes_one_currency_and_is_named(store: Store) -> None:
    rates = Rates({("CNY", "2024"): RATE})
    gap = gap_of(Pair("az_imports", 2024, TOTAL, (20.0, "USD"), (70.0, "CNY"), 1.0), rates)
    assert (gap.fob, gap.currency, gap.residual) == (10.0, "USD", 10.0)
    assert "7 CNY to the US dollar (average of the period 2024, A bank, https://bank.example/rates)" in gap.formulas[-1]
    assert gap_of(Pair("az_imports", 2023, TOTAL, (20.0, "USD"), (70.0, "CNY"), 1.0), rates).residual is None
    assert gap_of(Pair("az_imports", 2024, TOTAL, (20.0, "AZN"), (70.0, "CNY"), 1.0), rates).residual is None


def test_a_rate_is_used_only_while_a_person_accepts_it_and_each_step_is_undone(store: Store) -> None:
    stated = store.apply(state_rate(store, Rate("CNY", "2024", 7.0, "A bank", "https://bank.example"))).new_keys[-1]
    assert accepted_rates(store).accepted == {}
    store.apply(accept_rate(store, stated))
    assert accepted_rates(store).accepted["CNY", "2024"].converted(14.0) == 2.0
    store.undo()
    assert accepted_rates(store).accepted == {}
    store.redo()
    store.apply(withdraw_rate(store, stated))
    assert accepted_rates(store).accepted == {}
    with pytest.raises(Conflict):
        store.apply(withdraw_rate(store, stated))
    with pytest.raises(Conflict):
        accept_rate(store, stated + 1)


def test_of_two_rates_for_one_year_the_accepted_one_is_the_last_and_two_are_none(store: Store) -> None:
    one, other = (
        store.apply(state_rate(store, Rate("CNY", "2024", rate, "A bank"))).new_keys[-1] for rate in (7.0, 7.2)
    )  # fmt: skip
    store.apply(accept_rate(store, one))
    store.apply(accept_rate(store, other))
    assert [(rate.key, rate.is_accepted) for rate in read_rates(store)] == [(one, False), (other, True)]
    edit(store, "exchange_rate", one, accepted=1)
    assert (accepted_rates(store).accepted, accepted_rates(store).ambiguous) == ({}, (("CNY", "2024"),))


@pytest.mark.parametrize("units", [0.0, -7.0])
def test_a_rate_must_be_positive(store: Store, units: float) -> None:
    with pytest.raises(Refused):
        store.apply(state_rate(store, Rate("CNY", "2024", units, "A bank")))


def test_no_rate_ships(offices: Store) -> None:
    assert read_rates(offices) == []


# -- chapters and causes

SUMS = st.dictionaries(st.sampled_from(["01", "27", "84", "87"]), AMOUNTS)


@given(cif=AMOUNTS, fob=AMOUNTS, cif_chapters=SUMS, fob_chapters=SUMS, factor=FACTORS)
def test_the_chapters_with_what_is_in_none_add_up_to_the_gap(
    cif: float, fob: float, cif_chapters: dict[str, float], fob_chapters: dict[str, float], factor: float
) -> None:
    total = compared(cif, fob, factor)
    found = chapter_gaps(
        total, (report(AZ_IMPORTS, cif), cif_chapters), (report(CN_EXPORTS, fob), fob_chapters), NO_RATES
    )
    size = sum((cif, fob, *cif_chapters.values(), *fob_chapters.values()))
    assert sum(gap.residual or 0.0 for gap in found) == pytest.approx(total.residual, abs=1e-6 * size + 1e-6)
    assert {gap.chapter for gap in found} >= cif_chapters.keys() | fob_chapters.keys()


def test_chapters_are_ranked_by_their_part_of_the_gap_and_levels_are_never_added(store: Store, tmp_path: Path) -> None:
    ours = {"87": 150, "870380": 199, "84": 50, "TOTAL": 200}
    theirs = {"84": 40, "27": 60, "TOTAL": 100}
    lines = [azerbaijani(code=c, value=v) for c, v in ours.items()] + [
        chinese(code=c, value=v) for c, v in theirs.items()
    ]
    take(store, written(tmp_path / "chapters.csv", *lines))
    found = explaining_chapters(store, 2020, "az_imports", Choice(1.0))
    assert found.total is not None
    assert found.total.residual == 100
    assert [(p.gap.chapter, p.gap.residual, p.only, p.is_explaining) for p in found.parts] == [
        ("87", 150, "AZ", True), ("27", -60, "CN", True), ("84", 10, "", False),
    ]  # fmt: skip
    assert [round(p.cumulative, 3) for p in found.parts] == [0.682, 0.955, 1.0]
    assert sum(p.part or 0 for p in found.parts) == pytest.approx(1)


def test_chapters_have_the_names_of_the_harmonized_system_whatever_other_lists_there_are(
    store: Store, tmp_path: Path
) -> None:
    lines = [side(code=c, value=v) for side in (azerbaijani, chinese) for c, v in {"27": 60, "TOTAL": 60}.items()]
    take(store, written(tmp_path / "chapters.csv", *lines))
    with store.database.transaction():
        for listed, words in (("H6", "Mineral fuels"), ("S4", "Crude fertilizers")):
            store.database.execute(
                "INSERT INTO commodity (classification, code, level, description) VALUES (?, '27', 2, ?)",
                (listed, words),
            )
    found = explaining_chapters(store, 2020, "az_imports", Choice(1.0))
    assert [part.description for part in found.parts] == ["Mineral fuels"]


def test_the_finest_level_that_adds_up_is_taken_where_there_are_no_chapters(store: Store, tmp_path: Path) -> None:
    ours = {"870380": 199, "8703": 150, "TOTAL": 200}
    theirs = {"870380": 100, "TOTAL": 100}
    lines = [azerbaijani(code=c, value=v) for c, v in ours.items()] + [
        chinese(code=c, value=v) for c, v in theirs.items()
    ]
    take(store, written(tmp_path / "codes.csv", *lines))
    found = explaining_chapters(store, 2020, "az_imports", Choice(1.0))
    assert [(p.gap.chapter, p.gap.cif, p.gap.fob) for p in found.parts] == [("87", 199, 100), ("", 1, 0)]
    assert "sums of codes of 6 digits (H6), 99.5 % of the total" in found.remarks[0]


def test_without_chapters_or_a_second_side_nothing_is_explained_and_that_is_said(offices: Store) -> None:
    found = explaining_chapters(offices, 2022, "az_imports", Choice())
    assert found.parts == ()
    assert found.remarks[0] == "There is no value of Azerbaijan for 2022."


def test_a_cause_is_written_changed_taken_away_and_every_step_undone(store: Store) -> None:
    key = store.apply(note_cause(store, Cause("az_imports", 2020, "re_export", "cars for Georgia", "87"))).new_keys[-1]
    assert [each.words for each in read_causes(store)] == ["Re-export or transit: cars for Georgia"]
    store.apply(note_cause(store, Cause("az_imports", 2020, "timing", "cars for Georgia", "87", key=key)))
    assert [each.cause for each in read_causes(store)] == ["timing"]
    store.undo()
    assert [each.cause for each in read_causes(store)] == ["re_export"]
    store.apply(forget_cause(store, key))
    assert read_causes(store) == []
    store.undo()
    assert [each.code for each in read_causes(store)] == ["87"]
    with pytest.raises(Conflict):
        note_cause(store, Cause("az_imports", 2020, "timing", key=key + 1))


def test_a_cause_outside_the_list_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        store.apply(note_cause(store, Cause("az_imports", 2020, "bad luck")))


def test_rates_and_causes_go_out_and_come_back_on_the_command_line(store: Store, tmp_path: Path) -> None:
    store.apply(state_rate(store, Rate("CNY", "2024", 7.1, "A bank", "https://bank.example")))
    store.apply(note_cause(store, Cause("az_exports", 2020, "coverage", "0101 is not counted", "01")))
    for table in ("exchange_rate", "mirror_note"):
        path = tmp_path / f"{table}.csv"
        asked = ["--db", str(store.database.path), "--table", table]
        assert cli.main(["export", *asked, "--to", str(path)]) == 0
        before = store.select(Query(table), ("uid", *store.schema[table].value_columns()))
        key = store.keys(Query(table))[0]
        store.apply(edits.remove_part(store, table, key, "Remove"))
        assert cli.main(["import", str(path), *asked]) == 0
        after = store.select(Query(table), ("uid", *store.schema[table].value_columns()))
        assert [row[1:] for row in after] == [row[1:] for row in before]

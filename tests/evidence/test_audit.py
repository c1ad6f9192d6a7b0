"""The audit on made figures: what conflicts, what does not, and what an edit repeats."""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.evidence.audit import Auditor, audit
from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.claim_rules import compare
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.records.kinds import Value
from tests.evidence.builders import figure, months


def of_kind(checks: list[Check], kind: str) -> list[Check]:
    """Return the checks of a kind."""
    return [check for check in checks if check.kind == kind]


def verdict(checks: list[Check], kind: str) -> str:
    """Return the verdict of the only check of a kind, with its reason."""
    (check,) = of_kind(checks, kind)
    return f"{check.verdict}:{check.reason}" if check.reason else check.verdict


# -- growth


def test_growth_that_rounding_explains_is_no_conflict() -> None:
    base, grown = figure(1, 3.1e9, 2023), figure(2, 3.7e9, growth_pct=21.0)
    assert verdict(audit([base, grown]), "growth") == "agrees_after_rounding"


def test_growth_that_nothing_explains_conflicts_and_names_both_figures() -> None:
    (check,) = of_kind(audit([figure(1, 3.1e9, 2023), figure(2, 3.744e9, growth_pct=43.5)]), "growth")
    assert check.verdict == "conflicts"
    assert [(linked.key, linked.role) for linked in check.linked] == [(2, "subject"), (1, "base")]
    assert not check.is_settled


def test_a_deprecated_base_never_speaks_against_a_standing_figure() -> None:
    base = figure(1, 3.1e9, 2023, rank="deprecated")
    assert verdict(audit([base, figure(2, 3.744e9, growth_pct=43.5)]), "growth") == "cannot_be_checked:only_deprecated"


def test_a_conflict_of_a_deprecated_figure_is_settled() -> None:
    (check,) = of_kind(audit([figure(1, 3.1e9, 2023), figure(2, 9e9, growth_pct=1.0, rank="deprecated")]), "growth")
    assert (check.verdict, check.is_settled) == ("conflicts", True)


def test_growth_is_not_checked_against_the_other_side() -> None:
    base = figure(1, 0.8e9, 2023, statistics_side="CN")
    assert verdict(audit([base, figure(2, 3.7e9, growth_pct=21.0)]), "growth") == "cannot_be_checked:unlike_sides"


def test_growth_without_a_base_must_leave_room_within_the_longer_period() -> None:
    year = figure(1, 2.15e9, 2022)
    fits = figure(2, 1.62e9, 2023, growth_pct=41.1, **months(2023, 1, 7))
    fails = figure(3, 1.62e9, 2023, growth_pct=-30.0, **months(2023, 1, 7))
    assert verdict(audit([year, fits]), "growth") == "agrees"
    assert verdict(audit([year, fails]), "growth") == "conflicts"


def test_part_of_a_year_against_the_whole_year_before_is_recognised() -> None:
    year = figure(1, 44_798.0, unit="visitor", topic="tourism", flow=None)
    part = figure(2, 49_939.0, 2025, unit="visitor", topic="tourism", flow=None, growth_pct=11.5, **months(2025, 1, 9))
    assert verdict(audit([year, part]), "growth") == "cannot_be_checked:unlike_periods"


def test_growth_against_another_year_is_not_held_against_the_year_before() -> None:
    grown = figure(2, 3.7e9, growth_pct=900.0, growth_text="900 % more than in 1995")
    assert verdict(audit([figure(1, 3.1e9, 2023), grown]), "growth") == "cannot_be_checked:unlike_periods"


def test_per_cent_printed_for_times_are_recognised() -> None:
    checks = audit([figure(1, 1.1e9, growth_pct=2.6, rank="normal"), figure(2, 1.1e9, growth_multiple=2.6)])
    assert sorted(check.reason for check in of_kind(checks, "growth")) == ["no_base", "percent_for_times"]
    assert of_kind(checks, "implied_bases") == []


def test_growths_that_start_from_unlike_bases_conflict_without_any_base() -> None:
    checks = audit([figure(1, 1.3e9, growth_pct=20.0, rank="normal"), figure(2, 1.3e9, growth_pct=43.0)])
    assert verdict(checks, "implied_bases") == "conflicts"


def test_a_stated_increase_is_checked_against_the_growth() -> None:
    fits = figure(1, 748.8e6, growth_pct=19.8, growth_text="increase of $123.8 million")
    fails = figure(2, 748.8e6, growth_pct=29.8, growth_text="increase of $123.8 million")
    assert verdict(audit([fits]), "increase") == "agrees"
    assert verdict(audit([fails]), "increase") == "conflicts"


def test_a_growth_of_nought_per_cent_of_nothing_divides_by_nothing() -> None:
    checks = audit([figure(1, 0.0, 2023), figure(2, 0.0, growth_pct=-100.0), figure(3, 1.0, 2025, growth_pct=0.0)])
    assert "conflicts" not in {check.verdict for check in of_kind(checks, "growth") if 2 in check.subjects}


def test_a_base_that_is_only_a_lower_limit_is_no_agreement_and_says_so() -> None:
    (check,) = of_kind(audit([figure(1, 1e9, 2023, bound="over"), figure(2, 3e9, growth_pct=20.0)]), "growth")
    assert (check.verdict, check.reason) == ("cannot_be_checked", "open_end")
    assert "Turnover 2023 (Azerbaijani statistics): over $1 bn" in check.explanation
    assert "From the two values: +200 %" in check.calculation


def test_a_limit_that_fits_as_the_number_it_names_agrees_and_one_that_excludes_conflicts() -> None:
    base = figure(1, 1e9, 2023, bound="over")
    assert verdict(audit([base, figure(2, 1.25e9, growth_pct=21.0)]), "growth") == "agrees_after_rounding"
    assert verdict(audit([base, figure(2, 0.9e9, growth_pct=20.0)]), "growth") == "conflicts"


def test_a_base_in_another_currency_or_of_nought_is_named_as_known() -> None:
    yuan, grown = figure(1, 20e9, 2023, unit="CNY"), figure(2, 3.7e9, growth_pct=21.0)
    (check,) = of_kind(audit([yuan, grown]), "growth")
    assert (check.reason, "another currency only: Turnover 2023" in check.explanation) == ("unlike_units", True)
    (check,) = of_kind(audit([figure(1, 0.0, 2023), grown]), "growth")
    assert (check.reason, "is known and is nought" in check.explanation) == ("zero_base", True)


@pytest.mark.parametrize(
    ("base", "expected"),
    [(1.46e9, "agrees_after_rounding"), (1.40e9, "cannot_be_checked:hedged"), (1.2e9, "conflicts")],
)
def test_a_miss_within_the_width_that_is_assumed_for_about_is_no_conflict(base: float, expected: str) -> None:
    grown = figure(2, 2.7e9, bound="approx", printed="about 2.7 bn", growth_pct=86.0)
    assert verdict(audit([figure(1, base, 2023, printed=f"{base / 1e9:.2f} bn"), grown]), "growth") == expected


def test_a_range_that_a_source_states_is_as_wide_as_it_says() -> None:
    grown = figure(2, 2.7e9, bound="approx", low=2.65e9, high=2.75e9, growth_pct=86.0)
    assert verdict(audit([figure(1, 1.40e9, 2023, printed="1.40 bn"), grown]), "growth") == "conflicts"


def test_an_entered_round_number_can_be_contradicted() -> None:
    base, grown = figure(1, 1e9, 2023), figure(2, 1.4e9, growth_pct=20.0)
    assert verdict(audit([base, grown]), "growth") == "conflicts"


def test_measures_of_trade_are_named_and_plain_goods_trade_is_not() -> None:
    statements = {c.statement for c in audit([figure(1, 2e9, 2011, measure="Trade in services", growth_pct=3.0)])}
    assert statements == {"Trade in services, turnover 2011 (Azerbaijani statistics): $2 bn, +3 %"}


def test_counted_things_are_told_in_the_plural() -> None:
    trains = figure(1, 351.0, topic="rail", measure="Block trains", flow=None, unit="train", growth_pct=3.0)
    assert audit([trains])[0].statement == "Block trains 2024 (Azerbaijani statistics): 351 trains, +3 %"


# -- sums


def test_parts_that_miss_the_total_by_rounding_agree() -> None:
    total = figure(1, 428.2e6)
    parts = [figure(2, 115.7e6, flow="az_exports"), figure(3, 312.4e6, flow="az_imports")]
    assert verdict(audit([total, *parts]), "parts") == "agrees_after_rounding"


def test_parts_that_exceed_the_total_conflict() -> None:
    assert verdict(audit([figure(1, 428.2e6), figure(2, 515.7e6, flow="az_exports")]), "parts") == "conflicts"


def test_parts_by_link_may_be_incomplete_but_not_too_many() -> None:
    total = figure(1, 2.1e9, flow=None, measure="Investment of all")
    part = figure(2, 1.9e9, flow=None, measure="Investment of the fund", wholes=(1,))
    more = figure(3, 0.9e9, flow=None, measure="Investment of others", wholes=(1,))
    assert verdict(audit([total, part]), "parts") == "agrees"
    assert verdict(audit([total, part, more]), "parts") == "conflicts"


def test_part_of_a_year_may_not_exceed_the_year() -> None:
    year = figure(1, 2.05e9)
    assert verdict(audit([year, figure(2, 1.3e9, **months(2024, 1, 5))]), "part_of_year") == "agrees"
    assert verdict(audit([year, figure(2, 2.3e9, **months(2024, 1, 5))]), "part_of_year") == "conflicts"


@pytest.mark.parametrize("columns", [{"unit": "rank"}, {"unit": "flight/week"}, {"flow": "balance"}])
def test_what_does_not_add_up_is_not_held_against_the_year(columns: dict[str, Value]) -> None:
    checks = audit([figure(1, 2.0, **columns), figure(2, 4.0, **columns, **months(2024, 1, 5))])
    assert of_kind(checks, "part_of_year") == []


def test_other_statistics_exceeding_are_named_but_no_conflict() -> None:
    chinese, part = figure(1, 2.44e9, statistics_side="CN"), figure(2, 2.9e9, **months(2024, 1, 7))
    assert verdict(audit([chinese, part]), "part_of_year") == "cannot_be_checked:unlike_sides"


@pytest.mark.parametrize(("share", "expected"), [(30.0, "agrees"), (50.0, "conflicts")])
def test_a_share_is_checked_against_its_parts(share: float, expected: str) -> None:
    cars, goods = figure(1, 1.2e9, flow="az_imports", product="cars"), figure(2, 4.0e9, flow="az_imports")
    stated = figure(3, share, flow="az_imports", product="cars", topic="share", unit="percent", measure="Share of cars")
    assert verdict(audit([cars, goods, stated]), "share") == expected


def test_growth_of_a_total_lies_between_those_of_its_parts() -> None:
    parts = [
        figure(1, None, unit=None, flow="az_exports", growth_pct=20.0),
        figure(2, None, unit=None, flow="az_imports", growth_pct=18.0),
    ]
    assert verdict(audit([*parts, figure(3, 2.18e9), figure(4, 1.31e9, 2023)]), "growth_of_parts") == "conflicts"
    assert verdict(audit([*parts, figure(3, 2.18e9, growth_pct=19.0)]), "growth_of_parts") == "agrees"


# -- comparing any two


def test_two_figures_for_one_thing_are_compared_by_what_they_may_mean() -> None:
    assert compare(figure(1, 3.744e9), figure(2, 3.7e9)).verdict == "agrees_after_rounding"
    assert compare(figure(1, 3.744e9), figure(2, 3.1e9)).verdict == "conflicts"


def test_money_and_pieces_are_not_compared() -> None:
    assert compare(figure(1, 3.0), figure(2, 3.0, unit="train")).reason == "unlike_units"


# -- never a conflict that interval arithmetic allows


def printed(exact: Fraction, digits: int) -> Decimal:
    """Round a positive number to significant digits, as print does."""
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return number.quantize(Decimal(1).scaleb(number.adjusted() - digits + 1), ROUND_HALF_UP)


@st.composite
def stated_truth(draw: st.DrawFn, key: int, exact: Fraction, **columns: Value) -> Figure:
    """Return a figure that states a true value, rounded or hedged in one of the ways of print."""
    bound = draw(st.sampled_from(["exact", "exact", "exact", "approx", "over", "at_most"]))
    value = printed(exact, draw(st.integers(1, 6)))
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    if bound == "over" and value > number:
        value = number.quantize(Decimal(1), ROUND_FLOOR)
    if bound == "at_most" and value < number:
        bound = "exact"
    return figure(key, float(value), bound=bound, printed=f"{value:f}", **columns)  # type: ignore[arg-type]


@st.composite
def true_statements(draw: st.DrawFn) -> list[Figure]:
    """Return figures that all state one truth: two years, their parts, a part of the year, and growth."""
    amounts = st.integers(1_000_000, 9_000_000_000).map(Fraction)
    exports, imports, exports_before, imports_before = (draw(amounts) for _ in range(4))
    total, before = exports + imports, exports_before + imports_before
    share, share_before = (draw(st.fractions(Fraction(1, 10), Fraction(9, 10), max_denominator=20)) for _ in range(2))

    def growth(now: Fraction, then: Fraction) -> dict[str, Value]:
        exact = 100 * (now / then - 1)
        number = Decimal(exact.numerator) / Decimal(exact.denominator)
        percent = number.quantize(Decimal(1).scaleb(-draw(st.integers(0, 2))), ROUND_HALF_UP)
        return {"growth_pct": float(percent), "growth_text": f"{percent:f} per cent"}

    half, half_before = (months(year, 1, 6) for year in (2024, 2023))
    made = [
        draw(stated_truth(1, before, year=2023)),
        draw(stated_truth(2, total, **growth(total, before))),
        draw(stated_truth(3, total, **growth(total, before), rank="normal")),
        draw(stated_truth(4, exports, flow="az_exports", **growth(exports, exports_before))),
        draw(stated_truth(5, imports, flow="az_imports", **growth(imports, imports_before))),
        draw(stated_truth(6, exports_before, flow="az_exports", year=2023)),
        draw(stated_truth(7, total * share, **growth(total * share, before * share_before), **half)),
        draw(stated_truth(8, before * share_before, year=2023, **half_before)),
    ]
    return draw(st.lists(st.sampled_from(made), unique_by=lambda f: f.key))


@given(true_statements())
def test_true_statements_never_conflict_however_they_are_rounded(figures: list[Figure]) -> None:
    assert [check for check in audit(figures) if check.verdict == "conflicts"] == []


# -- an edit


@st.composite
def any_figures(draw: st.DrawFn) -> list[Figure]:
    """Return a few figures of neighbouring years that meet each other in every way."""
    made = []
    for key in range(1, draw(st.integers(2, 8))):
        year = draw(st.integers(2022, 2025))
        topic = draw(st.sampled_from(["trade", "trade", "share", "investment"]))
        flows = (
            ["mutual", "cn_to_az", "az_to_cn"] if topic == "investment" else ["turnover", "az_exports", "az_imports"]
        )
        measures = ["Cumulative investment", "Direct investment"] if topic == "investment" else ["Goods trade"]
        columns: dict[str, Value] = {
            "flow": draw(st.sampled_from(flows)),
            "measure": draw(st.sampled_from(measures)),
            "unit": draw(st.sampled_from(["USD", "USD", "CNY"])),
            "is_cumulative": draw(st.sampled_from([0, 0, 1])) if topic == "investment" else 0,
            "product": draw(st.sampled_from([None, "cars"])),
            "topic": topic,
            "statistics_side": draw(st.sampled_from(["AZ", "CN"])),
            "rank": draw(st.sampled_from(["preferred", "normal", "deprecated"])),
            "growth_pct": draw(st.sampled_from([None, 2.0, 50.0])),
        }
        if draw(st.booleans()):
            columns |= months(year, 1, draw(st.sampled_from([2, 6])))
        elif topic == "investment" and draw(st.booleans()):
            columns |= {"period_start_lo": None, "period_end_hi": None}
        wholes = (draw(st.integers(1, 8)),) if draw(st.booleans()) else ()
        made.append(figure(key, float(draw(st.integers(1, 50))), year, **columns, wholes=wholes))  # type: ignore[arg-type]
    return made


@given(any_figures(), any_figures())
def test_rechecking_an_edit_gives_what_a_new_audit_gives(before: list[Figure], after: list[Figure]) -> None:
    auditor = Auditor(before)
    kept = {f.key for f in after}
    gone = [f.key for f in before if f.key not in kept]

    auditor.recheck(after, gone)

    assert set(auditor.checks) == set(audit(after))


def test_an_edit_repeats_no_check_of_years_far_away() -> None:
    auditor = Auditor([figure(year, 1e9, year, growth_pct=5.0) for year in range(1995, 2025)])
    repeated = auditor.recheck([figure(2010, 2e9, 2010, growth_pct=5.0)])
    assert {key for check in repeated for key in check.subjects} == {2010, 2011}


def test_an_edit_repeats_no_growth_of_another_flow() -> None:
    flows = {1: "turnover", 2: "az_exports", 3: "az_imports"}
    figures = [figure(10 * key + n, 1e9, 2023 + n, flow=flows[key], growth_pct=5.0) for key in flows for n in (0, 1)]
    repeated = Auditor(figures).recheck([figure(20, 9e8, 2023, flow="az_exports", growth_pct=5.0)])
    assert {key for check in of_kind(repeated, "growth") for key in check.subjects} == {20, 21}


def test_an_edit_repeats_no_product_of_another_period() -> None:
    products = [figure(n, 1e6, product=f"product {n}", **months(2024, 1, n)) for n in range(1, 12)]
    auditor = Auditor([*products, *(figure(100 + n, 1e9, **months(2024, 1, n)) for n in range(1, 12))])
    repeated = auditor.recheck([figure(103, 1e5, **months(2024, 1, 3))])
    assert {key for c in repeated if c.kind == "parts" for key in c.subjects} == {3}


def test_checks_of_a_figure_come_with_those_first_that_check_it() -> None:
    auditor = Auditor([figure(1, 3.1e9, 2023, growth_pct=1.0), figure(2, 3.744e9, growth_pct=20.7)])
    assert [check.subjects for check in auditor.checks_of(1)] == [(1,), (2,)]

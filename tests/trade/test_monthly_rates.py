"""Rates of months: twelve of them make the rate of a year that has none, which is said to be computed."""

import pytest

from azcn_desktop.store.store import Store
from azcn_desktop.trade.exchange_rates import (
    Rate,
    Rates,
    accepted_rates,
    rates_in_use,
    read_rates,
    state_and_accept,
    years_in_part,
)
from azcn_desktop.trade.mirror import Pair, gap_of


def rate(period: str, units: float, kind: str = "average") -> Rate:
    return Rate("CNY", period, units, "a bank", kind=kind, is_accepted=True)


def months(number: int, kind: str = "average") -> dict[tuple[str, str], Rate]:
    return {("CNY", f"2024-{n:02}"): rate(f"2024-{n:02}", 7.0 + n / 100, kind) for n in range(1, number + 1)}


def test_twelve_months_make_the_rate_of_their_year_and_say_so() -> None:
    found = Rates(months(12)).to_common("CNY", "2024")
    assert found is not None
    assert found.units_per_usd == pytest.approx(7.065)
    assert len(found.months) == 12
    assert found.words == (
        "7.065 CNY to the US dollar (computed: mean of twelve months, average of the period, of 2024, a bank)"
    )


def test_eleven_months_make_no_rate_of_a_year_and_are_counted() -> None:
    rates = Rates(months(11))
    assert rates.to_common("CNY", "2024") is None
    assert (rates_in_use(rates), years_in_part(rates)) == ([], [("CNY", "2024", 11)])
    gap = gap_of(Pair("az_imports", 2024, "TOTAL", (100.0, "USD"), (700.0, "CNY"), 1.06), rates)
    assert gap.residual is None
    assert "of which 11 so far" in gap.obstacle


def test_a_rate_of_the_year_goes_before_its_months_and_two_of_them_make_none() -> None:
    stated = rate("2024", 7.2)
    assert Rates(months(12) | {("CNY", "2024"): stated}).to_common("CNY", "2024") is stated
    assert Rates(months(12), (("CNY", "2024"),)).to_common("CNY", "2024") is None


def test_a_month_is_converted_at_its_own_rate_and_never_at_that_of_the_year() -> None:
    rates = Rates(months(3) | {("CNY", "2024"): rate("2024", 7.2)})
    month = rates.to_common("CNY", "2024-02")
    assert month is not None
    assert month.units_per_usd == 7.02
    assert rates.to_common("CNY", "2024-05") is None


def test_means_and_last_days_are_not_put_together() -> None:
    mixed = months(12) | {("CNY", "2024-12"): rate("2024-12", 7.3, "end")}
    assert Rates(mixed).to_common("CNY", "2024") is None


def test_a_gap_is_converted_at_the_computed_rate_and_names_it() -> None:
    gap = gap_of(Pair("az_imports", 2024, "TOTAL", (110.0, "USD"), (706.5, "CNY"), 1.0), Rates(months(12)))
    assert gap.residual == pytest.approx(10.0)
    assert any("mean of twelve months" in line for line in gap.formulas)


def test_rates_of_months_are_stored_and_accepted_one_by_one(store: Store) -> None:
    for n in range(1, 13):
        store.apply(state_and_accept(store, rate(f"2024-{n:02}", 7.0 + n / 100)))
    assert len(read_rates(store)) == 12
    found = accepted_rates(store).to_common("CNY", "2024")
    assert found is not None
    assert found.units_per_usd == pytest.approx(7.065)

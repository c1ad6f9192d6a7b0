"""What printed numbers may mean, and arithmetic with it."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.charts.figures import hedge
from azcn_desktop.evidence.intervals import EVERYTHING, Interval, growth_factor, meaning, point, unit_of

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def intervals_with_a_member(draw: st.DrawFn) -> tuple[Interval, float]:
    """Return an interval and a number well inside."""
    low, high = sorted((draw(numbers), draw(numbers)))
    interval = Interval(low, high) if low < high else Interval(low - 1, high + 1)
    return interval, interval.low + (interval.high - interval.low) * draw(st.floats(0.05, 0.95))


@pytest.mark.parametrize(
    ("value", "bound", "printed", "low", "high"),
    [
        (3.7e9, None, "$3.7 billion", 3.65e9, 3.75e9),
        (3.7e9, "exact", "", 3.65e9, 3.75e9),
        (3e9, None, "3.0 bn", 2.95e9, 3.05e9),
        (3e9, None, "$3 billion", 2.5e9, 3.5e9),
        (616_402_000.0, None, "$616,402 million", 616_401_500.0, 616_402_500.0),
        (1_135_903_218.0, None, "1135903218", 1_135_903_217.5, 1_135_903_218.5),
        (130_000.0, None, "130,000 mulberry seedlings", 125_000.0, 135_000.0),
        (3.7e9, None, "37亿美元", 3.65e9, 3.75e9),
        (1.2e9, None, "$1,2 млрд", 1.15e9, 1.25e9),
        (942e6, "nearly", "nearly $942 million", 942e6 * 0.975, 942e6),
        (1e9, "over", "over $1 billion", 1e9, math.inf),
        (22.0, "at_most", "", -math.inf, 22.0),
        (3.7e9, "approx", "about $3.7 bn", 3.7e9 * 0.975, 3.7e9 * 1.025),
        (4.0, None, "the fourth largest", 3.5, 4.5),
        (1e9, "exact", "", 0.95e9, 1.05e9),
        (1e8, "exact", "", 0.95e8, 1.05e8),
        (-3e9, None, "", -3.05e9, -2.95e9),
        (300.0, None, "", 295.0, 305.0),
        (20.0, None, "", 19.5, 20.5),
        (4.0, None, "", 3.5, 4.5),
        (0.5, None, "", 0.45, 0.55),
        (0.0, None, "", -0.5, 0.5),
    ],
)
def test_a_printed_number_means_no_more_than_its_digits(
    value: float, bound: str | None, printed: str, low: float, high: float
) -> None:
    meant = meaning(value, bound, printed)
    assert (meant.low, meant.high) == (pytest.approx(low), pytest.approx(high))


def test_a_stated_range_is_taken_as_it_is() -> None:
    assert meaning(7.5, "approx", "7 to 8", 7.0, 8.0) == Interval(7.0, 8.0)


def test_the_upper_end_of_rounding_belongs_to_the_next_number() -> None:
    meant = meaning(1.2, None, "1.2")
    assert 1.15 in meant
    assert 1.25 not in meant
    assert not meant.overlaps(meaning(1.3, None, "1.3"))
    assert meaning(-1.2).met(meaning(-1.3)) is None


@pytest.mark.parametrize(
    ("percent", "multiple", "bound", "printed", "low", "high"),
    [
        (21.0, None, None, "", 1.205, 1.215),
        (20.0, None, None, "", 1.195, 1.205),
        (20.7, None, None, "", 1.2065, 1.2075),
        (40.0, None, "nearly", "almost 40 percent", 1.35, 1.4),
        (50.0, None, "approx", "about 50 percent", 1.45, 1.55),
        (41.0, None, "more_than", "more than 41 percent", 1.41, math.inf),
        (None, 2.3, None, "2.3 times", 2.25, 2.35),
        (None, 2.0, "more_than", "more than doubling", 2.0, math.inf),
        (None, 2.0, None, "doubled", 1.5, 2.5),
        (-12.0, None, None, "", 0.875, 0.885),
    ],
)
def test_growth_is_read_as_a_factor(
    percent: float | None, multiple: float | None, bound: str | None, printed: str, low: float, high: float
) -> None:
    factor = growth_factor(percent, multiple, bound, printed)
    assert factor is not None
    assert (factor.low, factor.high) == (pytest.approx(low), pytest.approx(high))


def test_no_growth_gives_no_factor() -> None:
    assert growth_factor(None) is None


@given(st.integers(10**6, 10**14), st.integers(0, 6))
def test_rounding_a_number_keeps_it_within_what_is_printed(exact: int, dropped: int) -> None:
    step = Decimal(10) ** dropped
    printed = (Decimal(exact) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    assert float(exact) in meaning(float(printed), printed=f"{printed:f}")


@given(st.integers(100, 10**14), st.integers(2, 5))
def test_rounding_to_two_digits_or_more_keeps_a_number_within_what_is_entered(exact: int, digits: int) -> None:
    step = Decimal(10) ** max(0, len(str(exact)) - digits)
    entered = (Decimal(exact) / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    assert float(exact) in meaning(float(entered))


@given(st.decimals(1, 999, places=3), st.sampled_from([("billion", 9), ("m", 6), ("", 0)]))
def test_printed_digits_tell_the_unit(number: Decimal, magnitude: tuple[str, int]) -> None:
    value = float(number.scaleb(magnitude[1]))
    unit = unit_of(value, f"over ${number} {magnitude[0]} in 2024")
    assert unit >= 10 ** (magnitude[1] - 3) * 0.999
    assert unit <= unit_of(value) * 1.001


@given(st.floats(1e-3, 1e12), st.sampled_from(["approx", "nearly"]))
def test_a_hedge_is_as_wide_as_the_chart_draws_it(value: float, bound: str) -> None:
    value = float(f"{value:.4g}")
    _, low, high = hedge(value, bound, None, None)
    meant = meaning(value, bound)
    assert (meant.low, meant.high) == (pytest.approx(low), pytest.approx(high))


@given(intervals_with_a_member(), intervals_with_a_member())
def test_arithmetic_keeps_the_results_of_all_members(one: tuple[Interval, float], two: tuple[Interval, float]) -> None:
    (a, x), (b, y) = one, two
    assert x + y in a + b
    assert x - y in a - b
    assert x * y in a * b
    if not b.low <= 0 <= b.high:
        assert x / y in a / b


@given(intervals_with_a_member(), intervals_with_a_member())
def test_overlapping_is_mutual_and_what_a_common_member_proves(
    one: tuple[Interval, float], two: tuple[Interval, float]
) -> None:
    (a, x), (b, _) = one, two
    assert a.overlaps(b) == b.overlaps(a) == (a.met(b) is not None)
    if x in b:
        assert a.overlaps(b)
        assert a.may_reach(b)


def test_a_divisor_that_may_be_nought_says_nothing() -> None:
    assert point(1.0) / Interval(-1.0, 1.0) == EVERYTHING


def test_open_ends_stay_open_through_arithmetic() -> None:
    over, rounded = meaning(1e9, "over"), meaning(1.37, None, "1.37")
    base = over / rounded
    assert base.low == pytest.approx(1e9 / 1.375)
    assert not base.has_low
    assert math.isinf(base.high)
    assert not base.is_bounded

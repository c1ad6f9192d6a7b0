"""Scales: days, ticks and the places of labels."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.charts.scales import (
    count_ticks,
    decimal_year,
    known_year,
    nice_ticks,
    place_labels,
    tick_text,
    year_ticks,
)


def test_days_become_decimal_years_whatever_the_zone_of_the_machine() -> None:
    assert decimal_year("2024-01-01") == 2024.0
    assert decimal_year("2024-12-31", after=1) == 2025.0
    assert decimal_year("2023-07-02", after=1) == pytest.approx(2023.5, abs=0.003)


@pytest.mark.parametrize("day", [None, "", "2024", "2024-02-30", "0001-01-01", "9999-12-31", 2024, "text"])
def test_what_is_no_day_of_the_axis_has_no_place(day: object) -> None:
    assert decimal_year(day) is None


def test_a_year_is_known_only_when_both_bounds_lie_in_it() -> None:
    assert known_year("2024-01-01", "2024-12-31") == 2024
    assert known_year("2023-10-01", "2024-01-31") is None
    assert known_year("2025-04-16", "9999-12-31") is None
    assert known_year(None, None) is None


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (3e9, "USD", "$3 bn"), (4e8, "USD", "$400 m"), (-1e9, "USD", "−$1 bn"), (0.0, "USD", "0"),
        (20.0, "percent", "20 %"), (-17.5, "percent", "−17.5 %"), (12.0, "records", "12"),
        (40000.0, "visitor", "40,000"), (3e9, "CNY", "CNY 3 bn"), (0.1 + 0.2, "percent", "0.3 %"),
    ],
)  # fmt: skip
def test_ticks_read_as_people_write(value: float, scale: str, text: str) -> None:
    assert tick_text(value, scale) == text


def test_ticks_are_round_and_cover_the_range() -> None:
    assert nice_ticks(0, 4.87e9, 5) == [0, 1e9, 2e9, 3e9, 4e9]
    assert nice_ticks(-967e6, 190e6, 4) == [-500e6, 0]
    assert count_ticks(3, 10) == [0, 1, 2, 3]
    assert count_ticks(1, 10) == [0, 1]


@given(st.floats(-1e18, 0), st.floats(1e-6, 1e18), st.integers(1, 20))
def test_there_are_never_many_more_ticks_than_asked_for(low: float, high: float, most: int) -> None:
    ticks = nice_ticks(low, high, most)
    assert len(ticks) <= most + 1
    assert all(math.isfinite(tick) for tick in ticks)


def test_years_are_thinned_to_round_ones() -> None:
    assert year_ticks(1992, 2026, 100) == list(range(1992, 2026))
    assert year_ticks(1992, 2026, 17) == list(range(1992, 2026, 2))
    assert year_ticks(1992, 2026, 8) == [1995, 2000, 2005, 2010, 2015, 2020, 2025]


def test_labels_never_cover_each_other_and_the_heavier_one_stays() -> None:
    assert place_labels([0, 10, 20, 200], [50, 50, 50, 50], rows=2) == [0, 1, None, 0]
    assert place_labels([0, 10], [50, 50], rows=1, weights=[0, 5]) == [None, 0]

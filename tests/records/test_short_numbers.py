"""Short amounts: the unit that fits, carried where rounding fills it, and read back within what was printed."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.charts.scales import tick_text
from azcn_desktop.evidence.phrases import quantity
from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import CURRENCIES, Amount, format_amount, money
from azcn_desktop.records.numbers import parse_magnified
from azcn_desktop.records.short_numbers import UNITS, short_if_exact, short_number
from azcn_desktop.store.flows.calculation_words import amount as in_calculation

SIZES = st.one_of(
    st.floats(0, 1e15),
    st.builds(lambda power, off: max(0.0, 10.0**power - off), st.integers(3, 15), st.floats(-1e6, 1e6)),
    st.builds(lambda power, share: 10.0**power * (1 - share), st.integers(3, 15), st.floats(0, 1e-3)),
)
VALUES = st.builds(lambda size, sign: size * sign, SIZES, st.sampled_from((1, -1)))
LARGER = [word for _, word, _ in UNITS[:-1]]


def fills_a_unit(words: str) -> bool:
    """Tell whether words show a thousand or more of a unit that has a larger one."""
    found = re.search(rf"([0-9,.]+) (?:{'|'.join(LARGER)})$", words)
    return found is not None and float(found[1].replace(",", "")) >= 1_000


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (999_999_999, "$1 bn"), (999_999_499, "$999.999 m"), (999_999_500, "$1 bn"), (1_000_000_000, "$1 bn"),
        (999_999_999_999, "$1 tn"), (17_546_000_000, "$17.546 bn"), (942_000_000, "$942 m"), (999_999, "$999,999"),
        (-999_999_999, "-$1 bn"), (5_000_000_000_000_000, "$5,000 tn"),
    ],
)  # fmt: skip
def test_a_number_that_fills_a_unit_carries_to_the_next_one(value: float, words: str) -> None:
    assert format_amount(Amount(float(value), None, "USD")) == words


@given(VALUES, st.sampled_from(sorted(CURRENCIES)))
def test_no_words_of_money_show_a_thousand_of_a_unit_that_has_a_larger_one(value: float, currency: str) -> None:
    amount = Amount(value, None, currency)
    for words in (
        format_amount(amount), money(value, currency), quantity(amount), tick_text(value, currency),
        in_calculation(value), short_number(value, significant=4), short_if_exact(value),
    ):  # fmt: skip
        assert not fills_a_unit(words), words


@given(VALUES, st.sampled_from(sorted(CURRENCIES)))
def test_money_is_read_back_within_the_digits_that_were_printed(value: float, currency: str) -> None:
    read = parse_amount(money(value, currency))
    assert read.unit == currency
    size = max(abs(value), 1.0)
    unit = next((10.0**power for power, _, _ in reversed(UNITS) if size >= 10.0**power * (1 - 1e-6)), 0.0)
    assert read.value is not None
    assert abs(read.value - value) <= 0.5005 * (unit / 1_000 or 1.0)


@given(SIZES)
def test_what_loses_no_digit_is_read_back_as_it_was(size: float) -> None:
    words = short_if_exact(round(size))
    read = parse_magnified(words)
    assert read is not None
    assert math.isclose(read, round(size), rel_tol=1e-11)


@given(st.floats(1e6, 1e15))
def test_a_calculation_keeps_four_digits(value: float) -> None:
    read = parse_magnified(in_calculation(value))
    assert read is not None
    assert math.isclose(read, value, rel_tol=6e-4)

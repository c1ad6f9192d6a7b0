"""Magnitudes, currencies and numerals of four languages: an error in them is an error of ten times or more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import Amount
from azcn_desktop.records.number_words import COUNTED, MAGNITUDES, han_number, lowered
from azcn_desktop.records.numbers import parse_magnified

_DIGITS = "零一二三四五六七八九"


def _section(number: int) -> str:
    """Write a number below ten thousand in Chinese numerals, in full."""
    written = ""
    for factor, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // factor % 10
        if digit:
            written += _DIGITS[digit] + mark
        elif written and not written.endswith("零") and number % factor:
            written += "零"
    return written


def _in_han(hundred_millions: int, ten_thousands: int, rest: int) -> str:
    parts = [(hundred_millions, "亿"), (ten_thousands, "万"), (rest, "")]
    written = ""
    for number, mark in parts:
        if number:
            gap = "零" if written and number < 1000 else ""
            written += gap + _section(number) + mark
    return written


@given(st.integers(1, 9999), st.integers(0, 9999), st.integers(0, 9999))
def test_a_chinese_numeral_is_read_to_the_last_digit(hundred_millions: int, ten_thousands: int, rest: int) -> None:
    number = hundred_millions * 10**8 + ten_thousands * 10**4 + rest
    written = _in_han(hundred_millions, ten_thousands, rest)
    assert han_number(written) == str(number)
    assert parse_amount(f"{written}元") == Amount(float(number), None, "CNY")


@pytest.mark.parametrize("numeral", ["一万二", "三亿五", "三七亿", "百亿", "亿", "万", "千千", "三点亿", ""])
def test_a_colloquial_or_misshapen_numeral_is_not_guessed(numeral: str) -> None:
    assert han_number(numeral) is None


def test_a_single_numeral_is_no_amount() -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_amount("五")


def test_no_word_stands_for_two_magnitudes_or_numbers() -> None:
    magnitudes = [lowered(word) for words in MAGNITUDES.values() for word in words]
    counted = [lowered(word) for words in COUNTED.values() for word in words.split()]
    for words in (magnitudes, counted):
        assert sorted(words) == sorted(set(words))


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["bn million", "milyard milyon", "млрд млн"]))
def test_a_number_in_two_parts_is_their_sum(billions: int, millions: int, words: str) -> None:
    large, small = words.split()
    assert parse_magnified(f"{billions} {large} {millions} {small}") == billions * 1e9 + millions * 1e6


@given(st.integers(1, 999), st.integers(1, 9999))
def test_a_chinese_number_in_two_parts_is_their_sum(hundred_millions: int, ten_thousands: int) -> None:
    assert parse_magnified(f"{hundred_millions}亿{ten_thousands}万") == hundred_millions * 1e8 + ten_thousands * 1e4


@pytest.mark.parametrize(
    "text",
    ["5 million 7 million", "5 million 7 bn", "1.5 bn 20 million", "1 bn 2000 million", "10 5", "1万2", "5 million -2"],
)
def test_parts_that_do_not_fall_in_size_are_no_number(text: str) -> None:
    assert parse_magnified(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3,744 млрд", 3.744e9),
        ("3,744 milyard", 3.744e9),
        ("3,744 mlrd", 3.744e9),
        ("3,744 million", 3.744e9),
        ("3,744 bn", 3744e9),
        ("3.744 bn", 3.744e9),
    ],
)
def test_a_lone_comma_is_read_as_the_language_of_the_magnitude_writes_it(text: str, value: float) -> None:
    assert parse_magnified(text) == value

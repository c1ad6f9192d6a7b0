"""Amounts as print gives them: read exactly or refused, and written back without loss."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import (
    BOUND_WORDS,
    CURRENCIES,
    MAGNITUDES,
    Amount,
    bound_label,
    exact_amount,
    format_amount,
    format_number,
    parse_number,
    read_back,
)
from tests.store.value_corpus import NUMBERS

FINITE = st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
ROUND = st.integers(-(10**15), 10**15).map(float)
BOUNDS = st.sampled_from((None, *BOUND_WORDS))
UNITS = ("MW", "GW/year", "container", "calendar year", "year", "mulberry seedling")


@pytest.mark.parametrize(("typed", "number"), [pair for pair in NUMBERS if pair[1] is not None])
def test_a_number_of_the_corpus_is_read_exactly(typed: str, number: float) -> None:
    assert parse_number(typed) == number
    assert parse_amount(typed).value == number


@pytest.mark.parametrize("typed", [typed for typed, number in NUMBERS if number is None])
def test_what_is_no_storable_number_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^“.{1,60}” (is not a number|is too large|has more digits)[^“]*\.5?\.?$"):
        parse_number(typed)
    with pytest.raises(ValueError, match=r"^“.{1,60}” "):
        parse_amount(typed)


@given(FINITE | ROUND)
def test_a_number_is_read_back_from_what_is_written(value: float) -> None:
    assert parse_number(format_number(value)) == value


@given(FINITE | ROUND, BOUNDS, st.sampled_from((None, *CURRENCIES, *UNITS)))
def test_an_amount_is_read_back_from_what_an_editor_shows(value: float, bound: str | None, unit: str | None) -> None:
    amount = Amount(value, bound, unit)
    assert parse_amount(exact_amount(amount), UNITS) == amount


@given(st.integers(-999_999, 999_999), BOUNDS, st.sampled_from((None, *CURRENCIES, *UNITS)))
def test_a_short_amount_of_six_digits_is_read_back(thousands: int, bound: str | None, unit: str | None) -> None:
    amount = Amount(thousands * 1000.0, bound, unit)
    assert parse_amount(format_amount(amount), UNITS) == amount


@given(st.decimals(0, 999, places=3), st.sampled_from([(p, w) for p, words in MAGNITUDES.items() for w in words]))
def test_every_magnitude_multiplies_without_a_rounding_error(number: object, magnitude: tuple[int, str]) -> None:
    power, word = magnitude
    assert parse_amount(f"{number} {word}").value == float(f"{number}e{power}")


@pytest.mark.parametrize(
    ("currency", "word"), [(currency, word) for currency, words in CURRENCIES.items() for word in words]
)
def test_every_word_for_a_currency_is_known(currency: str, word: str) -> None:
    expected = Amount(2_500_000.0, None, currency)
    assert parse_amount(f"2.5 million {word}") == expected
    assert parse_amount(f"2,5 млн {word.upper()}") == expected


@pytest.mark.parametrize(("bound", "word"), [(bound, word) for bound, words in BOUND_WORDS.items() for word in words])
def test_every_word_for_a_bound_is_known(bound: str, word: str) -> None:
    assert parse_amount(f"{word} 230 MW", UNITS) == Amount(230.0, bound, "MW")
    assert parse_amount(f"{word} $5 m") == Amount(5_000_000.0, bound, "USD")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("nearly $942 million", Amount(942e6, "nearly", "USD")),
        ("over 1 bn USD", Amount(1e9, "over", "USD")),
        ("US$3.744bn", Amount(3_744e6, None, "USD")),
        (">= 5 m usd", Amount(5e6, "at_least", "USD")),
        ("≤ €5.5 k", Amount(5_500, "at_most", "EUR")),
        ("usd nearly 5 m", Amount(5e6, "nearly", "USD")),
        ("-$942 m", Amount(-942e6, None, "USD")),
        ("3,7 mlrd dollar", Amount(3.7e9, None, "USD")),
        ("3,7 milyard ABŞ dolları", Amount(3.7e9, None, "USD")),
        ("təxminən 3 MİLYON manat", Amount(3e6, "approx", "AZN")),
        ("более 3,7 миллиарда долларов США", Amount(3.7e9, "more_than", "USD")),
        ("около 10 тыс. манатов", Amount(10_000, "approx", "AZN")),
        ("не менее 2 млн юаней", Amount(2e6, "at_least", "CNY")),
        ("37亿美元", Amount(3.7e9, None, "USD")),
        ("超过100亿美元", Amount(1e10, "more_than", "USD")),
        ("约37亿元人民币", Amount(3.7e9, "approx", "CNY")),
        ("人民币37亿元", Amount(3.7e9, None, "CNY")),
        ("5万欧元", Amount(50_000, None, "EUR")),
        ("over 27,000 containers", Amount(27_000, "over", "container")),
        ("2 calendar years", Amount(2, None, "calendar year")),
        ("1e300", Amount(1e300)),
    ],
)
def test_amounts_of_four_languages_are_read(text: str, amount: Amount) -> None:
    assert parse_amount(text, UNITS) == amount


@pytest.mark.parametrize(
    "text",
    [
        "", "over", "million", "5 foo", "usd nearly foo 5", "7 million to 5 million", "7-5 USD", "10 5 MW",
        "1e300 trillion", "5 MW 6", "about about 5", "5 dollars per barrel", "NaN USD", "abc\x00",
    ],
)  # fmt: skip
def test_a_word_left_over_or_a_missing_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^“.*” (is not an amount this program can read\. Write it as|is too large)"):
        parse_amount(text, UNITS)


@given(st.text(max_size=40))
def test_any_text_is_a_finite_amount_or_refused_with_a_sentence(text: str) -> None:
    value, refusal = 0.0, ""
    try:
        value = parse_amount(text, UNITS).value or 0.0
    except ValueError as error:
        refusal = str(error)
    assert refusal == "" or refusal.endswith(".")
    assert math.isfinite(value)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Amount(942e6, "nearly", "USD"), "nearly $942 m"),
        (Amount(3_744e6, "exact", "USD"), "$3.744 bn"),
        (Amount(-942e6, None, "USD"), "-$942 m"),
        (Amount(2.5e6, "approx", "CNY"), "about CNY 2.5 m"),
        (Amount(27_000, "over", "container"), "over 27,000 container"),
        (Amount(230, None, "MW"), "230 MW"),
        (Amount(None, "over", "USD"), ""),
        (Amount(1e-7, None, None), "1e-07"),
    ],
)
def test_amounts_are_written_shortly(amount: Amount, text: str) -> None:
    assert format_amount(amount) == text


def test_an_amount_without_a_number_is_empty_in_an_editor() -> None:
    assert exact_amount(Amount(None, "nearly", "USD")) == ""


def test_bounds_that_are_no_hedge_have_no_word() -> None:
    assert [bound_label(bound) for bound in (None, "exact", "growth_only", "no_number")] == ["", "", "", ""]


def test_a_number_that_is_none_is_still_written_and_never_raises() -> None:
    assert [format_number(value) for value in (math.inf, -math.inf, math.nan)] == ["inf", "-inf", "nan"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3 milyard 744 milyon dollar", Amount(3744e6, None, "USD")),
        ("3 milyard 744 milyon 500 min manat", Amount(3_744_500_000, None, "AZN")),
        ("1 млрд 620 млн долларов США", Amount(1620e6, None, "USD")),
        ("1 млрд. 620 млн. долл. США", Amount(1620e6, None, "USD")),
        ("37亿4400万美元", Amount(3744e6, None, "USD")),
        ("3亿零500万元", Amount(305e6, None, "CNY")),
        ("1万2千", Amount(12_000)),
        ("1万2000", Amount(12_000)),
        ("三十七亿四千四百万美元", Amount(3744e6, None, "USD")),
        ("三点七亿美元", Amount(370e6, None, "USD")),
        ("５０００万美元", Amount(50e6, None, "USD")),
        ("ＵＳ＄３．７bn", Amount(3.7e9, None, "USD")),
        ("$3.7B", Amount(3.7e9, None, "USD")),
        ("942mln dollar", Amount(942e6, None, "USD")),
        ("3,7 milyard dollardan çox", Amount(3.7e9, "more_than", "USD")),
        ("3,7 milyard dollara yaxın", Amount(3.7e9, "nearly", "USD")),
        ("ən azı 5 milyon manat", Amount(5e6, "at_least", "AZN")),
        ("более чем 3,7 миллиарда долларов", Amount(3.7e9, "more_than", "USD")),
        ("37亿多美元", Amount(3.7e9, "more_than", "USD")),
        ("10多亿美元", Amount(1e9, "more_than", "USD")),
        ("$3.7 billion+", Amount(3.7e9, "at_least", "USD")),
        ("two million dollars", Amount(2e6, None, "USD")),
        ("942-million dollars", Amount(942e6, None, "USD")),
        ("120 万吨", Amount(1.2e6, None, "tonne")),
        ("500 тыс. тонн", Amount(500_000, None, "tonne")),
        ("1.2万标箱", Amount(12_000, None, "TEU")),
        ("41,1 %", Amount(41.1, None, "percent")),
        ("25 faiz", Amount(25, None, "percent")),
    ],
)
def test_amounts_in_parts_declined_glued_and_wide_are_read(text: str, amount: Amount) -> None:
    assert parse_amount(text, ("MW", "tonne", "TEU", "percent")) == amount


@pytest.mark.parametrize(
    "text", ["1万2", "一万二", "до 5 млн долл.", "5 millions 7 millions USD", "1,5 bn 20 m", "GBP 5 m"]
)
def test_what_may_mean_two_amounts_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        parse_amount(text, UNITS)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(3.7e9, None, "USD"), "3.7 billion US dollars (3,700,000,000 USD)"),
        (Amount(942e6, "nearly", "USD"), "nearly 942 million US dollars (942,000,000 USD)"),
        (Amount(50_000, None, "EUR"), "50 thousand euros (50,000 EUR)"),
        (Amount(1e12, "over", "CNY"), "over 1 trillion yuan (1,000,000,000,000 CNY)"),
        (Amount(-1.5e6, None, "AZN"), "-1.5 million manats (-1,500,000 AZN)"),
        (Amount(942, None, "USD"), "942 US dollars"),
        (Amount(1, None, "USD"), "1 US dollar"),
        (Amount(230, None, "MW"), "230 MW"),
        (Amount(27_000, "over", "container"), "over 27 thousand containers (27,000 containers)"),
        (Amount(1.2e6, None, "tonne/year"), "1.2 million tonnes per year (1,200,000 tonnes per year)"),
        (Amount(10, None, "bus"), "10 buses"),
        (Amount(1e9), "1 billion (1,000,000,000)"),
        (Amount(1e300), "1e+300"),
        (Amount(None, "over", "USD"), ""),
    ],
)
def test_an_amount_is_read_back_in_words(amount: Amount, words: str) -> None:
    assert read_back(amount) == words


@given(st.integers(-(10**14), 10**14), BOUNDS, st.sampled_from((None, *CURRENCIES)))
def test_a_read_back_names_the_amount_in_words_and_in_digits(value: int, bound: str | None, unit: str | None) -> None:
    words, bracket, digits = read_back(Amount(float(value), bound, unit)).rstrip(")").partition(" (")
    assert parse_amount(words) == Amount(float(value), bound, unit)
    assert not bracket or parse_amount(digits).value == value


def test_a_read_back_can_speak_another_language() -> None:
    words = read_back(Amount(3.7e9, None, "USD"), "{exact} = {words}", {"billion": "milyard"})
    assert words == "3,700,000,000 USD = 3.7 milyard US dollars"

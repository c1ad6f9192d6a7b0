"""Growth of four languages: a multiple never becomes a percentage, and what is no growth is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.records.growth import Growth, format_growth, parse_growth, read_back_growth
from azcn_desktop.records.number_words import BOUND_WORDS
from tests.evidence.builders import figure

# What people put around a percentage, for growth and for a fall.
STATED = """
up {} per cent year-on-year
grew by {} %
rose {}% from a year earlier
up {}% compared with the same period last year
{} % more than a year earlier
выросла на {} процент
рост составил {}%
на {}% больше, чем годом ранее
увеличился на {} % по сравнению с аналогичным периодом прошлого года
{} faiz artıb
{} faiz çoxdur
ötən ilin eyni dövrü ilə müqayisədə {} faiz artıb
同比增长{}%
较上年增长{}%
与去年同期相比增长{}％
增幅为{}%
增长百分之{}
+{} %
plus {} %
"""
FALLEN = """
down {} per cent year-on-year
fell {} %
shrank by {}%
{} % less than a year earlier
снизилась на {} %
на {}% меньше, чем годом ранее
сократился на {} процентов по сравнению с прошлым годом
{} faiz azalıb
keçən illə müqayisədə {} faiz azalıb
同比下降{}%
较去年同期下降{}%
降幅{}%
下降百分之{}
−{} %
minus {} %
"""
PERCENT = "up {} percent|{} %|на {} %|{} faiz|{} faiz artıb|增长{}%|同比增长{}％|by {} per cent|рост на {} процентов"
MULTIPLE = "{} times|{} dəfə|{} dəfə artıb|в {} раза|{}倍|是去年的{}倍|{}-fold|выросло в {} раз|{}x"
TENTHS = st.integers(1, 9999).map(lambda tenths: tenths / 10)


@given(TENTHS, st.sampled_from(PERCENT.split("|")))
def test_a_percentage_of_four_languages_is_read(value: float, words: str) -> None:
    for written in (f"{value}", f"{value}".replace(".", ",")):
        assert parse_growth(words.format(written)) == Growth(value, "%")


@pytest.mark.parametrize(
    ("words", "sign"), [(w, 1) for w in STATED.strip().split("\n")] + [(w, -1) for w in FALLEN.strip().split("\n")]
)
@settings(max_examples=20)
@given(value=TENTHS)
def test_growth_and_fall_are_read_with_the_year_before_in_four_languages(words: str, sign: int, value: float) -> None:
    for written in (f"{value}", f"{value}".replace(".", ",")):
        assert parse_growth(words.format(written)) == Growth(sign * value, "%")


@given(TENTHS, st.sampled_from(MULTIPLE.split("|")))
def test_a_multiple_of_four_languages_is_read_as_a_multiple(value: float, words: str) -> None:
    assert parse_growth(words.format(value)) == Growth(value, "times")


@given(
    st.floats(-1e6, 1e6, allow_subnormal=False).map(lambda v: round(v, 4) + 0.0),
    st.sampled_from(["%", "times"]),
    st.sampled_from((None, *BOUND_WORDS)),
)
def test_a_growth_is_read_back_from_what_is_written(value: float, unit: str, bound: str | None) -> None:
    growth = Growth(abs(value) if unit == "times" else value, unit, bound)
    assert parse_growth(format_growth(growth)) == growth


@given(st.integers(-999, 999).filter(bool), st.sampled_from(("", "approx", "nearly", "over", "more_than", "at_most")))
def test_a_growth_as_the_audit_writes_it_is_read_back(percent: int, bound: str) -> None:
    written = figure(1, growth_pct=float(percent), growth_bound=bound).growth_words
    assert parse_growth(written) == Growth(percent, "%", bound or None)


@pytest.mark.parametrize(
    ("text", "growth"),
    [
        ("21", Growth(21, "")),
        ("up by more than 21 percent", Growth(21, "%", "more_than")),
        ("выросло более чем на 21 %", Growth(21, "%", "more_than")),
        ("21 faizdən çox", Growth(21, "%", "more_than")),
        ("21 faizdən çox azalıb", Growth(-21, "%", "more_than")),
        ("fell by more than 3 % year-on-year", Growth(-3, "%", "more_than")),
        ("同比增长超过20%", Growth(20, "%", "more_than")),
        ("增长百分之二十一", Growth(21, "%")),
        ("growth of -5 %", Growth(-5, "%")),
        ("на 41,125 %", Growth(41.125, "%")),
        ("41,125 faiz artıb", Growth(41.125, "%")),
        ("up 41,125 per cent", Growth(41_125, "%")),
        ("təxminən 40 faiz", Growth(40, "%", "approx")),
        ("增长超过20%", Growth(20, "%", "more_than")),
        ("增长百分之21", Growth(21, "%")),
        ("fell by 5.2 per cent", Growth(-5.2, "%")),
        ("снизился на 5 %", Growth(-5, "%")),
        ("5 faiz azalıb", Growth(-5, "%")),
        ("下降5%", Growth(-5, "%")),
        ("more than doubled", Growth(2, "times", "more_than")),
        ("удвоился", Growth(2, "times")),
        ("翻一番", Growth(2, "times")),
        ("iki dəfə artıb", Growth(2, "times")),
        ("两倍", Growth(2, "times")),
        ("increased by 2.3 times", Growth(2.3, "times", None, True)),
        ("2.6 times more", Growth(2.6, "times", None, True)),
        ("增长2.3倍", Growth(3.3, "times")),
        ("增长到2.3倍", Growth(2.3, "times")),
        ("增至2倍", Growth(2, "times")),
        ("增至原来的2倍", Growth(2, "times")),
        ("增2倍", Growth(3, "times")),
        ("+21 %", Growth(21, "%")),
        ("+21%", Growth(21, "%")),
        ("＋21％", Growth(21, "%")),
        ("+21", Growth(21, "")),
        ("nearly +40 %", Growth(40, "%", "nearly")),
        ("more than +20 %", Growth(20, "%", "more_than")),
        ("-5 %", Growth(-5, "%")),
        ("−5.2 %", Growth(-5.2, "%")),
        ("- 5 %", Growth(-5, "%")),
        ("about −5 %", Growth(-5, "%", "approx")),
    ],
)
def test_words_around_a_growth_are_understood(text: str, growth: Growth) -> None:
    assert parse_growth(text) == growth


@pytest.mark.parametrize(
    "text",
    [
        "", "record", "increase of $123.8 million", "21 to 25 %", "21%%", "5 million", "20 percent of turnover",
        "2.5 times in a decade", "188.54 percent compared to the same period", "5 percentage points", "5 п.п.",
        "5个百分点", "rose to 121 %", "до 121 %", "增长到121%", "decreased by 2 times", "2 times less", "-2 times",
        "less than 21 %", "grew less than 21 %", "growth higher than 21 %", "вырос меньше чем на 21 %", "不到21%",
        "21 % of last year", "97 % от прошлого года", "是去年的121%", "121 % as much as last year", "growth fell 3 %",
        "21 % compared with last year", "up 21 % from 2015", "up 3 % month on month", "up in 2024", "环比增长3%",
        "NaN %", "+2 times", "down +5 %", "+-5 %", "10-15 %", "+ %", "增至121%",
    ],
)  # fmt: skip
def test_what_is_no_growth_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^.{10,}\.$|^.{10,}%\.$"):
        parse_growth(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("21 %", "growth of 21 per cent"),
        ("over 21 percent", "growth of over 21 per cent"),
        ("down 5 %", "a fall of 5 per cent"),
        ("2.3 times", "2.3 times as much (130 per cent more)"),
        ("increased by 2.3 times", "2.3 times as much (130 per cent more), not 3.3 times"),
        ("增长2.3倍", "3.3 times as much (230 per cent more)"),
        ("60.7-fold", "60.7 times as much (5,970 per cent more)"),
        ("0.5 times", "0.5 times as much (50 per cent less)"),
    ],
)
def test_a_growth_is_read_back_in_words(text: str, words: str) -> None:
    assert read_back_growth(parse_growth(text)) == words


@given(st.text(max_size=30) | st.text("0123456789.,% x倍раз", max_size=12))
def test_any_text_is_a_growth_or_refused_with_a_sentence(text: str) -> None:
    refusal = ""
    try:
        parse_growth(text)
    except ValueError as error:
        refusal = str(error)
    assert refusal == "" or refusal.endswith((".", ". Round it to 15 digits."))

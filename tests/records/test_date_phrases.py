"""Dates as four languages say them: a span keeps both ends, "by" keeps the last day, and two meanings are refused."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.date_phrases import read_date
from azcn_desktop.records.dates import date_bounds, date_words, parse_date, third_of
from azcn_desktop.records.kinds import Date
from azcn_desktop.records.period_words import az_ordinal
from azcn_desktop.records.periods import LANGUAGES, Period, format_period, months

DUE = SCHEMA["commitment"].field("due").kind
YEARS = st.integers(1900, 2100)
MONTHS = st.integers(1, 12)
# {y} the year, {n} the year after, {o} the year as Azerbaijani says it.
PHRASES = {
    "{y}-01/{y}-04": "early {y}|beginning of {y}|в начале {y} года|{o} ilin əvvəlində|{y}年初",
    "{y}-05/{y}-08": "mid-{y}|middle of {y}|середина {y} года|{o} ilin ortası|{y}年中",
    "{y}-09/{y}-12": "end of {y}|late {y}|the end of {y}|конец {y} года|{o} ilin sonu|{y}年底|{y}年末",
    "{y}-03/{y}-05": "spring {y}|in the spring of {y}|весна {y}|весной {y} года|{o} ilin yazında|{y}年春季",
    "{y}-06/{y}-08": "summer {y}|летом {y} года|{o} ilin yayı|{y}年夏天",
    "{y}-09/{y}-11": "autumn {y}|fall {y}|осенью {y} г.|{o} ilin payızında|{y}年秋",
    "{y}-12/{n}-02": "winter {y}-{n}|зимой {y}-{n} годов|{y}-{n}-ci illərin qışı|{y}-{n}年冬季",
    "{y}-07/{y}-09": "Q3 {y}|third quarter of {y}|III квартал {y} года|{o} ilin üçüncü rübü|{y}年第三季度",
    "{y}-01/{y}-06": "H1 {y}|first half of {y}|первое полугодие {y} года|{o} ilin birinci yarısı|{y}年上半年",
    "../{y}-12-31": (
        "by the end of {y}|before the end of {y}|by year-end {y}|до конца {y} года|к концу {y} г.|{o} ilin sonunadək|"
        "{o} ilin sonuna qədər|{y}年底前|到{y}年底|{y}年底之前"
    ),
    "../{y}": "by {y}|до {y} года|{o} ilədək|{y}年前",
    "../{y}-09": "by September {y}|by Q3 {y}|к сентябрю {y} года|{y}年9月前",
    "../{y}-09-30": "by the end of September {y}|до конца сентября {y} года|{y}年9月底前",
}  # fmt: skip


@pytest.mark.parametrize(("edtf", "phrase"), [(e, p) for e, all_of in PHRASES.items() for p in all_of.split("|")])
@given(year=YEARS)
def test_a_span_or_limit_of_four_languages_is_read(edtf: str, phrase: str, year: int) -> None:
    parts = {"y": year, "n": year + 1, "o": az_ordinal(year)}
    found = read_date(phrase.format(**parts))
    assert found == edtf.format(**parts)
    assert parse_date(date_words(found)) == found


@given(YEARS, MONTHS, MONTHS, st.sampled_from(LANGUAGES))
def test_months_and_parts_of_a_year_are_read_as_every_language_writes_them(
    year: int, first: int, last: int, language: str
) -> None:
    period = months((year, min(first, last)), (year, max(first, last)))
    wanted = period.start if period.start == period.end else f"{period.start}/{period.end}"
    if period.kind == "year":
        wanted = f"{year}"
    assert read_date(format_period(period, language)) == wanted


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)), st.sampled_from(LANGUAGES))
def test_a_day_is_read_as_every_language_writes_it(day: datetime.date, language: str) -> None:
    iso = day.isoformat()
    assert read_date(format_period(Period("day", iso, iso), language)) == iso


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("22 мая 2018 года", "2018-05-22"), ("22 may 2018-ci il", "2018-05-22"), ("2018年5月22日", "2018-05-22"),
        ("2026年9月上旬", "2026-09-01/2026-09-10"), ("в середине мая 2024 года", "2024-05-11/2024-05-20"),
        ("до 30 июня 2026 года", "../2026-06-30"), ("30 iyun 2026-cı ilədək", "../2026-06-30"),
        ("winter 2025/26", "2025-12/2026-02"), ("early September 2023", "2023-09-01/2023-09-10"),
    ],
)  # fmt: skip
def test_days_and_parts_of_months_are_read(phrase: str, edtf: str) -> None:
    assert read_date(phrase) == edtf


@pytest.mark.parametrize(
    "phrase",
    [
        "at the congress", "during the visit", "before the 74th congress", "next year", "до конца года", "9月底",
        "end of 5 May 2018", "early autumn 2025", "about autumn 2025", "winter 2025-2027", "as of 2025", "end of", "秋",
    ],
)  # fmt: skip
def test_an_event_or_a_half_said_date_is_refused_with_the_field_that_holds_it(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date this program can read\. .*goes into “Due when”.*“Due at”\.$"):
        DUE.parse(phrase)
    with pytest.raises(ValueError, match=r"or later\.$"):
        Date().parse(phrase)


@pytest.mark.parametrize("phrase", ["winter 2025", "зимой 2025 года", "2025-ci ilin qışı", "2025年冬"])
def test_a_winter_of_one_year_is_refused_since_it_lies_in_two(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"^A winter lies in two years\. .* or the month\.$"):
        DUE.parse(phrase)


def test_what_refused_due_names_are_fields_of_the_record() -> None:
    labels = {f.label for f in SCHEMA["commitment"].fields}
    assert {"Due when", "Due at"} <= labels


@given(st.text(max_size=30) | st.text("0123456789年底до конца", max_size=12))
def test_any_text_is_a_storable_date_or_refused_with_a_sentence(text: str) -> None:
    found, refusal = "", ""
    try:
        found = read_date(text)
    except ValueError as error:
        refusal = str(error)
    assert refusal.endswith(".") != bool(found)
    assert not found or (parse_date(found) == found and date_bounds(found)[0] <= date_bounds(found)[1])


def test_a_read_back_says_from_when_to_when_a_named_span_goes() -> None:
    said = {text: DUE.read_back("due", text, {}) for text in ("2026年底", "autumn 2025", "до конца 2026 года", "2026")}
    assert list(said.values()) == [
        "late 2026 (September 2026 to December 2026)", "autumn 2025 (September 2025 to November 2025)",
        "by 31 December 2026", "",
    ]  # fmt: skip


def test_a_year_has_three_parts_as_a_month_has() -> None:
    assert [third_of("2026", part) for part in ("early", "mid", "late")] == [
        "2026-01/2026-04", "2026-05/2026-08", "2026-09/2026-12",
    ]  # fmt: skip
    assert third_of("2026-05-01", "late") is None

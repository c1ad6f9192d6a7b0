"""Periods of four languages: read, written, and read back as the same."""

import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.exchange.reference_rows import period_words
from azcn_desktop.records.periods import (
    LANGUAGES,
    Period,
    canonical_period,
    format_period,
    months,
    parse_period,
    read_back_period,
    short_period,
)

REFERENCE = Path(__file__).parents[2] / "db" / "reference"
DAYS = st.dates(datetime.date(1000, 1, 1), datetime.date(2999, 12, 31)).map(datetime.date.isoformat)
MONTHS = st.tuples(st.integers(1000, 2999), st.integers(1, 12))
SPANS = st.tuples(MONTHS, MONTHS).map(lambda pair: months(min(pair), max(pair)))
NAMED = st.tuples(
    st.integers(1000, 2999), st.sampled_from([(1, 12), (1, 6), (7, 12), (1, 3), (4, 6), (7, 9), (10, 12)])
)
PERIODS = (
    SPANS
    | MONTHS.map(lambda month: months(month, month))
    | NAMED.map(lambda found: months((found[0], found[1][0]), (found[0], found[1][1])))
    | st.tuples(st.integers(1000, 2999), st.integers(2, 12)).map(lambda found: months((found[0], 1), found))
    | DAYS.map(lambda day: Period("day", day, day))
)
ANY = PERIODS | PERIODS.map(lambda p: Period("as_of", p.start, p.end))


@pytest.mark.parametrize("language", LANGUAGES)
@given(period=ANY)
def test_a_period_is_read_back_from_its_words_in_every_language(language: str, period: Period) -> None:
    words = format_period(period, language)
    assert parse_period(words) == period
    assert parse_period(words.upper()) == period


@given(ANY)
def test_a_period_is_read_back_from_its_short_form(period: Period) -> None:
    assert parse_period(short_period(period)) == period


@given(PERIODS)
def test_a_period_is_read_back_from_the_form_of_the_reference_tables(period: Period) -> None:
    assert parse_period(canonical_period(period)) == period


@pytest.mark.parametrize("name", ["trade_figures.csv", "transit_tourism_figures.csv"])
def test_every_period_of_the_reference_tables_is_understood_as_they_give_it(name: str) -> None:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    checked = 0
    for row in rows:
        kind = row["period_kind"].replace(" ", "_").replace("-", "_")
        if kind == "as_of":
            continue
        period = parse_period(row["period"])
        assert (period.kind, period.start, period.end) == (kind, row["period_start"], row["period_end"])
        assert canonical_period(period) == row["period"]
        assert short_period(period) == period_words(row["period"])
        checked += 1
    assert checked > 40


@pytest.mark.parametrize(
    ("texts", "canonical", "kind"),
    [
        ("2024|2024 год|в 2024 году|2024-cü il|2024-cü ildə|2024年|2024年全年|２０２４年|Jan-Dec 2024", "2024", "year"),
        ("Q1 2025|1Q 2025|1Q2025|2025-Q1|first quarter of 2025|1st quarter 2025|January-March 2025|3 months of 2025",
         "2025-Q1", "quarter"),
        ("2025-ci ilin birinci rübü|2025-ci ilin I rübündə|первый квартал 2025|I квартал 2025 г.|1-й квартал 2025 года|"
         "в первом квартале 2025 года|2025年第一季度|2025年一季度|2025年第1季度", "2025-Q1", "quarter"),
        ("H1 2019|first half of 2019|2019-H1|2019-cu ilin birinci yarısı|2019-cu ilin ilk yarısında|I полугодие 2019|"
         "первое полугодие 2019 года|2019年上半年", "2019-H1", "half_year"),
        ("January-July 2023|Jan-Jul 2023|Jan–Jul 2023|7 months of 2023|first seven months of 2023",
         "2023-01/2023-07", "months"),
        ("2023-cü ilin yanvar-iyul ayları|2023-cü ilin yanvar-iyul aylarında|2023-cü ilin ilk 7 ayı|"
         "2023-cü ilin yeddi ayında", "2023-01/2023-07", "months"),
        ("январь-июль 2023 года|в январе-июле 2023 г.|с января по июль 2023 года|за 7 месяцев 2023 года|"
         "за первые семь месяцев 2023 года|7 мес. 2023", "2023-01/2023-07", "months"),
        ("2023年1-7月|2023年1至7月|2023年1月至7月|2023年前7个月|2023年前七个月|2023年一至七月",
         "2023-01/2023-07", "months"),
        ("2023-cü ilin on bir ayı|2023年前十一个月|за одиннадцать месяцев 2023 года", "2023-01/2023-11", "months"),
        ("9M 2023|9 мес. 2023", "2023-01/2023-09", "months"),
        ("January and February 2024|Jan-Feb 2024", "2024-01/2024-02", "months"),
        ("Jan 2023 – Mar 2024|2023年1月至2024年3月", "2023-01/2024-03", "months"),
        ("July 2023|07.2023|2023-07|2023-cü ilin iyul ayı|июль 2023 года|в июле 2023|2023年7月|2023年7月份",
         "2023-07", "month"),
        ("on 1 July 2025|July 1, 2025|1st July 2025|01.07.2025|2025-ci il iyulun 1-i|1 июля 2025 года|2025年7月1日",
         "2025-07-01", "day"),
        ("as of 30 June 2025|as at 30 June 2025|30 iyun 2025-ci il tarixinə|на 30 июня 2025 года|"
         "по состоянию на 30.06.2025|截至2025年6月30日", "2025-06-30", "as_of"),
    ],
)  # fmt: skip
def test_what_people_type_for_a_period_is_understood(texts: str, canonical: str, kind: str) -> None:
    for text in texts.split("|"):
        found = parse_period(text)
        assert (canonical_period(found), found.kind) == (canonical, kind), text


@pytest.mark.parametrize(
    "text",
    [
        "", "currently", "not stated", "since 2022", "1995 – H1 2025", "2019-2023", "Q5 2023", "Q0 2023", "H3 2023",
        "13 months of 2023", "0 months of 2023", "31 February 2024", "July-March 2023", "January and March 2024",
        "2024 and 2025", "20244", "0123", "Q1", "July", "2025年13月", "second 7 months of 2023", "2024 %", "\x00",
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"^“.*” (is not a period|ends before it begins, or no calendar has it)"):
        parse_period(text)


@given(st.text(max_size=30) | st.text("0123456789-/. QHm年月日季度上半至", max_size=14))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        found = parse_period(text)
    except ValueError:
        return
    assert found.start <= found.end
    assert parse_period(short_period(found)) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024年", "2024"),
        ("2025年第一季度", "first quarter of 2025 (January 2025 to March 2025)"),
        ("за 7 месяцев 2023 года", "January–July 2023"),
        ("截至2025年6月30日", "as of 30 June 2025"),
    ],
)
def test_a_period_is_read_back_in_words(text: str, words: str) -> None:
    assert read_back_period(parse_period(text)) == words

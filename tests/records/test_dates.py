"""Partial and uncertain dates: reading, words, bounds and order, for every form of the grammar."""

import calendar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.dates import (
    date_bounds,
    date_sign,
    date_words,
    is_plain,
    parse_date,
    precision,
    short_date_words,
)


@st.composite
def plains(draw: st.DrawFn, digits: int | None = None) -> str:
    """Draw a plain year, month or day."""
    year, month = draw(st.integers(1, 9999)), draw(st.integers(1, 12))
    day = draw(st.integers(1, calendar.monthrange(year, month)[1]))
    length = digits or draw(st.sampled_from((4, 7, 10)))
    return f"{year:04}-{month:02}-{day:02}"[:length]


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Draw an interval that does not end before it begins."""
    ends = sorted((draw(plains()), draw(plains())), key=lambda plain: date_bounds(plain)[0])
    if date_bounds(ends[0])[0] > date_bounds(ends[1])[1]:
        ends.reverse()
    return "/".join(ends)


EVERY_FORM = st.one_of(
    plains(),
    plains().map("{}?".format),
    plains().map("{}~".format),
    plains(10).map(lambda day: f"{day[:8]}?{day[8:]}"),
    plains().map("../{}".format),
    plains().map("{}/..".format),
    intervals(),
    st.sampled_from(("2023-09-01/2023-09-10", "2024-02-21/2024-02-29", "2023-06-11/2023-06-20")),
    st.sampled_from(("2026-07/2026-09", "0001-01/0001-06", "2026-09/2026-12", "2025-03/2025-05", "2025-12/2026-02")),
)


@given(EVERY_FORM)
def test_every_form_is_read_as_it_is_stored(edtf: str) -> None:
    assert parse_date(edtf) == edtf
    assert parse_date(f"  {edtf} ") == edtf


@given(EVERY_FORM)
def test_words_and_short_words_are_read_back_as_the_same_date(edtf: str) -> None:
    assert parse_date(date_words(edtf)) == edtf
    assert parse_date(short_date_words(edtf)) == edtf
    assert parse_date(date_words(edtf).upper()) == edtf


@given(EVERY_FORM)
def test_bounds_are_real_days_in_order(edtf: str) -> None:
    first, last = date_bounds(edtf)
    assert parse_date(first) == first
    assert parse_date(last) == last
    assert first <= last


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_refused_with_a_sentence(text: str) -> None:
    found, refusal = "", ""
    try:
        found = parse_date(text)
    except ValueError as error:
        refusal = str(error)
    assert refusal.endswith(".") != bool(found)
    assert found.isascii()


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2018", "2018"),
        ("2018-05", "May 2018"),
        ("2018-05-22", "22 May 2018"),
        ("2018-05-22?", "22 May 2018 (year inferred)"),
        ("2018-05?", "May 2018 (inferred)"),
        ("2019-04-?24", "24 April 2019 (day inferred)"),
        ("2025-11-12~", "about 12 November 2025"),
        ("2023-09-01/2023-09-10", "early September 2023"),
        ("2023-09-11/2023-09-20", "mid September 2023"),
        ("2023-09-21/2023-09-30", "late September 2023"),
        ("2023-09-01/2023-09-12", "between 1 September 2023 and 12 September 2023"),
        ("2026-07/2026-09", "Q3 2026"),
        ("2026-01/2026-06", "H1 2026"),
        ("2026-09/2026-12", "late 2026"),
        ("2025-09/2025-11", "autumn 2025"),
        ("2025-12/2026-02", "winter 2025–2026"),
        ("2025-12/2027-02", "between December 2025 and February 2027"),
        ("2025-09/2026-11", "between September 2025 and November 2026"),
        ("../2024", "by 2024"),
        ("2025-04-16/..", "16 April 2025 or later"),
    ],
)
def test_dates_are_put_into_words(edtf: str, words: str) -> None:
    assert date_words(edtf) == words
    assert parse_date(words) == edtf


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("22.05.2018", "2018-05-22"),
        ("22.5.2018", "2018-05-22"),
        ("1/9/2023", "2023-09-01"),
        ("May 22, 2018", "2018-05-22"),
        ("Sept. 2023", "2023-09"),
        ("mid-September 2023", "2023-09-11/2023-09-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("circa 2020", "2020~"),
        ("before May 2018", "../2018-05"),
        ("since 2019", "2019/.."),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_common_ways_of_typing_a_date_are_read(typed: str, edtf: str) -> None:
    assert parse_date(typed) == edtf


@pytest.mark.parametrize(
    "impossible",
    [
        "2023-02-29", "1900-02-29", "2018-13", "2018-00", "2018-04-31", "2018-05-00", "31.04.2018", "0000", "0000-05",
        "30 February 2020", "2018-02-?30", "2018-02-30?", "../2018-02-30", "2018-02-30/..", "32.13.2018",
    ],
)  # fmt: skip
def test_a_day_that_is_in_no_calendar_is_refused_as_such(impossible: str) -> None:
    with pytest.raises(ValueError, match=r"is not a day of the calendar\.$"):
        parse_date(impossible)


@pytest.mark.parametrize(
    "unreadable",
    [
        "", "18", "18-05-22", "10000", "-0044", "2018-5", "22 May 18", "2018-05-22T10:00Z", "May", "22 May", "2018?~",
        "2018?/2019", "2018~/..", "../..",
        "winter 2018", "Q5 2018", "early 5 May 2018", "about early May 2018", "٢٠١٨",
        "２０１８",
        "22.05.٢٠١٨", "yesterday", "2018/2019/2020", "between 2018", "43000", "tomorrow\x00",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_hint(unreadable: str) -> None:
    with pytest.raises(ValueError, match=r"is not a date this program can read\. Write it as 2018, 2018-05"):
        parse_date(unreadable)


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ends before it begins\.$"):
        parse_date("2019/2018")


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2024-02~", "2024-02-01", "2024-02-29"),
        ("2018-05-22?", "2018-05-22", "2018-05-22"),
        ("2019-04-?24", "2019-04-24", "2019-04-24"),
        ("../2024", "0001-01-01", "2024-12-31"),
        ("2025-04-16/..", "2025-04-16", "9999-12-31"),
        ("2018/2019-02", "2018-01-01", "2019-02-28"),
    ],
)
def test_bounds_are_the_first_and_last_day_meant(edtf: str, first: str, last: str) -> None:
    assert date_bounds(edtf) == (first, last)


def test_dates_sort_by_their_first_day() -> None:
    dates = ["2024", "../2023", "2023-09-01/2023-09-10", "2023-08?", "2023-09", "2023"]
    assert sorted(dates, key=date_bounds) == [
        "../2023", "2023", "2023-08?", "2023-09-01/2023-09-10", "2023-09", "2024",
    ]  # fmt: skip


def test_precision_and_plainness_follow_the_form() -> None:
    assert [precision(edtf) for edtf in ("2018", "2018-05?", "2018-05-22~", "2018/2019")] == [1, 2, 3, 0]
    assert is_plain("2018-05")
    assert not is_plain("2018-05~")
    assert not is_plain("2018-05\n")


@pytest.mark.parametrize(
    ("edtf", "sign"),
    [
        ("2018-05-22", "22 May 2018"), ("2018-05-22?", "22 May 2018?"), ("2019-04-?24", "24? Apr 2019"),
        ("2025-11-12~", "about 12 Nov 2025"), ("2023-09-01/2023-09-10", "early Sep 2023"), ("../2024", "by 2024"),
        ("2025-04-16/..", "from 16 Apr 2025"), ("2024-11-13/2024-11-14", "13 – 14 Nov 2024"),
        ("2023-10/2023-12", "Q4 2023"), ("2023-11/2023-12", "Nov – Dec 2023"),
            ("2023-12-28/2024-01-02", "28 Dec 2023 – 2 Jan 2024"),
    ],
)  # fmt: skip
def test_a_date_is_put_into_the_fewest_words_for_a_cell(edtf: str, sign: str) -> None:
    assert date_sign(edtf) == sign


@given(EVERY_FORM)
def test_the_fewest_words_are_never_more_than_the_short_ones(edtf: str) -> None:
    assert len(date_sign(edtf)) <= len(short_date_words(edtf))

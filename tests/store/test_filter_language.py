"""The language of the filter field: what is read, and what is refused in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.query import LONGEST_TEXT, Condition, Query, main_date, parse_query
from azcn_desktop.store.store import Store
from tests.store.filter_text import parsed, refusal

MEETING = SCHEMA["meeting"]


def test_words_phrases_and_conditions_are_told_apart() -> None:
    assert parsed('baki "vice premier" status:held -level:party year:2024') == Query(
        "meeting",
        ("baki", "vice premier"),
        (
            Condition("status", "is", ("held",)),
            Condition("level", "is", ("party",), is_negated=True),
            Condition("year", "is", ("2024",)),
        ),
    )


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("date:>=2024", Condition("date", ">=", ("2024",))),
        ("date:<=2024", Condition("date", "<=", ("2024",))),
        ("date:>2024", Condition("date", ">", ("2024",))),
        ("date:<2024", Condition("date", "<", ("2024",))),
        ("date:2023..2024", Condition("date", "range", ("2023", "2024"))),
        ("date:2023..", Condition("date", "range", ("2023", ""))),
        ("date:..2024", Condition("date", "range", ("", "2024"))),
        ("date:empty", Condition("date", "empty", ())),
        ("status:held|planned", Condition("status", "in", ("held", "planned"))),
        ('date:"22 May 2018"', Condition("date", "is", ("22 May 2018",))),
        ("Meeting:x", Condition("title", "is", ("x",))),
        ("name:x", Condition("title", "is", ("x",))),
        ("is:Overdue", Condition("is", "is", ("overdue",))),
        ("-is:trash", Condition("is", "is", ("trash",), is_negated=True)),
        ("source:xinhua", Condition("source", "is", ("xinhua",))),
        ("year:2020..2024", Condition("year", "range", ("2020", "2024"))),
    ],
)
def test_every_operator_is_read(text: str, condition: Condition) -> None:
    assert parsed(text).conditions == (condition,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ('"" -""', ()),
        ("https://azertag.az/en", ("https://azertag.az/en",)),
        ("Azerbaijan-China -cement", ("Azerbaijan-China", "-cement")),
        ('"an open quote', ("an open quote",)),
        ("a:", ("a:",)),
    ],
)
def test_what_names_no_field_is_searched_for(text: str, words: tuple[str, ...]) -> None:
    assert parsed(text) == Query("meeting", words)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colour:red", "Meetings have no field “colour”. Possible are year, source, date, title,"),
        ("citty:baku", "no field “citty”. Perhaps city is meant, or one of year, source, date,"),
        ("titel:x", "no field “titel”. Perhaps title is meant"),
        ("is:blue", "“is:blue” is not known. Possible are is:upcoming,"),
        ("year:24", "“24” is not a year. Write year:2024, year:>=2020 or year:2020..2024."),
        ("year:>=2020..2024", "is not a year"),
        ("year:٢٠٢٠", "is not a year"),
        ('country:""', "Write what country shall be right after the colon, or country:empty."),
        ("status:|", "Write what status shall be"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    assert sentence in refusal(text)


@pytest.mark.parametrize("table", [t.name for t in SCHEMA if not t.is_bulk])
@pytest.mark.parametrize("value", ["x", ">x", "a..b", "x|y", "empty", "5", ">=5", "..", "2024", "1e400", "9" * 30])
def test_every_field_takes_every_operator_or_says_why_not(store: Store, table: str, value: str) -> None:
    for name in ("year", "source", "is", *(f.name for f in SCHEMA[table].fields)):
        refused = ""
        try:
            assert store.keys(parsed(f"{name}:{value}", table)) == []
        except UserError as error:
            refused = str(error)
        assert refused == "" or refused.endswith((".", "…"))


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(('"', ":", "-", ">", "..", "|", "is", "year", "x ", "%"))).map("".join)
)
def test_any_text_is_a_query_or_a_sentence(text: str) -> None:
    refused = ""
    try:
        assert parsed(text).table == "meeting"
    except UserError as error:
        refused = str(error)
    assert refused == "" or refused.endswith(".")


@pytest.mark.parametrize("part", ["x ", "-x ", "title:x ", "x" * 1_000, "note:" + "a|" * 497])
def test_a_filter_may_be_as_long_as_it_says_and_no_longer(store: Store, part: str) -> None:
    longest = part * (LONGEST_TEXT // len(part))
    assert store.count(parse_query(longest, SCHEMA["meeting"])) == 0
    with pytest.raises(UserError, match=r"has 1,0\d\d characters; 1,000 are possible"):
        parse_query(longest + "y" * 17, SCHEMA["meeting"])


def test_and_written_out_joins_as_a_blank_does() -> None:
    assert parsed("year:2024 AND status:signed AND baku") == parsed("year:2024 status:signed baku")
    assert parsed("AND").words == ("AND",)
    assert parsed('"rail AND road" and').words == ("rail AND road", "and")


def test_a_query_is_joined_with_another_and_knows_the_trash() -> None:
    joined = Query("meeting", ("a",), sort="date").joined(parsed("b status:held"))
    assert (joined.words, len(joined.conditions), joined.sort) == (("a", "b"), 1, "date")
    assert parsed("is:trash").is_trash
    assert not parsed("-is:trash").is_trash


def test_the_year_of_a_record_is_that_of_its_main_date() -> None:
    assert [main_date(SCHEMA[table]) for table in ("meeting", "agreement", "figure", "person")] == [
        "date", "signed_on", "period_end", None,
    ]  # fmt: skip

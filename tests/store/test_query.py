"""What a filter finds, and in what order."""

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.selecting import like
from azcn_desktop.store.store import Store
from tests.store.builders import add, make, party
from tests.store.filter_text import parsed

MEETING = SCHEMA["meeting"]


@pytest.fixture
def meetings(store: Store) -> dict[str, int]:
    """Meetings with dates of every precision; the name of each is its date."""
    dates = ("2022", "2023", "2023-09", "2023-09-01/2023-09-10", "2023-09-05", "../2023", "2024-02-29?", "2024/..")
    keys = {date: make(store, "meeting", title=f"At {date}", date=date, status="held") for date in dates}
    return keys | {"none": make(store, "meeting", title="At none", status="planned")}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("year:2022", {"2022", "../2023"}),
        ("year:2023", {"2023", "2023-09", "2023-09-01/2023-09-10", "2023-09-05", "../2023"}),
        ("year:2024", {"2024-02-29?", "2024/.."}),
        ("year:>2023", {"2024-02-29?", "2024/.."}),
        ("year:>=2024", {"2024-02-29?", "2024/.."}),
        ("year:<2023", {"2022", "../2023"}),
        ("year:<=2022", {"2022", "../2023"}),
        ("year:2022..2022", {"2022", "../2023"}),
        ("year:2024..", {"2024-02-29?", "2024/.."}),
        ("year:..1999", {"../2023"}),
        ("year:empty", {"none"}),
        ("date:2023-09-05", {"2023", "2023-09", "2023-09-01/2023-09-10", "2023-09-05", "../2023"}),
        ('date:"early September 2023"', {"2023", "2023-09", "2023-09-01/2023-09-10", "2023-09-05", "../2023"}),
        ("date:2023-10", {"2023", "../2023"}),
        ("date:2022|2024-02", {"2022", "../2023", "2024-02-29?", "2024/.."}),
        ("date:>2024-01-01 -year:2025", {"2024-02-29?"}),
        ("-year:2023 -date:empty", {"2022", "2024-02-29?", "2024/.."}),
        ("-year:>=1900", {"none"}),
        ("status:planned", {"none"}),
        ("-status:held", {"none"}),
    ],
)
def test_a_partial_date_is_found_by_every_day_it_may_mean(
    store: Store, meetings: dict[str, int], text: str, found: set[str]
) -> None:
    named = {key: name for name, key in meetings.items()}
    assert {named[key] for key in store.keys(parsed(text))} == found
    assert store.count(parsed(text)) == len(found)


def test_partial_dates_sort_by_first_day_then_the_finer_and_none_stands_last(
    store: Store, meetings: dict[str, int]
) -> None:
    named = {key: name for name, key in meetings.items()}
    upward = ["2022", "2023", "2023-09-01/2023-09-10", "2023-09", "2023-09-05", "../2023", "2024/..", "2024-02-29?"]
    assert [named[key] for key in store.keys(Query("meeting", sort="date"))] == [*upward, "none"]
    downward = [named[key] for key in store.keys(Query("meeting", sort="-date"))]
    assert downward[0] == "2024-02-29?"
    assert downward[-2:] == ["2022", "none"]


def test_a_date_with_an_open_start_stands_at_its_last_day_at_first_too(store: Store, meetings: dict[str, int]) -> None:
    named = {key: name for name, key in meetings.items()}
    at_first = [named[key] for key in store.keys(Query("meeting"))]
    assert [name for name in at_first if name in ("2022", "2023-09-05", "../2023", "2024-02-29?", "none")] == [
        "2024-02-29?", "../2023", "2023-09-05", "2022", "none",
    ]  # fmt: skip


def test_choices_sort_in_the_order_of_their_list_and_empty_ones_last(store: Store) -> None:
    levels = ("company", "head_of_state", None, "minister")
    keys = {level: make(store, "meeting", title="x", status="held", level=level) for level in levels}
    upward = [keys[level] for level in ("head_of_state", "minister", "company", None)]
    assert store.keys(Query("meeting", sort="level")) == upward
    assert store.keys(Query("meeting", sort="-level")) == [*reversed(upward[:3]), upward[3]]


def test_numbers_and_texts_and_names_sort_with_empty_ones_last(store: Store) -> None:
    for name, value in (("b", 10.0), ("Ə", 9.0), ("A", None), ("İ", 100.0)):
        make(store, "project", name=name, value=value, place=None if name == "b" else name)
    names = store.titles("project", store.keys(Query("project")))

    def order(sort: str) -> list[str]:
        return [names[key] for key in store.keys(Query("project", sort=sort))]

    assert order("value") == ["Ə", "b", "İ", "A"]
    assert order("-value") == ["İ", "b", "Ə", "A"]
    assert order("name") == ["A", "b", "Ə", "İ"]
    assert order("place") == ["A", "Ə", "İ", "b"]
    assert order("-place") == ["İ", "Ə", "A", "b"]


def test_countries_sort_by_their_names_and_not_by_their_codes(store: Store) -> None:
    codes = ("AE", "CH", "CN", None, "AZ CN", "AZ")
    keys = {code: make(store, "organisation", name=str(code), country=code) for code in codes}
    upward = [keys[code] for code in ("AZ", "AZ CN", "CN", "CH", "AE", None)]
    assert store.keys(Query("organisation", sort="country")) == upward
    assert store.keys(Query("organisation", sort="-country")) == [*reversed(upward[:-1]), upward[-1]]


def test_names_stand_in_alphabetical_order_at_first(store: Store) -> None:
    for name in ("Əhməd", "azer", "ADY", "Zeynal", "Alat"):
        make(store, "person", name=name)
    keys = store.keys(Query("person"))
    assert [store.titles("person", keys)[key] for key in keys] == ["ADY", "Alat", "azer", "Əhməd", "Zeynal"]


def test_linked_names_sort_by_the_first_name_and_empty_ones_last(store: Store) -> None:
    first, second, third = (make(store, "meeting", title=t, status="held") for t in "abc")
    person = make(store, "person", name="Əliyev")
    add(store, "participation", meeting_id=second, side="AZ", person_id=person)
    add(store, "participation", meeting_id=third, side="AZ", printed="a delegation")
    assert store.keys(Query("meeting", sort="participants_az")) == [third, second, first]
    assert store.keys(Query("meeting", sort="-participants_az")) == [second, third, first]
    assert store.keys(parsed("participants_az:empty")) == [first]
    assert store.keys(parsed("participants_cn:empty")) == [first, second, third]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("value:>=942000000", ["big", "mid"]),
        ('value:">= 942 m USD"', ["big", "mid"]),
        ("value:>942000000", ["big"]),
        ("value:<1000", ["small"]),
        ("value:500..942000000", ["mid", "small"]),
        ("value:500|942000000", ["mid", "small"]),
        ("value:empty", ["none"]),
        ("-value:empty", ["big", "mid", "small"]),
        ("-value:500", ["big", "mid", "none"]),
        ("unit:usd", ["big"]),
    ],
)
def test_numbers_are_compared(store: Store, text: str, found: list[str]) -> None:
    for name, value in (("big", 2e9), ("mid", 942e6), ("small", 500.0), ("none", None)):
        make(store, "project", name=name, value=value, currency="USD" if name == "big" else None)
    keys = store.keys(parsed(text, "project"))
    assert [store.titles("project", keys)[key] for key in keys] == found


def test_countries_choices_and_flags_are_found_by_word_and_label(store: Store) -> None:
    joint = make(store, "meeting", title="x", status="held", country="AZ CN", kind="state_visit_meeting")
    make(store, "meeting", title="y", status="held", country="AE")
    for text in ("country:China", "country:cn", "country:AE|CN -country:AE", 'kind:"State visit meeting"'):
        assert store.keys(parsed(text)) == [joint]
    with pytest.raises(UserError, match=r"Country: “Atlantis” is not a country"):
        store.keys(parsed("country:Atlantis"))
    with pytest.raises(UserError, match=r"^Status is one of a list; write status:planned\.$"):
        store.keys(parsed("status:>held"))
    with pytest.raises(UserError, match=r"names and words have no order; write city:Baku\.$"):
        store.keys(parsed("city:>Baku"))


@pytest.mark.parametrize("wild", ["%", "_", "\\", "100%", "a_b", "\\%"])
def test_wildcards_stand_for_themselves(store: Store, wild: str) -> None:
    hit = make(store, "meeting", title=f"x {wild} x", status="held")
    make(store, "meeting", title="x 100 aab x", status="held")
    assert store.keys(Query("meeting", (wild,))) == [hit]
    assert store.keys(Query("meeting", conditions=(Condition("title", "is", (wild,)),))) == [hit]


def test_the_pattern_of_a_word_escapes_all_that_like_knows() -> None:
    assert like("50%_\\") == "%50\\%\\_\\\\%"


def test_words_find_through_persons_organisations_other_names_and_printed_words(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held", city="Bakı")
    other = make(store, "meeting", title="Other", status="held")
    person = make(store, "person", name="Şahin Mustafayev")
    add(store, "name", person_id=person, text="沙欣·穆斯塔法耶夫", script="Hani")
    add(store, "participation", meeting_id=meeting, side="AZ", person_id=person, role="Deputy Prime Minister")
    add(store, "participation", meeting_id=meeting, side="CN", printed="a Chinese delegation")
    for text in ("sahin", "MUSTAFAYEV", '"deputy prime"', "delegation", "baki", "sahin delegation -other"):
        assert store.keys(parsed(text)) == [meeting]
    assert store.keys(parsed("-sahin")) == [other]
    assert store.keys(parsed("participants_az:sahin")) == [meeting]
    assert store.keys(parsed("participants_cn:sahin")) == []
    assert store.keys(parsed("participants_cn:delegation|sahin")) == [meeting]
    assert store.keys(parsed("穆斯", "person")) == [person]
    assert store.keys(parsed('"talks baki"')) == []


def test_words_find_what_a_merged_source_printed(store: Store) -> None:
    meeting = make(store, "meeting", title="Tenth session", status="held")
    store.apply(edits.cite(store, "meeting", meeting, {"publisher": "Xinhua", "url": "https://a.cn/x"}, "was held"))
    use = store.citations("meeting", meeting)[0].link_keys[0]
    change = Change(
        "citation_link", use, {"printed": None}, {"printed": "10th Commission meeting", "field_name": "title"}
    )
    store.apply(ChangeSet("Printed", (change,)))
    assert store.keys(parsed('"10th commission"')) == [meeting]
    assert store.keys(parsed("source:xinhua")) == [meeting]
    assert store.keys(parsed("source:trend|xinhua")) == [meeting]
    assert store.keys(parsed("source:empty")) == store.keys(parsed("is:unsourced")) == []
    assert store.keys(parsed("-source:xinhua")) == []


def test_a_figure_is_in_every_year_of_its_period(store: Store) -> None:
    def figure(**values: str) -> int:
        return make(store, "figure", measure="trade", topic="trade", **values)

    both = figure(period="2023-2024", period_start="2023", period_end="2024")
    stock = figure(period="stock", as_of="2024-07-01")
    assert store.keys(parsed("year:2023", "figure")) == [both]
    assert set(store.keys(parsed("year:2024", "figure"))) == {both, stock}
    assert store.keys(parsed("year:2022", "figure")) == []


@pytest.mark.parametrize("text", ["baki", "Bakı", "баку", "巴库", "city:bakı", "city:baku|chengdu"])
def test_a_place_is_found_by_each_of_its_spellings(store: Store, text: str) -> None:
    here = make(store, "meeting", title="x", city="Baku")
    make(store, "meeting", title="x", city="Beijing")
    assert store.keys(parsed(text)) == [here]
    assert here not in store.keys(parsed(f"-{text}"))


def test_a_spelling_that_other_words_hold_is_not_looked_for_on_behalf_of_another(store: Store) -> None:
    make(store, "meeting", title="Traditional medicine, with Bakıxanov")
    assert store.keys(parsed("China")) == store.keys(parsed("Baku")) == []


def test_a_meeting_that_was_held_or_cancelled_is_not_to_come_whatever_its_day_says(store: Store) -> None:
    to_come = [make(store, "meeting", title="x", date="2027", **status) for status in ({}, {"status": "postponed"})]
    for status in ("held", "cancelled"):
        make(store, "meeting", title="x", date="2027", status=status)
    assert sorted(store.keys(parsed("is:upcoming"))) == sorted(to_come)


def test_flags_follow_the_calendar(store: Store) -> None:
    def commitment(**values: str) -> int:
        return make(store, "commitment", what="x", statement_class="plan", **values)

    late = commitment(due="2026-05-31")
    commitment(due="2026-05-31", status="kept")
    today = commitment(due="2026-06-01", status="in_progress")
    year = commitment(due="2026")
    commitment()
    assert store.keys(parsed("is:overdue", "commitment")) == [late]
    assert set(store.keys(parsed("is:upcoming", "commitment"))) == {today, year}
    with pytest.raises(UserError, match=r"^Meetings are never overdue\.$"):
        store.keys(parsed("is:overdue"))
    with pytest.raises(UserError, match=r"^Figures are never upcoming\.$"):
        store.keys(parsed("is:upcoming", "figure"))
    assert len(store.keys(parsed("is:recent", "commitment"))) == 5


def test_the_trash_is_looked_into_only_when_asked(store: Store) -> None:
    kept, gone = (make(store, "meeting", title=t, status="held") for t in "ab")
    store.apply(edits.to_trash(store, "meeting", [gone]))
    assert store.keys(parsed("")) == store.keys(parsed("-is:trash")) == [kept]
    assert store.keys(parsed("is:trash")) == [gone]


def test_a_party_is_found_by_record_and_by_printed_words(store: Store) -> None:
    customs = make(store, "organisation", name="State Customs Committee")
    linked = make(
        store, "figure", measure="a", topic="trade", **party("figure", "published_by", "organisation", customs)
    )
    printed = make(
        store, "figure", measure="b", topic="trade", **party("figure", "published_by", None, None, "Customs of China")
    )
    assert store.keys(parsed("published_by:customs", "figure")) == [linked, printed]
    assert store.keys(parsed("published_by:committee", "figure")) == [linked]
    assert store.keys(parsed("customs", "figure")) == [linked, printed]
    assert store.keys(parsed("said_by:empty -published_by:empty", "figure")) == [linked, printed]


def test_words_are_counted_and_columns_chosen(store: Store) -> None:
    for status, year in (("held", "2024"), ("held", "2023"), ("planned", "2025")):
        make(store, "meeting", title=f"{status} {year}", date=year, status=status)
    assert store.facet(Query("meeting"), "status") == [("held", 2), ("planned", 1)]
    assert store.facet(Query("meeting"), "level") == []
    rows = store.select(Query("meeting", conditions=parsed("status:held").conditions), ["title", "date_lo"])
    assert rows == [("held 2024", "2024-01-01"), ("held 2023", "2023-01-01")]


@pytest.mark.parametrize("sort", [*(f.name for f in MEETING.fields), *(f"-{f.name}" for f in MEETING.fields)])
def test_every_field_sorts(store: Store, meetings: dict[str, int], sort: str) -> None:
    assert sorted(store.keys(Query("meeting", sort=sort))) == sorted(meetings.values())


@pytest.mark.parametrize("table", [t.name for t in SCHEMA])
def test_every_table_is_listed_and_searched(store: Store, table: str) -> None:
    assert store.keys(Query(table, ("x",))) == store.keys(Query(table)) == []


def test_bulk_rows_are_found_by_their_searchable_fields(store: Store) -> None:
    for code, description in (("0801", "Nuts of Gəncə"), ("2709", "Crude oil")):
        add(store, "commodity", classification="HS", code=code, description=description)
    assert store.keys(Query("commodity", ("gence",))) == [1]
    assert store.keys(Query("commodity", ("-gence",))) == [2]


def test_one_column_of_many_records_is_read_by_itself(store: Store) -> None:
    dated, undated = (
        make(store, "meeting", title="x", status="held", date="2024-05"),
        make(store, "meeting", title="y", status="held"),
    )
    assert store.column("meeting", [dated, undated, dated, 99_999], "date") == {dated: "2024-05", undated: None}

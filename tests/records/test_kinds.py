"""Kinds of values: what is read, shown, judged; and that an editor opened and closed changes nothing."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azcn_desktop.records import kinds, words
from azcn_desktop.records.amounts import BOUND_WORDS
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import Field, RecordType
from tests.store.value_corpus import (
    ADDRESSES,
    BAD_ADDRESSES,
    IMPOSSIBLE_TEXTS,
    INTEGERS,
    NUMBERS,
    TEXTS,
)

FIELDS = [(record_type, f) for record_type in SCHEMA for f in record_type.fields]
DATES = (
    "2018",
    "2018-05",
    "2018-05-22",
    "2018-05-22?",
    "2019-04-?24",
    "2025-11-12~",
    "2023-09-01/2023-09-10",
    "../2024",
)


def values_of(kind: kinds.Kind, name: str) -> st.SearchStrategy[Mapping[str, Value]]:
    """Draw values for the columns of a field, as they may be stored."""
    one: st.SearchStrategy[Value]
    match kind:
        case kinds.Date():
            one = st.sampled_from(DATES)
        case kinds.Flag():
            one = st.sampled_from((0, 1))
        case kinds.Integer():
            one = st.integers(kind.low, kind.high)
        case kinds.Number() | kinds.Amount():
            one = st.floats(kind.low, 1e15, allow_nan=False) | st.integers(0, 10**9).map(float)
        case kinds.Choice():
            one = st.sampled_from(kind.words)
        case kinds.Country():
            one = st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=3).map(" ".join)
        case kinds.Link():
            one = st.integers(1, 99)
        case kinds.Party():
            return st.one_of(
                st.sampled_from(kind.targets).map(lambda target: kind.assign(target[0], 7)),
                st.sampled_from(TEXTS).map(lambda text: kind.assign(None, None, text)),
            )
        case kinds.Links() | kinds.Computed():
            return st.just({})
        case _:
            one = st.sampled_from(TEXTS) | st.text(max_size=20)
    return (st.none() | one).map(lambda value: {name: value})


@st.composite
def rows(draw: st.DrawFn, record_type: RecordType) -> dict[str, Value]:
    """Draw a whole row of a record type."""
    row: dict[str, Value] = dict.fromkeys(record_type.value_columns())
    for f in record_type.fields:
        row |= draw(values_of(f.kind, f.name))
    return row


@pytest.mark.parametrize("record_type", SCHEMA.types, ids=lambda found: found.name)
@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_an_editor_opened_and_closed_keeps_every_stored_value(record_type: RecordType, data: st.DataObject) -> None:
    row = data.draw(rows(record_type))
    for f in record_type.fields:
        again = f.kind.read(f.name, f.kind.edit_text(f.name, row), row)
        assert again == {column: row[column] for column in again}
        assert set(again) >= set(f.kind.columns(f.name))


@pytest.mark.parametrize(("record_type", "f"), FIELDS, ids=lambda value: value.name)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_an_editor_shows_is_read_as_the_stored_value(
    record_type: RecordType, f: Field, data: st.DataObject
) -> None:
    """The same without the stored row at hand, for values in the form in which they are typed."""
    if isinstance(f.kind, kinds.Link | kinds.Links | kinds.Party | kinds.Text | kinds.Words | kinds.Computed):
        return
    row = dict.fromkeys(record_type.value_columns()) | dict(data.draw(values_of(f.kind, f.name)))
    if isinstance(f.kind, kinds.Amount) and row[f.name] is not None:
        row |= {f.kind.unit: data.draw(st.sampled_from(("USD", *f.kind.units)))}
        row |= {f.kind.bound: data.draw(st.sampled_from(("exact", *BOUND_WORDS)))} if f.kind.bound else {}
    again = f.kind.read(f.name, f.kind.edit_text(f.name, row))
    assert again == {column: row[column] for column in again}


@pytest.mark.parametrize("text", TEXTS)
def test_a_note_keeps_every_text_of_the_corpus(text: str) -> None:
    note = kinds.Text(200_000, is_long=True)
    assert note.parse(text) == text
    assert note.edit_text("note", {"note": text}) == text
    assert note.check("note", {"note": text}) is None


@pytest.mark.parametrize("text", IMPOSSIBLE_TEXTS)
@pytest.mark.parametrize("kind", [kinds.Text(), kinds.Text(is_long=True), kinds.Code(), kinds.Url()])
def test_control_characters_and_halves_of_characters_are_refused(kind: kinds.Kind, text: str) -> None:
    problem = kind.check("x", {"x": text})
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize("text", IMPOSSIBLE_TEXTS)
def test_printed_words_of_a_party_are_judged_like_text(text: str) -> None:
    party = kinds.Party((("person", "person_id"),), printed="printed")
    assert party.check("who", {"printed": text}) == kinds.Text().check("printed", {"printed": text}) != None  # noqa: E711


def test_text_of_one_line_is_stored_with_single_blanks_and_empty_text_as_nothing() -> None:
    assert kinds.Text().parse(" a \n b\u00a0c ") == "a b c"
    assert [kinds.Text().parse(text) for text in ("", "  ", "\n")] == [None, None, None]
    assert kinds.Text(is_long=True).parse(" \n ") is None


def test_text_beyond_its_length_is_refused_with_both_numbers() -> None:
    assert kinds.Text(3).check("x", {"x": "abcd"}) == "This text has 4 characters; at most 3 are possible."
    assert kinds.Text(3).check("x", {"x": 5}) == "This must be text."


@pytest.mark.parametrize(("typed", "number"), INTEGERS, ids=lambda value: str(value)[:30])
def test_whole_numbers_are_read_exactly_or_refused(typed: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match=r"^“.{1,60}” is not a whole number"):
            kinds.Integer().parse(typed)
    else:
        assert kinds.Integer().parse(typed) == number
        assert kinds.Integer().check("x", {"x": number}) is None


@pytest.mark.parametrize("value", [2**63, -(2**63), 10**4000, 1.0, "1"], ids=type)
def test_a_whole_number_that_a_file_cannot_hold_is_refused(value: Value) -> None:
    assert kinds.Integer().check("x", {"x": value}) in (
        "This number is too large to be stored.",
        "This must be a whole number.",
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, 2**53 + 1, 2e300, "5", True])
@pytest.mark.parametrize("kind", [kinds.Number("%"), kinds.Amount()])
def test_a_number_that_a_file_cannot_hold_exactly_is_refused(kind: kinds.Kind, value: Value) -> None:
    problem = kind.check("x", {"x": value})
    assert problem is not None
    assert problem.endswith(".")


@pytest.mark.parametrize(("typed", "number"), NUMBERS, ids=lambda value: str(value)[:30])
def test_a_typed_number_with_its_unit_is_read_or_refused(typed: str, number: float | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match=r"^“"):
            kinds.Number("%").parse(f"{typed} %")
    else:
        assert kinds.Number("%").parse(f"{typed} %") == kinds.Number("%").parse(typed) == number


def test_an_amount_keeps_the_unit_that_the_text_leaves_out_and_drops_the_hedge() -> None:
    kind = kinds.Amount(bound="bound", unit="unit", units=words.UNITS)
    row = {"value": 5.0, "bound": "nearly", "unit": "kWh"}
    assert kind.edit_text("value", row) == "nearly 5 kWh"
    assert kind.read("value", "6", row) == {"value": 6.0, "bound": "exact", "unit": "kWh"}
    assert kind.read("value", "over 6 kWh", row) == {"value": 6.0, "bound": "over", "unit": "kWh"}
    assert kind.read("value", "", row) == {"value": None}


def test_an_unlikely_amount_is_warned_about_and_stored_all_the_same() -> None:
    kind = kinds.Amount(bound="bound", unit="unit")
    assert "magnitude" in str(kind.warn("value", {"value": 1e14, "unit": "USD"}))
    assert "million may be missing" in str(kind.warn("value", {"value": 5.0, "unit": "USD"}))
    assert kind.warn("value", {"value": 5.0, "unit": "MW"}) is None
    assert kind.check("value", {"value": 1e14}) is None


def test_a_date_far_from_our_time_is_warned_about_and_an_open_end_is_not() -> None:
    assert kinds.Date().warn("d", {"d": "1066"}) == "This date is far from our time. Is the year right?"
    assert kinds.Date().warn("d", {"d": "9999-12-31"}) is not None, "the end of an open span is no excuse for a day"
    assert kinds.Date().warn("d", {"d": "2202"}) is not None
    assert [kinds.Date().warn("d", {"d": edtf}) for edtf in ("2024", "../2024", "2024/..", None)] == [None] * 4


@pytest.mark.parametrize(
    ("value", "part"),
    [
        ("2018-02-30", "calendar"),
        ("22 May 2018", "must be stored as 2018-05-22"),
        (2018, "must be a date"),
        ("x", "not a date"),
    ],
)
def test_a_stored_date_must_be_a_real_day_in_its_stored_form(value: Value, part: str) -> None:
    assert part in str(kinds.Date().check("d", {"d": value}))


def test_an_end_of_a_period_takes_no_doubt() -> None:
    plain = kinds.Date(only_plain=True)
    assert plain.check("d", {"d": "2018-05"}) is None
    assert plain.check("d", {"d": "2018-05?"}) == "Only a plain year, month or day is possible here."


def test_bounds_are_computed_beside_a_date() -> None:
    assert kinds.Date().derive("d", {"d": "2018-05?"}) == {"d_lo": "2018-05-01", "d_hi": "2018-05-31"}
    assert kinds.Date().derive("d", {}) == {"d_lo": None, "d_hi": None}


@pytest.mark.parametrize("choice", [f.kind for _, f in FIELDS if isinstance(f.kind, kinds.Choice)][:40])
def test_a_choice_is_read_by_word_and_by_label(choice: kinds.Choice) -> None:
    for word in choice.words:
        assert choice.parse(word) == word
        assert choice.parse(choice.label(word).upper()) == word
        assert choice.check("x", {"x": word}) is None
    assert len({choice.label(word) for word in choice.words}) == len(choice.words)
    with pytest.raises(ValueError, match=r"^“no such word” is not in the list: "):
        choice.parse("no such word")


def test_countries_are_read_by_name_and_code_and_several_at_once() -> None:
    kind = kinds.Country()
    assert kind.parse("azerbaijan; CN") == "AZ CN"
    assert kind.format("AZ CN") == "Azerbaijan; China"
    assert kind.check("c", {"c": "AZ XX"}) == "XX: no such country code (ISO 3166-1 alpha-2)."
    with pytest.raises(ValueError, match=r"^“Atlantis” is not a country"):
        kind.parse("Atlantis")


def test_flags_are_read_as_yes_and_no() -> None:
    assert [kinds.Flag().parse(text) for text in ("Yes", "no", "TRUE", "0", "")] == [1, 0, 1, 0, None]
    with pytest.raises(ValueError, match="Write yes or no"):
        kinds.Flag().parse("perhaps")
    assert kinds.Flag().check("x", {"x": 2}) is not None


@pytest.mark.parametrize("address", ADDRESSES)
def test_web_addresses_are_taken_as_they_are(address: str) -> None:
    assert kinds.Url().parse(address) == address
    assert kinds.Url().check("url", {"url": address}) is None


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_what_is_no_plain_web_address_is_refused(address: str) -> None:
    problem = kinds.Url().check("url", {"url": address})
    assert problem is not None
    assert problem.endswith(".")


def test_a_link_is_picked_and_never_typed() -> None:
    link = kinds.Link("person")
    with pytest.raises(ValueError, match="Pick a record from the list"):
        link.read("person_id", "Wang Yi")
    assert link.read("person_id", "", {"person_id": 5}) == {"person_id": None}
    assert link.check("person_id", {"person_id": "5"}) == "Pick a record from the list."
    with pytest.raises(ValueError, match="Edit these one by one"):
        kinds.Links("name", "person_id", "text").read("names", "x")


def test_a_party_is_a_record_or_printed_words_never_both() -> None:
    who = kinds.Party((("person", "person_id"), ("organisation", "organisation_id")), printed="printed")
    assert who.assign("person", 5) == {"person_id": 5, "organisation_id": None, "printed": None}
    assert who.read("who", " a   reader ") == {"person_id": None, "organisation_id": None, "printed": "a reader"}
    assert who.chosen({"organisation_id": 3}) == ("organisation", 3)
    assert "Only one of" in str(who.check("who", {"person_id": 1, "printed": "x"}))
    assert who.check("who", {"person_id": "x"}) == "Pick a record from the list."
    with pytest.raises(ValueError, match="Pick a record"):
        kinds.Party((("person", "person_id"),)).read("who", "somebody")

"""Declarations: bad ones are refused when the program starts; a row is judged by them."""

import pytest

from azcn_desktop.errors import Refused
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Amount, Choice, Date, Flag, Integer, Link, Links, Party, Text
from azcn_desktop.records.schema import Field, Problem, RecordType, Schema

NAME = Field("name", Text(10), "Name", is_required=True)
PERSON = RecordType("person", "Person", "People", ("name",), (NAME,), order=("name",))


def of(*fields: Field, name: str = "thing", title: tuple[str, ...] = ("name",), order: tuple[str, ...] = ()) -> Schema:
    """Return a schema of a person and one more type."""
    return Schema((PERSON, RecordType(name, "Thing", "Things", title, (NAME, *fields), order)))


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ([Field("name", Text(), "Again")], "column name is declared twice"),
        ([Field("Name", Text(), "Upper")], "Name is not a plain lower-case name"),
        ([Field('x"; DROP', Text(), "Evil")], "is not a plain lower-case name"),
        ([Field("uid", Text(), "Identity")], "uid is a column every table has"),
        ([Field("search_text", Text(), "Key")], "search_text is a column every table has"),
        ([Field("at", Date(), "At"), Field("at_lo", Text(), "Low")], "column at_lo is declared twice"),
        ([Field("who", Link("nobody"), "Who")], "refers to nobody, which is not declared"),
        ([Field("n", Integer(1, 5), "N", default=9)], "thing.n: the default is impossible"),
        ([Field("c", Choice(("a",)), "C", default="b")], "thing.c: the default is impossible"),
        ([Field("v", Amount(bound="hedge"), "V")], "thing.v: no field hedge beside it"),
        ([Field("v", Amount(unit="unit"), "V")], "thing.v: no field unit beside it"),
        ([Field("m", Links("nothing", "x", "y"), "M")], "no record type nothing"),
        ([Field("m", Links("person", "thing_id", "name"), "M")], "person.thing_id does not refer to thing"),
        ([Field("m", Links("person", "name", "name"), "M", is_required=True)], "has no column and can't be required"),
    ],
)
def test_a_bad_declaration_is_refused(fields: list[Field], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        of(*fields)


def test_titles_and_orders_must_be_declared() -> None:
    with pytest.raises(ValueError, match="no field title for the title"):
        of(title=("title",))
    with pytest.raises(ValueError, match="no column -year to sort by"):
        of(order=("-year",))
    with pytest.raises(ValueError, match="record type person is declared twice"):
        of(name="person")


def test_the_joining_table_of_a_links_field_is_checked() -> None:
    part = RecordType(
        "part", "Part", "Parts", ("n",),
        (Field("thing_id", Link("thing", owns=True), "Of"), Field("n", Integer(), "N"), Field("text", Text(), "T")),
        is_part=True,
    )  # fmt: skip

    def with_links(kind: Links) -> Schema:
        return Schema((part, RecordType("thing", "Thing", "Things", ("name",), (NAME, Field("parts", kind, "Parts")))))

    with pytest.raises(ValueError, match=r"part\.n is no party, link or text"):
        with_links(Links("part", "thing_id", "n"))
    with pytest.raises(ValueError, match="no column side"):
        with_links(Links("part", "thing_id", "text", (("side", "AZ"),)))


def test_one_optional_field_is_one_line() -> None:
    schema = of(Field("height_m", Integer(0), "Height"))
    assert list(schema["thing"].value_columns()) == ["name", "height_m"]
    assert schema["thing"].new_row() == {"name": None, "height_m": None}


def test_every_problem_of_a_row_is_told_with_its_field() -> None:
    record_type = of(Field("at", Date(), "At"), Field("is_new", Flag(), "New"))["thing"]
    assert record_type.check({"name": "", "at": "2018-02-30", "is_new": 5}) == [
        Problem("name", "This can't be empty."),
        Problem("at", "“2018-02-30” is not a day of the calendar."),
        Problem("is_new", "5 is not possible here; it must be between 0 and 1."),
    ]
    assert record_type.check({"name": "x", "at": "1066"}) == [
        Problem("at", "This date is far from our time. Is the year right?", is_warning=True)
    ]


def test_a_row_is_refused_with_a_sentence_per_field_but_never_for_a_warning() -> None:
    record_type = of(Field("at", Date(), "Day"))["thing"]
    with pytest.raises(Refused) as refused:
        record_type.refuse_bad({"name": None, "at": "x"})
    assert [name for name, _ in refused.value.problems] == ["name", "at"]
    assert str(refused.value).startswith("Name: This can't be empty. Day: “x” is not a date")
    record_type.refuse_bad({"name": "x", "at": "1066"})


def test_a_required_party_needs_one_of_its_columns() -> None:
    who = Field("who", Party((("person", "person_id"),), printed="printed"), "Who", is_required=True)
    record_type = of(who)["thing"]
    assert record_type.check({"name": "x"}) == [Problem("who", "This can't be empty.")]
    assert record_type.check({"name": "x", "printed": "y"}) == []


def test_fields_are_found_by_the_columns_they_own() -> None:
    figure = SCHEMA["figure"]
    for column, field_name in {"said_by_text": "said_by", "bound": "bound", "value": "value"}.items():
        found = figure.field_of_column(column)
        assert found is not None
        assert found.name == field_name
    assert figure.field_of_column("uid") is None
    assert not figure.has_field("said_by_text")


def test_the_catalogue_refers_to_what_it_declares_and_explains_every_field() -> None:
    assert {t.name for t, _ in SCHEMA.parts_of("meeting")} >= {"participation", "citation_link", "link"}
    assert ("post", "organisation_id") in [(t.name, column) for t, column in SCHEMA.referring("organisation")]
    unexplained = [f"{t.name}.{f.name}" for t in SCHEMA for f in t.fields if not f.help.endswith((".", "..."))]
    assert unexplained == []
    assert [t.name for t in SCHEMA if not t.help.endswith(".")] == []

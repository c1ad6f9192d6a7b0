"""Values are declared and behave as frozen dataclasses with slots; they are only compiled later."""

import dataclasses
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, replace
from typing import ClassVar

import pytest

from azcn_desktop.values import dataclass, field


@dataclass(frozen=True, slots=True)
class Flow:
    """What is sent."""

    reporter: str
    code: str = "27"
    notes: Mapping[str, str] = field(default_factory=dict)
    origin: str = field(default="customs", compare=False)
    unit: ClassVar[str] = "USD"

    @property
    def chapter(self) -> str:
        return self.code[:2]


@dataclass(frozen=True, slots=True)
class DatedFlow(Flow):
    """What is sent in a year; the code comes from the parent with another default."""

    code: str = "0810"
    year: int = 2024


@dataclass(frozen=True, slots=True)
class Share:
    """One number alone."""

    value: float


@dataclass(slots=True)
class Tally:
    """What changes as it goes."""

    count: int = 0
    twice: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.count


@dataclass(frozen=True, slots=True)
class Nothing:
    """No field at all."""


def test_a_value_is_made_by_place_and_by_name() -> None:
    flow = Flow("AZ", notes={"a": "b"})
    assert (flow.reporter, flow.code, flow.notes, flow.unit, flow.chapter) == ("AZ", "27", {"a": "b"}, "USD", "27")


def test_a_value_refuses_what_its_class_has_no_field_for_the_first_time_and_later() -> None:
    for _ in range(2):
        with pytest.raises(TypeError, match=r"Share.__init__.* 'value'"):
            Share()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
            Share(1.0, size=2)  # type: ignore[call-arg]


def test_each_value_gets_a_default_of_its_own() -> None:
    assert Flow("AZ").notes is not Flow("AZ").notes


def test_a_subclass_adds_fields_behind_those_of_its_parent_and_may_be_made_first() -> None:
    assert DatedFlow("CN", "01", {}, "web", 2023).year == 2023
    assert DatedFlow("CN").code == "0810"
    assert Flow("CN").code == "27"


def test_values_are_equal_by_content_within_one_class() -> None:
    assert Flow("AZ") == Flow("AZ")
    assert Flow("AZ") != Flow("CN")
    assert DatedFlow("AZ", "27") != Flow("AZ")
    assert Nothing() == Nothing()
    assert Flow("AZ", origin="web") == Flow("AZ", origin="customs")
    assert Share(1.0) == Share(1)
    assert hash(Share(1.0)) == hash(Share(1))
    assert len({Nothing(), Nothing()}) == 1


def test_a_value_can_not_be_changed() -> None:
    flow = Flow("AZ")
    with pytest.raises(FrozenInstanceError):
        flow.code = "01"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del flow.code
    with pytest.raises(FrozenInstanceError):
        flow.other = 1  # type: ignore[attr-defined]
    assert not hasattr(flow, "__dict__")


def test_what_is_not_frozen_changes_and_is_no_key() -> None:
    tally = Tally(3)
    assert (tally.twice, repr(tally)) == (6, "Tally(count=3)")
    tally.twice = 7
    assert tally == Tally(3)
    tally.count += 1
    assert tally == Tally(4)
    with pytest.raises(TypeError, match="unhashable"):
        hash(tally)


def test_a_value_shows_its_fields() -> None:
    assert repr(DatedFlow("AZ")) == "DatedFlow(reporter='AZ', code='0810', notes={}, origin='customs', year=2024)"


def test_the_standard_functions_take_a_value() -> None:
    flow = DatedFlow("AZ", year=2020)
    assert replace(flow, code="09") == DatedFlow("AZ", "09", {}, "web", 2020)
    assert [each.name for each in dataclasses.fields(Flow)] == ["reporter", "code", "notes", "origin"]
    assert dataclasses.asdict(Share(2.0)) == {"value": 2.0}
    match flow:
        case DatedFlow(reporter, code):
            assert (reporter, code) == ("AZ", "0810")


def test_a_method_of_the_class_itself_is_kept() -> None:
    @dataclass(frozen=True, slots=True)
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named("x")) == "x"


def test_another_form_is_refused() -> None:
    with pytest.raises(TypeError, match="standard library"):
        dataclass(frozen=True, slots=False)

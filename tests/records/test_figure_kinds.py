"""Growth and period of a figure: what is typed into one field fills those beside it, in every field alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.catalogue import FIGURE
from azcn_desktop.records.figure_kinds import Growth, Period
from azcn_desktop.records.kinds import Row, Value
from tests.store.value_corpus import NUMBERS

EMPTY = FIGURE.new_row()


def kind_of(name: str) -> Growth | Period:
    kind = FIGURE.field(name).kind
    assert isinstance(kind, Growth | Period)
    return kind


def typed(name: str, text: str, row: Row = EMPTY) -> dict[str, Value]:
    return dict(row) | kind_of(name).read(name, text, row)


def growth_of(row: Row) -> tuple[Value, Value, Value]:
    return row["growth_pct"], row["growth_multiple"], row["growth_bound"]


@pytest.mark.parametrize("name", ["growth_pct", "growth_multiple"])
@pytest.mark.parametrize(
    ("text", "growth"),
    [
        ("21 %", (21.0, None, None)),
        ("more than 21 percent", (21.0, None, "more_than")),
        ("2.3 times", (None, 2.3, None)),
        ("в 2,3 раза", (None, 2.3, None)),
        ("more than doubled", (None, 2.0, "more_than")),
    ],
)
def test_a_growth_lands_in_its_own_column_whichever_field_it_was_typed_into(
    name: str, text: str, growth: tuple[Value, Value, Value]
) -> None:
    assert growth_of(typed(name, text)) == growth


def test_a_bare_number_has_the_unit_of_its_field() -> None:
    assert growth_of(typed("growth_pct", "21")) == (21.0, None, None)
    assert growth_of(typed("growth_multiple", "2.3")) == (None, 2.3, None)


def test_what_the_field_showed_is_replaced_by_the_other_form() -> None:
    percent = typed("growth_pct", "over 21 %")
    multiple = typed("growth_pct", "2.3 times", percent)
    assert growth_of(multiple) == (None, 2.3, None)
    assert growth_of(typed("growth_pct", "21 %", multiple)) == (21.0, None, None)
    assert growth_of(typed("growth_pct", "", multiple)) == (None, None, None)
    assert growth_of(typed("growth_multiple", "40 %", multiple)) == (40.0, None, None)


def test_a_growth_stated_in_both_forms_keeps_the_one_that_is_not_edited() -> None:
    both = EMPTY | {"growth_pct": 130.0, "growth_multiple": 2.3, "growth_bound": "approx"}
    assert growth_of(typed("growth_pct", "131 %", both)) == (131.0, 2.3, None)
    assert growth_of(typed("growth_pct", "", both)) == (None, 2.3, "approx")
    assert growth_of(typed("growth_multiple", "", both)) == (130.0, None, "approx")


def test_the_growth_field_shows_a_multiple_where_no_percentage_is_stated() -> None:
    row = EMPTY | {"growth_multiple": 2.3, "growth_bound": "more_than"}
    assert kind_of("growth_pct").show("growth_pct", row) == "more than 2.3 times"
    assert kind_of("growth_multiple").show("growth_multiple", row) == "more than 2.3 times"
    assert kind_of("growth_multiple").show("growth_multiple", EMPTY | {"growth_pct": 21.0}) == ""
    assert kind_of("growth_pct").show("growth_pct", EMPTY | {"growth_pct": -5.5}) == "-5.5 %"


def test_the_value_of_one_column_refuses_the_other_form_and_says_where_it_belongs() -> None:
    assert kind_of("growth_pct").parse("up 21 percent") == 21.0
    assert kind_of("growth_pct").parse(" ") is None
    with pytest.raises(ValueError, match="is a multiple; this field holds a percentage"):
        kind_of("growth_pct").parse("2.3 times")
    with pytest.raises(ValueError, match="is a percentage; this field holds a multiple"):
        kind_of("growth_multiple").parse("21 %")


@pytest.mark.parametrize("name", ["growth_pct", "growth_multiple"])
@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_the_number_corpus_is_kept_exactly_or_refused(name: str, text: str, number: float | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match=r"\.$"):
            typed(name, text)
    else:
        assert typed(name, text)[name] == number


@given(st.floats(-1e15, 1e15, allow_subnormal=False), st.sampled_from(["growth_pct", "growth_multiple"]))
def test_a_growth_that_is_shown_is_read_as_it_is_stored(value: float, name: str) -> None:
    stored = abs(value) if name == "growth_multiple" else value + 0.0
    row = EMPTY | {name: stored, "growth_bound": "nearly"}
    kind = kind_of(name)
    assert dict(row) | kind.read(name, kind.edit_text(name, row) + " ", row) == row


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("21", ""),
        ("21 %", ""),
        ("21.5%", ""),
        ("up 21 percent", "growth of 21 per cent"),
        ("2.3 times", "2.3 times as much (130 per cent more)"),
    ],
)
def test_a_plain_percentage_needs_no_read_back(text: str, words: str) -> None:
    assert kind_of("growth_pct").read_back("growth_pct", text, EMPTY) == words


PERIOD = ("period", "period_start", "period_end", "period_kind", "as_of")


def period_of(row: Row) -> tuple[Value, ...]:
    return tuple(row[column] for column in PERIOD)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("2024年", ("2024", "2024-01", "2024-12", "year", None)),
        ("за 7 месяцев 2023 года", ("Jan–Jul 2023", "2023-01", "2023-07", "months", None)),
        ("2019-cu ilin birinci rübü", ("Q1 2019", "2019-01", "2019-03", "quarter", None)),
        ("as of 30 June 2025", ("as of 30 Jun 2025", "2025-06-30", "2025-06-30", "as_of", "2025-06-30")),
        ("some time  ago", ("some time ago", None, None, None, None)),
        ("", (None, None, None, None, None)),
    ],
)
def test_first_last_and_kind_follow_a_period_that_is_understood(text: str, columns: tuple[Value, ...]) -> None:
    assert period_of(typed("period", text)) == columns


def test_words_that_are_not_understood_leave_the_columns_alone() -> None:
    row = typed("period", "Q1 2019")
    assert period_of(typed("period", "the first weeks", row)) == (
        "the first weeks",
        "2019-01",
        "2019-03",
        "quarter",
        None,
    )


def test_a_stock_stays_one_when_its_date_is_written_anew() -> None:
    stock = EMPTY | {"period": "16 Apr 2025", "period_kind": "as_of"}
    assert period_of(typed("period", "17.04.2025", stock)) == (
        "17 Apr 2025", "2025-04-17", "2025-04-17", "as_of", "2025-04-17",
    )  # fmt: skip
    assert typed("period", "Q1 2025", stock)["period_kind"] == "quarter"


def test_a_period_whose_words_and_months_differ_is_doubted() -> None:
    row = typed("period", "Q1 2019")
    assert kind_of("period").warn("period", row) is None
    assert "2019-01 to 2019-03" in str(kind_of("period").warn("period", row | {"period_end": "2019-06"}))
    assert kind_of("period").warn("period", row | {"period": "some weeks"}) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024", ""),
        ("Q1 2025", "first quarter of 2025 (January 2025 to March 2025)"),
        ("soon", "words only; first and last month stay as they are"),
    ],
)
def test_a_period_is_read_back_unless_it_says_all_itself(text: str, words: str) -> None:
    assert kind_of("period").read_back("period", text, EMPTY) == words

"""Amounts as a quote gives them."""

from __future__ import annotations

import pytest

from azcn_desktop.exchange.reference_printed import printed_amount, proved_fields, stated_bound, stated_multiple
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Value


@pytest.mark.parametrize(
    ("quote", "value", "printed"),
    [
        ("nearly $942 million", 942e6, "nearly $942 million"),
        ("21 percent increase last year, reaching approximately $3.7 billion", 3.7e9, "approximately $3.7 billion"),
        ("21 percent increase last year, reaching approximately $3.7 billion", 21.0, "21 percent"),
        ("in 2011 it reached 1.086 billion", 1.086e9, "1.086 billion"),
        ("reached a noteworthy sum of $748,8 million", 748.8e6, "$748,8 million"),
        ("totalled $616,402 million in the first half", 616.402e6, "$616,402 million"),
        ("双边贸易额达15亿美元 增长104%", 1.5e9, "15亿美元"),
        ("превысил 950 миллионов долларов", 950e6, "превысил 950 миллионов долларов"),
        ("1,4 mld USD w 2021", 1.4e9, "1,4 mld USD"),
        ("10.2 milyon dollarlıq məhsul ixracı", 10.2e6, "10.2 milyon dollarlıq"),
        ("nearly five square kilometers of wasteland", 5.0, "nearly five square kilometers"),
        ("making China the fourth largest trade partner", 4.0, "fourth largest"),
        ("1,664 tons of coke in 62", 1664.0, "1,664 tons"),
        ("In 2023 turnover increased by 21% to $3.7", 3.7e9, "$3.7"),
    ],
)
def test_phrase_that_means_the_value_is_cut_out(quote: str, value: float, printed: str) -> None:
    assert printed_amount(quote, value) == printed


@pytest.mark.parametrize(
    ("quote", "value"),
    [
        ("in 2017 the trade turnover between the two countries amounted to", 1.3e9),
        ("exports in 2017 grew by 43%", 1.2e9),
        ("the shortest and most efficient route", None),
    ],
)
def test_other_numbers_of_a_quote_are_never_taken(quote: str, value: float | None) -> None:
    assert printed_amount(quote, value) is None


def test_more_than_is_told_from_over() -> None:
    assert stated_bound("over", "cooperates with more than 250 banks") == "more_than"
    assert stated_bound("over", "reaching over $1 billion") == "over"
    assert stated_bound("growth only", "") == "growth_only"


@pytest.mark.parametrize(
    ("text", "multiple"), [("grown by 2.3 times", 2.3), ("60.7-fold", 60.7), ("doubled", 2.0), ("by 26 percent", None)]
)
def test_multiples_are_read_from_words_of_growth(text: str, multiple: float | None) -> None:
    assert stated_multiple(text) == multiple


COUNTED = {"value": 3.7e9, "bound": "approx", "unit": "USD", "growth_pct": 21.0, "growth_bound": None}


@pytest.mark.parametrize(
    ("quote", "differing", "proved"),
    [
        ("21 percent increase, reaching approximately $3.7 billion", {}, ["value", "growth_pct"]),
        ("reaching approximately $3.7 billion", {}, ["value"]),
        ("grew by 21 per cent", {}, ["growth_pct"]),
        ("на 21% и составил примерно 3,7 млрд долларов", {}, ["value", "growth_pct"]),
        ("на 21% до примерно 3,7 млрд долларов", {}, ["growth_pct"]),
        ("增长21% 约37亿美元", {}, ["value", "growth_pct"]),
        ("reaching $3.7 billion", {}, []),
        ("approximately 3.7 billion", {}, []),
        ("approximately €3.7 billion", {}, []),
        ("approximately $3.8 billion, up 20 %", {}, []),
        ("increased by more than 21 percent", {}, []),
        ("increased by more than 21 percent", {"growth_bound": "more_than"}, ["growth_pct"]),
        ("In 2023 turnover increased to $3.7", {"bound": "exact"}, []),
        ("totalled $616,402 million", {"value": 616.402e6, "bound": "exact"}, []),
        ("1,664 tons of coke in 62", {"value": 62.0, "bound": "exact", "unit": "container"}, []),
        ("约37亿美元", {"bound": "exact"}, []),
        ("37亿美元左右", {"bound": "exact"}, []),
        ("37亿多美元", {"bound": "exact"}, []),
        ("less than $3.7 billion", {"bound": "exact"}, []),
        ("$3.7 billion or more", {"bound": "exact"}, []),
        ("超过21%", {}, []),
        ("up to 21 %", {}, []),
        ("", {}, []),
    ],
)
def test_a_field_is_proved_by_its_very_words_with_unit_and_hedge(
    quote: str, differing: dict[str, Value], proved: list[str]
) -> None:
    found = list(proved_fields(SCHEMA["figure"], COUNTED | differing, quote))
    assert [name for name, _, _ in found] == proved
    assert {role for _, _, role in found} <= {"supports"}
    assert {name: shown for name, shown, _ in found}.get("growth_pct") in (None, "21 %", "more than 21 %")

"""Figures for one thing that differ: who meets whom, how far apart, and the likely cause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.evidence.conflicts import Disagreement, conflicts
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.words import CONFLICT_CAUSE
from tests.evidence.builders import figure, months


def only(figures: list[Figure]) -> Disagreement:
    """Return the only disagreement."""
    (found,) = conflicts(figures)
    return found


def cause(first: Figure, second: Figure, *around: Figure) -> str:
    """Return the cause for which the second figure differs from the first."""
    found = [d for d in conflicts([first, second, *around]) if second.key in d.keys]
    (member,) = [member for d in found for member in d.members if member.key == second.key]
    assert member.why
    return member.cause


def other(key: int, value: float, year: int = 2024, **columns: Value) -> Figure:
    """Make a figure that nobody preferred."""
    return figure(key, value, year, **{"rank": "normal"} | columns)


def test_equal_figures_do_not_disagree() -> None:
    assert conflicts([figure(1, 3.1e9), other(2, 3.1e9), other(3, 3.1e9, statistics_side="CN")]) == []


def test_unlike_periods_never_meet() -> None:
    assert conflicts([figure(1, 3.1e9), other(2, 1.3e9, **months(2024, 1, 5)), other(3, 2.2e9, 2023)]) == []


def test_members_stand_with_the_preferred_first_and_the_spread_in_per_cent() -> None:
    found = only([other(1, 1.2e9), figure(2, 1.25e9), other(3, 1.0e9, statistics_side="CN")])
    assert [member.key for member in found.members] == [2, 1, 3]
    assert found.preferred == 2
    assert found.spread_pct == pytest.approx(25.0)
    assert [(side.side, side.keys, side.preferred) for side in found.sides] == [("AZ", (1, 2), 2), ("CN", (3,), None)]


def test_spread_counts_only_what_can_not_be_reconciled() -> None:
    found = only([figure(1, 4.87e9), other(2, 4e9, bound="over")])
    assert (found.spread_pct, found.is_compatible) == (0.0, True)
    found = only([figure(1, 4.87e9), other(2, 3e9, bound="over"), other(3, 4.5e9)])
    assert (found.spread_pct, found.is_compatible) == (pytest.approx(100 * 0.37 / 4.5), False)


def test_figures_joined_as_the_same_value_stand_once() -> None:
    found = only([figure(1, 3.1e9), other(2, 3.1e9, head=1), other(3, 2.2e9)])
    assert [(member.key, member.twins) for member in found.members] == [(1, (2,)), (3, ())]
    assert found.keys == (1, 2, 3)


@pytest.mark.parametrize(
    ("expected", "columns"),
    [
        ("rounding", {"value": 3.7e9}),
        ("rounding", {"value": 3.0e9, "bound": "over"}),
        ("exchange_rate", {"value": 26.9e9, "unit": "CNY"}),
        ("misprint", {"value": 3_744_000.0}),
        ("misprint", {"value": 3.9e9, "printed": "$3,912 million million", "bound": "exact"}),
        ("valuation", {"value": 3.4e9, "valuation": "FOB"}),
        ("origin", {"value": 2.4e9, "statistics_side": "CN"}),
        ("wrong_year", {"value": 3.1e9}),
        ("wrong_year", {"value": 4.87e9, "statistics_side": "unspecified"}),
        ("publication", {"value": 3.5e9, "published": "2025-01-20"}),
        ("unknown", {"value": 3.5e9}),
    ],
)
def test_cause_is_suggested(expected: str, columns: dict[str, Value]) -> None:
    first = figure(1, 3.744e9, published="2025-04-22", valuation="CIF")
    around = (figure(10, 3.1e9, 2023), figure(11, 4.87e9, 2025))
    if columns.get("printed"):
        columns = {"value": 3.9e9, "printed": "$3,900 billion", "bound": "exact"}
    value = columns["value"]
    assert isinstance(value, float)
    second = other(2, value, **{k: v for k, v in columns.items() if k != "value"})
    assert cause(first, second, *around) == expected


def test_a_number_cut_off_is_rounding_by_its_cause_but_does_not_agree() -> None:
    found = only([figure(1, 1.78e9), other(2, 1.7e9)])
    assert (found.members[1].cause, found.members[1].agrees, found.is_settled) == ("rounding", False, False)


def test_a_part_by_link_differs_by_coverage() -> None:
    assert cause(figure(1, 2.1e9), other(2, 1.9e9, wholes=(1,))) == "coverage"


def test_running_counts_of_one_year_meet_and_differ_by_what_they_count() -> None:
    stock: dict[str, Value] = {
        "topic": "investment", "measure": "Cumulative investment", "flow": "az_to_cn", "period_kind": "as_of",
        "is_cumulative": 1, "statistics_side": "unspecified",
    }  # fmt: skip
    day: dict[str, Value] = {"period_start_lo": "2024-09-25", "period_end_hi": "2024-09-25"}
    assert cause(figure(1, 2.1e9, **stock, **day), other(2, 0.3e9, **stock)) == "coverage"
    assert cause(figure(1, 942.3e6, **stock, **day), other(2, 812.4e6, **stock)) == "period"


def test_growths_are_compared_apart_from_values_in_percentage_points() -> None:
    found = only([figure(1, 3.1e9, growth_pct=43.5), other(2, 3.1e9, growth_pct=21.0)])
    assert found.quantity == "growth"
    assert found.spread_pct == pytest.approx(22.5)


def test_per_cent_for_times_are_a_misprint() -> None:
    found = only([figure(1, 1.1e9, growth_multiple=2.6), other(2, 1.1e9, growth_pct=2.6)])
    assert found.cause == "misprint"


def test_a_persons_judgement_wins_over_the_suggestion_and_settles() -> None:
    found = only([figure(1, 3.744e9), other(2, 3.1e9, conflict_cause="coverage", rank_reason="Without gas.")])
    member = found.members[1]
    assert (member.cause, member.why, member.is_judged, found.is_settled) == ("coverage", "Without gas.", True, True)


def test_only_deprecated_figures_that_differ_leave_nothing_to_decide() -> None:
    assert only([figure(1, 3.744e9), other(2, 3.1e9, rank="deprecated")]).is_settled
    assert not only([figure(1, 3.744e9), other(2, 3.1e9)]).is_settled


def test_printed_thousands_misplaced_show_without_another_figure() -> None:
    found = only([figure(1, 616_402_000.0, printed="$616,402 million")])
    assert (found.cause, found.spread_pct, found.members[0].against) == ("misprint", None, None)


@st.composite
def any_figures(draw: st.DrawFn) -> list[Figure]:
    """Return figures of a few things with all that tells causes apart."""
    return [
        figure(
            key, float(draw(st.integers(-5, 60))) * 1e8, draw(st.integers(2023, 2024)),
            unit=draw(st.sampled_from(["USD", "CNY"])),
            bound=draw(st.sampled_from(["exact", "approx", "over", "at_most", "nearly"])),
            statistics_side=draw(st.sampled_from(["AZ", "CN", "unspecified"])),
            rank=draw(st.sampled_from(["preferred", "normal", "deprecated"])),
            growth_pct=draw(st.sampled_from([None, 2.5, 40.0])),
            growth_multiple=draw(st.sampled_from([None, 2.5])),
            head=draw(st.integers(0, 3)), published=draw(st.sampled_from(["", "2024-01-01", "2025-01-01"])),
        )
        for key in range(1, draw(st.integers(2, 9)))
    ]  # fmt: skip


@given(any_figures())
def test_every_disagreement_is_whole_and_no_figure_stands_twice(figures: list[Figure]) -> None:
    found = conflicts(figures)
    for quantity in ("value", "growth"):
        keys = [key for d in found if d.quantity == quantity for key in d.keys]
        assert len(keys) == len(set(keys))
    for disagreement in found:
        references = [member for member in disagreement.members if member.against is None]
        assert references == [disagreement.members[0]]
        assert all(member.cause in (*CONFLICT_CAUSE.words, "") for member in disagreement.members)
        assert all(bool(member.cause) == bool(member.why) for member in disagreement.members)
        assert {key for side in disagreement.sides for key in side.keys} == {m.key for m in disagreement.members}

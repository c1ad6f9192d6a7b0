"""Which of several figures is drawn, and how hedges are drawn."""

from typing import Any

import pytest

from azcn_desktop.charts.figures import Judge, grouped, hedge, hedge_of_range, printed_digits, read_figures
from azcn_desktop.charts.trade import bound_of, value_of
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

YEAR = {
    "measure": "Trade", "flow": "turnover", "topic": "trade", "period": "2023", "period_kind": "year", "unit": "USD",
    "period_start": "2023-01", "period_end": "2023-12", "statistics_side": "AZ", "side_basis": "inferred",
}  # fmt: skip


def add(store: Store, **values: Any) -> int:
    """Store a figure for turnover in 2023."""
    notice = store.apply(edits.create(store, "figure", YEAR | values))
    return notice.new_keys[-1]


def chosen(store: Store) -> int | None:
    """Return the key of the figure that is drawn, of all that are stored."""
    (group,) = grouped(read_figures(store, Query("figure")))
    found = Judge(store).choose(group, value_of, bound_of)
    return found.figure.key if found else None


def test_preferred_figure_wins_over_everything(store: Store) -> None:
    add(store, value=3.1e9, side_basis="stated")
    preferred = add(store, value=2e9, bound="over", rank="preferred")
    assert chosen(store) == preferred


def test_deprecated_figure_is_never_drawn(store: Store) -> None:
    add(store, value=3.7e9, rank="deprecated", side_basis="stated")
    assert chosen(store) is None
    other = add(store, value=3.1e9, bound="over")
    assert chosen(store) == other


def test_stated_side_goes_before_inferred_one(store: Store) -> None:
    add(store, value=3.123e9)
    stated = add(store, value=3e9, side_basis="stated", bound="over")
    assert chosen(store) == stated


def test_exact_number_goes_before_hedged_one(store: Store) -> None:
    add(store, value=3.123e9, bound="nearly")
    exact = add(store, value=3e9)
    assert chosen(store) == exact


def test_value_of_most_sources_goes_before_more_digits(store: Store) -> None:
    """Three texts say 3.1 bn and one says 3.744 bn: 3.1 bn is drawn, not the lone one."""
    lone = add(store, value=3.744e9)
    first = add(store, value=3.1e9)
    add(store, value=3.1e9)
    assert chosen(store) == first
    assert chosen(store) != lone


def test_same_value_in_joined_texts_counts_once(store: Store) -> None:
    keys = [add(store, value=3.1e9) for _ in range(3)]
    lone = add(store, value=3.744e9)
    for key in keys[1:]:
        store.apply(edits.add_link(store, "same_value_as", ("figure", key), ("figure", keys[0])))
    assert chosen(store) == lone


def test_latest_source_decides_between_equals(store: Store) -> None:
    old = add(store, value=3.1e9)
    new = add(store, value=3.2e9)
    store.apply(edits.cite(store, "figure", old, {"publisher": "A", "published": "2024-05"}))
    store.apply(edits.cite(store, "figure", new, {"publisher": "B", "published": "2024-06-01"}))
    assert chosen(store) == new


def test_lowest_identity_decides_in_the_end(store: Store) -> None:
    keys = [add(store, value=3.1e9), add(store, value=3.2e9)]
    uids = dict(store.select(Query("figure"), ("id", "uid")))
    assert chosen(store) == min(keys, key=lambda key: str(uids[key]))


def test_other_units_and_sides_are_figures_for_something_else(store: Store) -> None:
    add(store, value=3.1e9)
    add(store, value=22e9, unit="CNY")
    add(store, value=2.2e9, statistics_side="CN")
    add(store, value=1e9, product="hybrid cars")
    assert len(grouped(read_figures(store, Query("figure")))) == 4


@pytest.mark.parametrize(
    ("value", "digits"), [(3_744_000_000, 4), (1_300_000_000, 2), (417_800_000, 4), (0.5, 1), (0, 0), (None, 0)]
)
def test_printed_digits_are_the_significant_ones(value: float | None, digits: int) -> None:
    assert printed_digits(value) == digits


def test_about_is_a_band_and_nearly_a_band_below() -> None:
    glyph, low, high = hedge(3.7e9, "approx", None, None)
    assert (glyph, low, high) == ("about", pytest.approx(3.6075e9), pytest.approx(3.7925e9))
    glyph, low, high = hedge(2e9, "nearly", None, None)
    assert (glyph, low, high) == ("about", pytest.approx(1.5e9), 2e9)


def test_over_is_an_arrow_up_and_at_most_one_down() -> None:
    for bound in ("over", "more_than", "at_least"):
        assert hedge(1e9, bound, None, None) == ("at_least", 1e9, 1e9)
    assert hedge(1e9, "at_most", None, None) == ("at_most", 1e9, 1e9)
    assert hedge(1e9, None, None, None) == ("exact", 1e9, 1e9)


def test_a_stated_range_is_taken_as_it_is() -> None:
    assert hedge(10.0, "approx", 8.0, 11.0) == ("about", 8.0, 11.0)


def test_a_computed_number_is_as_hedged_as_what_it_comes_from() -> None:
    inf = float("inf")
    assert hedge_of_range(5.0, 5.0) == ("exact", None, None)
    assert hedge_of_range(4.0, 5.0) == ("about", 4.0, 5.0)
    assert hedge_of_range(4.0, inf) == ("at_least", None, None)
    assert hedge_of_range(-inf, 4.0) == ("at_most", None, None)
    assert hedge_of_range(-inf, inf) == ("about", None, None)


def test_links_in_a_ring_are_one_cluster(store: Store) -> None:
    keys = [add(store, value=3.1e9) for _ in range(3)]
    changes = [
        change
        for n, key in enumerate(keys)
        for change in edits.add_link(store, "same_value_as", ("figure", key), ("figure", keys[n - 1])).changes
    ]
    for change in changes:
        store.apply(ChangeSet("Link", (change,)))
    assert set(Judge(store).twins.values()) == {min(keys)}

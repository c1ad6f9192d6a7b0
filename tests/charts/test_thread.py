"""The thread of a dossier: order, room for every card, and gaps in words."""

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.charts.thread import gap_words, thread_places, thread_table
from azcn_desktop.store.dossiers import Item

CARD, BETWEEN, GAP = 200.0, 12.0, 100.0


def item(date: str, key: int = 1) -> Item:
    return Item(key, "meeting", key, f"Meeting {key}", date, "Held", "step", key)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2024-03-26", "2024-04-09", ""),
        ("2024", "2025-02", ""),
        ("2024-03-01", "2024-09-03", "6 months"),
        ("2021-12", "2023-01", "1 year"),
        ("2018-05-22?", "2021-08-22", "3 years 3 months"),
        ("2024-03-01", "", "Without a date"),
        ("", "", ""),
    ],
)
def test_a_long_gap_is_said_in_words(before: str, after: str, words: str) -> None:
    assert gap_words(item(before), item(after)) == words


dates = st.dates(min_value=datetime.date(1992, 1, 1), max_value=datetime.date(2030, 1, 1))


@given(st.lists(dates, min_size=1, max_size=30), st.booleans())
def test_no_card_covers_another_and_words_of_gaps_find_room(days: list, both: bool) -> None:
    line = [item(day.isoformat(), n) for n, day in enumerate(sorted(days))]
    places = thread_places(line, CARD, BETWEEN, GAP, both_sides=both)
    assert len(places) == len(line)
    for side in (True, False):
        middles = [place.x for place in places if place.is_above is side]
        assert all(second - first >= CARD + BETWEEN - 1e-6 for first, second in itertools.pairwise(middles))
    for first, second in itertools.pairwise(places):
        assert first.x < second.x
        if second.gap:
            assert second.x - first.x >= GAP
            assert first.x < second.gap_x < second.x
    assert places[0].x >= CARD / 2


def test_the_table_holds_every_record() -> None:
    table = thread_table([item("2024-03-26", 1), item("", 2)], {"meeting": "Meeting"})
    assert table.rows == (
        ("26 March 2024", "Meeting", "Meeting 1", "Held", "step"),
        ("Without a date", "Meeting", "Meeting 2", "Held", "step"),
    )
    assert table.keys == ((1,), (2,))

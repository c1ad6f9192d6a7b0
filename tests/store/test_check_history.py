"""Looks at a commitment, newest first; removing one gives back what the look before it found."""

from __future__ import annotations

import datetime

import pytest

from azcn_desktop.store import edits
from azcn_desktop.store.check_history import looks, remove_look
from azcn_desktop.store.query import parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import edit, make

TREND = {"publisher": "Trend", "title": "House opens"}


@pytest.fixture
def commitment(store: Store) -> int:
    """Make an open commitment."""
    return make(store, "commitment", what="Open a trade house", made_on="2018-05-22")


def look(store: Store, key: int, found: str, day: str, finding: str | None = None) -> None:
    """Record a look."""
    values = {"status": found, "checked_on": day, "finding": finding}
    store.apply(edits.check(store, "commitment", key, values, TREND, "opened"))


def status(store: Store, key: int) -> object:
    """Return the stored status."""
    record = store.get("commitment", key)
    assert record is not None
    return record.values["status"]


def remove_newest(store: Store, key: int) -> None:
    store.apply(remove_look(store, "commitment", key, looks(store, "commitment", key)[0].key))


def test_looks_come_newest_first_with_their_sources(store: Store, commitment: int) -> None:
    look(store, commitment, "in_progress", "2020", "Rooms were rented.")
    look(store, commitment, "kept", "2021-03-02")
    found = looks(store, "commitment", commitment)
    assert [(each.found, each.checked_on, each.finding) for each in found] == [
        ("kept", "2021-03-02", ""), ("in_progress", "2020", "Rooms were rented.")
    ]  # fmt: skip
    assert [citation.publisher for each in found for citation in each.citations] == ["Trend", "Trend"]


def test_a_look_older_than_the_newest_is_history_and_leaves_the_status(store: Store, commitment: int) -> None:
    look(store, commitment, "kept", "2021-03-02")
    look(store, commitment, "in_progress", "2020")
    assert status(store, commitment) == "kept"
    assert [each.found for each in looks(store, "commitment", commitment)] == ["kept", "in_progress"]


def test_a_second_look_of_the_same_day_counts_as_the_newer_one(store: Store, commitment: int) -> None:
    look(store, commitment, "in_progress", "2021-03-02")
    look(store, commitment, "kept", "2021-03-02")
    assert status(store, commitment) == "kept"


def test_removing_looks_goes_back_one_by_one_to_the_status_before_any(store: Store, commitment: int) -> None:
    look(store, commitment, "in_progress", "2020")
    look(store, commitment, "kept", "2021-03-02")
    remove_newest(store, commitment)
    assert status(store, commitment) == "in_progress"
    remove_newest(store, commitment)
    assert status(store, commitment) == "open"
    assert looks(store, "commitment", commitment) == []
    store.undo()
    assert status(store, commitment) == "in_progress"
    assert looks(store, "commitment", commitment)[0].citations[0].quote == "opened"


def test_removing_an_older_look_leaves_the_status(store: Store, commitment: int) -> None:
    look(store, commitment, "in_progress", "2020")
    look(store, commitment, "kept", "2021-03-02")
    store.apply(remove_look(store, "commitment", commitment, looks(store, "commitment", commitment)[1].key))
    assert status(store, commitment) == "kept"


def test_a_shipped_status_comes_back_when_its_only_look_goes(filled_store: Store) -> None:
    _, key = filled_store.find_reference("C002") or ("", 0)
    before = status(filled_store, key)
    n_before = len(looks(filled_store, "commitment", key))
    look(filled_store, key, "kept", "2026-01-01")
    assert status(filled_store, key) == "kept"
    remove_newest(filled_store, key)
    assert status(filled_store, key) == before
    assert len(looks(filled_store, "commitment", key)) == n_before


def test_a_record_without_a_checked_field_has_no_looks(store: Store) -> None:
    assert looks(store, "meeting", make(store, "meeting", title="Visit")) == []


def overdue(store: Store) -> list[int]:
    return store.keys(parse_query("is:overdue", store.schema["commitment"]))


def upcoming(store: Store) -> list[int]:
    return store.keys(parse_query("is:upcoming", store.schema["commitment"]))


def test_what_is_due_at_a_meeting_is_overdue_when_the_meeting_has_passed(store: Store) -> None:
    meeting = make(store, "meeting", title="Visit", date="2026-05-30", date_end="2026-06-02", status="held")
    tied = make(store, "commitment", what="Sign during the visit", due_meeting_id=meeting)
    assert (overdue(store), upcoming(store)) == ([], [tied])  # the visit goes on: today is 1 June 2026
    edit(store, "meeting", meeting, date_end="2026-05-31")
    assert (overdue(store), upcoming(store)) == ([tied], [])


def test_a_day_of_its_own_comes_before_that_of_the_meeting(store: Store) -> None:
    meeting = make(store, "meeting", title="Visit", date="2026-05-01", status="held")
    make(store, "commitment", what="Sign later", due_meeting_id=meeting, due="2026-12")
    assert overdue(store) == []


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_a_meeting_that_did_not_take_place_makes_nothing_overdue(store: Store, state: str) -> None:
    meeting = make(store, "meeting", title="Visit", date="2026-05-01", status=state)
    make(store, "commitment", what="Sign", due_meeting_id=meeting)
    assert overdue(store) == []


@pytest.mark.parametrize(
    ("due", "last_day"),
    [
        ("end of 2026", "2026-12-31"), ("до конца 2026 года", "2026-12-31"), ("2026年底前", "2026-12-31"),
        ("2026-cı ilin sonu", "2026-12-31"), ("Q3 2026", "2026-09-30"), ("autumn 2025", "2025-11-30"),
        ("winter 2025-2026", "2026-02-28"), ("mid 2026", "2026-08-31"), ("by the end of May 2026", "2026-05-31"),
    ],
)  # fmt: skip
def test_what_is_due_in_a_span_is_overdue_only_after_its_last_day(store: Store, due: str, last_day: str) -> None:
    key = make(store, "commitment", what="Finish", **store.schema["commitment"].field("due").kind.read("due", due))
    last = datetime.date.fromisoformat(last_day)
    found = [
        overdue(Store(store.database, store.schema, lambda day=day: day))  # type: ignore[misc]
        for day in (last.replace(day=1), last, last + datetime.timedelta(1))
    ]
    assert found == [[], [], [key]]

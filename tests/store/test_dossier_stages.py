"""The stage that a thread has reached last, computed from the records on its line and their dated steps."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, export
from azcn_desktop.progress import Progress
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import dossiers, edits
from azcn_desktop.store.query import Condition, Query, parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import add, make


@pytest.fixture
def wish(store: Store) -> int:
    return make(store, "commitment", what="Electric buses", made_on="2024-03", statement_class="wish")


@pytest.fixture
def thread(store: Store, wish: int) -> int:
    """Make a thread of a wish alone."""
    return store.apply(dossiers.add_records(store, "Electric buses", [("commitment", wish)])).new_keys[-1]


def reached(store: Store, dossier: int) -> tuple[str, str]:
    record = store.get("dossier", dossier)
    assert record is not None
    return record.show("last_stage"), record.show("last_stage_on")


def join(store: Store, dossier: int, table: str, **values: Value) -> int:
    key = make(store, table, **values)
    store.apply(dossiers.add_records(store, dossier, [(table, key)]))
    return key


def check(store: Store, commitment: int, status: str, day: str) -> None:
    add(store, "commitment_check", commitment_id=commitment, status=status, checked_on=day)


def test_an_open_promise_has_come_no_further_than_what_was_said(store: Store, thread: int) -> None:
    assert reached(store, thread) == ("Wish", "March 2024")


def test_the_latest_record_tells_the_stage_and_its_day(store: Store, thread: int) -> None:
    join(store, thread, "agreement", title="Framework on buses", signed_on="2024-07-03", status="signed")
    assert reached(store, thread) == ("Signed", "3 July 2024")


def test_a_step_behind_the_record_counts_on_its_own_day(store: Store, thread: int) -> None:
    key = join(store, thread, "agreement", title="Framework", signed_on="2024-07-03", status="in_force")
    join(store, thread, "project", name="Depot", status_as_of="2024-09-01", status="design")
    assert reached(store, thread) == ("Design", "1 September 2024")
    add(store, "agreement_event", agreement_id=key, stage="in_force", date="2025-02")
    assert reached(store, thread) == ("In force", "February 2025")


def test_a_check_moves_the_stage_unless_it_found_nothing_new(store: Store, thread: int, wish: int) -> None:
    check(store, wish, "unknown", "2025-06-01")
    assert reached(store, thread) == ("Wish", "March 2024")
    check(store, wish, "kept", "2025-07-01")
    assert reached(store, thread) == ("Kept", "1 July 2025")


def test_what_lies_ahead_or_in_the_trash_has_not_been_reached(store: Store, thread: int) -> None:
    join(store, thread, "meeting", title="Summit", date="2999-01-01", status="planned")
    assert reached(store, thread) == ("Wish", "March 2024")
    plan = join(store, thread, "project", name="Plant", status_as_of="2025", status="announced")
    assert reached(store, thread) == ("Announced", "2025")
    store.apply(edits.to_trash(store, "project", [plan]))
    assert reached(store, thread) == ("Wish", "March 2024")


def test_that_people_met_is_a_stage_only_where_nothing_else_is_known(store: Store, thread: int) -> None:
    join(store, thread, "meeting", title="Talks on buses", date="2025-10", status="held")
    assert reached(store, thread) == ("Wish", "March 2024")
    talks = make(store, "meeting", title="Talks on trams", date="2025-10", status="held")
    only_talks = store.apply(dossiers.add_records(store, "Trams", [("meeting", talks)])).new_keys[-1]
    assert reached(store, only_talks) == ("Held", "October 2025")


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Direct flights from Baku to Beijing", ("Partly kept", "28 October 2025")),
        ("The intergovernmental commission, session by session", ("Signed", "16 April 2025")),
        ("The 230 MW solar plant in Qobustan (Garadagh)", ("Operating", "26 October 2023")),
        ("Hazelnuts and almonds for China", ("Drafted", "October 2025")),
    ],
)
def test_shipped_threads_show_the_stage_that_a_reader_would_name(
    filled_store: Store, title: str, stage: tuple[str, str]
) -> None:
    (key,) = filled_store.keys(Query("dossier", conditions=(Condition("title", "is", (title,)),)))
    assert reached(filled_store, key) == stage


def test_a_published_figure_is_no_stage(store: Store, thread: int) -> None:
    join(store, thread, "figure", measure="Buses built", value=100, unit="bus", as_of="2025-03-01", period_kind="as_of")
    assert reached(store, thread) == ("Wish", "March 2024")


def test_a_thread_without_records_has_reached_nothing(store: Store) -> None:
    assert reached(store, make(store, "dossier", title="Empty")) == ("", "")


def test_stages_are_sorted_along_the_ladder_and_filtered(store: Store, thread: int) -> None:
    framework = make(store, "agreement", title="Framework", signed_on="2023-07-03", status="signed")
    other = store.apply(dossiers.add_records(store, "Aluminium", [("agreement", framework)])).new_keys[-1]
    assert store.keys(Query("dossier", sort="last_stage")) == [thread, other]
    assert store.keys(Query("dossier", sort="-last_stage_on")) == [thread, other]
    assert store.keys(parse_query("last_stage:signed", store.schema["dossier"])) == [other]
    assert store.keys(parse_query("last_stage_on:2024", store.schema["dossier"])) == [thread]


def test_the_stage_goes_out_with_every_export(store: Store, thread: int, tmp_path: Path) -> None:
    target = tmp_path / "dossiers.csv"
    export(store, ExportRequest((TableRequest(Query("dossier")),), target), Progress())
    (row,) = csv.DictReader(target.read_text("utf-8-sig").splitlines())
    assert (row["last_stage"], row["last_stage_on"]) == ("wish", "2024-03")

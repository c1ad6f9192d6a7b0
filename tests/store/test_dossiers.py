"""Dossiers: records of any kind in the order of time, and steps that undo takes back one by one."""

from __future__ import annotations

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.store import dossiers, edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import make


@pytest.fixture
def thread(store: Store) -> int:
    """Make the thread of the buses: wish, proposal and framework, added in the wrong order."""
    framework = make(store, "agreement", title="Framework on buses", signed_on="2024-07-03")
    wish = make(store, "commitment", what="Electric buses", made_on="2024-03", statement_class="wish")
    proposal = make(store, "commitment", what="A bus plant", made_on="2024-06-10", statement_class="proposal")
    records = [("agreement", framework), ("commitment", wish), ("commitment", proposal)]
    return store.apply(dossiers.add_records(store, "Electric buses", records)).new_keys[-1]


def titles(store: Store, dossier: int) -> list[str]:
    return [item.title for item in dossiers.items(store, dossier)]


def summary(store: Store, dossier: int) -> list[str]:
    record = store.get("dossier", dossier)
    assert record is not None
    return [record.show(name) for name in ("record_count", "first_on", "last_on")]


def test_records_stand_in_the_order_of_their_dates(store: Store, thread: int) -> None:
    assert titles(store, thread) == ["Electric buses", "A bus plant", "Framework on buses"]
    assert [item.stage for item in dossiers.items(store, thread)] == ["Wish · Open", "Proposal · Open", "Signed"]
    assert summary(store, thread) == ["3", "March 2024", "3 July 2024"]


def test_making_a_dossier_and_filling_it_is_one_step(store: Store, thread: int) -> None:
    store.undo()
    assert store.keys(Query("dossier")) == []
    store.redo()
    assert len(titles(store, thread)) == 3


def test_a_record_joins_only_once(store: Store, thread: int) -> None:
    item = dossiers.items(store, thread)[0]
    with pytest.raises(UserError, match="in “Electric buses” already"):
        dossiers.add_records(store, thread, [(item.table, item.record_key)])
    meeting = make(store, "meeting", title="Visit", date="2024-05")
    store.apply(dossiers.add_records(store, thread, [(item.table, item.record_key), ("meeting", meeting)]))
    assert titles(store, thread) == ["Electric buses", "Visit", "A bus plant", "Framework on buses"]


def test_a_note_a_removal_and_a_move_are_one_step_each(store: Store, thread: int) -> None:
    first = dossiers.items(store, thread)[0]
    store.apply(dossiers.annotate(store, first, " wish "))
    assert dossiers.items(store, thread)[0].note == "wish"
    store.apply(dossiers.take_out(store, first))
    assert titles(store, thread) == ["A bus plant", "Framework on buses"]
    store.undo()
    assert dossiers.items(store, thread)[0].note == "wish"
    store.undo()
    assert dossiers.items(store, thread)[0].note == ""


def test_only_records_of_one_day_change_places(store: Store, thread: int) -> None:
    _, _, last = dossiers.items(store, thread)
    with pytest.raises(UserError, match="order of their dates"):
        dossiers.move(store, thread, last, -1)
    same = make(store, "meeting", title="Signing", date="2024-07-03")
    store.apply(dossiers.add_records(store, thread, [("meeting", same)]))
    assert titles(store, thread)[2:] == ["Framework on buses", "Signing"]
    store.apply(dossiers.move(store, thread, dossiers.items(store, thread)[3], -1))
    assert titles(store, thread)[2:] == ["Signing", "Framework on buses"]
    store.undo()
    assert titles(store, thread)[2:] == ["Framework on buses", "Signing"]


def test_what_has_no_date_stands_last(store: Store, thread: int) -> None:
    project = make(store, "project", name="Bus plant")
    store.apply(dossiers.add_records(store, thread, [("project", project)]))
    assert titles(store, thread)[-1] == "Bus plant"
    assert summary(store, thread)[0] == "4"


def test_an_edit_of_a_record_moves_it_on_the_line(store: Store, thread: int) -> None:
    wish = dossiers.items(store, thread)[0]
    store.apply(edits.edit_field(store, "commitment", wish.record_key, "made_on", {"made_on": "2025"}))
    assert titles(store, thread)[-1] == "Electric buses"
    assert summary(store, thread)[2] == "2025"


def test_dossiers_are_sorted_and_filtered_by_what_is_computed(store: Store, thread: int) -> None:
    make(store, "dossier", title="Empty")
    dossier = store.schema["dossier"]
    assert store.keys(parse_query("record_count:>2", dossier)) == [thread]
    assert store.keys(Query("dossier", sort="-last_on"))[0] == thread
    assert store.keys(parse_query("first_on:2024", dossier)) == [thread]


def test_a_record_tells_in_which_dossiers_it_stands(store: Store, thread: int) -> None:
    item = dossiers.items(store, thread)[0]
    (related,) = store.related(item.table, item.record_key)
    assert (related.relation, related.table, related.title) == ("in dossiers", "dossier", "Electric buses")
    assert {each.relation for each in store.related("dossier", thread)} == {"on this line"}


def test_sources_and_people_do_not_join(store: Store) -> None:
    assert dossiers.can_join(store, "meeting")
    assert not dossiers.can_join(store, "source")
    assert dossiers.joinable_tables(store) == ("meeting", "agreement", "project", "figure", "commitment")

"""The one way to write: all of a step or nothing, compared with what is on disk and judged by the declaration."""

import pytest

from azcn_desktop.errors import Conflict, Refused
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.store.builders import add, dump, edit, make, party, reopen
from tests.store.value_corpus import TEXTS


def one(table: str, key: int, before: dict[str, Value] | None, after: dict[str, Value] | None) -> ChangeSet:
    """Return a step of one row."""
    return ChangeSet("Step", (Change(table, key, before, after),))


def test_a_step_is_written_and_told(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held", date="2018-05")
    notice = store.apply(one("meeting", key, {"title": "Talks"}, {"title": "Consultations"}))
    assert notice == ChangeNotice({"meeting": frozenset({key})}, frozenset({"title"}), "Step", {})
    record = store.get("meeting", key)
    assert record is not None
    assert (record.title, record.values["rev"], record.values["date_hi"]) == ("Consultations", 2, "2018-05-31")
    assert store.keys(Query("meeting", ("consult",))) == [key]


def test_a_refused_row_refuses_the_whole_step_and_leaves_every_byte(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    before = store.path.read_bytes()
    step = ChangeSet(
        "Two",
        (
            Change("person", -1, None, {"name": "Wang Yi"}),
            Change("meeting", key, {"status": "held"}, {"status": "dreamt", "title": None}),
        ),
    )
    with pytest.raises(Refused) as refused:
        store.apply(step)
    assert [name for name, _ in refused.value.problems] == ["title", "status"]
    assert store.path.read_bytes() == before
    assert store.keys(Query("person")) == []


def test_a_row_that_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    mine = edits.edit_field(store, "meeting", key, "title", {"title": "Mine"})
    other = reopen(store.path)
    edit(other, "meeting", key, title="Theirs")
    other.close()
    with pytest.raises(Conflict, match=r"^Meeting of this meeting was changed meanwhile, so nothing was written"):
        store.apply(mine)
    assert store.titles("meeting", [key]) == {key: "Theirs"}


def test_another_field_of_the_same_row_is_no_conflict(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    mine = edits.edit_field(store, "meeting", key, "city", {"city": "Bakı"})
    edit(store, "meeting", key, title="Theirs")
    store.apply(mine)
    record = store.get("meeting", key)
    assert record is not None
    assert (record.title, record.values["city"]) == ("Theirs", "Bakı")


def test_a_row_that_is_gone_is_a_conflict(store: Store) -> None:
    for step in (one("meeting", 99, {"title": "x"}, {"title": "y"}), one("meeting", 99, {"title": "x"}, None)):
        with pytest.raises(Conflict, match=r"^This meeting no longer exists\."):
            store.apply(step)


def test_a_row_that_is_still_referred_to_cannot_be_deleted(store: Store) -> None:
    key = make(store, "person", name="Wang Yi")
    add(store, "name", person_id=key, text="王毅")
    before = dump(store)
    with pytest.raises(Conflict, match="still refers to this one"):
        store.apply(one("person", key, {}, None))
    assert dump(store) == before


def test_an_identity_that_is_there_already_is_a_conflict(store: Store) -> None:
    store.apply(one("person", -1, None, {"uid": "U", "name": "One"}))
    with pytest.raises(Conflict, match="A record of the same identity is there already"):
        store.apply(one("person", -1, None, {"uid": "U", "name": "Two"}))


def test_placeholders_become_ids_throughout_the_step(store: Store) -> None:
    step = ChangeSet(
        "Many",
        (
            Change("person", -1, None, {"name": "Wang Yi"}),
            Change("meeting", -2, None, SCHEMA["meeting"].new_row() | {"title": "Talks"}),
            Change("participation", -3, None, {"meeting_id": -2, "person_id": -1, "side": "CN"}),
            Change("meeting", -2, {"city": None}, {"city": "Beijing"}),
        ),
    )
    notice = store.apply(step)
    assert notice.new_keys == {-1: 1, -2: 1, -3: 1}
    record = store.get("meeting", 1)
    assert record is not None
    assert (record.show("participants_cn"), record.show("city")) == ("Wang Yi", "Beijing")
    store.undo()
    assert store.keys(Query("person")) == store.keys(Query("meeting")) == []
    store.redo()
    assert store.keys(Query("meeting", ("wang yi",))) == [1]


def test_a_step_in_which_nothing_differs_is_no_step(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    before = store.path.read_bytes()
    notice = store.apply(one("meeting", key, {"title": "Talks"}, {"title": "Talks"}))
    assert notice.tables == {}
    assert store.path.read_bytes() == before
    assert store.journal.next_undo() == (1, "New meeting Talks")


def test_a_column_that_does_not_exist_is_a_bug_and_not_sql(store: Store) -> None:
    with pytest.raises(ValueError, match="person has no column name"):
        store.apply(one("person", -1, None, {'name") VALUES (1); --': "x"}))


def test_an_image_without_all_columns_is_taken_back_whole(store: Store) -> None:
    """What a step names as before is what it expects; what is taken back is what was there."""
    key = make(store, "meeting", title="Talks", status="held", city="Bakı")
    before = dump(store)
    store.apply(one("meeting", key, {}, {"title": "Other", "city": None}))
    store.undo()
    assert dump(store) == before
    store.apply(one("meeting", key, {}, None))
    store.undo()
    assert dump(store) == before


def test_an_id_is_never_used_again(store: Store) -> None:
    first = make(store, "person", name="First")
    store.apply(one("person", first, {}, None))
    second = make(store, "person", name="Second")
    assert second > first
    assert [step.label for step in store.history("person", second)] == ["New person Second"]


def test_numbers_texts_and_nothing_stay_apart_in_the_journal(store: Store) -> None:
    key = make(store, "figure", measure="1", topic="trade", value=1.0, low=None, printed="1.0", is_cumulative=1)
    image = store.history("figure", key)[0].change_set.changes[0].after
    assert image is not None
    found = {name: (image[name], type(image[name])) for name in ("measure", "value", "low", "printed", "is_cumulative")}
    assert found == {
        "measure": ("1", str), "value": (1.0, float), "low": (None, type(None)), "printed": ("1.0", str),
        "is_cumulative": (1, int),
    }  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_note_comes_back_byte_for_byte_also_by_undo_and_redo(store: Store, text: str) -> None:
    key = make(store, "meeting", title="Talks", status="held", note=text)
    edit(store, "meeting", key, note="other")
    store.undo()
    record = store.get("meeting", key)
    assert record is not None
    assert record.values["note"] == text
    store.undo()
    store.redo()
    record = store.get("meeting", key)
    assert record is not None
    assert record.values["note"] == text


@pytest.mark.parametrize("value", [0.0, -0.0, 5e-324, 1e300, 0.1, 2**53 - 1, 1234.56789012345, 1e-7])
def test_a_number_comes_back_exactly(store: Store, value: float) -> None:
    key = make(store, "figure", measure="x", topic="trade", value=value)
    assert store.database.one("SELECT value FROM figure WHERE id = ?", (key,)) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "5", 2**70])
def test_a_number_that_would_change_is_refused(store: Store, value: Value) -> None:
    with pytest.raises(Refused, match=r"^Value: This "):
        make(store, "figure", measure="x", topic="trade", value=value)


def test_what_newer_rules_refuse_can_still_be_put_into_the_trash(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    store.database.execute("UPDATE meeting SET status = 'dreamt' WHERE id = ?", (key,))
    store.apply(edits.to_trash(store, "meeting", [key]))
    assert store.keys(Query("meeting")) == []


def test_a_link_to_nothing_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict, match="is gone"):
        add(store, "participation", meeting_id=99, side="AZ", **party("participation", "who", None, None, "x"))

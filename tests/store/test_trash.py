"""The trash: records go there with what belongs to them, come back, and are removed for good only on demand."""

import pytest

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import add, dump, edit, make, party


def to_trash(store: Store, table: str, *keys: int) -> None:
    store.apply(edits.to_trash(store, table, keys))


def test_a_record_comes_back_from_the_trash_with_its_links(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    add(store, "participation", meeting_id=meeting, side="AZ", **party("participation", "who", None, None, "x"))
    store.apply(edits.cite(store, "meeting", meeting, {"publisher": "Trend"}))
    before = dump(store)
    to_trash(store, "meeting", meeting)
    assert store.trash_titles() == [("Meeting", "Talks")]
    assert store.titles("meeting", [meeting]) == {meeting: "Talks (in trash)"}
    store.apply(edits.from_trash(store, "meeting", [meeting]))
    assert dump(store) == before
    assert store.trash_titles() == []


def test_putting_a_record_into_the_trash_twice_is_a_conflict(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    to_trash(store, "meeting", meeting)
    with pytest.raises(Conflict):
        to_trash(store, "meeting", meeting)


def test_emptying_removes_the_record_with_all_that_belongs_to_it(store: Store) -> None:
    before = dump(store)
    meeting = make(store, "meeting", title="Talks", status="held")
    other = make(store, "meeting", title="Other", status="held")
    add(store, "participation", meeting_id=meeting, side="AZ", **party("participation", "who", None, None, "x"))
    store.apply(edits.cite(store, "meeting", meeting, {"publisher": "Trend"}, "quote"))
    store.apply(edits.add_link(store, "related", ("meeting", meeting), ("meeting", other)))
    to_trash(store, "meeting", meeting)
    notice = store.empty_trash()
    assert {"meeting", "participation", "citation_link", "link"} <= set(notice.tables)
    left = dump(store)
    assert [row["title"] for row in left["meeting"]] == ["Other"]
    assert [left[table] for table in ("participation", "citation_link", "link")] == [[], [], []]
    assert [row["publisher"] for row in left["source"]] == ["Trend"]
    assert store.database.all("PRAGMA foreign_key_check") == []
    assert set(before) == set(left)


def test_references_from_other_records_become_printed_words_that_are_found(store: Store) -> None:
    person = make(store, "person", name="Şahin Mustafayev")
    figure = make(store, "figure", measure="x", topic="trade", **party("figure", "said_by", "person", person))
    meeting = make(store, "meeting", title="Talks", status="held")
    add(store, "participation", meeting_id=meeting, side="AZ", **party("participation", "who", "person", person))
    to_trash(store, "person", person)
    notice = store.empty_trash()
    assert set(notice.tables) >= {"person", "figure", "participation"}
    found, talks = store.get("figure", figure), store.get("meeting", meeting)
    assert found is not None
    assert talks is not None
    assert (found.show("said_by"), found.is_unresolved("said_by")) == ("Şahin Mustafayev", True)
    assert (talks.show("participants_az"), talks.is_unresolved("participants_az")) == ("Şahin Mustafayev", True)
    assert store.keys(parse_query("mustafayev", store.schema["figure"])) == [figure]
    assert store.keys(parse_query("sahin", store.schema["meeting"])) == [meeting]


def test_a_reference_that_takes_no_words_becomes_empty(store: Store) -> None:
    ministry = make(store, "organisation", name="Ministry")
    agency = make(store, "organisation", name="Agency", parent_id=ministry)
    to_trash(store, "organisation", ministry)
    store.empty_trash()
    record = store.get("organisation", agency)
    assert record is not None
    assert record.values["parent_id"] is None


def test_records_that_refer_to_each_other_can_go_together(store: Store) -> None:
    ministry = make(store, "organisation", name="Ministry")
    agency = make(store, "organisation", name="Agency", parent_id=ministry)
    edit(store, "organisation", ministry, parent_id=agency)
    to_trash(store, "organisation", ministry, agency)
    store.empty_trash()
    assert dump(store)["organisation"] == []


def test_a_source_takes_its_citations_along_and_leaves_the_record_unsourced(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    store.apply(edits.cite(store, "meeting", meeting, {"publisher": "Trend"}, "quote"))
    (source,) = store.keys(Query("source"))
    to_trash(store, "source", source)
    store.empty_trash()
    assert store.citations("meeting", meeting) == []
    assert store.keys(parse_query("is:unsourced", store.schema["meeting"])) == [meeting]


def test_undo_ends_for_removed_records_and_goes_on_for_all_others(store: Store) -> None:
    kept = make(store, "meeting", title="Kept", status="held")
    gone = make(store, "person", name="Gone")
    edit(store, "meeting", kept, city="Bakı")
    figure = make(store, "figure", measure="x", topic="trade")
    edit(store, "figure", figure, **party("figure", "said_by", "person", gone))
    edit(store, "figure", figure, printed="5 billion")
    to_trash(store, "person", gone)
    store.empty_trash()
    assert [label for _, label, _ in store.journal.labels()] == [
        "Edit as printed of x", "Edit said by of x", "New figure x", "Edit city of Kept", "New meeting Kept",
    ]  # fmt: skip
    full = dump(store)
    for _ in range(5):
        store.undo()
    assert store.journal.next_undo() is None
    assert {table: rows for table, rows in dump(store).items() if rows} == {}
    for _ in range(5):
        store.redo()
    assert dump(store) == full
    record = store.get("figure", figure)
    assert record is not None
    assert (record.show("said_by"), record.show("printed")) == ("Gone", "5 billion")


def test_what_was_shipped_keeps_the_words_of_a_removed_person(store: Store) -> None:
    person = make(store, "person", name="Gone")
    values = {"measure": "x", "topic": "trade", **party("figure", "said_by", "person", person)}
    figure = make(store, "figure", **values)
    store.remember_shipped([("T001", "figure", figure, store.schema["figure"].new_row() | values)])
    edit(store, "figure", figure, **party("figure", "said_by", None, None, "somebody"))
    to_trash(store, "person", person)
    store.empty_trash()
    store.apply(edits.set_back(store, "figure", figure))
    record = store.get("figure", figure)
    assert record is not None
    assert record.show("said_by") == "Gone"
    assert edits.shipped_difference(store, "figure", figure) == {}


def test_a_step_that_needs_what_was_removed_is_closed(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    store.apply(edits.cite(store, "meeting", meeting, {"publisher": "Trend"}))
    (view,) = store.citations("meeting", meeting)
    store.apply(edits.uncite(store, "meeting", meeting, view.citation_key))
    to_trash(store, "source", view.source_key)
    store.empty_trash()
    assert [label for _, label, _ in store.journal.labels()] == ["New meeting Talks"]
    store.undo()
    assert store.keys(Query("meeting")) == []


def test_an_undone_step_of_a_removed_record_cannot_be_redone(store: Store) -> None:
    gone = make(store, "person", name="Gone")
    to_trash(store, "person", gone)
    edit(store, "person", gone, country="AZ")
    store.undo()
    store.empty_trash()
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()


def test_emptying_is_all_or_nothing_and_names_what_is_in_the_way(store: Store) -> None:
    source = make(store, "source", publisher="Trend", title="News")
    dataset = make(store, "dataset", title="Trade", source_id=source)
    commodity = make(store, "organisation", name="Other")
    to_trash(store, "source", source)
    to_trash(store, "organisation", commodity)
    store.database.execute("UPDATE dataset SET title = NULL WHERE id = ?", (dataset,))
    before = dump(store)
    with pytest.raises(UserError):
        store.empty_trash()
    assert dump(store) == before


def test_emptying_an_empty_trash_changes_nothing(store: Store) -> None:
    make(store, "person", name="x")
    before = dump(store)
    assert store.empty_trash().tables == {}
    assert dump(store) == before


def test_a_removed_part_in_the_trash_goes_without_its_owner(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    part = add(store, "participation", meeting_id=meeting, side="AZ", **party("participation", "who", None, None, "x"))
    step = Change("participation", part, {"deleted_at": None}, {"deleted_at": "2026-01-01T00:00:00Z"})
    store.apply(ChangeSet("Hide", (step,)))
    assert store.rows("meeting", [meeting])[0].show("participants_az") == ""
    store.empty_trash()
    assert store.keys(Query("meeting")) == [meeting]
    assert store.parts("meeting", meeting)["participation"] == []

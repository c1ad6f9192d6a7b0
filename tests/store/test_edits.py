"""What a person can do to records, their history, and the way back to what was shipped."""

import pytest

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.store.builders import add, dump, edit, make, party


@pytest.fixture
def meeting(store: Store) -> int:
    """A meeting with two participants, another name behind one of them, and a source."""
    key = make(store, "meeting", title="Tenth session", status="held", date="2025-04-16")
    person = make(store, "person", name="Şahin Mustafayev")
    store.apply(
        edits.add_member(
            store,
            "meeting",
            key,
            "participants_az",
            party("participation", "who", "person", person),
            {"role": "Deputy PM"},
        )
    )
    store.apply(edits.add_member(store, "meeting", key, "participants_cn", {"printed": "a Chinese delegation"}))
    store.apply(edits.cite(store, "meeting", key, {"publisher": "Trend", "url": "https://a.az/x"}, "was held"))
    return key


def test_a_step_that_makes_a_record_names_it_once(store: Store) -> None:
    assert edits.create(store, "meeting", {"title": "New meeting"}).label == "New meeting"
    assert edits.create(store, "meeting", {"title": "Tenth session"}).label == "New meeting Tenth session"


def test_a_copy_has_the_parts_and_sources_but_no_history(store: Store, meeting: int) -> None:
    copied = store.apply(edits.duplicate(store, "meeting", meeting)).new_keys[-1]
    one, other = store.get("meeting", meeting), store.get("meeting", copied)
    assert one is not None
    assert other is not None
    assert other.title == "Tenth session (copy)"
    assert one.uid != other.uid
    assert [label.text for label in other.labels["participants_az"]] == ["Şahin Mustafayev"]
    assert other.labels["participants_az"][0].detail == "Deputy PM"
    assert [view.source_key for view in store.citations("meeting", copied)] == [1]
    assert [step.label for step in store.history("meeting", copied)] == ["Duplicate Tenth session"]


def test_a_copy_of_a_source_without_a_name_leaves_out_what_the_program_keeps(store: Store) -> None:
    source = make(store, "source", title="News", text_raw="x" * 5_000, sha256="0" * 64)
    copied = store.apply(edits.duplicate(store, "source", source)).new_keys[-1]
    record = store.get("source", copied)
    assert record is not None
    assert [record.values[name] for name in ("publisher", "title", "text_raw", "sha256")] == [None, "News", None, None]


def test_links_are_seen_from_both_ends(store: Store, meeting: int) -> None:
    agreement = make(store, "agreement", title="Protocol", status="signed")
    store.apply(edits.add_link(store, "signed_at", ("agreement", agreement), ("meeting", meeting)))
    assert [(r.relation, r.table, r.title) for r in store.related("agreement", agreement)] == [
        ("signed at", "meeting", "Tenth session")
    ]
    (seen,) = [r for r in store.related("meeting", meeting) if r.table == "agreement"]
    assert (seen.relation, seen.title, seen.part_table) == ("signed here", "Protocol", "link")
    assert [(r.relation, r.title) for r in store.related("person", 1)] == [("took part in", "Tenth session")]


def test_a_source_is_taken_off_a_record_and_stays(store: Store, meeting: int) -> None:
    (view,) = store.citations("meeting", meeting)
    store.apply(edits.uncite(store, "meeting", meeting, view.citation_key))
    assert store.citations("meeting", meeting) == []
    assert store.keys(Query("source")) == [view.source_key]
    store.undo()
    assert store.citations("meeting", meeting) == [view]


def test_editing_what_is_gone_is_a_conflict(store: Store) -> None:
    for step in (edits.duplicate, edits.set_back):
        with pytest.raises(Conflict, match=r"^This meeting no longer exists\.$"):
            step(store, "meeting", 99)


def test_the_history_tells_of_the_record_and_of_what_belongs_or_belonged_to_it(store: Store, meeting: int) -> None:
    part = store.parts("meeting", meeting)["participation"][0].key
    edit(store, "participation", part, role="Prime Minister")
    edit(store, "meeting", meeting, city="Bakı")
    make(store, "meeting", title="Other", status="held")
    store.apply(edits.remove_part(store, "participation", part, "Remove participant"))
    edit(store, "meeting", meeting, city="Beijing")
    store.undo()
    steps = store.history("meeting", meeting)
    assert [step.label for step in steps] == [
        "Remove participant", "Edit city of Tenth session", "Edit role of Şahin Mustafayev",
        "Add source to Tenth session", "Add to China of Tenth session", "Add to Azerbaijan of Tenth session",
        "New meeting Tenth session",
    ]  # fmt: skip
    change = steps[1].change_set.changes[0]
    assert (change.before, change.after) == ({"city": None}, {"city": "Bakı"})
    assert sorted(step.at for step in steps) == [step.at for step in reversed(steps)]


def test_an_image_is_told_with_the_names_behind_its_links(store: Store) -> None:
    person = make(store, "person", name="Wang Yi")
    figure = store.schema["figure"]
    assert store.label_of(figure, "said_by", party("figure", "said_by", "person", person)) == "Wang Yi"
    assert store.label_of(figure, "said_by", party("figure", "said_by", "person", 99)) == "a record that was removed"
    assert store.label_of(figure, "said_by", party("figure", "said_by", None, None, "a reader")) == "a reader"
    assert store.label_of(store.schema["organisation"], "parent_id", {"parent_id": None}) == ""


@pytest.fixture
def shipped(store: Store) -> int:
    """A meeting as it is shipped: with a participant, both remembered."""
    step = ChangeSet(
        "First build",
        (
            Change("meeting", -1, None, store.schema["meeting"].new_row() | {"title": "Shipped", "uid": "M"}),
            Change("participation", -2, None, {"uid": "P", "meeting_id": -1, "side": "AZ", "printed": "x"}),
        ),
        "shipped",
    )
    keys = store.apply(step).new_keys
    meeting, part = keys[-1], keys[-2]

    def image(table: str, key: int) -> dict[str, object]:
        record = store.get(table, key)
        assert record is not None
        return {"uid": record.uid} | {column: record.values[column] for column in record.record_type.value_columns()}

    store.remember_shipped(
        [
            ("M001", "meeting", meeting, image("meeting", meeting)),  # type: ignore[list-item]
            ("M099", "meeting", meeting, None),
            ("M001/P1", "participation", part, image("participation", part)),  # type: ignore[list-item]
        ]
    )
    return meeting


def test_shipped_records_are_found_by_their_reference(store: Store, shipped: int) -> None:
    assert store.find_reference(" m001 ") == store.find_reference("M099") == ("meeting", shipped)
    assert store.find_reference("M002") is None
    assert store.find_uid("M") == ("meeting", shipped)
    assert store.find_uid("nobody") is None


def test_a_changed_record_shows_it_and_is_set_back_with_its_parts_as_one_step(store: Store, shipped: int) -> None:
    before = dump(store)
    assert edits.shipped_difference(store, "meeting", shipped) == {}
    assert edits.changed_parts(store, "meeting", shipped) == []
    edit(store, "meeting", shipped, title="Changed")
    part = store.parts("meeting", shipped)["participation"][0].key
    store.apply(edits.remove_part(store, "participation", part, "Remove"))
    store.apply(edits.add_member(store, "meeting", shipped, "participants_cn", {"printed": "another"}))
    changed = dump(store)
    assert edits.shipped_difference(store, "meeting", shipped) == {"title": ("Shipped", "Changed")}
    assert len(edits.changed_parts(store, "meeting", shipped)) == 2
    store.apply(edits.set_back(store, "meeting", shipped))
    for table in before:
        kept = [{name: value for name, value in row.items() if name != "created_at"} for row in dump(store)[table]]
        assert kept == [{name: value for name, value in row.items() if name != "created_at"} for row in before[table]]
    store.undo()
    assert dump(store) == changed


def test_an_own_record_was_never_shipped(store: Store, meeting: int) -> None:
    assert store.shipped_values("meeting", meeting) is None
    assert edits.shipped_difference(store, "meeting", meeting) == {}
    assert edits.changed_parts(store, "meeting", meeting) == []


def test_long_titles_are_shortened_in_the_undo_menu(store: Store) -> None:
    key = make(store, "meeting", title="x" * 300, status="held")
    label = edits.edit_field(store, "meeting", key, "city", {"city": "Bakı"}).label
    assert label == f"Edit city of {'x' * 47}…"
    assert edits.to_trash(store, "meeting", [key, key]).label == "Delete 2 meetings"


def test_steps_keep_the_capitals_of_countries_and_abbreviations(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    added = edits.add_member(store, "meeting", key, "participants_az", {"printed": "x"})
    assert added.label == "Add to Azerbaijan of Talks"
    assert edits.edit_field(store, "meeting", key, "date_basis", {"date_basis": None}).label == "Edit date is of Talks"
    source = make(store, "source", publisher="Trend")
    assert "Edit SHA-256 of" in edits.edit_field(store, "source", source, "sha256", {"sha256": None}).label


def test_a_part_remembers_its_office_and_a_record_shows_ten_megabytes_cut(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held", note="ə" * 10_000_000)
    assert len(str(store.rows("meeting", [key])[0].values["note"])) == 500
    record = store.get("meeting", key)
    assert record is not None
    assert record.values["note"] == "ə" * 10_000_000
    add(store, "name", person_id=make(store, "person", name="x"), text="y")
    assert store.rows("person", [1])[0].show("names") == "y"

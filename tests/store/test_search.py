"""The one search over all records: where it looks, what it puts first, what it leaves out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.search import Hit, Search, search_words, snippet
from azcn_desktop.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    database = Database.create(tmp_path / "search.db")
    upgrade(database, SCHEMA)
    found = Store(database)
    yield found
    found.close()


def make(store: Store, table: str, **values: Value) -> int:
    return store.apply(edits.create(store, table, values)).new_keys[-1]


def add(store: Store, table: str, **values: Value) -> int:
    row = store.schema[table].new_row() | values
    return store.apply(ChangeSet("Add", (Change(table, -1, None, row),))).new_keys[-1]


def hits(store: Store, text: str) -> list[Hit]:
    return [hit for group in Search(store).find(text) for hit in group.hits]


def test_accents_and_the_azerbaijani_letters_are_folded(store: Store) -> None:
    key = make(store, "meeting", title="Talks in Bakı on Ələt port", status="held")
    for text in ("baki", "BAKI", "elet", "ələt port"):
        assert [(hit.table, hit.key) for hit in hits(store, text)] == [("meeting", key)]


def test_two_chinese_characters_are_found_inside_a_longer_name(store: Store) -> None:
    person = make(store, "person", name="Wang Yi")
    add(store, "name", person_id=person, text="中华人民共和国外交部长王毅", script="Hani")
    (hit,) = hits(store, "王毅")
    assert (hit.table, hit.key, hit.title) == ("person", person, "Wang Yi")
    assert hit.matched == "Also named: 中华人民共和国外交部长王毅"


def test_a_title_that_begins_with_the_text_stands_first(store: Store) -> None:
    inside = make(store, "project", name="Extension of the Alat port", status="planned")
    begins = make(store, "project", name="Port of Baku", status="planned")
    whole = make(store, "project", name="Port", status="planned")
    assert [hit.key for hit in hits(store, "port")] == [whole, begins, inside]


def test_all_words_must_be_found_but_not_in_one_place(store: Store) -> None:
    key = make(store, "meeting", title="Commission, 10th session", city="Bakı", date="2025-04-16", status="held")
    make(store, "meeting", title="Commission, 9th session", city="Beijing", date="2023-04-16", status="held")
    assert [hit.key for hit in hits(store, "commission baki")] == [key]
    assert [hit.key for hit in hits(store, "commission 2025")] == [key]
    assert hits(store, "commission tokyo") == []


def test_quotes_and_printed_titles_are_found_and_named_as_such(store: Store) -> None:
    key = make(store, "agreement", title="Protocol of the commission", status="signed")
    source = {"publisher": "Trend", "title": "Sides meet", "url": "https://example.az/1"}
    store.apply(edits.cite(store, "agreement", key, source, "both sides agreed on a working group"))
    citation = store.citations("agreement", key)[0]
    add(
        store,
        "citation_link",
        citation_id=citation.citation_key,
        agreement_id=key,
        field_name="title",
        printed="Memorandum on silk road",
        role="contradicts",
    )
    (quoted,) = hits(store, '"working group"')
    assert (quoted.table, quoted.key, quoted.matched) == (
        "agreement",
        key,
        "Quote: both sides agreed on a working group",
    )
    (printed,) = hits(store, "silk road")
    assert (printed.key, printed.matched) == (key, "Printed: Memorandum on silk road")


def test_the_text_of_a_source_is_searched(store: Store) -> None:
    key = add(store, "source", publisher="Xinhua", title="Untold", text_clean="A long text about mulberry seedlings.")
    (hit,) = hits(store, "mulberry")
    assert (hit.table, hit.key, hit.matched) == ("source", key, "Text: A long text about mulberry seedlings.")


def test_printed_participants_lead_to_their_meeting(store: Store) -> None:
    key = make(store, "meeting", title="Round of talks", status="held")
    add(store, "participation", meeting_id=key, printed="Chinese officials", role="delegation", side="CN")
    (hit,) = hits(store, "officials")
    assert (hit.table, hit.key, hit.matched) == ("meeting", key, "Participant: Chinese officials")


def test_figures_are_found_by_the_label_of_their_flow(store: Store) -> None:
    key = make(store, "figure", measure="trade", flow="az_exports", period="2024", topic="trade")
    make(store, "figure", measure="trade", flow="az_imports", period="2024", topic="trade")
    assert [hit.key for hit in hits(store, "azerbaijani exports 2024")] == [key]


def test_what_lies_in_the_trash_is_left_out(store: Store) -> None:
    key = make(store, "meeting", title="Forgotten", status="held")
    store.apply(edits.to_trash(store, "meeting", [key]))
    assert hits(store, "forgotten") == []


def test_a_reference_id_is_found_first(store: Store) -> None:
    key = make(store, "meeting", title="First meeting", status="held")
    store.remember_shipped([("M001", "meeting", key, {"title": "First meeting"})])
    (hit,) = hits(store, "m001")
    assert (hit.table, hit.key, hit.title) == ("meeting", key, "First meeting")


def test_a_group_tells_how_many_there_are_beyond_the_limit(store: Store) -> None:
    for number in range(5):
        make(store, "meeting", title=f"Round {number}", status="held")
    (group,) = Search(store).find("round", limit=2)
    assert (len(group.hits), group.total) == (2, 5)


def test_signs_of_the_pattern_language_are_plain_text(store: Store) -> None:
    make(store, "meeting", title="Plain", status="held")
    key = make(store, "meeting", title="Growth of 50% in_force", status="held")
    assert [hit.key for hit in hits(store, "50%")] == [key]
    assert [hit.key for hit in hits(store, "in_force")] == [key]
    assert [hit.key for hit in hits(store, "%")] == [key]


@pytest.mark.parametrize(("text", "words"), [("", []), ("  ", []), ('"a b" C', ["a b", "c"]), ('"open', ["open"])])
def test_words_and_phrases_are_told_apart(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_a_snippet_shows_the_words_around_the_place() -> None:
    text = "The first part of a rather long text. " * 3 + "Here stands Bakı in the middle. " + "More words. " * 10
    found = snippet(text, "baki")
    assert "Bakı" in found
    assert found.startswith("…")
    assert found.endswith("…")
    assert len(found) <= 95

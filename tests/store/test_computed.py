"""What the store computes of a record's evidence follows every edit, and is shown, sorted and filtered alike."""

from __future__ import annotations

import pytest

from azcn_desktop.records.kinds import Computed
from azcn_desktop.records.schema import RecordType
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import add, edit, make

MEETING = {"title": "Tenth session", "status": "held"}


def cite(store: Store, table: str, key: int, source: int, **link: str) -> None:
    """Give a record a source."""
    new_keys = store.apply(edits.cite(store, table, key, source, "as printed")).new_keys
    for column, value in link.items():
        edit(store, "citation_link", new_keys[-3], **{column: value})


def shown(store: Store, table: str, key: int, name: str) -> str:
    """Return a computed field as it is read."""
    record = store.get(table, key)
    assert record is not None
    return record.show(name)


def test_a_copy_of_a_text_is_no_second_source(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    first = make(store, "source", publisher="Global Times", country="CN")
    copy = make(store, "source", publisher="AzerNews", country="AZ", origin_source_id=first)
    copy_of_copy = make(store, "source", publisher="MENAFN", country="JO", origin_source_id=copy)
    for source in (copy, copy_of_copy):
        cite(store, "meeting", meeting, source)
    assert shown(store, "meeting", meeting, "independent_sources") == "1"
    assert shown(store, "meeting", meeting, "confirmed_by") == "Chinese source"
    cite(store, "meeting", meeting, make(store, "source", publisher="Trend", country="AZ"))
    assert shown(store, "meeting", meeting, "independent_sources") == "2"
    assert shown(store, "meeting", meeting, "confirmed_by") == "Both sides"


def test_a_later_copy_confirms_nothing_later_than_its_original(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    first = make(store, "source", publisher="Trend", country="AZ", published="2023-09-27")
    copy = make(store, "source", publisher="AzerNews", published="2026-02-18", origin_source_id=first)
    undated = make(store, "source", publisher="Report", country="AZ")
    later_copy = make(store, "source", publisher="MENAFN", published="2023-10-02", origin_source_id=undated)
    cite(store, "meeting", meeting, copy)
    assert shown(store, "meeting", meeting, "confirmed_on") == "27 September 2023"
    cite(store, "meeting", meeting, later_copy)
    assert shown(store, "meeting", meeting, "confirmed_on") == "2 October 2023", "of an undated original its copy tells"


def test_what_contradicts_a_record_does_not_confirm_it(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    cite(store, "meeting", meeting, make(store, "source", publisher="Trend", country="AZ"), role="contradicts")
    assert shown(store, "meeting", meeting, "independent_sources") == "0"
    assert shown(store, "meeting", meeting, "confirmed_by") == ""


def test_a_source_in_the_trash_confirms_nothing_until_it_is_restored(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    source = make(store, "source", publisher="Trend", country="AZ", published="2025-04-16")
    cite(store, "meeting", meeting, source)
    store.apply(edits.to_trash(store, "source", [source]))
    assert shown(store, "meeting", meeting, "independent_sources") == "0"
    assert shown(store, "meeting", meeting, "confirmed_on") == ""
    store.undo()
    assert shown(store, "meeting", meeting, "independent_sources") == "1"
    assert shown(store, "meeting", meeting, "confirmed_on") == "16 April 2025"


def test_confidence_is_the_highest_of_the_supporting_citations(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    for step in (1, 3):
        source = make(store, "source", publisher="Trend")
        citation = store.apply(edits.cite(store, "meeting", meeting, source)).new_keys[-2]
        edit(store, "citation", citation, confidence=step)
    assert shown(store, "meeting", meeting, "confidence") == "High"


def test_completeness_names_what_is_missing(store: Store) -> None:
    meeting = make(store, "meeting", date="2025-04-16", level="minister", kind="conference", city="Baku", **MEETING)
    assert shown(store, "meeting", meeting, "completeness_pct") == "44 %"
    assert shown(store, "meeting", meeting, "missing") == "Country, Azerbaijan, China, Outcome, Source"
    edit(store, "meeting", meeting, country="AZ")
    add(store, "participation", meeting_id=meeting, printed="Chinese officials", side="CN")
    assert shown(store, "meeting", meeting, "missing") == "Azerbaijan, Outcome, Source"
    assert shown(store, "meeting", meeting, "completeness_pct") == "67 %"


def test_an_open_commitment_says_for_how_long_nobody_looked(store: Store) -> None:
    commitment = make(store, "commitment", what="Open a trade house", made_on="2018-05-22")
    assert shown(store, "commitment", commitment, "months_unchecked") == ""
    source = make(store, "source", publisher="Trend", published="2018-05-22")
    cite(store, "commitment", commitment, source)
    months = 12 * (store.today().year - 2018) + store.today().month - 5 - (store.today().day < 22)
    assert shown(store, "commitment", commitment, "months_unchecked") == str(months)
    day = store.today().isoformat()
    store.apply(edits.check(store, "commitment", commitment, {"status": "in_progress", "checked_on": day}, source))
    assert shown(store, "commitment", commitment, "months_unchecked") == "0"
    store.apply(edits.check(store, "commitment", commitment, {"status": "kept", "checked_on": day}, source))
    assert shown(store, "commitment", commitment, "months_unchecked") == ""


@pytest.mark.parametrize(
    ("table", "text", "wanted"),
    [
        ("meeting", "independent_sources:>=2", lambda r: r.values["independent_sources"] >= 2),
        ("meeting", "missing:outcome", lambda r: "outcome" in (r.values["missing"] or "").split()),
        ("agreement", "completeness_pct:>=80", lambda r: r.values["completeness_pct"] >= 80),
        ("figure", "confirmed_on:>=2025", lambda r: (r.values["confirmed_on"] or "") >= "2025"),
        ("project", "confidence:empty", lambda r: r.values["confidence"] is None),
        ("commitment", "is:overdue", lambda r: r.values["is_overdue"] == 1),
        ("commitment", "is:stale", lambda r: (r.values["months_unchecked"] or 0) >= 6),
    ],
)
def test_a_filter_finds_what_the_column_shows(filled_store: Store, table: str, text: str, wanted: object) -> None:
    record_type = filled_store.schema[table]
    everything = filled_store.rows(table, filled_store.keys(Query(table)))
    found = set(filled_store.keys(parse_query(text, record_type)))
    assert found == {record.key for record in everything if wanted(record)}  # type: ignore[operator]
    assert found


def test_records_with_a_quote_that_is_not_found_can_be_filtered(store: Store) -> None:
    meeting = make(store, "meeting", **MEETING)
    source = make(store, "source", publisher="Trend")
    citation = store.apply(edits.cite(store, "meeting", meeting, source, "as printed")).new_keys[-2]
    assert store.keys(parse_query("is:lost", store.schema["meeting"])) == []
    edit(store, "citation", citation, anchor_state="lost")
    assert store.keys(parse_query("is:lost", store.schema["meeting"])) == [meeting]


def _with_computed(store: Store) -> list[tuple[RecordType, str]]:
    return [(t, f.name) for t in store.schema for f in t.fields if isinstance(f.kind, Computed)]


def test_every_computed_field_sorts_both_ways_with_the_empty_ones_last(filled_store: Store) -> None:
    for record_type, name in _with_computed(filled_store):
        for sort in (name, f"-{name}"):
            keys = filled_store.keys(Query(record_type.name, sort=sort))
            values = [r.values[name] for r in filled_store.rows(record_type.name, keys)]
            filled = [value for value in values if value is not None]
            assert values[: len(filled)] == filled
            if all(isinstance(value, int | float) for value in filled):
                assert filled == sorted(filled, reverse=sort.startswith("-"))


def test_nothing_computed_can_be_typed(store: Store) -> None:
    f = store.schema["meeting"].field("confirmed_by")
    with pytest.raises(ValueError, match="computed"):
        f.kind.read(f.name, "Both sides", {})

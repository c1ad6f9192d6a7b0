"""Texts of sources and passages cited from them: steps that can be undone, anchors that hold."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azcn_desktop.errors import Conflict, ReadOnly, UserError
from azcn_desktop.evidence import passages, texts
from azcn_desktop.evidence.passages import Target
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.passages import Passage
from azcn_desktop.store.passages import passages as cited_passages
from azcn_desktop.store.store import Store
from tests.store.builders import dump, edit, make

RAW = " date 2025-04-16 BAKU. Trade grew by 37 percent inAzerbaijan, China’s partner.The railway carried 5 trains."


def cited(store: Store, quote: str | None) -> tuple[int, int]:
    """Make a figure that is cited from a new source, and return source and figure."""
    figure = make(store, "figure", measure="Growth", topic="trade", value=37.0, unit="%", printed="37 percent")
    notice = store.apply(edits.cite(store, "figure", figure, {"title": "Trade grew", "publisher": "Trend"}, quote))
    return notice.new_keys[-1], figure


def only(store: Store, source: int) -> Passage:
    (passage,) = cited_passages(store, source)
    return passage


def test_text_is_kept_as_it_came_hashed_and_cleaned_beside(store: Store) -> None:
    source, _ = cited(store, None)

    store.apply(texts.add_text(store, source, RAW))

    stored = texts.text_of(store, source)
    assert stored is not None
    assert stored.raw == RAW
    assert stored.sha256 == hashlib.sha256(RAW.encode()).hexdigest()
    assert stored.clean == stored.repairs.text
    assert stored.clean.startswith("BAKU. Trade grew by 37 percent in Azerbaijan, China’s partner.\n\nThe railway")
    assert {repair.kind for repair in stored.repairs.repairs} == {"date_stamp", "glued_words", "glued_paragraphs"}


def test_adding_and_removing_a_text_can_be_undone(store: Store) -> None:
    source, _ = cited(store, "Trade grew")
    before = dump(store)
    store.apply(texts.add_text(store, source, RAW))
    with_text = dump(store)

    store.apply(texts.remove_text(store, source))
    assert texts.text_of(store, source) is None
    assert (only(store, source).anchor_state, only(store, source).quote) == ("no_text", "Trade grew")

    store.undo()
    assert dump(store) == with_text
    store.undo()
    assert dump(store) == before


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("37 percent in Azerbaijan", "37 percent in Azerbaijan"),
        ("37 percent inAzerbaijan", "37 percent in Azerbaijan"),
        ("Azerbaijan, China's partner", "Azerbaijan, China’s partner"),
        ("grew by 38 percent", None),
    ],
)
def test_quotes_anchor_themselves_when_the_text_is_added(store: Store, quote: str, words: str | None) -> None:
    source, _ = cited(store, quote)

    store.apply(texts.add_text(store, source, RAW))

    passage, stored = only(store, source), texts.text_of(store, source)
    assert stored is not None
    if words is None:
        assert (passage.anchor_state, passage.quote, passage.start) == ("lost", quote, None)
        return
    assert passage.anchor_state == "anchored"
    assert stored.clean[passage.start : passage.end] == passage.quote == words
    note = store.parts("source", source)["citation"][0].values["note"]
    assert note == (None if quote == words else f"Quoted before as: “{quote}”")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([RAW, RAW.replace("in", " in "), RAW.replace("’", "'"), "Nothing of it here.", RAW[40:],
                                 "Before. " * 5 + RAW, RAW.upper()]), min_size=1, max_size=5))  # fmt: skip
def test_anchor_is_what_its_offsets_say_or_lost_through_all_texts(store: Store, raws: list[str]) -> None:
    source, _ = cited(store, "37 percent in Azerbaijan")
    for raw in raws:
        store.apply(texts.add_text(store, source, raw))
        store.apply(texts.clean_again(store, source))
        passage, stored = only(store, source), texts.text_of(store, source)
        assert stored is not None
        assert passage.quote
        if passage.anchor_state == "anchored":
            assert stored.clean[passage.start : passage.end] == passage.quote
        else:
            assert (passage.anchor_state, passage.start, passage.end) == ("lost", None, None)
            assert "37" not in stored.clean or "Azerbaijan" not in stored.clean


def test_lost_anchor_is_found_again_when_its_words_come_back(store: Store) -> None:
    source, _ = cited(store, "Trade grew")
    store.apply(texts.add_text(store, source, "Something else."))
    assert only(store, source).anchor_state == "lost"
    store.apply(texts.add_text(store, source, RAW))
    assert only(store, source).anchor_state == "anchored"


def test_cleaning_again_changes_nothing_when_the_rules_are_the_same(store: Store) -> None:
    source, _ = cited(store, "Trade grew")
    store.apply(texts.add_text(store, source, RAW))
    assert texts.clean_again(store, source).changes == ()


# -- citing


def test_passage_is_cited_for_a_field_with_what_it_shows(store: Store) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, RAW))
    start = texts.text_of(store, source).clean.index("37 percent")  # type: ignore[union-attr]

    store.apply(
        texts.cite_passage(store, source, (start - 1, start + 10), Target("figure", figure, "printed", confidence=3))
    )

    passage = cited_passages(store, source)[0]
    assert (passage.quote, passage.start, passage.confidence) == ("37 percent", start, 3)
    (use,) = passage.uses
    assert (use.table, use.key, use.field_name, use.role) == ("figure", figure, "printed", "supports")
    view = store.citations("figure", figure)[-1]
    assert view.printed == (("printed", "37 percent", "supports"),)


def test_passage_that_is_cited_already_is_used_again(store: Store) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, RAW))
    store.apply(texts.cite_passage(store, source, (7, 17), Target("figure", figure)))
    count = len(cited_passages(store, source))

    store.apply(texts.cite_passage(store, source, (7, 17), Target("figure", figure, "value", confidence=4)))

    found = cited_passages(store, source)
    assert len(found) == count
    assert [use.field_name for use in found[0].uses] == ["", "value"]
    assert found[0].confidence == 4
    with pytest.raises(UserError, match="cited there already"):
        texts.cite_passage(store, source, (7, 17), Target("figure", figure, "value"))


def test_citing_is_one_step_and_can_be_undone(store: Store) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, RAW))
    before = dump(store)
    store.apply(texts.cite_passage(store, source, (7, 17), Target("figure", figure)))
    store.undo()
    assert dump(store) == before


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 6), (0, 10**6), (-4, 2)])
def test_passage_without_words_is_refused(store: Store, start: int, end: int) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, "BAKU.\n\nTrade"))
    with pytest.raises(UserError, match="Select the words"):
        texts.cite_passage(store, source, (start, end), Target("figure", figure))


def test_passage_too_long_for_a_quote_is_refused(store: Store) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, "word " * 2_000))
    with pytest.raises(UserError, match="Select less of the text"):
        texts.cite_passage(store, source, (0, 9_000), Target("figure", figure))


def test_citing_needs_a_text(store: Store) -> None:
    source, figure = cited(store, None)
    for act in (
        lambda: texts.cite_passage(store, source, (0, 3), Target("figure", figure)),
        lambda: texts.clean_again(store, source),
    ):
        with pytest.raises(UserError, match="Add its text first"):
            act()
    with pytest.raises(Conflict, match="no longer exists"):
        texts.add_text(store, 999, RAW)


def test_confidence_is_set_and_taken_back(store: Store) -> None:
    source, _ = cited(store, "Trade grew")
    key = only(store, source).citation_key
    store.apply(texts.set_confidence(store, key, 2))
    assert only(store, source).confidence == 2
    assert texts.set_confidence(store, key, 2).changes == ()
    store.apply(texts.set_confidence(store, key, None))
    assert only(store, source).confidence is None
    with pytest.raises(UserError):
        store.apply(texts.set_confidence(store, key, 7))


# -- fields that left their quote


def test_field_edited_away_from_its_quote_is_flagged_until_it_comes_back(store: Store) -> None:
    source, figure = cited(store, None)
    store.apply(texts.add_text(store, source, RAW))
    store.apply(texts.cite_passage(store, source, (7, 17), Target("figure", figure, "value")))
    assert passages.drifted_fields(store, "figure", figure) == set()

    edit(store, "figure", figure, value=38.0)
    assert passages.drifted_fields(store, "figure", figure) == {"value"}

    edit(store, "figure", figure, value=37.0)
    assert passages.drifted_fields(store, "figure", figure) == set()

    edit(store, "figure", figure, value=38.0)
    store.apply(texts.cite_passage(store, source, (0, 5), Target("figure", figure, "value")))
    assert passages.drifted_fields(store, "figure", figure) == set()


def test_contradiction_and_citation_of_the_whole_record_flag_nothing(store: Store) -> None:
    source, figure = cited(store, "Trade grew")
    store.apply(texts.add_text(store, source, RAW))
    store.apply(texts.cite_passage(store, source, (7, 17), Target("figure", figure, "value", role="contradicts")))
    edit(store, "figure", figure, value=38.0)
    assert passages.drifted_fields(store, "figure", figure) == set()


# -- copies


def test_source_can_not_repeat_itself_by_way_of_others(store: Store) -> None:
    one, two, three = (make(store, "source", title=title) for title in ("One", "Two", "Three"))
    store.apply(texts.mark_copy(store, two, one))
    store.apply(texts.mark_copy(store, three, two))
    for source, origin in ((one, one), (one, two), (one, three), (two, three)):
        with pytest.raises(UserError, match="copy of itself"):
            texts.mark_copy(store, source, origin)
    store.apply(texts.mark_copy(store, two, None))
    store.apply(texts.mark_copy(store, one, three))
    record = store.get("source", one)
    assert record is not None
    assert record.values["origin_source_id"] == three


def test_circle_made_elsewhere_is_no_endless_loop(store: Store) -> None:
    one, two, three = (make(store, "source", title=title) for title in ("One", "Two", "Three"))
    circle = [
        Change("source", k, {"origin_source_id": None}, {"origin_source_id": o}) for k, o in ((one, two), (two, one))
    ]
    store.apply(ChangeSet("Circle", tuple(circle)))
    assert texts.mark_copy(store, three, one).changes[0].after == {"origin_source_id": one}


def test_copies_are_found_among_stored_texts(store: Store) -> None:
    body = "\n\n".join(
        f"The ministers spoke about railway {n} and about port {n * 7} of the two countries." for n in range(9)
    )
    one, two, three = (make(store, "source", title=title) for title in ("One", "Two", "Three"))
    store.apply(texts.add_text(store, one, body))
    store.apply(texts.add_text(store, two, "Nothing like it is said in this text about wheat. " * 9))
    store.apply(edits.to_trash(store, "source", [three]))
    assert [(found.key, found.verdict) for found in texts.copies_of(store, body)] == [(one, "same")]
    assert texts.copies_of(store, body, except_key=one) == []


# -- what is refused


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("", "There is no text"),
        (" \n\t ", "There is no text"),
        ("abc\0def", r"Character 4 of this text .*U\+0000.*Nothing was stored"),
        ("abc\x1b[31m", r"U\+001B"),
        ("abc\udcff", r"U\+DCFF"),
        ("x" * (texts.MOST_CHARACTERS + 1), "10,000,001 characters"),
    ],
    ids=["empty", "blank", "nul", "escape", "surrogate", "long"],
)
def test_bad_text_is_refused_with_a_reason(store: Store, raw: str, sentence: str) -> None:
    source, _ = cited(store, None)
    with pytest.raises(UserError, match=sentence):
        texts.add_text(store, source, raw)
    assert texts.text_of(store, source) is None


def test_marks_of_writing_direction_are_kept(store: Store) -> None:
    source, _ = cited(store, None)
    raw = "Trade \u202egrew\u202c by \u206737\u2069 percent."
    store.apply(texts.add_text(store, source, raw))
    stored = texts.text_of(store, source)
    assert stored is not None
    assert stored.clean == raw


def test_text_is_not_added_to_a_file_that_is_only_read(filled_store: Store) -> None:
    path = filled_store.database.path
    reader = Store(Database.open(path, read_only=True))
    with pytest.raises(ReadOnly):
        reader.apply(texts.add_text(reader, 1, RAW))
    reader.close()

"""Texts of megabytes in the store: kept to the letter, left alone where nothing asks for them, told as numbers."""

from __future__ import annotations

import json

import pytest

from azcn_desktop.errors import Refused
from azcn_desktop.evidence.texts import add_text, clean_again, text_of
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.journal import image_text
from azcn_desktop.store.store import Store
from tests.store.builders import dump, make

ODD = 'Trade "grew" by 21 \\ per cent\tor 😀  石油 \u2028 \u202e as\u0085 agreed.\n'
LONG = ODD * 8_000


@pytest.fixture
def source(store: Store) -> int:
    return make(store, "source", title="Trade grew", publisher="Trend")


@pytest.mark.parametrize("value", [LONG, "x" * 100_001, "short", None, 1, 1.0, "1"])
def test_a_long_image_is_written_as_a_short_one(value: Value) -> None:
    image = {"text_raw": value, "text_clean": LONG, "rev": 2}
    assert image_text(image) == json.dumps(image, ensure_ascii=False)


def test_a_long_text_is_undone_and_redone_to_the_letter(store: Store, source: int) -> None:
    before = dump(store)
    assert not store.is_next_long("undo")
    store.apply(add_text(store, source, LONG))
    after = dump(store)
    assert store.is_next_long("undo")
    store.undo()
    assert dump(store) == before
    assert store.is_next_long("redo")
    store.redo()
    assert dump(store) == after
    stored = text_of(store, source)
    assert stored is not None
    assert stored.raw == LONG


def test_an_edit_of_a_source_leaves_its_text_alone(store: Store, source: int) -> None:
    store.apply(add_text(store, source, LONG))
    asked: list[str] = []
    store.database.connection.set_trace_callback(asked.append)
    store.apply(edits.edit_field(store, "source", source, "title", {"title": "Trade fell"}))
    store.database.connection.set_trace_callback(None)
    assert asked
    assert not [sql for sql in asked if "text_" in sql and "substr" not in sql]
    assert not store.is_next_long("undo")
    stored = text_of(store, source)
    assert stored is not None
    assert stored.raw == LONG


@pytest.mark.parametrize("bad", ["\x00", "\ud800"])
def test_a_bad_character_far_in_a_long_text_is_refused(store: Store, source: int, bad: str) -> None:
    change = Change("source", source, {"text_raw": None}, {"text_raw": LONG + bad})
    with pytest.raises(Refused):
        store.apply(ChangeSet("Store", (change,)))


def test_a_history_tells_texts_as_numbers(store: Store, source: int) -> None:
    store.apply(add_text(store, source, "Trade  grew.\r\nBoth said so."))
    assert not store.journal.is_long_history("source", source)
    store.apply(add_text(store, source, LONG))
    assert store.journal.is_long_history("source", source)
    store.apply(clean_again(store, source))
    second, first, made = store.history("source", source)
    stored = text_of(store, source)
    assert stored is not None
    (change,) = second.change_set.changes
    assert change.before is not None
    assert change.after is not None
    assert (change.before["text_raw"], change.before["text_repairs"]) == (27, 2)
    assert change.after == {
        "text_raw": len(LONG), "text_clean": len(stored.clean), "text_repairs": len(stored.repairs.repairs),
        "sha256": stored.sha256,
    }  # fmt: skip
    (change,) = first.change_set.changes
    assert change.before == {"text_raw": None, "text_clean": None, "text_repairs": None, "sha256": None}
    assert made.change_set.changes[0].before is None


def test_repairs_that_are_none_have_no_number(store: Store, source: int) -> None:
    store.apply(ChangeSet("Store", (Change("source", source, {"text_repairs": None}, {"text_repairs": "{no JSON"}),)))
    (change,) = store.history("source", source)[0].change_set.changes
    assert change.after == {"text_repairs": None}

"""Meetings that are hard to export."""

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Party
from azcn_desktop.store import edits
from azcn_desktop.store.store import Store
from tests.exchange.exporting.requests import FORMULA


@pytest.fixture
def meetings(store: Store) -> Store:
    """Three meetings with every difficulty: links, words, dates of all kinds, formulas, and one in the trash."""
    person = store.apply(edits.create(store, "person", {"name": "Şahin | Mustafayev", "country": "AZ"})).new_keys[-1]
    values = [
        {"title": FORMULA, "date": "2025-04-16", "status": "held", "ordinal": 10, "note": "two\nlines | <b>bold</b>"},
        {"title": "Talks in Bakı", "date": "2018-05-22?", "status": "held", "country": "AZ CN", "outcome": "-5"},
        {"title": "Thrown away", "date": "2020", "status": "cancelled"},
    ]
    keys = [store.apply(edits.create(store, "meeting", v)).new_keys[-1] for v in values]
    who = SCHEMA["participation"].field("who").kind
    assert isinstance(who, Party)
    store.apply(edits.add_member(store, "meeting", keys[1], "participants_az", who.assign("person", person)))
    words = who.assign(None, None, "Chinese officials")
    store.apply(edits.add_member(store, "meeting", keys[1], "participants_az", words))
    source = {"publisher": "Trend", "title": "=News", "url": "https://en.trend.az/1", "published": "2018-05"}
    store.apply(edits.cite(store, "meeting", keys[1], source, "met in Baku"))
    store.apply(edits.to_trash(store, "meeting", [keys[2]]))
    return store

"""The acceptance list: everything that the five articles contain is findable under their addresses.

`tests/data/seed_facts.csv` names for every item the article, the words to look for, and what must then be shown. For a
record joined from several sources that is what this article printed, which stands on its citation.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import parse_query
from azcn_desktop.store.store import Store

ADDRESSES = {
    "S0": "https://news.az/news/azerbaijani-chinese-free-economic-industrial-town-to-be-established-in-baku",
    "S1": "https://en.trend.az/azerbaijan/politics/4031771.html",
    "S2": "https://news.az/news/video-where-does-china-see-investment-opportunities-in-azerbaijan",
    "S3": "https://menafn.com/1108021545/Development-Of-Relations-With-China-One-Of-Priorities-For-Azerbaijan-Says-"
    "Presidents-Assistant",
    "S4": "https://report.az/en/foreign-politics/ma-chi-china-willing-to-share-relevant-experience-with-azerbaijan-to-"
    "support-it-in-developing-digital-industry",
}
with (Path(__file__).parent.parent / "data" / "seed_facts.csv").open(encoding="utf-8", newline="") as _file:
    FACTS = list(csv.DictReader(_file))


@pytest.fixture(scope="module")
def shipped_store(reference_db: Path) -> Iterator[Store]:
    """Open the shipped file for reading; one for all facts."""
    opened = Store(Database.open(reference_db, read_only=True))
    yield opened
    opened.close()


def shown(store: Store, table: str, key: int, field: str, address: str) -> list[str]:
    """Return what a reader sees of a field under one source: what it printed, else what the record holds."""
    printed = [
        words
        for citation in store.citations(table, key)
        if citation.url == address
        for name, words, _ in citation.printed
        if name == field
    ]
    record = store.get(table, key)
    assert record is not None
    return printed or [record.show(field)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['item']}-{fact['seed']}-{fact['field']}")
def test_seed_fact_is_found_under_its_source_as_printed(fact: dict[str, str], shipped_store: Store) -> None:
    address = ADDRESSES[fact["seed"]]
    query = parse_query(f"{fact['words']} source:{address}", SCHEMA[fact["table"]])

    found = shipped_store.keys(query)

    seen = [text for key in found for text in shown(shipped_store, fact["table"], key, fact["field"], address)]
    assert any(fact["expected"] in text for text in seen), f"{len(found)} records show {seen}"


def test_every_item_of_the_acceptance_list_is_walked() -> None:
    items = {fact["item"] for fact in FACTS}
    numbered = {"M": 13, "A": 7, "P": 25, "I": 4, "F": 23, "G": 25, "E": 18}
    expected = {f"{letter}{n}" for letter, last in numbered.items() for n in range(1, last + 1)} | {"O", "H"}
    assert items == expected

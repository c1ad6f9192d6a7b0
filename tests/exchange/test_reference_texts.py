"""With the texts of the five articles added, every citation of theirs stands at its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from azcn_desktop.evidence.texts import add_text, drifted_fields, text_of
from azcn_desktop.exchange.reference_additions import Additions
from azcn_desktop.exchange.reference_files import ReferenceFiles
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store.passages import passages as cited_passages
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FILES = ReferenceFiles.read(shipped_data())
ADDED = Additions.read(shipped_data())
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles are not beside the checkout")


def source_of(store: Store, address: str) -> int:
    """Return the source with an address."""
    (key,) = store.keys(Query("source", conditions=(Condition("url", "is", (address,)),)))
    return key


@needs_seeds
@pytest.mark.parametrize("seed", sorted(FILES.seed_addresses))
def test_every_citation_of_a_seed_anchors_to_its_sentence(seed: str, filled_store: Store) -> None:
    source = source_of(filled_store, FILES.seed_addresses[seed])
    before = {passage.citation_key: passage.quote for passage in cited_passages(filled_store, source)}

    filled_store.apply(add_text(filled_store, source, (SEEDS / seed).read_text(encoding="utf-8")))

    text = text_of(filled_store, source)
    assert text is not None
    passages = cited_passages(filled_store, source)
    assert len(passages) == len(before) > 15
    for passage in passages:
        assert passage.anchor_state == "anchored", passage
        assert text.clean[passage.start : passage.end] == passage.quote == before[passage.citation_key]
        assert len(passage.quote.split()) <= 12
        assert passage.uses


def test_every_record_of_a_seed_is_cited_from_it_with_a_quote(filled_store: Store) -> None:
    wanted = {
        (table, row["id"], FILES.seed_addresses[seed.strip()])
        for table, rows in FILES.rows.items()
        for row in rows
        for seed in row["seed"].split(";")
        if seed.strip()
    }
    missing = []
    for _, reference, address in wanted:
        found = filled_store.find_reference(reference)
        assert found is not None
        if not any(view.url == address and view.quote for view in filled_store.citations(*found)):
            missing.append((reference, address))
    assert len(wanted) > 150
    assert missing == []


def test_further_quotes_are_used_and_short() -> None:
    ids = {row["id"]: row for rows in FILES.rows.values() for row in rows}
    for (reference, address), quote in FILES.quotes.items():
        row = ids[reference]
        check = ADDED.checks.get(reference)
        outcomes = check.addresses if check else ()
        assert address in (*FILES.addresses(row)[1:], row.get("outcome_source_url"), *outcomes)
        assert 0 < len(quote.split()) <= 12


def test_no_shipped_record_has_drifted_from_its_sources(filled_store: Store) -> None:
    drifted = {
        (table, key): fields
        for table in ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation")
        for key in filled_store.keys(Query(table))
        if (fields := drifted_fields(filled_store, table, key))
    }
    assert drifted == {}

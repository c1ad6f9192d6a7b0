"""A status that is checked changes only by a dated check with a source."""

from __future__ import annotations

import pytest

from azcn_desktop.errors import Refused
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.store import Store
from tests.store.builders import edit, make

FOUND = {"status": "kept", "checked_on": "2026-05-01", "finding": "Opened in May."}


@pytest.fixture
def commitment(store: Store) -> int:
    """Make an open commitment."""
    return make(store, "commitment", what="Open a trade house", made_on="2018-05-22")


def status(store: Store, key: int) -> object:
    """Return the stored status."""
    record = store.get("commitment", key)
    assert record is not None
    return record.values["status"]


def test_a_status_cannot_be_typed_over(store: Store, commitment: int) -> None:
    with pytest.raises(Refused, match="dated check with a source") as refusal:
        edit(store, "commitment", commitment, status="kept")
    assert [name for name, _ in refusal.value.problems] == ["status"]
    assert status(store, commitment) == "open"


def test_other_fields_need_no_check(store: Store, commitment: int) -> None:
    edit(store, "commitment", commitment, outcome="Not yet.")
    record = store.get("commitment", commitment)
    assert record is not None
    assert record.values["outcome"] == "Not yet."


def test_a_check_sets_the_status_with_its_day_and_its_source_in_one_step(store: Store, commitment: int) -> None:
    source = {"publisher": "Trend", "title": "House opens", "published": "2026-05-02"}
    store.apply(edits.check(store, "commitment", commitment, FOUND, source, "was opened in May"))
    assert status(store, commitment) == "kept"
    (check,) = store.parts("commitment", commitment)["commitment_check"]
    assert (check.values["checked_on"], check.values["finding"]) == ("2026-05-01", "Opened in May.")
    (citation,) = store.citations("commitment_check", check.key)
    assert (citation.publisher, citation.quote) == ("Trend", "was opened in May")
    assert store.journal.next_undo() is not None
    store.undo()
    assert status(store, commitment) == "open"
    assert store.parts("commitment", commitment)["commitment_check"] == []
    store.redo()
    assert status(store, commitment) == "kept"


@pytest.mark.parametrize("lacking", ["checked_on", "source", "status"])
def test_a_check_without_day_source_or_finding_sets_nothing(store: Store, commitment: int, lacking: str) -> None:
    whole = edits.check(store, "commitment", commitment, FOUND, make(store, "source", publisher="Trend"))
    changes = tuple(_without(change, lacking) for change in whole.changes)
    kept = tuple(c for c in changes if not (lacking == "source" and c.table == "citation_link"))
    with pytest.raises(Refused):
        store.apply(ChangeSet("Check", kept))
    assert status(store, commitment) == "open"


def _without(change: Change, lacking: str) -> Change:
    if change.table != "commitment_check":
        return change
    other = {"checked_on": {"checked_on": None}, "status": {"status": "dropped"}}.get(lacking, {})
    return Change(change.table, change.key, None, dict(change.after or {}) | other)


def test_a_record_can_be_set_back_to_its_shipped_status(filled_store: Store) -> None:
    table, key = filled_store.find_reference("C001") or ("", 0)
    filled_store.apply(edits.check(filled_store, table, key, FOUND, 1))
    assert status(filled_store, key) == "kept"
    before = len(filled_store.parts(table, key)["commitment_check"])
    filled_store.apply(edits.set_back(filled_store, table, key))
    assert status(filled_store, key) == "open"
    assert len(filled_store.parts(table, key)["commitment_check"]) == before - 1
    filled_store.undo()
    assert status(filled_store, key) == "kept"

"""Looking up what a row of the reference tables became."""

from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


def record(store: Store, reference_id: str) -> Record:
    """Return the record that a row of the reference tables became."""
    found = store.find_reference(reference_id)
    assert found is not None, reference_id
    result = store.get(*found)
    assert result is not None
    return result

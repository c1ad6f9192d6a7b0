"""An export is of one state of the data, or there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.exchange.exporting import DataMoved, ExportRequest, export
from azcn_desktop.progress import Progress
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store
from tests.exchange.exporting.requests import everything, read_csv


@pytest.fixture
def other(meetings: Store) -> Iterator[Store]:
    """A second connection to the same file."""
    opened = Store(Database.open(meetings.path))
    yield opened
    opened.close()


def _editing(other: Store, times: int) -> Progress:
    left = [times]

    def edit(done: int, total: int, note: str) -> None:
        if left[0] and note != "The data changed; starting again":
            left[0] -= 1
            other.apply(edits.create(other, "meeting", {"title": f"Edit {left[0]}", "status": "held"}))

    return Progress(on_report=edit)


def test_an_edit_during_the_export_starts_it_again_and_the_file_is_of_one_state(
    meetings: Store, other: Store, tmp_path: Path
) -> None:
    result = export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), _editing(other, 1))
    assert result.counts == {"meeting": 3}
    assert len(read_csv(tmp_path / "m.csv")) == 3


def test_edits_during_both_attempts_are_said_and_nothing_is_written(
    meetings: Store, other: Store, tmp_path: Path
) -> None:
    with pytest.raises(DataMoved, match="Try again"):
        export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), _editing(other, 2))
    assert list(tmp_path.glob("*m.csv*")) == []


def test_another_program_can_write_between_two_pages(filled_store: Store, tmp_path: Path) -> None:
    other = Store(Database.open(filled_store.path))
    try:
        with pytest.raises(DataMoved):
            export(filled_store, ExportRequest((everything("citation"),), tmp_path / "c.csv"), _editing(other, 99))
    finally:
        other.close()

"""Files for tests of the store: made once, copied for every test, closed after it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.store.builders import open_copy, without_waiting


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    database = Database.create(path)
    upgrade(database, SCHEMA)
    database.close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """A store on an empty file of its own."""
    found = without_waiting(open_copy(template, tmp_path / "azcn.db"))
    yield found
    found.close()

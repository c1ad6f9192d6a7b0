"""A store for the charts of statistics, shared by the tests of a module."""

from collections.abc import Iterator

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.charts.flow_builders import prepare


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Open a store whose flows every test replaces."""
    database = Database.create(tmp_path_factory.mktemp("flows") / "azcn.db")
    upgrade(database, SCHEMA)
    store = Store(database)
    prepare(store)
    yield store
    database.close()

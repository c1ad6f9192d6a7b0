"""What ships as statistics: single values of statistical offices, loaded by the importer at the first build."""

import time
from pathlib import Path

import pytest

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.resources_path import shipped_statistics
from azcn_desktop.store.checking import check_database
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.commodity_names import commodities
from azcn_desktop.store.flows.totals import totals
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import
from azcn_desktop.trade.shipped import build_database


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the file of a first start, and hold the goal of three seconds of work."""
    path = tmp_path_factory.mktemp("built") / "azcn.db"
    before = time.process_time()
    build_database(path)
    assert time.process_time() - before < 3
    return path


@pytest.fixture
def statistics(built: Path) -> Store:
    """Open it."""
    return Store(Database.open(built, read_only=True))


def test_the_first_build_has_values_of_four_offices_and_none_to_undo(statistics: Store) -> None:
    found = statistics.database.all("SELECT publisher, state FROM dataset ORDER BY publisher")
    assert found == [(name, "ready") for name in ("China customs", "IMF DOTS", "UN Comtrade", "WITS")]
    assert all(row[0] for row in statistics.database.all("SELECT licence FROM dataset"))
    with pytest.raises(UserError):
        statistics.undo()
    assert statistics.journal.labels() == []
    assert check_database(statistics.database, SCHEMA, Progress()).problems == ()
    statistics.close()


def test_no_harmonised_deflated_or_reconciled_series_ships(statistics: Store) -> None:
    assert statistics.database.all("SELECT DISTINCT valuation FROM trade_flow ORDER BY 1") == [("CIF",), ("FOB",)]
    statistics.close()


def test_the_chinese_side_of_2024_is_in_yuan_and_of_2022_to_the_dollar(statistics: Store) -> None:
    both = {"partner": "AZ", "reporter": "CN", "level": 0}
    of_2024 = totals(statistics.database, (), {**both, "period": "202412", "is_cumulative": 1})
    assert {total.key[5] for total in of_2024} == {"CNY"}
    assert sum(total.value for total in of_2024) == 17_546_510_000
    of_2022 = totals(statistics.database, ("flow",), {**both, "period": "2022", "publisher": "UN Comtrade"})
    assert [(total.key[-1], total.value) for total in of_2022] == [("M", 245_870_102), ("X", 1_135_903_218)]
    statistics.close()


def test_the_list_of_codes_ships_with_leading_zeros(statistics: Store) -> None:
    found = commodities(statistics.database, "H6")
    assert len(found) == 6_940
    assert found["0801"][1]["parent"] == "08"
    statistics.close()


def test_every_shipped_file_is_imported_whole(statistics: Store) -> None:
    for path in sorted(shipped_statistics().glob("*.csv")):
        if path.name != "datasets.csv":
            with plan_import(statistics, path) as plan:
                assert (plan.refusals, plan.is_empty) == (0, True), path
    statistics.close()


def test_a_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    calls = iter(range(10_000))
    with pytest.raises(Cancelled):
        build_database(tmp_path / "azcn.db", Progress(is_cancelled=lambda: next(calls) > 8))
    assert list(tmp_path.iterdir()) == []

"""Groups of goods of WITS, and areas that are no countries, say what they are."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.records.countries import AREAS, COUNTRIES, area_name
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.commodity_names import descriptions
from azcn_desktop.store.flows.product_groups import held_by_group
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import count, flows
from azcn_desktop.trade.areas import area_of
from tests.store.builders import open_copy, without_waiting
from tests.store.flow_builders import fill, flow_row, with_lists

FILES = sorted((Path(__file__).parents[3] / "shared" / "data" / "trade" / "wits").glob("*.CSV"))


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    store = with_lists(without_waiting(open_copy(template, tmp_path / "azcn.db")))
    yield store.database
    store.close()


def test_a_group_says_what_it_holds_and_is_found_by_that(database: Database) -> None:
    fill(database, [flow_row(classification="WITS", code="Mach and Elec"), flow_row(code="270900")])
    assert [flow.description for flow in flows(database, [1, 2])] == [
        "Machinery and electrical equipment (HS chapters 84 and 85)", "Petroleum oils, CRUDE, 100%",
    ]  # fmt: skip
    assert count(database, FlowQuery(text="electrical equipment")) == 1


def test_a_word_that_only_wits_uses_so_is_no_group_elsewhere(database: Database) -> None:
    assert descriptions(database, [("H6", "Fuels"), ("", "Fuels")]) == {}
    assert held_by_group("WITS", "84-85_MachElec") == held_by_group("WITS", "Mach and Elec")


@pytest.mark.skipif(not FILES, reason="the files of WITS do not lie beside the checkout")
def test_every_group_of_the_shared_files_has_words() -> None:
    named = set()
    for path in FILES:
        with path.open(encoding="utf-8-sig", newline="") as file:
            named |= {row[2] for row in csv.reader(file)} - {"Product categories", "All Products", "..."}
    assert len(named) == 20
    assert [name for name in named if held_by_group("WITS", name) is None] == []


def test_an_area_that_is_no_country_has_its_name_and_is_found_by_it() -> None:
    assert area_name("S19") == "Other Asia, not elsewhere specified"
    assert [area_of(name) for name in AREAS.values()] == list(AREAS)
    assert area_of("Other Asia, nes") == "S19"
    assert not AREAS.keys() & COUNTRIES.keys()

"""The order by period reads what is looked at and nothing else, and is the order that sorting every row gives."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.progress import Progress
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import by_period
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import first_look, is_quick, whole_order
from tests.store.builders import open_copy, without_waiting
from tests.store.flow_builders import fill, flow_row, with_lists

CODES = ("TOTAL", "2", "Fuels", "27", "2709", "270900", "85", "851713")
PERIODS = ("2023", "2024", "202312", "202411", "202412", "2024Q4")


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Iterator[Database]:
    """Some hundred flows of several periods and codes."""
    chance = random.Random(3)
    store = with_lists(without_waiting(open_copy(template, tmp_path / "azcn.db")))
    places = {"reporter": ("AZ", "CN"), "dataset_id": (1, 2, 4), "code": CODES, "period": PERIODS}
    rows = [flow_row(**{name: chance.choice(values) for name, values in places.items()}) for _ in range(400)]
    fill(store.database, rows)
    yield store.database
    store.close()


def shown(database: Database, query: FlowQuery, *columns: str) -> list[tuple]:
    ids = first_look(database, query).ids(0, 999)
    of = {row[0]: row[1:] for row in database.all(f"SELECT id, {', '.join(columns)} FROM trade_flow")}
    return [of[key] for key in ids]


def test_the_newest_period_comes_first_and_a_year_before_its_parts(database: Database) -> None:
    periods = [row[0] for row in shown(database, FlowQuery(sort="-period"), "period")]
    assert list(dict.fromkeys(periods)) == ["2024", "2024Q4", "202412", "202411", "2023", "202312"]


def test_within_a_period_all_goods_come_first_and_a_chapter_before_its_parts(database: Database) -> None:
    codes = [row[0] for row in shown(database, FlowQuery(sort="-period", since="202411", until="202411"), "code")]
    assert list(dict.fromkeys(codes)) == list(CODES)


@pytest.mark.parametrize("sort", ["period", "-period"])
@pytest.mark.parametrize("parts", [{}, {"text": "27"}, {"reporters": ("AZ",), "levels": (0, 6)}], ids=str)
def test_any_stretch_and_place_is_that_of_the_sorted_whole(
    database: Database, parts: dict[str, object], sort: str
) -> None:
    query = FlowQuery(sort=sort, **parts)  # type: ignore[arg-type]
    order, whole = first_look(database, query), whole_order(database, query, Progress())
    wanted = whole.ids(0, 999)
    assert is_quick(database, query)
    assert (len(order), order.is_whole) == (len(wanted), True)
    assert len(wanted) > 30
    for start in range(0, len(wanted), 7):
        assert order.ids(start, start + 20) == wanted[start : start + 20]
    assert [order.position(key) for key in wanted] == list(range(len(wanted)))
    assert order.position(9_999) == -1


def test_a_page_reads_the_flows_of_no_other_period(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    order = first_look(database, FlowQuery(sort="-period"))
    read: list[object] = []
    all_of = database.all
    monkeypatch.setattr(database, "all", lambda sql, values=(): read.append(values) or all_of(sql, values))
    assert len(order.ids(0, 20)) == 20
    asked = {value for values in read for value in values if value in PERIODS}  # type: ignore[attr-defined]
    assert asked == {"2024"}


def test_only_the_stretches_looked_at_last_are_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_period, "_KEPT", 2)
    query = FlowQuery(sort="-period")
    order, wanted = first_look(database, query), whole_order(database, query, Progress()).ids(0, 999)
    assert order.ids(0, 999) == wanted
    assert order.ids(0, 999) == wanted


def test_a_flow_that_went_meanwhile_leaves_its_place_empty(database: Database) -> None:
    order = first_look(database, FlowQuery(sort="-period"))
    database.execute("DELETE FROM trade_flow WHERE period = '2024' AND code = 'TOTAL'")
    assert len(order.ids(0, 999)) == len(order)

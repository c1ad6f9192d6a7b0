"""The databases that the benches make up: their sums are those of an import, and the same seed makes the same rows."""

import hashlib
import shutil
import sys
from pathlib import Path

import pytest

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.summaries import differences

sys.path.append(str(Path(__file__).parents[1] / "bench"))

from flow_database import WHOLE, Shape, add_flows, shape_of

_MADE = "dataset_id IN (SELECT id FROM dataset WHERE layout = 'generated')"


def _digest(path: Path) -> str:
    database = Database.open(path, read_only=True)
    assert list(differences(database)) == []
    rows = database.all("SELECT * FROM trade_flow")
    database.close()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def _list_codes(path: Path) -> None:
    database = Database.open(path)
    for code in range(10121, 990000, 24_000):
        database.execute("INSERT INTO commodity (classification, code, level) VALUES ('H6', ?, 6)", (f"{code:06}",))
    database.close()


def test_generated_flows_have_the_sums_of_an_import_and_depend_on_the_seed_alone(
    reference_db: Path, tmp_path: Path
) -> None:
    shape = Shape(codes=20, years=1, partners=2)
    found = []
    for number, seed in enumerate((7, 7, 8)):
        path = Path(shutil.copyfile(reference_db, tmp_path / f"{number}.azcn"))
        _list_codes(path)
        add_flows(path, shape, seed)
        found.append(_digest(path))
    assert found[0] == found[1] != found[2]
    database = Database.open(path, read_only=True)
    leaves = f"SELECT sum(flows) FROM trade_total WHERE level = 6 AND {_MADE}"
    assert database.one(leaves) == shape.commodity_rows
    # A chapter is the sum of its codes, to the cent.
    order = "chapter, period, reporter, partner, flow"
    chapters = f"SELECT value FROM trade_chapter WHERE level = {{}} AND {_MADE} ORDER BY {order}"
    below, published = ([row[0] for row in database.all(chapters.format(level))] for level in (6, 2))
    assert len(below) > 100
    assert below == pytest.approx(published, abs=0.006)
    database.close()


@pytest.mark.parametrize("rows", [48, 20_000, 1_000_000, WHOLE, 20_000_000])
def test_a_shape_comes_near_the_number_of_rows_that_was_asked_for(rows: int) -> None:
    assert abs(shape_of(rows).commodity_rows - rows) <= rows * 0.03

"""Statistics on the command line: recognised without a table, told before, one step."""

import shutil
from pathlib import Path

import pytest

from azcn_desktop.cli import main
from azcn_desktop.store.store import Store
from tests.store.builders import reopen
from tests.trade.builders import line, written

SAMPLE = Path(__file__).parents[1] / "data" / "trade" / "comtrade_s4_exports.csv"


def run(store: Store, *arguments: str) -> int:
    """Run the command on the file of a store."""
    return main(["import", *arguments, "--db", str(store.path)])


def test_a_dry_run_tells_and_writes_nothing(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    before = store.path.read_bytes()
    assert run(store, str(SAMPLE), "--dry-run") == 0
    out = capsys.readouterr().out
    assert "UN Comtrade, older download (comtrade-legacy), 51 rows" in out
    assert "Azerbaijan reports export with World, annual 2015 to 2018" in out
    assert "51 new flows" in out
    assert store.path.read_bytes() == before


def test_an_import_without_a_table_is_one_step(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copy(SAMPLE, tmp_path / "no-name-that-tells")
    assert run(store, str(copy)) == 0
    assert [label for _, label, _ in store.journal.labels()] == ["Import no-name-that-tells"]
    assert run(store, str(copy)) == 0
    assert "0 new flows, 0 changed, 51 the same as before" in capsys.readouterr().out
    opened = reopen(store.path)
    opened.undo()
    assert opened.database.all("SELECT state FROM dataset") == [("loading",)]
    opened.close()


def test_a_bad_row_keeps_the_file_out_unless_it_may_be_skipped(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "x.csv", line(), line(code="01", value="many"))
    assert run(store, str(path)) == 1
    assert f"{path}: line 3, value: “many” is no number" in capsys.readouterr().err
    assert store.database.one("SELECT count(*) FROM trade_flow") == 0
    assert run(store, str(path), "--skip-bad") == 0
    assert store.database.one("SELECT count(*) FROM trade_flow") == 1


def test_a_file_of_no_known_layout_is_refused_with_what_to_do(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n")
    assert run(store, str(path)) == 1
    assert "none of the layouts that are known" in capsys.readouterr().err

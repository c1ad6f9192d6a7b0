"""Parquet: what is written comes back as it was, other programs' files are recognised, and hostile ones refused."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.cli import main
from azcn_desktop.errors import Cancelled, Conflict, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows import pages
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.store import Store
from azcn_desktop.trade import parquet, reading
from azcn_desktop.trade.flow_filter import parse_flow_filter
from azcn_desktop.trade.importing import plan_import
from azcn_desktop.trade.parquet import write_flows
from tests.store.builders import open_copy, reopen, without_waiting
from tests.trade.builders import current, flows, line, take, written

EVERYTHING = FlowQuery()


def export(store: Store, target: Path, query: FlowQuery = EVERYTHING) -> dict[str, bytes]:
    """Export and return the files by their paths in the folder."""
    write_flows(store.database, query, target, Progress())
    return {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*.parquet"))}


def table_file(path: Path, **columns: Any) -> Path:
    """Write a Parquet file of some columns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


def baci(path: Path, **columns: Any) -> Path:
    """Write flows as a person's BACI folder has them: numbers for countries and, without its zero, for the product."""
    usual = {
        "t": [2023, 2023, 2023, 2022], "i": [31, 156, 792, 31], "j": [156, 31, 276, 792], "k": [80810, 270900, 1, 2],
        "v": [1.5, 20.25, 3.0, 4.0], "q": [0.5, None, 2.0, 1.0],
    }  # fmt: skip
    return table_file(path, **(usual | columns))


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """A store with flows of three years, months among them, one of which was replaced; empty.db is as it was before."""
    shutil.copyfile(store.path, tmp_path / "empty.db")
    without_waiting(store)
    lines = [
        line(code=code, period=period, frequency="M" if len(period) == 6 else "A", flow=flow, value=value / 3)
        for value, (code, period, flow) in enumerate(
            ((c, p, f) for c in ("010121", "270900", "TOTAL") for p in ("2022", "202312", "2024") for f in "MX"), 1
        )
    ]
    take(store, written(tmp_path / "first.csv", *lines))
    take(store, written(tmp_path / "second.csv", line(code="270900", period="2022", value=77.125, net_weight_kg=0.1)))
    return store


# -- out


def test_the_folder_has_one_file_a_year_with_text_for_codes_and_doubles_for_values(
    filled: Store, tmp_path: Path
) -> None:
    found = export(filled, tmp_path / "out")
    assert list(found) == [f"year={year}/part-0.parquet" for year in (2022, 2023, 2024)]
    schema = pq.read_schema(tmp_path / "out" / "year=2023" / "part-0.parquet")
    assert schema.field("code").type == schema.field("period").type == pa.string()
    assert schema.field("value").type == schema.field("net_weight_kg").type == pa.float64()
    assert schema.names[:2] == ["dataset", "publisher"]
    rows = pq.read_table(tmp_path / "out").to_pylist()
    assert sorted((row["code"], row["period"], row["value"]) for row in rows) == current(filled)
    assert {(row["year"], row["period"][:4]) for row in rows} == {(y, str(y)) for y in (2022, 2023, 2024)}
    assert {row["publisher"] for row in rows} == {"Test"}


def test_the_same_flows_give_the_same_bytes_however_few_rows_are_held(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = export(filled, tmp_path / "one")
    assert export(filled, tmp_path / "two") == first
    monkeypatch.setattr(parquet, "HELD_ROWS", 2)
    monkeypatch.setattr(pages, "PAGE", 3)
    small = export(filled, tmp_path / "three")
    assert list(small) == list(first)
    assert pq.ParquetFile(tmp_path / "three" / "year=2024" / "part-0.parquet").num_row_groups > 1
    one, three = (pq.read_table(tmp_path / name) for name in ("one", "three"))
    assert one.equals(three)


def test_a_filter_chooses_flows(filled: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "fuels"
    arguments = ["export", "--db", str(filled.path), "--format", "parquet", "--partition", "year", "--to", str(target)]
    assert main([*arguments, "--where", "reporter:Azerbaijan flow:M|RM code:27 since:2023"]) == 0
    assert capsys.readouterr().out == f"2 trade flows, 2 files: {target}\n"
    assert {(r["code"], r["period"], r["flow"]) for r in pq.read_table(target).to_pylist()} == {
        ("270900", "202312", "M"), ("270900", "2024", "M"),
    }  # fmt: skip
    assert main([*arguments, "--where", "colour:red"]) == 1
    assert "no filter of trade flows. Possible are code" in capsys.readouterr().err


def test_every_part_of_a_filter_is_looked_at(filled: Store, tmp_path: Path) -> None:
    for number, (text, count) in enumerate((
        ("level:0", 6), ("level:6", 12), ("frequency:M", 6), ("year:2022", 6), ("until:2023", 12), ("partner:CN", 18),
        ("publisher:Test valuation:CIF currency:USD classification:H6", 18), ("publisher:Other", 0),
    )):  # fmt: skip
        export(filled, tmp_path / str(number), parse_flow_filter(text))
        rows = (
            pq.read_table(tmp_path / str(number)).num_rows if count else len(list((tmp_path / str(number)).iterdir()))
        )
        assert (text, rows) == (text, count)


def test_a_folder_that_holds_something_is_never_touched(filled: Store, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match="is not empty"):
        export(filled, target)
    assert [path.name for path in target.iterdir()] == ["mine.txt"]
    (target / "mine.txt").unlink()
    assert export(filled, target)


def test_what_stops_an_export_leaves_nothing(filled: Store, tmp_path: Path) -> None:
    other = reopen(filled.path)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        write_flows(filled.database, EVERYTHING, tmp_path / "out", Progress(is_cancelled=lambda: True))
    undone = Progress(lambda *_: other.undo() and None)
    with pytest.raises(Conflict, match="was changed while it was exported"):
        write_flows(filled.database, EVERYTHING, tmp_path / "out", undone)
    (tmp_path / "file").write_text("mine")
    for target, sentence in (("file", "is a file"), ("none/out", "does not exist")):
        with pytest.raises(UserError, match=sentence):
            export(filled, tmp_path / target)
    (tmp_path / "file").unlink()
    assert sorted(tmp_path.iterdir()) == before
    other.close()


# -- in


def test_what_was_exported_is_nothing_new_here_and_all_there_is_elsewhere(
    filled: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(filled, tmp_path / "out")
    with plan_import(filled, tmp_path / "out") as plan:
        assert (plan.layout.name, plan.new, plan.changed, plan.same, plan.refusals) == ("azcn", 0, 0, 18, 0)
    other = without_waiting(open_copy(tmp_path / "empty.db", tmp_path / "other.db"))
    assert main(["import", str(tmp_path / "out"), "--db", str(other.path), "--dry-run"]) == 0
    assert "18 new flows" in capsys.readouterr().out
    assert main(["import", str(tmp_path / "out"), "--db", str(other.path)]) == 0
    assert other.database.all("SELECT publisher, file_name, length(sha256) FROM dataset") == [("Test", "out", 64)]
    export(other, tmp_path / "again")
    here, there = (pq.read_table(tmp_path / name).drop_columns(["dataset"]).to_pylist() for name in ("out", "again"))
    assert sorted(map(repr, here)) == sorted(map(repr, there))
    other.close()


def test_a_file_of_another_program_is_recognised_by_its_columns(store: Store, tmp_path: Path) -> None:
    take(store, baci(tmp_path / "no-name-that-tells"))
    assert flows(store, "period", "reporter", "partner", "code", "value", "quantity") == [
        ("2022", "AZ", "TR", "000002", 4000, 1), ("2023", "AZ", "CN", "080810", 1500, 0.5),
        ("2023", "CN", "AZ", "270900", 20250, None),
    ]  # fmt: skip


def test_trade_between_others_is_left_out_and_counted_unless_asked_for(store: Store, tmp_path: Path) -> None:
    path = baci(tmp_path / "baci.parquet")
    with plan_import(store, path) as plan:
        assert (plan.new, plan.left_out) == (3, (("trade between others than AZ or CN", 1),))
    with plan_import(store, path, all_pairs=True) as plan:
        assert (plan.new, plan.left_out) == (4, ())


def test_the_names_of_folders_are_columns(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "baci"
    for year in ("2022", "2023"):
        table_file(folder / f"t={year}" / "data_0.parquet", i=[31], j=[156], k=["080810"], v=[1.0], q=[1.0])
    (folder / "_SUCCESS").write_text("")
    (folder / "_delta").mkdir()
    table_file(folder / "_delta" / "old.parquet", other=[1])
    take(store, folder)
    assert flows(store, "period", "code", "value") == [("2022", "080810", 1000), ("2023", "080810", 1000)]
    with plan_import(store, folder) as plan:
        assert plan.facts.sha256 == store.database.one("SELECT sha256 FROM dataset")
    table_file(folder / "t=2024" / "data_0.parquet", i=[31], j=[156])
    with pytest.raises(UserError, match="has other columns than"):
        plan_import(store, folder)


def test_a_refused_row_is_named_by_its_number_in_the_whole_folder(store: Store, tmp_path: Path) -> None:
    for number, value in enumerate((1.0, -1.0)):
        baci(tmp_path / "in" / f"{number}.parquet", v=[value, 1.0, 1.0, 1.0], t=[2000 + number] * 4)
    with plan_import(store, tmp_path / "in") as plan:
        assert [(refusal.line, refusal.column) for refusal in plan.refused] == [(6, "v")]


@settings(max_examples=30)
@given(
    st.lists(st.one_of(st.none(), st.floats(min_value=0, allow_infinity=False), st.integers(0, 2**63 - 1)), min_size=1),
    st.sampled_from((True, False)),
)
def test_every_number_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, values, is_text) -> None:
    path = tmp_path_factory.getbasetemp() / "numbers.parquet"
    column = pa.array([None if value is None else float(value) for value in values], pa.float64())
    words = pa.array([None if value is None else repr(float(value)) for value in values], pa.string())
    pq.write_table(pa.table({"a": words if is_text else column}), path)
    batches = list(parquet.table(reading.examine(path, Progress())).batches(Progress()))
    texts = [row[0] for batch in batches[1:] for row in batch.rows]
    assert [float(text) if text else None for text in texts] == column.to_pylist()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (pa.array([True, None]), ["true", ""]),
        (pa.array([b"ab", "Ə".encode()]), ["ab", "Ə"]),
        (pa.array(["a", "a"]).dictionary_encode(), ["a", "a"]),
        (pa.array(["a", None], pa.large_string()), ["a", ""]),
        (pa.array([7, None], pa.int8()).dictionary_encode(), ["7", ""]),
        (pa.array([150, None]).cast(pa.decimal128(30, 2)), ["150.00", ""]),
        (pa.array([19_000, None], pa.date32()), ["2022-01-08", ""]),
        (pa.nulls(2), ["", ""]),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_each_kind_of_column_becomes_text(tmp_path: Path, column: pa.Array, text: list[str]) -> None:
    path = table_file(tmp_path / "x.parquet", a=column)
    batches = list(parquet.table(reading.examine(path, Progress())).batches(Progress()))
    assert [row[0] for batch in batches[1:] for row in batch.rows] == text


def test_hostile_and_damaged_files_are_refused_with_a_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = baci(tmp_path / "whole.parquet").read_bytes()
    bomb = tmp_path / "z"
    zeros = pa.nulls(2_000_000, pa.float64()).fill_null(0.0)
    pq.write_table(pa.table({"v": zeros}), bomb, use_dictionary=False, compression="zstd")
    cases = {
        "cut": (whole[:-20], "can't be read as Parquet"),
        "spoiled": (whole[:200] + b"\xff" * 40 + whole[240:], "can't be read as Parquet"),
        "magic": (b"PAR1", "can't be read as Parquet"),
        "nested": (baci(tmp_path / "n", z=[[1], [2], [3], [4]]).read_bytes(), "values inside values"),
        "wide": (table_file(tmp_path / "w", **{f"c{n}": [1] for n in range(2_001)}).read_bytes(), "2,001 columns"),
        "long": (baci(tmp_path / "l", j=["x" * 20_000] * 4).read_bytes(), "more than 10,000 bytes"),
        "no text": (baci(tmp_path / "b", j=[b"\xff"] * 4).read_bytes(), "can't be read as Parquet"),
        "bomb": (bomb.read_bytes(), "unpacks to more than two hundred times"),
    }
    for name, (content, sentence) in cases.items():
        path = tmp_path / f"{name}.parquet"
        path.write_bytes(content)
        with pytest.raises(UserError, match=sentence):
            plan_import(store, path)
    monkeypatch.setattr(parquet, "MAX_ROWS", 3)
    with pytest.raises(UserError, match="4 rows; at most 3 are read"):
        plan_import(store, tmp_path / "whole.parquet")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        plan_import(store, tmp_path / "folder")


def test_without_its_library_a_sentence_says_what_to_install(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = baci(tmp_path / "baci.parquet")
    monkeypatch.delitem(sys.modules, "azcn_desktop.trade.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for arguments in (
        ["import", str(path), "--db", str(filled.path)],
        ["export", "--format", "parquet", "--db", str(filled.path), "--to", str(tmp_path / "out")],
    ):
        assert main(arguments) == 1
        assert "pip install azcn-desktop[parquet]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()

"""Export of trade flows: the quick ways write what the usual writer would, whatever stands in the cells."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from azcn_desktop.errors import Cancelled
from azcn_desktop.exchange import tabular
from azcn_desktop.exchange.cells import columns_of, plain_text
from azcn_desktop.exchange.exporting import DataMoved, ExportRequest, TableRequest, count_of, export
from azcn_desktop.exchange.flow_export import csv_page
from azcn_desktop.exchange.text_tables import csv_text
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA, TRADE_FLOW
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import lines
from azcn_desktop.store.flows.lines import FlowLines
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import
from tests.store.builders import without_waiting
from tests.trade.builders import line, take, written

COLUMNS = columns_of(SCHEMA, TRADE_FLOW)
NAMES = [column.name for column in COLUMNS]
ALL = TableRequest(Query("trade_flow"))
HARD = [
    'say "x"',
    "two\r\nlines",
    "one\rtwo",
    "=1+1",
    "\t=1",
    "'=1",
    "'quoted",
    " -x",
    "-5",
    "a\nb",
    "＝1",
    "",
    "é,中;",
    "\u00a0=1",
    "\u2066@1",
    "\r\n=1",
    "€",
]
TEXTS = st.one_of(st.sampled_from(HARD), st.text(st.characters(exclude_characters="\0"), max_size=8))
NUMBERS = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**15), 10**15).map(lambda thousandths: thousandths / 1000),
)


@pytest.fixture
def flows(store: Store, tmp_path: Path) -> Store:
    """Three flows of one dataset."""
    wanted = [line(code=code, value=value) for code, value in (("010121", 0.1), ("270900", 100), ("TOTAL", 1e15))]
    take(store, written(tmp_path / "flows.csv", *wanted))
    return store


def everything(store: Store, *keys: int) -> FlowLines:
    return FlowLines(store.database, NAMES, FlowOrder([list(keys)]) if keys else None, plain_text)


def exported(store: Store, target: Path, request: TableRequest = ALL, progress: Progress | None = None) -> Path:
    export(store, ExportRequest((request,), target), progress or Progress())
    return target


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three flows in a file that examples write into again and again."""
    folder = tmp_path_factory.mktemp("flows")
    database = Database.create(folder / "azcn.db")
    upgrade(database, SCHEMA)
    store = without_waiting(Store(database))
    take(store, written(folder / "flows.csv", line(code="01"), line(code="02"), line(code="03")))
    yield store
    store.close()


@settings(max_examples=40)
@given(
    texts=st.lists(TEXTS, min_size=3, max_size=3),
    numbers=st.lists(NUMBERS, min_size=3, max_size=3),
    is_raw=st.booleans(),
)
def test_lines_put_together_by_sqlite_are_those_of_the_usual_writer(
    three: Store, texts: list[str], numbers: list[float | None], is_raw: bool
) -> None:
    for key, (text, number) in enumerate(zip(texts, numbers, strict=True), 1):
        safe = text.encode("utf-8", "replace").decode()
        three.database.execute(
            "UPDATE trade_flow SET quantity_unit = ?, value = ?, quantity = ? WHERE id = ?", (safe, number, number, key)
        )
    three.database.execute("UPDATE dataset SET title = ?", (texts[0].encode("utf-8", "replace").decode(),))
    pages = everything(three)
    (page,) = pages.pages()
    wanted = csv_text(pages.rows(page), is_raw)
    assert csv_page(pages, page, len(NAMES), is_raw) == (wanted, 3)


@pytest.mark.parametrize("name", ["f.csv", "f.md"])
def test_a_choice_of_flows_is_exported_in_its_order(flows: Store, name: str, tmp_path: Path) -> None:
    request = TableRequest(Query("trade_flow"), ("code",), flows=FlowQuery(levels=(6,), sort="-value"))
    text = exported(flows, tmp_path / name, request).read_text("utf-8-sig")
    assert 0 < text.index("270900") < text.index("010121")
    assert "TOTAL" not in text


def test_all_flows_are_exported_with_their_dataset_and_every_digit(flows: Store, tmp_path: Path) -> None:
    rows = read(exported(flows, tmp_path / "f.csv"))
    assert [(row["code"], row["value"]) for row in rows] == [
        ("010121", "0.1"), ("270900", "100"), ("TOTAL", "1000000000000000"),
    ]  # fmt: skip
    dataset = flows.rows("dataset", [1])[0]
    assert {(row["dataset_id"], row["dataset_id_uid"]) for row in rows} == {(dataset.title, dataset.uid)}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_is_imported_again_as_it_was(flows: Store, tmp_path: Path, suffix: str) -> None:
    since_january = line(code="27", frequency="M", period="202403", is_cumulative=1, valuation="", net_weight_kg=0.5)
    marked = line(code="28", publisher="Other", is_estimated=1, is_reported=0, quantity=7, quantity_unit="u")
    for name, wanted in (("a.csv", since_january), ("b.csv", marked)):
        path = tmp_path / name
        path.write_text(f"{','.join(wanted)}\n{','.join(map(str, wanted.values()))}\n")
        take(flows, path)
    back = exported(flows, tmp_path / f"f{suffix}")
    with plan_import(flows, back) as plan:
        assert (plan.staging.counts(), plan.refused) == ((0, 0, 5), ())
    database = Database.create(tmp_path / "other.db")
    upgrade(database, SCHEMA)
    other = without_waiting(Store(database))
    take(other, back)
    stored = ", ".join(name for name in NAMES if not name.startswith(("dataset", "replaced")))
    sql = f"SELECT d.publisher, {stored} FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id ORDER BY 1, code"
    assert other.database.all(sql) == flows.database.all(sql)
    other.close()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".json"])
@pytest.mark.parametrize("query", [Query("trade_flow"), Query("trade_flow", sort="code")])
def test_only_flows_that_count_are_exported(flows: Store, tmp_path: Path, suffix: str, query: Query) -> None:
    newer = [line(code="010121", value=7), line(code="28", value=8)]
    take(flows, written(tmp_path / "newer.csv", *newer))

    def found() -> list[str]:
        path, columns = tmp_path / f"f{suffix}", TableRequest(query, ("code", "value"))
        assert export(flows, ExportRequest((columns,), path), Progress()).counts["trade_flow"] == count_of(
            flows, columns
        )
        if suffix == ".json":
            return sorted(
                f"{row['code']} {row['value']:g}" for row in json.loads(path.read_text())["tables"]["trade_flow"]
            )
        if suffix == ".csv":
            return sorted(f"{row['code']} {float(row['value']):g}" for row in read(path))
        rows = CalamineWorkbook.from_path(path).get_sheet_by_name("trade_flow").to_python()[1:]
        return sorted(f"{code} {value:g}" for code, value in rows)

    assert found() == ["010121 7", "270900 100", "28 8", "TOTAL 1e+15"]
    flows.undo()
    assert found() == ["010121 0.1", "270900 100", "TOTAL 1e+15"]
    flows.database.execute("UPDATE dataset SET state = 'loading'")  # as a killed program leaves it
    assert found() == []


def test_a_filter_an_order_and_chosen_keys_hold(flows: Store, tmp_path: Path) -> None:
    falling = TableRequest(Query("trade_flow", sort="-value"), ("code",))
    assert [row["code"] for row in read(exported(flows, tmp_path / "f.csv", falling))] == ["TOTAL", "270900", "010121"]
    some = TableRequest(parse_query("value:>=100", TRADE_FLOW))
    assert [row["code"] for row in read(exported(flows, tmp_path / "s.csv", some))] == ["270900", "TOTAL"]
    chosen = TableRequest(Query("trade_flow"), keys=(3, 1))
    assert [row["code"] for row in read(exported(flows, tmp_path / "k.csv", chosen))] == ["TOTAL", "010121"]


def test_flows_are_read_in_pages_whatever_ids_are_missing(
    flows: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flows.database.execute("UPDATE trade_flow SET id = id * 1000")
    monkeypatch.setattr(lines, "PAGE", 2)
    assert [row["code"] for row in read(exported(flows, tmp_path / "f.csv"))] == ["010121", "270900", "TOTAL"]


def test_a_workbook_goes_on_in_another_sheet(flows: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_SHEET_ROWS", 3)
    book = CalamineWorkbook.from_path(exported(flows, tmp_path / "f.xlsx"))
    assert book.sheet_names == ["trade_flow", "trade_flow 2", "Sources"]
    found = [row for name in book.sheet_names[:2] for row in book.get_sheet_by_name(name).to_python()]
    assert [row[NAMES.index("code")] for row in found] == ["code", "010121", "270900", "code", "TOTAL"]
    assert found[1][NAMES.index("value")] == 0.1


def test_yes_and_no_of_a_flow_are_truth_values_in_a_workbook(flows: Store, tmp_path: Path) -> None:
    sheet = CalamineWorkbook.from_path(exported(flows, tmp_path / "f.xlsx")).get_sheet_by_name("trade_flow")
    assert [row[NAMES.index("is_cumulative")] for row in sheet.to_python()[1:]] == [False, False, False]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_formula_in_a_flow_is_harmless(flows: Store, tmp_path: Path, suffix: str) -> None:
    flows.database.execute("UPDATE trade_flow SET partner = '=1+1' WHERE id = 2")
    path = exported(flows, tmp_path / f"f{suffix}")
    if suffix == ".csv":
        found = [row["partner"] for row in read(path)]
    else:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_name("trade_flow")
        found = [row[NAMES.index("partner")] for row in sheet.to_python()[1:]]
    assert found == ["CN", "'=1+1", "CN"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_cancelled_export_of_flows_leaves_nothing(flows: Store, tmp_path: Path, suffix: str) -> None:
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        exported(flows, tmp_path / f"f{suffix}", progress=Progress(is_cancelled=is_cancelled))
    assert list(tmp_path.glob("*f.*")) == []


def test_an_edit_while_flows_are_exported_starts_again_and_two_are_said(flows: Store, tmp_path: Path) -> None:
    other = Store(Database.open(flows.path))

    def edit(done: int, total: int, note: str) -> None:
        other.database.execute("UPDATE trade_flow SET value = value + 1 WHERE id = 1")

    with pytest.raises(DataMoved):
        exported(flows, tmp_path / "f.csv", progress=Progress(on_report=edit))
    other.close()
    assert list(tmp_path.glob("*f.csv*")) == []

"""Importing statistics: a preview first, revisions kept, one step to take back, and never half of anything."""

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from azcn_desktop.errors import Cancelled, Conflict, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.checking import check_database
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.loading import Turns, remove_dataset, sweep
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.flows.totals import totals
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import
from azcn_desktop.trade.layout import Mapping
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.preview import preview_lines
from tests.trade.builders import QUIET, current, flows, line, take, text_of, written

COMTRADE = (
    "typeCode,freqCode,refYear,period,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,"
    "classificationCode,cmdCode,customsCode,motCode,qtyUnitAbbr,qty,netWgt,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported\n"
)


def comtrade(*rows: str) -> str:
    """Return a Comtrade Plus table; its lines end with one comma more than the header has."""
    return COMTRADE + "".join(f"{row},\n" for row in rows)


def test_the_spare_comma_of_comtrade_plus_shifts_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "any name.dat"
    path.write_text(
        comtrade(
            '"C","A","2022","2022","31","AZE","M","156","CHN","0","H6","010121","C00","0","u","7","350","12.5",,"12.5","0","true"'
        )
    )
    take(store, path)
    row = store.database.all(
        "SELECT reporter, partner, code, value, net_weight_kg, quantity, quantity_unit, valuation FROM trade_flow"
    )
    assert row == [("AZ", "CN", "010121", 12.5, 350.0, 7.0, "u", "CIF")]


def test_parts_of_a_total_are_left_out_with_the_reason(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    whole = "C,A,2022,2022,31,AZE,M,156,CHN,0,H6,27,C00,0,kg,,,10,,10,0,true"
    path.write_text(comtrade(whole, whole.replace("C00,0", "C00,2100"), whole.replace("CHN,0", "CHN,36")))
    with plan_import(store, path) as plan:
        assert (plan.new, plan.refusals) == (1, 0)
        assert dict(plan.left_out) == {
            "a part of the total by mode of transport; the total stands in another row": 1,
            "a part of the total by second partner; the total stands in another row": 1,
        }


def test_the_preview_tells_what_the_file_covers_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    lines = [line(code="TOTAL", value=500), line(code="27", value=400), line(code="TOTAL", value=550, period="2025")]
    with plan_import(store, written(tmp_path / "x.csv", *lines)) as plan:
        words = "\n".join(preview_lines(plan))
    assert (
        "Azerbaijan reports import with China, annual 2024 to 2025: 3 flows in USD, CIF, total 1,050 USD (Test)"
        in words
    )
    assert "3 new flows, 0 changed, 0 the same as before" in words
    assert (
        store.database.one("SELECT count(*) FROM trade_flow") == store.database.one("SELECT count(*) FROM dataset") == 0
    )


def test_one_row_is_not_called_rows(store: Store, tmp_path: Path) -> None:
    with plan_import(store, written(tmp_path / "x.csv", line(), line(code="27", value=""))) as plan:
        told = list(preview_lines(plan))
    assert any(": 1 flow in USD" in words for words in told)
    assert told[-1].endswith("1 row left out")


def test_what_is_no_file_on_a_disk_is_refused_and_not_waited_for(store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("no pipes here")
    with pytest.raises(UserError, match="no file on a disk"):
        plan_import(store, pipe)


def test_a_revision_is_kept_beside_what_it_replaces(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "first.csv", line(code="27", value=100), line(code="28", value=5)))
    second = written(
        tmp_path / "second.csv", line(code="27", value=90), line(code="28", value=5), line(code="29", value=1)
    )
    with plan_import(store, second) as plan:
        assert (plan.new, plan.changed, plan.same) == (1, 1, 1)
        assert [(c.code, c.before, c.after, c.line) for c in plan.changes] == [("27", 100.0, 90.0, 2)]
        run_import(store, plan, Progress(), QUIET)
    assert current(store) == [("27", "2024", 90.0), ("28", "2024", 5.0), ("29", "2024", 1.0)]
    assert store.database.all("SELECT value, replaced_by FROM trade_flow WHERE code = '27' ORDER BY id") == [
        (100.0, 2),
        (90.0, None),
    ]
    assert sum(total.value for total in totals(store.database, (), {})) == 96.0
    assert count(store.database, FlowQuery(text="27")) == 1
    store.undo()
    assert current(store) == [("27", "2024", 100.0), ("28", "2024", 5.0)]
    assert sum(total.value for total in totals(store.database, (), {})) == 105.0
    store.redo()
    assert current(store) == [("27", "2024", 90.0), ("28", "2024", 5.0), ("29", "2024", 1.0)]


def test_the_same_file_again_is_an_empty_plan(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line(), line(flow="X", valuation="FOB"))
    take(store, path)
    before = store.database.one("SELECT count(*) FROM journal_set")
    with plan_import(store, path) as plan:
        assert plan.is_empty
        assert run_import(store, plan, Progress(), QUIET).tables == {}
    assert store.database.one("SELECT count(*) FROM journal_set") == before
    assert store.database.one("SELECT count(*) FROM dataset") == 1


def test_unlike_measures_never_match(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=100)))
    others = [
        line(valuation="FOB"), line(valuation="deflated"), line(currency="CNY"), line(publisher="Other"),
        line(frequency="M", period="202401"), line(classification="H5"),
    ]  # fmt: skip
    with plan_import(store, written(tmp_path / "y.csv", *others)) as plan:
        assert (plan.new, plan.changed, plan.same) == (6, 0, 0)
        run_import(store, plan, Progress(), QUIET)
    found = totals(store.database, ("period",), {"level": 6})
    assert len(found) == 7
    assert {(total.key[4], total.key[5]) for total in found} == {
        ("CIF", "USD"),
        ("FOB", "USD"),
        ("deflated", "USD"),
        ("CIF", "CNY"),
    }


def test_several_publishers_in_one_file_are_datasets_of_one_step(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(publisher="One"), line(publisher="Two", value=7)))
    assert store.database.all("SELECT publisher, state FROM dataset ORDER BY id") == [
        ("One", "ready"),
        ("Two", "ready"),
    ]
    assert list(differences(store.database)) == []
    store.undo()
    assert current(store) == []
    with pytest.raises(UserError):
        store.undo()


def test_what_was_taken_back_for_good_is_swept(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=1)))
    take(store, written(tmp_path / "y.csv", line(value=2)))
    store.undo()
    assert sweep(store, Progress(), older_than_s=-60) == 0, "it can still be redone"
    take(store, written(tmp_path / "z.csv", line(code="01", value=3)))
    assert sweep(store, Progress(), older_than_s=-60) == 1
    assert current(store) == [("01", "2024", 3.0), ("270900", "2024", 1.0)]
    assert store.database.one("SELECT count(*) FROM trade_flow WHERE replaced_by IS NOT NULL") == 0
    assert list(differences(store.database)) == []


def test_a_removed_dataset_counts_nowhere_and_comes_back_by_undo(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=1)))
    take(store, written(tmp_path / "y.csv", line(value=2)))
    with pytest.raises(Conflict, match="newer values"):
        remove_dataset(store, 1)
    remove_dataset(store, 2)
    assert current(store) == [("270900", "2024", 1.0)]
    store.undo()
    assert current(store) == [("270900", "2024", 2.0)]
    remove_dataset(store, 2)
    take(store, written(tmp_path / "z.csv", line(value=3)))
    assert current(store) == [("270900", "2024", 3.0)]
    store.undo()
    assert current(store) == [("270900", "2024", 1.0)]


def test_an_import_that_comes_between_makes_a_preview_stale(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line())
    with plan_import(store, path) as early:
        take(store, path)
        with pytest.raises(Conflict, match="Another import"):
            run_import(store, early, Progress(), QUIET)
    assert len(current(store)) == 1


@pytest.mark.parametrize(("slice_rows", "slices"), [(2, 3), (5, 1)])
def test_the_length_of_a_slice_changes_nothing_but_the_number_of_commits(
    store: Store, tmp_path: Path, slice_rows: int, slices: int
) -> None:
    told: list[str] = []
    path = written(tmp_path / "x.csv", *(line(code=f"0{number}", value=number) for number in range(1, 6)))
    with plan_import(store, path) as plan:
        progress = Progress(lambda done, total, note: told.append(note))
        run_import(store, plan, progress, Turns(pause_s=0, slice_rows=slice_rows))
    assert told.count("Importing") == slices
    assert current(store) == [(f"0{number}", "2024", number) for number in range(1, 6)]
    assert list(differences(store.database)) == []


@pytest.mark.parametrize("at", range(8))
def test_cancelling_until_the_last_commit_leaves_nothing(store: Store, tmp_path: Path, at: int) -> None:
    old = written(tmp_path / "old.csv", *(line(code=f"{n:06}", value=1) for n in range(100)))
    take(store, old)
    new = written(tmp_path / "new.csv", *(line(code=f"{n:06}", value=2) for n in range(12_000)))
    calls = 0

    def is_cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > at

    before = current(store)
    with plan_import(store, new) as plan, pytest.raises(Cancelled):
        run_import(store, plan, Progress(is_cancelled=is_cancelled if at < 4 else _late(plan, at)), QUIET)
    assert current(store) == before
    assert store.database.one("SELECT count(*) FROM trade_flow") == 100
    assert store.database.one("SELECT count(*) FROM dataset") == 1
    assert store.database.one("SELECT count(*) FROM trade_flow WHERE replaced_by IS NOT NULL") == 0
    assert list(differences(store.database)) == []


def _late(plan: object, at: int) -> object:
    """Return a question that is answered with yes only at the end of the copying."""
    count = iter(range(1_000))
    return lambda: next(count) >= 3 - (at - 4) % 4


def test_a_flow_that_stands_twice_is_kept_once_or_refused(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line(value=1), line(value=1), line(code="01", value=2), line(code="01", value=3))
    with plan_import(store, path) as plan:
        assert plan.new == 2
        assert dict(plan.left_out) == {"the same flow as in another row": 1}
        assert [(r.line, r.reason) for r in plan.refused] == [(5, "The same flow stands in line 4 with another value.")]


def test_a_bad_cell_is_refused_with_line_column_and_reason(store: Store, tmp_path: Path) -> None:
    bad = [
        line(value="1,5"), line(period="2024-13"), line(flow="both"), line(valuation="CFI"), line(currency="dollars"),
        line(value="1e999"), line(value="-5"), line(code="27 09"), line(reporter=""), line(value="nine"),
        line(code="2709.0"),
    ]  # fmt: skip
    path = written(tmp_path / "x.csv", line(code="01", value=0.5), *bad)
    with plan_import(store, path) as plan:
        assert plan.new == 1
        assert [r.line for r in plan.refused] == list(range(3, 14))
        assert [r.column for r in plan.refused] == [
            "value", "period", "flow", "valuation", "currency", "value", "value", "code", "reporter", "value", "code",
        ]  # fmt: skip
        assert all(r.reason.endswith(".") for r in plan.refused)
        run_import(store, plan, Progress(), QUIET)
    assert len(current(store)) == 1


def test_unknown_codes_and_areas_are_imported_and_named(store: Store, tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    codes.write_text("section,hscode,description,parent,level\nV,27,Mineral fuels,TOTAL,2\n")
    take(store, codes)
    path = written(tmp_path / "x.csv", line(code="27"), line(code="00999"), line(partner="Areas, nes", code="27"))
    with plan_import(store, path) as plan:
        assert plan.unknown_codes == ("00999",)
        assert plan.unknown_areas == ("Areas, nes",)
        run_import(store, plan, Progress(), QUIET)
    assert [row[0] for row in current(store)] == ["00999", "27", "27"]


def test_an_imported_file_passes_the_full_check(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", *(line(code=f"{n:06}", value=n / 7) for n in range(300))))
    assert check_database(store.database, SCHEMA, Progress()).problems == ()
    store.database.execute("UPDATE trade_total SET value = value + 1")
    assert check_database(store.database, SCHEMA, Progress()).problems == (
        "trade_total does not sum up the trade flows: 1 groups differ.",
    )


def test_packed_files_are_read_as_they_are(store: Store, tmp_path: Path) -> None:
    text = text_of([line(), line(code="01")]).encode()
    gz, zipped = tmp_path / "x.csv.gz", tmp_path / "x.zip"
    gz.write_bytes(gzip.compress(text))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr("data.csv", text)
    take(store, gz)
    with plan_import(store, zipped) as plan:
        assert (plan.same, plan.facts.packing, plan.facts.member) == (2, "zip", "data.csv")


def test_a_bomb_is_refused_before_it_fills_anything(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(text_of([line()]).encode() + b"0" * (40 << 20)))
    with pytest.raises(UserError, match="two hundred times its size"):
        plan_import(store, path)
    twice = tmp_path / "two.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(UserError, match="exactly one table"):
        plan_import(store, twice)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_publishers_are_read(store: Store, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    lines = [
        line(partner="阿塞拜疆", reporter="CN"),
        line(partner="世界", reporter="CN"),
        line(partner="俄罗斯联邦", reporter="CN"),
    ]
    path.write_bytes(text_of(lines).encode(encoding))
    take(store, path)
    assert [row[0] for row in store.database.all("SELECT DISTINCT partner FROM trade_flow ORDER BY 1")] == [
        "AZ",
        "WLD",
        "俄罗斯联邦",
    ]


def test_a_table_with_decimal_commas_is_read_and_a_mixed_one_is_refused_in_part(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text_of([line(value="1234,5"), line(code="01", value="7")], ";"))
    with plan_import(store, path) as plan:
        assert "Numbers are read with a decimal comma." in plan.notes
        run_import(store, plan, Progress(), QUIET)
    assert current(store) == [("01", "2024", 7.0), ("270900", "2024", 1234.5)]
    path.write_text(text_of([line(code="02", value="1234,5"), line(code="03", value="1234.5")], ";"))
    with plan_import(store, path) as plan:
        assert [(r.line, r.column) for r in plan.refused] == [(2, "value")]


def test_a_table_of_ones_own_is_read_by_what_a_person_says_of_it(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Jahr;Ware;Richtung;Wert\n2023;0801;Import;12\n2024;0801;Import;15\n")
    mapping = Mapping(
        columns=(("period", "Jahr"), ("code", "Ware"), ("flow", "Richtung"), ("value", "Wert")),
        fixed=(("reporter", "AZE"), ("partner", "CHN"), ("currency", "EUR")), publisher="Mine",
    )  # fmt: skip
    with plan_import(store, path, MAPPED, mapping) as plan:
        run_import(store, plan, Progress(), QUIET)
    assert store.database.all("SELECT reporter, partner, code, period, value, currency, valuation FROM trade_flow") == [
        ("AZ", "CN", "0801", "2023", 12.0, "EUR", "CIF"), ("AZ", "CN", "0801", "2024", 15.0, "EUR", "CIF"),
    ]  # fmt: skip
    with pytest.raises(UserError, match="does not tell reporter, partner, currency"):
        plan_import(store, path, MAPPED, Mapping(columns=mapping.columns))


def test_the_legacy_header_is_known_in_both_spellings(store: Store, tmp_path: Path) -> None:
    header = "Classification,Year,Period,Trade Flow Code,Reporter Code,Partner Code,Commodity Code,Trade Value (US$)"
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\nH2,2010,2010,2,31,156,0901,77\n")
    take(store, path)
    path.write_text(f"{header.replace(' ', '.').replace('(US$)', '.US..')}\nH2,2010,2010,2,31,156,0901,77\n")
    with plan_import(store, path) as plan:
        assert (plan.layout.name, plan.same) == ("comtrade-legacy", 1)


def test_baci_codes_get_their_zeros_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "BACI_HS92_Y2020.csv"
    path.write_text("t,i,j,k,v,q\n2020,31,156,10111,1.5,0.25\n2020,31,156,270900,2,NA\n")
    take(store, path)
    assert flows(store, "reporter", "partner", "code", "value", "quantity", "quantity_unit", "valuation") == [
        ("AZ", "CN", "010111", 1500.0, 0.25, "t", "reconciled"),
        ("AZ", "CN", "270900", 2000.0, None, "t", "reconciled"),
    ]


def test_a_workbook_is_read_as_a_table(store: Store, tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed)
    sheet = book.add_worksheet()
    for number, row in enumerate(text_of([line(code="0801", value="12.5")]).splitlines()):
        sheet.write_row(number, 0, row.split(","))
    book.close()
    path = tmp_path / "x.xlsx"
    path.write_bytes(packed.getvalue())
    take(store, path)
    assert current(store) == [("0801", "2024", 12.5)]


def test_emptying_the_trash_leaves_no_sums_of_what_is_gone(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(), line(code="01", publisher="Other")))
    store.apply(edits.to_trash(store, "dataset", [1]))
    store.empty_trash()
    assert len(flows(store, "id")) == 1
    assert list(differences(store.database)) == []


def test_an_edit_of_a_flow_moves_its_sums_and_undo_moves_them_back(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=100), line(code="01", value=1)))
    row = store.database.all("SELECT id, value FROM trade_flow WHERE code = '270900'")[0]
    store.apply(ChangeSet("Edit", (Change("trade_flow", row[0], {"value": row[1]}, {"value": 60.5}),)))
    assert [total.value for total in totals(store.database, (), {"level": 6})] == [60.5]
    store.undo()
    assert [total.value for total in totals(store.database, (), {"level": 6})] == [100.0]
    assert list(differences(store.database)) == []


def test_sums_by_chapter_are_those_of_the_codes_below(store: Store, tmp_path: Path) -> None:
    values = {"270900": 5, "271000": 7, "010121": 1, "27": 12}
    take(store, written(tmp_path / "x.csv", *(line(code=code, value=value) for code, value in values.items())))
    found = totals(store.database, ("period",), {"level": 6}, by_chapter=True)
    assert [(total.key[-1], total.flows, total.value) for total in found] == [("01", 1, 1.0), ("27", 2, 12.0)]
    with pytest.raises(KeyError):
        totals(store.database, ("value; DROP TABLE trade_flow",), {})


def test_a_wide_table_under_a_title_is_read_year_by_year(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "API_TX.csv"
    path.write_text(
        '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2025-01-28",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2022","2023",\n'
        '"Azerbaijan","AZE","Merchandise exports (current US$)","TX.VAL.MRCH.CD.WT","38147000000","",\n'
        '"China","CHN","GDP (current US$)","NY.GDP.MKTP.CD","17","18",\n'
    )
    with plan_import(store, path) as plan:
        assert (plan.new, sum(count for _, count in plan.left_out)) == (1, 1)
        run_import(store, plan, Progress(), QUIET)
    found = flows(store, "reporter", "partner", "flow", "period", "code", "value", "valuation")
    assert found == [("AZ", "WLD", "X", "2022", "TOTAL", 38_147_000_000.0, "FOB")]


def test_a_table_of_the_atlas_with_codes_gives_both_directions(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    names = "country_id,country_iso3_code,partner_iso3_code,product_id,product_hs92_code,year,export_value,import_value"
    path.write_text(f"{names}\n31,AZE,CHN,650,0801,2020,10,0\n")
    take(store, path)
    found = flows(store, "reporter", "partner", "flow", "classification", "code", "value", "valuation")
    assert sorted(found) == [
        ("AZ", "CN", "M", "H0", "0801", 0.0, "harmonised"), ("AZ", "CN", "X", "H0", "0801", 10.0, "harmonised"),
    ]  # fmt: skip


def test_a_json_answer_of_the_api_is_read_like_its_table(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "answer"
    cells = [
        "C",
        "A",
        "2022",
        "2022",
        "31",
        "AZE",
        "M",
        "156",
        "CHN",
        "0",
        "H6",
        "27",
        "C00",
        "0",
        "kg",
        "",
        "",
        "10.5",
        "",
        "10.5",
        "0",
        "true",
    ]
    row = dict(zip(COMTRADE.strip().split(","), cells, strict=True)) | {"primaryValue": 10.5, "fobvalue": None}
    path.write_text(json.dumps({"elapsedTime": "0.1 secs", "count": 1, "data": [row]}))
    take(store, path)
    assert flows(store, "code", "value", "valuation") == [("27", 10.5, "CIF")]

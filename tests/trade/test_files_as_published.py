"""Files of statistics as their publishers write them: packed, encoded, spaced and shaped in every way."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import
from azcn_desktop.trade.layout import Mapping
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.preview import preview_lines
from tests.trade.builders import COMTRADE, QUIET, comtrade, current, flows, line, take, text_of, written


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


@pytest.mark.parametrize("name", ["reporterISO", "netWgt", "motCode", "primaryValue", "cmdCode"])
def test_a_column_that_is_read_may_stand_once_only(store: Store, tmp_path: Path, name: str) -> None:
    path = tmp_path / "twice.csv"
    row = "C,A,2022,2022,31,AZE,M,156,CHN,0,H6,27,C00,0,kg,,,10,,10,0,true"
    path.write_text(comtrade(row).replace("isReported\n", f"isReported,{name}\n"))
    with pytest.raises(UserError, match=f"names the column {name} 2 times. Remove the wrong ones."):
        plan_import(store, path)


def test_a_year_or_a_chosen_column_may_stand_once_only_and_others_as_often_as_they_like(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(
        "Reporter,Partner,Product categories,Indicator Type,Indicator,2019,2019\n"
        "China,Azerbaijan,All Products,Export,Export(US$ Mil),1,2\n"
    )
    with pytest.raises(UserError, match="names the column 2019 2 times"):
        plan_import(store, path)
    mapping = Mapping(
        (("value", "worth"), ("period", "year")), (("reporter", "AZ"), ("partner", "CN"), ("flow", "M"),
        ("code", "TOTAL"), ("currency", "USD")), publisher="Me",
    )  # fmt: skip
    path.write_text("year,worth,worth,x,x\n2022,1,2,3,4\n")
    with pytest.raises(UserError, match="names the column worth 2 times"):
        plan_import(store, path, layout=MAPPED, mapping=mapping)
    path.write_text("year,worth,x,x\n2022,1,3,4\n")
    with plan_import(store, path, layout=MAPPED, mapping=mapping) as plan:
        assert (plan.new, plan.refusals) == (1, 0)


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
        said = "\n".join(preview_lines(plan))
        assert "imported all the same: 1 code that no list of commodities has: 00999" in said
        assert "imported all the same: 1 area not known as a country of today: Areas, nes" in said
        assert plan.unknown_areas == ("Areas, nes",)
        run_import(store, plan, Progress(), QUIET)
    assert [row[0] for row in current(store)] == ["00999", "27", "27"]


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


def test_a_point_that_may_stand_between_thousands_is_refused_beside_decimal_commas(
    store: Store, tmp_path: Path
) -> None:
    values = ("12,5", "1.234", "1.234.567", "1234.567", "0.123", "7", "1.23")
    path = tmp_path / "x.csv"
    path.write_text(text_of([line(code=f"0{n}", value=value) for n, value in enumerate(values)], ";"))
    with plan_import(store, path) as plan:
        assert [(r.line, r.column) for r in plan.refused] == [(2, "value"), (3, "value"), (4, "value")]
        assert "may be 1234 or 1.234" in plan.refused[1].reason
        assert plan.new == 4
    path.write_text(text_of([line(code="01", value="1.234"), line(code="02", value="1.5")], ";"))
    with plan_import(store, path) as plan:
        assert (plan.new, plan.refusals) == (2, 0)


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

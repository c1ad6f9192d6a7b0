"""Reading tables: every encoding and separator in use, and a sentence for every file that is none."""

import json
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.exchange import workbook_guard
from azcn_desktop.exchange.tabular import TextTable, read_table

TURKISH = "name,city\r\nŞahin Öztürk,Iğdır\r\n"
CYRILLIC = "название,город\r\nВстреча министров,Баку\r\n"


def written(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def cells(table: TextTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


# -- CSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_encodings_are_read_and_the_mark_is_no_part_of_the_header(tmp_path: Path, encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    table = read_table(written(tmp_path / "t.csv", (mark + "name,city\nƏli,Bakı\n").encode(encoding)))
    assert table.header == ("name", "city")
    assert cells(table) == [("Əli", "Bakı")]
    assert table.note == ""


@pytest.mark.parametrize(
    ("text", "encoding", "words"), [(CYRILLIC, "cp1251", "Cyrillic"), (TURKISH, "cp1254", "Turkish")]
)
def test_old_encodings_are_told_apart_and_said(tmp_path: Path, text: str, encoding: str, words: str) -> None:
    table = read_table(written(tmp_path / "t.csv", text.encode(encoding)))
    assert cells(table) == [tuple(text.split("\r\n")[1].split(","))]
    assert words in table.note


def test_an_encoding_that_cannot_be_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Save it as UTF-8 CSV"):
        read_table(written(tmp_path / "t.csv", b"name\n\xa1\xbf\n"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separators_are_seen_from_the_header(tmp_path: Path, delimiter: str) -> None:
    text = delimiter.join(("name", '"a,b;c|d"', "city")) + "\n" + delimiter.join(("1", "2", "3")) + "\n"
    assert cells(read_table(written(tmp_path / "t.csv", text))) == [("1", "2", "3")]


def test_a_tsv_file_is_separated_by_tabs_whatever_its_header_holds(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "t.tsv", "a;b;c\td\n1\t2\n"))
    assert table.header == ("a;b;c", "d")


def test_rows_know_the_line_on_which_they_begin(tmp_path: Path) -> None:
    table = read_table(written(tmp_path / "t.csv", 'a,b\r\n"two\r\nlines",1\r\n\r\n3,4\r\n'))
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("two\r\nlines", "1")), (5, ("3", "4"))]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_every_line_end_is_understood(tmp_path: Path, end: str) -> None:
    assert cells(read_table(written(tmp_path / "t.csv", f"a,b{end}1,2{end}"))) == [("1", "2")]


def test_a_cell_may_be_larger_than_the_library_allows(tmp_path: Path) -> None:
    assert cells(read_table(written(tmp_path / "t.csv", "a\n" + "x" * 200_000 + "\n"))) == [("x" * 200_000,)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n\n", "holds no rows"),
        (b"a,b\n\0,1\n", "NUL"),
        (b'a,b\n"never closed,1\n2,3\n', "line 2: the quotation marks"),
        (b'a,b\n"x"y,1\n', "line 2: the quotation marks"),
        (b"\xff\xfea", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old format or protected"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_table(written(tmp_path / "t.csv", content))


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="was not found"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(UserError, match="is a folder"):
        read_table(tmp_path)


@given(st.binary(max_size=200), st.sampled_from([".csv", ".tsv", ".json", ".xlsx"]))
@settings(
    max_examples=300, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_a_table_or_a_sentence(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = written(tmp_path / f"any{suffix}", content)
    try:
        assert isinstance(read_table(path), TextTable)
    except UserError as error:
        assert str(path) in str(error)  # noqa: PT017, both outcomes are right


# -- JSON


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    content = [{"name": "Əli", "n": 1, "x": 0.5}, {"name": None, "y": True}]
    table = read_table(written(tmp_path / "t.json", json.dumps(content)))
    assert table.header == ("name", "n", "x", "y")
    assert cells(table) == [("Əli", "1", "0.5", ""), ("", "", "", "yes")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[" * 200_000, "nested too deeply"),
        ('[{"a": 1, "a": 2}]', "twice"),
        ('[{"a": NaN}]', "no number"),
        ('[{"a": 1e999}]', "too large"),
        ('[{"a": ' + "9" * 5_000 + "}]", "can't be read as JSON"),
        ('{"a": 1}', "holds no table"),
        ("3", "holds no table"),
        ('[{"a": [1]}]', "a list or an object"),
        ('{"a": 1}\n{"a": 2}', "can't be read as JSON"),
    ],
)
def test_json_that_is_no_table_is_refused_with_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        read_table(written(tmp_path / "t.json", text))


# -- XLSX


def workbook(path: Path, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def repacked(path: Path, changes: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a workbook anew with some of its parts replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()} | changes
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def sheet_of(rows: str) -> dict[str, bytes]:
    text = f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>'
    return {"xl/worksheets/sheet1.xml": text.encode()}


def test_the_sheet_of_the_wanted_name_is_read_and_blank_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ("Other", [["x"]]), ("Meeting", [["title", "n"], [], ["a", 3], ["b", 2.5]]))
    table = read_table(path, ["meeting"])
    assert [(row.line, row.cells) for row in table.rows] == [(3, ("a", "3")), (4, ("b", "2.5"))]


def test_several_sheets_without_the_name_are_named_in_the_refusal(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ("A", [["x"]]), ("B", [["x"]]))
    with pytest.raises(UserError, match="has the sheets A, B; one of them must be called meeting"):
        read_table(path, ["meeting"])


def test_the_value_of_a_formula_is_read_and_never_computed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ("S", [["a"], ["=1+1"]]))
    assert cells(read_table(path)) in ([], [("0",)])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            sheet_of('<sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
            "so far out",
        ),
        (
            sheet_of("<sheetData><row r='1'><c r='A1'/></row><row r='400000'><c r='ZZ400000'/></row></sheetData>"),
            "so far out",
        ),
        (sheet_of('<sheetData><row r="900000">' + "<c><v>1</v></c>" * 9 + "</row></sheetData>"), "so far out"),
        ({"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}, "XML entities"),
        ({"xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")}, "encoding"),
        ({"../evil.xml": b"<x/>"}, "points outside"),
        ({"/etc/evil.xml": b"<x/>"}, "points outside"),
        ({"xl/big.bin": bytes(60_000_000)}, "two hundred times"),
        ({f"xl/part{n}.xml": b"<x/>" for n in range(2_001)}, "too many parts"),
    ],
    ids=["corner", "box", "no addresses", "doctype", "utf-16", "dots", "absolute", "bomb", "parts"],
)
def test_a_dangerous_workbook_is_refused_before_it_is_read(
    tmp_path: Path, changes: dict[str, bytes], sentence: str
) -> None:
    path = repacked(workbook(tmp_path / "t.xlsx", ("S", [["a"], ["b"]])), changes)
    with pytest.raises(UserError, match=sentence):
        read_table(path)


def test_the_wrong_dimension_of_a_sheet_is_not_believed(tmp_path: Path) -> None:
    cell = '<c r="A1" t="inlineStr"><is><t>a</t></is></c>'
    rows = f'<dimension ref="A1:XFD1048576"/><sheetData><row r="1">{cell}</row></sheetData>'
    assert read_table(repacked(workbook(tmp_path / "t.xlsx", ("S", [["a"]])), sheet_of(rows))).header == ("a",)


def test_a_workbook_with_a_password_mark_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", ("S", [["a"]]))
    content = bytearray(path.read_bytes())
    for offset in range(len(content) - 4):
        if content[offset : offset + 4] == b"PK\x01\x02":
            flags = struct.unpack_from("<H", content, offset + 8)[0]
            struct.pack_into("<H", content, offset + 8, flags | 1)
    path.write_bytes(content)
    with pytest.raises(UserError, match="protected by a password"):
        read_table(path)


def test_an_unpacked_size_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "t.xlsx", ("S", [["a"]]))
    monkeypatch.setattr(workbook_guard, "MAX_BYTES", 100)
    with pytest.raises(UserError, match="larger than 512 MB"):
        read_table(path)


def test_a_plain_archive_and_a_cut_workbook_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "plain.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UserError, match="ZIP archive, but no Excel workbook"):
        read_table(tmp_path / "plain.zip")
    path = workbook(tmp_path / "t.xlsx", ("S", [["a"]]))
    content = path.read_bytes()
    for length in (5, 100, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:length])
        with pytest.raises(UserError, match=r"t\.xlsx"):
            read_table(path)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=20))
@settings(
    max_examples=200, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_workbook_is_a_table_or_a_sentence(tmp_path: Path, changes: list[tuple[int, int]]) -> None:
    path = workbook(tmp_path / "t.xlsx", ("S", [["a", "b"], [1, "x"]]))
    content = bytearray(path.read_bytes())
    for place, byte in changes:
        content[place % len(content)] = byte
    path.write_bytes(content)
    try:
        assert isinstance(read_table(path), TextTable)
    except UserError as error:
        assert "t.xlsx" in str(error)  # noqa: PT017, both outcomes are right

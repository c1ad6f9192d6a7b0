"""Tables in files: reading CSV, TSV, XLSX and JSON as rows of text, and writing workbooks.

A table that is read is a header and rows of text with the lines they stand on; what they mean is decided elsewhere.
Whatever the file is, the result is text or a sentence. The only module that knows the spreadsheet libraries.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import json
import math
import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import python_calamine
import xlsxwriter
from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.cells import Column, plain_text
from azcn_desktop.exchange.neutral import neutralise, restore
from azcn_desktop.exchange.text_tables import JSON_SCHEMA, SOURCE_HEADER, SourceRow, TableRow
from azcn_desktop.exchange.workbook_guard import inspect_workbook
from azcn_desktop.records.kinds import Date, Value
from azcn_desktop.records.schema import RecordType

MAX_FILE_BYTES = 512 * 1024 * 1024
MAX_CELL_CHARACTERS = 32_767
MAX_SHEET_ROWS = 1_048_576
_CHUNK = 1 << 20
_WHOLE = 10**15  # every whole number up to here has at most 16 digits
_SHORT, _MANY = 200, 20_000
_SOURCES = "Sources"
_TURKISH = frozenset("şŞğĞıİçÇöÖüÜâÂîÎûÛ‘’“”–—…«»\xa0€")
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
csv.field_size_limit(110_000_000)  # A note may have a hundred million characters; the limit belongs to the process.


class TextRow(Struct, frozen=True):
    """One row of a file.

    Attributes:
        line: the line of the file on which it begins, or its number in a sheet or list; the first is 1.
        cells: as text.
    """

    line: int
    cells: tuple[str, ...]


class TextTable(Struct, frozen=True):
    """A table as it stands in a file.

    Attributes:
        header: the names of the columns.
        rows: without blank ones.
        note: how the file was read, where that was a guess; else empty.
    """

    header: tuple[str, ...]
    rows: tuple[TextRow, ...]
    note: str = ""


def read_table(path: Path, names: Sequence[str] = (), is_raw: bool = False) -> TextTable:
    """Read a table from a file.

    Args:
        path: CSV, TSV, XLSX or JSON; what it is is seen from its bytes and its ending.
        names: what the wanted table may be called, where a file holds several.
        is_raw: take apostrophes before formula-like text for part of the text.

    Raises:
        UserError: the file can't be read, with the reason.
    """
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        inspect_workbook(path)
        return _restored(_read_workbook(path, names), is_raw)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{path} is a workbook of an old format or protected. Save it as .xlsx or CSV.")
    text, note = _decoded(path, path.read_bytes())
    if path.suffix.lower() == ".json" or (path.suffix.lower() not in (".csv", ".tsv") and text.lstrip()[:1] in "[{"):
        return _read_json(path, text, names)
    return _restored(_read_separated(path, text, note), is_raw)


class WorkbookWriter:
    """All tables in one workbook: a sheet for each, and one for the sources.

    For statistics in bulk every row goes to a temporary file at once, so that memory stays small, and a table that
    fills its sheet goes on in another one.
    """

    def __init__(self, file: BinaryIO, is_raw: bool, is_bulk: bool = False) -> None:
        self._file = file
        self._is_raw = is_raw
        self._is_bulk = is_bulk
        # The library must never see the file: after a full disk its archive would go on writing when it is collected.
        self._packed: Any = tempfile.TemporaryFile() if is_bulk else io.BytesIO()  # noqa: SIM115 - goes with this writer
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        options["constant_memory" if is_bulk else "in_memory"] = True
        self._workbook = xlsxwriter.Workbook(self._packed, options)
        self._bold = self._workbook.add_format({"bold": True, "bottom": 1})
        self._day = self._workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self._whole = self._workbook.add_format({"num_format": "#,##0"})
        self._sheet: Any = None
        self._columns: Sequence[Column] = ()
        self._flags, self._days_at = frozenset[int](), frozenset[int]()
        self._row = 0
        self._name, self._number = "", 1
        self._head: tuple[list[str], list[int]] = [], []
        self._plain_texts: set[str] = set()  # what was looked at and needs no care: words come again and again

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Start a sheet with the names of the columns, their units and their widths."""
        self._columns = columns
        self._flags = frozenset(index for index, column in enumerate(columns) if column.is_flag)
        self._days_at = frozenset(i for i, column in enumerate(columns) if isinstance(column.plain_kind, Date))
        widths = [c.field.width // 8 if c.field and not c.is_uid else 0 for c in columns]
        self._name, self._number = record_type.name, 1
        self._head = [c.header for c in columns], [min(max(w, 14), 60) for w in widths]
        self._begin_sheet(self._name, *self._head)

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows; numbers become numbers, exact days dates, and yes and no the truth values of a workbook."""
        self.write_values([row.values for row in rows])

    def write_values(self, rows: Iterable[Sequence[Value]]) -> None:
        """Add rows that are their cells."""
        for row in rows:
            if self._row == MAX_SHEET_ROWS:
                self._go_on()
            for index, (value, column) in enumerate(zip(row, self._columns, strict=True)):
                self._put(index, value, column)
            self._row += 1

    def finish(self, sources: Sequence[SourceRow]) -> None:
        """Add the sheet of sources and write the workbook."""
        self._begin_sheet(_SOURCES, SOURCE_HEADER, [14, 40, 28, 22, 50, 14, 40, 50, 14, 30, 12])
        for source in sources:
            for index, text in enumerate(source):
                day = _excel_day(text) if SOURCE_HEADER[index] == "published" else None
                if day:
                    self._sheet.write_datetime(self._row, index, day, self._day)
                else:
                    self._put_text(index, text, SOURCE_HEADER[index])
            self._row += 1
            if self._row > MAX_SHEET_ROWS:
                raise _too_many_rows()
        self._workbook.close()
        self._packed.seek(0)
        shutil.copyfileobj(self._packed, self._file, _CHUNK)
        self._packed.close()

    def _begin_sheet(self, name: str, header: Sequence[str], widths: Sequence[int]) -> None:
        self._sheet = self._workbook.add_worksheet(name)
        self._sheet.freeze_panes(1, 0)
        for index, (title, width) in enumerate(zip(header, widths, strict=True)):
            self._sheet.set_column(index, index, width)
            self._sheet.write_string(0, index, title, self._bold)
        self._row = 1

    def _go_on(self) -> None:
        """Go on in another sheet where one is full."""
        if not self._is_bulk:
            raise _too_many_rows()
        self._number += 1
        self._begin_sheet(f"{self._name} {self._number}", *self._head)

    def _put(self, index: int, value: Value, column: Column) -> None:
        if value is None:
            return
        if index in self._flags:
            self._sheet.write_boolean(self._row, index, bool(value))
        elif isinstance(value, int | float):
            self._put_number(index, value, column)
        elif index in self._days_at and (day := _excel_day(value)):
            self._sheet.write_datetime(self._row, index, day, self._day)
        else:
            self._put_text(index, value, column.name)

    def _put_number(self, index: int, value: int | float, column: Column) -> None:
        # A workbook keeps 16 digits; a number with more stays exact as text.
        if -_WHOLE <= value <= _WHOLE and value == int(value):
            self._sheet.write_number(self._row, index, value, self._whole)
        elif not math.isfinite(value) or float(f"{value:.16G}") != value or int(float(value)) != int(value):
            self._put_text(index, plain_text(value), column.name)
        else:
            self._sheet.write_number(self._row, index, value, self._whole if value == int(value) else None)

    def _put_text(self, index: int, text: str, name: str) -> None:
        if text in self._plain_texts:
            self._sheet.write_string(self._row, index, text)
            return
        safe = text if self._is_raw else neutralise(text)
        if len(safe.encode("utf-16-le")) // 2 > MAX_CELL_CHARACTERS:
            raise UserError(
                f"{name} in row {self._row + 1:,} has {len(text):,} characters; a cell of a workbook holds "
                f"{MAX_CELL_CHARACTERS:,}. Leave this column out, or export to CSV or JSON."
            )
        if _NO_XML.search(safe):
            raise UserError(
                f"{name} in row {self._row + 1:,} contains a character that no workbook can hold. Remove it, leave "
                "this column out, or export to CSV or JSON."
            )
        if safe == text and len(text) < _SHORT and len(self._plain_texts) < _MANY:
            self._plain_texts.add(text)
        self._sheet.write_string(self._row, index, safe)


def _too_many_rows() -> UserError:
    return UserError(f"A sheet holds {MAX_SHEET_ROWS - 1:,} rows; these are more. Export to CSV or JSON.")


def _excel_day(value: str) -> datetime.date | None:
    """Return an exact day that Excel and we count alike; it knows a 29 February 1900 that never was."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) or value < "1900-03-01":
        return None
    return datetime.date.fromisoformat(value)


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder. Choose a file.")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(f"{path} is larger than 512 MB. Split it.")
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise UserError(f"{path} was not found. Check the name.") from None
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}.") from error
    if not head:
        raise UserError(f"{path} is empty.")
    return head


def _decoded(path: Path, content: bytes) -> tuple[str, str]:
    """Return the text of a file and, where the encoding was guessed, a note on it."""
    encodings = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    encoding = next((name for mark, name in encodings.items() if content.startswith(mark)), "utf-8")
    try:
        text, note = content.decode(encoding), ""
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise UserError(f"{path} is damaged: byte {error.start:,} is no {encoding} text.") from error
        text, note = _guessed(path, content)
    if "\0" in text:
        raise UserError(f"{path} contains NUL characters, so it is no table of text. Save it as UTF-8 CSV.")
    return text, note


def _guessed(path: Path, content: bytes) -> tuple[str, str]:
    """Tell Cyrillic from Turkish text: words of the one are all foreign letters, of the other only some."""
    longest = max(map(len, re.findall(rb"[\x80-\xff]+", content)))
    cyrillic = content.decode("cp1251", errors="replace")
    if longest >= 4 and "\ufffd" not in cyrillic:
        return cyrillic, "Read as Windows-1251 (Cyrillic); check the letters."
    turkish = content.decode("cp1254", errors="replace")
    if all(character in _TURKISH for character in turkish if character > "\x7f"):
        return turkish, "Read as Windows-1254 (Turkish); check the letters."
    raise UserError(f"{path} is not UTF-8, and its encoding can't be told for certain. Save it as UTF-8 CSV.")


def _read_separated(path: Path, text: str, note: str) -> TextTable:
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[TextRow] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(TextRow(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UserError(
            f"{path}, line {line:,}: the quotation marks don't match ({error}). A cell with a quotation mark in it "
            "stands in quotation marks, and the inner one is doubled."
        ) from error
    return _table(path, rows, note)


def _delimiter(text: str) -> str:
    """Return the sign that separates the cells of the first line."""
    first = re.sub(r'"[^"]*"', "", next((line for line in text.splitlines() if line.strip()), ""))
    return max(",;\t|", key=first.count)


def _read_workbook(path: Path, names: Sequence[str]) -> TextTable:
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as workbook:
            sheets = [name for name in workbook.sheet_names if name != _SOURCES]
            sheet = _chosen(path, sheets, names, "sheets")
            grid = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, ValueError) as error:
        raise UserError(f"{path} is damaged or no Excel workbook ({error}). Save it again, or as CSV.") from error
    rows = [TextRow(line, tuple(map(_cell_of_workbook, cells))) for line, cells in enumerate(grid, 1)]
    return _table(path, [row for row in rows if any(cell.strip() for cell in row.cells)], "")


def _cell_of_workbook(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, int | float):
        return plain_text(value)
    return str(value)


def _read_json(path: Path, text: str, names: Sequence[str]) -> TextTable:
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(f"{path} can't be read as JSON: {reason}.") from error
    if isinstance(content, dict) and content.get("schema") == JSON_SCHEMA and isinstance(content.get("tables"), dict):
        content = content["tables"][_chosen(path, list(content["tables"]), names, "tables")]
    if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
        raise UserError(f"{path} holds no table: a list of objects, or what this program exports, is needed.")
    header = tuple(dict.fromkeys(str(key) for item in content for key in item))
    rows = [
        TextRow(line, tuple(_cell_of_json(path, line, key, item.get(key)) for key in header))
        for line, item in enumerate(content, 1)
    ]
    return TextTable(header, tuple(rows))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object names one of its keys twice")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number that can be stored")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large")
    return number


def _cell_of_json(path: Path, line: int, key: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, str | int | float):
        return plain_text(value)
    raise UserError(f"{path}, record {line:,}: {key[:60]} holds a list or an object; a text or number is needed.")


def _chosen(path: Path, present: Sequence[str], names: Sequence[str], what: str) -> str:
    wanted = {name.lower() for name in names}
    named = [name for name in present if name.lower() in wanted]
    if named or len(present) == 1:
        return named[0] if named else present[0]
    listed = ", ".join(present) or "none"
    raise UserError(f"{path} has the {what} {listed}; one of them must be called {' or '.join(names) or 'alike'}.")


def _table(path: Path, rows: list[TextRow], note: str) -> TextTable:
    if not rows:
        raise UserError(f"{path} holds no rows. The first one must name the columns.")
    header = rows[0].cells
    while header and not header[-1].strip():
        header = header[:-1]
    return TextTable(header, tuple(rows[1:]), note)


def _restored(table: TextTable, is_raw: bool) -> TextTable:
    if is_raw:
        return table
    rows = tuple(TextRow(row.line, tuple(map(restore, row.cells))) for row in table.rows)
    return TextTable(table.header, rows, table.note)

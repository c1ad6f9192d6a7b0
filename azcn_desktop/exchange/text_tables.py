"""Writers of tables as text: CSV, Markdown, JSON and HTML.

Each takes a table's head, then pages of its rows, then the sources. CSV is UTF-8 with a byte order mark, because Excel
reads it as another encoding without; every cell is quoted, so that no separator of a locale can begin a new one.
Nothing that stands in a record can become markup, script or formula. They know cells and files, no store.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol

from msgspec import Struct

from azcn_desktop.exchange.cells import Column, plain_text
from azcn_desktop.exchange.neutral import neutralise
from azcn_desktop.records.catalogue import CITATION, CITATION_LINK, SOURCE
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.records.words import CITATION_ROLE

JSON_SCHEMA = "azcn-export-1"
SOURCE_HEADER = (
    "table", "record", "record_uid", "publisher", "title", "published", "url", "quote", "field", "printed", "role",
)  # fmt: skip
# What people read above the same columns.
_SOURCE_LABELS = (
    "Table", "Record", "Record, identity", *(SOURCE.field(name).label for name in SOURCE_HEADER[3:7]),
    CITATION.field("quote").label, "Field",
    *(CITATION_LINK.field(name).label for name in SOURCE_HEADER[9:]),
)  # fmt: skip
SourceRow = tuple[str, ...]
_MARKDOWN = re.compile(r"[\\`*\[\]<>|&#~]|(?<!\w)_|_(?!\w)")
_STYLE = (
    "body{font:14px/1.45 system-ui,sans-serif;color:#1a1c20;margin:2rem}h1{font-size:1.3rem;margin:2rem 0 .5rem}"
    "table{border-collapse:collapse}th,td{border-bottom:1px solid #e6e6e9;padding:.35rem .7rem;text-align:left;"
    "vertical-align:top;white-space:pre-wrap;max-width:34rem;overflow-wrap:break-word}"
    'td{mso-number-format:"\\@"}td.n{mso-number-format:General}'  # Excel opens a page as cells: text is text there, too
    "th{white-space:nowrap;color:#63676f}th small{display:block;font-weight:400}td.n{text-align:right}"
)


class TableRow(Struct, frozen=True):
    """One record on its way out.

    Attributes:
        values: the cells as stored.
        shown: the cells as people read them, for a format that is read by people only; else empty.
    """

    values: tuple[Value, ...]
    shown: tuple[str, ...]


class TableWriter(Protocol):
    """What an export writes into, whatever the format."""

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Start a table."""

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows to the table that was started last."""

    def finish(self, sources: Sequence[SourceRow]) -> None:
        """End the last table and add what the rows rest on, where the format has a place for it."""


class _FilePerTable:
    """One file for each table; what the rows rest on has no place in them."""

    def __init__(self, file_of: Callable[[str], BinaryIO], is_raw: bool) -> None:
        self._file_of = file_of
        self._is_raw = is_raw
        self._file: BinaryIO = io.BytesIO()

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Open the file of a table."""
        self._file = self._file_of(record_type.name)

    def finish(self, sources: Sequence[SourceRow]) -> None:
        """Leave the sources out."""


class CsvWriter(_FilePerTable):
    """One CSV file for each table."""

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Open the file of a table and write the names of its columns."""
        super().begin(record_type, columns)
        if not self._is_raw:
            self._file.write("\ufeff".encode())
        self.write_text(csv_text([[column.name for column in columns]], is_raw=True))

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows."""
        self.write_text(csv_text([row.values for row in rows], self._is_raw))

    def write_text(self, text: str) -> None:
        """Add lines that are as `csv_text` makes them."""
        self._file.write(text.encode())


def csv_text(rows: Iterable[Sequence[Value]], is_raw: bool) -> str:
    """Write rows as lines of CSV; formula-like text is made harmless unless it is asked for raw."""
    page = io.StringIO()
    writer = csv.writer(page, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([_cell_text(value, is_raw) for value in row] for row in rows)
    return page.getvalue()


class MarkdownWriter(_FilePerTable):
    """One Markdown file for each table."""

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Open the file of a table and write its heading and the names of its columns."""
        super().begin(record_type, columns)
        self._file.write(f"# {_markdown(record_type.plural)}\n\n".encode())
        self._put([column.header for column in columns])
        self._file.write(("|" + " --- |" * len(columns) + "\n").encode())

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows."""
        for row in rows:
            self._put([_markdown(_cell_text(value, self._is_raw)) for value in row.values])

    def _put(self, cells: list[str]) -> None:
        self._file.write(("| " + " | ".join(cells) + " |\n").encode())


class JsonWriter:
    """All tables in one JSON file; numbers stay numbers and text stays exactly as it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._names: list[str] = []
        self._tables = 0
        self._rows = 0
        file.write(f'{{\n"schema": "{JSON_SCHEMA}",\n"tables": {{'.encode())

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Start the list of a table."""
        self._end_table()
        self._names = [column.name for column in columns]
        self._file.write(f"{',' if self._tables else ''}\n{json.dumps(record_type.name)}: [".encode())
        self._tables, self._rows = self._tables + 1, 0

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows."""
        for row in rows:
            text = json.dumps(dict(zip(self._names, row.values, strict=True)), ensure_ascii=False, allow_nan=False)
            self._file.write(f"{',' if self._rows else ''}\n{text}".encode())
            self._rows += 1

    def finish(self, sources: Sequence[SourceRow]) -> None:
        """End the last table and add the sources."""
        self._end_table()
        listed = [json.dumps(dict(zip(SOURCE_HEADER, row, strict=True)), ensure_ascii=False) for row in sources]
        self._file.write(('\n},\n"sources": [\n' + ",\n".join(listed) + "\n]\n}\n").encode())

    def _end_table(self) -> None:
        if self._tables:
            self._file.write(b"\n]")


class HtmlWriter:
    """All tables on one HTML page that loads nothing and runs nothing, so that every text stands there as it is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._is_numeric: list[bool] = []
        self._is_open = False
        self._types: dict[str, RecordType] = {}
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        self._put(
            f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            f"<title>AZCN Desktop export</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        )

    def begin(self, record_type: RecordType, columns: Sequence[Column]) -> None:
        """Start a table with the names of its columns and what people call them."""
        self._is_numeric = [_is_numeric(c) for c in columns]
        self._types[record_type.name] = record_type
        heads = "".join(f"<th>{html.escape(c.label)}<small>{html.escape(c.header)}</small></th>" for c in columns)
        self._head(record_type.plural, record_type.name, heads)

    def write(self, rows: Sequence[TableRow]) -> None:
        """Add rows as people read them."""
        for row in rows:
            cells = zip(row.shown, self._is_numeric, strict=True)
            self._put("<tr>" + "".join(self._cell(text, numeric) for text, numeric in cells) + "</tr>\n")

    def finish(self, sources: Sequence[SourceRow]) -> None:
        """End the last table, add the sources and close the page."""
        self._head(SOURCE.plural, "sources", "".join(f"<th>{html.escape(label)}</th>" for label in _SOURCE_LABELS))
        for source in sources:
            words = _source_words(source, self._types[source[0]])
            self._put("<tr>" + "".join(self._cell(text, False) for text in words) + "</tr>\n")
        self._put("</tbody></table>\n</body></html>\n")

    def _head(self, title: str, name: str, heads: str) -> None:
        self._put(
            ("</tbody></table>\n" if self._is_open else "")
            + f'<h1>{html.escape(title)}</h1>\n<table id="{html.escape(name)}">'
            + f"<thead><tr>{heads}</tr></thead><tbody>\n"
        )
        self._is_open = True

    def _cell(self, text: str, is_numeric: bool) -> str:
        opening = '<td class="n">' if is_numeric else "<td>"
        return f"{opening}{html.escape(text)}</td>"

    def _put(self, text: str) -> None:
        self._file.write(text.encode())


def _source_words(source: SourceRow, record_type: RecordType) -> Iterator[str]:
    """Yield the cells of what a record rests on as people read them."""
    for name, text in zip(SOURCE_HEADER, source, strict=True):
        if name == "table":
            yield record_type.label
        elif name == "field" and record_type.has_field(text):
            yield record_type.field(text).label
        elif name == "published":
            yield date_words(text)
        else:
            yield CITATION_ROLE.label(text) if name == "role" and text else text


def _cell_text(value: Value, is_raw: bool) -> str:
    text = plain_text(value)
    return neutralise(text) if isinstance(value, str) and not is_raw else text


def _markdown(text: str) -> str:
    escaped = _MARKDOWN.sub(r"\\\g<0>", text)
    return re.sub(r"\r\n|[\r\n\u2028\u2029]", "<br>", escaped)


def _is_numeric(column: Column) -> bool:
    if column.field is None or column.is_uid or column.is_flag:
        return False
    return column.field.kind.sql_type != "TEXT"

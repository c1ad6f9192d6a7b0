"""Export of records to CSV, XLSX, JSON, Markdown and HTML.

Reads in short pages and keeps no cursor between them, so that nobody who edits has to wait; sees when somebody did,
starts again once, and then says so. The target is replaced as a whole or not at all. What lies in the trash stays
there. Knows neither widgets nor the command line.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.atomic_file import AtomicFiles
from azcn_desktop.exchange.cells import Column, columns_of, known_names, read_uids, row
from azcn_desktop.exchange.flow_export import FlowWriter, write_flows
from azcn_desktop.exchange.tabular import WorkbookWriter
from azcn_desktop.exchange.text_tables import (
    CsvWriter,
    HtmlWriter,
    JsonWriter,
    MarkdownWriter,
    SourceRow,
    TableRow,
    TableWriter,
)
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.schema import Schema
from azcn_desktop.store.database import FileIdentity
from azcn_desktop.store.flows.lines import PUBLISHER
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import FlowOrder, count, whole_order
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

FORMATS = {".csv": "CSV", ".xlsx": "Excel workbook", ".json": "JSON", ".md": "Markdown", ".html": "HTML page"}
ONE_TABLE_A_FILE = (".csv", ".md")
_PAGE_S = 0.02
_PAGE_ROWS = 500


class DataMoved(UserError):
    """Somebody edited while the export ran, twice; nothing was written, and it can be tried again."""


class TableRequest(Struct, frozen=True):
    """One table of an export.

    Attributes:
        query: which records, in which order.
        fields: names of the fields; empty for all.
        keys: only these records, in this order; None for all that the query finds.
        flows: of trade flows, only these, in their order.
    """

    query: Query
    fields: tuple[str, ...] = ()
    keys: tuple[int, ...] | None = None
    flows: FlowQuery | None = None


class ExportRequest(Struct, frozen=True):
    """What to export and where to.

    Attributes:
        tables: at least one.
        target: the file; its ending says the format. Several tables to CSV or Markdown give one file a table.
        is_raw: leave formula-like text as it is.
    """

    tables: tuple[TableRequest, ...]
    target: Path
    is_raw: bool = False

    @property
    def files(self) -> dict[str, Path]:
        """The file of each table."""
        names = [table.query.table for table in self.tables]
        if len(names) == 1 or self.target.suffix.lower() not in ONE_TABLE_A_FILE:
            return dict.fromkeys(names, self.target)
        return {name: self.target.with_name(f"{self.target.stem}.{name}{self.target.suffix}") for name in names}


class ExportResult(Struct, frozen=True):
    """What was written.

    Attributes:
        files: in the order of the tables, each once.
        counts: records of each table.
    """

    files: tuple[Path, ...]
    counts: dict[str, int]


def chosen_fields(schema: Schema, tables: Sequence[str], wanted: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the wanted fields of each table; a table without one of them is exported without it.

    Raises:
        UserError: a name that none of the tables has, or a table that has none of them.
    """
    found = {table: known_names(schema[table], wanted) for table in tables}
    for name in wanted:
        if not any(known[name.strip()] for known in found.values()):
            possible = ", ".join(field.name for field in schema[tables[0]].fields)
            raise UserError(f"{schema[tables[0]].plural} have no column “{name.strip()}”. Possible are {possible}.")
    chosen = {table: tuple(field for field in known.values() if field) for table, known in found.items()}
    for table, fields in chosen.items():
        if wanted and not fields:
            raise UserError(f"{schema[table].plural} have none of the columns {', '.join(wanted)}.")
    return chosen


def count_of(store: Store, request: TableRequest) -> int:
    """Return how many records a request finds; of trade flows, those that count."""
    if request.flows is not None:
        return count(store.database, request.flows)
    if request.keys is not None:
        return len(request.keys)
    if request.query == Query(TRADE_FLOW.name):
        return count(store.database, FlowQuery())
    return store.count(request.query)


def export(store: Store, request: ExportRequest, progress: Progress) -> ExportResult:
    """Write records to a file, or to one for each table.

    Raises:
        UserError: the request or the target is not possible; nothing was changed then.
        DataMoved: the data changed while they were read, twice.
        Cancelled: the person stopped it; nothing was changed.
    """
    _refuse_impossible(request)
    _refuse_own_file(store, request)
    try:
        return _attempt(store, request, progress)
    except DataMoved:
        progress.report(0, 0, "The data changed; starting again")
        return _attempt(store, request, progress)


def _refuse_impossible(request: ExportRequest) -> None:
    if request.target.suffix.lower() not in FORMATS:
        raise UserError(f"{request.target} must end in one of {', '.join(FORMATS)}; the ending says the format.")
    if not request.tables:
        raise UserError("Choose at least one table to export.")
    names = [table.query.table for table in request.tables]
    if len(set(names)) != len(names):
        raise UserError("Name each table once.")
    if any(table.query.is_trash for table in request.tables):
        raise UserError("What lies in the trash is not exported. Restore the records first.")


def _refuse_own_file(store: Store, request: ExportRequest) -> None:
    """Refuse to put a table in the place of the database, which may carry any name."""
    own = FileIdentity.of(store.path)
    for target in request.files.values():
        if own is not None and FileIdentity.of(target) == own:
            raise UserError(f"{target} is the database that is read. Choose another name for the export.")


def _attempt(store: Store, request: ExportRequest, progress: Progress) -> ExportResult:
    reading = _Reading(store, progress)
    counts: dict[str, int] = {}
    sources: list[SourceRow] = []
    with AtomicFiles() as files:
        writer = _writer(request, files)
        total = reading.count(request)
        for table in request.tables:
            record_type = store.schema[table.query.table]
            columns = columns_of(store.schema, record_type, table.fields)
            is_quick = record_type.name == TRADE_FLOW.name and isinstance(writer, FlowWriter)
            if is_quick and not table.fields:
                columns.append(Column(PUBLISHER))  # without it no import can tell whose statistics these are
            writer.begin(record_type, columns)
            if is_quick and isinstance(writer, FlowWriter):
                order = reading.order_unless_all(table)
                watch = reading.refuse_if_moved
                counts[record_type.name] = write_flows(store, columns, order, writer, request.is_raw, progress, watch)
                continue
            counts[record_type.name] = 0
            for page in reading.pages(table):
                writer.write(_rows(store, page, columns, isinstance(writer, HtmlWriter)))
                if request.target.suffix.lower() not in ONE_TABLE_A_FILE:
                    sources += [line for record in page for line in _sources(store, record)]
                counts[record_type.name] += len(page)
                progress.report(sum(counts.values()), total, record_type.plural)
                reading.refuse_if_moved()
        writer.finish(sources)
        progress.check()
        reading.refuse_if_moved()
    return ExportResult(tuple(dict.fromkeys(request.files.values())), counts)


class _Reading:
    """Pages of records that all belong to one state of the file."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self._store = store
        self._progress = progress
        self._version = store.database.data_version()

    def count(self, request: ExportRequest) -> int:
        """Return how many records there are to read."""
        return sum(count_of(self._store, table) for table in request.tables)

    def order_unless_all(self, request: TableRequest) -> FlowOrder | None:
        """Return the flows of a request that leaves some out or sorts them; None for all as they lie."""
        if request.flows is not None:
            return whole_order(self._store.database, request.flows, self._progress)
        if request.keys is None and request.query == Query(request.query.table):
            return None
        return FlowOrder([self._keys(request)])

    def _keys(self, request: TableRequest) -> list[int]:
        if request.flows is not None:
            order = whole_order(self._store.database, request.flows, self._progress)
            return order.ids(0, len(order))
        return list(request.keys) if request.keys is not None else self._store.keys(request.query)

    def pages(self, request: TableRequest) -> Iterator[list[Record]]:
        """Yield the records of a table, in pages that take about as long as nobody notices."""
        keys = self._keys(request)
        start, size = 0, 50
        while start < len(keys):
            self._progress.check()
            began = time.monotonic()
            page = self._store.whole_rows(request.query.table, keys[start : start + size])
            start += size
            is_quick = time.monotonic() - began < _PAGE_S
            size = min(size * 2, _PAGE_ROWS) if is_quick else max(size // 2, 1)
            yield [record for record in page if not record.is_deleted]

    def refuse_if_moved(self) -> None:
        """Raise `DataMoved` when another connection has written since the start."""
        if self._store.database.data_version() != self._version:
            raise DataMoved(
                "The data were changed by somebody else while they were being exported, twice. "
                "Nothing was written. Try again in a moment."
            )


def _writer(request: ExportRequest, files: AtomicFiles) -> TableWriter:
    suffix = request.target.suffix.lower()
    if suffix in ONE_TABLE_A_FILE:
        kind = CsvWriter if suffix == ".csv" else MarkdownWriter
        return kind(lambda name: files.open(request.files[name]), request.is_raw)
    file = files.open(request.target)
    if suffix == ".json":
        return JsonWriter(file)
    is_bulk = any(table.query.table == TRADE_FLOW.name for table in request.tables)
    return HtmlWriter(file) if suffix == ".html" else WorkbookWriter(file, request.is_raw, is_bulk)


def _rows(store: Store, records: Sequence[Record], columns: Sequence[Column], with_words: bool) -> list[TableRow]:
    uids = read_uids(store, records, columns)
    rows = []
    for record in records:
        values = tuple(row(record, columns, uids))
        pairs = zip(columns, values, strict=True) if with_words else ()
        rows.append(TableRow(values, tuple(_shown(record, column, value) for column, value in pairs)))
    return rows


def _shown(record: Record, column: Column, value: object) -> str:
    if column.field is None or column.is_link:
        return "" if value is None else str(value)
    return record.show(column.name)


def _sources(store: Store, record: Record) -> Iterator[SourceRow]:
    start = (record.table, record.title, record.uid)
    for citation in store.citations(record.table, record.key):
        said = (citation.publisher, citation.title, citation.published, citation.url, citation.quote)
        for field, printed, role in citation.printed or (("", "", ""),):
            yield (*start, *(text or "" for text in said), field, printed, role)

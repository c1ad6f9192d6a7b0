"""Parquet files and partitioned folders: read as rows of text like every other table, and written year by year.

The only module that needs pyarrow; `parquet_extra` imports it. Reading goes through the same layouts, preview and
checks as a CSV file. Writing streams: whatever the number of flows, a fixed number of rows is held.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.exchange.atomic_folder import AtomicFolder
from azcn_desktop.progress import Progress
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.pages import FLOW_COLUMNS, flow_pages
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.trade.batches import Batch, ByColumn
from azcn_desktop.trade.reading import BATCH, MAX_COLUMNS, MAX_RATIO, FileFacts, RawTable, too_wide

MAX_ROWS = 100_000_000
MAX_GROUP_BYTES = 1 << 30  # of one row group, unpacked
MAX_CELL_BYTES = 10_000
HELD_ROWS = 200_000
_CHUNK = 1 << 20
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
_FLAGS, _NUMBERS = ("is_cumulative", "is_estimated", "is_reported"), ("value", "net_weight_kg", "quantity")
# What is written: codes and periods are text, numbers are doubles, marks are yes or no. `year` is the folder.
WRITTEN = pa.schema(
    [(name, pa.bool_() if name in _FLAGS else pa.float64() if name in _NUMBERS else pa.string())
     for name in FLOW_COLUMNS]
)  # fmt: skip


def examine(path: Path, parts: Sequence[Path], progress: Progress) -> FileFacts:
    """Look at a file, or all files of a folder, without reading their rows.

    Args:
        path: the file or folder.
        parts: its Parquet files, sorted.
        progress: reports and may cancel.

    Raises:
        UserError: they can't be read, hold nested values, or are larger than is reasonable.
    """
    digest, size, rows = hashlib.sha256(), 0, 0
    for number, part in enumerate(parts):
        progress.report(number, len(parts), "Looking at the files")
        with _sentences(part), pq.ParquetFile(part, **_LIMITS) as file:
            _refuse_hostile(part, file)
            rows += file.metadata.num_rows
        if part != path:
            digest.update(f"{part.relative_to(path).as_posix()}\0".encode())
        size += part.stat().st_size
        with part.open("rb") as raw:
            while chunk := raw.read(_CHUNK):
                progress.check()
                digest.update(chunk)
    if rows > MAX_ROWS:
        raise UserError(
            f"{path} has {rows:,} rows; at most {MAX_ROWS:,} are read. Cut the countries you need out of it first: "
            "db/RECIPES.md shows how."
        )
    return FileFacts(path, digest.hexdigest(), "parquet", size=size, parts=tuple(parts))


def table(facts: FileFacts) -> RawTable:
    """Return the one table of a file or folder; the keys in the names of folders are columns of it."""
    return RawTable("", lambda progress: _batches(facts, progress))


def write_flows(database: Database, query: FlowQuery, target: Path, progress: Progress) -> tuple[int, int]:
    """Write the flows that count to a new folder, one file a year: `year=2023/part-0.parquet`.

    The same flows give the same bytes. Nothing is left behind when it does not end well.

    Args:
        database: where the flows are.
        query: which of them.
        target: the folder; it must be empty or not there yet.
        progress: reports and may cancel.

    Returns:
        How many flows in how many files.

    Raises:
        UserError: the folder can't be written, or holds something.
        Conflict: somebody wrote to the file meanwhile, so what was read is not one state of it.
        Cancelled: the person stopped it.
    """
    state, flows = database.data_version(), 0
    with AtomicFolder(target) as folder, _Years(folder) as years:
        for page, done, total in flow_pages(database, query):
            progress.report(done, total, "Writing flows")
            years.add(page)
            flows += len(page)
        if database.data_version() != state:
            raise Conflict(f"{database.path} was changed while it was exported. Nothing was written; export it again.")
        files = years.finish()
    return flows, files


class _Years(ExitStack):
    """The open files, one a year, and the rows held for each; the year with most goes out when there are too many."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._held: defaultdict[str, list[pa.RecordBatch]] = defaultdict(list)
        self._rows: defaultdict[str, int] = defaultdict(int)

    def add(self, page: Sequence[Sequence[Any]]) -> None:
        """Take in flows; their columns are `FLOW_COLUMNS`."""
        by_year: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
        place = FLOW_COLUMNS.index("period")
        for row in page:
            by_year[row[place][:4]].append(row)
        for year, rows in by_year.items():
            columns = zip(zip(*rows, strict=True), WRITTEN, strict=True)
            arrays = [pa.array(_flags(column) if field.name in _FLAGS else column, field.type)
                      for column, field in columns]  # fmt: skip
            self._held[year].append(pa.RecordBatch.from_arrays(arrays, schema=WRITTEN))
            self._rows[year] += len(rows)
        while sum(self._rows.values()) > HELD_ROWS:
            self._write(max(self._rows, key=self._rows.__getitem__))

    def finish(self) -> int:
        """Write what is held, close the files and return how many there are."""
        for year in sorted(self._held):
            self._write(year)
        for writer in self._writers.values():
            writer.close()
        return len(self._writers)

    def _write(self, year: str) -> None:
        if year not in self._writers:
            place = self._folder / f"year={year}"
            place.mkdir()
            writer = pq.ParquetWriter(place / "part-0.parquet", WRITTEN, compression="zstd")
            self._writers[year] = self.enter_context(writer)
        rows = pa.Table.from_batches(self._held.pop(year)).combine_chunks()
        self._writers[year].write_table(rows, row_group_size=HELD_ROWS)
        del self._rows[year]


def _flags(column: Sequence[Any]) -> list[bool | None]:
    return [None if value is None else bool(value) for value in column]


# -- reading

_LIMITS: dict[str, Any] = {
    "pre_buffer": False, "thrift_string_size_limit": 10 << 20, "thrift_container_size_limit": 1_000_000,
}  # fmt: skip


def _refuse_hostile(path: Path, file: pq.ParquetFile) -> None:
    """Refuse what no table of statistics is, by what the file says of itself; cells are checked as they come."""
    schema, metadata = file.schema_arrow, file.metadata
    if len(schema) > MAX_COLUMNS:
        raise too_wide(path, len(schema))
    nested = next((field.name for field in schema if pa.types.is_nested(field.type)), None)
    if nested is not None:
        raise UserError(f"{path} has a column with values inside values ({nested[:40]}); only plain columns are read.")
    unpacked = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        size = sum(group.column(place).total_uncompressed_size for place in range(group.num_columns))
        if max(size, group.total_byte_size) > MAX_GROUP_BYTES:
            raise UserError(f"{path} has row groups larger than 1 GB. Write it again with smaller ones.")
        unpacked += size
    if unpacked > 8 * _CHUNK and unpacked > MAX_RATIO * path.stat().st_size:
        raise UserError(f"{path} is not read, because it unpacks to more than two hundred times its size.")


def _batches(facts: FileFacts, progress: Progress) -> Iterator[Batch]:
    """Yield the rows of all files, the header before the first; rows are counted on from file to file."""
    header: list[str] = []
    line, done = 1, 0
    for part in facts.parts:
        keys = _keys_of(facts.path, part)
        with _sentences(part), pq.ParquetFile(part, **_LIMITS) as file:
            schema = file.schema_arrow
        added = {key: text for key, text in keys.items() if key not in schema.names}
        names = [*schema.names, *added]
        if header and names != header:
            raise UserError(f"{part} has other columns than {facts.parts[0]}. Import them one by one.")
        if not header:
            header, line = names, 2
            yield Batch(range(1, 2), [header])
        for rows in _rows_of(part, schema, list(added.values())):
            progress.report(done, facts.size, "Reading rows")
            yield Batch(range(line, line + len(rows)), rows)
            line += len(rows)
        done += part.stat().st_size


def _rows_of(part: Path, schema: pa.Schema, added: list[str]) -> Iterator[ByColumn]:
    """Yield the rows of one file as text; words are read as numbers of a dictionary, so that long ones are seen."""
    words = [field.name for field in schema if _is_text(field.type)]
    with _sentences(part), pq.ParquetFile(part, read_dictionary=words, **_LIMITS) as file:
        for batch in file.iter_batches(batch_size=BATCH):
            columns = [_texts(part, column) for column in batch.columns]
            columns += [[text] * len(batch) for text in added]
            yield ByColumn(columns)


def _texts(part: Path, column: pa.Array) -> list[str]:
    """Return a column as text; what is not there is empty, numbers keep all their digits."""
    if not pa.types.is_dictionary(column.type) or not _is_text(column.type.value_type):
        return list(pc.fill_null(column.cast(pa.string()), "").to_pylist())
    words = column.dictionary
    if (pc.max(pc.binary_length(words)).as_py() or 0) > MAX_CELL_BYTES:
        raise UserError(f"{part} has a cell with more than {MAX_CELL_BYTES:,} bytes; no statistics have.")
    if len(words) > 4 * len(column):  # nearly every cell is another
        return list(pc.fill_null(column.cast(words.type).cast(pa.string()), "").to_pylist())
    texts = [word or "" for word in words.cast(pa.string()).to_pylist()] + [""]
    return [texts[place] for place in pc.fill_null(column.indices, len(words)).to_pylist()]


def _is_text(kind: pa.DataType) -> bool:
    text = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_binary,
            pa.types.is_large_binary, pa.types.is_binary_view)  # fmt: skip
    return any(is_of(kind) for is_of in text)


def _keys_of(folder: Path, part: Path) -> dict[str, str]:
    """Return what the names of the folders between say: `t=2023` is a column t."""
    if part == folder:
        return {}
    pairs = (name.partition("=") for name in part.relative_to(folder).parts[:-1])
    return {unquote(key): "" if value == _NO_VALUE else unquote(value) for key, sign, value in pairs if sign}


@contextmanager
def _sentences(part: Path) -> Iterator[None]:
    """Turn what the library says of a file into a sentence."""
    try:
        yield
    except FileNotFoundError:
        raise UserError(f"{part} was not found. Check the name.") from None
    except (pa.ArrowException, OSError, MemoryError, OverflowError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise UserError(f"{part} can't be read as Parquet: {reason or type(error).__name__}.") from error

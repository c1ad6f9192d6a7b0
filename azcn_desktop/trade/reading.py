"""Files of statistics as rows of text: CSV, JSON and XLSX, plain or packed with gzip or zip; Parquet by its extra.

A file is examined first: checksum, size once unpacked, encoding. Then its rows come in batches, so that a gigabyte
needs no more memory than a megabyte. Whatever a file is, the result is text or a sentence. Knows no layout.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, cast

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.cells import plain_text
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.progress import Progress
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.csv_rows import CsvRows
from azcn_desktop.trade.parquet_extra import MAGIC, parquet, parquet_files

MAX_BYTES = 4 << 30
MAX_RATIO = 200
MAX_COLUMNS = 2_000
MAX_JSON_BYTES = 256 << 20
BATCH = 2_000  # rows
_CHUNK = 1 << 20
_LOOK = 10  # lines that tell the delimiter: a title may stand above the header
_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
_TABLES = (".csv", ".tsv", ".txt", ".json")
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_DELIMITERS = ",;\t|"
_QUOTED = re.compile(r'"[^"]*"')


class FileFacts(Struct, frozen=True):
    """What is known of a file before its rows are read.

    Attributes:
        path: the file.
        sha256: checksum of the file as it lies on the disk.
        kind: csv, json, xlsx or parquet.
        packing: gzip, zip or nothing.
        member: the part of a zip archive that is read.
        size: bytes once unpacked.
        encoding: of its text.
        note: how it was read, where that was a guess.
        parts: the files of a Parquet folder, or the one file.
    """

    path: Path
    sha256: str
    kind: str
    packing: str = ""
    member: str = ""
    size: int = 0
    encoding: str = "utf-8"
    note: str = ""
    parts: tuple[Path, ...] = ()


class RawTable(Struct, frozen=True):
    """One table of a file, header and all.

    Attributes:
        name: of the sheet; empty where a file is one table.
        batches: starts reading from the first row each time it is called.
    """

    name: str
    batches: Callable[[Progress], Iterator[Batch]]


def examine(path: Path, progress: Progress) -> FileFacts:
    """Look at a whole file, or a folder of Parquet files, without keeping it.

    Raises:
        UserError: it can't be read, is no table, or unpacks to more than is reasonable.
        Cancelled: the person stopped it.
    """
    if path.is_dir() and (parts := parquet_files(path)):
        return cast(FileFacts, parquet().examine(path, parts, progress))
    sha256, head = _checksum(path, progress)
    if head.startswith(MAGIC):
        return cast(FileFacts, parquet().examine(path, [path], progress))
    if head.startswith(b"PK\x03\x04"):
        member = _member(path)
        if member is None:
            return FileFacts(path, sha256, "xlsx")
        facts = FileFacts(path, sha256, "csv", "zip", member)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{path} is a workbook of an old format or protected. Save it as .xlsx or CSV.")
    else:
        facts = FileFacts(path, sha256, "csv", "gzip" if head.startswith(b"\x1f\x8b") else "")
    return _examined(facts, progress)


def glance(path: Path) -> FileFacts:
    """Return as much of the facts as it takes to read the first rows; without checksum and size. Raises UserError."""
    try:
        with path.open("rb") as file:
            head = file.read(_CHUNK // 16)
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}.") from error
    encoding = next((name for mark, name in _MARKS.items() if head.startswith(mark)), "utf-8")
    facts = FileFacts(path, "", "csv", encoding=encoding, note="read in part", size=1)
    if head.startswith(b"PK\x03\x04"):
        member = _member(path)
        return replace(facts, kind="xlsx") if member is None else replace(facts, packing="zip", member=member)
    if head.startswith(b"\x1f\x8b"):
        return replace(facts, packing="gzip")
    return replace(facts, kind="json" if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else "csv")


def tables(facts: FileFacts) -> list[RawTable]:
    """Return the tables of a file: one, or one for each sheet of a JSON file. Raises UserError."""
    if facts.kind == "parquet":
        return [parquet().table(facts)]
    if facts.kind == "xlsx":
        table = read_table(facts.path)
        rows = [table.header, *(row.cells for row in table.rows)]
        return [RawTable("", _listed(facts.path, [1, *(row.line for row in table.rows)], rows))]
    if facts.kind == "json":
        return [
            RawTable(name, _listed(facts.path, range(1, len(rows) + 1), rows)) for name, rows in _json_tables(facts)
        ]
    return [RawTable("", lambda progress: _csv_batches(facts, progress))]


def _checksum(path: Path, progress: Progress) -> tuple[str, bytes]:
    digest, head, done = hashlib.sha256(), b"", 0
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder. Choose a file.")
        if path.exists() and not path.is_file():  # a pipe or a device may never end, and is read more than once
            raise UserError(f"{path} is no file on a disk. Save what it gives as a file first.")
        total = path.stat().st_size
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                head = head or chunk[:16]
                digest.update(chunk)
                done += len(chunk)
                progress.report(done, total, "Reading")
    except FileNotFoundError:
        raise UserError(f"{path} was not found. Check the name.") from None
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}.") from error
    if not head:
        raise UserError(f"{path} is empty.")
    return digest.hexdigest(), head


def _member(path: Path) -> str | None:
    """Return the one table in a zip archive; None when the archive is a workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except _DAMAGE as error:
        raise UserError(f"{path} is a damaged ZIP archive. Download it again.") from error
    if any(member.filename == "[Content_Types].xml" for member in members):
        return None
    if any(member.flag_bits & 1 for member in members):
        raise UserError(f"{path} is protected by a password. Unpack it first.")
    found = [member.filename for member in members if member.filename.lower().endswith(_TABLES[:2] + _TABLES[3:])]
    found = found or [member.filename for member in members if member.filename.lower().endswith(_TABLES)]
    if len(found) != 1:
        listed = ", ".join(found[:5]) or "none"
        raise UserError(f"{path} must hold exactly one table; it holds {len(found)} ({listed}). Unpack it first.")
    return found[0]


@contextmanager
def _opened(facts: FileFacts) -> Iterator[IO[bytes]]:
    """Open the bytes of the table, unpacked."""
    if facts.packing == "zip":
        with zipfile.ZipFile(facts.path) as archive, archive.open(facts.member) as member:
            yield member
    elif facts.packing == "gzip":
        with gzip.open(facts.path, "rb") as unpacked:
            yield cast(IO[bytes], unpacked)
    else:
        with facts.path.open("rb") as plain:
            yield plain


def _examined(facts: FileFacts, progress: Progress) -> FileFacts:
    """Read the bytes once: how many, in which encoding, and that they are text."""
    packed = max(facts.path.stat().st_size, 1)
    is_packed = bool(facts.packing)
    size, sample, head = 0, bytearray(), b""
    decoder: codecs.IncrementalDecoder | None = None
    encoding = "utf-8"
    try:
        with _opened(facts) as file:
            while chunk := file.read(_CHUNK):
                progress.report(0, 0, "Looking at the text")
                if decoder is None:
                    head = chunk[:4096]
                    encoding = next((name for mark, name in _MARKS.items() if chunk.startswith(mark)), "utf-8")
                    decoder = codecs.getincrementaldecoder(encoding)()
                size += len(chunk)
                _refuse_bomb(facts.path, size, packed, is_packed)
                if encoding != "utf-16" and b"\0" in chunk:
                    raise UserError(f"{facts.path} contains NUL characters, so it is no table of text.")
                if encoding in ("utf-8", "utf-8-sig", "utf-16"):
                    try:
                        decoder.decode(chunk)
                    except UnicodeDecodeError as error:
                        if encoding != "utf-8":
                            raise UserError(f"{facts.path} is damaged: part of it is no {encoding} text.") from error
                        encoding = ""
                if not encoding and len(sample) < _CHUNK:
                    sample += chunk
        if decoder is not None and encoding:
            encoding = _ended(facts.path, decoder, encoding)
    except UserError:
        raise
    except _DAMAGE as error:
        raise UserError(f"{facts.path} is damaged: it can't be unpacked to its end. Download it again.") from error
    if not size:
        raise UserError(f"{facts.path} holds an empty file.")
    note = ""
    if not encoding:
        encoding, note = _guessed(facts.path, bytes(sample or head))
    kind = "json" if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"{", b"[") else "csv"
    return FileFacts(facts.path, facts.sha256, kind, facts.packing, facts.member, size, encoding, note)


def _refuse_bomb(path: Path, size: int, packed: int, is_packed: bool) -> None:
    if size > MAX_BYTES:
        raise UserError(f"{path} is larger than 4 GB once unpacked. Split it.")
    if is_packed and size > 8 * _CHUNK and size > MAX_RATIO * packed:
        raise UserError(
            f"{path} is not read, because it unpacks to more than two hundred times its size. Unpack it yourself if "
            "you trust it."
        )


def _ended(path: Path, decoder: codecs.IncrementalDecoder, encoding: str) -> str:
    """Return the encoding once the decoder has seen the end; empty when UTF-8 stops within a character."""
    try:
        decoder.decode(b"", True)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return ""
        raise UserError(f"{path} is damaged: it ends within a character.") from error
    return encoding


def _guessed(path: Path, sample: bytes) -> tuple[str, str]:
    """Tell Chinese from Cyrillic and Western text by what is common in each."""
    high = re.findall(rb"[\x80-\xff]+", sample)
    pairs = [run[i] for run in high for i in range(0, len(run) - 1, 2)]
    if (
        pairs
        and all(len(run) % 2 == 0 for run in high[:-1])
        and sum(0xB0 <= lead <= 0xD7 for lead in pairs) > 0.8 * len(pairs)
    ):
        return "gb18030", "Read as GB 18030 (Chinese); check the names."
    if max(map(len, high), default=0) >= 4:
        return "cp1251", "Read as Windows-1251 (Cyrillic); check the names."
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8, and its encoding can't be told. Save it as UTF-8 CSV.") from error
    return "cp1252", "Read as Windows-1252 (Western); check the names."


def _csv_batches(facts: FileFacts, progress: Progress) -> Iterator[Batch]:
    rows = CsvRows()
    try:
        with (
            _opened(facts) as file,
            io.TextIOWrapper(
                file, encoding=facts.encoding, newline="", errors="replace" if facts.note else "strict"
            ) as text,
        ):
            start = list(islice(iter(partial(text.readline, _CHUNK), ""), _LOOK))
            if max(map(len, start), default=0) >= _CHUNK:
                raise UserError(f"{facts.path} is no table: one of its first lines has more than a million characters.")
            for batch in rows.of(chain(start, text), _delimiter(facts, "".join(start))):
                progress.report(min(file.tell(), facts.size) if not facts.packing else 0,
                                facts.size if not facts.packing else 0, "Reading rows")  # fmt: skip
                yield batch
    except csv.Error as error:
        raise UserError(
            f"{facts.path}, after line {rows.line:,}: the quotation marks don't match ({error}). A cell with a "
            "quotation mark in it stands in quotation marks, and the inner one is doubled."
        ) from error
    except _DAMAGE as error:
        raise UserError(f"{facts.path} was changed while it was read, or is damaged.") from error


def _delimiter(facts: FileFacts, first: str) -> str:
    """Return the sign that separates the cells of the first lines."""
    if facts.path.suffix.lower() == ".tsv":
        return "\t"
    plain = _QUOTED.sub("", first)
    return max(_DELIMITERS, key=plain.count)


def _listed(path: Path, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> Callable[[Progress], Iterator[Batch]]:
    def batches(progress: Progress) -> Iterator[Batch]:
        for start in range(0, len(rows), BATCH):
            progress.report(start, len(rows), "Reading rows")
            yield Batch(lines[start : start + BATCH], rows[start : start + BATCH])

    return batches


def _json_tables(facts: FileFacts) -> Iterator[tuple[str, list[Sequence[str]]]]:
    """Yield the lists of objects in a JSON file: the file itself, its `data`, or each of its sheets."""
    if facts.size > MAX_JSON_BYTES:
        raise UserError(f"{facts.path} is a JSON file larger than 256 MB. Download it as CSV.")
    with _opened(facts) as file:
        content = file.read()
    try:
        found = json.loads(content.decode(facts.encoding), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UserError(f"{facts.path} can't be read as JSON: {reason}.") from error
    sheets = found
    if isinstance(found, dict):
        sheets = found.get("sheets", found.get("data", found.get("dataset")))
    lists = sheets if isinstance(sheets, dict) else {"": sheets}
    known = {
        name: rows for name, rows in lists.items() if isinstance(rows, list) and all(isinstance(r, dict) for r in rows)
    }
    if not any(known.values()):
        raise UserError(f"{facts.path} holds no table: a list of objects is needed.")
    for name, items in known.items():
        if items:
            header = list(dict.fromkeys(str(key) for item in items for key in item))
            if len(header) > MAX_COLUMNS:
                raise too_wide(facts.path, len(header))
            yield name, [header, *([_cell(item.get(key)) for key in header] for item in items)]


def too_wide(path: Path, width: int) -> UserError:
    """Return the sentence for a table with more columns than any statistics have."""
    return UserError(f"{path} has {width:,} columns; a table of statistics has at most {MAX_COLUMNS:,}.")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "inf"
    return plain_text(value) if isinstance(value, str | int | float) else "?"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")

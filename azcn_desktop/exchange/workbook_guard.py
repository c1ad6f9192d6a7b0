"""A look at an XLSX file before anything reads it: is it as small and as plain as a workbook should be.

A workbook is a ZIP archive of XML. It can claim a thousandfold of its size, hide entities, or hold one cell in the last
corner of a sheet for which a reader would reserve all cells before it. Whatever does so is refused with a sentence.
Reads sizes and cell addresses, no values.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from msgspec import Struct

from azcn_desktop.errors import UserError

MAX_MEMBERS = 2_000
MAX_BYTES = 512 * 1024 * 1024
MAX_RATIO = 200
MAX_CELLS = 5_000_000
# What the standard library raises for a damaged archive, whichever of its bytes are wrong.
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError,
    OverflowError, struct.error,
)  # fmt: skip
_SMALL = 1024 * 1024  # Below this a high ratio is no danger: a sheet of blanks packs very well.
_CHUNK = 1 << 20
_ADDRESS = re.compile(rb"""\br\s*=\s*["'](?:([A-Za-z]{1,3}))?([0-9]{1,9})["']""")
_CELL = re.compile(rb"<c[\s/>]")
_BARE_CELL = re.compile(rb"<c(?![^>]*\sr\s*=)[^>a-z]?[^>]*>")


def inspect_workbook(path: Path) -> None:
    """Raise UserError when the file is no workbook, or one that is not safe to read."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(path, archive)
            for member in archive.infolist():
                if member.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(path, archive, member)
    except _DAMAGE as error:
        raise UserError(f"{path} is damaged or no Excel workbook. Open it in Excel and save it again.") from error
    except OSError as error:
        raise UserError(f"{path} can't be read: {error.strerror or error}.") from error


def _check_members(path: Path, archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = [member.filename for member in members]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UserError(f"{path} is a ZIP archive, but no Excel workbook.")
    if len(members) > MAX_MEMBERS or len(set(names)) != len(names):
        raise _refused(path, "it holds too many parts, or one part twice")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) or ":" in name for name in names):
        raise _refused(path, "a part of it points outside")
    if any(member.flag_bits & 1 for member in members):
        raise _refused(path, "it is protected by a password")
    if sum(member.file_size for member in members) > MAX_BYTES:
        raise _refused(path, "unpacked it is larger than 512 MB")
    if any(m.file_size > _SMALL and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members):
        raise _refused(path, "a part of it unpacks to more than two hundred times its size")


def _check_xml(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    extent = _Extent()
    read = 0
    rest = b""
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            if not read and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise _refused(path, "a part of it is in an encoding that workbooks don't use")
            read += len(chunk)
            text = rest + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise _refused(path, "it contains XML entities")
            if "worksheets/" in member.filename:
                extent.add(text)
                if extent.is_too_large:
                    raise _refused(path, "a sheet has a cell so far out that the table would not fit into memory")
            rest = text[-64:]


class _Extent(Struct):
    """How far a sheet reaches, by the addresses of its cells and by the number of those that have none."""

    rows: int = 0
    columns: int = 0
    unaddressed: int = 0
    cells: int = 0

    def add(self, text: bytes) -> None:
        """Take in a piece of the sheet."""
        for letters, digits in _ADDRESS.findall(text):
            self.rows, self.columns = max(self.rows, int(digits)), max(self.columns, _column_number(letters))
        self.cells += len(_CELL.findall(text))
        self.unaddressed += len(_BARE_CELL.findall(text))
        self.rows = max(self.rows, 1)

    @property
    def is_too_large(self) -> bool:
        """Tell whether a reader would need too many cells."""
        width = max(self.columns, min(self.unaddressed, 16_384))
        box = self.rows * width
        return self.rows > 1_048_576 or width > 16_384 or max(box, self.cells, self.unaddressed) > MAX_CELLS


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _refused(path: Path, reason: str) -> UserError:
    return UserError(f"{path} is not read, because {reason}. Save the sheet as a new workbook or as CSV.")

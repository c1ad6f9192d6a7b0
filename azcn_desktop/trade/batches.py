"""Rows of a table on their way to flows, some thousand at a time, held by row or by column as the file gives them.

Whoever reads flows asks for columns: those of most files are there at once. Knows no file and no layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import overload

from msgspec import Struct


class ByColumn(Sequence[Sequence[str]]):
    """Rows of one width that are held column by column; a row is made when it is asked for.

    Attributes:
        columns: at least one; all of one length.
    """

    def __init__(self, columns: Sequence[Sequence[str]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Sequence[str]]:
        return zip(*self.columns, strict=True)

    @overload
    def __getitem__(self, wanted: int) -> Sequence[str]: ...

    @overload
    def __getitem__(self, wanted: slice) -> ByColumn: ...

    def __getitem__(self, wanted: int | slice) -> Sequence[str] | ByColumn:
        if isinstance(wanted, slice):
            return ByColumn([column[wanted] for column in self.columns])
        return tuple(column[wanted] for column in self.columns)


class Batch(Struct, frozen=True):
    """Rows that follow one another.

    Attributes:
        lines: the line, or number in a sheet or list, of each row; the first is 1.
        rows: cells as text.
    """

    lines: Sequence[int]
    rows: Sequence[Sequence[str]]

    @property
    def widths(self) -> set[int]:
        """How many cells the rows have."""
        return {len(self.rows.columns)} if isinstance(self.rows, ByColumn) else set(map(len, self.rows))

    def column(self, place: int) -> Sequence[str]:
        """Return the cells at a place of every row. Raises IndexError where a row is too short."""
        if isinstance(self.rows, ByColumn):
            return self.rows.columns[place]
        return list(map(itemgetter(place), self.rows))

    def part(self, start: int, stop: int | None = None) -> Batch:
        """Return the rows from a place to before another, both from 0."""
        return Batch(self.lines[start:stop], self.rows[start:stop])

    def only(self, is_wanted: Sequence[bool]) -> Batch:
        """Return some of the rows."""
        lines = list(compress(self.lines, is_wanted))
        if isinstance(self.rows, ByColumn):
            return Batch(lines, ByColumn([list(compress(column, is_wanted)) for column in self.rows.columns]))
        return Batch(lines, list(compress(self.rows, is_wanted)))

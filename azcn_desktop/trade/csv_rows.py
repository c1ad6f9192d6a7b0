"""Text with separators as batches of rows.

Most lines of statistics have no quotation mark, so that their cells are what stands between the separators: cut in one
go for hundreds of lines, twice as fast as row by row. Wherever that is not so, or lines have unlike numbers of
cells, the csv module of Python reads them; both make the same cells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from azcn_desktop.trade.batches import Batch, ByColumn

LINES = 500  # in a batch; of more, the cells leave the caches of the processor before they are read


class CsvRows:
    """Reads the rows of one text.

    Attributes:
        line: the one that is read next; the first is 1.
    """

    def __init__(self) -> None:
        self.line = 1

    def of(self, text: Iterable[str], delimiter: str) -> Iterator[Batch]:
        """Yield all rows.

        Args:
            text: its lines, each with its end.
            delimiter: the sign between cells.

        Raises:
            csv.Error: quotation marks don't match; what is wrong stands in `line` or below.
        """
        rest = iter(text)
        while lines := list(islice(rest, LINES)):
            rows: Sequence[Sequence[str]] | None = _cut(lines, delimiter)
            read = len(lines)
            if rows is None:
                rows, read = _read(lines, rest, delimiter)
            yield Batch(_numbers(self.line, read, rows), rows)
            self.line += read


def _cut(lines: list[str], delimiter: str) -> ByColumn | None:
    """Return lines cut at each delimiter; None where that is not all there is to do."""
    text, width = "".join(lines), lines[0].count(delimiter) + 1
    if '"' in text or width == 1 or max(map(len, lines)) > csv.field_size_limit():
        return None
    end = "\r\n" if "\r" in text else "\n"
    if not text.endswith(end):  # the last line of a file
        text += end
    if {text.count(sign) for sign in (end, *end)} != {len(lines)}:
        return None
    cells = text.replace(end, f"{delimiter}\n{delimiter}").split(delimiter)
    # Line ends stand in a column of their own, unless a row has more or fewer cells than the first.
    if len(cells) != len(lines) * (width + 1) + 1 or cells[width :: width + 1].count("\n") != len(lines):
        return None
    del cells[-1]
    return ByColumn([cells[place :: width + 1] for place in range(width)])


def _read(lines: list[str], rest: Iterator[str], delimiter: str) -> tuple[list[list[str]], int]:
    """Return the rows of some lines, and how many lines they are: the last row may go on in the rest."""
    rows = []
    reader = csv.reader(chain(lines, rest), delimiter=delimiter, strict=True)
    for row in reader:
        rows.append(row)
        if reader.line_num >= len(lines):
            break
    return rows, reader.line_num


def _numbers(first: int, count: int, rows: Sequence[Sequence[str]]) -> Sequence[int]:
    """Return the line of each row; a cell with line breaks makes a row longer than one."""
    if count == len(rows):
        return range(first, first + count)
    lines, line = [], first
    for row in rows:
        lines.append(line)
        line += 1 + sum(cell.count("\n") for cell in row)
    return lines

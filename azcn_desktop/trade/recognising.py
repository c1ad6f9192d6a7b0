"""Which layout a table has, told by its content: the header that stands in one of its first rows.

The name of the file tells nothing. Where several layouts fit, the one with most marks is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.layout import Layout, Mapping, plain
from azcn_desktop.trade.layouts import LAYOUTS, MAPPED
from azcn_desktop.trade.reading import MAX_COLUMNS, RawTable, glance, tables, too_wide

_LOOK = 20  # rows among which the header is looked for: publishers put titles above it

_NO_ROWS = Batch((), ())
_SURE = 3  # marks that a table of records does not have by chance


class Found(Struct, frozen=True):
    """A recognised table.

    Attributes:
        table: its rows.
        layout: its form.
        header: the names of its columns.
        skipped: how many rows stand before its first row of values.
    """

    table: RawTable
    layout: Layout
    header: tuple[str, ...]
    skipped: int


class Sample(Struct, frozen=True):
    """The beginning of a table, for a person who says what its columns are.

    Attributes:
        header: the names of its columns; none where no row looks like one.
        first: the first rows below it, at most 20.
    """

    header: tuple[str, ...] = ()
    first: Batch = _NO_ROWS


NO_SAMPLE = Sample()


class Untold(UserError):
    """A table that does not say by itself all that a flow is made of; a person can.

    Attributes:
        sample: its beginning.
        layout: how it is read apart from that; `MAPPED` where nothing is known.
    """

    def __init__(self, sentence: str, sample: Sample, layout: Layout) -> None:
        super().__init__(sentence)
        self.sample = sample
        self.layout = layout


def layout_named(name: str) -> Layout:
    """Return a layout by its key. Raises UserError."""
    for layout in (*LAYOUTS, MAPPED):
        if layout.name == name:
            return layout
    known = ", ".join(layout.name for layout in LAYOUTS if not layout.refusal)
    raise UserError(f"There is no layout “{name}”. Possible are {known}.")


def recognise(
    path: Path, held: Sequence[RawTable], layout: Layout | None, mapping: Mapping
) -> tuple[Found | None, list[str]]:
    """Find the table of a file that has a known layout.

    Args:
        path: for sentences.
        held: the tables of the file.
        layout: the layout, where a person has chosen it.
        mapping: which columns a person has named; with them any header will do.

    Returns:
        The table with its layout, or None; and the names of the other tables of the file.

    Raises:
        UserError: the table can't be read, or its header is not fit.
    """
    best: tuple[int, Found] | None = None
    for table in held:
        for score, found in _candidates(path, table, layout, mapping):
            if best is None or score > best[0]:
                best = (score, found)
    if best is None:
        return None, [table.name for table in held]
    _refuse_twice(path, best[1], mapping)
    return best[1], [table.name for table in held if table is not best[1].table]


def first_sample(path: Path, table: RawTable) -> Sample:
    """Return the beginning of a table from its first row with at least two names on. Raises UserError."""
    rows = _first_rows(path, table)
    header = next((number for number, row in enumerate(rows) if sum(bool(cell.strip()) for cell in row) > 1), None)
    return NO_SAMPLE if header is None else _sample(table, tuple(rows[header]), header + 1)


def sample_of(found: Found) -> Sample:
    """Return the beginning of a recognised table."""
    return _sample(found.table, found.header, found.skipped)


def is_statistics(path: Path) -> bool:
    """Tell from the first rows of a file whether it has a layout of statistics; nothing is said of a damaged one."""
    try:
        rows = [row for table in tables(glance(path)) for row in _first_rows(path, table)]
    except UserError:
        return False
    return any(layout.score(row) > _SURE for row in rows for layout in LAYOUTS if not layout.refusal)


def fitting(header: Sequence[str]) -> list[Layout]:
    """Return the layouts that a header has all marks of, those with most marks first."""
    known = [layout for layout in LAYOUTS if layout.score(header)]
    return sorted(known, key=lambda layout: -layout.score(header))


def _candidates(path: Path, table: RawTable, chosen: Layout | None, mapping: Mapping) -> list[tuple[int, Found]]:
    found = []
    for number, row in enumerate(_first_rows(path, table), 1):
        header = tuple(row)
        names = {plain(name) for name in header}
        for layout in (chosen,) if chosen else LAYOUTS:
            score = layout.score(header)
            if layout is MAPPED:
                score = len(mapping.columns) if all(plain(name) in names for _, name in mapping.columns) else 0
            if score:
                found.append((score, Found(table, layout, header, number)))
    return found


def _sample(table: RawTable, header: tuple[str, ...], skipped: int) -> Sample:
    batch = next(table.batches(Progress()), _NO_ROWS)
    end = skipped + _LOOK
    return Sample(header, batch.part(skipped, end))


def _first_rows(path: Path, table: RawTable) -> Sequence[Sequence[str]]:
    batch = next(table.batches(Progress()), None)
    rows = batch.rows[:_LOOK] if batch else ()
    widest = max(map(len, rows), default=0)
    if widest > MAX_COLUMNS:
        raise too_wide(path, widest)
    return rows


def _refuse_twice(path: Path, found: Found, mapping: Mapping) -> None:
    """Refuse a header that names a column that is read twice: which of them is meant can't be told."""
    counts = Counter(plain(name) for name in found.header)
    wanted, patterns = _names_read(found.layout, mapping)
    twice = [
        name for name in found.header if counts[plain(name)] > 1
        and (plain(name) in wanted or any(re.fullmatch(pattern, name.strip()) for pattern in patterns))
    ]  # fmt: skip
    if twice:
        raise UserError(f"{path} names the column {twice[0]} {counts[plain(twice[0])]} times. Remove the wrong ones.")


def _names_read(layout: Layout, mapping: Mapping) -> tuple[set[str], list[str]]:
    """Return the plain names of all columns that a layout or a person has read, and patterns of further ones."""
    names = [*layout.marks, *(name for column in layout.columns for name in column.names)]
    names += [only.column for only in layout.only] + [name for _, name in mapping.columns]
    for measure in layout.measures:
        names += [*measure.unless, *([] if measure.is_pattern else [measure.column])]
    patterns = [measure.column for measure in layout.measures if measure.is_pattern]
    return {plain(name) for name in names}, patterns

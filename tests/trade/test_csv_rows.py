"""Rows of CSV text: those that are cut are the ones that the csv module reads, with their lines."""

import csv
import io
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.trade.csv_rows import LINES, CsvRows

CELLS = st.text(st.sampled_from('ab1. é中\t"\n'), max_size=4)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8)


def _read(text: str, delimiter: str = ",") -> tuple[list[int], list[list[str]]]:
    batches = list(CsvRows().of(io.StringIO(text, newline=""), delimiter))
    return [*chain(*(b.lines for b in batches))], [list(row) for batch in batches for row in batch.rows]


@given(rows=TABLES, end=st.sampled_from(("\n", "\r\n")), is_ended=st.booleans())
def test_rows_are_those_of_the_csv_module(rows: list[list[str]], end: str, is_ended: bool) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end).writerows(rows)
    text = out.getvalue() if is_ended else out.getvalue().removesuffix(end)
    assert _read(text)[1] == list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    "text",
    ["a,b\r1,2\r", "a,b\n1,2\r\n3,4\n", "a,b\n\n1,2\n", "a,b\n1\n2,3,4\n", "a\n1\n", "a,b\n1,\n,2", "a,b,\n1,2,\n"],
)
def test_unusual_ends_and_widths_change_nothing(text: str) -> None:
    assert _read(text)[1] == list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_quoted_cell_may_go_on_where_the_next_batch_would_begin() -> None:
    lines = [f"{number},x\n" for number in range(1, LINES)] + ['"two\n', 'lines",y\n', "last,z\n"]
    numbers, rows = _read("".join(lines))
    assert rows[-2:] == [["two\nlines", "y"], ["last", "z"]]
    assert (numbers[-3:], len(rows)) == ([LINES - 1, LINES, LINES + 2], LINES + 1)


def test_a_cell_beyond_what_the_csv_module_takes_is_refused_here_too() -> None:
    before = csv.field_size_limit(100)
    try:
        with pytest.raises(csv.Error, match="field limit"):
            _read(f"a,b\n{'x' * 200},1\n")
    finally:
        csv.field_size_limit(before)

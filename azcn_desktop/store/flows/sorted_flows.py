"""Writing the flows of a file, sorted and each of them once, into its private database, with what they add up to.

They come in pieces of some ten thousand flows, which are summed up as arrays; what several pieces have a part of is
added up by SQLite at the end. Knows no file and nothing of the flows that are there already.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.arrivals import Flows, WritingOrder, or_none, summed
from azcn_desktop.store.flows.natural_key import SERIES
from azcn_desktop.store.flows.summaries import CHAPTER, LEVEL

SCHEMA = (
    "CREATE TABLE flow (id INTEGER PRIMARY KEY, line INTEGER, series INTEGER, attributes INTEGER, code TEXT, "
    "value REAL, net_weight_kg REAL, quantity REAL, status INTEGER NOT NULL DEFAULT 0, old_id INTEGER)",
    "CREATE TABLE code (id INTEGER PRIMARY KEY, code TEXT)",
    "CREATE TABLE piece (series INTEGER, level INTEGER, chapter TEXT, flows INTEGER, value REAL, net_weight_kg REAL)",
    "CREATE TABLE sums (id INTEGER PRIMARY KEY, series INTEGER, level INTEGER, chapter TEXT, flows INTEGER, "
    "value REAL, net_weight_kg REAL)",
    "CREATE TABLE codes (publisher TEXT, classification TEXT, code TEXT, flows INTEGER)",
)
_PUBLISHER, _CLASSIFICATION = SERIES.index("publisher"), SERIES.index("classification")
_COLUMNS = "line, series, attributes, code, value, net_weight_kg, quantity"
_ROW = "(?, ?, ?, ?, ?, ?, ?)"
_ROWS_A_STATEMENT = 400
_SUM_PIECES = (
    "INSERT INTO sums (series, level, chapter, flows, value, net_weight_kg) SELECT series, level, chapter, "
    "sum(flows), sum(value), sum(net_weight_kg) FROM piece GROUP BY 1, 2, 3"
)


class Twin(Struct, frozen=True):
    """A flow that stands twice in a file.

    Attributes:
        line: where it stands again.
        first_line: where it stood before.
        is_equal: with the same value.
    """

    line: int
    first_line: int
    is_equal: bool


class SortedFlows:
    """The tables of flows and sums of a private database, while they are filled.

    Attributes:
        order: the one in which flows must come.
    """

    def __init__(
        self, connection: sqlite3.Connection, series: Sequence[tuple[Value, ...]], codes: Sequence[str]
    ) -> None:  # fmt: skip
        """Take what the numbers in the flows stand for, from 1: series as in `natural_key.SERIES`, and codes."""
        self._connection = connection
        connection.executemany("INSERT INTO code VALUES (?, ?)", enumerate(codes, 1))
        self._codes = np.array(["", *codes], object)
        self.order = WritingOrder.of([str(values[_PUBLISHER]) for values in series], codes)
        self._flows_of = np.zeros(len(self.order.publishers), np.int64)
        # A level with a chapter, and a list of codes of a publisher: what flows are added up by, each with its number.
        levels = connection.execute(f"SELECT {LEVEL}, {CHAPTER} FROM code ORDER BY id").fetchall()
        self._levels, self._level_of = _numbered(levels)
        self._lists, self._list_of = _numbered([(v[_PUBLISHER], v[_CLASSIFICATION] or "") for v in series])

    def write(self, flows: Flows) -> list[Twin]:
        """Write flows that follow on those before, each of them once, and return those that stand there again."""
        keys = self.order.keys(flows)
        again = np.flatnonzero(keys[1:] == keys[:-1]) + 1
        twins = [
            Twin(int(flow["line"]), int(before["line"]), bool(flow["value"] == before["value"]))
            for flow, before in zip(flows[again], flows[again - 1], strict=True)
        ]
        once = np.delete(flows, again) if twins else flows
        self._insert(once)
        self._add_up(once)
        return twins

    def sum_up(self) -> None:
        """Add up what several pieces have a part of, once all flows are written."""
        self._connection.execute(_SUM_PIECES)
        self._connection.execute("DROP TABLE piece")

    def publishers(self) -> list[tuple[str, int, int]]:
        """Return each publisher with the ids of its first and last flow, in the order of the flows."""
        ends = np.cumsum(self._flows_of).tolist()
        told = zip(self.order.publishers, ends, self._flows_of.tolist(), strict=True)
        return [(name, end - flows + 1, end) for name, end, flows in told if flows]

    def _insert(self, flows: Flows) -> None:
        """Write flows a few hundred at a time: as values of Python they take ten times the memory."""
        for start in range(0, len(flows), _ROWS_A_STATEMENT):
            some = flows[start : start + _ROWS_A_STATEMENT]
            numbers = (some[name].tolist() for name in ("line", "series", "attributes"))
            amounts = (or_none(some[name]) for name in ("value", "net_weight_kg", "quantity"))
            rows = zip(*numbers, self._codes[some["code"]].tolist(), *amounts, strict=True)
            insert = _INSERT if len(some) == _ROWS_A_STATEMENT else _insert_sql(len(some))
            self._connection.execute(insert, list(chain.from_iterable(rows)))

    def _add_up(self, flows: Flows) -> None:
        series, codes = flows["series"], flows["code"]
        self._flows_of += np.bincount(self.order.publisher_of[series], minlength=len(self._flows_of))
        count = len(self.order.publisher_of)
        keys, *sums = summed(self._level_of[codes] * count + series, flows)
        levels, chapters = zip(*(self._levels[number] for number in (keys // count).tolist()), strict=True)
        pieces = zip((keys % count).tolist(), levels, chapters, *sums, strict=True)
        self._connection.executemany("INSERT INTO piece VALUES (?, ?, ?, ?, ?, ?)", pieces)
        count = len(self._codes)
        keys, flows_of = np.unique(self._list_of[series] * count + codes, return_counts=True)
        publishers, classifications = zip(*(self._lists[number] for number in (keys // count).tolist()), strict=True)
        listed = zip(publishers, classifications, self._codes[keys % count].tolist(), flows_of.tolist(), strict=True)
        self._connection.executemany("INSERT INTO codes VALUES (?, ?, ?, ?)", listed)


def _numbered(values: Sequence[tuple[Value, ...]]) -> tuple[list[tuple[Value, ...]], NDArray[np.int64]]:
    """Number unlike values from 0; returns them, and the number of each value by its place, which counts from 1."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return list(numbers), np.array([0, *map(numbers.__getitem__, values)], np.int64)


def _insert_sql(rows: int) -> str:
    values = ", ".join([_ROW] * rows)
    return f"INSERT INTO flow ({_COLUMNS}) VALUES {values}"


_INSERT = _insert_sql(_ROWS_A_STATEMENT)

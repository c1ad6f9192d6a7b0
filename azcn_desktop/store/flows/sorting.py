"""The whole order of millions of flows, made on a worker: walked along an index, or sorted with numpy.

SQLite would sort seven million rows in its own sorter for a quarter of a minute; here one column is read in short
stretches, sorted as an array, and only ids remain. Nothing holds the interpreter for more than a few milliseconds at a
time, and no cursor stays open between two stretches, so that the window lives and can write meanwhile. Rows that are
written during that time may stand at their old place, or be missing: whoever hears of a change asks anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from azcn_desktop.garbage import collector_paused
from azcn_desktop.progress import Progress
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.counting import count, of_group
from azcn_desktop.store.flows.looking import dense_ranges, scan_ranges, sorted_groups, windows
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import CodeGroup, Conditions, code_groups, row_conditions
from azcn_desktop.store.flows.sort_keys import CODE, STORED_PERIOD, Sort, ranks

_Ids = NDArray[np.int64]
_Keys = NDArray[Any]
_ALL_OF_A_CODE = 1 << 60
_SPARSE = 4  # times as many ids as rows; beyond, a table of all ids would take too much memory
_NOTE = "Sorting"
_FIRST, _SECOND = itemgetter(0), itemgetter(1)


@collector_paused()  # it would go through the whole program time and again, and let no other thread run meanwhile
def whole_order(database: Database, query: FlowQuery, progress: Progress) -> FlowOrder:
    """Return the whole order of a query.

    Args:
        database: of the worker.
        query: what is wanted.
        progress: reports rows, and may cancel.

    Raises:
        Cancelled: the person stopped it.
        UserError: a bound of its time is no period.
        KeyError: its sort is no column.
    """
    sort = Sort.of(query.sort)
    conditions = row_conditions(database, query)
    if query.text.strip() or sort.is_by_code:
        groups = code_groups(database, query)
        if sort.name and not sort.is_by_code:
            return FlowOrder([_sorted_groups(database, groups, sort, conditions, progress)])
        return FlowOrder([_walk(database, sorted_groups(database, groups, sort), conditions, progress)])
    if not sort.name and (dense := dense_ranges(database, query)) is not None:
        return FlowOrder(dense)
    ranges = scan_ranges(database, query)
    if not sort.name:
        return FlowOrder([_scan_ids(database, ranges, conditions, progress)])
    if count(database, query) * _SPARSE < sum(map(len, ranges)):
        return FlowOrder([_sorted_few(database, sort, ranges, conditions, progress)])
    return FlowOrder([_sorted_many(database, query, sort, conditions, progress)])


class _Numbering(dict[Value, int]):
    """Numbers the different words of a column in the order in which they come."""

    def __missing__(self, word: Value) -> int:
        number = self[word] = len(self)
        return number


class _Gathered:
    """An array that is filled piece by piece: joining thousands of pieces at the end would hold the interpreter."""

    def __init__(self, kind: type, capacity: int) -> None:
        self._array: NDArray[Any] = np.empty(capacity, kind)
        self._length = 0

    def add(self, piece: NDArray[Any]) -> None:
        """Take a piece; more than there was room for when rows were written meanwhile."""
        end = self._length + len(piece)
        if end > len(self._array):
            self._array = np.concatenate((self._array[: self._length], np.empty(end, self._array.dtype)))
        self._array[self._length : end] = piece
        self._length = end

    def whole(self) -> NDArray[Any]:
        """Return what was taken."""
        found = self._array[: self._length]
        return found if self._length > len(self._array) // 2 else found.copy()


class _Column:
    """Gathers one column as an array of keys that sort as the column does."""

    def __init__(self, database: Database, sort: Sort, capacity: int) -> None:
        self._database = database
        self._sort = sort
        self._numbering = _Numbering()
        self._gathered = _Gathered(np.float64 if sort.is_number else np.int32, capacity)

    def add(self, values: Iterable[Value], length: int) -> None:
        """Take the values of some rows."""
        if self._sort.is_number:
            numbers = np.fromiter(values, np.float64, length)
            is_empty = np.isnan(numbers)
            if self._sort.is_falling:
                np.negative(numbers, out=numbers)
            numbers[is_empty] = np.inf
            self._gathered.add(numbers)
        else:
            self._gathered.add(np.fromiter(map(self._numbering.__getitem__, values), np.int32, length))

    def keys(self) -> _Keys:
        """Return the keys of all rows taken; what is empty has the greatest in both directions."""
        if self._sort.is_number:
            return self._gathered.whole()
        places = ranks(self._database, self._sort, self._numbering)
        sign = -1 if self._sort.is_falling else 1
        table = [sign * places[word] if word in places else len(places) for word in self._numbering]
        # Ranks that fit into 16 bits are sorted by their digits, several times faster.
        kind = np.int16 if len(places) < 2**15 else np.int32
        return np.take(np.array(table or [0], kind), self._gathered.whole())


def _walk(database: Database, groups: Iterable[CodeGroup], conditions: Conditions, progress: Progress) -> _Ids:
    """Return the ids of groups of codes in their order; within one by period."""
    wanted = list(groups)
    total, done = sum(group.flows for group in wanted), 0
    found = _Gathered(np.int64, total)
    for group in wanted:
        progress.report(done, total, _NOTE)
        where, parameters = of_group(group)
        # The ids come as one text: for whole numbers that is exact, and three times faster than row by row. The limit
        # keeps SQLite from leaving out the order of the inner statement.
        text = database.one(
            "SELECT group_concat(id) FROM (SELECT t.id FROM trade_flow t INDEXED BY trade_flow_by_code "
            f"WHERE {where} AND {conditions.joined} ORDER BY t.period, t.id LIMIT {_ALL_OF_A_CODE:d})",
            [*parameters, *conditions.parameters],
        )
        if text:
            found.add(np.fromstring(text, np.int64, sep=","))
        done += group.flows
    return found.whole()


def _scan_ids(database: Database, ranges: list[range], conditions: Conditions, progress: Progress) -> _Ids:
    found = _Gathered(np.int64, sum(map(len, ranges)))
    for rows in _scan(database, "t.id", ranges, conditions, progress):
        found.add(np.fromiter(map(_FIRST, rows), np.int64, len(rows)))
    return found.whole()


def _sorted_groups(
    database: Database, groups: list[CodeGroup], sort: Sort, conditions: Conditions, progress: Progress
) -> _Ids:  # fmt: skip
    """Sort the rows of some codes, which come by code and period already."""
    total, done = sum(group.flows for group in groups), 0
    ids, column = _Gathered(np.int64, total), _Column(database, sort, total)
    for group in groups:
        progress.report(done, total, _NOTE)
        where, parameters = of_group(group)
        rows = database.all(
            f"SELECT t.id, {sort.column} FROM trade_flow t INDEXED BY trade_flow_by_code WHERE {where} "
            f"AND {conditions.joined} ORDER BY t.period, t.id",
            [*parameters, *conditions.parameters],
        )
        ids.add(np.fromiter(map(_FIRST, rows), np.int64, len(rows)))
        column.add(map(_SECOND, rows), len(rows))
        done += group.flows
    return np.take(ids.whole(), np.argsort(column.keys(), kind="stable"))


def _sorted_few(
    database: Database, sort: Sort, ranges: list[range], conditions: Conditions, progress: Progress
) -> _Ids:  # fmt: skip
    """Sort rows that are few among many: code and period are read beside the column."""
    most = sum(map(len, ranges))
    code, period = _Column(database, Sort(CODE, False), most), _Column(database, Sort(STORED_PERIOD, False), most)
    ids, column = _Gathered(np.int64, most), _Column(database, sort, most)
    columns = f"t.id, {sort.column}, coalesce(t.code, ''), coalesce(t.period, '')"
    for rows in _scan(database, columns, ranges, conditions, progress):
        ids.add(np.fromiter(map(_FIRST, rows), np.int64, len(rows)))
        for gathered, pick in ((column, _SECOND), (code, itemgetter(2)), (period, itemgetter(3))):
            gathered.add(map(pick, rows), len(rows))
    found = ids.whole()
    return found[np.lexsort((found, period.keys(), code.keys(), column.keys()))]


def _sorted_many(
    database: Database, query: FlowQuery, sort: Sort, conditions: Conditions, progress: Progress
) -> _Ids:  # fmt: skip
    """Sort most of the table: one column is read as the rows lie, the order of ties as the index on codes lies."""
    ranges = scan_ranges(database, query)
    most = sum(map(len, ranges))
    ids, column = _Gathered(np.int64, most), _Column(database, sort, most)
    for chunk, values in _read_column(database, sort, ranges, conditions, progress):
        ids.add(chunk)
        column.add(map(_FIRST, values), len(values))
    found, keys = ids.whole(), column.keys()
    del ids, column
    by_code = _walk(database, code_groups(database, query), Conditions(), progress)
    places = _places(found, by_code)
    is_there = places >= 0
    by_code, places = by_code[is_there], places[is_there]
    progress.check()
    return np.take(by_code, np.argsort(np.take(keys, places), kind="stable"))


def _places(ids: _Ids, wanted: _Ids) -> _Ids:
    """Return the places of ids among rising ones; -1 for those that are not there."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    low, span = int(ids[0]), int(ids[-1]) - int(ids[0]) + 1
    offsets = np.clip(wanted, low, low + span - 1) - low
    if span == len(ids):
        places = offsets
    elif span <= _SPARSE * len(ids):
        table = np.zeros(span, np.int32)
        table[ids - low] = np.arange(len(ids), dtype=np.int32)
        places = table[offsets].astype(np.int64)
    else:
        places = np.searchsorted(ids, offsets + low)
    return np.where(ids[places] == wanted, places, -1)


def _scan(
    database: Database, columns: str, ranges: list[range], conditions: Conditions, progress: Progress
) -> Iterator[list[tuple[Value, ...]]]:  # fmt: skip
    """Yield the rows that meet conditions, a short stretch at a time, as they lie."""
    total, done = sum(map(len, ranges)), 0
    for first, last in windows(ranges):
        progress.report(done, total, _NOTE)
        rows = database.all(
            f"SELECT {columns} FROM trade_flow t WHERE t.id BETWEEN ? AND ? AND {conditions.joined} ORDER BY t.id",
            [first, last, *conditions.parameters],
        )
        if rows:
            yield rows
        done += last - first + 1


def _read_column(
    database: Database, sort: Sort, ranges: list[range], conditions: Conditions, progress: Progress
) -> Iterator[tuple[_Ids, list[tuple[Value, ...]]]]:  # fmt: skip
    """Yield ids and values of the rows that meet conditions; where every id of a stretch is there, none is read."""
    total, done = sum(map(len, ranges)), 0
    for first, last in windows(ranges):
        progress.report(done, total, _NOTE)
        done += last - first + 1
        values = database.all(
            f"SELECT {sort.column} FROM trade_flow t WHERE t.id BETWEEN ? AND ? AND {conditions.joined} ORDER BY t.id",
            [first, last, *conditions.parameters],
        )
        if len(values) == last - first + 1:
            yield np.arange(first, last + 1, dtype=np.int64), values
        elif values:
            rows = next(_scan(database, f"{sort.column}, t.id", [range(first, last + 1)], conditions, Progress()), [])
            yield np.fromiter(map(_SECOND, rows), np.int64, len(rows)), rows

"""The order that a table of flows opens with, by period, without reading a row before somebody looks at it.

The sums tell how many flows each period has and, within one, each chapter; so a place among millions leads to a short
stretch of the index on codes, which is read then. All goods stand before codes of no chapter and these before chapters.
Nothing is sorted and nothing is kept but the stretches that were looked at last.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate
from typing import TypeVar

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.places import period_key
from azcn_desktop.store.flows.query import TOTAL, FlowQuery
from azcn_desktop.store.flows.selecting import LAST, row_conditions, sum_conditions
from azcn_desktop.store.flows.sort_keys import PERIOD, Sort
from azcn_desktop.store.flows.summaries import TOTALS_WITH_CHAPTERS

_CHAPTER = re.compile(r"\d\d", re.ASCII)
_KEPT = 64
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_NONE = 0  # no row has this id
# A condition on levels speaks of `code`, which only the flow may have here.
_IN_CHAPTER = (
    "WITH RECURSIVE each(name) AS (SELECT min(code) FROM trade_flow WHERE code >= ?1 AND code < ?2 UNION ALL "
    "SELECT (SELECT min(f.code) FROM trade_flow f WHERE f.code > e.name AND f.code < ?2) FROM each e "
    "WHERE e.name IS NOT NULL) SELECT t.id FROM each e CROSS JOIN trade_flow t INDEXED BY trade_flow_by_code "
    "WHERE e.name IS NOT NULL AND t.code = e.name AND t.period = ?3 AND {} ORDER BY t.code, t.id"
)
_IN_NONE = (
    "SELECT t.id FROM (SELECT DISTINCT code AS name FROM trade_code WHERE NOT code GLOB '[0-9][0-9]*') e CROSS JOIN "
    "trade_flow t INDEXED BY trade_flow_by_code WHERE t.code = e.name AND t.period = ? AND {} "
    "ORDER BY t.code <> ?, t.code, t.id"
)


class PeriodFlows:
    """The flows of one period in the order of their codes, as a sequence of ids."""

    def __init__(self, stretches: _Stretches, period: str, length: int) -> None:
        self._stretches, self._period, self._length = stretches, period, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, wanted: slice) -> list[int]:
        start, stop, _ = wanted.indices(self._length)
        found = self._stretches.ids(self._period, start, stop)
        # Whoever wrote meanwhile makes the table ask anew; until then no place may be missing.
        return found + [_NONE] * (max(0, stop - start) - len(found))

    def position(self, key: int) -> int:
        """Return the place of an id, from 0; -1 where it is not in this period."""
        return self._stretches.position(self._period, key)


def by_period(database: Database, query: FlowQuery) -> list[PeriodFlows] | None:
    """Return the flows of a query period by period, in the order of its sort.

    None where the query has another sort, or a text that sums can't count: all but the two digits of a chapter.

    Raises:
        UserError: a bound of its time is no period.
    """
    if not is_by_period(query):
        return None
    sort, text = Sort.of(query.sort), query.text.strip()
    conditions = sum_conditions(database, query)
    table, flows = (TOTALS_WITH_CHAPTERS, "c.flows") if text else ("trade_total s", "s.flows")
    where = f"c.chapter = ? AND {conditions.joined}" if text else conditions.joined
    rows = database.all(
        f"SELECT s.period, sum({flows}) FROM {table} WHERE {where} GROUP BY s.period",
        [*((text,) if text else ()), *conditions.parameters],
    )
    stretches = _Stretches(database, query, text)
    ordered = sorted(rows, key=lambda row: period_key(row[0]), reverse=sort.is_falling)
    return [PeriodFlows(stretches, period, n) for period, n in ordered if n]


def is_by_period(query: FlowQuery) -> bool:
    """Tell whether `by_period` serves a query."""
    text = query.text.strip()
    return Sort.of(query.sort).name == PERIOD and (not text or bool(_CHAPTER.fullmatch(text)))


class _Stretches:
    """Reads the ids of one period and chapter at a time, and keeps those that were asked for last."""

    def __init__(self, database: Database, query: FlowQuery, chapter: str) -> None:
        self._database, self._chapter = database, chapter
        self._sums = sum_conditions(database, query)
        self._rows = row_conditions(database, query)
        self._chapters: OrderedDict[str, tuple[list[str], list[int]]] = OrderedDict()
        self._ids: OrderedDict[tuple[str, str], list[int]] = OrderedDict()

    def ids(self, period: str, start: int, stop: int) -> list[int]:
        """Return the ids at some places of a period."""
        chapters, ends = self._chapters_of(period)
        found: list[int] = []
        place = bisect_right(ends, start)
        while start < stop and place < len(chapters):
            first = ends[place - 1] if place else 0
            length = ends[place] - first
            ids = self._read(period, chapters[place])
            whole = (ids + [_NONE] * (length - len(ids)))[:length]
            found += whole[start - first : stop - first]
            start, place = ends[place], place + 1
        return found

    def position(self, period: str, key: int) -> int:
        """Return the place of an id among those of a period; -1 where it is not there."""
        # What was looked at is known as it was then; the flow itself may have been written since.
        for (place, chapter), ids in self._ids.items():
            if place == period and key in ids:
                return self._begin(period, chapter) + ids.index(key)
        row = self._database.all("SELECT code FROM trade_flow WHERE id = ? AND period = ?", (key, period))
        if not row:
            return -1
        begin = _CHAPTER.match(row[0][0] or "")
        chapter = begin[0] if begin else ""
        if chapter not in self._chapters_of(period)[0] or key not in (ids := self._read(period, chapter)):
            return -1
        return self._begin(period, chapter) + ids.index(key)

    def _begin(self, period: str, chapter: str) -> int:
        """Return the place in a period at which a chapter begins."""
        chapters, ends = self._chapters_of(period)
        place = chapters.index(chapter)
        return ends[place - 1] if place else 0

    def _chapters_of(self, period: str) -> tuple[list[str], list[int]]:
        """Return the chapters of a period, none first, and the place before which each ends."""
        if period not in self._chapters:
            only = "c.chapter = ?" if self._chapter else "1"
            rows = self._database.all(
                f"SELECT c.chapter, sum(c.flows) FROM {TOTALS_WITH_CHAPTERS} WHERE s.period = ? AND {only} "
                f"AND {self._sums.joined} GROUP BY c.chapter ORDER BY c.chapter",
                [period, *((self._chapter,) if self._chapter else ()), *self._sums.parameters],
            )
            self._chapters[period] = [row[0] for row in rows], list(accumulate(row[1] for row in rows))
        return _kept(self._chapters, period)

    def _read(self, period: str, chapter: str) -> list[int]:
        if (period, chapter) not in self._ids:
            if chapter:
                # Numbered places, since two of them stand twice; those of the conditions follow.
                sql = _IN_CHAPTER.format(self._rows.joined)
                values = [chapter, f"{chapter}{LAST}", period, *self._rows.parameters]
            else:
                sql, values = _IN_NONE.format(self._rows.joined), [period, *self._rows.parameters, TOTAL]
            self._ids[period, chapter] = [row[0] for row in self._database.all(sql, values)]
        return _kept(self._ids, (period, chapter))


def _kept(found: OrderedDict[_Key, _Value], key: _Key) -> _Value:
    """Return what is kept under a key as the newest, and let the oldest go."""
    found.move_to_end(key)
    while len(found) > _KEPT:
        found.popitem(last=False)
    return found[key]

"""The first look at flows: their number, and their first page as soon as an index or few rows give it.

What `is_quick` is cheap enough for the thread of the window, however many flows there are; a look that goes over
thousands of codes, or counts rows, takes up to a fifth of a second. What would take longer still is left to
`sorting.whole_order`. Both are for a worker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.by_period import by_period, is_by_period
from azcn_desktop.store.flows.commodity_names import descriptions
from azcn_desktop.store.flows.counting import by_index, count, of_group, summed
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.places import code_key
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import (
    CodeGroup,
    Conditions,
    code_groups,
    has_only_codes,
    row_conditions,
    sum_conditions,
    within,
)
from azcn_desktop.store.flows.sort_keys import DESCRIPTION, Sort, ranks

PAGE = 256
FEW = 5_000  # rows that are read and sorted at once
BUDGET = 20_000  # rows that a first look may touch
WINDOW = 4_096


def is_quick(database: Database, query: FlowQuery) -> bool:
    """Tell whether a first look takes no longer than a frame.

    Raises:
        UserError, KeyError: as `first_look`.
    """
    sort, text = Sort.of(query.sort), query.text.strip()
    within("", query.since, query.until)
    if (not text and not sort.is_by_code) or is_by_period(query):
        return True
    is_few_codes = query.is_code and has_only_codes(query) and not sort.name
    return is_few_codes or count(database, FlowQuery()) <= FEW


def first_look(database: Database, query: FlowQuery) -> FlowOrder:
    """Return the order of a query as far as it is had at once: its number of flows, often its first page, maybe all.

    Raises:
        UserError: a bound of its time is no period.
        KeyError: its sort is no column.
    """
    sort = Sort.of(query.sort)
    if (periods := by_period(database, query)) is not None:
        return FlowOrder(periods)
    has_text = bool(query.text.strip())
    if not sort.name and not has_text and (ranges := dense_ranges(database, query)) is not None:
        return FlowOrder(ranges)
    groups = code_groups(database, query) if has_text or sort.is_by_code else []
    total, rest = summed(database, query, groups)
    is_counted = sum(group.flows for group in rest) <= BUDGET
    total += by_index(database, rest, row_conditions(database, query, with_levels=False)) if is_counted else 0
    if is_counted and not total:
        return FlowOrder([])
    if has_text or sort.is_by_code:
        return _by_codes(database, query, sort, groups, total, is_counted)
    return _by_rows(database, query, sort, total)


def dense_ranges(database: Database, query: FlowQuery) -> list[range] | None:
    """Return the ids of a query without text as ranges, in the order in which rows lie.

    None where it takes a part of a dataset, or a dataset has gaps or other rows in between: then rows must be read.
    """
    conditions = sum_conditions(database, query)
    chosen = dict(
        database.all(
            f"SELECT s.dataset_id, sum(s.flows) FROM trade_total s WHERE {conditions.joined} GROUP BY 1",
            conditions.parameters,
        )
    )
    ranges = {key: dataset_range(database, key) for key in chosen}
    if any(len(ranges[key]) != flows for key, flows in chosen.items()):
        return None
    return sorted(ranges.values(), key=_start)


def dataset_range(database: Database, key: int) -> range:
    """Return the range in which the ids of a dataset lie; others may lie in it too."""
    low = database.one(
        "SELECT min(id) FROM trade_flow INDEXED BY trade_flow_by_dataset_id WHERE dataset_id = ?", (key,)
    )
    high = database.one(
        "SELECT max(id) FROM trade_flow INDEXED BY trade_flow_by_dataset_id WHERE dataset_id = ?", (key,)
    )
    return range(0) if low is None else range(low, high + 1)


def scan_ranges(database: Database, query: FlowQuery) -> list[range]:
    """Return ranges, apart from each other and rising, in which all ids of a query without text lie."""
    conditions = sum_conditions(database, query)
    rows = database.all(
        f"SELECT DISTINCT s.dataset_id FROM trade_total s WHERE {conditions.joined}", conditions.parameters
    )
    merged: list[range] = []
    for found in sorted((dataset_range(database, row[0]) for row in rows), key=_start):
        if merged and found.start < merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, found.stop))
        else:
            merged.append(found)
    return merged


def windows(ranges: Iterable[range]) -> Iterator[tuple[int, int]]:
    """Yield first and last ids of short stretches of some ranges."""
    for r in ranges:
        yield from ((start, min(start + WINDOW, r.stop) - 1) for start in range(r.start, r.stop, WINDOW))


def sorted_groups(database: Database, groups: Sequence[CodeGroup], sort: Sort) -> list[CodeGroup]:
    """Return rising codes in the order of a sort: by code, or by what they stand for."""
    if sort.name == DESCRIPTION:
        return _by_description(database, groups, sort.is_falling)
    return list(reversed(groups) if sort.name == "code" and sort.is_falling else groups)


def _by_codes(
    database: Database, query: FlowQuery, sort: Sort, groups: Sequence[CodeGroup], total: int, is_counted: bool
) -> FlowOrder:  # fmt: skip
    """Walk the codes of a query until a page is full; read all of their rows when they are few."""
    conditions = row_conditions(database, query, with_levels=False)
    flows = sum(group.flows for group in groups)
    if sort.name and not sort.is_by_code:
        if flows > FEW:
            return FlowOrder([], total, is_counted)
        chosen = chain.from_iterable(_rows_of(database, group, conditions, sort) for group in groups)
        return FlowOrder([_sorted(database, sort, list(chosen))])
    ids: list[int] = []
    touched, most = 0, max(flows, 1) if flows <= FEW else PAGE
    for group in sorted_groups(database, groups, sort):
        if len(ids) >= most or touched >= BUDGET:
            return FlowOrder([ids], total, is_counted)
        ids += _ids_of(database, group, conditions, most - len(ids))
        touched += group.flows
        if group.flows > BUDGET:  # perhaps not all of its rows were looked at
            return FlowOrder([ids], total, is_counted)
    return FlowOrder([ids], None if len(ids) < most else total, is_counted or len(ids) < most)


def _ids_of(database: Database, group: CodeGroup, conditions: Conditions, most: int) -> list[int]:
    """Return the first ids of a group that meet conditions, by period; no more rows are touched than a look may."""
    where, parameters = of_group(group)
    if group.flows <= BUDGET:
        rows = database.all(
            f"SELECT t.id FROM trade_flow t INDEXED BY trade_flow_by_code WHERE {where} AND {conditions.joined} "
            "ORDER BY t.period, t.id LIMIT ?",
            [*parameters, *conditions.parameters, most],
        )
    else:
        rows = database.all(
            "SELECT t.id FROM (SELECT * FROM trade_flow INDEXED BY trade_flow_by_code WHERE code = ? "
            f"ORDER BY period, id LIMIT ?) t WHERE {where} AND {conditions.joined} ORDER BY t.period, t.id LIMIT ?",
            [group.code, BUDGET, *parameters, *conditions.parameters, most],
        )
    return list(chain.from_iterable(rows))


def _by_rows(database: Database, query: FlowQuery, sort: Sort, total: int) -> FlowOrder:
    """Walk the rows until a page is full, or read all when they are few."""
    conditions, ranges = row_conditions(database, query), scan_ranges(database, query)
    is_short = sum(map(len, ranges)) <= BUDGET
    if sort.name and not (is_short and total <= FEW):
        return FlowOrder([], total)
    if sort.name:
        stretches = (_rows_between(database, window, conditions, sort) for window in windows(ranges))
        return FlowOrder([_sorted(database, sort, list(chain.from_iterable(stretches)))])
    ids: list[int] = []
    for number, (first, last) in enumerate(windows(ranges)):
        if len(ids) >= PAGE or number * WINDOW >= BUDGET:
            return FlowOrder([ids], total)
        ids += ids_between(database, first, last, conditions)
    return FlowOrder([ids])


def ids_between(database: Database, first: int, last: int, conditions: Conditions) -> list[int]:
    """Return the ids in a stretch whose rows meet conditions, rising."""
    rows = database.all(
        f"SELECT t.id FROM trade_flow t WHERE t.id BETWEEN ? AND ? AND {conditions.joined} ORDER BY t.id",
        [first, last, *conditions.parameters],
    )
    return list(chain.from_iterable(rows))


_Place = tuple[bool, int, tuple[int, str]]
_Row = tuple[int, str, str, Value]  # id, code, period, what is sorted by


def _rows_of(database: Database, group: CodeGroup, conditions: Conditions, sort: Sort) -> list[_Row]:
    where, parameters = of_group(group)
    return database.all(
        f"SELECT t.id, t.code, t.period, {sort.column} FROM trade_flow t INDEXED BY trade_flow_by_code "
        f"WHERE {where} AND {conditions.joined}",
        [*parameters, *conditions.parameters],
    )


def _rows_between(database: Database, window: tuple[int, int], conditions: Conditions, sort: Sort) -> list[_Row]:
    return database.all(
        f"SELECT t.id, t.code, t.period, {sort.column} FROM trade_flow t WHERE t.id BETWEEN ? AND ? "
        f"AND {conditions.joined}",
        [*window, *conditions.parameters],
    )


def _sorted(database: Database, sort: Sort, rows: Sequence[_Row]) -> list[int]:
    """Return the ids of a few rows in their order."""
    sign = -1 if sort.is_falling else 1
    places = None if sort.is_number else ranks(database, sort, {row[3] for row in rows})
    keyed = []
    for key, code, period, value in rows:
        number = value if places is None else places.get(value)
        by = (1, 0) if number is None else (0, sign * float(number))
        keyed.append((by, code_key(code or ""), period or "", key))
    return [row[3] for row in sorted(keyed)]


def _by_description(
    database: Database, groups: Iterable[CodeGroup], is_falling: bool
) -> list[CodeGroup]:  # fmt: skip
    """Sort codes by what they stand for; a code that classifications name otherwise stands at several places."""
    pieces = list(groups)
    named = descriptions(database, ((name, group.code) for group in pieces for name in group.classifications))
    parts: list[tuple[str | None, CodeGroup]] = []
    for group in pieces:
        words = {named.get((name, group.code)) for name in group.classifications}
        for description in words:
            names = tuple(n for n in group.classifications if named.get((n, group.code)) == description)
            parts.append((description, CodeGroup(group.code, names, group.is_all and len(words) == 1, group.flows)))
    places = ranks(database, Sort(DESCRIPTION, is_falling), {description for description, _ in parts})
    sign = -1 if is_falling else 1
    keyed = [((d is None, sign * places.get(d, 0), code_key(g.code)), g) for d, g in parts]
    return [group for _, group in sorted(keyed, key=_first)]


def _first(pair: tuple[_Place, CodeGroup]) -> _Place:
    return pair[0]


def _start(r: range) -> int:
    return r.start

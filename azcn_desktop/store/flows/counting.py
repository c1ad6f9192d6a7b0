"""How many flows a choice has, exactly: out of the sums where they can tell, else by the index on codes.

Only rows that count are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import (
    LAST,
    CodeGroup,
    Conditions,
    code_groups,
    has_only_codes,
    row_conditions,
    sum_conditions,
)
from azcn_desktop.store.tables import marks

_BATCH = 500  # codes in one statement: some hundred thousand rows, a tenth of a second
_CHAPTER_BEGINS = re.compile(r"\d{1,2}", re.ASCII)
_HAS_CHAPTER = re.compile(r"\d\d", re.ASCII)


def count(database: Database, query: FlowQuery) -> int:
    """Return how many flows that count a query chooses, exactly.

    Raises:
        UserError: a bound of its time is no period.
    """
    found, rest = summed(database, query)
    return found + by_index(database, rest, row_conditions(database, query, with_levels=False))


def summed(
    database: Database, query: FlowQuery, groups: Sequence[CodeGroup] | None = None
) -> tuple[int, Sequence[CodeGroup]]:  # fmt: skip
    """Return what the sums tell of the number of flows, and the codes whose rows have to be counted besides.

    Args:
        database: the open file.
        query: what is chosen.
        groups: the codes of the query, where somebody has looked them up already.
    """
    if not query.text.strip():
        return _total(database, "trade_total", sum_conditions(database, query)), []
    if has_only_codes(query):
        return sum(group.flows for group in (code_groups(database, query) if groups is None else groups)), []
    if _CHAPTER_BEGINS.fullmatch(text := query.text.strip()):
        conditions = sum_conditions(database, query)
        conditions.add("s.chapter >= ? AND s.chapter < ?", text, text + LAST)
        found = _total(database, "trade_chapter", conditions)
        if len(text) == 2:
            return found, []
        return found, outside_chapters(groups or code_groups(database, query))
    return 0, code_groups(database, query) if groups is None else groups


def outside_chapters(groups: Iterable[CodeGroup]) -> list[CodeGroup]:
    """Return the codes that belong to no chapter, such as "2" of SITC, or "2A"."""
    return [group for group in groups if not _HAS_CHAPTER.match(group.code)]


def by_index(database: Database, groups: Sequence[CodeGroup], conditions: Conditions) -> int:
    """Count the rows of codes that meet conditions."""
    return sum(
        int(database.one(
            f"SELECT count(*) FROM trade_flow t INDEXED BY trade_flow_by_code WHERE {where} AND {conditions.joined}",
            [*parameters, *conditions.parameters],
        ))
        for where, parameters in _batches(groups)
    )  # fmt: skip


def of_group(group: CodeGroup) -> tuple[str, list[str]]:
    """Return the condition on rows of `trade_flow t` to belong to a group, with its parameters."""
    if group.is_all:
        return "t.code = ?", [group.code]
    names = group.classifications
    return f"t.code = ? AND coalesce(t.classification, '') IN ({marks(names)})", [group.code, *names]


def _batches(groups: Sequence[CodeGroup]) -> Iterator[tuple[str, list[str]]]:
    """Yield conditions for all groups: many codes at once where their classification does not matter."""
    plain = [group.code for group in groups if group.is_all]
    for start in range(0, len(plain), _BATCH):
        codes = plain[start : start + _BATCH]
        yield f"t.code IN ({marks(codes)})", codes
    yield from (of_group(group) for group in groups if not group.is_all)


def _total(database: Database, table: str, conditions: Conditions) -> int:
    where = " AND ".join(conditions.where)
    return int(database.one(f"SELECT coalesce(sum(s.flows), 0) FROM {table} s WHERE {where}", conditions.parameters))

"""Sums of flows for charts, under the same choice of flows as the table, out of the summary tables where possible.

Without a text the sums of `trade_total` do, for one or two digits those of `trade_chapter`, with the rows of codes that
belong to no chapter; only longer codes and words look at more rows, through the index on code. A sum is always of like
flows of one level: everything that must not be mixed stands beside it. Flows that count are those of ready datasets
that no ready dataset replaced. Knows no chart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.counting import outside_chapters
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import LAST, code_groups, sum_conditions
from azcn_desktop.store.flows.summaries import LEVEL, TOTALS_WITH_CHAPTERS
from azcn_desktop.store.tables import marks

_LISTED = "SELECT value FROM json_each(?)"
_PUBLISHER = "coalesce(d.publisher, '')"
_UNLIKE = (
    _PUBLISHER, "s.reporter", "s.partner", "s.flow", "s.valuation", "s.currency", "s.classification", "s.level",
    "s.frequency", "s.is_cumulative",
)  # fmt: skip
_UNLIKE_SQL = ", ".join(_UNLIKE)
# What differs most comes first, so that sorting compares few words: a third faster over sums of thirty years.
_GROUP = (
    "s.flow, s.reporter, s.partner, s.level, s.valuation, s.currency, s.frequency, s.is_cumulative, "
    f"s.classification, {_PUBLISHER}"
)
_COLUMNS = {name.partition(".")[2]: name for name in _UNLIKE[1:]} | {"publisher": _PUBLISHER}
# A sum since January is of a year only in December, so it keeps its month.
_YEAR = "CASE WHEN s.is_cumulative THEN s.period ELSE substr(s.period, 1, 4) END"
_EACH = "s.dataset_id, s.replaced_by, s.period, " + ", ".join(_UNLIKE[1:])
# Told which index: SQLite would rather read a whole dataset than the rows of some codes.
_ROWS = (
    "(SELECT dataset_id, coalesce(replaced_by, 0) AS replaced_by, frequency, coalesce(is_cumulative, 0) AS "
    "is_cumulative, period, reporter, partner, flow, coalesce(classification, '') AS classification, "
    "coalesce(valuation, '') AS valuation, coalesce(currency, '') AS currency, "
    f"{LEVEL} AS level, code, 1 AS flows, coalesce(value, 0.0) AS value "
    "FROM trade_flow INDEXED BY trade_flow_by_code)"
)
_CHAPTERS = "c.chapter >= ? AND c.chapter < ?"
# Codes of some chapters, and single codes that belong to none.
_BOTH = (
    f"(SELECT {_EACH}, c.flows, c.value FROM {TOTALS_WITH_CHAPTERS} WHERE {_CHAPTERS} UNION ALL "
    f"SELECT {_EACH}, s.flows, s.value FROM {_ROWS} s WHERE s.code IN ({_LISTED}))"
)
# One step in the index for each code instead of one for each of its rows.
_EACH_CODE = (
    "WITH RECURSIVE each_code(code) AS (SELECT min(code) FROM trade_flow WHERE code >= ? AND code < ? UNION ALL SELECT "
    "(SELECT min(f.code) FROM trade_flow f WHERE f.code > e.code AND f.code < ?) FROM each_code e WHERE e.code IS NOT "
    "NULL) SELECT code FROM each_code WHERE code IS NOT NULL"
)


class FlowSum(Struct, frozen=True):
    """The sum of like flows of one period or year.

    Attributes:
        publisher, reporter, partner, flow, valuation, currency, classification: as stored, empty where not told.
        level: 0 for all goods, 2, 4 or 6 digits; -1 for names of products.
        frequency: A, Q or M, as published.
        is_cumulative: 1 for sums since January, else 0.
        period: YYYY, YYYYQn or YYYYMM; the year where sums were asked for by year, but for cumulative ones.
        periods: how many periods are in the sum: 12 for a year whose months are all there.
        flows: how many flows are in the sum.
        value: in whole units of the currency.
    """

    publisher: str
    reporter: str
    partner: str
    flow: str
    valuation: str
    currency: str
    classification: str
    level: int
    frequency: str
    is_cumulative: int
    period: str
    periods: int
    flows: int
    value: float


class CodeSum(Struct, frozen=True):
    """The sum of one code, or of all that begin with it.

    Attributes:
        classification: as stored.
        period: as of `FlowSum`.
        code: as many digits as were asked for.
        flows: how many flows are in it.
        value: in whole units of the currency.
    """

    classification: str
    period: str
    code: str
    flows: int
    value: float


def flow_sums(database: Database, query: FlowQuery, *, by_year: bool) -> list[FlowSum]:
    """Return the sums of a choice of flows, by everything that must not be mixed, in no order.

    Args:
        database: the open file.
        query: what flows; its `sort` says nothing here.
        by_year: add the periods of a year; else each period stands for itself.

    Raises:
        UserError: a bound of its time is no period.
    """
    conditions = sum_conditions(database, query)
    codes, chosen = _chosen_codes(database, query)
    flows, value = "s.flows", "s.value"
    if not query.text.strip():
        tables = "trade_total s"
    elif query.is_code and len(query.text.strip()) <= 2:
        tables, codes, flows, value = TOTALS_WITH_CHAPTERS, _CHAPTERS, "c.flows", "c.value"
        if outside := [group.code for group in outside_chapters(code_groups(database, query))]:
            tables, codes, flows, value = f"{_BOTH} s", "1", "s.flows", "s.value"
            chosen = [*chosen, json.dumps(outside)]
    else:
        tables = f"{_ROWS} s"
    joined = f"FROM {tables} CROSS JOIN dataset d ON d.id = s.dataset_id WHERE {codes} AND {conditions.joined}"
    wanted = (*chosen, *conditions.parameters)
    if by_year:
        return [FlowSum(*row) for row in database.all(
            f"SELECT {_UNLIKE_SQL}, {_YEAR}, count(DISTINCT s.period), sum({flows}), sum({value}) {joined} "
            f"GROUP BY {_YEAR}, {_GROUP}", wanted,
        )]  # fmt: skip
    if tables.startswith("trade_total"):
        # Few datasets share a period, so adding here is cheaper than sorting there.
        return _merged(database.all(f"SELECT {_UNLIKE_SQL}, s.period, {flows}, {value} {joined}", wanted))
    return [FlowSum(*row) for row in database.all(
        f"SELECT {_UNLIKE_SQL}, s.period, 1, sum({flows}), sum({value}) {joined} GROUP BY s.period, {_GROUP}", wanted,
    )]  # fmt: skip


def _merged(rows: Iterable[tuple[Any, ...]]) -> list[FlowSum]:
    found: dict[tuple[Any, ...], tuple[int, float]] = {}
    for *key, flows, value in rows:
        name = tuple(key)
        before = found.get(name, (0, 0.0))
        found[name] = before[0] + flows, before[1] + value
    return [FlowSum(*(*key, 1, *summed)) for key, summed in found.items()]


def code_sums(
    database: Database,
    query: FlowQuery,
    of: Mapping[str, Value],
    digits: int,
    *,
    under: str = "",
    periods: Sequence[str] = (),
    by_year: bool = False,
) -> list[CodeSum]:
    """Return sums by code, of one series.

    Args:
        database: the open file.
        query: what flows.
        of: the series: values of `FlowSum` by name, `level` among them: the level of the flows to be added.
        digits: how many digits of the codes are told apart.
        under: only codes that begin so.
        periods: those that count; all where empty.
        by_year: add the periods of a year.

    Raises:
        KeyError: a name in `of` is none of a sum.
        UserError: a bound of the time is no period.
    """
    conditions = sum_conditions(database, query)
    series = " AND ".join(f"{_COLUMNS[name]} = ?" for name in of)
    when = f"s.period IN ({marks(periods)})" if periods else "1"
    period = _YEAR if by_year else "s.period"
    begin, codes, chosen = under, "1", list[Value]()
    if query.is_code:
        begin = max(under, query.text.strip(), key=len)
        if not (begin.startswith(under) and begin.startswith(query.text.strip())):
            return []
    else:
        codes, chosen = _chosen_codes(database, query)
    bounds: tuple[str, ...] = (begin, f"{begin}{LAST}")
    if of.get("level") == 1:
        # Sections of SITC belong to no chapter; naming all there can be is quicker than looking for them.
        tables, code, flows, value = f"{_ROWS} s", "s.code", "s.flows", "s.value"
        below, bounds = f"s.code IN ({_LISTED})", (json.dumps([d for d in "0123456789" if d.startswith(begin)]),)
    elif digits <= 2 and len(begin) <= 2 and codes == "1":
        tables, code, flows, value = TOTALS_WITH_CHAPTERS, "c.chapter", "c.flows", "c.value"
        below = f"c.chapter > '' AND {_CHAPTERS}"
    else:
        tables, code = f"{_ROWS} s", f"substr(s.code, 1, {digits:d})"
        flows, value = "s.flows", "s.value"
        below, bounds = f"s.code IN ({_EACH_CODE})", (*bounds, bounds[1])
    rows = database.all(
        f"SELECT s.classification, {period}, {code}, sum({flows}), sum({value}) FROM {tables} CROSS JOIN dataset d "
        f"ON d.id = s.dataset_id WHERE {below} AND {codes} AND {series} AND {when} "
        f"AND {conditions.joined} GROUP BY s.classification, {period}, {code}",
        (*bounds, *chosen, *of.values(), *periods, *conditions.parameters),
    )
    return [CodeSum(*row) for row in rows]


def _chosen_codes(database: Database, query: FlowQuery) -> tuple[str, list[Value]]:
    """Return the condition on codes: how they begin, or which the words of a query choose."""
    text = query.text.strip()
    if not text:
        return "1", []
    if query.is_code:
        return "s.code >= ? AND s.code < ?", [text, f"{text}{LAST}"]
    groups = code_groups(database, query)
    codes = json.dumps([group.code for group in groups])
    if all(group.is_all for group in groups):
        return f"s.code IN ({_LISTED})", [codes]
    pairs = json.dumps([f"{group.code} {name}" for group in groups for name in group.classifications])
    return f"s.code IN ({_LISTED}) AND s.code || ' ' || s.classification IN ({_LISTED})", [codes, pairs]

"""Translation of a choice of flows into conditions of SQL: for the rows, and for their sums.

Every value is a parameter; names are constants of this module. What does not narrow anything gives no condition, so
that an index alone can answer. Text is looked up among the few thousand codes, never in the rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from azcn_desktop.errors import UserError
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.text import fold
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.commodity_names import descriptions
from azcn_desktop.store.flows.everyday_words import codes_called
from azcn_desktop.store.flows.places import code_key, months_of
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.summaries import LEVEL
from azcn_desktop.store.selecting import like
from azcn_desktop.store.tables import marks

# Parts of a query, and where they stand in a row and in a sum. The plus keeps SQLite from walking a dataset row by row.
_IN_ROWS = {
    "frequencies": "t.frequency", "reporters": "t.reporter", "partners": "t.partner", "flows": "t.flow",
    "valuations": "coalesce(t.valuation, '')", "currencies": "coalesce(t.currency, '')",
    "classifications": "coalesce(t.classification, '')",
}  # fmt: skip
_IN_SUMS = {
    "frequencies": "s.frequency", "reporters": "s.reporter", "partners": "s.partner", "flows": "s.flow",
    "valuations": "s.valuation", "currencies": "s.currency", "classifications": "s.classification",
    "levels": "s.level",
}  # fmt: skip
# What the counts of codes know nothing of.
_BEYOND_CODES = ("frequencies", "reporters", "partners", "flows", "valuations", "currencies")
_LIKE = "description LIKE ? ESCAPE '\\'"
_FOLDED_LIKE = "fold(description) LIKE ? ESCAPE '\\'"
LAST = "\U0010ffff"


class Conditions(Struct):
    """Conditions that rows, or sums, must meet.

    Attributes:
        where: joined by AND; empty when everything does.
        parameters: their values, in the same order.
    """

    where: list[str] = field(default_factory=list)
    parameters: list[Value] = field(default_factory=list)

    def add(self, sql: str, *values: Value) -> None:
        """Add a condition with its values."""
        self.where.append(sql)
        self.parameters += values

    def add_one_of(self, column: str, values: Sequence[Value]) -> None:
        """Ask that a column holds one of some values."""
        if len(values) == 1:
            self.add(f"{column} = ?", *values)
        else:
            self.add(f"{column} IN ({marks(values)})", *values)

    @property
    def joined(self) -> str:
        """All conditions as one; true when there are none."""
        return " AND ".join(self.where) or "1"


class CodeGroup(Struct, frozen=True):
    """The flows of one code that a query chooses by their code.

    Attributes:
        code: as stored.
        classifications: those that it is chosen of, '' for none.
        is_all: whether these are all that it is reported in.
        flows: how many count, before periods, areas and the like are looked at.
    """

    code: str
    classifications: tuple[str, ...]
    is_all: bool
    flows: int


class Datasets(Struct, frozen=True):
    """Which datasets a query reads.

    Attributes:
        ready: ids of all that are ready: a row that one of them replaced does not count.
        wanted: ids of the ready ones that the query chooses.
        is_all: whether every dataset there is, ready or not, is wanted.
        has_replaced: whether any row is marked as replaced.
    """

    ready: tuple[int, ...]
    wanted: tuple[int, ...]
    is_all: bool
    has_replaced: bool


def datasets_of(database: Database, query: FlowQuery) -> Datasets:
    """Find the datasets of a query."""
    rows = database.all("SELECT id, state, publisher FROM dataset ORDER BY id")
    ready = tuple(row[0] for row in rows if row[1] == "ready")
    wanted = tuple(
        row[0] for row in rows if row[1] == "ready" and (not query.datasets or row[0] in query.datasets)
        and (not query.publishers or (row[2] or "") in query.publishers)
    )  # fmt: skip
    has_replaced = bool(database.all("SELECT 1 FROM trade_flow WHERE replaced_by IS NOT NULL LIMIT 1"))
    return Datasets(ready, wanted, len(wanted) == len(rows), has_replaced)


def row_conditions(database: Database, query: FlowQuery, with_levels: bool = True) -> Conditions:
    """Return what rows of `trade_flow t` must meet, apart from the text, which chooses codes."""
    datasets, found = datasets_of(database, query), Conditions()
    if not datasets.is_all:
        found.add_one_of("+t.dataset_id", datasets.wanted)
    if datasets.has_replaced:
        found.add(
            f"(t.replaced_by IS NULL OR t.replaced_by NOT IN ({marks(datasets.ready)}))", *datasets.ready
        )  # fmt: skip
    _add_periods(database, query, "t.period", found)
    for part, column in _IN_ROWS.items():
        if values := getattr(query, part):
            found.add_one_of(column, values)
    if with_levels and query.levels:
        found.add(f"{LEVEL} IN ({marks(query.levels)})", *query.levels)
    return found


def sum_conditions(database: Database, query: FlowQuery) -> Conditions:
    """Return what sums (`trade_total s` or `trade_chapter s`) must meet, apart from the text."""
    found = _counting_sums(datasets_of(database, query))
    _add_periods(database, query, "s.period", found)
    for part, column in _IN_SUMS.items():
        if values := getattr(query, part):
            found.add_one_of(column, values)
    return found


def has_only_codes(query: FlowQuery) -> bool:
    """Tell whether nothing narrows a query but text, levels, classifications and datasets, which codes tell."""
    return not (query.since or query.until or any(getattr(query, part) for part in _BEYOND_CODES))


def code_groups(database: Database, query: FlowQuery) -> list[CodeGroup]:
    """Return the codes with flows that the text, levels, classifications and datasets of a query choose, in order."""
    found = _counting_sums(datasets_of(database, query))
    text = query.text.strip()
    words = [] if query.is_code else fold(text).split()
    if query.is_code:
        found.add("s.code >= ? AND s.code < ?", text, text + LAST)
    elif text:
        found.add(
            "(s.code GLOB '*[^0-9]*' OR s.code IN (SELECT value FROM json_each(?)))", json.dumps(_hits(database, words))
        )
    if query.levels:
        found.add(f"{LEVEL} IN ({marks(query.levels)})", *query.levels)
    if query.classifications:
        found.add_one_of("s.classification", query.classifications)
    pairs = database.all(
        f"SELECT s.code, s.classification, sum(s.flows) FROM trade_code s WHERE {' AND '.join(found.where)} "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        found.parameters,
    )
    if words:
        return _grouped(pairs, _having(database, pairs, words))
    return _grouped(pairs, {pair[:2] for pair in pairs})


def within(period: str, since: str, until: str) -> bool:
    """Tell whether a period lies wholly between two others; empty bounds leave it open.

    Raises:
        UserError: a bound is no period.
    """
    lo, hi = _bound(since), _bound(until)
    months = months_of(period)
    if months is None:
        return lo is None and hi is None
    return (lo is None or months[0] >= lo[0]) and (hi is None or months[1] <= hi[1])


def _bound(text: str) -> tuple[int, int] | None:
    if not text.strip():
        return None
    months = months_of(text.strip().upper())
    if months is None:
        raise UserError(f"“{text.strip()[:20]}” is no period. Write it as 2024, 2024Q1 or 202401.")
    return months


def _add_periods(database: Database, query: FlowQuery, column: str, found: Conditions) -> None:
    """Narrow to the periods that are wanted: a range where they follow one another, since a range walks an index."""
    if not (query.since or query.until):
        return
    present = [row[0] for row in database.all("SELECT DISTINCT period FROM trade_total ORDER BY 1")]
    wanted = [period for period in present if within(period, query.since, query.until)]
    if len(wanted) == len(present):
        within("", query.since, query.until)  # refuses a bound that is no period, even of an empty file
    elif wanted and present.index(wanted[-1]) - present.index(wanted[0]) == len(wanted) - 1:
        found.add(f"{column} BETWEEN ? AND ?", wanted[0], wanted[-1])
    else:
        found.add_one_of(column, wanted)


def _counting_sums(datasets: Datasets) -> Conditions:
    found = Conditions()
    found.add_one_of("s.dataset_id", datasets.wanted)
    if datasets.has_replaced:
        found.add(f"s.replaced_by NOT IN ({marks(datasets.ready)})", *datasets.ready)
    return found


def _hits(database: Database, words: Sequence[str]) -> list[str]:
    """Return the codes whose description, or everyday name, has all words; perhaps a few more."""
    patterns = [like(word) for word in words]
    # SQLite's LIKE knows the cases of ASCII, which nearly all descriptions are: only the others have to be folded.
    rows = database.all(
        f"SELECT DISTINCT code FROM commodity WHERE ({' AND '.join([_LIKE] * len(patterns))}) "
        "OR (length(description) < length(CAST(description AS BLOB)) "
        f"AND {' AND '.join([_FOLDED_LIKE] * len(patterns))})",
        patterns * 2,
    )
    return [row[0] for row in rows] + sorted(codes_called(words))


def _having(
    database: Database, pairs: Iterable[tuple[str, str, int]], words: Sequence[str]
) -> set[tuple[str, str]]:  # fmt: skip
    """Return the pairs of code and classification whose description, everyday name or code itself has all words."""
    called = codes_called(words)
    kept = [(code, classification) for code, classification, _ in pairs]
    named = descriptions(database, [(classification, code) for code, classification in kept])
    return {
        pair for pair in kept
        if _has_all(named.get((pair[1], pair[0])), words) or (not pair[0].isdigit() and _has_all(pair[0], words))
        or (pair[0] in called and pair[1][:1] in ("H", ""))
    }  # fmt: skip


def _has_all(text: str | None, words: Iterable[str]) -> bool:
    folded = fold(text) if text else ""
    return all(word in folded for word in words)


def _grouped(pairs: Iterable[tuple[str, str, int]], kept: set[tuple[str, str]]) -> list[CodeGroup]:
    """Put the pairs of one code together; where all of its classifications are kept, none needs to be named."""
    groups: dict[str, tuple[list[str], int, int]] = {}
    for code, classification, flows in pairs:
        names, count, left_out = groups.get(code, ([], 0, 0))
        if (code, classification) in kept:
            groups[code] = ([*names, classification], count + flows, left_out)
        else:
            groups[code] = (names, count, left_out + 1)
    return [
        CodeGroup(code, tuple(names), not left_out, count)
        for code, (names, count, left_out) in sorted(groups.items(), key=_by_code) if names
    ]  # fmt: skip


def _by_code(group: tuple[str, object]) -> tuple[int, str]:
    return code_key(group[0])

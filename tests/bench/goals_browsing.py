"""Lines 4 to 6: filters and sorts of the table of statistics without its window, against what SQLite does alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from goals_measuring import Setting, Verdict, alternating, elapsed_ms, median

from azcn_desktop.progress import Progress
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import count, first_look, flows, whole_order

_SCREEN = 50
# Somebody without an index scans the rows and looks up each description.
_JOINED_LIKE = (
    "(SELECT description FROM commodity c WHERE c.classification = t.classification AND c.code = t.code) "
    "LIKE '%petroleum%'"
)


def prefix_filter(setting: Setting) -> list[Verdict]:
    """Line 4: first page and exact count of codes that begin with 27, against a scan with LIKE."""
    return [_filtered(setting, 4, "codes of 27: first page and count", "27", "code LIKE '27%'", 0.02)]


def description_filter(setting: Setting) -> list[Verdict]:
    """Line 5: first page and exact count of a word in the description, against a scan of joined descriptions."""
    return [_filtered(setting, 5, "“petroleum”: first page and count", "petroleum", _JOINED_LIKE, 0.01)]


def unindexed_sort(setting: Setting) -> list[Verdict]:
    """Line 6: the ids of all flows by value, against the sorter of SQLite."""
    database, peer = _opened(setting)

    def ours() -> float:
        return elapsed_ms(lambda: whole_order(database, FlowQuery(sort="-value"), Progress()))

    def sorter() -> float:
        return elapsed_ms(lambda: _drain(peer.execute("SELECT id FROM trade_flow ORDER BY value DESC")))

    found = alternating(min(setting.rounds, 3), {"ours": ours, "peer": sorter})
    return [Verdict(6, "all flows by value", "ms", median(found["ours"]), median(found["peer"]), limit=0.30)]


def _filtered(setting: Setting, line: int, what: str, text: str, condition: str, goal: float) -> Verdict:
    database, peer = _opened(setting)
    query = FlowQuery(text=text)

    def ours() -> float:
        def look() -> None:
            order = first_look(database, query)
            flows(database, list(order.ids[:_SCREEN]))
            count(database, query)

        return elapsed_ms(look)

    def scan() -> float:
        return elapsed_ms(lambda: peer.execute(f"SELECT count(*) FROM trade_flow t WHERE {condition}").fetchall())

    ways: dict[str, Callable[[], float]] = {"ours": ours, "peer": scan}
    found = alternating(setting.rounds, ways)
    mine = count(database, query)
    theirs = peer.execute(f"SELECT count(*) FROM trade_flow t WHERE {condition}").fetchone()[0]
    note = "" if mine == theirs else f"counts differ: {mine:,} and {theirs:,}"
    return Verdict(line, what, "ms", median(found["ours"]), median(found["peer"]), limit=goal, note=note)


def _opened(setting: Setting) -> tuple[Database, sqlite3.Connection]:
    return Database.open(setting.database, read_only=True), sqlite3.connect(setting.database)


def _drain(cursor: sqlite3.Cursor) -> None:
    while cursor.fetchmany(10_000):
        pass

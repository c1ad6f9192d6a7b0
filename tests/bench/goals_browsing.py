"""Lines 4 to 6: filters and sorts of the table of statistics without its window, against the sqlite3 command line.

Peer and ours read the same file in turn. Each statement of the peer runs in a process of its own, and its own timer
tells how long it took, so that neither its start nor the opening of the file counts.
"""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Callable

from goals_measuring import AT_MOST, Setting, Verdict, alternating, elapsed_ms, median, tool

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
_SET_OF_CODES = "+t.code IN (SELECT code FROM commodity WHERE description LIKE '%petroleum%')"


def prefix_filter(setting: Setting) -> list[Verdict]:
    """Line 4: first page and exact count of codes that begin with 27, against a scan with LIKE."""
    return [_filtered(setting, 4, "codes of 27: first page and count", "27", "code LIKE '27%'", 0.02)]


def description_filter(setting: Setting) -> list[Verdict]:
    """Line 5: first page and exact count of a word in the description, against a scan of joined descriptions.

    Who thinks of it looks for the codes first and scans the rows for these; the note tells what that takes.
    """
    _, clever = _cli(setting, f"SELECT count(*) FROM trade_flow t WHERE {_SET_OF_CODES}")
    note = f"a scan for codes looked up before takes {clever:,.0f} ms"
    return [_filtered(setting, 5, "“petroleum”: first page and count", "petroleum", _JOINED_LIKE, 0.01, note)]


def unindexed_sort(setting: Setting) -> list[Verdict]:
    """Line 6: the ids of all flows by value, against the sorter of SQLite; and what the window would feel of it."""
    delays: list[float] = []

    def ours() -> float:
        def sort() -> None:
            database = Database.open(setting.database, read_only=True)
            whole_order(database, FlowQuery(sort="-value"), Progress())
            database.close()

        worker = threading.Thread(target=sort)
        begun = time.perf_counter()
        worker.start()
        delays.append(_delay(worker))
        return (time.perf_counter() - begun) * 1000

    # The limit keeps SQLite from leaving out the order; nothing is printed, which would take a second more.
    sql = "SELECT count(id) FROM (SELECT id FROM trade_flow ORDER BY value DESC LIMIT -1)"
    found = alternating(min(setting.rounds, 2), {"ours": ours, "peer": lambda: _cli(setting, sql)[1]}, warm=0)
    return [
        Verdict(6, "all flows by value", "ms", median(found["ours"]), median(found["peer"]), limit=0.30),
        Verdict(6, "longest delay of another thread meanwhile", "ms", max(delays), None, AT_MOST, 16),
    ]


def _delay(worker: threading.Thread) -> float:
    """Return by how many milliseconds a thread that wakes up every 1 ms came too late, at most."""
    longest = 0.0
    while worker.is_alive():
        begun = time.perf_counter()
        time.sleep(0.001)
        longest = max(longest, (time.perf_counter() - begun) * 1000 - 1)
    return longest


def _filtered(
    setting: Setting, line: int, what: str, text: str, condition: str, goal: float, note: str = ""
) -> Verdict:
    database = Database.open(setting.database, read_only=True)
    query = FlowQuery(text=text)
    sql = f"SELECT count(*) FROM trade_flow t WHERE {condition}"

    def ours() -> float:
        def look() -> None:
            order = first_look(database, query)
            flows(database, list(order.ids(0, _SCREEN)))
            count(database, query)

        return elapsed_ms(look)

    ways: dict[str, Callable[[], float]] = {"ours": ours, "peer": lambda: _cli(setting, sql)[1]}
    found = alternating(min(setting.rounds, 3), ways)
    mine, theirs = count(database, query), int(_cli(setting, sql)[0])
    database.close()
    if mine != theirs:
        note = f"counts differ: {mine:,} and {theirs:,}"
    return Verdict(line, what, "ms", median(found["ours"]), median(found["peer"]), limit=goal, note=note)


def _cli(setting: Setting, sql: str) -> tuple[str, float]:
    """Run a statement in the sqlite3 command line; return what it printed first and its milliseconds."""
    done = subprocess.run(
        [tool("sqlite3"), "-readonly", str(setting.database)], input=f".timer on\n{sql};\n",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    taken = re.search(r"real ([0-9.]+)", done.stdout)
    assert taken is not None, done.stdout + done.stderr
    return done.stdout.splitlines()[0], float(taken[1]) * 1000

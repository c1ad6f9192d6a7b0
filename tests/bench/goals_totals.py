"""Line 7: the sums behind a chart of years, ours out of the kept sums, DuckDB's out of its own table of all rows."""

from __future__ import annotations

from flow_database import flow_csv
from goals_measuring import Setting, Verdict, alternating, answering, elapsed_ms, median

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import flow_sums

GOAL = 0.05
_DUCKDB = """
import sys, time, duckdb
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")  # it writes where the answers go
db.execute("SET threads TO 2")
db.execute("CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar = true)", [sys.argv[1]])
db.execute("CREATE TABLE flow AS SELECT publisher, CAST(frequency AS VARCHAR) AS frequency, CAST(period AS INTEGER) "
           "AS period, reporter, partner, flow, classification, CASE WHEN code = 'TOTAL' THEN 0 ELSE length(code) END "
           "AS level, CAST(value AS DOUBLE) AS value, currency, valuation FROM t")
db.execute("DROP TABLE t")
ways = {
    "same": "SELECT publisher, reporter, partner, flow, valuation, currency, classification, level, frequency, "
            "period // 100, count(DISTINCT period), count(*), sum(value) FROM flow GROUP BY ALL",
    "least": "SELECT period // 100, reporter, flow, sum(value) FROM flow WHERE level = 6 GROUP BY ALL",
}
print("ready", flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    db.execute(ways[line.strip()]).fetchall()
    print((time.perf_counter() - begun) * 1000, flush=True)
"""


def annual_totals(setting: Setting) -> list[Verdict]:
    """Ask for what the chart of statistics asks at its first picture: yearly sums of all flows, the unlike apart.

    DuckDB groups by the same columns; and, for comparison, by no more than year, reporter and flow at one level.
    """
    database = Database.open(setting.database, read_only=True)
    whole, least = FlowQuery(), FlowQuery(levels=(6,))
    source = flow_csv(setting.database)
    with answering([setting.python_with("duckdb"), "-c", _DUCKDB, source]) as ask:
        found = alternating(setting.rounds * 2, {
            "ours": lambda: elapsed_ms(lambda: flow_sums(database, whole, by_year=True)),
            "same": lambda: ask("same"),
            "ours least": lambda: elapsed_ms(lambda: flow_sums(database, least, by_year=True)),
            "least": lambda: ask("least"),
        })  # fmt: skip
    database.close()
    ms = {name: median(values) for name, values in found.items()}
    return [
        Verdict(7, "yearly sums of a picture, the unlike apart", "ms", ms["ours"], ms["same"], limit=GOAL,
                note="DuckDB groups by the same columns"),
        Verdict(7, "yearly sums of one level", "ms", ms["ours least"], ms["least"], limit=GOAL,
                note="ours keeps ten columns apart, DuckDB year, reporter and flow alone"),
    ]  # fmt: skip

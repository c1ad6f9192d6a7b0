"""Line 7: the sums behind a chart of years, ours out of the kept sums, DuckDB's out of its own table of all rows."""

from __future__ import annotations

from flow_database import flow_csv
from goals_measuring import Setting, Verdict, alternating, answering, elapsed_ms, median

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.totals import totals

GOAL = 0.05
_DUCKDB = """
import sys, time, duckdb
db = duckdb.connect()
db.execute("SET threads TO 2")
db.execute("CREATE TABLE t AS SELECT * FROM read_csv(?, all_varchar = true)", [sys.argv[1]])
db.execute("CREATE TABLE flow AS SELECT CAST(period AS INTEGER) AS period, reporter, flow, code, "
           "CAST(value AS DOUBLE) AS value FROM t WHERE length(code) = 6")
db.execute("DROP TABLE t")
print("ready", flush=True)
for line in sys.stdin:
    begun = time.perf_counter()
    db.execute("SELECT period // 100, reporter, flow, sum(value) FROM flow GROUP BY ALL").fetchall()
    print((time.perf_counter() - begun) * 1000, flush=True)
"""


def annual_totals(setting: Setting) -> list[Verdict]:
    """Sum by month, reporter and flow of the six-digit codes, which is what a chart of years adds up."""
    database = Database.open(setting.database, read_only=True)
    wanted = {"level": 6, "frequency": "M"}

    def ours() -> float:
        return elapsed_ms(lambda: totals(database, ("period", "reporter", "flow"), wanted))

    source = flow_csv(setting.database)
    with answering([setting.python_with("duckdb"), "-c", _DUCKDB, source]) as ask:
        found = alternating(setting.rounds * 3, {"ours": ours, "peer": lambda: ask("go")})
    database.close()
    return [Verdict(7, "year x flow x reporter", "ms", median(found["ours"]), median(found["peer"]), limit=GOAL)]

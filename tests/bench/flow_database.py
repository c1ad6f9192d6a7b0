"""Databases of ours with millions of trade flows, made up but whole: what the benches of statistics measure on.

Two reporters, each one dataset of its own publisher, month by month: every six-digit code, the sum of each chapter and
the total, as a real file has them. The rest of the file is what ships. The same number of rows and the same seed give
the same flows. Rows are made by set-based SQL, with the indexes and the sums built at the end as the program keeps
them. Run by hand: `.venv/bin/python tests/bench/flow_database.py [--rows 7200000] [--folder DIR] [--csv]`.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from azcn_desktop.store.flows.summaries import NAMES
from azcn_desktop.store.tables import BULK_INDEXES
from azcn_desktop.store.uids import new_uid
from azcn_desktop.trade.shipped import build_database

FIRST_YEAR, MOST_YEARS, MOST_CODES = 1995, 30, 5_000
SERIES = 4  # two reporters, each with imports and exports
WHOLE = MOST_CODES * MOST_YEARS * 12 * SERIES
CSV_COLUMNS = (
    "publisher", "frequency", "period", "reporter", "partner", "flow", "classification", "code", "value", "currency",
    "valuation", "net_weight_kg",
)  # fmt: skip
_PARTNERS = ("TR", "RU", "DE", "IT", "KZ", "GE", "US", "JP", "IN", "BR", "FR", "GB")
_VERSION = 2  # of what is generated: a kept file of another version is made anew
# Numbers as random as they look, out of where a row stands: the remainders stay far below 2**63. Their distribution
# has the long tail of real trade, with cents, from a few hundred dollars to some eighty million.
_SCATTER = "((c.place * 7919 + m.place * 104729 + s.place * 1299709 + ? * 15485863) % 2147483647)"
_MIXED = f"((({_SCATTER} * 1103515245 + 12345) % 2147483647) * 48271 % 2147483647)"
# The LIMIT keeps SQLite from working the number out once for each place where it is used.
_LEAVES = (
    "SELECT c.chapter, m.place AS month, m.period, s.place AS series, s.dataset_id, s.reporter, s.partner, s.flow, "
    "s.valuation, round(200.0 + 2.5e9 / (30 + (h / 3) % 1000003), 2) AS value, 0.4 + (h / 1009) % 97 AS unit_value "
    f"FROM (SELECT c.place AS at_code, m.place AS at_month, s.place AS at_series, {_MIXED} AS h FROM code c "
    "CROSS JOIN month m CROSS JOIN series s WHERE c.level = 6 {} LIMIT -1) "
    "JOIN code c ON c.place = at_code JOIN month m ON m.place = at_month JOIN series s ON s.place = at_series"
)
_COLUMNS = (
    "dataset_id, period, frequency, is_cumulative, reporter, partner, flow, classification, code, value, "
    "currency, net_weight_kg, valuation, is_estimated, is_reported"
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many of what make a number of rows.

    Attributes:
        codes: six-digit codes, up to 5,000.
        years: up to 30.
        partners: of each reporter; the first one is the other reporter.
    """

    codes: int
    years: int
    partners: int

    @property
    def commodity_rows(self) -> int:
        """Rows of six-digit codes, without chapters and totals."""
        return self.codes * self.years * 12 * SERIES * self.partners


def shape_of(rows: int) -> Shape:
    """Return the shape whose six-digit rows come nearest to a number: fewer years and codes, or more partners.

    Raises:
        ValueError: fewer than one code of one year has, or more than there are partners for.
    """
    partners = -(-rows // WHOLE)
    if rows < 12 * SERIES or partners > 1 + len(_PARTNERS):
        raise ValueError(f"{rows:,} rows can't be made: {12 * SERIES} to {WHOLE * (1 + len(_PARTNERS)):,} can.")
    share = rows / (WHOLE * partners)
    years = MOST_YEARS if partners > 1 else max(1, round(MOST_YEARS * share**0.5))
    return Shape(min(MOST_CODES, round(rows / (12 * SERIES * years * partners))), years, partners)


def flow_database(folder: Path, rows: int, seed: int = 7) -> Path:
    """Return a database with that many flows, made now unless it lies in the folder already."""
    path = folder / f"flows-{rows}-{seed}-{_VERSION}.azcn"
    if not path.is_file():
        unfinished = path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        build_database(unfinished)
        add_flows(unfinished, shape_of(rows), seed)
        unfinished.rename(path)
    return path


def flow_csv(path: Path) -> Path:
    """Return the made-up flows of a database as a file of our own layout, written now unless it lies there."""
    target = path.with_suffix(".csv")
    if not target.is_file():
        unfinished = target.with_suffix(".csv-unfinished")
        connection = sqlite3.connect(path)
        with unfinished.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(CSV_COLUMNS)
            names = ", ".join(f"{'d' if name == 'publisher' else 't'}.{name}" for name in CSV_COLUMNS)
            writer.writerows(connection.execute(
                f"SELECT {names} FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id "
                "WHERE d.layout = 'generated' ORDER BY t.period, t.id"
            ))  # fmt: skip
        connection.close()
        unfinished.rename(target)
    return target


def add_flows(path: Path, shape: Shape, seed: int) -> None:
    """Add the flows to a database that nobody else has open, which holds the shipped codes."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    _make_axes(connection, shape)
    _make_sums(connection, seed)
    _make_flows(connection, seed)
    connection.execute("COMMIT")
    connection.close()


def _make_axes(connection: sqlite3.Connection, shape: Shape) -> None:
    """Write down what is combined: codes, months and series, each with its place."""
    execute = connection.execute
    execute("CREATE TEMP TABLE month (place INTEGER PRIMARY KEY, period TEXT)")
    execute("CREATE TEMP TABLE code (place INTEGER PRIMARY KEY, code TEXT, chapter TEXT, level INTEGER)")
    execute(
        "CREATE TEMP TABLE series (place INTEGER PRIMARY KEY, dataset_id INTEGER, reporter TEXT, partner TEXT, "
        "flow TEXT, valuation TEXT)"
    )
    periods = [f"{FIRST_YEAR + n // 12}{n % 12 + 1:02}" for n in range(shape.years * 12)]
    connection.executemany("INSERT INTO month (period) VALUES (?)", ((period,) for period in periods))
    # Every so many-th of the shipped codes, so that all chapters are there; with their chapters and the total.
    listed = [row[0] for row in execute("SELECT code FROM commodity WHERE classification = 'H6' AND level = 6")]
    listed.sort()
    codes = [listed[n * len(listed) // shape.codes] for n in range(shape.codes)]
    every = sorted({*codes, *(code[:2] for code in codes), "TOTAL"})
    connection.executemany(
        "INSERT INTO code (code, chapter, level) VALUES (?, ?, ?)",
        ((code, "" if code == "TOTAL" else code[:2], 0 if code == "TOTAL" else len(code)) for code in every),
    )
    for reporter, other in (("AZ", "CN"), ("CN", "AZ")):
        key = _make_dataset(connection, reporter)
        connection.executemany(
            "INSERT INTO series (dataset_id, reporter, partner, flow, valuation) VALUES (?, ?, ?, ?, ?)",
            (
                (key, reporter, partner, flow, valuation)
                for partner in (other, *_PARTNERS)[: shape.partners]
                for flow, valuation in (("M", "CIF"), ("X", "FOB"))
            ),
        )


def _make_dataset(connection: sqlite3.Connection, reporter: str) -> int:
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {
        "uid": new_uid(), "rev": 1, "created_at": now, "updated_at": now, "title": f"Generated flows of {reporter}",
        "file_name": f"{reporter}.csv", "layout": "generated", "publisher": f"Generated {reporter}", "state": "ready",
        "search_text": f"generated flows of {reporter.lower()}",
    }  # fmt: skip
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO dataset ({names}) VALUES ({marks})", list(values.values()))
    return int(cursor.lastrowid or 0)


def _make_sums(connection: sqlite3.Connection, seed: int) -> None:
    """Work out the published chapters and totals, to the cent, and fill the tables of sums as an import leaves them."""
    execute = connection.execute
    execute(
        "CREATE TEMP TABLE published AS SELECT chapter, month, series, 2 AS level, count(*) AS leaves, "
        f"sum(value) AS value, sum(round(value / unit_value, 1)) AS weight FROM ({_LEAVES.format('')}) "
        "GROUP BY 1, 2, 3",
        (seed,),
    )
    execute("UPDATE published SET value = round(value, 2), weight = round(weight, 1)")
    execute(
        "INSERT INTO published SELECT '', month, series, 0, 0, round(sum(value), 2), round(sum(weight), 1) "
        "FROM published GROUP BY 2, 3"
    )
    execute("CREATE INDEX temp.published_by_chapter ON published (chapter, month, series)")
    for level, flows, where in (("6", "leaves", "p.leaves"), ("p.level", "1", "1")):
        execute(
            "INSERT INTO trade_chapter SELECT s.dataset_id, 0, 'M', 0, m.period, s.reporter, s.partner, s.flow, 'H6', "
            f"s.valuation, 'USD', {level}, p.chapter, {flows}, p.value, p.weight FROM published p JOIN month m "
            f"ON m.place = p.month JOIN series s ON s.place = p.series WHERE {where}"
        )
    execute(
        f"INSERT INTO trade_total SELECT {NAMES}, sum(flows), sum(value), sum(net_weight_kg) FROM trade_chapter "
        f"WHERE dataset_id IN (SELECT dataset_id FROM series) GROUP BY {NAMES}"
    )
    execute(
        "INSERT INTO trade_code SELECT s.dataset_id, 0, 'H6', c.code, count(*) * (SELECT count(*) FROM month) "
        "FROM code c CROSS JOIN series s GROUP BY 1, 4"
    )


def _make_flows(connection: sqlite3.Connection, seed: int) -> None:
    """Write the flows of one dataset after the other, sorted by code as an import leaves them."""
    execute = connection.execute
    for name in (*BULK_INDEXES, "trade_flow_by_dataset_id"):
        execute(f"DROP INDEX {name}")
    insert = (
        f"INSERT INTO trade_flow ({_COLUMNS}) SELECT dataset_id, period, 'M', 0, reporter, partner, flow, 'H6', ?, "
        "value, 'USD', {}, valuation, 0, 1 FROM ({}) ORDER BY month, series"
    )
    leaf = insert.format("round(value / unit_value, 1)", _LEAVES.format("AND c.place = ? AND s.dataset_id = ?"))
    above = insert.format("weight", (
        "SELECT * FROM published JOIN (SELECT place AS month_place, period FROM month) ON month_place = month "
        "JOIN series s ON s.place = series WHERE chapter = ? AND s.dataset_id = ?"
    ))  # fmt: skip
    datasets = [row[0] for row in execute("SELECT DISTINCT dataset_id FROM series ORDER BY 1")]
    codes = execute("SELECT place, code, chapter, level FROM code ORDER BY place").fetchall()
    for dataset in datasets:
        for place, code, chapter, level in codes:
            if level == 6:
                execute(leaf, (code, seed, place, dataset))
            else:
                execute(above, (code, chapter, dataset))
    for sql in (*BULK_INDEXES.values(), "CREATE INDEX trade_flow_by_dataset_id ON trade_flow (dataset_id)"):
        execute(sql)


def main() -> None:
    """Make the database and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=WHOLE)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "azcn-bench")
    parser.add_argument("--csv", action="store_true", help="also write the flows as a CSV file")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    path = flow_database(given.folder, given.rows)
    print(f"{path}: {path.stat().st_size / 1e6:,.0f} MB, {time.monotonic() - begun:.1f} s")
    if given.csv:
        print(flow_csv(path))


if __name__ == "__main__":
    main()

"""How many records a second leave and enter a file, against a bare copy of the same columns by the standard library.

    .venv/bin/python tests/bench/export_rates.py [RECORDS]

Makes a database of figures in a temporary folder, exports it in every format and plans the import of what was written.
The peer is `csv.writer` over one SELECT of the stored columns: no names behind links, no paging, no safe replacement.
"""

from __future__ import annotations

import csv
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from azcn_desktop.exchange.exporting import FORMATS, ExportRequest, TableRequest, export
from azcn_desktop.exchange.importing import plan_import
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

FIGURE = SCHEMA["figure"]


def filled(path: Path, records: int) -> Store:
    """Make a database with figures, each said by one of a hundred people."""
    database = Database.create(path)
    upgrade(database, SCHEMA)
    store = Store(database)
    people = [Change("person", -1 - n, None, SCHEMA["person"].new_row() | {"name": f"Speaker {n}"}) for n in range(100)]
    figures = [
        FIGURE.new_row()
        | {
            "measure": "Trade turnover",
            "period": str(1992 + n % 34),
            "value": n * 1e6,
            "unit": "USD",
            "flow": "turnover",
        }
        | {"printed": f"nearly ${n} million", "said_by_person_id": -1 - n % 100, "note": "As the agency reported."}
        for n in range(records)
    ]
    rows = [Change("figure", -1_000 - n, None, row) for n, row in enumerate(figures)]
    store.apply(ChangeSet("Fill", (*people, *rows), "shipped"))
    return store


def peer(database: Path, target: Path) -> float:
    """Write the stored columns by the standard library alone and return the seconds."""
    began = time.perf_counter()
    connection = sqlite3.connect(database)
    columns = ", ".join(f'"{column}"' for column in FIGURE.value_columns())
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(connection.execute(f"SELECT uid, {columns} FROM figure"))
    connection.close()
    return time.perf_counter() - began


def main() -> None:
    """Measure and print one line for each format."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder) / "bench.azcn", records)
        bare = min(peer(store.path, Path(folder) / "peer.csv") for _ in range(3))
        print(f"{records:,} figures; bare CSV {records / bare:,.0f} records/s")
        for suffix in FORMATS:
            target = Path(folder) / f"out{suffix}"
            began = time.perf_counter()
            export(store, ExportRequest((TableRequest(Query("figure")),), target), Progress())
            took = time.perf_counter() - began
            line = f"{suffix:<6} export {records / took:>8,.0f} records/s ({took / bare:4.1f} x the bare copy)"
            if suffix in (".csv", ".xlsx", ".json"):
                began = time.perf_counter()
                plan = plan_import(store, read_table(target), FIGURE, Progress())
                assert plan.same == records
                line += f"   import {records / (time.perf_counter() - began):>8,.0f} records/s"
            print(line)
        store.close()


if __name__ == "__main__":
    main()

"""Files to measure on, and how measured times are told: what the benches share.

Generated records are copies of the shipped ones with other days and amounts, so that lengths, blanks and words are
those of real use; participants and sources are not copied. Knows no bench.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from azcn_desktop.exchange.reference import build_reference
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kind_base import Row
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_STEP = 10_000


def reference_file(path: Path) -> Path:
    """Make a database from the reference data."""
    build_reference(path)
    return path


def enlarge(path: Path, table: str, wanted: int, condition: str = "") -> None:
    """Add copies of the shipped records until `wanted` were added.

    Args:
        path: a database from the reference data.
        table: the record type.
        wanted: how many to add.
        condition: a value of the field `topic`; empty for all records.
    """
    store = Store(Database.open(path))
    keys = store.keys(Query(table))
    rows = [record.values for record in store.rows(table, keys)]
    rows = [row for row in rows if not condition or row.get("topic") == condition]
    copies = _copies(store, table, rows, wanted)
    while batch := list(islice(copies, _STEP)):
        store.apply(ChangeSet("Generate", tuple(batch), "shipped"))
    store.close()


def _copies(store: Store, table: str, rows: Sequence[Row], wanted: int) -> Iterator[Change]:
    columns = [column for column in store.schema[table].value_columns() if column != "reference"]
    for number, row in enumerate(islice(cycle(rows), wanted)):
        copy = {column: row.get(column) for column in columns}
        for column, value in copy.items():
            if column in ("date", "date_start"):
                copy[column] = f"{1992 + number % 34}-{1 + number % 12:02}-{1 + number % 28:02}"
            elif isinstance(value, float):
                copy[column] = round(value * (1 + number % 97 / 100))
        yield Change(table, -1 - number, None, copy)


def sync_ms(folder: Path) -> float:
    """Return the milliseconds that writing 4 KiB and syncing them takes now: the floor of every commit."""
    with (folder / "floor").open("wb", buffering=0) as file:
        started = time.perf_counter()
        file.write(b"x" * 4096)
        os.fdatasync(file.fileno())
        return (time.perf_counter() - started) * 1000


def percentiles(times: Sequence[float]) -> str:
    """Return median, 95th and 99th percentile as cells of a Markdown table, in milliseconds."""
    ordered = sorted(times)
    found = [statistics.median(ordered), *(ordered[min(len(ordered) - 1, int(len(ordered) * p))] for p in (0.95, 0.99))]
    return " | ".join(f"{value:.1f}" for value in found)

"""How many records a second leave for CSV and XLSX, and how much memory that takes, against the bare libraries.

A database of 100,000 figures is exported in a process of its own for each format, so that the peak memory is that of
one export. The peers are `csv.writer` over one SELECT of the stored columns, and XlsxWriter fed by the same SELECT in
its constant-memory mode: no names behind links, no sources, no safe replacement. Run by hand:
`.venv/bin/python tests/bench/exporting.py [--records 100000]`.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from samples import enlarge, reference_file

from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, export
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_BARE = 'SELECT uid, {} FROM "figure"'


def export_by_us(path: Path, target: Path) -> None:
    """Export all figures as the window and `azcn-cli` do."""
    store = Store(Database.open(path, read_only=True))
    export(store, ExportRequest((TableRequest(Query("figure")),), target), Progress())
    store.close()


def dump_csv(path: Path, target: Path) -> None:
    """Write the stored columns by the standard library alone."""
    connection = sqlite3.connect(path)
    with target.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(connection.execute(_bare_sql()))
    connection.close()


def dump_xlsx(path: Path, target: Path) -> None:
    """Write the stored columns by XlsxWriter alone."""
    connection = sqlite3.connect(path)
    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(connection.execute(_bare_sql())):
            sheet.write_row(number, 0, row)
    connection.close()


def _bare_sql() -> str:
    return _BARE.format(", ".join(f'"{column}"' for column in SCHEMA["figure"].value_columns()))


WAYS: dict[str, tuple[str, Callable[[Path, Path], None]]] = {
    "csv.writer alone": (".csv", dump_csv),
    "CSV": (".csv", export_by_us),
    "XlsxWriter alone": (".xlsx", dump_xlsx),
    "XLSX": (".xlsx", export_by_us),
}


def measured(way: str, path: Path) -> tuple[float, float]:
    """Export in a process of its own and return seconds and peak memory in MB."""
    command = [sys.executable, __file__, "--way", way, "--file", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)


def run_one(way: str, path: Path) -> None:
    """Export once and print seconds and peak memory in MB, for the process that started this one."""
    suffix, work = WAYS[way]
    started = time.perf_counter()
    work(path, path.with_name(f"out{suffix}"))
    seconds = time.perf_counter() - started
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        run_one(given.way, given.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = reference_file(Path(folder) / "bench.azcn")
        enlarge(path, "figure", given.records)
        found = {way: measured(way, path) for way in WAYS}
    print(f"| {given.records:,} figures to | records/s | against the peer | peak memory |\n|---|---|---|---|")
    for way, (seconds, peak) in found.items():
        peer = next(other for other in WAYS if WAYS[other][0] == WAYS[way][0])
        print(f"| {way} | {given.records / seconds:,.0f} | {seconds / found[peer][0]:.1f} x | {peak:.0f} MB |")


if __name__ == "__main__":
    main()

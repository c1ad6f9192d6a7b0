"""How fast a million rows of statistics are imported, every one validated, against importers that check nothing.

The peers read the same CSV file: the sqlite3 command line (`.import` into an untyped table, with and without the two
indexes that ours keeps) and `sqlite-utils insert --csv`. Ours reads, validates, sorts, compares, copies in synced
slices with both indexes, and sums up. Each runs in a process of its own, in turn; the best of the rounds counts. Goals:
line 9 of the performance table. Run by hand: `.venv/bin/python tests/bench/trade_import.py [--rows 1000000]`.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.turns import ALONE
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import

NAMES = (
    "publisher", "frequency", "period", "reporter", "partner", "flow", "classification", "code", "value", "currency",
    "valuation", "net_weight_kg",
)  # fmt: skip
GOAL_OF_CLI, GOAL_OF_UTILS, GOAL_MIB = 0.75, 15.0, 64
OURS, CLI, UTILS = "AZCN, reading to the last commit", "sqlite3 CLI .import", "sqlite-utils insert --csv"
_INDEXES = "CREATE INDEX a ON t (code, period); CREATE INDEX b ON t (publisher);"


def generated(rows: int) -> Iterator[tuple[object, ...]]:
    """Make up flows as they are published: month by month, 5,000 codes each, two reporters, two flows."""
    chance = random.Random(7)
    every = [f"{c:02}{h:02}{s:02}" for c in range(1, 98) for h in range(1, 20) for s in range(10, 60)]
    codes = sorted(chance.sample(every, 5_000))
    keys = (
        (f"{year}{month:02}", reporter, partner, flow, code)
        for year in range(1995, 2040) for month in range(1, 13) for reporter, partner in (("AZ", "CN"), ("CN", "AZ"))
        for flow in "MX" for code in codes
    )  # fmt: skip
    for _, (period, reporter, partner, flow, code) in zip(range(rows), keys, strict=False):
        value, weight = round(chance.lognormvariate(10, 2.5), 2), round(chance.lognormvariate(9, 2.5), 1)
        valuation = "CIF" if flow == "M" else "FOB"
        yield "Generated", "M", period, reporter, partner, flow, "H6", code, value, "USD", valuation, weight


def import_by_us(source: Path, target: Path) -> None:
    """Import as the command line does, and print seconds of planning and of writing, MiB before and at the peak."""
    database = Database.create(target)
    upgrade(database, SCHEMA)
    store = Store(database)
    at_first, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    with plan_import(store, source) as plan:
        planned = time.perf_counter()
        run_import(store, plan, Progress(), ALONE)
        done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store.close()
    print(f"{planned - begun} {done - planned} {at_first / 1024} {peak / 1024} {target.stat().st_size / 1e6}")


def timed(command: Sequence[str], target: Path) -> tuple[float, str]:
    """Run a command on a fresh file and return its seconds and what it printed."""
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


def main() -> None:
    """Alternate the importers, and print the best of each with the ratios."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--worker", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.worker:
        import_by_us(*given.worker)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "flows.csv", folder / "target.db"
        with source.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(NAMES)
            writer.writerows(generated(given.rows))
        _print(given.rows, *compare(given.rounds, source, target))


def compare(rounds: int, source: Path, target: Path) -> tuple[dict[str, float], list[float]]:
    """Alternate the importers.

    Args:
        rounds: how often.
        source: a file of flows.
        target: the database, made anew each time.

    Returns:
        The best seconds of each, and of our best round: seconds of planning and writing, MiB at first and at the peak,
        MB on disk.
    """
    utils = Path(sys.executable).with_name("sqlite-utils")
    cli = ["sqlite3", str(target), ".mode csv", f".import {source} t"]
    commands = {OURS: [sys.executable, __file__, "--worker", str(source), str(target)]}
    if shutil.which("sqlite3"):
        commands[CLI] = cli
        commands["sqlite3 CLI .import and two indexes"] = [*cli, _INDEXES]
    if utils.is_file():
        commands[UTILS] = [str(utils), "insert", str(target), "t", str(source), "--csv"]
    best: dict[str, float] = {}
    told: list[list[float]] = []
    for number in range(rounds):
        for label, command in commands.items():
            if number and label.startswith("sqlite-utils"):
                continue  # half a minute; one round tells enough
            seconds, printed = timed(command, target)
            if label == OURS:
                told.append([float(word) for word in printed.split()])
                seconds = sum(told[-1][:2])  # without making the tables
            best[label] = min(best.get(label, seconds), seconds)
    return best, min(told, key=lambda words: words[0] + words[1])


def _print(rows: int, best: dict[str, float], told: list[float]) -> None:
    ours = best[OURS]
    print(f"{rows:,} rows, best of the rounds\n\n| importer | s | rows/s | ours is |\n|---|---:|---:|---:|")
    for label, seconds in best.items():
        print(f"| {label} | {seconds:.2f} | {rows / seconds:,.0f} | {seconds / ours:.2f} x |")
    planning, writing, at_first, peak, size = told
    print(f"\nplan {planning:.2f} s, write {writing:.2f} s; {size:.0f} MB on disk")
    print(f"{peak:.0f} MiB at the peak, {at_first:.0f} before")
    for label, goal in ((CLI, GOAL_OF_CLI), (UTILS, GOAL_OF_UTILS)):
        if label in best:
            verdict = "reached" if best[label] / ours >= goal else "NOT reached"
            print(f"goal {goal} x of {label}: {verdict}, {best[label] / ours:.2f} x")
    print(f"goal {GOAL_MIB} MiB: {'reached' if peak <= GOAL_MIB else 'NOT reached'}, {peak:.0f} MiB")


if __name__ == "__main__":
    main()

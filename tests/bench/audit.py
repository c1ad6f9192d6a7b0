"""How long the audit of 10,000 figures takes, and the repeating of its checks after one edit.

The figures are generated from a seed: twelve measures of trade and counted things, years, half years, quarters and
months since 1990, both sides, most with growth, some joined and some parts of others, some out of step. They are
written to a file and read from it as the window does. The peer is reading the same columns alone by one SELECT of
sqlite3. Run by hand: `.venv/bin/python tests/bench/audit.py [--figures 10000]`.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from samples import percentiles, reference_file

from azcn_desktop.evidence.audit import Auditor, audit
from azcn_desktop.evidence.conflicts import conflicts
from azcn_desktop.evidence.figures import COLUMNS, read_figures, reread
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Row, Value
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store

_SPANS = (("year", 1, 12), ("half_year", 1, 6), ("quarter", 1, 3), ("months", 1, 9), ("month", 1, 1), ("month", 2, 2))
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COUNTED = (("tourism", "visitor"), ("rail", "train"), ("transit", "tonne"), ("aviation", "passenger"))


def rows(wanted: int, seed: int) -> Iterator[Row]:
    """Yield the columns of generated figures; growth follows a hidden truth, one in twenty is out of step."""
    dice = random.Random(seed)
    for _ in range(wanted):
        year, (kind, first, last) = dice.randint(1991, 2025), dice.choice(_SPANS)
        is_trade = dice.random() < 0.6
        topic, unit = ("trade", "USD") if is_trade else dice.choice(_COUNTED)
        truth = 1e6 * 1.1 ** (year - 1990) * (last - first + 1) / 12 * (1 if dice.random() < 0.95 else 3)
        digits = dice.randint(2, 5)
        yield {
            "topic": topic, "measure": "Goods trade" if is_trade else f"{topic} {dice.randint(1, 6)}", "unit": unit,
            "flow": dice.choice(("turnover", "az_exports", "az_imports")) if is_trade else None,
            "product": f"Product {dice.randint(1, 9)}" if is_trade and dice.random() < 0.5 else None,
            "period": f"{kind} {year}", "period_kind": kind, "period_start": f"{year}-{first:02}-01",
            "period_end": f"{year}-{last:02}-{_DAYS[last - 1]}", "value": float(f"{truth:.{digits}g}"),
            "bound": dice.choice(("exact", "exact", "exact", "approx", "over")),
            "growth_pct": round(10 + dice.gauss(0, 0.4), dice.randint(0, 1)) if dice.random() < 0.7 else None,
            "statistics_side": dice.choice(("AZ", "AZ", "CN")), "rank": dice.choice(("preferred", "normal", "normal")),
        }  # fmt: skip


def fill(path: Path, wanted: int, seed: int) -> None:
    """Make a file with generated figures beside the shipped ones."""
    store = Store(Database.open(reference_file(path)))
    empty: dict[str, Value] = store.schema["figure"].new_row()
    made = [Change("figure", -1 - n, None, empty | dict(row)) for n, row in enumerate(rows(wanted, seed))]
    store.apply(ChangeSet("Generate", tuple(made), "shipped"))
    store.close()


def timed(work: Callable[[], object], rounds: int) -> str:
    """Return the median of some rounds as two cells: milliseconds, and milliseconds of the processor."""
    wall, busy = [], []
    for _ in range(rounds):
        started, worked = time.perf_counter(), time.process_time()
        work()
        busy.append((time.process_time() - worked) * 1000)
        wall.append((time.perf_counter() - started) * 1000)
    return f"{statistics.median(wall):,.0f} | {statistics.median(busy):,.0f}"


def read_alone(path: Path) -> list[tuple[object, ...]]:
    """Read the columns of all figures by sqlite3 alone."""
    connection = sqlite3.connect(path)
    found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM figure WHERE deleted_at IS NULL").fetchall()
    connection.close()
    return found


def edit_times(store: Store, auditor: Auditor, number: int, seed: int) -> tuple[list[float], list[float]]:
    """Edit some figures and return the milliseconds for reading them again and for repeating checks."""
    dice, read_ms, audit_ms = random.Random(seed), [], []
    for key in dice.sample(sorted(auditor.figures), number):
        value = (auditor.figures[key].value or 1.0) * 1.01
        store.apply(edits.edit_field(store, "figure", key, "value", {"value": value, "bound": "exact"}))
        started = time.perf_counter()
        changed = reread(store, [key], auditor.figures)
        between = time.perf_counter()
        auditor.recheck(changed)
        ended = time.perf_counter()
        read_ms.append((between - started) * 1000)
        audit_ms.append((ended - between) * 1000)
    return read_ms, audit_ms


def main() -> None:
    """Print the figures as Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figures.azcn"
        fill(path, options.figures, options.seed)
        store = Store(Database.open(path))
        figures = read_figures(store)
        verdicts = Counter(check.verdict for check in audit(figures))
        print(f"{len(figures):,} figures, {sum(verdicts.values()):,} checks: {dict(verdicts)}\n")
        print("| median of rounds | ms | ms of the processor |\n|---|---|---|")
        for name, work in (
            ("peer: sqlite3 reads the rows alone", lambda: read_alone(path)),
            ("figures read, with what their numbers may mean", lambda: read_figures(store)),
            ("audited (goal 1,000)", lambda: audit(figures)),
            ("conflicts found", lambda: conflicts(figures)),
        ):
            print(f"| {name} | {timed(work, options.rounds)} |")
        read_ms, audit_ms = edit_times(store, Auditor(figures), options.edits, options.seed)
        print("\n| one edit, ms | p50 | p95 | p99 |\n|---|---|---|---|")
        print(f"| read again | {percentiles(read_ms)} |\n| checks repeated (goal 20) | {percentiles(audit_ms)} |")
        store.close()


if __name__ == "__main__":
    main()

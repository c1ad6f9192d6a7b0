"""Measure how long page reads, cell edits and bulk work wait for one another in a rollback-journal file.

The window must never stand still while statistics are loaded or exported: the store's journal mode, slices,
cache and lock time-out rest on this. `python tests/bench/lock_waits.py --rows 1000000` prints a Markdown
table (six minutes). It knows nothing of the application: its tables only have the shape of the real ones.
"""

import argparse
import csv
import shutil
import sqlite3
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

RECORDS, OLD_FLOWS = 20_000, 200_000
PAGE_EVERY_S, EDIT_EVERY_S, PAUSE_S = 0.005, 0.2, 0.005
LOCK_WAIT_S, WORKER_WAIT_S = 0.25, 5.0
SCHEMA = """
CREATE TABLE record (id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, title TEXT NOT NULL, day TEXT, note TEXT);
CREATE TABLE journal (id INTEGER PRIMARY KEY, record INTEGER NOT NULL, before TEXT, after TEXT);
CREATE TABLE dataset (id INTEGER PRIMARY KEY, state TEXT NOT NULL);
CREATE TABLE trade_flow (id INTEGER PRIMARY KEY, dataset_id INTEGER NOT NULL DEFAULT 1, code TEXT NOT NULL,
    period INTEGER NOT NULL, partner TEXT NOT NULL, flow TEXT NOT NULL, value REAL, weight REAL);
CREATE INDEX trade_flow_code ON trade_flow (dataset_id, code, period);
INSERT INTO dataset VALUES (1, 'ready');
"""
COLUMNS = "code, period, partner, flow, value, weight"
FLOWS = "SELECT * FROM trade_flow WHERE id > ? ORDER BY id LIMIT ?"
Turn = AbstractContextManager[object]
Work = Callable[[sqlite3.Connection, "Bench"], None]


@dataclass(slots=True)
class Watch:
    """Hold what one kind of action of the window met during one run; durations in seconds."""

    times: list[float] = field(default_factory=list)
    locked: int = 0
    seen: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Bench:
    """Name the file of one run and what threads hold while writing, and while reading or committing."""

    file: Path
    rows: int
    writing: Turn
    reading: Turn


def connect(path: Path, mode: str, wait_s: float) -> sqlite3.Connection:
    """Open the file as the store would; transactions are begun by hand."""
    connection = sqlite3.connect(path, wait_s, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA journal_mode={mode}").fetchone()
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def flows(rows: int) -> Iterator[tuple[str, int, str, str, float, float]]:
    """Make up rows as published files come, period by period: the code index is then touched all over."""
    for i in range(rows):
        yield f"{i % 50_000 // 10 * 97:06}", 1992 + i // 50_000, f"P{i % 10}", "M", i * 1.5, i * 0.25


def build(folder: Path, rows: int) -> None:
    """Make the database with its old rows, and the staging file with `rows` rows in both orders."""
    database = sqlite3.connect(folder / "template.db")
    database.executescript(SCHEMA)
    database.execute("ATTACH ? AS staging", (str(folder / "staging.db"),))
    for table in ("arrival", "sorted"):
        database.execute(f"CREATE TABLE staging.{table} (id INTEGER PRIMARY KEY, {COLUMNS})")
    records = ((i, f"Record {i}", "2024-05-01", "x" * 120) for i in range(1, RECORDS + 1))
    database.executemany("INSERT INTO record (id, rev, title, day, note) VALUES (?, 1, ?, ?, ?)", records)
    for table, count in (("staging.arrival", rows), ("trade_flow", OLD_FLOWS)):
        database.executemany(f"INSERT INTO {table} ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", flows(count))
    database.execute(f"INSERT INTO sorted SELECT NULL, {COLUMNS} FROM arrival ORDER BY code, period, id")
    database.commit()
    database.close()


def read_page(desk: sqlite3.Connection, bench: Bench, step: int) -> str:
    """Read one page of records and say, from the same snapshot, how much of the new dataset is visible."""
    with bench.reading:
        desk.execute("BEGIN")
        desk.execute("SELECT * FROM record WHERE id > ? ORDER BY id LIMIT 256", (step * 256 % RECORDS,)).fetchall()
        state = desk.execute("SELECT state FROM dataset WHERE id = 2").fetchone()
        (last,) = desk.execute("SELECT coalesce(max(id), 0) FROM trade_flow").fetchone()
        desk.execute("COMMIT")
    share = "all" if last >= OLD_FLOWS + bench.rows else "part" if last > OLD_FLOWS else "none"
    return f"{share}/{state[0] if state else 'absent'}"


def edit(desk: sqlite3.Connection, bench: Bench, step: int) -> str:
    """Change one record and journal it, as one accepted cell edit does."""
    with bench.writing:
        desk.execute("BEGIN IMMEDIATE")
        desk.execute("UPDATE record SET rev = rev + 1, title = 'Title ' || rev WHERE id = ?", (step + 1,))
        desk.execute("INSERT INTO journal (record, before, after) VALUES (?, 'old', 'new')", (step + 1,))
        desk.execute("COMMIT")
    return "edited"


def repeat(desk: sqlite3.Connection, act: Callable[[int], str], every_s: float, job: Future[float]) -> Watch:
    """Do one action of the window again and again until the worker is done; count lock time-outs."""
    watch = Watch()
    while not job.done():
        begun = time.perf_counter()
        try:
            watch.seen.add(act(len(watch.times)))
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            watch.locked += 1
            desk.rollback()
        watch.times.append(time.perf_counter() - begun)
        time.sleep(every_s)
    return watch


def idle(worker: sqlite3.Connection, bench: Bench) -> None:
    """Do nothing for four seconds: what pages and edits cost when nobody is in the way."""
    time.sleep(4)


def write(worker: sqlite3.Connection, bench: Bench, statement: str, values: tuple[int, ...] = ()) -> None:
    """Run one statement in its own short transaction, then leave the others a pause."""
    with bench.writing:
        worker.execute("BEGIN IMMEDIATE")
        worker.execute(statement, values)
        with bench.reading:
            worker.execute("COMMIT")
    time.sleep(PAUSE_S)


def write_slices(worker: sqlite3.Connection, bench: Bench, statement: str, rows: int, size: int) -> None:
    """Run one statement for all id ranges, each in its own transaction."""
    for low in range(0, rows, size):
        write(worker, bench, statement, (low, low + size))


def copy(worker: sqlite3.Connection, bench: Bench, size: int, table: str, spill: bool) -> None:
    """Copy the staged rows; the dataset is flagged as loading until the last slice is in."""
    worker.execute(f"PRAGMA cache_spill={int(spill)}")
    write(worker, bench, "INSERT INTO dataset VALUES (2, 'loading')")
    rows = f"SELECT 2, {COLUMNS} FROM staging.{table} WHERE id > ? AND id <= ? ORDER BY id"
    write_slices(worker, bench, f"INSERT INTO trade_flow (dataset_id, {COLUMNS}) {rows}", bench.rows, size)
    write(worker, bench, "UPDATE dataset SET state = 'ready' WHERE id = 2")


def export(worker: sqlite3.Connection, bench: Bench, page_s: float) -> None:
    """Export for four seconds in pages of about `page_s` seconds; 0 means one cursor held open throughout."""
    until, last, limit = time.perf_counter() + 4, 0, 2_000 if page_s else -1
    with bench.file.with_suffix(".csv").open("w", newline="", encoding="utf-8") as target:
        out = csv.writer(target)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            cursor = worker.execute(FLOWS, (last, limit))
            rows = cursor.fetchall() if page_s else []
            factor = min(2.0, page_s / (time.perf_counter() - begun))
            out.writerows(rows or cursor)
            last = rows[-1][0] if 0 < len(rows) == limit else 0
            limit = max(200, int(limit * factor)) if page_s else -1


def run(bench: Bench, mode: str, work: Work) -> tuple[float, Watch, Watch]:
    """Measure one load once, on a fresh copy of the file: how long it took, the pages, the edits."""
    shutil.copy(bench.file.with_name("template.db"), bench.file)
    worker = connect(bench.file, mode, WORKER_WAIT_S)
    worker.execute("ATTACH ? AS staging", (str(bench.file.with_name("staging.db")),))
    reader, editor = (connect(bench.file, mode, LOCK_WAIT_S) for _ in range(2))

    def job() -> float:
        begun = time.perf_counter()
        work(worker, bench)
        return time.perf_counter() - begun

    # Pages and edits have a thread each, or an edit that waits would hide the waits of pages.
    with ThreadPoolExecutor(3) as pool:
        working = pool.submit(job)
        editing = pool.submit(repeat, editor, partial(edit, editor, bench), EDIT_EVERY_S, working)
        reading = pool.submit(repeat, reader, partial(read_page, reader, bench), PAGE_EVERY_S, working)
    for connection in (reader, editor, worker):
        connection.close()
    return working.result(), reading.result(), editing.result()


def spread(runs: tuple[Watch, ...]) -> str:
    """Word p50, p95, p99 (medians over the runs), the longest of all (ms), and all lock time-outs."""
    cuts = [statistics.quantiles(run.times * 2, n=100, method="inclusive") for run in runs]
    middle = [statistics.median(cut[at] for cut in cuts) * 1000 for at in (49, 94, 98)]
    timed_out = f"{sum(run.locked for run in runs)} of {sum(len(run.times) for run in runs)}"
    longest = max(max(run.times) for run in runs) * 1000
    return f"{middle[0]:.1f} | {middle[1]:.1f} | {middle[2]:.1f} | {longest:.0f} | {timed_out}"


def loads(rows: int, full: bool) -> Iterator[tuple[str, Work, bool]]:
    """List what the worker does meanwhile: name, work, whether the threads take turns."""
    yield "nothing", idle, False
    for spill, table in ((True, "arrival"), (False, "arrival"), (False, "sorted")):
        name = f"one transaction, {'default cache' if spill else 'no spill'}, {table}"
        yield name, partial(copy, size=rows, table=table, spill=spill), False
    for table, in_turn in (("arrival", False), ("sorted", False), ("sorted", True)):
        for size in (1_000, 5_000, 20_000, 50_000) if full else (5_000,):
            label = f"slices of {size:,}, {table}{', in turn' if in_turn else ''}"
            yield label, partial(copy, size=size, table=table, spill=False), in_turn
    take_back = "DELETE FROM trade_flow WHERE id > ? AND id <= ?"
    undo = partial(write_slices, statement=take_back, rows=OLD_FLOWS, size=5_000)
    yield f"delete {OLD_FLOWS:,}, slices of 5,000, in turn", undo, True
    for page_s in (0.01, 0.02, 0.05, 0.0) if full else (0.05,):
        pages = f"pages of {page_s * 1000:.0f} ms" if page_s else "one open cursor"
        yield f"export, {pages}", partial(export, page_s=page_s), False


def main() -> None:
    """Run every load in every journal mode and print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--repeat", type=int, default=3)
    given = options.parse_args()
    print(f"SQLite {sqlite3.sqlite_version}, {given.rows:,} rows, {given.repeat} runs; times in ms\n")
    print("| mode | the worker does | took s (worst) | page p50 | p95 | p99 | longest | locked "
          "| edit p50 | p95 | p99 | longest | locked | pages saw |")  # fmt: skip
    print("|---|---|" + "---:|" * 11 + "---|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), given.rows)
        for mode in ("TRUNCATE", "DELETE", "PERSIST"):
            for label, work, in_turn in loads(given.rows, full=mode == "TRUNCATE"):
                lock = threading.Lock if in_turn else nullcontext
                bench = Bench(Path(name) / "bench.db", given.rows, lock(), lock())
                took, pages, edits = zip(*(run(bench, mode, work) for _ in range(given.repeat)), strict=True)
                seen = sorted(set().union(*(watch.seen for watch in pages)))
                lasted = f"{statistics.median(took):.1f} ({max(took):.1f})"
                cells = (mode, label, lasted, spread(pages), spread(edits), ", ".join(seen))
                print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

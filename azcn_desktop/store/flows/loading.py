"""Writing statistics in bulk: gathered flows become a dataset, in slices, and nothing counts before the last commit.

A dataset is made as *loading*; its flows are copied in slices of 5,000, so that no reader or writer waits long (of
20,000 where no window is open); the last commit makes it *ready* and is the one step that the journal records. Undo
therefore is: not ready any more, whatever the number of rows; redo: ready again. What was taken back and can't be
redone, or was left by a killed program, is removed by `sweep`. A flow that a later dataset brings with another value
stays, marked with the dataset that replaced it.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

from msgspec import Struct, field

from azcn_desktop.errors import Busy, Conflict
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.flows.staging import CHANGED, SAME, Staging, state_of
from azcn_desktop.store.flows.summaries import NAMES
from azcn_desktop.store.store import Store
from azcn_desktop.store.writing import RowWriter

SLICE = 5_000
PAUSE_S = 0.005
ABANDONED_S = 60  # a loading dataset says at every slice that its program is alive
_COPY = (
    "INSERT INTO trade_flow (dataset_id, period, frequency, is_cumulative, reporter, partner, flow, classification, "
    "code, value, currency, net_weight_kg, quantity, quantity_unit, valuation, is_estimated, is_reported) "
    "SELECT ?, s.period, s.frequency, s.is_cumulative, s.reporter, s.partner, s.flow, s.classification, f.code, "
    "f.value, s.currency, f.net_weight_kg, f.quantity, a.quantity_unit, s.valuation, a.is_estimated, a.is_reported "
    "FROM staging.flow f JOIN staging.series s ON s.id = f.series JOIN staging.attributes a ON a.id = f.attributes "
    f"WHERE f.id > ? AND f.id <= ? AND f.status < {SAME:d} ORDER BY f.id"
)
_SUMS = (
    "INSERT INTO trade_chapter SELECT ?, 0, s.frequency, s.is_cumulative, s.period, s.reporter, s.partner, s.flow, "
    "coalesce(s.classification, ''), s.valuation, s.currency, g.level, g.chapter, g.flows, g.value, g.net_weight_kg "
    "FROM staging.sums g JOIN staging.series s ON s.id = g.series AND s.publisher = ? WHERE g.id > ? AND g.id <= ?"
)
_TOTALS = (
    f"INSERT INTO trade_total SELECT {NAMES}, sum(flows), sum(value), sum(net_weight_kg) FROM trade_chapter "
    f"WHERE dataset_id = ? GROUP BY {NAMES}"
)
_CODES = (
    "INSERT INTO trade_code SELECT ?, 0, classification, code, sum(flows) FROM staging.codes WHERE publisher = ? "
    "GROUP BY classification, code"
)
_REPLACED = f"id IN (SELECT old_id FROM staging.flow WHERE id > ? AND id <= ? AND status = {CHANGED:d})"
_REPLACED_BY = "SELECT id FROM trade_flow WHERE replaced_by = ? ORDER BY id LIMIT ?"
_OF_DATASET = "SELECT id FROM trade_flow WHERE dataset_id = ? ORDER BY id LIMIT ?"
_THESE = "id IN (SELECT value FROM json_each(?))"
# Nothing can make these datasets ready again: no undone step to redo, no step to undo that removed them.
_IS_FOR_GOOD = (
    "NOT EXISTS ("
    "SELECT 1 FROM journal j JOIN journal_set s ON s.id = j.set_id WHERE j.table_name = 'dataset' AND j.row_id = d.id "
    "AND (s.state = 'undone' OR (s.state = 'done' AND json_extract(j.before_image, '$.state') = 'ready')))"
)
_DEAD = f"SELECT d.id FROM dataset d WHERE d.state IN ('loading', 'removed') AND d.updated_at <= ? AND {_IS_FOR_GOOD}"
_HALF = f"SELECT d.id FROM dataset d WHERE d.state = 'loading' AND {_IS_FOR_GOOD}"


class Turns(Struct, frozen=True):
    """How a long write leaves room for others.

    Attributes:
        lock: held while something is written; the same for everybody who writes.
        pause_s: between two slices; 0 where nobody waits.
        slice_rows: flows that are copied in one transaction.
    """

    lock: AbstractContextManager[object] = field(default_factory=nullcontext)
    pause_s: float = PAUSE_S
    slice_rows: int = SLICE


# Where nobody of this program waits: fewer syncs. Others can read all the while, and their edits are put off as often
# as with short slices.
ALONE = Turns(pause_s=0, slice_rows=20_000)


def load(
    store: Store,
    staging: Staging,
    datasets: Mapping[str, Mapping[str, Value]],
    label: str,
    progress: Progress,
    turns: Turns | None = None,
    is_shipped: bool = False,
) -> ChangeNotice:
    """Write the new and changed flows of a staging database as datasets, one for each publisher, in one step.

    Args:
        store: where to; open for writing.
        staging: finished and compared with this store.
        datasets: publisher to the values of its dataset.
        label: of the step, for the undo menu.
        progress: reports flows and may cancel until the last commit.
        turns: how it leaves room for others.
        is_shipped: part of the first build, which is no step to undo.

    Raises:
        Conflict: the datasets changed since the preview.
        Cancelled, UserError: nothing remains.
    """
    taking = turns or Turns()
    if staging.seen != state_of(store.database):
        raise Conflict("Another import came between the preview and this one. Look at the preview again.")
    store.database.execute("ATTACH ? AS staging", (str(staging.path),))
    keys: list[int] = []
    try:
        store.database.execute("PRAGMA cache_spill = OFF")
        staging.sum_up()
        for publisher, first, last in staging.publishers():
            if key := _new_dataset(store, datasets[publisher], first, last):
                keys.append(key)
                _copy(store, key, first - 1, last, progress, taking)
                _sum_up(store, key, publisher, taking)
        progress.check()
        ready = tuple(Change("dataset", key, {"state": "loading"}, {"state": "ready"}) for key in keys)
        with taking.lock:
            notice = store.apply(ChangeSet(label, ready, "shipped" if is_shipped else "import"))
    except BaseException:
        with contextlib.suppress(Busy):  # the next sweep takes what a locked file does not let go now
            for key in keys:
                _purge(store, key, taking)
        raise
    finally:
        store.database.execute("PRAGMA cache_spill = ON")
        store.database.execute("DETACH staging")
    return ChangeNotice({**notice.tables, **({"trade_flow": None} if keys else {})}, label=label)


def remove_dataset(store: Store, key: int, progress: Progress | None = None) -> ChangeNotice:
    """Let the flows of a dataset count no longer; one step, which can be taken back.

    Raises:
        Conflict: a later dataset holds newer values of its flows, or it is not ready.
    """
    (progress or Progress()).check()
    later = store.database.one(
        "SELECT d.title FROM trade_flow t JOIN dataset d ON d.id = t.replaced_by AND d.state = 'ready' "
        "WHERE t.replaced_by IS NOT NULL AND t.dataset_id = ? LIMIT 1",
        (key,),
    )
    if later is not None:
        raise Conflict(f"“{later}” holds newer values of these flows. Remove that first.")
    title = store.titles("dataset", [key]).get(key, "")
    change = Change("dataset", key, {"state": "ready"}, {"state": "removed"})
    notice = store.apply(ChangeSet(f"Remove {title}", (change,)))
    return ChangeNotice({**notice.tables, "trade_flow": None}, label=notice.label)


def half_loaded(database: Database) -> tuple[int, int]:
    """Return how many datasets a killed import has left, or a running one has not finished, and their flows."""
    rows = int(database.one(f"SELECT count(*) FROM trade_flow WHERE dataset_id IN ({_HALF})"))
    return int(database.one(f"SELECT count(*) FROM ({_HALF})")), rows


def sweep(
    store: Store,
    progress: Progress,
    older_than_s: float = ABANDONED_S,
    turns: Turns | None = None,
    most_slices: int = 1_000_000,
) -> int:
    """Remove datasets that nothing can make ready again, and return how many are gone.

    Args:
        store: where; nothing is done where it can only be read.
        progress: reports and may cancel.
        older_than_s: a loading dataset that was written to more lately may be the work of another program.
        turns: how it leaves room for others.
        most_slices: where somebody waits; what is left goes next time, and counts nowhere until then.

    Raises:
        Cancelled: the person stopped it; the rest goes next time.
    """
    if store.is_read_only:
        return 0
    limit = datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=older_than_s)
    dead = [row[0] for row in store.database.all(_DEAD, (limit.strftime("%Y-%m-%dT%H:%M:%SZ"),))]
    gone, left = 0, most_slices
    for number, key in enumerate(dead):
        progress.report(number, len(dead), "Removing what was taken back")
        left -= _purge(store, key, turns or Turns(), left)
        if left <= 0:
            break
        gone += 1
    return gone


def _new_dataset(store: Store, values: Mapping[str, Value], first: int, last: int) -> int:
    """Make a dataset that is loading; none when all of its flows are there already."""
    database = store.database
    wanted = database.one(
        f"SELECT 1 FROM staging.flow WHERE id >= ? AND id <= ? AND status < {SAME:d} LIMIT 1", (first, last)
    )
    if wanted is None:
        return 0
    with database.transaction():
        writer = RowWriter(database, store.schema, _now())
        row = store.schema["dataset"].new_row() | dict(values) | {"state": "loading"}
        return writer.write(Change("dataset", -1, None, row)).key


def _copy(store: Store, key: int, low: int, last: int, progress: Progress, turns: Turns) -> None:
    database = store.database
    for start in range(low, last, turns.slice_rows):
        progress.report(start, last, "Importing")
        end = min(start + turns.slice_rows, last)
        with turns.lock, database.transaction():
            alive = database.execute(
                "UPDATE dataset SET updated_at = ? WHERE id = ? AND state = 'loading'", (_now(), key)
            )
            if not alive.rowcount:
                raise Conflict("Another program removed this import while it ran. Import the file again.")
            database.execute(_COPY, (key, start, end))
            _mark_replaced(store, key, start, end)
        time.sleep(turns.pause_s)


def _sum_up(store: Store, key: int, publisher: str, turns: Turns) -> None:
    """Write the sums of a dataset, which the staging database has ready; until now nobody could ask for them."""
    database = store.database
    last = int(database.one("SELECT coalesce(max(id), 0) FROM staging.sums"))
    for start in range(0, last, SLICE):
        with turns.lock, database.transaction():
            database.execute(_SUMS, (key, publisher, start, start + SLICE))
        time.sleep(turns.pause_s)
    with turns.lock, database.transaction():
        database.execute(_TOTALS, (key,))
        database.execute(_CODES, (key, publisher))


def _mark_replaced(store: Store, key: int, start: int, end: int) -> None:
    """Say of the flows that this slice brings with other values which dataset does so."""
    database = store.database
    if database.one(
        f"SELECT 1 FROM staging.flow WHERE id > ? AND id <= ? AND status = {CHANGED:d} LIMIT 1", (start, end)
    ):
        # A removed dataset that had replaced them can't come back: its steps leave the list.
        rows = database.all(f"SELECT DISTINCT replaced_by FROM trade_flow WHERE {_REPLACED}", (start, end))
        store.journal.close_steps_of(("dataset", row[0]) for row in rows if row[0] is not None)
        summaries.take_out(database, _REPLACED, (start, end))
        database.execute(f"UPDATE trade_flow SET replaced_by = ? WHERE {_REPLACED}", (key, start, end))
        summaries.add(database, _REPLACED, (start, end))


def _purge(store: Store, key: int, turns: Turns, most_slices: int = 1_000_000) -> int:
    """Remove a dataset that is not ready, with its flows; whatever it had replaced counts again.

    Returns:
        How many slices were written; `most_slices` when some of it may be left.
    """
    database, slices = store.database, 0
    if database.one("SELECT state FROM dataset WHERE id = ?", (key,)) not in ("loading", "removed"):
        return 0
    while ids := _ids(store, _REPLACED_BY, key):
        if (slices := slices + 1) >= most_slices:
            return slices
        with turns.lock, database.transaction():
            summaries.take_out(database, _THESE, (ids,))
            database.execute(f"UPDATE trade_flow SET replaced_by = NULL WHERE {_THESE}", (ids,))
            summaries.add(database, _THESE, (ids,))
    with turns.lock, database.transaction():
        database.execute("UPDATE dataset SET state = 'loading' WHERE id = ?", (key,))
        summaries.drop(database, key)
    while ids := _ids(store, _OF_DATASET, key):
        if (slices := slices + 1) >= most_slices:
            return slices
        with turns.lock, database.transaction():
            database.execute(f"DELETE FROM trade_flow WHERE {_THESE}", (ids,))
        time.sleep(turns.pause_s)
    with turns.lock, database.transaction():
        store.journal.close_steps_of([("dataset", key)])
        database.execute("DELETE FROM dataset WHERE id = ?", (key,))
    return slices


def _ids(store: Store, select: str, key: int) -> str:
    """Return the ids of the next slice as a JSON list; empty when there is none."""
    found = [row[0] for row in store.database.all(select, (key, SLICE))]
    return json.dumps(found) if found else ""


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

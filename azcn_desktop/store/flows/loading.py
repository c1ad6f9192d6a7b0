"""Writing statistics in bulk: gathered flows become a dataset, in slices, and nothing counts before the last commit.

A dataset is made as *loading*; its flows are copied in slices of 5,000, so that no reader or writer waits long (of
20,000 where no window is open); the last commit makes it *ready* and is the one step that the journal records. Undo
therefore is: not ready any more, whatever the number of rows; redo: ready again. What counts no longer is removed by
`removing`. A flow that a later dataset brings with another value stays, marked with the dataset that replaced it.
"""

from __future__ import annotations

import contextlib
import datetime
import time
from collections.abc import Mapping

from azcn_desktop.errors import Busy, Conflict
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.flows.removing import purge
from azcn_desktop.store.flows.staging import CHANGED, SAME, Staging, state_of
from azcn_desktop.store.flows.summaries import NAMES
from azcn_desktop.store.flows.turns import SLICE, Turns
from azcn_desktop.store.store import Store
from azcn_desktop.store.writing import RowWriter

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
                purge(store, key, taking)
        raise
    finally:
        store.database.execute("PRAGMA cache_spill = ON")
        store.database.execute("DETACH staging")
    return ChangeNotice({**notice.tables, **({"trade_flow": None} if keys else {})}, label=label)


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


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

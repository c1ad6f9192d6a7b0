"""Taking statistics away: a dataset stops to count at once; its flows go in slices when nothing can bring it back.

What was taken back and can't be redone, or was left by a killed program, is removed by `sweep`. Apart from writing
statistics, since every opening of a file looks for such remains and imports nothing.
"""

from __future__ import annotations

import datetime
import json
import time

from azcn_desktop.errors import Conflict
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeNotice, ChangeSet
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.flows.turns import SLICE, Turns
from azcn_desktop.store.store import Store

ABANDONED_S = 60  # a loading dataset says at every slice that its program is alive
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
        left -= purge(store, key, turns or Turns(), left)
        if left <= 0:
            break
        gone += 1
    return gone


def purge(store: Store, key: int, turns: Turns, most_slices: int = 1_000_000) -> int:
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

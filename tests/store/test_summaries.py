"""The sums that charts read always equal the rows, whatever happens to these: edits, imports, undo, removal, a kill."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store.flows.removing import remove_dataset, sweep
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.flows.totals import totals
from azcn_desktop.store.opening import open_store
from azcn_desktop.store.store import Store
from tests.store.builders import open_copy, reopen, without_waiting
from tests.trade.builders import COUNTS, Line, line, take, written

LINES = st.builds(
    line,
    code=st.sampled_from(("TOTAL", "27", "28", "2709", "270900", "Fuels")),
    period=st.sampled_from(("2023", "2024")),
    flow=st.sampled_from(("M", "X")),
    valuation=st.sampled_from(("CIF", "FOB")),
    publisher=st.sampled_from(("One", "Two")),
    value=st.integers(0, 10**13).map(lambda cents: cents / 100),
    net_weight_kg=st.sampled_from(("", 1.5, 3)),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.lists(LINES, min_size=1, max_size=6)),
        st.tuples(st.sampled_from(("undo", "redo", "sweep")), st.none()),
        st.tuples(st.sampled_from(("edit", "move", "delete", "remove")), st.integers(0, 50)),
    ),
    max_size=10,
)


@settings(max_examples=60)
@given(steps=STEPS)
def test_sums_equal_the_rows_after_any_steps(template: Path, steps: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = without_waiting(open_copy(template, Path(folder) / "azcn.db"))
        for number, (what, given) in enumerate(steps):
            try:
                _do(store, what, given, Path(folder) / f"{number}.csv")
            except UserError:
                assert what in ("undo", "redo", "remove")
            assert list(differences(store.database)) == []
            _compare(_sums(store), _grouped(store))
            assert _doubled(store) == []
        store.close()


def _do(store: Store, what: str, given: object, path: Path) -> None:
    if what == "import":
        assert isinstance(given, list)
        take(store, written(path, *given))
    elif what == "sweep":
        sweep(store, Progress(), older_than_s=-(10**9))
    elif what in ("undo", "redo"):
        getattr(store, what)()
    elif what == "remove":
        datasets = [row[0] for row in store.database.all("SELECT id FROM dataset WHERE state = 'ready' ORDER BY id")]
        if datasets:
            remove_dataset(store, datasets[int(str(given)) % len(datasets)])
    else:
        _edit(store, what, int(str(given)))


def _edit(store: Store, what: str, number: int) -> None:
    """Change, move into another group, or delete one of the flows that count."""
    rows = store.database.all(
        f"SELECT t.* FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id WHERE {COUNTS} ORDER BY t.id"
    )
    if not rows:
        return
    names = [row[1] for row in store.database.all("PRAGMA table_info(trade_flow)")]
    row = dict(zip(names, rows[number % len(rows)], strict=True))
    key = row.pop("id")
    change = {
        "edit": Change("trade_flow", key, {"value": row["value"]}, {"value": number / 7}),
        "move": Change("trade_flow", key, {"code": row["code"]}, {"code": f"{number:02}99"}),
        "delete": Change("trade_flow", key, row, None),
    }[what]
    store.apply(ChangeSet(what, (change,)))


def _sums(store: Store) -> list[tuple[object, ...]]:
    return [(*total.key, total.flows, total.value) for total in totals(store.database, ("period", "flow"), {})]


def _compare(sums: list[tuple[object, ...]], grouped: list[tuple[object, ...]]) -> None:
    """Compare counts exactly and money to the cent."""
    assert [row[:-1] for row in sums] == [row[:-1] for row in grouped]
    assert [row[-1] for row in sums] == pytest.approx([row[-1] for row in grouped], rel=1e-12, abs=0.01)


def _grouped(store: Store) -> list[tuple[object, ...]]:
    level = "CASE WHEN t.code = 'TOTAL' THEN 0 WHEN t.code GLOB '[0-9]*' THEN length(t.code) ELSE -1 END"
    return store.database.all(
        "SELECT d.publisher, t.frequency, t.is_cumulative, coalesce(t.classification, ''), t.valuation, t.currency, "
        f"{level}, t.period, t.flow, count(*), sum(t.value) FROM trade_flow t "
        f"JOIN dataset d ON d.id = t.dataset_id WHERE {COUNTS} "
        "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
    )


def _doubled(store: Store) -> list[tuple[object, ...]]:
    """Return flows that count twice, except where an edit moved one onto another."""
    return store.database.all(
        "SELECT d.publisher, t.period, t.flow, t.code, t.valuation FROM trade_flow t "
        f"JOIN dataset d ON d.id = t.dataset_id WHERE {COUNTS} "
        "AND t.code NOT LIKE '%99' GROUP BY 1, 2, 3, 4, 5 HAVING count(*) > 1"
    )


_IMPORTER = """
import sys
from pathlib import Path
from azcn_desktop.progress import Progress
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import

def tell(done, total, note):
    if note == "Importing":
        print(done, flush=True)

store = Store(Database.open(Path(sys.argv[1])))
plan = plan_import(store, Path(sys.argv[2]))
run_import(store, plan, Progress(tell), Turns(pause_s=0))
plan.close()
print("done", flush=True)
"""


def _many(value: float) -> list[Line]:
    return [line(code=f"{number:06}", value=value) for number in range(30_000)]


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of POSIX")
@pytest.mark.parametrize("slices", [1, 3, 6])
def test_a_killed_import_leaves_what_was_there(template: Path, tmp_path: Path, slices: int) -> None:
    path = tmp_path / "killed.db"
    store = open_copy(template, path)
    take(store, written(tmp_path / "old.csv", *_many(1)[:100]))
    store.close()
    new = written(tmp_path / "new.csv", *_many(2))
    child = subprocess.Popen(
        [sys.executable, "-c", _IMPORTER, str(path), str(new)], stdout=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert child.stdout is not None
    for _ in range(slices):
        assert child.stdout.readline().strip() != "done"
    time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    is_done = "done" in child.stdout.read()
    child.stdout.close()
    child.wait()
    store = reopen(path)
    assert store.database.one("PRAGMA integrity_check") == "ok"
    state = store.database.all("SELECT state FROM dataset ORDER BY id")
    assert not is_done
    assert state in ([("ready",)], [("ready",), ("loading",)])
    assert sum(total.value for total in totals(store.database, (), {})) == 100
    sweep(store, Progress(), older_than_s=-60)
    assert store.database.one("SELECT count(*) FROM trade_flow") == 100
    assert store.database.one("SELECT count(*) FROM trade_flow WHERE replaced_by IS NOT NULL") == 0
    assert store.database.all("SELECT state FROM dataset") == [("ready",)]
    assert list(differences(store.database)) == []
    store.close()


def test_the_next_opening_removes_what_a_killed_import_left(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "left.db"
    store = open_copy(template, path)
    take(store, written(tmp_path / "x.csv", line()))
    long_ago = "2020-01-01T00:00:00Z"
    store.database.execute("DELETE FROM journal_set")
    store.database.execute("UPDATE dataset SET state = 'loading', updated_at = ?", (long_ago,))
    store.close()
    opened = open_store(path, False, lambda _: None)
    assert opened.database.one("SELECT count(*) FROM trade_flow") == 0
    assert opened.database.one("SELECT count(*) FROM dataset") == 0
    opened.close()

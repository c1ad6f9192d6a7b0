"""Importing statistics: a preview first, revisions kept, one step to take back, and never half of anything."""

import os
from pathlib import Path

import pytest

from azcn_desktop.errors import Cancelled, Conflict, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.checking import check_database
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.removing import remove_dataset, sweep
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.flows.totals import totals
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import
from azcn_desktop.trade.preview import preview_lines
from tests.trade.builders import QUIET, current, flows, line, take, written


def test_the_preview_tells_what_the_file_covers_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    lines = [line(code="TOTAL", value=500), line(code="27", value=400), line(code="TOTAL", value=550, period="2025")]
    with plan_import(store, written(tmp_path / "x.csv", *lines)) as plan:
        words = "\n".join(preview_lines(plan))
    assert (
        "Azerbaijan reports import with China, annual 2024 to 2025: 3 flows in USD, CIF, total 1,050 USD (Test)"
        in words
    )
    assert "3 new flows, 0 changed, 0 the same as before" in words
    assert (
        store.database.one("SELECT count(*) FROM trade_flow") == store.database.one("SELECT count(*) FROM dataset") == 0
    )


def test_one_row_is_not_called_rows(store: Store, tmp_path: Path) -> None:
    with plan_import(store, written(tmp_path / "x.csv", line(), line(code="27", value=""))) as plan:
        told = list(preview_lines(plan))
    assert any(": 1 flow in USD" in words for words in told)
    assert told[-1].endswith("1 row left out")


def test_what_is_no_file_on_a_disk_is_refused_and_not_waited_for(store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    try:
        os.mkfifo(pipe)
    except (AttributeError, OSError):
        pytest.skip("no pipes here")
    with pytest.raises(UserError, match="no file on a disk"):
        plan_import(store, pipe)


def test_a_revision_is_kept_beside_what_it_replaces(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "first.csv", line(code="27", value=100), line(code="28", value=5)))
    second = written(
        tmp_path / "second.csv", line(code="27", value=90), line(code="28", value=5), line(code="29", value=1)
    )
    with plan_import(store, second) as plan:
        assert (plan.new, plan.changed, plan.same) == (1, 1, 1)
        assert [(c.code, c.before, c.after, c.line) for c in plan.changes] == [("27", 100.0, 90.0, 2)]
        run_import(store, plan, Progress(), QUIET)
    assert current(store) == [("27", "2024", 90.0), ("28", "2024", 5.0), ("29", "2024", 1.0)]
    assert store.database.all("SELECT value, replaced_by FROM trade_flow WHERE code = '27' ORDER BY id") == [
        (100.0, 2),
        (90.0, None),
    ]
    assert sum(total.value for total in totals(store.database, (), {})) == 96.0
    assert count(store.database, FlowQuery(text="27")) == 1
    store.undo()
    assert current(store) == [("27", "2024", 100.0), ("28", "2024", 5.0)]
    assert sum(total.value for total in totals(store.database, (), {})) == 105.0
    store.redo()
    assert current(store) == [("27", "2024", 90.0), ("28", "2024", 5.0), ("29", "2024", 1.0)]


def test_the_same_file_again_is_an_empty_plan(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line(), line(flow="X", valuation="FOB"))
    take(store, path)
    before = store.database.one("SELECT count(*) FROM journal_set")
    with plan_import(store, path) as plan:
        assert plan.is_empty
        assert run_import(store, plan, Progress(), QUIET).tables == {}
    assert store.database.one("SELECT count(*) FROM journal_set") == before
    assert store.database.one("SELECT count(*) FROM dataset") == 1


def test_unlike_measures_never_match(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=100)))
    others = [
        line(valuation="FOB"), line(valuation="deflated"), line(currency="CNY"), line(publisher="Other"),
        line(frequency="M", period="202401"), line(classification="H5"),
    ]  # fmt: skip
    with plan_import(store, written(tmp_path / "y.csv", *others)) as plan:
        assert (plan.new, plan.changed, plan.same) == (6, 0, 0)
        run_import(store, plan, Progress(), QUIET)
    found = totals(store.database, ("period",), {"level": 6})
    assert len(found) == 7
    assert {(total.key[4], total.key[5]) for total in found} == {
        ("CIF", "USD"),
        ("FOB", "USD"),
        ("deflated", "USD"),
        ("CIF", "CNY"),
    }


def test_several_publishers_in_one_file_are_datasets_of_one_step(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(publisher="One"), line(publisher="Two", value=7)))
    assert store.database.all("SELECT publisher, state FROM dataset ORDER BY id") == [
        ("One", "ready"),
        ("Two", "ready"),
    ]
    assert list(differences(store.database)) == []
    store.undo()
    assert current(store) == []
    with pytest.raises(UserError):
        store.undo()


def test_what_was_taken_back_for_good_is_swept(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=1)))
    take(store, written(tmp_path / "y.csv", line(value=2)))
    store.undo()
    assert sweep(store, Progress(), older_than_s=-60) == 0, "it can still be redone"
    take(store, written(tmp_path / "z.csv", line(code="01", value=3)))
    assert sweep(store, Progress(), older_than_s=-60) == 1
    assert current(store) == [("01", "2024", 3.0), ("270900", "2024", 1.0)]
    assert store.database.one("SELECT count(*) FROM trade_flow WHERE replaced_by IS NOT NULL") == 0
    assert list(differences(store.database)) == []


def test_a_removed_dataset_counts_nowhere_and_comes_back_by_undo(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=1)))
    take(store, written(tmp_path / "y.csv", line(value=2)))
    with pytest.raises(Conflict, match="newer values"):
        remove_dataset(store, 1)
    remove_dataset(store, 2)
    assert current(store) == [("270900", "2024", 1.0)]
    store.undo()
    assert current(store) == [("270900", "2024", 2.0)]
    remove_dataset(store, 2)
    take(store, written(tmp_path / "z.csv", line(value=3)))
    assert current(store) == [("270900", "2024", 3.0)]
    store.undo()
    assert current(store) == [("270900", "2024", 1.0)]


def test_an_import_that_comes_between_makes_a_preview_stale(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line())
    with plan_import(store, path) as early:
        take(store, path)
        with pytest.raises(Conflict, match="Another import"):
            run_import(store, early, Progress(), QUIET)
    assert len(current(store)) == 1


@pytest.mark.parametrize(("slice_rows", "slices"), [(2, 3), (5, 1)])
def test_the_length_of_a_slice_changes_nothing_but_the_number_of_commits(
    store: Store, tmp_path: Path, slice_rows: int, slices: int
) -> None:
    told: list[str] = []
    path = written(tmp_path / "x.csv", *(line(code=f"0{number}", value=number) for number in range(1, 6)))
    with plan_import(store, path) as plan:
        progress = Progress(lambda done, total, note: told.append(note))
        run_import(store, plan, progress, Turns(pause_s=0, slice_rows=slice_rows))
    assert told.count("Importing") == slices
    assert current(store) == [(f"0{number}", "2024", number) for number in range(1, 6)]
    assert list(differences(store.database)) == []


@pytest.mark.parametrize("at", range(8))
def test_cancelling_until_the_last_commit_leaves_nothing(store: Store, tmp_path: Path, at: int) -> None:
    old = written(tmp_path / "old.csv", *(line(code=f"{n:06}", value=1) for n in range(100)))
    take(store, old)
    new = written(tmp_path / "new.csv", *(line(code=f"{n:06}", value=2) for n in range(12_000)))
    calls = 0

    def is_cancelled() -> bool:
        nonlocal calls
        calls += 1
        return calls > at

    before = current(store)
    with plan_import(store, new) as plan, pytest.raises(Cancelled):
        run_import(store, plan, Progress(is_cancelled=is_cancelled if at < 4 else _late(plan, at)), QUIET)
    assert current(store) == before
    assert store.database.one("SELECT count(*) FROM trade_flow") == 100
    assert store.database.one("SELECT count(*) FROM dataset") == 1
    assert store.database.one("SELECT count(*) FROM trade_flow WHERE replaced_by IS NOT NULL") == 0
    assert list(differences(store.database)) == []


def _late(plan: object, at: int) -> object:
    """Return a question that is answered with yes only at the end of the copying."""
    count = iter(range(1_000))
    return lambda: next(count) >= 3 - (at - 4) % 4


def test_a_flow_that_stands_twice_is_kept_once_or_refused(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line(value=1), line(value=1), line(code="01", value=2), line(code="01", value=3))
    with plan_import(store, path) as plan:
        assert plan.new == 2
        assert dict(plan.left_out) == {"the same flow as in another row": 1}
        assert [(r.line, r.reason) for r in plan.refused] == [(5, "The same flow stands in line 4 with another value.")]


def test_many_flows_of_several_publishers_are_sorted_summed_and_kept_once(store: Store, tmp_path: Path) -> None:
    lines = [
        line(publisher=publisher, period=f"2024{month:02}", frequency="M", code=f"{code:06}", value=code / 8, **weight)
        for month in (2, 1) for code in range(270_000, 278_000)
        for publisher, weight in (("One", {"net_weight_kg": 2}), ("Two", {}))
    ]  # fmt: skip
    path = written(tmp_path / "x.csv", *lines, lines[0], lines[-1] | {"value": 1})
    with plan_import(store, path) as plan:
        assert (plan.new, plan.refusals) == (32_000, 1)
        assert dict(plan.left_out) == {"the same flow as in another row": 1}
        run_import(store, plan, Progress(), QUIET)
    written_flows = flows(store, "dataset_id", "code", "value", "net_weight_kg")
    assert written_flows == sorted(written_flows, key=lambda flow: flow[:2])
    assert {flow[3] for flow in written_flows if flow[0] == 1} == {2.0}
    assert {flow[3] for flow in written_flows if flow[0] == 2} == {None}
    assert list(differences(store.database)) == []


def test_an_imported_file_passes_the_full_check(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", *(line(code=f"{n:06}", value=n / 7) for n in range(300))))
    assert check_database(store.database, SCHEMA, Progress()).problems == ()
    store.database.execute("UPDATE trade_total SET value = value + 1")
    assert check_database(store.database, SCHEMA, Progress()).problems == (
        "trade_total does not sum up the trade flows: 1 groups differ.",
    )


def test_emptying_the_trash_leaves_no_sums_of_what_is_gone(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(), line(code="01", publisher="Other")))
    store.apply(edits.to_trash(store, "dataset", [1]))
    store.empty_trash()
    assert len(flows(store, "id")) == 1
    assert list(differences(store.database)) == []


def test_an_edit_of_a_flow_moves_its_sums_and_undo_moves_them_back(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "x.csv", line(value=100), line(code="01", value=1)))
    row = store.database.all("SELECT id, value FROM trade_flow WHERE code = '270900'")[0]
    store.apply(ChangeSet("Edit", (Change("trade_flow", row[0], {"value": row[1]}, {"value": 60.5}),)))
    assert [total.value for total in totals(store.database, (), {"level": 6})] == [60.5]
    store.undo()
    assert [total.value for total in totals(store.database, (), {"level": 6})] == [100.0]
    assert list(differences(store.database)) == []


def test_sums_by_chapter_are_those_of_the_codes_below(store: Store, tmp_path: Path) -> None:
    values = {"270900": 5, "271000": 7, "010121": 1, "27": 12}
    take(store, written(tmp_path / "x.csv", *(line(code=code, value=value) for code, value in values.items())))
    found = totals(store.database, ("period",), {"level": 6}, by_chapter=True)
    assert [(total.key[-1], total.flows, total.value) for total in found] == [("01", 1, 1.0), ("27", 2, 12.0)]
    with pytest.raises(KeyError):
        totals(store.database, ("value; DROP TABLE trade_flow",), {})

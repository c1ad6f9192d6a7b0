"""Typing into a flow and removing flows: read, checked, undoable, and the sums follow."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.errors import Conflict, Refused, UserError
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.edits import MOST_REMOVED, edit_flow, remove_flows
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.rows import flows
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.store import Store
from tests.store.builders import open_copy, without_waiting
from tests.store.flow_builders import all_rows, fill, flow_row, with_lists

TYPED = st.sampled_from((
    ("value", "3.5"), ("value", ""), ("period", "2023"), ("code", "27"), ("code", "Fuels"), ("reporter", "China"),
    ("flow", "Export"), ("valuation", "FOB"), ("currency", "cny"), ("classification", ""), ("net_weight_kg", "7"),
    ("is_cumulative", "yes"), ("frequency", "Annual"), ("partner", "world"), ("quantity_unit", "u"),
))  # fmt: skip
START = [flow_row(), flow_row(code="0801"), flow_row(code="TOTAL", dataset_id=2), flow_row(replaced_by=3)]


@pytest.fixture
def flow_store(store: Store) -> Store:
    """A store with four flows, the last of them history."""
    with_lists(store)
    fill(store.database, START)
    return store


def _typed(store: Store, column: str, text: str, key: int = 1) -> object:
    store.apply(edit_flow(store, key, column, text))
    return getattr(flows(store.database, [key])[0], column)


@settings(max_examples=25)
@given(steps=st.lists(st.tuples(TYPED, st.integers(1, 4), st.booleans()), max_size=5))
def test_sums_follow_edits_and_removals_and_undo_gives_back_every_row(
    template: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[tuple[str, str], int, bool]]
) -> None:
    store = without_waiting(open_copy(template, tmp_path_factory.mktemp("edits") / "azcn.db"))
    with_lists(store)
    fill(store.database, START)
    before, done = all_rows(store.database), 0
    for (column, text), key, is_removal in steps:
        try:
            step = remove_flows(store, [key]) if is_removal else edit_flow(store, key, column, text)
        except Conflict:
            continue
        done += bool(step.changes)
        store.apply(step)
        assert list(differences(store.database)) == []
    after = all_rows(store.database)
    for _ in range(done):
        store.undo()
        assert list(differences(store.database)) == []
    assert all_rows(store.database) == before
    for _ in range(done):
        store.redo()
    assert all_rows(store.database) == after
    assert list(differences(store.database)) == []
    store.close()


def test_typing_is_read_by_the_kinds_of_the_columns(flow_store: Store) -> None:
    assert _typed(flow_store, "value", "1,234.5") == 1234.5
    assert _typed(flow_store, "reporter", "china") == "CN"
    assert _typed(flow_store, "partner", "World") == "WLD"
    assert _typed(flow_store, "partner", "Areas, not specified") == "Areas, not specified"
    assert _typed(flow_store, "flow", "export") == "X"
    assert _typed(flow_store, "code", "total") == "TOTAL"
    assert _typed(flow_store, "period", "2019") == "2019"
    assert count(flow_store.database, FlowQuery(reporters=("CN",), since="2019", until="2019")) == 1
    assert flow_store.journal.labels()[0][1] == "Edit period of TOTAL, 2024, CN export"


@pytest.mark.parametrize(
    ("column", "text", "sentence"),
    [
        ("value", "-5", "can't be negative"), ("value", "1e400", "Value:"), ("net_weight_kg", "-1 kg", "negative"),
        ("value", "many", "Value:"), ("period", "202401", "annual, so its period is a year"), ("period", "", "empty"),
        ("frequency", "Monthly", "monthly, so its period is a month"), ("frequency", "weekly", "not in the list"),
        ("code", "", "empty"), ("currency", "dollars", "at most 3"), ("dataset_id", "2", "can't be edited"),
        ("replaced_by", "", "can't be edited"), ("reporter", " ", "empty"),
    ],
)  # fmt: skip
def test_what_a_flow_can_t_hold_is_refused_with_a_sentence(
    flow_store: Store, column: str, text: str, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        edit_flow(flow_store, 1, column, text)
    assert [name for name, _ in refused.value.problems] == [column]


def test_a_second_flow_of_the_same_key_is_refused(flow_store: Store) -> None:
    with pytest.raises(Conflict, match="There is such a flow already: 270900, 2024, AZ import, in “Zebra”"):
        edit_flow(flow_store, 2, "code", "270900")
    # What is history, or of another publisher, stands in nobody's way.
    assert edit_flow(flow_store, 4, "code", "0801").changes
    assert edit_flow(flow_store, 3, "code", "270900").changes


def test_typing_what_is_there_is_no_step(flow_store: Store) -> None:
    assert edit_flow(flow_store, 1, "value", "100").changes == ()
    assert edit_flow(flow_store, 1, "reporter", "Azerbaijan").changes == ()


def test_a_flow_that_is_gone_or_changed_meanwhile_is_a_conflict(flow_store: Store) -> None:
    step = edit_flow(flow_store, 1, "value", "7")
    removal = remove_flows(flow_store, [1, 2])
    flow_store.apply(edit_flow(flow_store, 1, "value", "8"))
    for stale in (step, removal):
        with pytest.raises(Conflict):
            flow_store.apply(stale)
    assert len(all_rows(flow_store.database)) == 4
    for make in (lambda: edit_flow(flow_store, 99, "value", "7"), lambda: remove_flows(flow_store, [1, 99])):
        with pytest.raises(Conflict, match="no longer exist"):
            make()


def test_many_flows_go_in_one_step_and_come_back_in_one(flow_store: Store) -> None:
    fill(flow_store.database, [flow_row(code=f"{number:06}") for number in range(60)])
    before = all_rows(flow_store.database)
    flow_store.apply(remove_flows(flow_store, range(1, 51)))
    assert flow_store.journal.labels()[0][1] == "Remove 50 trade flows"
    assert count(flow_store.database, FlowQuery()) == 10
    flow_store.undo()
    assert all_rows(flow_store.database) == before
    assert list(differences(flow_store.database)) == []
    with pytest.raises(UserError, match="too many to remove at once"):
        remove_flows(flow_store, range(MOST_REMOVED + 1))

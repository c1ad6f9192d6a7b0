"""Undo and redo: apply then undo is identity, in any order of steps, and after a restart."""

import copy
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.store.builders import add, dump, edit, make, party, reopen, without_waiting

WHAT = {
    "meeting": ("title", "status", "held"),
    "agreement": ("title", "status", "signed"),
    "project": ("name", "status", "planned"),
}
DATES = st.sampled_from((None, "2018", "2018-05-22?", "2023-09-01/2023-09-10", "../2024"))
NAMES = st.text("aə İ北'\"%", min_size=1, max_size=8).map(lambda text: " ".join(text.split()) or "x")


class Undoing(RuleBasedStateMachine):
    """Random steps against a plain model: the list of all states that were ever current."""

    records = Bundle("records")

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="azcn-undo-"))
        self.path = self.folder / "a.db"
        database = Database.create(self.path)
        upgrade(database, SCHEMA)
        database.close()
        self.store = without_waiting(reopen(self.path))
        self.states: list[dict[str, Any]] = [dump(self.store)]
        self.model: list[dict[tuple[str, int], dict[str, Value] | None]] = [{}]
        self.at = 0

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def do(self, step: ChangeSet, model: dict[tuple[str, int], dict[str, Value] | None]) -> dict[Any, int]:
        """Carry out a step; what was undone before is forgotten. A step without effect is none."""
        notice = self.store.apply(step)
        if notice.tables:
            del self.states[self.at + 1 :], self.model[self.at + 1 :]
            self.states.append(dump(self.store))
            self.model.append(model)
            self.at += 1
        return dict(notice.new_keys)

    def now(self) -> dict[tuple[str, int], dict[str, Value] | None]:
        return copy.deepcopy(self.model[self.at])

    def is_alive(self, record: tuple[str, int]) -> bool:
        found = self.store.get(*record)
        return found is not None and not found.is_deleted

    @rule(target=records, table=st.sampled_from(sorted(WHAT)), name=NAMES)
    def create(self, table: str, name: str) -> tuple[str, int]:
        title, status, word = WHAT[table]
        step = edits.create(self.store, table, {title: name, status: word})
        model = self.now()
        key = self.do(step, model)[-1]
        model[table, key] = {title: name, status: word}
        return table, key

    @rule(record=records, name=NAMES)
    def rename(self, record: tuple[str, int], name: str) -> None:
        if self.is_alive(record):
            field = WHAT[record[0]][0]
            model = self.now()
            (model[record] or {})[field] = name
            self.do(edits.edit_field(self.store, *record, field, {field: name}), model)

    @rule(record=records, date=DATES)
    def date(self, record: tuple[str, int], date: str | None) -> None:
        if self.is_alive(record) and record[0] == "meeting":
            model = self.now()
            (model[record] or {})["date"] = date
            self.do(edits.edit_field(self.store, *record, "date", {"date": date}), model)

    @rule(record=records)
    def trash_or_restore(self, record: tuple[str, int]) -> None:
        model = self.now()
        found = self.store.get(*record)
        if found is None:
            return
        values = model[record] or {}
        if found.is_deleted:
            del values["in trash"]
            self.do(edits.from_trash(self.store, record[0], [record[1]]), model)
        else:
            values["in trash"] = 1
            self.do(edits.to_trash(self.store, record[0], [record[1]]), model)

    @rule(one=records, other=records)
    def link(self, one: tuple[str, int], other: tuple[str, int]) -> None:
        if self.is_alive(one) and self.is_alive(other) and one != other:
            model = self.now()
            links = (model[one] or {}).get("links") or 0
            assert isinstance(links, int)
            (model[one] or {})["links"] = links + 1
            self.do(edits.add_link(self.store, "related", one, other), model)

    @rule(record=records)
    def cite(self, record: tuple[str, int]) -> None:
        if self.is_alive(record):
            self.do(edits.cite(self.store, *record, {"publisher": "Trend"}, "a quote"), self.now())

    @rule(target=records, record=records)
    def duplicate(self, record: tuple[str, int]) -> tuple[str, int]:
        if not self.is_alive(record):
            return record
        model = self.now()
        key = self.do(edits.duplicate(self.store, *record), model)[-1]
        values = {name: value for name, value in (model[record] or {}).items() if name != "links"}
        title = WHAT[record[0]][0]
        model[record[0], key] = values | {title: f"{values[title]} (copy)"}
        return record[0], key

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self) -> None:
        self.store.undo()
        self.at -= 1

    @precondition(lambda self: self.at + 1 < len(self.states))
    @rule()
    def redo(self) -> None:
        self.store.redo()
        self.at += 1

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = without_waiting(reopen(self.path))

    @invariant()
    def file_is_the_state(self) -> None:
        assert dump(self.store) == self.states[self.at]

    @invariant()
    def records_are_those_of_the_model(self) -> None:
        for (table, key), values in self.model[self.at].items():
            record = self.store.get(table, key)
            assert record is not None
            for name, value in (values or {}).items():
                if name == "in trash":
                    assert record.is_deleted
                elif name == "links":
                    assert (
                        len(self.store.database.all(f"SELECT 1 FROM link WHERE from_{table}_id = ?", (key,))) == value
                    )
                else:
                    assert record.values[name] == value
        for table in WHAT:
            shown = {
                key
                for (of, key), values in self.model[self.at].items()
                if of == table and "in trash" not in (values or {})
            }
            assert set(self.store.keys(Query(table))) == shown

    @invariant()
    def undo_and_redo_are_offered_when_possible(self) -> None:
        assert (self.store.journal.next_undo() is not None) == (self.at > 0)
        assert (self.store.journal.next_redo() is not None) == (self.at + 1 < len(self.states))


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def test_nothing_to_undo_or_redo_is_said(store: Store) -> None:
    with pytest.raises(UserError, match=r"^There is nothing to undo\.$"):
        store.undo()
    make(store, "person", name="x")
    with pytest.raises(UserError, match=r"^There is nothing to redo\.$"):
        store.redo()


def test_undo_gives_back_the_deleted_row_with_its_identity_and_birthday(store: Store) -> None:
    meeting = make(store, "meeting", title="Talks", status="held")
    part = add(store, "participation", meeting_id=meeting, side="AZ", **party("participation", "who", None, None, "x"))
    before = dump(store)
    store.apply(edits.remove_part(store, "participation", part, "Remove participant"))
    assert store.parts("meeting", meeting)["participation"] == []
    store.undo()
    assert dump(store) == before


def test_steps_are_undone_last_first_and_a_new_step_ends_redo(store: Store) -> None:
    key = make(store, "person", name="one")
    edit(store, "person", key, name="two")
    edit(store, "person", key, name="three")
    assert [store.undo().label, store.undo().label] == ["Edit name of two", "Edit name of one"]
    assert [label for _, label, _ in store.journal.labels()] == ["New person one"]
    assert store.redo().label == "Edit name of one"
    edit(store, "person", key, name="four")
    with pytest.raises(UserError, match="nothing to redo"):
        store.redo()
    assert [label for _, label, _ in store.journal.labels()] == [
        "Edit name of two", "Edit name of one", "New person one",
    ]  # fmt: skip


def test_a_step_whose_row_was_changed_behind_its_back_leaves_the_list_and_the_rest_can_be_undone(store: Store) -> None:
    first = make(store, "person", name="first")
    second = make(store, "person", name="second")
    edit(store, "person", first, name="first again")
    edit(store, "person", second, name="second again")
    store.database.execute("UPDATE person SET name = 'from outside' WHERE id = ?", (second,))
    with pytest.raises(Conflict, match=r"“Edit name of second”: Name of this person was changed meanwhile"):
        store.undo()
    assert store.titles("person", [second]) == {second: "from outside"}
    store.undo()
    assert store.titles("person", [first]) == {first: "first"}


def test_the_first_build_is_no_step(store: Store) -> None:
    step = edits.create(store, "person", {"name": "Shipped"})
    store.apply(ChangeSet(step.label, step.changes, "shipped"))
    assert store.journal.next_undo() is None
    assert store.history("person", 1) == []


def test_a_replaced_file_does_not_cost_a_step(store: Store) -> None:
    make(store, "person", name="one")
    away = store.path.with_name("away.db")
    store.path.rename(away)
    with pytest.raises(Conflict, match="removed, renamed or replaced"):
        store.undo()
    away.rename(store.path)
    assert store.undo().label == "New person one"

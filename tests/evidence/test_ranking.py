"""Judging between figures: ordinary edits of one step, with a reason, that can be undone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.evidence.conflicts import conflicts
from azcn_desktop.evidence.figures import read_figures, reread
from azcn_desktop.evidence.ranking import deprecate, make_normal, prefer, set_cause
from azcn_desktop.store import edits
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store


def key_of(store: Store, reference: str) -> int:
    """Return the id of a shipped figure."""
    found = store.find_reference(reference)
    assert found is not None
    return found[1]


def ranks(store: Store, *references: str) -> list[tuple[object, object]]:
    """Return rank and reason of shipped figures."""
    records = [store.get("figure", key_of(store, reference)) for reference in references]
    return [(r.values["rank"], r.values["rank_reason"]) for r in records if r]


def test_preferring_a_figure_makes_the_former_one_normal_in_one_step(filled_store: Store) -> None:
    before = ranks(filled_store, "T023", "T020", "T012")
    notice = filled_store.apply(prefer(filled_store, key_of(filled_store, "T020"), " The ministry's own. "))

    now = ranks(filled_store, "T023", "T020", "T012")
    assert [rank for rank, _ in now] == ["normal", "preferred", "preferred"]
    assert now[1][1] == "The ministry's own."
    assert str(now[0][1]).startswith("Superseded by Turnover 2017")
    assert str(now[0][1]).endswith(": The ministry's own.")
    assert notice.label.startswith("Prefer Goods trade")
    filled_store.undo()
    assert ranks(filled_store, "T023", "T020", "T012") == before


def test_preferring_reads_no_figure_of_another_thing(filled_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    key, read = key_of(filled_store, "T020"), set[int]()
    whole_rows = filled_store.whole_rows

    def watched(table: str, keys: Sequence[int]) -> list[Record]:
        read.update(keys)
        return whole_rows(table, keys)

    monkeypatch.setattr(filled_store, "whole_rows", watched)
    prefer(filled_store, key, "The ministry's own.")

    assert {key, key_of(filled_store, "T023")} <= read
    assert len(read) < 12


def test_preferring_the_preferred_one_keeps_it_and_takes_the_new_reason(filled_store: Store) -> None:
    filled_store.apply(prefer(filled_store, key_of(filled_store, "T023"), "Still."))
    assert ranks(filled_store, "T023") == [("preferred", "Still.")]


def test_deprecating_and_taking_it_back(filled_store: Store) -> None:
    key = key_of(filled_store, "T052")
    filled_store.apply(deprecate(filled_store, key, "No side, no speaker."))
    assert ranks(filled_store, "T052") == [("deprecated", "No side, no speaker.")]
    filled_store.apply(make_normal(filled_store, key))
    assert ranks(filled_store, "T052") == [("normal", None)]


@pytest.mark.parametrize("judge", [prefer, deprecate])
def test_no_judgement_without_a_reason(filled_store: Store, judge: object) -> None:
    with pytest.raises(UserError, match="Write why"):
        judge(filled_store, key_of(filled_store, "T020"), "  ")  # type: ignore[operator]


def test_a_figure_that_is_gone_can_not_be_judged(filled_store: Store) -> None:
    for change in (lambda: prefer(filled_store, 99_999, "x"), lambda: deprecate(filled_store, 99_999, "x")):
        with pytest.raises(Conflict, match="no longer exists"):
            change()


def test_the_cause_that_a_person_sets_wins_and_can_be_undone(filled_store: Store) -> None:
    key = key_of(filled_store, "T052")

    def cause() -> tuple[str, bool]:
        members = [m for d in conflicts(read_figures(filled_store)) for m in d.members if m.key == key]
        return members[0].cause, members[0].is_judged

    assert cause() == ("unknown", False)
    filled_store.apply(set_cause(filled_store, key, "coverage"))
    assert cause() == ("coverage", True)
    filled_store.undo()
    assert cause() == ("unknown", False)


def test_an_unknown_cause_is_refused_with_the_list(filled_store: Store) -> None:
    with pytest.raises(UserError, match="is not in the list"):
        set_cause(filled_store, key_of(filled_store, "T052"), "moon")


def test_reading_a_few_again_gives_what_reading_all_gives(filled_store: Store) -> None:
    before = {f.key: f for f in read_figures(filled_store)}
    key = key_of(filled_store, "T064")
    filled_store.apply(edits.edit_field(filled_store, "figure", key, "growth_pct", {"growth_pct": 44.0}))

    again = reread(filled_store, [key, 99_999], before)

    assert again == [f for f in read_figures(filled_store) if f.key == key]
    assert again[0] != before[key]


def test_what_lies_in_the_trash_is_not_read(filled_store: Store) -> None:
    before = {f.key: f for f in read_figures(filled_store)}
    key = key_of(filled_store, "T064")
    filled_store.apply(edits.to_trash(filled_store, "figure", [key]))
    assert key not in {f.key for f in read_figures(filled_store)}
    assert reread(filled_store, [key], before) == []


def test_a_figure_knows_its_cluster_its_whole_and_the_day_of_its_source(filled_store: Store) -> None:
    figures = {f.key: f for f in read_figures(filled_store)}
    assert figures[key_of(filled_store, "T023")].head == key_of(filled_store, "T019")
    assert figures[key_of(filled_store, "X007")].wholes == (key_of(filled_store, "X005"),)
    assert figures[key_of(filled_store, "T062")].published == "2023-11-30"

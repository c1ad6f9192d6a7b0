"""The timeline of commitments: where lines begin, end and are late, and what its marks lead to."""

import datetime

import pytest

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.specs import CHARTS
from azcn_desktop.charts.timeline import Lane, Timeline
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store

TODAY = datetime.date(2026, 7, 2)
NOW = 2026.5


def draw(store: Store, text: str = "", order: str = "new") -> Timeline:
    """Draw the timeline of a filter."""
    choices = {"view": "timeline", "order": order}
    line = CHARTS["commitment"].draw(store, parse_query(text, SCHEMA["commitment"]), choices, TODAY)
    assert isinstance(line, Timeline)
    return line


def make(store: Store, table: str = "commitment", **values: Value) -> int:
    return store.apply(edits.create(store, table, values)).new_keys[-1]


def commit(store: Store, **values: Value) -> int:
    """Make a commitment of January 2020."""
    return make(store, **({"what": "Open a trade house", "made_on": "2020-01"} | values))


def lane(store: Store) -> Lane:
    (found,) = draw(store).lanes
    return found


def parts(found: Lane) -> list[tuple[str, float, float]]:
    return [(part.stroke, round(part.x, 1), round(part.x_end, 1)) for part in found.parts]


def check(store: Store, key: int, found: str, day: str) -> None:
    store.apply(edits.check(store, "commitment", key, {"status": found, "checked_on": day}, {"publisher": "Trend"}))


def test_an_open_line_runs_on_to_today(store: Store) -> None:
    commit(store)
    assert parts(lane(store)) == [("known", 2020.0, NOW)]


def test_an_open_line_is_overdue_behind_its_due_day(store: Store) -> None:
    commit(store, due="2023")
    found = lane(store)
    assert parts(found) == [("known", 2020.0, 2024.0), ("overdue", 2024.0, NOW)]
    assert found.is_overdue
    assert found.cells[-1] == "Overdue for 2.5 years"


def test_what_is_due_later_goes_on_as_what_lies_ahead(store: Store) -> None:
    commit(store, due="2030-06")
    assert parts(lane(store)) == [("known", 2020.0, NOW), ("ahead", NOW, 2030.5)]
    assert draw(store).last == 2031


def test_a_line_ends_with_what_fulfilled_it_and_leads_there(store: Store) -> None:
    key = commit(store, status="kept", due="2022-06")
    agreement = make(store, "agreement", title="Trade house act", signed_on="2023-07-02")
    store.apply(edits.add_link(store, "fulfilled_by", ("commitment", key), ("agreement", agreement)))
    found = lane(store)
    assert parts(found) == [("known", 2020.0, 2022.5), ("overdue", 2022.5, 2023.5)]
    outcome = found.marks[-1]
    assert (outcome.sign, outcome.table, outcome.key) == ("outcome", "agreement", agreement)
    assert outcome.words[:2] == ("Fulfilled by: Trade house act", "2 July 2023")


def test_checks_stand_on_the_line_and_a_settled_line_ends_with_the_last(store: Store) -> None:
    key = commit(store)
    check(store, key, "in_progress", "2021-07-02")
    check(store, key, "kept", "2022-07-02")
    found = lane(store)
    assert [(mark.sign, mark.tone, round(mark.at, 1)) for mark in found.marks] == [
        ("promise", "", 2020.0), ("check", "in_progress", 2021.5), ("check", "kept", 2022.5)
    ]  # fmt: skip
    assert parts(found) == [("known", 2020.0, 2022.5)]
    assert found.cells[5] == "2 July 2022: Kept"


def test_a_settled_line_without_a_day_of_its_outcome_claims_none(store: Store) -> None:
    commit(store, status="kept")
    assert parts(lane(store)) == []


def test_a_due_day_comes_from_the_meeting_it_is_tied_to_and_leads_to_it(store: Store) -> None:
    meeting = make(store, "meeting", title="State visit", date="2025-04-22", status="held")
    key = commit(store, due_meeting_id=meeting)
    found = lane(store)
    due = next(mark for mark in found.marks if mark.sign == "due")
    assert (due.table, due.key, due.words[1]) == ("meeting", meeting, "Due at: State visit")
    assert [part.stroke for part in found.parts] == ["known", "overdue"]
    store.apply(edits.edit_field(store, "meeting", meeting, "status", {"status": "postponed"}))
    assert [mark.sign for mark in lane(store).marks] == ["promise"]
    store.apply(edits.edit_field(store, "commitment", key, "due", {"due": "2028"}))
    assert [part.stroke for part in lane(store).parts] == ["known", "ahead"]


@pytest.mark.parametrize(("word", "sign"), [("plan", "promise"), ("wish", "soft"), ("proposal", "speech")])
def test_a_statement_bears_the_sign_of_its_sort(store: Store, word: str, sign: str) -> None:
    commit(store, statement_class=word)
    assert lane(store).marks[0].sign == sign
    assert sign in dict(draw(store).signs)


def test_a_date_known_to_the_year_is_as_wide_as_the_year(store: Store) -> None:
    commit(store, made_on="2019")
    mark = lane(store).marks[0]
    assert (mark.x, mark.x_end, mark.at) == (2019.0, 2020.0, 2019.5)


def test_lines_stand_newest_first_or_by_their_due_day(store: Store) -> None:
    commit(store, what="old, due late", made_on="2018", due="2030")
    commit(store, what="new, due never", made_on="2022")
    commit(store, what="middle, due soon", made_on="2020", due="2023")
    assert [each.title[:3] for each in draw(store).lanes] == ["new", "mid", "old"]
    assert [each.title[:3] for each in draw(store, order="due").lanes] == ["mid", "old", "new"]


def test_what_has_no_date_is_told_and_not_drawn(store: Store) -> None:
    commit(store)
    commit(store, made_on=None)
    line = draw(store)
    assert len(line.lanes) == 1
    assert line.remarks == ("1 without a date of the statement not shown",)


def test_every_shipped_commitment_is_on_a_line_or_in_the_words(filled_store: Store) -> None:
    line = draw(filled_store)
    told = sum(int(remark.split()[0]) for remark in line.remarks)
    assert len(line.lanes) + told == filled_store.count(Query("commitment"))
    assert {each.key for each in line.lanes} <= set(filled_store.keys(Query("commitment")))
    for each in line.lanes:
        assert all(line.first <= x <= line.last for mark in each.marks for x in (mark.x, mark.x_end))
        assert all(part.x <= part.x_end for part in each.parts)


def test_it_follows_the_filter(filled_store: Store) -> None:
    line = draw(filled_store, "status:kept")
    assert {each.status for each in line.lanes} == {"kept"}


def test_what_is_overdue_on_a_line_is_what_the_filter_calls_overdue(filled_store: Store) -> None:
    filled_store.today = lambda: TODAY
    filled_store._translator.today = lambda: TODAY
    wanted = filled_store.keys(parse_query("is:overdue", SCHEMA["commitment"]))
    drawn = {
        each.key for each in draw(filled_store).lanes if each.is_overdue and each.status in ("open", "in_progress")
    }
    assert drawn == set(wanted)


def test_the_table_has_a_row_for_each_line(store: Store) -> None:
    key = commit(store, due="2023")
    table = draw(store).as_table()
    assert table.keys == ((key,),)
    assert dict(zip(table.headers, table.rows[0], strict=True)) == {
        "Commitment": "Open a trade house", "Class": "Plan", "Status": "Open", "Stated": "January 2020", "Due": "2023",
        "Last check": "", "Outcome": "", "Line": "Overdue for 2.5 years",
    }  # fmt: skip


def test_the_chart_by_age_offers_the_timeline(store: Store) -> None:
    commit(store)
    chart = CHARTS["commitment"].draw(store, Query("commitment"), {}, TODAY)
    assert isinstance(chart, Chart)
    assert chart.switches[0].options == (("age", "By age"), ("timeline", "Timeline"))
    assert [switch.name for switch in draw(store).switches] == ["view", "order"]


@pytest.mark.parametrize(
    ("table", "column"),
    [("commitment", "due"), ("commitment_check", "checked_on"), ("meeting", "date"), ("agreement", "signed_on")],
)
def test_it_follows_edits_of_all_that_it_draws(table: str, column: str) -> None:
    notice = ChangeNotice({table: frozenset({1})}, frozenset({column}))
    assert CHARTS["commitment"].is_stale_after(notice, Query("commitment"))


def test_an_empty_filter_gives_an_empty_line(store: Store) -> None:
    assert draw(store).is_empty
    assert draw(store).as_table().rows == ()

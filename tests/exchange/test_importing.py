"""Imports: what a file would change, what it does change, and why a row is refused."""

from collections.abc import Sequence

import pytest

from azcn_desktop.errors import Cancelled, Conflict, UserError
from azcn_desktop.exchange.cells import join_names, split_names
from azcn_desktop.exchange.import_preview import preview
from azcn_desktop.exchange.importing import ImportPlan, plan_import, to_change_set
from azcn_desktop.exchange.tabular import TextRow, TextTable
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from azcn_desktop.store.uids import new_uid


def table(header: str, *rows: Sequence[str]) -> TextTable:
    """Return a table as it would be read, the header on line 1."""
    return TextTable(tuple(header.split(",")), tuple(TextRow(n, tuple(row)) for n, row in enumerate(rows, 2)))


def plan(store: Store, record_type: str, header: str, *rows: Sequence[str]) -> ImportPlan:
    return plan_import(store, table(header, *rows), SCHEMA[record_type], Progress())


def counts(found: ImportPlan) -> tuple[int, int, int, int]:
    return len(found.new), len(found.changed), found.same, found.refused_rows


def make(store: Store, record_type: str, **values: str | int | float) -> tuple[int, str]:
    key = store.apply(edits.create(store, record_type, values)).new_keys[-1]
    return key, store.uids(record_type, [key])[key]


def test_a_row_without_identity_becomes_a_record_with_the_defaults(store: Store) -> None:
    found = plan(store, "meeting", "title,date", ("Talks", "22 May 2018"))
    assert counts(found) == (1, 0, 0, 0)
    notice = store.apply(to_change_set(found, "t.csv"))
    record = store.get("meeting", next(iter(notice.tables["meeting"] or ())))
    assert record is not None
    assert (record.values["title"], record.values["date"], record.values["status"]) == (
        "Talks",
        "2018-05-22",
        "planned",
    )


def test_importing_the_same_file_twice_is_the_same_as_once(store: Store) -> None:
    rows = [("Talks", "2018-05", "A | B"), ("Talks", "2018-05", "A | B"), ("Visit", "", "")]
    store.apply(to_change_set(plan(store, "meeting", "title,date,participants_az", *rows), "t.csv"))
    assert store.count(Query("meeting")) == 3
    again = plan(store, "meeting", "title,date,participants_az", *rows)
    assert counts(again) == (0, 0, 3, 0)
    assert counts(plan(store, "meeting", "title,date,participants_az", *rows, rows[0])) == (1, 0, 3, 0)


def test_only_the_cells_that_differ_are_changed(store: Store) -> None:
    key, uid = make(store, "meeting", title="Talks", date="2018-05-22?", status="held", city="Bakı")
    found = plan(store, "meeting", "uid,title,date,city", (uid, "Talks", "2018-05-22?", "Beijing"))
    (row,) = found.changed
    assert [(c.key, c.before, c.after) for c in row.changes] == [(key, {"city": "Bakı"}, {"city": "Beijing"})]


def test_columns_may_be_called_by_label_or_alias_with_a_unit_and_others_are_named_as_not_read(store: Store) -> None:
    found = plan(store, "figure", "metric,Growth [%],growth_multiple [times],colour", ("m", "20.7", "2.3", "red"))
    values = found.new[0].changes[0].after or {}
    assert (values["measure"], values["growth_pct"], values["growth_multiple"]) == ("m", 20.7, 2.3)
    assert found.ignored == ("colour",)


@pytest.mark.parametrize(
    ("header", "sentence"), [("title,Name", "Several columns of the file mean title"), ("x,y", "No column of the file")]
)
def test_a_header_that_cannot_be_understood_is_refused(store: Store, header: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        plan(store, "meeting", header, ("a", "b"))


@pytest.mark.parametrize(
    ("header", "row", "column", "reason"),
    [
        ("title,status", ("Talks", "hold"), "status", "not in the list"),
        ("title,date", ("Talks", "31 February 2020"), "date", "not a day of the calendar"),
        ("title,ordinal", ("Talks", "ten"), "ordinal", "not a whole number"),
        ("title,ordinal", ("Talks", "0"), "ordinal", "between 1 and"),
        ("title,country", ("Talks", "Atlantis"), "country", "not a country"),
        ("title,city", ("", "Bakı"), "title", "can't be empty"),
        ("title,city", ("Talks",), "", "This row has 1 cells; the header has 2"),
        ("title,city", ("Talks", "Bakı", "more"), "", "This row has 3 cells"),
        ("uid,title", ("abc", "Talks"), "uid", "no identity"),
    ],
)
def test_a_bad_row_is_refused_with_line_column_and_reason(
    store: Store, header: str, row: Sequence[str], column: str, reason: str
) -> None:
    found = plan(store, "meeting", header, row)
    (refusal,) = found.refused
    assert (refusal.line, refusal.column) == (2, column)
    assert reason in refusal.reason
    assert found.is_empty


def test_every_fault_of_a_row_is_told(store: Store) -> None:
    found = plan(store, "meeting", "title,status,date", ("Talks", "x", "y"))
    assert [refusal.column for refusal in found.refused] == ["date", "status"]
    assert found.refused_rows == 1


def test_more_empty_cells_than_the_header_has_do_no_harm(store: Store) -> None:
    assert counts(plan(store, "meeting", "title", ("Talks", "", " "))) == (1, 0, 0, 0)


def test_an_identity_of_another_kind_twice_or_in_the_trash_is_refused(store: Store) -> None:
    _, person = make(store, "person", name="A")
    key, meeting = make(store, "meeting", title="Talks", status="held")
    found = plan(store, "meeting", "uid,title", (person, "x"), (meeting, "y"), (meeting, "z"))
    assert counts(found) == (0, 1, 0, 2)
    assert "another kind (person)" in found.refused[0].reason
    assert "Line 3 has the same identity" in found.refused[1].reason
    store.apply(edits.to_trash(store, "meeting", [key]))
    assert "trash" in plan(store, "meeting", "uid,title", (meeting, "y")).refused[0].reason


def test_an_identity_that_is_not_there_is_kept_by_the_new_record(store: Store) -> None:
    uid = new_uid()
    store.apply(to_change_set(plan(store, "person", "uid,name", (uid, "A")), "t.csv"))
    assert store.find_uid(uid) is not None


def test_statistics_in_bulk_are_not_imported(store: Store) -> None:
    with pytest.raises(UserError, match="statistics"):
        plan(store, "trade_flow", "period", ("2024",))


# -- amounts


def test_an_amount_in_words_fills_its_hedge_and_unit_and_a_filled_column_wins(store: Store) -> None:
    found = plan(store, "agreement", "title,value,currency", ("A", "nearly $942 million", ""), ("B", "5 mln", "EUR"))
    first, second = ((row.changes[0].after or {}) for row in found.new)
    assert (first["value"], first["value_bound"], first["currency"]) == (942_000_000.0, "nearly", "USD")
    assert (second["value"], second["currency"]) == (5_000_000.0, "EUR")


def test_a_bare_number_leaves_hedge_and_unit_alone(store: Store) -> None:
    _, uid = make(store, "agreement", title="A", value=1e6, value_bound="nearly", currency="USD")
    found = plan(store, "agreement", "uid,value", (uid, "2000000"))
    assert [c.after for c in found.changed[0].changes] == [{"value": 2_000_000.0}]
    assert counts(plan(store, "agreement", "uid,value", (uid, "1000000.0"))) == (0, 0, 1, 0)


def growth_of(row: dict[str, object]) -> tuple[object, object, object]:
    return row["growth_pct"], row["growth_multiple"], row["growth_bound"]


def test_a_growth_in_words_goes_to_the_column_of_its_form(store: Store) -> None:
    header = "measure,topic,growth_pct,growth_multiple"
    rows = (
        ("A", "trade", "more than 21 percent", ""),
        ("B", "trade", "в 2,3 раза", ""),
        ("C", "trade", "2.5", "2 times"),
    )
    first, second, third = ((row.changes[0].after or {}) for row in plan(store, "figure", header, *rows).new)
    assert growth_of(first) == (21.0, None, "more_than")
    assert growth_of(second) == (None, 2.3, None)
    assert growth_of(third) == (2.5, 2.0, None)


def test_a_growth_that_is_none_is_refused_in_words(store: Store) -> None:
    found = plan(store, "figure", "measure,topic,growth_pct", ("A", "trade", "5 percentage points"))
    assert "percentage points" in str(found.refused)


def test_a_period_fills_its_months_only_where_the_file_has_no_columns_for_them(store: Store) -> None:
    silent = plan(store, "figure", "measure,topic,period", ("A", "trade", "2023年1-7月"))
    row = silent.new[0].changes[0].after or {}
    assert (row["period"], row["period_start"], row["period_end"]) == ("2023年1-7月", "2023-01", "2023-07")
    assert row["period_kind"] == "months"
    telling = plan(
        store,
        "figure",
        "measure,topic,period,period_start,period_end,period_kind",
        ("A", "trade", "2023", "", "", "as_of"),
    )
    row = telling.new[0].changes[0].after or {}
    assert (row["period_start"], row["period_end"], row["period_kind"]) == (None, None, "as_of")


def test_a_changed_period_moves_its_months_where_the_file_is_silent(store: Store) -> None:
    _, uid = make(
        store, "figure", measure="A", topic="trade", period="2023", period_start="2023-01", period_end="2023-12"
    )
    found = plan(store, "figure", "uid,period", (uid, "Q1 2024"))
    after = found.changed[0].changes[0].after or {}
    assert (after["period"], after["period_start"], after["period_end"]) == ("Q1 2024", "2024-01", "2024-03")
    assert counts(plan(store, "figure", "uid,period", (uid, "2023"))) == (0, 0, 1, 0)


# -- links


def test_a_link_is_found_by_title_whatever_its_letters_or_by_identity(store: Store) -> None:
    parent, uid = make(store, "organisation", name="SOCAR Şirkəti")
    by_name = plan(store, "organisation", "name,parent_id", ("Unit", "socar sirketi"))
    by_uid = plan(store, "organisation", "name,parent_id,parent_id_uid", ("Unit", "whatever", uid))
    for found in (by_name, by_uid):
        assert (found.new[0].changes[0].after or {})["parent_id"] == parent


def test_a_link_to_nothing_or_to_namesakes_is_refused(store: Store) -> None:
    for _ in range(2):
        make(store, "organisation", name="Twin")
    found = plan(store, "organisation", "name,parent_id", ("Unit", "twin"), ("Unit", "nobody"))
    assert "2 records are called" in found.refused[0].reason
    assert "No organisation is called" in found.refused[1].reason


def test_a_party_becomes_a_record_when_one_is_meant_and_printed_words_otherwise(store: Store) -> None:
    key, _ = make(store, "person", name="Şahin Mustafayev")
    for _ in range(2):
        make(store, "person", name="Wang Yi")
    rows = [("a", "sahin mustafayev"), ("b", "Wang Yi"), ("c", "An unnamed expert")]
    found = plan(store, "commitment", "what,by", *rows)
    values = [row.changes[0].after or {} for row in found.new]
    assert [(v["by_person_id"], v["by_text"]) for v in values] == [
        (key, None), (None, "Wang Yi"), (None, "An unnamed expert"),
    ]  # fmt: skip


def test_participants_are_added_and_removed_and_the_others_stay(store: Store) -> None:
    person, uid = make(store, "person", name="Şahin Mustafayev")
    header = "title,status,participants_az,participants_az_uid"
    made = plan(store, "meeting", header, ("Talks", "held", "Şahin Mustafayev | Officials", f"{uid} | "))
    store.apply(to_change_set(made, "t.csv"))
    (key,) = store.keys(Query("meeting"))
    meeting = store.uids("meeting", [key])[key]
    before = {part.key for part in store.parts("meeting", key)["participation"]}
    found = plan(store, "meeting", "uid,participants_az", (meeting, "Şahin Mustafayev | Experts"))
    store.apply(to_change_set(found, "t.csv"))
    parts = store.parts("meeting", key)["participation"]
    assert [(p.values["person_id"], p.values["printed"]) for p in parts] == [(person, None), (None, "Experts")]
    assert len(before & {part.key for part in parts}) == 1
    store.undo()
    assert {part.key for part in store.parts("meeting", key)["participation"]} == before


@pytest.mark.parametrize("names", ["Somebody else", ""])
def test_a_name_changed_beside_its_old_identity_is_refused(store: Store, names: str) -> None:
    _, uid = make(store, "person", name="A")
    header = "title,status,participants_az,participants_az_uid"
    store.apply(to_change_set(plan(store, "meeting", header, ("Talks", "held", "A", uid)), "t.csv"))
    meeting = next(iter(store.uids("meeting", store.keys(Query("meeting"))).values()))
    found = plan(store, "meeting", "uid,participants_az,participants_az_uid", (meeting, names, uid))
    assert "identity beside it still means the old record" in found.refused[0].reason


def test_records_of_one_file_may_refer_to_each_other_in_any_order_and_in_a_ring(store: Store) -> None:
    one, two, three = new_uid(), new_uid(), new_uid()
    rows = [(one, "One", two), (two, "Two", three), (three, "Three", one)]
    store.apply(to_change_set(plan(store, "organisation", "uid,name,parent_id_uid", *rows), "t.csv"))
    keys = store.keys(Query("organisation"))
    assert {r.title: r.show("parent_id") for r in store.rows("organisation", keys)} == {
        "One": "Two", "Two": "Three", "Three": "One",
    }  # fmt: skip
    assert plan(store, "organisation", "uid,name,parent_id_uid", *rows).is_empty
    store.undo()
    assert store.count(Query("organisation")) == 0


def test_a_row_that_refers_to_a_refused_row_is_refused_too(store: Store) -> None:
    one, two = new_uid(), new_uid()
    rows = [(one, "One", two, "AZ"), (two, "Two", "", "Atlantis"), (new_uid(), "Three", one, "AZ")]
    found = plan(store, "organisation", "uid,name,parent_id_uid,country", *rows)
    assert counts(found) == (0, 0, 0, 3)


# -- writing


def test_an_import_is_one_undo_step_with_its_file_in_the_name(store: Store) -> None:
    store.apply(to_change_set(plan(store, "person", "name", *[(f"P{n}",) for n in range(50)]), "people.csv"))
    assert store.count(Query("person")) == 50
    found = store.journal.next_undo()
    assert found is not None
    assert found[1] == "Import people.csv: 50 new, 0 changed people"
    store.undo()
    assert store.count(Query("person")) == 0


def test_a_record_changed_between_plan_and_import_is_a_conflict_and_nothing_is_written(store: Store) -> None:
    key, uid = make(store, "meeting", title="Talks", status="held", city="Bakı")
    found = plan(store, "meeting", "uid,title,city", (uid, "Talks", "Beijing"), ("", "New one", ""))
    store.apply(edits.edit_field(store, "meeting", key, "city", {"city": "Gəncə"}))
    with pytest.raises(Conflict):
        store.apply(to_change_set(found, "t.csv"))
    assert store.count(Query("meeting")) == 1


@pytest.mark.parametrize("nth", [0, 1, 17, 39])
def test_one_bad_row_anywhere_leaves_the_good_ones_to_be_chosen(store: Store, nth: int) -> None:
    rows = [(f"P{n}", "Atlantis" if n == nth else "AZ") for n in range(40)]
    found = plan(store, "person", "name,country", *rows)
    assert counts(found) == (39, 0, 0, 1)
    assert found.refused[0].line == nth + 2
    assert store.count(Query("person")) == 0


def test_planning_can_be_cancelled(store: Store) -> None:
    with pytest.raises(Cancelled):
        plan_import(store, table("name", ("A",)), SCHEMA["person"], Progress(is_cancelled=lambda: True))


def test_the_preview_says_what_would_happen(store: Store) -> None:
    _, uid = make(store, "meeting", title="Talks", status="planned")
    header = "uid,title,status,participants_az"
    found = plan(store, "meeting", header, (uid, "Talks", "held", "Experts"), ("", "New", "held", ""), ("", "", "", ""))
    rows = [(row.line, row.what, row.record, row.details) for row in preview(store, found, 10)]
    assert rows == [
        (4, "refused", "title", "This can't be empty."),
        (2, "changed", "Talks", "Status: Planned → Held; add participant Experts"),
        (3, "new", "New", ""),
    ]
    assert len(preview(store, found, 2)) == 2


@pytest.mark.parametrize(
    "names", [[], ["a"], ["a", "b"], ["a|b", "c\\"], ["\\|", "|"], ["", "x"], ["x", "", ""], ["a \\| b"]]
)
def test_joined_names_come_apart_again(names: list[str]) -> None:
    assert split_names(join_names(names)) == names


def test_names_may_be_joined_without_blanks() -> None:
    assert split_names("a|b |c") == ["a", "b", "c"]

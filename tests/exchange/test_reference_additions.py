"""What the small files add to the reference tables: homes, copies, due meetings, checks, causes and dossiers."""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.reference import build_reference, plan_reference
from azcn_desktop.exchange.reference_additions import Additions
from azcn_desktop.exchange.reference_files import ReferenceFiles
from azcn_desktop.exchange.reference_rows import address_language
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.dates import date_bounds
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store
from tests.exchange.shipped_record import record

ADDED = Additions.read(shipped_data())
SMALL_FILES = ("publishers", "copies", "due_meetings", "checks", "conflict_causes", "dossiers")
WHEN = {
    "meeting": ("date", "date_end"),
    "agreement": ("signed_on", "in_force_on"),
    "project": ("status_as_of",),
    "figure": ("as_of", "period_start", "period_end"),
    "commitment": ("made_on",),
}
S3 = (
    "https://menafn.com/1108021545/Development-Of-Relations-With-China-One-Of-Priorities-For-Azerbaijan-Says-"
    "Presidents-Assistant"
)


@pytest.fixture(scope="module")
def shipped_store(reference_db: Path) -> Iterator[Store]:
    """Open the shipped file for reading; one for all tests that change nothing."""
    opened = Store(Database.open(reference_db, read_only=True))
    yield opened
    opened.close()


def sources(store: Store) -> dict[str, Record]:
    """Return every source by its address."""
    return {str(row.values["url"]): row for row in store.rows("source", store.keys(Query("source")))}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a small file as they lie there."""
    with shipped_data(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def days(item: Record) -> tuple[str, str] | None:
    """Return the first and the last day that the date of a record may mean; None where it has no date."""
    given = [date_bounds(str(item.values[f])) for f in WHEN[item.table] if item.values.get(f)]
    if item.table == "agreement" and given:
        given = given[:1]  # signed, else in force: a thread stands by the signature
    return (min(first for first, _ in given), max(last for _, last in given)) if given else None


# -- publishers


def test_every_publisher_of_a_source_has_its_row_and_no_row_is_left_over(shipped_store: Store) -> None:
    printed = {str(source.values["publisher"]) for source in sources(shipped_store).values()}
    assert printed == set(ADDED.homes)
    assert len(rows("publishers")) == len(printed)


def test_every_home_says_why_and_is_a_country(shipped_store: Store) -> None:
    assert [row["publisher"] for row in rows("publishers") if not row["basis"]] == []
    for source in sources(shipped_store).values():
        home = ADDED.homes[str(source.values["publisher"])]
        assert source.show("country") == home.country


@pytest.mark.parametrize(
    ("publisher", "country"),
    [
        ("Trend News Agency", "AZ"),
        ("Ministry of Economy of Azerbaijan", "AZ"),
        ("ADA University (Azerbaijan in the World)", "AZ"),
        ("MENAFN (Trend)", "AZ"),
        ("Global Times", "CN"),
        ("SASAC", "CN"),
        ("EIN Presswire (MFA of China)", "CN"),
        ("Dialoq.info (Xinhua)", "CN"),
        ("Qazinform", "KZ"),
        ("Wikipedia", None),
        ("MENAFN", None),
    ],
)
def test_a_source_has_the_country_of_whose_text_it_is(
    shipped_store: Store, publisher: str, country: str | None
) -> None:
    found = {s.values["country"] for s in sources(shipped_store).values() if s.values["publisher"] == publisher}
    assert found == {country}


def test_both_sides_are_heard_but_not_every_source_has_a_side(shipped_store: Store) -> None:
    countries = dict(shipped_store.facet(Query("source"), "country"))
    assert countries["AZ"] > 150
    assert countries["CN"] > 15
    assert 0 < sum(source.values["country"] is None for source in sources(shipped_store).values()) < 40


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("https://en.trend.az/azerbaijan/politics/4031771.html", "en"),
        ("https://report.az/ru/biznes/x", "ru"),
        ("https://azertag.az/fr/xeber/france-1515471", "fr"),
        ("https://scyiluchangtong.com/EN/000000160001/15510.html", "en"),
        ("https://www.trend.az/business/4088982.html", None),
        ("https://azertag.az/xeber/ru-azen", None),
    ],
)
def test_language_is_read_off_an_address_only_where_it_stands_alone(address: str, language: str | None) -> None:
    assert address_language(address) == language


def test_language_comes_from_the_script_the_address_or_the_publisher(shipped_store: Store) -> None:
    known = {url: source.values["language"] for url, source in sources(shipped_store).items()}
    assert known["https://www.imsilkroad.com/news/p/542936.html"] == "zh"
    assert known["https://www.azernews.az/business/217882.html"] == "en"
    assert known["https://www.agcnews.eu/azerbaijan-cina-economia/"] == "it"
    assert known["https://github.com/pachadotdev/gravity"] is None


# -- copies


def test_a_copy_names_a_source_that_is_no_copy_itself(shipped_store: Store) -> None:
    by_address = sources(shipped_store)
    assert ADDED.origins
    for copy, origin in ADDED.origins.items():
        assert by_address[copy].values["origin_source_id"] == by_address[origin].key
        assert by_address[origin].values["origin_source_id"] is None
    copies = [s for s in by_address.values() if s.values["origin_source_id"] is not None]
    assert len(copies) == len(ADDED.origins)


def test_the_interview_of_global_times_and_its_copy_count_once(shipped_store: Store) -> None:
    interview = record(shipped_store, "M110")
    cited = {citation.url for citation in shipped_store.citations("meeting", interview.key)}
    assert cited == {S3, "https://www.globaltimes.cn/page/202403/1309477.shtml"}
    assert interview.values["independent_sources"] == 1
    assert interview.values["confirmed_by"] == "CN"


def test_sources_keep_their_numbers_although_origins_are_written_first(shipped_store: Store) -> None:
    addresses = list(
        dict.fromkeys(row["source_url"] for table in ReferenceFiles.read(shipped_data()).rows.values() for row in table)
    )
    assert [record(shipped_store, f"S/{n}").values["url"] for n in range(1, len(addresses) + 1)] == addresses


# -- commitments


def test_every_due_meeting_exists_and_every_words_of_a_meeting_have_one(shipped_store: Store) -> None:
    for commitment, meeting in ADDED.due_meetings.items():
        held = record(shipped_store, meeting)
        assert (held.table, record(shipped_store, commitment).values["due_meeting_id"]) == ("meeting", held.key)
    tied = [
        row["id"]
        for row in ReferenceFiles.read(shipped_data()).rows["commitments"]
        if row["due_text"].startswith(("during the", "at the"))
    ]
    assert tied == list(ADDED.due_meetings)


def test_a_dated_check_has_a_source_and_is_not_older_than_the_promise(shipped_store: Store) -> None:
    undated = []
    for key in shipped_store.keys(Query("commitment")):
        commitment = shipped_store.get("commitment", key)
        assert commitment is not None
        for check in shipped_store.parts("commitment", key)["commitment_check"]:
            if check.values["checked_on"] is None:
                undated.append(str(check.values["finding"] or ""))
                continue
            assert shipped_store.citations("commitment_check", check.key)
            last_day = date_bounds(str(check.values["checked_on"]))[1]
            assert date_bounds(str(commitment.values["made_on"]))[0] <= last_day
    assert sorted(undated) == ["", "", "", "160 buses in service by November 2024", "under construction"]


def test_a_check_of_two_reports_cites_both(shipped_store: Store) -> None:
    trains = record(shipped_store, "C023")
    [check] = shipped_store.parts("commitment", trains.key)["commitment_check"]
    assert check.values["checked_on"] == "2025-07-09"
    assert len(shipped_store.citations("commitment_check", check.key)) == 2


def test_a_report_known_only_by_its_address_has_the_day_of_the_check(shipped_store: Store) -> None:
    by_address = sources(shipped_store)
    for commitment in ("C003", "C005"):
        [check] = shipped_store.parts("commitment", record(shipped_store, commitment).key)["commitment_check"]
        [citation] = shipped_store.citations("commitment_check", check.key)
        assert by_address[str(citation.url)].values["published"] == check.values["checked_on"]


# -- causes


def test_a_cause_stands_on_a_figure_that_is_not_drawn(shipped_store: Store) -> None:
    for figure, cause in ADDED.causes.items():
        values = record(shipped_store, figure).values
        assert values["conflict_cause"] == cause.replace(" ", "_")
        is_other_side = figure == "T013"  # each side has its own preferred figure; the two differ
        assert values["rank"] != "preferred" or is_other_side, figure
    judged = sum(n for word, n in shipped_store.facet(Query("figure"), "conflict_cause") if word)
    assert judged == len(ADDED.causes)


@pytest.mark.parametrize(
    ("word", "cause"), [("wrong year", "wrong year"), ("misprint", "misprint"), ("wrong period", "period")]
)
def test_a_cause_that_the_reason_for_the_rank_names_is_set(word: str, cause: str) -> None:
    tables = ReferenceFiles.read(shipped_data()).rows
    named = [
        row["id"]
        for name in ("trade_figures", "investment_figures", "transit_tourism_figures")
        for row in tables[name]
        if word in row["rank_reason"].lower() and row["rank"] != "preferred"
    ]
    assert named
    assert {name: ADDED.causes.get(name) for name in named} == dict.fromkeys(named, cause)


# -- dossiers


def test_at_least_six_dossiers_have_three_items_or_more(shipped_store: Store) -> None:
    assert shipped_store.count(Query("dossier")) == len(ADDED.threads) >= 6
    for thread in ADDED.threads:
        dossier = record(shipped_store, thread.reference)
        items = shipped_store.parts("dossier", dossier.key)["dossier_item"]
        assert dossier.title == thread.title
        assert len(items) == len(thread.steps) >= 3
        assert sorted(int(str(item.values["position"])) for item in items) == list(range(1, len(items) + 1))
        assert all(item.values["note"] for item in items)


@pytest.mark.parametrize("thread", ADDED.threads, ids=lambda thread: thread.reference)
def test_items_of_a_dossier_are_real_distinct_and_in_the_order_of_their_dates(
    shipped_store: Store, thread: object
) -> None:
    steps = next(known.steps for known in ADDED.threads if known is thread)
    items = [record(shipped_store, reference) for reference, _ in steps]
    assert len({(item.table, item.key) for item in items}) == len(items)
    dated = [(reference, span) for (reference, _), item in zip(steps, items, strict=True) if (span := days(item))]
    assert len(dated) >= len(steps) - 1
    late = [
        (before, after)
        for n, (before, (first, _)) in enumerate(dated)
        for after, (_, last) in dated[n + 1 :]
        if first > last
    ]
    assert late == []


def test_the_thread_of_the_electric_buses_runs_from_wish_to_outcome() -> None:
    [buses] = [thread for thread in ADDED.threads if thread.reference == "D01"]
    wanted = ["C013", "C012", "A026", "C005", "C022"]  # wish, proposal, framework, announcement, outcome
    assert [reference for reference, _ in buses.steps if reference in wanted] == wanted


def test_titles_and_notes_of_dossiers_hold_no_ids_of_rows() -> None:
    words = [text for thread in ADDED.threads for text in (thread.title, *(note for _, note in thread.steps))]
    ids = {row["id"] for table in ReferenceFiles.read(shipped_data()).rows.values() for row in table}
    assert [text for text in words if ids & set(text.replace(",", " ").replace(":", " ").split())] == []


def test_a_changed_dossier_and_a_changed_source_are_set_back(filled_store: Store) -> None:
    dossier, source = record(filled_store, "D01"), record(filled_store, "S/1")
    first = filled_store.parts("dossier", dossier.key)["dossier_item"][0]
    filled_store.apply(edits.edit_field(filled_store, "dossier", dossier.key, "title", {"title": "Buses"}))
    filled_store.apply(edits.remove_part(filled_store, "dossier_item", first.key, "Remove the first"))
    filled_store.apply(edits.edit_field(filled_store, "source", source.key, "country", {"country": "CN"}))

    filled_store.apply(edits.set_back(filled_store, "dossier", dossier.key))
    filled_store.apply(edits.set_back(filled_store, "source", source.key))

    assert record(filled_store, "D01").title == dossier.title
    items = filled_store.parts("dossier", dossier.key)["dossier_item"]
    assert len(items) == len(ADDED.threads[0].steps)
    assert record(filled_store, "S/1").values["country"] == source.values["country"]


# -- files


@pytest.mark.parametrize("name", SMALL_FILES)
def test_a_small_file_is_clean_and_a_missing_one_is_named(tmp_path: Path, name: str) -> None:
    raw = shipped_data(f"{name}.csv").read_bytes()
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    cells = [cell for row in rows(name) for cell in row.values()]
    assert [cell for cell in cells if cell != cell.strip() or cell[:1] in tuple("=+-@")] == []
    assert len({tuple(row.values()) for row in rows(name)}) == len(rows(name))

    shutil.copytree(shipped_data(), tmp_path / "tables")
    (tmp_path / "tables" / f"{name}.csv").unlink()
    with pytest.raises(UserError, match=rf"{name}\.csv"):
        plan_reference(tmp_path / "tables", SCHEMA)


def test_the_first_build_takes_less_than_three_seconds(tmp_path: Path) -> None:
    start = time.process_time()
    build_reference(tmp_path / "new.azcn")
    assert time.process_time() - start < 3.0

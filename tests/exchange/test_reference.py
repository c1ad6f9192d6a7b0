"""The first build: what the reference tables become."""

from __future__ import annotations

import pytest

from azcn_desktop.exchange.reference_files import ReferenceFiles
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.exchange.shipped_record import record

RECORDS = ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation")


def related(store: Store, reference_id: str) -> set[tuple[str, str]]:
    """Return relation and title of everything that a record is linked with."""
    found = store.find_reference(reference_id)
    assert found is not None
    return {(r.relation, r.title) for r in store.related(*found)}


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("meeting", 108),
        ("agreement", 70),
        ("project", 72),
        ("figure", 189),
        ("commitment", 74),
        ("person", 142),
        ("organisation", 151),
        ("source", 236),
    ],
)
def test_every_table_has_its_records(filled_store: Store, table: str, count: int) -> None:
    assert filled_store.count(Query(table)) == count


def test_a_value_that_stands_in_its_quote_is_cited_for_itself_and_for_the_record(filled_store: Store) -> None:
    uses = list(filled_store.select(Query("citation_link"), ("figure_id", "field_name", "printed")))
    whole = {key for key, name, _ in uses if key and name is None}
    assert len(whole) == filled_store.count(Query("figure"))
    cited = [(key, name, printed) for key, name, printed in uses if key and name]
    assert sum(name == "value" for _, name, _ in cited) > 100
    assert sum(name == "growth_pct" for _, name, _ in cited) > 30
    shown = {figure.key: figure for figure in filled_store.rows("figure", sorted(whole))}
    assert all(shown[key].show(name) == printed for key, name, printed in cited), "nothing was edited away"


def test_figures_fall_into_trade_investment_and_the_rest(filled_store: Store) -> None:
    topics = dict(filled_store.facet(Query("figure"), "topic"))
    assert (topics.pop("trade"), topics.pop("investment"), sum(topics.values())) == (96, 33, 60)


@pytest.mark.parametrize("table", RECORDS)
def test_every_record_rests_on_a_source_with_publisher_date_and_address(filled_store: Store, table: str) -> None:
    for key in filled_store.keys(Query(table)):
        citations = filled_store.citations(table, key)
        assert citations, (table, key)
        assert all(citation.publisher and citation.url for citation in citations)
        assert any(citation.quote and citation.published and citation.read_as for citation in citations), (table, key)


def test_titles_in_brackets_and_empty_ones_are_not_known(filled_store: Store) -> None:
    sources = filled_store.rows("source", filled_store.keys(Query("source")))
    titles = [source.values["title"] for source in sources if source.values["title"] is not None]
    assert len(titles) > 50
    assert not [title for title in titles if not title or str(title).startswith("[")]


def test_namesakes_stay_apart(filled_store: Store) -> None:
    chairman, minister = record(filled_store, "H002"), record(filled_store, "H031")
    assert chairman.title == minister.title == "Wang Yi"
    assert chairman.key != minister.key
    assert chairman.show("posts") == "Chairman of the Board"
    assert minister.show("posts") == "Minister, State Councilor and Foreign Minister"
    for reference_id, wanted in (("M001", chairman), ("M024", minister), ("M041", minister)):
        wang = [x for x in record(filled_store, reference_id).labels["participants_cn"] if x.text == "Wang Yi"]
        assert [x.key for x in wang] == [wanted.key]
    for reference_id in ("A007", "A008", "A009"):
        keys = [x.key for x in record(filled_store, reference_id).labels["signatories"] if x.text == "Wang Yi"]
        assert keys == [minister.key]
    assert record(filled_store, "X043").labels["said_by"][0].key == chairman.key
    assert record(filled_store, "C004").labels["by"][0].key == chairman.key


def test_one_person_holds_several_offices_over_time(filled_store: Store) -> None:
    offices = [(label.text, label.detail.rsplit(", ", 1)[1]) for label in record(filled_store, "H001").labels["posts"]]
    assert offices == [
        ("Economy Minister", "22 May 2018 (year inferred)"),
        ("Deputy Prime Minister, Co-chair of the Commission", "16 April 2025"),
        ("Economy Minister, Co-chair", "25 February 2019"),
        ("Deputy Prime Minister", "23 November 2023"),
    ]
    assert record(filled_store, "H066").uid == record(filled_store, "H001").uid


def test_meeting_of_two_sources_shows_the_finer_date_and_keeps_both(filled_store: Store) -> None:
    merged = record(filled_store, "M106")
    assert merged.uid == record(filled_store, "M046").uid
    assert merged.title == "Jabbarov meets NDRC chairman"
    assert merged.show("date") == "1 September 2023"
    assert merged.show("kind") == "Signing ceremony"  # of the later source
    dates = {
        c.publisher: [p for p in c.printed if p[0] == "date"] for c in filled_store.citations("meeting", merged.key)
    }
    assert dates == {
        "Trend News Agency": [("date", "1 September 2023", "supports")],
        "Report Information Agency": [("date", "early September 2023", "contradicts")],
    }


def test_basis_of_a_date_goes_with_the_date(filled_store: Store) -> None:
    interview = record(filled_store, "M004")
    assert (interview.show("date"), interview.values["date_basis"]) == ("25 March 2024", "publication")
    visit = record(filled_store, "M103")
    assert (visit.show("date"), visit.show("date_end")) == ("5 February 2018", "7 February 2018")


def test_parts_of_joined_rows_are_united_without_doubles(filled_store: Store) -> None:
    parties = [label.text for label in record(filled_store, "A067").labels["parties"]]
    assert sorted(parties) == [
        "Azerbaijan",
        "China",
        "Ministry of Economy of Azerbaijan",
        "National Development and Reform Commission (NDRC)",
    ]
    assert record(filled_store, "M110").show("participants_az") == "Hikmat Hajiyev"


@pytest.mark.parametrize("words", ["production localisation", "bus plant sumgayit"])
def test_search_finds_a_joined_record_by_both_titles(filled_store: Store, words: str) -> None:
    keys = filled_store.keys(parse_query(f"byd {words}", SCHEMA["project"]))
    assert keys == [record(filled_store, "P060").key]


def test_participants_without_a_record_stay_as_printed_and_are_marked(filled_store: Store) -> None:
    conference = record(filled_store, "M002")
    assert conference.show("participants_cn") == "Chinese officials (unnamed)"
    assert conference.is_unresolved("participants_cn")
    cnpc = record(filled_store, "M016").labels["participants_cn"][0]
    assert (cnpc.table, cnpc.text, cnpc.detail) == (
        "organisation",
        "China National Petroleum Corporation (CNPC)",
        "unnamed",
    )


def test_links_are_seen_from_both_ends(filled_store: Store) -> None:
    protocol, meeting = record(filled_store, "A002").title, record(filled_store, "M003").title
    assert ("signed at", meeting) in related(filled_store, "A002")
    assert ("signed here", protocol) in related(filled_store, "M003")
    assert ("took part in", meeting) in related(filled_store, "H004")
    assert ("same value as", record(filled_store, "T019").title) in related(filled_store, "T020")


def test_every_link_of_the_tables_is_a_link_a_participant_or_a_party(filled_store: Store) -> None:
    """What the file calls attended, signatory_of and party_to is read from the cells; nothing may be left over."""
    links = ReferenceFiles.read(shipped_data()).links
    missing = []
    for link in links:
        near, far = record(filled_store, link["from_id"]), record(filled_store, link["to_id"])
        if link["relation"] == "same_as":
            joined = near.key == far.key
        elif link["relation"] in ("attended", "signatory_of", "party_to"):
            members = {(x.table, x.key) for labels in far.labels.values() for x in labels}
            joined = (near.table, near.key) in members
        else:
            joined = (far.table, far.key) in {(r.table, r.key) for r in filled_store.related(near.table, near.key)}
        missing += [] if joined else [tuple(link.values())]
    assert len(links) == 671
    assert missing == []


def test_printed_bounds_are_kept(filled_store: Store) -> None:
    shown = {name: record(filled_store, name) for name in ("I001", "T072", "T077", "X043", "T054")}
    assert {name: (r.show("value"), r.show("printed")) for name, r in shown.items()} == {
        "I001": ("nearly $942 m", "nearly $942 million"),
        "T072": ("about $3.7 bn", "approximately $3.7 billion"),
        "T077": ("over $1 bn", "over $1 billion"),
        "X043": ("more than 250 bank", "more than 250 banks"),
        "T054": ("$2.2 bn", "$2.2 billion"),
    }
    assert shown["T054"].values["growth_bound"] == "more_than"


def test_growth_in_times_is_no_percentage(filled_store: Store) -> None:
    half_year = record(filled_store, "T094").values
    assert (half_year["growth_multiple"], half_year["growth_pct"]) == (2.3, None)
    assert record(filled_store, "I007").values["growth_multiple"] == 60.7


def test_misprint_stays_readable_beside_what_was_understood(filled_store: Store) -> None:
    misprint = record(filled_store, "T026")
    assert (misprint.show("printed"), misprint.values["value"]) == ("$616,402 million", 616_402_000.0)
    assert misprint.values["rank"] == "deprecated"


def test_inferred_day_is_told_from_inferred_year(filled_store: Store) -> None:
    assert record(filled_store, "M030").show("date") == "24 April 2019 (day inferred)"
    assert record(filled_store, "M024").show("date") == "19 September 2018 (year inferred)"


def test_kind_of_agreement_comes_from_its_title_and_level_from_the_table(filled_store: Store) -> None:
    kinds = {name: record(filled_store, name) for name in ("A001", "A012", "A026", "A052", "A069", "A070")}
    assert {name: (r.values["kind"], r.values["level"]) for name, r in kinds.items()} == {
        "A001": ("agreement", "intergovernmental"),
        "A012": ("memorandum", "ministry_level"),
        "A026": ("framework_agreement", "government_company"),
        "A052": ("multilateral", None),
        "A069": ("national_act", None),
        "A070": ("accession", None),
    }


def test_outcome_of_a_commitment_is_a_check_with_its_own_source(filled_store: Store) -> None:
    wine_houses = record(filled_store, "C003")
    [check] = filled_store.parts("commitment", wine_houses.key)["commitment_check"]
    [citation] = filled_store.citations("commitment_check", check.key)
    assert (wine_houses.values["status"], check.values["status"], check.values["checked_on"]) == (
        "partly",
        "partly",
        "2018-11-08",
    )
    assert citation.url == "http://cbc.az/en/en/news/second-azerbaijani-winehouse-opened-in-shanghai1541686723"
    assert record(filled_store, "C047").values["is_measurable"] == 0
    assert not filled_store.parts("commitment", record(filled_store, "C001").key)["commitment_check"]


def test_joint_and_international_bodies_have_no_single_country(filled_store: Store) -> None:
    commission, organisation = record(filled_store, "O003").values, record(filled_store, "O007").values
    assert (commission["country"], commission["is_international"]) == ("AZ CN", 0)
    assert (organisation["country"], organisation["is_international"]) == (None, 1)


def test_names_carry_language_and_script(filled_store: Store) -> None:
    names = filled_store.parts("person", record(filled_store, "H013").key)["name"]
    assert [(n.values["text"], n.values["language"], n.values["script"], n.values["kind"]) for n in names] == [
        ("İlham Əliyev", "az", "Latn", "official"),
        ("阿利耶夫", "zh", "Hani", "transliteration"),
        ("President Aliyev", None, "Latn", "alias"),
    ]


def test_row_of_several_seeds_is_cited_from_each(filled_store: Store) -> None:
    corridor = filled_store.citations("project", record(filled_store, "P072").key)
    assert len({citation.url for citation in corridor}) == 5
    assert len({citation.quote for citation in corridor} - {None}) == 5

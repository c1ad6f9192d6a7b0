"""The cited sentence: every shipped record reads as a sentence, says what it holds, and never more than that."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.evidence.cited_sentence import cited_sentence, cited_sentences
from azcn_desktop.evidence.figure_sentence import figure_clause
from azcn_desktop.evidence.phrases import listed, merged_brackets, named, ordinal, quantity, when
from azcn_desktop.evidence.record_clauses import agreement_clause, commitment_clause, meeting_clause, project_clause
from azcn_desktop.records import words
from azcn_desktop.records.amounts import Amount, bound_label
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.kinds import Choice
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import LinkLabel, Record
from azcn_desktop.store.store import Store
from tests.store.builders import edit, make

TABLES = ("figure", "commitment", "meeting", "agreement", "project", "person", "organisation", "source")
# What no sentence may have: empty brackets, double blanks, marks that meet, words that stand for nothing.
BROKEN = re.compile(r"\(\)|“”|  |\( | \)|[,;:] ?[,;]|\) \(| [,;.]|\.\.(?!\.)|\bNone\b|Untitled|^\s|\s$|\n")


def record(table: str, labels: dict[str, tuple[LinkLabel, ...]] | None = None, **values: object) -> Record:
    """Return a record as the store gives it, with empty links where none are named."""
    linking = [f.name for f in SCHEMA[table].fields if f.kind.references(f.name) or f in SCHEMA[table].links()]
    return Record(SCHEMA[table], values, dict.fromkeys(linking, ()) | (labels or {}))  # type: ignore[arg-type]


def figure(**values: object) -> str:
    labels = {name: values.pop(name) for name in ("said_by", "published_by") if name in values}
    row = record("figure", labels, **({"measure": "Goods trade", "flow": "turnover"} | values))  # type: ignore[arg-type]
    return merged_brackets(figure_clause(row))


YEAR = {"period": "2024", "period_kind": "year", "period_start": "2024-01", "period_end": "2024-12"}
LU_MEI = (LinkLabel("Lu Mei", "person", 82),)
CUSTOMS = (LinkLabel("State Customs Committee of Azerbaijan", "organisation", 15),)


# -- all shipped records


@pytest.mark.parametrize("table", TABLES)
def test_every_shipped_record_reads_as_a_sentence(filled_store: Store, table: str) -> None:
    keys = filled_store.keys(Query(table))
    assert len(keys) > 60
    for key in keys:
        sentence = cited_sentence(filled_store, table, key)
        own_words = re.sub(r"https?://\S+|“[^”]*”", "x", sentence)  # addresses and quotes stay as they are
        assert not BROKEN.search(own_words), sentence
        assert re.search(r"(?:https?://\S+|[.!?…])$", sentence), sentence
        assert sentence.count("(") == sentence.count(")"), sentence


@pytest.mark.parametrize("table", TABLES[:-1])
def test_every_shipped_record_names_publisher_date_and_address_of_a_source(filled_store: Store, table: str) -> None:
    for key in filled_store.keys(Query(table)):
        sentence = cited_sentence(filled_store, table, key)
        supporting = [c for c in filled_store.citations(table, key) if "supports" in c.roles]
        if not supporting:
            assert sentence.endswith("; no source."), sentence
            continue
        assert any(sentence.endswith(f"{c.publisher}, {date_words(c.published or '')}, {c.url}") for c in supporting), (
            sentence
        )
        sources = len({c.source_key for c in supporting})
        assert (f"; first of {sources} sources" in sentence) == (sources > 1)


def test_every_shipped_figure_says_its_value_hedge_growth_period_and_speaker(filled_store: Store) -> None:
    for row in filled_store.whole_rows("figure", filled_store.keys(Query("figure"))):
        sentence = cited_sentence(filled_store, "figure", row.key)
        values = row.values
        amount = row.record_type.field("value").kind.amount("value", values)  # type: ignore[union-attr]
        assert quantity(amount) in sentence
        if values.get("value") is not None and bound_label(str(values["bound"])):
            assert bound_label(str(values["bound"])) in sentence
        if isinstance(values.get("growth_pct"), float):
            assert f"{abs(values['growth_pct']):g} %" in sentence  # type: ignore[arg-type]
        for year in re.findall(r"(?:19|20)\d\d", str(values["period"])):
            assert year in sentence
        for name in ("said_by", "published_by"):
            assert all(label.text in sentence for label in row.labels[name])


def test_every_shipped_commitment_says_when_who_and_in_which_manner(filled_store: Store) -> None:
    for row in filled_store.whole_rows("commitment", filled_store.keys(Query("commitment"))):
        sentence = cited_sentence(filled_store, "commitment", row.key)
        assert date_words(str(row.values["made_on"])).lower() in sentence.lower()
        assert str(row.values["what"]) in sentence
        assert all(label.text in sentence for label in row.labels["by"])
        is_promise = row.values["statement_class"] in ("decision", "announcement", "plan", "expectation", "intention")
        assert ("not a commitment" in sentence) != is_promise


# -- figures


def test_a_full_figure_is_said_in_the_order_a_reader_expects() -> None:
    assert figure(
        **YEAR, value=3_700_000_000.0, unit="USD", bound="approx", growth_pct=21.0, statistics_side="AZ",
        side_basis="stated", said_by=LU_MEI, said_by_role="Ambassador",
    ) == (
        "Trade turnover between Azerbaijan and China in 2024 was about $3.7 bn, up 21 % on the year before "
        "(Azerbaijani statistics), according to Lu Mei, Ambassador"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"value": 942e6, "bound": "nearly"}, "in 2024 was nearly $942 m"),
        ({"value": 1e9, "bound": "over"}, "in 2024 was over $1 bn"),
        ({"value": 1_132_540_000.0}, "in 2024 was $1.13254 bn"),
        ({"value": 381_350_200.0}, "in 2024 was $381,350,200"),
        ({"value": -367e6, "flow": "balance"}, "Azerbaijan’s trade balance with China in 2024 was -$367 m"),
        ({"value": 19.7e6, "flow": "az_exports"}, "Azerbaijan’s exports to China in 2024 were $19.7 m"),
        ({"value": 5e6, "flow": "az_imports", "product": "cars"}, "’s imports of cars from China in 2024 were"),
        ({"low": 1e9, "high": 2e9}, "in 2024 was between $1 bn and $2 bn"),
        ({"low": 1e9}, "in 2024 was at least $1 bn"),
        ({"value": 1.5e9, "low": 1e9, "high": 2e9}, "was $1.5 bn (between $1 bn and $2 bn)"),
        ({"growth_pct": 40.0, "growth_bound": "nearly"}, "in 2024 grew by nearly 40 % on the year before"),
        ({"growth_pct": -8.5}, "in 2024 fell by 8.5 % on the year before"),
        ({"growth_pct": 0.0}, "in 2024: unchanged on the year before"),
        ({"growth_multiple": 2.3}, "in 2024 reached 2.3 times the level of the year before"),
        ({"value": 1e9, "growth_text": "record"}, "was $1 bn, growth as printed: “record”"),
        ({"value": 1e9, "growth_pct": 16.5, "growth_text": "16.5% more than in 2009"}, "bn, up 16.5 %, printed as"),
        ({"value": 1e9, "rank": "deprecated", "valuation": "CIF"}, "was $1 bn (CIF; figure ranked deprecated)"),
        ({"value": 1e9, "published_by": CUSTOMS}, ", according to the State Customs Committee of Azerbaijan"),
        ({"value": 1e9, "published_by": CUSTOMS, "said_by": LU_MEI}, "to Lu Mei, citing the State Customs Committee"),
        ({}, "in 2024: no value recorded"),
    ],
)  # fmt: skip
def test_what_is_missing_leaves_no_trace(values: dict[str, object], said: str) -> None:
    assert said in figure(**({**YEAR, "unit": "USD"} | values))


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (("H1 2024", "half_year", "2024-01", "2024-06"), "in the first half of 2024"),
        (("Q3 2024", "quarter", "2024-07", "2024-09"), "in the third quarter of 2024"),
        (("Jan–Nov 2024", "months", "2024-01", "2024-11"), "in January–November 2024"),
        (("Nov 2023 – Feb 2024", "months", "2023-11", "2024-02"), "from November 2023 to February 2024"),
        (("Jan 2026", "month", "2026-01", "2026-01"), "in January 2026"),
        (("16 Apr 2025", "day", "2025-04-16", "2025-04-16"), "on 16 April 2025"),
        (("May 2018", "as_of", "2018-05", "2018-05"), "as of May 2018"),
        (("currently", "as_of", None, None), "(period: currently)"),
        (("since 2022", "as_of", "2022", "2023-09"), "since 2022"),
        (("not stated", "as_of", None, None), "(period not stated)"),
        ((None, None, None, None), "(period not stated)"),
    ],
)
def test_a_period_is_said_by_its_kind(period: tuple[str | None, ...], said: str) -> None:
    names = ("period", "period_kind", "period_start", "period_end")
    assert f" {said} was $1 bn" in figure(**dict(zip(names, period, strict=True)), value=1e9, unit="USD")


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1.0, "train", "1 train"), (351.0, "train", "351 trains"), (500.0, "bus/year", "500 buses a year"),
        (230.0, "MW", "230 MW"), (2.0, "flight/week", "2 flights a week"), (77.0, "percent", "77 %"),
        (4.0, "rank", "4th"), (1.0, "rank", "1st"), (11.0, "ordinal", "11th"), (2022.0, "calendar year", "2022"),
        (5.0, "square kilometre", "5 square kilometres"), (3.0, "", "3"),
    ],
)  # fmt: skip
def test_counts_shares_and_ranks_are_said_with_their_units(value: float, unit: str, said: str) -> None:
    assert quantity(Amount(value, "exact", unit)) == said
    assert figure(**YEAR, measure="Anything", flow=None, value=value, unit=unit) == f"Anything in 2024: {said}"


def test_a_share_a_rank_and_a_claim_read_as_such() -> None:
    assert figure(**YEAR, measure="Chinese share of EV imports", flow=None, value=77.0, unit="percent") == (
        "Chinese share of EV imports in 2024: 77 %"
    )
    assert figure(**YEAR, measure="Solar plant: first of its kind", flow=None, value=1.0, unit="rank") == (
        "Solar plant: first of its kind in 2024 (1st)"
    )
    assert figure(measure="Shortest route", flow=None, bound="no_number", period="not stated") == (
        "Claim without a number: Shortest route (period not stated)"
    )


_MAYBE = st.none() | st.sampled_from([0.0, 1.0, 2.5, -3.0, 1e6, 1_234_567.0])
_WORD = st.none() | st.sampled_from(["record", "16 % more than in 2009", "about"])


def _word_of(choice: Choice) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(choice.words)


@given(
    values=st.fixed_dictionaries(
        {
            "measure": st.sampled_from(["Goods trade", "Cumulative investment", "Share, by value", "A: first of all"]),
            "flow": _word_of(words.FLOW), "product": st.none() | st.just("hybrid cars"), "value": _MAYBE,
            "bound": _word_of(words.BOUND), "unit": st.sampled_from([None, "USD", "CNY", "train", "percent", "rank"]),
            "low": _MAYBE, "high": _MAYBE, "growth_pct": _MAYBE, "growth_multiple": _MAYBE,
            "growth_bound": _word_of(words.BOUND), "growth_text": _WORD, "printed": _WORD,
            "period": st.sampled_from([None, "2024", "not stated", "currently", "Q1 2025"]),
            "period_kind": _word_of(words.PERIOD_KIND), "period_start": st.sampled_from([None, "2024", "2024-04"]),
            "period_end": st.sampled_from([None, "2024", "2024-06", "2025-03-31"]),
            "as_of": st.sampled_from([None, "2025-03-31", "2019-04-?24", "2023-09-01/2023-09-10"]),
            "statistics_side": _word_of(words.STATISTICS_SIDE), "side_basis": _word_of(words.SIDE_BASIS),
            "valuation": _word_of(words.VALUATION), "rank": _word_of(words.RANK),
            "said_by": st.sampled_from([(), LU_MEI, (LinkLabel("both sides"),)]),
            "said_by_role": st.sampled_from([None, "Ambassador"]),
            "published_by": st.sampled_from([(), CUSTOMS]),
        }
    )
)  # fmt: skip
def test_every_combination_of_present_and_missing_parts_is_sound(values: dict[str, object]) -> None:
    said = figure(**values)
    assert not BROKEN.search(said), said
    assert said.count("(") == said.count(")")


# -- commitments and the others


@pytest.mark.parametrize("statement_class", words.STATEMENT_CLASS.words)
def test_only_what_was_promised_reads_as_a_promise(statement_class: str) -> None:
    said = commitment_clause(
        record("commitment", {"by": LU_MEI}, what="Build a plant", statement_class=statement_class, made_on="2024-06")
    )
    assert said.startswith("In June 2024 Lu Mei ")
    is_promise = statement_class in ("decision", "announcement", "plan", "expectation", "intention")
    assert ("not a commitment" in said) != is_promise
    unsaid = commitment_clause(record("commitment", what="Build a plant", statement_class=statement_class))
    assert unsaid.endswith("date not known)")
    assert not BROKEN.search(unsaid)


def test_a_commitment_keeps_due_date_and_event_and_says_no_outcome() -> None:
    said = commitment_clause(
        record(
            "commitment",
            {"by": (LinkLabel("Shahin Mustafayev", "person", 1),), "to": (LinkLabel("Chinese side"),)},
            what="Launch a joint project", statement_class="announcement", made_on="2025-04-16", due="2025",
            due_trigger="during the visit", by_role="Deputy Prime Minister", status="kept", outcome="begun",
        )
    )  # fmt: skip
    assert said == (
        "On 16 April 2025 Shahin Mustafayev, Deputy Prime Minister, announced: Launch a joint project "
        "(addressed to the Chinese side; due 2025, during the visit)"
    )


@pytest.mark.parametrize("status", words.AGREEMENT_STATUS.words)
def test_what_is_not_signed_is_not_called_signed(status: str) -> None:
    said = agreement_clause(record("agreement", title="Protocol", status=status, signed_on="2025-10", place="Baku"))
    is_signed = status in ("signed", "exchanged", "in_force", "suspended", "terminated", "expired")
    assert ("signed in October 2025 in Baku" in said) == is_signed
    assert ("dated October 2025 in Baku" in said) != is_signed
    assert words.AGREEMENT_STATUS.label(status).lower() in said


@pytest.mark.parametrize("status", words.MEETING_STATUS.words)
@pytest.mark.parametrize("date", [None, "2025-04-16", "2025", "2025-04-16/.."])
def test_a_meeting_of_any_status_reads_well(status: str, date: str | None) -> None:
    said = meeting_clause(record("meeting", title="Talks", status=status, kind="fair", date=date, city="Baku"))
    assert not BROKEN.search(said), said
    assert status in said
    assert date is None or "2025" in said


def test_a_project_without_anything_but_name_and_status_reads_well() -> None:
    assert project_clause(record("project", name="Plant", status="study")) == "Plant: under study"


# -- sources


def test_a_record_without_source_says_so(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held", date="2025-04-16")
    assert cited_sentence(store, "meeting", key) == "Talks: held on 16 April 2025; no source."


def test_a_source_without_address_or_date_ends_with_a_full_stop(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    store.apply(edits.cite(store, "meeting", key, {"publisher": "Trend"}, ""))
    assert cited_sentence(store, "meeting", key) == "Talks: held (date not known); Trend, undated."
    source = store.citations("meeting", key)[0].source_key
    edit(store, "source", source, publisher=None)
    assert cited_sentence(store, "meeting", key).endswith("; source not named, undated.")


def test_a_source_that_contradicts_is_not_cited_as_if_it_supported(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    for publisher in ("First", "Second", "Third"):
        store.apply(edits.cite(store, "meeting", key, {"publisher": publisher, "url": f"https://{publisher}.az"}, ""))
    edit(store, "citation_link", store.citations("meeting", key)[0].link_keys[0], role="contradicts")
    assert cited_sentence(store, "meeting", key).endswith("; first of 2 sources: Second, undated, https://Second.az")
    for link in store.citations("meeting", key):
        edit(store, "citation_link", link.link_keys[0], role="contradicts")
    assert "; contradicted by first of 3 sources: First" in cited_sentence(store, "meeting", key)
    for link in store.citations("meeting", key):
        edit(store, "citation_link", link.link_keys[0], role="mentions")
    assert "; mentioned by first of 3 sources: First" in cited_sentence(store, "meeting", key)


def test_copies_of_one_text_are_no_second_confirmation(store: Store) -> None:
    key = make(store, "meeting", title="Talks", status="held")
    for publisher in ("Global Times", "MENAFN"):
        store.apply(edits.cite(store, "meeting", key, {"publisher": publisher}, ""))
    first, copy = (citation.source_key for citation in store.citations("meeting", key))
    assert "; first of 2 sources: Global Times" in cited_sentence(store, "meeting", key)
    edit(store, "source", copy, origin_source_id=first)
    assert "; first of 2 sources, 1 independent: Global Times" in cited_sentence(store, "meeting", key)


def test_several_records_are_one_sentence_a_line(filled_store: Store) -> None:
    keys = filled_store.keys(Query("figure"))[:3]
    lines = cited_sentences(filled_store, "figure", [*keys, 10**9]).split("\n")
    assert lines == [cited_sentence(filled_store, "figure", key) for key in keys]
    assert cited_sentence(filled_store, "figure", 10**9) == ""


def test_line_breaks_in_data_stay_out_of_the_sentence(store: Store) -> None:
    key = make(store, "commitment", what="Build\u2028a  plant", statement_class="plan")
    assert cited_sentence(store, "commitment", key) == "A plan was stated: Build a plant (date not known); no source."


# -- pieces


def test_pieces_are_put_in_words() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert listed([str(n) for n in range(9)]) == "0, 1, 2, 3, 4 and 4 others"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 21, 112, 1003)] == [
        "1st", "2nd", "3rd", "4th", "11th", "21st", "112th", "1,003rd",
    ]  # fmt: skip
    assert [when(d) for d in ("2025", "2025-04", "2025-04-16", "2026-03~", "../2024", "2025-04-16/..", None)] == [
        "in 2025", "in April 2025", "on 16 April 2025", "about March 2026", "by 2024", "on 16 April 2025 or later", "",
    ]  # fmt: skip
    assert when("2023-09-01/2023-09-10") == "in early September 2023"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("State Customs Committee of Azerbaijan", "the State Customs Committee of Azerbaijan"),
        ("Asian Infrastructure Investment Bank (AIIB)", "the Asian Infrastructure Investment Bank (AIIB)"),
        ("Azerbaijani side", "the Azerbaijani side"), ("both sides", "both sides"), ("Trend", "Trend"),
        ("BYD Company Limited", "BYD Company Limited"), ("unnamed expert", "an unnamed expert"),
    ],
)  # fmt: skip
def test_bodies_get_their_article_and_companies_none(name: str, said: str) -> None:
    assert named(name) == said

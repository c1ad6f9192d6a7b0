"""A choice of flows, its number and its order are what looking at every row gives."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.text import fold
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import looking
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.reading import count, facets, first_look, is_quick, whole_order
from tests.store.builders import open_copy, without_waiting
from tests.store.flow_builders import (
    COMMODITIES,
    DATASETS,
    Row,
    all_rows,
    counts,
    fill,
    flow_row,
    publisher,
    with_lists,
)

PERIODS = ("2023", "2024", "2023Q4", "2024Q1", "202311", "202401", "202412")
CHOICES: dict[str, tuple[Value, ...]] = {
    "frequency": ("A", "M"), "reporter": ("AZ", "CN"), "partner": ("CN", "WLD", "Ægypten"), "flow": ("M", "X", "RX"),
    "valuation": ("CIF", "FOB", None), "currency": ("USD", "CNY", None),
    "classification": ("H6", "H5", "H4", "S4", None), "dataset_id": (1, 2, 3, 4),
}  # fmt: skip
CODES = ("TOTAL", "2", "2A", "27", "2709", "270900", "0801", "Crude Fuels", "27 misc")
PARTS = {
    "frequencies": "frequency", "reporters": "reporter", "partners": "partner", "flows": "flow",
    "valuations": "valuation", "currencies": "currency", "classifications": "classification", "datasets": "dataset_id",
}  # fmt: skip
SORTS = (
    "value", "net_weight_kg", "period", "code", "description", "dataset", "publisher", "flow", "partner", "id",
    "quantity_unit", "replaced_by", "is_cumulative",
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries(
        {name: st.sampled_from(values) for name, values in CHOICES.items()}
        | {
            "period": st.sampled_from(PERIODS),
            "code": st.sampled_from(CODES),
            "value": st.sampled_from((None, 0.0, 0.1, 0.1 + 2**-56, 5.0, 1e15 + 0.5)),
            "net_weight_kg": st.sampled_from((None, 1.5)),
            "quantity_unit": st.sampled_from((None, "kg", "KG", "u")),
            "is_cumulative": st.sampled_from((None, 0, 1)),
            "replaced_by": st.sampled_from((None, None, None, 3, 4)),
        }
    ).map(lambda values: flow_row(**values)),
    max_size=14,
)


@st.composite
def queries(draw: st.DrawFn) -> FlowQuery:
    """Choices with few parts, as people make them."""
    parts: dict[str, object] = {}
    for name in draw(st.lists(st.sampled_from((*PARTS, "levels", "publishers", "since", "until")), max_size=2)):
        if name in ("since", "until"):
            parts[name] = draw(st.sampled_from(PERIODS))
        elif name == "levels":
            parts[name] = draw(st.sampled_from(((0,), (2, 4), (-1,), (6,), (1,))))
        elif name == "publishers":
            parts[name] = draw(st.sampled_from((("One",), ("Two", "None"))))
        else:
            values = st.lists(st.sampled_from(CHOICES[PARTS[name]]), min_size=1, max_size=2, unique=True)
            parts[name] = tuple("" if value is None else value for value in draw(values))
    text = draw(st.sampled_from(("", "", "2", "27", "2709", "9", "crude", "CRÜDE Ol", "fuels", "100%", "%", "total")))
    sort = draw(st.sampled_from(("", *SORTS, *(f"-{name}" for name in SORTS))))
    return FlowQuery(text=text, sort=sort, **parts)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def database(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A file with datasets and lists, whose flows every example replaces."""
    store = without_waiting(open_copy(template, tmp_path_factory.mktemp("flows") / "azcn.db"))
    with_lists(store)
    yield store.database
    store.close()


# -- what looking at every row gives


def _months(period: str) -> tuple[int, int]:
    year = int(period[:4]) * 12
    if "Q" in period:
        return year + int(period[-1]) * 3 - 3, year + int(period[-1]) * 3 - 1
    return (year, year + 11) if len(period) == 4 else (year + int(period[4:]) - 1,) * 2


def _description(row: Row) -> str | None:
    own = row["classification"] or ""
    listed = sorted({name for name, _, _ in COMMODITIES}, reverse=True)
    if own in listed:
        listed = [str(own)]
    elif str(own)[:1] in ("H", "S"):
        listed = [name for name in listed if name[0] == str(own)[0]]
    else:
        listed = ["H6", "H5", "S4"]
    words = {(name, code): description for name, code, description in COMMODITIES}
    return next((words[name, str(row["code"])] for name in listed if (name, row["code"]) in words), None)


def _level(code: str) -> int:
    return 0 if code == "TOTAL" else len(code) if code[0].isdigit() else -1


def _matches(row: Row, query: FlowQuery) -> bool:
    if not counts(row):
        return False
    code, period = str(row["code"]), str(row["period"])
    words = fold(query.text).split()
    named = [fold(text) for text in (_description(row), "" if code.isdigit() else code) if text]
    return (
        (code.startswith(query.text) if query.is_code else not words or any(all(w in n for w in words) for n in named))
        and all((row[c] or "") in getattr(query, part) for part, c in PARTS.items() if getattr(query, part))
        and (not query.levels or _level(code) in query.levels)
        and (not query.publishers or publisher(row) in query.publishers)
        and (not query.since or _months(period)[0] >= _months(query.since)[0])
        and (not query.until or _months(period)[1] <= _months(query.until)[1])
    )


def _sorted(rows: list[Row], query: FlowQuery) -> list[Value]:
    name = query.sort.removeprefix("-")
    ordered = sorted(rows, key=lambda row: (_code(row), row["period"], row["id"]))
    if not query.sort:
        return [row["id"] for row in (ordered if query.text else sorted(rows, key=lambda row: int(str(row["id"]))))]
    full = [row for row in ordered if _sorted_by(row, name) is not None]
    full.sort(key=lambda row: _sorted_by(row, name), reverse=query.sort.startswith("-"))  # type: ignore[arg-type, return-value]
    return [row["id"] for row in (*full, *(row for row in ordered if _sorted_by(row, name) is None))]


def _code(row: Row) -> tuple[int, str]:
    code = str(row["code"])
    return (code != "TOTAL") + code[:2].isdigit() * (len(code) > 1), code


def _sorted_by(row: Row, name: str) -> object:
    if name == "code":
        return _code(row)
    if name == "period":
        first, last = _months(str(row["period"]))
        return last, last - first
    titles = {key: title for key, title, _, _ in DATASETS}
    if name == "dataset":
        return fold(titles[int(str(row["dataset_id"]))])
    if name == "publisher":
        return fold(publisher(row))
    if name == "flow":
        return ("M", "X", "RM", "RX").index(str(row["flow"]))
    value = _description(row) if name == "description" else row[name]
    return (fold(value), value) if isinstance(value, str) else value


# -- one by one


@settings(max_examples=70)
@given(rows=ROWS, query=queries(), gaps=st.lists(st.integers(1, 14), max_size=1), limit=st.sampled_from((2, 10_000)))
def test_number_and_order_are_what_looking_at_every_row_gives(
    database: Database, rows: list[Row], query: FlowQuery, gaps: list[int], limit: int
) -> None:
    fill(database, rows, gaps)
    wanted = _sorted([row for row in all_rows(database) if _matches(row, query)], query)
    assert count(database, query) == len(wanted)
    order = whole_order(database, query, Progress())
    assert (order.ids(0, 99), order.is_whole, len(order)) == (wanted, True, len(wanted))
    with pytest.MonkeyPatch.context() as patch:
        for name in ("PAGE", "FEW", "BUDGET", "WINDOW"):
            patch.setattr(looking, name, limit)
        look = first_look(database, query)
    assert look.ids(0, 99) == wanted[: look.known]
    assert len(look) == len(wanted) if look.is_counted else len(look) <= len(wanted)
    assert look.is_whole == (look.is_counted and look.known == len(wanted))
    assert look.is_whole or limit == 2
    assert [look.position(int(str(key))) for key in wanted[: look.known]] == list(range(look.known))


def test_a_word_of_everyday_finds_the_code_that_names_it_otherwise(database: Database) -> None:
    fill(database, [flow_row(code=code, classification=name) for code, name in (
        ("081090", "H6"), ("081090", None), ("081090", "S4"), ("270900", "H6"),
    )])  # fmt: skip
    for text, number in (
        ("pomegranate", 2),
        ("Pomegranates", 2),
        ("石榴", 2),
        ("nar", 2),
        ("ranate", 0),
        ("nar oil", 0),
    ):
        assert count(database, FlowQuery(text=text)) == number, text


@pytest.mark.parametrize("parts", [{}, {"text": "crude"}, {"reporters": ("AZ",), "flows": ("RX",)}], ids=str)
def test_every_column_sorts_a_larger_table_both_ways(database: Database, parts: dict[str, object]) -> None:
    chance = random.Random(5)
    rows = [
        flow_row(
            **{name: chance.choice(values) for name, values in CHOICES.items()},
            period=chance.choice(PERIODS), code=chance.choice(CODES), value=chance.choice((None, 0.0, 0.1, 5.0, 2**53)),
            net_weight_kg=chance.choice((None, 1.5)), quantity_unit=chance.choice((None, "kg", "KG", "u")),
            is_cumulative=chance.choice((None, 0, 1)), replaced_by=chance.choice((None, None, 4)),
        )
        for _ in range(150)
    ]  # fmt: skip
    fill(database, rows, gaps=range(70, 80))
    present = all_rows(database)
    for sort in ("", *SORTS, *(f"-{name}" for name in SORTS)):
        query = FlowQuery(sort=sort, **parts)  # type: ignore[arg-type]
        wanted = _sorted([row for row in present if _matches(row, query)], query)
        assert len(wanted) > 2
        assert whole_order(database, query, Progress()).ids(0, 999) == wanted, sort
        assert first_look(database, query).ids(0, 999) == wanted, sort


def test_a_whole_dense_table_is_known_at_once_as_a_range(database: Database) -> None:
    fill(database, [flow_row(dataset_id=key, code=f"{n:06}") for key in (1, 2) for n in range(400)])
    order = first_look(database, FlowQuery())
    assert (len(order), order.is_whole) == (800, True)
    assert order.ids(398, 403) == [399, 400, 401, 402, 403]
    assert (order.position(1), order.position(800), order.position(801)) == (0, 799, -1)
    fill(database, [flow_row(code=f"{n:06}") for n in range(400)], gaps=[7])
    order = first_look(database, FlowQuery())
    assert (len(order), order.ids(5, 8)) == (399, [6, 8, 9])


def test_a_first_look_at_a_broad_word_leaves_counting_to_the_worker(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, [flow_row(reporter="AZ" if n % 2 else "CN") for n in range(20)])
    monkeypatch.setattr(looking, "BUDGET", 10)
    order = first_look(database, FlowQuery(text="petroleum", reporters=("AZ",)))
    assert (order.is_counted, order.is_whole) == (False, False)
    assert order.ids(0, 99) == [2, 4, 6, 8, 10]
    assert len(whole_order(database, FlowQuery(text="petroleum", reporters=("AZ",)), Progress())) == 10


def test_only_a_look_that_goes_over_many_codes_is_not_quick(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, [flow_row() for _ in range(20)])
    broad = [
        FlowQuery(sort="-code"), FlowQuery(sort="description"), FlowQuery(text="oil"),
        FlowQuery(text="27", flows=("M",)), FlowQuery(text="27", sort="value"),
    ]  # fmt: skip
    narrow = [FlowQuery(), FlowQuery(text="27", levels=(6,)), FlowQuery(sort="value"), FlowQuery(flows=("M",))]
    assert all(is_quick(database, query) for query in broad + narrow)
    monkeypatch.setattr(looking, "FEW", 10)
    assert [is_quick(database, query) for query in broad] == [False] * 5
    assert [is_quick(database, query) for query in narrow] == [True] * 4
    with pytest.raises(UserError, match="is no period"):
        is_quick(database, FlowQuery(sort="code", since="soon"))


def test_a_bound_that_is_no_period_is_refused_with_a_sentence(database: Database) -> None:
    fill(database, [])
    for query in (FlowQuery(since="soon"), FlowQuery(until="202413"), FlowQuery(text="27", since="24")):
        with pytest.raises(UserError, match="is no period"):
            count(database, query)


def test_a_sort_by_no_column_is_a_bug_of_the_caller(database: Database) -> None:
    for make in (first_look, lambda d, q: whole_order(d, q, Progress())):
        with pytest.raises(KeyError):
            make(database, FlowQuery(sort="value; DROP TABLE trade_flow"))


def test_sorting_stops_when_it_is_cancelled(database: Database) -> None:
    fill(database, [flow_row()])
    for query in (FlowQuery(sort="value"), FlowQuery(text="2"), FlowQuery(text="2", sort="value")):
        with pytest.raises(Cancelled):
            whole_order(database, query, Progress(is_cancelled=lambda: True))


def test_ids_of_an_order_run_over_its_parts() -> None:
    order = FlowOrder([range(5, 8), [], [1, 2], range(20, 21)], total=9)
    assert order.ids(0, 99) == [5, 6, 7, 1, 2, 20]
    assert [order.ids(start, start + 2) for start in range(7)] == [
        [5, 6], [6, 7], [7, 1], [1, 2], [2, 20], [20], [],
    ]  # fmt: skip
    assert [order.position(key) for key in (5, 2, 20, 3)] == [0, 4, 5, -1]
    assert (len(order), order.known, order.is_whole) == (9, 6, False)


def test_what_can_be_chosen_comes_with_numbers_of_flows_that_count(database: Database) -> None:
    fill(database, [
        flow_row(), flow_row(dataset_id=4), flow_row(replaced_by=3), flow_row(dataset_id=2, period="202401"),
        flow_row(dataset_id=2, code="27", classification=None, partner="WLD"),
    ])  # fmt: skip
    found = facets(database)
    assert found.years == (("2024", 3),)
    assert found.levels == ((2, 1), (6, 2))
    assert found.datasets == ((2, "apple", 2), (1, "Zebra", 1))
    assert found.publishers == (("Two", 2), ("One", 1))
    assert found.partners == (("CN", 2), ("WLD", 1))
    assert found.classifications == (("", 1), ("H6", 2))


WAYS = (
    "trade_flow_by_code (code", "INTEGER PRIMARY KEY (rowid", "COVERING INDEX trade_flow_by_dataset_id (dataset_id",
    "INDEX trade_flow_by_replaced_by",
)  # fmt: skip
LOOKED_AT = (
    FlowQuery(text="27"), FlowQuery(text="2709", reporters=("AZ",), since="2023"),
    FlowQuery(text="crude", sort="value"), FlowQuery(sort="-code", levels=(6,)), FlowQuery(sort="value"),
    FlowQuery(datasets=(1,), sort="-period"), FlowQuery(frequencies=("A",), valuations=("CIF",)),
)  # fmt: skip


@pytest.mark.parametrize("query", LOOKED_AT)
def test_no_statement_walks_all_rows_or_a_dataset_row_by_row(database: Database, query: FlowQuery) -> None:
    """Without statistics of ANALYZE: each statement names the rows by id, or by the index on codes."""
    fill(database, [flow_row(code=code, period=period) for code in CODES for period in PERIODS])
    statements: list[str] = []
    database.connection.set_trace_callback(statements.append)
    first_look(database, query)
    whole_order(database, query, Progress())
    database.connection.set_trace_callback(None)
    steps = [
        (step[3], sql) for sql in statements if " trade_flow " in sql
        for step in database.all(f"EXPLAIN QUERY PLAN {sql}") if "trade_flow" in step[3] or step[3].endswith(" t")
        or step[3].startswith(("SCAN t ", "SEARCH t "))
    ]  # fmt: skip
    assert len(steps) > 1
    assert [pair for pair in steps if not any(way in pair[0] for way in WAYS)] == []

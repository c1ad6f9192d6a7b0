"""What follows from flows is worked out from like flows alone, and says how."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.records.percentages import calculated_percent
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.calculation_words import amount
from azcn_desktop.store.flows.deriving import FOB_AND_CIF, NOT_STATED, Derived, derive
from azcn_desktop.store.flows.rows import flows, vintages
from tests.store.builders import open_copy, without_waiting
from tests.store.flow_builders import Row, all_rows, counts, fill, flow_row, publisher, with_lists

MONTHS = [f"{year}{month:02}" for year in (2023, 2024) for month in range(1, 13)]
LIKE = ("frequency", "reporter", "partner", "classification", "currency")
VALUES = ("growth_pct", "share_pct", "unit_value", "balance", "sum_12m")
ROWS = st.lists(
    st.fixed_dictionaries({
        "dataset_id": st.sampled_from((1, 1, 1, 2, 4)),
        "period": st.sampled_from(("2023", "2024", "2024Q1", "2023Q1")),
        "flow": st.sampled_from(("M", "X", "RX")),
        "code": st.sampled_from(("27", "27", "TOTAL")),
        "valuation": st.sampled_from(("CIF", "FOB", "unknown", None)),
        "is_cumulative": st.sampled_from((None, 0, 1)),
        "classification": st.sampled_from(("H6", "H6", "H5", None)),
        "currency": st.sampled_from(("USD", "USD", "CNY")),
        "value": st.sampled_from((0.0, 3.0, 7.5, None)),
        "net_weight_kg": st.sampled_from((None, 0.0, 2.0)),
        "replaced_by": st.sampled_from((None, None, None, 3, 4)),
    }).map(lambda values: flow_row(**values)),
    max_size=12,
)  # fmt: skip


@pytest.fixture(scope="module")
def database(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A file with datasets and lists, whose flows every test replaces."""
    store = without_waiting(open_copy(template, tmp_path_factory.mktemp("derived") / "azcn.db"))
    with_lists(store)
    yield store.database
    store.close()


def _derived(database: Database, rows: Sequence[Row]) -> list[Derived]:
    fill(database, rows)
    return derive(database, flows(database, range(1, len(rows) + 1)))


def _like(row: Row, **other: object) -> tuple[object, ...]:
    wanted = {**row, **other}
    return (
        publisher(row), wanted["code"], wanted["period"], wanted["flow"], wanted["valuation"] or "",
        wanted["is_cumulative"] or 0, *(wanted[name] for name in LIKE),
    )  # fmt: skip


@settings(max_examples=40)
@given(rows=ROWS)
def test_values_are_compared_as_looking_at_every_row_would(database: Database, rows: list[Row]) -> None:
    found = {derived.id: derived for derived in _derived(database, rows)}
    present = all_rows(database)
    for row in present:
        derived = found[int(str(row["id"]))]
        told = {name for name in VALUES if getattr(derived, name) is not None}
        assert set(derived.formulas) == told
        if counts(row) and row["value"] is not None:
            _compare(derived, row, present)
        else:
            assert told <= {"unit_value"}


def _compare(derived: Derived, row: Row, present: Sequence[Row]) -> None:
    value, period, flow = float(str(row["value"])), str(row["period"]), str(row["flow"])
    before = _only(present, row, period=f"{int(period[:4]) - 1}{period[4:]}")
    total = _only(present, row, code="TOTAL") if row["code"] != "TOTAL" else None
    assert derived.growth_pct == (pytest.approx((value / before - 1) * 100) if before else None)
    assert derived.share_pct == (pytest.approx(value / total * 100) if total else None)
    weight = row["net_weight_kg"]
    assert derived.unit_value == (value / float(str(weight)) if weight else None)
    other = {"M": "X", "X": "M"}.get(flow)
    same = _only(present, row, flow=other)
    customary = {("X", "FOB"): "CIF", ("M", "CIF"): "FOB"}.get((flow, str(row["valuation"])))
    against = same if same is not None or not customary else _only(present, row, flow=other, valuation=customary)
    wanted = None if against is None else value - against if flow == "X" else against - value
    assert derived.balance == wanted
    remark = FOB_AND_CIF if same is None else NOT_STATED if row["valuation"] in (None, "unknown") else ""
    assert derived.balance_remark == ("" if against is None else remark)


def _only(present: Sequence[Row], row: Row, **other: object) -> float | None:
    values = [r["value"] for r in present if counts(r) and _like(r) == _like(row, **other)]
    return float(str(values[0])) if len(values) == 1 and values[0] is not None else None


def _months(**values: object) -> list[dict[str, object]]:
    return [
        flow_row(period=period, frequency="M", value=float(n), **values)  # type: ignore[arg-type]
        for n, period in enumerate(MONTHS)
    ]


def test_twelve_months_are_summed_only_where_all_are_there(database: Database) -> None:
    rows = _months()
    found = _derived(database, rows)  # type: ignore[arg-type]
    assert [derived.sum_12m for derived in found[:11]] == [None] * 11
    assert [derived.sum_12m for derived in found[11:]] == [sum(range(n - 11, n + 1)) for n in range(11, 24)]
    assert found[11].formulas["sum_12m"] == "0 + 1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 11 = 66"
    without = [row for row in rows if row["period"] != "202306"]
    assert [derived.sum_12m is None for derived in _derived(database, without)] == [True] * 16 + [False] * 7  # type: ignore[arg-type]
    twice = [*rows, rows[20]]
    assert _derived(database, twice)[23].sum_12m is None  # type: ignore[arg-type]
    assert {d.sum_12m for d in _derived(database, _months(is_cumulative=1))} == {None}  # type: ignore[arg-type]


def test_a_calculation_is_written_out_with_its_numbers(database: Database) -> None:
    found = _derived(database, [
        flow_row(flow="X", valuation="FOB", value=1_135_900_000.0, net_weight_kg=2_000.0),
        flow_row(flow="X", valuation="FOB", value=980_100_000.0, period="2023"),
        flow_row(flow="M", valuation="CIF", value=135_900_000.0),
        flow_row(flow="X", valuation="FOB", value=4_000_000_000.0, code="TOTAL"),
    ])[0]  # fmt: skip
    assert found.formulas == {
        "growth_pct": "1.136 bn ÷ 980.1 m − 1 = 15.9 %",
        "share_pct": "1.136 bn ÷ 4.000 bn = 28.4 %",
        "unit_value": "1.136 bn USD ÷ 2,000 kg = 567,950 USD/kg",
        "balance": "exports FOB 1.136 bn − imports CIF 135.9 m = 1.000 bn",
    }
    assert found.balance_remark == FOB_AND_CIF


def test_numbers_of_a_calculation_keep_digits_enough_to_follow_it() -> None:
    assert [amount(value) for value in (0, 0.0123, 12.5, -1234.5, 1_234_567, 12_345_678, -2.5e9)] == [
        "0", "0.0123", "12.50", "−1,234.50", "1.235 m", "12.35 m", "−2.500 bn",
    ]  # fmt: skip
    assert [calculated_percent(value) for value in (0, 15.89, -5.2, 0.0432, 1234.5)] == [
        "0.0 %", "15.9 %", "−5.2 %", "0.043 %", "1,234.5 %",
    ]  # fmt: skip


def test_flows_come_in_the_order_asked_for_with_their_words(database: Database) -> None:
    fill(database, [
        flow_row(classification="H4", net_weight_kg=2.5), flow_row(dataset_id=2, classification="S4", code="27"),
        flow_row(dataset_id=4, classification="S3", code="270900", replaced_by=3),
        flow_row(classification="H6", code="08"),
    ])  # fmt: skip
    found = flows(database, [3, 99, 1, 2, 1, 4])
    assert [flow.id for flow in found] == [3, 1, 2, 1, 4]
    assert [flow.description for flow in found] == [
        None, "Petroleum oils, CRUDE, 100%", "Crude fertilizers", "Petroleum oils, CRUDE, 100%", None,
    ]  # fmt: skip
    assert [(flow.dataset, flow.publisher, flow.counts) for flow in found[:3]] == [
        ("Gone", "One", False), ("Zebra", "One", True), ("apple", "Two", True),
    ]  # fmt: skip
    assert (found[1].net_weight_kg, found[1].value, found[1].currency) == (2.5, 100.0, "USD")


def test_vintages_are_the_other_values_for_the_same_flow(database: Database) -> None:
    fill(database, [
        flow_row(value=1.0, replaced_by=3), flow_row(dataset_id=3, value=2.0), flow_row(dataset_id=2, value=3.0),
        flow_row(dataset_id=4, value=4.0), flow_row(value=5.0, valuation="FOB"), flow_row(value=6.0, replaced_by=3),
        flow_row(value=7.0, period="2023"), flow_row(value=8.0, period="2023"),
    ])  # fmt: skip
    assert [flow.value for flow in vintages(database, 2)] == [6.0, 1.0]
    assert [flow.value for flow in vintages(database, 1)] == [2.0, 6.0]
    assert [vintages(database, key) for key in (3, 5, 7, 99)] == [[], [], [], []]

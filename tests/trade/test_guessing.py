"""Guessing what columns are: names and first cells together, nothing that two columns could be; and remembering it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.guessing import guess, problems, try_out, with_values
from azcn_desktop.trade.importing import plan_import, run_import
from azcn_desktop.trade.layout import MEANINGS, Mapping
from azcn_desktop.trade.layouts import LAYOUTS, MAPPED
from azcn_desktop.trade.recognising import Sample, Untold, fitting
from azcn_desktop.trade.remembering import Remembered, fingerprint, plan_as_before
from tests.trade.builders import QUIET

HEADER = (
    "Declarant",
    "Partner country",
    "Direction",
    "Year",
    "HS code",
    "Value (thousand USD)",
    "Net weight",
    "Remarks",
)
ROWS = (
    ("Azerbaijan", "China", "Import", "2023", "0101", "1.5", "20", "x"),
    ("Azerbaijan", "China", "Export", "2023", "27", "7", "", ""),
)
TEXT = "\n".join(",".join(row) for row in (HEADER, *ROWS)) + "\n"


def sample(header: tuple[str, ...] = HEADER, rows: tuple[tuple[str, ...], ...] = ROWS) -> Sample:
    return Sample(header, Batch(range(2, 2 + len(rows)), rows))


@pytest.fixture
def unknown(tmp_path: Path) -> Path:
    """A table of an office whose layout nobody has declared."""
    path = tmp_path / "office.csv"
    path.write_text(TEXT, "utf-8")
    return path


def test_names_in_other_words_and_units_in_brackets_are_understood() -> None:
    guessed = guess(sample())
    assert dict(guessed.columns) == {
        "reporter": "Declarant", "partner": "Partner country", "flow": "Direction", "period": "Year", "code": "HS code",
        "value": "Value (thousand USD)", "net_weight_kg": "Net weight",
    }  # fmt: skip
    assert dict(guessed.fixed) == {"unit": "1000 USD"}


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Value USD", "USD"),
        ("Trade value, mln USD", "1000000 USD"),
        ("Value, 1000 CNY", "1000 CNY"),
        ("Value", None),
        ("tradevalueusd", "USD"),
        ("value_usd", "USD"),
        ("Value (kUSD)", "1000 USD"),
        ("Value, 1,000 USD", "1000 USD"),
        ("Value, USD '000", "1000 USD"),
        ("Value, USD bn", "1000000000 USD"),
        ("Import value CIF (US$)", "USD"),
        ("Dəyər, min USD", "1000 USD"),
        ("Dəyəri (min ABŞ dolları)", "1000 USD"),
        ("Dəyər, mln. manat", "1000000 AZN"),
        ("DƏYƏR, MİLYARD USD", "1000000000 USD"),
        ("Стоимость, тыс. долл. США", "1000 USD"),
        ("Стоимость (млн USD)", "1000000 USD"),
        ("Стоимость, млрд. USD", "1000000000 USD"),
        ("金额（千美元）", "1000 USD"),
        ("金额(万元)", "10000 CNY"),
        ("进口金额百万美元", "1000000 USD"),
        ("金额（亿元）", "100000000 CNY"),
        ("金额 十亿美元", "1000000000 USD"),
        ("金额（美元）", "USD"),
        # What is not understood may be another thousand.
        ("Value, lakh USD", None),
        ("Value, USD m", None),
        ("Value, constant 2010 USD", None),
        ("金额（兆美元）", None),
        ("Value, thousand million USD", None),
        ("金额（日元）", None),
        ("Value (USD, EUR)", None),
    ],
)
def test_the_unit_of_the_values_is_read_from_their_column(name: str, unit: str | None) -> None:
    assert dict(guess(sample((name,), (("5",),))).columns) == {"value": name}
    assert dict(guess(sample((name,), (("5",),))).fixed).get("unit") == unit


@pytest.mark.parametrize(
    "header",
    [
        ("İl", "Ölkə", "Tərəfdaş ölkə", "Kod", "Dəyər, min USD", "Çəki, kq"),
        ("Год", "Страна", "Партнёр", "Код ТН ВЭД", "Стоимость, тыс. USD", "Вес нетто (кг)"),
        ("年", "国家", "贸易伙伴", "编码", "金额（千美元）", "重量（千克）"),
    ],
)
def test_headers_of_the_offices_of_three_languages_are_understood(header: tuple[str, ...]) -> None:
    guessed = guess(sample(header, (("2023", "Azerbaijan", "China", "2709", "1.5", "20"),)))
    meanings = ("period", "reporter", "partner", "code", "value", "net_weight_kg")
    assert dict(guessed.columns) == dict(zip(meanings, header, strict=True))
    assert dict(guessed.fixed) == {"unit": "1000 USD"}


def test_a_weight_in_tonnes_is_not_taken_for_kilograms() -> None:
    for name in ("Net weight (tonnes)", "Çəki, ton"):
        assert "net_weight_kg" not in dict(guess(sample((name,), (("5",),))).columns)


def test_a_name_is_not_believed_when_its_cells_are_something_else() -> None:
    found = dict(guess(sample(("flow", "period", "value", "unit"), (("steady", "soon", "high", "tonnes"),))).columns)
    assert found == {"quantity_unit": "unit"}


def test_two_columns_that_could_both_be_the_value_are_left_open() -> None:
    assert "value" not in dict(guess(sample(("Import value", "Export value"), (("1", "2"),))).columns)


def test_an_exporter_and_an_importer_are_a_report_of_exports() -> None:
    guessed = guess(sample(("exporter", "importer"), (("AZE", "CHN"),)))
    assert dict(guessed.columns) == {"reporter": "exporter", "partner": "importer"}
    assert dict(guessed.fixed) == {"flow": "X"}


def test_a_month_beside_its_year_is_no_period_of_its_own() -> None:
    guessed = dict(guess(sample(("year", "month"), (("2024", "7"),))).columns)
    assert guessed == {"period": "year", "month": "month"}


def test_what_is_untold_is_said_in_sentences() -> None:
    assert set(problems(MAPPED, ("a", "b"), Mapping())) == {
        "publisher", "reporter", "partner", "flow", "period", "code", "unit", "value",
    }  # fmt: skip
    told = with_values(guess(sample()), {"unit": "1000 USD", "publisher": "Office"})
    assert problems(MAPPED, HEADER, told) == {}


def test_values_for_all_rows_are_checked_like_cells() -> None:
    mapping = with_values(Mapping(), {"unit": "dollars", "period": "soon", "flow": "sideways", "reporter": "?"})
    found = problems(MAPPED, HEADER, mapping)
    assert "is no unit" in found["unit"]
    assert "no year, quarter or month" in found["period"]
    assert found["flow"] == "“sideways” is no flow."
    assert "was lost" in found["reporter"]


def test_one_column_cannot_be_both_sides() -> None:
    found = problems(MAPPED, HEADER, Mapping((("reporter", "Declarant"), ("partner", "Declarant"))))
    assert found["partner"] == "This column is chosen for the reporter already."


def test_a_trial_says_which_of_the_first_rows_can_be_read() -> None:
    rows = (*ROWS, ("Azerbaijan", "China", "Import", "2023", "28", "many", "", ""))
    told = with_values(guess(sample()), {"unit": "1000 USD", "publisher": "Office"})
    trial = try_out(sample(rows=rows), MAPPED, told)
    assert (trial.rows, trial.flows) == (3, 2)
    assert [(refusal.line, refusal.column) for refusal in trial.refused] == [(4, "Value (thousand USD)")]


def test_a_unit_for_all_rows_multiplies_the_values(store: Store, unknown: Path) -> None:
    told = with_values(guess(sample()), {"unit": "1000 USD", "publisher": "Office"})
    with plan_import(store, unknown, MAPPED, told) as plan:
        run_import(store, plan, Progress(), QUIET)
    assert store.database.all("SELECT code, value, currency FROM trade_flow ORDER BY 1") == [
        ("0101", 1500.0, "USD"), ("27", 7000.0, "USD"),
    ]  # fmt: skip


def test_an_unknown_table_comes_back_with_its_first_rows(store: Store, unknown: Path) -> None:
    with pytest.raises(Untold, match="none of the layouts") as untold:
        plan_import(store, unknown)
    assert untold.value.sample.header == HEADER
    assert list(map(tuple, untold.value.sample.first.rows)) == list(ROWS)
    assert untold.value.layout is MAPPED


def test_the_next_file_with_the_same_header_is_mapped_by_itself(store: Store, unknown: Path) -> None:
    told = with_values(guess(sample()), {"unit": "1000 USD", "publisher": "Office"})
    kept = Remembered.from_text(Remembered().kept(HEADER, MAPPED, told).to_text())
    plan, is_as_before = plan_as_before(store, unknown, None, None, kept, Progress())
    with plan:
        assert (is_as_before, plan.new, plan.mapping) == (True, 2, told)
    with pytest.raises(Untold):
        plan_as_before(store, unknown, None, None, kept.without(HEADER), Progress())


def test_a_header_is_known_again_whatever_its_case_and_order() -> None:
    assert fingerprint(HEADER) == fingerprint(tuple(name.upper() for name in reversed(HEADER)))
    assert fingerprint(HEADER) != fingerprint(HEADER[:-1])


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(MEANINGS), st.text(max_size=8), max_size=5),
    st.dictionaries(st.sampled_from(MEANINGS), st.one_of(st.text(max_size=8), st.integers(0, 9)), max_size=5),
    st.text(max_size=8),
)
def test_what_is_remembered_is_read_as_it_was_written(
    columns: dict[str, str], fixed: dict[str, str | int], publisher: str
) -> None:
    mapping = Mapping(tuple(columns.items()), tuple(fixed.items()), publisher=publisher)
    kept = Remembered().kept(HEADER, MAPPED, mapping)
    assert Remembered.from_text(kept.to_text()) == kept


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_whatever_text_is_found_nothing_or_something_is_remembered(text: str) -> None:
    assert Remembered.from_text(text).find(HEADER) is None


def test_damaged_entries_are_forgotten_and_the_others_kept() -> None:
    good = Remembered().kept(HEADER, MAPPED, Mapping((("value", "v"),)))
    text = good.to_text()[:-1] + ', {"header": 1}, 7, {"header": "h", "layout": "none", "columns": {}, "fixed": {}}]'
    assert Remembered.from_text(text) == good


def test_layouts_that_fit_a_header_come_with_most_marks_first() -> None:
    own = next(layout for layout in LAYOUTS if layout.name == "azcn")
    assert fitting(own.marks)[0] is own
    assert fitting(("a", "b")) == []

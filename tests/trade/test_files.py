"""Every real file that is at hand: imported with the values that its publisher printed, or refused with the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.commodity_names import commodities
from azcn_desktop.store.flows.summaries import differences
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import ImportPlan, plan_import, run_import
from azcn_desktop.trade.layout import Mapping

ROOT = Path(__file__).parents[2]
FILES = ROOT.parent / "shared" / "data" / "trade"
SAMPLES = ROOT / "tests" / "data" / "trade"
needs_files = pytest.mark.skipif(not FILES.is_dir(), reason="the real files are not at hand (../shared/data/trade)")
PARTNER = Mapping(fixed=(("partner", "AZ"),))  # the name of the country was lost in this file

# File, layout, flows, rows refused, rows left out.
FLOWS = (
    ("azcn_annual.csv", "azcn-annual", 109, 0, 0),
    ("azcn_hs.csv", "azcn-codes", 120, 0, 0),
    ("azcn_monthly.csv", "azcn-monthly", 44, 0, 0),
    ("comtrade_api_hs6/comtrade_api_HS6_import_AZE_CHN.csv", "comtrade-plus", 75, 0, 0),
    ("comtrade_legacy/comtrade_S4_CHN_bilateral_sample.csv", "comtrade-legacy", 200, 0, 0),
    ("comtrade_legacy/comtrade_S4_exports_world_AZE_CHN_rows.csv", "comtrade-legacy", 51, 0, 0),
    ("comtrade_legacy/comtrade_db_2012_h3_china_india_sample.csv", "comtrade-db", 200, 0, 0),
    ("comtradeplus/TradeData_Services_sample.csv", "comtrade-plus", 21, 0, 0),
    ("comtradeplus/TradeData_hs8542_THA_sample.csv", "comtrade-plus", 41, 0, 0),
    ("comtradeplus/TradeData_total_AZE_CHN_rows.csv", "comtrade-plus", 9, 0, 0),
    ("gravity/hmr_gravity_2006_AZE_pairs.csv", "gravity", 191, 0, 60),
    ("guardian_json/fullstats_AZE_rows.json", "comtrade-legacy", 1, 0, 0),
    ("itpd/itpd_aggregated_AZE_CHN_2000_2016.csv", "itpd", 34, 0, 0),
    ("oec_sitc/gexf_edges_aze_chn_1992_2014.csv", "oec-edges", 42, 0, 0),
    ("oec_sitc/npz_netwrk_aze_chn_1992_2014.csv", "oec-matrix", 46, 0, 0),
    ("unctad_matrix/DiGraph_AZE_CHN_rows_1995_2005_2015.csv", "unctad-matrix", 44, 0, 0),
    ("wits/en_AZE_AllYears_WITS_Trade_Summary.CSV", "wits-summary", 720, 0, 82),
    ("wits/en_CHN_AllYears_WITS_Trade_Summary.CSV", "wits-summary", 864, 0, 60),
    ("worldbank/world_bank_gdp_AZE_CHN_WLD_rows.csv", "world-bank", 0, 0, 7),
)
CODES = (
    ("codes/comtrade_H4_hs2012.csv", "H4", 6_530), ("codes/comtrade_H5_hs2017.csv", "H5", 6_709),
    ("codes/comtrade_H6_hs2022.csv", "H6", 6_940), ("codes/harmonized-system_2022.csv", "H6", 6_940),
    ("baci/product_codes_HS92_V202301.csv", "H0", 5_021),
)  # fmt: skip
REFUSED = {
    "aiddata/gcdf_country_commitments_AZE.csv": "no flow of goods",
    "atlas/beta_observatory_cy.csv": "numbers countries and products by itself",
    "atlas/beta_observatory_hs4_ccpy.csv": "numbers countries and products by itself",
    "atlas/beta_observatory_hs4_cpy.csv": "numbers countries and products by itself",
    "atlas/beta_observatory_hs4_py.csv": "numbers countries and products by itself",
    "baci/baci_readme.txt": "none of the layouts that are known",
    "baci/country_codes_V202301.csv": "a list of countries",
    "codes/comtrade_area_codes.csv": "a list of countries",
    "codes/country-codes.csv": "a list of countries",
    "codes/hs_sections.csv": "titles of sections",
    "codes/iso3166_all_regional_codes.csv": "a list of countries",
    "gacc/regions_translated.csv": "a list of countries",
    "press/azcn_press_points.csv": "Import them as figures",
    "README.md": "none of the layouts that are known",
}


@pytest.fixture
def plans(store: Store) -> Iterator[list[ImportPlan]]:
    """Collect plans that are closed in the end."""
    store.database.execute("PRAGMA synchronous = OFF")
    made: list[ImportPlan] = []
    yield made
    for plan in made:
        plan.close()


def imported(store: Store, path: Path, mapping: Mapping | None = None) -> None:
    """Import a file."""
    with plan_import(store, path, mapping=mapping) as plan:
        run_import(store, plan, Progress(), Turns(pause_s=0))


def value(store: Store, **where: object) -> list[tuple[float, str, str]]:
    """Return value, currency and valuation of the flows with the given values."""
    condition = " AND ".join(f"{name} IS ?" for name in where)
    found = store.database.all(
        f"SELECT value, currency, valuation FROM trade_flow WHERE {condition}", (*where.values(),)
    )
    return [tuple(row) for row in found]


@needs_files
def test_every_file_at_hand_is_spoken_for() -> None:
    named = {name for name, *_ in (*FLOWS, *CODES)} | set(REFUSED) | {"gacc/gac_regions_2024_AZE_rows.csv"}
    assert {str(p.relative_to(FILES)) for p in FILES.rglob("*") if p.is_file()} == named


@needs_files
@pytest.mark.parametrize(("name", "layout", "flows", "refused", "left_out"), FLOWS, ids=[row[0] for row in FLOWS])
def test_a_file_is_recognised_and_every_row_accounted_for(
    store: Store, plans: list[ImportPlan], name: str, layout: str, flows: int, refused: int, left_out: int
) -> None:
    plan = plan_import(store, FILES / name)
    plans.append(plan)
    assert (plan.layout.name, plan.new, plan.refusals) == (layout, flows, refused)
    assert sum(count for _, count in plan.left_out) == left_out
    run_import(store, plan, Progress(), Turns(pause_s=0))
    assert list(differences(store.database)) == []
    again = plan_import(store, FILES / name)
    plans.append(again)
    assert (again.is_empty, again.same) == (True, flows)


@needs_files
@pytest.mark.parametrize(("name", "classification", "codes"), CODES, ids=[row[0] for row in CODES])
def test_a_list_of_codes_becomes_the_commodities(store: Store, name: str, classification: str, codes: int) -> None:
    imported(store, FILES / name)
    found = commodities(store.database, classification)
    assert len(found) == codes
    assert all(len(code) in (2, 4, 5, 6) for code in found)
    if classification != "H0":
        assert found["0101"][1]["parent"] == "01"
    assert found["010111" if classification == "H0" else "010121"][1]["level"] == 6


@needs_files
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_flow_is_refused_for_the_right_reason(store: Store, name: str) -> None:
    with pytest.raises(UserError, match=REFUSED[name]):
        plan_import(store, FILES / name)


@needs_files
def test_the_totals_of_2022_are_right_to_the_dollar(store: Store) -> None:
    imported(store, FILES / "comtradeplus" / "TradeData_total_AZE_CHN_rows.csv")
    of_2022 = {"period": "2022", "reporter": "CN", "partner": "AZ", "code": "TOTAL"}
    assert value(store, **of_2022, flow="M") == [(245_870_102.0, "USD", "CIF")]
    assert value(store, **of_2022, flow="X") == [(1_135_903_218.0, "USD", "FOB")]
    both = value(store, period="2022", reporter="US", partner="AZ", flow="M")
    assert sorted(both) == [(173_378_985.0, "USD", "FOB"), (184_789_232.0, "USD", "CIF")]


@needs_files
def test_other_publishers_values_are_what_they_printed(store: Store) -> None:
    for name in ("gravity/hmr_gravity_2006_AZE_pairs.csv", "wits/en_AZE_AllYears_WITS_Trade_Summary.CSV"):
        imported(store, FILES / name)
    imported(store, FILES / "oec_sitc/npz_netwrk_aze_chn_1992_2014.csv")
    imported(store, FILES / "unctad_matrix/DiGraph_AZE_CHN_rows_1995_2005_2015.csv")
    imported(store, FILES / "guardian_json/fullstats_AZE_rows.json")
    assert value(store, period="2006", reporter="AZ", partner="CN", valuation="compiled") == [
        (21_990_000.0, "USD", "compiled")
    ]
    assert value(store, period="2006", reporter="CN", partner="AZ", valuation="compiled") == [
        (381_350_200.0, "USD", "compiled")
    ]
    top_five = {"reporter": "AZ", "partner": "CN", "flow": "M", "valuation": "CIF"}
    assert [value(store, period=y, **top_five)[0][0] for y in ("2008", "2014")] == [478_530_000.0, 697_080_000.0]
    assert value(store, period="2013", **top_five) == []
    # The source of an OEC edge is the importer: China's import of 2014 as UN Comtrade has it.
    chinese = {"period": "2014", "reporter": "CN", "partner": "AZ", "flow": "M", "code": "TOTAL"}
    assert sorted(value(store, **chinese)) == [(297_062_697.0, "USD", "CIF"), (297_062_697.0, "USD", "harmonised")]
    assert value(store, period="1995", reporter="AZ", partner="CN", code="2") == [(3_700_338.0, "USD", "FOB")]


@needs_files
def test_a_month_in_another_unit_is_refused_and_a_lost_name_must_be_told(store: Store) -> None:
    path = FILES / "gacc" / "gac_regions_2024_AZE_rows.csv"
    with plan_import(store, path) as plan:
        assert plan.is_empty
        assert {refusal.reason for refusal in plan.refused} == {
            "The name of the country was lost in this file (question marks)."
        }
    with plan_import(store, path, mapping=PARTNER) as plan:
        assert [refusal.line for refusal in plan.refused] == [9]
        run_import(store, plan, Progress(), Turns(pause_s=0))
    december = {"period": "202412", "is_cumulative": 1}
    assert sum(found[0] for found in value(store, **december)) == 17_546_510_000.0
    assert {found[1] for found in value(store, **december)} == {"CNY"}


def test_a_sample_of_an_older_download_imports(store: Store) -> None:
    imported(store, SAMPLES / "comtrade_s4_exports.csv")
    assert store.database.one("SELECT count(*) FROM trade_flow") == 51
    assert value(store, reporter="AL", period="2015", code="28") == [(110_483_378.0, "USD", "FOB")]
    dataset = store.database.all("SELECT publisher, file_name, layout, length(sha256), state FROM dataset")
    assert dataset == [("UN Comtrade", "comtrade_s4_exports.csv", "comtrade-legacy", 64, "ready")]

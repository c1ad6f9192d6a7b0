"""The layouts: one declaration for each published form of a trade table. Longer than other modules: a table to read.

To add one, copy the nearest and change it; `recognising.py` finds it by its marks. Sources: the headers of real files,
and what their publishers say of the columns.
"""

from __future__ import annotations

from azcn_desktop.trade.layout import Column, Layout, Measure, Only

_FLOWS = (
    ("M", "M"), ("import", "M"), ("imports", "M"), ("1", "M"), ("X", "X"), ("export", "X"), ("exports", "X"), ("2", "X"),
    ("RX", "RX"), ("reexport", "RX"), ("reexports", "RX"), ("3", "RX"),
    ("RM", "RM"), ("reimport", "RM"), ("reimports", "RM"), ("4", "RM"),
)  # fmt: skip
_FREQUENCIES = (("A", "A"), ("annual", "A"), ("Q", "Q"), ("quarterly", "Q"), ("M", "M"), ("monthly", "M"))
_UNITS = (("", None), ("noquantity", None), ("na", None), ("1", None), ("-1", None), ("5", "u"), ("8", "kg"))
_ESTIMATED = (("", 0), ("0", 0), ("2", 1), ("4", 1), ("6", 1), ("1", 1), ("3", 1), ("5", 1))
_YES = (("true", 1), ("1", 1), ("yes", 1), ("false", 0), ("0", 0), ("no", 0), ("", None))
# How flows and frequencies are written in tables whose columns a person maps.
GENERAL_WORDS = {
    "flow": _FLOWS,
    "frequency": _FREQUENCIES,
    "is_cumulative": _YES,
    "is_reported": _YES,
    "is_estimated": _YES,
}
# UN Comtrade: imports are valued with freight and insurance, exports at the border.
_BY_FLOW = (("M", "CIF"), ("RM", "CIF"), ("X", "FOB"), ("RX", "FOB"))
_COMTRADE = "UN Comtrade; reuse with attribution under its own terms"
_TOTAL = (("classification", None), ("code", "TOTAL"))
_BREAKDOWN = "a part of the total by {}; the total stands in another row"

COMTRADE_PLUS = Layout(
    "comtrade-plus", "UN Comtrade Plus", "UN Comtrade",
    marks=("typeCode", "freqCode", "period", "reporterCode", "flowCode", "partnerCode", "cmdCode", "primaryValue"),
    columns=(
        Column("frequency", ("freqCode",), _FREQUENCIES),
        Column("period", ("period", "refYear")),
        Column("reporter", ("reporterISO", "reporterCode")),
        Column("partner", ("partnerISO", "partnerCode")),
        Column("flow", ("flowCode",), _FLOWS),
        Column("classification", ("classificationCode",)),
        Column("code", ("cmdCode",)),
        Column("net_weight_kg", ("netWgt",)),
        Column("quantity", ("qty",)),
        Column("quantity_unit", ("qtyUnitAbbr",)),
        Column("is_estimated", ("legacyEstimationFlag",), _ESTIMATED),
        Column("is_reported", ("isReported",), _YES),
        Column("valuation", ("typeCode",), (("C", None), ("S", "unknown"))),
    ),
    measures=(
        Measure("cifvalue", (("valuation", "CIF"),), skips_zero=True),
        Measure("fobvalue", (("valuation", "FOB"),), skips_zero=True),
        Measure("primaryValue", unless=("cifvalue", "fobvalue")),
    ),
    fixed=(("currency", "USD"),),
    only=(
        Only("partner2Code", ("0", ""), _BREAKDOWN.format("second partner")),
        Only("customsCode", ("C00", ""), _BREAKDOWN.format("customs procedure")),
        Only("motCode", ("0", ""), _BREAKDOWN.format("mode of transport")),
        Only("mosCode", ("0", ""), _BREAKDOWN.format("mode of supply")),
    ),
    valuation_of=_BY_FLOW, licence=_COMTRADE,
)  # fmt: skip

COMTRADE_LEGACY = Layout(
    "comtrade-legacy", "UN Comtrade, older download", "UN Comtrade",
    marks=("Classification", "Year", "Period", "Trade Flow Code", "Reporter Code", "Partner Code", "Commodity Code",
           "Trade Value (US$)"),
    columns=(
        Column("period", ("Period", "Year")),
        Column("reporter", ("Reporter ISO", "Reporter Code", "Reporter")),
        Column("partner", ("Partner ISO", "Partner Code", "Partner")),
        Column("flow", ("Trade Flow Code", "Trade Flow"), _FLOWS),
        Column("classification", ("Classification",)),
        Column("code", ("Commodity Code",)),
        Column("net_weight_kg", ("Netweight (kg)",)),
        Column("quantity", ("Qty",)),
        Column("quantity_unit", ("Qty Unit",), (*_UNITS, ("weightinkilograms", "kg"), ("numberofitems", "u"))),
        Column("is_estimated", ("Flag",), _ESTIMATED),
    ),
    measures=(
        Measure("CIF Trade Value (US$)", (("valuation", "CIF"),), skips_zero=True),
        Measure("FOB Trade Value (US$)", (("valuation", "FOB"),), skips_zero=True),
        Measure("Trade Value (US$)", unless=("CIF Trade Value (US$)", "FOB Trade Value (US$)")),
    ),
    fixed=(("currency", "USD"),),
    only=(
        Only("2nd Partner Code", ("0", ""), _BREAKDOWN.format("second partner")),
        Only("Customs Proc. Code", ("C00", ""), _BREAKDOWN.format("customs procedure")),
        Only("Mode of Transport Code", ("0", ""), _BREAKDOWN.format("mode of transport")),
    ),
    valuation_of=_BY_FLOW, licence=_COMTRADE,
)  # fmt: skip

COMTRADE_DB = Layout(
    "comtrade-db", "UN Comtrade, old database", "UN Comtrade",
    marks=("Year", "Reporter Code", "Trade Flow Code", "Partner Code", "Classification", "Commodity Code",
           "Quantity Unit Code", "Value", "Estimation Code"),
    columns=(
        Column("period", ("Year",)),
        Column("reporter", ("Reporter Code",)),
        Column("partner", ("Partner Code",)),
        Column("flow", ("Trade Flow Code",), _FLOWS),
        Column("classification", ("Classification",)),
        Column("code", ("Commodity Code",)),
        Column("net_weight_kg", ("Netweight (kg)",)),
        Column("quantity", ("Supplementary Quantity",)),
        Column("quantity_unit", ("Quantity Unit Code",), _UNITS),
        Column("is_estimated", ("Estimation Code",), _ESTIMATED),
    ),
    measures=(Measure("Value"),),
    fixed=(("currency", "USD"),),
    valuation_of=_BY_FLOW, licence=_COMTRADE,
)  # fmt: skip

_INDICATORS = (
    "Trade (US$ Mil)-Top 5 Import Partner", "Trade (US$ Mil)-Top 5 Export Partner", "Exports (in US$ Mil)",
    "Imports (in US$ Mil)", "Export(US$ Mil)", "Import(US$ Mil)",
)  # fmt: skip
WITS_SUMMARY = Layout(
    "wits-summary", "WITS country summary", "WITS",
    marks=("Reporter", "Partner", "Product categories", "Indicator Type", "Indicator"),
    columns=(
        Column("reporter", ("Reporter",)),
        Column("partner", ("Partner",)),
        Column("flow", ("Indicator Type",), _FLOWS),
        Column("code", ("Product categories",), (("allproducts", "TOTAL"),)),
    ),
    measures=(Measure(r"\s*(\d{4})\s*", factor=1e6, is_pattern=True),),
    fixed=(("currency", "USD"), ("frequency", "A"), ("classification", "WITS")),
    only=(Only("Indicator", _INDICATORS, "an indicator that is no flow between two areas"),),
    valuation_of=_BY_FLOW, licence="World Bank WITS; attribution",
    note="Rounded to 0.01 million USD; only the five largest partners of each year are listed, so a missing year is "
         "not zero.",
)  # fmt: skip

BACI = Layout(
    "baci", "CEPII BACI", "CEPII BACI", marks=("t", "i", "j", "k", "v", "q"),
    columns=(
        Column("period", ("t",)), Column("reporter", ("i",)), Column("partner", ("j",)), Column("code", ("k",)),
        Column("quantity", ("q",)),
    ),
    measures=(Measure("v", factor=1e3),),
    fixed=(
        ("currency", "USD"), ("frequency", "A"), ("flow", "X"), ("valuation", "reconciled"), ("classification", "HS"),
        ("quantity_unit", "t"),
    ),
    code_digits=6, licence="CEPII, Etalab open licence; check its terms",
    note="Reconciled by CEPII from both sides' reports; the edition of the HS stands in the file's name.",
)  # fmt: skip

_ATLAS_NUMBERS = (
    "This table numbers countries and products by itself and does not say which is which. Join it with the Atlas "
    "dictionary first, or take the download that has country and product codes."
)
_ATLAS_MEASURES = (
    Measure("export_value", (("flow", "X"),)),
    Measure("import_value", (("flow", "M"),)),
)
_ATLAS_FIXED = (("currency", "USD"), ("frequency", "A"), ("valuation", "harmonised"))
_ATLAS_NOTE = "Cleaned by the Growth Lab from both sides' reports."
ATLAS_PRODUCT = Layout(
    "atlas-product", "Atlas country and product", "Growth Lab Atlas",
    marks=("country_iso3_code", "product_hs92_code", "year", "export_value", "import_value"),
    columns=(
        Column("period", ("year",)), Column("reporter", ("country_iso3_code",)), Column("code", ("product_hs92_code",)),
    ),
    measures=_ATLAS_MEASURES, fixed=(*_ATLAS_FIXED, ("partner", "WLD"), ("classification", "H0")), note=_ATLAS_NOTE,
)  # fmt: skip
ATLAS_PAIR = Layout(
    "atlas-pair", "Atlas country, partner and product", "Growth Lab Atlas",
    marks=("country_iso3_code", "partner_iso3_code", "product_hs92_code", "year", "export_value", "import_value"),
    columns=(
        Column("period", ("year",)), Column("reporter", ("country_iso3_code",)), Column("code", ("product_hs92_code",)),
        Column("partner", ("partner_iso3_code",)),
    ),
    measures=_ATLAS_MEASURES, fixed=(*_ATLAS_FIXED, ("classification", "H0")), note=_ATLAS_NOTE,
)  # fmt: skip
ATLAS_2014 = tuple(
    Layout(f"atlas-2014-{name}", "Atlas of 2014", "Growth Lab Atlas", marks, refusal=_ATLAS_NUMBERS)
    for name, marks in (
        ("ccpy", ("id", "year", "origin_id", "destination_id", "product_id", "export_value", "import_value")),
        ("cpy", ("id", "country_id", "product_id", "year", "export_value", "import_value", "export_rca")),
        ("cy", ("id", "country_id", "year", "eci", "eci_rank")),
        ("py", ("id", "product_id", "year", "pci", "pci_rank", "world_trade")),
    )
)

WORLD_BANK = Layout(
    "world-bank", "World Bank indicator", "World Bank",
    marks=("Country Name", "Country Code", "Indicator Name", "Indicator Code"),
    columns=(
        Column("reporter", ("Country Code", "Country Name")),
        Column("flow", ("Indicator Code",), (("TXVALMRCHCDWT", "X"), ("TMVALMRCHCDWT", "M"))),
    ),
    measures=(Measure(r"\s*(\d{4})(?:\s*\[YR\d{4}\])?\s*", is_pattern=True),),
    fixed=(("currency", "USD"), ("frequency", "A"), ("partner", "WLD"), *_TOTAL),
    only=(
        Only("Indicator Code", ("TX.VAL.MRCH.CD.WT", "TM.VAL.MRCH.CD.WT"),
             "an indicator that is no flow of goods (only TX.VAL.MRCH.CD.WT and TM.VAL.MRCH.CD.WT are)"),
    ),
    valuation_of=_BY_FLOW, licence="World Bank, CC BY 4.0",
)  # fmt: skip

_EDITION = r"(?:^|/)(\d{2})DiGraph"
UNCTAD = Layout(
    "unctad-matrix", "UNCTAD merchandise trade matrix", "UNCTAD",
    marks=("origin_file", "source", "target", "edgewidth"),
    columns=(
        Column("period", ("origin_file",), pattern=_EDITION),
        Column("reporter", ("source",)), Column("partner", ("target",)),
        Column("code", ("origin_file",), (("all", "TOTAL"),), r"DiGraph_(?:SITC)?([0-9]|All)"),
    ),
    measures=(Measure("edgewidth", factor=1e3),),
    fixed=(("currency", "USD"), ("frequency", "A"), ("flow", "X"), ("valuation", "FOB"), ("classification", "SITC")),
    licence="UNCTAD; attribution",
    note="The exporter's side; a missing section had no trade. The revision of the SITC is not named.",
)  # fmt: skip

_OEC_FIXED = (("currency", "USD"), ("frequency", "A"), ("flow", "M"), ("valuation", "harmonised"), *_TOTAL)
_OEC_NOTE = "Harmonised by the OEC, sums over SITC rev. 2. The source of an edge is the importer."
OEC_EDGES = Layout(
    "oec-edges", "OEC trade graph", "OEC", marks=("origin_file", "source", "target", "weight"),
    columns=(
        Column("period", ("origin_file",), pattern=r"(\d{4})\.\w+$"),
        Column("reporter", ("source",)), Column("partner", ("target",)),
    ),
    measures=(Measure("weight"),), fixed=_OEC_FIXED, note=_OEC_NOTE,
)  # fmt: skip
OEC_MATRIX = Layout(
    "oec-matrix", "OEC trade matrix", "OEC", marks=("origin_file", "row", "column", "netwrk"),
    columns=(
        Column("period", ("origin_file",), pattern=r"_(\d{4})_"),
        Column("reporter", ("row",)), Column("partner", ("column",)),
    ),
    measures=(Measure("netwrk"),), fixed=_OEC_FIXED, note=_OEC_NOTE,
)  # fmt: skip

ITPD = Layout(
    "itpd", "ITPD-E, all industries", "USITC ITPD-E", marks=("year", "row_exporter", "column_importer", "trade"),
    columns=(
        Column("period", ("year",)), Column("reporter", ("row_exporter",)), Column("partner", ("column_importer",)),
    ),
    measures=(Measure("trade"),),
    fixed=(("currency", "USD"), ("frequency", "A"), ("flow", "X"), ("valuation", "deflated"), *_TOTAL),
    note="Goods and services, deflated to dollars of 2010: not nominal.",
)  # fmt: skip

GRAVITY = Layout(
    "gravity", "Gravity pairs (Head, Mayer and Ries, 2006)", "CEPII gravity",
    marks=("iso_o", "iso_d", "distw", "gdp_o", "gdp_d", "flow", "contig"),
    columns=(Column("reporter", ("iso_o",)), Column("partner", ("iso_d",))),
    measures=(Measure("flow", factor=1e6, skips_zero=True),),
    fixed=(
        ("currency", "USD"), ("frequency", "A"), ("period", "2006"), ("flow", "X"), ("valuation", "compiled"), *_TOTAL,
    ),
    note="Of 2006, after IMF statistics; whose report it is, is not said. Zeros mean that nothing is known.",
)  # fmt: skip

_MONTH, _CUMULATIVE = ("is_cumulative", 0), ("is_cumulative", 1)
GACC = Layout(
    "gacc-countries", "China customs, trade by country", "China customs",
    marks=("region_raw", "exports_month", "exports_cum", "imports_month", "imports_cum", "year", "month"),
    columns=(Column("period", ("year",)), Column("month", ("month",)), Column("partner", ("region_raw",))),
    measures=(
        Measure("exports_month", (("flow", "X"), ("valuation", "FOB"), _MONTH), 1e4),
        Measure("exports_cum", (("flow", "X"), ("valuation", "FOB"), _CUMULATIVE), 1e4),
        Measure("imports_month", (("flow", "M"), ("valuation", "CIF"), _MONTH), 1e4),
        Measure("imports_cum", (("flow", "M"), ("valuation", "CIF"), _CUMULATIVE), 1e4),
    ),
    fixed=(("currency", "CNY"), ("frequency", "M"), ("reporter", "CN"), *_TOTAL),
    is_repeating=True, licence="General Administration of Customs of China",
    note="Printed in units of 10,000 yuan. A month whose cumulative value does not follow from its neighbours may be "
         "in another unit and is refused.",
)  # fmt: skip

_MERGED_VALUATION = (
    ("", "unknown"), ("oecharmonisedimportvalusd", "harmonised"), ("cifusd", "CIF"), ("cifmillionusdx1e6", "CIF"),
    ("fobusd", "FOB"), ("fobexportersidethousandusdx1000", "FOB"),
    ("constant2010usdcpiallindustriesnotnominal", "deflated"),
    ("millionusdx1e6dotsbasedreporternotstated", "compiled"),
)  # fmt: skip
_PUBLISHERS = (
    ("uncomtrade", "UN Comtrade"), ("imfdots", "IMF DOTS"), ("oec", "OEC"),
    ("usitcitpde", "USITC ITPD-E"), ("unctad", "UNCTAD"), ("cepiibaci", "CEPII BACI"), ("wits", "WITS"),
    ("gravity", "CEPII gravity"), ("gacc", "China customs"),
)  # fmt: skip
_MERGED_PUBLISHER = r"^(UN Comtrade|IMF DOTS|OEC|USITC ITPD-E|UNCTAD|CEPII BACI|wits|gravity|GACC)"
_PAIR_COLUMNS = (
    Column("reporter", ("reporter",)), Column("partner", ("partner",)), Column("flow", ("flow",), _FLOWS),
    Column("publisher", ("source",), _PUBLISHERS, _MERGED_PUBLISHER),
)  # fmt: skip
MERGED_ANNUAL = Layout(
    "azcn-annual", "Collected annual values", "", marks=("year", "reporter", "partner", "flow", "value_usd", "valuation", "source"),
    columns=(*_PAIR_COLUMNS, Column("period", ("year",)), Column("valuation", ("valuation",), _MERGED_VALUATION)),
    measures=(Measure("value_usd"),),
    fixed=(("currency", "USD"), ("frequency", "A"), *_TOTAL),
    note="Several measures of one flow; never added up.",
)  # fmt: skip
MERGED_CODES = Layout(
    "azcn-codes", "Collected values by product", "",
    marks=("year", "reporter", "partner", "flow", "classification", "code", "value_usd", "quantity", "unit", "source"),
    columns=(
        *_PAIR_COLUMNS, Column("period", ("year",)), Column("classification", ("classification",)),
        Column("code", ("code",)), Column("quantity", ("quantity",)), Column("quantity_unit", ("unit",)),
        Column("valuation", ("source",), (("cif", "CIF"), ("unctad", "FOB"), ("reconciled", "reconciled"), ("", "unknown")),
               "(CIF|UNCTAD|reconciled)"),
    ),
    measures=(Measure("value_usd"),), fixed=(("currency", "USD"), ("frequency", "A")),
)  # fmt: skip
MERGED_MONTHLY = Layout(
    "azcn-monthly", "Collected monthly values", "",
    marks=("year", "month", "reporter", "partner", "flow", "value", "unit", "cumulative", "source"),
    columns=(
        *_PAIR_COLUMNS, Column("period", ("year",)), Column("month", ("month",)), Column("unit", ("unit",)),
        Column("is_cumulative", ("cumulative",), _YES),
    ),
    measures=(Measure("value"),), fixed=(("frequency", "M"), *_TOTAL), valuation_of=_BY_FLOW,
)  # fmt: skip

# What this program writes itself: every part of a flow under its own name.
OWN = Layout(
    "azcn", "AZCN statistics", "",
    marks=("publisher", "frequency", "period", "reporter", "partner", "flow", "code", "value", "currency", "valuation"),
    columns=tuple(
        Column(name, (name,), {"flow": _FLOWS, "frequency": _FREQUENCIES, "is_cumulative": _YES}.get(name, ()))
        for name in (
            "publisher", "frequency", "period", "is_cumulative", "reporter", "partner", "flow", "classification",
            "code", "currency", "valuation", "net_weight_kg", "quantity", "quantity_unit", "is_estimated", "is_reported",
        )
    ),
    measures=(Measure("value"),),
)  # fmt: skip

# The general table of a person's own: what a column is stands in the mapping.
MAPPED = Layout(
    "mapped", "Table with columns of its own", "", marks=(), measures=(Measure("value"),), valuation_of=_BY_FLOW
)

COMTRADE_CODES = Layout(
    "comtrade-codes", "UN Comtrade list of codes", "UN Comtrade",
    marks=("id", "text", "parent", "isLeaf", "aggrlevel"), lists_codes=True, licence=_COMTRADE,
)  # fmt: skip
HS_CODES = Layout(
    "hs-codes", "Harmonized System 2022", "datasets/harmonized-system",
    marks=("section", "hscode", "description", "parent", "level"), lists_codes=True, commodity="H6", licence="PDDL 1.0",
)  # fmt: skip
BACI_CODES = Layout(
    "baci-codes", "BACI list of products", "CEPII BACI", marks=("code", "description"), lists_codes=True,
    commodity="H0", code_digits=6,
)  # fmt: skip

_COUNTRIES = "This is a list of countries, not of flows; the program has its own."
NO_FLOWS = (
    Layout("baci-countries", "BACI list of countries", "CEPII BACI",
           ("country_code", "country_name_abbreviation", "iso_3digit_alpha"), refusal=_COUNTRIES),
    Layout("comtrade-areas", "UN Comtrade list of areas", "UN Comtrade", ("id", "country", "iso_3", "iso_2", "entry_year"),
           refusal=_COUNTRIES),
    Layout("country-codes", "List of country codes", "datasets/country-codes",
           ("ISO3166-1-Alpha-3", "ISO3166-1-Alpha-2", "M49"), refusal=_COUNTRIES),
    Layout("iso-3166", "List of countries", "ISO 3166", ("name", "alpha-2", "alpha-3", "country-code"),
           refusal=_COUNTRIES),
    Layout("gacc-names", "China customs, names of countries", "China customs", ("chinese_raw", "english_name"),
           refusal=_COUNTRIES),
    Layout("hs-sections", "Sections of the Harmonized System", "datasets/harmonized-system", ("section", "name"),
           refusal="These are the titles of sections; import the list of codes instead."),
    Layout("press-points", "Figures printed in the news", "", ("period_start", "side", "figure_as_printed", "url"),
           refusal="These are rounded figures printed in the news, not statistics. Import them as figures "
                   "(--table figure), where each keeps its source and its hedge."),
    Layout("aiddata", "AidData commitments", "AidData", ("country_name", "iso3c", "total_commitments_bn"),
           refusal="These are commitments of finance, summed per country: no flow of goods in any year."),
)  # fmt: skip

LAYOUTS = (
    COMTRADE_PLUS, COMTRADE_LEGACY, COMTRADE_DB, WITS_SUMMARY, BACI, ATLAS_PAIR, ATLAS_PRODUCT, *ATLAS_2014, WORLD_BANK,
    UNCTAD, OEC_EDGES, OEC_MATRIX, ITPD, GRAVITY, GACC, MERGED_ANNUAL, MERGED_CODES, MERGED_MONTHLY, OWN,
    COMTRADE_CODES, HS_CODES, BACI_CODES, *NO_FLOWS,
)  # fmt: skip

"""The closed lists of the catalogue: stored words, and labels where the word itself is not what a reader expects.

Source: the lists of the reference tables (db/README.md), and for `flow` and `valuation` the names that UN Comtrade
uses. Holds words only.
"""

from __future__ import annotations

from azcn_desktop.records.kinds import Choice, Scale

SIDE = Choice(("AZ", "CN", "other"), (("AZ", "Azerbaijan"), ("CN", "China")))

MEETING_KIND = Choice(
    (
        "bilateral_meeting", "summit_meeting", "state_visit_meeting", "official_visit", "intergovernmental_commission",
        "company_meeting", "party_meeting", "audience", "signing_ceremony", "opening_ceremony", "conference", "forum",
        "fair", "consultations", "remote_talks", "site_visit", "reception", "speech", "interview",
    )
)  # fmt: skip
MEETING_STATUS = Choice(("planned", "held", "recurring", "postponed", "cancelled"))
LEVEL = Choice(
    (
        "head_of_state", "prime_minister", "vice_premier", "deputy_prime_minister", "speaker", "minister",
        "deputy_minister", "presidential_assistant", "special_envoy", "counsellor", "official", "agency", "company",
        "party",
    )
)  # fmt: skip
DATE_BASIS = Choice(("stated", "inferred", "publication"), (("publication", "Day of publication"),))

AGREEMENT_KIND = Choice(
    (
        "treaty", "agreement", "framework_agreement", "investment_agreement", "implementation_agreement",
        "memorandum", "protocol", "declaration", "joint_statement", "letter_of_intent", "contract",
        "national_act", "accession", "multilateral", "set_of_documents",
    )
)  # fmt: skip
AGREEMENT_LEVEL = Choice(
    (
        "intergovernmental", "ministry_level", "agency_level", "city_level", "party_level", "organisation_level",
        "government_company", "company",
    ),
    (("government_company", "Government and company"),),
)  # fmt: skip
AGREEMENT_STATUS = Choice(
    (
        "anticipated", "pending", "drafted", "disputed", "signed", "exchanged", "adopted", "approved", "in_force",
        "suspended", "terminated", "expired",
    )
)  # fmt: skip
PARTY_ROLE = Choice(("party", "signatory"))
SECTOR = Choice(
    (
        "agriculture", "aid", "automotive", "aviation", "construction", "construction_materials", "culture", "digital",
        "economy", "energy", "finance", "humanitarian", "industrial_zone", "industry", "initiative", "investment",
        "legal", "local", "metallurgy", "oil_and_gas", "petrochemicals", "political", "science", "space", "telecom",
        "trade", "transport", "travel", "various",
    ),
    (("local", "Cities and regions"),),
)  # fmt: skip

PROJECT_STATUS = Choice(
    (
        "idea", "proposed", "discussed", "planned", "announced", "study", "agreed", "design", "under_construction",
        "under_way", "operating", "completed", "suspended", "cancelled",
    )
)  # fmt: skip
PROJECT_ROLE = Choice(("owner", "developer", "contractor", "financier", "insurer", "supplier", "host", "partner"))
BOUND = Choice(
    (
        "exact", "approx", "nearly", "over", "more_than", "at_least", "at_most", "initial", "growth_only", "no_number",
    ),
    (("approx", "About"), ("growth_only", "Growth only"), ("no_number", "No number")),
)  # fmt: skip
CURRENCY = Choice(("USD", "CNY", "EUR", "AZN"), (("USD", "USD"), ("CNY", "CNY"), ("EUR", "EUR"), ("AZN", "AZN")))
UNITS = (
    "MW", "GW", "GW/year", "tonne", "tonne/year", "bus", "bus/year", "TEU", "TEU/year", "brick/day", "km", "barrel",
    "square metre", "square kilometre", "mulberry seedling", "seedling", "container", "train", "school", "orphanage",
    "vehicle", "day", "visitor", "passenger", "flight", "flight/week", "round trip", "percent", "rank", "ordinal",
    "year", "calendar year", "bank", "person", "company", "student", "hectare",
)  # fmt: skip

FIGURE_TOPIC = Choice(
    (
        "trade", "investment", "transit", "rail", "tourism", "aviation", "capacity", "share", "count", "ranking",
        "ordinal", "superlative",
    )
)  # fmt: skip
FLOW = Choice(
    (
        "turnover", "az_exports", "az_imports", "balance", "cn_to_az", "az_to_cn", "mutual", "cn_to_south_caucasus",
        "cn_contractors_in_az", "aiib_to_az", "az_to_aiib",
    ),
    (
        ("turnover", "Turnover"), ("az_exports", "Azerbaijani exports"), ("az_imports", "Azerbaijani imports"),
        ("cn_to_az", "China to Azerbaijan"), ("az_to_cn", "Azerbaijan to China"),
        ("cn_to_south_caucasus", "China to South Caucasus"), ("cn_contractors_in_az", "Chinese contractors"),
        ("aiib_to_az", "AIIB to Azerbaijan"), ("az_to_aiib", "Azerbaijan to AIIB"),
    ),
)  # fmt: skip
PERIOD_KIND = Choice(("year", "half_year", "quarter", "months", "month", "day", "as_of"), (("as_of", "As of"),))
STATISTICS_SIDE = Choice(
    ("AZ", "CN", "international", "mirror", "unspecified"), (("AZ", "Azerbaijani"), ("CN", "Chinese"))
)
SIDE_BASIS = Choice(("stated", "inferred", "none"), (("none", "Not known"),))
ATTRIBUTION = Choice(("direct", "reported", "contextual", "narrative", "editorial"))
VALUATION = Choice(("CIF", "FOB", "unknown"), (("unknown", "Not stated"),))
# What a value in trade statistics is; those of different words are never added, averaged or drawn as one line.
TRADE_VALUATION = Choice(
    ("CIF", "FOB", "unknown", "harmonised", "reconciled", "deflated", "compiled"),
    (
        ("unknown", "Not stated"), ("reconciled", "Reconciled from both sides"), ("deflated", "At constant prices"),
        ("compiled", "Compiled, side not stated"),
    ),
)  # fmt: skip
# A rate of one sort is no rate of another: the mean of a year fits what was traded in it, the last day does not.
RATE_KIND = Choice(("average", "end_of_period", "other"), (("average", "Average of the period"),))
# Beside the dollar, in which every rate is stated.
RATE_CURRENCY = Choice(("CNY", "AZN", "EUR"), (("CNY", "CNY"), ("AZN", "AZN"), ("EUR", "EUR")))
MIRROR_DIRECTION = Choice(
    ("az_imports", "az_exports"), (("az_imports", "Imports from China"), ("az_exports", "Exports to China"))
)
# The causes that handbooks of mirror statistics name.
MIRROR_CAUSE = Choice(
    (
        "unknown", "cif_fob", "re_export", "origin_or_consignment", "timing", "classification", "confidentiality",
        "coverage", "exchange_rate", "misreporting", "other",
    ),
    (
        ("unknown", "Not known"), ("cif_fob", "Freight and insurance"), ("re_export", "Re-export or transit"),
        ("origin_or_consignment", "Country of origin or of consignment"), ("timing", "Counted in another period"),
        ("classification", "Counted under another code"), ("confidentiality", "Kept confidential by one side"),
        ("coverage", "Counted by one side only"), ("exchange_rate", "Conversion of currencies"),
        ("misreporting", "Wrong declarations"),
    ),
)  # fmt: skip
DATASET_STATE = Choice(
    ("loading", "ready", "removed"), (("loading", "Being loaded, or taken back"), ("removed", "Removed"))
)
STATEMENT_CLASS = Choice(
    (
        "decision", "announcement", "plan", "expectation", "intention", "interest", "wish", "proposal", "support",
        "opinion",
    )
)  # fmt: skip
# What a reader must never take for one another: who binds himself, who hopes, and who speaks for others.
STATEMENT_GROUPS = {
    "promise": ("decision", "announcement", "plan"),
    "soft": ("expectation", "intention", "interest", "wish", "support"),
    "speech": ("proposal", "opinion"),
}
FIGURE_CLASS = Choice(("official_figure", "statement", "claim"))
RANK = Choice(("preferred", "normal", "deprecated"))

COMMITMENT_STATUS = Choice(
    (
        "open", "in_progress", "kept", "kept_late", "partly", "not_kept", "superseded", "dropped", "unknown",
        "unverifiable",
    ),
    (("partly", "Partly kept"),),
)  # fmt: skip
# What a thread can have reached last: what was said, then what was held, agreed and built, then what came of it.
STAGE = Choice(
    tuple(
        dict.fromkeys(
            (
                *reversed(STATEMENT_CLASS.words), *MEETING_STATUS.words, *AGREEMENT_STATUS.words,
                *PROJECT_STATUS.words, *COMMITMENT_STATUS.words,
            )
        )
    ),
    COMMITMENT_STATUS.labels,
)  # fmt: skip

ORGANISATION_KIND = Choice(
    (
        "ministry", "state_body", "agency", "local_government", "parliament", "party", "embassy", "commission",
        "company", "bank", "fund", "zone", "trade_house", "chamber", "association", "foundation", "institute", "media",
        "international_organisation",
    )
)  # fmt: skip
SOURCE_KIND = Choice(
    ("news", "interview", "press_release", "document", "speech", "dataset", "book", "note"),
)
NAME_KIND = Choice(("official", "alias", "transliteration", "misspelling"))
SCRIPT = Choice(
    ("Latn", "Cyrl", "Hani", "Arab"),
    (("Latn", "Latin"), ("Cyrl", "Cyrillic"), ("Hani", "Chinese"), ("Arab", "Arabic")),
)
READ_AS = Choice(
    ("whole", "excerpt", "not_refound"),
    (
        ("whole", "The whole text was read"),
        ("excerpt", "Only a part of the text was read"),
        ("not_refound", "The page could not be found again"),
    ),
)
# The five steps of Gramps and of evidence in genealogy, of which data-model.md takes the words.
CONFIDENCE = Scale(steps=("Very low", "Low", "Medium", "High", "Very high"))
CONFIRMED_BY = Choice(
    ("AZ", "CN", "both"), (("AZ", "Azerbaijani source"), ("CN", "Chinese source"), ("both", "Both sides"))
)
CONFLICT_CAUSE = Choice(
    (
        "rounding", "period", "valuation", "origin", "coverage", "publication", "exchange_rate", "wrong_year",
        "misprint", "unknown",
    ),
    (
        ("period", "Unlike periods"), ("valuation", "Valuation, CIF or FOB"), ("origin", "Origin or consignment"),
        ("publication", "Time of publication"), ("unknown", "Not known"),
    ),
)  # fmt: skip
ANCHOR_STATE = Choice(("no_text", "anchored", "lost"), (("no_text", "No text stored"),))
CITATION_ROLE = Choice(("supports", "contradicts", "mentions"))
RELATION = Choice(
    (
        "signed_at", "exchanged_at", "agreed_in", "made_at", "fulfilled_by", "partly_fulfilled_by", "stated_at",
        "part_of", "same_value_as", "related",
    )
)  # fmt: skip
# Read from the far end: "A signed at M" is "M: place of signature of A".
RELATION_REVERSED = {
    "signed_at": "signed here", "exchanged_at": "exchanged here", "agreed_in": "provides for",
    "made_at": "promised here", "fulfilled_by": "fulfils", "partly_fulfilled_by": "fulfils in part",
    "stated_at": "stated here", "part_of": "includes", "same_value_as": "same value as", "related": "related",
}  # fmt: skip
FREQUENCY = Choice(("A", "Q", "M"), (("A", "Annual"), ("Q", "Quarterly"), ("M", "Monthly")))
TRADE_FLOW = Choice(
    ("M", "X", "RM", "RX"), (("M", "Import"), ("X", "Export"), ("RM", "Re-import"), ("RX", "Re-export"))
)

"""One row of a reference table as values of one record, without what it is linked to.

Each function is the whole mapping of one table; the column names left are ours, those right are the file's.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from azcn_desktop.exchange.reference_additions import Home
from azcn_desktop.exchange.reference_files import FIGURE_FILES, ReferenceFiles, Row, country_codes, number, stored_word
from azcn_desktop.exchange.reference_merge import Values
from azcn_desktop.exchange.reference_printed import printed_amount, stated_bound, stated_multiple
from azcn_desktop.records import words
from azcn_desktop.records.dates import MONTHS, is_plain, short_date_words
from azcn_desktop.records.kinds import word_label
from azcn_desktop.records.text import is_han

_COMMISSION = "Azerbaijan-China Intergovernmental Trade and Economic Cooperation Commission"
_CUMULATIVE = ("cumulative investment", "FDI stock", "securities holding")
_OUTCOMES = {"met": "kept", "partly met": "partly", "not met": "not_kept", "not measurable": "unverifiable"}
_CLAIMS = ("ranking", "superlative")
_ADDRESS_LANGUAGES = ("az", "de", "en", "fr", "ru", "zh")
# The word of a title that says what a document is; the first that fits.
_TITLE_WORDS = (
    (r"\(set\)", "set_of_documents"),
    (r"framework agreement", "framework_agreement"),
    (r"(?:implementation|execution) agreement", "implementation_agreement"),
    (r"investment agreement", "investment_agreement"),
    (r"letter of intent", "letter_of_intent"),
    (r"memorandum|\bmou\b", "memorandum"),
    (r"protocol", "protocol"),
    (r"joint statement", "joint_statement"),
    (r"declaration", "declaration"),
    (r"contract", "contract"),
    (r"treaty", "treaty"),
    (r"agreements?\b", "agreement"),
)
_OWN_KINDS = ("national_act", "accession", "multilateral")


def source_values(row: Row, home: Home) -> Values:
    """Map the columns `source_*` of any table."""
    title, url = row["source_title"], row["source_url"]
    return {
        "url": url,
        "publisher": row["source_publisher"] or None,
        "title": None if not title or title.startswith("[") else title,
        "published": row["source_date"] or None,
        "country": country_codes(home.country),
        "language": _language(title or row["quote_hint"]) or address_language(url) or home.language or None,
    }


def outcome_source_values(url: str, publisher: str, published: str, home: Home) -> Values:
    """Map the address of a report on an outcome, of which the tables know little more."""
    language = address_language(url) or home.language or None
    values: Values = {"url": url, "publisher": publisher, "published": published or None, "language": language}
    return values | {"country": country_codes(home.country)}


def organisation_values(files: ReferenceFiles, row: Row) -> Values:
    """Map a row of organisations.csv."""
    return {
        "name": row["name_en"],
        "kind": stored_word(words.ORGANISATION_KIND, row["type"]),
        "country": country_codes(row["country"]),
        "is_international": int(row["country"] == "international"),
        "note": row["note"] or None,
    }


def meeting_values(files: ReferenceFiles, row: Row) -> Values:
    """Map a row of meetings.csv."""
    ordinal = re.match(r"(\d+)(?:st|nd|rd|th)\b", row["title"])
    is_commission = row["kind"] == "intergovernmental commission" and ordinal is not None
    return {
        "date": files.date(row["date"]),
        "title": row["title"],
        "status": stored_word(words.MEETING_STATUS, row["status"]),
        "level": stored_word(words.LEVEL, row["level"]),
        "kind": stored_word(words.MEETING_KIND, row["kind"]),
        "city": row["city"] or None,
        "country": country_codes(row["country"]),
        "date_end": files.date(row["date_end"]),
        "date_basis": stored_word(words.DATE_BASIS, row["date_basis"]),
        "series": _COMMISSION if is_commission else None,
        "ordinal": int(ordinal[1]) if ordinal and is_commission else None,
        "outcome": row["outcome"] or None,
        "note": row["note"] or None,
    }


def agreement_values(files: ReferenceFiles, row: Row) -> Values:
    """Map a row of agreements.csv; its `kind` is our level, except for acts that have no two sides."""
    own_kind = stored_word(words.AGREEMENT_KIND, row["kind"]) if _is_own_kind(row["kind"]) else None
    return {
        "signed_on": files.date(row["date_signed"]),
        "title": row["title"],
        "status": stored_word(words.AGREEMENT_STATUS, row["status"]),
        "kind": own_kind or _kind_of_title(row["title"]),
        "level": None if own_kind else stored_word(words.AGREEMENT_LEVEL, row["kind"]),
        "sector": stored_word(words.SECTOR, row["sector"]),
        "value": number(row["value"]),
        "value_bound": "exact" if row["value"] else None,
        "currency": row["currency"] or None,
        "status_text": row["status_text"] or None,
        "in_force_on": files.date(row["date_in_force"]),
        "place": row["place"] or None,
        "note": row["note"] or None,
    }


def project_values(files: ReferenceFiles, row: Row) -> Values:
    """Map a row of projects.csv."""
    return {
        "name": row["name"],
        "status": stored_word(words.PROJECT_STATUS, row["status"]),
        "sector": stored_word(words.SECTOR, row["sector"]),
        "place": row["place"] or None,
        "capacity": number(row["capacity"]),
        "capacity_unit": row["capacity_unit"] or None,
        "value": number(row["value"]),
        "value_bound": stored_word(words.BOUND, stated_bound(row["value_qualifier"], row["quote_hint"])),
        "currency": row["currency"] or None,
        "status_text": row["status_text"] or None,
        "status_as_of": files.date(row["status_as_of"]),
        "started_on": files.date(row["start_date"]),
        "completed_on": files.date(row["completion_date"]),
        "note": row["note"] or None,
    }


def commitment_values(files: ReferenceFiles, row: Row) -> Values:
    """Map a row of commitments.csv."""
    outcome = row["outcome_status"]
    return {
        "made_on": files.date(row["made_on"]),
        "what": row["commitment"],
        "statement_class": stored_word(words.STATEMENT_CLASS, row["statement_class"]),
        "due": files.date(row["due"]),
        "status": stored_word(words.COMMITMENT_STATUS, _OUTCOMES.get(outcome, outcome)),
        "by_role": row["by_role"] or None,
        "attribution": stored_word(words.ATTRIBUTION, row["attribution"]),
        "due_trigger": row["due_text"] or None,
        "is_measurable": int(outcome != "not measurable"),
        "outcome": row["outcome"] or None,
        "note": row["note"] or None,
    }


def figure_values(files: ReferenceFiles, name: str, row: Row) -> Values:
    """Map a row of one of the three figure files."""
    own = dict(zip(FIGURE_FILES, (_trade, _investment, _transit), strict=True))[name]
    growth = number(row.get("yoy_pct", ""))
    bound, value = stated_bound(row["qualifier"], row["quote_hint"]), number(row["value"])
    hedge = row.get("yoy_qualifier") or ("over" if "more than" in row["yoy_text"] else "")
    common: Values = {
        "value": value,
        "bound": stored_word(words.BOUND, bound),
        "printed": _printed(row, growth if bound == "growth_only" else value),
        "growth_pct": growth,
        "growth_bound": stored_word(words.BOUND, stated_bound(hedge, row["yoy_text"])),
        "growth_multiple": stated_multiple(row["yoy_text"]),
        "growth_text": row["yoy_text"] or None,
        "attribution": stored_word(words.ATTRIBUTION, row["attribution"]),
        "statement_class": _statement_class(row),
        "said_by_role": row["said_by_role"] or None,
        "rank": stored_word(words.RANK, row["rank"]),
        "rank_reason": row["rank_reason"] or None,
        "note": row["note"] or None,
    }
    return common | own(files, row)


def conflict_cause(text: str) -> str | None:
    """Return the stored word for the cause of a difference from the preferred figure."""
    return stored_word(words.CONFLICT_CAUSE, text)


def _trade(files: ReferenceFiles, row: Row) -> Values:
    return _period(row) | {
        "topic": "trade",
        "measure": "Goods trade",
        "flow": stored_word(words.FLOW, row["flow"]),
        "product": row["product"] or None,
        "unit": row["currency"] or None,
        "valuation": row["note"][:3] if row["note"].startswith(("CIF.", "FOB.")) else "unknown",
        "statistics_side": stored_word(words.STATISTICS_SIDE, row["statistics_side"]),
        "side_basis": stored_word(words.SIDE_BASIS, row["side_basis"]),
    }


def _investment(files: ReferenceFiles, row: Row) -> Values:
    is_named = row["kind_text"].lower().rstrip("s") != row["kind"].lower().rstrip("s")
    notes = [f"What is counted: {row['kind_text']}." if is_named and row["kind_text"] else "", row["note"]]
    as_of, period = files.date(row["as_of"]), row["period"]
    return {
        "topic": "investment",
        "measure": word_label(row["kind"]),
        "flow": stored_word(words.FLOW, row["direction"]),
        "unit": row["currency"] or None,
        "period": period_words(period if period[:1].isdigit() or not as_of else re.sub(r"[?~]", "", as_of)),
        "period_kind": "as_of",
        "as_of": as_of,
        "is_cumulative": int(row["kind"] in _CUMULATIVE or period in ("cumulative", "stock")),
        "note": " ".join(filter(None, notes)) or None,
    }


def _transit(files: ReferenceFiles, row: Row) -> Values:
    return _period(row) | {
        "topic": stored_word(words.FIGURE_TOPIC, row["metric_kind"]),
        "measure": row["metric"],
        "unit": row["unit"] or None,
    }


def _period(row: Row) -> Values:
    return {
        "period": period_words(row["period"]),
        "period_kind": stored_word(words.PERIOD_KIND, row["period_kind"]),
        "period_start": row["period_start"] or None,
        "period_end": row["period_end"] or None,
    }


def _printed(row: Row, value: float | None) -> str | None:
    """Return the amount as printed: from the quote, else from a remark that begins with "Printed as"."""
    remark = row["note"] if row["note"].startswith("Printed as") else ""
    return printed_amount(row["quote_hint"], value) or printed_amount(remark, value)


def _statement_class(row: Row) -> str:
    if row["published_by"]:
        return "official_figure"
    return "claim" if row.get("metric_kind") in _CLAIMS else "statement"


def _is_own_kind(kind: str) -> bool:
    return kind.replace(" ", "_") in _OWN_KINDS


def _kind_of_title(title: str) -> str | None:
    if title.lower().startswith("draft document"):
        return None
    return next((kind for pattern, kind in _TITLE_WORDS if re.search(pattern, title.lower())), None)


def address_language(url: str) -> str | None:
    """Return the language that an address names by its host or a part of its path: en.trend.az, report.az/ru."""
    parts = urlsplit(url)
    labels = [(parts.hostname or "").partition(".")[0], *parts.path.lower().split("/")]
    return next((label for label in labels if label in _ADDRESS_LANGUAGES), None)


def _language(text: str) -> str | None:
    """Return the language where the script alone tells it among those in use."""
    if any(is_han(character) for character in text):
        return "zh"
    if any("\u0400" <= character <= "\u04ff" for character in text):
        return "ru"
    return "az" if any(character in "əƏ" for character in text) else None


def period_words(period: str) -> str:
    """Write a period of the reference tables as a table shows it.

    `2025-01/2025-07` gives "Jan–Jul 2025", `2025-Q1` "Q1 2025", `2024-11-24` "24 Nov 2024"; words stay as they are.
    """
    if match := re.fullmatch(r"(\d{4})-([QH]\d)", period):
        return f"{match[2]} {match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)/\1-(\d\d)", period):
        first, last = (MONTHS[int(month) - 1][:3] for month in (match[2], match[3]))
        return f"{first}–{last} {match[1]}"
    if "/" in period:
        return " – ".join(period_words(part) for part in period.split("/"))
    return short_date_words(period) if is_plain(period) else period

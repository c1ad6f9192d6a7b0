"""What a figure says, as one clause: subject, period, hedge, value, growth, whose statistics and who said it.

Only what is stored is said. A base of comparison is named only for growth on the year before, which is what the field
means; where the printed words name another base, they are quoted instead. Knows no sources.
"""

from __future__ import annotations

import re

from azcn_desktop.evidence.phrases import in_brackets, joined, named, one_line, quantity, speaker
from azcn_desktop.records.amounts import Amount, bound_label, format_number
from azcn_desktop.records.dates import MONTHS, date_words, short_date_words
from azcn_desktop.records.kinds import Amount as AmountKind
from azcn_desktop.records.words import STATISTICS_SIDE
from azcn_desktop.store.records import Record

_GOODS = "Goods trade"
_TRADE = {
    "turnover": ("Trade turnover", "between Azerbaijan and China"),
    "az_exports": ("Azerbaijan’s exports", "to China"),
    "az_imports": ("Azerbaijan’s imports", "from China"),
    "balance": ("Azerbaijan’s trade balance", "with China"),
}
# Where money lies, and where it goes: "investment of China in Azerbaijan", but "grant from China to Azerbaijan".
_LYING = {
    "cn_to_az": "of China in Azerbaijan", "az_to_cn": "of Azerbaijan in China",
    "cn_to_south_caucasus": "of China in the South Caucasus", "az_to_aiib": "of Azerbaijan in the AIIB",
    "aiib_to_az": "of the AIIB in Azerbaijan",
}  # fmt: skip
_GOING = {
    "cn_to_az": "from China to Azerbaijan", "az_to_cn": "from Azerbaijan to China",
    "cn_to_south_caucasus": "from China to the South Caucasus", "az_to_aiib": "from Azerbaijan to the AIIB",
    "aiib_to_az": "from the AIIB to Azerbaijan", "mutual": "between Azerbaijan and China",
    "cn_contractors_in_az": "of Chinese contractors in Azerbaijan",
}  # fmt: skip
_LIES = re.compile(r"investment|stock|holding|share|deposit|capital", re.IGNORECASE)
_BASES = {
    "year": "the year before", "half_year": "the same half of the year before",
    "quarter": "the same quarter of the year before", "month": "the same month of the year before",
    "months": "the same months of the year before",
}  # fmt: skip
_OTHER_BASE = re.compile(r"\b(?:19|20)\d\d\b|compar|decade|since|against|month|quarter", re.IGNORECASE)
_SAME_BASE = re.compile(r"same period|last year|year-on-year|year-over-year", re.IGNORECASE)
_HALVES = {"01": "the first half", "07": "the second half"}
_QUARTERS = {"01": "first", "04": "second", "07": "third", "10": "fourth"}


def figure_clause(record: Record) -> str:
    """Return what a figure says, without its sources and without a full stop."""
    subject, period = _subject(record), _period(record)
    value, growth = _value(record), _growth(record)
    if ", " in subject and not period.startswith("("):
        subject += ","
    if record.values.get("flow") in (*_TRADE, *_GOING):
        said = _with_verb(f"{subject} {period}", value, growth, _is_plural(record))
    elif ": " in subject:
        said = f"{subject} {period}{in_brackets(value, growth)}"
    else:
        said = f"{subject} {period}: {joined((value, growth)) or _printed(record) or 'no value recorded'}"
    if record.values.get("bound") == "no_number" and not value:
        said = f"Claim without a number: {subject} {period}"
    whose = _whose(record)
    return one_line(said) + in_brackets(_side(record, whose), _standing(record)) + whose


def _with_verb(subject: str, value: str, growth: str, is_plural: bool) -> str:
    if value:
        return f"{subject} {'were' if is_plural else 'was'} {joined((value, growth))}"
    verbs = {"up": "grew by", "down": "fell by"}
    first, _, rest = growth.partition(" ")
    if first in verbs:
        return f"{subject} {verbs[first]} {rest}"
    if "times the level" in growth:
        return f"{subject} reached {growth}"
    return f"{subject}: {growth or 'no value recorded'}"


# -- what and when


def _subject(record: Record) -> str:
    measure, flow = one_line(record.values.get("measure")), record.values.get("flow")
    product = one_line(record.values.get("product"))
    if isinstance(flow, str) and flow in _TRADE:
        what, direction = _TRADE[flow]
        trade = joined((what, f"of {product}" if product else "", direction), " ")
        return trade if measure in ("", _GOODS) else f"{measure}, {trade}"
    places = _GOING | (_LYING if _LIES.search(measure) else {})
    direction = places.get(str(flow), "")
    return joined((measure, f"of {product}" if product else "", direction), " ")


def _is_plural(record: Record) -> bool:
    return record.values.get("flow") in ("az_exports", "az_imports")


def _period(record: Record) -> str:
    """Return the period as an adverbial: "in the first quarter of 2025", "as of 30 June 2025", or in brackets."""
    kind = record.values.get("period_kind")
    start, end = (str(record.values.get(name) or "") for name in ("period_start", "period_end"))
    printed = one_line(record.values.get("period"))
    if kind == "as_of" or record.values.get("as_of"):
        return _as_of(record.values.get("as_of") or (start if start == end else ""), printed)
    if not start and not end:
        return _printed_period(printed)
    year, month = start[:4], start[5:7]
    if kind == "year" and year == end[:4]:
        return f"in {year}"
    if kind == "half_year" and month in _HALVES:
        return f"in {_HALVES[month]} of {year}"
    if kind == "quarter" and month in _QUARTERS:
        return f"in the {_QUARTERS[month]} quarter of {year}"
    if start == end:
        return f"{'on' if len(start) == 10 else 'in'} {date_words(start)}"
    return _span(start, end)


def _span(start: str, end: str) -> str:
    if not start or not end:
        return f"until {date_words(end)}" if end else f"from {date_words(start)}"
    if len(start) == len(end) == 7 and start[:4] == end[:4]:
        return f"in {MONTHS[int(start[5:]) - 1]}–{date_words(end)}"
    return f"from {date_words(start)} to {date_words(end)}"


def _as_of(day: object, printed: str) -> str:
    if not isinstance(day, str) or not day:
        return _printed_period(printed)
    is_told = printed in ("", day, date_words(day), short_date_words(day).partition(" (")[0])
    return f"as of {date_words(day)}" + ("" if is_told else in_brackets(f"period {printed}"))


def _printed_period(printed: str) -> str:
    if re.fullmatch(r"(?:19|20)\d\d", printed):
        return f"as of {printed}"
    if printed.startswith(("since ", "from ", "until ", "by ")):
        return printed
    return f"(period: {printed})" if printed not in ("", "not stated") else "(period not stated)"


# -- how much


def _value(record: Record) -> str:
    kind = record.record_type.field("value").kind
    assert isinstance(kind, AmountKind)
    amount = kind.amount("value", record.values)
    ends = [
        quantity(Amount(float(end), None, amount.unit)) if isinstance(end, int | float) else ""
        for end in (record.values.get("low"), record.values.get("high"))
    ]
    if amount.value is not None and amount.high is None:
        return quantity(amount) + in_brackets(_range(*ends))
    return _range(*ends)


def _range(low: str, high: str) -> str:
    if low and high:
        return f"between {low} and {high}"
    return f"at least {low}" if low else f"at most {high}" if high else ""


def _growth(record: Record) -> str:
    """Return the growth with its hedge and its base: "up nearly 40 % on the year before", "2.3 times ..."."""
    percent, times = record.values.get("growth_pct"), record.values.get("growth_multiple")
    printed = one_line(record.values.get("growth_text"))
    bound = record.values.get("growth_bound")
    hedge = bound_label(str(bound)) if bound else ""
    base = _base(record, printed)
    if isinstance(percent, int | float):
        way = "up" if percent > 0 else "down"
        size = joined((way, hedge, f"{format_number(abs(percent))} %"), " ") if percent else "unchanged"
        said = joined((size, f"on {base}" if base else ""), " ")
    elif isinstance(times, int | float):
        said = joined((hedge, f"{format_number(times)} times the level", f"of {base}" if base else "before"), " ")
    else:
        return f"growth as printed: “{printed}”" if printed else ""
    return said if base or not printed else f"{said}, printed as “{printed}”"


def _base(record: Record, printed: str) -> str:
    """Return what growth compares with; empty where that is not known or the printed words name something else."""
    names_other = _OTHER_BASE.search(_SAME_BASE.sub("", printed)) is not None
    return "" if names_other else _BASES.get(str(record.values.get("period_kind")), "")


def _printed(record: Record) -> str:
    printed = one_line(record.values.get("printed"))
    return f"printed “{printed}”" if printed else ""


# -- who says so


def _whose(record: Record) -> str:
    publisher = joined(named(one_line(label.text)) for label in record.labels.get("published_by", ()))
    said_by = speaker(record.labels.get("said_by", ()), record.values.get("said_by_role"))
    if said_by and publisher and publisher != said_by:
        return f", according to {said_by}, citing {publisher}"
    return f", according to {said_by or publisher}" if said_by or publisher else ""


def _side(record: Record, whose: str) -> str:
    side = record.values.get("statistics_side")
    if side in (None, "unspecified"):
        return ""
    words = f"{STATISTICS_SIDE.label(str(side))} statistics"
    words = words if side in ("AZ", "CN") else words.lower()
    is_inferred = record.values.get("side_basis") == "inferred"
    return "" if words.lower() in whose.lower() else words + (", inferred" if is_inferred else "")


def _standing(record: Record) -> str:
    valuation = record.values.get("valuation")
    return joined(
        (
            str(valuation) if valuation in ("CIF", "FOB") else "",
            "figure ranked deprecated" if record.values.get("rank") == "deprecated" else "",
        ),
        "; ",
    )

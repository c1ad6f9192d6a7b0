"""What a locating quote gives as an amount: "nearly $942 million" out of "reached nearly $942 million by April".

A phrase counts only when it means the value that the table holds, so that a year or another number is never taken for
it. A misprinted mark ("$616,402 million" for 616.402) is read both ways. Which fields the quote proves is told more
strictly: by the readers that people type into.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from msgspec.structs import replace

from azcn_desktop.exchange.reference_merge import Values
from azcn_desktop.records.amount_reading import parse_amount
from azcn_desktop.records.amounts import BOUND_WORDS, MAGNITUDES
from azcn_desktop.records.figure_kinds import Growth as GrowthKind
from azcn_desktop.records.growth import Growth, parse_growth
from azcn_desktop.records.kinds import Amount as AmountKind
from azcn_desktop.records.number_words import BOUNDS_AFTER
from azcn_desktop.records.schema import RecordType

_FACTORS = {word: 10.0**power for power, words in MAGNITUDES.items() for word in words if len(word) > 1 or word >= "一"}
_FACTORS |= {"bn": 1e9, "mld": 1e9, "milliarden": 1e9, "миллиарда": 1e9, "миллиона": 1e6}
_FACTORS |= {"milioni": 1e6, "millionen": 1e6}
_COUNTED = {
    word: float(n)
    for n, pair in enumerate(
        (
            ("first",), ("two", "second"), ("three", "third"), ("four", "fourth"), ("five", "fifth"),
            ("six", "sixth"), ("seven", "seventh"), ("eight", "eighth"), ("nine", "ninth"), ("ten", "tenth"),
            ("eleven", "eleventh"), ("twelve", "twelfth"),
        ),
        1,
    )
    for word in pair
}  # fmt: skip
_COUNTED["два"] = 2.0
_HEDGES = sorted(
    {word for words in BOUND_WORDS.values() for word in words if len(word) > 1}
    | {"circa", "exceeded", "exceeding", "surpassed", "превысил", "just", "record"},
    key=len,
    reverse=True,
)
_HEDGE = (
    rf"(?P<hedge>(?:(?<!\w)(?:{'|'.join(re.escape(word) for word in _HEDGES if word < '一')})\s+"
    rf"|(?:{'|'.join(word for words in BOUND_WORDS.values() for word in words if word >= '一')}))?)"
)
# Hedges that no amount here is stored with, or that follow the number: what they stand at is not proved as it is.
_LIMITED_BEFORE = re.compile(
    r"(?:(?<!\w)(?:under|below|less than|fewer than|up to|до|менее|меньше)\s|不到|低于|不足)\s*$", re.I
)
_LIMITED_BEHIND = re.compile(
    rf"\s*(?:{'|'.join(re.escape(word) for words in BOUNDS_AFTER.values() for word in words)}|q[əe]d[əe]r)",
    re.IGNORECASE,
)
_UNITS = (
    "US dollars|US-Dollar|U\\.S\\. dollars|ABŞ dolları|dollarlıq|dollars|dollar|долларов США|долларов|доллара|USD|yuan|"
    "Yuan|юаней|元|美元|euros|euro|percent|per cent|%|tonnes|tons|TEU|container block trains|containers|block trains|"
    "freight trains|container trains|trains|flights|round-trip flights|passengers|square kilometers|days|times a week|"
    "раза в неделю|mulberry seedlings|banks|years|MW|largest"
)
_LATIN = "|".join(sorted((word for word in _FACTORS if word < "一"), key=len, reverse=True))
_HAN = "|".join(sorted((word for word in _FACTORS if word >= "一"), key=len, reverse=True))
_PHRASE = re.compile(
    _HEDGE + r"(?P<sign>(?:US)?[$€]\s?)?"
    rf"(?P<number>\d+(?:[.,]\d+)*|(?<!\w)(?:{'|'.join(_COUNTED)})(?!\w))"
    rf"(?P<ordinal>th|st|nd|rd)?(?P<magnitude>[\s-]?(?:(?:{_LATIN})(?!\w)|{_HAN}))?"
    rf"(?P<unit>[\s-]?(?:(?:{_UNITS})(?![^\W\d_一-鿿])))?",
    re.IGNORECASE,
)
_PERCENTAGE = re.compile(
    _HEDGE + r"\d+(?:[.,]\d+)?\s?(?:[%％]|(?:per ?cent|процент\w*|faiz)(?!\w))",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(r"(\d+(?:\.\d+)?)[ -]?(?:times|fold)")


def printed_amount(quote: str, value: float | None) -> str | None:
    """Return the words of a quote that give a value, or None where the quote does not hold it."""
    if value is None:
        return None
    for match in _PHRASE.finditer(quote):
        if any(math.isclose(read, value, rel_tol=1e-9) for read in _readings(match)):
            return match[0].strip()
    return None


def proved_fields(record_type: RecordType, values: Values, quote: str) -> Iterator[tuple[str, str, str]]:
    """Yield the fields of a figure whose very content stands in a quote: value with unit and hedge, growth with hedge.

    Only what the readers that people type into take from the words counts, to the last part: "1.3 billion" without a
    currency proves no value in dollars.

    Yields:
        Name of the field, what it shows, and the role of the citation.
    """
    amount, growth = record_type.field("value").kind, record_type.field("growth_pct").kind
    assert isinstance(amount, AmountKind)
    assert isinstance(growth, GrowthKind)
    if any(_says_amount(words, amount, values) for words in _unlimited(_PHRASE, quote)):
        yield "value", amount.show("value", values), "supports"
    stated = growth.stated("growth_pct", values)
    if stated is not None and any(_says_growth(words, stated) for words in _unlimited(_PERCENTAGE, quote)):
        yield "growth_pct", growth.show("growth_pct", values), "supports"


def stated_bound(qualifier: str, words: str) -> str:
    """Return the bound: the tables write "over" also for what is printed as "more than"."""
    return "more_than" if qualifier == "over" and "more than" in words.lower() else qualifier.replace(" ", "_")


def stated_multiple(text: str) -> float | None:
    """Return the multiple that words of growth state: 2.3 for "2.3 times", 60.7 for "60.7-fold", 2 for "doubled"."""
    if match := _MULTIPLE.search(text):
        return float(match[1])
    return 2.0 if re.search(r"\bdoubl(?:ed|ing)\b", text) else None


def _readings(match: re.Match[str]) -> list[float]:
    written, magnitude = match["number"].lower(), (match["magnitude"] or "").strip(" -").lower()
    factor = _FACTORS.get(magnitude, 1.0)
    if written in _COUNTED:
        return [_COUNTED[written] * factor]
    readings = [written.replace(",", "")]
    if written.count(",") == 1 and "." not in written:
        readings.append(written.replace(",", "."))
    # A copy that lost its last word prints "$3.7" for 3.7 billion.
    factors = (1.0, 1e6, 1e9) if match["sign"] and not magnitude else (factor,)
    return [float(text) * factor for text in readings if text.count(".") < 2 for factor in factors]


def _unlimited(phrase: re.Pattern[str], quote: str) -> Iterator[str]:
    """Yield the phrases of a quote that are not hedged by words outside of them."""
    for match in phrase.finditer(quote):
        if not _LIMITED_BEFORE.search(quote[: match.start()]) and not _LIMITED_BEHIND.match(quote[match.end() :]):
            yield match[0].strip()


def _says_amount(words: str, kind: AmountKind, values: Values) -> bool:
    try:
        read = parse_amount(words, kind.units)
    except ValueError:
        return False
    held = kind.amount("value", values)
    return replace(read, bound=read.bound or "exact") == replace(held, bound=held.bound or "exact")


def _says_growth(words: str, held: Growth) -> bool:
    try:
        return parse_growth(words) == held
    except ValueError:
        return False

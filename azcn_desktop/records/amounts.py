"""Amounts as print gives them: "nearly $942 million", "over 1 bn USD", "230 MW"; read, written and read back.

A hedge is data: the bound stays beside the number. What was read is put into plain words before it is accepted, since
亿 is 100 million and 万 is 10 thousand. Knows nothing of records or columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from msgspec import Struct

from azcn_desktop.records.number_words import (
    BOUND_WORDS,
    CURRENCIES,
    CURRENCY_NAMES,
    MAGNITUDES,
    UNIT_WORDS,
    half_width,
    is_han_word,
    longest_first,
    lowered,
    with_digits,
)
from azcn_desktop.records.numbers import ascii_digits, format_number, parse_magnified, parse_number
from azcn_desktop.records.short_numbers import short_number

__all__ = [
    "BOUND_LABELS", "BOUND_WORDS", "CURRENCIES", "MAGNITUDES", "READ_BACK", "SILENT_BOUNDS", "Amount", "bound_label",
    "exact_amount", "format_amount", "format_number", "parse_amount", "parse_number", "read_back", "take_bound",
]  # fmt: skip

BOUND_LABELS = {"approx": "about", "more_than": "more than", "at_least": "at least", "at_most": "at most"}
SILENT_BOUNDS = (None, "exact", "growth_only", "no_number")  # written without a word before the number
SYMBOLS = {"USD": "$", "EUR": "€"}
READ_BACK = "{words} ({exact})"
_UNREADABLE = "“{}” is not an amount this program can read. Write it as 942 m USD, nearly $942 million or 230."
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand"))
_LEAST_IN_WORDS = 10_000
_PLURALS = {
    "bus": "buses",
    "square metre": "square metres",
    "rank": "rank",
    "ordinal": "ordinal",
    "percent": "per cent",
}


class Amount(Struct, frozen=True):
    """A number with its hedge and unit.

    Attributes:
        value: the number in units of one (dollars, not millions); None where only a bound or unit is known.
        bound: a key of `BOUND_WORDS`, or None for an exact figure.
        unit: ISO 4217 code or the unit as stored; None where the text names none.
    """

    value: float | None
    bound: str | None = None
    unit: str | None = None


def parse_amount(text: str, units: tuple[str, ...] = ()) -> Amount:
    """Read an amount with its hedge, magnitude and unit.

    Args:
        text: for instance `nearly $942 million`, `3,7 mlrd dollar`, `37亿4400万美元` or `230 MW`.
        units: stored units that the field takes, beside currencies.

    Raises:
        ValueError: with a sentence, when no number is found or a word is left over.
    """
    rest = ascii_digits(lowered(half_width(" ".join(text.split()))))
    unit, rest = _take_unit(rest, units)
    bound, rest = take_bound(rest)
    value = parse_magnified(re.sub(r"^- (?=[0-9])", "-", with_digits(rest)))
    if value is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    return Amount(value, bound, unit)


def take_bound(text: str) -> tuple[str | None, str]:
    """Return the hedge before or after a number, and the text without it.

    Args:
        text: in lower case, without a unit.
    """
    for word, bound in longest_first("bounds"):
        rest = text.removeprefix(word)
        if rest != text and (not rest[:1].isalpha() or is_han_word(word) or rest[:1] >= "一"):
            return bound, rest.strip()
    for word, bound in longest_first("after"):
        if is_han_word(word):
            # 37亿多, but also 10多亿: the hedge may stand before the magnitude.
            found = re.search(rf"(?<=[0-9十百千万亿]){word}(?=[百千万亿]*$)", text)
        else:
            found = re.search(rf"(?:(?<=[^\W\d_]) |(?<=[0-9]) ?|(?=\+)){re.escape(word)}$", text)
        if found:
            return bound, (text[: found.start()] + text[found.end() :]).strip()
    return None, text


def format_amount(amount: Amount, unit_label: str = "") -> str:
    """Write an amount shortly: "nearly $942 m", "$3.744 bn", "over 27,000 containers"."""
    if amount.value is None:
        return ""
    hedge = bound_label(amount.bound)
    unit = amount.unit or ""
    if unit in CURRENCIES:
        number = short_number(amount.value)
        figure = f"{SYMBOLS[unit]}{number}" if unit in SYMBOLS else f"{unit} {number}"
        figure = figure.replace(f"{SYMBOLS.get(unit, '')}-", f"-{SYMBOLS.get(unit, '')}", 1)
    else:
        figure = f"{format_number(amount.value)} {unit_label or unit.replace('_', ' ')}".strip()
    return f"{hedge} {figure}".strip()


def money(value: float, currency: str) -> str:
    """Write money that statistics state: "$297.063 m", "CNY 17.546 bn"; to the cent below a thousand, a true minus."""
    digits = 2 if abs(value) < 1_000 else 0
    return format_amount(Amount(round(value, digits), None, currency or None)).replace("-", "−")


def exact_amount(amount: Amount) -> str:
    """Write an amount without loss, as an editor shows it: "nearly 942,000,000 USD"."""
    if amount.value is None:
        return ""
    parts = (bound_label(amount.bound), format_number(amount.value), amount.unit or "")
    return " ".join(part for part in parts if part)


def read_back(amount: Amount, template: str = READ_BACK, scales: Mapping[str, str] | None = None) -> str:
    """Say in plain words how an amount was understood: "nearly 942 million US dollars (942,000,000 USD)".

    Args:
        amount: what was read.
        template: how words and digits are put together; of another language perhaps otherwise.
        scales: other words for thousand, million, billion and trillion.

    Returns:
        The words; without the digits in brackets where the number has no magnitude that could be mistaken.
    """
    if amount.value is None:
        return ""
    number, is_scaled = _in_words(amount.value, scales or {})
    unit = unit_words(amount.unit, amount.value)
    words = " ".join(part for part in (bound_label(amount.bound), number, unit) if part)
    if not is_scaled:
        return words
    code = amount.unit if amount.unit in CURRENCIES else unit
    return template.format(words=words, exact=f"{format_number(amount.value)} {code or ''}".strip())


def unit_words(unit: str | None, value: float) -> str:
    """Return a unit as it is said after a number: "US dollars", "tonnes per year", "MW"."""
    if not unit:
        return ""
    is_one = abs(value) == 1
    if unit in CURRENCY_NAMES:
        return CURRENCY_NAMES[unit][0 if is_one else 1]
    head, per, tail = unit.replace("_", " ").partition("/")
    if not is_one and head.replace(" ", "").islower() and head != "km":
        head = _PLURALS.get(head, head + "s")
    return f"{head} per {tail}" if per else head


def bound_label(bound: str | None) -> str:
    """Return the word for a bound, empty for an exact figure."""
    return "" if bound is None or bound in SILENT_BOUNDS else BOUND_LABELS.get(bound, bound)


def _take_unit(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    for spoken, unit in _spoken_units(units):
        if spoken not in text:
            continue
        match = re.search(rf"(?<![^\W\d_]){re.escape(spoken)}s?$", text)
        if match or (is_han_word(spoken) and text.endswith(spoken)):
            return unit, text[: match.start() if match else -len(spoken)].strip()
    for word, code in longest_first("currencies"):
        if word in text and re.search(_whole_word(word), text):
            # One currency may be named twice: 37亿元人民币.
            several = (_whole_word(other) for other, owner in longest_first("currencies") if owner == code)
            return code, " ".join(re.sub("|".join(several), " ", text).split())
    return None, text


@cache
def _spoken_units(units: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return pairs of what people write and the stored unit, longer words first."""
    pairs = [(lowered(unit.replace("_", " ")), unit) for unit in units]
    pairs += [(lowered(word), unit) for unit in units for word in UNIT_WORDS.get(unit, ())]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


def _whole_word(word: str) -> str:
    """Return the pattern of a currency: letters stand alone, signs and Chinese characters anywhere."""
    is_word = word[0].isalpha() and not is_han_word(word)
    return rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])\.?" if is_word else re.escape(word)


def _in_words(value: float, scales: Mapping[str, str]) -> tuple[str, bool]:
    """Return a number with the word for its magnitude, exactly, and whether there is such a word."""
    for power, word in _SCALES:
        if 10.0**power <= abs(value) < 1e15 and abs(value) >= _LEAST_IN_WORDS:
            mantissa = Decimal(repr(value)).scaleb(-power).normalize()
            return f"{mantissa:,f} {scales.get(word, word)}", True
    return format_number(value), False

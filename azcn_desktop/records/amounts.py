"""Amounts as print gives them: "nearly $942 million", "over 1 bn USD", "230 MW"; written and read back.

A hedge is data: the bound stays beside the number. What was read is put into plain words before it is accepted, since
亿 is 100 million and 万 is 10 thousand. Knows nothing of records or columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from azcn_desktop.records.number_words import BOUND_WORDS, CURRENCIES, CURRENCY_NAMES, MAGNITUDES
from azcn_desktop.records.numbers import format_number, parse_number
from azcn_desktop.records.short_numbers import short_number
from azcn_desktop.records.unit_words import is_counted, plural

__all__ = [
    "BOUND_LABELS", "BOUND_WORDS", "CURRENCIES", "MAGNITUDES", "READ_BACK", "SILENT_BOUNDS", "Amount", "bound_label",
    "exact_amount", "format_amount", "format_number", "parse_number", "read_back",
]  # fmt: skip

BOUND_LABELS = {"approx": "about", "more_than": "more than", "at_least": "at least", "at_most": "at most"}
SILENT_BOUNDS = (None, "exact", "growth_only", "no_number")  # written without a word before the number
SYMBOLS = {"USD": "$", "EUR": "€"}
READ_BACK = "{words} ({exact})"
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand"))
_LEAST_IN_WORDS = 10_000
_THOUSAND = 3


class Amount(Struct, frozen=True):
    """A number with its hedge and unit.

    Attributes:
        value: the number in units of one (dollars, not millions); None where only a bound or unit is known.
        bound: a key of `BOUND_WORDS`, or None for an exact figure.
        unit: ISO 4217 code or the unit as stored; None where the text names none.
        high: the upper end of a range, whose lower end is the value and whose bound is at_least; None for one number.
    """

    value: float | None
    bound: str | None = None
    unit: str | None = None
    high: float | None = None


def format_amount(amount: Amount, unit_label: str = "") -> str:
    """Write an amount shortly: "nearly $942 m", "$3.744 bn", "over 27,000 containers", "$1.5 bn to $2 bn"."""
    if amount.value is None:
        return ""
    unit = amount.unit or ""
    figures = [_figure(value, unit) for value in _ends(amount)]
    hedge = "" if amount.high is not None else bound_label(amount.bound)
    label = "" if unit in CURRENCIES else unit_label or unit.replace("_", " ")
    return " ".join(part for part in (hedge, " to ".join(figures), label) if part)


def money(value: float, currency: str) -> str:
    """Write money that statistics state: "$297.063 m", "CNY 17.546 bn"; to the cent below a thousand, a true minus."""
    digits = 2 if abs(value) < 1_000 else 0
    return format_amount(Amount(round(value, digits), None, currency or None)).replace("-", "−")


def exact_amount(amount: Amount) -> str:
    """Write an amount without loss, as an editor shows it: "nearly 942,000,000 USD"."""
    if amount.value is None:
        return ""
    hedge = "" if amount.high is not None else bound_label(amount.bound)
    number = " to ".join(_number(value, amount.unit) for value in _ends(amount))
    return " ".join(part for part in (hedge, number, amount.unit or "") if part)


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
    numbers = [_in_words(value, scales or {}) for value in _ends(amount)]
    hedge = "" if amount.high is not None else bound_label(amount.bound)
    unit = unit_words(amount.unit, amount.value if amount.high is None else amount.high)
    words = " ".join(part for part in (hedge, " to ".join(number for number, _ in numbers), unit) if part)
    if not any(is_scaled for _, is_scaled in numbers):
        return words
    code = amount.unit if amount.unit in CURRENCIES else unit
    exact = " to ".join(format_number(value) for value in _ends(amount))
    return template.format(words=words, exact=f"{exact} {code or ''}".strip())


def unit_words(unit: str | None, value: float) -> str:
    """Return a unit as it is said after a number: "US dollars", "tonnes per year", "MW"."""
    if not unit:
        return ""
    is_one = abs(value) == 1
    if unit in CURRENCY_NAMES:
        return CURRENCY_NAMES[unit][0 if is_one else 1]
    head, per, tail = unit.replace("_", " ").partition("/")
    head = head if is_one else plural(head)
    return f"{head} per {tail}" if per else head


def bound_label(bound: str | None) -> str:
    """Return the word for a bound, empty for an exact figure."""
    return "" if bound is None or bound in SILENT_BOUNDS else BOUND_LABELS.get(bound, bound)


def _ends(amount: Amount) -> tuple[float, ...]:
    """Return the numbers that an amount states: one, or the two ends of a range."""
    return tuple(end for end in (amount.value, amount.high) if end is not None)


def _figure(value: float, unit: str) -> str:
    """Write a number shortly, with the sign of its currency."""
    if unit not in CURRENCIES:
        return _number(value, unit)
    sign = SYMBOLS.get(unit, f"{unit} ")
    figure = f"{sign}{short_number(value)}"
    return figure.replace(f"{sign}-", f"-{sign}", 1) if unit in SYMBOLS else figure


def _number(value: float, unit: str | None) -> str:
    """Write a number so that it is read back: of what is counted, 16.609 would be taken for thousands."""
    written = format_number(value)
    return f"{written}0" if is_counted(unit) and re.fullmatch(r"-?[0-9]+\.[0-9]{3}", written) else written


def _in_words(value: float, scales: Mapping[str, str]) -> tuple[str, bool]:
    """Return a number with the word for its magnitude, exactly, and whether there is such a word."""
    for power, word in _SCALES:
        if 10.0**power <= abs(value) < 1e15 and abs(value) >= _LEAST_IN_WORDS:
            mantissa = Decimal(repr(value)).scaleb(-power).normalize()
            if power == _THOUSAND and mantissa != round(mantissa, 1):
                break  # 16,609 needs no word
            return f"{mantissa:,f} {scales.get(word, word)}", True
    return format_number(value), False

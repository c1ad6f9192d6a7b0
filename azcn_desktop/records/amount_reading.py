"""Amounts read as print gives them: "nearly $942 million", "16 609 туристов", "1.5-2 bn USD", "百分之77".

What is hedged stays hedged, a range keeps both ends, and what may mean two amounts is refused or said. Where a mark
before three digits may stand between thousands or before a fraction, the unit decides, and the other meaning is told.
"""

from __future__ import annotations

import re

from azcn_desktop.records.amounts import Amount
from azcn_desktop.records.number_words import (
    CURRENCIES,
    half_width,
    han_number,
    is_han_word,
    longest_first,
    lowered,
    with_digits,
    with_percent_sign,
)
from azcn_desktop.records.numbers import ascii_digits, parse_magnified
from azcn_desktop.records.ranges import ends_of
from azcn_desktop.records.unit_words import is_counted, take_unit

_UNREADABLE = "“{}” is not an amount this program can read. Write it as 942 m USD, nearly $942 million or 230."
_HEDGED_RANGE = "A range says itself how exact it is. Write its two ends without another word, as 1.5-2 bn USD."
_WIDEST_RANGE = 1_000
"""How many times the lower end the upper one may be: beyond that a magnitude is missing at the lower one."""
_CASE = r"(?<=[0-9])-?(?:d[aə]n|[yn]?[aə])$"  # 250-dən çox
_LONE_MARK = re.compile(r"(-?[1-9][0-9]{0,2})([.,])([0-9]{3})")
_WITH_DECIMAL_COMMA = re.compile("[а-яёəğışçöü]")


def parse_amount(text: str, units: tuple[str, ...] = (), held_unit: str | None = None) -> Amount:
    """Read an amount with its hedge, magnitude and unit, or a range of two amounts.

    Args:
        text: for instance `nearly $942 million`, `37亿4400万美元`, `16 609 туристов` or `1.5-2 bn USD`.
        units: stored units that the field takes, beside currencies.
        held_unit: the unit that counts where the text names none.

    Raises:
        ValueError: with a sentence, when no number is found or a word is left over.
    """
    plain = _plain(text)
    found = _single(plain, units, held_unit) or _range(plain, units, held_unit)
    if found is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    return found


def other_reading(text: str, units: tuple[str, ...] = (), held_unit: str | None = None) -> float | None:
    """Return what a text would mean if its lone mark before three digits were of the other sort; None for no doubt.

    A thousand tourists may be written 1.000 or 1,000, and 1.5 MW 1,500: what was not meant is said with what was.
    """
    plain = _plain(text)
    _, unit, rest = _parts(plain, units)
    mark, unit = _LONE_MARK.fullmatch(rest), unit or held_unit
    if mark is None or unit == "percent":
        return None
    whole, fraction = float(mark[1] + mark[3]), float(f"{mark[1]}.{mark[3]}")
    if mark[2] == ".":
        return fraction if is_counted(unit) else whole
    return None if is_counted(unit) or not _WITH_DECIMAL_COMMA.search(plain) else fraction


def _plain(text: str) -> str:
    return with_percent_sign(ascii_digits(lowered(half_width(" ".join(text.split())))))


def _single(text: str, units: tuple[str, ...], held_unit: str | None) -> Amount | None:
    """Read one amount, None for anything else."""
    bound, unit, rest = _parts(text, units)
    value = parse_magnified(_digits(rest, unit or held_unit))
    return None if value is None else Amount(value, bound, unit)


def _range(text: str, units: tuple[str, ...], held_unit: str | None) -> Amount | None:
    """Read a range, None for anything else and where its lower end may lack a magnitude."""
    for low_text, high_text in ends_of(with_digits(text)):
        high = _single(high_text, units, held_unit)
        low = _single(low_text, units, high.unit or held_unit) if high else None
        if low is None or high is None or low.value is None or high.value is None:
            continue
        if low.unit and high.unit and low.unit != high.unit:
            continue
        if low.bound or high.bound:
            raise ValueError(_HEDGED_RANGE)
        if low.value < high.value and not 0 < low.value * _WIDEST_RANGE < high.value:
            return Amount(low.value, "at_least", high.unit or low.unit, high.value)
    return None


def _parts(text: str, units: tuple[str, ...]) -> tuple[str | None, str | None, str]:
    """Return hedge and unit of a text, None for none, and what is left of it."""
    unit, rest = _take_unit(text, units)
    bound, rest = _take_bound(rest)
    if unit is None and bound is not None:  # 300 avtobusdan çox
        unit, rest = _take_unit(rest, units)
    return bound, unit, rest


def _take_bound(text: str) -> tuple[str | None, str]:
    """Return the hedge before or after a number, and the text without it.

    Args:
        text: in lower case.
    """
    for word, bound in longest_first("bounds"):
        rest = text.removeprefix(word)
        if rest != text and (not rest[:1].isalpha() or is_han_word(word) or rest[:1] >= "一"):
            return bound, rest.strip()
    for word, bound in longest_first("after"):
        if is_han_word(word):
            # 37亿多 and 500辆以上, but also 10多亿: the hedge may stand before the magnitude.
            found = re.search(rf"(?<=[0-9十百千万亿]){word}(?=[百千万亿]*$)|(?<=[一-鿿]){word}$", text)
        else:
            found = re.search(rf"(?:(?<=[^\W\d_]) |(?<=[0-9]) ?|(?=\+)){re.escape(word)}$", text)
        if found:
            return bound, re.sub(_CASE, "", (text[: found.start()] + text[found.end() :]).strip())
    return None, text


def _digits(text: str, unit: str | None) -> str:
    """Write a number in digits, without the mark between its thousands where the unit tells that it is one."""
    plain = re.sub(r"^- (?=[0-9])", "-", with_digits(text))
    if (mark := _LONE_MARK.fullmatch(plain)) and is_counted(unit):
        return mark[1] + mark[3]
    # 五十辆 is one, while 五 alone is mostly no number.
    numeral = han_number(plain) if unit and unit not in CURRENCIES else None
    return numeral or plain


def _take_unit(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    unit, rest = take_unit(text, units)
    if unit:
        return unit, rest
    for word, code in longest_first("currencies"):
        if word in text and re.search(_whole_word(word), text):
            # One currency may be named twice: 37亿元人民币.
            several = (_whole_word(other) for other, owner in longest_first("currencies") if owner == code)
            return code, " ".join(re.sub("|".join(several), " ", text).split())
    return None, text


def _whole_word(word: str) -> str:
    """Return the pattern of a currency: letters stand alone, signs and Chinese characters anywhere."""
    is_word = word[0].isalpha() and not is_han_word(word)
    return rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])\.?" if is_word else re.escape(word)

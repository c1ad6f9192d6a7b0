"""Growth as print states it: "up 21 percent", "на 21 %", "2.3 dəfə", "增长21%"; read, written and read back.

A percentage says what was added, a multiple how many times as much it became: 2.3 times is 130 % more, never 2.3 %.
"Increased by 2.3 times" is used in two senses. It is taken as 2.3 times as much, as nearly all news mean it, and the
read-back says so; Chinese 增长2.3倍 by its rule counts what was added and is 3.3 times as much. A change in percentage
points is no growth. A sign is read as this program writes it: "nearly +40 %", "−5 %". Knows nothing of records or
columns.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct

from azcn_desktop.records.amounts import bound_label
from azcn_desktop.records.number_words import (
    counted_words,
    half_width,
    is_han_word,
    longest_first,
    lowered,
    with_percent_sign,
)
from azcn_desktop.records.numbers import ascii_digits, format_number, parse_number

PERCENT = "%"
TIMES = "times"
_UNREADABLE = "“{}” is not a growth this program can read. Write it as 21 %, over 21 percent, -5 % or 2.3 times."
_POINTS = r"percentage points?|\bpp\b|процентн\w* пункт\w*|\bп\. ?п|faiz bənd\w*|百分点"
_SIGN = r"(?:(?<![^ ])[+-] ?)?"  # "10-15" is a range, "more than +20" a number with its sign
_NUMBER = r"[0-9]+(?:[.,'’ ][0-9]+)*(?:e[+-]?[0-9]{1,3})?"
_LONE_COMMA = r"[1-9][0-9]{0,2},[0-9]{3}"
_WITH_DECIMAL_COMMA = r"[а-яёəğışçöü]|faiz"  # these write 41,125 for 41.125
_PERCENT = r"[ -]?(?:%|(?:per ?cent|pct|percentage)(?!\w)|процент\w*|проц(?!\w)|faiz\w*)"
_TIMES = r"[ -]?(?:times|fold|x(?!\w)|×|раза?(?!\w)|-?кратн\w+|dəfə\w*|defe(?!\w)|qat(?!\w)|倍)"
# Words that are a multiple by themselves.
_WHOLE = (
    (2, r"\bdoubl(?:ed?|ing)\b|\btwofold\b|\btwice\b|\bудво\w+|\bвдвое\b|翻了?一番"),
    (3, r"\btripl(?:ed?|ing)\b|\bthreefold\b|\bутро\w+|\bвтрое\b"),
    (4, r"\bquadrupl(?:ed?|ing)\b|\bfourfold\b|\bвчетверо\b|翻了?两番"),
)
_DOWN = (
    r"down|fall\w*|fell|decreas\w+|declin\w+|drop\w*|lower|less|reduc\w+|shr[aiu]nk\w*|contract\w+|slump\w*|plung\w+|"
    r"сниз\w+|сниж\w+|упал\w*|сократ\w+|сокращ\w+|уменьш\w+|меньше|падени\w+|понизил\w+|"
    r"azal\w*|aşaği|enib|düş\w+|gerilə\w+|降幅|跌幅|下降了?|减少了?|下跌了?|降低了?|下滑了?|萎缩了?"
)
_UP = (
    r"up|rose|rise\w*|rising|gr[eo]w\w*|increas\w+|more|higher|gain\w*|jump\w*|surg\w+|expan\w+|climb\w*|soar\w*|"
    r"вырос\w*|возрос\w*|увелич\w+|рост\w*|прирост\w*|больше|поднял\w*|повыс\w+|"
    r"art\w+|yüksəl\w*|çoxal\w*|çox\w*|"
    r"增长了?|增加了?|提高了?|上升了?|上涨了?|扩大了?|增了?|升"
)
_AROUND = (
    r"by|to|of|an?|the|in|it|was|has|have|been|is|as|much|year|on|over|last|y/y|yoy|annual\w*|"
    r"чем|в|на|до|год|года|году|г/г|составил\w*|olub|ildə|il|ötən|o|təşkil|edib|etmişdir|"
    r"同比|到|至|为|是|达到?|原来的|去年的|上年的"
)
# What growth is compared with: a year before, never another one. Beside a bare percentage it may make a level of it
# ("188.54 percent compared to the same period"), so these count only with a word or sign that says which way it went.
_BASE = (
    r"compared|with|before|from|than|against|versus|vs|same|corresponding|period|previous|prior|earlier|ago|that|its|level|"
    r"сравнению|по|с|со|аналогичн\w+|соответствующ\w+|период\w*|прошл\w+|предыдущ\w+|ранее|годом|годовом|выражении|к|"
    r"тем|же|за|уровн\w+|г|"
    r"ilin|ilə|illə|keçən|əvvəlki|eyni|müvafiq|dövr\w*|müqayisə\w*|nisbətən|illik|"
    r"较|比|与|去年同期|上年同期|同期|去年|上年|相比|率|幅|速"
)
_YEARS = (1900, 2100)
_BY = r"by|more|higher|на|больше"
_HAN_DIGITS = "一二三四五六七八九十两"
_LEVEL = r"(?:\bto|\bдо|到|至|的)$"  # risen to 121 % is a level, not a growth, and so is 去年的121%
_LEVEL_BEHIND = r"(?:of|от)\b|.*\bas much\b"  # 97 % of last year
_LIMIT = r"\b(?:than|чем(?: на)?)$"  # "less than 21 %" is no fall, and "higher than 21 %" no growth of that much
_ADDED = r"(?:增长|增加|提高|上升|扩大|增|升)了?$"


class Growth(Struct, frozen=True):
    """A stated growth.

    Attributes:
        value: what was added in per cent, or how many times as much it became.
        unit: `PERCENT`, `TIMES`, or empty where only a number was typed.
        bound: a key of `BOUND_WORDS`, or None for an exact figure.
        is_ambiguous: writers use these words in two senses.
    """

    value: float
    unit: str = PERCENT
    bound: str | None = None
    is_ambiguous: bool = False


def parse_growth(text: str) -> Growth:
    """Read a stated growth of four languages.

    Raises:
        ValueError: with a sentence, for anything else, for percentage points and for a fall stated as a multiple.
    """
    plain = _plain(text).replace("year-on-year", "yoy").replace("year-over-year", "yoy")
    if re.search(_POINTS, plain):
        raise ValueError("A change in percentage points is no growth in per cent. Keep its words in Growth as printed.")
    number = rf"({_SIGN})({_NUMBER})(?:({_PERCENT})|({_TIMES}))"
    match = re.search(rf"{number}(?![0-9%])", plain) or re.search(rf"{number}?(?![0-9%])", plain)
    if match is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    left, right = plain[: match.start()].strip(), plain[match.end() :].strip()
    has_decimal_comma = re.fullmatch(_LONE_COMMA, match[2]) and re.search(_WITH_DECIMAL_COMMA, plain)
    sign, value = match[1].strip(), parse_number(match[2].replace(",", ".") if has_decimal_comma else match[2])
    bound, left = _take_bound(left, "bounds")
    if bound is None:
        bound, right = _take_bound(right, "after")
    around = f"{left} {right}"
    has_way = bool(sign or re.search(_words(f"{_DOWN}|{_UP}"), around))
    known = f"{_DOWN}|{_UP}|{_AROUND}" + (f"|{_BASE}" if has_way else "")
    is_bare_year = not (match[3] or match[4]) and _YEARS[0] <= value <= _YEARS[1] and around.strip()
    if re.sub(_words(known), " ", around).strip(" ,.;:()") or re.search(_LIMIT, left) or is_bare_year:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    if match[3] and (re.search(_LEVEL, left) or re.match(_LEVEL_BEHIND, right)):
        raise ValueError("A growth to a percentage names a level. Write what was added: 21 %.")
    unit = PERCENT if match[3] else TIMES if match[4] else ""
    is_down, is_up = (re.search(_words(way), around) is not None for way in (_DOWN, _UP))
    # "Down +5 %" and "growth fell 3 %" say both; "+2 times" may be 2 or 3 times as much.
    if (is_down and (is_up or sign == "+")) or (sign == "+" and unit == TIMES):
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    is_down |= sign == "-"
    if unit == TIMES:
        return _multiple(value, bound, left, around, is_down=is_down)
    return Growth(-value if is_down else value, unit, bound)


def format_growth(growth: Growth) -> str:
    """Write a growth shortly, so that it is read back as the same: "over 21 %", "2.3 times"."""
    return f"{bound_label(growth.bound)} {format_number(growth.value)} {growth.unit}".strip()


def read_back_growth(growth: Growth) -> str:
    """Say in plain words how a growth was understood: "2.3 times as much (130 per cent more)"."""
    hedge = bound_label(growth.bound)
    hedge = f"{hedge} " if hedge else ""
    if growth.unit != TIMES:
        sort = "a fall of" if growth.value < 0 else "growth of"
        return f"{sort} {hedge}{format_number(abs(growth.value))} per cent"
    added = (Decimal(repr(growth.value)) - 1) * 100
    sort = "less" if added < 0 else "more"
    words = f"{hedge}{format_number(growth.value)} times as much ({abs(added).normalize():,f} per cent {sort})"
    return f"{words}, not {(added / 100 + 2).normalize():,f} times" if growth.is_ambiguous else words


def _plain(text: str) -> str:
    """Return a text in lower case, its numbers in digits and multiples of one word in two."""
    plain = ascii_digits(lowered(half_width(" ".join(text.split())))).rstrip(" .")
    plain = re.sub(r"^(?:plus|плюс) (?=[0-9])", "+", re.sub(r"^(?:minus|минус|mənfi) (?=[0-9])", "-", plain))
    plain = with_percent_sign(plain)
    plain = re.sub(rf"(?<![{_HAN_DIGITS}])[{_HAN_DIGITS}](?=倍)", _in_digits, plain)
    for number, pattern in _WHOLE:
        plain = re.sub(pattern, f" {number} times ", plain)
    names = "|".join(sorted(counted_words(), key=len, reverse=True))
    return re.sub(rf"\b({names})(?={_TIMES}|{_PERCENT})", lambda match: str(counted_words()[match[1]]), plain).strip()


def _in_digits(match: re.Match[str]) -> str:
    return str(_HAN_DIGITS.index(match[0].replace("两", "二")) + 1)


def _multiple(value: float, bound: str | None, left: str, around: str, *, is_down: bool) -> Growth:
    if is_down:
        raise ValueError("A fall can't be stated as a multiple here. Write it in per cent: a half less is -50 %.")
    if re.search(_ADDED, left):
        return Growth(float(Decimal(repr(value)) + 1), TIMES, bound)
    return Growth(value, TIMES, bound, re.search(_words(_BY), around) is not None)


def _take_bound(text: str, table: str) -> tuple[str | None, str]:
    """Return the hedge that stands among the words beside a number, and the words without it."""
    for word, bound in longest_first(table):
        if word not in text:
            continue
        pattern = re.escape(word) if is_han_word(word) or not word[0].isalpha() else rf"(?<!\w){re.escape(word)}(?!\w)"
        # "Growth over last year" is no hedge, "over 21 percent" is: it stands next to the number, or before by or на.
        near = rf"{pattern}(?=(?: (?:by|to|на|в|чем|than))*$)" if table == "bounds" else rf"^{pattern}"
        if found := re.search(near, text):
            return bound, f"{text[: found.start()]} {text[found.end() :]}".strip()
    return None, text


@cache
def _words(pattern: str) -> re.Pattern[str]:
    """Return words as a pattern of whole words; Chinese ones stand anywhere."""
    parts = pattern.split("|")
    latin = "|".join(part for part in parts if not is_han_word(part))
    han = "|".join(sorted((part for part in parts if is_han_word(part)), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{latin})(?!\w)" + (f"|{han}" if han else ""))

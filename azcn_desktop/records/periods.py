"""Periods as print names them: "Q1 2025", "yanvar-iyul 2023", "за 7 месяцев 2023 года", "2019年上半年"; both ways.

A text is put into a short code of letters (Y year, n number, M month name, Q quarter ...), and the code says what it
is; four languages differ in words and order only. A span that has a name is stored under its name (January to March is
a quarter), so that figures of one time meet whatever their words. Knows nothing of records or columns.
"""

from __future__ import annotations

import datetime
import re

from msgspec import Struct

from azcn_desktop.records.dates import MONTHS, short_date_words
from azcn_desktop.records.number_words import half_width, lowered
from azcn_desktop.records.numbers import ascii_digits
from azcn_desktop.records.period_words import (
    LANGUAGES,
    MONTH_NAMES,
    RU_GENITIVE,
    az_ordinal,
    class_of,
    month_of,
    number_of,
    phrases,
    without_han,
)

__all__ = [
    "LANGUAGES", "Period", "canonical_period", "format_period", "months", "parse_period", "read_back_period",
    "short_period",
]  # fmt: skip

_UNREADABLE = (
    "“{}” is not a period this program can read. Write it as 2024, Q1 2025, Jan-Jul 2023 or as of 30 Jun 2025."
)
_TOKEN = r"@|[0-9]+|[^\W\d_]+|[-–—/~]|(?<=[0-9])\.(?=[0-9])|\S"
# 2025-ci, 1-i, 1-й, 7-ми, 1st
_ENDINGS = r"(?<=[0-9])(?: ?[-–](?:[iuü]?nc[iuü]|c[iuü]|s?[iuü]|də|na|nə|й|е|го|ом|м|я|ти|ми|х)|st|nd|rd|th|й|го)(?!\w)"
_SILENT = r"\.(?![0-9])|(?<![0-9])\.|[,()]"
_PARTS = {"quarter": 3, "half_year": 6}
_YEAR_FIRST, _YEAR_LAST = 1000, 2999


class Period(Struct, frozen=True):
    """A time that a figure is for.

    Attributes:
        kind: year, half_year, quarter, months, month, day or as_of, as stored.
        start, end: the first and last month ("2024-01") or day ("2024-11-24"), both included; plain EDTF.
    """

    kind: str
    start: str
    end: str


def months(first: tuple[int, int], last: tuple[int, int]) -> Period:
    """Return the period from a month to a month, each as year and number; under its name where the span has one.

    Raises:
        ValueError: for a month beyond 12 and an end before the start.
    """
    if not (1 <= first[1] <= 12 and 1 <= last[1] <= 12 and first <= last):
        raise ValueError(f"{first} to {last} is no period")
    start, end = (f"{year:04}-{month:02}" for year, month in (first, last))
    length = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
    named = {1: "month", 3: "quarter", 6: "half_year", 12: "year"}.get(length)
    is_whole = named is not None and first[0] == last[0] and (first[1] - 1) % length == 0
    return Period(named if is_whole and named else "months", start, end)


def parse_period(text: str) -> Period:
    """Read a period of four languages, in words, in short or as the reference tables write it.

    Raises:
        ValueError: with a sentence, for anything else.
    """
    try:
        found = _read(_coded(text))
    except ValueError as error:
        raise ValueError(f"“{text.strip()[:60]}” ends before it begins, or no calendar has it.") from error
    if found is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    return found


def canonical_period(period: Period) -> str:
    """Write a period as the reference tables do: "2024", "2025-Q1", "2019-H1", "2023-01/2023-07", "2024-11-24"."""
    start, end = _month(period.start), _month(period.end)
    kind = months(start, end).kind if period.kind == "as_of" and len(period.start) == 7 else period.kind
    if kind == "year":
        return period.start[:4]
    if kind in _PARTS:
        return f"{period.start[:4]}-{'Q' if kind == 'quarter' else 'H'}{(start[1] - 1) // _PARTS[kind] + 1}"
    return period.start if period.start == period.end else f"{period.start}/{period.end}"


def short_period(period: Period) -> str:
    """Write a period as a table shows it: "2024", "Q1 2025", "Jan–Jul 2023", "24 Nov 2024", "as of 30 Jun 2025"."""
    lead, plain = ("as of ", canonical_period(period)) if period.kind == "as_of" else ("", canonical_period(period))
    if match := re.fullmatch(r"([0-9]{4})-([QH][0-9])", plain):
        return f"{lead}{match[2]} {match[1]}"
    if "/" not in plain:
        return lead + short_date_words(plain)
    first, last = _month(period.start), _month(period.end)
    if first[0] == last[0]:
        return f"{lead}{MONTHS[first[1] - 1][:3]}–{MONTHS[last[1] - 1][:3]} {first[0]}"
    return f"{lead}{short_date_words(period.start)} – {short_date_words(period.end)}"


def format_period(period: Period, language: str = "en") -> str:
    """Write a period in words of one of `LANGUAGES`; `parse_period` reads it back as the same.

    Raises:
        KeyError: for another language.
    """
    if period.kind == "as_of":
        frame = {"en": "as of {}", "az": "{} tarixinə", "ru": "по состоянию на {}", "zh": "截至{}"}[language]
        kind = "day" if len(period.start) == 10 else months(_month(period.start), _month(period.end)).kind
        return frame.format(format_period(Period(kind, period.start, period.end), language))
    return {"en": _english, "az": _azerbaijani, "ru": _russian, "zh": _chinese}[language](period)


def read_back_period(period: Period) -> str:
    """Say in plain words how a period was understood: "first quarter of 2025 (January 2025 to March 2025)"."""
    words = format_period(period)
    if period.start == period.end or period.kind in ("year", "months"):
        return words
    first, last = (f"{MONTHS[month - 1]} {year}" for year, month in (_month(period.start), _month(period.end)))
    return f"{words} ({first} to {last})"


# -- reading


class _Coded(Struct, frozen=True):
    """A text as letters of the grammar ("?" for what is unknown), with its numbers apart, each in their order."""

    code: str
    years: tuple[int, ...]
    numbers: tuple[int, ...]
    named: tuple[int, ...]


def _coded(text: str) -> _Coded:
    plain = without_han(lowered(ascii_digits(half_width(" ".join(text.split())))))
    plain = phrases().sub(_phrase, re.sub(_ENDINGS, " ", re.sub(_SILENT, " ", plain)))
    tokens = [_token(token) for token in re.findall(_TOKEN, plain)]
    values = {letter: tuple(value for name, value in tokens if name == letter) for letter in "YnM"}
    return _Coded("".join(letter for letter, _ in tokens), values["Y"], values["n"], values["M"])


def _token(token: str) -> tuple[str, int]:
    """Return the letter of a token and its number, 0 for none."""
    if token.isdecimal():
        number = int(token)
        is_year = len(token) == 4 and _YEAR_FIRST <= number <= _YEAR_LAST
        return ("Y" if is_year else "n" if len(token) <= 2 else "?"), number
    if (number := number_of(token) or 0) and number:
        return "n", number
    if month := month_of(token):
        return "M", month
    letter = class_of(token)
    return ("-" if token in "–—~" else token if token in "-/.@" else "?") if letter is None else letter, 0


def _phrase(match: re.Match[str]) -> str:
    return {"on": "10", "on bir": "11", "on iki": "12"}.get(match[0], " @ ")


def _read(text: _Coded) -> Period | None:
    code = text.code.replace("@", "").replace("a", "")
    if (day := _day(code, text)) is not None:
        return Period("as_of" if text.code != code else "day", day, day)
    found = _span(code, text)
    return Period("as_of", found.start, found.end) if found and "@" in text.code else found


def _day(code: str, text: _Coded) -> str | None:
    if code in ("nMY", "MnY", "YMn", "YnM"):
        year, month, day = text.years[0], text.named[0], text.numbers[0]
    elif code in ("n.n.Y", "n/n/Y"):
        (day, month), year = text.numbers, text.years[0]
    elif code == "Y-n-n":
        (month, day), year = text.numbers, text.years[0]
    else:
        return None
    return datetime.date(year, month, day).isoformat()


def _span(code: str, text: _Coded) -> Period | None:
    """Read everything but days."""
    years, numbers, named = text.years, text.numbers, text.named
    if code == "Y":
        return months((years[0], 1), (years[0], 12))
    for letter, length in (("Q", 3), ("H", 6)):
        if code in (f"n{letter}Y", f"{letter}nY", f"Yn{letter}", f"Y{letter}n", f"Y-{letter}n"):
            return months((years[0], (numbers[0] - 1) * length + 1), (years[0], numbers[0] * length))
    if code in ("nmY", "Ynm") or (code in ("nnmY", "Ynnm") and numbers[0] == 1):
        return months((years[0], 1), (years[0], numbers[-1]))
    if re.fullmatch("Mm?Y|YMm?|Y-n|n[./]Y", code):
        month = (*named, *numbers)[0]
        return months((years[0], month), (years[0], month))
    if code == "Yn-M":
        return months((years[0], numbers[0]), (years[0], named[0]))
    if re.fullmatch("M[-&]Mm?Y|YMm?[-&]Mm?|(?:YMm?|Mm?Y)-(?:YMm?|Mm?Y)|Y-n/Y-n", code):
        first, last = (*named, *numbers)
        return None if "&" in code and last != first + 1 else months((years[0], first), (years[-1], last))
    return None


# -- writing


def _english(period: Period) -> str:
    first, last = _month(period.start), _month(period.end)
    if period.kind == "day":
        return f"{int(period.start[8:])} {MONTHS[first[1] - 1]} {first[0]}"
    if period.kind in _PARTS:
        ordinal = ("first", "second", "third", "fourth")[_part(period) - 1]
        return f"{ordinal} {'quarter' if period.kind == 'quarter' else 'half'} of {first[0]}"
    if period.kind == "year":
        return f"{first[0]}"
    return _named(MONTHS, first, last, "{month} {year}", "{first}–{last} {year}", " – ")


def _azerbaijani(period: Period) -> str:
    names, first, last = MONTH_NAMES["az"], _month(period.start), _month(period.end)
    year = az_ordinal(first[0])
    if period.kind == "day":
        return f"{int(period.start[8:])} {names[first[1] - 1]} {year} il"
    if period.kind in _PARTS:
        ordinal = ("birinci", "ikinci", "üçüncü", "dördüncü")[_part(period) - 1]
        return f"{year} ilin {ordinal} {'rübü' if period.kind == 'quarter' else 'yarısı'}"
    if period.kind == "year":
        return f"{year} il"
    if first[0] == last[0]:
        return _named(names, first, last, f"{year} ilin {{month}} ayı", f"{year} ilin {{first}}-{{last}} ayları", "")
    return " - ".join(f"{az_ordinal(year)} ilin {names[month - 1]} ayı" for year, month in (first, last))


def _russian(period: Period) -> str:
    first, last = _month(period.start), _month(period.end)
    if period.kind == "day":
        return f"{int(period.start[8:])} {RU_GENITIVE[first[1] - 1]} {first[0]} года"
    if period.kind == "quarter":
        return f"{('первый', 'второй', 'третий', 'четвёртый')[_part(period) - 1]} квартал {first[0]} года"
    if period.kind == "half_year":
        return f"{('первое', 'второе')[_part(period) - 1]} полугодие {first[0]} года"
    if period.kind == "year":
        return f"{first[0]} год"
    return _named(MONTH_NAMES["ru"], first, last, "{month} {year} года", "{first}-{last} {year} года", " - ")


def _chinese(period: Period) -> str:
    first, last = _month(period.start), _month(period.end)
    year = f"{first[0]}年"
    if period.kind == "day":
        return f"{year}{first[1]}月{int(period.start[8:])}日"
    if period.kind == "quarter":
        return f"{year}第{'一二三四'[_part(period) - 1]}季度"
    if period.kind == "half_year":
        return f"{year}{'上下'[_part(period) - 1]}半年"
    if period.kind == "year":
        return year
    if first == last:
        return f"{year}{first[1]}月"
    return f"{year}{first[1]}-{last[1]}月" if first[0] == last[0] else f"{year}{first[1]}月至{last[0]}年{last[1]}月"


def _named(
    names: tuple[str, ...], first: tuple[int, int], last: tuple[int, int], one: str, several: str, between: str
) -> str:
    """Write one month, several of one year, or months of two years."""
    if first == last:
        return one.format(month=names[first[1] - 1], year=first[0])
    if first[0] == last[0]:
        return several.format(first=names[first[1] - 1], last=names[last[1] - 1], year=first[0])
    return between.join(one.format(month=names[month - 1], year=year) for year, month in (first, last))


def _part(period: Period) -> int:
    """Return which quarter or half of its year a period is, counted from one."""
    return (int(period.start[5:7]) - 1) // _PARTS[period.kind] + 1


def _month(plain: str) -> tuple[int, int]:
    return int(plain[:4]), int(plain[5:7])

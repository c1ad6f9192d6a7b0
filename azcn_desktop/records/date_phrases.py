"""Dates as people say them in English, Azerbaijani, Russian and Chinese: "end of 2026", "до конца 2026 года", 2025年秋.

What `dates` can't read is taken apart: a word for "by", a part of the year or of the month, a season; what is left is a
period, which `periods` reads in four languages. A part of a year is the span that `dates` gives that name, "by the end"
the last day. Winter is in two years and is read only with both. Knows no kinds.
"""

from __future__ import annotations

import re

from azcn_desktop.records.dates import NoDate, date_bounds, parse_date, season_of, third_of
from azcn_desktop.records.number_words import half_width, lowered
from azcn_desktop.records.numbers import ascii_digits
from azcn_desktop.records.periods import parse_period

_BY = (
    r"(?:by|before|until|till|no later than|not later than) (.+)",
    r"(?:до|к|ко|не позднее|не позже) (.+)",
    r"(.+?)(?:[yn]?[aə])?(?: (?:q[aə]d[aə]r|kimi)|d[aə]k)",
    r"(?:到|至|不晚于)?(.+?)(?:之前|以前|前)",
    r"(?:到|至|不晚于)(.+)",
)
# Of each part the words that stand alone, and the Chinese ones, which follow year or month.
_PARTS = {
    "early": (r"(?:the )?(?:early|beginning of|start of)|начал[оаеу]|əvvəl(?:i|ində|lərində|ləri)", "初|上旬"),
    "mid": (r"(?:the )?(?:mid|middle of)|середин[аеуы]|orta(?:si|sinda|larinda|lari)", "年中|中旬"),
    "late": (r"(?:the )?(?:late|end of|year-end)|кон(?:ец|ца|це|цу)|son(?:u|unda|larinda|lari)", "底|末|下旬"),
}
_SEASONS = {
    "spring": (r"spring|весн(?:а|ой|ы|у|е)|(?:yaz|bahar)(?:i|da|inda|in)?", "春[季天]?"),
    "summer": (r"summer|лет(?:о|ом|а|у)|yay(?:i|da|inda|in)?", "夏[季天]?"),
    "autumn": (r"autumn|fall|осен(?:ь|ью|и)|payiz(?:i|da|inda|in)?", "秋[季天]?"),
    "winter": (r"winter|зим(?:а|ой|ы|у|е)|qiş(?:i|da|inda|in)?", "冬[季天]?"),
}
_TWO_YEARS = r"([0-9]{4}) ?[-–/] ?([0-9]{4}|[0-9]{2})(?![0-9])"
_WINTER = "A winter lies in two years. Write both, as winter 2025-2026, or the month."


def read_date(text: str) -> str:
    """Read a date as `parse_date` does, or one of four languages.

    Returns:
        The date in EDTF.

    Raises:
        NoDate: with a sentence, when the text is no date.
        ValueError: with a sentence, when it is impossible or may mean two.
    """
    try:
        return parse_date(text)
    except NoDate:
        found = _phrase(lowered(ascii_digits(half_width(" ".join(text.split())))).strip(" ."))
        if found is None:
            raise
        return parse_date(found)


def _phrase(text: str) -> str | None:
    for frame in _BY:
        if (found := re.fullmatch(frame, text)) and (limit := _limit(found[1].strip())):
            return f"../{limit}"
    return _span(text)


def _limit(text: str) -> str | None:
    """Return the last year, month or day of what a text names: of "the end of 2026" the day on which it ends."""
    span = _span(text)
    if span is None:
        return None
    is_end = _without(text, _PARTS["late"]) is not None
    return date_bounds(span)[1] if is_end else span.rpartition("/")[2]


def _span(text: str) -> str | None:
    for part, words in _PARTS.items():
        rest = _without(text, words)
        if rest is not None and (whole := _plain(rest)) and "/" not in whole:
            return third_of(whole, part)
    for season, words in _SEASONS.items():
        rest = _without(text, words)
        if rest is not None:
            return _season(season, rest)
    return _plain(text)


def _season(season: str, rest: str) -> str | None:
    if season != "winter":
        year = _plain(rest)
        return season_of(year, season) if year and len(year) == 4 else None
    if (years := re.search(_TWO_YEARS, rest)) and int(years[2]) % 100 == (int(years[1]) + 1) % 100:
        return season_of(years[1], season)
    if _plain(rest):
        raise ValueError(_WINTER)
    return None


def _plain(text: str) -> str | None:
    """Return the year, month, day or span of months that a text names, None for none."""
    try:
        found = parse_period(text)
    except ValueError:
        return None
    if found.kind == "as_of":
        return None
    if found.kind == "year":
        return found.start[:4]
    return found.start if found.start == found.end else f"{found.start}/{found.end}"


def _without(text: str, words: tuple[str, str]) -> str | None:
    """Return a text without one of some words; None where it has none of them."""
    alone, han = words
    rest = re.sub(rf"(?<!\w)(?:{alone})(?:-(?=[0-9])|(?!\w))|(?<=[年月])(?:{han})|(?:{han})$", " ", text, count=1)
    return None if rest == text else " ".join(rest.split())

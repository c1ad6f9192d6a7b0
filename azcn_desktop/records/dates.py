"""Partial and uncertain dates: the part of EDTF (levels 0-1) that the reference data uses.

A date stays the text it is stored as. Here it is read, checked, put into words and given the first and last day
it may mean, so that it sorts and filters. What the grammar can say:

    2018, 2018-05, 2018-05-22      that year, month or day
    2018-05-22?                    inferred: a part of it is not printed (of a day, the year)
    2019-04-?24                    only the day is inferred (EDTF level 2)
    2025-11-12~                    near that date
    2023-09-01/2023-09-10          some day within
    ../2024, 2025-04-16/..         at the latest, at the earliest

A span of days or months that print has a name for is written under it: "early September 2023", "Q3 2026", "late 2026"
(September to December, as the last third of a month), "autumn 2025".

Source: Library of Congress, Extended Date/Time Format (EDTF) Specification, 2019.
"""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
OPEN_START = "0001-01-01"
OPEN_END = "9999-12-31"

_PLAIN = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"  # \d would take digits of every script, which do not sort
_EDTF = re.compile(
    rf"(?:{_PLAIN}[?~]?|[0-9]{{4}}-[0-9]{{2}}-\?[0-9]{{2}}|{_PLAIN}/{_PLAIN}|\.\./{_PLAIN}|{_PLAIN}/\.\.)"
)
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 0)}
# Months of a year, first and last, by the names that spans of them have.
_SPANS = {
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12),
    "H1": (1, 6), "H2": (7, 12), "spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2),
}  # fmt: skip
_MONTH_NUMBERS = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
_MONTH_NUMBERS |= {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}
_HINT = (
    "Write it as 2018, 2018-05, 22 May 2018, early September 2023, Q3 2026, autumn 2025, end of 2026, about 2020, "
    "by 2024 or 2025-04-16 or later."
)


class NoDate(ValueError):
    """What was read is no date at all, as against one that is impossible or may mean two."""


def parse_date(text: str) -> str:
    """Read a date that a person typed or that a file holds.

    Args:
        text: EDTF, or words as `date_words` prints them, or `22.05.2018`.

    Returns:
        The date in EDTF.

    Raises:
        NoDate: with a sentence, when the text is no date of this grammar.
        ValueError: with a sentence, when it names an impossible day or ends before it begins.
    """
    wanted = " ".join(text.split())
    found = wanted if _EDTF.fullmatch(wanted) else _parse_words(wanted)
    if not found or not _EDTF.fullmatch(found):
        raise NoDate(f"“{wanted[:60]}” is not a date this program can read. {_HINT}")
    if _impossible(found):
        raise ValueError(f"“{wanted[:60]}” is not a day of the calendar.")
    if date_bounds(found)[0] > date_bounds(found)[1]:
        raise ValueError(f"“{wanted[:60]}” ends before it begins.")
    return found


def date_bounds(edtf: str) -> tuple[str, str]:
    """Return the first and the last day that a date may mean, as ISO 8601 days; open ends are years 1 and 9999."""
    first, last = edtf.split("/")[0], edtf.split("/")[-1]
    return _first_day(first), _last_day(last)


def date_words(edtf: str, months: tuple[str, ...] = MONTHS) -> str:
    """Put a date into words: "May 2018", "early September 2023", "22 May 2018 (year inferred)"."""
    if "/" in edtf:
        start, end = edtf.split("/")
        return _interval_words(start, end, months)
    if edtf.endswith("~"):
        return "about " + _plain_words(edtf[:-1], months)
    if edtf.endswith("?"):
        inferred = "year inferred" if edtf.count("-") == 2 else "inferred"
        return f"{_plain_words(edtf[:-1], months)} ({inferred})"
    if "?" in edtf:
        return f"{_plain_words(edtf.replace('?', ''), months)} (day inferred)"
    return _plain_words(edtf, months)


def short_date_words(edtf: str) -> str:
    """Put a date into words with months of three letters, for narrow columns."""
    return date_words(edtf, tuple(name[:3] for name in MONTHS))


def is_named_span(edtf: str) -> bool:
    """Tell whether a date is an interval that has a name: "early September 2023", "Q3 2026"."""
    start, _, end = edtf.partition("/")
    return bool(end) and ".." not in (start, end) and not date_words(edtf).startswith("between")


def third_of(plain: str, part: str) -> str | None:
    """Return the early, mid or late part of a month or of a year; None for a day."""
    if len(plain) == 4:
        return _months_of(plain, part)
    if len(plain) != 7:
        return None
    first, last = _THIRDS[part]
    last = last or _month_length(int(plain[:4]), int(plain[5:]))
    return f"{plain}-{first:02}/{plain}-{last:02}"


def season_of(year: str, season: str) -> str:
    """Return the months of a season; winter begins in the year and ends in the next."""
    return _months_of(year, season)


def date_sign(edtf: str) -> str:
    """Put a date into the fewest words, for a cell of a table: "22 May 2018?", "13 – 14 Nov 2024", "from 16 Apr 2025".

    Doubt is a question mark behind what is doubted: behind the day where only that is, else behind the whole.
    """
    if "/" in edtf:
        start, end = edtf.split("/")
        short = short_date_words(edtf)
        if end == "..":
            return f"from {short_date_words(start)}"
        return _ends_words(start, end) if short.startswith("between") else short
    if edtf.endswith("?"):
        return f"{short_date_words(edtf[:-1])}?"
    if "?" in edtf:
        day, _, rest = short_date_words(edtf.replace("?", "")).partition(" ")
        return f"{day}? {rest}"
    return short_date_words(edtf)


def is_plain(edtf: str) -> bool:
    """Tell whether a date is a plain year, month or day, without doubt and without interval."""
    return re.fullmatch(_PLAIN, edtf) is not None


def precision(edtf: str) -> int:
    """Return how finely a date is known: 3 a day, 2 a month, 1 a year, 0 an interval or a limit."""
    return 0 if "/" in edtf else 1 + re.sub(r"[?~]", "", edtf).count("-")


def _first_day(plain: str) -> str:
    if plain == "..":
        return OPEN_START
    parts = re.sub(r"[?~]", "", plain).split("-")
    return "-".join([*parts, "01", "01"][:3])


def _last_day(plain: str) -> str:
    if plain == "..":
        return OPEN_END
    parts = re.sub(r"[?~]", "", plain).split("-")
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
    day = int(parts[2]) if len(parts) > 2 else _month_length(year, month)
    return f"{year:04}-{month:02}-{day:02}"


def _month_length(year: int, month: int) -> int:
    if not 1 <= month <= 12:
        return 0
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and is_leap else _MONTH_LENGTHS[month - 1]


def _impossible(edtf: str) -> bool:
    for plain in re.findall(_PLAIN, edtf.replace("?", "")):
        try:
            datetime.date.fromisoformat(_first_day(plain))
        except ValueError:
            return True
    return False


def _plain_words(plain: str, months: tuple[str, ...]) -> str:
    year, *rest = plain.split("-")
    if not rest:
        return year
    month = months[int(rest[0]) - 1]
    return f"{int(rest[1])} {month} {year}" if len(rest) == 2 else f"{month} {year}"


def _interval_words(start: str, end: str, months: tuple[str, ...]) -> str:
    if start == "..":
        return "by " + _plain_words(end, months)
    if end == "..":
        return _plain_words(start, months) + " or later"
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        days = int(start[8:]), int(end[8:])
        length = _month_length(int(start[:4]), int(start[5:7]))
        for word, (first, last) in _THIRDS.items():
            if days == (first, last or length):
                return f"{word} {_plain_words(start[:7], months)}"
    if len(start) == len(end) == 7 and (named := _span_words(start, end)):
        return named
    return f"between {_plain_words(start, months)} and {_plain_words(end, months)}"


def _span_words(start: str, end: str) -> str:
    """Return the name of a span of months, empty for none."""
    year, last_year, months = start[:4], int(end[:4]), (int(start[5:]), int(end[5:]))
    name = next((name for name, span in _SPANS.items() if span == months), "")
    if name == "winter":
        return f"{name} {year}–{end[:4]}" if last_year == int(year) + 1 else ""
    return f"{name} {year}" if name and last_year == int(year) else ""


def _months_of(year: str, name: str) -> str:
    first, last = _SPANS[name]
    return f"{year}-{first:02}/{int(year) + (last < first):04}-{last:02}"


def _ends_words(start: str, end: str) -> str:
    """Put the two ends of an interval into words, and say once what both have in common."""
    first, last = short_date_words(start).split(" "), short_date_words(end).split(" ")
    whole = " ".join(last)
    while len(first) > 1 and len(last) > 1 and first[-1] == last[-1]:
        first.pop()
        last.pop()
    return f"{' '.join(first)} – {whole}"


def _parse_words(text: str) -> str | None:
    lowered = text.lower()
    if match := re.fullmatch(r"between (.+) and (.+)", lowered):
        return _join(_parse_plain(match[1]), _parse_plain(match[2]))
    if match := re.fullmatch(r"(?:by|before|until) (.+)", lowered):
        return _join("..", _parse_plain(match[1]))
    if match := re.fullmatch(r"(?:(?:since|from|after) (.+)|(.+) or later)", lowered):
        return _join(_parse_plain(match[1] or match[2]), "..")
    if match := re.fullmatch(r"(?:about|around|circa|c\.) (.+)", lowered):
        return _mark(_parse_plain(match[1]), "~")
    if match := re.fullmatch(r"(.+) \((?:year )?inferred\)", lowered):
        return _mark(_parse_plain(match[1]), "?")
    if match := re.fullmatch(r"(.+) \(day inferred\)", lowered):
        plain = _parse_plain(match[1])
        return f"{plain[:8]}?{plain[8:]}" if plain and len(plain) == 10 else None
    if match := re.fullmatch(r"(early|mid|late)[ -](.+)", lowered):
        plain = _parse_plain(match[2])
        return third_of(plain, match[1]) if plain else None
    if match := re.fullmatch(rf"({'|'.join(_SPANS)}) ([0-9]{{4}})(?:–([0-9]{{4}}))?".lower(), lowered):
        name = match[1].upper() if match[1][1].isdecimal() else match[1]
        is_whole = (name == "winter") == (match[3] is not None)
        span = _months_of(match[2], name)
        return span if is_whole and span[8:12] == (match[3] or match[2]) else None
    return _parse_plain(lowered)


def _join(start: str | None, end: str | None) -> str | None:
    return f"{start}/{end}" if start and end else None


def _mark(plain: str | None, sign: str) -> str | None:
    return plain + sign if plain else None


def _parse_plain(text: str) -> str | None:
    """Read "2018", "may 2018", "22 may 2018", "may 22, 2018", "22.05.2018" or a plain ISO date."""
    if re.fullmatch(_PLAIN, text):
        return text
    if match := re.fullmatch(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    words = text.replace(",", " ").replace(".", " ").split()
    named = [word for word in words if word in _MONTH_NUMBERS]
    numbers = [word for word in words if word.isdecimal() and word.isascii()]
    if len(named) != 1 or len(named) + len(numbers) != len(words) or not numbers or len(numbers[-1]) != 4:
        return None
    month = f"{numbers[-1]}-{_MONTH_NUMBERS[named[0]]:02}"
    if len(numbers) == 1:
        return month
    return f"{month}-{int(numbers[0]):02}" if len(numbers) == 2 and len(numbers[0]) <= 2 else None

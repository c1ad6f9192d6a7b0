"""Reading single cells of statistics: periods, codes, numbers, words. Each returns a value or raises with a sentence.

Nothing is guessed: a number with a comma, or beside decimal commas a point, that could mean two things is refused.
Knows no layout and no file.
"""

from __future__ import annotations

import math
import re

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.query import TOTAL

_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_MONTH = re.compile(r"(\d{4})[-/M]?(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})[- ]?[Qq]([1-4])")
_DAY = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])[-/]\d{1,2}")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
# A point that may stand between thousands; no thousands begin with a zero.
_POINTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_COMMA = re.compile(r"-?\d+,\d+")
_MONEY = re.compile(r"^(?:US)?\$\s*|\s*(?:USD|US\$)$")
_CODE = re.compile(r"[0-9A-Za-z.*_-]{1,20}")
_NOTHING = frozenset(("", "...", "..", "-", "NULL", "null", "N/A", "n/a", "NA", "nan", "NaN", "None", ":"))
_UNIT = re.compile(r"([0-9][0-9 ,]*)?\s*([A-Z]{3})")


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that nothing is known."""
    return text.strip() in _NOTHING


def number(text: str) -> float | None:
    """Read a number with a decimal point, or nothing. Raises ValueError."""
    wanted = _MONEY.sub("", text.strip())
    if wanted in _NOTHING:
        return None
    if not _NUMBER.fullmatch(wanted):
        if not _GROUPED.fullmatch(wanted) or wanted.count(",") + ("." in wanted) < 2:
            raise ValueError(f"“{text.strip()[:40]}” is no number that can be read for certain. Write it as 1234.5.")
        wanted = wanted.replace(",", "")
    return _finite(float(wanted), text)


def has_decimal_comma(text: str) -> bool:
    """Tell whether a number has a comma that can't be one between thousands."""
    wanted = text.strip()
    return bool(_COMMA.fullmatch(wanted)) and not _GROUPED.fullmatch(wanted)


def number_with_comma(text: str) -> float | None:
    """Read a number with a decimal comma, or nothing. Raises ValueError."""
    wanted = text.strip()
    if wanted in _NOTHING:
        return None
    if "." in wanted or wanted.count(",") > 1:
        raise ValueError(f"“{wanted[:40]}” does not fit the other numbers of this file, which have a decimal comma.")
    return number(wanted.replace(",", "."))


def number_of_mixed(text: str) -> float | None:
    """Read a number of a file that has decimal commas and points, or nothing; refused where it may be either.

    Raises:
        ValueError: it can't be read for certain.
    """
    wanted = text.strip()
    if _POINTED.fullmatch(wanted):
        plain = wanted.replace(".", "")
        raise ValueError(
            f"“{wanted[:40]}” may be {plain[:40]} or {wanted[:40]}, for other numbers of this file have a decimal "
            "comma. Write all of them as 1234.5."
        )
    return number(text)


def _finite(value: float, text: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"“{text.strip()[:40]}” is too large for a number.")
    return value


def period(text: str, month: str = "") -> tuple[str, str]:
    """Read a period and return it with its frequency: ("2024", "A"), ("202401", "M"), ("2024Q1", "Q").

    Args:
        text: the period, or its year.
        month: the number of the month where it stands in a column of its own.

    Raises:
        ValueError: it is none.
    """
    wanted = text.strip()
    if month.strip():
        if not _YEAR.fullmatch(wanted) or not re.fullmatch(r"0?[1-9]|1[0-2]", month.strip()):
            raise ValueError(f"“{wanted[:20]}” and “{month.strip()[:20]}” are no year and month.")
        found, frequency = f"{wanted[:4]}{int(month):02}", "M"
    elif match := _YEAR.fullmatch(wanted):
        found, frequency = match[1], "A"
    elif match := _MONTH.fullmatch(wanted) or _DAY.fullmatch(wanted):
        found, frequency = match[1] + match[2], "M"
    elif match := _QUARTER.fullmatch(wanted):
        found, frequency = f"{match[1]}Q{match[2]}", "Q"
    elif re.fullmatch(r"\d{2}", wanted):  # "95DiGraph": two digits of the year
        found, frequency = ("19" if wanted > "50" else "20") + wanted, "A"
    else:
        raise ValueError(f"“{wanted[:40]}” is no year, quarter or month.")
    if not "1900" <= found[:4] <= "2100":
        raise ValueError(f"{found[:4]} is no year that trade statistics have.")
    return found, frequency


def code(text: str, digits: int = 0) -> str:
    """Read a code of goods; zeros that the publisher dropped are put back. Raises ValueError."""
    wanted = text.strip()
    if wanted.upper() in ("TOTAL", "AG0", "ALL"):
        return TOTAL
    if not _CODE.fullmatch(wanted):
        raise ValueError(f"“{wanted[:40]}” is no code of goods." if wanted else "The code is missing.")
    if re.fullmatch(r"\d+\.0", wanted):
        raise ValueError(f"“{wanted[:40]}” was a code before a spreadsheet made it a number. Keep codes as text.")
    return wanted.zfill(digits) if digits and wanted.isdigit() else wanted


def label(text: str) -> str:
    """Read a code or a name of products, of at most 40 characters. Raises ValueError."""
    wanted = " ".join(text.split())
    if not wanted or len(wanted) > 40 or not wanted.isprintable():
        raise ValueError(f"“{wanted[:40]}” is no code of goods." if wanted else "The code is missing.")
    return wanted


def unit(text: str) -> tuple[float, str]:
    """Read the unit of a value: "10000 CNY" gives 10000 and CNY. Raises ValueError."""
    match = _UNIT.fullmatch(text.strip())
    if not match:
        raise ValueError(f"“{text.strip()[:40]}” is no unit such as USD, 1000 USD or 10000 CNY.")
    return float((match[1] or "1").replace(" ", "").replace(",", "")), match[2]


def word(text: str, words: dict[str, Value], what: str) -> Value:
    """Read a word of a list. Raises ValueError."""
    key = text.strip().casefold()
    if key in words:
        return words[key]
    raise ValueError(f"“{text.strip()[:40]}” is no {what} that is known." if key else f"The {what} is missing.")

"""Words, places and colours of what the charts of statistics draw: areas, flows, levels, currencies and periods.

Knows no sums.
"""

from __future__ import annotations

import functools

from azcn_desktop.charts.series import ROLES, Role
from azcn_desktop.charts.trade import unit_name
from azcn_desktop.records import words
from azcn_desktop.records.countries import area_name
from azcn_desktop.records.dates import MONTHS
from azcn_desktop.store.edits import inside

ORIGINS = {
    "december": {
        "year": "Years are sums since January as published for December", "quarter": "", "month": "",
    },
    "months": {"year": "Years computed from their twelve months", "quarter": "Quarters computed from three months"},
    "quarters": {"year": "Years computed from their four quarters"},
}  # fmt: skip
_FLOWS = {"M": "imports from", "X": "exports to", "RM": "re-imports from", "RX": "re-exports to"}
# Chapters at which the sections of the Harmonized System end. Source: World Customs Organization, HS 2022, contents.
_SECTIONS = (5, 14, 15, 24, 27, 38, 40, 43, 46, 49, 63, 67, 70, 71, 83, 85, 89, 92, 93, 96, 99)
_LEVELS = {
    -1: "Named products", 0: "All goods", 2: "Chapters, 2 digits", 4: "Headings, 4 digits", 6: "Subheadings, 6 digits",
}  # fmt: skip
_TINTS = (0.0, 1.0, -0.9)
_LONGEST = 60


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: "1 flow", "12 flows"."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


@functools.lru_cache(maxsize=512)
def flow_words(reporter: str, flow: str, partner: str) -> str:
    """Return whose flow it is: "Azerbaijan: imports from China"."""
    return f"{area_name(reporter)}: {_FLOWS.get(flow, flow)} {area_name(partner)}"


def group_name(group: str) -> str:
    """Return currency and way of valuing in words: "US dollars", "US dollars, harmonised"."""
    currency, _, basis = group.partition("|")
    name = unit_name(currency) if currency else "no stated currency"
    return f"{name}, {inside(words.TRADE_VALUATION.label(basis))}" if basis else name


def system_of(classification: str) -> str:
    """Return the system of codes that a classification is an edition of; where none is told, the usual HS."""
    return {"H": "HS", "": "HS", "S": "SITC"}.get(classification[:1], classification)


def level_choice(level: int) -> str:
    """Return a level of codes as it is offered: "Chapters, 2 digits"."""
    return _LEVELS.get(level, f"{level} digits")


def level_name(level: int) -> str:
    """Return a level of codes inside a sentence: "2-digit codes"."""
    return {0: "All goods", -1: "named products"}.get(level, f"{level}-digit codes")


def code_label(code: str, description: str) -> str:
    """Return a code and the begin of its description."""
    if len(description) > _LONGEST:
        words = description[:_LONGEST].rpartition(" ")[0] or description[: _LONGEST - 1]
        description = words.rstrip(" ,;") + "…"
    return f"{code} {description}".strip()


def quarter_of(month: str) -> str:
    """Return the quarter of a month: 202405 gives 2024Q2."""
    return f"{month[:4]}Q{(int(month[4:]) + 2) // 3}"


def parts_of(year: str, frequency: str) -> tuple[str, ...]:
    """Return the months or quarters of a year."""
    if frequency == "Q":
        return tuple(f"{year}Q{n}" for n in range(1, 5))
    return tuple(f"{year}{n:02}" for n in range(1, 13))


def year_before(period: str) -> str:
    """Return the same period a year before."""
    return f"{int(period[:4]) - 1:04}{period[4:]}"


def period_words(period: str) -> str:
    """Return a period in words: "2024", "Q2 2024", "May 2024"."""
    if period[4:5] == "Q":
        return f"{period[4:]} {period[:4]}"
    return f"{MONTHS[int(period[4:]) - 1]} {period[:4]}" if period[4:] else period


def place(period: str) -> float:
    """Return the middle of a period as a decimal year."""
    year, part = int(period[:4]), period[4:]
    if not part:
        return year + 0.5
    return year + ((int(part[1:]) - 0.5) / 4 if part[0] == "Q" else (int(part) - 0.5) / 12)


def section_shade(chapter: str) -> tuple[Role, float]:
    """Return the colour of a chapter: chapters of one section share it."""
    number = int(chapter) if chapter.isdigit() else 99
    return nth_shade(sum(number > last for last in _SECTIONS))


def nth_shade(number: int) -> tuple[Role, float]:
    """Return one of 21 colours, those that follow each other far apart."""
    return ROLES[number % len(ROLES)], _TINTS[number // len(ROLES) % len(_TINTS)]

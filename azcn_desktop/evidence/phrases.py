"""Pieces of sentences: when, who, where and how much, put so that they stand in running text.

A piece whose data are missing is empty, and the joining functions leave it out. Knows no record table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from azcn_desktop.records.amounts import CURRENCIES, SYMBOLS, Amount, bound_label, format_number
from azcn_desktop.records.dates import date_words, precision
from azcn_desktop.records.short_numbers import short_if_exact
from azcn_desktop.records.unit_words import plural
from azcn_desktop.store.records import LinkLabel

# Bodies that English names with an article; the names of companies stand alone.
_WITH_ARTICLE = re.compile(
    r"(?:State|Ministry|Central|Government|Embassy|General|National|People’s Bank|Cabinet)\b"
    r"|[^0-9(]*(?:Authority|Foundation|Board|Agency|Committee|Council|Administration|Party|Commission|Factory"
    r"|Organi[sz]ation|Association|Representation"
    r"|Development Bank|Investment Bank|side|delegation)(?: (?:of|for)\b.*| \(.*|$)"
)
_MOST_NAMES = 6


def one_line(text: object) -> str:
    """Return a text without line breaks and double blanks; empty for None."""
    return " ".join(str(text or "").split())


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """Join the parts that are not empty."""
    return between.join(part for part in parts if part)


def in_brackets(*parts: str, between: str = "; ") -> str:
    """Return the parts in brackets with a blank before them; nothing when all of them are empty."""
    inner = joined(parts, between)
    return f" ({inner})" if inner else ""


def merged_brackets(text: str) -> str:
    """Return a text in which brackets that follow each other are one: "(set; digital)"."""
    return text.replace(") (", "; ")


def sentence_end(text: str) -> str:
    """Return a text with a full stop, unless it has its end already."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(names: Sequence[str]) -> str:
    """Write names as a list in words: "A, B and C"; of more than six the rest is counted."""
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], f"{len(names) - _MOST_NAMES + 1} others"]
    return " and ".join(joined(group) for group in (names[:-1], names[-1:]) if group)


def named(name: str) -> str:
    """Return a name with its article where English wants one: "the State Customs Committee of Azerbaijan"."""
    if name.startswith("unnamed "):
        return f"an {name}"
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def speaker(labels: Sequence[LinkLabel], role: object) -> str:
    """Name who speaks, with the office: "Lu Mei, Ambassador", "both sides (readout of the meeting)"."""
    if not labels:
        return one_line(role)
    name = named(one_line(labels[0].text))
    office = one_line(role)
    return f"{name}, {office}" if office and labels[0].table == "person" else name + in_brackets(office)


def when(edtf: object) -> str:
    """Put a date into an adverbial: "on 16 April 2025", "in May 2018 (inferred)", "by 2024"; may be empty."""
    if not isinstance(edtf, str):
        return ""
    words = date_words(edtf)
    if words.startswith(("about", "between", "by")):
        return words
    is_day = precision(edtf) == 3 or ("/" in edtf and len(edtf.split("/")[0]) == 10 and words.endswith("or later"))
    return f"{'on' if is_day else 'in'} {words}"


def capital(text: str) -> str:
    """Return a text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def quantity(amount: Amount) -> str:
    """Write an amount in running text with its hedge: "about $3.7 bn", "over 27,000 containers", "4th", "77 %"."""
    if amount.value is None:
        return ""
    hedge = "initially" if amount.bound == "initial" else bound_label(amount.bound)
    number = _money(amount) if amount.unit in CURRENCIES else _counted(amount.value, amount.unit or "")
    return f"{hedge} {number}".strip()


def _money(amount: Amount) -> str:
    """Write money shortly where that loses no digit: "$3.744 bn", "$1.13254 bn", "$381,350,200"."""
    assert amount.value is not None
    shown = SYMBOLS.get(amount.unit or "", f"{amount.unit} ")
    return f"{'-' if amount.value < 0 else ''}{shown}{short_if_exact(abs(amount.value))}"


def _counted(value: float, unit: str) -> str:
    if unit in ("rank", "ordinal") and value == int(value):
        return ordinal(int(value))
    if unit == "calendar year":
        return f"{value:g}"
    if unit == "percent":
        return f"{format_number(value)} %"
    what, _, every = unit.replace("_", " ").partition("/")
    what = what if value == 1 else plural(what)
    return joined((format_number(value), what, f"a {every}" if every else ""), " ")


def ordinal(number: int) -> str:
    """Write "1st", "2nd", "11th"."""
    ending = "th" if 10 <= abs(number) % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(abs(number) % 10, "th")
    return f"{number:,}{ending}"

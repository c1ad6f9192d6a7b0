"""What a view asks for, as a value; and the text of a filter field, read into it.

The language: words are searched for; `field:value`, `field:>=value`, `field:a..b` and `is:overdue` narrow down; all
parts are joined by AND; quotes hold a phrase together; a minus before a part turns it round. Knows no SQL.
"""

from __future__ import annotations

import difflib
import re
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.records.kinds import Date
from azcn_desktop.records.schema import RecordType

Operator = Literal["is", ">=", "<=", ">", "<", "range", "in", "empty"]
FLAGS = ("upcoming", "overdue", "stale", "lost", "recent", "trash", "unsourced")
LONGEST_TEXT = 1_000
_ALIKE = 0.7
"""How alike a field is that was perhaps meant: "city" to "citty", but not "country" to "colour"."""
YEAR = "year"
SOURCE = "source"
_PART = re.compile(r'(-?)(?:([\w-]+):)?(?:"([^"]*)(?:"|$)|(\S+))')  # a quote may still be open while one types


class Condition(Struct, frozen=True):
    """One thing that must hold.

    Attributes:
        field: a field of the record type, or `year`, `source`, `is`.
        operator: how the values are compared.
        values: as typed or as stored; `range` has two, either may be empty; `in` any number.
        is_negated: the opposite must hold.
    """

    field: str
    operator: Operator
    values: tuple[str, ...]
    is_negated: bool = False


class Query(Struct, frozen=True):
    """Which records of a table, in which order.

    Attributes:
        table: the record type.
        words: folded or raw words and phrases that must all be found in the record or what it is linked to.
        conditions: all must hold.
        sort: field to sort by; empty for the order of the declaration; a minus before it sorts downward.
    """

    table: str
    words: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sort: str = ""

    def with_condition(self, condition: Condition) -> Query:
        """Return the query with one more condition."""
        return replace(self, conditions=(*self.conditions, condition))

    def joined(self, other: Query) -> Query:
        """Return the query that asks for what both ask for, in the order of the other if it has one."""
        return Query(self.table, self.words + other.words, self.conditions + other.conditions, other.sort or self.sort)

    @property
    def is_trash(self) -> bool:
        """Tell whether the query looks into the trash."""
        return any(c.field == "is" and "trash" in c.values and not c.is_negated for c in self.conditions)


def parse_query(text: str, record_type: RecordType) -> Query:
    """Read the text of a filter field; AND written between its parts says what holds without it.

    Raises:
        UserError: a sentence naming an unknown field or flag, or a text longer than any filter.
    """
    if len(text) > LONGEST_TEXT:  # pasted by mistake; SQLite would refuse its thousand words as too complex
        raise UserError(f"This filter has {len(text):,} characters; {LONGEST_TEXT:,} are possible. Shorten it.")
    words: list[str] = []
    conditions: list[Condition] = []
    parts = _PART.findall(text)
    for place, (minus, name, phrase, word) in enumerate(parts):
        if word == "AND" and not name and 0 < place < len(parts) - 1:
            continue  # all must hold anyway
        value = phrase.strip() or word
        if name and (condition := _condition(name.lower(), value, bool(minus), record_type)):
            conditions.append(condition)
        elif value:
            words.append(f"{minus}{name + ':' if name else ''}{value}")
    return Query(record_type.name, tuple(words), tuple(conditions))


def main_date(record_type: RecordType) -> str | None:
    """Return the field whose year `year:` means: the first date of the declaration, a period's end before others."""
    if record_type.has_field("period_end"):
        return "period_end"
    return next((f.name for f in record_type.fields if isinstance(f.kind, Date)), None)


def _condition(name: str, value: str, is_negated: bool, record_type: RecordType) -> Condition | None:
    if name == "is":
        if value.lower() not in FLAGS:
            raise UserError(f"“is:{value}” is not known. Possible are {', '.join('is:' + flag for flag in FLAGS)}.")
        return Condition("is", "is", (value.lower(),), is_negated)
    field = _field_name(name, record_type)
    if field is None:
        if re.fullmatch(r"https?", name):
            return None
        raise UserError(f"{record_type.plural} have no field “{name}”. {_possible_names(name, record_type)}")
    if not value.strip("|"):
        raise UserError(f"Write what {name} shall be right after the colon, or {name}:empty.")
    if field == YEAR and not re.fullmatch(r"(?:[<>]=?)?[0-9]{4}|[0-9]{4}\.\.(?:[0-9]{4})?|\.\.[0-9]{4}|empty", value):
        raise UserError(f"“{value}” is not a year. Write year:2024, year:>=2020 or year:2020..2024.")
    if match := re.fullmatch(r"(>=|<=|>|<)(.+)", value):
        return Condition(field, match[1], (match[2],), is_negated)  # type: ignore[arg-type]
    if ".." in value and not value.startswith("http"):
        low, _, high = value.partition("..")
        return Condition(field, "range", (low, high), is_negated)
    if value == "empty":
        return Condition(field, "empty", (), is_negated)
    return (
        Condition(field, "in", tuple(part for part in value.split("|") if part), is_negated)
        if "|" in value
        else Condition(field, "is", (value,), is_negated)
    )


def _possible_names(name: str, record_type: RecordType) -> str:
    """Say what may have been meant, the names that are most like what was typed first."""
    names = [YEAR, SOURCE, *(f.name for f in record_type.fields)]
    near = difflib.get_close_matches(name, names, cutoff=_ALIKE)
    rest = ", ".join(each for each in names if each not in near)
    return f"Perhaps {', '.join(near)} is meant, or one of {rest}." if near else f"Possible are {rest}."


def _field_name(name: str, record_type: RecordType) -> str | None:
    if name in (YEAR, SOURCE):
        return name
    for f in record_type.fields:
        if name in (f.name, f.label.lower(), *f.aliases):
            return f.name
    shorthand = {"side": "statistics_side", "unit": "currency"}
    return shorthand.get(name) if record_type.has_field(shorthand.get(name, "")) else None

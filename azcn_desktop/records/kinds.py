"""Kinds of values: what is true of a value wherever it appears.

A kind knows how its value is stored, read from text, written as text and judged. It may own several columns (an
amount with its bound and unit; a party that is a person, an organisation or printed text). Grid, inspector, import,
export and query all ask the kind; it knows neither SQL statements nor widgets.

Stored values are only str, int, float and None, so that images of rows compare and travel exactly.
"""

from __future__ import annotations

import re
import unicodedata
from typing import ClassVar
from urllib.parse import urlsplit

from msgspec import field

from azcn_desktop.records import dates
from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.date_phrases import read_date
from azcn_desktop.records.kind_base import Kind, Row, Value, word_label
from azcn_desktop.records.number_kinds import Amount, Flag, Integer, Number, Scale

__all__ = [
    "Amount", "Choice", "Code", "Computed", "Country", "Date", "Flag", "Integer", "Kind", "Link", "Links", "Number",
    "Party", "Row", "Scale", "Text", "Url", "Value", "Words", "word_label",
]  # fmt: skip

_HOST = re.compile(r"[^\s.\[\]]+(?:\.[^\s.\[\]]+)+\.?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_SEARCHED_AT_ONCE = 200_000  # characters
_PICK = "Pick a record from the list."


class Text(Kind, frozen=True):
    """Text; `is_long` for notes of many lines.

    Attributes:
        max_length: most characters.
        is_long: edited in a field of several lines; line breaks are kept.
    """

    max_length: int = 2_000
    is_long: bool = False
    example: ClassVar[str] = "Working group on transport agreed"

    def parse(self, text: str) -> Value:
        wanted = text if self.is_long else " ".join(text.split())
        return wanted if wanted.strip() else None

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            return "This must be text."
        if len(value) > self.max_length:
            return f"This text has {len(value):,} characters; at most {self.max_length:,} are possible."
        if holds(_CONTROL, value):
            return "This text contains characters that can't be shown (control characters). Remove them."
        if holds(_HALF_CHARACTER, value):
            return "This text contains half a character (a lone surrogate). Type it again."
        return None


def holds(character: re.Pattern[str], text: str) -> bool:
    """Tell whether one of some characters stands in a text, which may have megabytes: other threads run meanwhile."""
    return any(character.search(text, at, at + _SEARCHED_AT_ONCE) for at in range(0, len(text), _SEARCHED_AT_ONCE))


class Code(Text, frozen=True):
    """A code whose leading zeros count, such as an HS code."""

    max_length: int = 40
    example: ClassVar[str] = "0801"


class Date(Kind, frozen=True):
    """A partial or uncertain date in EDTF, with its first and last day beside it.

    Attributes:
        only_plain: refuse doubt and intervals (ends of a period).
        otherwise: what to do with words that are no date, in a sentence; empty where there is no place for them.
    """

    only_plain: bool = False
    otherwise: str = ""
    has_read_back: ClassVar[bool] = True
    example: ClassVar[str] = "22 May 2018"

    def derived_columns(self, name: str) -> dict[str, str]:
        return {f"{name}_lo": "TEXT", f"{name}_hi": "TEXT"}

    def derive(self, name: str, row: Row) -> dict[str, Value]:
        value = row.get(name)
        lo, hi = dates.date_bounds(value) if isinstance(value, str) else (None, None)
        return {f"{name}_lo": lo, f"{name}_hi": hi}

    def parse(self, text: str) -> Value:
        try:
            return read_date(text) if text.strip() else None
        except dates.NoDate as error:
            raise ValueError(f"{error} {self.otherwise}".strip()) from error

    def format(self, value: Value) -> str:
        return dates.date_words(value) if isinstance(value, str) else ""

    def read_back(self, name: str, text: str, row: Row) -> str:
        value = self.parse(text)
        words = self.format(value)
        if isinstance(value, str) and dates.is_named_span(value):
            first, last = (dates.date_words(end) for end in value.split("/"))
            return f"{words} ({first} to {last})"
        return "" if words == text.strip() else words

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            return "This must be a date in words or in EDTF."
        try:
            canonical = dates.parse_date(value)
        except ValueError as error:
            return str(error)
        if canonical != value:
            return f"“{value}” must be stored as {canonical}."
        if self.only_plain and not dates.is_plain(canonical):
            return "Only a plain year, month or day is possible here."
        return None

    def warn(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if isinstance(value, str):
            lo, hi = dates.date_bounds(value)
            if hi < "1900-01-01" or lo > "2100-01-01":
                return "This date is far from our time. Is the year right?"
        return None


class Choice(Kind, frozen=True):
    """One word of a closed list.

    Attributes:
        words: the stored words, in the order of the list.
        labels: pairs of stored word and label where the word itself is not what a reader expects.
    """

    words: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    example: ClassVar[str] = "signed"

    def label(self, word: str) -> str:
        """Return the label of a stored word."""
        return dict(self.labels).get(word) or word_label(word)

    def parse(self, text: str) -> Value:
        wanted = " ".join(text.split())
        if not wanted:
            return None
        for word in self.words:
            if wanted.lower() in (word.lower(), self.label(word).lower(), word.replace("_", " ").lower()):
                return word
        raise ValueError(f"“{wanted[:60]}” is not in the list: {', '.join(map(self.label, self.words))}.")

    def format(self, value: Value) -> str:
        return "" if value is None else self.label(str(value))

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if value is None or value in self.words:
            return None
        return f"“{value}” is not in the list: {', '.join(map(self.label, self.words))}."


class Words(Kind, frozen=True):
    """Several words of a closed list, stored with blanks between them.

    Attributes:
        labels: pairs of stored word and label, in the order in which they are shown.
    """

    labels: tuple[tuple[str, str], ...] = ()
    example: ClassVar[str] = "city outcome"

    def parse(self, text: str) -> Value:
        words = text.split()
        unknown = [word for word in words if word not in dict(self.labels)]
        if unknown:
            raise ValueError(f"“{unknown[0][:60]}” is not in the list: {', '.join(dict(self.labels))}.")
        return " ".join(words) or None

    def format(self, value: Value) -> str:
        present = str(value or "").split()
        return ", ".join(label for word, label in self.labels if word in present)


class Computed(Kind, frozen=True):
    """What the store computes from other rows whenever it is asked for; never stored, never edited.

    Attributes:
        of: the kind of the result: how it is written, compared and sorted.
    """

    of: Kind = field(default_factory=Kind)
    is_virtual: ClassVar[bool] = True

    def columns(self, name: str) -> dict[str, str]:
        return {}

    def parse(self, text: str) -> Value:
        return self.of.parse(text)

    def format(self, value: Value) -> str:
        return self.of.format(value)

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        raise ValueError("This is computed from other records; change those.")


class Country(Kind, frozen=True):
    """One country, or several as for a joint body, as ISO 3166-1 alpha-2 codes joined by blanks."""

    example: ClassVar[str] = "Azerbaijan"

    def parse(self, text: str) -> Value:
        codes = [_country_code(part.strip()) for part in re.split(r"[;|]", text) if part.strip()]
        return " ".join(codes) or None

    def format(self, value: Value) -> str:
        return "" if value is None else "; ".join(COUNTRIES.get(code, code) for code in str(value).split())

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        unknown = [code for code in str(value or "").split() if code not in COUNTRIES]
        return f"{', '.join(unknown)}: no such country code (ISO 3166-1 alpha-2)." if unknown else None


class Url(Text, frozen=True):
    """A web address, http or https only, without user name."""

    example: ClassVar[str] = "https://azertag.az/en"

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if value is None:
            return None
        problem = Text.check(self, name, row)
        if problem:
            return problem
        if re.search(r"\s", str(value)):
            return "A web address has no blanks."
        if "\\" in str(value) or any(unicodedata.category(character) == "Cf" for character in str(value)):
            return "This web address has a backslash or an invisible character, which hides where it leads."
        try:
            parts = urlsplit(str(value))
            host, _port = parts.hostname or "", parts.port
        except ValueError:
            return "This is not a web address."
        if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
            return "Only web addresses are possible here; they begin with http:// or https://."
        if parts.username is not None:
            return "A web address with a user name before @ hides where it leads; write it without."
        return None


class Link(Kind, frozen=True):
    """A reference to one record of another table, shown by its title.

    Attributes:
        target: the table.
        owns: the row belongs to the target and vanishes from view with it.
    """

    target: str = ""
    owns: bool = False
    sql_type: ClassVar[str] = "INTEGER"
    example: ClassVar[str] = "the title of a record"

    def references(self, name: str) -> dict[str, str]:
        return {name: self.target}

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        if text.strip():
            raise ValueError(_PICK)
        return {name: None}

    def check(self, name: str, row: Row) -> str | None:
        return None if row.get(name) is None or isinstance(row.get(name), int) else _PICK


class Party(Kind, frozen=True):
    """A person, an organisation, or the printed words where neither is known: one of several columns is filled.

    Attributes:
        targets: pairs of table and column.
        printed: the column for words that could not be resolved; empty when words are not allowed.
        owns: the row belongs to the target.
    """

    targets: tuple[tuple[str, str], ...] = ()
    printed: str = ""
    owns: bool = False
    example: ClassVar[str] = "the name of a person or organisation"

    def columns(self, name: str) -> dict[str, str]:
        printed = {self.printed: "TEXT"} if self.printed else {}
        return {column: "INTEGER" for _, column in self.targets} | printed

    def references(self, name: str) -> dict[str, str]:
        return {column: table for table, column in self.targets}

    def chosen(self, row: Row) -> tuple[str, int] | None:
        """Return table and id of the record that a row refers to, or None for printed words and nothing."""
        for table, column in self.targets:
            value = row.get(column)
            if isinstance(value, int):
                return table, value
        return None

    def assign(self, table: str | None, key: int | None, printed: str | None = None) -> dict[str, Value]:
        """Return the values of all columns for one choice: a record, printed words, or nothing."""
        row: dict[str, Value] = {column: key if name == table else None for name, column in self.targets}
        return row | ({self.printed: printed} if self.printed else {})

    def show(self, name: str, row: Row) -> str:
        """Write only the printed words; the title of a linked record comes from the store."""
        return self.format(row.get(self.printed))

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        """Take typed words as printed; a record is picked, not typed."""
        if text.strip() and not self.printed:
            raise ValueError(_PICK)
        return self.assign(None, None, " ".join(text.split()) or None)

    def check(self, name: str, row: Row) -> str | None:
        filled = [column for column in self.columns(name) if row.get(column) is not None]
        if len(filled) > 1:
            return "Only one of person, organisation and printed words can be given."
        if filled and filled[0] == self.printed:
            return Text().check(self.printed, row)
        return None if not filled or isinstance(row.get(filled[0]), int) else _PICK


class Links(Kind, frozen=True):
    """Records of a joining table, shown as one field of the owner: participants, parties, other names.

    Not a column: an edit becomes changes of the joining table.

    Attributes:
        through: the joining table.
        owner: its column that refers to this record.
        member: its field that is shown, of kind Party, Link or Text.
        fixed: pairs of column and value that the joining rows have, for instance side AZ.
    """

    through: str = ""
    owner: str = ""
    member: str = ""
    fixed: tuple[tuple[str, str], ...] = ()
    is_virtual: ClassVar[bool] = True
    example: ClassVar[str] = "Shahin Mustafayev | Ling Ji"

    def columns(self, name: str) -> dict[str, str]:
        return {}

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        raise ValueError("Edit these one by one.")


def _country_code(text: str) -> str:
    if text.upper() in COUNTRIES:
        return text.upper()
    for code, name in COUNTRIES.items():
        if name.lower() == text.lower():
            return code
    raise ValueError(f"“{text[:60]}” is not a country this program knows. Write it as Azerbaijan, China or AZ.")

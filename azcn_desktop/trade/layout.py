"""What a file layout is: which header it is known by, and what each of its columns means.

A layout is a table of these values and nothing else; `layouts.py` holds them all. Header names are compared without
case, blanks and signs, so that "Trade Value (US$)", "Trade.Value..US.." and "tradevalueus" are one name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows import natural_key

# What a flow is made of: what identifies it, together with its code, and what describes it.
KEY = natural_key.SERIES
ATTRIBUTES = ("quantity_unit", "is_estimated", "is_reported")
NUMBERS = ("value", "net_weight_kg", "quantity")
# Meanings that are read together with others: a month beside its year, the unit of the value.
AUXILIARY = ("month", "unit", "factor")
MEANINGS = (*KEY, "code", *ATTRIBUTES, *NUMBERS, *AUXILIARY)

_SIGNS = re.compile(r"[^0-9a-z\u0080-\uffff]+")


def plain(name: str) -> str:
    """Return a header name without case, blanks and signs."""
    return _SIGNS.sub("", name.casefold())


class Column(Struct, frozen=True):
    """Where one part of a flow stands.

    Attributes:
        meaning: one of `MEANINGS`.
        names: names of the column; the first that the header has is read, and where its cell is empty, the next.
        words: pairs of what is printed and what it means; empty where cells are read by their meaning alone.
        pattern: what of the cell counts, as a regular expression with one group; empty for all of it.
    """

    meaning: str
    names: tuple[str, ...]
    words: tuple[tuple[str, Value], ...] = ()
    pattern: str = ""


class Measure(Struct, frozen=True):
    """One column of values; each filled cell of it is a flow.

    Attributes:
        column: its name; or, with `is_pattern`, a regular expression over the names as printed.
        fixed: what is true of these values, beyond what the layout says: pairs of meaning and value.
        factor: what the printed number is multiplied with: 1,000 for thousands.
        is_pattern: many columns, the first group of the pattern is the period.
        unless: columns that are read instead where they are filled.
        skips_zero: a zero stands for "not given".
    """

    column: str
    fixed: tuple[tuple[str, Value], ...] = ()
    factor: float = 1.0
    is_pattern: bool = False
    unless: tuple[str, ...] = ()
    skips_zero: bool = False


class Only(Struct, frozen=True):
    """Rows that are flows; the others are left out, with a reason.

    Attributes:
        column: the column that tells.
        words: what it says in rows that are flows, compared as header names are; empty cells count as "".
        reason: why the other rows are left out.
    """

    column: str
    words: tuple[str, ...]
    reason: str


class Layout(Struct, frozen=True):
    """A file layout.

    Attributes:
        name: its key: in the dataset record and on the command line.
        title: as people read it.
        publisher: whose statistics they are; flows of different publishers are never matched or added.
        marks: header names that all must be there; the layout with most of them is taken.
        columns: where the parts of a flow stand.
        measures: the columns with values.
        fixed: what is true of every row.
        only: which rows are flows.
        code_digits: digits to which codes are filled up with zeros that the publisher dropped; 0 leaves them.
        valuation_of: valuation by flow, where no column tells it.
        is_repeating: the file numbers its months itself and cumulates them, so one month can be checked by the next.
        refusal: why a file of this layout can't become flows; empty where it can.
        licence: what the publisher allows.
        note: what a reader must know before using the values.
        commodity: for lists of codes, the classification: its word, or empty where the file tells it.
        lists_codes: the file lists commodities instead of flows.
    """

    name: str
    title: str
    publisher: str
    marks: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    measures: tuple[Measure, ...] = ()
    fixed: tuple[tuple[str, Value], ...] = ()
    only: tuple[Only, ...] = ()
    code_digits: int = 0
    valuation_of: tuple[tuple[str, str], ...] = ()
    is_repeating: bool = False
    refusal: str = ""
    licence: str = ""
    note: str = ""
    commodity: str = ""
    lists_codes: bool = False

    def score(self, header: Sequence[str]) -> int:
        """Return how many marks a header has; 0 unless it has all of them."""
        names = {plain(name) for name in header}
        return len(self.marks) if all(plain(mark) in names for mark in self.marks) else 0


class Mapping(Struct, frozen=True):
    """What a person says about a file whose layout is not known, or not complete.

    Attributes:
        columns: meaning to header name; replaces what the layout says.
        fixed: meaning to value for every row, such as the partner of a table that lost its name.
        title: of the dataset; empty for that of the layout.
        publisher: whose statistics they are.
        licence: what the publisher allows.
        retrieved_on: day of the download, ISO 8601; empty for the day on which the file was written.
        note: remarks on the dataset.
    """

    columns: tuple[tuple[str, str], ...] = ()
    fixed: tuple[tuple[str, Value], ...] = ()
    title: str = ""
    publisher: str = ""
    licence: str = ""
    retrieved_on: str = ""
    note: str = ""

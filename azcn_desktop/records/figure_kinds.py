"""Kinds of a stated figure: its growth, in per cent or as a multiple, and the period that it is for.

What is typed into one field fills the columns beside it, which stay fields of their own. Apart from the other kinds
since they know the language of statistics.
"""

from __future__ import annotations

from functools import lru_cache
from typing import ClassVar

from msgspec.structs import replace

from azcn_desktop.records import growth, periods
from azcn_desktop.records.amounts import bound_label
from azcn_desktop.records.growth import PERCENT, TIMES
from azcn_desktop.records.kinds import Number, Row, Text, Value

_LABELS = {PERCENT: "a percentage", TIMES: "a multiple"}
_KEPT_AS_OF = ("year", "month", "day")


class Growth(Number, frozen=True):
    """A growth in per cent or as a multiple, with its hedge and with the column for the other form beside it.

    "2.3 times" typed into the field of per cent fills the field of multiples, and the other way round: what the field
    showed is replaced. The field of per cent shows the multiple where no percentage is stated.

    Attributes:
        other: the column of the other form: of multiples for `unit` "%", of per cent for "times".
        bound: the column of the hedge.
    """

    other: str = ""
    bound: str = ""
    has_read_back: ClassVar[bool] = True
    example: ClassVar[str] = "over 21 % or 2.3 times"

    def beside(self) -> tuple[str, ...]:
        return self.other, self.bound

    def stated(self, name: str, row: Row) -> growth.Growth | None:
        """Return the growth that the field shows, None for none."""
        for column, unit in ((name, self.unit), (self.other, TIMES)):
            value = row.get(column)
            if isinstance(value, int | float) and (column == name or self.unit == PERCENT):
                return growth.Growth(float(value), unit, str(row[self.bound]) if row.get(self.bound) else None)
        return None

    def parse(self, text: str) -> Value:
        if not text.strip():
            return None
        found = self._parse(text)
        if found.unit != self.unit:
            raise ValueError(f"“{text.strip()[:60]}” is {_LABELS[found.unit]}; this field holds {_LABELS[self.unit]}.")
        return found.value

    def _parse(self, text: str) -> growth.Growth:
        try:
            value = Number.parse(self, text)
        except ValueError:
            found = growth.parse_growth(text)
            return found if found.unit else replace(found, unit=self.unit)
        assert isinstance(value, float)
        return growth.Growth(value, self.unit)

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        shown = self.stated(name, row)
        shows_other = shown is not None and shown.unit != self.unit
        if not text.strip():
            # The hedge goes with the last of the two.
            is_other_kept = row.get(self.other) is not None and not shows_other
            emptied = (name,) if is_other_kept else (name, self.bound, *((self.other,) if shows_other else ()))
            return dict.fromkeys(emptied)
        found = self._parse(text)
        read: dict[str, Value] = {name: None, self.bound: found.bound}
        if found.unit != self.unit or shows_other:
            read[self.other] = None
        return read | {name if found.unit == self.unit else self.other: found.value}

    def read_back(self, name: str, text: str, row: Row) -> str:
        found = self._parse(text)
        is_plain = found.bound is None and text.strip().rstrip("%").strip() == f"{found.value:g}"
        return "" if is_plain and found.unit == PERCENT else growth.read_back_growth(found)

    def show(self, name: str, row: Row) -> str:
        shown = self.stated(name, row)
        if shown is None:
            return self.format(row.get(name))
        unit = replace(self, unit=shown.unit)
        return f"{bound_label(shown.bound)} {Number.format(unit, shown.value)}".strip()


class Period(Text, frozen=True):
    """The period of a figure in words, with its first and last month or day and its kind beside it.

    What is understood is stored in short ("Q1 2025") and fills the columns beside it; other words are kept and leave
    them alone. A stock stays one when only its date is written anew.

    Attributes:
        start, end: the columns of the first and last month or day.
        kind: the column of the kind of period.
        as_of: the column of the day of a stock.
    """

    start: str = ""
    end: str = ""
    kind: str = ""
    as_of: str = ""
    has_read_back: ClassVar[bool] = True
    example: ClassVar[str] = "Jan–Jul 2023"

    def beside(self) -> tuple[str, ...]:
        return self.start, self.end, self.kind, self.as_of

    def implied(self, text: str) -> dict[str, Value]:
        """Return what a text says for the columns beside it; nothing where it is not understood."""
        found = _period(text)
        return self._columns(found) if found else {}

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        said, found = _period(text), self._understood(text, row)
        if said is None or found is None:
            return {name: self.parse(text)}
        return {name: periods.short_period(said)} | self._columns(found)

    def read_back(self, name: str, text: str, row: Row) -> str:
        found = self._understood(text, row)
        if found is None:
            return "words only; first and last month stay as they are"
        words = periods.read_back_period(found)
        return "" if words == text.strip() else words

    def warn(self, name: str, row: Row) -> str | None:
        value, start, end = row.get(name), row.get(self.start), row.get(self.end)
        implied = self.implied(value) if isinstance(value, str) else {}
        if implied and start and end and (implied[self.start], implied[self.end]) != (start, end):
            return f"The words of the period mean {implied[self.start]} to {implied[self.end]}, not {start} to {end}."
        return None

    def _columns(self, found: periods.Period) -> dict[str, Value]:
        columns: dict[str, Value] = {self.start: found.start, self.end: found.end, self.kind: found.kind}
        return columns | ({self.as_of: found.end} if found.kind == "as_of" else {})

    def _understood(self, text: str, row: Row) -> periods.Period | None:
        found = _period(text)
        is_stock = row.get(self.kind) == "as_of" and found is not None and found.kind in _KEPT_AS_OF
        return replace(found, kind="as_of") if found and is_stock else found


@lru_cache(maxsize=1024)
def _period(text: str) -> periods.Period | None:
    """Return the period of a text, None where it is not understood; kept, since a table asks at every paint."""
    try:
        return periods.parse_period(text)
    except ValueError:
        return None

"""Kinds of numbers: whole ones, flags, numbers with a fixed unit, and amounts with hedge and unit beside them.

A number is stored exactly as it was written, or refused with a sentence. Import these from `kinds`.
"""

from __future__ import annotations

import math
import re
from typing import ClassVar

from msgspec import structs

from azcn_desktop.records import amounts
from azcn_desktop.records.amount_reading import other_reading, parse_amount
from azcn_desktop.records.amounts import Amount as AmountValue
from azcn_desktop.records.kind_base import Kind, Row, Value

_GROUPS = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:([ \u00a0\u202f,'’])[0-9]{3})(?:\1[0-9]{3})*)")
_LEAST_READ_BACK = 10_000
_NO_RANGE = "“{}” is a range, and this field holds one number. Write {}."
_MAX_EXACT = 2**63 - 1


class Integer(Kind, frozen=True):
    """A whole number between `low` and `high`, both included."""

    low: int = -_MAX_EXACT
    high: int = _MAX_EXACT
    sql_type: ClassVar[str] = "INTEGER"
    example: ClassVar[str] = "10"

    def parse(self, text: str) -> Value:
        if not text.strip():
            return None
        wanted = text.strip().replace("−", "-")
        plain = re.sub(r"[^-0-9]", "", wanted)
        if not _GROUPS.fullmatch(wanted) or len(plain) > 20:
            raise ValueError(f"“{text.strip()[:60]}” is not a whole number that can be stored. Write it as 1234.")
        return int(plain)

    def format(self, value: Value) -> str:
        return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)

    def check(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if value is None:
            return None
        if not isinstance(value, int):
            return "This must be a whole number."
        if abs(value) > _MAX_EXACT:
            return "This number is too large to be stored."
        if not self.low <= value <= self.high:
            return f"{value:,} is not possible here; it must be between {self.low:,} and {self.high:,}."
        return None


class Flag(Integer, frozen=True):
    """Yes or no, stored as 1 or 0."""

    low: int = 0
    high: int = 1
    example: ClassVar[str] = "yes"

    def parse(self, text: str) -> Value:
        words = {"yes": 1, "true": 1, "1": 1, "no": 0, "false": 0, "0": 0, "": None}
        if text.strip().lower() not in words:
            raise ValueError("Write yes or no.")
        return words[text.strip().lower()]

    def format(self, value: Value) -> str:
        return "" if value is None else "Yes" if value else "No"


class Scale(Integer, frozen=True):
    """A step on a scale, stored as its number from 0 up and shown in words.

    Attributes:
        steps: the words, lowest first.
    """

    low: int = 0
    high: int = 4
    steps: tuple[str, ...] = ()
    example: ClassVar[str] = "high"

    def parse(self, text: str) -> Value:
        wanted = " ".join(text.split()).lower()
        if not wanted:
            return None
        for number, word in enumerate(self.steps):
            if wanted in (word.lower(), str(number)):
                return number
        raise ValueError(f"“{text.strip()[:60]}” is no step of this scale: {', '.join(self.steps)}.")

    def format(self, value: Value) -> str:
        if isinstance(value, int) and 0 <= value < len(self.steps):
            return self.steps[value]
        return "" if value is None else str(value)


class Number(Kind, frozen=True):
    """A number with a fixed unit, such as per cent.

    Attributes:
        unit: shown after the number.
        low, high: the possible range, both included.
    """

    unit: str = ""
    low: float = -1e300
    high: float = 1e300
    sql_type: ClassVar[str] = "REAL"
    example: ClassVar[str] = "20.7"

    def parse(self, text: str) -> Value:
        wanted = text.strip().removesuffix(self.unit).strip() if self.unit else text.strip()
        return amounts.parse_number(wanted) if wanted else None

    def format(self, value: Value) -> str:
        if not isinstance(value, int | float):
            return "" if value is None else str(value)
        return f"{amounts.format_number(value)} {self.unit}".strip()

    def check(self, name: str, row: Row) -> str | None:
        return _number_problem(row.get(name), self.low, self.high)


class Amount(Kind, frozen=True):
    """Money or a quantity with its hedge and unit in columns beside it.

    Attributes:
        bound: the column of the hedge, a field of kind Choice.
        unit: the column of the unit; empty when there is none.
        least, most: the columns of the ends of a range; empty where a range can't be held. A range is kept by its lower
            end, as "at least", with both ends in these columns.
        units: the stored units that a person may type, beside currencies.
        low: the least possible number.
    """

    bound: str = ""
    unit: str = ""
    least: str = ""
    most: str = ""
    units: tuple[str, ...] = ()
    low: float = -1e300
    sql_type: ClassVar[str] = "REAL"
    has_read_back: ClassVar[bool] = True
    example: ClassVar[str] = "nearly $942 million"

    def beside(self) -> tuple[str, ...]:
        return tuple(column for column in (self.bound, self.unit, self.least, self.most) if column)

    def amount(self, name: str, row: Row) -> AmountValue:
        """Return the amount that a row holds."""
        value, bound, unit = row.get(name), row.get(self.bound), row.get(self.unit)
        number = float(value) if isinstance(value, int | float) else None
        return AmountValue(
            number, str(bound) if bound else None, str(unit) if unit else None, self._upper_end(number, row)
        )

    def _upper_end(self, number: float | None, row: Row) -> float | None:
        """Return the upper end where a row holds a range as this kind keeps it."""
        most = row.get(self.most)
        is_lower_end = number is not None and row.get(self.bound) == "at_least" and row.get(self.least) == number
        return float(most) if is_lower_end and isinstance(most, int | float) and most > (number or 0.0) else None

    def parse(self, text: str) -> Value:
        if not text.strip():
            return None
        amount = parse_amount(text, self.units)
        if amount.high is not None:
            raise ValueError(self._no_range(text, amount))
        return amount.value

    def format(self, value: Value) -> str:
        return amounts.format_number(value) if isinstance(value, int | float) else ""

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        """Read value, bound and unit; a unit left out stays, a hedge left out means exact."""
        held = self.amount(name, row)
        # What showed a range goes with it; ends that stand beside another number are left alone.
        ends: dict[str, Value] = {} if held.high is None else {self.least: None, self.most: None}
        if not text.strip():
            return {name: None, **ends}
        amount = self._typed(text, held.unit)
        result: dict[str, Value] = {name: amount.value, **ends}
        if amount.high is not None:
            result |= {self.least: amount.value, self.most: amount.high}
        if self.bound:
            result[self.bound] = amount.bound or "exact"
        if self.unit:
            result[self.unit] = amount.unit or held.unit
        return result

    def _typed(self, text: str, held_unit: str | None) -> AmountValue:
        amount = parse_amount(text, self._units(held_unit), held_unit)
        if amount.high is not None and not self.most:
            raise ValueError(self._no_range(text, amount))
        return amount

    def _units(self, held: str | None) -> tuple[str, ...]:
        return (*self.units, held) if held and held not in self.units else self.units

    def _no_range(self, text: str, amount: AmountValue) -> str:
        """Say what to type in place of a range."""
        ends = [structs.replace(amount, value=end, bound=None, high=None) for end in (amount.value, amount.high)]
        low, high = map(amounts.format_amount, ends)
        instead = f"“at least {low}” or “at most {high}”" if self.bound else f"{low} or {high}, and the range in Note"
        return _NO_RANGE.format(text.strip()[:60], instead)

    def read_back(self, name: str, text: str, row: Row) -> str:
        """Say how an amount is understood; nothing for a small plain number, in which no magnitude can be mistaken."""
        held = self.amount(name, row).unit
        amount = self.amount(name, {**row, **self._read(name, text, row)})
        other = other_reading(text, self._units(held), held)
        digits, _, rest = text.strip().partition(" ")
        is_small = amount.value is not None and abs(amount.value) < _LEAST_READ_BACK
        is_told = is_small and digits == f"{amount.value:g}" and rest.lower() in ("", str(amount.unit or "").lower())
        words = amounts.read_back(amount)
        words = words if other is None else f"{words}, not {amounts.format_number(other)}"
        return "" if is_told and other is None else words

    def show(self, name: str, row: Row) -> str:
        return amounts.format_amount(self.amount(name, row))

    def edit_text(self, name: str, row: Row) -> str:
        amount = self.amount(name, row)
        spoken = amount.unit.replace("_", " ") if amount.unit else None
        return amounts.exact_amount(structs.replace(amount, unit=spoken))

    def check(self, name: str, row: Row) -> str | None:
        return _number_problem(row.get(name), self.low, 1e300)

    def warn(self, name: str, row: Row) -> str | None:
        value = row.get(name)
        if self.unit and row.get(self.unit) in amounts.CURRENCIES and isinstance(value, int | float):
            if abs(value) > 1e13:
                return "More than ten trillion: is the magnitude right?"
            if 0 < abs(value) < 1000:
                return "Less than a thousand: a word such as million may be missing."
        return None


def _number_problem(value: Value, low: float, high: float) -> str | None:
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        return "This must be a number."
    if isinstance(value, int) and (abs(value) > _MAX_EXACT or int(float(value)) != value):
        return "This number has more digits than can be stored."
    if not math.isfinite(value):
        return "This number is too large, or not a number."
    return None if low <= value <= high else f"{value:,g} is not possible here."

"""What every kind of value can do, and what the others build on.

A stored value is only str, int, float or None, so that images of rows compare and travel exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec import Struct

Value = str | int | float | None
Row = Mapping[str, Value]


def word_label(word: str) -> str:
    """Return a stored word as shown: "under_construction" gives "Under construction"."""
    spaced = word.replace("_", " ")
    return spaced[:1].upper() + spaced[1:]


class Kind(Struct, frozen=True):
    """The base of all kinds: one TEXT column, shown as it is stored."""

    sql_type: ClassVar[str] = "TEXT"
    is_virtual: ClassVar[bool] = False
    has_read_back: ClassVar[bool] = False
    example: ClassVar[str] = "text"

    def columns(self, name: str) -> dict[str, str]:
        """Return the columns a field of this kind stores, with their SQL types; the first is the main one."""
        return {name: self.sql_type}

    def references(self, name: str) -> dict[str, str]:
        """Return the columns that refer to other tables: column to table."""
        return {}

    def beside(self) -> tuple[str, ...]:
        """Return the fields beside this one that a typing into it fills as well."""
        return ()

    def derived_columns(self, name: str) -> dict[str, str]:
        """Return the columns that are computed from the stored ones, with their SQL types."""
        return {}

    def derive(self, name: str, row: Row) -> dict[str, Value]:
        """Compute the derived columns of a row."""
        return {}

    def parse(self, text: str) -> Value:
        """Read one value; empty text is None. Raises ValueError with a sentence."""
        return text or None

    def format(self, value: Value) -> str:
        """Write one value for a reader; None is empty."""
        return "" if value is None else str(value)

    def read(self, name: str, text: str, row: Row | None = None) -> dict[str, Value]:
        """Read what a person typed into the field as new values of its columns.

        Text that is still what `edit_text` gave keeps the stored values, whatever they are.

        Args:
            name: the name of the field.
            text: what was typed.
            row: the values so far, for parts that the text leaves out.

        Raises:
            ValueError: with a sentence.
        """
        if row is not None and text == self.edit_text(name, row):
            return {column: row.get(column) for column in self.columns(name)}
        return self._read(name, text, row or {})

    def _read(self, name: str, text: str, row: Row) -> dict[str, Value]:
        return {name: self.parse(text)}

    def read_back(self, name: str, text: str, row: Row) -> str:
        """Say in words how a typing is understood, before it is accepted; for kinds with `has_read_back`.

        Returns:
            The words, empty where they would say no more than the typing does.

        Raises:
            ValueError: with a sentence, when `read` would refuse the typing.
        """
        return ""

    def show(self, name: str, row: Row) -> str:
        """Write the field of a row for a reader."""
        return self.format(row.get(name))

    def edit_text(self, name: str, row: Row) -> str:
        """Write the field of a row without loss, as an editor starts with it."""
        return self.show(name, row)

    def check(self, name: str, row: Row) -> str | None:
        """Return a sentence when the field of the row is impossible."""
        return None

    def warn(self, name: str, row: Row) -> str | None:
        """Return a sentence when the field of the row is possible but unlikely."""
        return None

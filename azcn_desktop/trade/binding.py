"""A layout laid over the header of one table: which cell of a row tells what.

A mapping of a person comes before what the layout says. Knows no row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from azcn_desktop.records.kinds import Value
from azcn_desktop.trade.layout import Column, Layout, Mapping, Measure, plain
from azcn_desktop.trade.layouts import GENERAL_WORDS


class Binding:
    """Where the parts of a flow stand in one table.

    Attributes:
        layout: the form of the table.
        header: the names of its columns.
        fixed: what is true of every row: meaning to value.
        columns: meaning to the column that tells it.
        words: meaning to what its words mean; empty where the cells speak for themselves.
        measures: each column of values: the measure, its place, and the period that its name tells, or nothing.
    """

    def __init__(self, layout: Layout, header: Sequence[str], mapping: Mapping) -> None:
        self.layout = layout
        self.header = [name.strip() for name in header]
        self._places: dict[str, int] = {}
        for place, name in enumerate(self.header):
            self._places.setdefault(plain(name), place)
        said = dict(mapping.fixed) | ({"publisher": mapping.publisher} if mapping.publisher else {})
        self.fixed: dict[str, Value] = {"publisher": layout.publisher, **dict(layout.fixed), **said}
        declared = {column.meaning: column for column in layout.columns}
        present = {meaning: column for meaning, column in declared.items() if self._is_present(column)}
        mapped = {meaning: _mapped(meaning, name, declared.get(meaning)) for meaning, name in mapping.columns}
        self.columns = {meaning: c for meaning, c in (present | mapped).items() if meaning not in said}
        self.words = {m: {plain(word): value for word, value in c.words} for m, c in self.columns.items()}
        self.measures = [bound for measure in layout.measures for bound in self._bound(measure)]

    def missing(self) -> list[str]:
        """Return what the table and the layout leave untold, and a person would have to say."""
        told = {*self.columns, *self.fixed} | {
            meaning for measure, _, _ in self.measures for meaning, _ in measure.fixed
        }
        if any(period for _, _, period in self.measures):
            told.add("period")
        if "unit" in told:
            told.add("currency")
        wanted = ("period", "reporter", "partner", "flow", "code", "currency")
        return [meaning for meaning in wanted if meaning not in told] + ([] if self.measures else ["value"])

    def place(self, name: str) -> int | None:
        """Return the place of a column by any spelling of its name."""
        return self._places.get(plain(name))

    def place_of(self, meaning: str) -> int:
        """Return the place of the column that tells a meaning. Raises KeyError."""
        return next(p for name in self.columns[meaning].names if (p := self.place(name)) is not None)

    def places_of(self, meanings: Sequence[str]) -> tuple[int, ...]:
        """Return the places of all cells that tell any of the meanings."""
        names = [name for m in meanings if m in self.columns for name in self.columns[m].names]
        return tuple(dict.fromkeys(p for name in names if (p := self.place(name)) is not None))

    def cell(self, meaning: str, at: dict[int, str]) -> tuple[str, str]:
        """Return the text that tells a meaning, and the name of its column.

        Args:
            meaning: of the text; both are empty when no column tells it.
            at: the cells of a row by their places.
        """
        column = self.columns.get(meaning)
        if column is None:
            return "", ""
        places = [p for name in column.names if (p := self.place(name)) is not None]
        place = next((p for p in places if at[p].strip()), places[0])
        return part_of(at[place], column), self.header[place]

    def _is_present(self, column: Column) -> bool:
        return any(self.place(name) is not None for name in column.names)

    def _bound(self, measure: Measure) -> list[tuple[Measure, int, str]]:
        """Return a measure with its place and, for one column of many, the period that its name tells."""
        if measure.column == "value" and "value" in self.columns:
            return [(measure, self.place_of("value"), "")]
        if not measure.is_pattern:
            place = self.place(measure.column)
            return [] if place is None else [(measure, place, "")]
        found = ((place, re.fullmatch(measure.column, name)) for place, name in enumerate(self.header))
        return [(measure, place, match[1]) for place, match in found if match]


def part_of(text: str, column: Column) -> str:
    """Return what of a cell counts."""
    if not column.pattern:
        return text
    match = re.search(column.pattern, text)
    return match[1] if match else ""


def _mapped(meaning: str, name: str, declared: Column | None) -> Column:
    """Return a column that a person named; "Import" is M there too, whatever the column is called."""
    words = declared.words if declared else GENERAL_WORDS.get(meaning, ())
    return replace(declared or Column(meaning, ()), names=(name,), words=words)

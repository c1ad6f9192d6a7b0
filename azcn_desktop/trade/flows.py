"""From rows of a recognised table to flows, in batches.

What identifies a flow repeats over thousands of rows, so the cells that tell it are read once for each combination and
remembered; numbers are read a column at a time. That is what makes a million rows a matter of seconds. A row that can't
be read is refused with its line, column and reason; nothing is guessed. Knows no store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import compress, repeat
from operator import itemgetter
from typing import Any

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.trade import cells
from azcn_desktop.trade.areas import area_of
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.binding import Binding, part_of
from azcn_desktop.trade.keys import Keys, Memo
from azcn_desktop.trade.layout import Layout, Mapping, Measure, plain

KEPT_REFUSALS = 1_000
_UNFILLED = ("", "0", "0.0")
NO_VALUE = "no value is given"
# line, series, attributes, code, value, net weight, quantity
Flow = tuple[int, int, int, str, float, float | None, float | None]


class Refusal(Struct, frozen=True):
    """A row that does not become a flow.

    Attributes:
        line: of the file; the first is 1.
        column: the name of the column at fault; empty for the row as a whole.
        reason: a sentence.
    """

    line: int
    column: str
    reason: str


class FlowReader:
    """Turns the rows of one table into flows.

    Where `areas` are given, rows with none of them as reporter or partner are left out.

    Attributes:
        refused: the first refused rows.
        refusals: how many rows were refused.
        left_out: how many rows are no flows, by reason.
        rows: how many rows were read.
        note: how numbers are written, where it is not with a point.
    """

    def __init__(self, layout: Layout, header: Sequence[str], mapping: Mapping, areas: Collection[str] = ()) -> None:
        self._binding = Binding(layout, header, mapping)
        self._keys = Keys(self._binding)
        self._codes = Memo(self._code_for)
        self._factors = Memo(_factor_for)
        places = ((self._binding.place(only.column), only) for only in layout.only)
        self._only: list[tuple[Callable[[Any], Any], str, Memo]] = [
            (itemgetter(place), only.reason, Memo(_says(only.words))) for place, only in places if place is not None
        ]
        sides = self._binding.places_of(("reporter", "partner"))
        if areas and sides:
            reason = f"trade between others than {' or '.join(areas)}"
            self._only.append((itemgetter(*sides), reason, Memo(_concerns(self._binding, sides, areas))))
        self._number = cells.number
        self.refused: list[Refusal] = []
        self.refusals = 0
        self.left_out: Counter[str] = Counter()
        self.rows = 0
        self.note = ""

    @property
    def series(self) -> list[tuple[Value, ...]]:
        """Every combination of what identifies a flow apart from its code; a flow names one by its place, from 1."""
        return self._keys.series

    @property
    def attributes(self) -> list[tuple[Value, ...]]:
        """The same for what describes a flow."""
        return self._keys.attributes

    def missing(self) -> list[str]:
        """Return what the table and the layout leave untold, and a person would have to say."""
        return self._binding.missing()

    def choose_decimal_mark(self, batch: Batch) -> None:
        """Find out from the first rows whether numbers are written with a decimal comma."""
        places = [place for _, place, _ in self._binding.measures]
        found = [row[p] for row in batch.rows for p in places if p < len(row) and not cells.is_nothing(row[p])]
        if any(map(cells.has_decimal_comma, found)) and not any("." in text for text in found):
            self._number, self.note = cells.number_with_comma, "Numbers are read with a decimal comma."

    def read(self, batch: Batch) -> list[Flow]:
        """Return the flows of a batch; what is refused or left out is counted."""
        self.rows += len(batch.rows)
        lines, rows = self._fit(batch)
        for cells_of, reason, says in self._only:
            mask = list(map(says.__getitem__, map(cells_of, rows)))
            if not all(mask):
                self.left_out[reason] += len(mask) - sum(mask)
                lines, rows = list(compress(lines, mask)), list(compress(rows, mask))
        if not rows:
            return []
        return self._flows(lines, rows)

    # -- rows

    def _fit(self, batch: Batch) -> tuple[Sequence[int], Sequence[Sequence[str]]]:
        """Keep rows as wide as the header; empty cells beyond it don't count (Comtrade Plus has one in every line)."""
        width = len(self._binding.header)
        widths = set(map(len, batch.rows))
        if widths <= {width} and width:
            return batch.lines, batch.rows
        if widths == {width + 1} and not any(map(str.strip, map(itemgetter(width), batch.rows))):
            return batch.lines, batch.rows
        lines, rows = [], []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if not any(cell.strip() for cell in row):
                self.rows -= 1
            elif len(row) < width or any(cell.strip() for cell in row[width:]):
                self._refuse(line, "", f"This row has {len(row)} cells; the header names {width} columns.")
            else:
                lines.append(line)
                rows.append(row)
        return lines, rows

    def _flows(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> list[Flow]:
        keys = _picked(rows, self._keys.key_places)
        attributes = list(map(self._keys.attributes_of.__getitem__, _picked(rows, self._keys.attribute_places)))
        codes = list(map(self._codes.__getitem__, self._code_texts(rows)))
        weights, weight_name = self._amounts(rows, "net_weight_kg")
        quantities, quantity_name = self._amounts(rows, "quantity")
        factors = self._factors_of(rows)
        found: list[Flow] = []
        spoiled: set[int] = set()
        filled = [False] * len(rows)
        for (measure, place, _), series_of in zip(self._binding.measures, self._keys.series_of, strict=True):
            values = self._values(rows, measure, place)
            if None in values:
                filled = [f or v is not None for f, v in zip(filled, values, strict=True)]
                if not any(filled):
                    continue
            else:
                filled = [True] * len(rows)
            series = list(map(series_of.__getitem__, keys))
            columns = (lines, series, attributes, codes, values, weights, quantities)
            is_told = min(series) > 0 and min(attributes) > 0 and None not in codes
            if is_told and not any(str in set(map(type, part)) for part in columns[4:]):
                found += _flows_of(columns, measure.factor, factors)
                continue
            names = (self._binding.header[place], weight_name, quantity_name)
            found += self._checked(zip(*columns, factors, strict=True), measure, names, rows, spoiled)
        if not all(filled):
            self.left_out[NO_VALUE] += len(filled) - sum(filled)
        return found

    def _checked(
        self, flows: Iterable[Any], measure: Measure, names: tuple[str, str, str], rows: Sequence[Sequence[str]],
        spoiled: set[int],
    ) -> Iterable[Flow]:  # fmt: skip
        """Yield the flows of a batch in which something is wrong, one by one; a row is refused once."""
        for row, (line, series, attributes, code, value, weight, quantity, factor) in zip(rows, flows, strict=True):
            if value is None or line in spoiled:
                continue
            problem = next(
                ((n, v) for n, v in zip(names, (value, weight, quantity), strict=True) if type(v) is str), None
            )
            if problem is None and min(series, attributes) < 0:
                problem = self._keys.reason(min(series, attributes))
            if problem is None and code is None:
                problem = self._why(self._code_for_text, row, "code")
            if problem is None:
                yield line, series, attributes, code, scaled(value, measure.factor * factor), weight, quantity
                continue
            spoiled.add(line)
            self._refuse(line, *problem)

    def _refuse(self, line: int, column: str, reason: str) -> None:
        self.refusals += 1
        if len(self.refused) < KEPT_REFUSALS:
            self.refused.append(Refusal(line, column, reason))

    # -- codes and numbers

    def _code_texts(self, rows: Sequence[Sequence[str]]) -> Iterable[str]:
        column = self._binding.columns.get("code")
        if column is None:
            return repeat(str(self._binding.fixed.get("code", "")), len(rows))
        return map(itemgetter(self._binding.place_of(column.meaning)), rows)

    def _code_for(self, text: str) -> str | None:
        try:
            return self._code_for_text(text)
        except ValueError:
            return None

    def _code_for_text(self, text: str) -> str:
        column = self._binding.columns.get("code")
        text = part_of(text, column) if column else text
        listed = self._binding.words.get("code", {})
        if plain(text) in listed:
            return str(listed[plain(text)])
        return cells.label(text) if listed else cells.code(text, self._binding.layout.code_digits)

    def _why(self, make: Callable[[str], object], row: Sequence[str], meaning: str) -> tuple[str, str]:
        column = self._binding.columns.get(meaning)
        place = self._binding.place_of(column.meaning) if column else 0
        try:
            make(row[place] if column else "")
        except ValueError as error:
            return self._binding.header[place] if column else "", str(error)
        return "", "This row can't be read."

    def _factors_of(self, rows: Sequence[Sequence[str]]) -> Sequence[float]:
        column = self._binding.columns.get("unit")
        if column is None:
            told = self._binding.fixed.get("unit")
            return [_factor_for(str(told)) if told else 1.0] * len(rows)
        return list(map(self._factors.__getitem__, map(itemgetter(self._binding.place_of(column.meaning)), rows)))

    def _amounts(self, rows: Sequence[Sequence[str]], meaning: str) -> tuple[Sequence[float | str | None], str]:
        """Return weights or quantities; what publishers write as zero is not known, for nothing weighs nothing."""
        column = self._binding.columns.get(meaning)
        if column is None:
            return [None] * len(rows), ""
        place = self._binding.place_of(column.meaning)
        return [found or None for found in self._numbers([row[place] for row in rows])], self._binding.header[place]

    def _values(self, rows: Sequence[Sequence[str]], measure: Measure, place: int) -> Sequence[float | str | None]:
        values = self._numbers([row[place] for row in rows])
        if measure.skips_zero:
            return [value or None for value in values]
        others = [p for name in measure.unless if (p := self._binding.place(name)) is not None]
        if not others:
            return values
        return [
            None if value is not None and any(row[p].strip() not in _UNFILLED for p in others) else value
            for value, row in zip(values, rows, strict=True)
        ]

    def _numbers(self, texts: list[str]) -> Sequence[float | str | None]:
        """Read a column of numbers; what can't be read is the sentence why."""
        if self._number is cells.number and set("".join(texts)) <= cells.PLAIN_SIGNS:
            try:
                found = [float(text) if text else None for text in texts]
            except ValueError:
                found = []
            known = [value for value in found if value is not None]
            if found and (not known or (min(known) >= 0 and max(known) < 1e300)):
                return found
        return list(map(self._careful_number, texts))

    def _careful_number(self, text: str) -> float | str | None:
        try:
            value = self._number(text)
        except ValueError as error:
            return str(error)
        return value if value is None or value >= 0 else f"“{text.strip()[:40]}” is negative; no flow is."


def _factor_for(text: str) -> float:
    try:
        return cells.unit(text)[0]
    except ValueError:
        return 1.0  # the row is refused where its currency is read


def _flows_of(columns: tuple[Sequence[Any], ...], factor: float, factors: Sequence[float]) -> Iterable[Flow]:
    """Return the flows of columns in which everything is told."""
    lines, series, attributes, codes, values, weights, quantities = columns
    if factor != 1.0 or factors.count(1.0) != len(factors):
        values = [v if v is None else scaled(v, factor * f) for v, f in zip(values, factors, strict=True)]
    flows = zip(lines, series, attributes, codes, values, weights, quantities, strict=True)
    return flows if None not in values else (flow for flow in flows if flow[4] is not None)


def scaled(value: float, factor: float) -> float:
    """Return a printed number in whole units: 0.70026 million is 700260, not 700260.0000000001."""
    return value if factor == 1.0 else float(f"{value * factor:.15g}")


def _says(wanted: Sequence[str]) -> Callable[[str], bool]:
    known = {plain(word) for word in wanted}

    def says(text: str) -> bool:
        return plain(text) in known

    return says


def _concerns(binding: Binding, places: Sequence[int], areas: Collection[str]) -> Callable[[Any], bool]:
    """Return what tells whether reporter or partner is one of the areas; a row that can't tell is refused elsewhere."""

    def concerns(texts: str | tuple[str, ...]) -> bool:
        at = dict(zip(places, [texts] if isinstance(texts, str) else texts, strict=True))
        for side in ("reporter", "partner"):
            told = binding.cell(side, at)[0] if side in binding.columns else str(binding.fixed.get(side, ""))
            try:
                if area_of(told) in areas:
                    return True
            except ValueError:
                return True
        return False

    return concerns


def _picked(rows: Sequence[Sequence[str]], places: tuple[int, ...]) -> list[tuple[str, ...]]:
    """Return the cells of some columns, row by row."""
    if len(places) == 1:
        return [(row[places[0]],) for row in rows]
    return list(map(itemgetter(*places), rows)) if places else [()] * len(rows)

"""From rows of a recognised table to flows, in batches.

What identifies a flow repeats over thousands of rows, so the cells that tell it are read once for each combination and
remembered; numbers are read a column at a time. That is what makes a million rows a matter of seconds. A row that can't
be read is refused with its line, column and reason; nothing is guessed. Knows no store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import compress
from typing import Any

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.arrivals import FlowColumns
from azcn_desktop.trade import cells
from azcn_desktop.trade.areas import area_of
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.binding import Binding, part_of
from azcn_desktop.trade.keys import Keys, Memo, looked_up
from azcn_desktop.trade.layout import Layout, Mapping, Measure, plain

KEPT_REFUSALS = 1_000
_UNFILLED = ("", "0", "0.0")
NO_VALUE = "no value is given"
_TOO_GREAT = 1e300


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
        codes: every code of goods; a flow names one by its place, from 1.
        refused: the first refused rows.
        refusals: how many rows were refused.
        left_out: how many rows are no flows, by reason.
        rows: how many rows were read.
        note: how numbers are written, where it is not with a point.
    """

    def __init__(self, layout: Layout, header: Sequence[str], mapping: Mapping, areas: Collection[str] = ()) -> None:
        self._binding = Binding(layout, header, mapping)
        self._keys = Keys(self._binding)
        self.codes: list[str] = []
        self._code_numbers: dict[str, int] = {}
        self._codes = Memo(self._code_for)
        self._factors = Memo(_factor_for)
        places = ((self._binding.place(only.column), only) for only in layout.only)
        self._only: list[tuple[tuple[int, ...], str, Memo]] = [
            ((place,), only.reason, Memo(_says(only.words))) for place, only in places if place is not None
        ]
        sides = self._binding.places_of(("reporter", "partner"))
        if areas and sides:
            reason = f"trade between others than {' or '.join(areas)}"
            self._only.append((sides, reason, Memo(_concerns(self._binding, sides, areas))))
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
        """Find out from the first rows whether numbers are written with a decimal comma, or some of them."""
        places = [place for _, place, _ in self._binding.measures]
        found = [row[p] for row in batch.rows for p in places if p < len(row) and not cells.is_nothing(row[p])]
        if not any(map(cells.has_decimal_comma, found)):
            return
        if any("." in text for text in found):
            self._number = cells.number_of_mixed
        else:
            self._number, self.note = cells.number_with_comma, "Numbers are read with a decimal comma."

    def read(self, batch: Batch) -> list[FlowColumns]:
        """Return the flows of a batch, those of each measure apart; what is refused or left out is counted."""
        self.rows += len(batch.lines)
        batch = self._fit(batch)
        for places, reason, says in self._only:
            is_wanted = looked_up(says, [batch.column(place) for place in places], len(batch.lines))
            if not all(is_wanted):
                self.left_out[reason] += len(is_wanted) - sum(is_wanted)
                batch = batch.only(is_wanted)
        return self._flows(batch) if batch.lines else []

    # -- rows

    def _fit(self, batch: Batch) -> Batch:
        """Keep rows as wide as the header; empty cells beyond it don't count (Comtrade Plus has one in every line)."""
        width = len(self._binding.header)
        if batch.widths <= {width} and width:
            return batch
        if batch.widths == {width + 1} and not any(map(str.strip, batch.column(width))):
            return batch
        lines, rows = [], []
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if not any(cell.strip() for cell in row):
                self.rows -= 1
            elif len(row) < width or any(cell.strip() for cell in row[width:]):
                self._refuse(line, "", f"This row has {len(row)} cells; the header names {width} columns.")
            else:
                lines.append(line)
                rows.append(row)
        return Batch(lines, rows)

    def _flows(self, batch: Batch) -> list[FlowColumns]:
        keys = [batch.column(place) for place in self._keys.key_places]
        described = [batch.column(place) for place in self._keys.attribute_places]
        count = len(batch.lines)
        attributes = looked_up(self._keys.attributes_of, described, count)
        codes = self._code_places(batch)
        weights, weight_name = self._amounts(batch, "net_weight_kg")
        quantities, quantity_name = self._amounts(batch, "quantity")
        factors = self._factors_of(batch)
        found: list[FlowColumns] = []
        spoiled: set[int] = set()
        filled = [False] * count
        for (measure, place, _), series_of in zip(self._binding.measures, self._keys.series_of, strict=True):
            values = self._values(batch, measure, place)
            if None in values:
                filled = [f or v is not None for f, v in zip(filled, values, strict=True)]
                if not any(filled):
                    continue
            else:
                filled = [True] * count
            series = looked_up(series_of, keys, count)
            columns = (batch.lines, series, attributes, codes, values, weights, quantities)
            is_told = min(series) > 0 and min(attributes) > 0 and min(codes) > 0
            if is_told and not any(str in set(map(type, part)) for part in columns[4:]):
                is_flow = [value is not None for value in values] if None in values else None
            else:
                names = (self._binding.header[place], weight_name, quantity_name)
                is_flow = self._checked(columns, names, batch, spoiled)
            found.append(_flows_of(columns, is_flow, measure.factor, factors))
        if not all(filled):
            self.left_out[NO_VALUE] += len(filled) - sum(filled)
        return found

    def _checked(
        self, columns: Sequence[Sequence[Any]], names: tuple[str, str, str], batch: Batch, spoiled: set[int]
    ) -> list[bool]:  # fmt: skip
        """Tell of each row of a batch in which something is wrong whether it is a flow; a row is refused once."""
        is_flow = [value is not None for value in columns[4]]
        for place, (line, series, attributes, code, *numbers) in enumerate(zip(*columns, strict=True)):
            if not is_flow[place] or line in spoiled:
                is_flow[place] = False
                continue
            problem = next(((n, v) for n, v in zip(names, numbers, strict=True) if type(v) is str), None)
            if problem is None and min(series, attributes) < 0:
                problem = self._keys.reason(min(series, attributes))
            if problem is None and not code:
                problem = self._why(self._code_for_text, batch.rows[place], "code")
            if problem is not None:
                is_flow[place] = False
                spoiled.add(line)
                self._refuse(line, *problem)
        return is_flow

    def _refuse(self, line: int, column: str, reason: str) -> None:
        self.refusals += 1
        if len(self.refused) < KEPT_REFUSALS:
            self.refused.append(Refusal(line, column, reason))

    # -- codes and numbers

    def _code_places(self, batch: Batch) -> Sequence[int]:
        column = self._binding.columns.get("code")
        if column is None:
            return [self._codes[str(self._binding.fixed.get("code", ""))]] * len(batch.lines)
        return list(map(self._codes.__getitem__, batch.column(self._binding.place_of(column.meaning))))

    def _code_for(self, text: str) -> int:
        """Return the place of a code among `codes`, from 1; 0 where it can't be read."""
        try:
            code = self._code_for_text(text)
        except ValueError:
            return 0
        if code not in self._code_numbers:
            self.codes.append(code)
            self._code_numbers[code] = len(self.codes)
        return self._code_numbers[code]

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

    def _factors_of(self, batch: Batch) -> Sequence[float]:
        column = self._binding.columns.get("unit")
        if column is None:
            told = self._binding.fixed.get("unit")
            return [_factor_for(str(told)) if told else 1.0] * len(batch.lines)
        return list(map(self._factors.__getitem__, batch.column(self._binding.place_of(column.meaning))))

    def _amounts(self, batch: Batch, meaning: str) -> tuple[Sequence[float | str | None], str]:
        """Return weights or quantities; what publishers write as zero is not known, for nothing weighs nothing."""
        column = self._binding.columns.get(meaning)
        if column is None:
            return [None] * len(batch.lines), ""
        place = self._binding.place_of(column.meaning)
        return [found or None for found in self._numbers(batch.column(place))], self._binding.header[place]

    def _values(self, batch: Batch, measure: Measure, place: int) -> Sequence[float | str | None]:
        values = self._numbers(batch.column(place))
        if measure.skips_zero:
            return [value or None for value in values]
        others = [batch.column(p) for name in measure.unless if (p := self._binding.place(name)) is not None]
        if not others:
            return values
        return [
            None if value is not None and any(text.strip() not in _UNFILLED for text in texts) else value
            for value, texts in zip(values, zip(*others, strict=True), strict=True)
        ]

    def _numbers(self, texts: Sequence[str]) -> Sequence[float | str | None]:
        """Read a column of numbers; what can't be read is the sentence why."""
        joined = "".join(texts)
        if not joined:
            return [None] * len(texts)
        if self._number is cells.number and joined.isascii() and joined.replace(".", "").isdigit():
            with suppress(ValueError):
                found = [float(text) if text else None for text in texts] if "" in texts else list(map(float, texts))
                if max(filter(None, found), default=0.0) < _TOO_GREAT:
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


def _flows_of(
    columns: Sequence[Sequence[Any]], is_flow: Sequence[bool] | None, factor: float, factors: Sequence[float]
) -> FlowColumns:  # fmt: skip
    """Return the flows of rows, or of some of them, with their values in whole units."""
    if is_flow is not None:
        columns = [list(compress(column, is_flow)) for column in columns]
        factors = list(compress(factors, is_flow))
    lines, series, attributes, codes, values, weights, quantities = columns
    if factor != 1.0 or factors.count(1.0) != len(factors):
        values = [scaled(value, factor * other) for value, other in zip(values, factors, strict=True)]
    return FlowColumns(lines, series, attributes, codes, values, weights, quantities)


def scaled(value: float, factor: float) -> float:
    """Return a printed number in whole units: 0.70026 million is 700260, not 700260.0000000001."""
    return value if factor == 1.0 else float(f"{value * factor:.15g}")


def _says(wanted: Sequence[str]) -> Callable[[tuple[str]], bool]:
    known = {plain(word) for word in wanted}

    def says(texts: tuple[str]) -> bool:
        return plain(texts[0]) in known

    return says


def _concerns(binding: Binding, places: Sequence[int], areas: Collection[str]) -> Callable[[tuple[str, ...]], bool]:
    """Return what tells whether reporter or partner is one of the areas; a row that can't tell is refused elsewhere."""

    def concerns(texts: tuple[str, ...]) -> bool:
        at = dict(zip(places, texts, strict=True))
        for side in ("reporter", "partner"):
            told = binding.cell(side, at)[0] if side in binding.columns else str(binding.fixed.get(side, ""))
            try:
                if area_of(told) in areas:
                    return True
            except ValueError:
                return True
        return False

    return concerns

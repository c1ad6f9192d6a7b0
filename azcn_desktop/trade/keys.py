"""What identifies and describes the flows of a table: each combination of cells is read once and gets a number.

Thousands of rows share reporter, partner, flow, period and the rest; only codes and values differ. Knows no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from azcn_desktop.records import words
from azcn_desktop.records.catalogue import DATASET, TRADE_FLOW
from azcn_desktop.records.kinds import Value
from azcn_desktop.trade import cells
from azcn_desktop.trade.areas import area_of
from azcn_desktop.trade.binding import Binding
from azcn_desktop.trade.layout import ATTRIBUTES, KEY, Measure, plain

_CLOSED = {
    "frequency": words.FREQUENCY.words, "flow": words.TRADE_FLOW.words, "valuation": words.TRADE_VALUATION.words,
}  # fmt: skip
_LIMITS = {"publisher": 100, "classification": 20, "currency": 3, "quantity_unit": 30}
_NEEDED = ("publisher", "reporter", "partner", "flow", "period", "currency")


class Memo(dict[Any, Any]):
    """Remembers what a function returned for each argument."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Hashable) -> Any:
        result = self[key] = self._make(key)
        return result


def looked_up(memo: Memo, columns: Sequence[Sequence[str]], count: int) -> list[Any]:
    """Look up the combination of cells in each row of some columns.

    What is the same in all rows, as most of it is in a few thousand of them, is not looked at row by row.

    Args:
        memo: takes the cells of a row as a tuple.
        columns: of one length each; may be none.
        count: of the rows.
    """
    if not count:
        return []
    varying = [place for place, column in enumerate(columns) if column.count(column[0]) != count]
    first = [column[0] for column in columns]
    if not varying:
        return [memo[tuple(first)]] * count

    def whole(texts: tuple[str, ...]) -> Any:
        cells_of = [*first]
        for place, text in zip(varying, texts, strict=True):
            cells_of[place] = text
        return memo[tuple(cells_of)]

    found = Memo(whole)
    return list(map(found.__getitem__, zip(*(columns[place] for place in varying), strict=True)))


class Keys:
    """Numbers the combinations of a table.

    Attributes:
        series: every combination of what identifies a flow apart from its code, in the order of `KEY`.
        attributes: the same for what describes a flow, in the order of `ATTRIBUTES`.
        key_places, attribute_places: where the cells stand that tell them.
        series_of: for each measure, the cells to the number of their series; negative where they can't be read.
        attributes_of: the cells to the number of their attributes.
    """

    def __init__(self, binding: Binding) -> None:
        self._binding = binding
        self.series: list[tuple[Value, ...]] = []
        self.attributes: list[tuple[Value, ...]] = []
        self.key_places = binding.places_of((*KEY, "month", "unit"))
        self.attribute_places = binding.places_of(ATTRIBUTES)
        self.series_of = [Memo(self._series_maker(measure, period)) for measure, _, period in binding.measures]
        self.attributes_of = Memo(self._attributes_for)
        self._series_ids: dict[tuple[Value, ...], int] = {}
        self._attribute_ids: dict[tuple[Value, ...], int] = {}
        self._reasons: list[tuple[str, str]] = []

    def reason(self, number: int) -> tuple[str, str]:
        """Return the column and the sentence behind a negative number."""
        return self._reasons[-number - 1]

    def _series_maker(self, measure: Measure, period: str) -> Callable[[tuple[str, ...]], int]:
        def make(texts: tuple[str, ...]) -> int:
            return self._numbered(self._series_ids, self.series, self._key, measure, period, texts)

        return make

    def _numbered(
        self,
        ids: dict[tuple[Value, ...], int],
        found: list[tuple[Value, ...]],
        make: Callable[..., Any],
        *arguments: Any,
    ) -> int:
        """Return the number of a combination, from 1; a negative number leads to the reason why there is none."""
        try:
            values = make(*arguments)
        except _NotReadError as error:
            self._reasons.append((error.column, error.reason))
            return -len(self._reasons)
        if values not in ids:
            found.append(values)
            ids[values] = len(found)
        return ids[values]

    def _key(self, measure: Measure, period: str, texts: tuple[str, ...]) -> tuple[Value, ...]:
        at = dict(zip(self.key_places, texts, strict=True))
        told = self._binding.fixed | dict(measure.fixed)
        values: dict[str, Value] = {"is_cumulative": 0, "classification": None}
        if period or "period" in self._binding.columns:
            text, name = (period, period) if period else self._binding.cell("period", at)
            values["period"], values["frequency"] = _read(name, cells.period, text, self._binding.cell("month", at)[0])
        elif "period" in told:
            values["period"], values["frequency"] = _read("", cells.period, str(told["period"]))
        if "unit" in self._binding.columns:
            text, name = self._binding.cell("unit", at)
            values["currency"] = _read(name, cells.unit, text)[1]
        elif "unit" in told:
            values["currency"] = _read("", cells.unit, str(told["unit"]))[1]
        told_frequency = None if "frequency" in self._binding.columns else told.get("frequency")
        if told_frequency and told_frequency != values.get("frequency", told_frequency):
            raise _NotReadError("", f"{values['period']} is no period of the kind that this table has.")
        fixed_here = dict(measure.fixed)
        for meaning in KEY:
            if meaning == "period":
                continue
            if meaning in told and (meaning in fixed_here or meaning not in self._binding.columns):
                values[meaning] = self._told(meaning, told[meaning])
            elif meaning in self._binding.columns:
                text, name = self._binding.cell(meaning, at)
                values[meaning] = _read(name, self._meaning, meaning, text)
        if "valuation" in self._binding.columns and "valuation" in fixed_here:  # services have neither CIF nor FOB
            text, name = self._binding.cell("valuation", at)
            values["valuation"] = _read(name, self._meaning, "valuation", text) or values["valuation"]
        if values.get("valuation") is None:
            values["valuation"] = dict(self._binding.layout.valuation_of).get(str(values.get("flow")), "unknown")
        for needed in _NEEDED:
            if values.get(needed) in (None, ""):
                raise _NotReadError("", f"The {needed} is not told.")
        return _possible(KEY, tuple(values.get(meaning) for meaning in KEY))

    def _told(self, meaning: str, value: Value) -> Value:
        return _read("", area_of, str(value)) if meaning in ("reporter", "partner") else value

    def _meaning(self, meaning: str, text: str) -> Value:
        if meaning in ("reporter", "partner"):
            return area_of(text)
        listed = self._binding.words[meaning]
        if listed:
            return cells.word(plain(text) if text.strip() not in listed else text, listed, meaning.replace("_", " "))
        wanted = " ".join(text.split()) or None
        if wanted is not None and meaning in _CLOSED and wanted not in _CLOSED[meaning]:
            raise ValueError(f"“{wanted[:40]}” is no {meaning}; possible are {', '.join(_CLOSED[meaning])}.")
        most = _LIMITS.get(meaning, 100)
        if wanted is not None and len(wanted) > most:
            raise ValueError(f"“{wanted[:40]}…” has {len(wanted)} characters; at most {most} are possible.")
        if meaning == "currency" and wanted is not None and not re.fullmatch("[A-Z]{3}", wanted):
            raise ValueError(f"“{wanted[:40]}” is no currency (ISO 4217).")
        if meaning.startswith("is_"):
            return {"1": 1, "yes": 1, "true": 1, "0": 0, "no": 0, "false": 0}.get(str(wanted).lower())
        return wanted

    def _attributes_for(self, texts: tuple[str, ...]) -> int:
        at = dict(zip(self.attribute_places, texts, strict=True))
        return self._numbered(self._attribute_ids, self.attributes, self._attributes, at)

    def _attributes(self, at: dict[int, str]) -> tuple[Value, ...]:
        values = []
        for meaning in ATTRIBUTES:
            if meaning in self._binding.fixed:
                values.append(self._binding.fixed[meaning])
                continue
            text, name = self._binding.cell(meaning, at)
            if meaning == "quantity_unit":
                listed = self._binding.words.get(meaning, {})
                plain_text = " ".join(text.split())
                values.append(listed.get(plain(text), plain_text[:30] if plain(text) not in ("na", "") else None))
            else:
                values.append(_read(name, self._meaning, meaning, text) if name else None)
        return _possible(ATTRIBUTES, tuple(values))


class _NotReadError(Exception):
    """Why a combination of cells identifies no flow."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def _possible(meanings: Sequence[str], values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Return values that the catalogue allows; it says in every other place what a field can hold, so here too."""
    for meaning, value in zip(meanings, values, strict=True):
        field = (DATASET if meaning == "publisher" else TRADE_FLOW).field(meaning)
        if problem := field.kind.check(meaning, {meaning: value}):
            raise _NotReadError("", f"{field.label}: {problem}")
    return values


def _read(column: str, make: Callable[..., Any], *arguments: str) -> Any:
    try:
        return make(*arguments)
    except ValueError as error:
        raise _NotReadError(column, str(error)) from error

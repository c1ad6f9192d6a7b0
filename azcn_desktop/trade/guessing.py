"""What the columns of an unknown table may be: a first guess from their names, and what is still wrong with a mapping.

A guess only fills in the form that a person then reads: it is checked against the first rows, and whatever two columns
could be is left open. Knows no file and no store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.records import words
from azcn_desktop.records.kinds import Value
from azcn_desktop.trade import cells, header_words
from azcn_desktop.trade.areas import area_of
from azcn_desktop.trade.binding import Binding
from azcn_desktop.trade.flows import FlowReader, Refusal
from azcn_desktop.trade.layout import Layout, plain
from azcn_desktop.trade.layout import Mapping as ColumnMapping
from azcn_desktop.trade.layouts import GENERAL_WORDS
from azcn_desktop.trade.recognising import Sample

_NAMES = {meaning: tuple(map(plain, names)) for meaning, names in header_words.NAMES.items()}
_FACTORS = {word: factor for factor, words_of in header_words.FACTORS.items() for word in words_of}
# What ends a name and begins a remark on it, such as its unit.
_REMARK = re.compile(r"[(\[（,，].*")
_PARTS = re.compile(r"[()\[\]（）;；:：/]|(?<!\d)[,，]|[,，](?!\d)")
_GROUPED = re.compile(r"(?<=\d)[ ,.](?=\d{3}(?!\d))")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
_NUMERIC = ("value", "net_weight_kg", "quantity")
# What can be looked at in a cell before a column is taken for a meaning.
_READERS: Mapping[str, Callable[[str], object]] = {
    "reporter": area_of, "partner": area_of, "period": cells.period, "code": cells.code, "unit": cells.unit,
    **dict.fromkeys(_NUMERIC, cells.number),
}  # fmt: skip
_CLOSED = {
    "frequency": words.FREQUENCY.words, "flow": words.TRADE_FLOW.words, "valuation": words.TRADE_VALUATION.words,
}  # fmt: skip
_UNTOLD = {
    "publisher": "Say whose statistics these are; flows of different publishers are never mixed.",
    "reporter": "Say who reports: a column, or one area for all rows.",
    "partner": "Say with whom the trade was: a column, or one area for all rows.",
    "flow": "Say whether these are imports or exports: a column, or one answer for all rows.",
    "period": "Say of which year, quarter or month the values are.",
    "code": "Say where the code of goods stands; TOTAL where the values are of all goods.",
    "currency": "Say in which currency and unit the values are, such as USD or 1000 USD.",
    "value": "Say which column holds the values.",
}  # fmt: skip
_ONCE = ("reporter", "partner", "flow", "period", "code", "value", "publisher")


class Trial(Struct, frozen=True):
    """What the first rows of a table become with a mapping.

    Attributes:
        rows: how many were read.
        flows: how many flows came of them.
        refused: those that can't be read, with reasons.
        left_out: how many are no flows.
    """

    rows: int = 0
    flows: int = 0
    refused: tuple[Refusal, ...] = ()
    left_out: int = 0


def guess(sample: Sample) -> ColumnMapping:
    """Return what the columns of a table may be, as far as their names and first cells tell."""
    known = _by_plain_name(sample.header)
    columns: dict[str, str] = {}
    for meaning, names in _NAMES.items():
        named = (name for wanted in names for name in known.get(wanted, ()))
        name = next((name for name in named if _fits(sample, meaning, name)), "")
        if name and name not in columns.values():
            columns[meaning] = name
    if "value" not in columns and (name := _value_column(sample, columns)):
        columns["value"] = name
    if "month" in columns and not _is_year(sample, columns.get("period", "")):
        del columns["month"]
    fixed: dict[str, Value] = {}
    if "unit" not in columns and (unit := _unit_in(columns.get("value", ""))):
        fixed["unit"] = unit
    if "flow" not in columns and plain(columns.get("reporter", "")) == "exporter":
        fixed["flow"] = "X"
    return ColumnMapping(tuple(columns.items()), tuple(fixed.items()))


def problems(layout: Layout, header: Sequence[str], mapping: ColumnMapping) -> dict[str, str]:
    """Return what is still wrong with a mapping, by meaning; nothing when a file can be read with it.

    Args:
        layout: how the file is read apart from the mapping.
        header: names of the columns.
        mapping: what was chosen; values for all rows may be text that a person typed.
    """
    binding = Binding(layout, header, mapping)
    found = {"unit" if m == "currency" else m: _UNTOLD[m] for m in binding.missing()}
    if not binding.fixed.get("publisher") and "publisher" not in binding.columns:
        found["publisher"] = _UNTOLD["publisher"]
    chosen = [(plain(name), meaning) for meaning, name in mapping.columns if meaning in _ONCE]
    for name, meaning in chosen:
        first = next(m for n, m in chosen if n == name)
        if first != meaning:
            found[meaning] = f"This column is chosen for the {first} already."
    for meaning, value in mapping.fixed:
        if problem := _problem_of(meaning, str(value)):
            found[meaning] = problem
    return found


def try_out(sample: Sample, layout: Layout, mapping: ColumnMapping) -> Trial:
    """Read the first rows with a mapping in which nothing is missing."""
    reader = FlowReader(layout, sample.header, mapping)
    reader.choose_decimal_mark(sample.first)
    flows = reader.read(sample.first)
    return Trial(reader.rows, sum(map(len, flows)), tuple(reader.refused), sum(reader.left_out.values()))


def with_values(mapping: ColumnMapping, fixed: Mapping[str, Value]) -> ColumnMapping:
    """Return a mapping with other values for all rows; empty ones are left out, and the publisher has its own place."""
    told = {meaning: value for meaning, value in fixed.items() if value not in ("", None)}
    return replace(mapping, fixed=tuple((m, v) for m, v in told.items() if m != "publisher"),
                   publisher=str(told.get("publisher", "")))  # fmt: skip


def _problem_of(meaning: str, text: str) -> str:
    try:
        if meaning in _READERS:
            _READERS[meaning](text)
    except ValueError as error:
        return str(error)
    if meaning in _CLOSED and text not in _CLOSED[meaning]:
        return f"“{text[:40]}” is no {meaning}."
    return ""


def _by_plain_name(header: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the columns by their plain names, then by those without what stands in brackets or after a comma."""
    found: dict[str, list[str]] = {}
    for name in header:
        found.setdefault(plain(name), []).append(name)
    for name in header:
        names = found.setdefault(plain(_REMARK.sub("", name)), [])
        if name not in names:
            names.append(name)
    return found


def _fits(sample: Sample, meaning: str, name: str) -> bool:
    """Tell whether the first filled cells of a column can be read as a meaning."""
    texts = _cells(sample, name)
    if meaning in GENERAL_WORDS:
        known = {plain(word) for word, _ in GENERAL_WORDS[meaning]}
        return all(plain(text) in known for text in texts)
    if meaning == "valuation":
        return all(text in words.TRADE_VALUATION.words for text in texts)
    if meaning == "net_weight_kg" and (remark := _REMARK.search(name)):
        unit = "".join(re.findall(r"[^\W_]", remark[0].casefold()))
        if unit not in header_words.KILOGRAMS:
            return False
    if meaning == "month":
        return all(re.fullmatch(r"0?[1-9]|1[0-2]", text) for text in texts)
    if meaning in _NUMERIC:
        return all(re.search(r"\d", text) for text in texts)
    return not any(map(_cannot(_READERS[meaning]), texts)) if meaning in _READERS else True


def _cannot(read: Callable[[str], object]) -> Callable[[str], bool]:
    def cannot(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return True
        return False

    return cannot


def _cells(sample: Sample, name: str) -> list[str]:
    place = sample.header.index(name)
    return [row[place].strip() for row in sample.first.rows if place < len(row) and not cells.is_nothing(row[place])]


def _value_column(sample: Sample, taken: Mapping[str, str]) -> str:
    """Return the one column whose name speaks of value and whose cells are numbers."""
    free = [name for name in sample.header if name not in taken.values()]
    found = [name for name in free if re.search(header_words.VALUE, name, re.IGNORECASE)]
    numeric = [name for name in found if _fits(sample, "value", name)]
    return numeric[0] if len(numeric) == 1 else ""


def _is_year(sample: Sample, name: str) -> bool:
    return bool(name) and all(re.fullmatch(r"\d{4}", text) for text in _cells(sample, name))


def _unit_in(name: str) -> str:
    """Return the unit that the name of the column of values tells: "Value, thousand USD" gives "1000 USD".

    Empty where it names no currency, or where a word beside it is not understood: it might be another thousand.
    """
    marked = _GROUPED.sub("", name.casefold().replace("\u0307", ""))  # the dot that is left of İ
    for sign, code in header_words.CURRENCIES:
        marked = re.sub(sign, f" {code} ", marked)
    found = {code for _, code in header_words.CURRENCIES if code in marked}
    factors = []
    for part in _PARTS.split(marked):
        for word in _words_of(part):
            if factor := _factor_of(word):
                factors.append(factor)
            elif word not in found and word not in header_words.BESIDE_UNIT and any(code in part for code in found):
                return ""
    if len(found) != 1 or len(factors) > 1:
        return ""
    return f"{factors[0]} {found.pop()}" if factors else found.pop()


def _factor_of(word: str) -> int:
    """Return what a word multiplies a unit with; 0 where it says nothing of that."""
    return int(word) if re.fullmatch(r"1000*", word) and len(word) > 3 else _FACTORS.get(word, 0)


def _words_of(part: str) -> list[str]:
    """Return the words of a part of a name; Chinese ones, which no blank divides, by the longest that is known."""
    found = []
    for word in re.findall(r"[^\W_]+", _CHINESE.sub(lambda match: f" {match[0]} ", part)):
        rest = word
        while rest:
            ends = range(len(rest), 0, -1) if _CHINESE.fullmatch(rest) else [len(rest)]
            known = (rest[:end] for end in ends if rest[:end] in _FACTORS or rest[:end] in header_words.BESIDE_UNIT)
            begin = next(known, rest)
            found.append(begin)
            rest = rest[len(begin) :]
    return found

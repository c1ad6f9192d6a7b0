"""Rows that describe the same thing in the world, joined to one record.

The record keeps identity and title of the row that the link names as main. A date takes the finer precision, any other
field what the latest source gives. What each source gave stays beside its citation, so nothing is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from azcn_desktop.exchange.reference_files import ReferenceFiles, Row
from azcn_desktop.records import dates
from azcn_desktop.records.kinds import Amount, Date, Value
from azcn_desktop.records.schema import NOTE, Field, RecordType

# What is said about a date belongs to that date.
_WITH_DATE = {"date": ("date_end", "date_basis")}
Values = dict[str, Value]


class Joined(Struct, frozen=True):
    """The rows of one record.

    Attributes:
        rows: the main row first.
    """

    rows: tuple[Row, ...]

    @property
    def reference(self) -> str:
        """The id of the main row."""
        return self.rows[0]["id"]

    @property
    def references(self) -> list[str]:
        """The ids of all rows, the main one first."""
        return [row["id"] for row in self.rows]

    def latest_first(self) -> list[int]:
        """Return the positions of the rows by the day of their source, latest first; the main row leads a tie."""
        days = [dates.date_bounds(row["source_date"])[0] for row in self.rows]
        return sorted(range(len(days)), key=lambda n: days[n], reverse=True)


def joined(files: ReferenceFiles, name: str) -> Iterator[Joined]:
    """Yield the records of a file, in the order of their main rows."""
    rows = {row["id"]: row for row in files.rows[name]}
    others: dict[str, list[str]] = {reference: [] for reference in rows}
    for link in files.linked("same_as"):
        main, other = link["from_id"], link["to_id"]
        if link["main"] == "to":
            main, other = other, main
        if main in rows:
            others[main].append(other)
            others.pop(other)
    for main, further in others.items():
        yield Joined((rows[main], *(rows[reference] for reference in further)))


def united(record_type: RecordType, record: Joined, values: Sequence[Values]) -> Values:
    """Return the values of one record from those of its rows, the main row's first."""
    if len(values) == 1:
        return dict(values[0])
    order = record.latest_first()
    result: Values = {}
    for f in _leading_fields(record_type):
        chosen = values[0] if f.name in record_type.title else _best(f, [values[n] for n in order])
        for column in (*_columns(f), *_WITH_DATE.get(f.name, ())):
            result[column] = chosen.get(column)
    return result | {NOTE: _notes(record)}


def printed_fields(record_type: RecordType, values: Values, record: Values) -> Iterator[tuple[str, str, str]]:
    """Yield what one source gives for each field, in a reader's words, and whether the record agrees.

    Yields:
        Name of the field, words, and the role of the citation: supports or contradicts.
    """
    silent = {companion for several in _WITH_DATE.values() for companion in several if companion.endswith("basis")}
    for f in (*_leading_fields(record_type), *map(record_type.field, _companions_shown(record_type))):
        words = f.kind.show(f.name, values)
        if words and f.name not in silent:
            is_same = all(values.get(column) == record.get(column) for column in _columns(f))
            yield f.name, words, "supports" if is_same else "contradicts"


def _leading_fields(record_type: RecordType) -> list[Field]:
    """Return the fields that are chosen by themselves: no part, no note, no unit or hedge of an amount."""
    following = {c for f in record_type.fields if isinstance(f.kind, Amount) for c in _columns(f)[1:]}
    following |= {c for f in record_type.fields for c in _WITH_DATE.get(f.name, ())}
    return [f for f in record_type.fields if not f.kind.is_virtual and f.name not in (*following, NOTE)]


def _companions_shown(record_type: RecordType) -> list[str]:
    return [c for f in record_type.fields for c in _WITH_DATE.get(f.name, ())]


def _columns(f: Field) -> list[str]:
    if isinstance(f.kind, Amount):
        return [f.name, *(column for column in (f.kind.bound, f.kind.unit) if column)]
    return list(f.kind.columns(f.name))


def _best(f: Field, latest_first: Sequence[Values]) -> Values:
    given = [values for values in latest_first if values.get(f.name) is not None]
    if not given:
        return {}
    if isinstance(f.kind, Date):
        return max(given, key=lambda values: dates.precision(str(values[f.name])))
    return given[0]


def _notes(record: Joined) -> Value:
    """Return the remarks on all rows, each under its source, since a remark is about what that source prints."""
    lines = [
        f"{row['source_publisher']}, {dates.date_words(row['source_date'])}: {row['note']}"
        for row in record.rows
        if row["note"]
    ]
    return "\n".join(lines) or None

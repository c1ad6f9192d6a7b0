"""The order of records, as a reader sees it: the ORDER BY of a query.

Words of closed lists keep the order of their list, countries stand by their names, dates by their day, links by the
first name they show; rows without a value stand last in both directions. Runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.dates import OPEN_START
from azcn_desktop.records.kinds import (
    Amount,
    Choice,
    Computed,
    Country,
    Date,
    Integer,
    Kind,
    Link,
    Links,
    Number,
    Party,
    Text,
    Value,
)
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.records.text import fold
from azcn_desktop.store.computed import computed_sql, day_sql
from azcn_desktop.store.tables import quoted

_Term = tuple[str, Sequence[Value]]  # a part of ORDER BY with the values of its parameters


def order_sql(schema: Schema, record_type: RecordType, sort: str) -> tuple[str, list[Value]]:
    """Return the terms of ORDER BY, joined, with their parameters.

    Args:
        schema: the declarations.
        record_type: the table, which has the name t in the statement.
        sort: field to sort by first; empty for the declared order alone; a minus before it sorts downward.
    """
    terms: list[_Term] = []
    if sort:
        direction = "DESC" if sort.startswith("-") else "ASC"
        terms += _by_field(schema, record_type, record_type.field(sort.lstrip("-")), direction)
    terms += _declared(record_type)
    return ", ".join([*(sql for sql, _ in terms), "t.id"]), [value for _, values in terms for value in values]


def column_sql(schema: Schema, record_type: RecordType, f: Field) -> str:
    """Return the expression for the main column of a field: stored, or computed."""
    if isinstance(f.kind, Computed):
        return computed_sql(schema, record_type, f)
    return f"t.{quoted(next(iter(f.kind.columns(f.name))))}"


def days_sql(schema: Schema, record_type: RecordType, f: Field) -> tuple[str, str]:
    """Return expressions for the first and the last day that a date may mean."""
    if isinstance(f.kind, Computed):
        return day_sql(schema, record_type, f, "lo"), day_sql(schema, record_type, f, "hi")
    return f"t.{quoted(f.name + '_lo')}", f"t.{quoted(f.name + '_hi')}"


def _declared(record_type: RecordType) -> Iterator[_Term]:
    """Yield the order of the declaration."""
    for column in record_type.order:
        name, direction = column.lstrip("-"), "DESC" if column.startswith("-") else "ASC"
        by, owner = f"t.{quoted(name)}", record_type.field_of_column(name.removesuffix("_lo"))
        if owner is not None and isinstance(owner.kind, Text):
            by = f"fold(t.{quoted(name)})"
        elif owner is not None and isinstance(owner.kind, Date):
            by = _day_sql(owner.name)
        yield f"t.{quoted(name)} IS NULL, {by} {direction}", ()


def _by_field(schema: Schema, record_type: RecordType, f: Field, direction: str) -> Iterator[_Term]:
    kind = f.kind.of if isinstance(f.kind, Computed) else f.kind
    if isinstance(kind, Date):
        # Of dates that begin on one day the finer one stands first.
        lo, hi = days_sql(schema, record_type, f)
        by = lo if isinstance(f.kind, Computed) else _day_sql(f.name)
        yield f"{hi} IS NULL, {by} {direction}, {hi} {direction}", ()
    elif isinstance(kind, Links | Link | Party):
        name, values = _name_sql(schema, f)
        yield f"{name} IS NULL, {name} {direction}", (*values, *values)
    else:
        yield from _by_value(column_sql(schema, record_type, f), kind, direction)


def _by_value(column: str, kind: Kind, direction: str) -> Iterator[_Term]:
    yield f"{column} IS NULL", ()
    if isinstance(kind, Choice):
        yield f"CASE {column} {_ranks(kind.words)} END {direction}", kind.words
    elif isinstance(kind, Country):
        # By the name of the first country, as it is read: Switzerland is CH and stands after China.
        codes = sorted(COUNTRIES, key=_country_sort_key)
        yield f"CASE substr({column}, 1, 2) {_ranks(codes)} END {direction}, {column} {direction}", codes
    else:
        by = column if isinstance(kind, Amount | Number | Integer) else f"fold({column})"
        yield f"{by} {direction}", ()


def _ranks(words: Sequence[str]) -> str:
    return " ".join(f"WHEN ? THEN {n:d}" for n in range(len(words)))


def _name_sql(schema: Schema, f: Field) -> _Term:
    """Return an expression for the folded first name that a linking field shows."""
    if isinstance(f.kind, Links):
        through = schema[f.kind.through]
        inner = _member_sql(schema, through.field(f.kind.member), "j")
        fixed = "".join(f" AND j.{quoted(column)} = ?" for column, _ in f.kind.fixed)
        sql = (
            f"(SELECT fold({inner}) FROM {quoted(f.kind.through)} j WHERE j.{quoted(f.kind.owner)} = t.id "
            f"AND j.deleted_at IS NULL{fixed} ORDER BY j.id LIMIT 1)"
        )
        return sql, [value for _, value in f.kind.fixed]
    return f"fold({_member_sql(schema, f, 't')})", ()


def _member_sql(schema: Schema, f: Field, alias: str) -> str:
    parts = [
        f"(SELECT o.{quoted(schema[target].title[0])} FROM {quoted(target)} o WHERE o.id = {alias}.{quoted(column)})"
        for column, target in f.kind.references(f.name).items()
    ]
    if isinstance(f.kind, Party) and f.kind.printed:
        parts.append(f"{alias}.{quoted(f.kind.printed)}")
    if not parts:
        parts.append(f"{alias}.{quoted(f.name)}")
    return f"coalesce({', '.join([*parts, 'NULL'])})"


def _day_sql(name: str) -> str:
    """Return the day by which a date is sorted: its first one; the last one of "by 2023", whose start is open."""
    lo, hi = f"t.{quoted(name + '_lo')}", f"t.{quoted(name + '_hi')}"
    return f"CASE WHEN {lo} = '{OPEN_START}' THEN {hi} ELSE {lo} END"


def _country_sort_key(code: str) -> str:
    return fold(COUNTRIES[code])

"""Translation of a Query into SQL.

Every value becomes a parameter; names come from the schema. Knows the tables, runs nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable

from msgspec import Struct, field

from azcn_desktop.errors import UserError
from azcn_desktop.records import dates
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
    Value,
)
from azcn_desktop.records.place_spellings import spellings
from azcn_desktop.records.schema import SEARCH_COLUMN, Field, RecordType, Schema
from azcn_desktop.records.text import fold
from azcn_desktop.store.computed import DUE_DAY, OPEN_STATES, citation_column
from azcn_desktop.store.ordering import column_sql, days_sql, order_sql
from azcn_desktop.store.query import SOURCE, YEAR, Condition, Query, main_date
from azcn_desktop.store.tables import marks, quoted

RECENT_DAYS = 7
_LIKE = "LIKE ? ESCAPE '\\'"
STALE_MONTHS = 6
# Of trade flows, those that the table of statistics shows: of a ready dataset, and replaced by none that is ready.
_READY = "SELECT id FROM dataset WHERE state = 'ready'"
_COUNTS = f"t.dataset_id IN ({_READY}) AND (t.replaced_by IS NULL OR t.replaced_by NOT IN ({_READY}))"


class Selection(Struct):
    """The parts of a statement under construction.

    Attributes:
        where: conditions, joined by AND.
        parameters: their values, in the same order.
    """

    where: list[str] = field(default_factory=list)
    parameters: list[Value] = field(default_factory=list)

    def add(self, sql: str, *values: Value) -> None:
        """Add a condition with its values."""
        self.where.append(sql)
        self.parameters.extend(values)


class Translator:
    """Turns queries over one schema into SQL.

    Attributes:
        schema: the declarations.
        today: returns the present day; replaced in tests.
    """

    def __init__(self, schema: Schema, today: Callable[[], datetime.date]) -> None:
        self.schema = schema
        self.today = today

    def keys_sql(self, query: Query) -> tuple[str, list[Value]]:
        """Return the statement that yields the ids of a query in its order."""
        where, parameters = self.where_sql(query)
        order, order_parameters = order_sql(self.schema, self.schema[query.table], query.sort)
        sql = f"SELECT t.id FROM {quoted(query.table)} t WHERE {where} ORDER BY {order}"
        return sql, [*parameters, *order_parameters]

    def where_sql(self, query: Query) -> tuple[str, list[Value]]:
        """Return the condition of a query over the table under the name t."""
        selection = self._select(query)
        return " AND ".join(selection.where), selection.parameters

    def _select(self, query: Query) -> Selection:
        record_type = self.schema[query.table]
        selection = Selection(["1"])
        if not record_type.is_bulk:
            selection.add(f"t.deleted_at IS {'NOT ' if query.is_trash else ''}NULL")
        elif record_type.name == "trade_flow":
            selection.add(_COUNTS)
        for word in query.words:
            self._word(selection, record_type, word)
        for condition in query.conditions:
            part = Selection()
            self._condition(part, record_type, condition)
            if part.where:
                # coalesce: what is not known is not the value, so its opposite holds.
                sql = f"coalesce({' AND '.join(part.where)}, 0)"
                selection.add(f"NOT {sql}" if condition.is_negated else sql, *part.parameters)
        return selection

    # -- words

    def _word(self, selection: Selection, record_type: RecordType, word: str) -> None:
        is_negated = len(word) > 1 and word.startswith("-")
        patterns = [like(spelling) for spelling in spellings(fold(word[1:] if is_negated else word))]
        own = [f"fold(t.{quoted(f.name)})" for f in record_type.fields if f.is_searchable]
        found = [f"{column} {_LIKE}" for column in (own if record_type.is_bulk else [f"t.{SEARCH_COLUMN}"])]
        for f in record_type.fields:
            is_owner = isinstance(f.kind, Link | Party) and f.kind.owns
            found += () if is_owner else self._linked_text(f)
        cited = citation_column(self.schema, record_type.name)
        if cited:
            found.append(
                f"t.id IN (SELECT {cited} FROM citation_link WHERE {cited} IS NOT NULL AND {SEARCH_COLUMN} {_LIKE})"
            )
        anywhere = " OR ".join(found * len(patterns) or ["0"])
        values = [pattern for pattern in patterns for _ in found]
        selection.add(f"{'NOT ' if is_negated else ''}({anywhere})", *values)

    def _linked_text(self, f: Field) -> Iterable[str]:
        """Yield conditions with one pattern each that look into what a field links to."""
        if isinstance(f.kind, Links):
            yield from self._joined_text(f.kind)
        elif isinstance(f.kind, Link | Party):
            for column, target in f.kind.references(f.name).items():
                yield f"t.{quoted(column)} IN (SELECT id FROM {quoted(target)} WHERE {SEARCH_COLUMN} {_LIKE})"

    def _joined_text(self, kind: Links) -> Iterable[str]:
        through = self.schema[kind.through]
        select = f"t.id IN (SELECT j.{quoted(kind.owner)} FROM {quoted(kind.through)} j"
        yield f"{select} WHERE j.{SEARCH_COLUMN} {_LIKE})"
        member = through.field(kind.member)
        for column, target in member.kind.references(member.name).items():
            yield f"{select} JOIN {quoted(target)} o ON o.id = j.{quoted(column)} WHERE o.{SEARCH_COLUMN} {_LIKE})"

    # -- conditions

    def _condition(self, selection: Selection, record_type: RecordType, condition: Condition) -> None:
        if condition.field == "is":
            self._flag(selection, record_type, condition.values[0])
        elif condition.field == SOURCE:
            self._source(selection, record_type, condition)
        elif condition.field == YEAR:
            name = main_date(record_type)
            if name is None:
                raise UserError(f"{record_type.plural} have no year.")
            self._dates(selection, record_type, name, condition)
        else:
            self._field(selection, record_type, record_type.field(condition.field), condition)

    def _flag(self, selection: Selection, record_type: RecordType, flag: str) -> None:
        today = self.today().isoformat()
        if flag == "overdue":
            if not record_type.has_field("due"):
                raise UserError(f"{record_type.plural} are never overdue.")
            selection.add(f"{DUE_DAY} < ? AND t.status IN ({marks(OPEN_STATES)})", today, *OPEN_STATES)
        elif flag == "upcoming":
            self._upcoming(selection, record_type, today)
        elif flag == "lost":
            self._lost(selection, record_type)
        elif flag == "stale":
            self._stale(selection, record_type)
        elif flag == "recent":
            since = (self.today() - datetime.timedelta(days=RECENT_DAYS)).isoformat()
            selection.add(
                "t.id IN (SELECT j.row_id FROM journal j JOIN journal_set s ON s.id = j.set_id "
                "WHERE j.table_name = ? AND s.state = 'done' AND s.at >= ?)",
                record_type.name,
                since,
            )
        elif flag == "unsourced":
            cited = citation_column(self.schema, record_type.name)
            selection.add(
                f"t.id NOT IN (SELECT {cited} FROM citation_link WHERE {cited} IS NOT NULL)" if cited else "0"
            )

    def _lost(self, selection: Selection, record_type: RecordType) -> None:
        """Records of which a quote is not found in its text any more."""
        cited = citation_column(self.schema, record_type.name)
        if cited is None:
            raise UserError(f"{record_type.plural} have no sources.")
        selection.add(
            f"t.id IN (SELECT l.{cited} FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"WHERE l.{cited} IS NOT NULL AND l.deleted_at IS NULL AND c.deleted_at IS NULL "
            "AND c.anchor_state = 'lost')"
        )

    def _stale(self, selection: Selection, record_type: RecordType) -> None:
        if not record_type.has_field("months_unchecked"):
            raise UserError(f"{record_type.plural} are not checked again.")
        column = column_sql(self.schema, record_type, record_type.field("months_unchecked"))
        selection.add(f"{column} >= ?", STALE_MONTHS)

    def _upcoming(self, selection: Selection, record_type: RecordType, today: str) -> None:
        """Meetings and commitments to come; agreements that are anticipated; projects that have not begun.

        What was held or cancelled is not to come, whatever its day says.
        """
        if record_type.name == "meeting":
            selection.add(
                "(t.status IN ('planned', 'recurring') OR "
                "t.date_hi >= ? AND coalesce(t.status, '') NOT IN ('held', 'cancelled'))",
                today,
            )
        elif record_type.name == "agreement":
            selection.add("t.status IN ('anticipated', 'pending', 'drafted')")
        elif record_type.name == "project":
            selection.add("t.status IN ('idea', 'proposed', 'discussed', 'planned', 'announced', 'study', 'agreed')")
        elif record_type.name == "commitment":
            selection.add(f"{DUE_DAY} >= ? AND t.status IN ({marks(OPEN_STATES)})", today, *OPEN_STATES)
        else:
            raise UserError(f"{record_type.plural} are never upcoming.")

    def _source(self, selection: Selection, record_type: RecordType, condition: Condition) -> None:
        cited = citation_column(self.schema, record_type.name)
        if cited is None:
            raise UserError(f"{record_type.plural} have no sources.")
        if condition.operator == "empty":
            selection.add(f"t.id NOT IN (SELECT {cited} FROM citation_link WHERE {cited} IS NOT NULL)")
            return
        values = _plain_values(condition, "Sources")
        per_value = " OR ".join(f"s.uid = ? OR s.{SEARCH_COLUMN} {_LIKE}" for _ in values)
        parameters = [p for value in values for p in (value, like(fold(value)))]
        selection.add(
            f"t.id IN (SELECT l.{cited} FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"JOIN source s ON s.id = c.source_id WHERE l.{cited} IS NOT NULL AND ({per_value}))",
            *parameters,
        )

    def _field(self, selection: Selection, record_type: RecordType, f: Field, condition: Condition) -> None:
        kind = f.kind.of if isinstance(f.kind, Computed) else f.kind
        if condition.operator == "empty":
            self._empty(selection, record_type, f)
        elif isinstance(kind, Date):
            self._dates(selection, record_type, f.name, condition)
        elif isinstance(kind, Links | Link | Party):
            self._linked(selection, f, _plain_values(condition, f.label))
        else:
            self._plain(selection, column_sql(self.schema, record_type, f), f, kind, condition)

    def _plain(self, selection: Selection, column: str, f: Field, kind: Kind, condition: Condition) -> None:
        """A field whose value stands in one column."""
        if isinstance(kind, Choice):
            self._choices(selection, column, f, kind, condition)
        elif isinstance(kind, Amount | Number | Integer):
            self._numbers(selection, column, f, condition)
        elif isinstance(kind, Country):
            codes = [code for value in _plain_values(condition, f.label) for code in _parsed(f, value).split()]
            sql = " OR ".join(f"' ' || {column} || ' ' LIKE ?" for _ in codes)
            selection.add(f"({sql})", *(f"% {code} %" for code in codes))
        else:
            words = [spelling for value in _plain_values(condition, f.label) for spelling in spellings(fold(value))]
            sql = " OR ".join(f"fold({column}) {_LIKE}" for _ in words)
            selection.add(f"({sql})", *map(like, words))

    def _empty(self, selection: Selection, record_type: RecordType, f: Field) -> None:
        if isinstance(f.kind, Computed):
            column = column_sql(self.schema, record_type, f)
            selection.add(f"{column} IS NULL")
        elif isinstance(f.kind, Links):
            fixed = "".join(f" AND {quoted(column)} = ?" for column, _ in f.kind.fixed)
            selection.add(
                f"t.id NOT IN (SELECT {quoted(f.kind.owner)} FROM {quoted(f.kind.through)} "
                f"WHERE {quoted(f.kind.owner)} IS NOT NULL AND deleted_at IS NULL{fixed})",
                *(value for _, value in f.kind.fixed),
            )
        else:
            selection.add(" AND ".join(f"t.{quoted(column)} IS NULL" for column in f.kind.columns(f.name)))

    def _dates(self, selection: Selection, record_type: RecordType, name: str, condition: Condition) -> None:
        """A partial date matches when some day that it may mean does."""
        lo, hi = days_sql(self.schema, record_type, record_type.field(name))
        if name == "period_end" and condition.field == YEAR:
            lo = "coalesce(t.period_start_lo, t.period_end_lo, t.as_of_lo)"
            hi = "coalesce(t.period_end_hi, t.as_of_hi)"
        if condition.operator == "empty":
            selection.add(f"{lo} IS NULL")
            return
        if condition.operator in ("is", "in"):
            bounds = [_date_bounds(value) for value in condition.values]
            sql = " OR ".join(f"({lo} <= ? AND {hi} >= ?)" for _ in bounds)
            selection.add(f"({sql})", *(day for first, last in bounds for day in (last, first)))
            return
        low, high = condition.values if condition.operator == "range" else (condition.values[0], condition.values[0])
        if condition.operator in ("range", ">=") and low:
            selection.add(f"{hi} >= ?", _date_bounds(low)[0])
        if condition.operator in ("range", "<=") and high:
            selection.add(f"{lo} <= ?", _date_bounds(high)[1])
        if condition.operator == ">":
            selection.add(f"{hi} > ?", _date_bounds(low)[1])
        if condition.operator == "<":
            selection.add(f"{lo} < ?", _date_bounds(high)[0])

    def _choices(self, selection: Selection, column: str, f: Field, kind: Choice, condition: Condition) -> None:
        if condition.operator not in ("is", "in"):
            raise UserError(f"{f.label} is one of a list; write {f.name}:{kind.words[0]}.")
        words = [_parsed(f, value) for value in condition.values]
        selection.add(f"{column} IN ({marks(words)})", *words)

    def _numbers(self, selection: Selection, column: str, f: Field, condition: Condition) -> None:
        if condition.operator in ("is", "in"):
            selection.add(f"{column} IN ({marks(condition.values)})", *(_value(f, v) for v in condition.values))
        elif condition.operator == "range":
            low, high = condition.values
            if low:
                selection.add(f"{column} >= ?", _value(f, low))
            if high:
                selection.add(f"{column} <= ?", _value(f, high))
        else:
            selection.add(f"{column} {condition.operator} ?", _value(f, condition.values[0]))

    def _linked(self, selection: Selection, f: Field, values: tuple[str, ...]) -> None:
        found: list[str] = []
        parameters: list[Value] = []
        for value in values:
            for sql in self._linked_text(f):
                fixed = f.kind.fixed if isinstance(f.kind, Links) else ()
                found.append(sql[:-1] + "".join(f" AND j.{quoted(column)} = ?" for column, _ in fixed) + ")")
                parameters += [like(fold(value)), *(constant for _, constant in fixed)]
            if isinstance(f.kind, Party) and f.kind.printed:
                found.append(f"fold(t.{quoted(f.kind.printed)}) {_LIKE}")
                parameters.append(like(fold(value)))
        selection.add(f"({' OR '.join(found)})", *parameters)


def like(folded: str) -> str:
    """Return the LIKE pattern that finds a folded text anywhere."""
    escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _plain_values(condition: Condition, label: str) -> tuple[str, ...]:
    """Return the values of a condition that can only be searched for, not compared."""
    if condition.operator == "range":
        return ("..".join(condition.values),)
    if condition.operator not in ("is", "in"):
        raise UserError(f"{label}: names and words have no order; write {condition.field}:{condition.values[0]}.")
    return condition.values


def _parsed(f: Field, text: str) -> str:
    return str(_value(f, text) or "")


def _value(f: Field, text: str) -> Value:
    try:
        return f.kind.parse(text)
    except ValueError as error:
        raise UserError(f"{f.label}: {error}") from error


def _date_bounds(text: str) -> tuple[str, str]:
    try:
        return dates.date_bounds(dates.parse_date(text))
    except ValueError as error:
        raise UserError(str(error)) from error

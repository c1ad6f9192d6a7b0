"""What the store computes of a record whenever it is asked for: how far its evidence carries.

One expression of SQL for each computed field, over the record's table under the name t, so that the same words are
shown, sorted by, filtered and exported. A copy of a text counts with the text that it repeats. Nothing here is stored:
an edit of a source is seen at once in every record that rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from azcn_desktop.records.kinds import Computed, Date, Links
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.store.query import main_date
from azcn_desktop.store.tables import quoted

OPEN_STATES = ("open", "in_progress")
_NOTHING_NEW = "('open', 'unknown', 'unverifiable')"
# Dated steps of records: the joining table, its word for what was reached, and the day.
_STEPS = {
    "agreement": ("agreement_event", "stage", "date"),
    "project": ("project_event", "stage", "date"),
    "commitment": ("commitment_check", "status", "checked_on"),
}
_UNSETTLED = (*OPEN_STATES, "unknown")
# The last day on which a commitment t is due: its own, else that of the meeting it is tied to, unless that is put off.
DUE_DAY = (
    "coalesce(t.due_hi, (SELECT coalesce(m.date_end_hi, m.date_hi) FROM meeting m WHERE m.id = t.due_meeting_id "
    "AND m.deleted_at IS NULL AND m.status NOT IN ('postponed', 'cancelled')))"
)
# A copy of a copy leads to the first; chains longer than this are not known (MENAFN <- AzerNews <- Global Times).
_ORIGIN = "coalesce(o3.id, o2.id, o1.id, s.id)"
_AT_HOME = "' ' || coalesce(o3.country, o2.country, o1.country, s.country, '') || ' '"


def computed_fields(record_type: RecordType) -> tuple[Field, ...]:
    """Return the fields of a type that the store computes."""
    return tuple(f for f in record_type.fields if isinstance(f.kind, Computed))


def computed_sql(schema: Schema, record_type: RecordType, f: Field) -> str:
    """Return the expression for a computed field of the record t. Raises KeyError for a name that has none."""
    return _EXPRESSIONS[f.name](schema, record_type)


def day_sql(schema: Schema, record_type: RecordType, f: Field, end: str) -> str:
    """Return the expression for the first (`lo`) or last (`hi`) day of a computed date."""
    assert isinstance(f.kind, Computed)
    assert isinstance(f.kind.of, Date)
    if record_type.name == "dossier":
        return _stage(schema, f"d.{end}") if f.name == "last_stage_on" else _dossier_day(schema, f"d.{end}", f.name)
    return _latest(record_type, f"d.{end}", schema)


def citation_column(schema: Schema, table: str) -> str | None:
    """Return the column by which uses of citations name records of a table; None where it has no sources."""
    return next((c for t, c in schema.parts_of(table) if t.name == "citation_link"), None)


def _supporting(schema: Schema, record_type: RecordType) -> str:
    """Return what follows SELECT to look at the sources that support the record t."""
    column = citation_column(schema, record_type.name)
    assert column is not None
    return (
        "FROM citation_link l JOIN citation c ON c.id = l.citation_id JOIN source s ON s.id = c.source_id "
        "LEFT JOIN source o1 ON o1.id = s.origin_source_id LEFT JOIN source o2 ON o2.id = o1.origin_source_id "
        f"LEFT JOIN source o3 ON o3.id = o2.origin_source_id WHERE l.{quoted(column)} = t.id "
        "AND coalesce(l.role, 'supports') = 'supports' "
        "AND l.deleted_at IS NULL AND c.deleted_at IS NULL AND s.deleted_at IS NULL"
    )


def _independent_sources(schema: Schema, record_type: RecordType) -> str:
    return f"(SELECT count(DISTINCT {_ORIGIN}) {_supporting(schema, record_type)})"


def _confirmed_by(schema: Schema, record_type: RecordType) -> str:
    az, cn = (f"max({_AT_HOME} LIKE '% {code} %')" for code in ("AZ", "CN"))
    return (
        f"(SELECT CASE WHEN {az} AND {cn} THEN 'both' WHEN {az} THEN 'AZ' WHEN {cn} THEN 'CN' END "
        f"{_supporting(schema, record_type)})"
    )


def _confidence(schema: Schema, record_type: RecordType) -> str:
    return f"(SELECT max(c.confidence) {_supporting(schema, record_type)})"


def _completeness(schema: Schema, record_type: RecordType) -> str:
    present = [sql for _, sql in _expected(schema, record_type)]
    return f"round(100.0 * ({' + '.join(present)}) / {len(present):d})"


def _missing(schema: Schema, record_type: RecordType) -> str:
    words = (f"CASE WHEN {sql} THEN '' ELSE ' {name}' END" for name, sql in _expected(schema, record_type))
    return f"nullif(trim({' || '.join(words)}), '')"


def _confirmed_on(schema: Schema, record_type: RecordType) -> str:
    return _latest(record_type, "d.day", schema)


def _months_unchecked(schema: Schema, record_type: RecordType) -> str:
    last = _latest(record_type, "d.lo", schema)  # of "2026" its first day: rather too long than too short
    months = f"(12 * (strftime('%Y', today()) - substr({last}, 1, 4)) + strftime('%m', today()) - substr({last}, 6, 2))"
    states = ", ".join(f"'{state}'" for state in _UNSETTLED)
    return f"CASE WHEN t.status IN ({states}) THEN max(0, {months} - (substr(today(), 9) < substr({last}, 9))) END"


def _is_overdue(schema: Schema, record_type: RecordType) -> str:
    states = ", ".join(f"'{state}'" for state in OPEN_STATES)
    return f"(coalesce({DUE_DAY} < today(), 0) AND t.status IN ({states}))"


def _expected(schema: Schema, record_type: RecordType) -> list[tuple[str, str]]:
    """Return the expected fields of a type, each with a condition that holds where it is filled."""
    expected = [(f.name, _filled(f)) for f in record_type.fields if f.is_expected]
    return [*expected, ("source", f"EXISTS (SELECT 1 {_supporting(schema, record_type)})")]


def _filled(f: Field) -> str:
    if isinstance(f.kind, Links):
        fixed = "".join(f" AND j.{quoted(column)} = '{value}'" for column, value in f.kind.fixed)
        return (
            f"EXISTS (SELECT 1 FROM {quoted(f.kind.through)} j WHERE j.{quoted(f.kind.owner)} = t.id "
            f"AND j.deleted_at IS NULL{fixed})"
        )
    columns = (f"t.{quoted(column)} IS NOT NULL" for column in f.kind.columns(f.name))
    return f"({' OR '.join(columns)})"


def _latest(record_type: RecordType, wanted: str, schema: Schema) -> str:
    """Return the latest day on which a source or a check supports the record t, or another column of that row."""
    # A copy confirms nothing later than what it was copied from.
    first = (
        f"coalesce(o3.{name}, o2.{name}, o1.{name}, s.{name}) AS {called}"
        for name, called in (("published", "day"), ("published_lo", "lo"), ("published_hi", "hi"))
    )
    days = f"SELECT {', '.join(first)} {_supporting(schema, record_type)}"
    if record_type.name == "commitment":
        days += (
            " UNION ALL SELECT k.checked_on, k.checked_on_lo, k.checked_on_hi FROM commitment_check k "
            "WHERE k.commitment_id = t.id AND k.deleted_at IS NULL"
        )
    return f"(SELECT {wanted} FROM ({days}) d WHERE d.hi IS NOT NULL ORDER BY d.hi DESC LIMIT 1)"


def _record_count(schema: Schema, record_type: RecordType) -> str:
    return "(SELECT count(*) FROM dossier_item i WHERE i.dossier_id = t.id AND i.deleted_at IS NULL)"


def _first_on(schema: Schema, record_type: RecordType) -> str:
    return _dossier_day(schema, "d.day", "first_on")


def _last_on(schema: Schema, record_type: RecordType) -> str:
    return _dossier_day(schema, "d.day", "last_on")


def _dossier_day(schema: Schema, wanted: str, name: str) -> str:
    """Return the first or the last day of the records in the dossier t, or another column of that record's date."""
    kind = schema["dossier_item"].field("item").kind
    dated = ((column, target, main_date(schema[target])) for column, target in kind.references("item").items())
    days = " UNION ALL ".join(
        f"SELECT r.{quoted(day)} AS day, r.{quoted(day + '_lo')} AS lo, r.{quoted(day + '_hi')} AS hi "
        f"FROM dossier_item i JOIN {quoted(target)} r ON r.id = i.{quoted(column)} "
        "WHERE i.dossier_id = t.id AND i.deleted_at IS NULL AND r.deleted_at IS NULL"
        for column, target, day in dated
        if day
    )
    order = "d.lo" if name == "first_on" else "d.hi DESC"
    return f"(SELECT {wanted} FROM ({days}) d WHERE d.hi IS NOT NULL ORDER BY {order} LIMIT 1)"


def _last_stage(schema: Schema, record_type: RecordType) -> str:
    return _stage(schema, "d.word")


def _last_stage_on(schema: Schema, record_type: RecordType) -> str:
    return _stage(schema, "d.day")


def _stage(schema: Schema, wanted: str) -> str:
    """Return the stage that the records in the dossier t had reached last until today, or another column of it.

    That a meeting was held takes nothing further by itself: what was said, agreed or built tells the stage, and a
    meeting only where there is nothing else.
    """
    kind = schema["dossier_item"].field("item").kind
    reached = " UNION ALL ".join(
        f"SELECT i.position, i.meeting_id IS NOT NULL AS is_meeting, {word} AS word, {quoted(day)} AS day, "
        f"{quoted(day + '_lo')} AS lo, {quoted(day + '_hi')} AS hi "
        f"FROM dossier_item i JOIN {quoted(target)} r ON r.id = i.{quoted(column)} {steps} "
        "WHERE i.dossier_id = t.id AND i.deleted_at IS NULL AND r.deleted_at IS NULL"
        for column, target in kind.references("item").items()
        if target != "figure"  # it counts, and takes nothing further
        for word, day, steps in _stages_of(schema, target)
    )
    return (
        f"(SELECT {wanted} FROM ({reached}) d WHERE d.lo <= today() AND d.word IS NOT NULL "
        "ORDER BY d.is_meeting, d.hi DESC, d.position DESC LIMIT 1)"
    )


def _stages_of(schema: Schema, table: str) -> Iterator[tuple[str, str, str]]:
    """Yield words for what records r of a table have reached, the date of each, and what to join r with for both.

    A check that found nothing new is no stage: such a commitment has come no further than what was said.
    """
    word, date = "r.status", main_date(schema[table])
    if table == "commitment":
        word = f"CASE WHEN r.status IN {_NOTHING_NEW} THEN r.statement_class ELSE r.status END"
    if date:
        yield word, date, ""
    if step := _STEPS.get(table):
        rows, found, day = step
        joined = f"JOIN {quoted(rows)} k ON k.{quoted(table + '_id')} = r.id AND k.deleted_at IS NULL"
        yield f"CASE WHEN k.{found} NOT IN {_NOTHING_NEW} THEN k.{found} END", day, joined


_EXPRESSIONS: dict[str, Callable[[Schema, RecordType], str]] = {
    "independent_sources": _independent_sources,
    "confirmed_by": _confirmed_by,
    "confidence": _confidence,
    "completeness_pct": _completeness,
    "missing": _missing,
    "confirmed_on": _confirmed_on,
    "months_unchecked": _months_unchecked,
    "is_overdue": _is_overdue,
    "record_count": _record_count,
    "first_on": _first_on,
    "last_on": _last_on,
    "last_stage": _last_stage,
    "last_stage_on": _last_stage_on,
}

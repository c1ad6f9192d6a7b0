"""The life of every commitment as a line: from the statement over the looks at it to what fulfilled it, or to today.

What is due at a meeting is due with that meeting. Nothing is judged here: a line is overdue from its due day to the day
on which the outcome is known, or to today while it is open. Values out; knows neither pixels nor fonts.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct, field

from azcn_desktop.charts.scales import decimal_year
from azcn_desktop.charts.series import Series, Switch, Table
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.words import COMMITMENT_STATUS, RELATION, STATEMENT_CLASS, STATEMENT_GROUPS
from azcn_desktop.store.computed import OPEN_STATES
from azcn_desktop.store.dossiers import record_date
from azcn_desktop.store.query import Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

Sign = Literal["promise", "soft", "speech", "check", "due", "outcome"]
Stroke = Literal["known", "ahead", "overdue"]

_COLUMNS = (
    "id", "what", "statement_class", "status", "made_on", "made_on_lo", "made_on_hi", "due", "due_lo", "due_hi",
    "due_meeting_id",
)  # fmt: skip
_FULFILLED = ("fulfilled_by", "partly_fulfilled_by")
_ENDS = ("meeting", "agreement", "project", "figure")
_PUT_OFF = ("postponed", "cancelled")
ORDERS = (("new", "Newest first"), ("due", "By due date"))


class Mark(Struct, frozen=True):
    """One thing on a line.

    Attributes:
        sign: what it is; the statement bears the sign of its sort.
        x, x_end: decimal years; apart where the day is not known to the month.
        tone: stored status that colours it; empty for a statement and a due day.
        words: what is said of it, headline first.
        table, key: the record that it opens.
    """

    sign: Sign
    x: float
    x_end: float
    tone: str
    words: tuple[str, ...]
    table: str
    key: int

    @property
    def at(self) -> float:
        """Where the sign stands: at the end of a due date, else in the middle of what the date may mean."""
        return self.x_end if self.sign == "due" else (self.x + self.x_end) / 2


class Part(Struct, frozen=True):
    """A stretch of a line, in decimal years."""

    x: float
    x_end: float
    stroke: Stroke


class Lane(Struct, frozen=True):
    """One commitment.

    Attributes:
        key, title: the record.
        status: the stored word.
        group: sort of statement.
        stated: decimal year of the statement.
        marks: from left to right.
        parts: stretches of the line.
        cells: the lane as a row of a table.
    """

    key: int
    title: str
    status: str
    group: Sign
    stated: float
    marks: tuple[Mark, ...]
    parts: tuple[Part, ...]
    cells: tuple[str, ...]

    @property
    def is_overdue(self) -> bool:
        """Tell whether some stretch lies behind the due day."""
        return any(part.stroke == "overdue" for part in self.parts)


class Timeline(Struct, frozen=True):
    """All lines of a filter; read like a `Chart` by who shows pictures.

    Attributes:
        lanes: in the chosen order.
        first, last: whole years that they cover.
        today: decimal year.
        switches, remarks: as of a chart.
        signs: pairs of sign and meaning, those that occur.
    """

    lanes: tuple[Lane, ...]
    first: float
    last: float
    today: float
    switches: tuple[Switch, ...] = ()
    remarks: tuple[str, ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    title: str = "Commitments from statement to outcome"
    unit: str = ""
    kind: str = "timeline"
    axis: str = "years"
    scale: str = "records"
    table: str = "commitment"
    series: tuple[Series, ...] = ()
    headers: tuple[str, ...] = field(
        default=("Commitment", "Class", "Status", "Stated", "Due", "Last check", "Outcome", "Line")
    )

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.lanes

    def as_table(self) -> Table:
        """Return a row for each line."""
        return Table(self.headers, tuple(lane.cells for lane in self.lanes), tuple((lane.key,) for lane in self.lanes))


class Surroundings(Struct):
    """What lies around the commitments: looks, meetings they are tied to, and what fulfilled them.

    Attributes:
        looks: commitment to its looks: status, EDTF day, first and last day.
        outcomes: commitment to relation and record.
        meetings: the meetings that due days are tied to.
    """

    looks: dict[int, list[tuple[str, str, str, str]]]
    outcomes: dict[int, list[tuple[str, Record]]]
    meetings: dict[int, Record]


def draw_timeline(store: Store, query: Query, today: datetime.date, order: str, switches: Sequence[Switch]) -> Timeline:
    """Draw the commitments of a query.

    Args:
        store: where they are.
        query: which.
        today: where open lines end.
        order: `new` for the newest statement first, `due` for the earliest due day first, those without last.
        switches: to stand before the own.
    """
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in store.select(query, _COLUMNS)]
    around = _surroundings(store, rows)
    now = decimal_year(today.isoformat()) or 0.0
    placed = [_lane(row, around, now) for row in rows]
    lanes = sorted((lane for lane in placed if lane is not None), key=partial(_place, order))
    left_out = len(placed) - len(lanes)
    own = Switch("order", "Order", ORDERS, order if order in dict(ORDERS) else "new")
    ends = [x for lane in lanes for mark in lane.marks for x in (mark.x, mark.x_end)]
    return Timeline(
        tuple(lanes),
        float(int(min(ends, default=now))),
        float(int(max([*ends, now])) + 1),
        now,
        (*switches, own),
        (f"{left_out} without a date of the statement not shown",) if left_out else (),
        _signs(lanes),
    )


def _place(order: str, lane: Lane) -> tuple[float, float, int]:
    due = next((mark.at for mark in lane.marks if mark.sign == "due"), 9_999.0)
    return (due if order == "due" else 0.0, -lane.stated, lane.key)


def _surroundings(store: Store, rows: Sequence[Mapping[str, Value]]) -> Surroundings:
    wanted = {_key(row["id"]) for row in rows}
    looks: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    columns = ("commitment_id", "status", "checked_on", "checked_on_lo", "checked_on_hi")
    for owner, *look in store.select(Query("commitment_check"), columns):
        if owner in wanted and look[1]:
            looks[_key(owner)].append(tuple(str(part) for part in look))  # type: ignore[arg-type]
    links: list[tuple[int, str, str, int]] = []
    for relation, owner, *ends in store.select(Query("link"), ("relation", "from_commitment_id", *_to_columns())):
        if owner in wanted and relation in _FULFILLED:
            links += [(_key(owner), str(relation), t, _key(k)) for t, k in zip(_ENDS, ends, strict=True) if k]
    records = {(t, r.key): r for t in _ENDS for r in store.rows(t, [key for _, _, table, key in links if table == t])}
    outcomes: dict[int, list[tuple[str, Record]]] = defaultdict(list)
    for owner, relation, table, key in links:
        if (table, key) in records and not records[table, key].is_deleted:
            outcomes[owner].append((relation, records[table, key]))
    tied = [_key(row["due_meeting_id"]) for row in rows if row["due_meeting_id"]]
    return Surroundings(looks, outcomes, {r.key: r for r in store.rows("meeting", tied) if not r.is_deleted})


def _lane(row: Mapping[str, Value], around: Surroundings, now: float) -> Lane | None:
    """Return the line of a commitment; None where nobody knows when it was made."""
    key, title, status = _key(row["id"]), str(row["what"] or ""), str(row["status"])
    word = str(row["statement_class"])
    group = _group(word)
    span = _span(row["made_on_lo"], row["made_on_hi"])
    if span is None:
        return None
    said = (title, f"{STATEMENT_CLASS.label(word)}, {date_words(str(row['made_on']))}")
    state = f"Now: {COMMITMENT_STATUS.label(status)}"
    made = Mark(group, *span, "", (*said, state), "commitment", key)
    checks = [_check(title, key, look) for look in around.looks.get(key, ())]
    due = _due(row, title, around)
    outcomes = [
        mark for relation, record in around.outcomes.get(key, ()) if (mark := _outcome(title, relation, record))
    ]
    marks = sorted(
        [made, *(m for m in checks if m), *([due] if due else []), *outcomes], key=lambda m: (m.at, m.sign != group)
    )
    parts = tuple(_parts(made, [m for m in checks if m], due, outcomes, status, now))
    cells = _cells(row, title, [m for m in checks if m], due, outcomes, parts)
    return Lane(key, title, status, group, made.at, tuple(marks), parts, cells)


def _group(word: str) -> Sign:
    """Return the sort of a statement; what is of none binds nobody."""
    signs: tuple[Sign, ...] = ("promise", "soft", "speech")
    return next((sign for sign in signs if word in STATEMENT_GROUPS[sign]), "speech")


def _check(title: str, key: int, look: tuple[str, str, str, str]) -> Mark | None:
    status, day, low, high = look
    span = _span(low, high)
    if span is None:
        return None
    words = (title, f"Checked {date_words(day)}: {COMMITMENT_STATUS.label(status)}")
    return Mark("check", *span, status, words, "commitment", key)


def _due(row: Mapping[str, Value], title: str, around: Surroundings) -> Mark | None:
    """Return when it is due: by its own day, else with the meeting that it is tied to."""
    span = _span(row["due_lo"], row["due_hi"], ends=True)
    if span is not None:
        return Mark("due", *span, "", (title, f"Due {date_words(str(row['due']))}"), "commitment", _key(row["id"]))
    meeting = around.meetings.get(_key(row["due_meeting_id"])) if row["due_meeting_id"] else None
    if meeting is None or meeting.values.get("status") in _PUT_OFF:
        return None
    last = meeting.values.get("date_end_hi") or meeting.values.get("date_hi")
    span = _span(meeting.values.get("date_lo"), last, ends=True)
    if span is None:
        return None
    words = (title, f"Due at: {meeting.title}", date_words(record_date(meeting)))
    return Mark("due", *span, "", words, "meeting", meeting.key)


def _outcome(title: str, relation: str, record: Record) -> Mark | None:
    name = next((n for n in ("date", "signed_on", "completed_on", "status_as_of", "period_end", "as_of")
                 if record.record_type.has_field(n) and record.values.get(n)), "")  # fmt: skip
    span = _span(record.values.get(f"{name}_lo"), record.values.get(f"{name}_hi")) if name else None
    if span is None:
        return None
    status = "kept" if relation == "fulfilled_by" else "partly"
    words = (f"{RELATION.label(relation)}: {record.title}", date_words(str(record.values[name])), title)
    return Mark("outcome", *span, status, words, record.table, record.key)


def _parts(
    made: Mark, checks: Sequence[Mark], due: Mark | None, outcomes: Sequence[Mark], status: str, now: float
) -> Iterable[Part]:
    """Yield the stretches: known up to the due day, overdue behind it, and what lies ahead of today."""
    is_open = status in OPEN_STATES
    known = [m.at for m in outcomes] or [m.at for m in checks]
    start = made.at
    end = now if is_open else max(known, default=start)
    if end < start:
        return
    limit = min(end, due.x_end) if due is not None and due.x_end >= start else end
    if limit > start:
        yield Part(start, limit, "known")
    if end > limit:
        yield Part(limit, end, "overdue")
    if is_open and due is not None and due.x_end > end:
        yield Part(end, due.x_end, "ahead")


def _cells(
    row: Mapping[str, Value], title: str, checks: Sequence[Mark], due: Mark | None, outcomes: Sequence[Mark],
    parts: Sequence[Part],
) -> tuple[str, ...]:  # fmt: skip
    last = max(checks, key=lambda mark: mark.x, default=None)
    late = sum(part.x_end - part.x for part in parts if part.stroke == "overdue")
    return (
        title,
        STATEMENT_CLASS.label(str(row["statement_class"])),
        COMMITMENT_STATUS.label(str(row["status"])),
        date_words(str(row["made_on"])),
        "; ".join(due.words[1:]).removeprefix("Due ") if due else "",
        last.words[1].removeprefix("Checked ") if last else "",
        "; ".join(", ".join(mark.words[:2]) for mark in outcomes),
        f"Overdue for {_duration(late)}" if late else "",
    )


def _duration(years: float) -> str:
    months = max(1, round(years * 12))
    return f"{months} months" if months < 24 else f"{months / 12:.1f} years"


def _signs(lanes: Sequence[Lane]) -> tuple[tuple[str, str], ...]:
    found = {mark.sign for lane in lanes for mark in lane.marks}
    strokes = {part.stroke for lane in lanes for part in lane.parts}
    meaning = (
        ("promise", "promise stated"), ("soft", "intention or wish"), ("speech", "proposal or opinion"),
        ("check", "checked"), ("due", "due"), ("outcome", "outcome"), ("overdue", "overdue"),
    )  # fmt: skip
    return tuple((sign, words) for sign, words in meaning if sign in found or sign in strokes)


def _span(low: Value, high: Value, *, ends: bool = False) -> tuple[float, float] | None:
    """Return where a date stands; a day, and a date known to the month, is a point: its middle, or its end."""
    start, end = decimal_year(low), decimal_year(high, after=1)
    if start is None and ends:
        start = end  # "by 2023" has no beginning
    if start is None or end is None:
        return None
    if end - start < 0.12:
        middle = end if ends else (start + end) / 2
        return middle, middle
    return start, end


def _to_columns() -> tuple[str, ...]:
    return tuple(f"to_{table}_id" for table in _ENDS)


def _key(value: Value) -> int:
    assert isinstance(value, int)
    return value

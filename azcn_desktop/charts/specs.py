"""The charts of the tabs: what each draws, and which changes concern it.

The panel asks here and nowhere else. Knows no widget.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts import counts, figures, measures, timeline, trade
from azcn_desktop.charts.scales import decimal_year
from azcn_desktop.charts.series import Chart, Event, Switch
from azcn_desktop.charts.timeline import Timeline
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

Choices = Mapping[str, str]
_VISITS = {"state_visit_meeting": "State visit", "summit_meeting": "Summit", "official_visit": "Official visit"}
_WEIGHTS = {
    "state_visit_meeting": 3, "treaty": 3, "declaration": 2, "joint_statement": 2, "official_visit": 2,
    "summit_meeting": 1,
}  # fmt: skip
_COMMISSION = "intergovernmental_commission"
_DOCUMENTS = {"treaty": "Treaty", "declaration": "Declaration", "joint_statement": "Joint statement"}
_MEETING_COLUMNS = ("id", "title", "date", "date_lo", "date_hi", "kind", "level", "city")
_AGREEMENT_COLUMNS = ("id", "title", "signed_on", "signed_on_lo", "signed_on_hi", "kind")
_A_MONTH = 0.09
MOST_EVENTS = 400
"""More lines than this on the time axis would be a wall: the weightiest stay, of equal ones the latest."""
_ALWAYS = frozenset({"deleted_at"})


class ChartSpec(Struct, frozen=True):
    """One chart of the window.

    Attributes:
        table: the record type whose rows it shows.
        depends_on: tables to the columns that it reads.
        draw: makes the picture from the rows of a query, with the choices of the switches, as of a day.
    """

    table: str
    depends_on: Mapping[str, frozenset[str]]
    draw: Callable[[Store, Query, Choices, datetime.date], Chart | Timeline]

    def is_stale_after(self, notice: ChangeNotice, query: Query) -> bool:
        """Tell whether a change may alter the picture of a query.

        A query with words or conditions may look at any column and behind any link, so that any change counts.
        """
        if query.words or query.conditions:
            return True
        touched = [table for table in self.depends_on if table in notice.tables]
        if not touched or not notice.columns:
            return bool(touched)
        return any(notice.columns & (self.depends_on[table] | _ALWAYS) for table in touched)


def draw_figures(store: Store, query: Query, choices: Choices, today: datetime.date) -> Chart:
    """Draw the figures of the Trade tab: one topic group at a time, a switch between them where there are several."""
    found = figures.read_figures(store, query)
    groups = [measures.topic_group(figure) for figure in found]
    present = [(name, label) for name, label in measures.TOPIC_GROUPS if name in groups]
    wanted = choices.get("topic", "")
    group = wanted if wanted in dict(present) else present[0][0] if present else "trade"
    switches = (Switch("topic", "Topic", tuple(present), group),) if len(present) > 1 else ()
    chosen = [figure for figure, name in zip(found, groups, strict=True) if name == group]
    judge = figures.Judge(store)
    if group == "trade":
        return trade.draw_trade(chosen, judge, choices, read_events(store), switches)
    return measures.draw_measures(chosen, judge, choices, group, switches)


def read_events(store: Store) -> tuple[Event, ...]:
    """Return the meetings and agreements that mark the time axis of trade, in the order of time.

    These are visits and summits of heads of state and sessions of the commission that took place, and treaties,
    declarations and joint statements between the governments; those whose month is not known stay away.
    """
    held = (Condition("kind", "in", (*_VISITS, _COMMISSION)), Condition("status", "is", ("held",)))
    made = (Condition("kind", "in", tuple(_DOCUMENTS)), Condition("level", "is", ("intergovernmental",)))
    found = []
    for row in store.select(Query("meeting", conditions=held), _MEETING_COLUMNS):
        *dated, kind, level, city = row
        if kind == _COMMISSION or level == "head_of_state":
            name = _VISITS.get(str(kind), "Commission")
            found.append(_event("meeting", dated, f"{name}, {city}" if city else name, kind))
    for row in store.select(Query("agreement", conditions=made), _AGREEMENT_COLUMNS):
        *dated, kind = row
        found.append(_event("agreement", dated, _DOCUMENTS[str(kind)], kind))
    known = [event for event in found if event is not None]
    known = sorted(known, key=lambda event: (event.weight, event.x), reverse=True)[:MOST_EVENTS]
    return tuple(sorted(known, key=lambda event: (event.x, event.table == "meeting", event.key)))


def _event(table: str, row: Sequence[Value], label: str, kind: Value) -> Event | None:
    key, title, date, low, high = row
    start, end = decimal_year(low), decimal_year(high, after=1)
    if start is None or end is None or end - start > _A_MONTH or not isinstance(key, int):
        return None
    weight = _WEIGHTS.get(str(kind), 0)
    return Event((start + end) / 2, label, date_words(str(date)), str(title or ""), table, key, weight)


def _draw_meetings(store: Store, query: Query, choices: Choices, today: datetime.date) -> Chart:
    return counts.draw_meetings(store, query)


def _draw_agreements(store: Store, query: Query, choices: Choices, today: datetime.date) -> Chart:
    return counts.draw_agreements(store, query)


def _draw_projects(store: Store, query: Query, choices: Choices, today: datetime.date) -> Chart:
    return counts.draw_projects(store, query)


def _draw_commitments(store: Store, query: Query, choices: Choices, today: datetime.date) -> Chart | Timeline:
    view = "timeline" if choices.get("view") == "timeline" else "age"
    switch = Switch("view", "Picture", (("age", "By age"), ("timeline", "Timeline")), view)
    if view == "timeline":
        return timeline.draw_timeline(store, query, today, choices.get("order", ""), (switch,))
    return replace(counts.draw_commitments(store, query, today), switches=(switch,))


CHARTS: dict[str, ChartSpec] = {
    spec.table: spec
    for spec in (
        ChartSpec("meeting", {"meeting": frozenset({"level", "date"})}, _draw_meetings),
        ChartSpec("agreement", {"agreement": frozenset({"status", "signed_on"})}, _draw_agreements),
        ChartSpec("project", {"project": frozenset({"status", "sector"})}, _draw_projects),
        ChartSpec(
            "commitment",
            {
                "commitment": frozenset({"status", "made_on", "what", "statement_class", "due", "due_meeting_id"}),
                "commitment_check": frozenset({"status", "checked_on"}),
                "link": frozenset({"relation", "from_commitment_id"}),
                "meeting": frozenset({"title", "status", "date", "date_end"}),
                "agreement": frozenset({"title", "signed_on"}),
                "project": frozenset({"name", "completed_on", "status_as_of"}),
                "figure": frozenset({"measure", "period", "period_end", "as_of"}),
            },
            _draw_commitments,
        ),
        ChartSpec(
            "figure",
            {
                "figure": frozenset(figures.COLUMNS) | {"period_start", "period_end", "as_of"},
                "link": frozenset({"relation", "from_figure_id", "to_figure_id"}),
                "meeting": frozenset({"title", "kind", "status", "date", "level", "city"}),
                "agreement": frozenset({"title", "kind", "level", "signed_on"}),
                "citation": frozenset({"source_id"}),
                "citation_link": frozenset({"figure_id"}),
                "source": frozenset({"published"}),
            },
            draw_figures,
        ),
    )
}

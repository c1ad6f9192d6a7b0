"""The built-in views of every page, as data: a name, an icon and the text of a filter.

A view is nothing but a filter with a label, so whatever it shows can be typed into the filter field and changed there.
Knows no widget; counts come from the store.
"""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.records.words import STATEMENT_GROUPS


class View(Struct, frozen=True):
    """One view of a record table.

    Attributes:
        name: stable name within the table: "all", "overdue", "sector:energy".
        table: the record type.
        label: as people read it.
        icon: a name of `Icons`.
        query: the text of the filter field; empty for all.
    """

    name: str
    table: str
    label: str
    icon: str
    query: str = ""


class Facet(Struct, frozen=True):
    """A closed list by which a table is divided in the sidebar.

    Attributes:
        field: the field whose values become views.
        heading: over the group.
        icon: a name of `Icons`.
    """

    field: str
    heading: str
    icon: str = "topic"


def _sort_of_statement(group: str, label: str) -> View:
    """Return the view of commitments of one sort: an expert's proposal never stands among promises."""
    query = f"statement_class:{'|'.join(STATEMENT_GROUPS[group])}"
    return View(f"class-{group}", "commitment", label, group, query)


def _recent(table: str) -> View:
    return View("recent", table, "Recently edited", "recent", "is:recent")


def _unsourced(table: str) -> View:
    return View("unsourced", table, "No source", "needs-attention", "is:unsourced")


def _trash(table: str) -> View:
    return View("trash", table, "Trash", "trash", "is:trash")


BUILT_IN: dict[str, tuple[View, ...]] = {
    "meeting": (
        View("all", "meeting", "All meetings", "all"),
        View("upcoming", "meeting", "Upcoming", "upcoming", "is:upcoming"),
        _recent("meeting"),
        _unsourced("meeting"),
        _trash("meeting"),
    ),
    "agreement": (
        View("all", "agreement", "All agreements", "all"),
        View("upcoming", "agreement", "Anticipated", "upcoming", "is:upcoming"),
        _recent("agreement"),
        _unsourced("agreement"),
        _trash("agreement"),
    ),
    "project": (
        View("all", "project", "All projects", "all"),
        View("upcoming", "project", "Not yet begun", "upcoming", "is:upcoming"),
        _recent("project"),
        _unsourced("project"),
        _trash("project"),
    ),
    "figure": (
        View("trade", "figure", "Trade", "trade", "topic:trade"),
        View("investment", "figure", "Investment", "investment", "topic:investment"),
        View("transit", "figure", "Transit, tourism and other", "transit", "-topic:trade|investment"),
        _recent("figure"),
        _trash("figure"),
    ),
    "commitment": (
        View("all", "commitment", "All commitments", "all"),
        View("upcoming", "commitment", "Upcoming", "upcoming", "is:upcoming"),
        View("overdue", "commitment", "Overdue", "overdue", "is:overdue"),
        View("stale", "commitment", "Unchecked for 6 months", "stale", "is:stale"),
        _sort_of_statement("promise", "Promises"),
        _sort_of_statement("soft", "Intentions and wishes"),
        _sort_of_statement("speech", "Proposals and opinions"),
        _recent("commitment"),
        _unsourced("commitment"),
        _trash("commitment"),
    ),
    "person": (
        View("all", "person", "All people", "all"),
        _recent("person"),
        _unsourced("person"),
        _trash("person"),
    ),
    "organisation": (
        View("all", "organisation", "All organisations", "all"),
        _recent("organisation"),
        _unsourced("organisation"),
        _trash("organisation"),
    ),
    "dossier": (View("all", "dossier", "All dossiers", "all"), _recent("dossier"), _trash("dossier")),
    "source": (View("all", "source", "All sources", "all"), _recent("source"), _trash("source")),
}
FACETS: dict[str, Facet] = {
    "meeting": Facet("level", "Levels", "level"),
    "agreement": Facet("sector", "Sectors"),
    "project": Facet("sector", "Sectors"),
    "commitment": Facet("statement_class", "Classes"),
    "person": Facet("country", "Countries", "country"),
    "organisation": Facet("kind", "Kinds"),
    "source": Facet("kind", "Kinds"),
}


def first_view(table: str) -> View:
    """Return the view that a page starts with."""
    return BUILT_IN[table][0]


def facet_view(record_type: RecordType, facet: Facet, value: Value) -> View:
    """Return the view of the records with one value of a facet."""
    label = record_type.field(facet.field).kind.format(value)
    query = f"{facet.field}:{value}"
    return View(query, record_type.name, label, facet.icon, query)


def find_view(record_type: RecordType, name: str) -> View | None:
    """Return the view of a name, as it was remembered, or None where it is no view any more."""
    for view in BUILT_IN[record_type.name]:
        if view.name == name:
            return view
    facet = FACETS.get(record_type.name)
    field, _, value = name.partition(":")
    if facet is None or field != facet.field or record_type.field(field).kind.check(field, {field: value}):
        return None
    return facet_view(record_type, facet, value)

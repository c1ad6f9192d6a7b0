"""The pages of the window: five tabs and four reference lists, each over one record type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        name: as in object names and on the command line.
        table: the record type.
        label: as people read it.
        icon: a name of `Icons`.
        has_chart: whether a chart stands below the table; of dossiers, their thread.
    """

    name: str
    table: str
    label: str
    icon: str
    has_chart: bool = True


TABS = (
    Page("meetings", "meeting", "Meetings", "meetings"),
    Page("agreements", "agreement", "Agreements", "agreements"),
    Page("projects", "project", "Projects", "projects"),
    Page("trade", "figure", "Trade", "trade"),
    Page("commitments", "commitment", "Commitments", "commitments"),
)
LISTS = (
    Page("people", "person", "People", "people", has_chart=False),
    Page("organisations", "organisation", "Organisations", "organisations", has_chart=False),
    Page("sources", "source", "Sources", "sources", has_chart=False),
    Page("dossiers", "dossier", "Dossiers", "dossiers"),
)
PAGES = TABS + LISTS
BY_NAME = {page.name: page for page in PAGES}
BY_TABLE = {page.table: page for page in PAGES}

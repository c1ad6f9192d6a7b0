"""The pages of the window: five tabs and four reference lists, each over one record type."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class LensSpec(Struct, frozen=True):
    """One way to look at the records of a page.

    Attributes:
        name: as in object names and in what is remembered; `application` knows its class.
        label: as people read it.
    """

    name: str
    label: str


class Page(Struct, frozen=True):
    """One page.

    Attributes:
        name: as in object names and on the command line.
        table: the record type.
        label: as people read it.
        icon: a name of `Icons`.
        lower: what stands below the table; empty for nothing.
        lenses: the table, and other ways to look at its records; empty where there is the table alone.
    """

    name: str
    table: str
    label: str
    icon: str
    lower: Literal["chart", "thread", "reader", ""] = "chart"
    lenses: tuple[LensSpec, ...] = ()


FIGURE_LENSES = (
    LensSpec("figures", "Figures"), LensSpec("conflicts", "Conflicts"), LensSpec("audit", "Audit"),
    LensSpec("statistics", "Statistics"), LensSpec("mirror", "Mirror"),
)  # fmt: skip

TABS = (
    Page("meetings", "meeting", "Meetings", "meetings"),
    Page("agreements", "agreement", "Agreements", "agreements"),
    Page("projects", "project", "Projects", "projects"),
    Page("trade", "figure", "Trade", "trade", lenses=FIGURE_LENSES),
    Page("commitments", "commitment", "Commitments", "commitments"),
)
LISTS = (
    Page("people", "person", "People", "people", lower=""),
    Page("organisations", "organisation", "Organisations", "organisations", lower=""),
    Page("sources", "source", "Sources", "sources", lower="reader"),
    Page("dossiers", "dossier", "Dossiers", "dossiers", lower="thread"),
)
PAGES = TABS + LISTS
BY_NAME = {page.name: page for page in PAGES}
BY_TABLE = {page.table: page for page in PAGES}

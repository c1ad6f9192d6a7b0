"""How many records each line of the sidebar stands for, and which topics a page has: read in one go.

Looks through whole tables, so that it may be the worker that does it. Knows no widget.
"""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, field

from azcn_desktop.gui.pages import LISTS, Page
from azcn_desktop.gui.window.views import BUILT_IN, FACETS, View, facet_view
from azcn_desktop.progress import Progress
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store


class LineCounts(Struct, frozen=True):
    """What was counted.

    Attributes:
        topics: the views of the page's facet, most records first.
        numbers: records by the name of a line.
    """

    topics: tuple[View, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)


def line_name(line: View | Page | None) -> str:
    """Return a name that no other line has; empty for the line that shows more."""
    return f"{type(line).__name__}:{line.name}" if line else ""


def counted_tables(page: Page | None) -> list[str]:
    """Return the tables whose records are counted beside a page."""
    return [*(listed.table for listed in LISTS), *([page.table] if page else [])]


def count_lines(page: Page | None, store: Store, _progress: Progress) -> LineCounts:
    """Count the records of every view and topic of a page, and of the reference lists."""
    numbers = {line_name(listed): store.count(Query(listed.table)) for listed in LISTS}
    if page is None:
        return LineCounts((), numbers)
    record_type = store.schema[page.table]
    for view in BUILT_IN[page.table]:
        numbers[line_name(view)] = store.count(parse_query(view.query, record_type))
    facet = FACETS.get(page.table)
    if facet is None:
        return LineCounts((), numbers)
    found = store.facet(Query(page.table), facet.field)
    topics = tuple(facet_view(record_type, facet, value) for value, _ in found if " " not in str(value))
    words: Counter[str] = Counter()
    for value, number in found:  # a record of two countries counts for both
        words.update(dict.fromkeys(str(value).split(), number))
    numbers |= {line_name(topic): words[topic.query.removeprefix(f"{facet.field}:")] for topic in topics}
    return LineCounts(topics, numbers)

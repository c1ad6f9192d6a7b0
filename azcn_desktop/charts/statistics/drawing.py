"""The one door to the charts of statistics: a choice of flows and of a view in, a picture as values out.

The GUI asks here and nowhere else. Which changes concern a picture is said here too. Knows no widget.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from azcn_desktop.charts.series import Chart, Switch
from azcn_desktop.charts.statistics.lines import read_lines
from azcn_desktop.charts.statistics.totals import draw_balance, draw_totals
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flow_query import FlowQuery
from azcn_desktop.store.store import Store

VIEWS = (
    ("totals", "Totals"), ("balance", "Balance"), ("products", "Products"), ("treemap", "Treemap"),
    ("product", "One product"), ("concentration", "Concentration"),
)  # fmt: skip
_FLOWS, _WORDS = ("trade_flow", "dataset"), ("commodity",)


def draw_statistics(
    store: Store, query: FlowQuery, choices: Mapping[str, str], today: datetime.date
) -> Chart | Treemap:
    """Draw flows.

    Args:
        store: the open file.
        query: what flows; the same value that the table of statistics shows.
        choices: the values of the switches that the picture offers, by their names, and `view`; what is missing or
            not possible here is chosen for the person.
        today: as of which day.
    """
    view = choices.get("view", "")
    view = view if view in dict(VIEWS) else "totals"
    lines = read_lines(store, query, choices)
    if view == "balance":
        chart = draw_balance(lines, f"Balance by {lines.by}")
    else:
        chart = draw_totals(lines, choices, f"Exports and imports by {lines.by}")
    return replace(chart, switches=(Switch("view", "View", VIEWS, view), *chart.switches))


def is_stale_after(notice: ChangeNotice, query: FlowQuery) -> bool:
    """Tell whether a change may alter a picture of these flows, whichever view it is.

    Lists of commodities give products their words, so that they concern every view that names one.
    """
    return notice.touches((*_FLOWS, *_WORDS))

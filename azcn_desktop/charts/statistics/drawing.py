"""The one door to the charts of statistics: a choice of flows and of a view in, a picture as values out.

The GUI asks here and nowhere else. Which changes concern a picture is said here too. Knows no widget.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec.structs import replace

from azcn_desktop.charts.series import Chart, Switch
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.concentration import draw_concentration
from azcn_desktop.charts.statistics.picture_lines import Lines, read_lines
from azcn_desktop.charts.statistics.product_charts import draw_bars, draw_treemap
from azcn_desktop.charts.statistics.products import read_products
from azcn_desktop.charts.statistics.totals import draw_balance, draw_lines, draw_totals
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.commodity_names import descriptions_of
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.store import Store

VIEWS = (
    ("totals", "Totals"), ("balance", "Balance"), ("products", "Products"), ("treemap", "Treemap"),
    ("product", "One product"), ("concentration", "Concentration"),
)  # fmt: skip
Choices = Mapping[str, str]
_OFFERED = 20
_DRAWN_OF = ("trade_flow", "dataset", "commodity")


def draw_statistics(store: Store, query: FlowQuery, choices: Choices, today: datetime.date) -> Chart | Treemap:
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
    with store.database.snapshot():
        chart = _drawn(store, query, choices, view)
    return replace(chart, switches=(Switch("view", "View", VIEWS, view), *chart.switches))


def _drawn(store: Store, query: FlowQuery, choices: Choices, view: str) -> Chart | Treemap:
    if view == "product":
        return _draw_product(store, query, choices)
    if view in ("totals", "balance"):
        lines = read_lines(store, query, choices)
        if view == "balance":
            return draw_balance(lines, f"Balance{_of_text(store, query, lines)} by {lines.by}")
        return draw_totals(lines, choices, f"Exports and imports{_of_text(store, query, lines)} by {lines.by}")
    lines = read_lines(store, query, choices, levels=False)
    if view == "concentration":
        return draw_concentration(store, query, lines, choices)
    products = read_products(store, query, lines, choices)
    return draw_treemap(products, lines) if view == "treemap" else draw_bars(products, lines)


def _draw_product(store: Store, query: FlowQuery, choices: Choices) -> Chart:
    """Draw one product over time: that of the choice, of the text, else the largest of the latest period."""
    wanted, text = choices.get("code", ""), query.text.strip()
    offered: tuple[tuple[str, str], ...] = ()
    if not query.is_code:
        found = read_products(store, query, read_lines(store, query, choices, levels=False), choices)
        largest = found.products[:_OFFERED] if found else ()
        offered = tuple((p.code, naming.code_label(p.code, p.description)) for p in largest)
    is_wanted = wanted.isdigit() and (wanted.startswith(text) or not query.is_code)
    code = wanted if is_wanted else text if query.is_code else offered[0][0] if offered else ""
    one = replace(query, text=code or text)
    lines = read_lines(store, one, choices)
    words = _code_words(store, code, lines)
    if code not in dict(offered):
        offered = ((code, words), *offered)
    chart = draw_lines(lines, f"{words or 'One product'}, by {lines.by}", code)
    switch = (Switch("code", "Product", offered, code),) if len(offered) > 1 else ()
    return replace(chart, switches=(*chart.switches, *switch))


def _of_text(store: Store, query: FlowQuery, lines: Lines) -> str:
    text = query.text.strip()
    return f", {_code_words(store, text, lines) if query.is_code else f'“{text}”'}," if text else ""


def _code_words(store: Store, code: str, lines: Lines) -> str:
    """Return a code with what it stands for in the classification of the lines."""
    used = (value.classification for line in lines.lines for value in line.values)
    words = descriptions_of(store.database, next(filter(None, used), ""), (code,))
    return naming.code_label(code, words.get(code, "")) if code else ""


def is_stale_after(notice: ChangeNotice) -> bool:
    """Tell whether a change may alter a picture of flows, whichever view it is.

    Lists of commodities give products their words, so that they concern every view that names one.
    """
    return notice.touches(_DRAWN_OF)

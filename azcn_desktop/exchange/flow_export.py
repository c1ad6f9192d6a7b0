"""Export of trade flows, of which there are millions: to CSV and to workbooks, page by page.

The same columns and cells as every table has, twenty times as fast: no record is made of a flow. Lines of CSV come
from SQLite ready made, and are made anew by the usual writer where a cell needs care: a quotation mark, or text that a
spreadsheet might run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from azcn_desktop.exchange.cells import Column, plain_text
from azcn_desktop.exchange.neutral import may_hold_formulas
from azcn_desktop.exchange.tabular import WorkbookWriter
from azcn_desktop.exchange.text_tables import CsvWriter, csv_text
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.lines import FlowLines
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.store import Store

FlowWriter = CsvWriter | WorkbookWriter


def write_flows(
    store: Store,
    columns: Sequence[Column],
    order: FlowOrder | None,
    writer: FlowWriter,
    is_raw: bool,
    progress: Progress,
    refuse_if_moved: Callable[[], None],
) -> int:
    """Write flows into a table that has been begun, and return how many.

    Args:
        store: where from.
        columns: of the table.
        order: only these flows, in this order; None for all that count, in the order in which they lie.
        writer: what they go into.
        is_raw: leave formula-like text as it is.
        progress: reports flows and may cancel.
        refuse_if_moved: raises when somebody has changed the data since the start; asked after every page.
    """
    flows = FlowLines(store.database, [column.name for column in columns], order, plain_text)
    written = 0
    progress.report(0, flows.count, TRADE_FLOW.plural)
    for page in flows.pages():
        if isinstance(writer, CsvWriter):
            text, count = csv_page(flows, page, len(columns), is_raw)
            writer.write_text(text)
        else:
            rows = flows.rows(page)
            count = len(rows)
            writer.write_values(rows)
        written += count
        progress.report(written, flows.count, TRADE_FLOW.plural)
        refuse_if_moved()
    return written


def csv_page(flows: FlowLines, page: tuple[Value, ...], width: int, is_raw: bool) -> tuple[str, int]:
    """Return a page as lines of CSV, and how many; the same as the usual writer makes of its rows."""
    text, count = flows.lines(page)
    # With two marks for each cell, no cell holds one.
    if text.count('"') == 2 * width * count and (is_raw or not may_hold_formulas(text, count)):
        return text, count
    rows = flows.rows(page)
    return csv_text(rows, is_raw), len(rows)

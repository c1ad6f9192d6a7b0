"""Reading trade flows in bulk for an export: a page of them as rows, or as the lines of a table of text.

SQLite puts the lines of a page together in one statement, eight times as fast as records can be read. Such lines are
right as long as no cell holds a quotation mark; whoever writes them looks at that, and at formulas, and takes the rows
of the page where in doubt. What counts is written, as the table of statistics shows it: flows of ready datasets, and of
several vintages of one value the one that no ready dataset replaced. Knows no file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.pages import PAGE, last_id
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import row_conditions

LINE_END = "\r\n"
DATASET, DATASET_UID = "dataset_id", "dataset_id_uid"
PUBLISHER = "publisher"
_REALS = frozenset(name for name, sql in TRADE_FLOW.value_columns().items() if sql == "REAL")
_COLUMNS = {name: f't."{name}"' for name in TRADE_FLOW.value_columns()} | {
    DATASET: "coalesce(nullif(d.title, ''), 'Untitled')", DATASET_UID: "d.uid",
    PUBLISHER: "coalesce(d.publisher, '')",
}  # fmt: skip
_ALL = "trade_flow t LEFT JOIN dataset d ON d.id = t.dataset_id WHERE t.id > ? AND t.id <= ?"
_CHOSEN = (
    "json_each(?) k CROSS JOIN trade_flow t ON t.id = k.value LEFT JOIN dataset d ON d.id = t.dataset_id ORDER BY k.key"
)


class FlowLines:
    """The flows of an export, page by page.

    Attributes:
        count: how many flows there are.
    """

    def __init__(
        self,
        database: Database,
        columns: Sequence[str],
        order: FlowOrder | None,
        write_number: Callable[[float], str],
    ) -> None:
        """Prepare to read.

        Args:
            database: where from.
            columns: columns of trade_flow; `dataset_id` stands for the title of the dataset, `dataset_id_uid` for its
                identity and `publisher` for whose statistics it is.
            order: only these flows, in this order; None for all that count, in the order in which they lie.
            write_number: writes a number with as few digits as give the same one again; asked where SQLite can't tell.

        Raises:
            KeyError: there is no such column.
        """
        self._database = database
        self._order = order
        counting = row_conditions(database, FlowQuery())
        self._parameters = tuple(counting.parameters) if order is None else ()
        source = f"{_ALL} AND {counting.joined} ORDER BY t.id" if order is None else _CHOSEN
        cells = ", ".join(_COLUMNS[name] for name in columns)
        texts = ", ".join(_text_sql(name) for name in columns)
        self._template = '"' + '","'.join(["%s"] * len(columns)) + '"' + LINE_END
        self._rows_sql = f"SELECT {cells} FROM {source}"
        lines = f"SELECT printf(?, {texts}) AS line FROM {source}"
        self._lines_sql = f"SELECT coalesce(group_concat(line, ''), ''), count(*) FROM ({lines})"
        database.connection.create_function("exact", 1, write_number, deterministic=True)
        self.count = len(order) if order is not None else count(database, FlowQuery())

    def pages(self) -> Iterator[tuple[Value, ...]]:
        """Yield what stands for each page in `lines` and `rows`; no cursor stays open between two."""
        if self._order is not None:
            for start in range(0, len(self._order), PAGE):
                yield (json.dumps(self._order.ids(start, start + PAGE)),)
            return
        last, low = last_id(self._database), 0
        while low < last:
            # Ids have gaps where datasets were removed, so the end of a page is looked for.
            found = self._database.one(
                "SELECT max(id) FROM (SELECT id FROM trade_flow WHERE id > ? ORDER BY id LIMIT ?)", (low, PAGE)
            )
            if found is None:
                return
            yield low, int(found)
            low = int(found)

    def lines(self, page: tuple[Value, ...]) -> tuple[str, int]:
        """Return a page as text, every cell in quotation marks and none of them escaped, and how many lines it has.

        Numbers have as many digits as it takes to read the same number again. A NUL, which no field takes, would end
        its cell.
        """
        text, count = self._database.all(self._lines_sql, (self._template, *page, *self._parameters))[0]
        return str(text), int(count)

    def rows(self, page: tuple[Value, ...]) -> list[tuple[Value, ...]]:
        """Return a page as stored."""
        return self._database.all(self._rows_sql, (*page, *self._parameters))


def _text_sql(name: str) -> str:
    """Return the expression that writes a column: %s of a REAL has 15 digits, which is not always the same number."""
    column = _COLUMNS[name]
    if name not in _REALS:
        return column
    # Most numbers are whole or have up to three decimals, which arithmetic sees faster than a comparison of texts.
    return (
        f"CASE WHEN {column} IS NULL THEN NULL WHEN {column} NOT BETWEEN 0 AND 1e12 THEN exact({column}) "
        f"WHEN {column} = CAST({column} AS INTEGER) THEN CAST({column} AS INTEGER) "
        f"WHEN {column} >= 0.001 AND CAST({column} * 1000 + 0.5 AS INTEGER) / 1000.0 = {column} THEN {column} "
        f"ELSE exact({column}) END"
    )

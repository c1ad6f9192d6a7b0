"""Pages of flows that a table keeps: read when they are looked at, with the texts of their cells.

A table of millions of rows asks for some fifty at a time. What was read is kept for a while; what follows from a flow
is computed only when somebody asks for it, which a table does once scrolling rests.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from azcn_desktop.gui.statistics.flow_columns import COLUMNS
from azcn_desktop.store.flows.deriving import Derived
from azcn_desktop.store.flows.order import FlowOrder
from azcn_desktop.store.flows.rows import Flow

PAGE_ROWS = 64
_KEPT_PAGES = 96
UNKNOWN = "…"
"""What a cell says while its row is not known yet."""
_NOTHING = ("",) * len(COLUMNS)
_NOT_KNOWN = (UNKNOWN,) * len(COLUMNS)
_DERIVED = tuple(place for place, column in enumerate(COLUMNS) if column.derived)
Read = Callable[[Sequence[int]], list[Flow]]


class _Page:
    """Up to `PAGE_ROWS` rows.

    Attributes:
        flows: by place in the page; None for a row that was removed meanwhile.
        derived: what follows from them, as far as it has been asked for.
        texts: the texts of a row, made when it is looked at.
    """

    __slots__ = ("derived", "flows", "texts")

    def __init__(self, flows: list[Flow | None]) -> None:
        self.flows = flows
        self.derived: dict[int, Derived] = {}
        self.texts: dict[int, Sequence[str]] = {}


class FlowPages:
    """The rows of one order, by their place in it.

    Attributes:
        order: ids in their order.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self.order = FlowOrder([])

    def take(self, order: FlowOrder) -> None:
        """Take another order, and forget what was read."""
        self.order = order
        self._pages.clear()

    def flow(self, row: int) -> Flow | None:
        """Return the flow of a row; None where it is not known yet, or was removed."""
        return self._page(row // PAGE_ROWS).flows[row % PAGE_ROWS] if row < self.order.known else None

    def derived(self, row: int) -> Derived | None:
        """Return what follows from the flow of a row, if it has been computed."""
        page = self._pages.get(row // PAGE_ROWS)
        return page.derived.get(row % PAGE_ROWS) if page else None

    def texts(self, row: int) -> Sequence[str]:
        """Return what the cells of a row say, in the order of the columns."""
        if row >= self.order.known:
            return _NOT_KNOWN
        page, place = self._page(row // PAGE_ROWS), row % PAGE_ROWS
        texts = page.texts.get(place)
        if texts is None:
            flow = page.flows[place]
            texts = page.texts[place] = _NOTHING if flow is None else _texts(flow, page.derived.get(place))
        return texts

    def without_derived(self, rows: Iterable[int]) -> list[tuple[int, Flow]]:
        """Return those rows, with their flows, of which nothing has been derived yet."""
        found = []
        for row in rows:
            flow = self.flow(row)
            if flow is not None and self.derived(row) is None:
                found.append((row, flow))
        return found

    def take_derived(self, rows: Iterable[int], derived: Iterable[Derived]) -> None:
        """Take what follows from the flows of some rows."""
        for row, one in zip(rows, derived, strict=True):
            page = self._page(row // PAGE_ROWS)
            page.derived[row % PAGE_ROWS] = one
            page.texts.pop(row % PAGE_ROWS, None)

    def forget_row(self, row: int) -> None:
        """Read the page of a row anew when it is looked at again."""
        self._pages.pop(row // PAGE_ROWS, None)

    def forget_derived(self) -> None:
        """Compute anew what follows from flows: an edit of one changes what follows from others."""
        for page in self._pages.values():
            page.derived.clear()
            page.texts.clear()

    def forget(self) -> None:
        """Read all pages anew when they are looked at again."""
        self._pages.clear()

    def _page(self, number: int) -> _Page:
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page
        ids = self.order.ids(number * PAGE_ROWS, (number + 1) * PAGE_ROWS)
        found = {flow.id: flow for flow in self._read(ids)}
        page = self._pages[number] = _Page([found.get(key) for key in ids])
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page


def _texts(flow: Flow, derived: Derived | None) -> Sequence[str]:
    texts = [column.text(flow) if column.text else "" for column in COLUMNS]
    if derived is not None:
        for place in _DERIVED:
            make = COLUMNS[place].derived
            texts[place] = make(derived, flow) if make else ""
    return texts

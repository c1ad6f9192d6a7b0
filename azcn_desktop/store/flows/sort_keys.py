"""By what flows are sorted: one rule for a page that is sorted at once and for millions that a worker sorts.

Numbers go by their size, words of closed lists by the place in their list, names without regard to case and accents,
a period goes by its end, and all goods stand before all codes. What is empty stands last in both directions. Ties stand
by code, period and id, always rising.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.kinds import Choice, Integer, Number, Value
from azcn_desktop.records.text import fold
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.places import code_key, period_key

DESCRIPTION, DATASET, PUBLISHER = "description", "dataset", "publisher"
CODE, PERIOD = "code", "period"
STORED_PERIOD = "stored period"
"""No column to sort by, but what ties stand by: the index has periods as they are stored."""
_COLUMNS = {name: f't."{name}"' for name in TRADE_FLOW.value_columns()} | {
    "id": "t.id", DATASET: "t.dataset_id", PUBLISHER: "t.dataset_id", STORED_PERIOD: "t.period",
}  # fmt: skip


class Sort(Struct, frozen=True):
    """A column to sort by.

    Attributes:
        name: a column of trade_flow, `id`, `description`, `dataset` or `publisher`; empty for none.
        is_falling: the greatest first.
    """

    name: str
    is_falling: bool

    @classmethod
    def of(cls, text: str) -> Sort:
        """Read the sort of a query. Raises KeyError for a column that there is not."""
        name = text.removeprefix("-")
        if name and name not in _COLUMNS and name != DESCRIPTION:
            raise KeyError(f"flows can't be sorted by {name}")
        return cls(name, text.startswith("-"))

    @property
    def is_by_code(self) -> bool:
        """Tell whether the order is one of codes, which the index on codes gives."""
        return self.name in (CODE, DESCRIPTION)

    @property
    def is_number(self) -> bool:
        """Tell whether the column holds numbers that are compared as such."""
        if self.name == "id":
            return True
        return self.name not in (DATASET, PUBLISHER, STORED_PERIOD) and isinstance(
            TRADE_FLOW.field(self.name).kind, Number | Integer
        )

    @property
    def column(self) -> str:
        """Return the column of `trade_flow t` that is read, as constant SQL."""
        return _COLUMNS[self.name]


def ranks(database: Database, sort: Sort, values: Iterable[Value]) -> dict[Value, int]:
    """Return the rank of each of some stored words in a rising order; equal ones share theirs. Empty ones have none."""
    key_of = {value: _key(sort.name, value, _titles(database, sort.name)) for value in values if value is not None}
    places = {key: place for place, key in enumerate(sorted(set(key_of.values())))}
    return {value: places[key] for value, key in key_of.items()}


def _key(name: str, value: Value, titles: dict[int, str]) -> tuple[int, str, str]:
    if name in (DATASET, PUBLISHER):
        return 0, fold(titles.get(int(value or 0), "")), ""
    text = str(value)
    if name == CODE:
        return (*code_key(text), "")
    if name == PERIOD:
        return (*period_key(text), "")
    if name == STORED_PERIOD:
        return 0, text, ""
    kind = TRADE_FLOW.field(name).kind if TRADE_FLOW.has_field(name) else None
    if isinstance(kind, Choice) and text in kind.words:
        return kind.words.index(text), "", ""
    return 1_000, fold(text), text


def _titles(database: Database, name: str) -> dict[int, str]:
    if name not in (DATASET, PUBLISHER):
        return {}
    sql = "SELECT id, title FROM dataset" if name == DATASET else "SELECT id, publisher FROM dataset"
    return {key: text or "" for key, text in database.all(sql)}

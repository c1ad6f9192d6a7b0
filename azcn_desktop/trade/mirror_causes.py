"""Why Azerbaijan and China report one flow differently, as the analyst wrote it down.

A cause belongs to a direction, a year and a chapter or all goods; one gap may have several. They are records like any
other: what is done here is one step of undo.
"""

from __future__ import annotations

from dataclasses import dataclass

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.words import MIRROR_CAUSE, MIRROR_DIRECTION
from azcn_desktop.store import edits
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_COLUMNS = ("id", "direction", "period", "code", "cause", "text", "source_id")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why the two sides differ, as the analyst wrote it down.

    Attributes:
        key: the record.
        direction, year, code: of which gap; TOTAL for all goods.
        cause: a word of `MIRROR_CAUSE`.
        text: in words; empty for None.
        source: the id of a source; None without one.
    """

    key: int
    direction: str
    year: int
    code: str
    cause: str
    text: str
    source: int | None

    @property
    def words(self) -> str:
        """The cause and the analyst's words: "Re-export or transit: cars for Georgia"."""
        return f"{MIRROR_CAUSE.label(self.cause)}: {self.text}" if self.text else MIRROR_CAUSE.label(self.cause)


def read_causes(store: Store) -> list[Cause]:
    """Return what analysts wrote down, of all years."""
    found = []
    for key, direction, period, code, cause, text, source in store.select(Query("mirror_note"), _COLUMNS):
        assert isinstance(key, int)
        year = int(str(period)[:4])
        found.append(Cause(key, str(direction), year, str(code), str(cause), str(text or ""), _id(source)))
    return found


def note_cause(
    store: Store, direction: str, year: int, cause: str, text: str = "", code: str = TOTAL,
    source: int | None = None, key: int | None = None,
) -> ChangeSet:  # fmt: skip
    """Write down why the two sides differ.

    Args:
        store: where it goes.
        direction, year, code: of which gap: two digits of a chapter, or TOTAL.
        cause: a word of `MIRROR_CAUSE`.
        text: in words.
        source: the id of a source.
        key: of a note that is to say this from now on; None makes a new one.

    Raises:
        Conflict: that note is gone.
    """
    values: dict[str, Value] = {
        "direction": direction, "period": f"{year}", "code": code, "cause": cause, "text": text or None,
        "source_id": source,
    }  # fmt: skip
    label = f"Cause of the gap of {year}, {MIRROR_DIRECTION.label(direction).lower()}"
    if key is None:
        row = store.schema["mirror_note"].new_row() | values
        return ChangeSet(label, (Change("mirror_note", -1, None, row),))
    record = store.get("mirror_note", key)
    if record is None:
        raise Conflict("This cause of a gap no longer exists.")
    moved = {name: value for name, value in values.items() if record.values.get(name) != value}
    before = {name: record.values.get(name) for name in moved}
    return ChangeSet(label, (Change("mirror_note", key, before, moved),) if moved else ())


def forget_cause(store: Store, key: int) -> ChangeSet:
    """Take away a note on a gap."""
    return edits.remove_part(store, "mirror_note", key, "Remove the cause of a gap")


def _id(value: Value) -> int | None:
    return value if isinstance(value, int) else None

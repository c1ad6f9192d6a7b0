"""Why Azerbaijan and China report one flow differently, as the analyst wrote it down.

A cause belongs to a direction, a year and a chapter or all goods; one gap may have several. They are records like any
other: what is done here is one step of undo.
"""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.words import MIRROR_CAUSE, MIRROR_DIRECTION
from azcn_desktop.store import edits
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

NEW = -1
_COLUMNS = ("id", "direction", "period", "code", "cause", "text", "source_id")


class Cause(Struct, frozen=True):
    """Why the two sides differ, as the analyst wrote it down.

    Attributes:
        direction, year: of which gap.
        cause: a word of `MIRROR_CAUSE`.
        text: in words; empty for None.
        code: of which gap: two digits of a chapter, or TOTAL for all goods.
        source: the id of a source; None without one.
        key: the record; NEW for what is not written yet.
    """

    direction: str
    year: int
    cause: str
    text: str = ""
    code: str = TOTAL
    source: int | None = None
    key: int = NEW

    @property
    def words(self) -> str:
        """The cause and the analyst's words: "Re-export or transit: cars for Georgia"."""
        return f"{MIRROR_CAUSE.label(self.cause)}: {self.text}" if self.text else MIRROR_CAUSE.label(self.cause)


def read_causes(store: Store) -> list[Cause]:
    """Return what analysts wrote down, of all years."""
    found = []
    for key, direction, period, code, cause, text, source in store.select(Query("mirror_note"), _COLUMNS):
        assert isinstance(key, int)
        year, words = int(str(period)[:4]), str(text or "")
        found.append(Cause(str(direction), year, str(cause), words, str(code), _id(source), key))
    return found


def note_cause(store: Store, cause: Cause) -> ChangeSet:
    """Write down why the two sides differ.

    Args:
        store: where it goes.
        cause: one that is written already says this from now on.

    Raises:
        Conflict: it is gone.
    """
    values: dict[str, Value] = {
        "direction": cause.direction, "period": f"{cause.year}", "code": cause.code, "cause": cause.cause,
        "text": cause.text or None, "source_id": cause.source,
    }  # fmt: skip
    direction = MIRROR_DIRECTION.label(cause.direction)
    label = f"Cause of the gap of {cause.year}, {direction[:1].lower()}{direction[1:]}"
    if cause.key == NEW:
        row = store.schema["mirror_note"].new_row() | values
        return ChangeSet(label, (Change("mirror_note", NEW, None, row),))
    record = store.get("mirror_note", cause.key)
    if record is None:
        raise Conflict("This cause of a gap no longer exists.")
    moved = {name: value for name, value in values.items() if record.values.get(name) != value}
    before = {name: record.values.get(name) for name in moved}
    return ChangeSet(label, (Change("mirror_note", cause.key, before, moved),) if moved else ())


def forget_cause(store: Store, key: int) -> ChangeSet:
    """Take away a note on a gap."""
    return edits.remove_part(store, "mirror_note", key, "Remove the cause of a gap")


def _id(value: Value) -> int | None:
    return value if isinstance(value, int) else None

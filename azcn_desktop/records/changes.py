"""Changes as data: what was there, what is there now. Undo is the same thing with the images swapped.

Knows no database and no command classes: whoever wants to change something builds a ChangeSet and hands it to the
store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

from azcn_desktop.records.kinds import Value

Image = Mapping[str, Value]


class Change(Struct, frozen=True):
    """One row before and after.

    Attributes:
        table: the record table.
        key: the id of the row. For an insert a negative number may stand in: every negative key of a set gets its
            real id when the set is applied, and links of the same set may use it.
        before: values of the changed columns as they were; None is an insert.
        after: values of the changed columns as they shall be; None is a delete.
    """

    table: str
    key: int
    before: Image | None
    after: Image | None

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.table, self.key, self.after, self.before)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing differs."""
        return self.before is not None and self.after is not None and dict(self.before) == dict(self.after)


class ChangeSet(Struct, frozen=True):
    """What a person did in one step, in the order in which it is carried out.

    Attributes:
        label: the step in words, as the undo menu shows it: "Edit status of Protocol of the 10th meeting".
        changes: the rows.
        origin: edit, import, shipped (the first build), restore.
    """

    label: str
    changes: tuple[Change, ...]
    origin: Literal["edit", "import", "shipped", "restore"] = "edit"

    def inverse(self) -> ChangeSet:
        """Return the set that takes this one back, last row first."""
        return ChangeSet(self.label, tuple(c.inverse() for c in reversed(self.changes)), self.origin)

    def without_empty(self) -> ChangeSet:
        """Return the set without rows in which nothing differs."""
        kept = tuple(change for change in self.changes if not change.is_empty)
        return ChangeSet(self.label, kept, self.origin)


class ChangeNotice(Struct, frozen=True):
    """What a committed change touched, for everyone who shows it.

    Attributes:
        tables: table to the ids of touched rows; None means that any row may have changed.
        columns: the names of the changed columns over all tables; empty means any.
        label: the step in words.
        new_keys: placeholder keys of inserts to the ids they got.
    """

    tables: Mapping[str, frozenset[int] | None]
    columns: frozenset[str] = frozenset()
    label: str = ""
    new_keys: Mapping[int, int] = field(default_factory=dict)

    def touches(self, tables: Iterable[str]) -> bool:
        """Tell whether any of these tables changed."""
        return any(table in self.tables for table in tables)

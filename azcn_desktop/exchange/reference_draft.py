"""What the reference tables become: rows to insert, and what is remembered of them as shipped.

Placeholder keys stand for ids that only the store can give. Knows nothing of the tables themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Party, Row, Value
from azcn_desktop.records.schema import Schema
from azcn_desktop.store.shipped_uids import shipped_uid

Who = tuple[str | None, int | None, str | None]
"""Table and placeholder key of a record, or printed words: the arguments of `Party.assign`."""


class Shipped(Struct, frozen=True):
    """One row that is remembered as shipped.

    Attributes:
        reference: its id in the reference data, or the owner's with part and number: `M003/participation/1`.
        table, key: the row, by its placeholder.
        is_main: false for a further id of a record that has its values under another one.
    """

    reference: str
    table: str
    key: int
    is_main: bool = True


class Plan(Struct, frozen=True):
    """Everything that the reference tables say, ready to be written in one step.

    Attributes:
        changes: the rows, owners before parts.
        shipped: what is remembered of them.
    """

    changes: tuple[Change, ...]
    shipped: tuple[Shipped, ...]

    def change_set(self) -> ChangeSet:
        """Return the step; it is no undo step."""
        return ChangeSet("Reference data", self.changes, "shipped")

    def remembered(self, schema: Schema, keys: Mapping[int, int]) -> Iterator[tuple[str, str, int, Row | None]]:
        """Yield what `Store.remember_shipped` takes, with real ids for placeholders."""
        images = {change.key: change.after or {} for change in self.changes}
        references = {record_type.name: record_type.references() for record_type in schema}
        for row in self.shipped:
            image = None
            if row.is_main:
                image = dict(images[row.key])
                image |= {c: keys[v] for c in references[row.table] if isinstance(v := image.get(c), int)}
            yield row.reference, row.table, keys[row.key], image


class Draft:
    """Collects rows for a plan.

    Attributes:
        schema: the declarations.
    """

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self._blank = {record_type.name: record_type.new_row() for record_type in schema}
        self._changes: list[Change] = []
        self._shipped: list[Shipped] = []

    def add(self, table: str, identity: str, values: Row, references: Iterable[str] = ()) -> int:
        """Add a row.

        Args:
            table: its record type.
            identity: what its stable identity is computed from.
            values: its columns; the rest has its default.
            references: under which it is remembered as shipped; the first one with its values.

        Returns:
            The placeholder for its id.
        """
        key = -1 - len(self._changes)
        row: dict[str, Value] = self._blank[table] | dict(values) | {"uid": shipped_uid(table, identity)}
        self._changes.append(Change(table, key, None, row))
        self._shipped += [Shipped(name, table, key, n == 0) for n, name in enumerate(references)]
        return key

    def add_part(self, table: str, owner: str, number: int, values: Row) -> int:
        """Add a row that belongs to a record and is set back with it, for instance a participant."""
        reference = f"{owner}/{table}/{number}"
        return self.add(table, reference, values, [reference])

    def party(self, table: str, field: str, who: Who) -> dict[str, Value]:
        """Return the columns of a party field for one choice."""
        kind = self.schema[table].field(field).kind
        assert isinstance(kind, Party)
        return kind.assign(*who)

    def plan(self) -> Plan:
        """Return what was collected."""
        return Plan(tuple(self._changes), tuple(self._shipped))

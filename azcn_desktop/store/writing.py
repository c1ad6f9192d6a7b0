"""Writing rows: the one place where a Change becomes INSERT, UPDATE or DELETE.

Compares what the change expects with what is on disk, judges the new row by its declaration, and computes the derived
columns. Runs inside a transaction that the store opens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from azcn_desktop.errors import Conflict
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Party, Row, Value
from azcn_desktop.records.schema import NOTE, SEARCH_COLUMN, RecordType, Schema
from azcn_desktop.records.text import fold
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.records import source_texts
from azcn_desktop.store.tables import quoted
from azcn_desktop.store.uids import new_uid

_KEPT = (
    "uid",
    "created_at",
    "deleted_at",
)  # standard columns that an image holds, so that undo gives back the same row
_SEARCHED_NOTE = 20_000  # characters of a note that are searched; a pasted book must not slow down every filter


class RowWriter:
    """Carries out the changes of one step.

    Attributes:
        new_keys: placeholder keys of this step to the ids their rows got.
    """

    def __init__(self, database: Database, schema: Schema, now: str) -> None:
        self._database = database
        self._schema = schema
        self._now = now
        self.new_keys: dict[int, int] = {}

    def write(self, change: Change) -> Change:
        """Carry out one change and return it as it was done: with real ids, and whole enough to be taken back."""
        record_type = self._schema[change.table]
        if record_type.name == "trade_flow":
            return self._write_summed(record_type, change)
        return self._carry_out(record_type, change)

    def _write_summed(self, record_type: RecordType, change: Change) -> Change:
        """Carry out a change of a trade flow, and keep the sums that charts read."""
        if change.before is not None:
            summaries.take_out(self._database, "id = ?", (change.key,))
        done = self._carry_out(record_type, change)
        if change.after is not None:
            summaries.add(self._database, "id = ?", (done.key,))
        return done

    def _carry_out(self, record_type: RecordType, change: Change) -> Change:
        if change.before is None:
            return self._insert(record_type, change)
        if change.after is None:
            return self._delete(record_type, change)
        return self._update(record_type, change)

    def _insert(self, record_type: RecordType, change: Change) -> Change:
        given = self._resolved(record_type, change.after or {})
        values = dict.fromkeys(record_type.value_columns()) | given
        record_type.refuse_bad(values)
        standard: dict[str, Value] = {}
        if not record_type.is_bulk:
            given |= {"uid": given.get("uid") or new_uid(), "created_at": given.get("created_at") or self._now}
            standard = {c: given[c] for c in _KEPT if c in given} | {"rev": 1, "updated_at": self._now}
        if change.key > 0:
            standard["id"] = change.key
        row = values | standard | derived(record_type, values)
        names = ", ".join(map(quoted, row))
        cursor = self._database.execute(
            f"INSERT INTO {quoted(record_type.name)} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
        key = int(cursor.lastrowid or 0)
        if change.key <= 0:
            self.new_keys[change.key] = key
        return Change(change.table, key, None, given)

    def _update(self, record_type: RecordType, change: Change) -> Change:
        key = self.new_keys.get(change.key, change.key)
        after = self._resolved(record_type, change.after or {})
        row = self._row(record_type, key, leaving_out=source_texts(record_type) - {*after, *(change.before or {})})
        self._compare(record_type, row, change.before or {})
        new = row | after
        if set(after) != {"deleted_at"}:  # also what newer rules call impossible can go to the trash
            record_type.refuse_bad(new)
        changed = after | derived(record_type, new)
        if not record_type.is_bulk:
            changed |= {"updated_at": self._now, "rev": int(row["rev"] or 0) + 1}
        assignments = ", ".join(f"{quoted(column)} = ?" for column in changed)
        self._database.execute(
            f"UPDATE {quoted(record_type.name)} SET {assignments} WHERE id = ?", [*changed.values(), key]
        )
        return Change(change.table, key, {column: row[column] for column in after}, after)

    def _delete(self, record_type: RecordType, change: Change) -> Change:
        row = self._row(record_type, change.key)
        self._compare(record_type, row, change.before or {})
        self._database.execute(f"DELETE FROM {quoted(record_type.name)} WHERE id = ?", (change.key,))
        row.pop("rev", None)
        return Change(change.table, change.key, row, None)

    def _row(self, record_type: RecordType, key: int, leaving_out: Collection[str] = ()) -> dict[str, Value]:
        values = (column for column in record_type.value_columns() if column not in leaving_out)
        columns = [*([] if record_type.is_bulk else ["rev", *_KEPT]), *values]
        rows = self._database.all(
            f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(record_type.name)} WHERE id = ?", (key,)
        )
        if not rows:
            raise Conflict(f"This {record_type.label.lower()} no longer exists. Nothing was changed.")
        return dict(zip(columns, rows[0], strict=True))

    def _compare(self, record_type: RecordType, row: Row, before: Mapping[str, Value]) -> None:
        moved = [column for column, value in before.items() if column in row and not same(row[column], value)]
        if moved:
            f = record_type.field_of_column(moved[0])
            what = f.label if f else "state"
            raise Conflict(
                f"{what} of this {record_type.label.lower()} was changed meanwhile, so nothing was written. "
                "Look at the new value and try again."
            )

    def _resolved(self, record_type: RecordType, image: Mapping[str, Value]) -> dict[str, Value]:
        """Put real ids for placeholders, and refuse columns that the table does not have."""
        allowed = {*record_type.value_columns(), *([] if record_type.is_bulk else _KEPT)}
        unknown = set(image) - allowed
        if unknown:
            raise ValueError(f"{record_type.name} has no column {', '.join(sorted(unknown))}")
        result = dict(image)
        for column in record_type.references():
            value = result.get(column)
            if isinstance(value, int) and value < 0:
                result[column] = self.new_keys[value]
        return result


def derived(record_type: RecordType, row: Row) -> dict[str, Value]:
    """Compute the columns that the store keeps beside the given ones: bounds of dates, the search key."""
    computed: dict[str, Value] = {}
    for f in record_type.fields:
        computed |= f.kind.derive(f.name, row)
    if record_type.is_bulk:
        return computed
    return computed | {SEARCH_COLUMN: search_key(record_type, row)}


def search_key(record_type: RecordType, row: Row) -> str:
    """Return the folded text of all searchable fields, each on a line of its own so that no phrase spans two."""
    parts = []
    for f in record_type.fields:
        if not f.is_searchable:
            continue
        column = f.kind.printed if isinstance(f.kind, Party) else f.name
        value = row.get(column)
        if value is not None:
            parts.append(fold(str(value)[:_SEARCHED_NOTE] if f.name == NOTE else str(value)))
    return "\n".join(parts)


def same(one: Value, other: Value) -> bool:
    """Tell whether two stored values are the same in value and type; SQLite stores 1.0 in a REAL column for 1."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    return type(one) is type(other) and one == other

"""The journal: what was changed, in which step, and in which order it is taken back.

States of a step: done, undone (can be redone), dropped (undone, then something else was done), closed (its records
were removed for good or changed behind its back; it can't be taken back). Knows how steps are recorded, not how rows
are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from msgspec import Struct

from azcn_desktop.records.changes import Change, ChangeSet, Image
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database

LONG = 200_000
"""Bytes or characters from which on reading or writing holds a person up."""
_MANY = 3_000  # rows of a step
_PIECE = 100_000  # characters written in one go: no other thread runs meanwhile
_UNDOABLE = "origin IN ('edit', 'import', 'restore')"
_NAMES = "(json_extract(after_image, ?) = ? OR json_extract(before_image, ?) = ?)"
_SHORT = f"CASE WHEN length(?) <= {LONG:d} THEN ? END, coalesce(length(?), 0)"
_SHORT_IMAGES = ", ".join(_SHORT.replace("?", side) for side in ("before_image", "after_image"))
# An image as a history needs it: the texts of a source, which may be megabytes, as how much they hold.
_TOLD = """CASE WHEN j.table_name != 'source' OR ? IS NULL THEN ? ELSE json_replace(?,
    '$.text_raw', length(json_extract(?, '$.text_raw')),
    '$.text_clean', length(json_extract(?, '$.text_clean')),
    '$.text_repairs', CASE json_valid(json_extract(?, '$.text_repairs'))
        WHEN 1 THEN json_array_length(json_extract(?, '$.text_repairs'), '$.repairs') END) END"""
_TOLD_IMAGES = ", ".join(_TOLD.replace("?", side) for side in ("j.before_image", "j.after_image"))
_IMAGE = "(SELECT CASE ? WHEN 'before' THEN before_image ELSE after_image END FROM journal WHERE id = ?)"
_CLOSE = (
    "UPDATE journal_set SET state = CASE state WHEN 'done' THEN 'closed' ELSE 'dropped' END "
    "WHERE state IN ('done', 'undone') AND id IN"
)


class Step(Struct, frozen=True):
    """One recorded step.

    Attributes:
        key: its number.
        label: in words.
        at: UTC time, ISO 8601.
        change_set: the rows.
    """

    key: int
    label: str
    at: str
    change_set: ChangeSet


class Journal:
    """Records steps and finds the next one to take back or do again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, change_set: ChangeSet, at: str) -> None:
        """Record a step; what was undone before can't be redone any more."""
        self._database.execute("UPDATE journal_set SET state = 'dropped' WHERE state = 'undone'")
        cursor = self._database.execute(
            "INSERT INTO journal_set (label, origin, at) VALUES (?, ?, ?)", (change_set.label, change_set.origin, at)
        )
        for change in change_set.changes:
            self._database.execute(
                "INSERT INTO journal (set_id, table_name, row_id, before_image, after_image) VALUES (?, ?, ?, ?, ?)",
                (cursor.lastrowid, change.table, change.key, image_text(change.before), image_text(change.after)),
            )

    def next_undo(self) -> tuple[int, str] | None:
        """Return number and label of the step that undo takes back."""
        return self._pick(f"state = 'done' AND {_UNDOABLE} ORDER BY id DESC")

    def next_redo(self) -> tuple[int, str] | None:
        """Return number and label of the step that redo does again."""
        return self._pick("state = 'undone' ORDER BY id")

    def step(self, key: int) -> Step:
        """Return a recorded step."""
        label, origin, at = self._database.all("SELECT label, origin, at FROM journal_set WHERE id = ?", (key,))[0]
        rows = self._database.all(
            f"SELECT id, table_name, row_id, {_SHORT_IMAGES} FROM journal WHERE set_id = ? ORDER BY id",
            (key,),
        )
        changes = tuple(
            Change(
                table, row,
                self._long_image("before", entry) if before_length > LONG else _image(before),
                self._long_image("after", entry) if after_length > LONG else _image(after),
            )
            for entry, table, row, before, before_length, after, after_length in rows
        )  # fmt: skip
        return Step(key, label, at, ChangeSet(label, changes, origin))

    def is_long(self, key: int) -> bool:
        """Tell whether a step takes so long to be taken back or done again that a person would notice."""
        count = self._database.one("SELECT count(*) FROM journal WHERE set_id = ?", (key,))
        sources = "SELECT id FROM journal WHERE set_id = ? AND table_name = 'source' LIMIT 100"
        return count > _MANY or self._size(self._database.all(sources, (key,))) > LONG

    def is_long_history(self, table: str, key: int) -> bool:
        """Tell whether reading what was done to one row takes so long that a person would notice."""
        entries = self._database.all("SELECT id FROM journal WHERE table_name = ? AND row_id = ?", (table, key))
        return self._size(entries) > LONG

    def _size(self, entries: Iterable[tuple[int]]) -> int:
        sides = ("before_image", "after_image")
        return sum(self._database.size("journal", side, entry) for (entry,) in entries for side in sides)

    def _long_image(self, *image: str | int) -> Image:
        """Read an image with megabytes of text; SQLite does it while other threads run, the json module would not."""
        sql = f"SELECT key, atom FROM json_each({_IMAGE}) WHERE type = 'text' AND length(atom) > {_PIECE:d}"
        texts = dict(self._database.all(sql, image))
        paths = [f'$."{column}"' for column in texts]
        rest = self._database.one(f"SELECT json_remove({', '.join([_IMAGE, *'?' * len(paths)])})", (*image, *paths))
        return {**json.loads(rest), **texts}

    def mark(self, key: int, state: str) -> None:
        """Set the state of a step."""
        self._database.execute("UPDATE journal_set SET state = ? WHERE id = ?", (state, key))

    def close_steps_of(self, rows: Iterable[tuple[str, int]]) -> None:
        """End undo and redo for every step that touches one of these rows."""
        for table, key in rows:
            self._database.execute(
                f"{_CLOSE} (SELECT set_id FROM journal WHERE table_name = ? AND row_id = ?)", (table, key)
            )

    def close_steps_naming(self, table: str, column: str, key: int) -> None:
        """End undo and redo for every step that put a reference to a row into a column, or took it out."""
        path = f"$.{column}"
        self._database.execute(
            f"{_CLOSE} (SELECT set_id FROM journal WHERE table_name = ? AND {_NAMES})", (table, path, key, path, key)
        )

    def rewrite(self, table: str, column: str, key: int, instead: Image) -> None:
        """Put other values for a reference wherever the journal, or what was shipped, names it."""
        path = f"$.{column}"
        for row, *images in self._database.all(
            f"SELECT id, before_image, after_image FROM journal WHERE table_name = ? AND {_NAMES}",
            (table, path, key, path, key),
        ):
            before, after = (_replaced(_image(text), column, key, instead) for text in images)
            self._database.execute(
                "UPDATE journal SET before_image = ?, after_image = ? WHERE id = ?",
                (image_text(before), image_text(after), row),
            )
        for reference, text in self._database.all(
            "SELECT reference_id, image FROM shipped WHERE table_name = ? AND json_extract(image, ?) = ?",
            (table, path, key),
        ):
            image = _replaced(_image(text), column, key, instead)
            self._database.execute(
                "UPDATE shipped SET image = ? WHERE reference_id = ?", (image_text(image), reference)
            )

    def rows_naming(self, table: str, column: str, key: int) -> list[int]:
        """Return the rows of a table that referred to a row in a column at any time that the journal knows."""
        path = f"$.{column}"
        found = self._database.all(
            f"SELECT DISTINCT row_id FROM journal WHERE table_name = ? AND {_NAMES}", (table, path, key, path, key)
        )
        return [row[0] for row in found]

    def steps_of(self, rows: Iterable[tuple[str, int]]) -> list[Step]:
        """Return the steps that touched any of these rows and hold, newest first, with only those rows.

        Of the texts of a source they hold numbers: characters, and of the repairs how many.
        """
        steps: dict[int, Step] = {}
        for table, key in rows:
            for set_id, label, at, before, after in self._database.all(
                f"SELECT s.id, s.label, s.at, {_TOLD_IMAGES} FROM journal j "
                "JOIN journal_set s ON s.id = j.set_id WHERE j.table_name = ? AND j.row_id = ? "
                "AND s.state IN ('done', 'closed') ORDER BY j.id",
                (table, key),
            ):
                earlier = steps[set_id].change_set.changes if set_id in steps else ()
                change = Change(table, key, _image(before), _image(after))
                steps[set_id] = Step(set_id, label, at, ChangeSet(label, (*earlier, change)))
        return [steps[key] for key in sorted(steps, reverse=True)]

    def labels(self, limit: int = 50) -> list[tuple[int, str, str]]:
        """Return number, label and time of the last steps that undo would take back, newest first."""
        return self._database.all(
            f"SELECT id, label, at FROM journal_set WHERE state = 'done' AND {_UNDOABLE} ORDER BY id DESC LIMIT ?",
            (limit,),
        )

    def _pick(self, condition: str) -> tuple[int, str] | None:
        rows = self._database.all(f"SELECT id, label FROM journal_set WHERE {condition} LIMIT 1")
        return (rows[0][0], rows[0][1]) if rows else None


def image_text(image: Image | None) -> str | None:
    """Write an image as JSON, which keeps 1, 1.0, "1" and null apart."""
    if image is None:
        return None
    if not any(isinstance(value, str) and len(value) > _PIECE for value in image.values()):
        return json.dumps(dict(image), ensure_ascii=False, allow_nan=False)
    return f"{{{', '.join(f'{json.dumps(column)}: {_written(value)}' for column, value in image.items())}}}"


def _written(value: Value) -> str:
    if not isinstance(value, str) or len(value) <= _PIECE:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    pieces = (value[at : at + _PIECE] for at in range(0, len(value), _PIECE))
    return f'"{"".join(json.dumps(piece, ensure_ascii=False)[1:-1] for piece in pieces)}"'


def _replaced(image: Image | None, column: str, key: int, instead: Image) -> Image | None:
    return {**image, **instead} if image is not None and image.get(column) == key else image


def _image(text: str | None) -> Image | None:
    return None if text is None else json.loads(text)

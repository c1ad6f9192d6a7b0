"""Mappings of columns that a person has made, remembered by the header that they were made for.

The next file with the same header is then read by itself. A mapping says how one person reads the tables of an office
and holds no fact, so it is no part of the database; where the text of it is kept is not known here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import ImportPlan, plan_import
from azcn_desktop.trade.layout import MEANINGS, Layout, Mapping, plain
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.recognising import Untold, layout_named

_MOST = 50


class Remembered(Struct, frozen=True):
    """What is remembered of mappings, the latest first.

    Attributes:
        entries: for each header its fingerprint, the key of the layout, and the mapping.
    """

    entries: tuple[tuple[str, str, Mapping], ...] = ()

    @classmethod
    def from_text(cls, text: str) -> Remembered:
        """Read what `to_text` has written; what can't be read is forgotten."""
        found = []
        with suppress(ValueError, RecursionError):
            content = json.loads(text or "[]")
            for entry in content if isinstance(content, list) else []:
                with suppress(ValueError, KeyError, TypeError, AttributeError, UserError):
                    found.append((str(entry["header"]), layout_named(entry["layout"]).name, _mapping(entry)))
        return cls(tuple(found))

    def to_text(self) -> str:
        """Return everything as JSON."""
        return json.dumps(
            [
                {"header": header, "layout": layout, "columns": dict(m.columns), "fixed": dict(m.fixed),
                 "publisher": m.publisher, "licence": m.licence}
                for header, layout, m in self.entries
            ],
            ensure_ascii=True,
        )  # fmt: skip

    def find(self, header: Sequence[str]) -> tuple[Layout, Mapping] | None:
        """Return the layout and the mapping that were used for a header the last time."""
        wanted = fingerprint(header)
        return next(((layout_named(name), m) for mark, name, m in self.entries if mark == wanted), None)

    def kept(self, header: Sequence[str], layout: Layout, mapping: Mapping) -> Remembered:
        """Return what is remembered with one more mapping, but for title, day and note, which are of one file."""
        wanted = replace(mapping, title="", retrieved_on="", note="")
        others = self.without(header).entries
        return Remembered(((fingerprint(header), layout.name, wanted), *others)[:_MOST])

    def without(self, header: Sequence[str]) -> Remembered:
        """Return what is remembered apart from one header."""
        wanted = fingerprint(header)
        return Remembered(tuple(entry for entry in self.entries if entry[0] != wanted))


def fingerprint(header: Sequence[str]) -> str:
    """Return what a header is known by: its plain names, whatever their order."""
    return hashlib.sha256("\n".join(sorted(map(plain, header))).encode()).hexdigest()


def plan_as_before(
    store: Store, path: Path, layout: Layout | None, mapping: Mapping | None, remembered: Remembered, progress: Progress
) -> tuple[ImportPlan, bool]:
    """Plan an import; a table that leaves something untold is read with the mapping that was used the last time.

    Returns:
        The plan, and whether a mapping of an earlier file made it possible.

    Raises:
        Untold, UserError, Cancelled: as `plan_import`.
    """
    try:
        return plan_import(store, path, layout, mapping, progress), False
    except Untold as untold:
        before = remembered.find(untold.sample.header) if mapping is None and layout in (None, MAPPED) else None
        if before is None:
            raise
    return plan_import(store, path, *before, progress), True


def _mapping(entry: dict[str, Any]) -> Mapping:
    parts = {name: dict(entry[name]) for name in ("columns", "fixed")}
    if not all(meaning in MEANINGS for part in parts.values() for meaning in part):
        raise ValueError("a meaning that this program does not have")
    if not all(isinstance(value, str | int | float | None) for part in parts.values() for value in part.values()):
        raise ValueError("a value that is none")
    columns = tuple((meaning, str(name)) for meaning, name in parts["columns"].items())
    fixed = tuple(parts["fixed"].items())
    return Mapping(columns, fixed, publisher=str(entry["publisher"]), licence=str(entry["licence"]))

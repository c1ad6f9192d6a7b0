"""Who stands behind a figure, in words: who said it, who published it, in which source of which day.

Read from the store when a line comes into view, some hundred lines at a time are kept.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import short_date_words
from azcn_desktop.store.backlinks import CitationView
from azcn_desktop.store.records import Record

_KEPT = 400


class Behind(Struct, frozen=True):
    """What stands behind a figure.

    Attributes:
        said_by, published_by, sources: in words, empty where not known; sources with their days.
        printed: the words of the source.
        reason: why it is ranked as it is.
    """

    said_by: str
    published_by: str
    sources: tuple[str, ...]
    printed: str
    reason: str

    @property
    def line(self) -> str:
        """All of it in a line."""
        parts = []
        if self.said_by:
            parts.append(_tr("said by {}").format(self.said_by))
        if self.published_by:
            parts.append(_tr("published by {}").format(self.published_by))
        if self.sources:
            more = len(self.sources) - 1
            parts.append(_tr("in {}").format(self.sources[0]) + (_tr(" and {} more").format(more) if more else ""))
        return " · ".join(parts) or _tr("no source")


class FigureWords:
    """Reads what stands behind figures, and keeps it until something changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: dict[int, Behind] = {}

    def forget(self) -> None:
        """Read anew from now on."""
        self._kept.clear()

    def behind(self, key: int, others: Iterable[int] = ()) -> Behind | None:
        """Return what stands behind a figure, or None where it is gone.

        Args:
            key: the figure.
            others: figures that will be asked for next, read in the same statement.
        """
        if key not in self._kept:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            for record in self._workspace.store.rows("figure", sorted({key, *others} - set(self._kept))):
                self._kept[record.key] = _behind(record, self._workspace.store.citations("figure", record.key))
        return self._kept.get(key)


def _behind(record: Record, citations: Iterable[CitationView]) -> Behind:
    named = (
        ", ".join(
            part for part in (c.publisher or c.title, short_date_words(c.published) if c.published else "") if part
        )
        for c in citations
    )
    said_by, role = record.show("said_by"), str(record.values.get("said_by_role") or "")
    return Behind(
        f"{said_by} ({role})" if said_by and role else said_by or role,
        record.show("published_by"),
        tuple(dict.fromkeys(name for name in named if name)),
        str(record.values.get("printed") or ""),
        str(record.values.get("rank_reason") or ""),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("FigureWords", text)

"""What a page asks of a panel below its table that shows one record: the thread of a dossier, the text of a source."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable


@runtime_checkable
class FollowsRecord(Protocol):
    """What stands below a table and shows its current record, not all of its rows."""

    message: Any

    def show_record(self, table: str, key: int | None) -> None:
        """Show another record."""
        ...

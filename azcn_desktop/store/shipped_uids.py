"""The identities of shipped records, computed from reference table and id.

So every installation has the same ones, and files of colleagues can be merged. Apart from `uids`, because a hash brings
a library along that a start can do without.
"""

from __future__ import annotations

import hashlib

from azcn_desktop.store.uids import encode

_SHIPPED_MS = 1_767_225_600_000  # 2026-01-01T00:00Z: one fixed time for everything that ships


def shipped_uid(table: str, reference: str) -> str:
    """Return the identity of a shipped record.

    Args:
        table: the record table.
        reference: what identifies the row in the reference data, for instance `M001`.
    """
    digest = hashlib.sha256(f"azcn {table} {reference}".encode()).digest()
    return encode(_SHIPPED_MS, int.from_bytes(digest[:10], "big"))

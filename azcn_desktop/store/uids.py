"""Stable identities of records: ULIDs, 26 characters that sort by time.

A record made here gets a random one; that of a shipped record is computed from its reference table and id, so every
installation has the same and files of colleagues can be merged. Source: ULID specification 2016 (Crockford base 32).
"""

from __future__ import annotations

import hashlib
import os
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHIPPED_MS = 1_767_225_600_000  # 2026-01-01T00:00Z: one fixed time for everything that ships


def new_uid() -> str:
    """Return a fresh identity."""
    return _encode(int(time.time() * 1000), int.from_bytes(os.urandom(10), "big"))


def shipped_uid(table: str, reference: str) -> str:
    """Return the identity of a shipped record.

    Args:
        table: the record table.
        reference: what identifies the row in the reference data, for instance `M001`.
    """
    digest = hashlib.sha256(f"azcn {table} {reference}".encode()).digest()
    return _encode(_SHIPPED_MS, int.from_bytes(digest[:10], "big"))


def _encode(milliseconds: int, randomness: int) -> str:
    number = (milliseconds << 80) | randomness
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))

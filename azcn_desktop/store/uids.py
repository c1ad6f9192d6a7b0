"""Stable identities of records: ULIDs, 26 characters that sort by time.

A record made here gets a random one; for those of shipped records see `shipped_uids`. Source: ULID specification 2016
(Crockford base 32).
"""

from __future__ import annotations

import os
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_uid() -> str:
    """Return a fresh identity."""
    return encode(int(time.time() * 1000), int.from_bytes(os.urandom(10), "big"))


def encode(milliseconds: int, randomness: int) -> str:
    """Return the identity of a time since 1970 and of 80 bits."""
    number = (milliseconds << 80) | randomness
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))

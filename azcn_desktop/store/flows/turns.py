"""How a long write of flows leaves room for everybody else."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from msgspec import Struct, field

SLICE = 5_000
PAUSE_S = 0.005


class Turns(Struct, frozen=True):
    """How a long write leaves room for others.

    Attributes:
        lock: held while something is written; the same for everybody who writes.
        pause_s: between two slices; 0 where nobody waits.
        slice_rows: flows that are copied in one transaction.
    """

    lock: AbstractContextManager[object] = field(default_factory=nullcontext)
    pause_s: float = PAUSE_S
    slice_rows: int = SLICE


# Where nobody of this program waits: fewer syncs. Others can read all the while, and their edits are put off as often
# as with short slices.
ALONE = Turns(pause_s=0, slice_rows=20_000)

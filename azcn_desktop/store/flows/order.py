"""In what order flows are shown: their ids, as far as they are known, and how many there are.

Seven million ids are held as a few ranges where the rows lie dense, as one array, or not at all where a part finds its
ids by itself; a page of them is plain integers. Knows no database, and does not import numpy: it only holds an array
that somebody made.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@runtime_checkable
class Placed(Protocol):
    """Ids that are read when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, wanted: slice) -> list[int]: ...

    def position(self, key: int) -> int:
        """Return the place of an id, from 0; -1 where it is not among them."""


if TYPE_CHECKING:
    Part = range | list[int] | NDArray[np.int64] | Placed


class FlowOrder:
    """Ids in the order of a query.

    `len` of it is the number of flows of the query, of which the first `known` can be asked for.

    Attributes:
        known: how many ids from the front are known; the rest has to be completed by `whole_order`, on a worker.
        is_counted: whether `len` is exact; where counting would take long, it is the least there can be.
    """

    def __init__(self, parts: Sequence[Part], total: int | None = None, is_counted: bool = True) -> None:
        """Take ids in parts.

        Args:
            parts: ranges, lists, int64 arrays of ids, or what finds them when asked, one after the other.
            total: how many flows there are in all; None means that all are given.
            is_counted: whether the total is exact.
        """
        self._parts = [part for part in parts if len(part)]
        self._ends = list(accumulate(len(part) for part in self._parts))
        self.known = self._ends[-1] if self._ends else 0
        self.is_counted = is_counted
        self._total = self.known if total is None else max(total, self.known)

    def __len__(self) -> int:
        return self._total

    @property
    def is_whole(self) -> bool:
        """Tell whether all ids are known."""
        return self.is_counted and self.known == self._total

    def ids(self, start: int, stop: int) -> list[int]:
        """Return the ids from a place to before another, both from 0; fewer where not all of them are known."""
        start, stop = max(start, 0), min(stop, self.known)
        found: list[int] = []
        place = bisect_right(self._ends, start)
        while start < stop:
            part, end = self._parts[place], self._ends[place]
            first = end - len(part)
            piece = part[start - first : min(stop, end) - first]
            found += piece if isinstance(piece, range | list) else piece.tolist()
            start, place = end, place + 1
        return found

    def position(self, key: int) -> int:
        """Return the place of an id, from 0; -1 where it is not known."""
        first = 0
        for part, end in zip(self._parts, self._ends, strict=True):
            if isinstance(part, range | list):
                if key in part:
                    return first + part.index(key)
            elif isinstance(part, Placed):
                if (place := part.position(key)) >= 0:
                    return first + place
            else:
                places = (part == key).nonzero()[0]
                if len(places):
                    return first + int(places[0])
            first = end
        return -1

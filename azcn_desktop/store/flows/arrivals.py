"""The flows of a file as they arrive: columns of numbers in a private file, given back sorted.

Sorting a million flows here takes a seventh of what SQLite needs for it, since a flow is forty bytes whose words are
numbers by now. Memory holds a few pieces of them however many there are: each piece is sorted and written, and what
belongs together is gathered from all of them. Knows no SQL and no meaning of a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import IO

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from azcn_desktop.errors import UserError

FLOW = np.dtype([
    ("line", np.int32), ("series", np.int32), ("attributes", np.int32), ("code", np.int32),
    ("value", np.float64), ("net_weight_kg", np.float64), ("quantity", np.float64),
])  # fmt: skip
Flows = NDArray[np.void]
Keys = NDArray[np.int64]
_PIECE = 16_384  # flows that are sorted at once
_GREATEST = 2**63 - 1
_STRIDE = 61  # a prime, lest a file that repeats itself shows the same flows again and again


class FlowColumns(Struct, frozen=True):
    """Flows that arrive together, column by column, each of one length.

    Attributes:
        lines: of the file.
        series, attributes, codes: places in the lists of them, from 1.
        values: as published, in whole units.
        net_weights_kg, quantities: None where not known.
    """

    lines: Sequence[int]
    series: Sequence[int]
    attributes: Sequence[int]
    codes: Sequence[int]
    values: Sequence[float]
    net_weights_kg: Sequence[float | None]
    quantities: Sequence[float | None]

    def __len__(self) -> int:
        return len(self.lines)

    def as_rows(self) -> Flows:
        """Return them as an array of `FLOW`; what is not known is NaN there."""
        columns = (
            self.lines, self.series, self.attributes, self.codes, self.values, self.net_weights_kg, self.quantities,
        )  # fmt: skip
        rows = np.empty(len(self), FLOW)
        for name, column in zip(FLOW.names or (), columns, strict=True):
            rows[name] = column
        return rows


class WritingOrder(Struct, frozen=True):
    """In what order flows are written: by publisher, code and series.

    Attributes:
        publishers: their names, as they follow one another.
        publisher_of: the place of its publisher for each number of a series; nothing has the number 0.
        place_of: the place of each number of a code among the codes.
    """

    publishers: list[str]
    publisher_of: NDArray[np.int64]
    place_of: NDArray[np.int64]

    @classmethod
    def of(cls, publisher_by_series: Sequence[str], codes: Sequence[str]) -> WritingOrder:
        """Return the order of series and codes that are known by their places in these lists, from 1.

        Raises:
            UserError: there are more of them than numbers; no statistics come near.
        """
        publishers = sorted(set(publisher_by_series))
        if len(publishers) * (len(codes) + 1) * (len(publisher_by_series) + 1) > _GREATEST:
            raise UserError(
                f"{len(publishers):,} publishers are too many for one file. Choose another column for them."
            )
        numbers = {name: number for number, name in enumerate(publishers)}
        places = np.zeros(len(codes) + 1, np.int64)
        places[sorted(range(1, len(codes) + 1), key=lambda number: codes[number - 1])] = np.arange(len(codes))
        return cls(publishers, np.array([0, *map(numbers.__getitem__, publisher_by_series)]), places)

    def keys(self, flows: Flows) -> Keys:
        """Return numbers that rise as the flows do, the same for flows of one series and code."""
        series = flows["series"].astype(np.int64)
        codes: Keys = self.publisher_of[series] * len(self.place_of) + self.place_of[flows["code"]]
        return codes * len(self.publisher_of) + series


class Arrivals:
    """A file of flows that is written once and read once, in order.

    Errors of the disk are those of the system.
    """

    def __init__(self, folder: Path) -> None:
        self._sorted_path = folder / "sorted.flows"
        self._path = folder / "arrived.flows"
        self._file = self._path.open("wb")
        self._samples: list[Flows] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._file.close()

    def add(self, flows: FlowColumns) -> None:
        """Take in flows, in any order."""
        rows = flows.as_rows()
        self._samples.append(rows[-self._count % _STRIDE :: _STRIDE].copy())
        self._count += len(rows)
        self._file.write(rows.tobytes())

    def in_order(self, key_of: Callable[[Flows], Keys]) -> Iterator[Flows]:
        """Yield all flows by rising keys, in pieces; those of one key by their lines, and in one piece."""
        self._file.close()
        borders = self._borders(key_of)
        bounds = []  # of each sorted piece: where those flows begin that lie between two borders
        with self._path.open("rb") as arrived, self._sorted_path.open("wb") as target:
            while len(piece := _read(arrived, _PIECE)):
                keys = key_of(piece)
                order = np.argsort(keys, kind="stable")
                target.write(piece[order].tobytes())
                bounds.append([0, *np.searchsorted(keys[order], borders).tolist(), len(piece)])
        self._path.unlink()
        with self._sorted_path.open("rb") as file:
            for starts, ends in pairwise(zip(*bounds, strict=True)):
                of_each = enumerate(zip(starts, ends, strict=True))
                gathered = np.concatenate([_read(file, end - start, n * _PIECE + start) for n, (start, end) in of_each])
                if len(gathered):
                    yield gathered[np.lexsort((gathered["line"], key_of(gathered)))]
        self._sorted_path.unlink()

    def _borders(self, key_of: Callable[[Flows], Keys]) -> Keys:
        """Return keys between which about as many flows lie as are sorted at once."""
        keys = np.sort(key_of(np.concatenate(self._samples))) if self._samples else np.empty(0, np.int64)
        self._samples = []
        step = _PIECE // _STRIDE
        return np.unique(keys[step::step])


def summed(keys: Keys, flows: Flows) -> tuple[Keys, list[int], list[float], list[float]]:
    """Add up flows by a key.

    Args:
        keys: of each flow.
        flows: in any order.

    Returns:
        The different keys, rising, and for each the number of flows, the sum of values and that of known weights.
    """
    found, places, counts = np.unique(keys, return_inverse=True, return_counts=True)
    values, weights = flows["value"], np.nan_to_num(flows["net_weight_kg"])
    return found, counts.tolist(), np.bincount(places, values).tolist(), np.bincount(places, weights).tolist()


def or_none(numbers: NDArray[np.float64]) -> list[float | None]:
    """Return numbers as SQLite takes them: None for NaN."""
    unknown = np.isnan(numbers)
    if not unknown.any():
        return list(numbers.tolist())
    return [None if number != number else number for number in numbers.tolist()]  # NaN alone is not itself


def _read(file: IO[bytes], count: int, start: int | None = None) -> Flows:
    """Return flows that lie one after the other: from a place, or from where the file is read."""
    if start is not None:
        file.seek(start * FLOW.itemsize)
    return np.frombuffer(file.read(count * FLOW.itemsize), FLOW)

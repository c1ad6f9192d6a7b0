"""A treemap: products as tiles whose areas are their values, laid out in squares as nearly as can be.

Tiles lie in the unit square, so the picture may have any size; who draws it may ask for the layout of another shape,
since squares of one shape are strips of another. Knows neither store nor widget.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts.series import Point, Role, Series, Switch, Table

Rect = tuple[float, float, float, float]
"""Left, top, width and height; top is 0 at the upper edge."""


class Tile(Struct, frozen=True):
    """One product.

    Attributes:
        code: as stored; empty for the tile of all others.
        label: a few words for the tile: the code and the begin of its description.
        description: whole; empty where no list has the code.
        value: in whole units of the currency, over 0. share: 0 to 1 of the value of the whole square.
        rect: where it lies in the unit square.
        role, tint: its colour, by section of the Harmonized System on top and by its own number below.
        is_drillable: whether finer codes are known, so that `choices["under"] = code` shows something.
        point: what is said of it, and what a click narrows.
    """

    code: str
    label: str
    description: str
    value: float
    share: float
    rect: Rect
    role: Role
    tint: float
    is_drillable: bool
    point: Point


class Treemap(Struct, frozen=True):
    """One picture of tiles.

    Attributes:
        title, unit: what is shown, in which currency, of when.
        scale: the currency.
        tiles: largest first, the tile of all others last.
        under: the code whose parts are shown; empty for all.
        switches, remarks: as of a `Chart`.
    """

    title: str
    unit: str
    scale: str = ""
    tiles: tuple[Tile, ...] = ()
    under: str = ""
    switches: tuple[Switch, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not self.tiles

    @property
    def series(self) -> tuple[Series, ...]:
        """None: tiles bear their names."""
        return ()

    @property
    def signs(self) -> tuple[tuple[str, str], ...]:
        """None: tiles have no hedges."""
        return ()

    def as_table(self) -> Table:
        """Return the tiles as rows, in their order."""
        headers = ("Code", "Description", "Number", "Share, per cent", "In words", "Remarks")
        rows = tuple(
            (t.code, t.description or t.label, t.value, 100 * t.share, t.point.value, "; ".join(t.point.note))
            for t in self.tiles
        )
        return Table(headers, rows, tuple(() for _ in self.tiles))

    def laid_out(self, ratio: float) -> Treemap:
        """Return the same tiles laid out for a picture `ratio` times as wide as it is high."""
        rects = squarified([tile.value for tile in self.tiles], ratio)
        tiles = tuple(replace(tile, rect=rect) for tile, rect in zip(self.tiles, rects, strict=True))
        return replace(self, tiles=tiles)


def squarified(values: Sequence[float], ratio: float = 1.0) -> list[Rect]:
    """Lay rectangles out that cover the unit square, with areas in proportion to values and as square as can be.

    Rows are filled along the shorter side as long as that makes their worst tile squarer.

    Args:
        values: over 0; best from large to small. A treemap in any other order is correct, but its tiles are longer.
        ratio: width by height of the picture that the unit square is stretched to; tiles are square there.

    Returns:
        For each value its rectangle, in their order.

    Source: Bruls, Huizing and van Wijk, "Squarified Treemaps", 2000.
    """
    total = sum(values)
    areas = [value / total * ratio for value in values]
    free: Rect = (0.0, 0.0, ratio, 1.0)
    placed: list[Rect] = []
    start = 0
    while start < len(areas):
        side = min(free[2], free[3])
        end = start + 1
        while end < len(areas) and _worst(areas[start : end + 1], side) <= _worst(areas[start:end], side):
            end += 1
        row, free = _row(areas[start:end], free, is_last=end == len(areas))
        placed += row
        start = end
    return [(left / ratio, top, width / ratio, height) for left, top, width, height in placed]


def _worst(row: Sequence[float], side: float) -> float:
    """Return the longest ratio of sides in a row that fills one side."""
    total = sum(row)
    depth = total / side if side else 0.0
    if not depth:
        return float("inf")
    return max(max(depth * depth / area, area / (depth * depth)) if area else float("inf") for area in row)


def _row(row: Sequence[float], free: Rect, is_last: bool) -> tuple[list[Rect], Rect]:
    """Place a row along the shorter side of what is free, and return what stays free; the last row takes all."""
    left, top, width, height = free
    is_column = width >= height
    side, across = (height, width) if is_column else (width, height)
    total = sum(row)
    depth = across if is_last or not side else min(across, total / side)
    placed: list[Rect] = []
    done, begin = 0.0, 0.0
    for area in row:
        done += area
        end = side * (done / total) if total else side
        if is_column:
            placed.append((left, top + begin, depth, end - begin))
        else:
            placed.append((left + begin, top, end - begin, depth))
        begin = end
    if is_column:
        return placed, (left + depth, top, max(0.0, width - depth), height)
    return placed, (left, top + depth, width, max(0.0, height - depth))

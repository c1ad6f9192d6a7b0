"""Where the records of a dossier stand on its line: in the order of time, none over another, long gaps shown as such.

The line is no scale: what happened within weeks would lie on one spot and years of silence would fill the screen.
Neighbours stand a step apart; a longer gap is cut and said in words. Pixels come in as plain numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from azcn_desktop.charts.scales import decimal_year
from azcn_desktop.charts.series import Table
from azcn_desktop.records.dates import date_bounds, date_words
from azcn_desktop.store.dossiers import Item

LONG_GAP = 0.5
"""Years between two records from which on the gap is told."""

_DATELESS = "Without a date"


class Place(Struct, frozen=True):
    """Where one record stands.

    Attributes:
        x: middle of its mark, in pixels from the left end.
        gap: what lies before it, in words; empty where it follows soon.
        gap_x: middle of those words.
        is_above: on which side of the line its card is.
    """

    x: float
    gap: str
    gap_x: float
    is_above: bool


def thread_places(
    items: Sequence[Item], card: float, between: float, gap: float, *, both_sides: bool
) -> tuple[Place, ...]:
    """Place the records of a dossier.

    Args:
        items: in the order of time.
        card: width of a card in pixels.
        between: pixels between two cards of one side.
        gap: pixels that the words of a long gap take.
        both_sides: whether cards stand above and below the line in turn; then marks are half as far apart.
    """
    step = (card + between) / (2 if both_sides else 1)
    x, places = card / 2 + between, []
    for n, item in enumerate(items):
        words = gap_words(items[n - 1], item) if n else ""
        start = x
        if n:
            x += max(step, gap + between) if words and both_sides else step + (gap if words else 0.0)
        places.append(Place(x, words, (start + x) / 2, both_sides and n % 2 == 0))
    return tuple(places)


def gap_words(before: Item, after: Item) -> str:
    """Return how long nothing is recorded between two records, if that is long: "1 year 3 months"."""
    if not after.date:
        return _DATELESS if before.date else ""
    if not before.date:
        return ""
    end = decimal_year(date_bounds(before.date)[1], after=1)
    start = decimal_year(date_bounds(after.date)[0])
    if end is None or start is None or start - end < LONG_GAP:
        return ""
    years, months = divmod(round((start - end) * 12), 12)
    counted = ((years, "year"), (months, "month"))
    return " ".join(f"{n} {unit}" if n == 1 else f"{n} {unit}s" for n, unit in counted if n)


def thread_table(items: Sequence[Item], kinds: dict[str, str]) -> Table:
    """Return the line as rows.

    Args:
        items: in the order of time.
        kinds: record table to what a record of it is called.
    """
    rows = tuple(
        (date_words(item.date) if item.date else _DATELESS, kinds[item.table], item.title, item.stage, item.note)
        for item in items
    )
    return Table(("Date", "Kind", "Record", "State", "Part in the dossier"), rows, tuple((item.key,) for item in items))

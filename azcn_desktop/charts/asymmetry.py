"""The gap between both sides as tables: year by year, and chapter by chapter of one year.

Rows carry what is shown, as words, and the values behind it. They follow the same choices as the mirror picture.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct

from azcn_desktop.charts.mirror import SHOWN, choice_of
from azcn_desktop.records.amounts import money
from azcn_desktop.records.percentages import percent
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.store import Store
from azcn_desktop.trade.annual import all_goods
from azcn_desktop.trade.exchange_rates import NO_RATES, Rates, accepted_rates
from azcn_desktop.trade.mirror import DIRECTIONS, Choice, Gap, four_series, gaps
from azcn_desktop.trade.mirror_causes import Cause, read_causes
from azcn_desktop.trade.mirror_chapters import MOST, Part, explaining_chapters

_DIRECTION = "az_imports"
_NO_MIRROR = {
    "turnover": "These are imports from China: turnover mixes CIF and FOB.",
    "all": "These are imports from China: choose a direction for others.",
}


class AsymmetryRow(Struct, frozen=True):
    """One line of a table.

    Attributes:
        cells: what is shown, in the order of the headers; empty where there is nothing to say.
        gap: the values behind it; `gap.formulas` say how residual and asymmetry come about.
        part: of a chapter, its part of the gap; None for a year.
        causes: written down for it.
        narrows: parts of a `FlowQuery` and their values that find the flows of both sides.
    """

    cells: tuple[str, ...]
    gap: Gap
    part: Part | None
    causes: tuple[Cause, ...]
    narrows: tuple[tuple[str, str], ...]


class AsymmetryTable(Struct, frozen=True):
    """Lines with their headers.

    Attributes:
        title: what is compared.
        headers: of the cells.
        rows: in the order in which they are read.
        remarks: what is missing, how complete chapters are, as sentences.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[AsymmetryRow, ...]
    remarks: tuple[str, ...]


def asymmetry_by_year(store: Store, choices: Mapping[str, str], today: datetime.date) -> AsymmetryTable:
    """Return one line for every year in which a side reports.

    Args:
        store: the open file.
        choices: as for `draw_mirror`; where neither direction is chosen, imports from China.
        today: years that have not ended are left out.

    Raises:
        UserError: the factor is no number from 1.00 to 1.50.
    """
    direction, choice, rates = _asked(store, choices)
    series = four_series([each for each in all_goods(store) if each.year < today.year], choice)
    causes = [each for each in read_causes(store) if (each.direction, each.code) == (direction, TOTAL)]
    rows = []
    for gap in gaps(series, direction, choice, rates):
        written = tuple(each for each in causes if each.year == gap.year)
        cells = (f"{gap.year}", *_compared(gap), _said(written) or gap.obstacle)
        rows.append(AsymmetryRow(cells, gap, None, written, _narrowed(gap)))
    shown = choices.get("direction") or SHOWN[0][0]
    remarks = (_NO_MIRROR[shown],) if shown in _NO_MIRROR else ()
    return AsymmetryTable(_title(direction), ("Year", *_headers(direction, choice), "Cause"), tuple(rows), remarks)


def asymmetry_by_chapter(store: Store, choices: Mapping[str, str], year: int, most: float = MOST) -> AsymmetryTable:
    """Return one line for every chapter of a year, the largest part of the gap first.

    Args:
        store: the open file.
        choices: as for `draw_mirror`; where neither direction is chosen, imports from China.
        year: which.
        most: how much of the gap the rows marked as explaining are to explain, 0 to 1.

    Raises:
        UserError: the factor is no number from 1.00 to 1.50.
    """
    direction, choice, rates = _asked(store, choices)
    found = explaining_chapters(store, year, direction, choice, rates, most)
    rows = tuple(
        AsymmetryRow(
            (
                f"{part.gap.chapter} {part.description}".strip(), *_compared(part.gap), _in_percent(part.part),
                _in_percent(part.cumulative), _said(part.causes) or _only(part),
            ),
            part.gap, part, part.causes, _narrowed(part.gap),
        )
        for part in found.parts
    )  # fmt: skip
    headers = ("Chapter", *_headers(direction, choice), "Part of the gap", "Explained so far", "Cause")
    return AsymmetryTable(f"{_title(direction)}, {year}", headers, rows, found.remarks)


def _asked(store: Store, choices: Mapping[str, str]) -> tuple[str, Choice, Rates]:
    shown = choices.get("direction", "")
    rates = NO_RATES if choices.get("rate") == "own" else accepted_rates(store)
    return shown if shown in DIRECTIONS else _DIRECTION, choice_of(choices), rates


def _title(direction: str) -> str:
    return f"{dict(SHOWN)[direction]}: how far the two sides are apart"


def _headers(direction: str, choice: Choice) -> tuple[str, ...]:
    who = ["Azerbaijan" if side.reporter == "AZ" else "China" for side in DIRECTIONS[direction]]
    return f"{who[0]} (CIF)", f"{who[1]} (FOB)", f"FOB × {choice.factor:.2f}", "Residual", "Asymmetry"


def _compared(gap: Gap) -> tuple[str, ...]:
    """Return both sides, what is expected, residual and index; of two currencies each side in its own."""
    own = gap.own_currencies
    sides = (gap.cif, own[0]), (gap.fob, own[1])
    return (
        *("" if value is None else money(value, currency) for value, currency in sides),
        *("" if value is None else money(value, gap.currency) for value in (gap.expected, gap.residual)),
        _in_percent(gap.index),
    )


def _in_percent(share: float | None) -> str:
    return "" if share is None else percent(100 * share)


def _said(causes: tuple[Cause, ...]) -> str:
    return "; ".join(each.words for each in causes)


def _only(part: Part) -> str:
    names = {"AZ": "Only Azerbaijan reports it", "CN": "Only China reports it"}
    return names.get(part.only, "")


def _narrowed(gap: Gap) -> tuple[tuple[str, str], ...]:
    """Return what both sides have in common: the year, the two countries, and the chapter or all goods."""
    of = (("levels", "0"),) if gap.chapter == TOTAL else (("text", gap.chapter),) if gap.chapter else ()
    both = (("reporters", "AZ"), ("reporters", "CN"), ("partners", "AZ"), ("partners", "CN"))
    return (*of, *both, ("since", f"{gap.year}"), ("until", f"{gap.year}"))

"""Lists of codes: what is traded under each code of a classification, with its level and the code above it.

Codes and what they stand for are facts; a list that a person imports fills in what the shipped one lacks. Knows no
flows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import COMMODITY
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.commodity_names import commodities
from azcn_desktop.store.flows.query import TOTAL
from azcn_desktop.store.store import Store
from azcn_desktop.trade import cells
from azcn_desktop.trade.flows import Refusal
from azcn_desktop.trade.layout import Layout, plain

_NAMES = {
    "code": ("id", "hscode", "code"), "description": ("text", "description"), "parent": ("parent",),
}  # fmt: skip
_EDITION = re.compile(r"All ([A-Z]\d{1,2}|[A-Z]{2}\d{0,2}) Commodities", re.IGNORECASE)
_NUMBERED = re.compile(r"^\S+ - (?=.)")  # "010121 - Horses": the code stands before what it means


class ListedCodes(Struct):
    """What importing a list would do.

    Attributes:
        changes: new and changed codes.
        same: codes that are there already.
        refused: rows that are no code.
    """

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    refused: list[Refusal] = field(default_factory=list)


def plan_commodities(
    store: Store, layout: Layout, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> ListedCodes:
    """Compare a list of codes with those of the store.

    Raises:
        UserError: the list does not tell which classification it is of.
    """
    places = {plain(name): place for place, name in enumerate(header)}
    at = {meaning: next((places[n] for n in names if n in places), None) for meaning, names in _NAMES.items()}
    classification = layout.commodity or _edition(rows, at["description"] or 0)
    present = commodities(store.database, classification)
    listed = ListedCodes()
    new = 0
    for line, row in rows:
        try:
            values = _commodity(classification, layout.code_digits, at, row)
        except ValueError as error:
            listed.refused.append(Refusal(line, "code", str(error)))
            continue
        key, before = present.pop(str(values["code"]), (0, None))
        if before is None:
            new += 1
            listed.changes.append(Change("commodity", -new, None, values))
        elif before != values:
            listed.changes.append(Change("commodity", key, before, values))
        else:
            listed.same += 1
    return listed


def unknown_codes(store: Store, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the codes, of pairs of classification and code, that the lists of commodities don't have.

    A classification of which no list is there has no unknown codes: nothing can be said.
    """
    codes = defaultdict(set)
    for classification, code in pairs:
        codes[classification].add(code)
    unknown: set[str] = set()
    for classification, wanted in codes.items():
        known = commodities(store.database, classification)
        unknown |= {code for code in wanted if known and code not in known and code != TOTAL}
    return sorted(unknown)


def _commodity(classification: str, digits: int, at: dict[str, int | None], row: Sequence[str]) -> dict[str, Value]:
    text = {
        meaning: row[place].strip() if place is not None and place < len(row) else "" for meaning, place in at.items()
    }
    code = cells.code(text["code"], digits)
    parent = text["parent"] if text["parent"] not in ("", "#") else None
    if at["parent"] is None and code.isdigit() and len(code) > 2:
        parent = code[:-2]
    description = " ".join(_NUMBERED.sub("", text["description"]).split())
    if problem := COMMODITY.field("description").kind.check("description", {"description": description}):
        raise ValueError(problem)
    return {
        "classification": classification, "code": code, "level": 0 if code == TOTAL else len(code), "parent": parent,
        "description": description or None,
    }  # fmt: skip


def _edition(rows: Sequence[tuple[int, Sequence[str]]], place: int) -> str:
    for _, row in rows[:5]:
        if place < len(row) and (match := _EDITION.search(row[place])):
            return match[1].upper()
    raise UserError(
        "This list does not say of which classification it is: its first rows must name it, as “All H6 commodities”."
    )

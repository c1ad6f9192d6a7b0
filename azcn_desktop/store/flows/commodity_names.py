"""Lists of codes: what a code stands for, by the list of its own classification or the nearest there is.

The groups of goods of WITS, which stand in no list, say what they hold.

The lists at hand are of a few editions only. A flow in an edition of which no list is there is named by the newest list
of the same system (HS or SITC); one that tells no system, by the newest list of HS that
has its code, then of any other.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.product_groups import held_by_group

_SYSTEMS = ("H", "S")
# Source: UN Comtrade, reference table of classifications.
_HS_YEARS = {"H0": 1992, "H1": 1996, "H2": 2002, "H3": 2007, "H4": 2012, "H5": 2017, "H6": 2022}
_MANY = 500  # codes; for more the whole list is read, since it has some thousands
_ALL = "SELECT classification, code, description FROM commodity ORDER BY id DESC"
_FIND = (
    "SELECT classification, code, description FROM commodity WHERE classification = ? "
    "AND code IN (SELECT value FROM json_each(?)) ORDER BY id DESC"
)
# Walks the index from one name to the next, instead of over all codes.
_LISTED = """WITH RECURSIVE listed(name) AS (SELECT min(classification) FROM commodity UNION ALL
SELECT (SELECT min(classification) FROM commodity WHERE classification > name) FROM listed WHERE name IS NOT NULL)
SELECT name FROM listed WHERE name IS NOT NULL"""


def descriptions(database: Database, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    """Return the descriptions of pairs of classification ('' for none) and code that a list has."""
    wanted = set(pairs)
    listed = [row[0] for row in database.all(_LISTED)]
    lists = {name: lists_for(name, listed) for name in {pair[0] for pair in wanted}}
    asked: dict[str, set[str]] = defaultdict(set)
    for classification, code in wanted:
        for name in lists[classification]:
            asked[name].add(code)
    if len(wanted) > _MANY:
        rows = database.all(_ALL)
    else:
        rows = [row for name in asked for row in database.all(_FIND, (name, json.dumps(sorted(asked[name]))))]
    known = {(name, code): description for name, code, description in rows}
    found: dict[tuple[str, str], str | None] = {}
    for classification, code in wanted:
        shown_by = next((name for name in lists[classification] if (name, code) in known), None)
        words = known[shown_by, code] if shown_by is not None else held_by_group(classification, code)
        if words is not None or shown_by is not None:
            found[classification, code] = words
    return found


def lists_at_hand(database: Database) -> dict[str, int]:
    """Return the classifications whose lists are there, the newest of HS last, with how many codes each has."""
    listed = (row[0] for row in database.all(_LISTED))
    count = "SELECT count(*) FROM commodity WHERE classification = ?"
    return {name: int(database.all(count, (name,))[0][0]) for name in listed}


def edition_words(classification: str) -> str:
    """Name a classification: "HS 2012" for H4, another as it is written."""
    year = _HS_YEARS.get(classification)
    return f"HS {year}" if year else classification


def descriptions_of(database: Database, classification: str, codes: Iterable[str]) -> dict[str, str]:
    """Return what codes of one classification ('' for none) stand for; those without words are left out."""
    found = descriptions(database, ((classification, code) for code in codes))
    return {code: description for (_, code), description in found.items() if description}


def commodities(database: Database, classification: str) -> dict[str, tuple[int, dict[str, Value]]]:
    """Return the codes of a classification: code to its id and values."""
    columns = ("classification", "code", "level", "parent", "description")
    rows = database.all(
        "SELECT id, classification, code, level, parent, description FROM commodity WHERE classification = ?",
        (classification,),
    )
    return {row[2]: (row[0], dict(zip(columns, row[1:], strict=True))) for row in rows}


def lists_for(classification: str, listed: Sequence[str]) -> list[str]:
    """Return the names of the lists that tell what codes of a classification mean, the best first."""
    if classification in listed:
        return [classification]
    newest_first = sorted(listed, reverse=True)
    if classification.startswith(_SYSTEMS):
        return [name for name in newest_first if name[:1] == classification[:1]]
    return sorted(newest_first, key=_is_not_hs)


def _is_not_hs(name: str) -> bool:
    return not name.startswith("H")

"""What codes stand for: the description of a code by the list of its own classification, or the nearest there is.

The lists at hand are of a few editions only. A flow in an edition of which no list is there is named by the newest list
of the same system (HS or SITC); one that tells no system, by the newest list of HS
that has its code, then of any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from azcn_desktop.store.database import Database

_SYSTEMS = ("H", "S")
_MANY = 500  # codes; for more the whole list is read, since it has some thousands
_ALL = "SELECT classification, code, description FROM commodity ORDER BY id DESC"
_FIND = (
    "SELECT c.classification, c.code, c.description FROM json_each(?) w JOIN commodity c "
    "ON c.classification = json_extract(w.value, '$[0]') AND c.code = json_extract(w.value, '$[1]') ORDER BY c.id DESC"
)


def descriptions(database: Database, pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str | None]:
    """Return the descriptions of pairs of classification ('' for none) and code that a list has."""
    wanted = set(pairs)
    listed = [row[0] for row in database.all("SELECT DISTINCT classification FROM commodity")]
    lists = {name: lists_for(name, listed) for name in {pair[0] for pair in wanted}}
    asked = sorted({(name, code) for classification, code in wanted for name in lists[classification]})
    rows = database.all(_ALL) if len(asked) > _MANY else database.all(_FIND, (json.dumps(asked),))
    known = {(name, code): description for name, code, description in rows}
    found: dict[tuple[str, str], str | None] = {}
    for classification, code in wanted:
        name = next((name for name in lists[classification] if (name, code) in known), None)
        if name is not None:
            found[classification, code] = known[name, code]
    return found


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

"""What one cell of an imported table means for one field: a value, a record that it names, or a sentence why neither.

A stored form is taken as it is; anything else is read as a person would have typed it. A record is named by its
identity or by its exact title, whatever the spelling of its letters; where no record is meant, a field that may hold
printed words keeps the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from azcn_desktop.records import amounts
from azcn_desktop.records.figure_kinds import Growth, Period
from azcn_desktop.records.kinds import Amount, Choice, Country, Date, Link, Party, Value
from azcn_desktop.records.schema import Field
from azcn_desktop.records.text import fold
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

Found = tuple[str, int]


class Resolver:
    """Finds the records that cells name; each table's titles are read once.

    Attributes:
        new: identities that the file itself brings, with the placeholder ids of their records.
    """

    def __init__(self, store: Store) -> None:
        self.new: dict[str, Found] = {}
        self._store = store
        self._uids: dict[str, Found | None] = {}
        self._titles: dict[str, dict[str, list[int]]] = {}

    def by_uid(self, uid: str) -> Found | None:
        """Return table and id of the record of an identity."""
        if uid in self.new:
            return self.new[uid]
        if uid not in self._uids:
            self._uids[uid] = self._store.find_uid(uid)
        return self._uids[uid]

    def by_title(self, tables: Iterable[str], title: str) -> list[Found]:
        """Return the records of these tables that have exactly this title, apart from marks and capitals."""
        wanted = fold(title)
        return [(table, key) for table in tables for key in self._index(table).get(wanted, ())]

    def _index(self, table: str) -> Mapping[str, list[int]]:
        if table not in self._titles:
            index: dict[str, list[int]] = defaultdict(list)
            for key, title in self._store.titles(table, self._store.keys(Query(table))).items():
                index[fold(title)].append(key)
            self._titles[table] = index
        return self._titles[table]


def read_value(resolver: Resolver, field: Field, text: str, uid: str) -> dict[str, Value]:
    """Return the values of the columns of a field that is no Links field.

    Args:
        resolver: finds records.
        field: the field.
        text: the cell with the value or the name.
        uid: the cell with the identity, empty where there is none.

    Raises:
        ValueError: with a sentence, when the cell can't be read or names no record.
    """
    kind = field.kind
    if isinstance(kind, Link):
        return {field.name: _link(resolver, kind, text, uid)}
    if isinstance(kind, Party):
        return _party(resolver, kind, text, uid)
    if isinstance(kind, Amount | Growth):
        return _with_beside(kind, field.name, text)
    if isinstance(kind, Period):
        return kind.implied(text) | {field.name: kind.parse(text)}
    if not text.strip():
        return {field.name: None}
    if isinstance(kind, Choice | Country | Date) and kind.check(field.name, {field.name: text}) is None:
        return {field.name: text}
    return {field.name: kind.parse(text)}


def _with_beside(kind: Amount | Growth, name: str, text: str) -> dict[str, Value]:
    """Read a bare number as the number alone, and words with what they say for the fields beside it."""
    try:
        return {name: amounts.parse_number(text) if text.strip() else None}
    except ValueError:
        read = kind.read(name, text)
        return {column: value for column, value in read.items() if column == name or value is not None}


def _link(resolver: Resolver, kind: Link, text: str, uid: str) -> int | None:
    if not text.strip() and not uid:
        return None
    found = _named(resolver, (kind.target,), text, uid)
    if found is None:
        raise ValueError(
            f"No {kind.target.replace('_', ' ')} is called “{text.strip()[:60]}”. Import or make it first."
        )
    return found[1]


def _party(resolver: Resolver, kind: Party, text: str, uid: str) -> dict[str, Value]:
    words = " ".join(text.split())
    if not words and not uid:
        return kind.assign(None, None)
    try:
        found = _named(resolver, [table for table, _ in kind.targets], words, uid)
    except AmbiguousError:
        if not kind.printed:
            raise
        found = None
    if found is None and not kind.printed:
        raise ValueError(f"No record is called “{words[:60]}”, and words alone are not possible here.")
    return kind.assign(*found) if found else kind.assign(None, None, words)


class AmbiguousError(ValueError):
    """Several records have the title that a cell names."""


def _named(resolver: Resolver, tables: Iterable[str], text: str, uid: str) -> Found | None:
    allowed = tuple(tables)
    if uid:
        found = resolver.by_uid(uid)
        if found is None and not text.strip():
            raise ValueError(f"No record has the identity {uid[:40]}.")
        if found is not None and found[0] not in allowed:
            raise ValueError(f"The identity {uid[:40]} belongs to a record of another kind ({found[0]}).")
        if found is not None:
            return found
    matches = resolver.by_title(allowed, text)
    if len(matches) > 1:
        raise AmbiguousError(f"{len(matches)} records are called “{text.strip()[:60]}”; give the identity of one.")
    return matches[0] if matches else None

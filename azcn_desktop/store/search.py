"""One search over all records, whatever they are and wherever in them the words stand.

A reader types what is remembered: part of a title, a name in another script, words of a quote, a title as another
source printed it. Which places belong to a record is taken from the declarations. Knows nothing of how hits are shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct, field

from azcn_desktop.records.dates import short_date_words
from azcn_desktop.records.kinds import Choice, Date, Party
from azcn_desktop.records.schema import NOTE, SEARCH_COLUMN, Field, RecordType
from azcn_desktop.records.text import fold
from azcn_desktop.store.records import Record
from azcn_desktop.store.selecting import like
from azcn_desktop.store.store import Store
from azcn_desktop.store.tables import quoted

SEARCHED_TEXT = 20_000
"""Characters of a source's text that are searched; the lead and the body of an article, not a whole book."""

_MOST_WORDS = 8
_SNIPPET = 90
_REFERENCE = re.compile(r"[A-Za-z]\d{3}")
_WORDS = re.compile(r'"([^"]*)"?|(\S+)')
_DETAIL = {
    "meeting": ("date", "city"),
    "agreement": ("signed_on", "status"),
    "project": ("status", "place"),
    "figure": ("value", "growth_pct", "statistics_side"),
    "commitment": ("made_on", "by"),
    "person": ("posts", "country"),
    "organisation": ("kind", "country"),
    "source": ("kind",),
}
_LIKE = " LIKE ? ESCAPE '\\'"
_PLACES = {"name": "Also named", "citation": "Quote", "citation_link": "Printed", "post": "Office"}
# Ranks of a hit, best first.
_TITLE_IS, _TITLE_BEGINS, _WORD_BEGINS, _IN_TITLE, _IN_NAME, _IN_FIELD, _IN_PROOF, _IN_TEXT = range(8)


class Hit(Struct, frozen=True):
    """One record that was found.

    Attributes:
        table, key: the record.
        title: its name.
        detail: what tells it from its like: date, place, office.
        matched: where the words stand when not in the title, with the words around; else empty.
        rank: 0 is best.
    """

    table: str
    key: int
    title: str
    detail: str = ""
    matched: str = ""
    rank: int = _TITLE_IS


class HitGroup(Struct, frozen=True):
    """The hits of one record type.

    Attributes:
        table: the record type.
        hits: the best ones, best first.
        total: how many there are.
    """

    table: str
    hits: tuple[Hit, ...]
    total: int


class _Found(Struct):
    """What is known of one record while the places are searched."""

    words: set[int] = field(default_factory=set)
    rank: int = _IN_TEXT + 1
    matched: str = ""


class Search:
    """Searches one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, text: str, limit: int = 6) -> list[HitGroup]:
        """Return what a text finds, best group first.

        Args:
            text: words that must all be found; quotes hold a phrase together; or a reference id such as `M001`.
            limit: the most hits of one record type.
        """
        words = search_words(text)
        if not words:
            return []
        groups = [g for t in self._store.schema if _is_searched(t) and (g := self._group(t, words, limit))]
        groups.sort(key=_best_rank)
        return [*self._referenced(text), *groups]

    def _referenced(self, text: str) -> Iterator[HitGroup]:
        if _REFERENCE.fullmatch(text.strip()) and (found := self._store.find_reference(text)):
            table, key = found
            for record in self._store.rows(table, [key]):
                if not record.is_deleted:
                    yield HitGroup(table, (Hit(table, key, record.title, _detail(record)),), 1)

    def _group(self, record_type: RecordType, words: Sequence[str], limit: int) -> HitGroup | None:
        found: dict[int, _Found] = defaultdict(_Found)
        self._own(record_type, words, found)
        for part, column in self._store.schema.parts_of(record_type.name):
            if part.name != "citation":  # a quote leads to the record that rests on it, not to its source
                self._part(part, column, words, found)
        self._quotes(record_type.name, words, found)
        if record_type.has_field("text_clean"):
            self._texts(words, found)
        records = self._store.rows(record_type.name, list(found))
        hits = [hit for record in records if not record.is_deleted and (hit := _hit(record, words, found[record.key]))]
        hits.sort(key=_hit_order)
        return HitGroup(record_type.name, tuple(hits[:limit]), len(hits)) if hits else None

    def _own(self, record_type: RecordType, words: Sequence[str], found: dict[int, _Found]) -> None:
        fields = [f for f in record_type.fields if f.is_searchable]
        columns = [f"t.{quoted(_text_column(f))}" for f in fields]
        condition, parameters = _any_word(f"t.{SEARCH_COLUMN}", words)
        chosen, labelled = _any_label(record_type, words)
        rows = self._store.database.all(
            f"SELECT t.id, {', '.join(f'substr({c}, 1, {SEARCHED_TEXT:d})' for c in columns)} "
            f"FROM {quoted(record_type.name)} t WHERE t.deleted_at IS NULL AND ({condition}{chosen})",
            [*parameters, *labelled],
        )
        for key, *texts in rows:
            found[key].rank = min(found[key].rank, _IN_TEXT)
            for f, text in zip(fields, texts, strict=True):
                is_title = f.name in record_type.title
                _note(found[key], words, text, "" if is_title else f.label, _IN_TITLE if is_title else _IN_FIELD)

    def _part(self, part: RecordType, column: str, words: Sequence[str], found: dict[int, _Found]) -> None:
        """Look into the rows that belong to records: names, offices, participants, what sources printed."""
        fields = [f for f in part.fields if f.is_searchable and f.name != NOTE]
        if not fields:
            return
        condition, parameters = _any_word(f"p.{SEARCH_COLUMN}", words)
        columns = ", ".join(f"p.{quoted(_text_column(f))}" for f in fields)
        rows = self._store.database.all(
            f"SELECT p.{quoted(column)}, {columns} FROM {quoted(part.name)} p "
            f"WHERE p.{quoted(column)} IS NOT NULL AND p.deleted_at IS NULL AND {condition}",
            parameters,
        )
        rank = {"name": _IN_NAME, "citation_link": _IN_PROOF}.get(part.name, _IN_FIELD)
        for key, *texts in rows:
            for f, text in zip(fields, texts, strict=True):
                _note(found[key], words, text, _PLACES.get(part.name, f.label), rank)

    def _quotes(self, table: str, words: Sequence[str], found: dict[int, _Found]) -> None:
        schema = self._store.schema
        column = next((c for t, c in schema.parts_of(table) if t.name == "citation_link"), None)
        if column is None:
            return
        condition, parameters = _any_word(f"c.{SEARCH_COLUMN}", words)
        rows = self._store.database.all(
            f"SELECT l.{quoted(column)}, c.quote FROM citation_link l JOIN citation c ON c.id = l.citation_id "
            f"WHERE l.{quoted(column)} IS NOT NULL AND l.deleted_at IS NULL AND c.deleted_at IS NULL AND {condition}",
            parameters,
        )
        for key, quote in rows:
            _note(found[key], words, quote, _PLACES["citation"], _IN_PROOF)

    def _texts(self, words: Sequence[str], found: dict[int, _Found]) -> None:
        text = f"substr(coalesce(t.text_clean, t.text_raw), 1, {SEARCHED_TEXT:d})"
        condition, parameters = _any_word(f"fold({text})", words)
        rows = self._store.database.all(
            f"SELECT t.id, {text} FROM source t WHERE t.deleted_at IS NULL "
            f"AND coalesce(t.text_clean, t.text_raw) IS NOT NULL AND {condition}",
            parameters,
        )
        for key, content in rows:
            _note(found[key], words, content, "Text", _IN_TEXT)


def search_words(text: str) -> list[str]:
    """Return the folded words and phrases of a search text, at most eight."""
    folded = (fold(phrase or word) for phrase, word in _WORDS.findall(text))
    return list(dict.fromkeys(word for word in folded if word))[:_MOST_WORDS]


def snippet(text: str, word: str, length: int = _SNIPPET) -> str:
    """Return the words around the first place where a folded word stands in a text, on one line.

    Args:
        text: the text as written.
        word: what was searched for, folded.
        length: about how many characters are wanted.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    place = _place(line, word)
    start = max(0, place - length // 3)
    start = line.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(line), start + length)
    return f"{'…' if start else ''}{line[start:end].strip()}{'…' if end < len(line) else ''}"


def _place(line: str, word: str) -> int:
    """Return where a folded word begins in a text as written; 0 when folding moved it out of sight."""
    positions: list[int] = []
    folded = ""
    for place, character in enumerate(line):
        key = fold(character).replace(" ", "")
        folded += key
        positions += [place] * len(key)
    found = folded.find(word.replace(" ", ""))
    return positions[found] if found >= 0 else 0


def _is_searched(record_type: RecordType) -> bool:
    return not record_type.is_part and not record_type.is_bulk and record_type.name in _DETAIL


def _text_column(f: Field) -> str:
    return f.kind.printed if isinstance(f.kind, Party) else f.name


def _any_word(column: str, words: Sequence[str]) -> tuple[str, list[str]]:
    return f"({' OR '.join([column + _LIKE] * len(words))})", [like(word) for word in words]


def _any_label(record_type: RecordType, words: Sequence[str]) -> tuple[str, list[str]]:
    """Return conditions for the closed lists within a title, such as the flow of a figure, whose labels hold a word."""
    sql, values = "", []
    for f in (record_type.field(name) for name in record_type.title):
        if isinstance(f.kind, Choice):
            labels = {stored: fold(f.kind.label(stored)) for stored in f.kind.words}
            chosen = [stored for stored, label in labels.items() if any(word in label for word in words)]
            if chosen:
                sql += f" OR t.{quoted(f.name)} IN ({', '.join('?' * len(chosen))})"
                values += chosen
    return sql, values


def _note(found: _Found, words: Sequence[str], text: str | None, place: str, rank: int) -> None:
    """Take down which words stand in one text of a record, and keep the best place to show."""
    if not text:
        return
    folded = fold(text)
    here = [number for number, word in enumerate(words) if word in folded]
    if here and rank < found.rank:
        found.rank = rank
        found.matched = f"{place}: {snippet(text, words[here[0]])}" if place else ""
    found.words.update(here)


def _hit(record: Record, words: Sequence[str], found: _Found) -> Hit | None:
    title, detail = fold(record.title), _detail(record)
    shown = f"{title}\n{fold(detail)}"
    if any(number not in found.words and word not in shown for number, word in enumerate(words)):
        return None
    is_titled = found.rank == _IN_TITLE or all(word in title for word in words)
    rank, matched = (_title_rank(title, words), "") if is_titled else (found.rank, found.matched)
    return Hit(record.table, record.key, record.title, detail, matched, rank)


def _title_rank(title: str, words: Sequence[str]) -> int:
    wanted = " ".join(words)
    if title == wanted:
        return _TITLE_IS
    if title.startswith(wanted):
        return _TITLE_BEGINS
    return _WORD_BEGINS if f" {words[0]}" in f" {title}" else _IN_TITLE


def _detail(record: Record) -> str:
    parts: Iterable[str] = (_shown(record, name) for name in _DETAIL.get(record.table, ()))
    return " · ".join(part for part in parts if part)


def _shown(record: Record, name: str) -> str:
    """Write a field for the line of a hit: days shortly, of several offices the latest, nothing that is not known."""
    labels, value = record.labels.get(name, ()), record.values.get(name)
    if isinstance(record.record_type.field(name).kind, Date):
        return short_date_words(str(value)) if value else ""
    if value == "unspecified":
        return ""
    return labels[-1].text if len(labels) > 1 else record.show(name)


def _best_rank(group: HitGroup) -> int:
    return group.hits[0].rank


def _hit_order(hit: Hit) -> tuple[int, str, int]:
    return hit.rank, fold(hit.title), hit.key

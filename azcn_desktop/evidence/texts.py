"""What a person does with the texts of sources, as change sets: store one, clean it again, remove it, mark a copy.

Each function reads what is there and returns the step, as those of `store.edits` do; nothing is written here, so undo
costs nothing. Whenever the text of a source changes, the same step anchors its citations anew: to their words where
these are found, else they are marked lost and keep their quote.

A quote that is found only in other punctuation becomes the words of the text, so that it always is what its offsets
say. The words that were given before stay in the note of the citation.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.evidence.anchors import Finder, make_anchor
from azcn_desktop.evidence.cleaning import clean
from azcn_desktop.evidence.copies import Likeness, find_copies
from azcn_desktop.evidence.passages import (
    anchored,
    citations_of,
    cite_passage,
    difference,
    drifted_fields,
    existing,
    set_confidence,
    short,
)  # fmt: skip
from azcn_desktop.evidence.repairs import Cleaned, Suspicion, read_cleaned, repairs_text
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import NOTE
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

__all__ = [
    "SourceText", "add_text", "cite_passage", "clean_again",
    "copies_of", "drifted_fields", "mark_copy", "remove_text", "set_confidence", "text_of",
]  # fmt: skip

MOST_CHARACTERS = 10_000_000
_MOST_REPAIRS = 20_000_000  # characters of their column
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SEARCHED_AT_ONCE = 200_000
_GIVEN = "Quoted before as: "
_TEXT_COLUMNS = ("text_raw", "text_clean", "text_repairs", "sha256")


class SourceText(Struct, frozen=True):
    """The text of a source.

    Attributes:
        raw: as it came.
        clean: with damage repaired; what offsets of citations refer to.
        repairs: the same with what was repaired and what is suspected; `repairs.text == clean`.
        sha256: checksum of the raw text in UTF-8, hexadecimal.
    """

    raw: str
    clean: str
    repairs: Cleaned
    sha256: str


def text_of(store: Store, source_key: int) -> SourceText | None:
    """Return the whole text of a source, or None where none is stored."""
    values = _whole(store, source_key).values
    raw, text = values.get("text_raw"), values.get("text_clean")
    if not isinstance(raw, str) or not isinstance(text, str):
        return None
    repairs = values.get("text_repairs")
    return SourceText(raw, text, read_cleaned(text, str(repairs) if repairs else None), str(values.get("sha256") or ""))


def add_text(store: Store, source_key: int, raw: str, progress: Progress | None = None) -> ChangeSet:
    """Store a text, or another one in its place, cleaned, and anchor every citation of the source.

    Raises:
        Cancelled: the person stopped it.
        UserError: the text is empty, too long, or holds characters that no text has.
    """
    source = _whole(store, source_key)
    refuse_bad_text(raw)
    checksum = hashlib.sha256(raw.encode()).hexdigest()
    return _with_text(store, source, f"Add text to {short(source.title)}", raw, checksum, progress)


def clean_again(store: Store, source_key: int, progress: Progress | None = None) -> ChangeSet:
    """Clean the stored text anew, for instance after the rules of cleaning became better, and anchor anew.

    Raises:
        UserError: no text is stored.
    """
    source = _whole(store, source_key)
    raw = source.values.get("text_raw")
    if not isinstance(raw, str):
        raise UserError("This source has no stored text. Add its text first.")
    checksum = str(source.values.get("sha256") or hashlib.sha256(raw.encode()).hexdigest())
    return _with_text(store, source, f"Clean text of {short(source.title)}", raw, checksum, progress)


def remove_text(store: Store, source_key: int) -> ChangeSet:
    """Take the text off a source; its citations keep their quotes with what stands around them."""
    source = _whole(store, source_key)
    changes = [difference(source, dict.fromkeys(_TEXT_COLUMNS))]
    for citation in citations_of(store, source_key):
        changes.append(difference(citation, {"anchor_state": "no_text", "quote_start": None, "quote_end": None}))
    return ChangeSet(f"Remove text of {short(source.title)}", tuple(changes)).without_empty()


def mark_copy(store: Store, source_key: int, origin_key: int | None) -> ChangeSet:
    """Say that a source repeats another one, or with None that it doesn't.

    Raises:
        UserError: it would repeat itself, directly or by way of others.
    """
    source = existing(store, "source", source_key)
    seen, above = set[int](), origin_key
    while above is not None and above not in seen:
        if above == source_key:
            raise UserError("A source can't be a copy of itself, also not by way of other copies.")
        seen.add(above)
        origin = existing(store, "source", above).values.get("origin_source_id")
        above = origin if isinstance(origin, int) else None
    label = "Mark {} as a copy" if origin_key is not None else "Mark {} as no copy"
    change = difference(source, {"origin_source_id": origin_key})
    return ChangeSet(label.format(short(source.title)), (change,)).without_empty()


def copies_of(store: Store, text: str, except_key: int | None = None) -> list[Likeness[int]]:
    """Return the sources whose stored texts are the same or a copy, most alike first; the key is that of the source.

    Args:
        store: where the texts are.
        text: the text in question, cleaned or not.
        except_key: a source that is left out: the one that the text belongs to.
    """
    return find_copies(text, _texts(store, except_key))


def _with_text(
    store: Store, source: Record, label: str, raw: str, checksum: str, progress: Progress | None
) -> ChangeSet:
    progress = progress or Progress()
    cleaned = clean(raw, progress)
    repairs = repairs_text(cleaned)
    if len(repairs) > _MOST_REPAIRS:  # made to need a repair at every third letter: nothing to read either way
        cleaned = Cleaned(raw, (), (Suspicion("too_many", 0, 0, ""),))
        repairs = repairs_text(cleaned)
    values: dict[str, Value] = {
        "text_raw": raw, "text_clean": cleaned.text, "text_repairs": repairs, "sha256": checksum,
    }  # fmt: skip
    finder = Finder(cleaned.text)
    changes = [difference(source, values)]
    for citation in citations_of(store, source.key):
        progress.check()
        changes.append(difference(citation, _found_again(citation, finder)))
    return ChangeSet(label, tuple(changes)).without_empty()


def _found_again(citation: Record, finder: Finder) -> dict[str, Value]:
    """Return the columns of a citation for another state of its text."""
    quote, prefix, suffix = (citation.values.get(name) or "" for name in ("quote", "quote_prefix", "quote_suffix"))
    near = citation.values.get("quote_start")
    place = finder.find(str(quote), str(prefix), str(suffix), near if isinstance(near, int) else None)
    if not quote:
        return {}
    if place is None:
        return {"anchor_state": "lost", "quote_start": None, "quote_end": None}
    values = anchored(make_anchor(finder.text, place.start, place.end))
    return values if place.is_exact else values | _given_before(citation, str(quote))


def _given_before(citation: Record, quote: str) -> dict[str, Value]:
    note = citation.values.get(NOTE)
    if isinstance(note, str) and _GIVEN in note:
        return {}
    return {NOTE: "\n".join(filter(None, (str(note or ""), f"{_GIVEN}“{quote}”")))}


def _texts(store: Store, except_key: int | None) -> Iterator[tuple[int, str]]:
    query = Query("source").with_condition(Condition("text_clean", "empty", (), is_negated=True))
    for key, text in store.select(query, ["id", "text_clean"]):
        if isinstance(key, int) and isinstance(text, str) and key != except_key:
            yield key, text


def refuse_bad_text(raw: str) -> None:
    """Refuse what is no text of a source. Raises UserError: it is empty, too long, or has characters no text has."""
    if not raw.strip():
        raise UserError("There is no text. Paste or open the text of the article.")
    if len(raw) > MOST_CHARACTERS:
        raise UserError(
            f"This text has {len(raw):,} characters; at most {MOST_CHARACTERS:,} are possible. "
            "Add only the part that records rest on."
        )
    pieces = range(0, len(raw), _SEARCHED_AT_ONCE)  # other threads run between two of them
    if bad := next(filter(None, (_CONTROL.search(raw, at, at + _SEARCHED_AT_ONCE) for at in pieces)), None):
        raise UserError(
            f"Character {bad.start() + 1:,} of this text is no character of a text (U+{ord(bad[0]):04X}), so it seems "
            "to be damaged or no text at all. Nothing was stored. Take such characters out and add the text again."
        )


def _whole(store: Store, source_key: int) -> Record:
    found = store.whole_rows("source", [source_key])
    if not found:
        raise Conflict("This source no longer exists.")
    return found[0]

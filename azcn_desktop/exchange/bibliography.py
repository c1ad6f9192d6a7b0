"""Bibliographies of the sources that records rest on: CSL-JSON, BibTeX, RIS and plain text.

Says what is stored and nothing else: a source without title or date has none in the file, a doubtful date is marked as
such, and what a copy was first published as stands in its note. How each format writes a reference is in
`bibliography_formats`. Knows neither widgets nor the command line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.atomic_file import AtomicFiles
from azcn_desktop.exchange.bibliography_formats import Reference, bibtex, csl_json, plain_text, ris
from azcn_desktop.store.database import FileIdentity
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

Format = Literal["csl-json", "bibtex", "ris", "text"]
FORMATS: dict[Format, tuple[str, str]] = {
    "csl-json": (".json", "CSL-JSON"),
    "bibtex": (".bib", "BibTeX"),
    "ris": (".ris", "RIS"),
    "text": (".txt", "Plain text"),
}
_WRITERS = {"csl-json": csl_json, "bibtex": bibtex, "ris": ris, "text": plain_text}
_LONGEST_CHAIN = 20


def bibliography(store: Store, source_keys: Sequence[int], format: Format) -> str:
    """Write sources as one bibliography.

    Args:
        store: where they are.
        source_keys: their ids, in the order wanted (`store.citing` gives those of records).
        format: how it is written; RIS has line ends of its own, CR and LF.

    Returns:
        The text of the file; of no source at all an empty list of the format.
    """
    references = [_reference(store, record) for record in store.rows("source", source_keys)]
    return _WRITERS[format](references)


def write_bibliography(store: Store, source_keys: Sequence[int], format: Format, target: Path) -> int:
    """Write sources to a file, all of it or nothing, in UTF-8.

    Returns:
        How many references were written.

    Raises:
        UserError: the target can't be written, or is the database itself; nothing was changed then.
    """
    own = FileIdentity.of(store.path)
    if own is not None and FileIdentity.of(target) == own:
        raise UserError(f"{target} is the database that is read. Choose another name for the bibliography.")
    text = bibliography(store, source_keys, format)
    with AtomicFiles() as files:
        files.open(target).write(text.encode("utf-8"))
    return len(source_keys)


def format_of(target: Path, named: str = "") -> Format:
    """Return the format that is named, or that the ending of a file says.

    Raises:
        UserError: neither tells a format.
    """
    for known in get_args(Format):
        if named == known or (not named and target.suffix.lower() == FORMATS[known][0]):
            return known  # type: ignore[no-any-return]
    endings = ", ".join(suffix for suffix, _ in FORMATS.values())
    raise UserError(f"{target} must end in one of {endings}, or the format must be named: {', '.join(FORMATS)}.")


def _reference(store: Store, record: Record) -> Reference:
    def text(name: str) -> str:
        return " ".join(str(record.values.get(name) or "").split())

    return Reference(
        record.uid, text("kind"), text("title"), text("publisher"), text("author"), text("published"),
        text("accessed_on"), text("url"), text("language"), _origins(store, record),
    )  # fmt: skip


def _origins(store: Store, record: Record) -> tuple[Reference, ...]:
    """Return what a source repeats, and what that repeats; a chain that runs in a circle ends where it began."""
    seen = {record.key}
    chain: list[Record] = []
    key = record.values.get("origin_source_id")
    while isinstance(key, int) and key not in seen and len(chain) < _LONGEST_CHAIN:
        seen.add(key)
        found = store.rows("source", [key])
        if not found:
            break
        chain.append(found[0])
        key = found[0].values.get("origin_source_id")
    return tuple(_plain(origin) for origin in chain)


def _plain(record: Record) -> Reference:
    title, publisher, published, url = (
        " ".join(str(record.values.get(name) or "").split()) for name in ("title", "publisher", "published", "url")
    )
    return Reference(record.uid, "", title, publisher, "", published, "", url, "", ())

"""How a reference is written in CSL-JSON, BibTeX, RIS and plain text.

Sources: CSL 1.0.2 specification and its data schema (csl-data.json); the BibTeX manual (btxdoc) with the fields `url`
and `urldate` that later styles know; RIS as Zotero and EndNote read it. Knows no store.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

from azcn_desktop.records.dates import date_bounds, date_words, is_plain, precision
from azcn_desktop.records.text import fold

CSL_TYPES = {
    "news": "article-newspaper", "interview": "interview", "press_release": "article", "document": "document",
    "speech": "speech", "dataset": "dataset", "book": "book", "note": "document",
}  # fmt: skip
RIS_TYPES = {"news": "NEWS", "dataset": "DATA", "book": "BOOK", "note": "UNPB"}
_BIBTEX_TYPES = {"book": "book", "note": "unpublished"}
# Braces by name: BibTeX counts even those behind a backslash, and a lone one would swallow the entries that follow.
_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "&": r"\&",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


class Reference(Struct, frozen=True):
    """One source; empty where something is not known. Every text is one line.

    Attributes:
        uid: its stable identity.
        kind: a word of `words.SOURCE_KIND`.
        title, publisher, author, url: as stored.
        published, accessed: dates in EDTF.
        language: BCP 47.
        origins: what it repeats, the nearest first.
    """

    uid: str
    kind: str
    title: str
    publisher: str
    author: str
    published: str
    accessed: str
    url: str
    language: str
    origins: tuple[Reference, ...] = ()

    @property
    def note(self) -> str:
        """What it was first published as, and the words of a date that numbers can't give."""
        chain = "; itself first published as ".join(_line(origin) for origin in self.origins)
        first = f"First published as: {chain}" if chain else ""  # without full stop: it would become part of an address
        doubt = f"Published {date_words(self.published)}." if self.published and not is_plain(self.published) else ""
        return " ".join(part for part in (doubt, first) if part)


# -- CSL-JSON


def csl_json(references: Sequence[Reference]) -> str:
    """Write references as a list of CSL-JSON items."""
    return json.dumps([_csl_item(reference) for reference in references], ensure_ascii=False, indent=2) + "\n"


def _csl_item(reference: Reference) -> dict[str, object]:
    item: dict[str, object] = {
        "id": reference.uid,
        "type": CSL_TYPES.get(reference.kind, "webpage" if reference.url else "document"),
        "title": reference.title,
        "author": [{"literal": reference.author}] if reference.author else None,
        "publisher" if reference.kind in ("book", "dataset", "document") else "container-title": reference.publisher,
        "issued": _csl_date(reference.published),
        "accessed": _csl_date(reference.accessed),
        "URL": reference.url,
        "language": reference.language,
        "genre": "Press release" if reference.kind == "press_release" else None,
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _csl_date(edtf: str) -> dict[str, object]:
    """Return a date as CSL has it; what has an open end is only told in words."""
    if not edtf:
        return {}
    ends = [end.replace("?", "").replace("~", "") for end in edtf.split("/")]
    if ".." in ends:
        return {"literal": date_words(edtf)}
    date: dict[str, object] = {"date-parts": [[int(part) for part in end.split("-")] for end in ends]}
    return date | ({"circa": True} if "?" in edtf or "~" in edtf else {})


# -- BibTeX


def bibtex(references: Sequence[Reference]) -> str:
    """Write references as a BibTeX file in UTF-8; the keys stay the same from one export to the next."""
    keys = _bibtex_keys(references)
    entries = [_bibtex_entry(reference, key) for reference, key in zip(references, keys, strict=True)]
    return "\n".join(["% Encoding: UTF-8", "", *entries])


def _bibtex_keys(references: Sequence[Reference]) -> list[str]:
    """Return for each reference the first word of its publisher, the year, and the end of its identity."""
    keys: list[str] = []
    for reference in references:
        words = re.findall(r"[a-z][a-z0-9]*", fold(reference.publisher or reference.title))
        start = "-".join(filter(None, (words[0] if words else "source", _year(reference.published))))
        size = 6
        while (key := f"{start}-{reference.uid[-size:].lower()}") in keys and size < len(reference.uid):
            size += 1
        keys.append(key)
    return keys


def _bibtex_entry(reference: Reference, key: str) -> str:
    kind = _BIBTEX_TYPES.get(reference.kind, "misc")
    year, month, day = [*reference.published.replace("?", "").replace("~", "").split("-"), "", ""][:3]
    is_interval = "/" in reference.published
    fields = {
        "author": f"{{{_escaped(reference.author)}}}" if reference.author else "",
        "title": f"{{{_escaped(reference.title)}}}" if reference.title else "",
        "publisher" if kind == "book" else "howpublished": _escaped(reference.publisher),
        "year": _year(reference.published) if is_interval else year,
        "month": "" if is_interval or not month else str(int(month)),
        "day": "" if is_interval or not day else str(int(day)),
        "url": _url(reference.url),
        "urldate": reference.accessed,
        "language": _escaped(reference.language),
        "note": _escaped(reference.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _escaped(text: str) -> str:
    """Return a text whose signs mean themselves in LaTeX, without characters that nobody sees."""
    return "".join(_BIBTEX_SIGNS.get(character, character) for character in _visible(text))


def _url(url: str) -> str:
    """Return an address for a field that is taken word for word: what would end it is percent-encoded."""
    return _visible(url).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _year(edtf: str) -> str:
    """Return the year when there is only one that a date may mean."""
    if not edtf:
        return ""
    first, last = (day[:4] for day in date_bounds(edtf))
    return first if first == last else ""


# -- RIS


def ris(references: Sequence[Reference]) -> str:
    """Write references as RIS, each from TY to ER, with line ends CR and LF."""
    lines = [line for reference in references for line in (*_ris_lines(reference), "ER  - ", "")]
    return "".join(f"{line}\r\n" for line in lines)


def _ris_lines(reference: Reference) -> list[str]:
    fields = (
        ("TY", RIS_TYPES.get(reference.kind, "ELEC" if reference.url else "GEN")),
        ("ID", reference.uid),
        ("TI", reference.title),
        ("AU", reference.author),
        ("PB" if reference.kind in ("book", "dataset") else "T2", reference.publisher),
        ("PY", _year(reference.published)),
        ("DA", _ris_date(reference.published)),
        ("Y2", _ris_date(reference.accessed)),
        ("UR", reference.url),
        ("LA", reference.language),
        ("N1", reference.note),
    )
    return [f"{tag}  - {_visible(value)}" for tag, value in fields if value]


def _ris_date(edtf: str) -> str:
    """Return year, month and day with their slashes, as far as they are known; an interval has no place in RIS."""
    if not edtf or precision(edtf) == 0:
        return ""
    parts = edtf.replace("?", "").replace("~", "").split("-")
    return "/".join([*parts, "", ""][:3]) + "/"


# -- plain text


def plain_text(references: Sequence[Reference]) -> str:
    """Write references as one line each."""
    return "".join(f"{_text_line(reference)}\n" for reference in references)


def _text_line(reference: Reference) -> str:
    accessed = f" (accessed {date_words(reference.accessed)})" if reference.accessed else ""
    chain = "; itself first published as ".join(_line(origin) for origin in reference.origins)
    said = f"{_line(reference)}{accessed}" + (f"; first published as: {chain}" if chain else "")
    ends_with_address = reference.origins[-1].url if chain else reference.url and not accessed
    return said if ends_with_address else f"{said}."


def _line(reference: Reference) -> str:
    """Return a reference in running text, without a full stop."""
    title = f"“{_visible(reference.title)}”" if reference.title else ""
    day = date_words(reference.published) if reference.published else "undated"
    parts = (reference.author, title, reference.publisher, day, reference.url)
    return ", ".join(_visible(part) for part in parts if part)


def _visible(text: str) -> str:
    """Return one line without marks of direction and other characters of format, which break other programs' fields.

    The joiners that Persian, Indic and emoji writing need are kept.
    """
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cf") or c in "\n\t\u200c\u200d")
    return " ".join("".join(kept).split())

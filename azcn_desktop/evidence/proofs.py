"""Which passage stands behind a single field of a record, and whether the field has been edited away from it."""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.evidence.passages import drifted_fields
from azcn_desktop.store.backlinks import CitationView
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_NEAREST = {"anchored": 0, "lost": 1, "no_text": 2}


class FieldProof(Struct, frozen=True):
    """What one field rests on.

    Attributes:
        citation_key: the passage; of several the one that is found in its text.
        publisher, quote: who said it, and in which words; empty where not known.
        anchor_state: anchored, lost or no_text.
        printed: what the sources gave for the field, each once.
        is_drifted: the field shows something else now.
    """

    citation_key: int
    publisher: str
    quote: str
    anchor_state: str
    printed: tuple[str, ...]
    is_drifted: bool


def field_proofs(store: Store, record: Record) -> dict[str, FieldProof]:
    """Return the proof of each field that is cited for itself, not of those that rest on the record as a whole."""
    cited: dict[str, list[CitationView]] = {}
    for citation in store.citations(record.table, record.key):
        for name in citation.fields:
            cited.setdefault(name, []).append(citation)
    if not cited:
        return {}
    drifted = drifted_fields(store, record.table, record.key)
    return {name: _proof(name, citations, name in drifted) for name, citations in cited.items()}


def _proof(name: str, citations: list[CitationView], is_drifted: bool) -> FieldProof:
    best = min(citations, key=_distance)
    printed = dict.fromkeys(words for c in citations for field, words, _ in c.printed if field == name)
    return FieldProof(
        best.citation_key, best.publisher or "", best.quote or "", best.anchor_state, tuple(printed), is_drifted
    )


def _distance(citation: CitationView) -> int:
    return _NEAREST.get(citation.anchor_state, len(_NEAREST))

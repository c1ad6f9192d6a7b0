"""A record as one sentence with its source, ready to be pasted.

"Trade turnover ... was about $3.7 bn ...; Trend News Agency, 16 April 2025, https://..." Of several sources the first
that supports the record and contradicts none of its fields is named, and the others are counted: whoever reads the
sentence can check it at one address and knows that there is more. A record without a source says so. Nothing is said
that is not stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from azcn_desktop.evidence import record_clauses
from azcn_desktop.evidence.figure_sentence import figure_clause
from azcn_desktop.evidence.phrases import joined, merged_brackets, one_line, sentence_end
from azcn_desktop.records.dates import date_words
from azcn_desktop.store.backlinks import CitationView
from azcn_desktop.store.dossiers import items
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_CLAUSES: dict[str, Callable[[Record], str]] = {
    "figure": figure_clause,
    "commitment": record_clauses.commitment_clause,
    "meeting": record_clauses.meeting_clause,
    "agreement": record_clauses.agreement_clause,
    "project": record_clauses.project_clause,
    "person": record_clauses.person_clause,
    "organisation": record_clauses.organisation_clause,
}


def cited_sentence(store: Store, table: str, key: int) -> str:
    """Return a record with its first supporting source in one sentence, without line breaks.

    Args:
        store: where the record is.
        table: its type.
        key: its id.

    Returns:
        A sentence that ends with the address of the source, or with a full stop; empty when there is no such record.
    """
    return cited_sentences(store, table, [key])


def cited_sentences(store: Store, table: str, keys: Sequence[int]) -> str:
    """Return the sentences of several records, one a line, in the order of the keys; a dossier is what stands in it."""
    if table == "dossier":
        steps = [(item.table, item.record_key) for key in keys for item in items(store, key)]
        return "\n".join(cited_sentence(store, *step) for step in steps)
    return "\n".join(_sentence(store, record) for record in store.rows(table, keys))


def _sentence(store: Store, record: Record) -> str:
    if record.table == "source":
        return record_clauses.reference(record)
    clause = merged_brackets(_CLAUSES.get(record.table, record_clauses.title_clause)(record))
    return f"{clause}; {_source(store.citations(record.table, record.key), record.values.get('independent_sources'))}"


def _source(citations: Sequence[CitationView], independent: object) -> str:
    """Name the first source that supports a record, and count the others; copies of one text are told apart."""
    supporting = [citation for citation in citations if "supports" in citation.roles]
    supporting.sort(key=lambda citation: "contradicts" in citation.roles)
    contradicting = [citation for citation in citations if "contradicts" in citation.roles]
    chosen = supporting or contradicting or list(citations)
    if not chosen:
        return "no source."
    count = len({citation.source_key for citation in chosen})
    head = "" if supporting else "contradicted by " if contradicting else "mentioned by "
    has_copies = bool(supporting) and isinstance(independent, int) and independent < count
    of_them = f"first of {count} sources{f', {independent} independent' if has_copies else ''}: " if count > 1 else ""
    return f"{head}{of_them}{_place(chosen[0])}"


def _place(citation: CitationView) -> str:
    name = one_line(citation.publisher) or (f"“{one_line(citation.title)}”" if citation.title else "source not named")
    day, url = citation.published, one_line(citation.url)
    said = joined((name, date_words(day) if day else "undated", url))
    return said if url else sentence_end(said)

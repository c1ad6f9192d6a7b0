"""Passages of stored texts and what they support, as change sets; and fields that were edited away from theirs.

Each function reads what is there and returns the step, as those of `store.edits` do. Knows nothing of cleaning: the
offsets are those of the text that a source has now, and `texts` moves them when that changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.evidence.anchors import Anchor, make_anchor
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Links, Party, Value
from azcn_desktop.store.edits import inside
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_TITLE_LENGTH = 48


class Target(Struct, frozen=True):
    """What a passage is cited for.

    Attributes:
        table, key: the record.
        field_name: the field; empty for the whole record.
        role: supports, contradicts or mentions.
        confidence: 0 to 4; None for not rated.
    """

    table: str
    key: int
    field_name: str = ""
    role: str = "supports"
    confidence: int | None = None


def cite_passage(
    store: Store, source_key: int, place: tuple[int, int], target: Target, seen: str | None = None
) -> ChangeSet:
    """Let a passage of a stored text support a record, or one field of it.

    A passage that is cited already is used again. For a field, what it shows now is kept with the use (`printed`), so
    that a later edit away from it can be told.

    Args:
        store: where both are.
        source_key: the source.
        place: where the passage begins and ends in the cleaned text.
        target: what it is cited for.
        seen: the words that the person saw there; another window may have changed the text meanwhile.

    Raises:
        UserError: no text is stored, there are no words in the passage, it is too long, or it supports this already.
        Conflict: other words stand there now, or source or record lie in the trash.
    """
    source = next(iter(store.whole_rows("source", [source_key])), None)
    text = source.values.get("text_clean") if source is not None else None
    if source is None or not isinstance(text, str):
        raise UserError("This source has no stored text. Add its text first.")
    if source.is_deleted or existing(store, target.table, target.key).is_deleted:
        raise Conflict("The source or the record lies in the trash. Restore it first; nothing was written.")
    if seen is not None and text[slice(*place)] != seen:
        raise Conflict("The text of this source was changed meanwhile. Select the passage again; nothing was written.")
    anchor = _passage(store, text, place)
    record = existing(store, target.table, target.key)
    changes: list[Change] = []
    known = next((c for c in citations_of(store, source_key) if _is_at(c, anchor)), None)
    if known is None:
        values: dict[str, Value] = {"source_id": source_key, "confidence": target.confidence} | anchored(anchor)
        changes.append(Change("citation", -1, None, store.schema["citation"].new_row() | values))
    elif target.confidence is not None:
        changes.append(difference(known, {"confidence": target.confidence}))
    if known and any(_is_use(use, store, target) for use in store.parts("citation", known.key)["citation_link"]):
        raise UserError("This passage is cited there already.")
    changes.append(_use(store, known.key if known else -1, record, target))
    field_name = target.field_name
    what = f"{inside(record.record_type.field(field_name).label)} of " if field_name else ""
    return ChangeSet(f"Cite for {what}{short(record.title)}", tuple(changes)).without_empty()


def set_confidence(store: Store, citation_key: int, confidence: int | None) -> ChangeSet:
    """Rate how far a citation can be trusted: 0 very low to 4 very high, None for not rated."""
    citation = existing(store, "citation", citation_key)
    return ChangeSet("Set confidence of citation", (difference(citation, {"confidence": confidence}),)).without_empty()


def drifted_fields(store: Store, table: str, key: int) -> set[str]:
    """Return the fields of a record that were edited away from what their citations support.

    A use of a citation for a field keeps what the field showed when it was cited, or what the source gives for it, as
    `printed`. A field has drifted when it has supporting uses with such words and none of them is what it shows now.
    Edited back, it has not drifted any more. Fields of several members (participants, parties) are left out, because
    sources print these in words of their own.
    """
    record = existing(store, table, key)
    supported: dict[str, set[str]] = {}
    for citation in store.citations(table, key):
        for name, printed, role in citation.printed:
            if role == "supports" and record.record_type.has_field(name):
                supported.setdefault(name, set()).add(printed)
    return {
        name
        for name, printed in supported.items()
        if not isinstance(record.record_type.field(name).kind, Links) and record.show(name) not in printed
    }


def anchored(anchor: Anchor) -> dict[str, Value]:
    """Return the columns of a citation whose words were found."""
    return {
        "quote": anchor.quote,
        "quote_prefix": anchor.prefix or None,
        "quote_suffix": anchor.suffix or None,
        "quote_start": anchor.start,
        "quote_end": anchor.end,
        "anchor_state": "anchored",
    }


def citations_of(store: Store, source_key: int) -> list[Record]:
    """Return the citations of a source."""
    return [citation for citation in store.parts("source", source_key)["citation"] if not citation.is_deleted]


def difference(record: Record, values: Mapping[str, Value]) -> Change:
    """Return the change of a record to values, of those that differ."""
    changed = {c: v for c, v in values.items() if record.values.get(c) != v}
    return Change(record.table, record.key, {c: record.values.get(c) for c in changed}, changed)


def existing(store: Store, table: str, key: int) -> Record:
    """Return a record. Raises Conflict when it is gone."""
    record = store.get(table, key)
    if record is None:
        raise Conflict(f"This {store.schema[table].label.lower()} no longer exists.")
    return record


def short(title: str) -> str:
    """Return a title as a label of the undo menu has room for it."""
    return title if len(title) <= _TITLE_LENGTH else title[: _TITLE_LENGTH - 1].rstrip() + "…"


def _passage(store: Store, text: str, place: tuple[int, int]) -> Anchor:
    try:
        anchor = make_anchor(text, *place)
    except ValueError:
        raise UserError("Select the words that you want to cite.") from None
    kind = store.schema["citation"].field("quote").kind
    problem = kind.check("quote", {"quote": anchor.quote})
    if problem:
        raise UserError(f"This passage can't be cited. {problem} Select less of the text.")
    return anchor


def _use(store: Store, citation: int, record: Record, target: Target) -> Change:
    cited = store.schema["citation_link"].field("cited").kind
    assert isinstance(cited, Party)
    row = store.schema["citation_link"].new_row() | cited.assign(record.table, record.key)
    shown = record.show(target.field_name) if target.field_name else ""
    row |= {
        "citation_id": citation, "field_name": target.field_name or None, "printed": shown or None,
        "role": target.role,
    }  # fmt: skip
    return Change("citation_link", -2, None, row)


def _is_use(use: Record, store: Store, target: Target) -> bool:
    cited = store.schema["citation_link"].field("cited").kind
    assert isinstance(cited, Party)
    columns = cited.assign(target.table, target.key) | {"field_name": target.field_name or None}
    return not use.is_deleted and all(use.values.get(column) == value for column, value in columns.items())


def _is_at(citation: Record, anchor: Anchor) -> bool:
    return (citation.values.get("quote_start"), citation.values.get("quote_end")) == (anchor.start, anchor.end)

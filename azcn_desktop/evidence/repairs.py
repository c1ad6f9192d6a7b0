"""Repairs of a text as data: what was taken out, what was put in, where, and back again without loss.

A cleaned text and its repairs hold the text as it came, so nothing that cleaning does is final. Offsets run both ways.
Knows nothing of what damage looks like; that is `cleaning`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from azcn_desktop.errors import UserError

Kind = Literal[
    "date_stamp", "widget_junk", "duplicated_lead", "cut_tail", "site_tail", "glued_paragraphs", "glued_words",
    "whitespace", "missing_stop", "not_guessed", "too_many",
]  # fmt: skip
_EDITS_BETWEEN_CHECKS = 2_000
_AT_A_TIME = 5_000  # entries written in one go: no other thread runs meanwhile
_WHY: dict[str, str] = {
    "date_stamp": "A date that the page was stored with stands before the text; it is no part of it.",
    "widget_junk": "The words of a button or a setting of the page stood in the text.",
    "duplicated_lead": "The headline or the beginning of the text was printed twice; one copy was taken out.",
    "cut_tail": "A piece that breaks off was taken out; what it begins follows in full.",
    "site_tail": "The foot of the page stood below the text.",
    "glued_paragraphs": "Two paragraphs had run together after a full stop.",
    "glued_words": "Two words had run together at the end of a line.",
    "whitespace": "Superfluous blanks or empty lines.",
    "missing_stop": "A full stop seems to be missing.",
}


class Repair(Struct, frozen=True):
    """One place where the cleaned text differs from the text as it came.

    Attributes:
        kind: what was wrong; the closed list `Kind`.
        start, end: the place in the raw text, `raw[start:end] == removed`.
        clean_start, clean_end: the place in the cleaned text, `text[clean_start:clean_end] == inserted`.
        removed: what was taken out; may be empty.
        inserted: what was put instead; only blanks and line breaks, may be empty.
    """

    kind: Kind
    start: int
    end: int
    clean_start: int
    clean_end: int
    removed: str
    inserted: str

    @property
    def why(self) -> str:
        """A plain sentence that says what was wrong."""
        return _WHY[self.kind]


class Suspicion(Struct, frozen=True):
    """A place that looks damaged but was left alone, because mending it might change the meaning.

    Attributes:
        kind: glued_words, missing_stop, duplicated_lead or cut_tail; or of the whole text not_guessed or too_many.
        start, end: the place in the cleaned text.
        text: the words there.
        suggestion: what may have been meant; empty where that can't be told.
    """

    kind: Kind
    start: int
    end: int
    text: str
    suggestion: str = ""

    @property
    def is_of_the_whole(self) -> bool:
        """Whether it says something of the whole text and has no place in it."""
        return self.kind in ("not_guessed", "too_many")

    @property
    def why(self) -> str:
        """A plain sentence that says what looks wrong."""
        sentences = {
            "glued_words": "This looks like two words that ran together; it was left as it is.",
            "missing_stop": "A full stop may be missing here; none was put in.",
            "cut_tail": "The text seems to break off here.",
            "not_guessed": "This text is too long for guesses: words and paragraphs that ran together, and lost full "
            "stops, were not looked for.",
            "too_many": "This text would need too many repairs; it is shown as it is stored.",
            "duplicated_lead": "This line stands further up already; both were left, as both may be meant.",
        }
        return sentences[self.kind]


class Cleaned(Struct, frozen=True, dict=True):
    """A text with its damage repaired.

    Attributes:
        text: the cleaned text.
        repairs: what was repaired, in the order of the text; they do not overlap.
        suspected: what looks damaged and was left alone.
    """

    text: str
    repairs: tuple[Repair, ...] = ()
    suspected: tuple[Suspicion, ...] = ()

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        return [repair.start for repair in self.repairs], [repair.clean_start for repair in self.repairs]

    def to_raw(self, offset: int) -> int:
        """Return the place in the raw text for one in the cleaned text; within what was put in, its beginning."""
        n = bisect_right(self._bounds[1], offset) - 1
        if n < 0:
            return offset
        repair = self.repairs[n]
        return repair.start if offset < repair.clean_end else repair.end + offset - repair.clean_end

    def to_clean(self, offset: int) -> int:
        """Return the place in the cleaned text for one in the raw text; within what was taken out, its place."""
        n = bisect_right(self._bounds[0], offset) - 1
        if n < 0:
            return offset
        repair = self.repairs[n]
        return repair.clean_start if offset < repair.end else repair.clean_end + offset - repair.end


def restore(text: str, repairs: Iterable[Repair]) -> str:
    """Return the text as it came from the cleaned text and its repairs."""
    parts, position = [], 0
    for repair in repairs:
        parts += [text[position : repair.clean_start], repair.removed]
        position = repair.clean_end
    return "".join(parts) + text[position:]


def repairs_text(cleaned: Cleaned) -> str:
    """Write repairs and suspicions as JSON for the column of a source.

    A repair holds kind, place in the raw text, what was removed and put in; a suspicion kind, place and end in the
    cleaned text, and the suggestion. All other offsets follow from these.
    """
    repairs = [[r.kind, r.start, r.removed, r.inserted] for r in cleaned.repairs]
    suspected = [[s.kind, s.start, s.end, s.suggestion] for s in cleaned.suspected]
    return f'{{"repairs":{_written(repairs)},"suspected":{_written(suspected)}}}'


def _written(entries: Sequence[object]) -> str:
    slices = (entries[at : at + _AT_A_TIME] for at in range(0, len(entries), _AT_A_TIME))
    return f"[{','.join(json.dumps(s, ensure_ascii=False, separators=(',', ':'))[1:-1] for s in slices)}]"


def read_cleaned(text: str, repairs: str | None) -> Cleaned:
    """Return a cleaned text with what the column of its repairs says.

    Args:
        text: the cleaned text.
        repairs: what `repairs_text` wrote; empty or None for none.

    Raises:
        UserError: the column holds something else.
    """
    if not repairs:
        return Cleaned(text)
    try:
        read = json.loads(repairs)
        found, shift = [], 0
        for kind, start, removed, inserted in read["repairs"]:
            clean = start + shift
            end = start + len(removed)
            found.append(Repair(kind, start, end, clean, clean + len(inserted), removed, inserted))
            shift += len(inserted) - len(removed)
        suspected = [Suspicion(kind, start, end, text[start:end], hint) for kind, start, end, hint in read["suspected"]]
    except (ValueError, TypeError, KeyError) as error:
        raise UserError("What was repaired in this text can't be read. Clean the text again.") from error
    return Cleaned(text, tuple(found), tuple(suspected))


class Edit(Struct, frozen=True):
    """One change of a text on its way: `text[start:end]` becomes `inserted`."""

    start: int
    end: int
    inserted: str
    kind: Kind


class _Span(Struct):
    """A piece of the text on its way: kept raw text (no kind), or what stands for a piece of it."""

    start: int
    end: int
    inserted: str = ""
    kind: Kind | None = None

    @property
    def length(self) -> int:
        return len(self.inserted) if self.kind else self.end - self.start

    def cut(self, length: int) -> tuple[_Span, _Span]:
        if self.kind is None:
            return _Span(self.start, self.start + length), _Span(self.start + length, self.end)
        first = _Span(self.start, self.end, self.inserted[:length], self.kind)
        return first, _Span(self.end, self.end, self.inserted[length:], self.kind)


class Workpiece:
    """A text under repair: edits of the text as it is now become repairs of the text as it came.

    Attributes:
        raw: the text as it came.
        text: the text as it is now.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._spans = [_Span(0, len(raw))]

    def apply(self, edits: Sequence[Edit], check: Callable[[], None] | None = None) -> bool:
        """Make edits of the present text, given in its order and without overlaps; tell whether there were any.

        Args:
            edits: what to do.
            check: called now and then; it may raise to stop, and the piece is then as it was.
        """
        if not edits:
            return False
        left, done, position = deque(self._spans), list[_Span](), 0
        for n, edit in enumerate(edits):
            if check and n % _EDITS_BETWEEN_CHECKS == 0:
                check()
            done += _taken(left, edit.start - position)
            dropped = _taken(left, edit.end - edit.start)
            at = done[-1].end if done else 0
            done.append(_Span(at, at, edit.inserted, edit.kind))
            done += [_Span(span.start, span.end, "", span.kind or edit.kind) for span in dropped]
            position = edit.end
        self._spans = [span for span in (*done, *left) if span.length or span.end > span.start]
        self.text = "".join(self.raw[s.start : s.end] if s.kind is None else s.inserted for s in self._spans)
        return True

    def repairs(self) -> tuple[Repair, ...]:
        """Return what differs from the raw text, adjacent changes joined; a change of words names the kind."""
        found: list[Repair] = []
        position = 0
        for span in self._spans:
            if span.kind:
                repair = Repair(
                    span.kind, span.start, span.end, position, position + span.length,
                    self.raw[span.start : span.end], span.inserted,
                )  # fmt: skip
                if found and _is_one(found[-1], repair):
                    repair = _joined(found.pop(), repair)
                found.append(repair)
            position += span.length
        return tuple(repair for repair in found if repair.removed != repair.inserted)


def _taken(left: deque[_Span], length: int) -> list[_Span]:
    """Take pieces of a length off the front."""
    taken = []
    while length > 0:
        span = left.popleft()
        if span.length > length:
            span, rest = span.cut(length)
            left.appendleft(rest)
        length -= span.length
        taken.append(span)
    return taken


def _is_one(one: Repair, other: Repair) -> bool:
    is_adjacent = (one.end, one.clean_end) == (other.start, other.clean_start)
    return is_adjacent and (one.kind == other.kind or "whitespace" in (one.kind, other.kind))


def _joined(one: Repair, other: Repair) -> Repair:
    kind = other.kind if one.kind == "whitespace" else one.kind
    removed, inserted = one.removed + other.removed, one.inserted + other.inserted
    return Repair(kind, one.start, other.end, one.clean_start, other.clean_end, removed, inserted)

"""The same text twice: copies of an article, also with another headline, a changed lead or run-together words.

A text is compared by its letters and digits alone, cut into overlapping pieces of a fixed length, so that blanks, line
ends, punctuation and words that ran together make no difference. How much of the smaller text stands in the other one
tells a copy from two reports on one event, which share a quoted sentence or two. Knows no store.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from typing import Generic, Literal, TypeVar
from zlib import crc32

from msgspec import Struct

PIECE_LENGTH = 24  # letters: four to five English words
MOST_COMPARED = 200_000  # characters from the beginning; an article has a few thousand
SAME_FROM = 0.95
COPY_FROM = 0.5
_LEAST_LETTERS = 120  # shorter texts are too little to tell unless all of them agrees
_SAMPLED_FROM = 2_000  # bytes; of less there are so few samples that marks between the letters may spoil them all
_SAMPLE_EVERY = 40
_SAMPLES_NEEDED = 2
_MARKS = (string.whitespace + string.punctuation).encode()
_NOT_COUNTED = re.compile(r"[\W_]+")
Key = TypeVar("Key")


class Fingerprint(Struct, frozen=True):
    """A text as it is compared.

    Attributes:
        letters: its letters and digits in lower case, with nothing between them; of its first 200,000 characters.
        pieces: checksums of all pieces of 24 letters; of the whole where it is shorter.
    """

    letters: str
    pieces: frozenset[int]


class Likeness(Struct, Generic[Key], frozen=True):
    """A text that another one repeats.

    Attributes:
        key: what the caller calls it.
        share: how much of the smaller text stands in the other one, 0 to 1.
        verdict: "same" where nearly all of both agrees, else "copy".
    """

    key: Key
    share: float
    verdict: Literal["same", "copy"]


def letters_of(text: str) -> str:
    """Return the letters and digits of what is compared of a text, in lower case, with nothing between them."""
    return _NOT_COUNTED.sub("", text[:MOST_COMPARED].lower())


def fingerprint(text: str) -> Fingerprint:
    """Return a text as it is compared."""
    letters = letters_of(text)
    data, size = letters.encode("utf-32-le", "surrogatepass"), 4 * PIECE_LENGTH
    last = max(1, len(data) - size + 1) if data else 0
    return Fingerprint(letters, frozenset(crc32(data[at : at + size]) for at in range(0, last, 4)))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return how much of the smaller of two texts stands in the other one, 0 to 1."""
    smaller = min(len(one.pieces), len(other.pieces))
    return len(one.pieces & other.pieces) / smaller if smaller else 0.0


def find_copies(text: str, others: Iterable[tuple[Key, str]]) -> list[Likeness[Key]]:
    """Return those of other texts that a text repeats or is repeated by, most alike first.

    A text of fewer than 120 letters and digits has no copies but those that have the very same ones.

    Args:
        text: the text.
        others: key and text; each text is looked at once, so that an iterator does.
    """
    own, rough = fingerprint(text), _rough(text)
    if len(own.letters) < _LEAST_LETTERS:
        return [Likeness(key, 1.0, "same") for key, other in others if own.letters and own.letters == letters_of(other)]
    pieces = {rough[at : at + PIECE_LENGTH] for at in range(len(rough) - PIECE_LENGTH + 1)}
    found = []
    for key, other in others:
        compared = _rough(other)
        if len(compared) < _SAMPLED_FROM or _is_worth_comparing(pieces, compared):
            likeness = _likeness(key, own, fingerprint(other))
            found += [likeness] if likeness else []
    return sorted(found, key=lambda likeness: likeness.share, reverse=True)


def _rough(text: str) -> bytes:
    """Return a text without blanks and common marks: enough to tell by samples, and many times faster."""
    return text[:MOST_COMPARED].lower().encode("utf-8", "surrogatepass").translate(None, _MARKS)


def _is_worth_comparing(pieces: set[bytes], other: bytes) -> bool:
    """Tell by samples of another text whether it may be like the one whose pieces are given."""
    hits = 0
    for at in range(0, len(other) - PIECE_LENGTH + 1, _SAMPLE_EVERY):
        hits += other[at : at + PIECE_LENGTH] in pieces
        if hits >= _SAMPLES_NEEDED:
            return True
    return False


def _likeness(key: Key, own: Fingerprint, other: Fingerprint) -> Likeness[Key] | None:
    share = similarity(own, other)
    if share < COPY_FROM or len(other.letters) < _LEAST_LETTERS:
        return None
    together = len(own.pieces & other.pieces) / len(own.pieces | other.pieces)
    return Likeness(key, share, "same" if together >= SAME_FROM else "copy")

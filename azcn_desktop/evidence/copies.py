"""The same text twice: copies of an article, also with another headline, a changed lead or run-together words.

A text is compared by its letters and digits alone, cut into overlapping pieces of a fixed length, so that blanks, line
ends, punctuation and words that ran together make no difference. How much of the smaller text stands in the other one
tells a copy from two reports on one event, which share a quoted sentence or two. Knows no store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar
from zlib import crc32

from azcn_desktop.records.text import fold

PIECE_LENGTH = 24  # letters: four to five English words
SAME_FROM = 0.95
COPY_FROM = 0.5
_LEAST_LETTERS = 120  # shorter texts are too little to tell
_SAMPLES = 64
_SAMPLES_NEEDED = 2
_NOT_COUNTED = re.compile(r"[\W_]+")
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as it is compared.

    Attributes:
        letters: its letters and digits in lower case, with nothing between them.
        pieces: checksums of all pieces of 24 letters; of the whole where it is shorter.
    """

    letters: str
    pieces: frozenset[int]


@dataclass(frozen=True, slots=True)
class Likeness(Generic[Key]):
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
    """Return the letters and digits of a text, folded, with nothing between them."""
    return _NOT_COUNTED.sub("", fold(text))


def fingerprint(text: str) -> Fingerprint:
    """Return a text as it is compared."""
    return _fingerprint(letters_of(text))


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return how much of the smaller of two texts stands in the other one, 0 to 1."""
    smaller = min(len(one.pieces), len(other.pieces))
    return len(one.pieces & other.pieces) / smaller if smaller else 0.0


def find_copies(text: str, others: Iterable[tuple[Key, str]]) -> list[Likeness[Key]]:
    """Return those of other texts that a text repeats or is repeated by, most alike first.

    Args:
        text: the text.
        others: key and text; each text is looked at once, so that an iterator does.
    """
    own = fingerprint(text)
    if len(own.letters) < _LEAST_LETTERS:
        return []
    samples = _samples(own.letters)
    found = []
    for key, other in others:
        letters = letters_of(other)
        if len(letters) >= _LEAST_LETTERS and _is_worth_comparing(own.letters, samples, letters):
            likeness = _likeness(key, own, _fingerprint(letters))
            found += [likeness] if likeness else []
    return sorted(found, key=lambda likeness: likeness.share, reverse=True)


def _fingerprint(letters: str) -> Fingerprint:
    data = letters.encode("utf-32-le", "surrogatepass")
    size = 4 * PIECE_LENGTH
    last = max(1, len(data) - size + 1)
    return Fingerprint(
        letters, frozenset(crc32(data[at : at + size]) for at in range(0, last, 4)) if data else frozenset()
    )


def _samples(letters: str) -> list[str]:
    step = max(1, (len(letters) - PIECE_LENGTH) // _SAMPLES)
    return [letters[at : at + PIECE_LENGTH] for at in range(0, len(letters) - PIECE_LENGTH + 1, step)]


def _is_worth_comparing(own: str, samples: list[str], other: str) -> bool:
    """Tell by samples, of the longer text in the shorter or the other way, whether two texts may be alike."""
    if len(other) < len(own):
        samples, other = _samples(other), own
    hits = 0
    for sample in samples:
        hits += sample in other
        if hits >= _SAMPLES_NEEDED:
            return True
    return False


def _likeness(key: Key, own: Fingerprint, other: Fingerprint) -> Likeness[Key] | None:
    share = similarity(own, other)
    if share < COPY_FROM:
        return None
    together = len(own.pieces & other.pieces) / len(own.pieces | other.pieces)
    return Likeness(key, share, "same" if together >= SAME_FROM else "copy")

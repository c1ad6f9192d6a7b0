"""Anchors: where the words of a citation stand in a text, and how they are found again in another state of it.

A passage is kept as its words with some words before and after it, beside its offsets (the "text quote" and "text
position" selectors of the W3C Web Annotation model). It is searched for exactly first. Then blanks, line breaks, kinds
of quotation marks and dashes, and punctuation may differ, and words may have run together; letters and digits never.

For a passage that was found the words of the text are the quote, so that `text[start:end] == quote` always holds.
Knows neither store nor file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from msgspec import Struct

CONTEXT_LENGTH = 48
_MOST_PLACES = 500  # occurrences that are weighed; a single letter may stand in a text a million times
# What counts when a passage is searched for in other punctuation: letters, digits, marks within and at numbers.
_COUNTS = re.compile(r"[^\W_]+|(?<=\d)[.,](?=\d)|[$€£¥₼%+]")


class Anchor(Struct, frozen=True):
    """A passage of a text.

    Attributes:
        quote: its words, `text[start:end]`.
        prefix, suffix: up to 48 characters before and after it.
        start, end: offsets in the text.
    """

    quote: str
    prefix: str
    suffix: str
    start: int
    end: int


class Place(Struct, frozen=True):
    """Where a quote was found.

    Attributes:
        start, end: offsets in the text.
        is_exact: whether the quote stands there letter for letter; else only its letters and digits do.
        is_ambiguous: whether other places fit as well and nothing tells them apart; this is the first of them.
    """

    start: int
    end: int
    is_exact: bool = True
    is_ambiguous: bool = False


def make_anchor(text: str, start: int, end: int) -> Anchor:
    """Return the anchor of a passage.

    Args:
        text: the whole text.
        start, end: the passage, `0 <= start < end <= len(text)`; blanks at both ends are left out.

    Raises:
        ValueError: the offsets lie outside the text, or only blanks stand between them.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage of a text of {len(text)} characters: {start} to {end}")
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    quote = quote.strip()
    if not quote:
        raise ValueError("only blanks stand there")
    end = start + len(quote)
    return Anchor(quote, text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH], start, end)


def find_anchor(text: str, quote: str, prefix: str = "", suffix: str = "", near: int | None = None) -> Place | None:
    """Find a quote in a text, or return None; for many quotes of one text see `Finder`."""
    return Finder(text).find(quote, prefix, suffix, near)


class Finder:
    """Finds quotes in one text; what it computes of the text is kept for the next quote.

    Attributes:
        text: the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str, prefix: str = "", suffix: str = "", near: int | None = None) -> Place | None:
        """Find a quote.

        Among several places the one wins whose surroundings resemble prefix and suffix most, then the one that cuts no
        word in two, then the one nearest to an offset.

        Args:
            quote: the words searched for.
            prefix, suffix: the words before and after it, as far as they are known.
            near: about where it should stand.
        """
        wanted = quote.strip()
        if not wanted:
            return None
        exact = [(at, at + len(wanted)) for at in _occurrences(self.text, wanted)]
        if exact:
            return self._chosen(exact, prefix, suffix, near, True)
        key, _ = _key_of(wanted)
        for own, searched in ((self._key, key), (self._folded, key.lower())):
            found = [self._span(at, len(searched)) for at in _occurrences(own, searched)] if searched else []
            if found:
                return self._chosen(found, prefix, suffix, near, False)
        return None

    @cached_property
    def _keyed(self) -> tuple[str, list[tuple[int, int]]]:
        return _key_of(self.text)

    @property
    def _key(self) -> str:
        return self._keyed[0]

    @cached_property
    def _folded(self) -> str:
        folded = self._key.lower()
        return folded if len(folded) == len(self._key) else self._key  # "İ" grows when it is folded

    def _span(self, at: int, length: int) -> tuple[int, int]:
        """Return the place in the text of a place in its key."""
        return self._offset(at), self._offset(at + length - 1) + 1

    def _offset(self, at: int) -> int:
        runs = self._keyed[1]
        key_start, text_start = runs[bisect_right(runs, (at, len(self.text))) - 1]
        return text_start + at - key_start

    def _chosen(
        self, places: list[tuple[int, int]], prefix: str, suffix: str, near: int | None, is_exact: bool
    ) -> Place:
        before, after = _key_of(prefix)[0], _key_of(suffix)[0]
        ranked = sorted(places, key=lambda place: self._rank(place, before, after, near), reverse=True)
        first = ranked[0]
        equal = [p for p in places if self._rank(p, before, after, near) == self._rank(first, before, after, near)]
        return Place(*equal[0], is_exact, len(equal) > 1)

    def _rank(self, place: tuple[int, int], before: str, after: str, near: int | None) -> tuple[int, bool, int]:
        start, end = place
        left = _key_of(self.text[max(0, start - 3 * CONTEXT_LENGTH) : start])[0]
        right = _key_of(self.text[end : end + 3 * CONTEXT_LENGTH])[0]
        context = _common(left[::-1], before[::-1]) + _common(right, after)
        is_whole = not (_is_within_word(self.text, start) or _is_within_word(self.text, end))
        return context, is_whole, 0 if near is None else -abs(start - near)


def _key_of(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return what counts of a text, and where each run of it begins: in the key and in the text."""
    parts, runs, length = [], [], 0
    for match in _COUNTS.finditer(text):
        runs.append((length, match.start()))
        parts.append(match[0])
        length += len(match[0])
    return "".join(parts), runs


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    return islice(_all_occurrences(text, wanted), _MOST_PLACES)


def _all_occurrences(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common from their beginning."""
    n = 0
    while n < min(len(one), len(other)) and one[n] == other[n]:
        n += 1
    return n


def _is_within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()

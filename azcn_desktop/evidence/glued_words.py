"""Words that ran together where a line of the page ended: "areassuch", "inAzerbaijan".

No list of all words is used. A text that was wrapped at a fixed width and lost its line ends tells by itself where they
were: each line is the longest that fits. At such a place a token holds two words for certain, and the words of the text
and a short list of English function words tell where it parts. Elsewhere only what can be nothing else is parted; what
is merely likely is reported by `suspect_glued`. A token that stands twice in the text is taken for a name or a word.

Judging a hundred ways to wrap takes a while: None among what is yielded is a pause, in which a caller may stop.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterator
from operator import attrgetter

from msgspec import Struct


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set(
    "a about after also an and are as at be been but by can could for from had has have he her his if in into is it "
    "its more not of on or our over she should such than that the their them there these they this to toward towards "
    "under was we were when where which while who will with within without would you between through during said"
)
# Words of the language that look like two of others.
_ONE_WORD = word_set(
    "into onto within without therein thereof therefore thereby wherein whereas whereby hereby another together also "
    "become became begin being before behind below beside between beyond asset assets allow along already although "
    "always among area areas arise attend island inform insist intend inhabit invent invest instead office often other "
    "order oral offer offend override overtake overcome tomorrow today tonight toward towards moreover furthermore "
    "hereafter thereafter thereupon upon forever format former forest foreign ahead anew anyone any ashore atop aware "
    "away await cannot canal candid handful herself himself itself themselves however hasten isolate others ours "
    "themes theory thesis these those withhold withstand withdraw"
)
_start = attrgetter("start")
_CHUNK = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-ZƏÖÜĞŞÇİА-Я])")
_AFTER_MARK = re.compile(r"(?<=[^\W\d_]{2}[,;])(?=[^\W\d_]{2})")
_BEFORE_BRACKET = re.compile(r"(?<=[a-z]{4})(?=\([A-Z]{2,}\))(?!\((?:TM|SM)\))")
ADDRESS = re.compile(r"://|www\.|@|[\\/=&#]")
_LONGEST = 60  # letters of two words
_LOOKED_AT = 8_000  # characters that the width is estimated from
_WIDTHS = range(40, 121)
_WORDS_BETWEEN_PAUSES = 500
_MARKUP = ((0, 0), (len("<p>"), len("</p>")))
_MOST_LOST = 16  # tokens
_BOTH_KNOWN, _ONE_KNOWN, _CAPITAL = 100, 50, 90  # scores of a way to part a token
_SURE, _MISS = 110, 60
_LEAST_SURE, _LEAST_LINES, _LEAST_SHARE = 4, 6, 0.5


class _Chunk(Struct, frozen=True):
    """A run without white space.

    Attributes:
        start: its place in the text.
        text: the run.
        sure: the places in the text where it parts for certain.
    """

    start: int
    text: str
    sure: tuple[int, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Wrapping(Struct, frozen=True):
    """How a page was wrapped.

    Attributes:
        width: most characters of a line.
        opening, closing: characters of the markup around each paragraph: of <p> and </p>, or none.
    """

    width: int
    opening: int
    closing: int


class _Vocabulary:
    """What the text itself says of its words."""

    def __init__(self, text: str) -> None:
        self.counts = Counter(word.lower() for word in _LETTERS.findall(text))
        self.tokens = Counter(_CHUNK.findall(text))
        self.partings: dict[str, list[tuple[int, int]]] = {}

    def knows(self, word: str, token: str) -> bool:
        """Tell whether a word stands apart elsewhere, or is a function word."""
        lower = word.lower()
        return lower in FUNCTION_WORDS or (len(lower) > 2 and self.counts[lower] > 0 and lower != token.lower())

    def knows_stem(self, word: str) -> bool:
        """Tell whether a word stands elsewhere with another ending."""
        lower = word.lower()
        if len(lower) < 5:
            return False
        forms = {lower + "s", lower + "d", lower + "ed", lower + "ing"}
        for ending, instead in (
            ("ies", "y"),
            ("es", ""),
            ("s", ""),
            ("ed", ""),
            ("ed", "e"),
            ("ing", ""),
            ("ing", "e"),
        ):
            if lower.endswith(ending) and len(lower) - len(ending) >= 4:
                forms.add(lower.removesuffix(ending) + instead)
        return any(self.counts[form] for form in forms)


def find_glued(text: str) -> Iterator[int | None]:
    """Yield the places where a blank is missing for certain, in order, and pauses."""
    words = _Vocabulary(text)
    yield None
    lines = _paragraph_chunks(text, words)
    yield None
    found = {at for chunks in lines for chunk in chunks for at in chunk.sure}
    if wrapping := (yield from _wrapping(lines, words)):
        for chunks in lines:
            yield None
            found.update(_line_ends(chunks, wrapping, words))
    yield from sorted(found)


def suspect_glued(text: str) -> Iterator[tuple[int, int, str] | None]:
    """Yield start, end and a likely reading of what may be two words but was left alone, and pauses."""
    words = _Vocabulary(text)
    for n, match in enumerate(_LETTERS.finditer(text)):
        if n % _WORDS_BETWEEN_PAUSES == 0:
            yield None
        token = match[0]
        if (
            not 7 <= len(token) <= _LONGEST
            or words.counts[token.lower()] > 1
            or not token.isascii()
            or token.lower() in _ONE_WORD
        ):
            continue
        parts = [n for n in range(2, len(token) - 1) if _is_likely(token, n, words)]
        if len(parts) == 1:
            yield match.start(), match.end(), f"{token[: parts[0]]} {token[parts[0] :]}"


def _is_likely(token: str, n: int, words: _Vocabulary) -> bool:
    left, right = token[:n], token[n:]
    if not (words.knows(left, token) and words.knows(right, token)) or (token.istitle() and n < 3):
        return False
    return right[0].isupper() or (len(left) > 3 and len(right) > 3) or {left.lower(), right.lower()} <= FUNCTION_WORDS


def _paragraph_chunks(text: str, words: _Vocabulary) -> list[list[_Chunk]]:
    lines = (_CHUNK.finditer(text, line.start(), line.end()) for line in re.finditer(r"[^\r\n]+", text))
    found = ([_Chunk(match.start(), match[0], tuple(_sure(match, words))) for match in line] for line in lines)
    return [chunks for chunks in found if chunks]


def _sure(match: re.Match[str], words: _Vocabulary) -> Iterator[int]:
    """Yield the places where a token parts whatever stands around it."""
    chunk = match[0]
    if ADDRESS.search(chunk) or words.tokens[chunk] > 1 or chunk.isdigit():
        return
    for pattern in (_AFTER_MARK, _BEFORE_BRACKET):
        yield from (match.start() + found.start() for found in pattern.finditer(chunk))
    for word in _LETTERS.finditer(chunk):
        if len(word[0]) > _LONGEST:
            continue
        camel = [found.start() for found in _CAMEL.finditer(word[0])]
        if len(camel) == 1 and _parts_at_capital(word[0], camel[0], words):
            yield match.start() + word.start() + camel[0]


def _parts_at_capital(word: str, at: int, words: _Vocabulary) -> bool:
    """Tell whether a capital within a word begins another: "inAzerbaijan", not "iPhone", "McDonald" or "AzerNews"."""
    left, right = word[:at], word[at:]
    if words.counts[word.lower()] > 1 or len(right) < 3 or not right[1:].islower():
        return False
    is_function = left.lower() in FUNCTION_WORDS and (len(left) > 1 or left == "a")
    if left.islower():
        return is_function or (len(left) > 3 and words.counts[right.lower()] > 0)
    return is_function and words.counts[right.lower()] > 0 and left in ("The", "In", "As", "Of", "And", "Since", "For")


def _wrapping(lines: list[list[_Chunk]], words: _Vocabulary) -> Generator[None, None, _Wrapping | None]:
    """Return how the text was wrapped, or None where nothing tells it."""
    near = (chunks[: bisect_left(chunks, 2 * _LOOKED_AT, key=_start)] for chunks in lines)
    looked = [chunks for chunks in near if chunks and chunks[0].start < _LOOKED_AT]
    if sum(len(chunk.sure) for chunks in looked for chunk in chunks) < _LEAST_SURE:
        return None
    possible = [_Wrapping(width, *markup) for width in _WIDTHS for markup in _MARKUP]
    judged = []
    for wrapping in possible:
        yield
        judged.append((*_explained(looked, wrapping, words), wrapping))
    _, hits, ends, best = max(judged, key=lambda found: found[0])
    return best if hits >= _LEAST_LINES and hits >= _LEAST_SHARE * ends else None


def _explained(lines: list[list[_Chunk]], wrapping: _Wrapping, words: _Vocabulary) -> tuple[int, int, int]:
    """Judge a wrapping.

    Returns:
        How well its line ends fall where tokens part, how many do so, and how many line ends there are.
    """
    score, hits, ends = 0, 0, 0
    for chunks in lines:
        first = 0
        while first < len(chunks):
            run, length = _run(chunks, first, wrapping, words)
            is_broken = length < len(chunks) - first
            score += sum(found for _, found in run) - _MISS * is_broken
            hits, ends = hits + len(run), ends + len(run) + is_broken
            first += max(length, 1)
    return score, hits, ends


def _line_ends(chunks: list[_Chunk], wrapping: _Wrapping, words: _Vocabulary) -> list[int]:
    """Return the places in a paragraph that are line ends.

    Something may have been put before it after it was wrapped, such as the name of an agency, or words were lost
    within it: then the lines are taken up at a later token, where at least three in a row end within tokens that part.
    """
    found: list[int] = []
    first = 0
    while first < len(chunks):
        starts = range(first, min(first + _MOST_LOST, len(chunks)))
        runs = [_run(chunks, start, wrapping, words) for start in starts]
        best = max(range(len(runs)), key=lambda n: (len(runs[n][0]), -n))
        ends, length = runs[best]
        if len(ends) >= (3 if best or found else 1):
            found += [at for at, _ in ends]
            first += best + length
        else:
            first += _MOST_LOST
    return found


def _run(
    chunks: list[_Chunk], first: int, wrapping: _Wrapping, words: _Vocabulary
) -> tuple[list[tuple[int, int]], int]:
    """Return the line ends from a token up to the first that is none, each with its score, and the tokens it took.

    The tokens are not copied: a text without line ends has all of them in one list.
    """
    ends: list[tuple[int, int]] = []
    limit = chunks[first].start + wrapping.width - wrapping.opening
    for n in range(len(chunks) - first):
        chunk = chunks[first + n]
        at = chunk.sure[-1] if chunk.sure else 0
        end = chunk.end + (wrapping.closing if chunk is chunks[-1] else 0)
        if end >= limit:  # a token that ends right at the limit lost the blank that would have passed it
            fitting = [place for place in chunk.sure if place <= limit]
            at, score = (fitting[-1], _SURE) if fitting else _weak(chunk, limit, words)
            if chunk is chunks[-1] and end == limit and score < _BOTH_KNOWN:
                return ends, len(chunks) - first  # or it is the last of its paragraph and just fitted
            if not at:
                return ends, n
            ends.append((at, score))
        limit = at + wrapping.width if at else limit
    return ends, len(chunks) - first


def _weak(chunk: _Chunk, limit: int, words: _Vocabulary) -> tuple[int, int]:
    """Return where a token that holds a line end parts, with the score: where most letters belong to known words.

    The place is 0 where no part is known, or two places are as good.
    """
    fitting = [(chunk.start + n, score) for score, n in _partings(chunk.text, words) if chunk.start + n <= limit]
    is_clear = fitting and (len(fitting) == 1 or fitting[0][1] > fitting[1][1])
    return fitting[0] if is_clear else (0, 0)


def _partings(token: str, words: _Vocabulary) -> list[tuple[int, int]]:
    """Return score and place of the ways in which a token may part, best first."""
    if token not in words.partings:
        scored = []
        for word in _LETTERS.finditer(token):
            is_possessive = token[max(0, word.start() - 1) : word.start()] in ("'", "’")
            places = range(1, len(word[0])) if word[0].lower() not in _ONE_WORD and len(word[0]) <= _LONGEST else ()
            scored += [(_score(word[0], n, is_possessive, words), word.start() + n) for n in places]
        words.partings[token] = sorted((pair for pair in scored if pair[0]), reverse=True)
    return words.partings[token]


def _score(word: str, n: int, is_possessive: bool, words: _Vocabulary) -> int:
    """Return how many letters of a word parted in two belong to known words; both known count more."""
    left, right = word[:n], word[n:]
    if is_possessive and left == "s":
        return _ONE_KNOWN + len(right)
    knows_left = left.lower() == "a" or (n > 1 and words.knows(left, word))
    knows_right = right == "a" or (len(right) > 1 and words.knows(right, word))
    if knows_left and knows_right:
        return _BOTH_KNOWN + len(word)
    if n > 1 and right[0].isupper() and right[1:].islower() and left[-1].islower():
        return _CAPITAL
    if knows_left and len(right) > 2:
        return _ONE_KNOWN + len(left)
    if knows_right and n > 2 and len(right) > 1:
        return _ONE_KNOWN + len(right)
    return len(left) if words.knows_stem(left) else len(right) if words.knows_stem(right) else 0

"""Cleaning of scraped article texts: damage of the way here is repaired, the words of the author are not touched.

Only white space is put in or taken out, and whole pieces that are no part of the article, or are printed twice, are
taken out. What is printed wrong stays wrong: unbalanced quotation marks, odd spellings, a lost full stop. Where a
repair might change the meaning it is only reported.

What guesses words or sentences looks at each word many times, which pays for articles and not for the ten megabytes of
a whole archive. A text of more than `GUESSED_UP_TO` characters gets the other repairs only, and says so.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain, pairwise

from azcn_desktop.evidence.glued_words import ADDRESS, find_glued, suspect_glued, word_set
from azcn_desktop.evidence.repairs import Cleaned, Edit, Suspicion, Workpiece
from azcn_desktop.evidence.repeated_lines import find_repeated, suspect_repeated
from azcn_desktop.progress import Progress

GUESSED_UP_TO = 100_000
"""Characters of the longest text in which words that ran together and lost full stops are looked for."""
_MOST_EDITS = 500_000  # in one pass; a page of ordinary text has a few
_PIECE = 50_000  # characters searched in one go: no other thread runs meanwhile
_EDITS_BETWEEN_CHECKS = 2_000
_LONGEST_ADDRESS = 1_000
_ROUNDS = 12  # two or three do; more are only needed by texts made to need them
_DATE_STAMP = re.compile(r"\A\s*date[ \t]+\d{4}-\d{2}-\d{2}(?=\s)[ \t]*")
_FONT_SIZE = re.compile(r"[+−–-][ \t]*↺[ \t]*[+−–-][ \t]*\d{1,3}[ \t]*px[ \t]*")
_BUTTONS = re.compile(
    r"(?mi)^[ \t]*(?:a\+?[ \t]+a-?|a-[ \t]+a[ \t]+a\+|share(?: this(?: article| post)?)?|tweet|print|e-?mail|copy link"
    r"|listen to (?:this )?article|font size)[ \t]*$"
)
_FOOT = re.compile(
    r"(?i)latest news|orphus sistemi|orphus system|related (?:news|articles)|read (?:more|also)|most read|follow us"
    r"|subscribe|all rights reserved|advertisement"
)
_STOP_THEN = re.compile(r"(?<=\w)(?P<stop>[.!?])(?P<closed>[”’»]?)(?P<quote>[\"“«]?)(?=(?P<word>[^\W\d_]+))")
_STARTERS = word_set(
    "He She It They We You The This That These Those There Their His Her Its In On At As By For From With Of But And "
    "So Also However Moreover According Under After Before Since When While If Both Earlier Currently Meanwhile "
    "Regarding During Following Speaking Recall Note"
)
_WHITE = re.compile(
    r"(?=\s)(?:\A\s*\n|(?:\A|(?<=\n))[ \t]++(?![^\r\n]*\t)|\r\n?|(?<![ \t])[ \t]++(?=[\r\n])"
    r"|(?<=\S)(?!(?<=\d) ++\d) {2,}+(?=\S)|(?<=\n\n)\n+)",
    re.ASCII,
)
_LINE_START = re.compile(r"\n(?![\r\n])")
_INSIDE = re.compile(r"(?<=\S)\S(?=\S)")
_BLANKS_END = re.compile(r"\s\S")
_FINITE = word_set("is are was were has have had will would can could may must should does do did")
_JOINING = word_set(
    "that which who whom whose where when while as if because and but or than how what whether since although though "
    "including"
)
_LITTLE = word_set("of in on at to by with from into the a an and or for over under between is are was were")
_ENDS = frozenset(".!?…:;,\"”»)’'")


class _TooMany(Exception):
    """A text was made to need more repairs than anybody reads."""


def clean(raw: str, progress: Progress | None = None) -> Cleaned:
    """Repair the damage of a scraped text.

    Cleaning what was cleaned changes nothing, unless it has become short enough for guesses, and `restore` gives the
    raw text back.

    Args:
        raw: the text as it came.
        progress: told after each pass, and asked within it whether to go on.

    Raises:
        Cancelled: the person stopped it.
    """
    progress = progress or Progress()
    piece, is_long = Workpiece(raw), len(raw) > GUESSED_UP_TO
    passes = [find for find in _PASSES if not (is_long and find in _GUESSES)]
    try:
        for n in range(_ROUNDS * len(passes)):
            if n % len(passes) == 0:
                is_changed = False
            progress.report(n, 0)
            edits = _gathered(passes[n % len(passes)](piece.text), progress)
            is_changed |= piece.apply(edits, progress.check)
            if (n + 1) % len(passes) == 0 and not is_changed:
                break
    except _TooMany:
        return Cleaned(raw, (), (Suspicion("too_many", 0, 0, ""),))
    return Cleaned(piece.text, piece.repairs(), tuple(_suspicions(piece.text, is_long, progress)))


def _gathered(edits: Iterator[Edit | None], progress: Progress) -> list[Edit]:
    """Return the edits of a pass, while nobody stops it; None among them is a pause for that question."""
    found: list[Edit] = []
    for edit in edits:
        if edit is None or len(found) % _EDITS_BETWEEN_CHECKS == 0:
            progress.check()
        if edit is not None:
            found.append(edit)
        if len(found) > _MOST_EDITS:
            raise _TooMany
    return found


def _pieces(text: str, length: int) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of the pieces in which the first part of a text is searched.

    They end where a line does, before one that is not empty; in a line longer than a piece between two letters. Blanks
    and empty lines are never parted.
    """
    start = 0
    while length - start > 2 * _PIECE:
        near = start + _PIECE
        found = _LINE_START.search(text, near, near + _PIECE) or _INSIDE.search(text, near, near + _PIECE)
        found = found or _BLANKS_END.search(text, near, length)
        end = found.end() if found else length
        yield start, end
        start = end
    yield start, length


def _head(text: str) -> Iterator[Edit | None]:
    """Find a date stamp before the text, and words of buttons."""
    position = 0
    if stamp := _DATE_STAMP.match(text):
        yield Edit(stamp.start(), stamp.end(), "", "date_stamp")
        position = stamp.end()
    for start, end in _pieces(text, len(text)):
        yield None
        for match in _FONT_SIZE.finditer(text, max(start, position), end):
            yield Edit(match.start(), match.end(), "", "widget_junk")


def _buttons(text: str) -> Iterator[Edit | None]:
    """Find lines that hold nothing but the words of a button."""
    for start, end in _pieces(text, len(text)):
        yield None
        is_line_end = end == len(text) or text[end - 1] == "\n"
        for match in _BUTTONS.finditer(text, start, end):
            if match.end() < end or is_line_end:
                yield Edit(match.start(), match.end(), "", "widget_junk")


def _foot(text: str) -> Iterator[Edit]:
    """Find the foot of a page: closing lines out of a closed list. The name of a site stays: it says who published."""
    end = len(text.rstrip())
    start = end
    while (at := text.rfind("\n", 0, start) + 1) and _FOOT.fullmatch(text[at:start].strip()):
        start = _without_blanks(text, at)
    if start < end:
        yield Edit(start, end, "", "site_tail")


def _without_blanks(text: str, end: int) -> int:
    """Return where the words before a place end; nothing is copied, as a foot may have a million lines."""
    while end and text[end - 1].isspace():
        end -= 1
    return end


def _paragraphs(text: str) -> Iterator[Edit | None]:
    """Find full stops with the next paragraph stuck to them.

    A straight quotation mark opens the next paragraph when an even number of them stands before it.
    """
    words: Counter[str] | None = None
    quotes, counted = 0, 0
    for n, match in enumerate(_STOP_THEN.finditer(text)):
        if n % _EDITS_BETWEEN_CHECKS == 0:
            yield None
        word, quote = match["word"], match["quote"]
        quotes, counted = quotes + text.count('"', counted, match.start()), match.start()
        before = re.search(r"[^\W\d_]*$", text[max(0, match.start() - 40) : match.start()])
        left = before[0] if before else ""
        if not word[0].isupper() or len(left) < 3 or (len(word) > 1 and word.isupper()) or _is_address(text, match):
            continue
        is_quoted = bool(quote or match["closed"])
        if not is_quoted and word not in _STARTERS:
            words = words if words is not None else Counter(re.findall(r"(?<!\S)[^\W\d_]+(?=[\s,])", text))
            if not left.islower() or not words[word]:
                continue
        at = match.end() if quote == '"' and quotes % 2 else match.start("quote")
        yield Edit(at, at, "\n\n", "glued_paragraphs")


def _is_address(text: str, match: re.Match[str]) -> bool:
    """Tell whether a full stop stands within the address of a page."""
    least = max(0, match.start() - _LONGEST_ADDRESS)
    start = max(least, *(text.rfind(white, least, match.start()) + 1 for white in " \n\t"))
    token = re.compile(r"\S{0,200}").match(text, start)
    return bool(token and ADDRESS.search(token[0]))


def _words(text: str) -> Iterator[Edit | None]:
    """Find words that ran together."""
    return (None if at is None else Edit(at, at, " ", "glued_words") for at in find_glued(text))


def _white_space(text: str) -> Iterator[Edit | None]:
    """Find superfluous blanks and empty lines.

    A blank that does not break, as in numbers, stays. So do tabs between the cells of a table, also before its first
    one, and blanks between two digits: with a single one left, two numbers would read as one of thousands.
    """
    tail = len(text.rstrip(string.whitespace))
    for start, end in _pieces(text, tail):
        yield None
        for match in _WHITE.finditer(text, start, end):
            found = match[0]
            is_between = match.start() > 0 and len(found) > 1 and _is_between(text, match)
            yield Edit(match.start(), match.end(), "\n" if found[0] == "\r" else " " * is_between, "whitespace")
    if tail < len(text):
        yield Edit(tail, len(text), "", "whitespace")


def _is_between(text: str, match: re.Match[str]) -> bool:
    """Tell whether a run of blanks stands between two words of one line."""
    return set(match[0]) <= {" ", "\t"} and text[match.start() - 1] != "\n" and text[match.end()] not in "\r\n"


_PASSES: tuple[Callable[[str], Iterator[Edit | None]], ...] = (
    _head, _buttons, find_repeated, _foot, _paragraphs, _words, _white_space,
)  # fmt: skip
_GUESSES = (_paragraphs, _words)


def _suspicions(text: str, is_long: bool, progress: Progress) -> Iterator[Suspicion]:
    progress.check()
    found: list[Suspicion] = []
    if is_long:
        found.append(Suspicion("not_guessed", 0, 0, ""))
    else:
        for suspected in chain(_likely_glued(text), _lost_stops(text)):
            if suspected is None:
                progress.check()
            else:
                found.append(suspected)
    found += suspect_repeated(text)
    last = text[-1:]
    if len(text) > 200 and last not in _ENDS and last:
        start = text.rfind("\n", 0, len(text)) + 1
        tail = max(start, len(text) - 40)
        # A closing line that is no sentence, such as a name, does not break off.
        if len(text) - start > 60:
            found.append(Suspicion("cut_tail", tail, len(text), text[tail:]))
    return iter(sorted(found, key=lambda s: s.start))


def _likely_glued(text: str) -> Iterator[Suspicion | None]:
    for found in suspect_glued(text):
        yield Suspicion("glued_words", found[0], found[1], text[found[0] : found[1]], found[2]) if found else None


def _lost_stops(text: str) -> Iterator[Suspicion | None]:
    """Find a second sentence that begins, with a small letter, right after a name: "... in Azerbaijan electric ..."."""
    for sentence in re.finditer(r"[^.!?:;,\"“”\n()—–]+", text):
        yield None
        words = list(re.finditer(r"[^\W\d_]+(?:['’][^\W\d_]+)?", sentence[0]))
        verbs = [n for n, word in enumerate(words) if word[0] in _FINITE]
        for first, second in pairwise(verbs):
            names = [
                n for n in range(first + 2, second - 2)
                if words[n][0][0].isupper() and words[n + 1][0].islower() and words[n + 2][0].islower()
            ]  # fmt: skip
            between = {word[0].lower() for word in words[first + 1 : second]}
            plain = [n for n in names if not {words[n + 1][0], words[n + 2][0]} & _LITTLE]
            if plain and not between & _JOINING:
                start, end = (
                    sentence.start() + words[n].span()[side] for n, side in ((plain[-1], 0), (plain[-1] + 1, 1))
                )
                yield Suspicion("missing_stop", start, end, text[start:end])

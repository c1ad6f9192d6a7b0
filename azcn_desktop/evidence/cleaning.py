"""Cleaning of scraped article texts: damage of the way here is repaired, the words of the author are not touched.

Only white space is put in or taken out, and whole pieces that are no part of the article, or are printed twice, are
taken out. What is printed wrong stays wrong: unbalanced quotation marks, odd spellings, a lost full stop. Where a
repair might change the meaning it is only reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from azcn_desktop.evidence.glued_words import ADDRESS, find_glued, suspect_glued, word_set
from azcn_desktop.evidence.repairs import Cleaned, Edit, Suspicion, Workpiece
from azcn_desktop.evidence.repeated_lines import find_repeated, suspect_repeated

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
    r"\A\s*\n|(?:\A|(?<=\n))[ \t]++(?![^\r\n]*\t)|(?<!\s)\s++\Z|\r\n?|(?<![ \t])[ \t]++(?=[\r\n])"
    r"|(?<=\S)(?!(?<=\d) ++\d) {2,}+(?=\S)|(?<=\n\n)\n+",
    re.ASCII,
)
_FINITE = word_set("is are was were has have had will would can could may must should does do did")
_JOINING = word_set(
    "that which who whom whose where when while as if because and but or than how what whether since although though "
    "including"
)
_LITTLE = word_set("of in on at to by with from into the a an and or for over under between is are was were")
_ENDS = frozenset(".!?…:;,\"”»)’'")


def clean(raw: str) -> Cleaned:
    """Repair the damage of a scraped text.

    Cleaning what was cleaned changes nothing, and `restore` gives the raw text back.

    Args:
        raw: the text as it came.
    """
    piece = Workpiece(raw)
    for _ in range(_ROUNDS):
        changed = [piece.apply(list(find(piece.text))) for find in _PASSES]
        if not any(changed):
            break
    return Cleaned(piece.text, piece.repairs(), tuple(_suspicions(piece.text)))


def _head(text: str) -> Iterator[Edit]:
    """Find a date stamp before the text, and words of buttons."""
    position = 0
    if stamp := _DATE_STAMP.match(text):
        yield Edit(stamp.start(), stamp.end(), "", "date_stamp")
        position = stamp.end()
    for match in _FONT_SIZE.finditer(text, position):
        yield Edit(match.start(), match.end(), "", "widget_junk")


def _buttons(text: str) -> Iterator[Edit]:
    """Find lines that hold nothing but the words of a button."""
    for match in _BUTTONS.finditer(text):
        yield Edit(match.start(), match.end(), "", "widget_junk")


def _foot(text: str) -> Iterator[Edit]:
    """Find the foot of a page: closing lines out of a closed list. The name of a site stays: it says who published."""
    end = len(text.rstrip())
    start = end
    while (at := text.rfind("\n", 0, start) + 1) and _FOOT.fullmatch(text[at:start].strip()):
        start = len(text[:at].rstrip())
    if start < end:
        yield Edit(start, end, "", "site_tail")


def _paragraphs(text: str) -> Iterator[Edit]:
    """Find full stops with the next paragraph stuck to them.

    A straight quotation mark opens the next paragraph when an even number of them stands before it.
    """
    words: Counter[str] | None = None
    quotes, counted = 0, 0
    for match in _STOP_THEN.finditer(text):
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
    start = max(text.rfind(white, 0, match.start()) for white in " \n\t") + 1
    token = re.compile(r"\S{0,200}").match(text, start)
    return bool(token and ADDRESS.search(token[0]))


def _words(text: str) -> Iterator[Edit]:
    """Find words that ran together."""
    return (Edit(at, at, " ", "glued_words") for at in find_glued(text))


def _white_space(text: str) -> Iterator[Edit]:
    """Find superfluous blanks and empty lines.

    A blank that does not break, as in numbers, stays. So do tabs between the cells of a table, also before its first
    one, and blanks between two digits: with a single one left, two numbers would read as one of thousands.
    """
    for match in _WHITE.finditer(text):
        found = match[0]
        is_inside = match.start() > 0 and match.end() < len(text)
        wanted = "\n" if found[0] == "\r" else " " if is_inside and len(found) > 1 and _is_between(text, match) else ""
        yield Edit(match.start(), match.end(), wanted, "whitespace")


def _is_between(text: str, match: re.Match[str]) -> bool:
    """Tell whether a run of blanks stands between two words of one line."""
    return set(match[0]) <= {" ", "\t"} and text[match.start() - 1] != "\n" and text[match.end()] not in "\r\n"


_PASSES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _head, _buttons, find_repeated, _foot, _paragraphs, _words, _white_space,
)  # fmt: skip


def _suspicions(text: str) -> Iterator[Suspicion]:
    found = [Suspicion("glued_words", s, e, text[s:e], hint) for s, e, hint in suspect_glued(text)]
    found += _lost_stops(text)
    found += suspect_repeated(text)
    last = text[-1:]
    if len(text) > 200 and last not in _ENDS and last:
        start = text.rfind("\n", 0, len(text)) + 1
        tail = max(start, len(text) - 40)
        # A closing line that is no sentence, such as a name, does not break off.
        if len(text) - start > 60:
            found.append(Suspicion("cut_tail", tail, len(text), text[tail:]))
    return iter(sorted(found, key=lambda s: s.start))


def _lost_stops(text: str) -> list[Suspicion]:
    """Find a second sentence that begins, with a small letter, right after a name: "... in Azerbaijan electric ..."."""
    found = []
    for sentence in re.finditer(r"[^.!?:;,\"“”\n()—–]+", text):
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
                found.append(Suspicion("missing_stop", start, end, text[start:end]))
    return found

"""Headlines and leads that a page printed twice, as scraped texts have them at their head.

A line goes only where it repeats the headline or the lead directly, or is the lead broken off. A name before its
answer, a heading over other figures, or any other line that an author may have written twice is left, for taking it
out would put words below another one's name; a long one is reported. Knows nothing of other damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from azcn_desktop.evidence.repairs import Edit, Suspicion

_HEAD_LINES = 12
_LEAD_LINES = 4  # headline, section or date, lead, and its copy
_LEAST_HEADLINE, _LEAST_LEAD, _LEAST_CUT = 20, 60, 40  # characters
_LABEL_ENDS = (":", "：")
_SENTENCE = re.compile(r"[.!?…。！？][\"”»’)]*\Z")
_DATE_LINE = re.compile(
    r"(?i)(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?(?: \d{1,2})?,? (?:19|20)\d\d"
    r"(?:[ ,|-]+\d{1,2}:\d\d(?::\d\d)?)?|(?:\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4})(?:[ ,T|-]+\d{1,2}:\d\d(?::\d\d)?)?"
)
_SECTION = re.compile(r"[^\W\d_]+(?: (?:[^\W\d_]+|&)){0,2}")
_LETTER = re.compile(r"(?![\u2e80-\ud7ff\uf900-\ufaff])[^\W\d_]")  # of a script that parts its words by blanks


def find_repeated(text: str) -> Iterator[Edit]:
    """Find in the head of a text a headline or lead that stands there again, and a lead that breaks off."""
    spans = _head(text)
    lines = [text[start:end] for start, end in spans]
    cut = {n for n in range(1, min(len(lines), _LEAD_LINES)) if _is_cut_lead(lines, n)}
    for n, (start, end) in enumerate(spans):
        if n in cut:
            yield Edit(start, end, "", "cut_tail")
        elif _is_headline_again(lines, n, cut) or _is_lead_again(lines, n):
            yield Edit(start, end, "", "duplicated_lead")


def suspect_repeated(text: str) -> list[Suspicion]:
    """Find in the head of a text the lines that an earlier one holds already and that were left."""
    spans = _head(text)
    lines = [text[start:end] for start, end in spans]
    return [
        Suspicion("duplicated_lead", start, end, line)
        for n, ((start, end), line) in enumerate(zip(spans, lines, strict=True))
        if line in lines[:n] and (_is_headline(lines[0], line) or (len(line) >= _LEAST_LEAD and not _is_label(line)))
    ]


def _is_headline_again(lines: list[str], n: int, cut: set[int]) -> bool:
    """Tell whether a line is the headline again, with nothing of the text between the two.

    A date may stand between; the name of a section may only where a broken lead shows that this is the head of a page,
    for else it can't be told from a line of a list.
    """
    if not n or not _is_headline(lines[0], lines[n]):
        return False
    between = [line for k, line in enumerate(lines[1:n], 1) if k not in cut and line != lines[0]]
    is_page = any(k < n for k in cut)
    return all(_DATE_LINE.fullmatch(line) or (is_page and _SECTION.fullmatch(line)) for line in between)


def _is_lead_again(lines: list[str], n: int) -> bool:
    """Tell whether a line is a long sentence of the first lines, printed twice in a row."""
    line = lines[n]
    return 0 < n < _LEAD_LINES and line == lines[n - 1] and len(line) >= _LEAST_LEAD and bool(_SENTENCE.search(line))


def _is_cut_lead(lines: list[str], n: int) -> bool:
    """Tell whether a line is the beginning, broken off, of a later one that holds all of it.

    A copy of the headline may stand before it. Else it has to break off within a word or at dots.
    """
    line, title = lines[n], lines[0]
    rest = line[len(title) :].lstrip() if _is_headline(title, title) and line.startswith(title) else line
    begun = rest.rstrip(".… ") if rest.endswith(("…", "...")) else rest
    if len(rest) < _LEAST_CUT or not begun:
        return False
    is_plain = rest == line and begun == rest
    return any(
        len(whole) > len(begun)
        and whole.startswith(begun)
        and not (is_plain and not (_LETTER.match(begun[-1]) and _LETTER.match(whole, len(begun))))
        for whole in lines[n + 1 :]
    )


def _is_headline(headline: str, line: str) -> bool:
    return line == headline and len(line) >= _LEAST_HEADLINE and not _is_label(line)


def _is_label(line: str) -> bool:
    """Tell whether a line says who speaks or what follows."""
    return line.endswith(_LABEL_ENDS)


def _head(text: str) -> list[tuple[int, int]]:
    """Return where the first lines that are not empty begin and end, without blanks around them."""
    found = []
    for match in re.finditer(r"[^\r\n]+", text):
        line = match[0].strip()
        if line:
            start = match.start() + match[0].index(line[0])
            found.append((start, start + len(line)))
        if len(found) == _HEAD_LINES:
            break
    return found

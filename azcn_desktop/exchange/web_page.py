"""What a web page shows, as plain text: no scripts, styles, pictures or hidden parts; paragraphs stay apart.

Numbers stay apart, too. Cells of a table have a bar between them. Raised digits are a power after ten (10^9) and after
a unit of length (km²), else the sign of a note ([1]); lowered ones stay with letters (CO2) and not with digits (10_2).
Text that is struck out is no longer meant and is left out, and its pieces are counted.

Reads the page once from beginning to end and builds no tree: a page of a hundred thousand nested elements takes no
longer than another one of its length. Loads nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from msgspec import Struct

_DROPPED = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "button", "select", "textarea",
        "picture", "video", "audio", "canvas", "nav",
    )
)  # fmt: skip
_VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    )
)  # fmt: skip
_BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "header", "footer", "aside", "figure", "figcaption", "blockquote",
        "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "hr", "form",
        "address", "body", "title",
    )
)  # fmt: skip
_DELETED = frozenset(("del", "s", "strike"))
_STRIKING = re.compile(r"text-decoration[^;]{0,60}line-through", re.IGNORECASE)
_CELL = "\x1f"  # stands before each cell but the first of a row until the lines are known
_TEN = re.compile(r"(?<![\d.,])10\Z")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|[кс]?м)\Z")
_POWERS = {"2": "²", "3": "³"}
_NOTE_SIGN = re.compile(r"[\d, ]*\d[\d, ]*|[^\W\d_]")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENS = re.compile(r"<[A-Za-z/!?]")
_WHITE = re.compile(r"\s+")
_BLOCK, _LINE = "\n\n", "\n"


class PageText(Struct, frozen=True):
    """What a page shows.

    Attributes:
        text: its words.
        title: its title, else its first heading; empty for none.
        struck_out: how many pieces were left out because they are struck out.
        keeps_struck_out: whether they were kept, because the page does not say where the last one ends.
    """

    text: str
    title: str
    struck_out: int = 0
    keeps_struck_out: bool = False


def page_text(page: str) -> PageText:
    """Return the text and the title of a page.

    Args:
        page: HTML without control characters; damaged HTML is read as far as it goes.
    """
    page = _without_open_end(page)
    reader = _read(page, drops_struck_out=True)
    is_open = reader.is_striking
    if is_open:  # all of the rest would be lost
        reader = _read(page, drops_struck_out=False)
    title = " ".join(reader.title.split()) or " ".join(reader.heading.split())
    return PageText(reader.text(), title, reader.struck_out, is_open)


def _read(page: str, drops_struck_out: bool) -> _PageReader:
    reader = _PageReader(drops_struck_out)
    reader.feed(page)
    reader.close()
    return reader


def _without_open_end(page: str) -> str:
    """Return a page without marked sections and without what is never closed, whose end the parser would seek."""
    page = re.sub(r"<!\[[^>]*>", "", page)
    page = page[: _cut(page, page.find("<!--", page.rfind("-->") + 1))]
    opened = _OPENS.search(page, page.rfind(">") + 1)
    return page[: opened.start()] if opened else page


def _cut(page: str, at: int) -> int:
    return len(page) if at < 0 else at


class _PageReader(HTMLParser):
    """Collects words and breaks while a page goes by."""

    def __init__(self, drops_struck_out: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.heading = ""
        self.struck_out = 0
        self._drops_struck_out = drops_struck_out
        self._is_hidden_struck_out = False
        self._parts: list[str] = []
        self._open_title = ""
        self._hidden_by = ""  # the element that hides what goes by, and how deep elements of its name are nested
        self._depth = 0
        self._pre = 0
        self._is_in_row = False  # whether a cell of the row was begun
        self._raised = ""  # "sup" or "sub" while one is open
        self._raised_from = 0  # the number of its first part
        self._is_marked = False  # whether a raised or lowered piece with a mark of its own stands last

    @property
    def is_striking(self) -> bool:
        """Whether struck-out text goes on to the end of the page."""
        return bool(self._hidden_by) and self._is_hidden_struck_out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden_by == "p" and tag in _BLOCKS:  # a paragraph need not be closed
            self._hidden_by = ""
        if self._hidden_by:
            self._depth += tag == self._hidden_by
            return
        if tag not in _VOID and (tag in _DROPPED or _is_hidden(dict(attrs))):
            self._hide(tag, is_struck_out=False)
            return
        if self._drops_struck_out and tag not in _VOID and _is_struck_out(tag, dict(attrs)):
            self._hide(tag, is_struck_out=True)
            return
        if tag == "title" or (tag == "h1" and not self.heading):
            self._open_title = tag
        self._pre += tag == "pre"
        self._break(tag)
        self._part_struck_out(tag)
        if tag in ("td", "th"):
            self._parts += [_CELL] * self._is_in_row
            self._is_in_row = True
        elif tag in ("tr", "table"):
            self._is_in_row = False
        elif tag in ("sup", "sub"):
            self._raised, self._raised_from = tag, len(self._parts)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_by:
            self._depth -= tag == self._hidden_by
            self._hidden_by = self._hidden_by if self._depth else ""
            return
        if tag == self._open_title:
            self._open_title = ""
        self._pre -= tag == "pre" and self._pre > 0
        self._break(tag)
        self._part_struck_out(tag)
        if tag == "table":
            self._is_in_row = True  # a table within a cell

    def handle_data(self, data: str) -> None:
        if self._hidden_by:
            return
        if self._open_title == "title":
            self.title += data
        else:
            self.heading += data if self._open_title else ""
            if self._is_marked and not self._raised and data[:1].isalnum():
                self._parts.append(" ")
            self._is_marked = self._is_marked and bool(self._raised)
            self._parts.append(data if self._pre else _WHITE.sub(" ", data))

    def _hide(self, tag: str, is_struck_out: bool) -> None:
        self._hidden_by, self._depth, self._is_hidden_struck_out = tag, 1, is_struck_out
        self.struck_out += is_struck_out

    def _part_struck_out(self, tag: str) -> None:
        """Keep struck-out text that stays from sticking to what stands for it; two blanks part numbers, too."""
        self._parts += ["  "] * (tag in _DELETED)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("br", "td", "th", "sup", "sub"):
            self._end_raised()
        if tag in _BLOCKS:
            self._parts.append(_BLOCK)
        elif tag == "br":
            self._parts.append(_LINE)

    def _end_raised(self) -> None:
        """Mark what was raised or lowered off from what stands before it."""
        if not self._raised:
            return
        self._raised, tag = "", self._raised
        piece = "".join(self._parts[self._raised_from :])
        if not piece.strip():
            return
        before = "".join(self._parts[max(0, self._raised_from - 20) : self._raised_from])[-20:]
        marked = _marked(tag, piece.strip(), before)
        self._is_marked = marked != piece.strip()
        self._parts[self._raised_from :] = [marked if self._is_marked else piece]

    def text(self) -> str:
        """Return what was collected, with at most one empty line at a time."""
        self._end_raised()
        words = "\n".join(map(_line, "".join(self._parts).replace("\xa0", " ").split("\n")))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<=\S) {2,}+(?=\S)", "  ", words)).strip()


def _line(line: str) -> str:
    """Return a line with its cells told apart; empty ones at its end are left out."""
    return " | ".join(cell.strip() for cell in line.rstrip(" \t" + _CELL).split(_CELL)).strip()


def _marked(tag: str, piece: str, before: str) -> str:
    """Return what is raised ("sup") or lowered ("sub") so that it is not taken for a part of what stands before it."""
    if not piece or (not piece[0].isalnum() and not re.fullmatch(r"[-+−–]\d+", piece)):
        return piece
    if tag == "sub":
        return f"_{piece}" if before[-1:].isdigit() else piece
    if _TEN.search(before) and re.fullmatch(r"[-+−–]?\d{1,3}", piece):
        return f"^{piece}"
    if piece in _POWERS and _UNIT.search(before):
        return _POWERS[piece]
    if _NOTE_SIGN.fullmatch(piece) or piece[0] in "-+−–":
        return f"{' ' if before[-1:].strip() else ''}[{piece}]"
    return f" {piece}" if piece[0].isdigit() and before[-1:].isalnum() else piece


def _is_struck_out(tag: str, attributes: dict[str, str | None]) -> bool:
    return tag in _DELETED or bool(_STRIKING.search(attributes.get("style") or ""))


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDING.search(attributes.get("style") or ""))

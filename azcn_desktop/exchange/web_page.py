"""What a web page shows, as plain text: no scripts, styles, pictures or hidden parts; paragraphs stay apart.

Reads the page once from beginning to end and builds no tree: a page of a hundred thousand nested elements takes no
longer than another one of its length. Loads nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENS = re.compile(r"<[A-Za-z/!?]")
_WHITE = re.compile(r"\s+")
_BLOCK, _LINE = "\n\n", "\n"


def page_text(page: str) -> tuple[str, str]:
    """Return the text and the title of a page.

    Args:
        page: HTML without control characters; damaged HTML is read as far as it goes.
    """
    reader = _PageReader()
    reader.feed(_without_open_end(page))
    reader.close()
    return reader.text(), " ".join(reader.title.split()) or " ".join(reader.heading.split())


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

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.heading = ""
        self._parts: list[str] = []
        self._open_title = ""
        self._hidden_by = ""  # the element that hides what goes by, and how deep elements of its name are nested
        self._depth = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden_by == "p" and tag in _BLOCKS:  # a paragraph need not be closed
            self._hidden_by = ""
        if self._hidden_by:
            self._depth += tag == self._hidden_by
            return
        if tag not in _VOID and (tag in _DROPPED or _is_hidden(dict(attrs))):
            self._hidden_by, self._depth = tag, 1
            return
        if tag == "title" or (tag == "h1" and not self.heading):
            self._open_title = tag
        self._pre += tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden_by:
            self._depth -= tag == self._hidden_by
            self._hidden_by = self._hidden_by if self._depth else ""
            return
        if tag == self._open_title:
            self._open_title = ""
        self._pre -= tag == "pre" and self._pre > 0
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._hidden_by:
            return
        if self._open_title == "title":
            self.title += data
        else:
            self.heading += data if self._open_title else ""
            self._parts.append(data if self._pre else _WHITE.sub(" ", data))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._parts.append(_BLOCK)
        elif tag == "br":
            self._parts.append(_LINE)
        elif tag in ("td", "th"):
            self._parts.append("  ")

    def text(self) -> str:
        """Return what was collected, with at most one empty line at a time."""
        words = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", "".join(self._parts).replace("\xa0", " "))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<=\S) {2,}(?=\S)", "  ", words)).strip()


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    return bool(_HIDING.search(attributes.get("style") or ""))

"""Reading a document as plain text: .txt, .html, .md and .pdf, as far as its words go.

Nothing of a document is run or fetched: scripts, styles, images and what a page hides are dropped, and what comes out
is text. Sizes are looked at before anything is read. What can't be read is refused with a sentence, and the caller
stores nothing. Knows no store. Its libraries make it slow to import, so the window imports it when it is needed.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pypdf
from markdown_it import MarkdownIt
from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.text_encoding import decode
from azcn_desktop.exchange.web_page import PageText, page_text

Kind = Literal["text", "html", "markdown", "pdf"]
MOST_BYTES = 50_000_000
MOST_CHARACTERS = 10_000_000
MOST_PAGES = 2_000
MOST_MARKDOWN = 200_000  # characters; a text made of brackets alone takes quadratic time
KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown",
    ".markdown": "markdown", ".pdf": "pdf",
}  # fmt: skip

# pypdf reports damage to the log; what a person needs to know of it is the sentence of the error.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


class Document(Struct, frozen=True):
    """What a file says.

    Attributes:
        text: its words as plain text, paragraphs apart by an empty line; never only blanks.
        kind: what it was read as.
        title: the title that it gives itself; empty for none.
        notes: sentences for the reader on what was dropped or guessed.
        guess: the encoding, a key of `text_encoding.ENCODINGS`, where it had to be guessed; else empty.
    """

    text: str
    kind: Kind
    title: str = ""
    notes: tuple[str, ...] = ()
    guess: str = ""


def read_document(path: Path, encoding: str = "") -> Document:
    """Read a file as plain text.

    Args:
        path: a .txt, .html, .htm, .md or .pdf file.
        encoding: a key of `text_encoding.ENCODINGS` that a person chose; empty to find it out. A PDF has its own.

    Raises:
        UserError: it is missing, too large, of another kind, damaged, protected, or holds no words.
    """
    kind = KINDS.get(path.suffix.lower())
    if kind is None:
        raise UserError(f"{path.name} is no text that can be read. Possible are {', '.join(KINDS)} files.")
    data = _bytes_of(path)
    if data.startswith(b"%PDF-"):
        kind = "pdf"
    document = _tidy(_READERS[kind](path.name, data, encoding))
    if not document.text.strip():
        raise UserError(f"{path.name} holds no words. Look at it in another program, and paste its text instead.")
    if len(document.text) > MOST_CHARACTERS:
        raise UserError(
            f"{path.name} holds {len(document.text):,} characters; at most {MOST_CHARACTERS:,} can be read. "
            "Paste the part that records rest on."
        )
    return document


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(f"{path} is no file. Choose a file.")
        if size > MOST_BYTES:
            raise UserError(
                f"{path.name} has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:,.0f} MB can be read. "
                "Paste the text that records rest on."
            )
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{path} can't be read: {error.strerror or error}. Check that it is there and readable."
        ) from error


def _read_text(name: str, data: bytes, encoding: str) -> Document:
    text, notes, guess = decode(name, data, encoding=encoding)
    return Document(text, "text", notes=notes, guess=guess)


def _read_html(name: str, data: bytes, encoding: str) -> Document:
    text, notes, guess = decode(name, data, is_html=True, encoding=encoding)
    page = _html_document(text)
    return replace(page, notes=(*notes, *page.notes), guess=guess)


def _read_markdown(name: str, data: bytes, encoding: str) -> Document:
    text, notes, guess = decode(name, data, encoding=encoding)
    if len(text) > MOST_MARKDOWN:
        kept = "This is a long text, so its Markdown marks were kept as they are."
        return Document(text, "markdown", notes=(*notes, kept), guess=guess)
    page = _html_document(MarkdownIt("commonmark").enable("table").render(_CONTROL.sub("", text)))
    return replace(page, kind="markdown", notes=(*notes, *page.notes), guess=guess)


def _read_pdf(name: str, data: bytes, _encoding: str) -> Document:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        is_open = not reader.is_encrypted or bool(reader.decrypt(""))
        count = len(reader.pages) if is_open else 0
        pages = _page_texts(reader) if is_open and count <= MOST_PAGES else []
        title = str((reader.metadata and reader.metadata.title) or "") if is_open else ""
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise UserError(
            f"{name} can't be read as PDF; it seems to be damaged or protected ({type(error).__name__}). "
            "Open it in a PDF program, copy the text and paste it."
        ) from error
    if not is_open:
        raise UserError(f"{name} is protected by a password. Save a copy without it, or paste the text.")
    if count > MOST_PAGES:
        raise UserError(f"{name} has {count:,} pages; at most {MOST_PAGES:,} can be read. Paste the pages needed.")
    text = "\n\n".join(filter(None, pages))
    if not text.strip():
        raise UserError(
            f"The pages of {name} are pictures without text. Open it in a program that recognises text, and paste that."
        )
    return Document(text, "pdf", title)


def _page_texts(reader: pypdf.PdfReader) -> list[str]:
    """Return the text of each page; no more pages once there is too much of it."""
    found: list[str] = []
    length = 0
    for page in reader.pages:
        if length > MOST_CHARACTERS:
            break
        found.append(page.extract_text().strip())
        length += len(found[-1])
    return found


_READERS: dict[Kind, Callable[[str, bytes, str], Document]] = {
    "text": _read_text, "html": _read_html, "markdown": _read_markdown, "pdf": _read_pdf,
}  # fmt: skip


def _html_document(page: str) -> Document:
    shown = page_text(_CONTROL.sub("", page))
    return Document(shown.text, "html", shown.title, tuple(_struck_out(shown)))


def _struck_out(shown: PageText) -> Iterator[str]:
    if shown.keeps_struck_out:
        yield "Text that is struck out on the page was kept, as the page does not say where it ends."
    elif shown.struck_out == 1:
        yield "A piece that is struck out on the page was left out."
    elif shown.struck_out:
        yield f"{shown.struck_out:,} pieces that are struck out on the page were left out."


def _tidy(document: Document) -> Document:
    """Drop characters that no text holds, and say so; else a plain text stays as it is, others lose empty lines."""
    text, dropped = _CONTROL.subn("", document.text.replace("\x0c", "\n"))
    if document.kind != "text":
        text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+(?=\n)", "", re.sub(r"\r\n?", "\n", text))).strip()
    notes = document.notes
    if dropped:
        notes = (*notes, f"{dropped:,} control characters were left out, which no text holds.")
    title = " ".join(_CONTROL.sub("", document.title).split())[:1_000]
    return replace(document, text=text, title=title, notes=notes)

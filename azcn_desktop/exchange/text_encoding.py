"""From bytes to text: which encoding a file was written in.

A byte order mark decides, then UTF-8, which nothing else is by chance, then what a page declares; at last it is guessed
between the two encodings that old Azerbaijani pages have, and the guess is said. Knows no document.
"""

from __future__ import annotations

import codecs
import re

from azcn_desktop.errors import UserError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
# Names as pages write them, with the wider encoding that browsers take for the narrower one.
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "iso-8859-9": "cp1254", "x-sjis": "cp932"}
_KNOWN = re.compile(
    r"utf-8|gb18030|big5|windows-12\d\d|cp12\d\d|cp932|iso-8859-\d+|koi8-[ru]|shift_jis|euc-(?:kr|jp)|windows-874"
)
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(name: str, data: bytes, is_html: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what is to be said of its encoding.

    Args:
        name: the file, for sentences.
        data: its bytes.
        is_html: whether it may declare its encoding.

    Raises:
        UserError: it holds no text in any encoding.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding:
        text = data.decode(encoding, "replace")
        return text, (() if "\ufffd" not in text else (_damage(text),))
    if data.count(b"\0") > len(data) / 100:
        raise UserError(f"{name} is no text: it holds bytes that no text has. Choose another file, or paste the text.")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if is_html and (declared := _declared(data)):
        text = data.decode(declared, "replace")
        return text, (() if "\ufffd" not in text else (_damage(text),))
    guess = _guess(data)
    return data.decode(guess, "replace"), (f"The file does not say its encoding; it was read as {_NAMES[guess]}.",)


_NAMES = {"cp1251": "Cyrillic (windows-1251)", "cp1254": "Turkish and Azerbaijani Latin (windows-1254)"}


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page declares near its beginning, if it is one of text."""
    match = _DECLARED.search(data[:4_096])
    if match is None:
        return None
    written = match[1].decode("ascii", "replace").lower()
    encoding = _READ_AS.get(written, written)
    return encoding if _KNOWN.fullmatch(encoding) and encoding != "utf-8" else None


def _guess(data: bytes) -> str:
    """Tell Cyrillic, whose words are high bytes throughout, from Latin with a high byte here and there."""
    high = len(_HIGH.findall(data))
    in_runs = sum(len(run) for run in _CYRILLIC_RUN.findall(data))
    return "cp1251" if in_runs * 2 > high else "cp1254"


def _damage(text: str) -> str:
    return f"{text.count(chr(0xFFFD)):,} characters could not be read and show as \ufffd."

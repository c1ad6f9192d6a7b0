"""From bytes to text: which encoding a file was written in.

A byte order mark decides, then UTF-8, which nothing else is by chance, then what a page declares; at last it is guessed
between the encodings that old Chinese, Russian and Azerbaijani texts have, and the guess is said. The guess is a rule
of a few lines and not a library that weighs all encodings there are: its answer to the same bytes stays the same, and
it can be told why. Knows no document.
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
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")  # an escape may be left of a terminal's colours
_MOST_NO_TEXT = 0.02  # of all characters; of random bytes it is a tenth
_WIDE = re.compile(rb"[\x81-\xfe](?:[0-9][\x81-\xfe][0-9]|[\x40-\xfe])")  # a character of GB18030 beyond ASCII
# The 3,755 that GB2312 lists first, and punctuation and wide letters.
_COMMON = re.compile(rb"[\xb0-\xd7\xa1-\xa3][\xa1-\xfe]")
_LOOKED_AT = 1_000_000  # bytes
_UPPER_CYRILLIC = bytes(range(0xC0, 0xE0))
_CHINESE_FROM = 0.8  # of all wide characters; rare ones are a few names


def decode(name: str, data: bytes, is_html: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what is to be said of its encoding.

    Args:
        name: the file, for sentences.
        data: its bytes.
        is_html: whether it may declare its encoding.

    Raises:
        UserError: it holds no text in any encoding.
    """
    text, notes = _decoded(name, data, is_html)
    if _is_damaged(text):
        raise UserError(_REFUSAL.format(name=name))
    return text, notes


_REFUSAL = "{name} is no text: it holds bytes that no text has. Choose another file, or paste the text."


def _decoded(name: str, data: bytes, is_html: bool) -> tuple[str, tuple[str, ...]]:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding:
        return _with_damage(data.decode(encoding, "replace"))
    if data.count(b"\0") > len(data) / 100:
        raise UserError(_REFUSAL.format(name=name))
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        nearly = data.decode("utf-8", "replace")
    if nearly.count("\ufffd") * 20 < len(_HIGH.findall(data)):
        return _with_damage(nearly)
    if is_html and (declared := _declared(data)):
        text = data.decode(declared, "replace")
        if not _is_damaged(text):
            return _with_damage(text)
    guess = _guess(data)
    return data.decode(guess, "replace"), (f"The file does not say its encoding; it was read as {_NAMES[guess]}.",)


_NAMES = {
    "gb18030": "Chinese (GB18030)",
    "cp1251": "Cyrillic (windows-1251)",
    "cp1254": "Turkish and Azerbaijani Latin (windows-1254)",
}


def _declared(data: bytes) -> str | None:
    """Return the encoding that a page declares near its beginning, if it is one of text."""
    match = _DECLARED.search(data[:4_096])
    if match is None:
        return None
    written = match[1].decode("ascii", "replace").lower()
    encoding = _READ_AS.get(written, written)
    return encoding if _KNOWN.fullmatch(encoding) and encoding != "utf-8" else None


def _guess(data: bytes) -> str:
    """Tell Chinese, then Cyrillic, whose words are high bytes throughout, from Latin with a few high bytes."""
    if _is_chinese(data):
        return "gb18030"
    high = len(_HIGH.findall(data))
    in_runs = sum(len(run) for run in _CYRILLIC_RUN.findall(data))
    return "cp1251" if in_runs * 2 > high else "cp1254"


def _is_chinese(data: bytes) -> bool:
    """Tell whether bytes are GB18030 throughout, nearly all of them common characters.

    Words of Cyrillic have an odd number of letters half the time and small ones that would be rare characters; capital
    letters alone, of even number, could be both, and are more often Cyrillic. The last character may be cut.
    """
    sample = data[:_LOOKED_AT]
    try:
        codecs.getincrementaldecoder("gb18030")().decode(sample)
    except UnicodeDecodeError:
        return False
    wide = _WIDE.findall(sample)
    common = sum(bool(_COMMON.match(character)) for character in wide)
    is_cyrillic = not b"".join(wide).translate(None, _UPPER_CYRILLIC)
    return not is_cyrillic and common >= len(wide) * _CHINESE_FROM


def _is_damaged(text: str) -> bool:
    return len(_NO_TEXT.findall(text)) > len(text) * _MOST_NO_TEXT


def _with_damage(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text and, where it is damaged, a note that says so."""
    count = text.count("\ufffd")
    said = f"{count:,} characters could not be read and show" if count > 1 else "1 character can't be read and shows"
    return text, (f"{said} as \ufffd.",) if count else ()

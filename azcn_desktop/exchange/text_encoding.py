"""From bytes to text: which encoding a file was written in.

A byte order mark decides, then bytes that only UTF-16 has in a text, then UTF-8, which nothing else is by chance, then
what a page declares; at last it is guessed between the encodings that old Chinese, Russian and Azerbaijani texts have,
and the guess is said, so that a person can choose another. The guess is a rule of a few lines and not a library that
weighs all encodings there are: on single sentences it is right more often (measured in
tests/exchange/test_text_encoding.py), its answer to the same bytes stays the same, and it can be told why. Knows no
document.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

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
ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "gb18030": "Chinese, simplified (GB18030)",
    "cp950": "Chinese, traditional (Big5)",
    "cp1251": "Cyrillic (windows-1251)",
    "koi8-r": "Cyrillic (KOI8-R)",
    "cp1254": "Turkish and Azerbaijani Latin (windows-1254)",
    "cp1252": "Western European (windows-1252)",
}
"""What a person can choose from when the guess is wrong, with its name."""
_CYRILLIC_RUN = re.compile(rb"[\xc0-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")  # an escape may be left of a terminal's colours
_NO_TEXT_BYTE = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # every second one of UTF-16, and none of 8-bit text
_OUR_CHARACTER = re.compile("[\t\n\r -~\xa0-\u024f\u0400-\u04ff\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_UTF_16_FROM = 0.95  # of random bytes a third is Chinese
_MOST_NO_TEXT = 0.02  # of all characters; of random bytes it is a tenth
# A character beyond ASCII, and those of them that are common, with punctuation and wide letters: the 3,755 that GB2312
# lists first, the 5,401 that Big5 lists first.
_CHINESE = {
    "gb18030": (
        re.compile(rb"[\x81-\xfe](?:[0-9][\x81-\xfe][0-9]|[\x40-\xfe])"),
        re.compile(rb"[\xb0-\xd7\xa1-\xa3][\xa1-\xfe]"),
    ),
    "cp950": (re.compile(rb"[\x81-\xfe][\x40-\x7e\xa1-\xfe]"), re.compile(rb"[\xa1-\xc6].", re.DOTALL)),
}
_LOOKED_AT = 1_000_000  # bytes
_UPPER_CYRILLIC = bytes(range(0xC0, 0xE0))  # of windows-1251; in KOI8-R the small ones
_CHINESE_FROM = 0.8  # of all wide characters; rare ones are a few names
_CYRILLIC_WORD = re.compile(r"[а-яё]+|[А-ЯЁ]+|[А-ЯЁ][а-яё]+")
_COMMON_CYRILLIC = re.compile("[оеаинтсрвлкмдпу]", re.IGNORECASE)


class Decoded(NamedTuple):
    """The text of a file.

    Attributes:
        text: its words.
        notes: sentences for the reader.
        guess: the encoding, a key of `ENCODINGS`, where it had to be guessed; else empty.
    """

    text: str
    notes: tuple[str, ...]
    guess: str = ""


def decode(name: str, data: bytes, is_html: bool = False, encoding: str = "") -> Decoded:
    """Return the text of a file and what is to be said of its encoding.

    Args:
        name: the file, for sentences.
        data: its bytes.
        is_html: whether it may declare its encoding.
        encoding: a key of `ENCODINGS` that a person chose; empty to find it out.

    Raises:
        UserError: it holds no text, or none in the chosen encoding.
    """
    if encoding:
        chosen = _with_damage(data.decode(encoding, "replace"))
        if _is_damaged(chosen.text):
            raise UserError(f"{name} can't be read as {ENCODINGS[encoding]}. Choose another encoding.")
        return chosen
    decoded = _decoded(name, data, is_html)
    if _is_damaged(decoded.text):
        raise UserError(_REFUSAL.format(name=name))
    return decoded


_REFUSAL = "{name} is no text: it holds bytes that no text has. Choose another file, or paste the text."


def _decoded(name: str, data: bytes, is_html: bool) -> Decoded:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding:
        return _with_damage(data.decode(encoding, "replace"))
    sample = data[:_LOOKED_AT]
    if len(_NO_TEXT_BYTE.findall(sample)) > len(sample) / 100 and (unmarked := _utf_16_of(sample)):
        note = f"The file does not say its encoding; it was read as Unicode ({unmarked.upper()})."
        return Decoded(data.decode(unmarked, "replace"), (note,))
    if data.count(b"\0") > len(data) / 100:
        raise UserError(_REFUSAL.format(name=name))
    try:
        return Decoded(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        nearly = data.decode("utf-8", "replace")
    if nearly.count("\ufffd") * 20 < len(_HIGH.findall(data)):
        return _with_damage(nearly)
    if is_html and (declared := _declared(data)):
        text = data.decode(declared, "replace")
        if not _is_damaged(text):
            return _with_damage(text)
    guess = _guess(data)
    note = f"The file does not say its encoding; it was read as {ENCODINGS[guess]}."
    return Decoded(data.decode(guess, "replace"), (note,), guess)


def _utf_16_of(sample: bytes) -> str | None:
    """Return the byte order of UTF-16 in which nearly all of a file are characters of our languages, if one is."""
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) // 2 * 2].decode(encoding, "replace")
        shares[encoding] = len(_OUR_CHARACTER.findall(text)) / max(len(text), 1)
    likeliest = max(shares, key=shares.__getitem__)
    return likeliest if shares[likeliest] >= _UTF_16_FROM else None


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
    sample = data[:_LOOKED_AT]
    shares = {encoding: _common_share(sample, encoding) for encoding in _CHINESE}
    likeliest = max(shares, key=shares.__getitem__)
    if shares[likeliest] >= _CHINESE_FROM:
        return likeliest
    in_runs = sum(len(run) for run in _CYRILLIC_RUN.findall(sample))
    if in_runs * 2 <= len(_HIGH.findall(sample)):
        return "cp1254"
    return max(("cp1251", "koi8-r"), key=lambda encoding: _russian_score(sample.decode(encoding, "replace")))


def _common_share(sample: bytes, encoding: str) -> float:
    """Return how many of the characters beyond ASCII are common ones, if bytes are Chinese throughout; else 0.

    Words of Cyrillic have an odd number of letters half the time and small ones that would be rare characters; letters
    of one case alone, of even number, could be both, and are more often Cyrillic. The last character may be cut.
    """
    wide_character, common_character = _CHINESE[encoding]
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    wide = wide_character.findall(sample)
    if not b"".join(wide).translate(None, _UPPER_CYRILLIC):
        return 0.0
    return sum(bool(common_character.match(character)) for character in wide) / len(wide)


def _russian_score(text: str) -> tuple[int, int]:
    """Return how many letters stand in words with capitals where words have them, and how many are common ones.

    KOI8-R has capitals where windows-1251 has small letters, and all in another order.
    """
    words = re.findall(r"[а-яёА-ЯЁ]+", text)
    return sum(len(word) for word in words if _CYRILLIC_WORD.fullmatch(word)), len(_COMMON_CYRILLIC.findall(text))


def _is_damaged(text: str) -> bool:
    return len(_NO_TEXT.findall(text)) > len(text) * _MOST_NO_TEXT


def _with_damage(text: str) -> Decoded:
    """Return a text and, where it is damaged, a note that says so."""
    count = text.count("\ufffd")
    said = f"{count:,} characters could not be read and show" if count > 1 else "1 character can't be read and shows"
    return Decoded(text, (f"{said} as \ufffd.",) if count else ())

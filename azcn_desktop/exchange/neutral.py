"""Taking the danger out of text that a spreadsheet would run as a formula, and putting it back.

A cell that begins with = + - @ or a control character may be executed when a colleague opens the file; quoting alone
does not stop that. Such text gets an apostrophe in front; text that already looks like the result gets one more, so
that `restore` is exact and no two texts become the same. Knows cells, no files.

Source: OWASP, CSV Injection; OWASP ASVS 4.0.3, 5.3.10.
"""

from __future__ import annotations

import re

_BLANK = r"[\s\ufeff\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069]"
_TRIGGER = r"[=+\-@\t\r\n\x00＝＋－＠]"
_RISKY = re.compile(rf"'*{_BLANK}*{_TRIGGER}")
# How risky text may begin, right after the quotation mark that opens a cell; a line end there is that of the line.
_RISKY_CELL = re.compile(rf"\"(?!\r\n)(?:'|{_BLANK}|{_TRIGGER})")
# The first byte of all that, and of much more that is not ASCII, is made one: finding a pair of bytes takes a tenth of
# the time that the expression takes.
_RISKY_BYTES = bytes(range(0x21)) + b"'=+-@\xc2\xe1\xe2\xe3\xef"
_AS_ONE = bytes.maketrans(_RISKY_BYTES, b"=" * len(_RISKY_BYTES))
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


def neutralise(text: str) -> str:
    """Return the text with an apostrophe in front when a spreadsheet could take it for a formula.

    A plain number such as -5, -5,2 or +994501234567 stays as it is.
    """
    if not _RISKY.match(text) or _PLAIN_NUMBER.fullmatch(text):
        return text
    return "'" + text


def restore(text: str) -> str:
    """Return the text that `neutralise` was given."""
    return text[1:] if text.startswith("'") and _RISKY.match(text, 1) else text


def may_hold_formulas(lines: str, count: int) -> bool:
    """Tell whether a cell might begin as risky text does; sees numbers below 0 as such.

    Args:
        lines: of a table, ended by CR LF; every cell is quoted, and none holds a quotation mark.
        count: how many lines there are.
    """
    if lines.encode().translate(_AS_ONE).count(b'"=') == count:
        return False  # the only pairs are where lines end
    return lines.count("\r\n") != count or _RISKY_CELL.search(lines) is not None

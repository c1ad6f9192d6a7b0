"""Folding of text for search: one key for all spellings that a reader takes for the same.

Azerbaijani `ə` folds to `e` and dotless `ı`, dotted `İ` to `i`, so that `baki` finds Bakı; marks fall away; each
Chinese character becomes a word of its own, so that a query of two characters matches inside a longer name.
Knows no language model and no stemming.
"""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans(
    {
        "İ": "i", "I": "i", "ı": "i", "Ə": "e", "ə": "e", "Ø": "o", "ø": "o", "Ł": "l", "ł": "l",
        "Đ": "d", "đ": "d", "ß": "ss", "Æ": "ae", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'",
    }
)  # fmt: skip


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def fold(text: str) -> str:
    """Return the search key of a text: lower case, without marks, with single blanks, Chinese characters apart.

    Folding twice gives the same as folding once.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", plain)
    kept = "".join(f" {c} " if is_han(c) else c for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


def script_of(text: str) -> str:
    """Return the ISO 15924 code of the script that a name is written in: Hani, Cyrl or Latn."""
    if any(is_han(character) for character in text):
        return "Hani"
    return "Cyrl" if any("\u0400" <= character <= "\u04ff" for character in text) else "Latn"

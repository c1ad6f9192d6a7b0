"""Characters that turn the direction of writing, shown as signs: unseen, they make a quote look like another one.

A sign stands for each, one character for one, so that places in the shown text are those in the stored one. Only what
is drawn goes through here; what is stored, searched, copied, exported and edited keeps its characters.
"""

from __future__ import annotations

import re

_RIGHTWARDS, _LEFTWARDS, _EITHER = "\u25b7", "\u25c1", "\u25c7"
_FORCED_RIGHTWARDS, _FORCED_LEFTWARDS = "\u25ba", "\u25c4"
_SIGNS = {
    "\u200e": _RIGHTWARDS, "\u202a": _RIGHTWARDS, "\u2066": _RIGHTWARDS, "\u202d": _FORCED_RIGHTWARDS,
    "\u200f": _LEFTWARDS, "\u061c": _LEFTWARDS, "\u202b": _LEFTWARDS, "\u2067": _LEFTWARDS,
    "\u202e": _FORCED_LEFTWARDS, "\u2068": _EITHER, "\u202c": _EITHER, "\u2069": _EITHER,
}  # fmt: skip
DIRECTION_CHARACTERS = "".join(_SIGNS)
"""The marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9), and what ends them."""
_ACTING = re.compile(f"[{DIRECTION_CHARACTERS}]")
_TABLE = str.maketrans(_SIGNS)


def visible(text: str) -> str:
    """Return a text as it may be drawn: with a sign for each character that turns the direction of writing."""
    return text if text.isascii() or not _ACTING.search(text) else text.translate(_TABLE)

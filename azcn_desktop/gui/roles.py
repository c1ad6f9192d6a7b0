"""Item roles by which a model tells the cell delegate how a value is to be drawn.

Models decide what a cell means (a title, a category, a state), the delegate decides what that looks like; these numbers
and words are all that either knows of the other. `Qt.DisplayRole` carries the text and `Qt.TextAlignmentRole` its side.
"""

from typing import Final, Literal, get_args

from PySide6.QtCore import Qt

Style = Literal["title", "text", "muted", "pill", "status", "number"]
"""Manner of drawing: `text` is the default, `title` is heavier, `pill` a category, `status` a mark and a word."""

Tone = Literal["neutral", "violet", "blue", "amber", "green", "red"]
"""Colour of meaning for pills and states; the default is `neutral`. A state's mark follows its tone as well."""

Badge = Literal["promise", "soft", "speech"]
"""Who binds himself, who hopes, and who speaks for others: a full pill, a dashed one, an open one."""

STYLES: Final[tuple[Style, ...]] = get_args(Style)
TONES: Final[tuple[Tone, ...]] = get_args(Tone)
BADGES: Final[tuple[Badge, ...]] = get_args(Badge)

_FIRST: Final[int] = int(Qt.ItemDataRole.UserRole)

KEY_ROLE: Final[int] = _FIRST + 1
"""Key of the record in the row: object, as the store returns it."""
RAW_ROLE: Final[int] = _FIRST + 2
"""Stored value of the cell, before it was put into words."""
STYLE_ROLE: Final[int] = _FIRST + 3
"""One of `STYLES`."""
TONE_ROLE: Final[int] = _FIRST + 4
"""One of `TONES`."""
SECONDARY_ROLE: Final[int] = _FIRST + 5
"""str: a second name, drawn faint after the text where all of it fits, otherwise not at all."""
UNRESOLVED_ROLE: Final[int] = _FIRST + 6
"""bool: the text was printed in a source but leads to no record; drawn slanted over a dotted line."""
WARNING_ROLE: Final[int] = _FIRST + 7
"""str: what is doubtful about the value; a small amber triangle stands at the end of the cell, before a number."""
BADGE_ROLE: Final[int] = _FIRST + 8
"""One of `BADGES`, or None: what sort of statement a pill names; each has a sign and an outline of its own."""

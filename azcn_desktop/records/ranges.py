"""Ranges of four languages in two halves: "1.5-2 bn", "от 1,5 до 2 млрд", "15亿至20亿", "1,5 ilə 2 milyard arasında".

What stands once counts for both ends: the magnitude and the unit behind the last number, the sign before the first.
Knows no amounts; what the halves say is read by others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"[0-9]+(?:[., '’\u00a0\u202f][0-9]+)*"
# In the order in which they are tried; each has the two ends as its groups.
_FRAMES = (
    r"(?:from|between) (.+?) (?:to|and|until) (.+)",
    r"(?:от|с) (.+?) до (.+)",
    r"между (.+?) и (.+)",
    r"(.+?) (?:ilə|və) (.+?) arasinda(?: .*)?",
    r"(.+?)-?(?:d[aə]n) (.+?)-?(?:(?:[yn]?[aə]) ?(?:q[aə]d[aə]r|kimi)|d[aə]k)( .+|)",
    r"介于(.+?)[和与至到](.+?)之间",
    r"(.+?) ?[至到] ?(.+)",
    r"(.+?) (?:to|до) (.+)",
    rf"(.*{_NUMBER}[^0-9]*?) ?[-–—~] ?([$€₼¥]?{_NUMBER}.*)",
)


def ends_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the two ends that a text may state, each a text of its own, the likeliest reading first.

    Args:
        text: in lower case with digits in ASCII.
    """
    for frame in _FRAMES:
        if (found := re.fullmatch(frame, text)) and all(re.search("[0-9]", end) for end in found.groups()[:2]):
            low, high = found[1].strip(), found[2].strip() + (found[3] if found.re.groups > 2 else "")
            yield _completed(low, high), high


def _completed(low: str, high: str) -> str:
    """Return the lower end with what stands behind the upper one only."""
    behind = re.search(rf"{_NUMBER}(?P<rest>[^0-9]*)$", high)
    is_bare = re.search(r"[0-9]$", low) is not None
    return f"{low}{behind['rest']}" if behind and is_bare else low

"""Words that people use for goods which the Harmonized System names otherwise: it has no pomegranate, only other fruit.

A few that matter in this trade, in English, Azerbaijani and Chinese. The codes are those of HS 2022 (and of HS 2017
where that differs); a code that holds more than the word says is told by its own description beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from azcn_desktop.records.text import fold

# Code, and what people call the goods in it. Source: World Customs Organization, HS 2022, headings and their notes.
_EVERYDAY = (
    ("081090", "pomegranates nar 石榴"),
    ("850760", "lithium batteries batareya 锂电池"),
    ("854140", "solar panels günəş paneli 光伏 太阳能板"),
    ("854143", "solar panels günəş paneli 光伏 太阳能板"),
    ("870380", "electric cars elektromobil 电动汽车"),
)
_FOLDED = tuple((code, fold(text).split()) for code, text in _EVERYDAY)


def codes_called(words: Iterable[str]) -> set[str]:
    """Return the codes of the Harmonized System for which each of some folded words begins an everyday name."""
    wanted = tuple(words)
    return {
        code
        for code, names in _FOLDED
        if wanted and all(any(name.startswith(word) for name in names) for word in wanted)
    }

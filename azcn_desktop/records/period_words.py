"""The words in which English, Azerbaijani, Russian and Chinese name periods: months, parts of years, small words.

Words only; what they mean together is said by `periods`. The letters are those of its grammar.
"""

from __future__ import annotations

import re
from functools import cache

from azcn_desktop.records.dates import MONTHS
from azcn_desktop.records.number_words import counted_words, lowered

LANGUAGES = ("en", "az", "ru", "zh")
MONTH_NAMES = {
    "en": MONTHS,
    "az": (
        "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
    ),
    "ru": (
        "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
        "декабрь",
    ),
}  # fmt: skip
RU_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
_RU_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_RU_ENDINGS = r"(?:ар|рал|т|ел|уст|тябр|ябр|бр|абр)?(?:ь|я|е|ю|ем|а|ом|й)?"
_AZ_ENDINGS = r"(?:in|un|ün|i|u|da|də|dan|dən|a|ə|ya|yə)?(?:dək|dek|nadək|adək)?"
# What a word is in the grammar of `periods`; a word without a letter says nothing there.
_CLASSES = (
    ("Q", r"q|quarters?|qtr|кв|квартал\w*|rüb\w*|kvartal\w*"),
    ("H", r"h|half|полугоди\w+|п/г|yarimil\w*|yari(?:si|sinda|sinin)?"),
    ("m", r"m|months?|mths?|месяц\w*|мес|м|ay(?:i|in|da|inda|lari|larinda|larinin|liq|ligi)?"),
    ("@", r"tarixinə|vəziyyətinə"),
    ("a", r"на"),
    ("-", r"to|until|till|through|по|dək"),
    ("&", r"and|və|и|和"),
    ("", r"of|the|in|for|year|on|during|from|over|г|гг|год\w*|за|в|во|с|il(?:in|də|i|inin)?|üzrə|ərzində"),
)
_ORDINALS = {
    1: "first i birinci ilk первый первое первого первом первые первых",
    2: "second ii ikinci второй второе второго втором",
    3: "third iii üçüncü третий третьего третьем",
    4: "fourth iv dördüncü четвертый четвертого четвертом четвёртый четвёртого четвёртом",
}
# Chinese periods in the words above, in this order.
_HAN = (
    ("截[至止到]", " @ "), ("上半年", " 1h "), ("下半年", " 2h "), ("第?([1-4])季度?", r" \1q "), ("首季度?", " 1q "),
    ("[前头]?([0-9]+)个月", r" \1m "), ("[至到]", "-"), ("([0-9]+)[日号]", r" \1 "), ("全?年度?", " "), ("底$", ""),
)  # fmt: skip
_HAN_NUMBERS = ("十二", "十一", "十", "九", "八", "七", "六", "五", "四", "三", "二", "一")


@cache
def month_numbers() -> dict[str, int]:
    """Return months by their English names and short names in lower case."""
    names = {name.lower(): n for n, name in enumerate(MONTHS, 1)}
    return names | {name[:3].lower(): n for n, name in enumerate(MONTHS, 1)} | {"sept": 9}


@cache
def ordinals() -> dict[str, int]:
    """Return first to fourth, in words and Roman figures."""
    return {lowered(word): n for n, words in _ORDINALS.items() for word in words.split()}


@cache
def month_of(word: str) -> int | None:
    """Return the number of a month by a word in lower case, declined or shortened, else None."""
    if word in month_numbers():
        return month_numbers()[word]
    for number, name in enumerate(MONTH_NAMES["az"], 1):
        if re.fullmatch(name + _AZ_ENDINGS, word):
            return number
    for number, stem in enumerate(_RU_STEMS, 1):
        ending = "[йяею]|ем" if number == 5 else _RU_ENDINGS
        if re.fullmatch(f"{stem}(?:{ending})", word):
            return number
    return None


@cache
def class_of(word: str) -> str | None:
    """Return the letter of the grammar for a word in lower case, empty for one that says nothing, else None."""
    return next((letter for letter, pattern in _CLASSES if _pattern(pattern).fullmatch(word)), None)


def number_of(word: str) -> int | None:
    """Return the number that a word in lower case stands for: "second", "iv", "seven", "yeddi"."""
    return ordinals().get(word) or counted_words().get(word)


def without_han(text: str) -> str:
    """Write Chinese periods in words of the grammar: 2025年第一季度 gives "2025 1q", 7月 gives "july"."""
    for number, numeral in zip(range(12, 0, -1), _HAN_NUMBERS, strict=True):
        text = re.sub(rf"{numeral}(?=个?月|[-至到]\w+月|季)", str(number), text)
    text = re.sub("([0-9]+)月份?", _month_name, text)
    for pattern, replacement in _HAN:
        text = re.sub(pattern, replacement, text)
    return text


def _month_name(match: re.Match[str]) -> str:
    number = int(match[1])
    return f" {MONTHS[number - 1].lower()} " if 1 <= number <= 12 else match[0]


@cache
def phrases() -> re.Pattern[str]:
    """Return what is read as one: words for "as of", and the Azerbaijani ten to twelve before the word for month."""
    return re.compile(r"\b(?:as (?:of|at|on)|(?:по )?состоянию на|on bir(?= ay)|on iki(?= ay)|on(?= ay))(?!\w)")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def az_ordinal(year: int) -> str:
    """Return a year with its Azerbaijani ending: 2025 gives "2025-ci", 2019 "2019-cu"."""
    digit, tens, hundreds = year % 10, year // 10 % 10, year // 100 % 10
    if digit:
        ending = ("", "ci", "ci", "cü", "cü", "ci", "cı", "ci", "ci", "cu")[digit]
    elif tens:
        ending = ("", "cu", "ci", "cu", "cı", "ci", "cı", "ci", "ci", "cı")[tens]
    else:
        ending = "cü" if hundreds else "ci"
    return f"{year}-{ending}"

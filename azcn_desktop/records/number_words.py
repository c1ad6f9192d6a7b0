"""What stands around a number in print, in English, Azerbaijani, Russian and Chinese: magnitudes, currencies, hedges.

Words only, and the reading of numerals that are written in words. An error here is an error of ten times or more
(亿 is 100 million, 万 is 10 thousand), so a word that means different things to different readers is left out: до and
qədər say "to" as well as "up to".
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache


def _forms(stem: str, endings: str) -> tuple[str, ...]:
    """Return the declined forms of a word; the endings are parted by blanks, the bare word comes first."""
    return (stem, *(stem + ending for ending in endings.split()))


_RU = "а у ом е ы ов ам ами ах"
_DOLLARS_AZ = _forms("dollar", "a ı ın da dan dır lıq")
_DOLLARS_RU = _forms("доллар", _RU)
CURRENCIES = {
    "USD": (
        "$", "us$", "u.s.$", "usd", "dollars", "us dollar", "us dollars", "u.s. dollar", "u.s. dollars",
        "american dollars", *_DOLLARS_AZ, *(f"abş {word}" for word in _DOLLARS_AZ),
        *_DOLLARS_RU, *(f"{word} сша" for word in _DOLLARS_RU), "долл", "долл. сша", "дол", "美元", "美金",
    ),
    "CNY": (
        "cny", "rmb", "renminbi", "chinese yuan", "yuans", *_forms("yuan", "a ı ın da dan lıq"), "çin yuanı",
        "юань", "юаня", "юаней", "юаню", "юани", "юаням", "юанями", "юанях", "元", "人民币", "人民幣", "cn¥", "¥",
    ),
    "EUR": ("€", "eur", "euros", *_forms("euro", "ya"), "евро", *_forms("avro", "ya nun dan luq"), "欧元", "歐元"),
    "AZN": (
        "₼", "azn", "manats", "azerbaijani manat", "azerbaijani manats", *_forms("manat", "a ı ın da dan lıq"),
        "azərbaycan manatı", *_forms("манат", _RU), "马纳特",
    ),
}  # fmt: skip
CURRENCY_NAMES = {
    "USD": ("US dollar", "US dollars"), "CNY": ("yuan", "yuan"), "EUR": ("euro", "euros"), "AZN": ("manat", "manats"),
}  # fmt: skip

_AZ = "a ı u ın un da dan luq lıq"
MAGNITUDES = {
    3: (
        "k", "thousand", "thousands", "min", "mindən", "minlik", "тыс", "тысяча", "тысячи", "тысяч", "тысячу",
        "тысячам", "千",
    ),
    4: ("万", "萬"),
    5: ("十万",),
    6: ("m", "mn", "mln", "mio", "million", "millions", *_forms("milyon", _AZ), "млн", *_forms("миллион", _RU), "百万"),
    7: ("千万",),
    8: ("亿", "億"),
    9: (
        "bn", "b", "bln", "billion", "billions", "mlrd", "mld", *_forms("milyard", _AZ), "млрд",
        *_forms("миллиард", _RU), "十亿",
    ),
    10: ("百亿",),
    11: ("千亿",),
    12: (
        "tn", "trillion", "trillions", "trln", *_forms("trilyon", _AZ), "трлн", *_forms("триллион", _RU), "万亿",
    ),
}  # as powers of ten  # fmt: skip
# Beside these a lone comma is the decimal mark even before three digits: 3,744 млрд is 3.744 billion.
_WITH_DECIMAL_COMMA = r"[а-яё]|mily|mlrd|trily|min"

BOUND_WORDS = {
    "approx": (
        "about", "approx", "approx.", "approximately", "around", "some", "roughly", "circa", "~", "≈", "təxminən",
        "təqribən", "около", "примерно", "приблизительно", "порядка", "约", "大约",
    ),
    "nearly": ("nearly", "almost", "close to", "approaching", "az qala", "почти", "近", "将近", "接近"),
    "more_than": ("more than", ">", "çox", "более", "более чем", "больше", "больше чем", "超过"),
    "over": (
        "over", "just over", "well over", "above", "exceeding", "exceeded", "surpassed", "свыше", "превысил",
        "превысила", "превысило", "超", "逾", "突破",
    ),
    "at_least": (
        "at least", "not less than", "no less than", "≥", ">=", "azı", "ən azı", "не менее", "не менее чем", "至少",
        "不少于",
    ),
    "at_most": (
        "at most", "up to", "no more than", "not more than", "≤", "<=", "ən çox", "не более", "не более чем",
        "最多", "不超过",
    ),
    "initial": ("initial", "initially"),
}  # fmt: skip
# Hedges that follow the number: "1,5 milyarddan çox", "37亿多".
BOUNDS_AFTER = {
    "more_than": ("çox", "artıq", "多", "余"),
    "nearly": ("yaxın",),
    "at_least": ("or more", "and more", "+", "以上"),
    "at_most": ("or less", "以内"),
    "approx": ("左右", "上下"),
}

COUNTED = {
    1: "one bir один одна", 2: "two iki два две двух", 3: "three üç три трех трёх", 4: "four dörd четыре четырех",
    5: "five beş пять пяти", 6: "six altı шесть шести", 7: "seven yeddi семь семи", 8: "eight səkkiz восемь восьми",
    9: "nine doqquz девять девяти", 10: "ten десять десяти", 11: "eleven одиннадцать одиннадцати",
    12: "twelve двенадцать двенадцати",
}  # fmt: skip
_DIGITS = dict(zip("零〇一二两兩三四五六七八九", (0, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}
_HAN_ONES = "一二两兩三四五六七八九"
_HAN_SECTION = rf"(?:[{_HAN_ONES}]千)?零?(?:[{_HAN_ONES}]百)?零?(?:[一二三四五六七八九]?十)?零?[{_HAN_ONES}]?"
_HAN_RUN = (
    rf"(?<![0-9.,])(?<![0-9.,] )[{_HAN_ONES}十][零〇{_HAN_ONES}十百千万萬亿億点]*[万萬亿億][零〇{_HAN_ONES}十百千]*"
)


def lowered(text: str) -> str:
    """Put text into lower case, with one i for the Azerbaijani two, which capitals mix up."""
    return text.replace("İ", "i").lower().replace("ı", "i")


def half_width(text: str) -> str:
    """Put the wide letters, digits and signs of Chinese typing into ASCII."""
    return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in text)


def is_han_word(word: str) -> bool:
    """Tell whether a word is Chinese, so that it needs no blank around it."""
    return word[0] >= "一"


@cache
def power_of(word: str) -> int | None:
    """Return the power of ten that a word in lower case stands for, 0 for no word, None for an unknown one."""
    if not word:
        return 0
    return next((power for power, words in MAGNITUDES.items() if word in map(lowered, words)), None)


def has_decimal_comma(magnitude: str) -> bool:
    """Tell whether those who write this magnitude write a decimal comma."""
    return re.match(_WITH_DECIMAL_COMMA, magnitude) is not None


@cache
def longest_first(name: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of word and meaning of a table, longer words first, so that 欧元 is met before 元.

    Args:
        name: "bounds", "after" or "currencies".
    """
    table = {"bounds": BOUND_WORDS, "after": BOUNDS_AFTER, "currencies": CURRENCIES}[name]
    pairs = [(lowered(word), meaning) for meaning, words in table.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: len(pair[0]), reverse=True))


@cache
def counted_words() -> dict[str, int]:
    """Return the numbers one to twelve by their words in lower case."""
    return {lowered(word): n for n, words in COUNTED.items() for word in words.split()}


def with_digits(text: str) -> str:
    """Write numerals in words as digits: 三十七亿 and "two million" give 3700000000 and "2 million".

    A Chinese numeral counts only with 万 or 亿 in it, since 一 alone is mostly no number.
    """
    if (first := re.match(r"[^\W\d_]+(?= )", text)) and first[0] in counted_words():
        text = f"{counted_words()[first[0]]}{text[first.end() :]}"
    return re.sub(_HAN_RUN, lambda match: han_number(match[0]) or match[0], text)


def with_percent_sign(text: str) -> str:
    """Write the Chinese "parts of a hundred" with a sign: 百分之77 and 百分之七十七 give "77%"."""
    return re.sub(
        r"百分之([0-9]+(?:[.,][0-9]+)*|[零〇一二两三四五六七八九十百点]+)",
        lambda match: f"{match[1] if match[1][0].isascii() else han_number(match[1]) or '?'}%",
        text,
    )


def han_number(numeral: str) -> str | None:
    """Return the digits of a Chinese numeral, None where it is not well formed or colloquial (一万二)."""
    value = _han_value(numeral.replace("萬", "万").replace("億", "亿").replace("〇", "零"))
    return None if value is None else f"{value.normalize():f}"


def _han_value(numeral: str) -> Decimal | None:
    for mark, factor in (("亿", 10**8), ("万", 10**4)):
        left, found, right = numeral.rpartition(mark)
        if found:
            # 一万二 is said for twelve thousand and may be written for 10,002: neither is guessed.
            head, tail = _han_value(left) if left else None, _han_value(right) if right else Decimal(0)
            if head is None or tail is None or (len(right) == 1):
                return None
            return head * factor + tail
    whole, point, fraction = numeral.partition("点")
    if point:
        digits = "".join(str(_DIGITS.get(c, "x")) for c in fraction)
        section = _han_value(whole)
        return Decimal(f"{section}.{digits}") if section is not None and digits.isdigit() else None
    return _han_section(numeral)


def _han_section(numeral: str) -> Decimal | None:
    """Return the value of a numeral below ten thousand."""
    if not numeral or not re.fullmatch(_HAN_SECTION, numeral):
        return None
    total = digit = 0
    for character in numeral:
        if character in _TENS:
            total, digit = total + (digit or 1) * _TENS[character], 0
        else:
            digit = _DIGITS[character]
    return Decimal(total + digit)

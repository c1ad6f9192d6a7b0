"""Amounts as print gives them: "nearly $942 million", "over 1 bn USD", "230 MW"; read, and written back.

A hedge is data: the bound stays beside the number. Magnitudes of four languages are known because 亿 is 100 million
and 万 is 10 thousand. Knows nothing of records or columns.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

BOUND_WORDS = {
    "approx": ("about", "approx", "approximately", "around", "some", "~", "≈", "təxminən", "около", "примерно", "约"),
    "nearly": ("nearly", "almost", "close to", "approaching", "почти", "近"),
    "more_than": ("more than", ">", "çox", "более", "больше", "超过"),
    "over": ("over", "above", "exceeding", "свыше"),
    "at_least": ("at least", "≥", ">=", "azı", "не менее", "至少"),
    "at_most": ("at most", "up to", "≤", "<=", "не более", "最多"),
    "initial": ("initial", "initially"),
}
BOUND_LABELS = {"approx": "about", "more_than": "more than", "at_least": "at least", "at_most": "at most"}
SILENT_BOUNDS = (None, "exact", "growth_only", "no_number")  # written without a word before the number
CURRENCIES = {
    "USD": (
        "$", "us$", "usd", "dollar", "dollars", "dollarlıq", "abş dolları", "доллар", "доллара", "долларов",
        "доллар сша", "доллара сша", "долларов сша", "долл", "дол", "美元",
    ),
    "CNY": ("cny", "rmb", "yuan", "yuans", "юань", "юаня", "юаней", "元", "人民币", "cn¥", "¥"),
    "EUR": ("€", "eur", "euro", "euros", "евро", "avro", "欧元"),
    "AZN": ("₼", "azn", "manat", "manats", "манат", "маната", "манатов", "马纳特"),
}  # fmt: skip
SYMBOLS = {"USD": "$", "EUR": "€"}
MAGNITUDES = {
    3: ("k", "thousand", "min", "тыс", "тысяча", "тысячи", "тысяч", "千"),
    4: ("万",),
    6: ("m", "mn", "mln", "million", "millions", "milyon", "млн", "миллион", "миллиона", "миллионов", "百万"),
    7: ("千万",),
    8: ("亿",),
    9: ("bn", "b", "billion", "billions", "mlrd", "milyard", "млрд", "миллиард", "миллиарда", "миллиардов", "十亿"),
    12: ("tn", "trillion", "trln", "trilyon", "трлн", "триллион", "триллиона", "триллионов", "万亿"),
}  # as powers of ten
_GROUPED = r"[0-9]{1,3}(?:(?P<gap>[ \u00a0\u202f'’,.])[0-9]{3})(?:(?P=gap)[0-9]{3})*(?:(?!(?P=gap))[.,][0-9]+)?"
_NUMBER = re.compile(rf"-?(?:{_GROUPED}|[0-9]+(?:[.,][0-9]+)?)(?:[eE][+-]?[0-9]{{1,3}})?(?![0-9])")
_UNREADABLE = "“{}” is not an amount this program can read. Write it as 942 m USD, nearly $942 million or 230."


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its hedge and unit.

    Attributes:
        value: the number in units of one (dollars, not millions); None where only a bound or unit is known.
        bound: a key of `BOUND_WORDS`, or None for an exact figure.
        unit: ISO 4217 code or the unit as stored; None where the text names none.
    """

    value: float | None
    bound: str | None = None
    unit: str | None = None


def parse_number(text: str) -> float:
    """Read one number; a lone comma before exactly three digits separates thousands, else it is the decimal mark.

    Raises:
        ValueError: with a sentence, for text, for more than one number, and for what can't be stored exactly.
    """
    wanted = _ascii(text.strip())
    if not _NUMBER.fullmatch(wanted):
        raise ValueError(f"“{text.strip()[:60]}” is not a number. Write it as 1234.5 or 1,234.5.")
    return _exact(wanted, 0)


def parse_amount(text: str, units: tuple[str, ...] = ()) -> Amount:
    """Read an amount with its hedge, magnitude and unit.

    Args:
        text: for instance `nearly $942 million`, `3,7 mlrd dollar`, `37亿美元` or `230 MW`.
        units: stored units that the field takes, beside currencies.

    Raises:
        ValueError: with a sentence, when no number is found or a word is left over.
    """
    rest = _ascii(_lower(" ".join(text.split())))
    unit, rest = _take_unit(rest, units)
    bound, rest = _take_bound(rest)
    rest = re.sub(r"^- (?=[0-9])", "-", rest)
    match = _NUMBER.match(rest)
    power = _power(rest[match.end() :].strip(" .")) if match else None
    if match is None or power is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    return Amount(_exact(match[0], power), bound, unit)


def format_number(value: float) -> str:
    """Write a number exactly, with commas between thousands: 3744000000.0 gives "3,744,000,000"."""
    if not math.isfinite(value):
        return repr(value)
    if abs(value) < 1e15 and value == int(value):
        return f"{int(value):,}"
    return repr(value) if abs(value) >= 1e15 or abs(value) < 1e-4 else _with_commas(repr(value))


def format_amount(amount: Amount, unit_label: str = "") -> str:
    """Write an amount shortly: "nearly $942 m", "$3.744 bn", "over 27,000 containers"."""
    if amount.value is None:
        return ""
    hedge = bound_label(amount.bound)
    unit = amount.unit or ""
    if unit in CURRENCIES:
        number = _short(amount.value)
        figure = f"{SYMBOLS[unit]}{number}" if unit in SYMBOLS else f"{unit} {number}"
        figure = figure.replace(f"{SYMBOLS.get(unit, '')}-", f"-{SYMBOLS.get(unit, '')}", 1)
    else:
        figure = f"{format_number(amount.value)} {unit_label or unit.replace('_', ' ')}".strip()
    return f"{hedge} {figure}".strip()


def exact_amount(amount: Amount) -> str:
    """Write an amount without loss, as an editor shows it: "nearly 942,000,000 USD"."""
    if amount.value is None:
        return ""
    parts = (bound_label(amount.bound), format_number(amount.value), amount.unit or "")
    return " ".join(part for part in parts if part)


def bound_label(bound: str | None) -> str:
    """Return the word for a bound, empty for an exact figure."""
    return "" if bound is None or bound in SILENT_BOUNDS else BOUND_LABELS.get(bound, bound)


def _ascii(text: str) -> str:
    """Put digits of other scripts and the typographic minus into ASCII."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return plain.replace("−", "-").replace("－", "-")


def _exact(number: str, power: int) -> float:
    """Return the float of a number times a power of ten; refuse what a float can't give back digit by digit."""
    mantissa, _, exponent = _decimal_point(re.sub(r"[ \u00a0\u202f'’]", "", number)).lower().partition("e")
    written = f"{mantissa}e{int(exponent or 0) + power}"
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(f"“{number[:60]}” is too large to be stored.")
    if Decimal(repr(value)) != Decimal(written):
        raise ValueError(f"“{number[:60]}” has more digits than can be stored. Round it to 15 digits.")
    return value


def _decimal_point(plain: str) -> str:
    if "," in plain and "." in plain:
        decimal_mark = "." if plain.rfind(".") > plain.rfind(",") else ","
        return plain.replace("," if decimal_mark == "." else ".", "").replace(decimal_mark, ".")
    if plain.count(",") > 1 or re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", plain):
        return plain.replace(",", "")
    return plain.replace(".", "") if plain.count(".") > 1 else plain.replace(",", ".")


def _take_bound(text: str) -> tuple[str | None, str]:
    for word, bound in _longest_first(BOUND_WORDS):
        rest = text.removeprefix(word)
        if rest != text and (not rest[:1].isalpha() or _is_wide(word)):
            return bound, rest.strip()
    return None, text


def _take_unit(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    for unit in sorted(units, key=len, reverse=True):
        spoken = _lower(unit.replace("_", " "))
        match = re.search(rf"(?<![^\W\d_]){re.escape(spoken)}s?$", text)
        if match:
            return unit, text[: match.start()].strip()
    for word, code in _longest_first(CURRENCIES):
        if re.search(_whole_word(word), text):
            # One currency may be named twice: 37亿元人民币.
            several = (_whole_word(other) for other, owner in _longest_first(CURRENCIES) if owner == code)
            return code, " ".join(re.sub("|".join(several), " ", text).split())
    return None, text


def _longest_first(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return pairs of word and what it stands for, so that 欧元 is met before 元."""
    pairs = [(_lower(word), meaning) for meaning, words in table.items() for word in words]
    return sorted(pairs, key=lambda pair: len(pair[0]), reverse=True)


def _lower(text: str) -> str:
    """Put text into lower case, with one i for the Azerbaijani two, which capitals mix up."""
    return text.replace("İ", "i").lower().replace("ı", "i")


def _whole_word(word: str) -> str:
    """Return the pattern of a currency: letters stand alone, signs and Chinese characters anywhere."""
    is_word = word[0].isalpha() and not _is_wide(word)
    return rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])\.?" if is_word else re.escape(word)


def _is_wide(word: str) -> bool:
    return word[0] >= "一"


def _power(word: str) -> int | None:
    """Return the power of ten that a word stands for, 0 for no word, None for an unknown one."""
    if not word:
        return 0
    return next((power for power, words in MAGNITUDES.items() if word in words), None)


def _short(value: float) -> str:
    for factor, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= factor:
            return f"{value / factor:,.3f}".rstrip("0").rstrip(".") + f" {word}"
    return format_number(value)


def _with_commas(digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    return f"{int(whole):,}.{fraction}" if int(whole) or not whole.startswith("-") else digits

"""Amounts as print gives them: "nearly $942 million", "over 1 bn USD", "230 MW"; read, and written back.

A hedge is data: the bound stays beside the number. Magnitudes of four languages are known because 亿 is 100 million
and 万 is 10 thousand. Knows nothing of records or columns.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

BOUND_WORDS = {
    "approx": ("about", "approx", "approximately", "around", "some", "~", "≈", "təxminən", "около", "约"),
    "nearly": ("nearly", "almost", "close to", "approaching", "почти", "近"),
    "more_than": ("more than", ">", "çox", "более", "больше", "超过"),
    "over": ("over", "above", "exceeding", "свыше"),
    "at_least": ("at least", "≥", ">=", "azı", "не менее", "至少"),
    "at_most": ("at most", "up to", "≤", "<=", "не более", "最多"),
    "initial": ("initial", "initially"),
}
BOUND_LABELS = {"approx": "about", "more_than": "more than", "at_least": "at least", "at_most": "at most"}
CURRENCIES = {
    "USD": ("$", "us$", "usd", "dollar", "dollars", "доллар", "долларов", "долл", "дол", "美元", "dollarlıq"),
    "CNY": ("cny", "rmb", "yuan", "yuans", "юань", "юаней", "元", "人民币", "cn¥", "¥"),
    "EUR": ("€", "eur", "euro", "euros", "евро", "avro"),
    "AZN": ("₼", "azn", "manat", "manats", "манат", "манатов"),
}
SYMBOLS = {"USD": "$", "EUR": "€"}
MAGNITUDES = {
    1e3: ("k", "thousand", "min", "тыс", "тысяч"),
    1e4: ("万",),
    1e6: ("m", "mn", "mln", "million", "millions", "milyon", "млн", "миллион", "миллионов", "百万"),
    1e8: ("亿",),
    1e9: ("bn", "b", "billion", "billions", "mlrd", "milyard", "млрд", "миллиард", "миллиардов", "十亿"),
    1e12: ("tn", "trillion", "trln", "трлн", "万亿"),
}
_NUMBER = re.compile(r"[-−]?\d[\d \u00a0\u202f']*(?:[.,]\d+)*(?:[eE][+-]?\d+)?")
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
        ValueError: with a sentence, for text, for more than one number, and beyond what can be stored exactly.
    """
    wanted = text.strip().replace("−", "-")
    if not _NUMBER.fullmatch(wanted):
        raise ValueError(f"“{text.strip()[:60]}” is not a number. Write it as 1234.5 or 1,234.5.")
    plain = re.sub(r"[ \u00a0\u202f']", "", wanted)
    value = float(_decimal_point(plain))
    if not math.isfinite(value):
        raise ValueError(f"“{text.strip()[:60]}” is too large to be stored.")
    return value


def parse_amount(text: str, units: tuple[str, ...] = ()) -> Amount:
    """Read an amount with its hedge, magnitude and unit.

    Args:
        text: for instance `nearly $942 million`, `3,7 mlrd dollar`, `37亿美元` or `230 MW`.
        units: stored units that the field takes, beside currencies.

    Raises:
        ValueError: with a sentence, when no number is found or a word is left over.
    """
    rest = " ".join(text.split()).lower()
    bound, rest = _take_bound(rest)
    unit, rest = _take_unit(rest, units)
    match = _NUMBER.search(rest)
    if not match:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    if bound is None:
        bound, _ = _take_bound(rest[: match.start()].strip())
        rest = rest if bound is None else rest[match.start() :]
        match = _NUMBER.search(rest) or match
    before, after = rest[: match.start()].strip(), rest[match.end() :].strip(" .")
    factor = _magnitude(after)
    if before or factor is None:
        raise ValueError(_UNREADABLE.format(text.strip()[:60]))
    number = parse_number(match[0]) * factor
    return Amount(_whole(number), bound, unit)


def format_number(value: float) -> str:
    """Write a number exactly, with commas between thousands: 3744000000.0 gives "3,744,000,000"."""
    if value == int(value) and abs(value) < 1e15:
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
    return "" if bound in (None, "exact", "growth_only", "no_number") else BOUND_LABELS.get(bound, bound or "")


def _whole(number: float) -> float:
    """Undo the last binary digit that a magnitude adds: 2.45 x 1e9 is 2,450,000,000."""
    nearest = round(number)
    return float(nearest) if abs(number - nearest) < 1e-6 * max(1.0, abs(number) * 1e-9) else number


def _decimal_point(plain: str) -> str:
    if "," in plain and "." in plain:
        return (
            plain.replace(",", "") if plain.rfind(".") > plain.rfind(",") else plain.replace(".", "").replace(",", ".")
        )
    if plain.count(",") > 1 or re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", plain):
        return plain.replace(",", "")
    return plain.replace(".", "") if plain.count(".") > 1 else plain.replace(",", ".")


def _take_bound(text: str) -> tuple[str | None, str]:
    for bound, words in BOUND_WORDS.items():
        for word in words:
            if text.startswith(word) and not text[len(word) :][:1].isalpha():
                return bound, text[len(word) :].strip()
            if text.startswith(word) and word[0] >= "一":
                return bound, text[len(word) :].strip()
    return None, text


def _take_unit(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    for code, words in CURRENCIES.items():
        for word in sorted(words, key=len, reverse=True):
            pattern = (
                rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])\.?"
                if word[0].isalpha() and word[0] < "一"
                else re.escape(word)
            )
            if re.search(pattern, text):
                return code, " ".join(re.sub(pattern, " ", text, count=1).split())
    for unit in sorted(units, key=len, reverse=True):
        spoken = unit.replace("_", " ").lower()
        match = re.search(rf"(?<![^\W\d_]){re.escape(spoken)}s?$", text)
        if match:
            return unit, text[: match.start()].strip()
    return None, text


def _magnitude(word: str) -> float | None:
    if not word:
        return 1.0
    return next((factor for factor, words in MAGNITUDES.items() if word in words), None)


def _short(value: float) -> str:
    for factor, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= factor:
            return f"{value / factor:,.3f}".rstrip("0").rstrip(".") + f" {word}"
    return format_number(value)


def _with_commas(digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    return f"{int(whole):,}.{fraction}" if int(whole) or not whole.startswith("-") else digits

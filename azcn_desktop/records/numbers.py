"""Numbers in digits: read exactly or refused, and written back without loss.

A number may have several parts, each with a magnitude of its own: "3 milyard 744 milyon", "37亿4400万". Knows no
currency, unit or hedge.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

from azcn_desktop.records.number_words import has_decimal_comma, is_han_word, power_of

_GROUPED = r"[0-9]{1,3}(?:(?P<gap>[ \u00a0\u202f'’,.])[0-9]{3})(?:(?P=gap)[0-9]{3})*(?:(?!(?P=gap))[.,][0-9]+)?"
_NUMBER = rf"-?(?:{_GROUPED}|[0-9]+(?:[.,][0-9]+)?)(?:[eE][+-]?[0-9]{{1,3}})?(?![0-9])"
_LONE_COMMA = r"-?[1-9][0-9]{0,2},[0-9]{3}"
_JOINING = r"(?:^| )(?:and|və|и)$|[又零]$"
_HYPHEN = r"^-(?=[^\W\d_])"  # a 942-million loan
_MOST_PARTS = 5


def parse_number(text: str) -> float:
    """Read one number; a lone comma before exactly three digits separates thousands, else it is the decimal mark.

    Raises:
        ValueError: with a sentence, for text, for more than one number, and for what can't be stored exactly.
    """
    wanted = ascii_digits(text.strip())
    if not re.fullmatch(_NUMBER, wanted):
        raise ValueError(f"“{text.strip()[:60]}” is not a number. Write it as 1234.5 or 1,234.5.")
    return _exact(_decimal_point(wanted), 0)


def parse_magnified(text: str) -> float | None:
    """Read a number with its magnitudes, in lower case: "3,7 mlrd", "1 млрд 620 млн", "1万2千".

    Returns:
        The number, or None for anything else: an unknown word, parts that don't fall in size.

    Raises:
        ValueError: with a sentence, for what can't be stored exactly.
    """
    parts: list[tuple[str, int, str]] = []
    rest = text.strip()
    while rest:
        match = re.match(_NUMBER, rest)
        if match is None or len(parts) == _MOST_PARTS:
            return None
        end = next((n for n, c in enumerate(rest[match.end() :], match.end()) if c.isdecimal()), len(rest))
        word = re.sub(_JOINING, "", re.sub(_HYPHEN, "", rest[match.end() : end].strip(" .,"))).strip(" .,")
        power = power_of(word)
        if power is None:
            return None
        is_decimal = has_decimal_comma(word) and re.fullmatch(_LONE_COMMA, match[0])
        parts.append((match[0].replace(",", ".") if is_decimal else _decimal_point(match[0]), power, word))
        rest = rest[end:]
    if len(parts) < 2:
        return _exact(parts[0][0], parts[0][1]) if parts else None
    total = _total(parts)
    return None if total is None else _exact(f"{total:f}", 0)


def format_number(value: float) -> str:
    """Write a number exactly, with commas between thousands: 3744000000.0 gives "3,744,000,000"."""
    if not math.isfinite(value):
        return repr(value)
    if abs(value) < 1e15 and value == int(value):
        return f"{int(value):,}"
    return repr(value) if abs(value) >= 1e15 or abs(value) < 1e-4 else _with_commas(repr(value))


def ascii_digits(text: str) -> str:
    """Put digits of other scripts and the typographic minus into ASCII."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return plain.replace("−", "-").replace("－", "-")


def _total(parts: list[tuple[str, int, str]]) -> Decimal | None:
    """Add the parts of a number, None where they are not parts of one: each must fit below the one before."""
    total, above, said = Decimal(0), 0, ""
    for place, (number, power, word) in enumerate(parts):
        value = Decimal(number)
        is_last = place == len(parts) - 1
        if place and not (value >= 0 and value.scaleb(power) < Decimal(10) ** above):
            return None
        # 1万2 is said for twelve thousand and may be written for 10,002: neither is guessed.
        if place and not word and is_han_word(said or "x") and len(number.partition(".")[0]) != above:
            return None
        if not is_last and (power == 0 or value != value.to_integral_value() or value < 0):
            return None
        total += value.scaleb(power)
        above, said = power, word
    return total


def _exact(number: str, power: int) -> float:
    """Return the float of a number times a power of ten; refuse what a float can't give back digit by digit."""
    mantissa, _, exponent = number.lower().partition("e")
    written = f"{mantissa}e{int(exponent or 0) + power}"
    value = float(written)
    if not math.isfinite(value):
        raise ValueError(f"“{number[:60]}” is too large to be stored.")
    if Decimal(repr(value)) != Decimal(written):
        raise ValueError(f"“{number[:60]}” has more digits than can be stored. Round it to 15 digits.")
    return value


def _decimal_point(number: str) -> str:
    """Return a number without marks between thousands and with a point before the fraction."""
    plain = re.sub(r"[ \u00a0\u202f'’]", "", number)
    if "," in plain and "." in plain:
        decimal_mark = "." if plain.rfind(".") > plain.rfind(",") else ","
        return plain.replace("," if decimal_mark == "." else ".", "").replace(decimal_mark, ".")
    if plain.count(",") > 1 or re.fullmatch(_LONE_COMMA, plain):
        return plain.replace(",", "")
    return plain.replace(".", "") if plain.count(".") > 1 else plain.replace(",", ".")


def _with_commas(digits: str) -> str:
    whole, _, fraction = digits.partition(".")
    return f"{int(whole):,}.{fraction}" if int(whole) or not whole.startswith("-") else digits

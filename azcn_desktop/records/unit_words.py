"""Units other than money as people write them in English, Azerbaijani, Russian and Chinese, and how they are said.

A table: a unit that is not understood yet is one more line here, and no new code. Of each language the first word is
that which follows a large number. A unit over a time ("flight/week") needs no line: it is put together of the unit and
the words of the time. Knows no numbers.
"""

from __future__ import annotations

import re
from functools import cache

from azcn_desktop.records.number_words import is_han_word, lowered

LANGUAGES = ("en", "az", "ru", "zh")
# The stored unit, and its words in the four languages, parted by bars.
UNIT_WORDS = {
    "MW": ("MW|megawatts|megawatt", "MVt|meqavat", "МВт|мегаватт|мегаватта", "兆瓦"),
    "GW": ("GW|gigawatts|gigawatt", "GVt|qiqavat", "ГВт|гигаватт|гигаватта", "吉瓦"),
    "tonne": ("tonnes|tons|ton|metric tons|metric tonnes|t", "ton", "тонн|тонна|тонны|т", "吨|公吨"),
    "bus": ("buses", "avtobus", "автобусов|автобус|автобуса", "辆公交车|辆巴士|辆客车|辆大巴|公交车|巴士|客车"),
    "vehicle": (
        "vehicles|cars|car", "avtomobil|maşın", "автомобилей|автомобиль|автомобиля|машин|машина|машины",
        "辆|辆车|辆汽车|汽车",
    ),
    "TEU": (
        "TEU|TEUs|twenty-foot equivalent units", "TEU", "TEU|ДФЭ|двадцатифутовых контейнеров",
        "标箱|个标箱|标准箱|个标准箱",
    ),
    "container": ("containers", "konteyner", "контейнеров|контейнер|контейнера", "个集装箱|集装箱|只集装箱"),
    "train": (
        "trains|block trains|freight trains|container trains|container block trains", "qatar", "поездов|поезд|поезда",
        "列|列火车|列列车|趟列车|趟|列班列",
    ),
    "flight": ("flights", "reys|uçuş", "рейсов|рейс|рейса", "个航班|航班|班|班航班|架次"),
    "round trip": (
        "round trips|return flights|round-trip flights", "gediş-gəliş reysi", "рейсов туда и обратно",
        "个往返航班|往返航班|往返",
    ),
    "person": ("people|persons", "nəfər|adam", "человек|человека|чел", "人|个人"),
    "visitor": (
        "visitors|tourists|tourist", "turist|ziyarətçi", "туристов|турист|туриста|посетителей|посетителя",
        "人次|游客|名游客|位游客|人次游客",
    ),
    "passenger": ("passengers", "sərnişin", "пассажиров|пассажир|пассажира", "名旅客|旅客|乘客|名乘客|人次旅客"),
    "student": ("students", "tələbə", "студентов|студент|студента", "名学生|学生|名留学生"),
    "percent": ("per cent|percent|pct|%", "faiz", "процентов|процент|процента|проц", "%"),
    "bank": ("banks", "bank", "банков|банк|банка", "家银行|银行"),
    "company": (
        "companies|firms|enterprises", "şirkət|müəssisə", "компаний|компания|компании|предприятий|предприятия",
        "家公司|家企业|公司|企业",
    ),
    "school": ("schools", "məktəb", "школ|школа|школы", "所学校|学校"),
    "orphanage": ("orphanages", "uşaq evi", "детских домов|детский дом|детских дома", "所孤儿院|孤儿院"),
    "seedling": ("seedlings|saplings", "ting|fidan", "саженцев|саженец|саженца", "株树苗|棵树苗|株"),
    "mulberry seedling": (
        "mulberry seedlings|mulberry saplings", "tut tingi", "саженцев шелковицы|саженцев тутовника",
        "株桑树苗|株桑苗",
    ),
    "brick": ("bricks", "kərpic", "кирпичей|кирпич|кирпича", "块砖"),
    "barrel": ("barrels|bbl", "barel|barrel", "баррелей|баррель|барреля", "桶"),
    "km": (
        "km|kilometres|kilometers|kilometre|kilometer", "km|kilometr", "км|километров|километр|километра",
        "公里|千米",
    ),
    "square kilometre": (
        "square kilometres|square kilometers|square kilometer|sq km|sq. km|km²|km2",
        "kvadrat kilometr|kv. km|kv km", "квадратных километров|квадратный километр|кв. км|кв км|км²|км2",
        "平方公里|平方千米",
    ),
    "square metre": (
        "square metres|square meters|square meter|sq m|sq. m|m²|m2", "kvadratmetr|kvadrat metr|kv. m|kv m",
        "квадратных метров|квадратный метр|квадратных метра|кв. м|кв м|м²|м2", "平方米",
    ),
    "hectare": ("hectares|ha", "hektar|ha", "гектаров|гектар|гектара|га", "公顷"),
    "day": ("days", "gün", "дней|день|дня|суток", "天|日"),
    "year": ("years", "il", "лет|год|года", "年"),
}  # fmt: skip
# Times in which a unit is counted: they follow it, and in Azerbaijani and Chinese lead the number.
PER_WORDS = {
    "year": (
        "per year|a year|per annum|annually|yearly|/year|/yr", "ildə|il ərzində", "в год|ежегодно|/год",
        "每年|/年|一年",
    ),
    "week": ("per week|a week|weekly|/week", "həftədə", "в неделю|еженедельно|/неделю", "每周|每星期|/周|一周"),
    "day": (
        "per day|a day|daily|/day", "gündə|gün ərzində", "в день|в сутки|ежедневно|/сутки|/день",
        "每天|每日|/天|一天",
    ),
}  # fmt: skip
COUNTED = frozenset(
    (
        "bus", "vehicle", "TEU", "container", "train", "flight", "round trip", "person", "visitor", "passenger",
        "student", "bank", "company", "school", "orphanage", "seedling", "mulberry seedling", "brick",
    )
)  # fmt: skip
"""Things that come whole: 16.609 of them are sixteen thousand, since nobody counts a thousandth of a tourist."""
_PLURALS = {
    "bus": "buses", "person": "people", "company": "companies", "square metre": "square metres", "rank": "rank",
    "ordinal": "ordinal", "percent": "per cent",
}  # fmt: skip
_AZ_ENDINGS = r"(?:l[aə]r)?(?:(?:[ns]?[iuü])?(?:d[aə]n?|[yn]?[aə])|[yns]?[iuü]n?)?"


def plural(unit: str) -> str:
    """Return the English word for several of a stored unit: "buses", "people", "MW"."""
    is_word = unit.replace(" ", "").islower() and unit != "km"  # MW and TEU are said as they are written
    return _PLURALS.get(unit, f"{unit}s") if is_word else unit


def is_counted(unit: str | None) -> bool:
    """Tell whether a stored unit counts things that come whole."""
    return (unit or "").partition("/")[0] in COUNTED


def take_unit(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    """Return the stored unit that a text ends with, and the text without it; None where it names none of these.

    Args:
        text: in lower case.
        units: stored units that may be meant.
    """
    every, rest = _take_per(text)
    if every:
        plain = {unit.partition("/")[0]: unit for unit in units if unit.endswith(f"/{every}")}
        found, left = _take_spoken(rest, tuple(plain))
        if found:
            return plain[found], left
    return _take_spoken(text, tuple(units))


def _take_per(text: str) -> tuple[str, str]:
    for every, words in _spoken_times():
        for word in words:
            if word in text and (found := re.search(rf"^{_whole(word)}|{_whole(word)}\.?$", text)):
                return every, (text[: found.start()] + text[found.end() :]).strip()
    return "", text


def _take_spoken(text: str, units: tuple[str, ...]) -> tuple[str | None, str]:
    for word, pattern, unit in _spoken(units):
        if word in text and (found := re.search(pattern, text)):
            return unit, text[: found.start()].strip()
    return None, text


@cache
def _spoken(units: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Return what people write, the pattern that finds it at the end of a text, and the stored unit; longest first."""
    found = [(lowered(unit.replace("_", " ")), "s?", unit) for unit in units]
    for unit in units:
        for language, words in zip(LANGUAGES, UNIT_WORDS.get(unit, ()), strict=False):
            ending = _AZ_ENDINGS if language == "az" else r"\.?" if language == "ru" else ""
            found += [(lowered(word), ending, unit) for word in words.split("|")]
    found.sort(key=lambda spoken: len(spoken[0]), reverse=True)
    return tuple((word, f"{_whole(word, ending)}$", unit) for word, ending, unit in found)


@cache
def _spoken_times() -> tuple[tuple[str, tuple[str, ...]], ...]:
    every_word = ((every, "|".join(four).split("|")) for every, four in PER_WORDS.items())
    return tuple((every, tuple(map(lowered, words))) for every, words in every_word)


def _whole(word: str, ending: str = "") -> str:
    """Return the pattern of a word that does not begin or end within another; signs and Chinese ones stand anywhere."""
    if is_han_word(word) or not word[0].isalpha():
        return re.escape(word)
    return rf"(?<![^\W\d_]){re.escape(word)}{ending}(?![^\W\d_])"

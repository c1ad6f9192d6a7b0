"""How places of both countries are spelt in the four languages of this field, so that a filter finds each by any.

Only names that are not the same once folded: Bakı folds to `baki`, and Baku to another word. A name that other words
hold ("Çin" in medicine, "Bakı" in Bakıxanov) is understood, but not looked for on behalf of another. Knows no record.
"""

from __future__ import annotations

import functools

from azcn_desktop.records.text import fold

_SPELLINGS = (
    ("Baku", "Bakı", "Баку", "巴库"), ("Ganja", "Gəncə", "Гянджа", "占贾"),
    ("Sumgayit", "Sumqayıt", "Sumgait", "Сумгаит", "Сумгайыт", "苏姆盖特"),
    ("Nakhchivan", "Naxçıvan", "Нахчыван", "Нахичевань", "纳希切万"), ("Alat", "Ələt", "Алят", "阿拉特"),
    ("Shusha", "Şuşa", "Шуша", "舒沙"), ("Karabakh", "Qarabağ", "Карабах", "卡拉巴赫"),
    ("Beijing", "Pekin", "Пекин", "北京"), ("Shanghai", "Şanxay", "Шанхай", "上海"),
    ("Tianjin", "Tyantszin", "Тяньцзинь", "天津"), ("Xi’an", "Xian", "Sian", "Сиань", "西安"),
    ("Chengdu", "Çendu", "Чэнду", "成都"), ("Nanjing", "Nankin", "Нанкин", "南京"),
    ("Guangzhou", "Quançjou", "Гуанчжоу", "广州"), ("Urumqi", "Ürümçi", "Урумчи", "乌鲁木齐"),
    ("Karamay", "Qaramay", "Карамай", "克拉玛依"), ("Astana", "Астана", "阿斯塔纳"),
    ("Samarkand", "Səmərqənd", "Самарканд", "撒马尔罕"), ("Tbilisi", "Тбилиси", "第比利斯"),
    ("Azerbaijan", "Azərbaycan", "Азербайджан", "阿塞拜疆"), ("China", "Çin", "Китай", "中国"),
)  # fmt: skip
_IN_OTHER_WORDS = ("Bakı", "Ələt", "Alat", "Şuşa", "Sian", "Xian", "Çin")


def spellings(folded: str) -> tuple[str, ...]:
    """Return a folded word, and if it is the whole name of a place its other spellings, folded."""
    return (folded, *(name for name in _looked_for().get(folded, ()) if name != folded))


@functools.cache
def _looked_for() -> dict[str, tuple[str, ...]]:
    """Return for each name, folded, the names that are looked for with it."""
    kept = [(names, tuple(fold(name) for name in names if name not in _IN_OTHER_WORDS)) for names in _SPELLINGS]
    return {fold(name): others for names, others in kept for name in names}

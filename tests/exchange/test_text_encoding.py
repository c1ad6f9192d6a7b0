"""Encodings that no file declares: short texts as old Chinese, Russian and Azerbaijani files hold them.

The sentences below were also given to charset-normalizer 3.5.3 (November 2026), one by one. It read 7 of 8 in GB18030,
Big5 and windows-1251, 4 in KOI8-R and 2 in windows-1254; limited to these encodings, 7 or 8 in each.
"""

from __future__ import annotations

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.text_encoding import ENCODINGS, decode

# Azerbaijani in windows-1254 has ä for the letter that this encoding lacks.
SENTENCES = {
    "gb18030": (
        "阿塞拜疆总统阿利耶夫对中国进行国事访问，两国元首签署联合声明。",
        "2024年中阿双边贸易额达到37亿美元，同比增长21%。",
        "中国企业将在苏姆盖特建设电动客车工厂，年产能500辆。",
        "跨里海国际运输走廊（中间走廊）货运量增长百分之九十。",
        "双方同意互免签证，自2025年7月16日起生效。",
        "石榴、葡萄酒和榛子对华出口",
        "巴库",
        "国家石油公司与中国石油天然气集团签署合作备忘录",
    ),
    "cp950": (
        "亞塞拜然總統阿利耶夫對中國進行國事訪問，兩國元首簽署聯合聲明。",
        "2024年中亞雙邊貿易額達到37億美元，同比增長21%。",
        "中國企業將在蘇姆蓋特建設電動客車工廠，年產能500輛。",
        "跨裡海國際運輸走廊（中間走廊）貨運量增長百分之九十。",
        "雙方同意互免簽證，自2025年7月16日起生效。",
        "石榴、葡萄酒和榛子對華出口",
        "巴庫",
        "國家石油公司與中國石油天然氣集團簽署合作備忘錄",
    ),
    "cp1251": (
        "Президент Азербайджана Ильхам Алиев прибыл с государственным визитом в Китай.",
        "Товарооборот между Азербайджаном и Китаем вырос на 20,7% и составил 3,744 млрд долларов.",
        "Стороны подписали меморандум о взаимопонимании.",
        "В Сумгайыте построят завод по производству электробусов BYD.",
        "Баку",
        "ПОСОЛЬСТВО КНР В АЗЕРБАЙДЖАНЕ СООБЩАЕТ О ВИЗИТЕ",
        "Грузооборот по Среднему коридору увеличился.",
        "экспорт гранатов и вина в Китай",
    ),
    "cp1254": (
        "Prezident İlham Äliyev Çin Xalq Respublikasına dövlät säfäri edib.",
        "Azärbaycanla Çin arasında ticarät dövriyyäsi 3,7 milyard dollar olub, 21 faiz artıb.",
        "Sumqayıtda elektrik avtobusları zavodu tikiläcäk.",
        "Tärüflär anlaşma memorandumu imzalayıblar.",
        "Bakı şähäri",
        "Orta Dähliz üzrä yükdaşıma artıb, Türkiyä vä Gürcüstan da iştirak edir",
        "Çinä nar vä şärab ixracı genişlänir",
        "İki ölkä arasında viza tälabi läğv olunub",
    ),
}
SENTENCES["koi8-r"] = SENTENCES["cp1251"]


@pytest.mark.parametrize(("encoding", "sentence"), [(name, each) for name in SENTENCES for each in SENTENCES[name]])
def test_a_single_sentence_is_read_in_the_encoding_in_which_it_was_written(encoding: str, sentence: str) -> None:
    text, notes, guess = decode("a.txt", sentence.encode(encoding))
    assert (text, guess) == (sentence, encoding)
    assert ENCODINGS[encoding] in notes[0]


@pytest.mark.parametrize("encoding", SENTENCES)
def test_a_text_of_several_sentences_is_read_too(encoding: str) -> None:
    words = "\r\n".join(SENTENCES[encoding])
    assert decode("a.txt", words.encode(encoding)).text == words


def test_unicode_is_never_guessed() -> None:
    for sentence in (each for sentences in SENTENCES.values() for each in sentences):
        assert decode("a.txt", sentence.encode()) == (sentence, (), "")


def test_a_chosen_encoding_is_used_without_a_word_on_it() -> None:
    assert decode("a.txt", "Баку".encode("koi8-r"), encoding="koi8-r") == ("Баку", (), "")
    assert decode("a.txt", "Баку".encode("koi8-r"), encoding="cp1251").text == "вБЛХ"


def test_an_encoding_that_can_not_be_meant_is_refused_by_name() -> None:
    with pytest.raises(UserError, match=r"a.txt can't be read as Unicode \(UTF-8\). Choose another encoding."):
        decode("a.txt", "Товарооборот".encode("koi8-r"), encoding="utf-8")

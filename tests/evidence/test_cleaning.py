"""Damage of scraped texts is repaired, nothing else is touched, and the raw text can be had back."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.errors import Cancelled
from azcn_desktop.evidence import cleaning, glued_words
from azcn_desktop.evidence.cleaning import clean
from azcn_desktop.evidence.repairs import restore
from azcn_desktop.progress import Progress

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the five articles are not beside the checkout")
HEADLINE = "Ministers speak about a railway and a port"
LEAD = "The two ministers met in the capital on Monday and spoke about the railway, the port and the new road."


# Where two words of article S3 ran together, by what a reader sees.
PARTED = (
    "by|excellent areas|such for|business to|the Affairs|Department said|in Azernews|reports in|Azerbaijan "
    "diversifying|Azerbaijan moves|toward priority|for There|is Since|Azerbaijan's China's|friendly he|noted "
    "for|Azerbaijan sustainable|development as|a to|establish leading|industries electric|buses a|manufacturing "
    "Chinese|companies cooperation|within context|of as|significant Initiative|( The|Middle and|the "
    "countries,|situated in|connectivity and|underscores and|Azerbaijan"
)


def seed(number: int) -> str:
    """Return one of the five articles."""
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return path.read_text(encoding="utf-8")


def kinds(raw: str) -> Counter[str]:
    """Return how often each kind of damage was repaired."""
    return Counter(repair.kind for repair in clean(raw).repairs if repair.kind != "whitespace")


# -- the five articles


@needs_seeds
@pytest.mark.parametrize("number", range(5))
def test_seed_is_restored_and_stays_clean(number: int) -> None:
    raw = seed(number)
    cleaned = clean(raw)
    assert restore(cleaned.text, cleaned.repairs) == raw
    assert clean(cleaned.text).text == cleaned.text
    assert {repair.inserted for repair in cleaned.repairs} <= {"", " ", "\n", "\n\n"}


@needs_seeds
def test_unbalanced_quotation_marks_stay_as_printed() -> None:
    assert clean(seed(0)).text == seed(0).rstrip()


@needs_seeds
def test_date_stamp_before_the_dateline_goes() -> None:
    cleaned = clean(seed(1))
    assert kinds(seed(1)) == {"date_stamp": 1}
    assert cleaned.text.startswith("BAKU, Azerbaijan, April 16. The 10th meeting")
    assert cleaned.suspected == ()


@needs_seeds
def test_widget_goes_and_glued_paragraphs_part_on_the_right_side_of_the_quotation_mark() -> None:
    cleaned = clean(seed(2))
    assert kinds(seed(2)) == {"date_stamp": 1, "widget_junk": 1, "glued_paragraphs": 10}
    assert "px" not in cleaned.text
    for start in ('"Emphasis', "He added", '"Under', '"So in', "He also", '"Of course', "He proposed", '"Regarding'):
        assert f".\n\n{start}" in cleaned.text
    assert cleaned.text.endswith("\n\nNews.Az")


@needs_seeds
def test_words_glued_at_line_ends_part_where_the_lines_were() -> None:
    cleaned = clean(seed(3))
    expected = seed(3)[17:]
    for pair in PARTED.split():
        expected, found = re.subn(rf"(?<!\w){re.escape(pair.replace('|', ''))}", pair.replace("|", " "), expected)
        assert found, pair
    assert cleaned.text == expected
    assert "(MENAFN- AzerNews)" in cleaned.text


@needs_seeds
def test_lost_full_stop_is_reported_and_none_is_invented() -> None:
    cleaned = clean(seed(3))
    (lost,) = cleaned.suspected
    assert (lost.kind, lost.text) == ("missing_stop", "Azerbaijan electric")
    assert cleaned.text[lost.start : lost.end] == lost.text
    assert "renewable energies in Azerbaijan electric automobile industry" in cleaned.text


@needs_seeds
def test_repeated_headline_cut_lead_and_foot_of_the_page_go() -> None:
    cleaned = clean(seed(4))
    assert kinds(seed(4)) == {"cut_tail": 1, "duplicated_lead": 1, "site_tail": 1}
    assert cleaned.text.count("Ma Chi: China willing") == 1
    assert cleaned.text.count("At the outset of September") == 1
    assert "investment cooperation" in cleaned.text
    assert cleaned.text.endswith("economic transformation.")


# -- made-up texts, also where the articles are absent


def wrapped_without_line_ends(text: str, width: int) -> str:
    """Wrap paragraphs at a width and lose the line ends."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines: list[str] = [""]
        for word in paragraph.split():
            fits = not lines[-1] or len(lines[-1]) + 1 + len(word) <= width
            lines = [*lines[:-1], f"{lines[-1]} {word}".strip()] if fits else [*lines, word]
        paragraphs.append("".join(lines))
    return "\n\n".join(paragraphs)


ARTICLE = (
    "The ministers of transport met in Baku on Monday to speak about the railway between the two countries and about "
    "the port, which has grown with every year. The minister of Azerbaijan said that the railway carries more goods "
    "from China to Georgia than in any year before, and that the port of Baku will grow again. The minister of China "
    "said that the goods of China need the railway and the port, and that the road through Georgia is the shortest.\n\n"
    "The ministers of transport also spoke about the road between Baku and Georgia. The road has grown in importance, "
    "said the minister of Azerbaijan, as the goods from China to Georgia need the road where the railway is full. In "
    "any year before, the road was full of goods in the autumn, and the port was full in the spring. The minister of "
    "China said that Georgia and Azerbaijan will speak about the road again in the autumn."
)


@pytest.mark.parametrize("width", [52, 60, 67, 74, 90])
def test_lost_line_ends_of_any_width_are_found_without_a_wrong_one(width: int) -> None:
    glued = wrapped_without_line_ends(ARTICLE, width)
    cleaned = clean(glued)
    assert restore(cleaned.text, cleaned.repairs) == glued
    mended, words = cleaned.text.split(), set(ARTICLE.split())
    wrong = [word for word in mended if word not in words and len(word) < 4]
    assert wrong == []
    assert len(glued.split()) < len(mended) <= len(ARTICLE.split())


def test_text_with_its_blanks_is_left_alone() -> None:
    assert clean(ARTICLE).repairs == ()
    assert clean(ARTICLE).suspected == ()


@pytest.mark.parametrize(
    "name",
    ["AzerNews", "SINOSURE", "McDonald", "iPhone", "BYD", "PetroChina", "News.Az", "www.News.Az/Page", "U.S.", "eBay",
     "MacArthur", "AzVision", "WeChat", "AliExpress", "S.Mustafayev", "p.m.The"],
)  # fmt: skip
def test_name_is_never_parted(name: str) -> None:
    text = f"The report of {name} on trade in China. The news of the News, the Petro and the Page in {name} again."
    assert clean(text).text == text
    once = f"The news on trade with China, said {name} in Baku. The vision, the express and the page are of the phone."
    assert clean(once).text == once


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Trade grew inAzerbaijan last year.", "Trade grew in Azerbaijan last year."),
        ("China andAzerbaijan trade.", "China and Azerbaijan trade."),
        ("He left.The railway grew.", "He left.\n\nThe railway grew."),
        ('The port grew."We saw it," he said.', 'The port grew.\n\n"We saw it," he said.'),
        ('"We saw the port grow."The minister left.', '"We saw the port grow."\n\nThe minister left.'),
        ("one  two \n three\r\nfour\n\n\n\nfive", "one two\nthree\nfour\n\nfive"),
        ("A sentence.\nShare\nTweet\n\nAnother one.", "A sentence.\n\nAnother one."),
        ("A sentence.\n\nRelated news\n\nFollow us", "A sentence."),
    ],
)
def test_damage_is_repaired(raw: str, text: str) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    assert restore(cleaned.text, cleaned.repairs) == raw


def test_headline_and_broken_lead_before_the_whole_one_go() -> None:
    raw = f"{HEADLINE}\n\n{HEADLINE} {LEAD[:70]}\nPolitics\n{HEADLINE}\n\n{LEAD}\n"
    assert clean(raw).text == f"{HEADLINE}\n\nPolitics\n\n{LEAD}"


@pytest.mark.parametrize(
    "raw",
    [
        "An aide answers\n\nAnar Aliyev, Presidential aide:\nTrade grew.\n\nThe newspaper asks its guest:\nWhy?\n\n"
        "Anar Aliyev, Presidential aide:\nThe railway.\n\nThe newspaper asks its guest:\nAnd the port?",
        "Anar Aliyev, Presidential aide:\nAnar Aliyev, Presidential aide:\nTrade grew.",
        "Azerbaijan exports to China\n2018: 400\nAzerbaijan imports from China\n2018: 900\n"
        "Azerbaijan exports to China\n2019: 500",
        "Trade of the two countries\nAzerbaijan exports to China\nAzerbaijan exports to China\n2018: 500",
        f"{HEADLINE}\nPolitics\n{HEADLINE}\n{LEAD}",
        f"{HEADLINE}\n\n{LEAD}\n\nMore of it.\n\n{LEAD}",
        "Trade\nThe goods that went from China to Georgia were worth 5\n"
        "The goods that went from China to Georgia were worth 50 million",
        f"Anar Aliyev, aide to the President:\nAnar Aliyev, aide to the President: {LEAD[:49]}\nNo.\n{LEAD}",
    ],
    ids=["labels", "label twice", "headings", "heading twice", "section between", "lead later", "figures", "speaker"],
)  # fmt: skip
def test_line_that_may_be_meant_twice_stays(raw: str) -> None:
    assert clean(raw).text == raw


@pytest.mark.parametrize(
    "raw",
    ["1 234 567   12", "Exports 1 234  567 tons", "2018\t1\t234", "Year\t\t234", "\t2018\t2019\nOil\t1\t2",
     "Oil\t1\n\t\t2\t3", "1 \t 234", "2018 | 1 | 234", "10^9 [1]"],
)  # fmt: skip
def test_numbers_and_cells_that_stand_apart_stay_apart(raw: str) -> None:
    assert clean(raw).text == raw


@given(st.lists(st.sampled_from(["1", "234", "  ", "   ", " ", "\t", "\n", "a", "  \n"]), max_size=30).map("".join))
def test_no_two_numbers_become_one(raw: str) -> None:
    def numbers(text: str) -> list[str]:
        return re.findall(r"\d+(?: \d+)*", text)

    assert numbers(clean(raw).text) == numbers(raw)


def test_headline_and_lead_that_are_repeated_directly_go() -> None:
    for raw in (
        f"{HEADLINE}\n\n{HEADLINE}\n\n{LEAD}",
        f"{HEADLINE}\n\nSeptember 27, 2023 11:06\n\n{HEADLINE}\n\n{LEAD}",
        f"{HEADLINE}\n\n{LEAD}\n\n{LEAD}",
        f"{HEADLINE}\n\n{LEAD[:55]}...\n\n{LEAD}",
    ):
        lines = clean(raw).text.split("\n\n")
        assert [line for line in lines if "2023" not in line] == [HEADLINE, LEAD]
        assert restore(clean(raw).text, clean(raw).repairs) == raw


def test_line_left_though_it_stands_twice_is_reported_and_a_label_is_not() -> None:
    label = "Anar Aliyev, Presidential aide:"
    cleaned = clean(f"{HEADLINE}\n{label}\n{LEAD}\n{label}\nNo.\n{HEADLINE}\n{LEAD}")
    assert cleaned.repairs == ()
    assert [(found.kind, found.text) for found in cleaned.suspected] == [
        ("duplicated_lead", HEADLINE), ("duplicated_lead", LEAD),
    ]  # fmt: skip
    assert "both were left" in cleaned.suspected[0].why


def test_repetition_below_the_head_is_the_author_s() -> None:
    body = "\n\n".join(f"Paragraph number {n} says something of its own." for n in range(14))
    raw = f"{body}\n\n{LEAD}\n\nMore.\n\n{LEAD}"
    assert clean(raw).text == raw


@pytest.mark.parametrize("text", ["", " ", "\n", "x", "Latest news", "\u202eabc\u202c", "a\xa0b", "3\u202f700"])
def test_little_texts_are_no_trouble(text: str) -> None:
    cleaned = clean(text)
    assert restore(cleaned.text, cleaned.repairs) == text
    assert cleaned.text == text.strip(" \n")


pieces = st.sampled_from(
    ["The", "he", "Azerbaijan", "in", "andChina", "areassuch", ".", '."', "”", "“", '"', " ", "  ", "\n", "\n\n", ",",
     "\r\n", "\t", "+ ↺ − 16 px", " date 2024-06-12 ", "Latest news", "Share", "News.Az", HEADLINE, LEAD, LEAD[:60],
     "a", "é"]
)  # fmt: skip


@given(st.one_of(st.lists(pieces, max_size=40).map("".join), st.text(max_size=80)))
def test_any_text_is_restored_stays_clean_and_keeps_its_letters(raw: str) -> None:
    cleaned = clean(raw)

    assert restore(cleaned.text, cleaned.repairs) == raw
    assert clean(cleaned.text).text == cleaned.text
    assert clean(cleaned.text).repairs == ()
    for repair in cleaned.repairs:
        assert repair.inserted.strip(" \n") == ""
        # White space, or a piece as a whole: never a letter out of a word that stays.
        if repair.kind in ("whitespace", "glued_words", "glued_paragraphs"):
            assert repair.removed.strip() == ""
    kept = re.sub(r"\s", "", cleaned.text)
    assert not Counter(kept) - Counter(re.sub(r"\s", "", raw))


def test_a_large_text_is_cleaned_in_time_in_proportion_to_its_length() -> None:
    cleaned = clean(wrapped_without_line_ends(ARTICLE, 67) + "\n\n" + "\n\n".join([ARTICLE] * 50))
    assert cleaned.text.endswith(ARTICLE)
    for blanks in (" " * 100_000, "\t" * 100_000, " \t" * 50_000):
        assert clean(f"1{blanks}2{blanks}a{blanks}").text.endswith("a")
        assert clean(f"{blanks}1{blanks}2\n{blanks}3\t4").text.endswith("3\t4")


def _calls_of(raw: str) -> int:
    """Return how many functions run, ours and those of the library, while a text is cleaned."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        clean(raw)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("length", [5_000, 210_000], ids=["with guesses", "too long for guesses"])
@pytest.mark.parametrize(
    "piece",
    [
        "Trade grew by 5 % in the year.\n",
        "word.The",
        "ofChina and,then said rose up \t was ",
        "a\r\n",
        "subscribe\n",
        "中国。",
    ],
)
def test_a_text_twice_as_long_takes_twice_the_work_and_no_more(piece: str, length: int) -> None:
    short, long = (_calls_of("Head.\n" + piece * (size // len(piece))) for size in (length, 2 * length))
    assert long < 2.3 * short + 500


def test_a_very_long_text_gets_all_repairs_but_guesses_and_says_so() -> None:
    body = "".join(f"The turnover  grew inAzerbaijan by {n}.\r\n" for n in range(8_000))
    cleaned = clean("date 2024-03-01 " + body)
    assert cleaned.text == "\n".join(f"The turnover grew inAzerbaijan by {n}." for n in range(8_000))
    assert restore(cleaned.text, cleaned.repairs) == "date 2024-03-01 " + body
    assert [s.kind for s in cleaned.suspected] == ["not_guessed"]
    assert "too long for guesses" in cleaned.suspected[0].why


@pytest.mark.parametrize("blank", [" ", "\n"], ids=["blanks", "line ends"])
def test_blanks_longer_than_a_piece_are_one_repair(blank: str) -> None:
    cleaned = clean("one" + blank * 250_000 + "two")
    assert [r.kind for r in cleaned.repairs] == ["whitespace"]
    assert len(cleaned.text) <= 8


@pytest.mark.parametrize("line", ["Some words  of a line.\n\n\n", "Words   in one line ", "  a\tb\n"])
def test_pieces_of_a_very_long_text_are_cleaned_as_a_short_one_is(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = line * 300
    whole = clean(raw).text
    monkeypatch.setattr(cleaning, "_PIECE", 64)
    assert clean(raw).text == whole


def test_a_text_made_to_need_a_repair_everywhere_is_stored_as_it_is() -> None:
    raw = "a\r\n" * 600_000
    cleaned = clean(raw)
    assert cleaned.text == raw
    assert [s.kind for s in cleaned.suspected] == ["too_many"]


def times_asked(raw: str) -> int:
    """Clean a text to its end and return how often that could have been stopped."""
    asked: list[None] = []
    clean(raw, Progress(is_cancelled=lambda: asked.append(None) is not None))
    return len(asked)


@pytest.mark.parametrize("length", [5_000, 250_000], ids=["with guesses", "too long for guesses"])
def test_cleaning_stops_when_it_is_told_to(length: int) -> None:
    raw = ("The trade  grew inAzerbaijan. \r\n" * (length // 30))[:length]
    asked = times_asked(raw)
    assert asked > 8
    for stop in {1, 2, asked // 2, asked - 1, asked}:
        left = iter(range(1, stop + 1))
        with pytest.raises(Cancelled):
            clean(raw, Progress(is_cancelled=lambda left=left, stop=stop: next(left) == stop))


def test_each_way_in_which_a_text_may_be_wrapped_can_be_stopped_at() -> None:
    words = (f"number{n}," for n in range(600))
    raw = wrapped_without_line_ends(" ".join(words), 70)
    assert times_asked(raw) > len(glued_words._WIDTHS) * len(glued_words._MARKUP)

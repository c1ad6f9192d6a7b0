"""Copies are recognised, two reports on one event are not taken for one."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from azcn_desktop.evidence.cleaning import clean
from azcn_desktop.evidence.copies import COPY_FROM, find_copies, fingerprint, similarity

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
QUOTE = "We will build the railway together, and the port will follow as soon as the money has been found. "

LONG_ENOUGH = "The port grew and the railway too. " * 4 + "x" * 12  # 120 letters


def article(topic: str, sentences: int = 30) -> str:
    """Return a made-up article whose sentences are all different."""
    nouns = ("railway", "port", "road", "bridge", "school", "bank", "plant")
    return "\n\n".join(
        f"The {nouns[n % 7]} of {topic} number {n * 37 % 101} was named by the {topic} {nouns[n * 3 % 7]} council, "
        f"which {'left' if n % 3 else 'took'} {topic} plan {n * n + 11} for {topic} in {1950 + n}."
        for n in range(sentences)
    )


def variations(text: str) -> dict[str, str]:
    """Return what other outlets make of an article."""
    paragraphs = text.split("\n\n")
    words = text.split(" ")
    return {
        "other lead": "\n\n".join(["Our correspondent heard of this only today, as she reports.", *paragraphs[1:]]),
        "one paragraph more": "\n\n".join([*paragraphs, "Earlier it was reported that the sides had met. " * 4]),
        "last third cut": "\n\n".join(paragraphs[: -(len(paragraphs) // 3) or None]),
        "glued words": "".join(w if n % 9 == 0 else f" {w}" for n, w in enumerate(words)),
        "shouted, other marks": text.upper().replace('"', "”").replace(",", " -"),
    }


ARTICLES = (
    {path.stem: clean(path.read_text(encoding="utf-8")).text for path in sorted(SEEDS.glob("*.txt"))}
    if SEEDS.is_dir()
    else {}
)
ARTICLES |= {"made-up wheat": article("wheat"), "made-up glass": article("glass")}


@pytest.mark.parametrize("name", ARTICLES)
def test_syndicated_copy_is_recognised(name: str) -> None:
    text = ARTICLES[name]
    for what, copy in variations(text).items():
        (found,) = find_copies(copy, ARTICLES.items())
        assert found.key == name, what
        assert found.share >= COPY_FROM


@pytest.mark.parametrize("name", ARTICLES)
def test_same_text_is_the_same_whatever_its_blanks(name: str) -> None:
    (found,) = find_copies(" ".join(ARTICLES[name].split()), ARTICLES.items())
    assert (found.key, found.verdict, found.share) == (name, "same", 1.0)


@pytest.mark.parametrize(("one", "other"), list(combinations(ARTICLES, 2)))
def test_different_texts_are_no_copies(one: str, other: str) -> None:
    assert similarity(fingerprint(ARTICLES[one]), fingerprint(ARTICLES[other])) < 0.2
    assert find_copies(ARTICLES[one], [(other, ARTICLES[other])]) == []


def test_two_reports_with_one_quoted_sentence_are_no_copies() -> None:
    one, other = article("wheat") + QUOTE, QUOTE + article("glass")
    assert 0 < similarity(fingerprint(one), fingerprint(other)) < 0.3
    assert find_copies(one, [(1, other)]) == []


def test_most_alike_comes_first() -> None:
    text = article("wheat")
    paragraphs = text.split("\n\n")
    others = [(1, "\n\n".join([*paragraphs[:20], article("glass", 10)])), (2, text), (3, article("glass"))]
    assert [(found.key, found.verdict) for found in find_copies(text, others)] == [(2, "same"), (1, "copy")]


def test_excerpt_of_a_long_text_is_found_from_both_sides() -> None:
    long, short = article("wheat", 60), "\n\n".join(article("wheat", 60).split("\n\n")[20:30])
    assert [found.verdict for found in find_copies(long, [(1, short)])] == ["copy"]
    assert [found.verdict for found in find_copies(short, [(1, long)])] == ["copy"]


@pytest.mark.parametrize("text", ["News.Az", "Trade grew by 37 percent.", LONG_ENOUGH[:-1], LONG_ENOUGH, "北京贸易"])
def test_text_of_any_length_is_the_same_as_itself(text: str) -> None:
    others = [(1, f" {text.upper()}\n"), (2, article("wheat")), (3, f"{text} It fell."), (4, "")]
    assert (1, "same", 1.0) in [(found.key, found.verdict, found.share) for found in find_copies(text, others)]
    assert {found.key for found in find_copies(text, others)} <= {1, 3}


def test_other_marks_between_the_letters_make_no_difference_to_a_short_text() -> None:
    (found,) = find_copies(LONG_ENOUGH, [(1, LONG_ENOUGH.replace(" ", "“ ”"))])
    assert (found.verdict, found.share) == ("same", 1.0)


def test_short_text_that_another_one_only_holds_is_no_copy() -> None:
    assert find_copies("Trade grew by 37 percent.", [(1, "Trade grew by 38 percent."), (2, "Trade grew by 37")]) == []


@pytest.mark.parametrize("text", ["", "…" * 500])
def test_text_without_letters_has_no_copies(text: str) -> None:
    assert find_copies(text, [(1, text), (2, article("wheat"))]) == []
    assert similarity(fingerprint(text), fingerprint(article("wheat"))) in (0.0, 1.0)


def test_chinese_texts_are_compared() -> None:
    text = "".join(f"中国与阿塞拜疆第{n}次会议在巴库举行，双方讨论了第{n * 7}号铁路项目。" for n in range(20))
    assert [found.verdict for found in find_copies(text.replace("，", ""), [(1, text)])] == ["same"]

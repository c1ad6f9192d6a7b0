"""Anchors: a quote is found where it stands, also in another state of the text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from azcn_desktop.evidence.anchors import Finder, find_anchor, make_anchor

TEXT = "Trade grew by 37 percent, reaching over $1 billion. China’s trade grew. Trade grew again in Azerbaijan."
texts = st.text(st.sampled_from("ab AB.,'’\n-1"), max_size=60)


@given(texts, st.data())
def test_anchor_is_found_again_in_its_own_text(text: str, data: st.DataObject) -> None:
    assume(text.strip())
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    anchor = make_anchor(text, start, end)

    place = find_anchor(text, anchor.quote, anchor.prefix, anchor.suffix, anchor.start)

    assert text[anchor.start : anchor.end] == anchor.quote == anchor.quote.strip()
    assert place is not None
    assert place.is_exact
    assert text[place.start : place.end] == anchor.quote


@given(texts, texts)
def test_what_is_found_has_the_letters_of_the_quote(text: str, quote: str) -> None:
    place = find_anchor(text, quote)

    if quote.strip() and quote.strip() in text:
        assert place is not None
        assert place.is_exact
    if place is not None:
        found = text[place.start : place.end]
        assert 0 <= place.start < place.end <= len(text)
        assert [c for c in found.lower() if c.isalnum()] == [c for c in quote.lower() if c.isalnum()]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("rising", None),
        ("37 percent reaching over", "37 percent, reaching over"),
        ("China's trade grew", "China’s trade grew"),
        ("trade\n  grew again", "Trade grew again"),
        ("inAzerbaijan", "in Azerbaijan"),
        ("“over $1 billion”", "over $1 billion"),
        ("over 1 billion", None),
        ("over $11 billion", None),
        ("", None),
        ("…", None),
    ],
)
def test_punctuation_may_differ_but_no_letter_and_no_number(quote: str, words: str | None) -> None:
    place = find_anchor(TEXT, quote)
    assert (place and TEXT[place.start : place.end]) == words
    assert place is None or not place.is_exact


def test_decimal_mark_is_part_of_a_number() -> None:
    assert find_anchor("It grew to 1.62 billion.", "162 billion") is None
    assert find_anchor("It grew to 162 billion.", "1.62 billion") is None


def test_surroundings_tell_equal_quotes_apart() -> None:
    text = "First, trade grew here. Second, trade grew there."
    place = find_anchor(text, "trade grew", prefix="Second, ", suffix=" there.")
    assert place is not None
    assert (text[place.start :], place.is_ambiguous) == ("trade grew there.", False)


def test_first_of_equal_places_is_taken_and_flagged() -> None:
    place = find_anchor("trade grew, trade grew", "trade grew")
    assert place is not None
    assert (place.start, place.is_ambiguous) == (0, True)
    near = find_anchor("trade grew, trade grew", "trade grew", near=13)
    assert near is not None
    assert (near.start, near.is_ambiguous) == (12, False)


def test_whole_word_wins_over_a_part_of_one() -> None:
    place = find_anchor("The Funding of the Fund began.", "Fund")
    assert place is not None
    assert place.start == 19


def test_words_run_together_in_the_text_are_found() -> None:
    text = "close cooperation in areassuch as trade"
    place = find_anchor(text, "in areas such as trade")
    assert place is not None
    assert text[place.start : place.end] == "in areassuch as trade"


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (0, 999), (5, 6)])
def test_impossible_passage_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"passage|blanks"):
        make_anchor(TEXT, start, end)


def test_dotted_capital_i_does_not_shift_offsets() -> None:
    text = "İİİ said: trade grew"
    place = Finder(text).find("TRADE, grew")
    assert place is None or text[place.start : place.end] == "trade grew"
    exact = Finder(text).find("trade, grew")
    assert exact is not None
    assert text[exact.start : exact.end] == "trade grew"

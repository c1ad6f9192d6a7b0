"""Folding: one key for all spellings that a reader takes for the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.records.text import fold, is_han, script_of

LETTERS = st.text(
    st.one_of(st.characters(), st.sampled_from("İIıiƏəŞşĞğЙйЁё北京部長’ʼ´¨ﬁǅ\u0307\u0301\u0345")), max_size=30
)


@given(LETTERS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_the_key_has_single_blanks_and_no_ends(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("baki", "Bakı"), ("BAKI", "bakı"), ("Ələt", "elet"), ("İlham", "ilham"), ("ILHAM", "ılham"),
        ("İİ", "ii"), ("Şahin Mustafayev", "SAHIN  MUSTAFAYEV"), ("Gəncə", "Gence"), ("Çin", "cin"),
        ("Ли Хуэй", "ли хуэи"), ("Алиёв", "алиев"), ("Straße", "strasse"), ("Ｂａｋｕ", "baku"),
        ("A\u0301", "á"), ("a\u00a0b", "a b"), ("O’Neil", "O'Neil"),
    ],
)  # fmt: skip
def test_spellings_that_read_the_same_have_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("part", "whole"), [("王毅", "外交部长王毅"), ("北京", "中国北京市"), ("外交", "中华人民共和国外交部")]
)
def test_two_chinese_characters_are_found_inside_a_longer_name(part: str, whole: str) -> None:
    assert fold(part) in fold(whole)


def test_a_chinese_word_is_not_found_where_its_characters_stand_apart() -> None:
    assert fold("北京") not in fold("北方京剧")


def test_different_names_stay_different() -> None:
    assert len({fold(name) for name in ("Əliyev", "Əliyeva", "Hüseyn", "Baku", "Bakı", "Ganja")}) == 6


def test_folding_of_empty_and_blank_text_is_empty() -> None:
    assert fold("") == fold(" \t\n\u3000") == ""


def test_scripts_are_told_apart() -> None:
    assert [script_of(text) for text in ("王毅", "Ван И", "Wang Yi", "Wang 王")] == ["Hani", "Cyrl", "Latn", "Hani"]
    assert is_han("㐀")
    assert not is_han("a")

"""Formula-like text is made harmless, and comes back exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azcn_desktop.exchange.neutral import may_hold_formulas, neutralise, restore

TEXTS = st.text(alphabet=st.sampled_from("='+-@\t\r\n\0 ＝＋－＠\u00a0\u200b\ufeff1,.5eab\"|\u202e")) | st.text()
TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


@given(TEXTS)
@settings(max_examples=500, derandomize=True, deadline=None)
def test_restoring_what_was_neutralised_gives_the_same_text(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(TEXTS, TEXTS)
@settings(max_examples=500, derandomize=True, deadline=None)
def test_no_two_texts_become_the_same(one: str, other: str) -> None:
    assert (neutralise(one) == neutralise(other)) == (one == other)


@given(TEXTS)
@settings(max_examples=500, derandomize=True, deadline=None)
def test_what_comes_out_never_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    out = neutralise(text)
    start = out.lstrip(" \u00a0\u200b\ufeff\u202e")
    if start.startswith(TRIGGERS):
        assert out == text
        float(out.replace(",", "."))


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("shape", ["{}", "{}1+1", "{}cmd|' /C calc'!A0", "  {}SUM(A1)", "\u00a0{}x", "'{}1", "''{}1"])
def test_every_trigger_in_every_position_gets_an_apostrophe(trigger: str, shape: str) -> None:
    text = shape.format(trigger)
    if text not in ("+1", "-1"):
        assert neutralise(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "-5,2", "+994501234567", "-1.5e3", "", "a=b", "'quoted'", "5", "Bakı", "'"])
def test_plain_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert neutralise(text) == text
    assert restore(text) == text


def test_a_number_with_something_behind_it_is_no_plain_number() -> None:
    assert neutralise("-5\n") == "'-5\n"
    assert neutralise("+5+cmd") == "'+5+cmd"
    assert neutralise("-5,2,3") == "'-5,2,3"


def test_lines_of_cells_are_suspected_for_every_character_that_makes_a_cell_risky() -> None:
    risky = [character for character in map(chr, range(0x11_0000)) if neutralise(f"{character}=") != f"{character}="]
    assert {"'", "\t", "\r", "\n", "\x1c", " ", "\x85", "\u00a0", "\u1680", "\u3000", "\ufeff", "＝"} <= {*risky}
    for character in (*risky, "\r\n", "\r\n\r\n="):
        cells = [f'"{character}="', '"1"']
        for first, second in (cells, reversed(cells)):
            assert may_hold_formulas(f'{first},{second}\r\n"","2"\r\n', 2)


@pytest.mark.parametrize("text", ["", "a=b", "5", "Bakı", "Əmtəə", "进口", "€", "“x”", "a\r\n=b", "1 - 2"])
def test_lines_of_plain_cells_are_not_suspected(text: str) -> None:
    assert not may_hold_formulas(f'"{text}","2"\r\n"","{text}"\r\n', 2)

"""Repairs as data: reversible, and offsets that run both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.evidence.repairs import Cleaned, Edit, Workpiece, read_cleaned, repairs_text, restore

letters = st.text("ab .\n", max_size=40)


@st.composite
def worked(draw: st.DrawFn) -> Workpiece:
    """Draw a text after several rounds of arbitrary edits."""
    piece = Workpiece(draw(letters))
    for _ in range(draw(st.integers(0, 4))):
        cuts = sorted(draw(st.lists(st.integers(0, len(piece.text)), max_size=6)))
        pairs = zip(cuts[::2], cuts[1::2], strict=False)
        kinds = st.sampled_from(["whitespace", "glued_words"])
        piece.apply([Edit(start, end, draw(st.text(" \n", max_size=2)), draw(kinds)) for start, end in pairs])
    return piece


@given(worked())
def test_repairs_restore_the_raw_text_whatever_the_edits_were(piece: Workpiece) -> None:
    repairs = piece.repairs()

    assert restore(piece.text, repairs) == piece.raw
    for repair in repairs:
        assert piece.raw[repair.start : repair.end] == repair.removed
        assert piece.text[repair.clean_start : repair.clean_end] == repair.inserted
        assert repair.why.endswith(".")


@given(worked())
def test_repairs_are_read_as_they_were_written(piece: Workpiece) -> None:
    cleaned = Cleaned(piece.text, piece.repairs())
    assert read_cleaned(piece.text, repairs_text(cleaned)) == cleaned


@given(worked())
def test_offsets_of_kept_characters_run_both_ways(piece: Workpiece) -> None:
    cleaned = Cleaned(piece.text, piece.repairs())
    put_in = {at for repair in cleaned.repairs for at in range(repair.clean_start, repair.clean_end)}
    for offset in set(range(len(piece.text))) - put_in:
        raw = cleaned.to_raw(offset)
        assert piece.raw[raw] == piece.text[offset]
        assert cleaned.to_clean(raw) == offset
    assert cleaned.to_clean(len(piece.raw)) == len(piece.text)


def test_offset_within_what_was_taken_out_is_its_place() -> None:
    piece = Workpiece("one JUNK two")
    piece.apply([Edit(3, 8, "", "widget_junk")])
    cleaned = Cleaned(piece.text, piece.repairs())
    assert (piece.text, cleaned.to_clean(5), cleaned.to_raw(3)) == ("one two", 3, 8)


@pytest.mark.parametrize("column", ["{", "[]", '{"repairs":[[1]]}', '{"repairs":[],"suspected":5}'])
def test_unreadable_repairs_are_refused_with_a_sentence(column: str) -> None:
    with pytest.raises(UserError, match="Clean the text again"):
        read_cleaned("text", column)


def test_a_text_without_repairs_is_read_as_it_is() -> None:
    assert read_cleaned("text", None) == Cleaned("text")

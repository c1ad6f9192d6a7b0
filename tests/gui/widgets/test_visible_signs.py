"""Characters that turn the direction of writing: they are seen wherever data is drawn, and act nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.inspector.lines import RecordLine
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.widgets.text_table import Column, TextTable
from azcn_desktop.gui.widgets.visible_signs import DIRECTION_CHARACTERS, visible

TURNED = "Turnover was \u202e007.3\u202c million"
SEEN = "Turnover was \u25c4007.3\u25c7 million"


@pytest.mark.parametrize("character", [*"\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_each_character_of_direction_becomes_one_sign(character: str) -> None:
    shown = visible(f"a{character}b")
    assert len(shown) == 3
    assert shown[1].isprintable()
    assert character in DIRECTION_CHARACTERS


@given(st.text())
def test_a_shown_text_is_as_long_as_the_stored_one(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert all(one == other or other in DIRECTION_CHARACTERS for one, other in zip(shown, text, strict=True))


def _table(text: str, theme: ThemeController, _icons: Icons) -> QWidget:
    parent = QWidget()
    parent.resize(400, 120)
    table = TextTable("rows", "Rows", [Column("Words", 0)], theme, parent)
    table.resize(400, 120)
    table.show_rows([[text]])
    return parent


def _line(text: str, theme: ThemeController, icons: Icons) -> QWidget:
    return RecordLine(text, "", theme, icons)


LABELS: list[Callable[[str, ThemeController, Icons], QWidget]] = [
    lambda text, _theme, _icons: PlainLabel(text),
    lambda text, _theme, _icons: wrapped(text),
    lambda text, _theme, _icons: ElidedLabel(text),
    _table,
    _line,
]


@pytest.mark.parametrize("make", LABELS)
def test_what_is_drawn_shows_the_signs(
    make: Callable[[str, ThemeController, Icons], QWidget], light_theme: ThemeController, bare_icons: Icons,
    qtbot: QtBot,
) -> None:  # fmt: skip
    def drawn(text: str) -> QImage:
        widget = make(text, light_theme, bare_icons)
        qtbot.addWidget(widget)
        widget.resize(400, max(24, widget.height()))
        return widget.grab().toImage()

    assert drawn(TURNED) == drawn(SEEN)
    assert drawn(TURNED) != drawn("Turnover was 007.3 million")

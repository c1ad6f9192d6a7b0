"""The cell delegate: what the roles say is what is on the picture."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.records.cell_delegate import CellDelegate
from azcn_desktop.gui.roles import (
    SECONDARY_ROLE,
    STYLE_ROLE,
    STYLES,
    TONE_ROLE,
    TONES,
    UNRESOLVED_ROLE,
    WARNING_ROLE,
)
from azcn_desktop.gui.theme import DARK, LIGHT, ThemeController

TEXT = Qt.ItemDataRole.DisplayRole
Cell = dict[int, Any]


class Cells(QAbstractTableModel):
    """Hold the roles of every cell."""

    def __init__(self, rows: list[list[Cell]]) -> None:
        """Take the cells by row."""
        super().__init__()
        self.rows = rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.rows[0])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = TEXT) -> Any:
        """Return what was given for a role."""
        return self.rows[index.row()][index.column()].get(role)


@pytest.fixture
def controller(qapp: QApplication) -> ThemeController:
    """Return a controller in the light theme."""
    controller = ThemeController("light")
    controller.apply(qapp)
    return controller


class Painter:
    """Show cells in a real table and hand back its picture."""

    def __init__(self, qtbot: QtBot, controller: ThemeController) -> None:
        """Wait for cells."""
        self._qtbot, self._controller = qtbot, controller
        self.view = QTableView()
        self.delegate = CellDelegate(controller, self.view)
        qtbot.addWidget(self.view)

    def show(self, rows: list[list[Cell]], width: int = 200) -> QImage:
        """Return the picture of a table of these cells, with columns of one width."""
        self._model = Cells(rows)
        self.view.setModel(self._model)
        self.view.setItemDelegate(self.delegate)
        self.view.setShowGrid(False)
        self.view.horizontalHeader().hide()
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(self.delegate.row_height)
        self.view.horizontalHeader().setDefaultSectionSize(width)
        self.view.resize(len(rows[0]) * width + 20, len(rows) * self.delegate.row_height + 20)
        self.view.show()
        return self.grab()

    def grab(self) -> QImage:
        """Return the picture of now."""
        return self.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.fixture
def painter(qtbot: QtBot, controller: ThemeController) -> Iterator[Painter]:
    """Return a painter whose view is closed afterwards."""
    painter = Painter(qtbot, controller)
    yield painter
    painter.view.close()


def ink(image: QImage, left: int, right: int, ground: str, height: int = 33) -> list[int]:
    """Return the columns between two edges in which the first row shows anything but its ground."""
    colour = QColor(ground)
    return [x for x in range(left, right) if any(image.pixelColor(x, y) != colour for y in range(height))]


def test_every_style_tone_and_mark_is_painted_in_both_themes(painter: Painter, controller: ThemeController) -> None:
    cells = [
        {TEXT: "Ələt 会谈", STYLE_ROLE: style, TONE_ROLE: tone, SECONDARY_ROLE: "海关", WARNING_ROLE: warning}
        for style in STYLES
        for tone in TONES
        for warning in (None, "doubtful")
    ]
    light = painter.show([cells[:36], cells[36:]], width=120)
    controller.set_mode("dark")
    dark = painter.grab()
    for number in range(36):
        assert ink(light, number * 120, number * 120 + 120, LIGHT.base)
        assert ink(dark, number * 120, number * 120 + 120, DARK.base)


def test_rows_are_34_pixels_or_28_when_compact_and_grow_with_the_zoom(
    painter: Painter, controller: ThemeController
) -> None:
    assert painter.delegate.row_height == 34
    painter.delegate.set_compact(True)
    assert painter.delegate.row_height == 28
    controller.set_zoom(1.5)
    assert painter.delegate.row_height == 42


def test_a_row_ends_in_a_hairline(painter: Painter) -> None:
    image = painter.show([[{TEXT: ""}]])
    assert image.pixelColor(50, 33).name() == LIGHT.line
    assert image.pixelColor(50, 32).name() == LIGHT.base


def test_numbers_stand_at_the_right_and_words_at_the_left(painter: Painter) -> None:
    image = painter.show([[{TEXT: "25", STYLE_ROLE: "number"}, {TEXT: "25", STYLE_ROLE: "text"}]])
    assert min(ink(image, 0, 200, LIGHT.base)) > 150
    assert max(ink(image, 200, 400, LIGHT.base)) < 250


@pytest.mark.parametrize("right", [Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, 0x0082])
def test_the_alignment_role_moves_words_to_the_right(painter: Painter, right: object) -> None:
    image = painter.show([[{TEXT: "25", Qt.ItemDataRole.TextAlignmentRole: right}]])
    assert min(ink(image, 0, 200, LIGHT.base)) > 150


def test_a_second_name_is_shown_only_where_all_of_it_fits(painter: Painter) -> None:
    both = {TEXT: "Customs talks", STYLE_ROLE: "title", SECONDARY_ROLE: "海关会谈"}
    alone = {TEXT: "Customs talks", STYLE_ROLE: "title"}
    wide = painter.show([[both, alone]], width=220)
    assert max(ink(wide, 0, 220, LIGHT.base)) > max(ink(wide, 220, 440, LIGHT.base)) - 220 + 40
    narrow = painter.show([[both, alone]], width=150)
    assert max(ink(narrow, 0, 150, LIGHT.base)) == max(ink(narrow, 150, 300, LIGHT.base)) - 150


@pytest.mark.parametrize("style", STYLES)
def test_a_long_text_is_cut_inside_its_cell(painter: Painter, style: str) -> None:
    image = painter.show([[{TEXT: "very " * 5000, STYLE_ROLE: style}, {TEXT: ""}]], width=160)
    marked = ink(image, 0, 320, LIGHT.base)
    assert marked
    assert max(marked) <= 160 - 11


def test_line_breaks_and_markup_are_shown_as_one_plain_line(painter: Painter) -> None:
    image = painter.show([[{TEXT: "a\nb"}, {TEXT: "a b"}, {TEXT: "<b>a</b>"}]], width=100)
    assert image.copy(0, 0, 100, 34) == image.copy(100, 0, 100, 34)
    assert max(ink(image, 200, 300, LIGHT.base)) > 240


def test_a_selected_row_is_tinted_and_has_a_bar_in_its_leftmost_column(painter: Painter) -> None:
    painter.show([[{TEXT: ""}, {TEXT: ""}], [{TEXT: ""}, {TEXT: ""}]])
    painter.view.horizontalHeader().moveSection(1, 0)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    painter.view.selectionModel().select(painter.view.model().index(0, 0), flags)
    image = painter.grab()
    assert image.pixelColor(1, 10).name() == LIGHT.accent
    assert image.pixelColor(2, 10).name() == LIGHT.selection
    assert image.pixelColor(201, 10).name() == LIGHT.selection
    assert image.pixelColor(1, 44).name() == LIGHT.base


def test_the_current_cell_is_framed_while_the_table_has_the_keyboard(painter: Painter, qtbot: QtBot) -> None:
    painter.show([[{TEXT: ""}, {TEXT: ""}]])
    painter.view.setFocus()
    qtbot.waitUntil(painter.view.hasFocus)
    index = painter.view.model().index(0, 1)
    painter.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    assert painter.grab().pixelColor(300, 0).name() == LIGHT.accent


def test_what_leads_to_no_record_is_underlined_with_dots(painter: Painter) -> None:
    image = painter.show([[{TEXT: "aaaaaa", UNRESOLVED_ROLE: True}, {TEXT: "aaaaaa"}]])
    below = range(23, 30)
    left = {image.pixelColor(x, y).name() for x in range(200) for y in below}
    right = {image.pixelColor(x, y).name() for x in range(200, 400) for y in below}
    assert LIGHT.faint in left
    assert right == {LIGHT.base}


def test_a_warning_leaves_numbers_in_line(painter: Painter) -> None:
    image = painter.show([[{TEXT: "1900", STYLE_ROLE: "number", WARNING_ROLE: "unlikely"}]])
    amber = [x for x in range(200) for y in range(34) if image.pixelColor(x, y) == QColor(LIGHT.amber)]
    assert amber
    assert max(amber) < 12 + 15


def test_a_warning_stands_at_the_end_of_words(painter: Painter) -> None:
    image = painter.show([[{TEXT: "1900", WARNING_ROLE: "unlikely"}]])
    amber = [x for x in range(200) for y in range(34) if image.pixelColor(x, y) == QColor(LIGHT.amber)]
    assert amber
    assert min(amber) >= 200 - 12 - 15


def test_the_size_hint_holds_the_whole_text(painter: Painter, controller: ThemeController) -> None:
    painter.show([[{TEXT: "Deputy minister", STYLE_ROLE: style, WARNING_ROLE: "x"} for style in STYLES]])
    painter.view.resizeColumnsToContents()
    image = painter.grab()
    plain = controller.font(12, 500)
    for column in range(len(STYLES)):
        assert painter.view.columnWidth(column) > plain.pixelSize()
        left = painter.view.columnViewportPosition(column)
        assert ink(image, left, left + painter.view.columnWidth(column), LIGHT.base)


def test_the_pointer_tints_its_cell(painter: Painter, qtbot: QtBot) -> None:
    painter.show([[{TEXT: ""}, {TEXT: ""}]])
    painter.view.setMouseTracking(True)
    qtbot.mouseMove(painter.view.viewport(), QPoint(40, 10))
    qtbot.mouseMove(painter.view.viewport(), QPoint(50, 12))
    qtbot.waitUntil(lambda: painter.grab().pixelColor(100, 10).name() == LIGHT.hover)

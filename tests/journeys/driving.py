"""Hands and eyes of the journeys: what is drawn, what is stored, and typing into a cell."""

import sqlite3
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.window.main_window import MainWindow


def rows_of(window: MainWindow, name: str) -> int:
    """Return how many rows the table of a page has."""
    table = window.findChild(QTableView, f"table-{name}")
    assert table is not None
    return table.model().rowCount()


def drawn(window: MainWindow) -> list[float]:
    """Return every value that the chart of the shown page draws."""
    chart = window.tab.chart.chart
    return [float(y) for series in chart.series for y in series.y]


def stored(path: Path, sql: str, *values: object) -> list[tuple]:
    """Return what another connection reads from the file."""
    connection = sqlite3.connect(path)
    rows = connection.execute(sql, values).fetchall()
    connection.close()
    return rows


def open_cell(window: MainWindow, field: str, qtbot: QtBot) -> QWidget:
    """Open the editor of a field in the current row with F2 and return the widget that has the keyboard."""
    view = window.tab.view
    view.setFocus()
    view.setCurrentIndex(view.records.index(view.currentIndex().row(), view.records.column_of(field)))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor is not view, f"no editor opened for {field}"
    return editor


def type_text(widget: QWidget, text: str) -> None:
    """Type any characters; QTest's own keyClicks knows Latin-1 only and ends the process at others."""
    for character in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))


def retype(editor: QWidget, text: str, qtbot: QtBot) -> None:
    """Replace what an editor holds and press Enter."""
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def filter_by(window: MainWindow, text: str, qtbot: QtBot) -> None:
    """Type into the filter field of the shown page."""
    field = window.tab.findChild(QLineEdit, f"filter-text-{BY_TABLE[window.table].name}")
    field.setFocus()
    field.clear()
    type_text(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)

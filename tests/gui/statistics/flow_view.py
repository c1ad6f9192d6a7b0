"""What tests read from the table of flows and do to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics.statistics_view import StatisticsView


def column(view: StatisticsView, name: str) -> list[str]:
    place = view.model.column_of(name)
    return [view.model.index(row, place).data() for row in range(view.model.rowCount())]


def row_with(view: StatisticsView, **values: object) -> int:
    for row in range(view.model.rowCount()):
        flow = view.model.flow(row)
        if flow is not None and all(getattr(flow, name) == value for name, value in values.items()):
            return row
    raise LookupError(values)


def type_text(view: StatisticsView, text: str) -> None:
    view.filters.line.setText(text)
    view.filters.line.accepted.emit()
    view.finish()


def open_editor(view: StatisticsView, row: int, name: str, qtbot: QtBot) -> QLineEdit:
    view.activateWindow()
    view.table.setFocus()
    view.table.setCurrentIndex(view.model.index(row, view.model.column_of(name)))
    qtbot.keyClick(view.table, Qt.Key.Key_F2)
    editor = view.table.findChild(QLineEdit, f"input-{name.replace('_', '-')}")
    assert editor is not None
    return editor


def retype(editor: QLineEdit, text: str, qtbot: QtBot) -> None:
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)

"""A page of the window with what tests ask of its table."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.field_editor import FieldEditor
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.workspace import Workspace

KEYS = Qt.Key


class Page:
    """A shown page with what tests ask of it."""

    def __init__(self, qtbot: QtBot, tab: RecordTab, workspace: Workspace) -> None:
        self.tab, self.view, self.records, self.workspace = tab, tab.view, tab.records, workspace
        self._qtbot = qtbot

    def go(self, row: int, name: str) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.records.index(row, self.records.column_of(name)))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.view, key, modifiers)

    @property
    def editor(self) -> FieldEditor | None:
        widget = self.view.indexWidget(self.view.currentIndex())
        return widget if isinstance(widget, FieldEditor) else None

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.editor.focusProxy(), text)

    def press_in_editor(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.editor.focusProxy(), key)

    def stored(self, key: int, column: str) -> object:
        return self.workspace.store.get(self.tab.table, key).values[column]

    def shown(self) -> list[str]:
        header = self.view.horizontalHeader()
        columns = [header.logicalIndex(place) for place in range(header.count())]
        return [self.records.field_at(column).name for column in columns if not header.isSectionHidden(column)]

"""An editor on a window of its own, and the hands on it."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.editors import FieldEditor, make_editor
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Value


class Desk:
    """A window with one editor on it."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, table: str, key: int, name: str) -> None:
        self.workspace, self.table, self.key = workspace, table, key
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(600, 400)
        record = workspace.store.get(table, key)
        self.editor: FieldEditor = make_editor(SCHEMA[table].field(name), self.window, workspace.store, record)
        self.editor.resize(300, 30)
        self.editor.step_requested.connect(workspace.apply)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.editor.setFocus()
        self.input = self.editor.focusProxy()
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        self.editor.select_all()
        if not text.isascii():
            typed = QInputMethodEvent()  # as an input method sends them: QTest knows Latin keys only
            typed.setCommitString(text)
            QCoreApplication.sendEvent(self.input, typed)
        elif text:
            self._qtbot.keyClicks(self.input, text)
        else:
            self._qtbot.keyClick(self.input, Qt.Key.Key_Delete)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.input, key, modifiers)

    def values(self) -> dict[str, Value]:
        return dict(self.workspace.store.get(self.table, self.key).values)

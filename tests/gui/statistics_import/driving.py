"""The dialog of the import and the hands on it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog
from azcn_desktop.gui.widgets.text_table import TextTable

OFFICE = (
    "Declarant,Partner country,Direction,Year,HS code,Value (thousand USD)\n"
    "Azerbaijan,China,Import,2023,0101,1.5\nAzerbaijan,China,Export,2023,27,7\n"
)
Open = Callable[[], "Driven"]


@dataclass
class Driven:
    """A dialog and the hands on it."""

    dialog: StatisticsImportDialog
    bot: QtBot

    def choose(self, path: Path) -> None:
        with self.bot.waitSignal(self.dialog.planned, timeout=20_000):
            self.dialog.choose(path)

    def ask(self, path: Path) -> None:
        with self.bot.waitSignal(self.dialog.asked, timeout=20_000):
            self.dialog.choose(path)

    def import_(self) -> str:
        with self.bot.waitSignal(self.dialog.imported, timeout=20_000) as told:
            self.find(QPushButton, "start").click()
        return str(told.args[0])

    def find(self, kind: type, name: str) -> QWidget:
        found = self.dialog.findChild(kind, f"statistics-import-{name}")
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def rows(self, name: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in self.find(TextTable, name).rows]

    def set_column(self, meaning: str, data: str, value: str = "") -> None:
        source = self.find(QComboBox, f"map-{meaning}")
        source.setCurrentIndex(source.findData(data))
        if value:
            edit = self.find(QLineEdit, f"map-{meaning}-value")
            edit.setText(value)
            edit.textEdited.emit(value)

    @property
    def can_go(self) -> bool:
        return self.find(QPushButton, "start").isEnabled()

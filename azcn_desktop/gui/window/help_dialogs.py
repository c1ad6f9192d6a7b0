"""The help menu: shortcuts from the actions, the data dictionary from the catalogue, and who made what."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import metadata

from PySide6.QtCore import QCoreApplication, Qt, qVersion
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop import __version__
from azcn_desktop.gui.widgets.named_header import name_header
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.window.actions import Actions, plain_text
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.text import fold
from azcn_desktop.resources_path import resource
from azcn_desktop.store.database import SQLITE_VERSION

_LICENCES = (
    ("PySide6-Essentials", "Qt for Python, LGPL 3"),
    ("sqlite-utils", "Apache 2"),
    ("pyqtgraph", "MIT"),
    ("numpy", "BSD 3-clause"),
    ("QtAwesome", "MIT; Phosphor icons, MIT"),
    ("XlsxWriter", "BSD 2-clause"),
    ("python-calamine", "MIT"),
)
# Keys that belong to the table and the fields, not to a menu.
_LOCAL_KEYS = (
    ("F2, Return", "Edit the cell"),
    ("Tab, Shift+Tab", "Accept and go to the next or previous cell"),
    ("Esc", "Leave the cell or field as it was"),
    ("Del", "Put the selected records into the trash"),
    ("Ctrl+C", "Copy the selected rows"),
    ("Ctrl+1 … Ctrl+5", "Go to a tab"),
    ("Left, Right (in a chart)", "Go to the previous or next point"),
)


class _TextDialog(QDialog):
    """A titled dialog with a Close button."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 18, 20, 16)
        self.body.setSpacing(12)

    def finish(self, width: int, height: int) -> None:
        """Add the button and take a size."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setObjectName(f"{self.objectName()}-close")
        close.setAccessibleName(_tr("Close"))
        self.body.addWidget(buttons)
        self.resize(width, height)


class ShortcutSheet(_TextDialog):
    """All shortcuts, with what they do."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("shortcut-sheet", _tr("Keyboard shortcuts"), parent)
        native = QKeySequence.SequenceFormat.NativeText
        rows = [
            (", ".join(keys.toString(native) for keys in action.shortcuts()), plain_text(action))
            for action in actions
            if action.shortcuts()
        ]
        self.body.addWidget(
            _table(
                [*rows, *((keys, _tr(what)) for keys, what in _LOCAL_KEYS)], (_tr("Keys"), _tr("What they do")), self
            )
        )
        self.finish(520, 620)


class DataDictionary(_TextDialog):
    """Every table and field with its meaning; a field to search in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("data-dictionary", _tr("Data dictionary"), parent)
        self._search = QLineEdit(self)
        self._search.setObjectName("dictionary-search")
        self._search.setAccessibleName(_tr("Search the data dictionary"))
        self._search.setPlaceholderText(_tr("Find a field or table"))
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._on_search)
        rows = [(t.plural, f.label, f.name, f.help) for t in SCHEMA for f in t.fields]
        self._table = _table(rows, (_tr("Records"), _tr("Field"), _tr("Column"), _tr("Meaning")), self)
        self.body.addWidget(self._search)
        self.body.addWidget(self._table)
        self.finish(860, 640)

    def _on_search(self, text: str) -> None:
        wanted = fold(text)
        for row in range(self._table.rowCount()):
            cells = (self._table.item(row, column) for column in range(self._table.columnCount()))
            content = fold(" ".join(cell.text() for cell in cells if cell))
            self._table.setRowHidden(row, wanted not in content)


class About(_TextDialog):
    """What this is, in which version, and under which licences it and its parts stand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("about", _tr("About AZCN Desktop"), parent)
        row = QHBoxLayout()
        picture = PlainLabel("", self)
        picture.setPixmap(parent.windowIcon().pixmap(64, 64))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(picture)
        column = QVBoxLayout()
        name = PlainLabel(f"AZCN Desktop {__version__}", self)
        name.setProperty("role", "title")
        what = PlainLabel(
            _tr(
                "An offline reference for Azerbaijan-China economic relations: every figure and commitment with its "
                "source. No network, no account, one file of your own. MIT licence."
            ),
            self,
        )
        what.setWordWrap(True)
        what.setProperty("role", "muted")
        column.addWidget(name)
        column.addWidget(what)
        row.addLayout(column, 1)
        self.body.addLayout(row)
        versions = [(package, _version(package), licence) for package, licence in _LICENCES]
        own = [("Python", sys.version.split()[0], "PSF"), ("SQLite", SQLITE_VERSION, "public domain")]
        fonts = [("Inter", "4", "SIL Open Font Licence 1.1"), ("Noto Sans SC", "2", "SIL Open Font Licence 1.1")]
        rows = [*own, ("Qt", qVersion(), "LGPL 3"), *versions, *fonts]
        self.body.addWidget(_table(rows, (_tr("Part"), _tr("Version"), _tr("Licence")), self))
        self.body.addWidget(self._font_licences())
        self.finish(620, 600)

    def _font_licences(self) -> QPlainTextEdit:
        text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(resource("fonts").glob("*-LICENSE.txt")))
        box = QPlainTextEdit(text, self)
        box.setObjectName("licence-text")
        box.setAccessibleName(_tr("Licences of the fonts"))
        box.setReadOnly(True)
        box.setMaximumHeight(130)
        return box


def _tr(text: str) -> str:
    return QCoreApplication.translate("help", text)


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return _tr("not installed")


def _table(rows: Sequence[tuple[str, ...]], headers: tuple[str, ...], parent: QWidget) -> QTableWidget:
    table = QTableWidget(len(rows), len(headers), parent)
    table.setHorizontalHeaderLabels(list(headers))
    table.setObjectName(f"{parent.objectName()}-table")
    table.setAccessibleName(" and ".join(headers))
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setWordWrap(False)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.setItem(row, column, QTableWidgetItem(text))
    name_header(table).setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.resizeColumnsToContents()
    table.horizontalHeader().setSectionResizeMode(len(headers) - 1, QHeaderView.ResizeMode.Stretch)
    return table

"""The head of the import of statistics: which file, how it is read, and the ways to say it otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QPushButton, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.trade.layout import Layout

_FILES = "Statistics (*.csv *.tsv *.txt *.json *.xlsx *.gz *.zip *.parquet);;All files (*)"


class SourceHead(QWidget):
    """File and layout.

    Attributes:
        path: the file that was chosen last, as text; empty before.

    Signals:
        file_chosen(Path): another file.
        layout_chosen(str): the key of a layout.
        columns_requested(), forget_requested(), records_requested(): a link was clicked.
    """

    file_chosen = Signal(object)
    layout_chosen = Signal(str)
    columns_requested = Signal()
    forget_requested = Signal()
    records_requested = Signal()

    def __init__(self, theme: ThemeController, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.path = ""
        self._file = ElidedLine(self)
        self._file.setObjectName("statistics-import-file")
        self._file.setAccessibleName(self.tr("File to read"))
        self._file.setPlaceholderText(self.tr("CSV, TSV, JSON or Excel workbook, also packed with gzip or zip"))
        self._file.editingFinished.connect(self._on_file_typed)
        self._browse = self._button("statistics-import-browse", self.tr("Browse…"), self.tr("Choose the file to read"))
        self._browse.clicked.connect(self._on_browse_clicked)
        icons.set(self._browse, "open")
        self._layouts = QComboBox(self)
        self._layouts.setObjectName("statistics-import-layout")
        self._layouts.setAccessibleName(self.tr("How the file is read"))
        self._layouts.setMinimumWidth(theme.px(260))
        self._layouts.activated.connect(self._on_layout_activated)
        self._as_before = PlainLabel(self.tr("Columns as last time"), self)
        self._as_before.setObjectName("statistics-import-as-before")
        self._as_before.setProperty("role", "pill")
        self._columns = self._button("statistics-import-columns", self.tr("Change columns…"), self.tr("Change columns"))
        self._columns.clicked.connect(self.columns_requested)
        spoken = self.tr("Forget the columns of the last time")
        self._forget = self._button("statistics-import-forget", self.tr("Forget"), spoken)
        self._forget.clicked.connect(self.forget_requested)
        self._records = self._button("statistics-import-records", self.tr("Import as records…"), self.tr("As records"))
        self._records.clicked.connect(self.records_requested)
        for link in (self._columns, self._forget, self._records):
            link.setProperty("role", "link")
        self._lay_out(theme)

    def show_file(self, path: Path) -> None:
        """Show which file is read."""
        self.path = str(path)
        self._file.setText(self.path)
        self._file.setCursorPosition(0)

    def show_layouts(self, offered: Sequence[Layout], chosen: Layout | None) -> None:
        """Offer layouts, of which one is in force."""
        self._layouts.clear()
        known = [*([chosen] if chosen is not None and chosen not in offered else []), *offered]
        for layout in known:
            self._layouts.addItem(layout.title, layout.name)
        self._layouts.setCurrentIndex(self._layouts.findData(chosen.name) if chosen else -1)
        self._layouts.setEnabled(bool(known))

    def show_links(self, *, has_columns: bool, is_as_before: bool) -> None:
        """Offer what can be done now."""
        self._columns.setVisible(has_columns)
        self._as_before.setVisible(is_as_before)
        self._forget.setVisible(is_as_before)
        self._records.setVisible(bool(self.path))

    def _lay_out(self, theme: ThemeController) -> None:
        px = theme.px
        form = QGridLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(8))
        for row, (text, buddy) in enumerate(((self.tr("File"), self._file), (self.tr("Layout"), self._layouts))):
            caption = PlainLabel(text, self)
            caption.setBuddy(buddy)
            form.addWidget(caption, row, 0)
        form.addWidget(self._file, 0, 1)
        form.addWidget(self._browse, 0, 2)
        line = QHBoxLayout()
        line.setSpacing(px(8))
        for widget in (self._layouts, self._as_before, self._columns, self._forget):
            line.addWidget(widget)
        line.addStretch(1)
        line.addWidget(self._records)
        form.addLayout(line, 1, 1, 1, 2)
        form.setColumnStretch(1, 1)
        self.setFocusProxy(self._file)

    def _button(self, name: str, text: str, spoken: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        button.setAutoDefault(False)
        return button

    def _on_file_typed(self) -> None:
        text = self._file.text().strip()
        if text and text != self.path:
            self.file_chosen.emit(Path(text).expanduser())

    def _on_browse_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Import from"), self._file.text(), _FILES)
        if name:
            self.file_chosen.emit(Path(name))

    def _on_layout_activated(self) -> None:
        self.layout_chosen.emit(str(self._layouts.currentData()))

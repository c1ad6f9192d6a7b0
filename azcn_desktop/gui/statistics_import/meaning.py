"""One line of the mapping: what a part of a flow is called, and the column or the one value that tells it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.records import words
from azcn_desktop.records.kinds import Value

ALL_ROWS = "="
COLUMN = "c:"
_CONTEXT = "StatisticsMeaning"
# Meaning, label, and what may stand for all rows: a text to be typed with an example, or nothing.
Meaning = tuple[str, str, str]
REQUIRED: tuple[Meaning, ...] = (
    ("publisher", "Publisher", "State Customs Committee"),
    ("reporter", "Reporter", "Azerbaijan, AZ or AZE"),
    ("partner", "Partner", "China, CN or World"),
    ("flow", "Flow", "?"),
    ("period", "Period", "2024, 2024Q1 or 202401"),
    ("code", "Code of goods", "TOTAL"),
    ("value", "Value", ""),
    ("unit", "Currency and unit", "USD, 1000 USD or 10000 CNY"),
)
OPTIONAL: tuple[Meaning, ...] = (
    ("valuation", "Valuation", "?"),
    ("classification", "Classification", "H6, S4"),
    ("frequency", "Frequency", "?"),
    ("month", "Month beside the year", ""),
    ("is_cumulative", "Sum since January", "?"),
    ("net_weight_kg", "Net weight, kg", ""),
    ("quantity", "Quantity", ""),
    ("quantity_unit", "Unit of quantity", "pieces"),
)
_UNTOLD: dict[str, str] = {
    "valuation": "Imports CIF, exports FOB",
    "frequency": "As the periods tell",
    "is_cumulative": "No",
}
_LISTS: dict[str, tuple[tuple[str, Value], ...]] = {
    "flow": tuple((words.TRADE_FLOW.label(w), w) for w in words.TRADE_FLOW.words),
    "valuation": tuple((words.TRADE_VALUATION.label(w), w) for w in words.TRADE_VALUATION.words),
    "frequency": tuple((words.FREQUENCY.label(w), w) for w in words.FREQUENCY.words),
    "is_cumulative": (("Yes", 1), ("No", 0)),
}


class MeaningLine(QObject):
    """The widgets of one meaning in a grid: label, source, value for all rows, and words beside them.

    Signals:
        changed(): another column or value was chosen.
    """

    changed = Signal()

    def __init__(self, meaning: str, label: str, example: str, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self.meaning = meaning
        self._example = example
        spoken = QCoreApplication.translate(_CONTEXT, label)
        name = f"statistics-import-map-{meaning.replace('_', '-')}"
        self._caption = PlainLabel(spoken, parent)
        self.source = QComboBox(parent)
        self.source.setObjectName(name)
        self.source.setAccessibleName(spoken)
        self.source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setMinimumWidth(theme.px(210))
        self._caption.setBuddy(self.source)
        self._told = QWidget(parent)
        self.value: QLineEdit | QComboBox = QComboBox(self._told) if meaning in _LISTS else QLineEdit(self._told)
        self.value.setObjectName(f"{name}-value")
        self.value.setAccessibleName(self.tr("{}, the same for all rows").format(spoken))
        if isinstance(self.value, QComboBox):
            for text, word in _LISTS[meaning]:
                self.value.addItem(text, word)
            self.value.currentIndexChanged.connect(self._on_changed)
        else:
            self.value.setPlaceholderText(example)
            self.value.textEdited.connect(self._on_changed)
        self._words = ElidedLine(self._told)
        self._words.setReadOnly(True)
        self._words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._words.setProperty("role", "quiet")
        self._words.setObjectName(f"{name}-words")
        self._words.setAccessibleName(self.tr("{}, first values or what is wrong").format(spoken))
        row = QHBoxLayout(self._told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.value)
        row.addWidget(self._words, 1)
        self.value.setFixedWidth(theme.px(210))
        self.source.currentIndexChanged.connect(self._on_changed)

    def add_to(self, grid: QGridLayout, row: int) -> None:
        """Stand in a row of a grid of three columns."""
        grid.addWidget(self._caption, row, 0)
        grid.addWidget(self.source, row, 1)
        grid.addWidget(self._told, row, 2)

    def offer(self, names: Sequence[str], is_told: bool) -> None:
        """Offer the columns of a table.

        Args:
            names: of its columns, each once.
            is_told: the layout says it already.
        """
        untold = QCoreApplication.translate(_CONTEXT, _UNTOLD.get(self.meaning, "")) or self.tr("Not told")
        with QSignalBlocker(self.source):
            self.source.clear()
            self.source.addItem(self.tr("As the layout says") if is_told else untold, "")
            if self._example:
                self.source.addItem(self.tr("The same for all rows"), ALL_ROWS)
            self.source.insertSeparator(self.source.count())
            for name in names:
                self.source.addItem(" ".join(name.split()), COLUMN + name.strip())

    def choose(self, column: str = "", value: Value = None) -> None:
        """Choose a column by its name, or one value for all rows; neither leaves it untold."""
        data = COLUMN + column.strip() if column else ALL_ROWS if value is not None else ""
        value = None if column else value
        with QSignalBlocker(self.source), QSignalBlocker(self.value):
            self.source.setCurrentIndex(max(self.source.findData(data), 0))
            if isinstance(self.value, QComboBox):
                self.value.setCurrentIndex(max(self.value.findData(value), 0))
            else:
                self.value.setText("" if value is None else str(value))
        self._show_value()

    def column(self) -> str:
        """Return the chosen column; empty when it is told otherwise."""
        data = str(self.source.currentData() or "")
        return data.removeprefix(COLUMN) if data.startswith(COLUMN) else ""

    def fixed(self) -> Value:
        """Return the value for all rows; None when it is told otherwise, empty when nothing was typed yet."""
        if self.source.currentData() != ALL_ROWS:
            return None
        return self.value.currentData() if isinstance(self.value, QComboBox) else self.value.text().strip()

    @property
    def input(self) -> QWidget:
        """What a person would correct: the value for all rows, or the source."""
        return self.source if self.fixed() is None else self.value

    def say(self, examples: str, problem: str) -> None:
        """Show the first values of the column, or what is wrong."""
        text = problem or examples
        self._words.setText(text)
        self._words.setCursorPosition(0)
        set_property(self._words, "role", "quiet-error" if problem else "quiet-muted")
        self.source.setAccessibleDescription(problem)
        for widget in (self.source, self.value):
            set_property(widget, "invalid", bool(problem) and widget is self.input)

    def _show_value(self) -> None:
        self.value.setVisible(self.fixed() is not None)

    def _on_changed(self, *_: object) -> None:
        self._show_value()
        self.changed.emit()

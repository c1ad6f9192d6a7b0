"""An exchange rate that a person gives for comparing two currencies: how much, for when, and who states it.

Without a source there is no rate. It writes and accepts the rate in one step and closes only once that is done.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.words import RATE_CURRENCY, RATE_KIND
from azcn_desktop.trade.exchange_rates import Rate, state_and_accept

_WIDTH = 520
_LINES = ("period", "units_per_usd", "publisher", "url")


class RateDialog(QDialog):
    """One rate.

    Attributes:
        currency, kind: the lists.
        lines: period, units per dollar, publisher and address, by column.
        problems: the sentence under each line.

    Signals:
        written(str): what was stored, in words.
    """

    written = Signal(str)

    def __init__(self, workspace: Workspace, currency: str, period: str, parent: QWidget | None = None) -> None:
        """Ask for a rate.

        Args:
            workspace: where it goes.
            currency, period: what is likely meant; both can be changed.
            parent: the owner.
        """
        super().__init__(parent)
        self._workspace = workspace
        self._type = workspace.schema["exchange_rate"]
        self.setObjectName("dialog-rate")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Give an exchange rate"))
        self.setMinimumWidth(_WIDTH)
        self.currency = self._list("currency", self.tr("Currency"), RATE_CURRENCY.words, RATE_CURRENCY.label)
        self.currency.setCurrentIndex(max(0, self.currency.findData(currency)))
        self.kind = self._list("kind", self.tr("Kind"), RATE_KIND.words, RATE_KIND.label)
        labels = {
            "period": self.tr("Year or month"), "units_per_usd": self.tr("Units per US dollar"),
            "publisher": self.tr("Source"), "url": self.tr("Address (optional)"),
        }  # fmt: skip
        hints = {
            "period": self.tr("2024, or 2024-05 for a month"), "units_per_usd": "7.1",
            "publisher": self.tr("Who states it: a central bank, a yearbook"), "url": "https://",
        }  # fmt: skip
        self._labels = labels
        self.lines = {name: self._line(name, labels[name], hints[name]) for name in _LINES}
        self.lines["period"].setText(period)
        self.problems = {name: self._problem(name) for name in (*_LINES, "step")}
        self._lay_out()
        self.lines["units_per_usd"].setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Write and accept the rate, and close; else say beside the lines what can't be stored."""
        values: dict[str, Value] = {}
        problems = dict.fromkeys(self.problems, "")
        for name, line in self.lines.items():
            values[name], problems[name] = self._read(name, line.text().strip())
        for name, sentence in problems.items():
            self._tell(name, sentence)
        bad = next((name for name, sentence in problems.items() if sentence), None)
        if bad is not None:
            self.lines[bad].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        units = values["units_per_usd"]
        assert isinstance(units, int | float)
        rate = Rate(
            str(self.currency.currentData()), str(values["period"]), float(units), str(values["publisher"]),
            str(values["url"] or ""), str(self.kind.currentData()),
        )  # fmt: skip
        try:
            self._workspace.apply(state_and_accept(self._workspace.store, rate))
        except UserError as error:
            self._tell("step", str(error))
            return
        super().accept()
        words = self.tr("Stored and accepted: the rate of {} {}, {}")
        self.written.emit(words.format(rate.currency, rate.period, rate.publisher))

    def _read(self, name: str, typed: str) -> tuple[Value, str]:
        """Return the value of a line and what is wrong with it."""
        field = self._type.field(name)
        try:
            value = field.kind.read(name, typed)[name] if typed else None
        except ValueError as error:
            return None, str(error)
        if value is None and field.is_required:
            if name == "publisher":
                return None, self.tr("A rate needs its source: write who states it.")
            return None, self.tr("{} is missing.").format(self._labels[name])
        problem = field.kind.check(name, {name: value}) or ""
        if name == "period" and not problem and len(str(value)) not in (len("2024"), len("2024-05")):
            problem = self.tr("A rate holds for a year or a month: write 2024, or 2024-05.")
        return value, problem

    def _tell(self, name: str, sentence: str) -> None:
        self.problems[name].setText(sentence)
        self.problems[name].setVisible(bool(sentence))
        if name in self.lines:
            set_property(self.lines[name], "invalid", "true" if sentence else "false")

    # -- parts

    def _list(self, name: str, label: str, words: tuple[str, ...], label_of: object) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(f"rate-{name}")
        box.setAccessibleName(label)
        assert callable(label_of)
        for word in words:
            box.addItem(label_of(word), word)
        return box

    def _line(self, name: str, label: str, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"rate-{name.replace('_', '-')}")
        line.setAccessibleName(label)
        line.setPlaceholderText(hint)
        return line

    def _problem(self, name: str) -> QLabel:
        label = wrapped("", "error", self)
        label.setObjectName(f"rate-problem-{name.replace('_', '-')}")
        label.hide()
        return label

    def _lay_out(self) -> None:
        what = self.tr(
            "It is stored as a record with its source, and values of that year are compared at it. They are marked as "
            "converted. Of a year whose twelve months have rates and that has none itself, their mean is taken, and "
            "said to be computed. Undo takes it back."
        )
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.addRow(self.tr("Currency"), self.currency)
        form.addRow(self.tr("Kind"), self.kind)
        for name, line in self.lines.items():
            form.addRow(self._labels[name], line)
            form.addRow("", self.problems[name])
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(wrapped(what, "muted", self))
        column.addLayout(form)
        column.addWidget(self.problems["step"])
        column.addWidget(decision_buttons(self, "rate-accept", self.tr("Compare at this rate")))

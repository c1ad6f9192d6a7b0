"""Naming a source: one that is there already, found by typing, or a new one; with the words quoted from it.

A part of dialogs. Says in words what can't be stored, beside the line that it concerns, and keeps the typing. Writes
nothing.
"""

from __future__ import annotations

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.query import Condition, Query
from azcn_desktop.store.store import Store

_FIELDS = ("publisher", "title", "published", "url")
_QUOTE_PX = 76


class SourceForm(QWidget):
    """A source and a quote.

    Attributes:
        picker: the line that finds a source.
        inputs: the lines for a new one, by field.
        quote: the words of the source.
        problem: what is wrong, in words; hidden while nothing is.
    """

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._type = store.schema["source"]
        self._pick: Pick | None = None
        self.picker = LinkPicker(store, ("source",), self, can_create=False)
        self.picker.setObjectName("source-picker")
        self.picker.setAccessibleName(self.tr("Find a source"))
        self.picker.setPlaceholderText(self.tr("Type a part of publisher, title or address"))
        self.picker.setClearButtonEnabled(True)
        self.picker.chosen.connect(self.on_picked)
        self.picker.textEdited.connect(self.on_picker_edited)
        self.inputs = {name: self._input(name) for name in _FIELDS}
        self.quote = QPlainTextEdit(self)
        self.quote.setObjectName("source-quote")
        self.quote.setAccessibleName(self.tr("Quote"))
        self.quote.setTabChangesFocus(True)
        self.quote.setFixedHeight(_QUOTE_PX)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("source-problem")
        self.problem.hide()
        self._lay_out()

    def refuse(self) -> bool:
        """Say what can't be stored; return whether anything can't."""
        problems = self._problems()
        for name, line in self.inputs.items():
            set_property(line, "invalid", "true" if name in problems else "false")
        set_property(self.quote, "invalid", "true" if "quote" in problems else "false")
        self.problem.setText(" ".join(problems.values()))
        self.problem.setVisible(bool(problems))
        return bool(problems)

    def go_to_problem(self) -> None:
        """Put the cursor into the first line that can't be stored."""
        for name in self._problems():
            (self.quote if name == "quote" else self.inputs[name]).setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def source(self) -> int | dict[str, Value]:
        """Return an existing source by id, or a new one by its values. Raises ValueError for what is refused."""
        key = self._pick.key if self._pick else self._same_address()
        return self._values() if key is None else key

    def quoted(self) -> str | None:
        """Return the words of the source."""
        return self.quote.toPlainText().strip() or None

    def on_picked(self, pick: Pick) -> None:
        """Take a source that is there; the lines for a new one are not needed then."""
        self._pick = pick
        self._set_new_enabled(False)
        self.quote.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_picker_edited(self) -> None:
        """Forget the choice when it is typed over."""
        self._pick = None
        self._set_new_enabled(True)

    def _set_new_enabled(self, is_enabled: bool) -> None:
        for line in self.inputs.values():
            line.setEnabled(is_enabled)

    def _values(self) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, line in self.inputs.items():
            values |= self._type.field(name).kind.read(name, line.text().strip())
        return values

    def _problems(self) -> dict[str, str]:
        """Return what is wrong: name of the line and sentence."""
        citation = self._store.schema["citation"].field("quote")
        quote = citation.kind.check("quote", {"quote": self.quoted()})
        problems = {"quote": quote} if quote else {}
        return problems if self._pick else self._problems_of_new() | problems

    def _problems_of_new(self) -> dict[str, str]:
        problems: dict[str, str] = {}
        for name, line in self.inputs.items():
            field = self._type.field(name)
            label = QCoreApplication.translate("catalogue", field.label)
            try:
                problem = field.kind.check(name, field.kind.read(name, line.text().strip()))
            except ValueError as error:
                problem = str(error)
            if problem:
                problems[name] = f"{label}: {problem}"
        if not problems and not any(self.inputs[name].text().strip() for name in ("publisher", "title", "url")):
            problems["publisher"] = self.tr("Pick a source, or give at least a publisher, a title or an address.")
        return problems

    def _same_address(self) -> int | None:
        """Return the source that has the typed address already, so that one page stays one source."""
        address = self.inputs["url"].text().strip()
        if not address:
            return None
        keys = self._store.keys(Query("source", conditions=(Condition("url", "is", (address,)),)))
        return next((r.key for r in self._store.rows("source", keys) if r.values.get("url") == address), None)

    def _input(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(f"source-{name}")
        line.setAccessibleName(QCoreApplication.translate("catalogue", self._type.field(name).label))
        line.setPlaceholderText(self._type.field(name).kind.example if name in ("published", "url") else "")
        return line

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._heading(self.tr("A source that is here already")))
        column.addWidget(self.picker)
        column.addSpacing(4)
        column.addWidget(self._heading(self.tr("Or a new one")))
        form = QtWidgets.QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(6)
        for name, line in self.inputs.items():
            form.addRow(QCoreApplication.translate("catalogue", self._type.field(name).label), line)
        column.addLayout(form)
        column.addSpacing(4)
        column.addWidget(self._heading(self.tr("The words of the source (optional)")))
        column.addWidget(self.quote)
        column.addWidget(self.problem)

    def _heading(self, text: str) -> QLabel:
        label = PlainLabel(text, self)
        label.setProperty("role", "section")
        return label

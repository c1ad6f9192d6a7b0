"""Looking at a commitment again: what was found, when, in words, and the source that says so.

It writes the step itself and closes only once that is done, so that a refusal, also one of the file, leaves every word
where it was typed.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.errors import UserError
from azcn_desktop.gui.sources.source_form import SourceForm
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import date_bounds, date_words
from azcn_desktop.records.kinds import Choice, Value
from azcn_desktop.store.check_history import checked_field, looks
from azcn_desktop.store.edits import check
from azcn_desktop.store.records import Record

_WIDTH = 820
_EXAMPLE = "12 May 2026, May 2026"


class CheckDialog(QDialog):
    """A dated look at a record with its source.

    Attributes:
        found: the status that was found.
        checked_on: the day.
        finding: in words.
        form: the source and its words.
        problems: the sentence beside each field.
    """

    def __init__(self, workspace: Workspace, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._record = workspace, record
        field = checked_field(record.record_type)
        assert field is not None
        assert isinstance(field.kind, Choice)
        self._field, self._choice = field, field.kind
        self._type = workspace.schema[field.checked_by]
        self.setObjectName("dialog-check")
        self.setWindowTitle(self.tr("Check a commitment"))
        self.setMinimumWidth(_WIDTH)
        self.found = self._made_list()
        self._read_back = PlainLabel("", self)
        self._read_back.setProperty("role", "faint")
        self._read_back.setWordWrap(True)
        self.checked_on = self._made_day()
        self.finding = self._made_finding()
        self.form = SourceForm(workspace.store, self)
        self.problems = {name: self._made_problem(name) for name in (field.name, "checked_on", "finding", "step")}
        self._lay_out()
        self.on_day_edited()

    def start_with(self, typed: str) -> None:
        """Choose the first status that begins with what was typed over the old one."""
        row = self.found.findText(typed, Qt.MatchFlag.MatchStartsWith) if typed else -1
        if row >= 0:
            self.found.setCurrentIndex(row)

    def accept(self) -> None:
        """Write the check and close; else say beside the fields what can't be stored."""
        if self._refuse():
            return
        try:
            self._workspace.apply(
                check(
                    self._workspace.store,
                    self._record.table,
                    self._record.key,
                    self._values(),
                    self.form.source(),
                    self.form.quoted(),
                )
            )
        except UserError as error:
            self._tell("step", str(error))
            return
        super().accept()

    def on_day_edited(self) -> None:
        """Say how the day is understood, and whether a later look is recorded already."""
        self._tell("checked_on", "")
        try:
            day = self._day()
        except ValueError:
            words = self.tr("For instance {}").format(_EXAMPLE)
        else:
            words = date_words(day) if day else ""
            later = self._later_than(day)
            if later:
                words = self.tr("{}. A later check found: {}. The status stays.").format(words, later)
        self._read_back.setText(words)

    # -- what was typed

    def _day(self) -> str | None:
        value = self._type.field("checked_on").kind.read("checked_on", self.checked_on.text().strip())["checked_on"]
        return str(value) if value else None

    def _values(self) -> dict[str, Value]:
        found = str(self.found.currentData())
        return {
            self._field.name: found,
            "checked_on": self._day(),
            "finding": self.finding.toPlainText().strip() or None,
        }

    def _refuse(self) -> bool:
        """Say what can't be stored; the first such field gets the cursor."""
        own = {"checked_on": self._problem_of_day(), "finding": self._problem_of_finding(), "step": ""}
        for name, sentence in own.items():
            self._tell(name, sentence)
        is_source_bad = self.form.refuse()
        if own["checked_on"]:
            self.checked_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif own["finding"]:
            self.finding.setFocus(Qt.FocusReason.OtherFocusReason)
        elif is_source_bad:
            self.form.go_to_problem()
        return is_source_bad or any(own.values())

    def _problem_of_day(self) -> str:
        try:
            day = self._day()
        except ValueError as error:
            return str(error)
        if day is None:
            return self.tr("A check needs the day on which you looked; a month or a year will do.")
        if date_bounds(day)[0] > self._workspace.store.today().isoformat():
            return self.tr("That day is still to come. Give the day on which you looked.")
        return self._type.field("checked_on").kind.check("checked_on", {"checked_on": day}) or ""

    def _problem_of_finding(self) -> str:
        text = self.finding.toPlainText().strip() or None
        return self._type.field("finding").kind.check("finding", {"finding": text}) or ""

    def _later_than(self, day: str | None) -> str:
        """Return what the newest look found, if it is later than a day."""
        newest = next(iter(looks(self._workspace.store, self._record.table, self._record.key)), None)
        if day is None or newest is None or newest.checked_on is None:
            return ""
        is_later = date_bounds(newest.checked_on)[1] > date_bounds(day)[1]
        return f"{self._choice.label(newest.found)}, {date_words(newest.checked_on)}" if is_later else ""

    def _tell(self, name: str, sentence: str) -> None:
        label = self.problems[name]
        label.setText(sentence)
        label.setVisible(bool(sentence))
        if name in ("checked_on", "finding"):
            set_property(getattr(self, name), "invalid", "true" if sentence else "false")

    # -- parts

    def _made_list(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("check-status")
        box.setAccessibleName(self.tr("What was found"))
        for word in self._choice.words:
            box.addItem(self._choice.label(word), word)
        box.setCurrentIndex(box.findData(self._record.values.get(self._field.name)))
        return box

    def _made_day(self) -> QLineEdit:
        line = QLineEdit(date_words(self._workspace.store.today().isoformat()), self)
        line.setObjectName("check-day")
        line.setAccessibleName(QCoreApplication.translate("catalogue", self._type.field("checked_on").label))
        line.textChanged.connect(self.on_day_edited)
        return line

    def _made_finding(self) -> QPlainTextEdit:
        edit = QPlainTextEdit(self)
        edit.setObjectName("check-finding")
        edit.setAccessibleName(QCoreApplication.translate("catalogue", self._type.field("finding").label))
        edit.setPlaceholderText(self.tr("What you found, in a sentence or two"))
        edit.setTabChangesFocus(True)
        return edit

    def _made_problem(self, name: str) -> QLabel:
        label = wrapped("", "error", self)
        label.setObjectName(f"check-problem-{name.replace('_', '-')}")
        label.hide()
        return label

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        title = wrapped(self._record.title, "title", self)
        column.addWidget(title)
        sides = QHBoxLayout()
        sides.setSpacing(28)
        sides.addLayout(self._left(), 1)
        sides.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(sides, 1)
        column.addWidget(self.problems["step"])
        column.addWidget(decision_buttons(self, "check-add", self.tr("Add check")))

    def _left(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(6)
        now = self._record.show(self._field.name)
        for heading, widgets in (
            (self.tr("What was found (now: {})").format(now), (self.found, self.problems[self._field.name])),
            (self.tr("Checked on"), (self.checked_on, self._read_back, self.problems["checked_on"])),
            (self.tr("In words (optional)"), (self.finding, self.problems["finding"])),
        ):
            label = PlainLabel(heading, self)
            label.setProperty("role", "section")
            left.addWidget(label)
            for widget in widgets:
                left.addWidget(widget, 1 if widget is self.finding else 0)
            left.addSpacing(6)
        return left

"""The pane under the conflicts: the figure that is selected, why it differs, and what can be done with it.

Shows words and asks by signals; ranks and writes nothing.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from azcn_desktop.evidence.conflicts import Disagreement, Member
from azcn_desktop.gui.figures.conflict_model import cause_words, heading, spread_words
from azcn_desktop.gui.figures.figure_words import Behind
from azcn_desktop.gui.widgets.flow_layout import FlowLayout
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.records import words

ACTIONS = ("prefer", "deprecate", "make-normal", "open", "show-in-table")
_BUTTONS = ACTIONS[:4]


class ConflictDetails(QFrame):
    """Words and buttons for one figure, or words for a whole conflict.

    Signals:
        asked(str): one of `ACTIONS` was chosen for the figure.
        cause_chosen(str or None): a person says why the figure differs; None leaves it to the suggestion.
    """

    asked = Signal(str)
    cause_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conflict-details")
        self.setAccessibleName(self.tr("The selected figure"))
        self.setProperty("role", "divided")
        self._title = wrapped("", "section", self)
        self._behind = wrapped("", "muted", self)
        self._why = wrapped("", "", self)
        self._reason = wrapped("", "muted", self)
        self._cause = QComboBox(self)
        self._cause.setObjectName("conflict-cause")
        self._cause.setAccessibleName(self.tr("Why it differs"))
        self._cause.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._cause.addItem("", None)
        for word in words.CONFLICT_CAUSE.words:
            self._cause.addItem(words.CONFLICT_CAUSE.label(word), word)
        self._cause.activated.connect(self._on_cause_activated)
        self._buttons = {name: self._button(name) for name in _BUTTONS}
        self._tools = QWidget(self)
        tools = FlowLayout(self._tools, gap=8)
        label = PlainLabel(self.tr("Why it differs"), self._tools)
        label.setProperty("role", "muted")
        label.setBuddy(self._cause)
        for widget in (label, self._cause, *self._buttons.values()):
            tools.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._tools.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 14, 10)
        column.setSpacing(4)
        for widget in (self._title, self._behind, self._why, self._reason):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self._tools)

    def show_nothing(self) -> None:
        """Say that nothing is selected."""
        self.hide()

    def show_conflict(self, conflict: Disagreement) -> None:
        """Show a conflict as a whole."""
        what, count = heading(conflict)
        self._say(what, ", ".join(part for part in (count, spread_words(conflict)) if part), _why(conflict), "")
        self._tools.hide()
        self.show()

    def show_member(self, conflict: Disagreement, member: Member, behind: Behind | None, can_edit: bool) -> None:
        """Show a figure, what stands behind it, and what can be done."""
        what, _ = heading(conflict)
        printed = self.tr("As printed: “{}”").format(behind.printed) if behind and behind.printed else ""
        line = " · ".join(part for part in (printed, behind.line if behind else "") if part)
        reason = self.tr("Reason for its rank: {}").format(behind.reason) if behind and behind.reason else ""
        why = member.why if member.cause else ""
        self._say(f"{what}: {member.words}", line, why, "" if reason.endswith(why) and why else reason)
        self._offer(member, can_edit)
        self._tools.show()
        self.show()

    def _say(self, title: str, behind: str, why: str, reason: str) -> None:
        for label, text in ((self._title, title), (self._behind, behind), (self._why, why), (self._reason, reason)):
            label.setText(text)
            label.setVisible(bool(text))

    def _offer(self, member: Member, can_edit: bool) -> None:
        suggested = "" if member.is_judged or not member.cause else words.CONFLICT_CAUSE.label(member.cause)
        with QSignalBlocker(self._cause):
            self._cause.setItemText(
                0, self.tr("Suggested: {}").format(suggested.lower()) if suggested else self.tr("Not judged")
            )
            self._cause.setCurrentIndex(self._cause.findData(member.cause) if member.is_judged else 0)
        self._cause.setEnabled(can_edit)
        for name, ranks in (
            ("prefer", ("normal", "deprecated")),
            ("deprecate", ("normal", "preferred")),
            ("make-normal", ("preferred", "deprecated")),
        ):
            self._buttons[name].setVisible(member.rank in ranks)
            self._buttons[name].setEnabled(can_edit)
        normal = self.tr("No longer prefer") if member.rank == "preferred" else self.tr("No longer deprecate")
        self._buttons["make-normal"].setText(normal)
        self._buttons["make-normal"].setAccessibleName(normal)

    def _button(self, name: str) -> QPushButton:
        labels = {
            "prefer": self.tr("Prefer this figure…"),
            "deprecate": self.tr("Deprecate…"),
            "make-normal": self.tr("No longer prefer"),
            "open": self.tr("Open record"),
        }
        button = QPushButton(labels[name], self)
        button.setObjectName(f"conflict-{name}")
        button.setAccessibleName(labels[name])
        button.clicked.connect(partial(self._on_clicked, name))
        return button

    def _on_clicked(self, name: str, is_checked: bool = False) -> None:
        self.asked.emit(name)

    def _on_cause_activated(self, row: int) -> None:
        self.cause_chosen.emit(self._cause.itemData(row, Qt.ItemDataRole.UserRole))


def _why(conflict: Disagreement) -> str:
    cause = cause_words(conflict)
    return f"{cause}: {conflict.why}" if cause else conflict.why

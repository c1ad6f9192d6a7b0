"""Why both sides differ in a year or a chapter: a cause from the closed list, in words, and the source of both.

It writes the step itself and closes only once that is done, so that a refusal leaves every word where it was typed.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.words import MIRROR_CAUSE
from azcn_desktop.trade.mirror import Gap
from azcn_desktop.trade.mirror_causes import Cause, note_cause

_WIDTH = 560
_HEIGHT = 110


class CauseDialog(QDialog):
    """One cause of one gap.

    Attributes:
        cause: the list.
        text: in words.
        source: where that stands; empty for no source.

    Signals:
        written(str): what was stored, in words; not sent where nothing was changed.
    """

    written = Signal(str)

    def __init__(
        self, workspace: Workspace, gap: Gap, heading: str, present: Cause | None = None, parent: QWidget | None = None
    ) -> None:
        """Ask for a cause.

        Args:
            workspace: where it goes.
            gap: what is explained.
            heading: the gap in words.
            present: the cause that is to say something else; None makes a new one.
            parent: the owner.
        """
        super().__init__(parent)
        self._workspace, self._gap, self._present = workspace, gap, present
        self.setObjectName("dialog-cause")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Cause of a gap"))
        self.setMinimumWidth(_WIDTH)
        self.cause = QComboBox(self)
        self.cause.setObjectName("cause-word")
        self.cause.setAccessibleName(self.tr("Cause"))
        for word in MIRROR_CAUSE.words:
            self.cause.addItem(MIRROR_CAUSE.label(word), word)
        self.text = QPlainTextEdit(present.text if present else "", self)
        self.text.setObjectName("cause-text")
        self.text.setAccessibleName(self.tr("In words"))
        self.text.setPlaceholderText(self.tr("What is known of it, and from where"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_HEIGHT)
        if present is not None:
            self.cause.setCurrentIndex(self.cause.findData(present.cause))
        self.source = LinkPicker(workspace.store, ("source",), self, can_create=False)
        self.source.setObjectName("cause-source")
        self.source.setAccessibleName(self.tr("Source"))
        self.source.setPlaceholderText(self.tr("Type a part of its title or publisher"))
        self.source.chosen.connect(self.on_source_chosen)
        self._picked = self._present_source()
        self.source.setText(self._picked.text)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("cause-problem")
        self.problem.hide()
        self._lay_out(heading)

    def accept(self) -> None:
        """Write the cause and close; else say what can't be stored."""
        text = self.text.toPlainText().strip()
        kind = self._workspace.schema["mirror_note"].field("text").kind
        problem, label = kind.check("text", {"text": text or None}) or "", ""
        is_unknown = not problem and self._names_no_source()
        if is_unknown:
            problem = self.tr("Choose the source from the list, or leave the line empty.")
        if not problem:
            gap, present = self._gap, self._present
            cause = Cause(gap.direction, gap.year, str(self.cause.currentData()), text, gap.chapter)
            cause = replace(cause, source=self._picked.key, key=present.key if present else cause.key)
            try:
                step = note_cause(self._workspace.store, cause)
                label = self._workspace.apply(step).label if step.changes else ""
            except UserError as error:
                problem = str(error)
        set_property(self.source, "invalid", "true" if is_unknown else "false")
        set_property(self.text, "invalid", "true" if problem and not is_unknown else "false")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if not problem:
            super().accept()
            if label:
                self.written.emit(self.tr("Stored: {}").format(label[:1].lower() + label[1:]))

    def on_source_chosen(self, pick: Pick) -> None:
        """Remember which source was meant."""
        self._picked = pick

    def _present_source(self) -> Pick:
        key = self._present.source if self._present else None
        if key is None:
            return Pick()
        return Pick("source", key, self._workspace.store.titles("source", [key]).get(key, ""))

    def _names_no_source(self) -> bool:
        """Tell whether the line holds words that are no source of the list; an empty line means none."""
        typed = self.source.text().strip()
        if not typed:
            self._picked = Pick()
        return typed != self._picked.text.strip()

    def _lay_out(self, heading: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(heading, "section", self))
        for formula in self._gap.formulas:
            column.addWidget(wrapped(formula, "muted", self))
        for label, field in (
            (self.tr("Cause"), self.cause), (self.tr("In words (optional)"), self.text),
            (self.tr("Source (optional)"), self.source),
        ):  # fmt: skip
            title = PlainLabel(label, self)
            title.setProperty("role", "heading")
            column.addWidget(title)
            column.addWidget(field)
        column.addWidget(self.problem)
        column.addWidget(decision_buttons(self, "cause-accept", self.tr("Write down")))

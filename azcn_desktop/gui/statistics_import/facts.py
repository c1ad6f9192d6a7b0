"""What is kept of an imported file itself: title, publisher, licence, day of download, name and checksum.

A person may say it better than the file does; what is typed stays while the same file is looked at again.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from azcn_desktop.gui.statistics_import.work import Facts
from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.elided_line import ElidedLine
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.records.catalogue import DATASET
from azcn_desktop.trade.importing import ImportPlan


class FactsForm(QWidget):
    """The facts of a dataset that will be made.

    Signals:
        changed(): something was typed.
    """

    changed = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._path: Path | None = None
        self._proposed = Facts()
        self._inputs: dict[str, QLineEdit] = {}
        self._printed: dict[str, ElidedLine] = {}
        self._problem = PlainLabel("", self)
        self._problem.setObjectName("statistics-import-facts-problem")
        self._problem.setProperty("role", "error")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.px(12), 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(self._labels()):
            caption = PlainLabel(label, self)
            caption.setProperty("role", "muted")
            is_typed = name in ("title", "licence", "retrieved_on", "note")
            widget: QWidget = self._made_input(name, label) if is_typed else self._made_print(name, label)
            caption.setBuddy(widget)
            grid.addWidget(caption, row, 0)
            grid.addWidget(widget, row, 1)
        grid.addWidget(self._problem, grid.rowCount(), 1)
        grid.setRowStretch(grid.rowCount(), 1)

    def show_plan(self, plan: ImportPlan, written_ns: int) -> None:
        """Show what will be kept of a file; what was typed for the same file stays.

        Args:
            plan: what is going to be imported.
            written_ns: when the file was written, which is mostly the day of its download.
        """
        day = datetime.datetime.fromtimestamp(written_ns / 1e9, datetime.UTC).date().isoformat()
        publishers = " · ".join(dict.fromkeys(part.publisher for part in plan.coverage)) or plan.layout.publisher
        self._printed["publisher"].setText(publishers)
        self._printed["file_name"].setText(plan.facts.path.name)
        self._printed["sha256"].setText(plan.facts.sha256)
        for printed in self._printed.values():
            printed.setCursorPosition(0)
        if plan.facts.path == self._path:
            return
        self._path = plan.facts.path
        note, licence = plan.mapping.note or " ".join(plan.notes), plan.mapping.licence or plan.layout.licence
        self._proposed = Facts(plan.title[:300], licence, day, note)
        for name, line in self._inputs.items():
            line.setText(getattr(self._proposed, name))
            line.setCursorPosition(0)
        self._on_edited()

    def facts(self) -> Facts:
        """Return what a person said otherwise than proposed; a day is in ISO 8601."""
        typed = {name: line.text().strip() for name, line in self._inputs.items()}
        said = {name: text for name, text in typed.items() if text != getattr(self._proposed, name)}
        if "retrieved_on" in said:
            said["retrieved_on"] = str(DATASET.field("retrieved_on").kind.parse(said["retrieved_on"]) or "")
        return Facts(**said)

    def problem(self) -> str:
        """Return why what was typed can't be kept; empty when it can."""
        for name, line in self._inputs.items():
            field = DATASET.field(name)
            try:
                value = field.kind.parse(line.text())
            except ValueError as error:
                return f"{field.label}: {error}"
            if problem := field.kind.check(name, {name: value}):
                return f"{field.label}: {problem}"
        return ""

    def _labels(self) -> list[tuple[str, str]]:
        return [
            ("title", self.tr("Title")), ("publisher", self.tr("Publisher")), ("licence", self.tr("Licence")),
            ("retrieved_on", self.tr("Downloaded on")), ("note", self.tr("Note")), ("file_name", self.tr("File")),
            ("sha256", self.tr("SHA-256")),
        ]  # fmt: skip

    def _made_input(self, name: str, label: str) -> QLineEdit:
        line = ElidedLine(self)
        line.setObjectName(f"statistics-import-{name.replace('_', '-')}")
        line.setAccessibleName(label)
        line.textEdited.connect(self._on_edited)
        self._inputs[name] = line
        return line

    def _made_print(self, name: str, label: str) -> ElidedLine:
        """Return a line that can be read and copied, however long it is."""
        line = ElidedLine(self)
        line.setReadOnly(True)
        line.setProperty("role", "quiet")
        line.setObjectName(f"statistics-import-{name.replace('_', '-')}")
        line.setAccessibleName(label)
        line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._printed[name] = line
        return line

    def _on_edited(self) -> None:
        problem = self.problem()
        self._problem.setText(problem)
        for name, line in self._inputs.items():
            set_property(line, "invalid", problem.startswith(f"{DATASET.field(name).label}: "))
        self.changed.emit()

"""The status line: which file, how much is in it, and whether everything is saved.

A sentence that has no room beside the counts takes theirs while it is shown; one that has no room there either is shown
whole in a box above the line.
"""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QRect, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from azcn_desktop.gui.job_runner import Job, JobRunner, Urgency
from azcn_desktop.gui.pages import TABS
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.callout import Callout
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_MESSAGE_MS, _LETTER_MS = 6_000, 60
_GAP_PX = 12


class StatusLine(QStatusBar):
    """File and counts on the left, messages in between, running work and Saved or Read-only on the right."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None, jobs: JobRunner | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-line")
        self.setAccessibleName(self.tr("Status"))
        self.setSizeGripEnabled(False)
        self._workspace = workspace
        self._reading = Reading(workspace, jobs, self.tr("Count records"), self, Urgency.COUNTED)
        self._reading.answered.connect(self._show_counts)
        self._job: Job | None = None
        self._file = self._label("status-file", "faint")
        self._message = self._label("status-message", "muted", ElidedLabel)
        self._work = self._label("status-work", "muted")
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("cancel-work")
        self._cancel.setAccessibleName(self.tr("Cancel the running work"))
        self._cancel.clicked.connect(self._on_cancel)
        self._state = self._label("status-state", "muted")
        self._fade = QTimer(self)
        self._fade.setSingleShot(True)
        self._fade.timeout.connect(self._take_away)
        self.addWidget(self._file)
        self.addWidget(self._message, 1)
        for widget in (self._work, self._bar, self._cancel, self._state):
            self.addPermanentWidget(widget)
        self._show_work(False)
        workspace.opened.connect(self.refresh)
        workspace.changed.connect(self._on_workspace_changed)
        workspace.busy_changed.connect(self.refresh)
        workspace.closing.connect(self._file.clear)

    def refresh(self) -> None:
        """Say anew what is open and whether it is saved."""
        if not self._workspace.is_open:
            return
        store = self._workspace.store
        if not self._file.text():
            self._file.setText(store.path.name)
        self._reading.ask(_counts, at_once=not store.is_large(*(page.table for page in TABS)))
        self._state.setText(self.tr("Read-only") if store.is_read_only else self.tr("Saved"))
        set_property(self._state, "role", "warning" if store.is_read_only else "muted")

    def finish(self) -> None:
        """Count now what is still to be counted."""
        self._reading.finish()

    def tell(self, text: str, is_problem: bool = False) -> None:
        """Show a sentence for some seconds, a long one for as long as it takes to read."""
        set_property(self._message, "role", "error" if is_problem else "muted")
        self._message.setText(text)
        self._message.setAccessibleDescription(text)
        self._make_room()
        self._fade.start(max(_MESSAGE_MS, _LETTER_MS * len(text)))

    def follow(self, job: Job) -> None:
        """Show a running job with its progress and a way to cancel it."""
        self._job = job
        self._work.setText(job.label)
        self._bar.setRange(0, 0)
        self._show_work(True)
        job.progressed.connect(self._on_progressed)
        job.ended.connect(self._on_job_ended)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the sentence whole at the new width."""
        super().resizeEvent(event)
        if self._message.text():
            self._make_room()

    @cached_property
    def _box(self) -> Callout:
        """What shows a sentence whole that has no room on the line; made with the first one."""
        return Callout(self._message, QRect)

    def _make_room(self) -> None:
        """Give the sentence the room of the counts where it needs that, and a box where it needs more."""
        text, file = self._message.text(), self._file
        needed = self._message.fontMetrics().horizontalAdvance(text)
        right = min((w.x() for w in (self._work, self._state) if not w.isHidden()), default=self.width())
        room = right - _GAP_PX
        file.setVisible(not text or needed <= room - file.sizeHint().width() - 2 * _GAP_PX)
        is_problem = self._message.property("role") == "error"
        self._box.tell(text if needed > room - _GAP_PX else "", "error" if is_problem else "plain")

    def _take_away(self) -> None:
        """Show nothing but the file and its counts."""
        self._message.clear()
        self._make_room()

    def _show_counts(self, counts: list[int]) -> None:
        plurals = (self._workspace.schema[page.table].plural.lower() for page in TABS)
        words = (f"{count:,} {plural}" for count, plural in zip(counts, plurals, strict=True))
        self._file.setText(f"{self._workspace.store.path.name} · {', '.join(words)}")

    def _label(self, name: str, role: str, kind: type[PlainLabel] = PlainLabel) -> QLabel:
        label = kind("", self)
        label.setObjectName(name)
        label.setProperty("role", role)
        return label

    def _show_work(self, is_shown: bool) -> None:
        for widget in (self._work, self._bar, self._cancel):
            widget.setVisible(is_shown)

    def _on_progressed(self, done: int, total: int, note: str) -> None:
        self._bar.setRange(0, 100 if total else 0)
        self._bar.setValue(int(100 * done / total) if total else 0)
        if note and self._job:
            self._work.setText(f"{self._job.label}: {note}")

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        if self._message.property("role") == "error":  # whatever was refused has been put right
            self._take_away()
        if self._workspace.schema.has_records(notice.tables):
            self.refresh()

    def _on_job_ended(self) -> None:
        self._job = None
        self._show_work(False)

    def _on_cancel(self) -> None:
        if self._job:
            self._job.cancel()


def _counts(store: Store, _progress: Progress) -> list[int]:
    return [store.count(Query(page.table)) for page in TABS]

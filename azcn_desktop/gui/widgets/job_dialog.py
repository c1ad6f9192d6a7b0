"""A dialog that asks, runs one job on the worker, and says how it went.

Holds what such dialogs share: progress, message, the two buttons, cancel. What is asked, and what the result is good
for, is theirs.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.gui.job_runner import Job
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.plain_label import PlainLabel


class JobDialog(QDialog):
    """The base of dialogs that run one job at a time.

    A dialog of this kind overrides `show_running` to lock its choices and `take_result` to use what the job returned.
    """

    def __init__(self, name: str, title: str, parts: DialogParts, parent: QWidget | None) -> None:
        """Make the shared parts.

        Args:
            name: begins the object names: `export` gives `export-dialog`, `export-start` and so on.
            title: of the window, and the word on the button that starts.
            parts: the open file, the worker and the look.
            parent: the window.
        """
        super().__init__(parent)
        self.setObjectName(f"{name}-dialog")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace, self._jobs = parts.workspace, parts.jobs
        self._theme, self._icons = parts.theme, parts.icons
        self._job: Job | None = None
        self._title = PlainLabel(title, self)
        self._title.setProperty("role", "title")
        self._bar = QProgressBar(self)
        self._bar.setObjectName(f"{name}-progress")
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bar.setTextVisible(False)
        self._bar.hide()
        self._message = PlainLabel("", self)
        self._message.setObjectName(f"{name}-message")
        self._message.setWordWrap(True)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._go = self._button(f"{name}-start", title, title)
        self._go.setDefault(True)
        self._leave = self._button(f"{name}-close", self.tr("Close"), self.tr("Close or cancel"))
        self._leave.setAutoDefault(False)
        self._leave.clicked.connect(self.reject)

    def reject(self) -> None:
        """Cancel what runs; otherwise close."""
        if self._job is not None:
            self._job.cancel()
            self._say(self.tr("Cancelling…"), "muted")
            return
        super().reject()

    def show_running(self, is_running: bool) -> None:
        """Lock or unlock the choices."""

    def take_result(self, result: object) -> None:
        """Use what the job returned."""

    def say_failure(self, error: UserError) -> None:
        """Show a sentence of the core; what was asked for stays as it was."""
        self._say(str(error), "error")

    def _run(self, job: Job) -> None:
        self._job = job
        job.progressed.connect(self._on_job_progressed)
        job.succeeded.connect(self._on_job_succeeded)
        job.failed.connect(self._on_job_failed)
        self._say("", "muted")
        self._set_running(True)

    def _set_running(self, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self._bar.setRange(0, 0)
        self._leave.setText(self.tr("Cancel") if is_running else self.tr("Close"))
        if not is_running:
            self._job = None
        self.show_running(is_running)

    def _say(self, sentence: str, role: str) -> None:
        set_property(self._message, "role", role)
        self._message.setText(sentence)

    def _foot(self) -> QHBoxLayout:
        """Return the last line: what is to be said, and the buttons."""
        foot = QHBoxLayout()
        foot.addWidget(self._message, 1)
        foot.addWidget(self._leave)
        foot.addWidget(self._go)
        return foot

    def _caption(self, text: str, buddy: QWidget) -> QLabel:
        label = PlainLabel(text, self)
        label.setBuddy(buddy)
        return label

    def _fit(self, width: int, height: int) -> None:
        """Take a size of the design, or what the screen has."""
        px, room = self._theme.px, self.screen().availableSize()
        self.resize(min(px(width), room.width()), min(px(height), room.height() - px(40)))

    def _button(self, name: str, text: str, spoken: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAccessibleName(spoken)
        return button

    def _on_job_progressed(self, done: int, total: int, note: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if note:
            self._say(note, "muted")

    def _on_job_succeeded(self, result: object) -> None:
        self._set_running(False)
        self.take_result(result)

    def _on_job_failed(self, error: object) -> None:
        self._set_running(False)
        if isinstance(error, Cancelled):
            self._say(self.tr("Cancelled. Nothing was written."), "muted")
        elif isinstance(error, UserError):
            self.say_failure(error)
        elif isinstance(error, Exception):
            self._say(self.tr("This failed, and nothing was written."), "error")
            raise error

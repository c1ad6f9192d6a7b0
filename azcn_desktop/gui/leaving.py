"""What is asked before the open file is left: about typing that can't be stored, and about work that still runs.

Closing the window and opening another file lose the same things, so both ask here. Knows what to ask, not what follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.messages import plain_box

if TYPE_CHECKING:
    from azcn_desktop.gui.job_runner import JobRunner
    from azcn_desktop.gui.main_window import MainWindow


def may_drop_typing(window: MainWindow) -> bool:
    """Write what is being typed; where it is refused, ask whether it may be lost."""
    if window.commit_pending():
        return True
    question = QCoreApplication.translate(
        "leaving", "What you typed can't be stored, and will be lost if you go on:\n\n{}"
    ).format("\n\n".join((*window.tab.view.refusals(), *window.inspector.refusals())))
    box = plain_box(window, QCoreApplication.translate("leaving", "Typing is not stored"), question)
    box.setObjectName("confirm-drop-typing")
    drop = box.addButton(QCoreApplication.translate("leaving", "Lose it and go on"), box.ButtonRole.DestructiveRole)
    drop.setObjectName("confirm-drop")
    back = box.addButton(QCoreApplication.translate("leaving", "Back to it"), box.ButtonRole.RejectRole)
    box.setDefaultButton(back)
    box.setEscapeButton(back)
    box.exec()
    return box.clickedButton() is drop


def may_stop_jobs(window: QWidget, jobs: JobRunner) -> bool:
    """Ask whether work that still runs may be cancelled; True where none runs."""
    if not jobs.running:
        return True
    question = QCoreApplication.translate("leaving", "{} has not ended. Cancel it and quit?")
    title = QCoreApplication.translate("leaving", "Work is running")
    box = plain_box(window, title, question.format(jobs.running[0].label))
    stop = box.addButton(QCoreApplication.translate("leaving", "Cancel it and quit"), box.ButtonRole.AcceptRole)
    box.addButton(QCoreApplication.translate("leaving", "Wait"), box.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is stop

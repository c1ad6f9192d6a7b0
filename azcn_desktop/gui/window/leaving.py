"""What is asked before a record or the open file is left: about typing that can't be stored, and work that still runs.

Closing the window and opening another file lose the same things, so both ask here. A record is not left at all before
its typing is stored or given up. Knows what to ask, not what follows.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.messages import plain_box

if TYPE_CHECKING:
    from azcn_desktop.gui.job_runner import JobRunner
    from azcn_desktop.gui.window.main_window import MainWindow
    from azcn_desktop.store.records import Record


def may_go_on(window: MainWindow) -> bool:
    """Write what is being typed before rows or records come or go; where it is refused, lead back to it."""
    if window.commit_pending():
        return True
    # What was clicked has marked itself already.
    window.top_bar.show_page(window.table)
    window.sidebar.mark(window.navigation.views[window.table].query)
    _lead_back(window)
    return False


def may_show(window: MainWindow, table: str, key: int | None) -> bool:
    """Write what is typed about the shown record before another one is shown; where it is refused, go back to it."""
    shown = window.next_record.shown
    if shown is None or (shown.table, shown.key) == (table, key) or window.next_record.inspector.commit_pending():
        return True
    # Later: the table is still in the middle of selecting the other one.
    QTimer.singleShot(0, window, partial(_select_again, window, shown))
    return False


def _select_again(window: MainWindow, record: Record) -> None:
    """Select the record that keeps the inspector; a filter may have hidden its row."""
    if window.table == record.table:
        window.tab.select_key(record.key)
    _lead_back(window)


def _lead_back(window: MainWindow) -> None:
    inspector = window.inspector
    if window.room.isHidden() and not inspector.commit_pending():
        window.actions_table["inspector"].trigger()
        inspector.commit_pending()  # once more, to have the reason beside a field that can be seen
    inspector.go_to_refused()
    told = QCoreApplication.translate("leaving", "First correct what you are typing, or press Escape to give it up.")
    window.status.tell(told, True)


def may_drop_typing(window: MainWindow) -> bool:
    """Write what is being typed; where it is refused, ask whether it may be lost."""
    if window.commit_pending():
        return True
    question = QCoreApplication.translate(
        "leaving", "What you typed can't be stored, and will be lost if you go on:\n\n{}"
    ).format("\n\n".join((*window.tab.refusals(), *(editor.refusal() for editor in window.inspector.refused()))))
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

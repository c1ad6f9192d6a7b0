"""What a person is told: sentences of the program, and crashes that must not pass unseen.

A UserError is shown as it stands. Anything else is a bug: it is logged, and shown once for each place, so that a fault
in painting doesn't bury the screen in boxes.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType

from PySide6 import QtWidgets
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QTimer, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QShowEvent

from azcn_desktop.errors import Cancelled, UserError

LOG = logging.getLogger("azcn")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def plain_box(parent: QtWidgets.QWidget | None, title: str, text: str, details: str = "") -> QtWidgets.QMessageBox:
    """Return a message box that shows text as text, whatever is in it."""
    box = _named_box()(parent)
    box.setObjectName("message")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(text)
    if details:
        box.setDetailedText(details)
    return box


@functools.cache
def _named_box() -> Callable[[QtWidgets.QWidget | None], QtWidgets.QMessageBox]:
    """Return the class of boxes whose buttons have names; made with the first box, since no start needs one."""

    class NamedBox(QtWidgets.QMessageBox):
        def showEvent(self, event: QShowEvent) -> None:
            """Name what has no name yet after the box and the words on it; Qt adds some by itself."""
            super().showEvent(event)
            for button in self.buttons():
                words = button.text().replace("&", "").rstrip("….")
                button.setAccessibleName(button.accessibleName() or words)
                if not button.objectName():
                    button.setObjectName("-".join((self.objectName(), *words.lower().split())))
            for details in self.findChildren(QtWidgets.QTextEdit):
                details.setObjectName(f"{self.objectName()}-details")
                details.setAccessibleName(self.tr("Details"))

    return NamedBox


@contextlib.contextmanager
def told_in_next_turn(owner: QObject) -> Iterator[None]:
    """Let a bug in here be told of in a turn of its own.

    Raised while Python shows a widget it would stay pending in PySide, and the process would die in the next method
    that Qt asks Python for.
    """
    try:
        yield
    except Exception as error:  # whatever it is goes to the reporter of crashes
        QTimer.singleShot(0, owner, partial(_raise, error))


def _raise(error: Exception) -> None:
    raise error


class CrashReporter(QObject):
    """Turns uncaught exceptions into one message each.

    Signals:
        told(str): a sentence for the status line, for errors that a person can act on.
        crashed(str, str): a bug at a new place: sentence and details.
    """

    told = Signal(str)
    crashed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: set[str] = set()
        self._previous = sys.excepthook

    def install(self) -> None:
        """Take over uncaught exceptions and Qt's own messages."""
        self._previous = sys.excepthook
        sys.excepthook = self.handle
        qInstallMessageHandler(log_qt_message)

    def remove(self) -> None:
        """Give both back."""
        sys.excepthook = self._previous
        qInstallMessageHandler(None)

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Tell of an exception that nobody caught."""
        if isinstance(error, UserError):
            self.told.emit(str(error))
            return
        if isinstance(error, Cancelled | KeyboardInterrupt):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        place = "".join(traceback.format_tb(trace)[-1:])
        LOG.error("%s", details)
        if place not in self._seen:
            self._seen.add(place)
            sentence = (
                f"Something went wrong ({kind.__name__}). What you had entered and confirmed is saved. "
                "If it happens again, copy the details for the developers."
            )
            self.crashed.emit(sentence, details)


def log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Write what Qt says into the log."""
    LOG.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)

"""A start that nobody watches: it saves a picture of the window, or shows that all is there, and ends.

Imported only for such a start.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSaveFile, QTimer
from PySide6.QtGui import QImage, QImageWriter

from azcn_desktop.gui.arguments import Arguments

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow

_SETTLE_MS = 150


class Unattended(QObject):
    """Ends a start that nobody watches: saves the picture, closes."""

    def __init__(self, window: MainWindow, arguments: Arguments) -> None:
        super().__init__(window)
        self._window = window
        self._arguments = arguments

    def start(self) -> None:
        """Let the first paint pass, then finish."""
        QTimer.singleShot(_SETTLE_MS, self.finish)

    def finish(self) -> None:
        """Wait for charts and icons, and let one more paint pass."""
        self._window.finish_loading()
        QTimer.singleShot(_SETTLE_MS, self._save_and_quit)

    def _save_and_quit(self) -> None:
        target, code = self._arguments.screenshot, 0
        if target is not None and (reason := save_picture(self._window.grab().toImage(), target)):
            print(f"{target} can't be written: {reason}", file=sys.stderr)  # noqa: T201
            code = 1
        self._window.close()
        QCoreApplication.exit(code)


def save_picture(image: QImage, target: Path) -> str:
    """Save a picture, all of it or nothing, and return why that did not go; empty when it did."""
    if target.exists() and not target.is_file():
        return "it is a device, not a file"  # which the finished file would replace
    file = QSaveFile(str(target))
    writer = QImageWriter(file, target.suffix[1:].lower().encode())
    if not file.open(QSaveFile.OpenModeFlag.WriteOnly):
        return file.errorString()
    if not writer.write(image):
        is_known = writer.error() != QImageWriter.ImageWriterError.UnknownError
        reason = writer.errorString() if is_known else "not all of it fits; is the disk full?"
        file.cancelWriting()
        return reason
    return "" if file.commit() else file.errorString()

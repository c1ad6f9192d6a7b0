"""The composition root: builds everything, hands it down by constructor, and starts it.

The only place that knows all parts, and the only one that imports modules late: what is slow and not needed for the
first paint (charts, icon font, dialogs with spreadsheets, the first build) comes after it or when it is asked for.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSaveFile, QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication, QIcon, QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from azcn_desktop import __version__
from azcn_desktop.errors import AlreadyThere, UserError
from azcn_desktop.gui.arguments import Arguments, parse_arguments
from azcn_desktop.gui.icons import Icons
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.main_window import Dialogs, LateParts, MainWindow, WindowParts
from azcn_desktop.gui.messages import CrashReporter, plain_box
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.theme import Mode, ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.resources_path import resource
from azcn_desktop.store.database import is_there

APPLICATION = "azcn-desktop"
DATABASE_NAME = "azcn.db"
_SETTLE_MS = 150
_START_MS = 2_000
_LARGEST_LOG = 500_000


def run(argv: Sequence[str]) -> int:
    """Run the application until it is closed and return its exit code."""
    arguments = parse_arguments(argv)
    if arguments.is_unattended or not _has_display():
        # Pictures are the same on every machine then, and a machine without a screen can make them.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        _refuse_impossible_picture(arguments.screenshot)
        window = create(argv)
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no window yet
        if not arguments.is_unattended and _has_display():
            plain_box(None, "AZCN Desktop could not start", str(error)).exec()
        return 1
    app = QCoreApplication.instance()
    assert isinstance(app, QApplication)
    app.aboutToQuit.connect(window.release)
    window.show()
    QTimer.singleShot(_START_MS, _collect_garbage)
    if arguments.is_unattended:
        QTimer.singleShot(_SETTLE_MS, Unattended(window, arguments).finish)
    return app.exec()


def _collect_garbage() -> None:
    """Collect garbage from now on, but never look again through what the start has made."""
    gc.freeze()
    gc.enable()


def create(argv: Sequence[str]) -> MainWindow:
    """Build the window with everything in it, without entering the event loop.

    Args:
        argv: what `main.py` takes.

    Returns:
        The window, not yet shown; every named widget exists. `window.finish_loading()` waits for charts and icons.

    Raises:
        UserError: the database can't be opened or made; nothing was changed.
    """
    arguments = parse_arguments(argv)
    app = _application()
    settings = Settings(None if arguments.is_unattended else _settings_path())
    theme = ThemeController(arguments.theme or _mode(settings), settings.number("view/zoom", 1.0), app)
    theme.apply(app)
    workspace = Workspace(bring_up_to_date)
    with contextlib.ExitStack() as on_failure:
        path, read_only = _database_path(arguments, settings, on_failure)
        workspace.open(path, read_only)
        on_failure.callback(workspace.close)
        parts = WindowParts(
            workspace, JobRunner(), theme, Icons(theme), settings, CrashReporter(),
            load_late_parts, load_dialogs, build_database,
        )  # fmt: skip
        window = MainWindow(parts)
        window.prepare(arguments)
        window.clean_up_with(on_failure.pop_all())
    return window


def load_late_parts() -> LateParts:
    """Import what is slow and not needed for the first paint."""
    chart_panel = importlib.import_module("azcn_desktop.gui.chart_panel")
    icon_font = importlib.import_module("azcn_desktop.gui.icon_font")
    return LateParts(chart_panel.ChartPanel, icon_font.IconFont)


def load_dialogs() -> Dialogs:
    """Import the dialogs of the menus, which most sittings never open."""
    exporting = importlib.import_module("azcn_desktop.gui.export_dialog")
    importing = importlib.import_module("azcn_desktop.gui.import_dialog")
    helping = importlib.import_module("azcn_desktop.gui.help_dialogs")
    return Dialogs(
        exporting.ExportDialog, importing.ImportDialog, helping.ShortcutSheet, helping.DataDictionary, helping.About
    )


def bring_up_to_date(path: Path) -> None:
    """Upgrade the tables of an older file; sqlite-utils is imported only then."""
    importlib.import_module("azcn_desktop.exchange.reference").upgrade_file(path)


def build_database(path: Path, *arguments: Any) -> None:
    """Make a database from the reference data; its importer is imported only then."""
    importlib.import_module("azcn_desktop.trade.shipped").build_database(path, *arguments)


class Unattended(QObject):
    """Ends a start that nobody watches: saves the picture, closes."""

    def __init__(self, window: MainWindow, arguments: Arguments) -> None:
        super().__init__(window)
        self._window = window
        self._arguments = arguments

    def finish(self) -> None:
        """Wait for charts and icons, and let one more paint pass."""
        self._window.finish_loading()
        QTimer.singleShot(_SETTLE_MS, self._save_and_quit)

    def _save_and_quit(self) -> None:
        target, code = self._arguments.screenshot, 0
        if target is not None and (reason := _save_picture(self._window.grab().toImage(), target)):
            print(f"{target} can't be written: {reason}", file=sys.stderr)  # noqa: T201
            code = 1
        self._window.close()
        QCoreApplication.exit(code)


def _save_picture(image: QImage, target: Path) -> str:
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


def _refuse_impossible_picture(target: Path | None) -> None:
    """Refuse a picture that can't be saved, before anything is built for it."""
    if target is None:
        return
    if target.is_dir():
        raise UserError(f"{target} is a folder. Give the name of a picture, such as {target / 'azcn.png'}.")
    if not target.absolute().parent.is_dir():
        raise UserError(f"The folder {target.absolute().parent} does not exist. Make it first, or choose another one.")


def _application() -> QApplication:
    running = QCoreApplication.instance()
    if isinstance(running, QApplication):
        return running
    QCoreApplication.setApplicationName(APPLICATION)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setApplicationDisplayName("AZCN Desktop")
    QGuiApplication.setDesktopFileName("org.azcn.Desktop")
    app = QApplication([APPLICATION])
    app.setWindowIcon(QIcon(str(resource("icon", "azcn.svg"))))
    _start_log()
    return app


def _start_log() -> None:
    """Write a log without record contents into the user's state folder; a folder that can't be written means none."""
    path = _folder(QStandardPaths.StandardLocation.GenericStateLocation) / "azcn.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_name("azcn.log.1"))
        handler = logging.FileHandler(path, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("azcn").addHandler(handler)


def _settings_path() -> Path:
    return _folder(QStandardPaths.StandardLocation.GenericConfigLocation) / "settings.ini"


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    """Return our folder in one of the user's standard places, whatever the running QApplication is called."""
    return Path(QStandardPaths.writableLocation(location)) / APPLICATION


def _mode(settings: Settings) -> Mode:
    remembered = settings.text("view/theme", "system")
    return "light" if remembered == "light" else "dark" if remembered == "dark" else "system"


def _database_path(arguments: Arguments, settings: Settings, cleaning: contextlib.ExitStack) -> tuple[Path, bool]:
    """Return the file to open, made if it has to be, and whether it is opened for reading only.

    Args:
        arguments: a file named there comes first.
        settings: then the file that was open last.
        cleaning: removes the database that a start nobody watches makes when the user has none.
    """
    if arguments.database is not None:
        path = arguments.database.absolute()
        _build_unless_there(path)
        return path, False
    last = Path(settings.text("files/last"))
    if os.path.isfile(last):  # unlike Path.is_file it never raises
        return last, False
    path = _folder(QStandardPaths.StandardLocation.GenericDataLocation) / DATABASE_NAME
    if is_there(path):
        return path, arguments.is_unattended
    if arguments.is_unattended:
        scratch = tempfile.TemporaryDirectory(prefix="azcn-", ignore_cleanup_errors=True)
        path = Path(cleaning.enter_context(scratch)) / DATABASE_NAME
    _make_folder(path.parent)
    _build_unless_there(path)
    return path, False


def _build_unless_there(path: Path) -> None:
    if is_there(path):
        return
    with contextlib.suppress(AlreadyThere):  # two first starts at once: the other one was quicker
        build_database(path)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {folder} can't be made: {error.strerror}. To keep the database elsewhere, start with --db."
        ) from error


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

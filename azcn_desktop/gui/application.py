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
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QWidget

from azcn_desktop import __version__
from azcn_desktop.errors import AlreadyThere, UserError
from azcn_desktop.gui.arguments import Arguments, parse_arguments
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.messages import CrashReporter, plain_box
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.theme import Mode, ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.gui.window.window_parts import Dialogs, LateParts, WindowParts
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.resources_path import resource
from azcn_desktop.store.database import is_there

APPLICATION = "azcn-desktop"
DATABASE_NAME = "azcn.db"
_START_MS = 2_000
_LARGEST_LOG = 500_000
# What charts rest on, in the order of what these modules import: numpy, pyqtgraph, the icon font.
_BELOW_CHARTS = ("charts.specs", "gui.charts.axis", "gui.widgets.icon_font")
# What the import of statistics rests on, before itself: imported in one go it would hold the window for several frames.
_AHEAD = (
    "trade.remembering", "trade.preview", "gui.statistics_import.preview", "gui.statistics_import.mapping",
    "gui.statistics_import.dialog",
)  # fmt: skip


def run(argv: Sequence[str]) -> int:
    """Run the application until it is closed and return its exit code."""
    arguments = parse_arguments(argv)
    if arguments.is_unattended or not _has_display():
        # Pictures are the same on every machine then, and a machine without a screen can make them.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        _refuse_impossible_picture(arguments.screenshot)
        window = begin(arguments)
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
        importlib.import_module("azcn_desktop.gui.unattended").Unattended(window, arguments).start()
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
    window = begin(parse_arguments(argv))
    window.complete()
    return window


def begin(arguments: Arguments) -> MainWindow:
    """Build the window with what is seen at first; the other pages come when they are asked for, or after a paint.

    Raises:
        UserError: the database can't be opened or made; nothing was changed.
    """
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
            workspace, JobRunner(), JobRunner(), theme, Icons(theme), settings, CrashReporter(),
            make_inspector, give_first_lens, import_charts, load_late_parts, give_dialogs(), import_ahead,
            build_database, read_document,
        )  # fmt: skip
        window = MainWindow(parts, arguments)
        window.clean_up_with(on_failure.pop_all())
    return window


def import_charts() -> list[Callable[[], object]]:
    """Return steps that import what the charts rest on, before these: numpy alone, then pyqtgraph."""
    return [partial(importlib.import_module, f"azcn_desktop.{module}") for module in _BELOW_CHARTS]


def load_late_parts() -> LateParts:
    """Import what is slow and not needed for the first paint."""
    importlib.import_module("azcn_desktop.gui.charts.panel")
    icon_font = importlib.import_module("azcn_desktop.gui.widgets.icon_font")
    return LateParts(make_panel, icon_font.IconFont, give_lenses)


def make_panel(parts: WindowParts, page: Page, parent: QWidget) -> Any:
    """Make what stands below the table of a page; its module is imported with the first page that has one."""
    shared = (parts.workspace, parts.theme, parts.icons)
    if page.lower == "reader":
        reader = importlib.import_module("azcn_desktop.gui.sources.source_reader")
        return reader.SourceReader(*shared, parts.jobs, parts.read_document, parent, parts.reading)
    if page.lower == "thread":
        return importlib.import_module("azcn_desktop.gui.following.dossier_panel").DossierPanel(*shared, page, parent)
    return importlib.import_module("azcn_desktop.gui.charts.panel").ChartPanel(*shared, page, parent, parts.reading)


def make_inspector(*arguments: Any) -> Any:
    """Make the pane of one record; its module, and those of all sections and editors, are imported only then."""
    return importlib.import_module("azcn_desktop.gui.inspector.inspector").Inspector(*arguments)


def read_document(path: Path, encoding: str = "") -> Any:
    """Read a document as plain text; the libraries for it are imported only then."""
    return importlib.import_module("azcn_desktop.exchange.documents").read_document(path, encoding)


def give_first_lens(tab: RecordTab, parts: WindowParts) -> None:
    """Give a page the lens that is chosen for it, where that one can be shown before the charts are imported."""
    lenses = tab.lenses
    if lenses is not None and lenses.switch.current == "statistics" and lenses.lens("statistics") is None:
        statistics = importlib.import_module("azcn_desktop.gui.statistics.statistics_view")
        shared = (parts.workspace, parts.theme, parts.icons, parts.reading)
        tab.attach_lenses({"statistics": statistics.StatisticsView(*shared, tab)})


def give_lenses(*arguments: Any) -> None:
    """Give a page its lenses; they and what they compare are imported with the first page that has some."""
    importlib.import_module("azcn_desktop.gui.figures.figure_lenses").give_lenses(*arguments)


def give_dialogs() -> Dialogs:
    """Return what opens the dialogs of the menus; each is imported by itself, for most sittings open none of them."""
    return Dialogs(
        _late("gui.exchange.export_dialog", "ExportDialog"),
        _late("gui.exchange.import_dialog", "ImportDialog"),
        _late("gui.statistics_import.dialog", "StatisticsImportDialog"),
        _late("gui.exchange.datasets_dialog", "DatasetsDialog"),
        _late("gui.window.help_dialogs", "ShortcutSheet"),
        _late("gui.window.help_dialogs", "DataDictionary"),
        _late("gui.window.help_dialogs", "About"),
        _late("gui.following.check_dialog", "CheckDialog"),
        _late("gui.following.dossier_dialog", "DossierDialog"),
        _late("gui.exchange.bibliography_dialog", "BibliographyDialog"),
        _late("evidence.cited_sentence", "cited_sentences"),
    )


def _late(module: str, name: str) -> Callable[..., Any]:
    """Return what imports a module when it is called, and passes the call on."""

    def call(*arguments: Any) -> Any:
        return getattr(importlib.import_module(f"azcn_desktop.{module}"), name)(*arguments)

    return call


def import_ahead() -> list[Callable[[], object]]:
    """Return steps that import, module by module, the one dialog that a person may open by dropping a file."""
    return [partial(importlib.import_module, f"azcn_desktop.{module}") for module in _AHEAD]


def bring_up_to_date(path: Path) -> None:
    """Upgrade the tables of an older file; sqlite-utils is imported only then."""
    importlib.import_module("azcn_desktop.exchange.reference").upgrade_file(path)


def build_database(path: Path, *arguments: Any) -> None:
    """Make a database from the reference data; its importer is imported only then."""
    importlib.import_module("azcn_desktop.trade.shipped").build_database(path, *arguments)


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

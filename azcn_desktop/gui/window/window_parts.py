"""What the composition root hands to the window, and what the window may ask it to import later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.messages import CrashReporter
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace


class LateParts(Struct, frozen=True):
    """What is imported after the first paint: what makes panels below tables and lenses, and the icon font."""

    make_panel: Callable[..., Any]
    icon_font: Callable[..., Any]
    give_lenses: Callable[..., None]


class Dialogs(Struct, frozen=True):
    """What makes the dialogs of the menus and writes cited sentences; each is imported when it is first called."""

    export: Callable[..., Any]
    import_: Callable[..., Any]
    statistics: Callable[..., Any]
    datasets: Callable[..., Any]
    shortcuts: Callable[..., Any]
    dictionary: Callable[..., Any]
    about: Callable[..., Any]
    check: Callable[..., Any]
    dossier: Callable[..., Any]
    bibliography: Callable[..., Any]
    cited_sentences: Callable[..., str]


class WindowParts(Struct, frozen=True):
    """Everything that the composition root hands to the window.

    Attributes:
        jobs: runs what a person has asked for.
        reading: runs what the window reads, which must not wait until an import has ended.
        make_inspector: makes the pane of one record; called after the first paint, or when somebody asks for it.
        give_first_lens: gives a page the lens it begins with, where that needs no chart to be imported.
        import_charts: gives steps that import what `load_late_parts` needs, to be taken one by one.
        import_ahead: gives short steps that import what a person is likely to ask for, to be taken while nothing else
            is to be done.
    """

    workspace: Workspace
    jobs: JobRunner
    reading: JobRunner
    theme: ThemeController
    icons: Icons
    settings: Settings
    crashes: CrashReporter
    make_inspector: Callable[..., Any]
    give_first_lens: Callable[..., None]
    import_charts: Callable[[], Sequence[Callable[[], object]]]
    load_late_parts: Callable[[], LateParts]
    dialogs: Dialogs
    import_ahead: Callable[[], Sequence[Callable[[], object]]]
    build_database: Callable[..., None]
    read_document: Callable[[Path, str], Any]

    @property
    def for_dialogs(self) -> DialogParts:
        """What dialogs with a job are made of."""
        return DialogParts(self.workspace, self.jobs, self.theme, self.icons)

    def stop_jobs(self) -> None:
        """Cancel whatever runs, and wait until it has ended."""
        self.jobs.stop()
        self.reading.stop()

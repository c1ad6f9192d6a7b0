"""What is handed to a dialog that runs a job; apart from the dialogs, which are imported when one is opened."""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace


class DialogParts(Struct, frozen=True):
    """What every dialog with a job is made of.

    Attributes:
        workspace: the open file.
        jobs: runs what is asked for.
        theme, icons: the look.
    """

    workspace: Workspace
    jobs: JobRunner
    theme: ThemeController
    icons: Icons

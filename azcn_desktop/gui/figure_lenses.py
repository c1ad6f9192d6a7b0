"""The lenses of the Trade page, by the names of `pages.FIGURE_LENSES`; another one is a line there and a line here.

Imported after the first paint, with the charts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from azcn_desktop.gui.audit_view import AuditView
from azcn_desktop.gui.conflicts_view import ConflictsView
from azcn_desktop.gui.figure_evidence import FigureEvidence
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.lens import Lens
from azcn_desktop.gui.record_tab import RecordTab
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace

LENSES: Final[dict[str, Callable[..., Lens]]] = {
    "conflicts": ConflictsView,
    "audit": AuditView,
}


def give_lenses(tab: RecordTab, workspace: Workspace, theme: ThemeController, jobs: JobRunner) -> None:
    """Give the page of the figures its lenses, over one reading of the figures."""
    evidence = FigureEvidence(workspace, jobs, tab)
    tab.attach_lenses({name: made(workspace, theme, evidence, tab) for name, made in LENSES.items()}, evidence.want)

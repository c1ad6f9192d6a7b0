"""What the figures of the open file say about each other: where they differ, and whether their arithmetic holds.

Read once for all lenses of the Trade page, on the worker, and kept up to date: an edit of figures repeats what depends
on it and no more, at once while somebody looks at it, else in the next pause. Where an edit stands among many figures
for the same years the worker compares them. Nothing is read before it is wanted. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import Struct, field
from PySide6.QtCore import QObject, QTimer, Signal

from azcn_desktop.evidence.audit import Auditor
from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.conflicts import Disagreement, conflicts
from azcn_desktop.evidence.figures import Figure, read_figures, reread
from azcn_desktop.evidence.recomparing import Recomparison, recomparison
from azcn_desktop.gui.job_runner import JobRunner, Urgency
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_PAUSE_MS = 300
_FEW = 50
"""An edit of more figures than this reads everything again."""
_QUICK = 300
"""As many figures are compared in a few milliseconds."""
_OTHERS = ("link", "citation", "citation_link", "source")


def _nothing_audited() -> Auditor:
    return Auditor(())


class Findings(Struct):
    """What was found in all figures.

    Attributes:
        auditor: the figures with their checks.
        conflicts: where they differ.
    """

    auditor: Auditor = field(default_factory=_nothing_audited)
    conflicts: list[Disagreement] = field(default_factory=list)


class Correction(Struct, frozen=True):
    """What an edit left.

    Attributes:
        changed: the figures that it changed, as they are now.
        removed: the keys of those that are gone.
        conflicts: where figures differ now.
    """

    changed: list[Figure]
    removed: set[int]
    conflicts: list[Disagreement]


class FigureEvidence(QObject):
    """Conflicts and checks of the figures, as they are now.

    Signals:
        changed(): they are others now, or another file is open.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._found = Findings()
        self._is_stale = True
        self._is_wanted = False
        self._reading = Reading(workspace, jobs, self.tr("Comparing figures"), self)
        self._reading.answered.connect(self._take)
        self._comparing = Reading(workspace, jobs, self.tr("Comparing figures"), self, Urgency.COUNTED)
        self._comparing.answered.connect(self._correct)
        self._reach: tuple[Query, frozenset[int]] | None = None
        self._touched: set[int] = set()
        self._under_way: set[int] = set()
        self._watchers: list[Callable[[], bool]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.catch_up)
        workspace.changed.connect(self._on_workspace_changed)
        workspace.opened.connect(self._on_workspace_opened)
        workspace.closing.connect(self._on_workspace_closing)

    @property
    def figures(self) -> dict[int, Figure]:
        """The figures by id."""
        return self._found.auditor.figures

    @property
    def conflicts(self) -> list[Disagreement]:
        """Where figures for one thing differ."""
        return self._found.conflicts

    @property
    def checks(self) -> list[Check]:
        """What could be checked, and what could not."""
        return self._found.auditor.checks

    @property
    def is_ready(self) -> bool:
        """Tell whether all figures have been read, and every edit since."""
        return not self._is_stale and not self._comparing.is_busy

    def keys_of(self, query: Query) -> frozenset[int]:
        """Return the ids of the figures that a query lets through, asked once for all who look."""
        if self._reach is None or self._reach[0] != query:
            self._reach = query, frozenset(self._workspace.store.keys(query))
        return self._reach[1]

    def conflict_of(self, key: int) -> Disagreement | None:
        """Return the conflict in which a figure's value stands, or None."""
        return next((c for c in self.conflicts if c.quantity == "value" and key in c.keys), None)

    def want(self) -> None:
        """Begin to follow the figures, as somebody looks; `changed` tells when they are there."""
        self._is_wanted = True
        if self._is_stale and not self._reading.is_busy and self._workspace.is_open:
            self._reading.ask(_read, at_once=False)

    def watch_with(self, is_watching: Callable[[], bool]) -> None:
        """Be asked after an edit whether somebody looks; if so, what follows from it can't wait."""
        self._watchers.append(is_watching)

    def catch_up(self) -> None:
        """Repeat now what depends on the edits since the last pause."""
        self._pause.stop()
        if self._touched and self.is_ready and self._workspace.is_open:
            keys, self._touched = self._touched, set()
            self._follow(keys)

    def finish(self) -> None:
        """Read now what is still due, on this thread."""
        self._is_wanted = True
        self._comparing.finish()
        self.catch_up()
        self._comparing.finish()
        if self._is_stale and self._workspace.is_open:
            self._reading.ask(_read, at_once=True)

    # -- following

    def _on_workspace_changed(self, notice: ChangeNotice) -> None:
        self._reach = None
        if not notice.touches(("figure", *_OTHERS)):
            return
        keys = notice.tables.get("figure")
        is_small = not notice.touches(_OTHERS) and keys is not None and len(keys) <= _FEW
        if self._is_stale or not is_small:
            self._start_anew()
        else:
            assert keys is not None
            self._touched |= keys | self._under_way
            self._under_way.clear()
            self._comparing.drop()  # what it finds would be of before
            if any(is_watching() for is_watching in self._watchers):
                self.catch_up()
            else:
                self._pause.start()

    def _on_workspace_opened(self) -> None:
        self._start_anew()

    def _on_workspace_closing(self) -> None:
        self._reading.drop()
        self._comparing.drop()
        self._under_way.clear()
        self._found = Findings()
        self._reach = None
        self._touched.clear()
        self._is_stale = True

    def _start_anew(self) -> None:
        self._reading.drop()
        self._comparing.drop()
        self._touched.clear()
        self._under_way.clear()
        self._is_stale = True
        if self._is_wanted:
            self.want()

    def _follow(self, keys: set[int]) -> None:
        """Repeat what depends on a few figures."""
        known = self._found.auditor.figures
        now = reread(self._workspace.store, keys, known)
        if any(figure.key not in known for figure in now):
            self._start_anew()  # its links and sources have not been read
            return
        removed = keys - {figure.key for figure in now}
        after = {key: figure for key, figure in known.items() if key not in removed}
        after |= {figure.key: figure for figure in now}
        touched = [*(known[key] for key in keys if key in known), *now]
        compared = recomparison(self._found.conflicts, after, touched)
        work = partial(_corrected, now, removed, compared)
        self._under_way = keys
        self._comparing.ask(work, at_once=len(compared.figures) <= _QUICK)

    def _correct(self, correction: Correction) -> None:
        self._under_way = set()
        self._found.auditor.recheck(correction.changed, correction.removed)
        self._found.conflicts = correction.conflicts
        self.changed.emit()
        self.catch_up()

    def _take(self, found: Findings) -> None:
        self._found = found
        self._is_stale = False
        self.changed.emit()


def _read(store: Store, _progress: Progress) -> Findings:
    figures = read_figures(store)
    return Findings(Auditor(figures), conflicts(figures))


def _corrected(
    changed: list[Figure], removed: set[int], compared: Recomparison, _store: Store, progress: Progress
) -> Correction:
    return Correction(changed, removed, compared.found(progress))

"""What the figures of the open file say about each other: where they differ, and whether their arithmetic holds.

Read once for all lenses of the Trade page, on the worker, and kept up to date: an edit of figures repeats what depends
on it and no more, at once while somebody looks at it, else in the next pause. Nothing is read before it is wanted.
Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field
from PySide6.QtCore import QObject, QTimer, Signal

from azcn_desktop.evidence.audit import Auditor
from azcn_desktop.evidence.checks import Check
from azcn_desktop.evidence.conflicts import Disagreement, conflicts
from azcn_desktop.evidence.figures import Figure, read_figures, reread
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_PAUSE_MS = 300
_FEW = 50
"""An edit of more figures than this reads everything again."""
_OTHERS = ("link", "citation", "citation_link", "source")
Family = tuple[str, str, str]


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
        self._reach: tuple[Query, frozenset[int]] | None = None
        self._touched: set[int] = set()
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
        return not self._is_stale

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
        if self._touched and not self._is_stale and self._workspace.is_open:
            keys, self._touched = self._touched, set()
            self._follow(keys)

    def finish(self) -> None:
        """Read now what is still due, on this thread."""
        self._is_wanted = True
        self.catch_up()
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
            self._touched |= keys
            if any(is_watching() for is_watching in self._watchers):
                self.catch_up()
            else:
                self._pause.start()

    def _on_workspace_opened(self) -> None:
        self._start_anew()

    def _on_workspace_closing(self) -> None:
        self._reading.drop()
        self._found = Findings()
        self._reach = None
        self._touched.clear()
        self._is_stale = True

    def _start_anew(self) -> None:
        self._reading.drop()
        self._touched.clear()
        self._is_stale = True
        if self._is_wanted:
            self.want()

    def _follow(self, keys: Iterable[int]) -> None:
        """Repeat what depends on a few figures."""
        auditor = self._found.auditor
        before = [auditor.figures[key] for key in keys if key in auditor.figures]
        now = reread(self._workspace.store, keys, auditor.figures)
        if any(figure.key not in auditor.figures for figure in now):
            self._start_anew()  # its links and sources have not been read
            return
        auditor.recheck(now, set(keys) - {figure.key for figure in now})
        self._found.conflicts = _compared_again(self._found.conflicts, auditor.figures, [*before, *now])
        self.changed.emit()

    def _take(self, found: Findings) -> None:
        self._found = found
        self._is_stale = False
        self.changed.emit()


def _read(store: Store, _progress: Progress) -> Findings:
    figures = read_figures(store)
    return Findings(Auditor(figures), conflicts(figures))


def _compared_again(
    known: Iterable[Disagreement], figures: Mapping[int, Figure], touched: Iterable[Figure]
) -> list[Disagreement]:
    """Return the conflicts after an edit: those in whose year, or the next to it, a figure was touched, are found anew.

    A figure is also compared with the years beside its own, to recognise a value that belongs to another year.
    """
    years = {(_family(f), year) for f in touched if f.end for year in _years_around(f.end, 1)}
    in_reach = {(family, near) for family, year in years for near in _years_around(year, 1)}
    again = conflicts([f for f in figures.values() if (_family(f), f.end[:4]) in in_reach])
    kept = [c for c in known if (_family(c), c.end[:4]) not in years]
    return [*kept, *(c for c in again if (_family(c), c.end[:4]) in years)]


def _years_around(day: str, reach: int) -> list[str]:
    return [f"{int(day[:4]) + step:04}" for step in range(-reach, reach + 1)]


def _family(about: Figure | Disagreement) -> Family:
    """Return what figures must have in common to be figures for one thing."""
    return about.measure, about.flow, about.product
